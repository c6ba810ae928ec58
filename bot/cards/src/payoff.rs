//! What a ticket is worth at expiry, by the price of its underlying.

use countersign_domain::{
    money::{Price, Usd},
    ticket::Ticket,
};
use rust_decimal::Decimal;

use crate::{figures, locale::Locale, say};

/// How far beyond the outermost strike or breakeven a picture reaches, of the distance between them.
const BEYOND: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// The same at the least, of the price.
const AT_LEAST: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// Profit of a ticket at expiry, opened at its limit, after the fees of both ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payoff {
    /// Prices of the underlying, ascending, each with the profit there, dollars: straight lines lie
    /// between them. The first and the last are the ends of a picture and not of the payoff.
    pub points: Vec<(Price, Usd)>,
}

impl Payoff {
    /// The payoff of a ticket: exact at every strike.
    pub fn of(ticket: &Ticket) -> Self {
        let mut prices: Vec<Price> = ticket.structure.contracts().map(|it| it.strike).collect();
        prices.extend(&ticket.terms.breakevens);
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
        let points = prices.into_iter().map(|at| (at, profit(ticket, at)));
        Self {
            points: points.collect(),
        }
    }
}

fn profit(ticket: &Ticket, at: Price) -> Usd {
    let (structure, terms) = (&ticket.structure, &ticket.terms);
    let shares = structure
        .multiplier()
        .saturating_mul(terms.contracts.count());
    structure.profit(at, terms.limit).dollars(shares) - terms.fees
}

/// The payoff in words: the profit at each strike, and where it goes on rising or falling.
pub fn caption(ticket: &Ticket, locale: &Locale) -> String {
    let mut strikes: Vec<Price> = ticket.structure.contracts().map(|it| it.strike).collect();
    strikes.sort_unstable();
    strikes.dedup();
    let points = Payoff::of(ticket).points;
    let (Some(left), Some(right)) = (points.first(), points.last()) else {
        return String::new();
    };
    let last = strikes.len().saturating_sub(1);
    let mut parts = Vec::new();
    for (index, strike) in strikes.iter().enumerate() {
        let here = profit(ticket, *strike);
        let (less, more) = (index == 0, index == last);
        if less && left.1 != here {
            parts.push(part("payoff-at", *left, locale));
        }
        let key = match (less && left.1 == here, more && right.1 == here) {
            (true, false) => "payoff-at-less",
            (false, true) => "payoff-at-more",
            _ => "payoff-at",
        };
        parts.push(part(key, (*strike, here), locale));
        if more && right.1 != here {
            parts.push(part("payoff-at", *right, locale));
        }
    }
    say!(locale, "payoff", points = parts.join(" · "))
}

fn part(key: &str, (at, profit): (Price, Usd), locale: &Locale) -> String {
    let at = Price::try_from(at.decimal().round_dp(2)).unwrap_or(at);
    say!(
        locale,
        key,
        amount = figures::signed(profit),
        price = figures::price(at)
    )
}
