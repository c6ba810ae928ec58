//! What a ticket or a position is worth at expiry, by the price of its underlying.

use countersign_domain::{
    instrument::Instrument,
    money::{Price, Usd},
    position::Position,
    ticket::Ticket,
    view::TicketView,
};
use rust_decimal::Decimal;

use crate::{figures, locale::Locale, say};

/// How far beyond the outermost strike or breakeven a picture reaches, of the distance between them.
const BEYOND: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// The same at the least, of the price.
const AT_LEAST: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// Profit at expiry after fees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payoff {
    /// Prices of the underlying, ascending, each with the profit there, dollars: straight lines lie
    /// between them. The first and the last are the ends of a picture and not of the payoff.
    pub points: Vec<(Price, Usd)>,
}

impl Payoff {
    /// The payoff of a ticket, opened at its limit, after the fees of both ways: exact at every
    /// strike.
    pub fn of(ticket: &Ticket) -> Self {
        let mut prices = strikes(ticket);
        prices.extend(&ticket.terms.breakevens);
        Self::through(prices, |at| profit(ticket, at))
    }

    /// The payoff of what is held, with the profit taken and the fees paid so far: exact at every
    /// strike. Without points when no option is held.
    pub fn held(position: &Position) -> Self {
        Self::through(strikes_held(position), |at| profit_held(position, at))
    }

    fn through(mut prices: Vec<Price>, profit: impl Fn(Price) -> Usd) -> Self {
        prices.sort_unstable();
        prices.dedup();
        let ends = prices.first().zip(prices.last()).map(|(low, high)| {
            let beyond = (*high - *low).scaled(BEYOND).max(high.scaled(AT_LEAST));
            ((*low - beyond).max(Price::ZERO), *high + beyond)
        });
        if let Some((low, high)) = ends {
            prices.insert(0, low);
            prices.push(high);
        }
        let points = prices.into_iter().map(|at| (at, profit(at)));
        Self {
            points: points.collect(),
        }
    }
}

fn strikes(ticket: &Ticket) -> Vec<Price> {
    let contracts = ticket.structure.contracts();
    contracts.map(|contract| contract.strike).collect()
}

fn profit(ticket: &Ticket, at: Price) -> Usd {
    let (structure, terms) = (&ticket.structure, &ticket.terms);
    let shares = structure
        .multiplier()
        .saturating_mul(terms.contracts.count());
    structure.profit(at, terms.limit).dollars(shares) - terms.fees
}

fn strikes_held(position: &Position) -> Vec<Price> {
    let held = position.holdings.iter().filter(|it| it.quantity != 0);
    held.filter_map(|it| it.instrument.option())
        .map(|contract| contract.strike)
        .collect()
}

fn profit_held(position: &Position, at: Price) -> Usd {
    let holdings = position.holdings.iter();
    let open: Usd = holdings
        .map(|held| {
            let worth = match &held.instrument {
                Instrument::Option(contract) => contract.intrinsic(at),
                Instrument::Equity(_) => at,
            };
            held.value(worth) - held.cost
        })
        .sum();
    position.realised() + open - position.fees
}

/// The payoff in words: the profit at each strike, and where it goes on rising or falling.
pub fn caption(ticket: &Ticket, locale: &Locale) -> String {
    let at = strikes(ticket).into_iter();
    let strikes = at.map(|strike| (strike, profit(ticket, strike)));
    told(&Payoff::of(ticket), strikes.collect(), locale)
}

/// The payoff of what is held in words, as [`caption`].
pub fn caption_held(position: &Position, locale: &Locale) -> String {
    let at = strikes_held(position).into_iter();
    let strikes = at.map(|strike| (strike, profit_held(position, strike)));
    told(&Payoff::held(position), strikes.collect(), locale)
}

/// The payoff of a ticket in words, or of what is held of it.
pub fn words(view: &TicketView, locale: &Locale) -> String {
    let held = view.position.as_ref().map(|it| &it.position);
    match held.filter(|it| !it.is_flat()) {
        Some(held) => caption_held(held, locale),
        None => caption(&view.ticket, locale),
    }
}

fn told(payoff: &Payoff, mut strikes: Vec<(Price, Usd)>, locale: &Locale) -> String {
    strikes.sort_unstable();
    strikes.dedup();
    let (Some(left), Some(right)) = (payoff.points.first(), payoff.points.last()) else {
        return String::new();
    };
    let last = strikes.len().saturating_sub(1);
    let mut parts = Vec::new();
    for (index, (strike, here)) in strikes.into_iter().enumerate() {
        let (less, more) = (index == 0, index == last);
        if less && left.1 != here {
            parts.push(part("payoff-at", *left, locale));
        }
        let key = match (less && left.1 == here, more && right.1 == here) {
            (true, false) => "payoff-at-less",
            (false, true) => "payoff-at-more",
            _ => "payoff-at",
        };
        parts.push(part(key, (strike, here), locale));
        if more && right.1 != here {
            parts.push(part("payoff-at", *right, locale));
        }
    }
    say!(locale, "payoff", points = parts.join(" · "))
}

fn part(key: &str, (at, profit): (Price, Usd), locale: &Locale) -> String {
    say!(
        locale,
        key,
        amount = figures::signed(profit, locale),
        price = to_the_cent(at, locale)
    )
}

fn to_the_cent(at: Price, locale: &Locale) -> String {
    let rounded = Price::try_from(at.decimal().round_dp(2)).unwrap_or(at);
    figures::price(rounded, locale)
}

/// A word in the picture of a payoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The curve at expiry, after fees.
    Expiry,
    /// The curve of the value now.
    Now,
    /// The same, with the profit there now.
    NowAt(Usd),
    /// The band of one standard deviation to expiry.
    Deviation,
    /// The price of the underlying now.
    Price(Price),
    /// Where nothing is gained or lost.
    Breakeven(Price),
    /// The most that can be gained; `None` without a bound.
    Gain(Option<Usd>),
    /// The least that can be had, negative for a loss; `None` without a bound.
    Loss(Option<Usd>),
}

/// What stands at a part of the picture.
pub fn label(label: Label, locale: &Locale) -> String {
    let signed = |amount| figures::signed(amount, locale);
    match label {
        Label::Expiry => locale.say("payoff-expiry"),
        Label::Now => locale.say("payoff-now"),
        Label::NowAt(profit) => say!(locale, "payoff-now-at", amount = signed(profit)),
        Label::Deviation => locale.say("payoff-deviation"),
        Label::Price(at) => say!(locale, "payoff-price", price = to_the_cent(at, locale)),
        Label::Breakeven(at) => say!(locale, "payoff-breakeven", price = to_the_cent(at, locale)),
        Label::Gain(None) => locale.say("payoff-gain-unbounded"),
        Label::Gain(Some(most)) if most.is_positive() => {
            say!(locale, "payoff-gain", amount = signed(most))
        }
        Label::Gain(Some(most)) => say!(locale, "payoff-most", amount = signed(most)),
        Label::Loss(None) => locale.say("payoff-loss-unbounded"),
        Label::Loss(Some(least)) if least.is_negative() => {
            say!(locale, "payoff-loss", amount = signed(least))
        }
        Label::Loss(Some(least)) => say!(locale, "payoff-least", amount = signed(least)),
    }
}
