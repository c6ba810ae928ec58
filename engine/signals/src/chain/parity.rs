//! What puts and calls together say that the underlying is worth.

use countersign_domain::instrument::Right;

use super::{Basis, Row};

/// Fewer pairs than this could all be off together.
const PAIRS_LEAST: usize = 3;

/// The price of the underlying, less its dividends until expiry, that puts and calls of one expiry
/// imply: the median over the `most` pairs with strikes nearest to `spot`. `None` with too few pairs.
///
/// Call less put at one strike is the underlying less the strike's present value (put-call parity:
/// H. Stoll, Journal of Finance 24, 1969). It holds for American options up to the worth of early
/// exercise, which is small near the money.
pub(super) fn implied_spot(
    rows: &[Row],
    spot: f64,
    discount: f64,
    most: u32,
) -> Option<(f64, Basis)> {
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    for call in rows {
        let twin = |row: &&Row| {
            row.contract.right == Right::Put && row.contract.strike == call.contract.strike
        };
        if call.contract.right == Right::Call
            && let Some(put) = rows.iter().find(twin)
        {
            let strike = call.contract.strike.to_f64();
            let difference = call.quote.mid().to_f64() - put.quote.mid().to_f64();
            pairs.push(((strike - spot).abs(), strike * discount + difference));
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    pairs.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    if pairs.len() < PAIRS_LEAST {
        return None;
    }
    let count = pairs.len();
    let mut implied: Vec<f64> = pairs.into_iter().map(|(_, implied)| implied).collect();
    implied.sort_by(f64::total_cmp);
    let middle = implied.get(count.div_euclid(2)).copied()?;
    Some((middle, Basis::Parity(count)))
}
