//! The store fails: entries stop, exits go out all the same, once, and are found again.

use countersign_desk::{desk::DeskAsk, ports::BrokerStatus, work::Done};
use countersign_domain::{
    event::Alarm,
    exit::ExitReason,
    position::{ClosedBy, PositionState},
    refusal::Refusal,
};
use countersign_tests::{
    Button::{Close, Confirm, Desk},
    Outage, World,
    broker::{Call, Fault},
    market::cents,
    secs,
};
use insta::assert_snapshot;

use crate::scene::{held, holding, no_plan, refused, shift, stop, with_plan};

/// Names of the exits at the broker, without the position's id.
fn attempts(world: &World) -> Vec<String> {
    let sent = world.broker.orders();
    let exits = sent.iter().filter(|order| !order.request.opens);
    let name = |order: &countersign_tests::broker::TrueOrder| {
        let name = order.request.client_order_id.0.clone();
        name.rsplit('-').next().unwrap_or_default().to_owned()
    };
    exits.map(name).collect()
}

// R4
#[test]
fn an_exit_goes_out_while_nothing_can_be_written_and_is_taken_in_once_afterwards() {
    for outage in [Outage::Full, Outage::Gone] {
        for refuses_duplicates in [true, false] {
            let mut world = holding(stop());
            let manner = |manner: &mut countersign_tests::broker::Manner| {
                manner.refuses_duplicates = refuses_duplicates;
                manner.exit_room = Some(0);
            };
            world.broker.behave(manner);
            world.store_is(outage);
            shift(&world, -100);
            world.advance(secs(12));
            assert_eq!(attempts(&world), ["1"]);
            // Nobody can walk it meanwhile: it asks for what is bid at once.
            let sent = world.broker.orders();
            assert_eq!(sent.last().expect("the exit").request.limit, cents(-100));
            let alarms = world.chats().next().expect("a surface").alarms();
            let down = |alarm: &&Alarm| matches!(alarm, Alarm::StoreDown(_));
            assert_eq!(alarms.iter().filter(down).count(), 1);

            world.store_is(Outage::None);
            world.advance(secs(3));
            assert_eq!(attempts(&world), ["1"]);
            world.broker.behave(|manner| manner.exit_room = None);
            world.advance(secs(9));
            let by = ClosedBy::Exit(ExitReason::StopLoss);
            let state = held(&world).state;
            assert!(matches!(state, PositionState::Closed { by: known, .. } if known == by));
        }
    }
}

#[test]
fn a_broker_that_does_not_show_such_an_exit_yet_is_asked_again_before_anything_else() {
    let mut world = holding(stop());
    world
        .broker
        .behave(|manner| manner.refuses_duplicates = false);
    world.broker.next(Call::Submit, Fault::Hidden(secs(5)));
    world.store_is(Outage::Full);
    shift(&world, -100);
    world.advance(secs(3));
    world.store_is(Outage::None);
    world.advance(secs(12));
    assert_eq!(attempts(&world), ["1"]);
    assert!(held(&world).state.is_closed());
}

#[test]
fn a_restart_finds_an_exit_that_the_process_before_could_not_write_down() {
    let mut world = holding(stop());
    world.broker.behave(|manner| manner.exit_room = Some(0));
    world.store_is(Outage::Full);
    shift(&world, -100);
    world.advance(secs(3));
    world.store_is(Outage::None);
    world.crash();
    world.desk();
    let exit = world.exit().expect("it was found");
    assert_eq!(exit.attempt, 1);
    assert_eq!(attempts(&world), ["1"]);
}

#[test]
fn a_person_can_close_while_nothing_can_be_written_and_a_stranger_cannot() {
    let mut world = holding(no_plan());
    world.store_is(Outage::Full);
    let stranger = world.press("eve", Close);
    assert!(matches!(stranger, Err(Refusal::NotPermitted { .. })));
    assert!(attempts(&world).is_empty());
    assert_eq!(world.press("ana", Close), Ok(Done::Ok));
    assert_eq!(world.press("ana", Close), Ok(Done::Ok));
    assert_eq!(attempts(&world), ["1"]);
    world.store_is(Outage::None);
    world.advance(secs(9));
    assert!(held(&world).state.is_closed());
}

