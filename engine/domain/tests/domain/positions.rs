//! Positions from executions: average cost, units, and what is at stake.

use countersign_domain::{
    execution::Execution,
    exit::{ExitReason, ExitState},
    instrument::Instrument,
    money::{Contracts, Price, Usd},
    position::Holding,
    structure::Side::{Buy, Sell},
};

use crate::given::{call, entry, exit, held, long, position, price, put, symbol, usd, vertical};

/// Books buys and sells of one call, in turn: signed quantity and price.
fn booked(trades: &[(i64, &str)]) -> Holding {
    let mut holding = Holding::of(Instrument::Option(call(price("480"))));
    for (quantity, at) in trades {
        let side = if *quantity > 0 { Buy } else { Sell };
        let count = u32::try_from(quantity.unsigned_abs()).unwrap();
        holding.book(&entry(side, count, call(price("480")), price(at)));
    }
    holding
}

fn check(trades: &[(i64, &str)], quantity: i64, average: &str, realised: &str) {
    let holding = booked(trades);
    assert_eq!(holding.quantity, quantity, "{trades:?}");
    assert_eq!(holding.average, price(average), "{trades:?}");
    assert_eq!(holding.realised, usd(realised), "{trades:?}");
}

#[test]
fn adding_moves_the_average_and_takes_no_profit() {
    check(&[(1, "2.00")], 1, "2", "0");
    check(&[(1, "2.00"), (3, "3.00")], 4, "2.75", "0");
    check(&[(-2, "2.00"), (-2, "1.00")], -4, "1.5", "0");
}

#[test]
fn reducing_takes_profit_and_leaves_the_average() {
    check(&[(4, "2.00"), (-1, "2.50")], 3, "2", "50");
    check(&[(4, "2.00"), (-1, "2.50"), (-3, "1.00")], 0, "0", "-250");
    check(&[(-4, "2.00"), (1, "1.50")], -3, "2", "50");
}

#[test]
fn going_through_zero_closes_and_opens_the_other_way() {
    check(&[(2, "2.00"), (-5, "3.00")], -3, "3", "200");
    check(&[(-2, "2.00"), (5, "3.00")], 3, "3", "-200");
}

#[test]
fn an_average_that_has_no_end_as_a_decimal_loses_no_money() {
    let thirds = [(1, "1.00"), (1, "1.01"), (1, "1.01")];
    let holding = booked(&thirds);
    assert_eq!(holding.average, price("1.006667"));
    assert_eq!(holding.cost, usd("302"));
    check(&[thirds.as_slice(), &[(-3, "1.01")]].concat(), 0, "0", "1");
    check(
        &[
            thirds.as_slice(),
            &[(-1, "1.01"), (-1, "1.01"), (-1, "1.01")],
        ]
        .concat(),
        0,
        "0",
        "1",
    );
}

#[test]
fn partial_fills_at_several_prices_add_up() {
    let what = call(price("480"));
    let position = held(
        long(what),
        &[
            Execution {
                fee: usd("0.65"),
                ..entry(Buy, 1, what, price("2.00"))
            },
            Execution {
                fee: usd("1.30"),
                ..entry(Buy, 2, what, price("2.10"))
            },
            Execution {
                fee: usd("0.65"),
                ..exit(Sell, 1, what, price("2.50"))
            },
        ],
    );
    assert_eq!(position.entered, Contracts(3));
    assert_eq!(position.entry_net, price("2.066667"));
    assert_eq!(position.units(), Some(Contracts(2)));
    assert_eq!(position.fees, usd("2.60"));
    assert_eq!(position.realised(), usd("43.333333"));
    assert_eq!(position.unrealised(&[price("2.50")]), usd("86.666667"));
    assert_eq!(position.at_stake(), usd("250"));
}

#[test]
fn a_bust_is_as_if_the_execution_had_never_been() {
    let what = call(price("480"));
    let kept = Execution {
        fee: usd("0.65"),
        ..entry(Buy, 2, what, price("2.00"))
    };
    let busted = Execution {
        fee: usd("0.65"),
        bust: true,
        ..entry(Buy, 1, what, price("9.00"))
    };
    let closed = exit(Sell, 2, what, price("3.00"));
    assert_eq!(
        (busted.signed(), busted.cash(), busted.cost()),
        (0, Usd::ZERO, Usd::ZERO)
    );
    let with = held(long(what), &[kept.clone(), busted, closed.clone()]);
    assert_eq!(with, held(long(what), &[kept, closed]));
    assert_eq!(with.realised() - with.fees, usd("199.35"));
}

