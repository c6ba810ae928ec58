//! What fails, fails alone and leaves nothing behind.

use std::{
    pin::pin,
    sync::{Arc, Mutex, mpsc::channel},
};

use countersign_desk::{
    ports::{AuditVerdict, Committed, Store, StoreError},
    work::{Done, Needs},
};
use countersign_domain::{
    ids::{AccountId, DeskId},
    money::Usd,
};
use countersign_store::SqlStore;
use futures::{future::join_all, poll};

use crate::{
    on_both,
    place::Place,
    samples::{day, drawing, expired, granted, operator, signal, standing, ticket},
    world::{Act, DESK, ManualClock, desk, dollars, row},
};

on_both!(
    a_panic_in_a_decision_fails_that_unit_alone,
    a_conflict_fails_that_unit_alone,
    what_cannot_be_stored_fails_that_unit_alone,
    desks_and_failures_among_each_other_leave_whole_chains,
    a_unit_of_no_desk_is_told_so,
    an_inbox_key_is_taken_once,
    an_inbox_key_is_free_again_when_its_unit_failed,
    keys_are_apart_by_source_and_desk,
    money_beyond_the_store_is_refused_by_table_and_id,
    a_value_finer_than_the_store_is_refused_by_table_and_id,
    a_figure_that_is_no_number_is_refused,
    another_desks_row_is_refused,
    a_row_that_cannot_be_read_is_named,
    a_desk_is_established_once_and_an_account_belongs_to_one,
);

async fn desk_of(place: &Place) -> SqlStore {
    let store = place.store(&ManualClock::new(), "one").await;
    store.establish(&row(DESK)).await.unwrap();
    store
}

async fn rows(place: &Place) -> i64 {
    let mut rows = 0;
    for table in [
        "events",
        "outbox",
        "tickets",
        "operators",
        "identities",
        "inbox",
    ] {
        rows += place.number(&format!("select count(*) from {table}")).await;
    }
    rows
}

/// Runs these together; answers in their order. A writer that commits in groups is kept busy until
/// all of them wait, so that they share one transaction.
async fn together(
    place: &Place,
    store: &SqlStore,
    acts: impl IntoIterator<Item = Act>,
) -> Vec<Result<Committed, StoreError>> {
    let mut all = pin!(join_all(
        acts.into_iter().map(|act| store.run(Arc::new(act)))
    ));
    if place.groups() {
        let (begun, begins) = channel();
        let (end, ends) = channel();
        let ends = Mutex::new(ends);
        let holding = Act::new(move |_| {
            begun.send(()).unwrap();
            ends.lock().unwrap().recv().unwrap();
            Ok(Done::Ok)
        });
        let mut holding = pin!(holding.try_on(store));
        assert!(poll!(&mut holding).is_pending());
        begins.recv().unwrap();
        assert!(poll!(&mut all).is_pending());
        end.send(()).unwrap();
        holding.await.unwrap();
    }
    all.await
}

fn noting(number: u128) -> Act {
    Act::doing(move |draft| draft.note(expired(number)))
}

async fn a_panic_in_a_decision_fails_that_unit_alone(place: Place) {
    let store = desk_of(&place).await;

    let panicking = Act::new(|draft| {
        draft.note(expired(2));
        // Not `panic!`, which would have its message and place printed in the middle of the tests.
        std::panic::resume_unwind(Box::new("this one was meant".to_owned()));
    });
    let answers = together(&place, &store, [noting(1), panicking, noting(3)]).await;

    let told = match &answers[1] {
        Err(StoreError::Failed(told)) => told,
        other => panic!("{other:?}"),
    };
    assert!(told.contains("this one was meant"), "{told}");
    assert_eq!(answers[0].as_ref().unwrap().seq, 1);
    assert_eq!(answers[2].as_ref().unwrap().seq, 2);
    assert_eq!(store.events(DESK, 0, 10).await.unwrap().len(), 2);
}

async fn a_conflict_fails_that_unit_alone(place: Place) {
    let store = desk_of(&place).await;
    Act::doing(|draft| draft.operator(operator(7, "ana")))
        .run_on(&store)
        .await;

    let conflicting = Act::doing(|draft| {
        draft.ticket(ticket(5));
        draft.operator(operator(8, "ana"));
        draft.note(expired(5));
    });
    let answers = together(&place, &store, [noting(1), conflicting, noting(3)]).await;

    assert!(
        matches!(answers[1], Err(StoreError::Failed(_))),
        "{:?}",
        answers[1]
    );
    assert_eq!(answers[2].as_ref().unwrap().seq, 3);
    let seen = store.read(DESK).await.unwrap();
    assert!(seen.tickets.is_empty() && seen.operators.len() == 1);
    assert_eq!(
        rows(&place).await,
        2 + 2,
        "two events, an operator, an identity"
    );
}

