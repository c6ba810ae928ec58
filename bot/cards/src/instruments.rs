//! Contracts, structures, prices and sizes in words.

use countersign_domain::{
    instrument::{Instrument, OptionContract, Right},
    money::{Contracts, Price},
    structure::{Leg, Side, Structure},
    ticket::SeenQuote,
};
use jiff::civil::Date;

use crate::{figures, pen::Pen, pen::date, say, words};

/// `GOOG Dec 24, 2015 750 call`.
pub(crate) fn contract(pen: &Pen<'_>, contract: &OptionContract) -> String {
    let key = match contract.right {
        Right::Call => "contract-call",
        Right::Put => "contract-put",
    };
    say!(
        pen.locale,
        key,
        root = contract.root.as_str(),
        expiry = date(contract.expiry, pen.locale),
        strike = figures::number(contract.strike.decimal(), pen.locale)
    )
}

/// A contract as [`contract`], shares as `GOOG shares`.
pub(crate) fn instrument(pen: &Pen<'_>, instrument: &Instrument) -> String {
    match instrument {
        Instrument::Equity(symbol) => {
            say!(pen.locale, "contract-shares", symbol = symbol.as_str())
        }
        Instrument::Option(option) => contract(pen, option),
    }
}

/// `GOOG bull call spread 750/755, Dec 24, 2015`.
pub(crate) fn structure(pen: &Pen<'_>, structure: &Structure) -> String {
    named(pen, structure, |expiry| date(expiry, pen.locale))
}

/// The same for a narrow column: without the year while it is this one.
pub(crate) fn structure_in_row(pen: &Pen<'_>, structure: &Structure) -> String {
    named(pen, structure, |expiry| pen.day(expiry))
}

fn named(pen: &Pen<'_>, structure: &Structure, written: impl Fn(Date) -> String) -> String {
    let strikes: Vec<String> = structure
        .contracts()
        .map(|contract| figures::number(contract.strike.decimal(), pen.locale))
        .collect();
    let underlying = structure.underlying();
    let expiry = structure
        .contracts()
        .next()
        .map(|first| written(first.expiry));
    say!(
        pen.locale,
        "structure-name",
        underlying = underlying.as_str(),
        kind = words::structure_kind(structure.kind(), pen.locale),
        strikes = strikes.join("/"),
        expiry = expiry.unwrap_or_default()
    )
}

/// One line for each leg of `units`: `Buy 2 GOOG Dec 24, 2015 750 call`.
pub(crate) fn legs(pen: &Pen<'_>, legs: &[Leg], units: Contracts) -> String {
    let line = |leg: &Leg| {
        let key = match leg.side {
            Side::Buy => "leg-buy",
            Side::Sell => "leg-sell",
        };
        let count = leg.signed(units.count()).unsigned_abs();
        let what = instrument(pen, &leg.instrument);
        say!(pen.locale, key, count = count, what = what)
    };
    legs.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A net price as a bound: `pay at most $1.25 per share`, `receive at least $0.80 per share`.
pub(crate) fn bound(pen: &Pen<'_>, net: Price) -> String {
    let key = if net.is_negative() {
        "bound-credit"
    } else {
        "bound-debit"
    };
    say!(
        pen.locale,
        key,
        price = figures::price(net.abs(), pen.locale)
    )
}

/// A bound with its dollars: `pay at most $1.25 per share ($125.00 per contract)`, and for more
/// than one contract their total.
pub(crate) fn bound_in_dollars(
    pen: &Pen<'_>,
    net: Price,
    multiplier: i64,
    units: Contracts,
) -> String {
    let each = net.abs().dollars(multiplier);
    let bound = bound(pen, net);
    if units.count() > 1 {
        say!(
            pen.locale,
            "bound-dollars-many",
            bound = bound,
            each = figures::usd(each, pen.locale),
            all = figures::usd(each.times(units.count()), pen.locale)
        )
    } else {
        say!(
            pen.locale,
            "bound-dollars-one",
            bound = bound,
            each = figures::usd(each, pen.locale)
        )
    }
}

/// A net price of the market: `pay $1.28`, `receive $0.85`.
pub(crate) fn net(pen: &Pen<'_>, net: Price) -> String {
    let key = if net.is_negative() {
        "net-credit"
    } else {
        "net-debit"
    };
    say!(
        pen.locale,
        key,
        price = figures::price(net.abs(), pen.locale)
    )
}

/// The net market that somebody saw, with its age and source.
pub(crate) fn market(pen: &Pen<'_>, seen: &SeenQuote) -> String {
    say!(
        pen.locale,
        "quote-seen",
        natural = net(pen, seen.natural),
        mid = net(pen, seen.mid),
        age = pen.age(seen.at),
        time = pen.time(seen.at),
        source = words::source(seen.source, pen.locale)
    )
}

/// A net price that was traded: `paid $1.28 per share`, `received $0.85 per share`.
pub(crate) fn traded(pen: &Pen<'_>, net: Price) -> String {
    let key = if net.is_negative() {
        "traded-credit"
    } else {
        "traded-debit"
    };
    say!(
        pen.locale,
        key,
        price = figures::price(net.abs(), pen.locale)
    )
}

/// `1 contract`, `2 contracts`.
pub(crate) fn contracts(pen: &Pen<'_>, units: Contracts) -> String {
    say!(pen.locale, "contracts", count = units.0)
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(pen: &Pen<'_>, items: &[String]) -> String {
    let Some((last, rest)) = items.split_last() else {
        return String::new();
    };
    if rest.is_empty() {
        return last.clone();
    }
    say!(
        pen.locale,
        "list-last",
        rest = rest.join(", "),
        last = last.as_str()
    )
}
