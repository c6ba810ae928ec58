//! What lasts is told once: a position without a mark, a broker that does not answer.

use countersign_domain::event::Alarm;
use countersign_tests::{
    World,
    market::{CALL, option},
    secs,
};

use crate::scene::{held, holding, no_plan};

fn count(world: &World, wanted: impl Fn(&Alarm) -> bool) -> usize {
    world.alarms().iter().filter(|alarm| wanted(alarm)).count()
}

#[test]
fn a_position_without_a_mark_for_five_minutes_is_an_alarm_once_until_it_is_marked_again() {
    let mut world = holding(no_plan());
    let position = held(&world);
    let unmarked = |alarm: &Alarm| *alarm == Alarm::Unmarked(position.id);
    let sides = world.market.sides_of(option(CALL)).expect("a quote");
    world.market.withdraw(option(CALL));
    world.advance(secs(240));
    assert_eq!(count(&world, unmarked), 0);
    world.advance(secs(600));
    assert_eq!(count(&world, unmarked), 1);
    world.market.quote(option(CALL), sides.0, sides.1);
    world.advance(secs(30));
    world.market.withdraw(option(CALL));
    world.advance(secs(330));
    assert_eq!(count(&world, unmarked), 2);
}

#[test]
fn a_broker_that_does_not_answer_for_half_a_minute_is_an_alarm_once() {
    let mut world = holding(no_plan());
    let down = |alarm: &Alarm| matches!(alarm, Alarm::BrokerDown(_));
    world.broker.behave(|manner| manner.reachable = false);
    world.advance(secs(24));
    assert_eq!(count(&world, down), 0);
    world.advance(secs(120));
    assert_eq!(count(&world, down), 1);
    world.broker.heal();
}