#[test]
fn an_exit_is_taken_in_although_its_position_was_taken_back_meanwhile() {
    let mut world = holding(no_plan());
    world.store_is(Outage::Full);
    world.broker.bust().expect("the entry was executed");
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(6));
    world.store_is(Outage::None);
    world.advance(secs(30));
    // Three were sold that had never been bought: both say so, and a person is told.
    let sold: Vec<i64> = world.broker.held().into_values().collect();
    assert_eq!(sold, [-3]);
    let position = held(&world);
    assert_eq!(position.holdings[0].quantity, -3);
    assert!(world.alarms().contains(&Alarm::LegsDiverged(position.id)));
}

// R44
#[test]
fn a_flatten_that_cannot_be_written_down_closes_everything_and_says_that_it_is_not_kept() {
    let mut world = holding(no_plan());
    world.store_is(Outage::Full);
    let answer = world.press("ana", Desk(DeskAsk::Flatten, "out"));
    assert_snapshot!(refused(&world, answer), @"The store cannot commit, so no entry is taken; exits go on. Press again when the board shows that it commits.");
    assert_eq!(attempts(&world), ["1"]);
    world.store_is(Outage::None);
    world.advance(secs(9));
    assert!(held(&world).state.is_closed());
}

#[test]
fn what_is_left_of_an_entry_goes_with_an_exit_that_cannot_be_written_down() {
    let mut world = World::new();
    world.broker.behave(|manner| manner.entry_room = Some(1));
    world.propose(with_plan(stop())).expect("it is offered");
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(3));
    assert_eq!(world.entry().expect("an entry").filled.0, 1);
    world.store_is(Outage::Full);
    shift(&world, -100);
    world.advance(secs(3));
    let sent = world.broker.orders();
    let entry = sent.iter().find(|order| order.request.opens);
    assert_eq!(entry.expect("an entry").status, BrokerStatus::Gone);
    // Were it still working it would fill now.
    world.broker.behave(|manner| manner.entry_room = None);
    world.advance(secs(3));
    world.store_is(Outage::None);
    world.advance(secs(30));
    assert_eq!(world.entry().expect("an entry").filled.0, 1);
    assert!(held(&world).state.is_closed());
}

#[test]
fn an_exit_that_is_refused_while_nothing_can_be_written_is_tried_again() {
    let mut world = holding(stop());
    world.store_is(Outage::Full);
    let no = || Fault::Refuse("not now".to_owned());
    world.broker.next(Call::Submit, no());
    shift(&world, -100);
    world.advance(secs(3));
    assert!(attempts(&world).is_empty());
    // Whoever asks for it is told that nothing went out.
    world.broker.next(Call::Submit, no());
    assert_eq!(world.press("ana", Close), Err(Refusal::StoreUnavailable));
    world.advance(secs(3));
    assert_eq!(attempts(&world), ["1"]);
    world.store_is(Outage::None);
    world.advance(secs(12));
    assert!(held(&world).state.is_closed());
}

#[test]
fn a_store_that_cannot_commit_is_said_although_no_exit_is_due() {
    let mut world = holding(no_plan());
    world.store_is(Outage::Full);
    let press = world.press("ana", Desk(DeskAsk::Reduce, "a drill"));
    assert_eq!(press, Err(Refusal::StoreUnavailable));
    world.advance(secs(3));
    let down = |alarm: &Alarm| matches!(alarm, Alarm::StoreDown(_));
    for chat in world.chats() {
        assert_eq!(chat.alarms().iter().filter(|one| down(one)).count(), 1);
    }
    world.store_is(Outage::None);
    world.advance(secs(3));
}
