//! Entries on their way: the walk, cancelling, partial fills, and answers that are lost.

use std::collections::BTreeSet;

use countersign_desk::work::Done;
use countersign_domain::{
    event::Alarm,
    exit::ExitReason,
    money::Contracts,
    order::OrderState,
    position::{ClosedBy, PositionState},
    ticket::{LapseReason, TicketState},
};
use countersign_tests::{
    Button::{Cancel, Confirm},
    Setup, World,
    broker::{Call, Fault, TrueOrder},
    market::cents,
    secs,
};
use insta::assert_snapshot;

use crate::scene::{held, refused, shift, stop, with_plan};

/// A world in which entries walk from the middle to the card's limit in two steps.
fn walking() -> World {
    let mut setup = Setup::default();
    setup.settings.entry_walk.steps = 2;
    World::with(setup)
}

/// A confirmed entry that the broker may execute so many units of.
fn working(room: u32) -> World {
    let mut setup = Setup::default();
    // It stays at the card's limit for longer than any story lasts.
    setup.settings.entry_walk.every_s = 600;
    let mut world = World::with(setup);
    world.broker.behave(|manner| manner.entry_room = Some(room));
    world.propose(with_plan(stop())).expect("it is offered");
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(3));
    world
}

// R8
#[test]
fn an_entry_walks_to_its_card_and_no_further_and_is_then_cancelled() {
    let mut world = walking();
    world.broker.behave(|manner| manner.entry_room = Some(0));
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(30));
    let sent = world.broker.orders();
    let limits: Vec<_> = sent.iter().map(|order| order.request.limit).collect();
    assert_eq!(limits, [cents(205), cents(208), cents(210)]);
    assert!(world.broker.working().is_empty());
    assert_eq!(
        world.entry().expect("an order").state,
        OrderState::Cancelled
    );
    assert!(world.position().is_none());
}

// R8, R36
#[test]
fn what_filled_on_the_way_counts_once_over_all_attempts() {
    let mut world = walking();
    world.broker.behave(|manner| {
        manner.entry_room = Some(0);
        manner.repeats = true;
    });
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    world.broker.fill(1);
    world.advance(secs(7));
    world.broker.fill(1);
    world.advance(secs(30));
    let order = world.entry().expect("an order");
    assert_eq!(
        (order.state, order.filled),
        (OrderState::Cancelled, Contracts(2))
    );
    assert_eq!(held(&world).units(), Some(Contracts(2)));
    // Every attempt asked for what was missing then.
    let sent = world.broker.orders();
    let asked: Vec<_> = sent.iter().map(|order| order.request.quantity.0).collect();
    assert_eq!(asked, [3, 2, 1]);
}

// R38
#[test]
fn what_is_filled_is_protected_at_once_while_the_rest_still_works() {
    let mut world = working(1);
    let entry = world.entry().expect("an order");
    assert_eq!(
        (entry.state, entry.filled),
        (OrderState::Working, Contracts(1))
    );
    assert_eq!(held(&world).units(), Some(Contracts(1)));

    // One tick later the stop of what is held fires, for exactly that much; the rest is cancelled.
    shift(&world, -110);
    world.advance(secs(3));
    assert!(world.entry().expect("an order").cancel_wanted);
    let exit = world.exit().expect("the stop");
    assert_eq!(exit.quantity, Contracts(1));
    let left: Vec<_> = world.broker.working();
    assert!(left.iter().all(|order| !order.request.opens));
    world.advance(secs(15));
    assert!(matches!(
        held(&world).state,
        PositionState::Closed {
            by: ClosedBy::Exit(ExitReason::StopLoss),
            ..
        }
    ));
    assert_eq!(
        world.entry().expect("an order").state,
        OrderState::Cancelled
    );
}

#[test]
fn a_trader_cancels_a_working_entry() {
    let mut world = working(0);
    assert_eq!(world.press("ana", Cancel), Ok(Done::Ok));
    world.advance(secs(3));
    assert_eq!(
        world.entry().expect("an order").state,
        OrderState::Cancelled
    );
    assert!(world.broker.working().is_empty());
    let again = world.press("ana", Cancel);
    assert_snapshot!(refused(&world, again), @"Nothing is left to change at this order (cancelled).");
}

#[test]
fn cancelling_the_rest_keeps_what_was_filled() {
    let mut world = working(2);
    assert_eq!(world.press("ana", Cancel), Ok(Done::Ok));
    world.advance(secs(3));
    let entry = world.entry().expect("an order");
    assert_eq!(
        (entry.state, entry.filled),
        (OrderState::Cancelled, Contracts(2))
    );
    assert_eq!(held(&world).units(), Some(Contracts(2)));
}

#[test]
fn a_filled_entry_and_an_exit_cannot_be_cancelled() {
    let mut world = working(3);
    let filled = world.press("ana", Cancel);
    assert_snapshot!(refused(&world, filled), @"Nothing is left to change at this order (filled).");
}

