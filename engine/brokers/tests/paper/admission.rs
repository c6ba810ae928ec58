//! What the account refuses, and in which words.

use countersign_domain::money::Usd;

use crate::world::{CALL, HIGHER_CALL, World, buy, close, id, open, sell};

fn quoted() -> World {
    let world = World::new();
    world.quote(CALL, "3.00", "3.20");
    world.quote(HIGHER_CALL, "1.00", "1.10");
    world
}

#[test]
fn a_name_is_used_once_for_ever() {
    let mut world = quoted();
    let order = open("e1", &[buy(CALL)], 1, "3.20");
    world.submit(&order).expect("taken");
    assert_eq!(world.refusal(&order), "duplicate client order id e1");
    world.news();
    assert_eq!(
        world.refusal(&order),
        "duplicate client order id e1",
        "filled"
    );
    world.reopen();
    assert_eq!(
        world.refusal(&order),
        "duplicate client order id e1",
        "reopened"
    );
    assert_eq!(world.held(CALL), 1);
}

#[test]
fn a_refused_order_does_not_exist_and_its_name_stays_free() {
    let world = quoted();
    let refused = open("e1", &[buy(CALL)], 0, "3.20");
    assert_eq!(world.refusal(&refused), "the quantity is zero");
    assert_eq!(world.find("e1"), None);
    assert_eq!(world.said_after(""), []);
    world
        .submit(&open("e1", &[buy(CALL)], 1, "3.20"))
        .expect("taken");
}

#[test]
fn a_closed_market_takes_no_orders() {
    let world = quoted();
    let order = open("e1", &[buy(CALL)], 1, "3.20");
    for closed in [
        "2024-01-17 09:29:59",
        "2024-01-17 16:00",
        "2024-01-15 12:00",
        "2024-01-20 12:00",
        "2024-11-29 13:00",
    ] {
        world.at(closed);
        assert_eq!(world.refusal(&order), "the market is closed", "{closed}");
    }
    world.at("2024-01-17 09:30");
    world.submit(&order).expect("taken at the open");
}

#[test]
fn an_ended_contract_takes_no_orders() {
    let mut world = quoted();
    world
        .submit(&open("e1", &[buy(CALL)], 1, "3.20"))
        .expect("taken");
    world.news();
    world.at("2024-01-22 10:00");
    world.quote(CALL, "3.00", "3.20");
    let words = "SPY   240119C00475000 has expired";
    assert_eq!(world.refusal(&open("e2", &[buy(CALL)], 1, "3.20")), words);
    assert_eq!(
        world.refusal(&close("x1", &[sell(CALL)], 1, "-3.00")),
        words
    );

    // An index contract that settles at the open trades until the session before.
    let index = "SPX   240119C04800000";
    world.at("2024-01-19 10:00");
    world.quote(index, "3.00", "3.20");
    let words = world.refusal(&open("e3", &[buy(index)], 1, "3.20"));
    assert_eq!(words, "SPX   240119C04800000 has expired");
}

#[test]
fn a_price_off_the_increment_is_refused() {
    let world = quoted();
    let refusal = |legs: &[_], limit| world.refusal(&open("e1", legs, 1, limit));
    assert_eq!(
        refusal(&[buy(CALL)], "1.005"),
        "limit 1.005 is no multiple of the increment 0.01"
    );
    assert_eq!(
        refusal(&[buy("GOOG  240119C00140000")], "3.02"),
        "limit 3.02 is no multiple of the increment 0.05"
    );
    assert_eq!(
        refusal(&[buy(CALL)], "0"),
        "limit 0.00 can buy nothing: it must be above zero"
    );
    assert_eq!(
        world.refusal(&close("x1", &[sell(CALL)], 1, "1.00")),
        "limit 1.00 pays for a sale: a credit is negative"
    );
    assert_eq!(
        refusal(&[buy(CALL)], "1000000.05"),
        "limit 1000000.05 is out of range"
    );
    let spread = [buy(CALL), sell(HIGHER_CALL)];
    world
        .submit(&open("e1", &spread, 1, "3.02"))
        .expect("net prices move in cents");
}

#[test]
fn an_order_without_sense_is_refused() {
    let world = quoted();
    let refusal = |legs: &[_]| world.refusal(&open("e1", legs, 1, "1.00"));
    assert_eq!(refusal(&[]), "the order has no legs");
    assert_eq!(
        refusal(&[buy(CALL), sell(CALL)]),
        "SPY   240119C00475000 stands in two legs"
    );
    let mut leg = buy(CALL);
    leg.ratio = 0;
    assert_eq!(refusal(&[leg]), "SPY   240119C00475000 has ratio zero");
    assert_eq!(
        world.refusal(&open("e1", &[buy(CALL)], 4_000_000_000, "1.00")),
        "more than 10000000 of SPY   240119C00475000"
    );
}

#[test]
fn an_opening_needs_plain_listed_contracts_and_a_known_worst_loss() {
    let world = quoted();
    let refusal = |legs: &[_]| world.refusal(&open("e1", legs, 1, "-1.00"));
    world.quote("SPY1  240119C00475000", "1.00", "1.20");
    assert_eq!(
        refusal(&[buy("SPY1  240119C00475000"), sell(CALL)]),
        "SPY1  240119C00475000 is adjusted: it can only be closed"
    );
    assert_eq!(
        refusal(&[sell(CALL), buy("SPY   240119C00490000")]),
        "unknown instrument SPY   240119C00490000: it has no market"
    );
    assert_eq!(
        refusal(&[sell(CALL)]),
        "cannot be opened in this account: these legs are no structure that the desk trades: \
         use a single long option or a vertical of one expiry"
    );
}