async fn what_cannot_be_stored_fails_that_unit_alone(place: Place) {
    let store = desk_of(&place).await;

    let unstorable = Act::doing(|draft| {
        draft.note(expired(5));
        let mut signal = signal(3);
        signal.evidence[0].value = f64::NAN;
        draft.signal(signal);
    });
    let taken = Act::doing(|draft| {
        let mut signal = signal(3);
        signal.evidence[0].value = f64::NAN;
        draft.signal(signal);
    });
    let acts = [
        noting(1),
        unstorable,
        noting(3),
        taken.caused_by("execution-1"),
        noting(4).caused_by("execution-1"),
    ];
    let answers = together(&place, &store, acts).await;

    let came: Vec<_> = answers
        .iter()
        .map(|one| one.as_ref().ok().map(|one| one.seq))
        .collect();
    assert_eq!(came, [Some(1), None, Some(2), None, Some(3)]);
    assert_eq!(rows(&place).await, 3 + 1, "three events, a key");
}

async fn desks_and_failures_among_each_other_leave_whole_chains(place: Place) {
    let store = desk_of(&place).await;
    let second = desk(2);
    store.establish(&row(second)).await.unwrap();
    Act::doing(|draft| draft.ticket(ticket(5)))
        .run_on(&store)
        .await;
    let other = ticket(77).id;
    let ended = format!("update tickets set id = '{other}', state = 'declined', body = 'none'");
    assert_eq!(place.tamper(&ended).await, 1);
    let panicking = || Act::new(|_| std::panic::resume_unwind(Box::new("meant".to_owned())));
    let unreadable = || {
        let mut needs = Needs::default();
        needs.tickets.push(ticket(77).id);
        noting(9).needing(needs)
    };

    let acts = [
        unreadable(),
        noting(1),
        Act::new(|_| Ok(Done::Nothing)),
        noting(1).on(second),
        unreadable(),
        panicking().on(second),
        noting(2).caused_by("execution-1"),
        noting(3).caused_by("execution-1"),
        noting(2).on(second),
        panicking(),
    ];
    let answers = together(&place, &store, acts).await;

    let failed: Vec<_> = answers.iter().map(Result::is_err).collect();
    let wanted = [
        true, false, false, false, true, true, false, false, false, true,
    ];
    assert_eq!(failed, wanted);
    for (desk, events) in [(DESK, 2), (second, 2)] {
        let verdict = store.verify_audit(desk).await.unwrap();
        assert!(
            matches!(verdict, AuditVerdict::Sound { rows, .. } if rows == events),
            "{desk}: {verdict:?}"
        );
    }
}

async fn a_unit_of_no_desk_is_told_so(place: Place) {
    let store = desk_of(&place).await;
    let nowhere = desk(99);

    for unit in [noting(1), noting(1).caused_by("execution-1")] {
        let answer = unit.on(nowhere).try_on(&store).await;
        assert_eq!(answer.unwrap_err(), StoreError::NoDesk(nowhere));
    }
    assert_eq!(
        store.read(nowhere).await.unwrap_err(),
        StoreError::NoDesk(nowhere)
    );
    let slot = store.claim_slot(nowhere, "scan", crate::world::at(0)).await;
    assert_eq!(slot.unwrap_err(), StoreError::NoDesk(nowhere));
    assert_eq!(store.claim(nowhere, "one", 1).await, Ok(Vec::new()));
}

async fn an_inbox_key_is_taken_once(place: Place) {
    let store = desk_of(&place).await;

    let acts = (0..20).map(|_| noting(1).caused_by("execution-1"));
    let answers: Vec<_> = together(&place, &store, acts)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();

    let done = answers.iter().filter(|one| one.answer == Ok(Done::Ok));
    assert_eq!(done.count(), 1);
    let repeated = answers
        .iter()
        .filter(|one| one.answer == Ok(Done::Repeated) && one.seq == 1 && one.events.is_empty());
    assert_eq!(repeated.count(), 19);
    let again = noting(1).caused_by("execution-1").run_on(&store).await;
    assert_eq!((again.answer, again.seq), (Ok(Done::Repeated), 1));
    assert_eq!(*again.seen, *store.read(DESK).await.unwrap());
}

async fn an_inbox_key_is_free_again_when_its_unit_failed(place: Place) {
    let store = desk_of(&place).await;
    let failing = Act::doing(|draft| {
        draft.operator(operator(7, "ana"));
        draft.operator(operator(8, "ana"));
    });
    failing
        .caused_by("press-1")
        .try_on(&store)
        .await
        .unwrap_err();

    let done = noting(1).caused_by("press-1").run_on(&store).await;

    assert_eq!(done.answer, Ok(Done::Ok));
}

