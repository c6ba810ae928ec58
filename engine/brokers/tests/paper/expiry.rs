//! What becomes of contracts at their end.

use crate::world::{CALL, HIGHER_CALL, World, buy, open, sell};

const PUT: &str = "SPY   240119P00475000";
const LOWER_PUT: &str = "SPY   240119P00470000";

/// An account that holds what `legs` open, once.
fn holding(legs: &[countersign_domain::structure::Leg], quotes: &[(&str, &str, &str)]) -> World {
    let mut world = World::new();
    for (text, bid, ask) in quotes {
        world.quote(text, bid, ask);
    }
    world.submit(&open("e1", legs, 2, "99.00")).expect("taken");
    assert_eq!(world.news().last().map(String::as_str), Some("e1 filled"));
    world
}

fn long_call() -> World {
    holding(&[buy(CALL)], &[(CALL, "3.00", "3.20")])
}

#[test]
fn a_long_call_in_the_money_is_exercised_for_shares() {
    // R53
    let mut world = long_call();
    world.at("2024-01-19 16:04:59");
    world.quote("SPY", "480.00", "480.02");
    assert_eq!(world.news(), [""; 0], "not before the time that is set");
    world.at("2024-01-19 16:05");
    assert_eq!(
        world.news(),
        [
            "exercised sold 2 SPY   240119C00475000 at 0.00, fee 0.00",
            "exercised bought 200 SPY at 475.00, fee 0.00",
        ]
    );
    assert_eq!((world.held(CALL), world.held("SPY")), (0, 200));
    // 100,000 - 630 - 1.30 - 95,000
    assert_eq!(world.account().cash.to_string(), "4368.70");
    assert_eq!(world.news(), [""; 0], "once");
}

#[test]
fn a_cent_in_the_money_is_enough_and_less_is_not() {
    let settled = |bid: &str, ask: &str| {
        let mut world = long_call();
        world.at("2024-01-19 16:05");
        world.quote("SPY", bid, ask);
        world.news()
    };
    assert_eq!(settled("475.00", "475.02").len(), 2, "475.01");
    assert_eq!(
        settled("475.00", "475.01"),
        ["expired sold 2 SPY   240119C00475000 at 0.00, fee 0.00"],
        "475.005"
    );
}

#[test]
fn a_long_put_in_the_money_is_exercised_and_delivers_shares() {
    let mut world = holding(&[buy(PUT)], &[(PUT, "3.00", "3.20")]);
    world.at("2024-01-19 16:05");
    world.quote("SPY", "470.00", "470.02");
    assert_eq!(
        world.news(),
        [
            "exercised sold 2 SPY   240119P00475000 at 0.00, fee 0.00",
            "exercised sold 200 SPY at 475.00, fee 0.00",
        ]
    );
    let account = world.account();
    assert_eq!(account.cash.to_string(), "194368.70");
    // 150 % of 95,000 are bound by short shares.
    assert_eq!(account.buying_power.to_string(), "51868.70");
}

#[test]
fn a_short_leg_is_assigned_while_the_long_one_expires() {
    // R53
    let legs = [sell(PUT), buy(LOWER_PUT)];
    let mut world = holding(&legs, &[(PUT, "3.00", "3.20"), (LOWER_PUT, "1.00", "1.10")]);
    world.at("2024-01-19 16:05");
    world.quote("SPY", "472.00", "472.02");
    assert_eq!(
        world.news(),
        [
            "expired sold 2 SPY   240119P00470000 at 0.00, fee 0.00",
            "assigned bought 2 SPY   240119P00475000 at 0.00, fee 0.00",
            "assigned bought 200 SPY at 475.00, fee 0.00",
        ]
    );
}