#[test]
fn a_debit_binds_its_price_and_fees_until_it_is_gone() {
    let world = World::with(|config| config.starting_cash = dollars("1000"));
    world.quote(CALL, "3.00", "3.20");
    let power = || world.account().buying_power.to_string();
    assert_eq!(
        world.refusal(&open("e1", &[buy(CALL)], 5, "2.00")),
        "insufficient buying power: needs $1003.25, has $1000.00"
    );
    world
        .submit(&open("e1", &[buy(CALL)], 4, "2.00"))
        .expect("taken");
    assert_eq!(power(), "197.40");
    assert_eq!(
        world.refusal(&open("e2", &[buy(CALL)], 1, "2.00")),
        "insufficient buying power: needs $200.65, has $197.40"
    );
    world.cancel("e1").expect("cancelled");
    assert_eq!(power(), "1000.00");
}

#[test]
fn a_credit_spread_binds_its_worst_loss_before_and_its_width_after() {
    let mut world = World::with(|config| config.starting_cash = dollars("1000"));
    world.quote(CALL, "3.00", "3.20");
    world.quote(HIGHER_CALL, "1.00", "1.10");
    let spread = [sell(CALL), buy(HIGHER_CALL)];
    world
        .submit(&open("e1", &spread, 2, "-1.90"))
        .expect("taken");
    // Five wide, 1.90 received: 310 a unit, and fees.
    assert_eq!(world.account().buying_power.to_string(), "377.40");
    world.news();
    // Received 3.05 - 1.08 = 1.97 a share; 500 a unit are bound.
    let account = world.account();
    assert_eq!(account.cash.to_string(), "1391.40");
    assert_eq!(account.buying_power.to_string(), "391.40");

    world.pass(1_000);
    world.quote(CALL, "3.00", "3.20");
    world.quote(HIGHER_CALL, "1.00", "1.10");
    let back = [buy(CALL), sell(HIGHER_CALL)];
    world
        .submit(&close("x1", &back, 2, "2.20"))
        .expect("closing needs no buying power");
    world.news();
    assert_eq!(world.positions(), []);
    assert_eq!(world.account().buying_power, world.account().cash);
}

#[test]
fn a_short_call_that_nothing_covers_any_more_binds_its_strike() {
    let mut world = quoted();
    let spread = [sell(CALL), buy(HIGHER_CALL)];
    world
        .submit(&open("e1", &spread, 1, "-1.90"))
        .expect("taken");
    world.news();
    world.pass(1_000);
    world.quote(HIGHER_CALL, "1.00", "1.10");
    world
        .submit(&close("x1", &[sell(HIGHER_CALL)], 1, "-1.00"))
        .expect("a person may");
    world.news();
    let account = world.account();
    let bound = account.cash - account.buying_power;
    assert_eq!(bound.to_string(), "47500.00");
}

// R51
#[test]
fn closing_more_than_held_is_refused() {
    let mut world = quoted();
    assert_eq!(
        world.refusal(&close("x1", &[sell(CALL)], 1, "-3.00")),
        "closing more than held: 1 of SPY   240119C00475000, with 0 held long \
         and 0 of them in other orders"
    );
    world
        .submit(&open("e1", &[buy(CALL)], 3, "3.20"))
        .expect("taken");
    world.news();
    world
        .submit(&close("x1", &[sell(CALL)], 2, "-9.00"))
        .expect("taken");
    assert_eq!(
        world.refusal(&close("x2", &[sell(CALL)], 2, "-9.00")),
        "closing more than held: 2 of SPY   240119C00475000, with 3 held long \
         and 2 of them in other orders"
    );
    assert_eq!(
        world.refusal(&close("x2", &[buy(CALL)], 1, "3.00")),
        "closing more than held: 1 of SPY   240119C00475000, with 0 held short \
         and 0 of them in other orders"
    );
    world
        .submit(&close("x2", &[sell(CALL)], 1, "-9.00"))
        .expect("the last one");
}

// R51
#[test]
fn the_other_side_of_what_is_held_or_on_its_way_is_not_opened() {
    let mut world = quoted();
    world
        .submit(&open("e1", &[buy(CALL)], 1, "1.00"))
        .expect("taken");
    let credit = [sell(CALL), buy(HIGHER_CALL)];
    assert_eq!(
        world.refusal(&open("e2", &credit, 1, "-1.00")),
        "an order opens the other side of SPY   240119C00475000"
    );
    world.cancel("e1").expect("cancelled");
    world
        .submit(&open("e3", &[buy(CALL)], 1, "3.20"))
        .expect("taken");
    world.news();
    assert_eq!(
        world.refusal(&open("e2", &credit, 1, "-1.00")),
        "the other side of SPY   240119C00475000 is held: close it first"
    );
}

#[test]
fn an_unknown_or_ended_order_is_not_cancelled() {
    let mut world = quoted();
    let words = |world: &World, text: &str| {
        let error = world.cancel(text).expect_err("refused");
        error.to_string()
    };
    assert_eq!(words(&world, "e1"), "broker refused: unknown order e1");
    world
        .submit(&open("e1", &[buy(CALL)], 1, "1.00"))
        .expect("taken");
    world.cancel("e1").expect("cancelled");
    assert_eq!(
        words(&world, "e1"),
        "broker refused: already ended: cancelled"
    );
    world
        .submit(&open("e2", &[buy(CALL)], 1, "3.20"))
        .expect("taken");
    world.news();
    assert_eq!(words(&world, "e2"), "broker refused: already filled");
    assert_eq!(world.find("e3"), None);
    assert_eq!(
        world.find("e2").expect("known").order.client_order_id,
        id("e2")
    );
}

fn dollars(text: &str) -> Usd {
    text.parse().expect("dollars")
}
