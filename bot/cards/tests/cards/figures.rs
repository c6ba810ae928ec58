//! Amounts, counts and names.

use std::sync::LazyLock;

use countersign_cards::{Language, Locale, figures, say, verbatim};
use countersign_domain::money::{Percent, Usd};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::desk::{price, usd};

static ENGLISH: LazyLock<Locale> = LazyLock::new(Locale::english);
static GERMAN: LazyLock<Locale> = LazyLock::new(|| Locale::of(Language::German));

/// What it is in English and in German: a tilde stands for a no-break space.
fn both(figure: impl Fn(&Locale) -> String) -> [String; 2] {
    Language::ALL.map(|language| {
        let text = figure(&Locale::of(language));
        assert!(!text.contains(['~', ' ']), "{text:?}");
        text.replace('\u{a0}', "~")
    })
}

#[test]
fn money_has_its_marks_and_its_dollar_where_the_reader_has_them() {
    for (amount, wanted) in [
        ("1234.56", ["$1,234.56", "1.234,56~$"]),
        ("-12", ["−$12.00", "−12,00~$"]),
        ("-12.3", ["−$12.30", "−12,30~$"]),
        ("0", ["$0.00", "0,00~$"]),
        ("1000000", ["$1,000,000.00", "1.000.000,00~$"]),
        ("999.1", ["$999.10", "999,10~$"]),
        ("-0.000001", ["−$0.000001", "−0,000001~$"]),
        (
            "-9223372036854.775808",
            ["−$9,223,372,036,854.775808", "−9.223.372.036.854,775808~$"],
        ),
    ] {
        assert_eq!(both(|locale| figures::usd(usd(amount), locale)), wanted);
    }
    for (amount, wanted) in [
        ("35", ["+$35.00", "+35,00~$"]),
        ("-35", ["−$35.00", "−35,00~$"]),
        ("0", ["$0.00", "0,00~$"]),
    ] {
        assert_eq!(both(|locale| figures::signed(usd(amount), locale)), wanted);
    }
    for (at, wanted) in [
        ("2.505", ["$2.505", "2,505~$"]),
        ("2.5", ["$2.50", "2,50~$"]),
    ] {
        assert_eq!(both(|locale| figures::price(price(at), locale)), wanted);
    }
}

#[test]
fn other_figures_read_as_people_write_them() {
    let percent = |share| both(|locale| figures::percent(Percent(share), locale));
    assert_eq!(percent(0), ["0%", "0~%"]);
    assert_eq!(percent(50), ["50%", "50~%"]);
    assert_eq!(percent(1_000), ["1,000%", "1.000~%"]);
    let points = |bps: i64| both(|locale| figures::basis_points(Decimal::from(bps), locale));
    assert_eq!(points(450), ["4.5%", "4,5~%"]);
    assert_eq!(points(1), ["0.01%", "0,01~%"]);
    assert_eq!(points(10_000), ["100%", "100~%"]);
    let number = |value: Decimal| both(|locale| figures::number(value, locale));
    let long = Decimal::new(-12_345_670, 4);
    assert_eq!(number(long), ["−1,234.567", "−1.234,567"]);
    assert_eq!(number(Decimal::new(7525, 1)), ["752.5", "752,5"]);
    let count = |value| both(|locale| figures::count(value, locale));
    assert_eq!(count(2), ["+2", "+2"]);
    assert_eq!(count(-1_234), ["−1,234", "−1.234"]);
    let least = "−9,223,372,036,854,775,808";
    assert_eq!(count(i64::MIN), [least, "−9.223.372.036.854.775.808"]);
    assert_eq!(count(0), ["0", "0"]);
}

#[test]
fn what_was_measured_has_its_places_and_what_is_no_number_has_none() {
    let measured =
        |value, places| both(|locale| figures::measured(value, places, locale).unwrap_or_default());
    assert_eq!(measured(-0.004, 2), ["0.00", "0,00"]);
    assert_eq!(measured(-1_234.5, 1), ["−1,234.5", "−1.234,5"]);
    assert_eq!(measured(f64::NAN, 2), ["", ""]);
    let dollars = |value| both(|locale| figures::measured_usd(value, locale).unwrap_or_default());
    assert_eq!(dollars(-61.204), ["−$61.20", "−61,20~$"]);
    assert_eq!(dollars(f64::NEG_INFINITY), ["", ""]);
    let whole =
        |value| both(|locale| figures::measured_price(value, 0, locale).unwrap_or_default());
    assert_eq!(whole(9_012.0), ["$9,012", "9.012~$"]);
    let percent =
        |value| both(|locale| figures::measured_percent(value, 1, locale).unwrap_or_default());
    assert_eq!(percent(18.44), ["18.4%", "18,4~%"]);
    assert_eq!(percent(f64::NAN), ["", ""]);
}

#[test]
fn numbers_within_a_sentence_have_the_marks_of_its_language() {
    let contracts =
        |count: i64| both(|locale| say!(locale, "contracts", count = count).replace(' ', "_"));
    assert_eq!(
        contracts(1_234_567),
        ["1,234,567_contracts", "1.234.567_Kontrakte"]
    );
    assert_eq!(contracts(1), ["1_contract", "1_Kontrakt"]);
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
        let amount = Usd::from_micros(micros);
        for (locale, between, point) in [(&*ENGLISH, ',', '.'), (&*GERMAN, '.', ',')] {
            let read: String = figures::usd(amount, locale)
                .replace('−', "-")
                .chars()
                .filter(|c| *c != '$' && *c != '\u{a0}' && *c != between)
                .map(|c| if c == point { '.' } else { c })
                .collect();
            prop_assert_eq!(usd(&read), amount);
        }
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
