//! What an option is worth, and how far apart its bid and ask are.

use countersign_domain::money::Price;
use countersign_domain::{
    instrument::{Exercise, OptionContract, Right},
    quote::{Quote, Source},
};
use countersign_pricing::{Terms, price_one, years};
use jiff::Timestamp;
use rust_decimal::prelude::ToPrimitive;

use super::draw;

/// The shortest time in seconds that a smile is measured over: an hour.
const SHORTEST_S: f64 = 3_600.0;

/// How much richer the shortest options are than the longest, and how many years it takes to fade.
const TERM: f64 = 0.12;
const TERM_YEARS: f64 = 0.15;
/// The smile's tilt and bend per deviation of moneyness, and the deviations at which it flattens.
const TILT: f64 = -0.05;
const BEND: f64 = 0.02;
const WINGS: f64 = 3.0;

/// The spread at the money without time: dollars, and a part of the price.
const SPREAD_LEAST: f64 = 0.01;
const SPREAD_PART: f64 = 0.008;
/// How much wider the spread is per deviation of moneyness, and per square root of a year.
const SPREAD_AWAY: f64 = 0.35;
const SPREAD_TIME: f64 = 0.6;
/// How much wider it is for each unit of unrest above the mean.
const SPREAD_UNREST: f64 = 0.5;

const CENT: f64 = 0.01;
/// Options move in cents below $3, in five cents from there on.
const COARSE_FROM: f64 = 3.0;

/// The seconds for which a size stays.
const SIZE_S: i64 = 15;

/// The market of one underlying at one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Market {
    pub(super) seed: u64,
    pub(super) at: Timestamp,
    /// Dollars per share.
    pub(super) spot: f64,
    /// Volatility per square root of a year of a long option at the money.
    pub(super) vol: f64,
    pub(super) rate: f64,
    pub(super) dividend_yield: f64,
    /// The variance rate over its mean.
    pub(super) unrest: f64,
}

impl Market {
    /// The underlying's quote.
    pub(super) fn share_quote(&self, name: u64) -> Quote {
        let half = (self.spot * 0.000_05).max(0.005);
        self.quote(
            (self.spot - half, self.spot + half),
            |_| CENT,
            |side| {
                let size = draw::belonging(self.seed, name ^ side, self.period());
                100.0 * (1.0 + (size * 19.0).floor())
            },
        )
    }

    /// A contract's quote, as long as it trades.
    pub(super) fn option_quote(&self, contract: &OptionContract) -> Option<Quote> {
        let ends = contract.last_trading()?;
        let years = years(ends.duration_since(self.at).as_secs_f64());
        if years <= 0.0 {
            return None;
        }
        let terms = self.terms(contract, years);
        let away = self.deviations(&terms);
        let value = self.value(contract, &terms, away);
        let half = self.spread(value, away, years) / 2.0;
        let instrument = draw::contract(contract);
        Some(
            self.quote((value - half, value + half), option_tick, |side| {
                let size = draw::belonging(self.seed, instrument ^ side, self.period());
                1.0 + ((20.0 + 130.0 * size) / (1.0 + away * away)).floor()
            }),
        )
    }

    /// The volatility at which a contract is priced, `away` deviations from the forward.
    pub(super) fn volatility(&self, away: f64, years: f64) -> f64 {
        let term = 1.0 + TERM * (-years / TERM_YEARS).exp();
        let bent = away / (1.0 + (away / WINGS).powi(2)).sqrt();
        self.vol * term * (1.0 + TILT * bent + BEND * bent * bent)
    }

    fn terms(&self, contract: &OptionContract, years: f64) -> Terms {
        Terms {
            spot: self.spot,
            strike: contract.strike.to_f64(),
            years,
            rate: self.rate,
            dividend_yield: self.dividend_yield,
            right: match contract.right {
                Right::Call => countersign_pricing::Right::Call,
                Right::Put => countersign_pricing::Right::Put,
            },
        }
    }

    /// How far the strike is above the forward, in deviations of the underlying until expiry.
    fn deviations(&self, terms: &Terms) -> f64 {
        let carry = (terms.rate - terms.dividend_yield) * terms.years;
        let distance = (terms.strike / terms.spot).ln() - carry;
        distance / (self.vol * terms.years.max(years(SHORTEST_S)).sqrt())
    }

    /// Dollars per share; what can be exercised at any time is worth at least what that brings.
    fn value(&self, contract: &OptionContract, terms: &Terms, away: f64) -> f64 {
        let value = price_one(terms, self.volatility(away, terms.years));
        let now = match contract.right {
            Right::Call => terms.spot - terms.strike,
            Right::Put => terms.strike - terms.spot,
        };
        match contract.terms().exercise {
            Exercise::American => value.max(now),
            Exercise::European => value,
        }
    }

    /// Dollars between bid and ask.
    fn spread(&self, value: f64, away: f64, years: f64) -> f64 {
        let nearest = SPREAD_LEAST + SPREAD_PART * value;
        let unrest = 1.0 + SPREAD_UNREST * (self.unrest - 1.0).max(0.0);
        nearest * (1.0 + SPREAD_AWAY * away.abs()) * (1.0 + SPREAD_TIME * years.sqrt()) * unrest
    }

    fn period(&self) -> u64 {
        self.at.as_second().div_euclid(SIZE_S).unsigned_abs()
    }

    /// The quote whose sides are at least that far apart, each on the tick of its price.
    fn quote(
        &self,
        sides: (f64, f64),
        tick: impl Fn(f64) -> f64,
        size: impl Fn(u64) -> f64,
    ) -> Quote {
        let (bid, ask) = (sides.0.max(0.0), sides.1);
        // A price that is on the tick but for rounding stays there.
        let bid = (bid / tick(bid) + 1e-9).floor() * tick(bid);
        let ask = (ask / tick(ask) - 1e-9).ceil() * tick(ask);
        let price = |dollars: f64| {
            let ten_thousandths = (dollars * 10_000.0).round();
            Price::from_ten_thousandths(ten_thousandths.to_i64().unwrap_or_default())
        };
        let size = |side| size(side).to_u32().unwrap_or_default();
        Quote {
            bid: price(bid),
            ask: price(ask),
            bid_size: if bid > 0.0 { size(1) } else { 0 },
            ask_size: size(2),
            at: self.at,
            source: Source::Synthetic,
        }
    }
}

/// The step in which an option's price near `price` moves.
fn option_tick(price: f64) -> f64 {
    if price < COARSE_FROM {
        CENT
    } else {
        5.0 * CENT
    }
}
