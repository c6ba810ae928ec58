//! Which contracts express an idea: shape, expiry, strikes.

pub mod liquidity;
mod params;
mod strikes;

use countersign_domain::signal::Veto;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use liquidity::LiquidityParams;
pub use params::SelectParams;
pub use strikes::{Pick, Selector};

use crate::{
    chain::{Clean, Expiry},
    rank::Rank,
};

/// The kinds of structure that an idea can be put into; the direction decides puts or calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One option bought: call when bullish, put when bearish.
    LongSingle,
    /// The same, paid for in part by selling one further out of the money.
    DebitVertical,
    /// One sold out of the money, put when bullish, call when bearish, and one further out bought.
    CreditVertical,
}

/// The shapes to try for this volatility, in order: premium is sold where it is dear, bought where
/// it is cheap or where nobody knows.
pub fn shapes<'a>(rank: &Rank, params: &'a SelectParams) -> &'a [Shape] {
    match rank {
        Rank::Known { percent, .. } if *percent >= params.rank_high => &params.when_high,
        Rank::Known { .. } => &params.when_low,
        Rank::Missing(_) => &params.when_missing,
    }
}

/// The expiries within the window, the one nearest to the wanted days first; of two as near, the
/// earlier.
///
/// # Errors
///
/// [`Veto::NoContract`] when there is none, naming the window and the days that there are.
pub fn expiries<'a>(
    clean: &'a Clean,
    params: &SelectParams,
    now: Timestamp,
) -> Result<Vec<&'a Expiry>, Veto> {
    let (least, most) = (i64::from(params.days_least), i64::from(params.days_most));
    let minutes = i64::from(params.last_trading_minutes_least);
    let mut fit: Vec<&Expiry> = clean
        .expiries
        .iter()
        .filter(|expiry| (least..=most).contains(&expiry.days_left))
        .filter(|expiry| expiry.last_trading.duration_since(now).as_mins() >= minutes)
        .collect();
    if fit.is_empty() {
        let days: Vec<String> = clean
            .expiries
            .iter()
            .map(|expiry| expiry.days_left.to_string())
            .collect();
        return Err(Veto::NoContract {
            seen: clean.seen,
            lacking: format!(
                "an expiry {least} to {most} days away and {minutes} minutes before its end; there are [{}]",
                days.join(", ")
            ),
        });
    }
    let target = i64::from(params.days_target);
    fit.sort_by_key(|expiry| (expiry.days_left.abs_diff(target), expiry.date, expiry.root));
    Ok(fit)
}
