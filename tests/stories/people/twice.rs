//! Destructive asks are pressed twice.

use std::collections::BTreeSet;

use countersign_desk::{
    desk::PositionAsk,
    twice::{Asked, SecondTap, Subject},
    work::Done,
};
use countersign_domain::{
    ids::{PositionId, TapId},
    limits::LimitCode,
    operator::Surface,
    overrides::OverrideFault,
    people::TapFault,
    position::PositionState,
    refusal::{Answer, Refusal},
    trading::TradingState,
};
use countersign_tests::{Button::Hold, Outage, World, secs};
use insta::assert_snapshot;
use rust_decimal::Decimal;

use super::link_ana;
use crate::scene::{enter, held, holding, no_plan, refused, target, with_plan};

fn ask(world: &mut World, who: &str, subject: &Subject) -> Answer<Asked> {
    let press = world.hand(Surface::Web, who);
    world.act(async |desk| desk.ask_twice(press.clone(), subject.clone()).await)
}

/// Ana is asked whether the position is to be closed.
fn ask_ana(world: &mut World) -> (PositionId, TapId) {
    let position = held(world).id;
    let press = world.hand(Surface::Web, "ana");
    let asked = world.act(async |desk| desk.ask_close(press.clone(), position).await);
    let asked = asked.expect("Ana may");
    assert_eq!(asked.until, world.now() + secs(30));
    (position, asked.nonce)
}

fn close(world: &mut World, who: &str, (position, nonce): (PositionId, TapId)) -> Answer<Done> {
    let press = world.hand(Surface::Web, who);
    let done = world.act(async |desk| desk.close_now(press.clone(), position, nonce).await);
    world.pump();
    done
}

fn again(world: &mut World, who: &str, nonce: TapId) -> Answer<Done> {
    let press = world.hand(Surface::Web, who);
    let done = world.act(async |desk| desk.second_press(press.clone(), nonce).await);
    world.pump();
    done
}

const fn fault(fault: TapFault) -> Answer<Done> {
    Err(Refusal::SecondTap(fault))
}

// R30
#[test]
fn a_position_is_closed_by_the_second_press_of_the_same_person_and_once() {
    let mut world = holding(no_plan());
    world.broker.behave(|manner| manner.exit_room = Some(0));
    let asked = ask_ana(&mut world);
    assert_eq!(held(&world).state, PositionState::Open);
    assert_eq!(world.exit(), None);

    let other = close(&mut world, "bo", asked);
    assert_snapshot!(refused(&world, other), @"Somebody else was asked this. Nothing was done. Ask for it yourself.");
    world.advance(secs(27));
    let done = close(&mut world, "ana", asked);
    let exit = world.exit().expect("an exit");
    assert_eq!(done, Ok(Done::Order(exit.id)));
    let twice = close(&mut world, "ana", asked);
    assert_snapshot!(refused(&world, twice), @"This was pressed before and counts once. Nothing was done a second time.");
    world.broker.behave(|manner| manner.exit_room = None);
}

// R30
#[test]
fn the_second_press_may_come_from_another_account_of_the_same_person() {
    let mut world = holding(no_plan());
    link_ana(&mut world, Surface::Cli, "@ana");
    let (_, nonce) = ask_ana(&mut world);
    let press = world.hand(Surface::Cli, "@ana");
    let done = world.act(async |desk| desk.second_press(press.clone(), nonce).await);
    assert!(matches!(done, Ok(Done::Order(_))));
    world.pump();
}

// R30
#[test]
fn a_second_press_that_is_late_or_about_something_else_does_nothing() {
    let mut world = holding(no_plan());
    let (position, nonce) = ask_ana(&mut world);
    let elsewhere = close(&mut world, "ana", (PositionId::from_bits(7), nonce));
    assert_eq!(elsewhere, fault(TapFault::Unknown));
    let unknown = close(&mut world, "ana", (position, TapId::from_bits(7)));
    assert_snapshot!(refused(&world, unknown), @"This button is old and does nothing. Ask again from the beginning.");
    world.advance(secs(30));
    let late = close(&mut world, "ana", (position, nonce));
    assert_snapshot!(refused(&world, late), @"The second press had to come by 10:02:36 EST. Nothing was done. Ask again from the beginning.");
    // Long after it is not even remembered.
    let later = world.now() + secs(15 * 60);
    world.jump(later);
    let newer = ask_ana(&mut world);
    assert_eq!(
        close(&mut world, "ana", (position, nonce)),
        fault(TapFault::Unknown)
    );
    assert_eq!(world.seen().taps.len(), 1);
    assert_eq!(world.exit(), None);
    assert!(close(&mut world, "ana", newer).is_ok());
}

