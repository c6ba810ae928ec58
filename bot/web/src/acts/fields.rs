//! What people type, strictly read: digits are `0` to `9`, and nothing is guessed.

use std::ops::RangeInclusive;

use countersign_cards::typed;
use countersign_domain::{
    exit::{ExitPlan, TrailingStop},
    instrument::{Instrument, OptionContract, Symbol},
    money::{Contracts, Percent, Price, Usd},
    refusal::Invalid,
    structure::{Leg, Side, Structure},
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use serde::Deserialize;

use crate::fault::{Fault, invalid};

/// A whole number within a range, or the fault.
pub(super) fn whole(text: &str, range: RangeInclusive<u32>, fault: Fault) -> Result<u32, Fault> {
    let text = text.trim();
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|it| it.is_ascii_digit());
    match text.parse() {
        Ok(number) if digits && range.contains(&number) => Ok(number),
        _ => Err(fault),
    }
}

/// Contracts, from 1 to the most that the desk takes.
pub(super) fn contracts(text: &str) -> Result<Contracts, Fault> {
    whole(text, 1..=Contracts::MOST.0, invalid(Invalid::Contracts)).map(Contracts)
}

/// The number that was typed, with a point before its decimals.
fn clear(text: &str) -> Result<String, Fault> {
    typed::strict(text.trim()).map_err(|_| Fault::Field("typed-unclear"))
}

/// A price above zero, without its sign.
pub(super) fn price(text: &str) -> Result<Price, Fault> {
    match clear(text)?.parse::<Price>() {
        Ok(price) if price.is_positive() => Ok(price),
        _ => Err(invalid(Invalid::Limit)),
    }
}

/// A net limit as the structure has it: what a credit structure receives is below zero.
pub(super) fn limit(text: &str, structure: &Structure) -> Result<Price, Fault> {
    let price = price(text)?;
    Ok(if structure.kind().is_credit() {
        -price
    } else {
        price
    })
}

/// The most that a form takes, in millionths of a dollar: a thousand million dollars.
const MOST_DOLLARS: i64 = 1_000_000_000_000_000;

/// Dollars above zero, within what a form takes.
pub(super) fn dollars(text: &str) -> Result<Usd, Fault> {
    match clear(text)?.parse::<Usd>() {
        Ok(dollars) if dollars.is_positive() && dollars <= Usd::from_micros(MOST_DOLLARS) => {
            Ok(dollars)
        }
        _ => Err(Fault::Field("console-fault-dollars")),
    }
}

/// Nothing, or something.
pub(super) fn maybe<T>(
    text: &str,
    read: impl FnOnce(&str) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    if text.trim().is_empty() {
        Ok(None)
    } else {
        read(text).map(Some)
    }
}

fn percent(text: &str) -> Result<Percent, Fault> {
    whole(text, 1..=1_000, Fault::Field("console-fault-percent")).map(Percent)
}

/// A symbol, or the fault.
pub(super) fn symbol(text: &str) -> Result<Symbol, Fault> {
    let read = text.trim().parse();
    read.map_err(|_| Fault::Field("console-fault-underlying"))
}

/// A strategy's name.
pub(super) fn strategy(text: &str) -> Result<String, Fault> {
    let name = text.trim();
    let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b'_');
    if (1..=40).contains(&name.len()) && name.bytes().all(plain) {
        Ok(name.to_owned())
    } else {
        Err(Fault::Field("console-fault-word"))
    }
}

/// An option by its symbol, its root padded or not.
fn option(text: &str) -> Result<OptionContract, Fault> {
    let wrong = || Fault::Field("console-fault-symbol");
    let packed: String = text.split_whitespace().collect();
    let cut = packed.len().checked_sub(15).ok_or_else(wrong)?;
    let (root, rest) = packed.split_at_checked(cut).ok_or_else(wrong)?;
    format!("{root:<6}{rest}").parse().map_err(|_| wrong())
}

fn side(text: &str) -> Result<Side, Fault> {
    match text {
        "buy" => Ok(Side::Buy),
        "sell" => Ok(Side::Sell),
        _ => Err(Fault::Field("console-fault-side")),
    }
}

/// One leg, or two, as a structure.
pub(super) fn structure(first: (&str, &str), second: (&str, &str)) -> Result<Structure, Fault> {
    let leg = |(symbol, bought): (&str, &str)| {
        let instrument = Instrument::Option(option(symbol)?);
        let side = side(bought)?;
        Ok(Leg {
            instrument,
            side,
            ratio: 1,
        })
    };
    let mut legs = vec![leg(first)?];
    if !second.0.trim().is_empty() {
        legs.push(leg(second)?);
    }
    Structure::new(legs).map_err(|_| invalid(Invalid::Structure))
}

/// An exit plan as a form has it: what is empty is off.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) target: &'a str,
    pub(super) stop: &'a str,
    pub(super) arm: &'a str,
    pub(super) give_back: &'a str,
    pub(super) time: &'a str,
    pub(super) days: &'a str,
}

impl Plan<'_> {
    pub(super) fn read(&self) -> Result<ExitPlan, Fault> {
        let trail = match (maybe(self.arm, percent)?, maybe(self.give_back, percent)?) {
            (Some(arm), Some(give_back)) => Some(TrailingStop { arm, give_back }),
            (None, None) => None,
            _ => return Err(Fault::Field("console-fault-trail")),
        };
        let days = |text: &str| whole(text, 0..=365, Fault::Field("console-fault-days"));
        Ok(ExitPlan {
            profit_target: maybe(self.target, percent)?,
            stop_loss: maybe(self.stop, percent)?,
            trail,
            time_stop: maybe(self.time, new_york)?,
            days_to_expiry: maybe(self.days, days)?,
        })
    }
}

/// A time of day in New York, as a browser's field writes it: `2026-11-18T15:45`.
fn new_york(text: &str) -> Result<Timestamp, Fault> {
    let wrong = |_| Fault::Field("console-fault-time");
    let text = text.trim();
    let plain = text.is_ascii() && (16..=19).contains(&text.len());
    let civil: DateTime = text.parse().map_err(wrong)?;
    let zone = TimeZone::get("America/New_York").map_err(wrong)?;
    let there = zone.to_timestamp(civil).map_err(wrong)?;
    if plain {
        Ok(there)
    } else {
        Err(Fault::Field("console-fault-time"))
    }
}

/// A form without fields of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plain {
    pub(super) seal: String,
}
