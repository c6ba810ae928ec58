//! The chance of a profit, as far as the figures behind a ticket tell it.

use countersign_domain::{ids::Revision, signal::Signal, structure::Structure, ticket::Ticket};
use countersign_pricing as pricing;
use jiff::Timestamp;

use crate::payoff::Payoff;

/// Seconds in the 365-day year that option formulas reckon with.
const YEAR_S: f64 = 365.0 * 86_400.0;

/// The part of 100 in which a ticket opened at its limit ends with a profit at expiry, after the fees of
/// both ways: an estimate, 1 to 99.
///
/// The price of the underlying is taken as lognormal around where it stands, at the volatility that
/// options at the money imply, without interest and dividends (Black-Scholes). `None` when the signal
/// has not measured both, or after an edit, whose quotes are newer than the figures.
pub(crate) fn of_profit(ticket: &Ticket, signal: Option<&Signal>) -> Option<u8> {
    let signal = signal.filter(|_| ticket.revision == Revision::FIRST)?;
    let figure = |name: &str| {
        let found = signal.evidence.iter().find(|one| one.name == name);
        found.map(|one| one.value)
    };
    let (spot, vol) = (figure("underlying")?, figure("iv_at_the_money")?);
    let years = years(&ticket.structure, ticket.quote.at)?;
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
    (1..=99).find(|it| f64::from(*it) >= percent).or(Some(99))
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

/// Years of trading that are left; `None` when none are, or when nobody knows.
fn years(structure: &Structure, now: Timestamp) -> Option<f64> {
    let left = structure.last_trading()?.duration_since(now).as_secs_f64() / YEAR_S;
    (left > 0.0).then_some(left)
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
