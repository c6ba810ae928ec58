//! Exits that do not fill: one at a time, repriced in bounded steps, then an alarm.

use countersign_desk::work::Done;
use countersign_domain::{
    event::Alarm, exit::ExitReason, operator::Surface, order::OrderState, position::PositionState,
    refusal::Refusal,
};
use countersign_tests::{
    Button::{Close, Confirm, Hold},
    Offer, Setup, World,
    broker::{Call, Fault},
    market::{CALL, HIGH_CALL, call_spread, cents, option},
    secs,
};
use insta::assert_snapshot;

use super::due::reason;
use crate::scene::{held, holding, holding_in, no_plan, refused, shift, stop};

/// The limits at which exits were sent, oldest first.
fn ladder(world: &World) -> Vec<countersign_domain::money::Price> {
    let sent = world.broker.orders();
    let exits = sent.iter().filter(|order| !order.request.opens);
    exits.map(|order| order.request.limit).collect()
}

// R40
#[test]
fn an_exit_that_does_not_fill_steps_down_to_the_bid_and_then_alarms_once() {
    let mut world = holding(stop());
    world.broker.behave(|manner| manner.exit_room = Some(0));
    shift(&world, -100);
    world.advance(secs(3));
    assert_eq!(ladder(&world), [cents(-105)]);
    world.advance(secs(12));
    assert_eq!(ladder(&world), [cents(-105), cents(-102), cents(-100)]);
    assert!(world.alarms().is_empty());
    world.advance(secs(6));
    let position = held(&world).id;
    let steps = 2;
    assert_eq!(world.alarms(), [Alarm::ExitStuck { position, steps }]);
    // It stays at the bid, is never given away, and alarms no more.
    world.advance(secs(60));
    assert_eq!(ladder(&world).len(), 3);
    assert_eq!(world.alarms().len(), 1);

    // It follows a bid that falls, and fills where somebody buys.
    shift(&world, -30);
    world.advance(secs(9));
    assert_eq!(ladder(&world).last(), Some(&cents(-70)));
    world.broker.behave(|manner| manner.exit_room = None);
    world.advance(secs(3));
    assert!(held(&world).state.is_closed());
}

// R40
#[test]
fn without_quotes_an_exit_walks_from_the_last_believed_mark_in_tenths() {
    let mut world = holding(crate::scene::no_plan());
    world.market.withdraw(option(CALL));
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(30));
    // 2.05 believed; a tenth less with each of two steps, in whole increments.
    assert_eq!(ladder(&world), [cents(-205), cents(-184), cents(-164)]);
    world.market.quote(option(CALL), 200, 210);
}

// R43
#[test]
fn whatever_else_falls_due_one_exit_is_in_flight() {
    let mut world = holding(stop());
    world.broker.behave(|manner| manner.exit_room = Some(0));
    shift(&world, -100);
    world.advance(secs(3));
    let exit = world.exit().expect("the stop");
    let answer = world.press("ana", Close);
    assert_snapshot!(refused(&world, answer), @"An exit is on its way already (stop loss). Wait until it has ended.");
    world.advance(secs(30));
    let orders = world.story_of(world.ticket()).orders;
    let exits: Vec<_> = orders
        .iter()
        .filter(|order| !order.purpose.is_entry())
        .collect();
    assert_eq!(exits.len(), 1);
    assert_eq!(exits[0].id, exit.id);
    assert_eq!(world.broker.working().len(), 1);
}

// R43
#[test]
fn a_close_and_a_tick_at_the_same_time_make_one_exit() {
    let mut world = holding(stop());
    shift(&world, -100);
    let position = held(&world).id;
    let press = world.hand(Surface::Web, "ana");
    let ask = countersign_desk::desk::PositionAsk::Close;
    let (pressed, ticked) = world.act(async |desk| {
        let close = desk.ask_position(press.clone(), position, ask);
        futures::future::join(close, desk.tick()).await
    });
    assert_eq!(ticked, Ok(()));
    match pressed {
        Ok(Done::Order(_)) => {}
        Err(Refusal::PositionState(state)) => {
            assert!(matches!(*state, PositionState::Closing { .. }));
        }
        other => panic!("{other:?}"),
    }
    world.advance(secs(3));
    let orders = world.story_of(world.ticket()).orders;
    assert_eq!(
        orders
            .iter()
            .filter(|order| !order.purpose.is_entry())
            .count(),
        1
    );
}

