//! Why a ticket was offered: the signal and its figures.

use countersign_domain::{
    signal::{Direction, Evidence, Signal},
    ticket::Ticket,
};

use crate::{figures, pen::Pen, people::verbatim, say, words};

/// Figures that a card leaves to "why", as it does those of single legs.
const BACKGROUND: [&str; 5] = ["atr", "bars", "gaps", "parity_pairs", "underlying"];

/// The signal and the figures that decided it, or who proposed it.
pub(crate) fn why(pen: &Pen<'_>, ticket: &Ticket, signal: Option<&Signal>) -> String {
    match signal {
        Some(signal) => {
            let decided = |one: &&Evidence| {
                !one.name.starts_with("leg_") && !BACKGROUND.contains(&one.name.as_str())
            };
            let mut lines = vec![expects(pen, signal)];
            let figures = listed(pen, signal.evidence.iter().filter(decided));
            lines.extend((!figures.is_empty()).then_some(figures));
            lines.join("\n")
        }
        None if ticket.proposer.is_some() => pen.say("why-proposed"),
        None => say!(
            pen.locale,
            "why-strategy",
            strategy = verbatim(&ticket.strategy)
        ),
    }
}

/// What a signal expects, and every figure behind it.
pub(crate) fn story(pen: &Pen<'_>, signal: &Signal) -> String {
    let what = expects(pen, signal);
    let figures = listed(pen, signal.evidence.iter());
    if figures.is_empty() {
        what
    } else {
        say!(
            pen.locale,
            "expects-figures",
            what = what,
            figures = figures
        )
    }
}

/// The figures; a volatility without its rank says so.
pub(crate) fn listed<'a>(pen: &Pen<'_>, evidence: impl Iterator<Item = &'a Evidence>) -> String {
    let evidence: Vec<&Evidence> = evidence.collect();
    let has = |name: &str| evidence.iter().any(|one| one.name == name);
    let mut figures: Vec<String> = evidence.iter().map(|one| figure(pen, one)).collect();
    if has("iv_at_the_money") && !has("iv_rank") {
        figures.push(pen.say("evidence-iv-rank-missing"));
    }
    figures.join("; ")
}

/// `trend expects GOOG to rise, strength 0.72 of 1`.
pub(crate) fn expects(pen: &Pen<'_>, signal: &Signal) -> String {
    let key = match signal.direction {
        Direction::Bullish => "expects-rise",
        Direction::Bearish => "expects-fall",
    };
    say!(
        pen.locale,
        key,
        strategy = verbatim(&signal.strategy),
        symbol = signal.underlying.as_str(),
        strength = measured(pen, signal.strength, 2)
    )
}

/// One figure, in the unit that its strategy documents.
fn figure(pen: &Pen<'_>, evidence: &Evidence) -> String {
    let value = evidence.value;
    let (key, text) = match evidence.name.as_str() {
        "close" => ("evidence-close", dollars(pen, value)),
        "ema_fast" => ("evidence-ema-fast", dollars(pen, value)),
        "ema_slow" => ("evidence-ema-slow", dollars(pen, value)),
        "atr" => ("evidence-atr", dollars(pen, value)),
        "underlying" => ("evidence-underlying", dollars(pen, value)),
        "gap" => ("evidence-gap", measured(pen, value, 2)),
        "slope" => ("evidence-slope", measured(pen, value, 2)),
        "rsi" => ("evidence-rsi", measured(pen, value, 0)),
        "bars" => ("evidence-bars", measured(pen, value, 0)),
        "gaps" => ("evidence-gaps", measured(pen, value, 0)),
        "parity_pairs" => ("evidence-parity", measured(pen, value, 0)),
        "iv_at_the_money" => ("evidence-iv", percent(pen, value)),
        "iv_rank" => ("evidence-iv-rank", measured(pen, value, 0)),
        "days_left" => return say!(pen.locale, "evidence-days-left", value = value),
        other => return of_leg(pen, other, value),
    };
    say!(pen.locale, key, value = text)
}

/// `leg_1_delta` and `leg_1_iv`, or a figure that this crate has no words for.
fn of_leg(pen: &Pen<'_>, name: &str, value: f64) -> String {
    let leg = name
        .strip_prefix("leg_")
        .and_then(|rest| rest.split_once('_'));
    match leg {
        Some((leg, "delta")) => {
            let value = measured(pen, value, 2);
            say!(pen.locale, "evidence-leg-delta", leg = leg, value = value)
        }
        Some((leg, "iv")) => {
            let value = percent(pen, value);
            say!(pen.locale, "evidence-leg-iv", leg = leg, value = value)
        }
        _ => say!(
            pen.locale,
            "evidence-other",
            name = words::plain(name),
            value = measured(pen, value, places(value))
        ),
    }
}

fn dollars(pen: &Pen<'_>, value: f64) -> String {
    figures::measured_usd(value, pen.locale).unwrap_or_else(|| pen.say("figure-unknown"))
}

/// A part of one as a percentage.
fn percent(pen: &Pen<'_>, value: f64) -> String {
    let percent = figures::measured_percent(value * 100.0, 1, pen.locale);
    percent.unwrap_or_else(|| pen.say("figure-unknown"))
}

/// Whole numbers without decimals, everything else with two.
fn places(value: f64) -> usize {
    if value.fract() == 0.0 { 0 } else { 2 }
}

/// A figure, or the word for one that could not be measured.
pub(crate) fn measured(pen: &Pen<'_>, value: f64, decimals: usize) -> String {
    figures::measured(value, decimals, pen.locale).unwrap_or_else(|| pen.say("figure-unknown"))
}
