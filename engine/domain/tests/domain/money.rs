//! Money is exact, strictly read, and saturates far outside what is ever written down.

use countersign_domain::money::{Contracts, MoneyError, Percent, Price, Usd};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::given::{cents, price, usd};

#[test]
fn a_tenth_and_two_tenths_are_three_tenths() {
    assert_eq!(usd("0.1") + usd("0.2"), usd("0.3"));
    let fees: Usd = std::iter::repeat_n(usd("0.65"), 1000).sum();
    assert_eq!(fees, usd("650"));
    assert_eq!(price("1.2345").dollars(-300), usd("-370.35"));
}

#[test]
fn text_that_is_no_plain_number_is_refused() {
    let odd = [
        "",
        " ",
        "-",
        "+",
        ".",
        "-.",
        "1.",
        "1..2",
        "1.2.3",
        "1,000",
        "1_000",
        "1e3",
        "1e308",
        "NaN",
        "inf",
        "0x10",
        "--1",
        "+-1",
        "1-",
        "$1",
        "1 2",
        "\u{661}\u{662}",
        "\u{ff11}",
        "\u{2212}1",
        "1\0",
    ];
    for text in odd {
        assert_eq!(text.parse::<Usd>(), Err(MoneyError::NotANumber), "{text:?}");
        assert_eq!(
            text.parse::<Price>(),
            Err(MoneyError::NotANumber),
            "{text:?}"
        );
    }
}

#[test]
fn text_that_is_a_plain_number_is_read_exactly() {
    let plain = [
        ("1", "1.00"),
        ("+1.5", "1.50"),
        ("-1.5", "-1.50"),
        (".85", "0.85"),
        ("-.85", "-0.85"),
        (" 12.34\n", "12.34"),
        ("0001.10", "1.10"),
        ("0.000001", "0.000001"),
        ("1.000", "1.00"),
        ("-0", "0.00"),
        ("-0.00", "0.00"),
        ("1.0000000000000000000000000000000000000000", "1.00"),
        (".0000000000000000000000000000000000000000", "0.00"),
        ("9223372036854.775807", "9223372036854.775807"),
        ("-9223372036854.775808", "-9223372036854.775808"),
    ];
    for (text, shown) in plain {
        assert_eq!(usd(text).to_string(), shown, "{text:?}");
        assert_eq!(price(text).to_string(), shown, "{text:?}");
    }
}

#[test]
fn what_is_finer_than_a_micro_dollar_is_refused_and_not_rounded() {
    for text in [
        "0.0000001",
        "1.23456789",
        "-0.00000000000000000000000000000000001",
    ] {
        assert!(
            matches!(text.parse::<Usd>(), Err(MoneyError::TooFine(_))),
            "{text}"
        );
    }
    let fine = Decimal::new(15, 7);
    assert_eq!(Usd::try_from(fine), Err(MoneyError::TooFine(fine)));
    assert_eq!(
        "1.2345678".parse::<Price>().unwrap_err().to_string(),
        "1.2345678 is finer than a micro-dollar"
    );
}

#[test]
fn what_does_not_fit_into_the_store_is_refused_and_not_clipped() {
    let far = "9".repeat(200);
    for text in [
        "9223372036854.775808",
        "-9223372036854.775809",
        "1000000000000000",
        &far,
    ] {
        assert!(
            matches!(text.parse::<Usd>(), Err(MoneyError::OutOfRange(_))),
            "{text}"
        );
    }
    assert!(Usd::try_from(Decimal::MAX).is_err());
    assert!(Price::try_from(Decimal::MIN).is_err());
}

#[test]
fn operators_saturate_and_never_panic() {
    let mut most = Usd::from_micros(i64::MAX);
    for _ in 0..40 {
        most = most.times(i64::MAX);
    }
    assert_eq!(most + most, most);
    assert_eq!((-most - most), -most);
    assert_eq!(most.times(-1), -most);
    assert_eq!(most.percent(u32::MAX), most);
    assert_eq!(most.micros(), None);
    assert_eq!(
        Price::from_micros(i64::MIN).dollars(i64::MIN).micros(),
        None
    );
    assert_eq!(Usd::from_micros(i64::MIN).abs().micros(), None);
}

#[test]
fn the_same_amount_has_one_text_however_it_came_about() {
    for ten in [
        usd("10"),
        usd("2.50").times(4),
        usd("0.10").times(100),
        usd("40").percent(25),
    ] {
        assert_eq!(ten.to_string(), "10.00");
        assert_eq!(ten.decimal().to_string(), "10");
    }
    for zero in [
        Usd::ZERO,
        -Usd::ZERO,
        usd("-1").times(0),
        usd("0").times(-3),
        usd("1") - usd("1"),
    ] {
        assert_eq!(zero.to_string(), "0.00");
        assert_eq!(zero.decimal().to_string(), "0");
        assert!(zero.is_zero() && !zero.is_negative() && !zero.is_positive());
    }
}

#[test]
fn an_amount_is_shown_with_two_decimals_or_as_many_as_it_has() {
    assert_eq!(usd("1234.5").to_string(), "1234.50");
    assert_eq!(price("0.0325").to_string(), "0.0325");
    assert_eq!(format!("[{:>8}]", usd("-1.5")), "[   -1.50]");
    assert_eq!(format!("{:+}", usd("1.5")), "+1.50");
    assert_eq!(Contracts(3).to_string(), "3");
    assert_eq!(Percent(50).to_string(), "50 %");
}

