//! When, at which price and how much of an order is executed.

use crate::world::{CALL, HIGHER_CALL, World, at_once, buy, close, ny, open, sell};

// R56
#[test]
fn an_order_crosses_half_of_the_half_spread_and_pays_less_than_its_limit() {
    let mut world = World::new();
    world.quote(CALL, "1.00", "1.20");
    world
        .submit(&open("e1", &[buy(CALL)], 2, "1.20"))
        .expect("taken");

    assert_eq!(
        world.news(),
        [
            "e1 working",
            "e1 bought 2 SPY   240119C00475000 at 1.15, fee 1.30",
            "e1 filled",
        ]
    );
    assert_eq!(world.held(CALL), 2);
    assert_eq!(world.account().cash.to_string(), "99768.70");
}

#[test]
fn a_sale_receives_the_same_part_below_the_mid() {
    let mut world = World::new();
    world.quote(CALL, "1.00", "1.20");
    world
        .submit(&open("e1", &[buy(CALL)], 1, "1.20"))
        .expect("taken");
    world.news();
    world.pass(1_000);
    world.quote(CALL, "2.00", "2.20");
    world
        .submit(&close("x1", &[sell(CALL)], 1, "-2.00"))
        .expect("taken");

    assert_eq!(
        world.news(),
        [
            "x1 working",
            "x1 sold 1 SPY   240119C00475000 at 2.05, fee 0.65",
            "x1 filled",
        ]
    );
    assert_eq!(world.held(CALL), 0);
    assert_eq!(world.account().cash.to_string(), "100088.70");
}

#[test]
fn a_fraction_of_a_cent_is_rounded_against_us_but_never_out_of_the_quote() {
    let mut world = World::new();
    world.quote(CALL, "1.00", "1.01");
    world
        .submit(&open("e1", &[buy(CALL)], 1, "1.01"))
        .expect("taken");
    assert!(world.news()[1].contains("at 1.01,"));

    let mut world = World::new();
    world.quote(CALL, "1.001", "1.004");
    world
        .submit(&open("e1", &[buy(CALL)], 1, "1.01"))
        .expect("taken");
    assert!(world.news()[1].contains("at 1.004,"));
}

#[test]
fn the_part_of_the_spread_that_is_crossed_is_a_setting() {
    let paid = |cross: &str| {
        let mut world = World::with(|config| config.cross_share = cross.parse().expect("a share"));
        world.quote(CALL, "1.00", "1.20");
        world
            .submit(&open("e1", &[buy(CALL)], 1, "1.20"))
            .expect("taken");
        world.news()[1].clone()
    };
    assert!(paid("0").contains("at 1.10,"));
    assert!(paid("1").contains("at 1.20,"));
}

#[test]
fn a_limit_that_the_model_does_not_reach_waits_for_a_better_quote() {
    let mut world = World::new();
    world.quote(CALL, "1.00", "1.20");
    world
        .submit(&open("e1", &[buy(CALL)], 1, "1.14"))
        .expect("taken");
    assert_eq!(world.news(), ["e1 working"]);

    world.pass(1_000);
    world.quote(CALL, "0.98", "1.18");
    assert_eq!(
        world.news(),
        [
            "e1 bought 1 SPY   240119C00475000 at 1.13, fee 0.65",
            "e1 filled"
        ]
    );
}

// R38
#[test]
fn what_a_quote_cannot_give_waits_for_the_next_one() {
    let mut world = World::new();
    world.quote_of(CALL, "1.00", "1.20", 3);
    world
        .submit(&open("e1", &[buy(CALL)], 8, "1.20"))
        .expect("taken");
    assert_eq!(
        world.news(),
        [
            "e1 working",
            "e1 bought 3 SPY   240119C00475000 at 1.15, fee 1.95"
        ]
    );
    assert_eq!(world.news(), [""; 0], "a quote's size is there once");

    world.pass(1_000);
    world.quote_of(CALL, "1.00", "1.20", 3);
    assert_eq!(
        world.news(),
        ["e1 bought 3 SPY   240119C00475000 at 1.15, fee 1.95"]
    );

    world.pass(1_000);
    world.quote_of(CALL, "1.00", "1.20", 3);
    assert_eq!(
        world.news(),
        [
            "e1 bought 2 SPY   240119C00475000 at 1.15, fee 1.30",
            "e1 filled"
        ]
    );
    let ids: Vec<_> = world.find("e1").expect("known").executions;
    let ids: Vec<_> = ids
        .iter()
        .map(|execution| execution.id.0.as_str())
        .collect();
    let born = ny("2024-01-17 10:00").as_microsecond();
    assert_eq!(
        ids,
        [1, 2, 3].map(|number| format!("paper-{born}-{number}"))
    );
}