// R34
#[test]
fn an_entry_whose_answer_was_lost_is_looked_up_and_never_sent_again() {
    let mut world = World::new();
    world.broker.next(Call::Submit, Fault::Lost);
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    let ticket = world.ticket();
    assert_eq!(world.entry().expect("an order").state, OrderState::InDoubt);
    // It takes three lookups and the broker's whole grace period to believe that it never arrived.
    world.advance(secs(3));
    assert_eq!(world.entry().expect("an order").state, OrderState::InDoubt);
    world.advance(secs(60));
    let order = world.entry().expect("an order");
    assert_eq!(order.state, OrderState::Unsent);
    assert!(order.lookups >= 3);
    assert!(world.broker.orders().is_empty());
    assert!(world.alarms().contains(&Alarm::NeverArrived(order.id)));
    let state = world.story_of(ticket).ticket.expect("stored").state.clone();
    let TicketState::Lapsed { reason, .. } = state else {
        panic!("{state:?}");
    };
    assert_eq!(reason, LapseReason::NeverArrived);
}

// R34
#[test]
fn an_entry_whose_answer_was_lost_but_that_arrived_is_found_and_goes_on() {
    let mut world = World::new();
    world.broker.next(Call::Submit, Fault::Silent);
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(9));
    assert_eq!(world.entry().expect("an order").state, OrderState::Filled);
    assert_eq!(world.broker.orders().len(), 1);
}

// R34
#[test]
fn a_broker_that_cannot_be_asked_leaves_the_entry_in_doubt() {
    let mut world = World::new();
    world.broker.next(Call::Submit, Fault::Lost);
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    world.broker.behave(|manner| manner.reachable = false);
    world.advance(secs(60));
    assert_eq!(world.entry().expect("an order").state, OrderState::InDoubt);
    world.broker.behave(|manner| manner.reachable = true);
    world.advance(secs(20));
    assert_eq!(world.entry().expect("an order").state, OrderState::Unsent);
}

// R34
#[test]
fn an_entry_that_turns_up_after_it_was_given_up_is_cancelled_and_its_fills_are_kept() {
    let mut world = World::new();
    world.broker.behave(|manner| manner.entry_room = Some(1));
    world.broker.next(Call::Submit, Fault::Hidden(secs(20)));
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    let ticket = world.ticket();
    world.advance(secs(60));
    let story = world.story_of(ticket);
    let order = story.orders.first().expect("an order");
    assert_eq!(
        (order.state, order.filled),
        (OrderState::Cancelled, Contracts(1))
    );
    assert!(world.alarms().contains(&Alarm::LateOrder(order.id)));
    let position = story.position.expect("what was filled is held");
    assert_eq!(position.units(), Some(Contracts(1)));
    assert!(world.broker.working().is_empty());
}

// R34
#[test]
fn an_exit_whose_answer_was_lost_goes_out_again_under_its_old_name() {
    for refuses_duplicates in [true, false] {
        let mut world = World::new();
        world
            .broker
            .behave(|manner| manner.refuses_duplicates = refuses_duplicates);
        crate::scene::enter(&mut world, with_plan(stop()));
        world.broker.next(Call::Submit, Fault::Lost);
        shift(&world, -110);
        world.advance(secs(3));
        assert_eq!(world.exit().expect("an exit").state, OrderState::InDoubt);
        world.advance(secs(30));
        assert!(held(&world).state.is_closed());
        let exits: Vec<_> = world
            .broker
            .orders()
            .into_iter()
            .filter(|order| !order.request.opens)
            .collect();
        let name = |order: &TrueOrder| order.request.client_order_id.clone();
        assert!(name(&exits[0]).0.ends_with("-1"));
        let names: BTreeSet<_> = exits.iter().map(name).collect();
        assert_eq!(names.len(), exits.len());
    }
}

/// How many exits ever arrived at the broker.
fn exits(world: &World) -> usize {
    let sent = world.broker.orders();
    sent.iter().filter(|order| !order.request.opens).count()
}

// R34
#[test]
fn an_exit_that_did_arrive_is_not_sent_twice_where_duplicates_would_count() {
    let mut world = World::new();
    world
        .broker
        .behave(|manner| manner.refuses_duplicates = false);
    crate::scene::enter(&mut world, with_plan(stop()));
    // It arrived and was executed, and nothing but what is held shows it for a while.
    world.broker.next(Call::Submit, Fault::Hidden(secs(30)));
    shift(&world, -110);
    world.advance(secs(3));
    world.broker.fill(3);
    world.advance(secs(21));
    assert_eq!(exits(&world), 1);
    let exit = world.exit().expect("an exit");
    assert_eq!(exit.state, OrderState::InDoubt);
    assert!(exit.lookups >= 3);
    world.advance(secs(15));
    assert!(held(&world).state.is_closed());
    assert_eq!(exits(&world), 1);
}

// R34
#[test]
fn an_exit_that_cannot_be_looked_up_for_a_while_is_not_sent_twice() {
    let mut world = World::new();
    world
        .broker
        .behave(|manner| manner.refuses_duplicates = false);
    crate::scene::enter(&mut world, with_plan(stop()));
    world.broker.behave(|manner| manner.exit_room = Some(0));
    world.broker.next(Call::Submit, Fault::Silent);
    for _ in 0..6 {
        world.broker.next(Call::Find, Fault::Lost);
    }
    shift(&world, -110);
    world.advance(secs(12));
    assert_eq!(world.broker.working().len(), 1);
    world.broker.behave(|manner| manner.exit_room = None);
    world.advance(secs(60));
    assert!(held(&world).state.is_closed());
}
