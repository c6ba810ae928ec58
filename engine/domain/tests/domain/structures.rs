//! Structures: what they are called, and what they can lose and gain, beside a brute-force payoff.

use countersign_domain::{
    instrument::{Instrument, OptionContract, Right},
    money::{Price, Usd},
    structure::{Leg, Side, Structure, StructureError, StructureKind},
};
use proptest::prelude::*;

use crate::given::{call, cents, contract, leg, long, price, put, symbol, usd, vertical};

#[test]
fn each_kind_is_known_by_its_legs_in_either_order() {
    let (low, high) = (price("470"), price("475"));
    let kinds = [
        (call(low), call(high), StructureKind::BullCallSpread, false),
        (call(high), call(low), StructureKind::BearCallSpread, true),
        (put(high), put(low), StructureKind::BearPutSpread, false),
        (put(low), put(high), StructureKind::BullPutSpread, true),
    ];
    for (bought, sold, kind, credit) in kinds {
        let (buy, sell) = (leg(Side::Buy, bought), leg(Side::Sell, sold));
        for legs in [vec![buy, sell], vec![sell, buy]] {
            let structure = Structure::new(legs.clone()).unwrap();
            assert_eq!(structure.kind(), kind);
            assert_eq!(structure.legs(), legs);
            assert_eq!(kind.is_credit(), credit);
            assert!(structure.has_short_leg());
            assert_eq!(structure.contracts_per_unit(), 2);
        }
    }
    assert_eq!(long(call(low)).kind(), StructureKind::LongCall);
    assert_eq!(long(put(low)).kind(), StructureKind::LongPut);
    assert!(!long(put(low)).has_short_leg());
}

#[test]
fn legs_of_no_kind_are_refused() {
    let (low, high) = (price("470"), price("475"));
    let of = |root: &str, expiry: &str| contract(root, expiry, Right::Call, high);
    let twice = |leg: Leg| Leg { ratio: 2, ..leg };
    let shares = Leg {
        instrument: Instrument::Equity(symbol("SPY")),
        side: Side::Buy,
        ratio: 100,
    };
    let (buy, sell) = (leg(Side::Buy, call(low)), leg(Side::Sell, call(high)));
    let refused = [
        vec![],
        vec![sell],
        vec![shares],
        vec![twice(buy)],
        vec![Leg { ratio: 0, ..buy }],
        vec![buy, leg(Side::Buy, call(high))],
        vec![leg(Side::Sell, call(low)), sell],
        vec![buy, leg(Side::Sell, put(high))],
        vec![buy, leg(Side::Sell, call(low))],
        vec![buy, twice(sell)],
        vec![buy, leg(Side::Sell, of("SPY", "2024-03-15"))],
        vec![buy, leg(Side::Sell, of("QQQ", "2024-02-16"))],
        vec![shares, sell],
        vec![buy, sell, leg(Side::Buy, put(low))],
    ];
    for legs in refused {
        assert_eq!(
            Structure::new(legs.clone()),
            Err(StructureError::Unknown),
            "{legs:?}"
        );
    }
}

#[test]
fn an_adjusted_contract_is_recognised_but_not_opened() {
    let adjusted = contract("GOOG1", "2024-02-16", Right::Call, price("100"));
    let structure = long(adjusted);
    assert_eq!(
        structure.openable(),
        Err(StructureError::Adjusted(adjusted))
    );
    assert_eq!(structure.underlying(), symbol("GOOG"));
    assert_eq!(long(call(price("480"))).openable(), Ok(()));
}

// R51
#[test]
fn closing_turns_every_side_around_and_keeps_the_order() {
    let spread = vertical(call(price("470")), call(price("475")));
    let closing = spread.closing_legs();
    assert_eq!(closing[0], leg(Side::Sell, call(price("470"))));
    assert_eq!(closing[1], leg(Side::Buy, call(price("475"))));
}

#[test]
fn a_structure_ends_with_the_first_of_its_contracts() {
    let spread = vertical(call(price("470")), call(price("475")));
    assert_eq!(spread.last_trading(), call(price("470")).last_trading());
}

#[test]
fn a_debit_vertical_loses_its_price_and_gains_the_rest_of_its_width() {
    let risk = vertical(call(price("470")), call(price("475"))).risk(price("1.85"));
    assert_eq!(risk.worst_loss, usd("185"));
    assert_eq!(risk.max_gain, Some(usd("315")));
    assert_eq!(risk.breakevens, [price("471.85")]);
}

#[test]
fn a_credit_vertical_gains_its_credit_and_loses_the_rest_of_its_width() {
    let risk = vertical(put(price("470")), put(price("475"))).risk(price("-1.85"));
    assert_eq!(risk.worst_loss, usd("315"));
    assert_eq!(risk.max_gain, Some(usd("185")));
    assert_eq!(risk.breakevens, [price("473.15")]);
}

#[test]
fn a_long_call_has_no_bound_above_and_a_long_put_gains_down_to_zero() {
    let risk = long(call(price("480"))).risk(price("2.50"));
    assert_eq!((risk.worst_loss, risk.max_gain), (usd("250"), None));
    assert_eq!(risk.breakevens, [price("482.50")]);
    let risk = long(put(price("480"))).risk(price("2.50"));
    assert_eq!(
        (risk.worst_loss, risk.max_gain),
        (usd("250"), Some(usd("47750")))
    );
    assert_eq!(risk.breakevens, [price("477.50")]);
}

