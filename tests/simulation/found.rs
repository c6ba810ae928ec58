//! What the walks found, told once each.

use countersign_desk::ports::BrokerStatus;
use countersign_domain::{event::Alarm, order::OrderState};
use countersign_tests::{
    Button::{Close, Confirm},
    Outage, World,
    broker::{Call, Fault},
    market::{CALL, option},
    secs,
};

/// Three calls are held, and the broker executes no exit.
fn held() -> World {
    let mut world = World::new();
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(6));
    world.broker.behave(|manner| manner.exit_room = Some(0));
    world
}

/// The stop is due from now on.
fn fall(world: &World) {
    world.market.shift(option(CALL), -120);
}

#[test]
fn an_execution_that_is_taken_back_before_it_is_told_never_counts() {
    let mut world = World::new();
    world.broker.behave(|manner| manner.report_delay = secs(6));
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(3));
    world.broker.bust().expect("an execution");
    world.advance(secs(30));
    let entry = world.entry().expect("an entry");
    assert_eq!(entry.filled.0, 0);
    assert!(!entry.is_live(), "{:?}", entry.state);
    assert!(world.broker.held().is_empty());
}

#[test]
fn an_exit_that_arrives_after_it_was_sent_again_does_not_stay_beside_the_second() {
    let mut world = held();
    // It keeps its first order for longer than it says that it may.
    world
        .broker
        .behave(|manner| manner.refuses_duplicates = false);
    world.broker.next(Call::Submit, Fault::Late(secs(10)));
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(12));
    assert_eq!(world.broker.working().len(), 2);
    world.advance(secs(48));
    let exit = world.exit().expect("an exit");
    let working = world.broker.working();
    let names: Vec<_> = working
        .iter()
        .map(|order| order.request.client_order_id.clone())
        .collect();
    assert_eq!(names, [exit.client_order_id()]);
    assert!(world.alarms().contains(&Alarm::LateOrder(exit.id)));
    world.broker.behave(|manner| manner.exit_room = None);
    world.advance(secs(9));
    assert!(world.broker.held().is_empty());
    let position = world.position().expect("a position");
    assert!(position.state.is_closed());
}

#[test]
fn an_exit_of_which_a_part_was_taken_back_ends_and_another_closes_the_rest() {
    let mut world = held();
    world.broker.behave(|manner| manner.exit_room = Some(1));
    fall(&world);
    world.advance(secs(24));
    world.broker.bust().expect("one was sold");
    world.advance(secs(3));
    world.broker.behave(|manner| manner.exit_room = None);
    // The broker calls it filled now, and two executions count.
    world.advance(secs(30));
    assert!(world.broker.held().is_empty());
    let position = world.position().expect("a position");
    assert!(position.state.is_closed(), "{:?}", position.state);
}

#[test]
fn an_execution_of_an_unwritten_exit_that_is_taken_back_is_booked_as_such() {
    let mut world = held();
    world.broker.behave(|manner| manner.exit_room = None);
    world.store_is(Outage::Full);
    fall(&world);
    world.advance(secs(6));
    let sold = world.broker.bust().expect("it was sold");
    world.advance(secs(3));
    world.store_is(Outage::None);
    world.advance(secs(3));
    let story = world.story_of(world.ticket());
    let booked = story.executions.iter().find(|one| one.id == sold);
    assert!(booked.is_some_and(|one| one.bust));
    world.advance(secs(30));
    assert!(world.broker.held().is_empty());
}

#[test]
fn an_exit_whose_new_price_stands_unseen_for_longer_than_said_is_not_sold_twice() {
    let mut world = held();
    fall(&world);
    world.advance(secs(3));
    world.broker.next(Call::Replace, Fault::Hidden(secs(14)));
    world.advance(secs(6));
    world.broker.fill(3);
    // The broker shows neither the new attempt nor its execution for a while, only that nothing is
    // held any more.
    world.advance(secs(30));
    let sent = world.broker.orders();
    assert_eq!(sent.iter().filter(|order| !order.request.opens).count(), 2);
    let position = world.position().expect("a position");
    assert!(position.state.is_closed(), "{:?}", position.state);
}

#[test]
fn what_somebody_closes_by_hand_under_a_working_exit_is_not_sold_again() {
    let mut world = held();
    fall(&world);
    world.advance(secs(6));
    world.broker.trade_outside(option(CALL), -3);
    world.advance(secs(120));
    let position = world.position().expect("a position");
    assert!(position.state.is_closed(), "{:?}", position.state);
    assert!(world.broker.working().is_empty());
}

#[test]
fn an_exit_that_is_lost_while_somebody_trades_by_hand_does_not_stay_in_doubt() {
    let mut world = held();
    world
        .broker
        .behave(|manner| manner.refuses_duplicates = false);
    // More is held than the exit closes, so that it would not sell too much.
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(6));
    world.broker.next(Call::Submit, Fault::Lost);
    world.press("ana", Close).expect("Ana may");
    world.broker.trade_outside(option(CALL), -1);
    world.advance(secs(90));
    // It is given up, and another one goes on with what a person asked for.
    let given_up = |alarm: &Alarm| matches!(alarm, Alarm::NeverArrived(_));
    assert!(world.alarms().iter().any(given_up));
    let exit = world.exit().expect("another exit");
    assert_ne!(exit.state, OrderState::InDoubt);
    world.broker.behave(|manner| manner.exit_room = None);
    world.advance(secs(180));
    assert!(world.alarms().contains(&Alarm::Mismatch(option(CALL))));
    world.make_good();
}

#[test]
fn a_new_price_that_is_lost_while_somebody_trades_by_hand_does_not_stay_asked_for() {
    let mut world = held();
    fall(&world);
    world.advance(secs(3));
    world.broker.next(Call::Replace, Fault::Lost);
    world.advance(secs(6));
    // The old price ends at the broker, and one contract is sold by hand.
    world.broker.end(BrokerStatus::Gone);
    world.broker.trade_outside(option(CALL), -1);
    world.broker.behave(|manner| manner.exit_room = None);
    world.advance(secs(150));
    // What was left is closed, and no more.
    assert!(world.broker.held().is_empty(), "{:?}", world.broker.held());
    let position = world.position().expect("a position");
    assert!(position.state.is_closed(), "{:?}", position.state);
}
