//! What a desk kept in its home, read from beside the process.

use std::{path::Path, sync::Arc, time::Duration};

use countersign_app::clock::ManualClock;
use countersign_desk::ports::{CardKey, Store as _};
use countersign_domain::{
    event::{Event, Fact},
    ids::{DeskId, TicketId},
    operator::{Actor, Room},
};
use countersign_store::SqlStore;
use jiff::Timestamp;

/// The store of the desk in that home.
pub(crate) async fn store(home: &Path) -> SqlStore {
    let file = home.join("countersign.db");
    let url = format!("sqlite://{}", file.display());
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let store = SqlStore::open(&url, clock, "onlooker".to_owned()).await;
    store.expect("the store opens")
}

/// The desk in that home.
pub(crate) async fn desk(home: &Path) -> DeskId {
    let desks = store(home).await.desks().await.expect("its desks");
    *desks.first().expect("a desk")
}

/// Everything that happened there, in order.
pub(crate) async fn events(home: &Path) -> Vec<Event> {
    let store = store(home).await;
    let desks = store.desks().await.expect("its desks");
    let desk = *desks.first().expect("a desk");
    let (mut after, mut events) = (0, Vec::new());
    loop {
        let page = store.events(desk, after, 1_000).await.expect("its events");
        let Some(last) = page.last() else {
            return events;
        };
        after = last.seq;
        events.extend(page.into_iter().map(|row| row.event));
    }
}

/// Waits until the process has noted which message shows a ticket's card in a room: what dies before
/// leaves a second copy.
pub(crate) async fn noted(home: &Path, ticket: TicketId, room: Room) {
    let (store, desk) = (store(home).await, desk(home).await);
    let mut looks = tokio::time::interval(Duration::from_millis(20));
    let noted = async {
        let card = CardKey::Ticket(ticket);
        while store
            .message(desk, card, room)
            .await
            .expect("it reads")
            .is_none()
        {
            looks.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), noted)
        .await
        .expect("it is noted");
}

/// How many of the events are so.
pub(crate) async fn facts(home: &Path, wanted: impl Fn(&Fact) -> bool) -> usize {
    let events = events(home).await;
    events.iter().filter(|it| wanted(&it.fact)).count()
}

/// How many entries and exits were written down to be sent.
pub(crate) async fn orders(home: &Path) -> usize {
    facts(home, |it| matches!(it, Fact::OrderSubmitted(_))).await
}

/// How many asks of strangers were refused and written down.
pub(crate) async fn strangers(home: &Path) -> usize {
    let events = events(home).await;
    let stranger = |it: &&Event| {
        matches!(it.actor, Actor::Stranger(_)) && matches!(it.fact, Fact::Refused { .. })
    };
    events.iter().filter(stranger).count()
}