#[test]
fn a_negative_price_steps_up_toward_zero_and_down_away_from_it() {
    let nickel = price("0.05");
    assert_eq!(price("-1.23").up_to(nickel), price("-1.20"));
    assert_eq!(price("-1.23").down_to(nickel), price("-1.25"));
    assert_eq!(price("-0.01").up_to(nickel), Price::ZERO);
    assert_eq!(price("1.23").up_to(nickel), price("1.25"));
    assert_eq!(price("1.23").down_to(nickel), price("1.20"));
    assert_eq!(price("-1.25").up_to(nickel), price("-1.25"));
    for idle in [Price::ZERO, price("-0.05")] {
        assert_eq!(price("1.23").up_to(idle), price("1.23"));
        assert_eq!(price("1.23").down_to(idle), price("1.23"));
    }
}

#[test]
fn scaling_rounds_half_to_even_at_the_micro_dollar() {
    let half = Decimal::new(5, 1);
    assert_eq!(usd("0.000001").scaled(half), Usd::ZERO);
    assert_eq!(usd("0.000003").scaled(half), usd("0.000002"));
    assert_eq!(usd("-0.000003").scaled(half), usd("-0.000002"));
    assert_eq!(usd("12.34").percent(150), usd("18.51"));
}

#[test]
fn a_float_becomes_a_price_at_a_hundredth_of_a_cent_or_none_at_all() {
    assert_eq!(Price::from_f64(0.1 + 0.2), Some(price("0.3")));
    assert_eq!(Price::from_f64(-1.25), Some(price("-1.25")));
    assert_eq!(Price::from_f64(1.234_567), Some(price("1.2346")));
    for absurd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e15, 1e308] {
        assert_eq!(Price::from_f64(absurd), None, "{absurd}");
    }
}

#[test]
fn contracts_never_go_below_none() {
    assert_eq!(Contracts(2).less(Contracts(3)), Contracts::ZERO);
    assert_eq!(Contracts(3).less(Contracts(1)), Contracts(2));
    assert_eq!(Contracts(u32::MAX).count(), 4_294_967_295);
}

proptest! {
    #[test]
    fn micros_come_back_from_amount_text_and_json(micros: i64) {
        let amount = Usd::from_micros(micros);
        prop_assert_eq!(amount.micros(), Some(micros));
        prop_assert_eq!(amount.to_string().parse(), Ok(amount));
        let json = serde_json::to_string(&amount).unwrap();
        prop_assert_eq!(serde_json::from_str::<Usd>(&json).unwrap(), amount);
        prop_assert_eq!(Usd::try_from(amount.decimal()), Ok(amount));
    }

    #[test]
    fn sums_and_products_are_those_of_whole_micros(
        a in -1_000_000_000_000_i64..1_000_000_000_000,
        b in -1_000_000_000_000_i64..1_000_000_000_000,
        n in -10_000_i64..10_000,
    ) {
        let (x, y) = (Price::from_micros(a), Price::from_micros(b));
        prop_assert_eq!((x + y).micros(), Some(a + b));
        prop_assert_eq!((x - y).micros(), Some(a - b));
        prop_assert_eq!((-x).micros(), Some(-a));
        prop_assert_eq!(x.abs().micros(), Some(a.abs()));
        prop_assert_eq!(x.times(n).micros(), Some(a * n));
        prop_assert_eq!(x.dollars(n).micros(), Some(a * n));
        prop_assert_eq!(x.cmp(&y), a.cmp(&b));
    }

    #[test]
    fn every_operator_leaves_the_one_shortest_form(a: i64, b: i64, n in -10_000_i64..10_000, share in 0_i64..10_000) {
        let (x, y) = (Usd::from_micros(a), Usd::from_micros(b));
        let share = Decimal::new(share, 4);
        for amount in [x, x + y, x - y, -x, x.times(n), x.scaled(share), Usd::ZERO - x + x] {
            let (found, shortest) = (amount.decimal(), amount.decimal().normalize());
            prop_assert_eq!((found, found.scale()), (shortest, shortest.scale()));
            prop_assert_eq!(found.is_sign_negative(), shortest.is_sign_negative());
        }
    }

    #[test]
    fn a_price_steps_to_the_nearest_increment_on_the_asked_side(
        at in -1_000_000_i64..1_000_000,
        step in 1_i64..500,
    ) {
        let (at_price, step_price) = (cents(at), cents(step));
        prop_assert_eq!(at_price.down_to(step_price), cents(at.div_euclid(step) * step));
        prop_assert_eq!(at_price.up_to(step_price), cents(-((-at).div_euclid(step) * step)));
    }

    #[test]
    fn below_a_billion_the_float_is_the_nearest(micros in -1_000_000_000_000_000_i64..1_000_000_000_000_000) {
        let amount = Usd::from_micros(micros);
        let nearest: f64 = amount.decimal().to_string().parse().unwrap();
        prop_assert_eq!(amount.to_f64().to_bits(), nearest.to_bits());
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[-+.0-9eE_ ]{0,40}") {
        if let Ok(amount) = text.parse::<Usd>() {
            prop_assert_eq!(amount.to_string().parse(), Ok(amount));
        }
    }
}
