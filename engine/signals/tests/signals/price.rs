//! Net prices and increments.

use countersign_domain::{
    increment::increment,
    instrument::{Instrument, Right},
    money::{Percent, Price},
    structure::{Leg, Side},
};
use countersign_signals::price::{PriceParams, entry, seen};
use proptest::prelude::*;

use crate::{
    day::cents,
    market::{april, contract, quote},
};

fn leg(side: Side, dollars: i64) -> Leg {
    Leg {
        instrument: Instrument::Option(contract(Right::Call, dollars, april())),
        side,
        ratio: 1,
    }
}

fn quoted(bid: i64, ask: i64) -> countersign_domain::quote::Quote {
    countersign_domain::quote::Quote {
        bid: cents(bid),
        ask: cents(ask),
        ..quote(cents(bid), 0)
    }
}

fn toward(percent: u32) -> PriceParams {
    PriceParams {
        toward_natural: Percent(percent),
        ..PriceParams::default()
    }
}

#[test]
fn increments_are_cents_below_three_dollars_and_for_every_net_price() {
    let single = [leg(Side::Buy, 100)];
    let spread = [leg(Side::Buy, 100), leg(Side::Sell, 105)];
    let fund = [Leg {
        instrument: Instrument::Option("SPY   240419C00500000".parse().unwrap()),
        ..leg(Side::Buy, 100)
    }];
    let shares = [Leg {
        instrument: Instrument::Equity("ACME".parse().unwrap()),
        side: Side::Buy,
        ratio: 1,
    }];
    for (legs, price, expected) in [
        (&single[..], 299, 1),
        (&single[..], 300, 5),
        (&single[..], -300, 5),
        (&spread[..], 900, 1),
        (&fund[..], 900, 1),
        (&shares[..], 9_000, 1),
    ] {
        assert_eq!(increment(legs, cents(price)), cents(expected));
    }
}

#[test]
fn a_debit_pays_the_ask_and_receives_the_bid() {
    let legs = [leg(Side::Buy, 100), leg(Side::Sell, 105)];
    let market = seen(&legs, &[quoted(300, 310), quoted(120, 130)]).unwrap();
    assert_eq!((market.mid, market.natural), (cents(180), cents(190)));
    let priced = entry(&legs, &market, &toward(75));
    // 1.875 rounds up: we would rather pay a cent than miss it, up to the natural price.
    assert_eq!((priced.first, priced.limit), (cents(180), cents(188)));
}

#[test]
fn a_credit_is_a_negative_price_and_shrinks_towards_natural() {
    let legs = [leg(Side::Sell, 100), leg(Side::Buy, 105)];
    let market = seen(&legs, &[quoted(300, 310), quoted(120, 130)]).unwrap();
    assert_eq!((market.mid, market.natural), (cents(-180), cents(-170)));
    let priced = entry(&legs, &market, &toward(75));
    assert_eq!((priced.first, priced.limit), (cents(-180), cents(-172)));
}

#[test]
fn a_penny_wide_market_leaves_no_room_to_walk() {
    let legs = [leg(Side::Buy, 100)];
    let market = seen(&legs, &[quoted(30, 31)]).unwrap();
    let priced = entry(&legs, &market, &toward(75));
    assert_eq!((priced.first, priced.limit), (cents(30), cents(31)));
}

#[test]
fn from_three_dollars_on_a_single_option_moves_in_nickels() {
    let legs = [leg(Side::Buy, 100)];
    let market = seen(&legs, &[quoted(480, 510)]).unwrap();
    let priced = entry(&legs, &market, &toward(50));
    assert_eq!((priced.first, priced.limit), (cents(495), cents(505)));
}

#[test]
fn one_quote_for_each_leg_or_no_price() {
    let legs = [leg(Side::Buy, 100), leg(Side::Sell, 105)];
    assert_eq!(seen(&legs, &[quoted(300, 310)]), None);
    assert_eq!(seen(&[], &[]), None);
}

proptest! {
    // R8
    #[test]
    fn an_entry_never_passes_the_natural_price_and_never_starts_above_its_limit(
        bids in prop::collection::vec(1_i64..2_000, 2),
        widths in prop::collection::vec(0_i64..60, 2),
        percent in 0_u32..=100,
        single in any::<bool>(),
    ) {
        let mut legs = vec![leg(Side::Buy, 100), leg(Side::Sell, 105)];
        let mut quotes = vec![quoted(bids[0], bids[0] + widths[0]), quoted(bids[1], bids[1] + widths[1])];
        if single {
            legs.pop();
            quotes.pop();
        }
        let market = seen(&legs, &quotes).unwrap();
        let priced = entry(&legs, &market, &toward(percent));
        prop_assert!(priced.first <= priced.limit);
        prop_assert!(priced.limit <= market.natural);
        for price in [priced.first, priced.limit] {
            prop_assert_eq!(price, price.down_to(increment(&legs, price)));
        }
        prop_assert!(!single || priced.first > Price::ZERO || market.natural < cents(5));
    }
}
