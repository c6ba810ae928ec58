//! Vetoes: why a signal is not traded.

use countersign_domain::{instrument::OptionContract, news::Judged, signal::Veto};
use jiff::Timestamp;

use crate::{
    breach, instruments,
    locale::Locale,
    news,
    pen::{Named, Pen},
    people::verbatim,
    say, words,
};

/// Why a signal is not traded, in one sentence.
pub fn veto(veto: &Veto, now: Timestamp, locale: &Locale) -> String {
    sentence(&Pen { locale, now }, veto)
}

pub(crate) fn sentence(pen: &Pen<'_>, veto: &Veto) -> String {
    let locale = pen.locale;
    match veto {
        Veto::Calendar { minutes_left } if *minutes_left > 0 => {
            say!(locale, "veto-late", minutes = *minutes_left)
        }
        Veto::Calendar { .. } => pen.say("veto-closed"),
        Veto::NoContract { seen, lacking } => {
            say!(
                locale,
                "veto-no-contract",
                seen = *seen,
                lacking = verbatim(lacking)
            )
        }
        Veto::Liquidity { contract, fault } => say!(
            locale,
            "veto-liquidity",
            contract = named(pen, contract),
            fault = verbatim(fault)
        ),
        Veto::DataQuality { fault } => {
            say!(locale, "veto-data-quality", fault = verbatim(fault))
        }
        Veto::Duplicate { ticket: Some(it) } => {
            say!(locale, "veto-duplicate-ticket", ticket = it.short())
        }
        Veto::Duplicate { ticket: None } => pen.say("veto-duplicate-position"),
        Veto::Limit(breach) => breach::sentence(pen, breach),
        Veto::News(why) => say!(locale, "veto-news", reasons = news::reasons(pen, why)),
        Veto::NotScanned => pen.say("veto-not-scanned"),
        Veto::Trading { state } => {
            say!(
                locale,
                "veto-trading",
                state = words::trading(*state, locale)
            )
        }
    }
}

/// The same with the stories behind what the news says, as old as they were at that time.
pub(crate) fn with_stories(pen: &Pen<'_>, veto: &Veto, behind: (Timestamp, &[Judged])) -> String {
    match veto {
        Veto::News(why) => {
            let reasons = news::behind(pen, why, behind);
            say!(pen.locale, "veto-news", reasons = reasons)
        }
        other => sentence(pen, other),
    }
}

/// Contracts by their symbols, parted by slashes; in words where they are some.
fn named(pen: &Pen<'_>, symbols: &str) -> String {
    let one = |symbol: &str| match symbol.parse::<OptionContract>() {
        Ok(contract) => instruments::contract(pen, &contract),
        Err(_) => verbatim(symbol),
    };
    symbols
        .split(" / ")
        .map(one)
        .collect::<Vec<_>>()
        .join(" / ")
}
