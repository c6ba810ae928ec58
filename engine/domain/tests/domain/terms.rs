//! The terms of a ticket: what the card binds, fees of both ways included.

use countersign_domain::{
    increment::increment,
    instrument::Right,
    money::{Contracts, Price, Usd},
    quote::Quote,
    ticket::{SeenQuote, Terms},
};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::given::{call, cents, contract, long, morning, price, put, quote, usd, vertical};

// R8
#[test]
fn the_worst_loss_of_a_debit_vertical_counts_fees_of_both_ways() {
    let spread = vertical(call(price("470")), call(price("475")));
    let terms = Terms::of(&spread, Contracts(3), price("1.85"), usd("0.65"));
    assert_eq!(terms.fees, usd("7.80"));
    assert_eq!(terms.worst_loss, usd("562.80"));
    assert_eq!(terms.max_gain, Some(usd("937.20")));
    assert_eq!(terms.breakevens, [price("471.85")]);
    assert_eq!(terms.value(&spread), usd("555"));
    assert_eq!(
        (terms.contracts, terms.limit),
        (Contracts(3), price("1.85"))
    );
}

// R8
#[test]
fn the_worst_loss_of_a_credit_vertical_is_the_width_less_the_credit() {
    let spread = vertical(put(price("470")), put(price("475")));
    let terms = Terms::of(&spread, Contracts(2), price("-1.85"), usd("0.65"));
    assert_eq!(terms.fees, usd("5.20"));
    assert_eq!(terms.worst_loss, usd("635.20"));
    assert_eq!(terms.max_gain, Some(usd("364.80")));
    assert_eq!(terms.value(&spread), usd("370"));
}

#[test]
fn a_long_call_has_no_bound_on_its_gain() {
    let terms = Terms::of(
        &long(call(price("480"))),
        Contracts(1),
        price("2.50"),
        usd("0.65"),
    );
    assert_eq!(terms.worst_loss, usd("251.30"));
    assert_eq!(terms.max_gain, None);
}

#[test]
fn a_price_at_which_nothing_could_be_lost_still_puts_the_fees_at_stake() {
    let spread = vertical(put(price("470")), put(price("475")));
    let terms = Terms::of(&spread, Contracts(1), price("-5.10"), usd("0.65"));
    assert_eq!(terms.worst_loss, usd("2.60"));
}

// R12
#[test]
fn the_seen_market_is_natural_on_the_side_that_crosses_and_halfway() {
    let debit = vertical(call(price("470")), call(price("475")));
    let older = Quote {
        at: morning() - SignedDuration::from_secs(5),
        ..quote("1.20", "1.30")
    };
    let seen = SeenQuote::of(debit.legs(), vec![quote("3.00", "3.20"), older]).unwrap();
    assert_eq!((seen.natural, seen.mid), (price("2.00"), price("1.85")));
    assert_eq!(seen.at, older.at);
    // Closing it: what is received is negative.
    let closing = SeenQuote::of(&debit.closing_legs(), seen.legs).unwrap();
    assert_eq!(
        (closing.natural, closing.mid),
        (price("-1.70"), price("-1.85"))
    );
    assert_eq!(SeenQuote::of(debit.legs(), vec![older]), None);
    assert_eq!(SeenQuote::of(&[], vec![]), None);
}

#[test]
fn a_market_that_was_stored_without_its_underlying_is_read_and_written_as_it_was() {
    let debit = vertical(call(price("470")), call(price("475")));
    let quotes = vec![quote("3.00", "3.20"), quote("1.20", "1.30")];
    let seen = SeenQuote::of(debit.legs(), quotes).unwrap();
    let old = serde_json::to_string(&seen).unwrap();
    assert!(!old.contains("underlying"), "{old}");
    let read: SeenQuote = serde_json::from_str(&old).unwrap();
    assert_eq!(read, seen);

    let with = seen.with_underlying(Some(price("472.13")));
    let stored = serde_json::to_string(&with).unwrap();
    assert!(stored.contains(r#""underlying":"472.13""#), "{stored}");
    let read: SeenQuote = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, with);
}

#[test]
fn a_single_option_is_priced_in_nickels_from_three_dollars_and_a_spread_in_cents() {
    let single = long(contract("GOOG", "2024-02-16", Right::Call, price("140")));
    let spread = vertical(call(price("470")), call(price("475")));
    for (near, single_step) in [
        ("0.05", "0.01"),
        ("2.99", "0.01"),
        ("3.00", "0.05"),
        ("-3", "0.05"),
    ] {
        assert_eq!(
            increment(single.legs(), price(near)),
            price(single_step),
            "{near}"
        );
        assert_eq!(
            increment(spread.legs(), price(near)),
            price("0.01"),
            "{near}"
        );
    }
}

proptest! {
    // R8
    #[test]
    fn no_underlying_price_loses_more_than_the_card_said(
        low in 1_i64..5000,
        width in 1_i64..1500,
        is_credit: bool,
        net in 0_i64..2000,
        units in 1_u32..50,
        fee in 0_i64..200,
        spot in 0_i64..9000,
    ) {
        let (bought, sold) = if is_credit { (low, low + width) } else { (low + width, low) };
        let spread = vertical(put(cents(bought)), put(cents(sold)));
        let limit = if is_credit { -cents(net) } else { cents(net) };
        let terms = Terms::of(&spread, Contracts(units), limit, cents(fee).dollars(1));
        let shares = 100 * i64::from(units);
        let profit = spread.profit(cents(spot), limit).dollars(shares) - terms.fees;
        prop_assert!(profit >= -terms.worst_loss);
        prop_assert!(terms.max_gain.is_some_and(|most| profit <= most));
    }

    // R8
    #[test]
    fn a_better_fill_never_loses_more(limit in 1_i64..500, better in 0_i64..500, units in 1_u32..50) {
        let spread = vertical(call(price("470")), call(price("475")));
        let loss = |net: Price| Terms::of(&spread, Contracts(units), net, usd("0.65")).worst_loss;
        let fill = cents(limit - better);
        prop_assert!(loss(fill) <= loss(cents(limit)));
        prop_assert!(loss(fill) >= Usd::ZERO);
    }
}
