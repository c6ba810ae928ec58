//! What the prices of options imply, without interest and dividends.

use countersign_domain::{
    instrument::{Instrument, OptionContract, Right},
    money::Price,
    ticket::Ticket,
};
use countersign_pricing as pricing;
use jiff::Timestamp;

/// Years of trading that are left; `None` when none are, or when nobody knows.
pub fn years(contract: &OptionContract, now: Timestamp) -> Option<f64> {
    let left = pricing::years(contract.last_trading()?.duration_since(now).as_secs_f64());
    (left > 0.0).then_some(left)
}

/// The formula's terms of a contract with the underlying at `spot` dollars.
pub fn terms(contract: &OptionContract, spot: f64, now: Timestamp) -> Option<pricing::Terms> {
    Some(pricing::Terms {
        spot,
        strike: contract.strike.to_f64(),
        years: years(contract, now)?,
        rate: 0.0,
        dividend_yield: 0.0,
        right: match contract.right {
            Right::Call => pricing::Right::Call,
            Right::Put => pricing::Right::Put,
        },
    })
}

/// The volatility at which a contract costs `price`, with its terms.
pub fn volatility(
    contract: &OptionContract,
    price: Price,
    spot: f64,
    now: Timestamp,
) -> Option<(pricing::Terms, f64)> {
    let terms = terms(contract, spot, now)?;
    let vol = pricing::implied_vol_one(&terms, price.to_f64()).ok()?;
    Some((terms, vol))
}

/// Deviations until expiry between the underlying and a strike, either way.
pub fn deviations(terms: &pricing::Terms, vol: f64) -> f64 {
    ((terms.strike / terms.spot).ln() / (vol * terms.years.sqrt())).abs()
}

/// The volatility that a ticket's own quotes imply, with the underlying at `spot`: that of the leg whose
/// strike lies nearest to it.
pub(crate) fn nearest_leg(ticket: &Ticket, spot: f64) -> Option<f64> {
    let legs = ticket.structure.legs().iter().zip(&ticket.quote.legs);
    let implied = legs.filter_map(|(leg, quote)| {
        let Instrument::Option(contract) = &leg.instrument else {
            return None;
        };
        quote.check_sides().ok()?;
        volatility(contract, quote.mid(), spot, ticket.quote.at)
    });
    implied
        .map(|(terms, vol)| (deviations(&terms, vol), vol))
        .filter(|(away, _)| away.is_finite())
        .min_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, vol)| vol)
}
