//! Numbers as people type them: one is meant, or none is read.

use countersign_cards::{
    Language, Locale,
    command::{Asked, Fault, LimitChange, Unread, parse_text, sorry},
    typed::{self, Unclear},
};
use countersign_domain::{limits::LimitCode, money::Usd};
use proptest::prelude::*;
use rust_decimal::Decimal;

#[test]
fn a_point_and_a_comma_stand_before_decimals_where_nothing_else_can_be_meant() {
    for (typed, meant) in [
        ("250", "250"),
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        ("12,30", "12.30"),
        (",5", ".5"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1234,567", "1234.567"),
        ("1,2340", "1.2340"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1.234,567", "1234.567"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234.567,8", "1234567.8"),
    ] {
        assert_eq!(typed::strict(typed).as_deref(), Ok(meant), "{typed}");
    }
}

#[test]
fn what_could_be_thousands_or_decimals_is_refused_and_what_is_no_number_is_none() {
    for unclear in [
        "1,234", "1.234", "12.500", "999,000", "+1,234", "-1.234", "01,234",
    ] {
        assert_eq!(typed::strict(unclear), Err(Unclear), "{unclear}");
        assert_eq!(typed::dollars(&format!("${unclear}")), Err(Unclear));
        assert_eq!(typed::dollars(&format!("{unclear}\u{a0}$")), Err(Unclear));
    }
    for wrong in [
        "1.2.3",
        "1,23,456",
        "0,123,456",
        "1,234.567.890",
        "1,",
        "1e3",
        "١,٥",
        "12.34,5",
        ",",
        "1,2.3",
    ] {
        let strict = typed::strict(wrong).expect("nothing unclear");
        assert!(
            strict.parse::<Usd>().is_err(),
            "{wrong} is read as {strict}"
        );
    }
}

#[test]
fn limits_and_ideas_are_typed_in_either_way() {
    let limit = |typed: &str| parse_text(typed, "our_bot").expect("a command");
    let set = |value: i64, scale, code| {
        let value = Decimal::new(value, scale).normalize();
        Ok(Asked::Limits(Some(LimitChange { code, value })))
    };
    let loss = LimitCode::WorstLossPerTicket;
    assert_eq!(
        limit("/limits set worst_loss_per_ticket 1000"),
        set(1_000, 0, loss)
    );
    assert_eq!(
        limit("/limits set worst_loss_per_ticket 99,50"),
        set(9_950, 2, loss)
    );
    assert_eq!(
        limit("/limits set worst_loss_per_ticket 1.234,50"),
        set(123_450, 2, loss)
    );
    assert_eq!(
        limit("/limits set spread_bps 12,5%"),
        set(1_250, 0, LimitCode::Spread)
    );
    let idea = |terms: &str| limit(&format!("/propose buy 2 SPY 2026-12-18 {terms}"));
    let comma = idea("602,5c limit 3,20");
    assert!(comma.is_ok(), "{comma:?}");
    assert_eq!(comma, idea("602.5c limit 3.20"));
    for unclear in [
        limit("/limits set worst_loss_per_ticket 1.000"),
        limit("/limits set worst_loss_per_ticket 1,000"),
        limit("/limits set spread_bps 1.000bps"),
        idea("600c limit 3.205"),
    ] {
        let unread = unclear.expect_err("it could be two numbers");
        assert!(
            matches!(
                unread,
                Unread::Wrong {
                    fault: Fault::Unclear,
                    ..
                }
            ),
            "{unread:?}"
        );
        for (language, says) in [
            (Language::English, "like 1234"),
            (Language::German, "wie 1234"),
        ] {
            let said = sorry(&unread, &Locale::of(language));
            assert!(said.contains(says), "{said}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(micros in 0..i64::MAX) {
        let amount = Usd::from_micros(micros);
        let german = typed::filled_in(&amount, &Locale::of(Language::German));
        prop_assert!(!german.contains('.'), "{}", german);
        for text in [typed::written(&amount), typed::written(&amount.decimal()), german] {
            let strict = typed::strict(&text);
            prop_assert_eq!(strict.ok().and_then(|it| it.parse::<Usd>().ok()), Some(amount));
        }
    }

    #[test]
    fn no_mark_ever_makes_a_number_a_thousand_times_another(text in "[0-9]{1,4}([.,][0-9]{1,4}){0,3}") {
        // Whoever writes points between thousands and whoever writes commas mean the same, or nothing is read.
        let readings: Vec<Usd> = [('.', ','), (',', '.')]
            .into_iter()
            .filter_map(|(point, between)| meant(&text, point, between))
            .collect();
        let read = typed::strict(&text).ok().and_then(|it| it.parse::<Usd>().ok());
        if let Some(read) = read {
            prop_assert!(readings.iter().all(|it| *it == read), "{} is {:?}, not {:?}", text, read, readings);
        }
        if let [first, rest @ ..] = readings.as_slice()
            && rest.iter().all(|it| it == first)
            && *first != Usd::from_micros(0)
        {
            prop_assert_eq!(read, Some(*first));
        }
    }
}

/// What somebody means who writes decimals behind this mark and thousands with that one.
fn meant(text: &str, point: char, between: char) -> Option<Usd> {
    let (whole, decimals) = text.split_once(point).unwrap_or((text, ""));
    let parts: Vec<&str> = whole.split(between).collect();
    let (first, groups) = parts.split_first()?;
    let plain = decimals.chars().all(|c| c.is_ascii_digit());
    let fits = groups.is_empty() || (first.len() <= 3 && *first != "0");
    if !plain || !fits || groups.iter().any(|it| it.len() != 3) {
        return None;
    }
    let number = match decimals {
        "" => parts.concat(),
        _ => format!("{}.{decimals}", parts.concat()),
    };
    number.parse().ok()
}