#[test]
fn a_short_call_is_assigned_and_the_covering_one_is_exercised() {
    let legs = [sell(CALL), buy(HIGHER_CALL)];
    let mut world = holding(
        &legs,
        &[(CALL, "3.00", "3.20"), (HIGHER_CALL, "1.00", "1.10")],
    );
    let cash = world.account().cash;
    world.at("2024-01-19 16:05");
    world.quote("SPY", "490.00", "490.02");
    assert_eq!(
        world.news(),
        [
            "assigned bought 2 SPY   240119C00475000 at 0.00, fee 0.00",
            "assigned sold 200 SPY at 475.00, fee 0.00",
            "exercised sold 2 SPY   240119C00480000 at 0.00, fee 0.00",
            "exercised bought 200 SPY at 480.00, fee 0.00",
        ]
    );
    assert_eq!(world.positions(), []);
    assert_eq!(
        (cash - world.account().cash).to_string(),
        "1000.00",
        "the width"
    );
}

#[test]
fn contracts_out_of_the_money_expire_worthless() {
    let mut world = long_call();
    world.at("2024-01-19 16:05");
    world.quote("SPY", "470.00", "470.02");
    assert_eq!(
        world.news(),
        ["expired sold 2 SPY   240119C00475000 at 0.00, fee 0.00"]
    );
    assert_eq!(world.positions(), []);
}

#[test]
fn an_index_contract_is_paid_in_cash_after_the_close() {
    let call = "SPXW  240119C04800000";
    let mut world = holding(&[buy(call)], &[(call, "3.00", "3.20")]);
    world.at("2024-01-19 16:05");
    world.quote("SPX", "4810.00", "4810.50");
    assert_eq!(
        world.news(),
        ["expired sold 2 SPXW  240119C04800000 at 10.25, fee 0.00"]
    );
    assert_eq!(world.positions(), []);
}

#[test]
fn an_index_contract_that_settles_at_the_open_waits_for_it() {
    let call = "SPX   240119C04800000";
    let mut world = holding(&[buy(call)], &[(call, "3.00", "3.20")]);
    world.at("2024-01-19 09:34:59");
    world.quote("SPX", "4810.00", "4810.50");
    assert_eq!(world.news(), [""; 0]);
    world.at("2024-01-19 09:35");
    assert_eq!(
        world.news(),
        ["expired sold 2 SPX   240119C04800000 at 10.25, fee 0.00"]
    );
}

#[test]
fn without_a_price_of_the_underlying_a_contract_waits() {
    let mut world = long_call();
    world.at("2024-01-19 16:05");
    assert_eq!(world.news(), [""; 0]);
    world.quote("SPY", "480.02", "480.00");
    assert_eq!(world.news(), [""; 0], "crossed");
    world.quote_at(
        "SPY",
        ("480.00", "480.02"),
        1,
        crate::world::ny("2024-01-19 16:06"),
    );
    assert_eq!(world.news(), [""; 0], "of the future");
    world.at("2024-01-19 16:06");
    assert_eq!(world.news().len(), 2);
}

#[test]
fn an_account_that_was_away_settles_when_it_comes_back_on_the_last_price() {
    let mut world = long_call();
    world.quote("SPY", "480.00", "480.02");
    world.at("2024-01-22 09:00");
    world.reopen();
    assert_eq!(world.news().len(), 2);
    assert_eq!(world.held("SPY"), 200);
}

#[test]
fn contracts_end_with_an_early_close() {
    let call = "SPY   241129C00600000";
    let mut world = World::new();
    world.at("2024-11-29 12:00");
    world.quote(call, "3.00", "3.20");
    world.quote("SPY", "610.00", "610.02");
    world
        .submit(&open("e1", &[buy(call)], 1, "3.20"))
        .expect("taken");
    world.news();
    world.at("2024-11-29 13:04:59");
    assert_eq!(world.news(), [""; 0]);
    world.at("2024-11-29 13:05");
    assert_eq!(world.news().len(), 2);
}

#[test]
fn delivered_shares_can_be_sold() {
    let mut world = long_call();
    world.at("2024-01-19 16:05");
    world.quote("SPY", "480.00", "480.02");
    world.news();
    world.at("2024-01-22 10:00");
    world.quote_of("SPY", "481.00", "481.02", 500);
    world
        .submit(&crate::world::close("x1", &[sell("SPY")], 200, "-480.00"))
        .expect("taken");
    assert_eq!(
        world.news(),
        [
            "x1 working",
            "x1 sold 200 SPY at 481.00, fee 0.00",
            "x1 filled"
        ]
    );
    assert_eq!(world.positions(), []);
}
