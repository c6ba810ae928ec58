//! A database that neither works nor fails: nobody waits for it longer than a few seconds.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use countersign_desk::{
    ports::{Store, StoreError},
    work::Done,
};
use countersign_store::SqlStore;
use jiff::SignedDuration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

use crate::{
    place::Place,
    samples::expired,
    world::{Act, DESK, ManualClock, row},
};

/// Longer than anything may keep its caller waiting: 3 s for a connection, 5 s for the rest.
const LONGEST: Duration = Duration::from_secs(9);

async fn within<T>(asked: impl Future<Output = T>) -> T {
    let answer = tokio::time::timeout(LONGEST, asked).await;
    answer.expect("nobody waits for ever")
}

fn noting() -> Act {
    Act::doing(|draft| draft.note(expired(1)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn who_waits_behind_a_unit_that_hangs_gets_an_answer() {
    let place = Place::sqlite().await;
    let store = Arc::new(place.store(&ManualClock::new(), "one").await);
    store.establish(&row(DESK)).await.unwrap();
    let (slow, begun, over) = (
        store.clone(),
        Arc::new(Notify::new()),
        Arc::new(Notify::new()),
    );
    let (begins, ends) = (begun.clone(), over.clone());
    let hanging = tokio::spawn(async move {
        let unit = Act::doing(move |draft| {
            begins.notify_one();
            std::thread::sleep(LONGEST + Duration::from_secs(1));
            draft.note(expired(1));
            ends.notify_one();
        });
        unit.try_on(&slow).await
    });
    begun.notified().await;

    let lasting = SignedDuration::from_secs(1);
    let (behind, lease) = tokio::join!(
        within(noting().try_on(&store)),
        within(store.lease(DESK, "one", lasting)),
    );

    assert!(matches!(behind, Err(StoreError::Unknown(_))), "{behind:?}");
    assert!(matches!(lease, Err(StoreError::Unknown(_))), "{lease:?}");
    let first = hanging.await.unwrap();
    assert!(matches!(first, Err(StoreError::Unknown(_))), "{first:?}");
    over.notified().await;
    // All of it was done in the end, and the desk goes on.
    assert_eq!(noting().run_on(&store).await.seq, 3);
}

/// A way to the server that can fall silent: what was asked for arrives nowhere.
struct Wire {
    url: String,
    silent: Arc<AtomicBool>,
}

impl Wire {
    async fn to(url: &str) -> Self {
        let (head, server) = url.rsplit_once('@').expect("an address with a user");
        let (server, database) = server.split_once('/').expect("with a database");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let silent = Arc::new(AtomicBool::new(false));
        let (to, mute) = (server.to_owned(), silent.clone());
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let far = TcpStream::connect(&to).await.expect("the server");
                let (from_near, to_near) = near.into_split();
                let (from_far, to_far) = far.into_split();
                tokio::spawn(carry(from_near, to_far, mute.clone()));
                tokio::spawn(carry(from_far, to_near, mute.clone()));
            }
        });
        Self {
            url: format!("{head}@127.0.0.1:{port}/{database}"),
            silent,
        }
    }
}

/// Carries bytes until it is silent; then it keeps them, and the connection stays open.
async fn carry(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    silent: Arc<AtomicBool>,
) {
    let mut bytes = [0; 4_096];
    while let Ok(count) = from.read(&mut bytes).await
        && count > 0
    {
        if silent.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        if to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}

#[tokio::test]
#[cfg_attr(
    not(has_test_postgres),
    ignore = "needs a PostgreSQL: set COUNTERSIGN_TEST_POSTGRES to its address"
)]
async fn a_server_that_falls_silent_keeps_nobody_waiting_and_is_used_again() {
    let place = Place::postgres().await;
    let wire = Wire::to(&place.url).await;
    let clock = ManualClock::new();
    let store = SqlStore::open(&wire.url, clock, "one".to_owned()).await;
    let store = store.expect("the store opens");
    store.establish(&row(DESK)).await.unwrap();
    let silent = wire.silent.clone();
    // In the middle of its transaction, with the desk's row locked.
    let unit = Act::new(move |draft| {
        draft.note(expired(1));
        silent.store(true, Ordering::SeqCst);
        Ok(Done::Ok)
    });

    let written = within(unit.try_on(&store)).await;

    assert!(
        matches!(written, Err(StoreError::Unknown(_))),
        "{written:?}"
    );
    let (read, next) = tokio::join!(within(store.read(DESK)), within(noting().try_on(&store)),);
    assert!(matches!(read, Err(StoreError::Failed(_))), "{read:?}");
    assert!(next.is_err(), "{next:?}");

    wire.silent.store(false, Ordering::SeqCst);
    assert_eq!(within(store.read(DESK)).await.unwrap().seq, 0);
}