// R36
#[test]
fn rebuilding_twice_books_everything_once() {
    let what = call(price("480"));
    let executions = [
        Execution {
            fee: usd("1.30"),
            ..entry(Buy, 2, what, price("2.00"))
        },
        exit(Sell, 1, what, price("2.50")),
    ];
    let mut position = held(long(what), &executions);
    let once = position.clone();
    position.rebuild(&executions);
    assert_eq!(position, once);
}

#[test]
fn a_debit_vertical_is_worth_its_legs_and_its_premium_is_what_was_paid() {
    let (bought, sold) = (call(price("470")), call(price("475")));
    let executions = [
        entry(Buy, 2, bought, price("3.10")),
        entry(Sell, 2, sold, price("1.25")),
    ];
    let position = held(vertical(bought, sold), &executions);
    assert_eq!(position.entry_net, price("1.85"));
    assert_eq!(position.premium(), usd("370"));
    assert_eq!(position.at_stake(), usd("250"));
    assert_eq!(
        position.unrealised(&[price("4.00"), price("1.50")]),
        usd("130")
    );
    assert_eq!(
        position.unrealised(&[price("2.00"), price("1.00")]),
        usd("-170")
    );
    let values: Vec<Usd> = position
        .holdings
        .iter()
        .map(|held| held.value(price("1")))
        .collect();
    assert_eq!(values, [usd("200"), usd("-200")]);
}

#[test]
fn a_credit_vertical_gains_when_it_gets_cheaper_and_its_premium_has_no_sign() {
    let (bought, sold) = (put(price("470")), put(price("475")));
    let executions = [
        entry(Sell, 3, sold, price("4.00")),
        entry(Buy, 3, bought, price("2.15")),
    ];
    let position = held(vertical(bought, sold), &executions);
    assert_eq!(position.entry_net, price("-1.85"));
    assert_eq!(position.premium(), usd("555"));
    assert_eq!(position.at_stake(), usd("375"));
    // Legs in the structure's order: the bought one first.
    assert_eq!(
        position.unrealised(&[price("1.00"), price("2.00")]),
        usd("255")
    );
    assert_eq!(
        position.unrealised(&[price("0"), price("5.00")]),
        usd("-945")
    );
}

#[test]
fn units_are_whole_only_while_all_legs_agree() {
    let (bought, sold) = (call(price("470")), call(price("475")));
    let spread = vertical(bought, sold);
    let units = |executions: &[Execution]| held(spread.clone(), executions).units();
    let buy = |quantity| entry(Buy, quantity, bought, price("3"));
    let sell = |quantity| entry(Sell, quantity, sold, price("1"));
    assert_eq!(units(&[]), Some(Contracts::ZERO));
    assert_eq!(units(&[buy(2), sell(2)]), Some(Contracts(2)));
    assert_eq!(units(&[buy(2)]), None);
    assert_eq!(units(&[buy(2), sell(1)]), None);
    assert_eq!(
        units(&[
            entry(Sell, 1, bought, price("3")),
            entry(Buy, 1, sold, price("1"))
        ]),
        None
    );
}

#[test]
fn entered_units_are_those_of_the_least_leg_and_of_the_entry_alone() {
    let (bought, sold) = (call(price("470")), call(price("475")));
    let spread = vertical(bought, sold);
    let legged = held(
        spread.clone(),
        &[
            entry(Buy, 3, bought, price("3.00")),
            entry(Sell, 2, sold, price("1.00")),
        ],
    );
    assert_eq!(legged.entered, Contracts(2));
    let other_way = held(
        spread.clone(),
        &[
            entry(Buy, 2, bought, price("3.00")),
            entry(Sell, 3, sold, price("1.00")),
        ],
    );
    assert_eq!(other_way.entered, Contracts(2));
    let half = held(spread.clone(), &[entry(Buy, 3, bought, price("3.00"))]);
    assert_eq!(half.entered, Contracts::ZERO);
    let closed = held(
        spread,
        &[
            entry(Buy, 2, bought, price("3.00")),
            entry(Sell, 2, sold, price("1.00")),
            exit(Buy, 2, sold, price("0.50")),
            exit(Sell, 2, bought, price("3.50")),
        ],
    );
    assert!(closed.is_flat());
    assert_eq!(
        (closed.entered, closed.entry_net),
        (Contracts(2), price("2.00"))
    );
    assert_eq!(closed.realised(), usd("200"));
    assert_eq!(
        (closed.units(), closed.at_stake()),
        (Some(Contracts::ZERO), Usd::ZERO)
    );
}

