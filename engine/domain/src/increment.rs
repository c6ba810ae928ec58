//! Price increments: the smallest step of a limit price.

use crate::{money::Price, structure::Leg};

/// Classes that move in cents at any price (the same rule, part of the penny program).
const FINE_ROOTS: [&str; 3] = ["SPY", "QQQ", "IWM"];
/// Ten-thousandths of a dollar from which a single option moves in larger steps.
const COARSE_FROM: i64 = 30_000;
/// A cent.
const FINE: i64 = 100;
/// Five cents.
const COARSE: i64 = 500;

/// The increment, in dollars per share, in which an order for `legs` is priced near `price`.
///
/// A single option below $3 moves in cents, from $3 on in five cents, but for three index funds that
/// move in cents throughout; a net price of several legs moves in cents whatever it is, and so do
/// shares. The sign of `price` does not matter. Source:
/// Cboe's minimum increments for classes of the penny program (rule 5.4); classes outside of it
/// are coarser, and a broker that minds says so.
pub fn increment(legs: &[Leg], price: Price) -> Price {
    let coarse = match legs {
        [leg] => leg.instrument.option().is_some_and(|contract| {
            price.abs() >= Price::from_ten_thousandths(COARSE_FROM)
                && !FINE_ROOTS.contains(&contract.root.as_str())
        }),
        _ => false,
    };
    Price::from_ten_thousandths(if coarse { COARSE } else { FINE })
}
