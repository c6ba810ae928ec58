//! Slots, cursors, history, and what retention lets go.

use countersign_desk::{
    ports::{Cursor, PositionSample, Store},
    work::Done,
};
use countersign_domain::{ids::PositionId, money::Usd};
use countersign_store::SqlStore;
use futures::future::join_all;

use crate::{
    on_both,
    place::Place,
    samples::{drawing, expired},
    world::{Act, DESK, ManualClock, at, desk, dollars, row},
};

on_both!(
    a_slot_is_claimed_by_exactly_one,
    the_last_slot_is_the_latest_that_was_claimed,
    a_cursor_stays_where_it_was_set,
    samples_are_appended_by_the_thousand,
    retention_lets_go_of_what_is_old_and_done_and_of_nothing_else,
    retention_goes_on_until_nothing_old_is_left,
);

async fn desk_of(place: &Place, clock: &std::sync::Arc<ManualClock>) -> SqlStore {
    let store = place.store(clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    store
}

fn sample(number: u128, seconds: i64) -> PositionSample {
    PositionSample {
        position: PositionId::from_bits(number),
        at: at(seconds),
        unrealised: dollars(-3),
        realised: Usd::from_micros(1),
    }
}

async fn a_slot_is_claimed_by_exactly_one(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    store.establish(&row(desk(2))).await.unwrap();
    let other = place.store(&clock, "two").await;

    let asked = (0..10).map(|number| {
        let store = if number % 2 == 0 { &store } else { &other };
        store.claim_slot(DESK, "scan", at(300))
    });
    let got = join_all(asked).await;

    assert_eq!(got.into_iter().filter(|one| *one == Ok(true)).count(), 1);
    assert_eq!(store.claim_slot(DESK, "scan", at(600)).await, Ok(true));
    assert_eq!(store.claim_slot(DESK, "report", at(300)).await, Ok(true));
    assert_eq!(store.claim_slot(desk(2), "scan", at(300)).await, Ok(true));
    assert_eq!(store.claim_slot(DESK, "scan", at(300)).await, Ok(false));
}

async fn the_last_slot_is_the_latest_that_was_claimed(place: Place) {
    let store = desk_of(&place, &ManualClock::new()).await;
    assert_eq!(store.last_slot(DESK, "scan").await, Ok(None));

    for seconds in [600, 900, 300] {
        store.claim_slot(DESK, "scan", at(seconds)).await.unwrap();
    }

    assert_eq!(store.last_slot(DESK, "scan").await, Ok(Some(at(900))));
    assert_eq!(store.last_slot(DESK, "report").await, Ok(None));
}

async fn a_cursor_stays_where_it_was_set(place: Place) {
    let store = desk_of(&place, &ManualClock::new()).await;
    assert_eq!(store.cursor(DESK).await, Ok(Cursor::default()));

    for name in ["a", "b"] {
        let cursor = Cursor(name.to_owned());
        store.set_cursor(DESK, &cursor).await.unwrap();
        assert_eq!(store.cursor(DESK).await, Ok(cursor));
    }
}

async fn samples_are_appended_by_the_thousand(place: Place) {
    let store = desk_of(&place, &ManualClock::new()).await;
    let samples: Vec<_> = (0..2_345).map(|number| sample(number, 3)).collect();

    store.record(DESK, &samples).await.unwrap();
    store.record(DESK, &samples).await.unwrap();
    store.record(DESK, &[]).await.unwrap();

    assert_eq!(place.number("select count(*) from history").await, 2_345);
    let sum = "select cast(sum(unrealised) as bigint) from history";
    assert_eq!(place.number(sum).await, -3_000_000 * 2_345);
}

async fn retention_lets_go_of_what_is_old_and_done_and_of_nothing_else(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    store
        .record(DESK, &[sample(1, 0), sample(1, 100)])
        .await
        .unwrap();
    let acting = |number| {
        let act = Act::doing(move |draft| {
            draft.perform(drawing(number));
            draft.note(expired(number));
        });
        act.caused_by(&format!("press-{number}"))
    };
    let old = acting(1).run_on(&store).await.claimed;
    store.finish(&old[0], None).await.unwrap();
    acting(2).run_on(&store).await;
    clock.advance(100);
    let new = acting(3).run_on(&store).await.claimed;
    store.finish(&new[0], None).await.unwrap();

    let gone = store.retain(DESK, at(100)).await.unwrap();

    assert_eq!(gone, 1 + 1 + 2, "one sample, one effect, two keys");
    assert_eq!(place.number("select count(*) from history").await, 1);
    assert_eq!(place.number("select count(*) from outbox").await, 2);
    assert_eq!(store.waiting(DESK).await.unwrap(), 1);
    assert_eq!(place.number("select count(*) from inbox").await, 1);
    assert_eq!(place.number("select count(*) from events").await, 3);
    assert_eq!(store.retain(DESK, at(100)).await.unwrap(), 0);
}

async fn retention_goes_on_until_nothing_old_is_left(place: Place) {
    let store = desk_of(&place, &ManualClock::new()).await;
    let samples: Vec<_> = (0..5_100).map(|number| sample(number, 3)).collect();
    store.record(DESK, &samples).await.unwrap();

    assert_eq!(store.retain(DESK, at(60)).await.unwrap(), 5_100);
}

#[tokio::test]
async fn what_changes_nothing_costs_no_write_on_sqlite() {
    let place = Place::sqlite().await;
    let store = desk_of(&place, &ManualClock::new()).await;
    let row = Act::doing(|draft| draft.perform(drawing(1)));
    row.run_on(&store).await;
    let log = || place.folder().join("desk.db-wal").metadata().unwrap().len();
    let before = log();

    for _ in 0..20 {
        assert_eq!(store.claim(DESK, "two", 10).await, Ok(Vec::new()));
        Act::new(|_| Ok(Done::Nothing)).run_on(&store).await;
        store.read(DESK).await.unwrap();
    }

    assert_eq!(log(), before);
}
