//! Option symbols: 21 characters, always, and never another contract's.

use countersign_domain::{
    instrument::{OptionContract, Right, Symbol},
    money::Price,
};
use jiff::civil::Date;
use proptest::prelude::*;

use crate::given::{contract, day, price, symbol};

fn parse(text: &str) -> Result<OptionContract, String> {
    text.parse::<OptionContract>()
        .map_err(|error| error.to_string())
}

#[test]
fn a_symbol_is_root_expiry_right_and_strike() {
    let spy = parse("SPY   240119C00475000").unwrap();
    assert_eq!(spy.root, symbol("SPY"));
    assert_eq!(spy.expiry, day("2024-01-19"));
    assert_eq!(spy.right, Right::Call);
    assert_eq!(spy.strike, price("475"));
    assert_eq!(spy.to_string(), "SPY   240119C00475000");
    let half_cent = parse("F     120317P00000005").unwrap();
    assert_eq!(half_cent.strike, price("0.005"));
}

#[test]
fn years_from_73_are_of_the_last_century() {
    assert_eq!(parse("IBM   730427C00250000").unwrap().expiry.year(), 1973);
    assert_eq!(parse("IBM   991217C00100000").unwrap().expiry.year(), 1999);
    assert_eq!(parse("IBM   721216C00100000").unwrap().expiry.year(), 2072);
}

#[test]
fn strikes_go_up_to_99_999_and_999_thousandths() {
    let highest = parse("NDX   240119C99999999").unwrap();
    assert_eq!(highest.strike, price("99999.999"));
    assert_eq!(highest.to_string(), "NDX   240119C99999999");
}

#[test]
fn each_broken_part_is_named() {
    let broken = [
        ("", "it needs 21 characters"),
        ("SPY240119C00475000", "it needs 21 characters"),
        ("SPY   240119C00475000 ", "it needs 21 characters"),
        ("SPY   240119C0047500\u{660}", "it needs 21 characters"),
        ("      240119C00475000", "no option root"),
        (" SPY  240119C00475000", "no option root"),
        ("S Y   240119C00475000", "no option root"),
        ("spy   240119C00475000", "no option root"),
        ("BRK.B 240119C00475000", "no option root"),
        ("SPY\t\t\t240119C00475000", "no option root"),
        ("SPY   240230C00475000", "no expiry date"),
        ("SPY   241301C00475000", "no expiry date"),
        ("SPY   24011 C00475000", "no expiry date"),
        ("SPY   +40119C00475000", "no expiry date"),
        ("SPY   240119X00475000", "neither C nor P"),
        ("SPY   240119c00475000", "neither C nor P"),
        ("SPY   240119C00000000", "no strike above zero"),
        ("SPY   240119C0047500x", "no strike above zero"),
        ("SPY   240119C-0475000", "no strike above zero"),
        ("SPY   240119C 0475000", "no strike above zero"),
    ];
    for (text, complaint) in broken {
        let said = parse(text).expect_err(text);
        assert!(said.contains(complaint), "{text:?}: {said}");
    }
    let long = "x".repeat(1000);
    assert!(parse(&long).unwrap_err().len() < 150);
}

#[test]
fn a_contract_that_no_symbol_can_name_is_refused_where_it_is_made() {
    let expiry = day("2024-01-19");
    let new = |root: &str, expiry: Date, strike: &str| {
        OptionContract::new(symbol(root), expiry, Right::Call, price(strike))
            .map_err(|error| error.to_string())
    };
    assert_eq!(
        new("SPY", expiry, "475.125").unwrap().to_string(),
        "SPY   240119C00475125"
    );
    let refused = [
        (new("GOOGLEX", expiry, "475"), "no option root"),
        (new("BRK.B", expiry, "475"), "no option root"),
        (new("SPY", day("1972-12-31"), "475"), "no expiry date"),
        (new("SPY", day("2073-01-01"), "475"), "no expiry date"),
        (new("SPY", expiry, "0"), "no strike above zero"),
        (new("SPY", expiry, "-1"), "no strike above zero"),
        (new("SPY", expiry, "0.0005"), "no strike above zero"),
        (new("SPY", expiry, "100000"), "no strike above zero"),
    ];
    for (answer, complaint) in refused {
        let said = answer.expect_err(complaint);
        assert!(said.contains(complaint), "{said}");
    }
}

