//! Quotes: what is wrong with one, told in one order, and how wide it is.

use countersign_domain::money::Price;
use countersign_domain::quote::{Quote, QuoteFault};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::given::{cents, morning, price, quote};

const OLDEST: SignedDuration = SignedDuration::from_secs(15);

fn check(quote: &Quote, age_ms: i64) -> Result<(), QuoteFault> {
    quote.check(morning() + SignedDuration::from_millis(age_ms), OLDEST)
}

// R49
#[test]
fn a_quote_with_nothing_wrong_passes_until_its_age() {
    let good = quote("1.20", "1.30");
    assert_eq!(check(&good, 0), Ok(()));
    assert_eq!(check(&good, 15_000), Ok(()));
    assert_eq!(check(&good, 15_001), Err(QuoteFault::Stale));
    assert_eq!(check(&good, -1), Err(QuoteFault::Future));
    assert_eq!(
        check(&quote("1.25", "1.25"), 0),
        Ok(()),
        "locked, not crossed"
    );
}

// R49
#[test]
fn the_first_fault_is_told_and_sides_come_before_age() {
    let nobody = |quote: Quote| Quote {
        bid_size: 0,
        ..quote
    };
    let faults = [
        (quote("-0.01", "0"), QuoteFault::Negative),
        (quote("1.00", "-1.30"), QuoteFault::Negative),
        (quote("0", "0"), QuoteFault::NoAsk),
        (
            Quote {
                ask_size: 0,
                ..quote("1.20", "1.30")
            },
            QuoteFault::NoAsk,
        ),
        (quote("1.20", "0"), QuoteFault::NoAsk),
        (quote("0", "0.05"), QuoteFault::NoBid),
        (nobody(quote("1.20", "1.30")), QuoteFault::NoBid),
        (nobody(quote("1.40", "1.30")), QuoteFault::NoBid),
        (quote("1.31", "1.30"), QuoteFault::Crossed),
    ];
    for (faulty, fault) in faults {
        for age in [-60_000, 0, 60_000] {
            assert_eq!(check(&faulty, age), Err(fault), "{faulty:?} at {age} ms");
        }
        assert_eq!(faulty.check_sides(), Err(fault));
    }
}

#[test]
fn the_spread_is_told_in_basis_points_of_the_mid_rounded_up() {
    assert_eq!(quote("1.20", "1.30").spread_bps(), 800);
    assert_eq!(quote("1.25", "1.25").spread_bps(), 0);
    assert_eq!(quote("99.99", "100.01").spread_bps(), 2);
    assert_eq!(quote("0.01", "0.02").spread_bps(), 6667);
    assert_eq!(quote("0", "0.05").spread_bps(), 20_000);
}

#[test]
fn a_spread_that_means_nothing_is_wider_than_any_bound() {
    assert_eq!(quote("0", "0").spread_bps(), u32::MAX);
    assert_eq!(quote("1.40", "1.30").spread_bps(), u32::MAX);
    assert_eq!(quote("-1", "1").spread_bps(), u32::MAX);
}

#[test]
fn the_mid_lies_halfway_to_the_micro_dollar() {
    assert_eq!(quote("1.20", "1.25").mid(), price("1.225"));
    assert_eq!(quote("1.20", "1.25").spread(), price("0.05"));
}

proptest! {
    #[test]
    fn a_wider_quote_around_one_mid_is_never_told_narrower(mid in 2_i64..50_000, half in 0_i64..2, wider in 0_i64..2000) {
        let around = |half: i64| Quote { bid: cents(mid - half), ask: cents(mid + half), ..quote("1", "1") };
        prop_assert!(around(half).spread_bps() <= around(half + wider).spread_bps());
    }

    #[test]
    fn mid_and_spread_are_those_of_exact_fractions(bid in 0_i64..3_000_000_000, wide in 0_i64..900_000_000) {
        use rust_decimal::{Decimal, prelude::ToPrimitive};
        let (low, high) = (Price::from_micros(bid), Price::from_micros(bid + wide));
        let quote = Quote { bid: low, ask: high, ..quote("1", "1") };
        let mid = ((low.decimal() + high.decimal()) * Decimal::new(5, 1)).round_dp(6).normalize();
        prop_assert_eq!((quote.mid().decimal(), quote.mid().decimal().scale()), (mid, mid.scale()));
        let bps = (Decimal::new(wide, 6) * Decimal::from(10_000)).checked_div(mid);
        let bps = bps.and_then(|bps| bps.ceil().to_u32()).unwrap_or(u32::MAX);
        prop_assert_eq!(quote.spread_bps(), bps);
    }
}