#[test]
fn a_net_price_outside_the_width_has_no_breakeven() {
    let spread = vertical(call(price("470")), call(price("475")));
    // More than the width: a loss everywhere.
    let dear = spread.risk(price("5.10"));
    assert_eq!(dear.worst_loss, usd("510"));
    assert_eq!(dear.max_gain, Some(usd("-10")));
    assert_eq!(dear.breakevens, []);
    // Paid for taking it: a gain everywhere.
    let free = spread.risk(price("-0.10"));
    assert_eq!(free.worst_loss, Usd::ZERO);
    assert_eq!(free.max_gain, Some(usd("510")));
    assert_eq!(free.breakevens, []);
}

#[test]
fn a_stretch_without_gain_or_loss_is_told_by_its_ends() {
    let spread = vertical(call(price("470")), call(price("475")));
    assert_eq!(
        spread.risk(Price::ZERO).breakevens,
        [Price::ZERO, price("470")]
    );
    assert_eq!(spread.risk(price("5")).breakevens, [price("475")]);
}

#[test]
fn breakevens_are_exact_where_a_share_of_the_width_is_not() {
    // A third of the width has no end as a decimal.
    let spread = vertical(call(price("100")), call(price("103")));
    assert_eq!(spread.risk(price("1")).breakevens, [price("101")]);
    let spread = vertical(call(price("0.007")), call(price("99999.999")));
    assert_eq!(
        spread.risk(price("33333.333333")).breakevens,
        [price("33333.340333")]
    );
}

/// Dollars per share that a structure of plain legs is worth at expiry, all in cents.
fn brute(legs: &[(i64, Right, i64)], spot: i64, net: i64) -> i64 {
    let worth = |(sign, right, strike): &(i64, Right, i64)| {
        let value = match right {
            Right::Call => spot - strike,
            Right::Put => strike - spot,
        };
        sign * value.max(0)
    };
    legs.iter().map(worth).sum::<i64>() - net
}

/// Compares what a structure says of itself with its profit at every cent of the underlying.
fn check_against_brute_force(legs: &[(i64, Right, i64)], net: i64) {
    let side = |sign: i64| if sign > 0 { Side::Buy } else { Side::Sell };
    let contract = |right: Right, strike: i64| match right {
        Right::Call => call(cents(strike)),
        Right::Put => put(cents(strike)),
    };
    let built = legs
        .iter()
        .map(|(sign, right, strike)| leg(side(*sign), contract(*right, *strike)));
    let risk = Structure::new(built.collect()).unwrap().risk(cents(net));

    let highest = legs.iter().map(|(.., strike)| *strike).max().unwrap() + net.abs() + 200;
    let profits: Vec<i64> = (0..=highest).map(|spot| brute(legs, spot, net)).collect();
    let least = *profits.iter().min().unwrap();
    let most = *profits.iter().max().unwrap();
    let rises = profits[profits.len() - 1] > profits[profits.len() - 2];
    assert_eq!(risk.worst_loss, cents((-least).max(0)).dollars(100));
    assert_eq!(risk.max_gain, (!rises).then(|| cents(most).dollars(100)));

    let is_zero = |spot: usize| profits.get(spot).is_none_or(|profit| *profit == 0);
    let is_end = |spot: &usize| !(*spot > 0 && is_zero(spot - 1) && is_zero(spot + 1));
    let expected: Vec<Price> = (0..profits.len())
        .filter(|spot| profits[*spot] == 0)
        .filter(is_end)
        .map(|spot| cents(i64::try_from(spot).unwrap()))
        .collect();
    assert_eq!(risk.breakevens, expected);
}

fn right() -> impl Strategy<Value = Right> {
    prop_oneof![Just(Right::Call), Just(Right::Put)]
}

proptest! {
    #[test]
    fn a_single_option_is_what_brute_force_says(right in right(), strike in 1_i64..6000, net in -1000_i64..3000) {
        check_against_brute_force(&[(1, right, strike)], net);
    }

    #[test]
    fn a_vertical_is_what_brute_force_says(
        right in right(),
        low in 1_i64..5000,
        width in 1_i64..1500,
        bought_low: bool,
        net in -2000_i64..2000,
    ) {
        let (bought, sold) = if bought_low { (low, low + width) } else { (low + width, low) };
        check_against_brute_force(&[(1, right, bought), (-1, right, sold)], net);
    }

    #[test]
    fn at_a_breakeven_nothing_is_gained_or_lost(
        low in 1_i64..99_999_000,
        width in 1_i64..999,
        share in 1_i64..999_999,
    ) {
        // Strikes in thousandths, a net price in micro-dollars inside the width.
        let strike = |thousandths: i64| call(Price::from_micros(thousandths * 1000));
        let net = Price::from_micros(width * 1000 * share / 1_000_000);
        let spread = vertical(strike(low), strike(low + width));
        for spot in spread.risk(net).breakevens {
            prop_assert_eq!(spread.profit(spot, net), Price::ZERO);
        }
    }

    #[test]
    fn opening_and_closing_legs_cancel_out(low in 1_i64..5000, width in 1_i64..1500, spot in 0_i64..9000) {
        let spread = vertical(put(cents(low + width)), put(cents(low)));
        let profit = |contract: &OptionContract, side: Side| contract.intrinsic(cents(spot)).times(side.sign());
        let both = spread.legs().iter().chain(&spread.closing_legs())
            .filter_map(|leg| Some(profit(leg.instrument.option()?, leg.side)))
            .sum::<Price>();
        prop_assert_eq!(both, Price::ZERO);
    }
}