// R53
#[test]
fn shares_from_an_assignment_are_held_beside_the_legs_and_are_no_whole_units() {
    let (bought, sold) = (put(price("470")), put(price("475")));
    let assigned = Execution {
        order: None,
        ..entry(Buy, 1, sold, Price::ZERO)
    };
    let shares = Execution {
        order: None,
        instrument: Instrument::Equity(symbol("SPY")),
        ..entry(Buy, 100, sold, price("475"))
    };
    let opened = [
        entry(Buy, 1, bought, price("2.15")),
        entry(Sell, 1, sold, price("4.00")),
    ];
    let all = [opened.as_slice(), &[assigned, shares]].concat();
    let position = held(vertical(bought, sold), &all);
    let held: Vec<i64> = position
        .holdings
        .iter()
        .map(|holding| holding.quantity)
        .collect();
    assert_eq!(held, [1, 0, 100]);
    assert_eq!(position.units(), None);
    assert!(!position.is_flat());
    assert_eq!(position.at_stake(), usd("125"));
    // Bought at 475 less the credit; the shares now at 465, the long put at 6.
    let prices = [price("6.00"), price("12.00"), price("465")];
    assert_eq!(
        position.realised() + position.unrealised(&prices),
        usd("-215")
    );
}

// R53
#[test]
fn shares_from_an_exercise_are_held_although_no_option_is() {
    let what = call(price("480"));
    let exercised = Execution {
        order: None,
        ..entry(Sell, 1, what, Price::ZERO)
    };
    let shares = Execution {
        order: None,
        instrument: Instrument::Equity(symbol("SPY")),
        ..entry(Buy, 100, what, price("480"))
    };
    let opened = entry(Buy, 1, what, price("2.00"));
    let position = held(long(what), &[opened, exercised, shares]);
    assert_eq!((position.units(), position.is_flat()), (None, false));
    assert_eq!(position.at_stake(), usd("125"));
}

#[test]
fn a_leg_without_a_holding_is_a_leg_of_which_nothing_is_held() {
    let mut bare = position(long(call(price("480"))));
    bare.holdings.clear();
    assert_eq!(bare.units(), Some(Contracts::ZERO));
    bare.rebuild(&[entry(Buy, 2, call(price("480")), price("1"))]);
    assert_eq!(bare.units(), Some(Contracts(2)));
}

// R11
#[test]
fn nothing_is_flat_until_every_leg_is() {
    let (bought, sold) = (call(price("470")), call(price("475")));
    let opened = [
        entry(Buy, 1, bought, price("3.00")),
        entry(Sell, 1, sold, price("1.00")),
    ];
    let bought_back = exit(Buy, 1, sold, price("0.50"));
    let half = [opened.as_slice(), std::slice::from_ref(&bought_back)].concat();
    assert!(!held(vertical(bought, sold), &half).is_flat());
    let all = [half.as_slice(), &[exit(Sell, 1, bought, price("3.50"))]].concat();
    assert!(held(vertical(bought, sold), &all).is_flat());
    // The exit that was taken back is held again.
    let busted = [
        opened.as_slice(),
        &[Execution {
            bust: true,
            ..bought_back
        }],
    ]
    .concat();
    assert_eq!(
        held(vertical(bought, sold), &busted).units(),
        Some(Contracts(1))
    );
}

// R42
#[test]
fn what_the_exit_rules_remember_begins_at_nothing() {
    let fresh = ExitState::default();
    assert_eq!((fresh.high_water, fresh.confirmations), (Usd::ZERO, 0));
}

// R54
#[test]
fn only_exits_that_a_price_asks_for_need_a_mark() {
    let need_a_mark = [
        (ExitReason::ProfitTarget, true),
        (ExitReason::StopLoss, true),
        (ExitReason::TrailingStop, true),
        (ExitReason::TimeStop, false),
        (ExitReason::DaysToExpiry, false),
        (ExitReason::Expiry, false),
        (ExitReason::Assignment, false),
        (ExitReason::Human, false),
        (ExitReason::Brake, false),
    ];
    for (reason, needs) in need_a_mark {
        assert_eq!(reason.is_price(), needs, "{reason:?}");
    }
}
