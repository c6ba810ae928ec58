//! The outbox: each effect in one pair of hands at a time, and none forgotten.

use countersign_desk::ports::{CardKey, MessageRef, OutboxRow, Store};
use countersign_domain::{ids::TicketId, operator::Surface};
use countersign_store::SqlStore;
use futures::future::join_all;

use crate::{
    on_both,
    place::Place,
    samples::{drawing, sending},
    world::{Act, DESK, ManualClock, at, desk, row},
};

on_both!(
    what_a_unit_wrote_is_in_its_own_hands_until_the_claim_runs_out,
    the_urgent_goes_first_then_the_oldest,
    a_finished_effect_is_gone,
    asked_for_again_while_in_hand_it_waits_for_its_newer_version,
    asked_for_again_while_it_waits_it_is_claimed_but_not_fresh,
    asked_for_again_after_the_end_it_is_new,
    what_was_given_back_unbegun_is_fresh_to_the_next,
    a_postponed_effect_waits_for_its_time,
    a_claim_that_ran_out_gives_nothing_back,
    what_a_dead_process_left_is_inherited,
    four_workers_never_share_an_effect,
    a_message_is_remembered_for_its_card,
    rows_of_two_desks_stay_apart,
);

async fn desk_of(place: &Place, clock: &std::sync::Arc<ManualClock>) -> SqlStore {
    let store = place.store(clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    store
}

fn drawing_of(number: u128) -> Act {
    Act::doing(move |draft| draft.perform(drawing(number)))
}

async fn put(store: &SqlStore, number: u128) -> OutboxRow {
    let mut claimed = drawing_of(number).run_on(store).await.claimed;
    assert_eq!(claimed.len(), 1);
    claimed.remove(0)
}

/// The row as its holder gives it back who tried it.
fn begun(row: &OutboxRow) -> OutboxRow {
    OutboxRow {
        fresh: false,
        ..row.clone()
    }
}

async fn what_a_unit_wrote_is_in_its_own_hands_until_the_claim_runs_out(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    let row = put(&store, 1).await;
    assert!(row.fresh);

    assert_eq!(store.claim(DESK, "two", 10).await.unwrap(), []);
    clock.advance(29);
    assert_eq!(store.claim(DESK, "two", 10).await.unwrap(), []);
    clock.advance(1);
    let late = store.claim(DESK, "two", 10).await.unwrap();

    assert_eq!(late.len(), 1);
    assert_eq!((late[0].id, late[0].effect), (row.id, row.effect));
    assert_eq!((late[0].fresh, late[0].attempts), (false, 1));
    assert_eq!(store.claim(DESK, "three", 10).await.unwrap(), []);
}

async fn the_urgent_goes_first_then_the_oldest(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    for number in 1..=3 {
        put(&store, number).await;
    }
    Act::doing(|draft| draft.perform(sending(9)))
        .run_on(&store)
        .await;
    clock.advance(31);

    let first = store.claim(DESK, "two", 2).await.unwrap();
    let rest = store.claim(DESK, "two", 10).await.unwrap();

    let effects = |rows: Vec<OutboxRow>| rows.into_iter().map(|row| row.effect).collect::<Vec<_>>();
    assert_eq!(effects(first), [sending(9), drawing(1)]);
    assert_eq!(effects(rest), [drawing(2), drawing(3)]);
}

async fn a_finished_effect_is_gone(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    let row = put(&store, 1).await;
    assert_eq!(store.waiting(DESK).await.unwrap(), 1);

    store.finish(&row, None).await.unwrap();
    store.finish(&row, None).await.unwrap();

    assert_eq!(store.waiting(DESK).await.unwrap(), 0);
    clock.advance(3_600);
    assert_eq!(store.claim(DESK, "two", 10).await.unwrap(), []);
}

async fn asked_for_again_while_in_hand_it_waits_for_its_newer_version(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    let row = put(&store, 1).await;

    let again = drawing_of(1).run_on(&store).await;
    assert_eq!(again.claimed, [], "somebody has it in hand");
    assert_eq!(store.waiting(DESK).await.unwrap(), 1);
    store.finish(&row, None).await.unwrap();

    assert_eq!(store.waiting(DESK).await.unwrap(), 1);
    let next = store.claim(DESK, "one", 10).await.unwrap();
    assert_eq!(next.len(), 1, "it can be had at once");
    assert_eq!((next[0].id, next[0].version), (row.id, 2));
    store.finish(&next[0], None).await.unwrap();
    assert_eq!(store.waiting(DESK).await.unwrap(), 0);
}

async fn asked_for_again_while_it_waits_it_is_claimed_but_not_fresh(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    let row = put(&store, 1).await;
    store.postpone(&begun(&row), at(3_600)).await.unwrap();

    let again = drawing_of(1).run_on(&store).await.claimed;

    assert_eq!(again.len(), 1);
    let (version, fresh, attempts) = (again[0].version, again[0].fresh, again[0].attempts);
    assert_eq!(
        (again[0].id, version, fresh, attempts),
        (row.id, 2, false, 1)
    );
    store.finish(&again[0], None).await.unwrap();
    assert_eq!(store.waiting(DESK).await.unwrap(), 0);
}

async fn what_was_given_back_unbegun_is_fresh_to_the_next(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    let rows = [
        put(&store, 1).await,
        put(&store, 2).await,
        put(&store, 3).await,
    ];
    store.postpone(&rows[0], at(0)).await.unwrap();
    store.postpone(&begun(&rows[1]), at(0)).await.unwrap();

    let next = store.claim(DESK, "two", 10).await.unwrap();

    let told: Vec<_> = next.iter().map(|row| (row.id, row.fresh)).collect();
    assert_eq!(told, [(rows[0].id, true), (rows[1].id, false)]);
    store.postpone(&next[0], at(0)).await.unwrap();
    let again = drawing_of(1).run_on(&store).await.claimed;
    assert_eq!(
        (again[0].id, again[0].fresh),
        (rows[0].id, true),
        "nobody began it"
    );
    store.postpone(&begun(&again[0]), at(0)).await.unwrap();
    let last = store.claim(DESK, "two", 1).await.unwrap();
    assert_eq!((last[0].id, last[0].fresh), (rows[0].id, false));
}

async fn asked_for_again_after_the_end_it_is_new(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    let row = put(&store, 1).await;
    store.finish(&row, None).await.unwrap();

    let again = put(&store, 1).await;

    assert!(again.id > row.id && again.fresh && again.version == 1);
}

async fn a_postponed_effect_waits_for_its_time(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    let row = put(&store, 1).await;

    store.postpone(&begun(&row), at(10)).await.unwrap();

    let other = put(&store, 2).await;
    store.postpone(&begun(&other), at(9)).await.unwrap();
    clock.advance(9);
    let due = store.claim(DESK, "two", 10).await.unwrap();
    assert_eq!(due.len(), 1, "the other one is due, this one is not");
    store.finish(&due[0], None).await.unwrap();
    assert_eq!(due[0].effect, drawing(2));
    assert_eq!(store.waiting(DESK).await.unwrap(), 1);
    clock.advance(1);
    let due = store.claim(DESK, "two", 10).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!((due[0].attempts, due[0].fresh), (1, false));
}

async fn a_claim_that_ran_out_gives_nothing_back(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    let stale = put(&store, 1).await;
    clock.advance(31);
    let held = store.claim(DESK, "two", 10).await.unwrap();
    assert_eq!(held.len(), 1);

    store.postpone(&stale, at(3_600)).await.unwrap();
    assert_eq!(store.claim(DESK, "three", 10).await.unwrap(), []);

    store.postpone(&held[0], at(32)).await.unwrap();
    clock.advance(1);
    assert_eq!(store.claim(DESK, "three", 10).await.unwrap().len(), 1);
}

async fn what_a_dead_process_left_is_inherited(place: Place) {
    let clock = ManualClock::new();
    let dead = desk_of(&place, &clock).await;
    put(&dead, 1).await;
    let alive = place.store(&clock, "two").await;
    let own = put(&alive, 2).await;

    alive.inherit(DESK, "two").await.unwrap();
    let left = alive.claim(DESK, "two", 10).await.unwrap();

    let effects: Vec<_> = left.iter().map(|row| row.effect).collect();
    assert_eq!(effects, [drawing(1)], "its own stays in its hands");
    assert!(!left[0].fresh && own.fresh);
}

async fn four_workers_never_share_an_effect(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    for number in 1..=40 {
        put(&store, number).await;
    }
    clock.advance(31);
    let stores = join_all((0..4).map(|_| place.store(&clock, "worker"))).await;

    let work = |store: SqlStore, name: usize| async move {
        let mut got = Vec::new();
        loop {
            let rows = store.claim(DESK, &format!("w{name}"), 3).await.unwrap();
            if rows.is_empty() {
                return got;
            }
            for row in rows {
                store.finish(&row, None).await.unwrap();
                got.push(row.id);
            }
        }
    };
    let workers = stores.into_iter().enumerate();
    let all = join_all(workers.map(|(name, store)| tokio::spawn(work(store, name)))).await;

    let mut ids: Vec<_> = all.into_iter().flat_map(Result::unwrap).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 40);
    assert_eq!(store.waiting(DESK).await.unwrap(), 0);
}