// R30
#[test]
fn a_second_press_is_bound_to_the_position_as_it_was() {
    let mut world = holding(target());
    let asked = ask_ana(&mut world);
    // Ticks alone change nothing of it.
    world.advance(secs(6));
    let until = world.now() + secs(60);
    world.press("bo", Hold(until)).expect("Bo may");
    let changed = close(&mut world, "ana", asked);
    assert_snapshot!(refused(&world, changed), @"This changed since you were asked. Nothing was done. Look at it and ask again.");
    assert_eq!(world.exit(), None);
    let asked = ask_ana(&mut world);
    assert!(close(&mut world, "ana", asked).is_ok());
}

// R29, R30
#[test]
fn the_right_is_looked_at_with_both_presses() {
    let mut world = holding(no_plan());
    let position = held(&world).id;
    let subject = Subject::close(position);
    let viewer = ask(&mut world, "cy", &subject);
    assert!(matches!(viewer, Err(Refusal::NotPermitted { .. })));
    let asked = ask_ana(&mut world);
    let ana = super::id_of(&world, "ana");
    super::grant(&mut world, "dee", ana, None).expect("Dee may");
    let revoked = close(&mut world, "ana", asked);
    assert!(matches!(
        revoked,
        Err(Refusal::NotPermitted { has: None, .. })
    ));
    assert_eq!(world.exit(), None);
}

#[test]
fn what_is_not_there_or_closed_is_not_asked_about() {
    let mut world = holding(no_plan());
    for subject in [
        Subject::close(PositionId::from_bits(7)),
        Subject::Close(BTreeSet::new()),
    ] {
        let asked = ask(&mut world, "ana", &subject);
        assert_eq!(asked, Err(Refusal::UnknownPosition));
    }
    let reason = String::new();
    let asked = ask(&mut world, "ana", &Subject::Halt { reason });
    assert!(matches!(asked, Err(Refusal::Invalid(_))));
    assert!(world.seen().taps.is_empty());
}

// R30
#[test]
fn the_whole_desk_is_halted_and_flattened_by_a_second_press() {
    let mut world = holding(no_plan());
    let reason = "news".to_owned();
    let halt = Subject::Halt {
        reason: reason.clone(),
    };
    let asked = ask(&mut world, "ana", &halt).expect("Ana may");
    assert_eq!(world.seen().desk.trading, TradingState::Active);
    // A button that says something else than what was asked does nothing.
    let tap = SecondTap {
        subject: Subject::Flatten {
            reason: reason.clone(),
        },
        nonce: asked.nonce,
    };
    let press = world.hand(Surface::Web, "ana");
    let done = world.act(async |desk| desk.second_tap(press.clone(), tap.clone()).await);
    assert_eq!(done, fault(TapFault::Unknown));
    assert_eq!(again(&mut world, "ana", asked.nonce), Ok(Done::Ok));
    assert_eq!(world.seen().desk.trading, TradingState::Halted);
    assert_eq!(world.exit(), None);

    let asked = ask(&mut world, "ana", &Subject::Flatten { reason }).expect("Ana may");
    assert_eq!(again(&mut world, "ana", asked.nonce), Ok(Done::Ok));
    world.advance(secs(15));
    assert!(world.broker.held().is_empty());
}

#[test]
fn several_positions_are_closed_by_one_second_press_or_none_is() {
    let mut world = holding(no_plan());
    let one = held(&world).id;
    enter(&mut world, with_plan(no_plan()));
    let other = held(&world).id;
    let both = Subject::Close(BTreeSet::from([one, other]));
    let asked = ask(&mut world, "ana", &both).expect("Ana may");
    let press = world.hand(Surface::Web, "bo");
    let until = world.now() + secs(60);
    let hold = PositionAsk::Hold(until);
    let held_back = world.act(async |desk| desk.ask_position(press.clone(), one, hold).await);
    held_back.expect("Bo may");
    world.pump();
    assert_eq!(
        again(&mut world, "ana", asked.nonce),
        fault(TapFault::Changed)
    );
    assert_eq!(world.exit(), None);

    let asked = ask(&mut world, "ana", &both).expect("Ana may");
    assert_eq!(again(&mut world, "ana", asked.nonce), Ok(Done::Ok));
    world.advance(secs(15));
    assert!(world.broker.held().is_empty());
}