#[test]
fn two_orders_share_the_size_of_one_quote_and_the_older_is_served_first() {
    let mut world = World::new();
    world.submit_unquoted_pair();
    world.quote_of(CALL, "1.00", "1.20", 3);
    let news = world.news();
    assert_eq!(
        news[2..],
        [
            "e1 bought 2 SPY   240119C00475000 at 1.15, fee 1.30",
            "e1 filled",
            "e2 bought 1 SPY   240119C00475000 at 1.15, fee 0.65",
        ]
    );
}

impl World {
    /// Two orders of two, e1 and e2, that wait for a quote.
    fn submit_unquoted_pair(&self) {
        self.quote(CALL, "8.00", "8.20");
        self.submit(&open("e1", &[buy(CALL)], 2, "1.20"))
            .expect("taken");
        self.submit(&open("e2", &[buy(CALL)], 2, "1.20"))
            .expect("taken");
        self.pass(1_000);
    }
}

#[test]
fn only_the_allowed_part_of_a_quote_is_taken() {
    let mut world = World::with(|config| config.participation_percent = 25);
    world.quote_of(CALL, "1.00", "1.20", 10);
    world
        .submit(&open("e1", &[buy(CALL)], 8, "1.20"))
        .expect("taken");
    assert!(world.news()[1].contains("bought 2 "));
}

// R56
#[test]
fn an_order_reaches_the_market_after_its_latency_and_older_quotes_do_not_fill_it() {
    let mut world = World::with(|config| config.latency_ms = 250);
    world.quote(CALL, "1.00", "1.20");
    world
        .submit(&open("e1", &[buy(CALL)], 1, "1.20"))
        .expect("taken");
    world.pass(249);
    world.quote(CALL, "1.00", "1.20");
    assert_eq!(world.news(), ["e1 working"], "not there yet");
    world.pass(1);
    assert_eq!(
        world.news(),
        [""; 0],
        "the quote was visible before the order was there"
    );
    world.quote(CALL, "1.00", "1.20");
    assert_eq!(world.news().len(), 2);
}

// R56, R49
#[test]
fn no_order_is_filled_through_a_quote_that_cannot_be_believed() {
    let mut world = World::with(|config| config.max_quote_age_ms = 5_000);
    world.quote(CALL, "8.00", "8.20");
    world
        .submit(&open("e1", &[buy(CALL)], 1, "1.20"))
        .expect("taken");
    world.news();
    world.pass(10_000);
    let now = world.now();
    let stale = now - jiff::SignedDuration::from_millis(5_001);
    let future = now + jiff::SignedDuration::from_millis(1);
    world.quote_at(CALL, ("1.00", "1.20"), 10, stale);
    assert_eq!(world.news(), [""; 0], "stale");
    world.quote_at(CALL, ("1.00", "1.20"), 10, future);
    assert_eq!(world.news(), [""; 0], "of the future");
    world.quote(CALL, "1.30", "1.10");
    assert_eq!(world.news(), [""; 0], "crossed");
    world.quote(CALL, "0", "1.10");
    assert_eq!(world.news(), [""; 0], "no bid");
    world.quote_of(CALL, "1.00", "1.10", 0);
    assert_eq!(world.news(), [""; 0], "no size");
    world.quote(CALL, "-1.00", "1.10");
    assert_eq!(world.news(), [""; 0], "negative");
    world.quote_at(
        CALL,
        ("1.00", "1.20"),
        10,
        now - jiff::SignedDuration::from_millis(5_000),
    );
    assert_eq!(world.news().len(), 2, "as old as is allowed");
}

