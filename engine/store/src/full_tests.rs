//! A full disk and a commit that fails: told to everyone concerned, and over when the cause is.

use std::{pin::pin, sync::Arc};

use countersign_desk::{
    draft::Draft,
    ports::{AuditVerdict, Clock, Committed, Instants, Store, StoreError},
    seen::DeskRow,
    work::{Done, Work},
};
use countersign_domain::{
    event::{Alarm, Fact},
    ids::{AccountId, DeskId},
    limits::Limits,
    money::Usd,
    operator::Surface,
    refusal::Answer,
    trading::TradingState,
    view::Mode,
};
use futures::{
    future::{BoxFuture, join_all},
    poll,
};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::{
    SqlStore,
    fault::Fault,
    job::{Job, Keep, Tx},
    migrate, sqlite_url,
};

const DESK: DeskId = DeskId::from_bits(1);

struct Still;

impl Clock for Still {
    fn read(&self) -> Instants {
        Instants {
            wall: Timestamp::UNIX_EPOCH,
            monotonic: SignedDuration::ZERO,
        }
    }
}

/// A unit that writes so many bytes into one event.
struct Noting(usize);

impl Work for Noting {
    fn desk(&self) -> DeskId {
        DESK
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        draft.note(Fact::Alarm(Alarm::StoreDown("x".repeat(self.0))));
        Ok(Done::Ok)
    }
}

async fn store() -> (SqlStore, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_url(&folder.path().join("desk.db"));
    migrate(&url).await.unwrap();
    let opened = SqlStore::open(&url, Arc::new(Still), "one".to_owned()).await;
    let store = opened.unwrap();
    let usd = Usd::from_micros(1);
    let row = DeskRow {
        id: DESK,
        name: "Desk".to_owned(),
        account: AccountId("PAPER".to_owned()),
        mode: Mode::Paper,
        trading: TradingState::Active,
        wanted: TradingState::Active,
        flat_wanted: false,
        starts: 0,
        started_at: None,
        limits: Limits {
            worst_loss_per_ticket: usd,
            contracts_per_order: 1,
            value_per_order: usd,
            open_positions: 1,
            exposure_per_underlying: usd,
            orders_per_minute: 1,
            orders_per_day: 1,
            daily_loss: usd,
            quote_age_s: 1,
            spread_bps: 1,
            drift_bps: 1,
        },
        rooms: vec![Surface::Terminal.into()],
        moved: std::collections::BTreeMap::new(),
        manners: countersign_desk::manners::AllManners::default(),
        scanning: countersign_domain::scanning::Scanning::default(),
        alerts: countersign_desk::alerts::Alerts::default(),
        let_pass: Vec::new(),
        configured: None,
    };
    store.establish(&row).await.unwrap();
    (store, folder)
}

async fn together(store: &SqlStore, sizes: &[usize]) -> Vec<Result<Committed, StoreError>> {
    let asked = sizes.iter().map(|size| store.run(Arc::new(Noting(*size))));
    in_one(store, join_all(asked)).await
}

/// Asks for all of it while the writer is busy, so that it shares one transaction.
async fn in_one<T>(store: &SqlStore, asked: impl Future<Output = T>) -> T {
    let (begun, begins) = oneshot::channel();
    let (end, ends) = oneshot::channel();
    let holding = store.write(None, |_| {
        Box::pin(async move {
            begun.send(()).expect("the test waits");
            ends.await.expect("the test goes on");
            Ok(())
        })
    });
    let asking = async {
        begins.await.expect("the writer runs");
        let mut asked = pin!(asked);
        assert!(poll!(&mut asked).is_pending());
        end.send(()).expect("the writer waits");
        asked.await
    };
    let (held, answer) = futures::join!(holding, asking);
    held.expect("it writes nothing");
    answer
}

/// Lets the database grow to so many pages; never below what it has.
async fn room(store: &SqlStore, sql: &'static str) {
    let body = store.write(None, move |conn| {
        Box::pin(async move {
            sqlx::query(sql).execute(conn).await?;
            Ok(())
        })
    });
    body.await.unwrap();
}

async fn sound(store: &SqlStore, events: u64) {
    let verdict = store.verify_audit(DESK).await.unwrap();
    assert!(
        matches!(verdict, AuditVerdict::Sound { rows, .. } if rows == events),
        "{verdict:?}"
    );
    assert_eq!(store.read(DESK).await.unwrap().seq, events);
}

