//! Bad marks: they trigger no price exit, and hold no other.

use countersign_domain::{
    exit::{ExitPlan, ExitReason},
    instrument::Instrument,
    money::Percent,
    quote::{Quote, Source},
};
use countersign_tests::{
    Button::{Close, Confirm},
    Offer, Setup, World,
    market::{CALL, HIGH_CALL, call_spread, cents, option, shares},
    secs,
};

use super::due::reason;
use crate::scene::{holding, holding_in, no_plan, stop};

/// Shows that quote from now on, and no other, however old it becomes.
fn show(world: &World, bid: i64, ask: i64, age: i64) {
    let instrument = option(CALL);
    world.market.withdraw(instrument);
    let quote = Quote {
        bid: cents(bid),
        ask: cents(ask),
        bid_size: 100,
        ask_size: 100,
        at: world.now() - secs(age),
        source: Source::Scripted,
    };
    world.market.feed().set_quote(instrument, quote);
}

/// Spoils a quote of a world.
type Spoil = fn(&World);

#[test]
fn the_feed_is_told_whose_quotes_are_wanted() {
    let mut world = World::new();
    let watched = |world: &World| world.market.feed().watched();
    // The underlying is on the watchlist.
    let wanted = [shares(), option(CALL)];
    world.advance(secs(3));
    assert_eq!(watched(&world), [shares()], "nothing is held or offered");
    world.propose(Offer::default()).expect("it is offered");
    world.advance(secs(3));
    assert_eq!(watched(&world), wanted, "it is offered");
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(6));
    assert_eq!(watched(&world), wanted, "it is held");
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(15));
    assert_eq!(watched(&world), [shares()], "it is closed");
}

// R49
#[test]
fn no_bad_quote_triggers_a_stop() {
    let spoilt: [(&str, Spoil); 7] = [
        ("missing", |world| world.market.withdraw(option(CALL))),
        ("no bid", |world| world.market.quote(option(CALL), 0, 5)),
        ("crossed", |world| world.market.quote(option(CALL), 50, 40)),
        ("negative", |world| {
            world.market.quote(option(CALL), -50, 40);
        }),
        ("no size", |world| {
            world.market.quote_sizes(option(CALL), (40, 50), 0);
        }),
        ("stale", |world| show(world, 40, 50, 31)),
        ("from the future", |world| show(world, 40, 50, -60)),
    ];
    for (what, spoil) in spoilt {
        let mut world = holding(stop());
        spoil(&world);
        world.advance(secs(12));
        assert!(world.exit().is_none(), "{what} triggered it");
        // The same price, believable, does.
        world.market.quote(option(CALL), 40, 50);
        world.advance(secs(3));
        assert!(world.exit().is_some(), "{what} is over");
    }
}

// R49
#[test]
fn a_wide_quote_triggers_a_stop_only_when_three_looks_in_a_row_agree() {
    let mut world = holding(stop());
    let wide = |world: &World| world.market.quote(option(CALL), 20, 120);
    wide(&world);
    world.advance(secs(6));
    assert!(world.exit().is_none());
    // One quiet look in between starts the count again.
    world.market.quote(option(CALL), 190, 210);
    world.advance(secs(3));
    wide(&world);
    world.advance(secs(6));
    assert!(world.exit().is_none());
    world.advance(secs(3));
    assert_eq!(
        reason(&world.exit().expect("three agree")),
        ExitReason::StopLoss
    );
}

// R49
#[test]
fn a_wide_quote_does_not_raise_the_high_water_mark() {
    let plan = ExitPlan {
        trail: Some(countersign_domain::exit::TrailingStop {
            arm: Percent(20),
            give_back: Percent(10),
        }),
        ..no_plan()
    };
    let mut world = holding(plan);
    world.market.quote(option(CALL), 300, 700);
    world.advance(secs(3));
    world.market.quote(option(CALL), 200, 210);
    world.advance(secs(12));
    assert!(world.exit().is_none());
    let states = world.seen().exit_states.clone();
    assert!(states.values().all(|state| state.high_water.is_zero()));
}

/// A call spread for 1.30 that is closed by that plan.
fn spread(plan: ExitPlan) -> World {
    let offer = Offer {
        structure: call_spread(),
        limit: cents(130),
        exit_plan: plan,
        ..Offer::default()
    };
    holding_in(Setup::default(), offer)
}

fn withdraw_high_call(world: &World) -> Instrument {
    let high = option(HIGH_CALL);
    world.market.withdraw(high);
    high
}

// R54
#[test]
fn without_the_price_of_one_leg_the_time_stop_goes_out_by_the_last_believed_mark() {
    let begin = World::new().now();
    let plan = ExitPlan {
        time_stop: Some(begin + secs(60)),
        stop_loss: Some(Percent(50)),
        ..no_plan()
    };
    let mut world = spread(plan);
    withdraw_high_call(&world);
    // The other leg falls as far as it can: without the first one nobody knows what that means.
    world.market.quote(option(CALL), 1, 2);
    world.advance(secs(30));
    assert!(world.exit().is_none());
    world.advance(secs(27));
    let exit = world.exit().expect("the time stop");
    assert_eq!(reason(&exit), ExitReason::TimeStop);
    // 0.015 believed for the one, 0.85 for the other: closing costs 0.835, and not a cent less.
    assert_eq!(exit.limit, cents(84));
    assert_eq!(exit.legs.len(), 2);
}

// R54
#[test]
fn without_the_price_of_one_leg_the_days_to_expiry_count_all_the_same() {
    let plan = ExitPlan {
        days_to_expiry: Some(17),
        ..no_plan()
    };
    let mut world = spread(plan);
    withdraw_high_call(&world);
    let tomorrow = world.now() + secs(86_400);
    world.jump(tomorrow);
    let exit = world.exit().expect("the days are over");
    assert_eq!(reason(&exit), ExitReason::DaysToExpiry);
}
