//! Restarts: what the exit rules remember is exactly what it was.

use countersign_domain::{
    exit::{ExitPlan, ExitReason, ExitState, TrailingStop},
    money::Percent,
};
use countersign_tests::{Button::Hold, Offer, World, market::cents, secs};

use super::due::{Due, reason};
use crate::scene::{dollars, enter, held, holding, no_plan, shift, with_plan};

fn everything(world: &World) -> ExitPlan {
    ExitPlan {
        profit_target: Some(Percent(90)),
        stop_loss: Some(Percent(80)),
        trail: Some(TrailingStop {
            arm: Percent(20),
            give_back: Percent(10),
        }),
        time_stop: Some(world.now() + secs(3_600)),
        days_to_expiry: Some(3),
    }
}

// R41
#[test]
fn a_restart_brings_back_stop_target_high_water_mark_and_timers_exactly() {
    let mut world = World::new();
    let plan = everything(&world);
    enter(&mut world, with_plan(plan));
    shift(&world, 60);
    world.advance(secs(3));
    let until = world.now() + secs(1_200);
    world.press("ana", Hold(until)).expect("Ana may");
    world.advance(secs(3));
    let before = world.seen();
    let state = before.exit_states.values().next().expect("one position");
    // The middle of 2.60 and 2.70 against 2.10 paid, for 300 shares.
    assert_eq!(state.high_water, dollars(165));

    world.crash();
    world.desk();
    let after = world.seen();
    assert_eq!(after.positions, before.positions);
    assert_eq!(after.exit_states, before.exit_states);
    assert_eq!(after.executions, before.executions);
    let position = held(&world);
    assert_eq!(position.exit_plan, plan);
    assert_eq!(position.hold.as_ref().map(|hold| hold.until), Some(until));
    assert_eq!(after.desk.trading, before.desk.trading);
}

// R41
#[test]
fn the_trailing_stop_fires_after_a_restart_where_it_would_have_fired_without() {
    for crashes in [false, true] {
        let mut world = World::new();
        Due::Trail.enter(&mut world);
        shift(&world, 40);
        world.advance(secs(3));
        if crashes {
            world.crash();
        }
        shift(&world, -20);
        world.advance(secs(6));
        assert!(world.exit().is_none(), "crashes: {crashes}");
        shift(&world, -1);
        world.advance(secs(3));
        let exit = world.exit().expect("the trail");
        assert_eq!(reason(&exit), ExitReason::TrailingStop);
    }
}

// R41
#[test]
fn an_exit_on_its_way_goes_on_after_a_restart_and_is_not_sent_again() {
    let mut world = holding(crate::scene::stop());
    world.broker.behave(|manner| manner.exit_room = Some(0));
    shift(&world, -100);
    world.advance(secs(3));
    let before = world.exit().expect("the stop");
    world.crash();
    world.desk();
    let after = world.exit().expect("the stop");
    assert_eq!(
        (after.id, after.attempt, after.limit),
        (before.id, before.attempt, before.limit)
    );
    let closing = world.broker.orders();
    let closing = closing.iter().filter(|order| !order.request.opens);
    assert_eq!(closing.count(), 1);
}

// R42
#[test]
fn a_new_position_in_the_same_contract_starts_without_a_high_water_mark() {
    let mut world = World::new();
    Due::Trail.enter(&mut world);
    let first = held(&world).id;
    shift(&world, -21);
    world.advance(secs(24));
    assert!(held(&world).state.is_closed());

    world.market.quote(Due::Trail.instrument(), 200, 210);
    enter(
        &mut world,
        with_plan(ExitPlan {
            trail: Some(TrailingStop {
                arm: Percent(20),
                give_back: Percent(10),
            }),
            ..no_plan()
        }),
    );
    let second = held(&world).id;
    assert_ne!(first, second);
    world.advance(secs(6));
    let seen = world.seen();
    assert_eq!(seen.exit_states.get(&first), None);
    assert_eq!(
        seen.exit_states.get(&second).copied(),
        Some(ExitState::default())
    );
    // With the old mark it would be closed here.
    shift(&world, -10);
    world.advance(secs(6));
    assert!(world.exit().is_none());
}

// R42
#[test]
fn two_positions_in_the_same_contract_have_a_high_water_mark_each() {
    let mut world = World::new();
    Due::Trail.enter(&mut world);
    let (first, early) = (held(&world).id, world.ticket());
    let plan = held(&world).exit_plan;
    shift(&world, 50);
    world.advance(secs(3));
    let high = world.seen().exit_states[&first].high_water;
    // The middle of 3.00 and 3.10 against 2.10 paid, for 300 shares: enough to arm the second.
    assert_eq!(high, dollars(285));
    // Bought at 3.10, the second has made nothing yet.
    let dearer = Offer {
        limit: cents(310),
        ..with_plan(plan)
    };
    enter(&mut world, dearer);
    let second = held(&world).id;
    world.advance(secs(6));
    assert!(
        world.exit().is_none(),
        "the mark of the first is not its own"
    );
    let seen = world.seen();
    assert_eq!(seen.exit_states[&first].high_water, high);
    assert!(seen.exit_states[&second].high_water.is_zero());
    // The first gives back a tenth of its premium; the second was never armed.
    shift(&world, -21);
    world.advance(secs(3));
    assert!(world.exit().is_none());
    world.turn_to(early);
    assert_eq!(
        reason(&world.exit().expect("the trail")),
        ExitReason::TrailingStop
    );
}
