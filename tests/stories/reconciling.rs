//! Reconciliation: what the broker holds is the truth, once it was said twice.

use countersign_desk::{start::StartError, work::Done};
use countersign_domain::{
    event::{Alarm, Fact},
    money::{Contracts, Usd},
    operator::Surface,
    position::{ClosedBy, PositionState},
    trading::TradingState,
    view::Mode,
};
use countersign_tests::{
    Button::Desk,
    Setup, World,
    broker::{Call, Fault},
    market::{CALL, HIGH_CALL, option},
    secs,
};
use insta::assert_snapshot;

use crate::scene::{held, holding, no_plan, refused, shift};

/// A trader asks for a comparison.
fn reconcile(world: &mut World) -> Result<(), countersign_domain::refusal::Refusal> {
    let press = world.hand(Surface::Web, "ana");
    world.act(async |desk| desk.reconcile_now(press.clone()).await)
}

// R36, R37
#[test]
fn a_position_that_is_gone_at_the_broker_is_closed_as_closed_outside_and_booked_once() {
    let mut world = holding(no_plan());
    world.broker.trade_outside(option(CALL), -3);
    // Said once it may be a hiccup.
    assert_eq!(reconcile(&mut world), Ok(()));
    assert_eq!(held(&world).state, PositionState::Open);
    assert_eq!(reconcile(&mut world), Ok(()));
    let position = held(&world);
    assert!(matches!(
        position.state,
        PositionState::Closed {
            by: ClosedBy::Outside,
            ..
        }
    ));
    // At the last believed mark of 2.05, as nobody knows the price.
    assert_eq!(position.realised(), Usd::from_micros(-15_000_000));
    let booked = world.seen().day.realised;
    for _ in 0..3 {
        assert_eq!(reconcile(&mut world), Ok(()));
    }
    assert_eq!(world.seen().day.realised, booked);
    assert_eq!(world.seen().desk.trading, TradingState::Active);
    world.broker.trade_outside(option(CALL), 3);
    finish(&mut world);
}

/// Makes the broker's books and ours agree for the end of the story.
fn finish(world: &mut World) {
    let ours = world.seen();
    for (instrument, quantity) in world.broker.held() {
        let mine: i64 = ours
            .open_positions()
            .flat_map(|position| position.holdings.clone())
            .filter(|holding| holding.instrument == instrument)
            .map(|holding| holding.quantity)
            .sum();
        if quantity != mine {
            world.broker.trade_outside(instrument, mine - quantity);
        }
    }
}

// R36, R37
#[test]
fn what_somebody_opened_outside_is_an_alarm_and_a_brake_and_left_alone() {
    let mut world = World::new();
    world.broker.trade_outside(option(HIGH_CALL), 2);
    assert_eq!(reconcile(&mut world), Ok(()));
    assert!(world.alarms().is_empty());
    assert_eq!(reconcile(&mut world), Ok(()));
    assert_eq!(apart(&world), [Alarm::Mismatch(option(HIGH_CALL))]);
    assert_eq!(world.seen().desk.trading, TradingState::Reducing);
    let mismatch = Fact::Mismatch {
        instrument: option(HIGH_CALL),
        ours: 0,
        broker: 2,
    };
    assert!(world.events().iter().any(|row| row.event.fact == mismatch));
    assert!(world.broker.orders().is_empty());
    finish(&mut world);
}

// R36
#[test]
fn a_part_that_is_gone_is_an_alarm_and_a_brake_and_what_is_left_keeps_its_exits() {
    let mut world = holding(crate::scene::stop());
    world.broker.trade_outside(option(CALL), -1);
    for _ in 0..2 {
        assert_eq!(reconcile(&mut world), Ok(()));
    }
    assert_eq!(apart(&world), [Alarm::Mismatch(option(CALL))]);
    assert_eq!(world.seen().desk.trading, TradingState::Reducing);
    assert_eq!(held(&world).units(), Some(Contracts(3)));
    world.broker.trade_outside(option(CALL), 1);
    shift(&world, -100);
    // At first no more is closed than the broker was last seen to hold.
    world.advance(secs(3));
    let sent = world.broker.orders();
    assert_eq!(
        sent.last().expect("the exit").request.quantity,
        Contracts(2)
    );
    world.advance(secs(45));
    assert!(held(&world).state.is_closed());
}

// R36
#[test]
fn a_query_that_fails_is_neither_flat_nor_a_gap() {
    let mut world = holding(no_plan());
    for _ in 0..4 {
        world.broker.next(Call::Positions, Fault::Lost);
        let refusal = reconcile(&mut world).expect_err("the broker is silent");
        assert_eq!(
            refusal,
            countersign_domain::refusal::Refusal::BrokerUnavailable
        );
    }
    assert_eq!(held(&world).state, PositionState::Open);
    assert!(world.alarms().is_empty());
    assert_eq!(world.seen().desk.trading, TradingState::Active);
}

