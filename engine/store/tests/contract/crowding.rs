//! Many at once: one order of things on a desk, whoever asks.

use std::sync::Arc;

use countersign_desk::{
    ports::{AuditVerdict, Store},
    work::Done,
};
use countersign_domain::refusal::Refusal;
use countersign_store::SqlStore;

use crate::{
    on_both,
    place::Place,
    samples::{day, drawing, expired},
    world::{Act, DESK, ManualClock, desk, row},
};

on_both!(
    eight_tasks_make_one_chain_without_a_gap,
    two_processes_make_one_chain_without_a_gap,
    two_processes_never_pass_one_limit_together,
    desks_of_one_database_go_on_side_by_side,
    desks_may_be_established_all_at_once,
);

/// A unit that counts the entries of the day up by one; a torn or lost one would show.
fn counting() -> Act {
    Act::doing(|draft| {
        let mut totals = draft.seen().day.clone();
        totals.date = day(2).date;
        totals.entries.push(draft.now());
        draft.day(totals);
        draft.note(expired(1));
        draft.perform(drawing(u128::from(draft.seen().seq)));
    })
}

async fn crowd(stores: Vec<Arc<SqlStore>>, each: usize) -> Vec<u64> {
    let mut tasks = Vec::new();
    for store in stores {
        tasks.push(tokio::spawn(async move {
            let mut seqs = Vec::new();
            for _ in 0..each {
                seqs.push(counting().run_on(&store).await.seq);
            }
            seqs
        }));
    }
    let mut seqs = Vec::new();
    for task in tasks {
        seqs.extend(task.await.unwrap());
    }
    seqs.sort_unstable();
    seqs
}

async fn whole(store: &SqlStore, units: u64) {
    let verdict = store.verify_audit(DESK).await.unwrap();
    assert!(
        matches!(verdict, AuditVerdict::Sound { rows, .. } if rows == units),
        "{verdict:?}"
    );
    let seen = store.read(DESK).await.unwrap();
    assert_eq!(seen.seq, units);
    assert_eq!(u64::try_from(seen.day.entries.len()), Ok(units));
    assert_eq!(store.waiting(DESK).await.unwrap(), units);
}

async fn eight_tasks_make_one_chain_without_a_gap(place: Place) {
    let store = Arc::new(place.store(&ManualClock::new(), "one").await);
    store.establish(&row(DESK)).await.unwrap();

    let seqs = crowd(vec![store.clone(); 8], 50).await;

    assert_eq!(seqs, (1..=400).collect::<Vec<_>>());
    whole(&store, 400).await;
}

async fn two_processes_make_one_chain_without_a_gap(place: Place) {
    let clock = ManualClock::new();
    let one = Arc::new(place.store(&clock, "one").await);
    let two = Arc::new(place.store(&clock, "two").await);
    one.establish(&row(DESK)).await.unwrap();

    let stores = vec![one.clone(), two.clone(), one.clone(), two.clone()];
    let seqs = crowd(stores, 25).await;

    assert_eq!(seqs, (1..=100).collect::<Vec<_>>());
    whole(&one, 100).await;
    whole(&two, 100).await;
}

async fn two_processes_never_pass_one_limit_together(place: Place) {
    let clock = ManualClock::new();
    let one = Arc::new(place.store(&clock, "one").await);
    let two = Arc::new(place.store(&clock, "two").await);
    one.establish(&row(DESK)).await.unwrap();
    let entering = || {
        Act::new(|draft| {
            if draft.seen().day.entries.len() >= 5 {
                return Err(Refusal::UnknownTicket);
            }
            let mut totals = draft.seen().day.clone();
            totals.date = day(2).date;
            totals.entries.push(draft.now());
            draft.day(totals);
            Ok(Done::Ok)
        })
    };

    let mut tasks = Vec::new();
    for number in 0..20 {
        let store = if number % 2 == 0 {
            one.clone()
        } else {
            two.clone()
        };
        tasks.push(tokio::spawn(async move { entering().run_on(&store).await }));
    }
    let mut passed = 0;
    for task in tasks {
        passed += usize::from(task.await.unwrap().answer.is_ok());
    }

    assert_eq!(passed, 5);
}

async fn desks_of_one_database_go_on_side_by_side(place: Place) {
    let store = Arc::new(place.store(&ManualClock::new(), "one").await);
    for number in 1..=4 {
        store.establish(&row(desk(number))).await.unwrap();
    }

    let mut tasks = Vec::new();
    for number in 1..=4 {
        let store = store.clone();
        tasks.push(tokio::spawn(async move {
            for _ in 0..25 {
                counting().on(desk(number)).run_on(&store).await;
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }

    for number in 1..=4 {
        let verdict = store.verify_audit(desk(number)).await.unwrap();
        assert!(matches!(verdict, AuditVerdict::Sound { rows: 25, .. }));
    }
}

async fn desks_may_be_established_all_at_once(place: Place) {
    let clock = ManualClock::new();
    let one = place.store(&clock, "one").await;
    let two = place.store(&clock, "two").await;

    let rows: Vec<_> = (1..=6).map(|number| row(desk(number))).collect();
    let asked = rows
        .iter()
        .flat_map(|row| [one.establish(row), two.establish(row)]);
    for done in futures::future::join_all(asked).await {
        done.unwrap();
    }

    let mut known = one.desks().await.unwrap();
    known.sort_unstable();
    assert_eq!(known, (1..=6).map(desk).collect::<Vec<_>>());
}