#[test]
fn a_spread_is_filled_on_both_legs_at_once_at_one_net_price() {
    let mut world = World::new();
    world.quote(CALL, "3.00", "3.20");
    world.quote_of(HIGHER_CALL, "1.00", "1.10", 2);
    let spread = [buy(CALL), sell(HIGHER_CALL)];
    // 3.15 - 1.02 = 2.13: the short leg's 1.025 is rounded down.
    world
        .submit(&open("e1", &spread, 5, "2.12"))
        .expect("taken");
    assert_eq!(world.news(), ["e1 working"], "a cent short");

    world
        .submit(&open("e2", &spread, 5, "2.13"))
        .expect("taken");
    assert_eq!(
        world.news(),
        [
            "e2 working",
            "e2 bought 2 SPY   240119C00475000 at 3.15, fee 1.30",
            "e2 sold 2 SPY   240119C00480000 at 1.02, fee 1.30",
        ]
    );
    world.pass(1_000);
    world.quote(CALL, "3.00", "3.20");
    assert_eq!(
        world.news(),
        [""; 0],
        "the quote of the other leg is used up"
    );
    world.quote(HIGHER_CALL, "1.00", "1.10");
    assert_eq!(
        world.news(),
        [
            "e2 bought 3 SPY   240119C00475000 at 3.15, fee 1.95",
            "e2 sold 3 SPY   240119C00480000 at 1.02, fee 1.95",
            "e2 filled",
        ]
    );
}

#[test]
fn a_leg_without_a_quote_holds_the_whole_order() {
    let mut world = World::new();
    world.quote(CALL, "3.00", "3.20");
    world.quote(HIGHER_CALL, "1.00", "1.10");
    world
        .submit(&open("e1", &[buy(CALL), sell(HIGHER_CALL)], 1, "2.20"))
        .expect("taken");
    world.market.forget(&crate::world::instrument(HIGHER_CALL));
    assert_eq!(world.news(), ["e1 working"]);
    assert_eq!(world.positions(), []);
}

#[test]
fn an_immediate_order_takes_what_is_there_and_ends() {
    let mut world = World::new();
    world.quote_of(CALL, "1.00", "1.20", 3);
    world
        .submit(&at_once(open("e1", &[buy(CALL)], 8, "1.20")))
        .expect("taken");
    assert_eq!(
        world.news(),
        [
            "e1 working",
            "e1 bought 3 SPY   240119C00475000 at 1.15, fee 1.95",
            "e1 gone (immediate or cancel: the rest was not filled)",
        ]
    );
}

#[test]
fn an_immediate_order_past_its_limit_ends_with_nothing() {
    let mut world = World::new();
    world.quote(CALL, "1.00", "1.20");
    world
        .submit(&at_once(open("e1", &[buy(CALL)], 8, "1.10")))
        .expect("taken");
    assert_eq!(
        world.news(),
        [
            "e1 working",
            "e1 gone (immediate or cancel: nothing was filled)"
        ]
    );
}

#[test]
fn an_immediate_order_waits_a_bounded_time_for_its_first_quote() {
    let mut world = World::with(|config| config.ioc_wait_ms = 2_000);
    world.quote(CALL, "1.00", "1.20");
    world.pass(1);
    world
        .submit(&at_once(open("e1", &[buy(CALL)], 1, "1.20")))
        .expect("taken");
    world.pass(1_999);
    assert_eq!(world.news(), ["e1 working"]);
    world.pass(1);
    assert_eq!(
        world.news(),
        ["e1 gone (immediate or cancel: there was no quote to trade on)"]
    );
}

// R47
#[test]
fn a_day_order_ends_with_its_session_also_with_an_early_close() {
    let mut world = World::new();
    let call = "SPY   241220C00600000";
    world.at("2024-11-29 12:59");
    world.quote(call, "1.00", "1.20");
    world
        .submit(&open("e1", &[buy(call)], 1, "0.50"))
        .expect("taken");
    assert_eq!(world.news(), ["e1 working"]);
    world.at("2024-11-29 13:00");
    world.quote(call, "0.10", "0.12");
    assert_eq!(world.news(), ["e1 gone (the session has ended)"]);
    assert_eq!(world.open_orders(), []);
}