// R43
#[test]
fn an_exit_leaves_before_an_entry_that_was_confirmed_first() {
    let mut world = holding(stop());
    let position = held(&world).id;
    world.propose(Offer::default()).expect("it is offered");
    let confirm = world.hand(Surface::Web, "ana");
    world.deliver(&confirm, &Confirm).expect("Ana may");
    let close = world.hand(Surface::Web, "bo");
    let ask = countersign_desk::desk::PositionAsk::Close;
    let closed = world.act(async |desk| desk.ask_position(close.clone(), position, ask).await);
    assert!(closed.is_ok());
    world.pump();
    let sent = world.broker.orders();
    let opens: Vec<_> = sent.iter().map(|order| order.request.opens).collect();
    assert_eq!(opens, [true, false, true]);
}

#[test]
fn an_exit_that_the_broker_rejects_alarms_in_its_words_and_is_tried_again() {
    let mut world = holding(stop());
    let words = "no such contract".to_owned();
    world
        .broker
        .next(Call::Submit, Fault::Refuse(words.clone()));
    shift(&world, -100);
    world.advance(secs(3));
    let position = held(&world).id;
    let said = words;
    assert!(
        world
            .alarms()
            .contains(&Alarm::ExitRejected { position, said })
    );
    assert_eq!(world.exit().expect("an exit").state, OrderState::Rejected);
    world.advance(secs(90));
    let exit = world.exit().expect("an exit");
    assert_eq!(reason(&exit), ExitReason::StopLoss);
    assert!(held(&world).state.is_closed());
}

#[test]
fn a_persons_close_goes_on_until_everything_is_closed() {
    let mut world = holding(no_plan());
    let no = Fault::Refuse("not now".to_owned());
    world.broker.next(Call::Submit, no);
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(3));
    assert_eq!(world.exit().expect("an exit").state, OrderState::Rejected);
    assert!(!held(&world).state.is_closed());
    world.advance(secs(60));
    let exit = world.exit().expect("another one");
    assert_eq!(reason(&exit), ExitReason::Human);
    assert!(held(&world).state.is_closed());
}

#[test]
fn who_holds_the_exits_takes_the_close_back() {
    let mut world = holding(no_plan());
    let no = Fault::Refuse("not now".to_owned());
    world.broker.next(Call::Submit, no);
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(3));
    let until = world.now() + secs(600);
    world.press("ana", Hold(until)).expect("Ana may");
    world.advance(secs(60));
    assert!(!held(&world).state.is_closed());
}

#[test]
fn a_close_by_a_process_that_sees_no_market_is_priced_by_the_one_that_does() {
    let mut world = holding(no_plan());
    shift(&world, 500);
    world.advance(secs(3));
    let position = held(&world).id;
    let sides = world.market.sides_of(option(CALL)).expect("quotes");
    let other = world.attach("command");
    let press = world.hand(Surface::Cli, "ana");
    world.market.withdraw(option(CALL));
    let closed = world.act(async |_| {
        let ask = countersign_desk::desk::PositionAsk::Close;
        other.ask_position(press.clone(), position, ask).await
    });
    assert_eq!(closed, Ok(Done::Ok));
    world.market.quote(option(CALL), sides.0, sides.1);
    world.advance(secs(30));
    let closed = held(&world);
    assert!(closed.state.is_closed());
    // At what is bid, and not at what was paid.
    assert!(closed.realised().is_positive(), "{:?}", closed.realised());
}

/// A worthless leg has no bid, and is bought back at its ask all the same.
#[test]
fn a_short_leg_without_a_bid_keeps_no_exit_from_its_price() {
    let spread = Offer {
        structure: call_spread(),
        contracts: 1,
        limit: cents(130),
        exit_plan: no_plan(),
        ..Offer::default()
    };
    let mut world = holding_in(Setup::default(), spread);
    world.market.quote(option(CALL), 300, 310);
    world.market.quote(option(HIGH_CALL), 0, 5);
    world.broker.behave(|manner| manner.exit_room = Some(0));
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(120));
    // Sold at 3.00, bought back at 0.05.
    let worst = *ladder(&world).last().expect("an exit");
    assert_eq!(worst, cents(-295));
    world.broker.behave(|manner| manner.exit_room = None);
    world.advance(secs(30));
}
