//! The chance of a profit, as far as the figures behind a ticket tell it.

use countersign_domain::{ids::Revision, money::Price, signal::Signal, ticket::Ticket};
use countersign_pricing as pricing;

use crate::{implied, payoff::Payoff};

/// An estimate, and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Chance {
    /// The part of 100 that ends with a profit, 1 to 99.
    pub(crate) percent: u8,
    /// The volatility of the ticket's own legs, when the signal's is not known or has aged.
    pub(crate) of_legs: Option<f64>,
}

/// The chance that a ticket opened at its limit ends with a profit at expiry, after the fees of both
/// ways.
///
/// The price of the underlying is taken as lognormal around where it stands, without interest and
/// dividends (Black-Scholes), at the volatility that options at the money imply where the signal has
/// measured it. An edit or a new price takes quotes anew and the signal's figures stay as they were, and
/// a person's own idea has none: then it is the volatility of the leg nearest to the money, seen with the
/// underlying. `None` when neither is known.
pub(crate) fn of_profit(ticket: &Ticket, signal: Option<&Signal>) -> Option<Chance> {
    let signal =
        signal.filter(|_| ticket.revision == Revision::FIRST && ticket.supersedes.is_none());
    let figure = |name: &str| {
        let mut evidence = signal?.evidence.iter();
        evidence.find(|one| one.name == name).map(|one| one.value)
    };
    let seen = ticket.quote.underlying.map(Price::to_f64);
    let spot = figure("underlying").or(seen)?;
    let measured = figure("iv_at_the_money");
    let of_legs = || implied::nearest_leg(ticket, spot);
    let vol = measured.or_else(of_legs)?;
    let left = ticket
        .structure
        .last_trading()?
        .duration_since(ticket.quote.at);
    let years = pricing::years(left.as_secs_f64());
    if years <= 0.0 {
        return None;
    }
    let points = Payoff::of(ticket).points.into_iter();
    let points: Vec<(f64, f64)> = points
        .map(|(at, profit)| (at.to_f64(), profit.to_f64()))
        .collect();
    let below = |at: f64| {
        let right = pricing::Right::Put;
        let terms = pricing::Terms {
            spot,
            strike: at,
            years,
            rate: 0.0,
            dividend_yield: 0.0,
            right,
        };
        pricing::exercise_chance(&terms, vol)
    };
    let percent = (above_nothing(&points, below)? * 100.0).round();
    Some(Chance {
        percent: (1..=99).find(|it| f64::from(*it) >= percent).unwrap_or(99),
        of_legs: measured.is_none().then_some(vol),
    })
}

/// The chance that a line through points lies above nothing, by the chance that the price ends below one.
/// Beyond its ends the line has the sign that it has there.
fn above_nothing(points: &[(f64, f64)], below: impl Fn(f64) -> f64) -> Option<f64> {
    let is_gain = |profit: f64| profit > 0.0;
    let (first, _) = (points.first()?, points.last()?);
    let mut since = is_gain(first.1).then_some(0.0);
    let mut chance = 0.0;
    for pair in points.windows(2) {
        let [(from, before), (to, after)] = pair else {
            continue;
        };
        if is_gain(*before) == is_gain(*after) {
            continue;
        }
        let crossed = below(from - before * (to - from) / (after - before));
        match since.take() {
            Some(start) => chance += crossed - start,
            None => since = Some(crossed),
        }
    }
    let chance = since.map_or(chance, |start| chance + 1.0 - start);
    chance.is_finite().then_some(chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As if every price between 0 and 100 were as likely.
    fn even(at: f64) -> f64 {
        (at / 100.0).clamp(0.0, 1.0)
    }

    #[test]
    fn gains_are_counted_between_the_prices_at_which_they_begin_and_end() {
        let is = |points: &[(f64, f64)], wanted: f64| {
            let chance = above_nothing(points, even).expect("a chance");
            assert!((chance - wanted).abs() < 1e-12, "{chance} for {points:?}");
        };
        let call = [(40.0, -10.0), (50.0, -10.0), (70.0, 10.0)];
        is(&call, 0.4);
        is(
            &[(30.0, 20.0), (50.0, -10.0), (80.0, -10.0)],
            0.3 + 0.4 / 3.0,
        );
        is(&[(20.0, -5.0), (40.0, 5.0), (60.0, 5.0), (80.0, -5.0)], 0.4);
        is(&[(20.0, -5.0), (40.0, -5.0)], 0.0);
        is(&[(20.0, 5.0), (40.0, 5.0)], 1.0);
        assert_eq!(above_nothing(&[], even), None);
        assert_eq!(above_nothing(&call, |_| f64::NAN), None);
    }
}
