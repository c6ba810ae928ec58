//! Net prices: what a structure costs now, and what we would pay for it.

use countersign_domain::{
    increment::increment,
    money::{Percent, Price},
    quote::Quote,
    structure::Leg,
    ticket::SeenQuote,
};
use serde::{Deserialize, Serialize};

use crate::fault::{Faults, ParamFault};

/// How an entry is priced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PriceParams {
    /// How far the limit goes from the mid (0 %) towards the price at which all legs trade at once
    /// (100 %).
    pub toward_natural: Percent,
    /// The least premium, paid or received per share, that is worth a trade.
    pub premium_least: Price,
    /// The most of the premium that crossing from the mid to the natural price may cost.
    pub crossing_most: Percent,
}

impl Default for PriceParams {
    fn default() -> Self {
        Self {
            toward_natural: Percent(75),
            premium_least: Price::from_ten_thousandths(1_000),
            crossing_most: Percent(15),
        }
    }
}

impl PriceParams {
    /// Looks for absurd values.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] found.
    pub fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let toward = self.toward_natural.0;
        let range = "from 0 to 100 percent";
        faults.need(toward <= 100, "toward_natural", toward, range);
        let least = self.premium_least;
        let some = "an amount of dollars above zero";
        faults.need(least.is_positive(), "premium_least", least, some);
        let most = self.crossing_most.0;
        let share = "from 1 to 100 percent";
        faults.need((1..=100).contains(&most), "crossing_most", most, share);
        faults.into_result()
    }
}

/// The market of a structure out of its legs' quotes, in the order of `legs`: the natural price (buy
/// at the ask, sell at the bid) and the mid, both per share and net, debit positive.
///
/// `None` unless there is exactly one quote for each leg. The sides of the quotes are not checked
/// here.
pub fn seen(legs: &[Leg], quotes: &[Quote]) -> Option<SeenQuote> {
    SeenQuote::of(legs, quotes.to_vec())
}

/// Where an entry's walk starts and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The first net price asked for: the mid, rounded in our favour; at most `limit`.
    pub first: Price,
    /// The worst net price that is ever paid: what the card binds; at most the natural price.
    pub limit: Price,
}

/// Prices an entry on the market that was seen.
///
/// `limit = mid + toward_natural x (natural - mid)`, rounded to a whole increment in our worse
/// direction (up: a debit grows, a credit shrinks), but never past the natural price, at which
/// everything would trade already. Where a market is quoted finer than our increment, the limit is
/// the last increment before its natural price.
pub fn entry(legs: &[Leg], seen: &SeenQuote, params: &PriceParams) -> Entry {
    let wanted = seen.mid + (seen.natural - seen.mid).percent(params.toward_natural.0);
    let step = |price| increment(legs, price);
    let natural = seen.natural.down_to(step(seen.natural));
    let limit = wanted.up_to(step(wanted)).min(natural);
    let mid = seen.mid.down_to(step(seen.mid));
    // One instrument always costs something.
    let least = if legs.len() == 1 { step(seen.mid) } else { mid };
    Entry {
        first: mid.max(least).min(limit),
        limit,
    }
}
