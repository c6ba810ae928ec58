//! Every reason for which a position is closed: not a cent and not a second before.

use countersign_domain::{
    exit::{ExitPlan, ExitReason},
    money::{Contracts, Percent},
    position::{ClosedBy, PositionState},
};
use countersign_tests::{Setup, World, market::cents, secs};

use super::due::{Due, reason};
use crate::scene::{held, holding, no_plan, shift, stop, target};

// R51
#[test]
fn every_exit_closes_what_is_held_and_says_why() {
    for due in Due::ALL {
        let mut world = World::new();
        due.enter(&mut world);
        due.come(&mut world);
        world.advance(secs(3));
        let exit = world.exit().unwrap_or_else(|| panic!("{due:?} went out"));
        assert_eq!(reason(&exit), due.reason(), "{due:?}");
        assert_eq!(exit.quantity, Contracts(3));

        let sent = world.broker.orders();
        let closing = sent.last().expect("it was sent");
        // Every order says whether it opens or closes.
        assert!(!closing.request.opens && sent[0].request.opens);
        world.advance(secs(21));
        let by = ClosedBy::Exit(due.reason());
        let state = held(&world).state;
        assert!(
            matches!(state, PositionState::Closed { by: known, .. } if known == by),
            "{due:?}: {state:?}"
        );
        assert!(world.broker.held().is_empty());
    }
}

#[test]
fn the_target_fires_at_its_cent_and_not_before() {
    let mut world = holding(target());
    // Three contracts at 2.10 make a premium of $630: half of it is won at 3.15.
    shift(&world, 109);
    world.advance(secs(9));
    assert!(world.exit().is_none());
    shift(&world, 1);
    world.advance(secs(3));
    assert_eq!(
        reason(&world.exit().expect("the target")),
        ExitReason::ProfitTarget
    );
}

#[test]
fn the_stop_fires_at_its_cent_and_not_before() {
    let mut world = holding(stop());
    shift(&world, -99);
    world.advance(secs(9));
    assert!(world.exit().is_none());
    shift(&world, -1);
    world.advance(secs(3));
    assert_eq!(
        reason(&world.exit().expect("the stop")),
        ExitReason::StopLoss
    );
}

#[test]
fn the_trailing_stop_follows_the_best_profit_and_fires_below_it_once_armed() {
    let mut world = World::new();
    Due::Trail.enter(&mut world);
    // Armed at 2.55, it follows to 2.95 and gives back 0.21 of it.
    shift(&world, 40);
    world.advance(secs(3));
    shift(&world, -20);
    world.advance(secs(3));
    assert!(world.exit().is_none());
    shift(&world, -1);
    world.advance(secs(3));
    assert_eq!(
        reason(&world.exit().expect("the trail")),
        ExitReason::TrailingStop
    );
}

#[test]
fn a_trailing_stop_that_is_not_armed_lets_a_loss_run() {
    let plan = ExitPlan {
        trail: Some(countersign_domain::exit::TrailingStop {
            arm: Percent(20),
            give_back: Percent(10),
        }),
        ..no_plan()
    };
    let mut world = holding(plan);
    shift(&world, 40);
    world.advance(secs(3));
    shift(&world, -140);
    world.advance(secs(9));
    assert!(world.exit().is_none());
}

#[test]
fn a_time_stop_fires_at_its_second_and_not_before() {
    let mut world = World::new();
    Due::Time.enter(&mut world);
    let at = held(&world).exit_plan.time_stop.expect("it has one");
    world.jump(at - secs(1));
    assert!(world.exit().is_none());
    world.advance(secs(3));
    assert_eq!(
        reason(&world.exit().expect("the time stop")),
        ExitReason::TimeStop
    );
}

#[test]
fn an_exit_starts_at_the_middle_and_never_asks_for_nothing() {
    let mut world = holding(stop());
    // Twice as wide as its middle: three looks have to agree.
    world.market.quote(Due::Stop.instrument(), 1, 2);
    world.advance(secs(9));
    let exit = world.exit().expect("the stop");
    // Selling is a credit: what is asked for is negative, and at least one increment.
    assert_eq!(exit.limit, cents(-1));
}

#[test]
fn many_positions_are_each_closed_by_their_own_plan() {
    let mut world = World::with(Setup::default());
    Due::Target.enter(&mut world);
    let first = world.ticket();
    Due::Stop.enter(&mut world);
    let second = world.ticket();
    shift(&world, 110);
    world.advance(secs(3));
    let exits = |ticket| {
        let orders = world.story_of(ticket).orders;
        orders
            .iter()
            .filter(|order| !order.purpose.is_entry())
            .count()
    };
    assert_eq!((exits(first), exits(second)), (1, 0));
}
