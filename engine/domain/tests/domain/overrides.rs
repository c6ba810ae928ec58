//! Overrides: granted by others than who asks, bounded, used up, and never of a hard limit.

use countersign_domain::{
    ids::{OperatorId, TicketId},
    limits::{LimitCode, Limits},
    overrides::{
        Hand, Loosening, Override, OverrideEvent, OverrideFault, OverrideState, Passed, Term,
    },
    ticket::Confirmation,
};
use jiff::SignedDuration;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::{
    given::{ANA, BEN, OVERRIDE, TICKET, morning, usd, yes},
    matrix,
};

fn hand(operator: OperatorId) -> Hand {
    Hand {
        operator,
        name: "somebody".to_owned(),
        at: morning(),
    }
}

fn asked(grants: &[OperatorId]) -> OverrideState {
    OverrideState::Asked {
        grants: grants.iter().copied().map(hand).collect(),
    }
}

fn granted(grants: &[OperatorId]) -> OverrideState {
    OverrideState::Granted {
        grants: grants.iter().copied().map(hand).collect(),
    }
}

fn limits() -> Limits {
    Limits {
        worst_loss_per_ticket: usd("500"),
        contracts_per_order: 5,
        value_per_order: usd("2000"),
        open_positions: 4,
        exposure_per_underlying: usd("1000"),
        orders_per_minute: 4,
        orders_per_day: 40,
        daily_loss: usd("500"),
        quote_age_s: 15,
        spread_bps: 1_500,
        drift_bps: 300,
    }
}

fn loosening(code: LimitCode, value: i64) -> Loosening {
    Loosening {
        code,
        value: value.into(),
        from: limits().get(code),
    }
}

fn overriding(term: Term) -> Override {
    Override {
        id: OVERRIDE,
        code: LimitCode::WorstLossPerTicket,
        value: 800.into(),
        ceiling: 500.into(),
        term,
        until: morning() + SignedDuration::from_hours(8),
        reason: "earnings".to_owned(),
        asker: OperatorId::from_bits(70),
        name: "Cy".to_owned(),
        asked_at: morning(),
        uses: 0,
        state: granted(&[ANA, BEN]),
    }
}

#[test]
fn every_state_and_event_of_an_override_is_in_the_table() {
    let states = [
        asked(&[]),
        asked(&[ANA]),
        granted(&[ANA]),
        OverrideState::Used {
            grants: vec![hand(ANA)],
            ticket: Some(TICKET),
            at: morning(),
        },
        OverrideState::Lapsed { at: morning() },
        OverrideState::Refused(hand(BEN)),
        OverrideState::Revoked {
            by: Some(hand(BEN)),
            at: morning(),
        },
    ];
    let later = morning() + SignedDuration::from_secs(1);
    let events = [
        (
            "Ana says yes, one of several",
            OverrideEvent::SaidYes(hand(ANA)),
        ),
        (
            "Ben says yes, one of several",
            OverrideEvent::SaidYes(hand(BEN)),
        ),
        ("Ana says the last yes", OverrideEvent::Granted(hand(ANA))),
        ("Ben says the last yes", OverrideEvent::Granted(hand(BEN))),
        ("Ana refuses", OverrideEvent::Refused(hand(ANA))),
        (
            "used by another ticket",
            OverrideEvent::Used(Some(TicketId::from_bits(60)), later),
        ),
        ("used to change the limit", OverrideEvent::Used(None, later)),
        ("lapsed", OverrideEvent::Lapsed(later)),
        (
            "Ana revokes",
            OverrideEvent::Revoked(Some(hand(ANA)), later),
        ),
        ("the desk revokes", OverrideEvent::Revoked(None, later)),
    ];
    let told = |state: &OverrideState| {
        let people = state.grants().len();
        format!("{}, granted by {people}", state.name())
    };
    let table = matrix::draw(&states, &events, told, |state, event| {
        state.clone().apply(event.clone())
    });
    insta::assert_snapshot!("override", table);
}

// R33
#[test]
fn two_grants_of_one_person_count_once() {
    let first = asked(&[]).apply(OverrideEvent::SaidYes(hand(ANA)));
    let first = first.expect("the first grant");
    assert!(
        first
            .clone()
            .apply(OverrideEvent::Granted(hand(ANA)))
            .is_err()
    );
    assert_eq!(
        first.apply(OverrideEvent::Granted(hand(BEN))),
        Ok(granted(&[ANA, BEN]))
    );
}

#[test]
fn a_single_use_is_used_up_and_a_time_is_counted() {
    let mut once = overriding(Term::Once);
    assert!(once.is_live(morning()));
    once.consume(TICKET, morning()).expect("it holds");
    assert_eq!((once.uses, once.state.name()), (1, "used"));
    assert!(!once.is_live(morning()));
    assert!(once.consume(TICKET, morning()).is_err());
    assert_eq!(once.uses, 1);

    let mut until = overriding(Term::Until);
    for _ in 0..3 {
        until.consume(TICKET, morning()).expect("it holds");
    }
    assert_eq!((until.uses, until.state.name()), (3, "granted"));
    assert!(until.is_live(until.until - SignedDuration::from_millis(1)));
    assert!(!until.is_live(until.until));
}

#[test]
fn only_a_granted_one_lets_anything_pass() {
    let mut waiting = overriding(Term::Until);
    waiting.state = asked(&[ANA]);
    assert!(!waiting.is_live(morning()));
    assert!(waiting.consume(TICKET, morning()).is_err());
    assert!(!overriding(Term::Change).is_live(morning()));
}

