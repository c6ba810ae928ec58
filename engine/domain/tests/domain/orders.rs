//! The machine of an order: what brokers say late, twice and out of order, and what counts.

use std::collections::BTreeSet;

use countersign_domain::{
    ids::{OrderId, PositionId},
    money::Contracts,
    order::{Order, OrderEvent as E, OrderState as S, exit_order_id},
};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::{
    given::{EXIT, POSITION, entry_order, exit_order, morning, second_attempt},
    matrix,
};

const SIZE: Contracts = Contracts(3);

/// States in which the order is over, as far as we know.
const OVER: [S; 6] = [
    S::Filled,
    S::Cancelled,
    S::Denied,
    S::Rejected,
    S::Lapsed,
    S::Unsent,
];

/// An order of 3, moved by `events` in turn.
fn after(mut order: Order, events: &[E]) -> Order {
    for event in events {
        order.apply(*event, morning()).unwrap();
    }
    order
}

#[test]
fn every_state_and_event_of_an_order_is_in_the_table() {
    let events = E::samples().map(|event| (format!("{event:?}"), event));
    let events = events
        .each_ref()
        .map(|(name, event)| (name.as_str(), *event));
    let table = matrix::draw(
        &S::ALL,
        &events,
        |state| state.name().to_owned(),
        |state, event| state.apply(*event, SIZE),
    );
    insta::assert_snapshot!("order", table);
}

#[test]
fn states_that_are_over_are_not_live_and_all_others_are() {
    for state in S::ALL {
        assert_eq!(state.is_live(), !OVER.contains(&state), "{}", state.name());
    }
    let names: BTreeSet<_> = S::ALL.iter().map(|state| state.name()).collect();
    assert_eq!(names.len(), S::ALL.len());
}

// R34
#[test]
fn an_entry_whose_answer_was_lost_is_looked_up_and_never_sent_again() {
    let lost = after(entry_order(), &[E::AnswerLost]);
    assert_eq!(lost.state, S::InDoubt);
    for found in [E::Accepted, E::FilledTo(Contracts(1))] {
        assert_eq!(after(lost.clone(), &[found]).state, S::Working);
    }
    assert_eq!(after(lost.clone(), &[E::Rejected]).state, S::Rejected);
    assert_eq!(after(lost.clone(), &[E::Gone]).state, S::Cancelled);
    assert_eq!(after(lost.clone(), &[E::NeverArrived]).state, S::Unsent);
    for state in S::ALL {
        let mut entry = Order {
            state,
            ..entry_order()
        };
        let said = entry
            .apply(E::SentAgain, morning())
            .unwrap_err()
            .to_string();
        assert_eq!(said, format!("SentAgain cannot happen to {state:?}"));
        assert_eq!(
            entry,
            Order {
                state,
                ..entry_order()
            }
        );
    }
}

// R34
#[test]
fn an_exit_in_doubt_may_go_out_again_under_its_old_name() {
    let lost = after(exit_order(), &[E::AnswerLost]);
    let again = after(lost.clone(), &[E::SentAgain]);
    assert_eq!(again.state, S::Submitted);
    assert_eq!(again.client_order_id(), lost.client_order_id());
}

// R34
#[test]
fn an_order_that_was_given_up_and_is_accepted_late_is_cancelled_and_its_fills_count() {
    let given_up: [&[E]; 4] = [
        &[E::AnswerLost, E::NeverArrived],
        &[E::Lapsed],
        &[E::Rejected],
        &[E::Denied],
    ];
    for events in given_up {
        let late = after(after(entry_order(), events), &[E::Accepted]);
        assert_eq!(late.state, S::Cancelling, "{events:?}");
        let part = after(late, &[E::FilledTo(Contracts(2)), E::Gone]);
        assert_eq!((part.state, part.filled), (S::Cancelled, Contracts(2)));
        // The execution may come first, and alone.
        let filled = after(after(entry_order(), events), &[E::FilledTo(Contracts(1))]);
        assert_eq!((filled.state, filled.filled), (S::Cancelling, Contracts(1)));
        let whole = after(after(entry_order(), events), &[E::FilledTo(SIZE)]);
        assert_eq!(whole.state, S::Filled);
    }
}