#[tokio::test]
async fn a_full_disk_fails_what_does_not_fit_and_is_over_when_there_is_room() {
    let (store, _folder) = store().await;
    together(&store, &[10, 10]).await;
    room(&store, "pragma max_page_count = 1").await;

    for _ in 0..3 {
        for answer in together(&store, &[200_000, 200_000]).await {
            let told = match answer {
                Err(StoreError::Failed(told)) => told,
                other => panic!("{other:?}"),
            };
            assert!(told.contains("the disk is full; make room"), "{told}");
        }
        sound(&store, 2).await;
    }

    room(&store, "pragma max_page_count = 1000000").await;
    for answer in together(&store, &[200_000, 10]).await {
        assert_eq!(answer.unwrap().answer, Ok(Done::Ok));
    }
    sound(&store, 4).await;
}

/// A unit whose reading fails in a way that undoes the whole transaction, as a disk that fails does.
struct Undone(Option<oneshot::Sender<Result<(), StoreError>>>);

impl Job for Undone {
    fn is_unit(&self) -> bool {
        true
    }

    fn run<'c>(&'c mut self, tx: Tx<'c>) -> BoxFuture<'c, Result<Keep, Fault>> {
        Box::pin(async move {
            sqlx::raw_sql("rollback").execute(&mut *tx.conn).await?;
            sqlx::query("select * from nowhere")
                .execute(tx.conn)
                .await?;
            Ok(Keep::Yes)
        })
    }

    fn settle(mut self: Box<Self>, committed: Result<(), StoreError>) {
        let reply = self.0.take().expect("settled once");
        reply.send(committed).expect("the test waits");
    }
}

#[tokio::test]
async fn a_read_that_undoes_the_transaction_fails_all_of_it_wherever_it_comes() {
    let (store, _folder) = store().await;
    together(&store, &[10]).await;
    for place in 0..3 {
        let undone = async {
            let (reply, answer) = oneshot::channel();
            let job = Box::new(Undone(Some(reply)));
            store.submit(job, None).await.expect("there is a place");
            answer.await.expect("an answer")
        };
        let (before, after) = [10, 10].split_at(place.min(2));
        let noted = |sizes: &[usize]| {
            let asked: Vec<_> = sizes
                .iter()
                .map(|size| store.run(Arc::new(Noting(*size))))
                .collect();
            join_all(asked)
        };
        let asked = async { futures::join!(noted(before), undone, noted(after)) };
        let (before, undone, after) = in_one(&store, asked).await;

        let told = undone.expect_err("it failed").to_string();
        assert!(told.contains("nowhere"), "{told}");
        let failed = |answer: &Result<_, StoreError>| matches!(answer, Err(StoreError::Failed(_)));
        assert!(
            before.iter().chain(&after).all(failed),
            "{before:?} {after:?}"
        );
        sound(&store, 1).await;
    }
    together(&store, &[10]).await.remove(0).unwrap();
    sound(&store, 2).await;
}

#[tokio::test]
async fn a_commit_that_fails_is_told_to_all_of_its_units_and_forgotten() {
    let (store, _folder) = store().await;
    together(&store, &[10]).await;

    // A row of no desk, which the database looks at when it commits.
    let orphan = store.write(None, |conn| {
        Box::pin(async move {
            let sql = "pragma defer_foreign_keys = on";
            sqlx::query(sql).execute(&mut *conn).await?;
            let sql = "insert into cursors (desk_id, cursor_text) values ('nobody', '')";
            sqlx::query(sql).execute(conn).await?;
            Ok(())
        })
    });
    let notes = [10, 10].map(|size| store.run(Arc::new(Noting(size))));
    let asked = futures::future::join(join_all(notes), orphan);
    let (answers, orphan) = in_one(&store, asked).await;

    assert!(matches!(orphan, Err(StoreError::Failed(_))), "{orphan:?}");
    let failed = |answer: &Result<_, StoreError>| matches!(answer, Err(StoreError::Failed(_)));
    assert!(answers.iter().all(failed), "{answers:?}");
    sound(&store, 1).await;
    let next = together(&store, &[10]).await.remove(0).unwrap();
    assert_eq!((next.seq, next.seen.seq), (2, 2));
    sound(&store, 2).await;
}
