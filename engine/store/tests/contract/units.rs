//! Units of work: what they see, what they write, and what stays in memory after them.

use std::sync::Arc;

use countersign_desk::{ports::Store, work::Done};
use countersign_domain::{
    event::Fact,
    exit::ExitState,
    ids::{OperatorId, PositionId, StandingId},
    money::Usd,
    order::OrderState,
    refusal::Refusal,
    signal::{SignalEvent, SignalState},
    standing::Standing,
    trading::TradingState,
};

use crate::{
    on_both,
    place::Place,
    samples::{
        closed, confirmed, day, drawing, entry, execution, exit, expired, granted, lapsed_override,
        operator, position, sending, signal, standing, ticket,
    },
    world::{Act, DESK, ManualClock, at, row},
};

on_both!(
    a_unit_is_written_whole_and_read_back,
    every_kind_of_row_is_read_back_as_it_was_written,
    a_refusal_is_answered_and_what_was_noted_stays,
    a_unit_that_changes_nothing_takes_no_number,
    the_time_of_a_decision_is_the_clocks,
    what_has_ended_leaves_memory_and_stays_in_the_database,
    operators_come_and_go_with_their_identities,
    executions_keep_the_order_in_which_they_were_taken_in,
    a_bust_changes_its_execution_in_place,
    the_newest_day_is_the_one_that_is_seen,
    the_desk_row_is_written_and_seen_by_other_processes,
);

async fn a_unit_is_written_whole_and_read_back(place: Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();

    let committed = Act::doing(|draft| {
        assert_eq!(draft.seen().seq, 1, "the draft knows the unit's own number");
        draft.ticket(ticket(1));
        draft.perform(sending(1));
        draft.note(expired(1));
    })
    .run_on(&store)
    .await;

    assert_eq!(committed.seq, 1);
    assert_eq!(committed.answer, Ok(Done::Ok));
    assert_eq!(committed.events.len(), 1);
    let effects: Vec<_> = committed.claimed.iter().map(|row| row.effect).collect();
    assert_eq!(effects.len(), 3, "one order, one card on two surfaces");
    assert_eq!(effects[0], sending(1), "an order goes before drawings");
    assert!(effects.contains(&drawing(1)));
    let fresh = |row: &countersign_desk::ports::OutboxRow| {
        row.fresh && row.version == 1 && row.attempts == 0
    };
    assert!(committed.claimed.iter().all(fresh));
    let seen = store.read(DESK).await.unwrap();
    assert_eq!(*seen, *committed.seen);
    let other = place.store(&clock, "two").await;
    assert_eq!(*other.read(DESK).await.unwrap(), *seen);
}

async fn every_kind_of_row_is_read_back_as_it_was_written(place: Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();

    let committed = Act::doing(|draft| {
        draft.operator(operator(7, "ana"));
        draft.signal(signal(2));
        draft.signal(signal(9));
        draft.ticket(confirmed(2));
        draft.order(entry(2, OrderState::Filled));
        draft.order(exit(2, OrderState::Working));
        draft.position(position(2));
        draft.execution(execution(2, "X1"));
        draft.execution(execution(2, "X2"));
        draft.exit_state(
            PositionId::from_bits(2),
            ExitState {
                high_water: Usd::from_micros(12_345_678),
                confirmations: 1,
            },
        );
        draft.standing(standing(4));
        draft.put_override(granted(5));
        draft.day(day(2));
        draft.note(expired(2));
    })
    .run_on(&store)
    .await;

    let seen = place.store(&clock, "two").await.read(DESK).await.unwrap();
    assert_eq!(*seen, *committed.seen);
    assert_eq!(seen.operators.len(), 1);
    assert_eq!(seen.signals.len(), 2);
    assert_eq!(seen.tickets.len(), 1);
    assert_eq!(seen.orders.len(), 2);
    assert_eq!(seen.positions.len(), 1);
    assert_eq!(seen.executions[&PositionId::from_bits(2)].len(), 2);
    assert_eq!(seen.exit_states.len(), 1);
    assert_eq!(seen.standing.len(), 1);
    assert_eq!(seen.overrides.len(), 1);
    assert_eq!(seen.day, day(2));
}

async fn a_refusal_is_answered_and_what_was_noted_stays(place: Place) {
    let store = place.store(&ManualClock::new(), "one").await;
    store.establish(&row(DESK)).await.unwrap();

    let refused = Act::new(|draft| {
        draft.note(expired(1));
        Err(Refusal::UnknownTicket)
    });
    let committed = refused.run_on(&store).await;

    assert_eq!(committed.answer, Err(Refusal::UnknownTicket));
    assert_eq!(committed.seq, 1);
    assert_eq!(store.events(DESK, 0, 10).await.unwrap().len(), 1);
}

async fn a_unit_that_changes_nothing_takes_no_number(place: Place) {
    let store = place.store(&ManualClock::new(), "one").await;
    store.establish(&row(DESK)).await.unwrap();
    Act::doing(|draft| draft.note(expired(1)))
        .run_on(&store)
        .await;

    let idle = Act::new(|_| Ok(Done::Nothing)).run_on(&store).await;

    assert_eq!((idle.seq, idle.answer), (1, Ok(Done::Nothing)));
    assert_eq!(idle.seen.seq, 1);
    let next = Act::doing(|draft| draft.note(expired(1)))
        .run_on(&store)
        .await;
    assert_eq!(next.seq, 2);
}

async fn the_time_of_a_decision_is_the_clocks(place: Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    clock.advance(17);

    let committed = Act::doing(|draft| {
        assert_eq!(draft.now(), at(17));
        draft.note(expired(1));
    })
    .run_on(&store)
    .await;

    assert_eq!(committed.events[0].at, at(17));
    assert_eq!(store.events(DESK, 0, 1).await.unwrap()[0].event.at, at(17));
}

