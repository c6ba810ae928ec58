//! The machine of a ticket: the first decision wins, and a yes binds one revision of one person.

use countersign_domain::{
    ids::{OrderId, Revision},
    ticket::{
        Confirmation, DeclineReason, LapseReason, TicketEvent as E, TicketState as S,
        WithdrawReason,
    },
    trading::TradingState,
};
use proptest::prelude::*;

use crate::{
    given::{ANA, BEN, ENTRY, morning, yes},
    matrix,
};

fn offered() -> S {
    S::Offered { yes: Vec::new() }
}

fn half_said() -> S {
    S::Offered {
        yes: vec![yes(ANA, Revision::FIRST)],
    }
}

fn states() -> [S; 8] {
    let both = vec![yes(ANA, Revision::FIRST), yes(BEN, Revision::FIRST)];
    [
        offered(),
        half_said(),
        S::Confirmed {
            yes: vec![yes(BEN, Revision::FIRST)],
            order: ENTRY,
        },
        S::Confirmed {
            yes: both.clone(),
            order: ENTRY,
        },
        S::Declined {
            by: BEN,
            name: "Ben".to_owned(),
            reason: DeclineReason::Price,
            at: morning(),
        },
        S::Expired { at: morning() },
        S::Withdrawn {
            reason: WithdrawReason::Trading(TradingState::Halted),
            at: morning(),
        },
        S::Lapsed {
            yes: both,
            order: ENTRY,
            reason: LapseReason::TooLate,
            at: morning(),
        },
    ]
}

fn events() -> [(&'static str, E); 9] {
    [
        ("revised", E::Revised),
        ("ana says yes", E::SaidYes(yes(ANA, Revision::FIRST))),
        ("ben says yes", E::SaidYes(yes(BEN, Revision::FIRST))),
        (
            "ana says the last yes",
            E::Confirmed(yes(ANA, Revision::FIRST), ENTRY),
        ),
        (
            "ben says the last yes",
            E::Confirmed(yes(BEN, Revision::FIRST), ENTRY),
        ),
        (
            "ben declines",
            E::Declined {
                by: BEN,
                name: "Ben".to_owned(),
                reason: DeclineReason::Price,
                at: morning(),
            },
        ),
        ("expired", E::Expired(morning())),
        (
            "withdrawn",
            E::Withdrawn(WithdrawReason::Trading(TradingState::Halted), morning()),
        ),
        ("lapsed", E::Lapsed(LapseReason::TooLate, morning())),
    ]
}

/// What a state is called, with who said yes and to which order.
fn told(state: &S) -> String {
    let who = |yes: &[Confirmation]| {
        let names: Vec<&str> = yes
            .iter()
            .map(|one| if one.operator == ANA { "ana" } else { "ben" })
            .collect();
        names.join(", ")
    };
    match state {
        S::Offered { yes } => format!("offered [{}]", who(yes)),
        S::Confirmed { yes, .. } => format!("confirmed [{}]", who(yes)),
        S::Lapsed { yes, .. } => format!("lapsed [{}]", who(yes)),
        other => other.name().to_owned(),
    }
}

// R1
#[test]
fn every_state_and_event_of_a_ticket_is_in_the_table() {
    let table = matrix::draw(&states(), &events(), told, |state, event| {
        state.clone().apply(event.clone())
    });
    insta::assert_snapshot!("ticket", table);
}

#[test]
fn a_revision_clears_the_yes_so_far() {
    assert_eq!(half_said().apply(E::Revised), Ok(offered()));
}

// R33
#[test]
fn one_person_is_never_two_yes() {
    let again = yes(ANA, Revision::FIRST);
    assert!(half_said().apply(E::SaidYes(again.clone())).is_err());
    assert!(half_said().apply(E::Confirmed(again, ENTRY)).is_err());
    let ben = yes(BEN, Revision::FIRST);
    assert!(half_said().apply(E::Confirmed(ben, ENTRY)).is_ok());
}

#[test]
fn a_yes_to_another_revision_does_not_go_with_the_first() {
    let other = yes(BEN, Revision::FIRST.next());
    assert!(half_said().apply(E::SaidYes(other.clone())).is_err());
    assert!(half_said().apply(E::Confirmed(other, ENTRY)).is_err());
}

// R6
#[test]
fn nobody_deciding_in_time_is_not_a_person_saying_no() {
    let expired = offered().apply(E::Expired(morning())).unwrap();
    assert_eq!(expired.name(), "expired");
    assert!(matches!(expired, S::Expired { .. }));
}

#[test]
fn the_reasons_of_a_no_are_a_short_list() {
    let mut all = DeclineReason::ALL;
    all.sort_unstable();
    assert_eq!(all, DeclineReason::ALL);
    assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
}

fn any_event() -> impl Strategy<Value = E> {
    let named: Vec<E> = events().into_iter().map(|(_, event)| event).collect();
    let other_order = E::Confirmed(yes(BEN, Revision::FIRST), OrderId::from_bits(77));
    let halted = E::Withdrawn(WithdrawReason::Trading(TradingState::Halted), morning());
    prop::sample::select([named, vec![other_order, halted]].concat())
}

proptest! {
    // R1
    #[test]
    fn a_ticket_has_at_most_one_entry_order_and_the_first_decision_stands(
        events in prop::collection::vec(any_event(), 0..30),
    ) {
        let mut state = offered();
        let mut ordered: Option<OrderId> = None;
        for event in events {
            let decided = !state.is_offered();
            match state.clone().apply(event.clone()) {
                Ok(next) => {
                    // Once decided, only the entry that was never sent is news.
                    let never_sent = matches!((&state, &next), (S::Confirmed { .. }, S::Lapsed { .. }));
                    prop_assert!(!decided || never_sent);
                    state = next;
                }
                Err(error) => prop_assert!(error.to_string().contains("cannot happen to")),
            }
            if let S::Confirmed { order, .. } | S::Lapsed { order, .. } = &state {
                prop_assert_eq!(*ordered.get_or_insert(*order), *order);
            }
        }
    }

    // R33
    #[test]
    fn every_yes_that_counts_is_of_another_person(
        events in prop::collection::vec(any_event(), 0..30),
    ) {
        let mut state = offered();
        for event in events {
            state = state.clone().apply(event).unwrap_or(state);
            if let S::Offered { yes } | S::Confirmed { yes, .. } | S::Lapsed { yes, .. } = &state {
                let mut people: Vec<_> = yes.iter().map(|one| one.operator).collect();
                people.sort_unstable();
                people.dedup();
                prop_assert_eq!(people.len(), yes.len());
            }
        }
    }
}