#[test]
fn an_execution_that_races_a_cancellation_counts() {
    let cancelling = after(entry_order(), &[E::Accepted, E::CancelSent]);
    let part = after(cancelling.clone(), &[E::FilledTo(Contracts(2)), E::Gone]);
    assert_eq!(
        (part.state, part.filled, part.remaining()),
        (S::Cancelled, Contracts(2), Contracts(1))
    );
    let late = after(part, &[E::FilledTo(SIZE)]);
    assert_eq!((late.state, late.remaining()), (S::Filled, Contracts::ZERO));
    let raced = after(cancelling, &[E::FilledTo(SIZE), E::Gone]);
    assert_eq!(raced.state, S::Filled);
}

// R36
#[test]
fn what_is_said_twice_changes_nothing() {
    let lives: [&[E]; 5] = [
        &[E::Accepted, E::FilledTo(Contracts(2)), E::FilledTo(SIZE)],
        &[E::Accepted, E::CancelSent, E::Gone],
        &[E::Accepted, E::Rejected],
        &[E::Rejected],
        &[E::AnswerLost, E::NeverArrived],
    ];
    for life in lives {
        let mut order = exit_order();
        for event in life {
            order.apply(*event, morning()).unwrap();
            let once = order.clone();
            order.apply(*event, morning()).unwrap();
            assert_eq!(order, once, "{event:?} of {life:?}");
        }
    }
}

#[test]
fn a_bust_takes_back_what_was_filled() {
    let filled = after(entry_order(), &[E::Accepted, E::FilledTo(SIZE)]);
    let busted = after(filled, &[E::FilledTo(Contracts(2))]);
    assert_eq!((busted.state, busted.filled), (S::Cancelled, Contracts(2)));
    let working = after(
        entry_order(),
        &[
            E::Accepted,
            E::FilledTo(Contracts(2)),
            E::FilledTo(Contracts(0)),
        ],
    );
    assert_eq!(
        (working.state, working.filled),
        (S::Working, Contracts::ZERO)
    );
}

#[test]
fn more_than_was_ordered_is_still_what_the_broker_did() {
    let over = after(entry_order(), &[E::Accepted, E::FilledTo(Contracts(5))]);
    assert_eq!((over.state, over.filled), (S::Filled, Contracts(5)));
    assert_eq!(over.remaining(), Contracts::ZERO);
}

#[test]
fn a_replacement_that_stands_after_the_old_attempt_was_gone_is_cancelled() {
    let mut order = after(entry_order(), &[E::Accepted]);
    order.next = Some(second_attempt());
    let gone = after(order, &[E::ReplaceSent, E::Gone]);
    assert_eq!(gone.state, S::Cancelled);
    assert_eq!(after(gone.clone(), &[E::Replaced]).state, S::Cancelling);
    // Without an attempt that was asked for it is the echo of an earlier one.
    let echo = Order { next: None, ..gone };
    assert_eq!(after(echo, &[E::Replaced]).state, S::Cancelled);
}

#[test]
fn an_impossible_event_leaves_the_order_as_it_was() {
    let filled = after(entry_order(), &[E::FilledTo(SIZE)]);
    let mut order = filled.clone();
    let error = order
        .apply(E::Denied, morning() + SignedDuration::from_secs(1))
        .unwrap_err();
    assert_eq!(error.to_string(), "Denied cannot happen to Filled");
    assert_eq!(order, filled);
}