async fn what_has_ended_leaves_memory_and_stays_in_the_database(place: Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    Act::doing(|draft| {
        let mut behind = signal(2);
        behind.state = SignalState::Ticketed(confirmed(2).id);
        draft.signal(behind);
        draft.signal(signal(3));
        draft.ticket(confirmed(2));
        draft.order(entry(2, OrderState::Filled));
        draft.position(position(2));
        draft.execution(execution(2, "X1"));
        draft.exit_state(PositionId::from_bits(2), ExitState::default());
        draft.standing(standing(4));
        draft.put_override(granted(5));
    })
    .run_on(&store)
    .await;

    let committed = Act::doing(|draft| {
        draft.position(closed(2, at(60)));
        let mut lapsed = signal(3);
        lapsed.state = SignalState::Raised.apply(SignalEvent::Lapsed).unwrap();
        draft.signal(lapsed);
        draft.standing(Standing {
            revoked_at: Some(at(60)),
            ..standing(4)
        });
        draft.put_override(lapsed_override(5));
    })
    .run_on(&store)
    .await;

    assert_eq!(
        committed.seen.positions.len(),
        1,
        "the answer shows the end"
    );
    let seen = store.read(DESK).await.unwrap();
    assert_eq!(seen.seq, 2);
    let left = (
        seen.signals.len(),
        seen.tickets.len(),
        seen.orders.len(),
        seen.positions.len(),
        seen.executions.len(),
        seen.exit_states.len(),
        seen.standing.len(),
        seen.overrides.len(),
    );
    assert_eq!(left, (0, 0, 0, 0, 0, 0, 0, 0));
    assert_eq!(
        *place.store(&clock, "two").await.read(DESK).await.unwrap(),
        *seen
    );
    let told = store.story(DESK, confirmed(2).id).await.unwrap();
    assert_eq!(told.position.as_deref(), Some(&closed(2, at(60))));
}

async fn operators_come_and_go_with_their_identities(place: Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    Act::doing(|draft| {
        draft.operator(operator(7, "ana"));
        draft.operator(operator(8, "ben"));
    })
    .run_on(&store)
    .await;

    Act::doing(|draft| {
        draft.remove_operator(OperatorId::from_bits(7));
        draft.operator(operator(9, "ana"));
    })
    .run_on(&store)
    .await;

    for store in [&store, &place.store(&clock, "two").await] {
        let seen = store.read(DESK).await.unwrap();
        let ana = seen.operator(&operator(9, "ana").identities[0]).unwrap();
        assert_eq!(ana.id, OperatorId::from_bits(9));
        assert_eq!(seen.operators.len(), 2);
    }
}

async fn executions_keep_the_order_in_which_they_were_taken_in(place: Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    Act::doing(|draft| {
        draft.position(position(2));
        draft.execution(execution(2, "Z"));
        draft.execution(execution(2, "A"));
    })
    .run_on(&store)
    .await;
    Act::doing(|draft| draft.execution(execution(2, "M")))
        .run_on(&store)
        .await;

    let seen = place.store(&clock, "two").await.read(DESK).await.unwrap();

    let all = &seen.executions[&PositionId::from_bits(2)];
    let names: Vec<_> = all.iter().map(|one| one.id.0.as_str()).collect();
    assert_eq!(names, ["Z", "A", "M"]);
}

async fn a_bust_changes_its_execution_in_place(place: Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    Act::doing(|draft| {
        draft.position(position(2));
        draft.execution(execution(2, "Z"));
        draft.execution(execution(2, "A"));
    })
    .run_on(&store)
    .await;
    Act::doing(|draft| {
        let mut bust = execution(2, "Z");
        bust.bust = true;
        draft.execution(bust);
    })
    .run_on(&store)
    .await;

    let seen = place.store(&clock, "two").await.read(DESK).await.unwrap();

    let all = &seen.executions[&PositionId::from_bits(2)];
    let told: Vec<_> = all
        .iter()
        .map(|one| (one.id.0.as_str(), one.bust))
        .collect();
    assert_eq!(told, [("Z", true), ("A", false)]);
}

async fn the_newest_day_is_the_one_that_is_seen(place: Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    for of_march in [2, 3, 10] {
        Act::doing(move |draft| draft.day(day(of_march)))
            .run_on(&store)
            .await;
    }

    let seen = place.store(&clock, "two").await.read(DESK).await.unwrap();

    assert_eq!(seen.day, day(10));
    assert_eq!(place.number("select count(*) from day_totals").await, 3);
}

async fn the_desk_row_is_written_and_seen_by_other_processes(place: Place) {
    let clock = ManualClock::new();
    let (one, two) = (
        place.store(&clock, "one").await,
        place.store(&clock, "two").await,
    );
    one.establish(&row(DESK)).await.unwrap();
    assert_eq!(two.read(DESK).await.unwrap().seq, 0);

    Act::doing(|draft| {
        let mut desk = draft.seen().desk.clone();
        desk.trading = TradingState::Halted;
        draft.desk(desk);
        draft.note(Fact::StandingRevoked(StandingId::from_bits(1)));
    })
    .run_on(&one)
    .await;

    for store in [&one, &two] {
        let seen = store.read(DESK).await.unwrap();
        assert_eq!((seen.seq, seen.desk.trading), (1, TradingState::Halted));
    }
    let seen: Arc<_> = two.read(DESK).await.unwrap();
    let again: Arc<_> = two.read(DESK).await.unwrap();
    assert!(
        Arc::ptr_eq(&seen, &again),
        "unchanged, it is not loaded again"
    );
}
