//! What the stored figures tell of the market: volatilities, the profit now, one standard deviation.

use countersign_cards::implied;
use countersign_domain::{
    instrument::{Instrument, OptionContract},
    money::Price,
};
use countersign_pricing as pricing;
use jiff::Timestamp;

/// A leg counts as at the money within this part of its own standard deviation.
const AT_THE_MONEY: f64 = 0.25;

/// Dollars of as many shares as there are, as a float, are their count.
const ONE_DOLLAR: Price = Price::from_whole(1);

/// One instrument held, with its price.
pub(crate) struct Held {
    pub(crate) instrument: Instrument,
    /// How many; negative is short.
    pub(crate) quantity: i64,
    /// Believed price per share, or none.
    pub(crate) price: Option<Price>,
}

/// Instruments that are held, with what their prices tell.
pub(crate) struct Market {
    parts: Vec<Part>,
}

enum Part {
    Option(Implied),
    Shares(f64),
}

struct Implied {
    /// Signed.
    shares: f64,
    terms: pricing::Terms,
    vol: f64,
}

impl Market {
    /// The market in which the underlying stands at `spot`; `None` when the price of an instrument
    /// tells no volatility.
    pub(crate) fn of(held: &[Held], spot: Price, now: Timestamp) -> Option<Self> {
        let spot = spot.to_f64();
        let part = |one: &Held| {
            let count = one.quantity.saturating_mul(one.instrument.multiplier());
            let shares = ONE_DOLLAR.dollars(count).to_f64();
            let Instrument::Option(contract) = &one.instrument else {
                return Some(Part::Shares(shares));
            };
            let (terms, vol) = implied::volatility(contract, one.price?, spot, now)?;
            Some(Part::Option(Implied { shares, terms, vol }))
        };
        let parts = held.iter().filter(|one| one.quantity != 0).map(part);
        Some(Self {
            parts: parts.collect::<Option<_>>()?,
        })
    }

    /// Dollars that closing would bring with the underlying at `spot`.
    pub(crate) fn value(&self, spot: f64) -> f64 {
        let worth = |part: &Part| match part {
            Part::Shares(shares) => shares * spot,
            // Without a price of the underlying the formula has no limit of its own.
            Part::Option(Implied { shares, terms, vol }) => {
                let spot = spot.max(terms.strike * 1e-9);
                shares * pricing::price_one(&pricing::Terms { spot, ..*terms }, *vol)
            }
        };
        self.parts.iter().map(worth).sum()
    }

    /// The volatility at the money, when a leg is near enough to tell it.
    pub(crate) fn at_the_money(&self) -> Option<f64> {
        let options = self.parts.iter().filter_map(|part| match part {
            Part::Option(implied) => Some(implied),
            Part::Shares(_) => None,
        });
        options
            .map(|one| (implied::deviations(&one.terms, one.vol), one.vol))
            .filter(|(away, _)| *away <= AT_THE_MONEY)
            .min_by(|one, other| one.0.total_cmp(&other.0))
            .map(|(_, vol)| vol)
    }
}

/// One standard deviation below and above `spot` at the end of trading.
pub(crate) fn band(
    spot: Price,
    vol: f64,
    contract: &OptionContract,
    now: Timestamp,
) -> Option<(f64, f64)> {
    let deviation = vol * implied::years(contract, now)?.sqrt();
    let sound = vol > 0.0 && deviation.is_finite() && spot.is_positive();
    let spot = spot.to_f64();
    sound.then(|| (spot * (-deviation).exp(), spot * deviation.exp()))
}