#[test]
fn the_time_of_the_last_change_is_that_of_a_change_of_state() {
    let later = |seconds| morning() + SignedDuration::from_secs(seconds);
    let mut order = entry_order();
    order.apply(E::Accepted, later(1)).unwrap();
    order.apply(E::Accepted, later(2)).unwrap();
    order.apply(E::FilledTo(Contracts(1)), later(3)).unwrap();
    assert_eq!((order.changed_at, order.filled), (later(1), Contracts(1)));
    order.apply(E::FilledTo(SIZE), later(4)).unwrap();
    assert_eq!(order.changed_at, later(4));
}

// R3
#[test]
fn the_name_at_the_broker_derives_from_our_ids_and_the_attempt_alone() {
    assert_eq!(
        entry_order().client_order_id().0,
        "e00000000000000000000000004-1"
    );
    assert_eq!(
        exit_order().client_order_id().0,
        "x00000000000000000000000003-1"
    );
    // Recovery knows the next exit's name from the position alone, whatever the order's id.
    let other = Order {
        id: OrderId::from_bits(99),
        ..exit_order()
    };
    assert_eq!(other.client_order_id_of(7), exit_order_id(POSITION, 7));
    assert_ne!(
        exit_order_id(POSITION, 1),
        exit_order_id(PositionId::from_bits(9), 1)
    );
    let entry = Order {
        id: EXIT,
        attempt: 12,
        ..entry_order()
    };
    assert_ne!(
        entry.client_order_id(),
        Order {
            attempt: 1,
            ..entry.clone()
        }
        .client_order_id()
    );
}

fn any_event() -> impl Strategy<Value = E> {
    let told = prop::sample::select(E::samples().to_vec());
    prop_oneof![
        told,
        (0_u32..5).prop_map(|total| E::FilledTo(Contracts(total)))
    ]
}

fn any_order() -> impl Strategy<Value = Order> {
    (any::<bool>(), any::<bool>()).prop_map(|(is_entry, asked)| Order {
        next: asked.then(second_attempt),
        ..if is_entry {
            entry_order()
        } else {
            exit_order()
        }
    })
}

proptest! {
    // R36
    #[test]
    fn what_counts_as_filled_is_what_the_executions_last_said(
        mut order in any_order(),
        events in prop::collection::vec(any_event(), 0..40),
    ) {
        let mut said = Contracts::ZERO;
        for event in events {
            let known = order.apply(event, morning()).is_ok();
            if let E::FilledTo(total) = event {
                prop_assert!(known, "an execution is never refused");
                said = total;
            }
            prop_assert_eq!(order.filled, said);
            prop_assert_eq!(order.state == S::Filled, said >= SIZE);
        }
    }

    #[test]
    fn an_order_that_is_over_moves_only_by_late_truth(
        mut order in any_order(),
        events in prop::collection::vec(any_event(), 0..40),
    ) {
        for event in events {
            let before = order.clone();
            let _ = order.apply(event, morning());
            if !before.is_live() && order.state != before.state {
                let late = matches!(event, E::Accepted | E::Replaced | E::FilledTo(_));
                prop_assert!(late, "{:?} moved {:?}", event, before.state);
                // Whatever of it still lives is on its way out.
                prop_assert!(!order.is_live() || order.state == S::Cancelling);
            }
        }
    }

    // R1
    #[test]
    fn an_entry_is_waiting_to_be_sent_only_at_its_very_beginning(
        events in prop::collection::vec(any_event(), 0..40),
    ) {
        let mut order = entry_order();
        for event in events {
            let before = order.state;
            let _ = order.apply(event, morning());
            prop_assert!(order.state != S::Submitted || before == S::Submitted);
        }
    }

    #[test]
    fn from_anywhere_the_broker_can_end_it(
        mut order in any_order(),
        events in prop::collection::vec(any_event(), 0..40),
    ) {
        for event in events {
            let _ = order.apply(event, morning());
        }
        prop_assert!(order.apply(E::FilledTo(order.filled), morning()).is_ok());
        if order.is_live() {
            order.apply(E::Gone, morning()).unwrap();
        }
        prop_assert!(!order.is_live());
    }
}