/// A contract as its public fields can be set, whether a symbol can name it or not.
fn odd(root: &str, expiry: &str, strike: Price) -> OptionContract {
    OptionContract {
        root: symbol(root),
        expiry: day(expiry),
        right: Right::Put,
        strike,
    }
}

#[test]
fn what_no_symbol_can_name_is_shown_in_21_characters_that_are_no_symbol() {
    let cases = [
        (
            odd("GOOGLEX", "2024-01-19", price("475")),
            "??????240119P00475000",
        ),
        (
            odd("SPY", "2124-01-19", price("475")),
            "SPY   ??????P00475000",
        ),
        (
            odd("SPY", "2024-01-19", price("0.0005")),
            "SPY   240119P????????",
        ),
        (
            odd("SPY", "2024-01-19", price("475000")),
            "SPY   240119P????????",
        ),
        (
            odd("SPY", "2024-01-19", Price::from_micros(i64::MAX)),
            "SPY   240119P????????",
        ),
    ];
    for (contract, shown) in cases {
        assert_eq!(contract.to_string(), shown);
        assert!(parse(shown).is_err());
    }
}

#[test]
fn roots_with_a_digit_are_adjusted_and_keep_their_underlying() {
    for (root, underlying) in [("GOOG1", "GOOG"), ("AAPL7", "AAPL"), ("2SPY", "SPY")] {
        let adjusted = contract(root, "2024-01-19", Right::Call, price("100"));
        assert!(adjusted.is_adjusted(), "{root}");
        assert_eq!(adjusted.underlying(), symbol(underlying));
    }
    for (root, underlying) in [
        ("GOOG", "GOOG"),
        ("SPXW", "SPX"),
        ("VIXW", "VIX"),
        ("BRKB", "BRKB"),
    ] {
        let plain = contract(root, "2024-01-19", Right::Call, price("100"));
        assert!(!plain.is_adjusted(), "{root}");
        assert_eq!(plain.underlying(), symbol(underlying));
    }
    let digits = contract("123", "2024-01-19", Right::Call, price("100"));
    assert_eq!(digits.underlying(), symbol("123"));
}

#[test]
fn a_symbol_of_shares_is_1_to_8_capital_letters_digits_dots_or_dashes() {
    for good in ["A", "BRK.B", "SPY", "ABCDEFGH", "BF-B", "X1"] {
        assert_eq!(symbol(good).as_str(), good);
        assert_eq!(format!("{:<9}|", symbol(good)), format!("{good:<9}|"));
    }
    for bad in ["", "ABCDEFGHI", "spy", "S PY", "\u{c5}", "A\0", "A/B"] {
        assert!(bad.parse::<Symbol>().is_err(), "{bad:?}");
    }
}

proptest! {
    #[test]
    fn every_contract_is_21_characters_that_read_back(
        root in "[A-Z][A-Z0-9]{0,5}",
        days in 0_i32..36_524,
        is_call: bool,
        thousandths in 1_i64..=99_999_999,
    ) {
        let expiry = day("1973-01-01").checked_add(jiff::Span::new().days(days)).unwrap();
        let right = if is_call { Right::Call } else { Right::Put };
        let strike = Price::from_micros(thousandths * 1000);
        let contract = OptionContract::new(symbol(&root), expiry, right, strike).unwrap();
        let text = contract.to_string();
        prop_assert_eq!(text.len(), 21);
        prop_assert_eq!(parse(&text), Ok(contract));
    }

    #[test]
    fn whatever_reads_as_a_symbol_is_printed_just_so(
        text in "[A-Z0-9 .]{6}[0-9]{6}[CPX][0-9 +]{8}",
    ) {
        if let Ok(contract) = parse(&text) {
            prop_assert_eq!(contract.to_string(), text);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,24}") {
        let _ = parse(&text);
    }
}