#[test]
fn the_second_press_may_reach_another_process_and_one_of_two_acts() {
    let mut world = holding(no_plan());
    let (_, nonce) = ask_ana(&mut world);
    let other = world.attach("another process");
    let press = world.hand(Surface::Web, "ana");
    let done = world.act(async |desk| {
        let first = other.second_press(press.clone(), nonce).await;
        other.hand_over().await.expect("the store answers");
        let mut second = press.clone();
        second.key = None;
        (first, desk.second_press(second, nonce).await)
    });
    // The other process has no market: the wish is written down, and this one closes.
    assert!(done.0.is_ok(), "{done:?}");
    assert_eq!(done.1, fault(TapFault::Used));
    world.advance(secs(30));
    assert!(world.broker.held().is_empty());
    let orders = world.story_of(world.ticket()).orders;
    assert_eq!(
        orders.iter().filter(|one| !one.purpose.is_entry()).count(),
        1
    );
}

// R4
#[test]
fn a_position_is_closed_by_two_presses_while_nothing_can_be_written() {
    for asks_before in [true, false] {
        let mut world = holding(no_plan());
        let before = asks_before.then(|| ask_ana(&mut world));
        world.store_is(Outage::Full);
        let asked = before.unwrap_or_else(|| ask_ana(&mut world));
        let other = close(&mut world, "bo", asked);
        assert_eq!(other, fault(TapFault::Another));
        assert_eq!(close(&mut world, "ana", asked), Ok(Done::Ok));
        assert_eq!(close(&mut world, "ana", asked), fault(TapFault::Used));
        world.store_is(Outage::None);
        assert_eq!(close(&mut world, "ana", asked), fault(TapFault::Used));
        world.advance(secs(15));
        assert!(world.broker.held().is_empty());
        let sent = world.broker.orders();
        assert_eq!(sent.iter().filter(|one| !one.request.opens).count(), 1);
    }
}

fn limit(code: LimitCode, value: i64) -> Subject {
    let value = Decimal::from(value);
    Subject::Limit { code, value }
}

fn ceiling(world: &World, code: LimitCode) -> Decimal {
    world.seen().desk.limits.get(code)
}

// R30
#[test]
fn a_limit_is_set_by_the_second_press_and_a_looser_one_is_asked_of_others() {
    let mut world = World::new();
    let code = LimitCode::ContractsPerOrder;
    let before = ceiling(&world, code);
    let tighter = limit(code, 2);
    let other = ask(&mut world, "ana", &tighter);
    assert!(matches!(other, Err(Refusal::NotPermitted { .. })));
    let asked = ask(&mut world, "dee", &tighter).expect("Dee may");
    let newer = ask(&mut world, "dee", &limit(code, 1)).expect("Dee may");
    assert_eq!(ceiling(&world, code), before, "nothing is set by one press");
    assert_eq!(again(&mut world, "dee", asked.nonce), Ok(Done::Limit));
    assert_eq!(ceiling(&world, code), Decimal::from(2));
    let stale = again(&mut world, "dee", newer.nonce);
    assert_eq!(stale, fault(TapFault::Changed));

    let asked = ask(&mut world, "dee", &limit(code, 3)).expect("Dee may");
    let waits = again(&mut world, "dee", asked.nonce);
    assert!(matches!(waits, Ok(Done::Override(_))), "{waits:?}");
    assert_eq!(ceiling(&world, code), Decimal::from(2));
}

#[test]
fn a_hard_limit_that_was_tightened_by_mistake_is_what_was_configured_again_by_hand() {
    let mut world = World::new();
    let code = LimitCode::DailyLoss;
    let before = world.seen().desk.limits.clone();
    let asked = ask(&mut world, "dee", &limit(code, 1)).expect("Dee may");
    assert_eq!(again(&mut world, "dee", asked.nonce), Ok(Done::Limit));
    let looser = ask(&mut world, "dee", &limit(code, 2));
    let hard = Refusal::Override(OverrideFault::Hard(code));
    assert_eq!(looser, Err(hard));

    let trader = world.hand(Surface::Web, "ana");
    let refused = world.act(async |desk| desk.restore_limits(trader.clone()).await);
    assert!(matches!(refused, Err(Refusal::NotPermitted { .. })));
    let press = world.hand(Surface::Web, "dee");
    let done = world.act(async |desk| desk.restore_limits(press.clone()).await);
    assert_eq!(done, Ok(Done::Ok));
    assert_eq!(world.seen().desk.limits, before);
}
