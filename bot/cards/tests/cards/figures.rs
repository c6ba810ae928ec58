//! Amounts, counts and names.

use countersign_cards::{figures, verbatim};
use countersign_domain::money::Percent;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::desk::{price, usd};

#[test]
fn money_has_its_sign_before_the_dollar_a_comma_between_thousands_and_two_decimals() {
    assert_eq!(figures::usd(usd("1234.56")), "$1,234.56");
    assert_eq!(figures::usd(usd("-12")), "−$12.00");
    assert_eq!(figures::usd(usd("0")), "$0.00");
    assert_eq!(figures::usd(usd("1000000")), "$1,000,000.00");
    assert_eq!(figures::usd(usd("999.1")), "$999.10");
    assert_eq!(figures::usd(usd("-0.000001")), "−$0.000001");
    assert_eq!(figures::signed(usd("35")), "+$35.00");
    assert_eq!(figures::signed(usd("-35")), "−$35.00");
    assert_eq!(figures::signed(usd("0")), "$0.00");
    assert_eq!(figures::price(price("2.505")), "$2.505");
    assert_eq!(figures::price(price("2.5")), "$2.50");
}

#[test]
fn other_figures_read_as_people_write_them() {
    assert_eq!(figures::percent(Percent(50)), "50%");
    assert_eq!(figures::percent(Percent(1000)), "1,000%");
    assert_eq!(figures::basis_points(Decimal::from(450)), "4.5%");
    assert_eq!(figures::basis_points(Decimal::from(10_000)), "100%");
    assert_eq!(figures::number(Decimal::new(-12_345_670, 4)), "−1,234.567");
    assert_eq!(figures::count(2), "+2");
    assert_eq!(figures::count(-1_234), "−1,234");
    assert_eq!(figures::count(i64::MIN), "−9,223,372,036,854,775,808");
    assert_eq!(figures::count(0), "0");
    assert_eq!(figures::measured(-0.004, 2).as_deref(), Some("0.00"));
    assert_eq!(figures::measured(-1_234.5, 1).as_deref(), Some("−1,234.5"));
    assert_eq!(figures::measured(f64::NAN, 2), None);
    assert_eq!(figures::measured_usd(-61.204).as_deref(), Some("−$61.20"));
    assert_eq!(figures::measured_usd(f64::NEG_INFINITY), None);
}

#[test]
fn names_keep_what_their_owner_wrote_and_lose_what_could_mislead() {
    assert_eq!(verbatim("Zoë O'Neil"), "Zoë O'Neil");
    assert_eq!(verbatim("李雷 👩‍🔬"), "李雷 👩‍🔬");
    assert_eq!(verbatim("a\tb\nc\u{7f}d"), "a b c d");
    assert_eq!(verbatim("\u{202e}evil\u{2066}\u{200f}\u{feff}"), "evil");
    assert_eq!(verbatim("<b>*_`"), "<b>*_`");
    let long = verbatim(&"x".repeat(500));
    assert_eq!(long.chars().count(), 200);
    assert!(long.ends_with('…'));
}

proptest! {
    #[test]
    fn an_amount_reads_back_to_what_it_was(micros in any::<i64>()) {
        let amount = countersign_domain::money::Usd::from_micros(micros);
        let read: String = figures::usd(amount)
            .replace('−', "-")
            .chars()
            .filter(|c| !matches!(c, '$' | ','))
            .collect();
        prop_assert_eq!(usd(&read), amount);
    }

    #[test]
    fn no_text_of_others_can_break_a_line_or_turn_the_direction(text in "\\PC*|.*") {
        let shown = verbatim(&text);
        prop_assert!(!shown.chars().any(char::is_control));
        let turns = ['\u{202e}', '\u{2028}', '\u{2029}', '\u{2067}'];
        prop_assert!(!shown.contains(turns));
        prop_assert!(shown.chars().count() <= 200);
    }
}
