//! Hours: nothing is decided while the market is closed, and what fell due goes out at the open.

use countersign_desk::desk::DeskAsk;
use countersign_domain::{
    calendar,
    exit::{ExitPlan, ExitReason},
};
use countersign_tests::{
    Button::{Close, Desk},
    World,
    market::option,
    secs,
};
use insta::assert_snapshot;
use jiff::{Timestamp, civil::date};

use super::due::{Due, on, reason};
use crate::scene::{enter, held, holding, monday, no_plan, refused, shift, stop, with_plan};

fn tuesday(hour: i8, minute: i8) -> Timestamp {
    calendar::ny(date(2026, 3, 3), hour, minute).expect("a time")
}

// R47
#[test]
fn a_time_stop_of_the_night_goes_out_with_the_first_look_after_the_open() {
    let mut world = World::new();
    let plan = ExitPlan {
        time_stop: Some(monday(20, 0)),
        ..no_plan()
    };
    enter(&mut world, with_plan(plan));
    for closed in [monday(16, 0), monday(20, 1), tuesday(4, 0), tuesday(9, 29)] {
        world.jump(closed);
        assert!(world.exit().is_none(), "at {closed}");
    }
    world.jump(tuesday(9, 30));
    let exit = world.exit().expect("it was queued");
    assert_eq!(reason(&exit), ExitReason::TimeStop);
    assert_eq!(exit.created_at, tuesday(9, 30));
}

// R47
#[test]
fn quotes_of_the_night_trigger_nothing() {
    let mut world = holding(stop());
    world.jump(monday(16, 30));
    shift(&world, -150);
    world.advance(secs(30));
    assert!(world.exit().is_none());
    shift(&world, 150);
    world.jump(tuesday(9, 30));
    world.advance(secs(6));
    assert!(world.exit().is_none());
}

// R47
#[test]
fn the_last_hour_of_a_short_day_begins_at_noon() {
    let mut world = World::new();
    let friday = date(2026, 11, 27);
    let at = |hour, minute| calendar::ny(friday, hour, minute).expect("a time");
    let name = "ACME  261127C00100000";
    world.jump(at(10, 0));
    world.market.quote(option(name), 200, 210);
    enter(&mut world, on(name, no_plan()));
    world.jump(at(11, 59));
    assert!(world.exit().is_none());
    world.jump(at(12, 0));
    assert_eq!(
        reason(&world.exit().expect("its last hour")),
        ExitReason::Expiry
    );
}

#[test]
fn the_last_hour_begins_sixty_minutes_before_the_end_and_nobody_can_hold_it() {
    let mut world = World::new();
    Due::LastHour.enter(&mut world);
    let hold = countersign_tests::Button::Hold(world.now() + secs(4 * 3_600));
    world.press("ana", hold).expect("Ana may");
    world.jump(monday(14, 0));
    let hold = countersign_tests::Button::Hold(monday(17, 0));
    world.press("ana", hold).expect("Ana may");
    world.jump(monday(14, 59));
    assert!(world.exit().is_none());
    world.jump(monday(15, 0));
    assert_eq!(
        reason(&world.exit().expect("its last hour")),
        ExitReason::Expiry
    );
}

#[test]
fn a_close_at_night_is_told_when_the_market_opens() {
    let mut world = holding(stop());
    world.jump(monday(18, 0));
    let answer = world.press("ana", Close);
    assert_snapshot!(refused(&world, answer), @"The market is closed and opens at 09:30:00 EST, Mar 3. Press again then.");
    assert!(world.exit().is_none());
}

// R44, R47
#[test]
fn a_flatten_at_night_closes_everything_at_the_open() {
    let mut world = holding(stop());
    world.jump(monday(18, 0));
    world
        .press("ana", Desk(DeskAsk::Flatten, "bad news"))
        .expect("Ana may");
    world.advance(secs(30));
    assert!(world.exit().is_none());
    world.jump(tuesday(9, 30));
    assert_eq!(reason(&world.exit().expect("the brake")), ExitReason::Brake);
    world.advance(secs(21));
    assert!(held(&world).state.is_closed());
    assert_eq!(world.seen().desk.trading.as_str(), "halted");
}