async fn a_message_is_remembered_for_its_card(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    let card = CardKey::Ticket(TicketId::from_bits(1));
    let message = |text: &str| Some((card, Surface::Web.into(), MessageRef(text.to_owned())));
    let row = put(&store, 1).await;
    drawing_of(1).run_on(&store).await;

    store.finish(&row, message("m-1")).await.unwrap();

    let known = store
        .message(DESK, card, Surface::Web.into())
        .await
        .unwrap();
    assert_eq!(
        known,
        Some(MessageRef("m-1".to_owned())),
        "an older version counts"
    );
    let next = store.claim(DESK, "one", 1).await.unwrap().remove(0);
    store.finish(&next, message("m-2")).await.unwrap();
    let known = store
        .message(DESK, card, Surface::Web.into())
        .await
        .unwrap();
    assert_eq!(known, Some(MessageRef("m-2".to_owned())));
    let elsewhere = store
        .message(DESK, card, Surface::Terminal.into())
        .await
        .unwrap();
    assert_eq!(elsewhere, None);
    for text in ["b-1", "b-2"] {
        let (shows, noted) = (
            (CardKey::Board, Surface::Web.into()),
            MessageRef(text.to_owned()),
        );
        store.note_message(DESK, shows, &noted).await.unwrap();
        let known = store.message(DESK, shows.0, shows.1).await.unwrap();
        assert_eq!(known, Some(noted), "noted without a row that asked for it");
    }
}

async fn rows_of_two_desks_stay_apart(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    store.establish(&row(desk(2))).await.unwrap();
    let own = put(&store, 1).await;
    let other = drawing_of(1).on(desk(2)).run_on(&store).await.claimed;

    assert!(other[0].fresh && other[0].id != own.id);
    clock.advance(31);
    assert_eq!(store.claim(DESK, "two", 10).await.unwrap().len(), 1);
    assert_eq!(store.waiting(desk(2)).await.unwrap(), 1);
}