async fn keys_are_apart_by_source_and_desk(place: Place) {
    let store = desk_of(&place).await;
    store.establish(&row(desk(2))).await.unwrap();

    noting(1).caused_by("a").run_on(&store).await;
    let elsewhere = noting(1).on(desk(2)).caused_by("a").run_on(&store).await;

    assert_eq!(elsewhere.answer, Ok(Done::Ok));
    let idle = Act::new(|_| Ok(Done::Nothing)).caused_by("b");
    assert_eq!(idle.run_on(&store).await.seq, 2, "a key is worth a number");
    let idle = Act::new(|_| Ok(Done::Nothing)).caused_by("b");
    assert_eq!(idle.run_on(&store).await.answer, Ok(Done::Repeated));
}

async fn a_value_finer_than_the_store_is_refused_by_table_and_id(place: Place) {
    let store = desk_of(&place).await;

    let too_fine = Act::doing(|draft| {
        let mut one = granted(5);
        one.value = "0.0000001".parse().unwrap();
        draft.put_override(one);
    });
    let told = too_fine.try_on(&store).await.unwrap_err().to_string();

    assert!(
        told.contains("overrides 00000000000000000000000005"),
        "{told}"
    );
}

async fn money_beyond_the_store_is_refused_by_table_and_id(place: Place) {
    let store = desk_of(&place).await;

    let too_much = Act::doing(|draft| {
        draft.note(expired(1));
        let mut standing = standing(4);
        standing.worst_loss_per_day = dollars(9_000_000_000_000).times(2);
        draft.standing(standing);
    });
    let told = too_much.try_on(&store).await.unwrap_err().to_string();

    assert!(
        told.contains("standing 00000000000000000000000004"),
        "{told}"
    );
    assert_eq!(rows(&place).await, 0);
    let most = Act::doing(|draft| {
        let mut day = day(2);
        day.realised = Usd::from_micros(i64::MAX);
        day.fees = Usd::from_micros(i64::MIN);
        draft.day(day);
    });
    most.run_on(&store).await;
    let seen = place
        .store(&ManualClock::new(), "two")
        .await
        .read(DESK)
        .await;
    assert_eq!(seen.unwrap().day.realised.micros(), Some(i64::MAX));
}

async fn a_figure_that_is_no_number_is_refused(place: Place) {
    let store = desk_of(&place).await;

    let act = Act::doing(|draft| {
        let mut signal = signal(3);
        signal.evidence[0].value = f64::NAN;
        draft.signal(signal);
    });
    let told = act.try_on(&store).await.unwrap_err().to_string();

    assert!(
        told.contains("signals 00000000000000000000000003"),
        "{told}"
    );
}

async fn another_desks_row_is_refused(place: Place) {
    let store = desk_of(&place).await;
    store.establish(&row(desk(2))).await.unwrap();

    let act = Act::doing(|draft| draft.desk(row(desk(2))));

    assert!(matches!(
        act.try_on(&store).await,
        Err(StoreError::Failed(_))
    ));
}

async fn a_row_that_cannot_be_read_is_named(place: Place) {
    let store = desk_of(&place).await;
    Act::doing(|draft| {
        draft.ticket(ticket(5));
        draft.perform(drawing(5));
    })
    .run_on(&store)
    .await;
    place.tamper("update tickets set body = '{\"id\":1}'").await;

    let clock = ManualClock::new();
    let other = place.store(&clock, "two").await;

    let expected = "tickets 00000000000000000000000005";
    match other.read(DESK).await {
        Err(StoreError::Unreadable(told)) => assert!(told.contains(expected), "{told}"),
        other => panic!("{other:?}"),
    }
    match noting(1).try_on(&other).await {
        Err(StoreError::Unreadable(told)) => assert!(told.contains(expected), "{told}"),
        other => panic!("{other:?}"),
    }
}

async fn a_desk_is_established_once_and_an_account_belongs_to_one(place: Place) {
    let store = desk_of(&place).await;
    let mut renamed = row(DESK);
    "Another name".clone_into(&mut renamed.name);
    store.establish(&renamed).await.unwrap();
    assert_eq!(store.read(DESK).await.unwrap().desk.name, "Desk 1");

    let mut taken = row(desk(2));
    taken.account = AccountId("PAPER-1".to_owned());
    let answer = store.establish(&taken).await;

    assert!(matches!(answer, Err(StoreError::Failed(_))), "{answer:?}");
    store.establish(&row(desk(3))).await.unwrap();
    let known: Vec<DeskId> = store.desks().await.unwrap();
    assert_eq!(known, [DESK, desk(3)]);
}
