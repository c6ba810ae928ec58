//! Leases and fences.

use countersign_desk::ports::{Store, StoreError};
use countersign_store::SqlStore;
use futures::future::join_all;
use jiff::SignedDuration;

use crate::{
    on_both,
    place::Place,
    samples::expired,
    world::{Act, DESK, ManualClock, at, desk, row},
};

on_both!(
    a_lease_is_held_by_one,
    renewing_keeps_the_fence_and_running_out_does_not,
    a_unit_under_an_older_fence_writes_nothing,
    a_lease_given_back_can_be_taken_at_once,
    of_many_who_ask_at_once_one_gets_it,
    no_lease_on_a_desk_that_is_not_there,
);

const TEN: SignedDuration = SignedDuration::from_secs(10);

async fn desk_of(place: &Place, clock: &std::sync::Arc<ManualClock>) -> SqlStore {
    let store = place.store(clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    store
}

fn noting() -> Act {
    Act::doing(|draft| draft.note(expired(1)))
}

async fn a_lease_is_held_by_one(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;

    let lease = store.lease(DESK, "one", TEN).await.unwrap().unwrap();

    assert_eq!((lease.desk, lease.fence, lease.until), (DESK, 1, at(10)));
    assert_eq!(store.is_leased(DESK).await, Ok(true));
    assert_eq!(store.lease(DESK, "two", TEN).await.unwrap(), None);
    clock.advance(9);
    assert_eq!(store.lease(DESK, "two", TEN).await.unwrap(), None);
    clock.advance(1);
    assert_eq!(store.is_leased(DESK).await, Ok(false));
    let taken = store.lease(DESK, "two", TEN).await.unwrap().unwrap();
    assert_eq!((taken.fence, taken.until), (2, at(20)));
    assert_eq!(store.lease(DESK, "one", TEN).await.unwrap(), None);
}

async fn renewing_keeps_the_fence_and_running_out_does_not(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    store.lease(DESK, "one", TEN).await.unwrap().unwrap();

    clock.advance(5);
    let renewed = store.lease(DESK, "one", TEN).await.unwrap().unwrap();
    assert_eq!((renewed.fence, renewed.until), (1, at(15)));
    clock.advance(10);
    let late = store.lease(DESK, "one", TEN).await.unwrap().unwrap();

    assert_eq!(late.fence, 2, "somebody may have acted in between");
}

async fn a_unit_under_an_older_fence_writes_nothing(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    let first = store.lease(DESK, "one", TEN).await.unwrap().unwrap();
    assert_eq!(noting().under(first.fence).run_on(&store).await.seq, 1);
    clock.advance(11);
    let other = place.store(&clock, "two").await;
    let second = other.lease(DESK, "two", TEN).await.unwrap().unwrap();

    let fenced = noting()
        .under(first.fence)
        .caused_by("x")
        .try_on(&store)
        .await;

    assert_eq!(fenced.unwrap_err(), StoreError::Fenced);
    assert_eq!(place.number("select count(*) from events").await, 1);
    assert_eq!(place.number("select count(*) from inbox").await, 0);
    assert_eq!(noting().under(second.fence).run_on(&other).await.seq, 2);
    assert_eq!(
        noting().run_on(&store).await.seq,
        3,
        "without a lease no fence counts"
    );
}

async fn a_lease_given_back_can_be_taken_at_once(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;
    store.lease(DESK, "one", TEN).await.unwrap().unwrap();

    store.release(DESK, "two").await.unwrap();
    assert_eq!(store.lease(DESK, "two", TEN).await.unwrap(), None);
    store.release(DESK, "one").await.unwrap();

    let taken = store.lease(DESK, "two", TEN).await.unwrap().unwrap();
    assert_eq!(taken.fence, 2);
}

async fn of_many_who_ask_at_once_one_gets_it(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;

    let names: Vec<_> = (0..10).map(|number| format!("process-{number}")).collect();
    let asked = names.iter().map(|name| store.lease(DESK, name, TEN));
    let leases = join_all(asked).await;

    let got = leases.into_iter().filter_map(Result::unwrap).count();
    assert_eq!(got, 1);
}

async fn no_lease_on_a_desk_that_is_not_there(place: Place) {
    let clock = ManualClock::new();
    let store = desk_of(&place, &clock).await;

    let nowhere = store.lease(desk(9), "one", TEN).await;

    assert_eq!(nowhere.unwrap_err(), StoreError::NoDesk(desk(9)));
}
