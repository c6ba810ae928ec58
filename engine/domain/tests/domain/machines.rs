//! The machines of positions, signals and the trading state.

use std::convert::Infallible;

use countersign_domain::{
    exit::ExitReason,
    ids::{OrderId, TicketId},
    position::{ClosedBy, PositionEvent, PositionState},
    signal::{SignalEvent, SignalState, Veto},
    trading::{BrakeCause, TradingEvent, TradingState},
};
use proptest::prelude::*;

use crate::{
    given::{EXIT, TICKET, morning},
    matrix,
};

fn closing(order: OrderId) -> PositionState {
    PositionState::Closing {
        reason: ExitReason::StopLoss,
        order,
    }
}

fn closed(by: ClosedBy) -> PositionState {
    PositionState::Closed { by, at: morning() }
}

fn decided(order: OrderId) -> PositionEvent {
    PositionEvent::ExitDecided {
        reason: ExitReason::StopLoss,
        order,
    }
}

fn emptied(by: ClosedBy) -> PositionEvent {
    PositionEvent::Emptied { by, at: morning() }
}

fn position_events() -> [(&'static str, PositionEvent); 10] {
    [
        ("exit decided", decided(EXIT)),
        ("exit ended", PositionEvent::ExitEnded),
        (
            "emptied by the exit",
            emptied(ClosedBy::Exit(ExitReason::StopLoss)),
        ),
        ("emptied by expiry", emptied(ClosedBy::Expired)),
        ("emptied by assignment", emptied(ClosedBy::Assigned)),
        ("emptied by exercise", emptied(ClosedBy::Exercised)),
        ("emptied outside", emptied(ClosedBy::Outside)),
        ("held again", PositionEvent::HeldAgain),
        ("legs diverged", PositionEvent::LegsDiverged),
        ("legs mended", PositionEvent::LegsMended),
    ]
}

#[test]
fn every_state_and_event_of_a_position_is_in_the_table() {
    let states = [
        PositionState::Open,
        closing(EXIT),
        closed(ClosedBy::Exit(ExitReason::StopLoss)),
        closed(ClosedBy::Expired),
        PositionState::Broken,
    ];
    let told = |state: &PositionState| match state {
        PositionState::Closed { by, .. } => format!("closed: {by:?}"),
        other => other.name().to_owned(),
    };
    let table = matrix::draw(&states, &position_events(), told, |state, event| {
        state.apply(*event)
    });
    insta::assert_snapshot!("position", table);
}

// R43
#[test]
fn a_second_exit_waits_until_the_first_one_ended() {
    let second = decided(OrderId::from_bits(50));
    assert!(closing(EXIT).apply(second).is_err());
    let ended = closing(EXIT).apply(PositionEvent::ExitEnded).unwrap();
    assert_eq!(ended.apply(second), Ok(closing(OrderId::from_bits(50))));
}

// R50
#[test]
fn a_position_whose_legs_diverged_is_broken_and_can_still_be_closed() {
    for before in [PositionState::Open, closing(EXIT)] {
        let broken = before.apply(PositionEvent::LegsDiverged).unwrap();
        assert_eq!(broken, PositionState::Broken);
        assert_eq!(broken.apply(decided(EXIT)), Ok(closing(EXIT)));
        assert_eq!(
            broken.apply(PositionEvent::LegsMended),
            Ok(PositionState::Open)
        );
    }
}

#[test]
fn a_late_fill_opens_a_closed_position_again() {
    let ended = closed(ClosedBy::Exit(ExitReason::StopLoss));
    assert_eq!(
        ended.apply(PositionEvent::HeldAgain),
        Ok(PositionState::Open)
    );
    // But how it was closed is said once.
    assert!(ended.apply(emptied(ClosedBy::Expired)).is_err());
}

#[test]
fn every_state_and_event_of_a_signal_is_in_the_table() {
    let veto = Veto::Calendar { minutes_left: 5 };
    let other = Veto::Duplicate {
        ticket: Some(TICKET),
    };
    let states = [
        SignalState::Raised,
        SignalState::Vetoed(vec![veto.clone()]),
        SignalState::Ticketed(TICKET),
        SignalState::Lapsed,
    ];
    let events = [
        ("vetoed", SignalEvent::Vetoed(vec![veto])),
        (
            "vetoed for another reason",
            SignalEvent::Vetoed(vec![other]),
        ),
        ("ticketed", SignalEvent::Ticketed(TICKET)),
        (
            "ticketed again",
            SignalEvent::Ticketed(TicketId::from_bits(60)),
        ),
        ("lapsed", SignalEvent::Lapsed),
    ];
    let told = |state: &SignalState| format!("{state:?}");
    let table = matrix::draw(&states, &events, told, |state, event| {
        state.clone().apply(event.clone())
    });
    insta::assert_snapshot!("signal", table);
}

const TRADING: [TradingState; 3] = [
    TradingState::Active,
    TradingState::Reducing,
    TradingState::Halted,
];

fn trading_events() -> [(&'static str, TradingEvent); 8] {
    [
        ("started", TradingEvent::Started),
        (
            "recovered, was active",
            TradingEvent::Recovered(TradingState::Active),
        ),
        (
            "recovered, was reducing",
            TradingEvent::Recovered(TradingState::Reducing),
        ),
        (
            "recovered, was halted",
            TradingEvent::Recovered(TradingState::Halted),
        ),
        ("brake", TradingEvent::Brake(BrakeCause::Mismatch)),
        ("a person reduces", TradingEvent::Reduce),
        ("a person halts", TradingEvent::Halt),
        ("a person resumes", TradingEvent::Resume),
    ]
}

#[test]
fn every_state_and_event_of_trading_is_in_the_table() {
    let told = |state: &TradingState| state.as_str().to_owned();
    let table = matrix::draw(&TRADING, &trading_events(), told, |state, event| {
        Ok::<_, Infallible>(state.apply(*event))
    });
    insta::assert_snapshot!("trading", table);
}

#[test]
fn a_brake_reduces_and_only_a_person_halts_or_resumes() {
    for state in TRADING {
        let braked = state.apply(TradingEvent::Brake(BrakeCause::Mismatch));
        assert_eq!(braked, state.stricter(TradingState::Reducing));
        for (name, event) in trading_events() {
            let next = state.apply(event);
            let by_person = matches!(
                event,
                TradingEvent::Halt | TradingEvent::Reduce | TradingEvent::Resume
            );
            let recovers = matches!(event, TradingEvent::Recovered(_));
            assert!(
                next >= state || by_person || recovers,
                "{name} loosens {state:?}"
            );
            if next == TradingState::Halted && state != next {
                let said = matches!(
                    event,
                    TradingEvent::Halt | TradingEvent::Recovered(TradingState::Halted)
                );
                assert!(said, "{name} halts");
            }
        }
        assert_eq!(
            TradingState::Halted.apply(TradingEvent::Recovered(state)),
            TradingState::Halted
        );
    }
}

// R44
#[test]
fn a_start_never_trades_before_it_has_recovered_and_a_halt_outlives_it() {
    for stored in TRADING {
        let started = stored.apply(TradingEvent::Started);
        assert!(started >= TradingState::Reducing && started >= stored);
        assert_eq!(started.apply(TradingEvent::Recovered(stored)), stored);
    }
}

proptest! {
    // R43
    #[test]
    fn one_exit_is_in_flight_at_most(
        picks in prop::collection::vec(0_usize..10, 0..40),
    ) {
        let mut state = PositionState::Open;
        let mut in_flight = 0_u32;
        let mut number = 100;
        for pick in picks {
            number += 1;
            let event = match position_events()[pick].1 {
                PositionEvent::ExitDecided { .. } => decided(OrderId::from_bits(number)),
                other => other,
            };
            let Ok(next) = state.apply(event) else { continue };
            match event {
                PositionEvent::ExitDecided { .. } => in_flight += 1,
                // Said only when no order of the position lives.
                PositionEvent::ExitEnded
                | PositionEvent::Emptied { .. }
                | PositionEvent::LegsDiverged => in_flight = 0,
                PositionEvent::HeldAgain | PositionEvent::LegsMended => {}
            }
            prop_assert!(in_flight <= 1);
            prop_assert_eq!(matches!(next, PositionState::Closing { .. }), in_flight == 1);
            state = next;
        }
    }
}