// R36
#[test]
fn what_is_on_its_way_is_no_gap() {
    let mut world = World::new();
    // The broker executes and keeps it to itself for a while.
    world.broker.behave(|manner| manner.report_delay = secs(12));
    world.offer();
    world
        .press("ana", countersign_tests::Button::Confirm)
        .expect("Ana may");
    world.advance(secs(3));
    for _ in 0..3 {
        assert_eq!(reconcile(&mut world), Ok(()));
    }
    assert!(world.alarms().is_empty());
    world.broker.behave(|manner| manner.report_delay = secs(0));
    world.advance(secs(15));
    assert_eq!(held(&world).units(), Some(Contracts(3)));
    assert!(world.alarms().is_empty());
}

// R36
#[test]
fn executions_that_are_told_twice_count_once() {
    let mut world = World::new();
    world.broker.behave(|manner| manner.repeats = true);
    world.offer();
    world
        .press("ana", countersign_tests::Button::Confirm)
        .expect("Ana may");
    world.advance(secs(6));
    assert_eq!(held(&world).units(), Some(Contracts(3)));
    assert_eq!(world.story_of(world.ticket()).executions.len(), 1);
}

#[test]
fn an_execution_that_is_taken_back_is_taken_back_here_as_well() {
    let mut world = holding(no_plan());
    let id = world.broker.bust().expect("an execution");
    world.advance(secs(3));
    let position = held(&world);
    assert!(position.is_flat());
    assert!(
        world
            .events()
            .iter()
            .any(|row| row.event.fact == Fact::Busted(id.clone()))
    );
}

// R32
#[test]
fn a_desk_does_not_start_on_an_account_of_another_mode() {
    let mut world = World::new();
    world.broker.behave(|manner| manner.mode = Mode::Live);
    let refused = world.restart();
    assert!(
        matches!(refused, Err(StartError::WrongAccount { .. })),
        "{refused:?}"
    );
    assert!(world.broker.orders().is_empty());
    world.broker.behave(|manner| manner.mode = Mode::Paper);
    assert_eq!(world.restart(), Ok(()));
}

#[test]
fn a_mismatch_is_over_when_a_person_says_so() {
    let mut world = World::with(Setup::default());
    world.broker.trade_outside(option(HIGH_CALL), 2);
    for _ in 0..2 {
        assert_eq!(reconcile(&mut world), Ok(()));
    }
    world.broker.trade_outside(option(HIGH_CALL), -2);
    world.advance(secs(60));
    // An automatic brake is let go by nobody but a person.
    assert_eq!(world.seen().desk.trading, TradingState::Reducing);
    let resume = Desk(countersign_desk::desk::DeskAsk::Resume, "sorted out");
    let trader = world.press("ana", resume.clone());
    assert_snapshot!(refused(&world, trader), @"This needs the role admin, and yours is trader. Ask somebody who has it.");
    assert_eq!(world.press("dee", resume), Ok(Done::Ok));
    assert_eq!(world.seen().desk.trading, TradingState::Active);
}

#[test]
fn a_mismatch_that_a_start_finds_keeps_the_desk_back_until_a_person_resumes() {
    let mut world = World::with(Setup::default());
    world.desk();
    world.stop();
    world.broker.trade_outside(option(HIGH_CALL), 2);
    for _ in 0..2 {
        assert_eq!(reconcile(&mut world), Ok(()));
    }
    assert_eq!(world.seen().desk.trading, TradingState::Reducing);
    assert_eq!(apart(&world), [Alarm::Mismatch(option(HIGH_CALL))]);
    // It goes away by itself, and that explains nothing.
    world.broker.trade_outside(option(HIGH_CALL), -2);
    world.advance(secs(60));
    assert_eq!(world.seen().desk.trading, TradingState::Reducing);
    let resume = Desk(countersign_desk::desk::DeskAsk::Resume, "sorted out");
    assert_eq!(world.press("dee", resume), Ok(Done::Ok));
    assert_eq!(world.seen().desk.trading, TradingState::Active);
}

#[test]
fn what_was_guessed_of_a_trade_outside_stands_in_the_log() {
    let mut world = holding(no_plan());
    world.broker.trade_outside(option(CALL), -3);
    for _ in 0..2 {
        assert_eq!(reconcile(&mut world), Ok(()));
    }
    let position = held(&world);
    assert!(position.state.is_closed());
    let events = world.events();
    let executed = events.iter().filter_map(|row| match &row.event.fact {
        Fact::Executed(execution) => Some(execution.signed()),
        _ => None,
    });
    assert_eq!(executed.sum::<i64>(), 0, "what closed it is told as well");
    world.broker.trade_outside(option(CALL), 3);
    finish(&mut world);
}

/// Every alarm but that the desk braked.
fn apart(world: &World) -> Vec<Alarm> {
    let mut alarms = world.alarms();
    let all = alarms.len();
    alarms.retain(|alarm| !matches!(alarm, Alarm::Stopped(_)));
    assert_eq!(alarms.len() + 1, all, "one brake");
    alarms
}
