//! `countersign replay` on days recorded by others.

mod bad_input;
mod checks;
mod headlines;
mod tale;

use std::{path::Path, thread};

use rust_decimal::Decimal;

use crate::{
    data::{DAYS, Recorded},
    lean::Day,
    program::{Ran, run},
};
use checks::faults;
use tale::Tale;

/// Plays a day in a folder of its own; what it said, and the bytes of its events.
fn play(day: Recorded) -> (Ran, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    let events = folder.path().join("events.jsonl");
    let (bars, options, date) = (day.bars(), day.options(), day.date.to_string());
    let text = |path: &Path| path.display().to_string();
    let (bars, options, file) = (text(&bars), text(&options), text(&events));
    let args = [
        ["replay", "--auto-confirm"],
        ["--underlying", day.symbol],
        ["--date", &date],
        ["--bars", &bars],
        ["--options", &options],
        ["--events", &file],
    ];
    let ran = run(folder.path(), args.as_flattened());
    assert_eq!(ran.code, Some(0), "{}: {}", day.symbol, ran.err);
    let written = std::fs::read(&events).expect("its events");
    (ran, written)
}

/// A day's events, after it was held against the recorded quotes and against itself.
fn checked(day: Recorded) -> Tale {
    let (again, quotes) = thread::scope(|scope| {
        let again = scope.spawn(move || play(day).1);
        let quotes = scope.spawn(move || Day::read(day));
        (again.join(), quotes.join())
    });
    let (ran, written) = play(day);
    let tale = Tale::read(&written);
    let quotes = quotes.expect("the recorded day");
    let found = faults(&tale, &quotes);
    assert!(found.is_empty(), "{}:\n{}", day.symbol, found.join("\n"));
    let same = again.expect("the second run") == written;
    assert!(same, "{}: two runs differ", day.symbol);
    reports_what_the_executions_make(day, &ran, &tale);
    checks_would_see(&tale, &quotes);
    tale
}

/// The report's figure is that of the executions, to the cent.
fn reports_what_the_executions_make(day: Recorded, ran: &Ran, tale: &Tale) {
    let (cash, fees) = (tale.cash(), tale.fees());
    let money = |amount: Decimal| {
        let sign = match amount.cmp(&Decimal::ZERO) {
            std::cmp::Ordering::Less => "−",
            std::cmp::Ordering::Equal => "",
            std::cmp::Ordering::Greater => "+",
        };
        format!("{sign}${:.2}", amount.abs())
    };
    let line = format!(
        "P&L {} taken, after ${fees:.2} of fees.",
        money(cash - fees)
    );
    assert_eq!(tale.open(), 0, "{}: all is closed", day.symbol);
    assert!(
        ran.out.contains(&line),
        "{}: no {line:?} in\n{}",
        day.symbol,
        ran.out
    );
}

/// The checks see a price outside the quote, a size above it, a quote of the future, a sum that is
/// off and a signal that vanished, where there is something to make wrong.
fn checks_would_see(tale: &Tale, quotes: &Day) {
    for (what, wrong) in tale.spoilt() {
        let found = faults(&wrong, quotes);
        assert!(!found.is_empty(), "nothing was said about {what}");
    }
}

// R57, R59
#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn recorded_days_are_traded_within_their_quotes_and_repeat_to_the_byte() {
    let tales: Vec<Tale> = thread::scope(|scope| {
        let running = DAYS.map(|day| scope.spawn(move || checked(day)));
        running
            .into_iter()
            .map(|day| {
                day.join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    });
    for (day, tale) in DAYS.iter().zip(&tales) {
        println!("{} {}: {}", day.symbol, day.date, tale.sum());
    }
    let traded = tales.iter().filter(|tale| tale.opened() > 0).count();
    assert!(traded >= 2, "positions on {traded} of three days");
    let closed: usize = tales.iter().map(Tale::closed_by_a_rule).sum();
    assert!(closed >= 1, "no position was closed by an exit rule");
}

#[test]
fn the_committed_configuration_of_replays_names_no_symbol_and_no_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/replay.toml");
    let text = std::fs::read_to_string(path).expect("config/replay.toml");
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        let capitals = word.len() > 1 && word.chars().all(|letter| letter.is_ascii_uppercase());
        assert!(!capitals, "{word} may be a symbol");
        let year = word.len() == 4 && word.parse().is_ok_and(|year| (1990..2100).contains(&year));
        assert!(!year, "{word} may be a year");
        let known = DAYS.iter().any(|day| word.eq_ignore_ascii_case(day.symbol));
        assert!(!known, "{word} is a recorded day's symbol");
    }
    let settings: toml::Table = text.parse().expect("TOML");
    let trade = settings.get("trade").and_then(toml::Value::as_table);
    assert!(trade.is_none_or(|trade| !trade.contains_key("watchlist")));
}