#[test]
fn hard_limits_are_those_and_no_others() {
    let hard: Vec<_> = LimitCode::ALL
        .into_iter()
        .filter(|code| code.is_hard())
        .collect();
    assert_eq!(
        hard,
        [LimitCode::DailyLoss, LimitCode::QuoteAge, LimitCode::Drift]
    );
    for code in hard {
        let least = limits().get(code) + Decimal::ONE;
        let one = Loosening {
            code,
            value: least,
            from: limits().get(code),
        };
        assert_eq!(one.check(&limits()), Err(OverrideFault::Hard(code)));
    }
}

// R33
#[test]
fn beyond_half_more_it_takes_two_people_and_beyond_three_times_nobody_may() {
    let code = LimitCode::WorstLossPerTicket;
    let of = |value| loosening(code, value);
    assert_eq!(
        of(500).check(&limits()),
        Err(OverrideFault::NotAbove {
            code,
            given: 500.into(),
            bound: 500.into()
        })
    );
    assert_eq!((of(501).check(&limits()), of(501).people()), (Ok(()), 1));
    assert_eq!((of(750).check(&limits()), of(750).people()), (Ok(()), 1));
    assert_eq!((of(751).check(&limits()), of(751).people()), (Ok(()), 2));
    assert_eq!(
        (of(1_500).check(&limits()), of(1_500).people()),
        (Ok(()), 2)
    );
    assert_eq!(
        of(1_501).check(&limits()),
        Err(OverrideFault::TooFar {
            code,
            given: 1_501.into(),
            most: 1_500.into()
        })
    );
}

#[test]
fn many_small_steps_are_measured_by_where_they_began() {
    let mut loosened = limits();
    loosened.worst_loss_per_ticket = usd("750");
    let code = LimitCode::WorstLossPerTicket;
    assert_eq!(loosening(code, 900).check(&loosened), Ok(()));
    assert_eq!(loosening(code, 900).people(), 2);
    assert!(loosening(code, 1_501).check(&loosened).is_err());
}

#[test]
fn what_is_counted_is_whole_and_nothing_is_zero() {
    for code in LimitCode::ALL {
        assert_eq!(LimitCode::named(code.name()), Some(code));
        for absurd in [Decimal::ZERO, Decimal::NEGATIVE_ONE, Decimal::MAX] {
            assert_eq!(limits().with(code, absurd), None, "{code:?} {absurd}");
        }
        let next = limits().get(code) + Decimal::ONE;
        let with = limits().with(code, next).expect("one more");
        assert_eq!(with.get(code), next);
        let others = LimitCode::ALL.into_iter().filter(|other| *other != code);
        for other in others {
            assert_eq!(with.get(other), limits().get(other));
        }
    }
    let half = Decimal::new(65, 1);
    assert_eq!(limits().with(LimitCode::ContractsPerOrder, half), None);
    assert!(limits().with(LimitCode::DailyLoss, half).is_some());
    assert_eq!(LimitCode::named("dayly_loss"), None);
}

#[test]
fn an_override_and_the_yes_that_used_it_read_back() {
    let states = [
        asked(&[ANA]),
        granted(&[ANA, BEN]),
        OverrideState::Refused(hand(BEN)),
        OverrideState::Revoked {
            by: None,
            at: morning(),
        },
    ];
    for state in states {
        let one = Override {
            state,
            ..overriding(Term::Until)
        };
        let written = serde_json::to_string(&one).expect("it is written");
        let back: Override = serde_json::from_str(&written).expect("it reads back");
        assert_eq!(back, one);
    }
    // A yes from before there were overrides reads as one without.
    let plain = yes(ANA, countersign_domain::ids::Revision::FIRST);
    let written = serde_json::to_string(&plain).expect("it is written");
    assert!(!written.contains("overrides"), "{written}");
    let used = Confirmation {
        overrides: vec![Passed {
            id: OVERRIDE,
            code: LimitCode::Spread,
            value: 2_000.into(),
            bound: 1_500.into(),
            granted_by: vec!["Ana".to_owned()],
        }],
        ..plain.clone()
    };
    for one in [plain, used] {
        let written = serde_json::to_string(&one).expect("it is written");
        let back: Confirmation = serde_json::from_str(&written).expect("it reads back");
        assert_eq!(back, one);
    }
}

proptest! {
    // R33
    #[test]
    fn however_people_press_nobody_counts_twice_and_what_has_ended_stays_so(
        picks in prop::collection::vec((0_u8..6, 1_u128..4), 0..30),
    ) {
        let mut state = asked(&[]);
        for (kind, who) in picks {
            let by = hand(OperatorId::from_bits(who));
            let event = match kind {
                0 => OverrideEvent::SaidYes(by),
                1 => OverrideEvent::Granted(by),
                2 => OverrideEvent::Refused(by),
                3 => OverrideEvent::Used(Some(TICKET), morning()),
                4 => OverrideEvent::Lapsed(morning()),
                _ => OverrideEvent::Revoked(Some(by), morning()),
            };
            let ended = state.has_ended();
            let Ok(next) = state.clone().apply(event) else { continue };
            prop_assert!(!ended, "{state:?} went on");
            let mut people: Vec<_> = next.grants().iter().map(|one| one.operator).collect();
            people.sort();
            people.dedup();
            prop_assert_eq!(people.len(), next.grants().len());
            state = next;
        }
    }
}
