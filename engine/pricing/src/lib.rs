//! Option mathematics on slices of f64.
//!
//! European options under Black-Scholes-Merton: price, Greeks ([`value`], [`price`]) and implied
//! volatility ([`implied_vol()`]). Inputs and outputs are structures of arrays, index by index, so that
//! a vector kernel can stand in for the scalar one without a change in any caller; `*_one` do a single
//! option with the same bits.
//!
//! | Quantity | Unit |
//! |---|---|
//! | spot, strike, price | dollars per share |
//! | years | years to expiry, of 365 days ([`years`]) |
//! | rate, dividend yield | continuously compounded, per year, `0.05` is 5 % |
//! | volatility | per square root of a year, `0.2` is 20 % |
//! | [`delta`](Valuation::delta), [`gamma`](Valuation::gamma) | per dollar of spot |
//! | [`theta`](Valuation::theta) | dollars per calendar day |
//! | [`vega`](Valuation::vega) | dollars per volatility point (0.01) |
//! | [`rho`](Valuation::rho) | dollars per percentage point of the rate (0.01) |
//!
//! ```
//! use countersign_pricing::{IvError, Right, Terms, implied_vol_one, value_one};
//!
//! let right = Right::Call;
//! let terms = Terms { spot: 100.0, strike: 105.0, years: 0.25, rate: 0.04, dividend_yield: 0.01, right };
//! let vol = implied_vol_one(&terms, 3.20)?;
//! assert!((value_one(&terms, vol).price - 3.20).abs() < 1e-12);
//! assert_eq!(implied_vol_one(&terms, 150.0), Err(IvError::AboveBound));
//! # Ok::<(), IvError>(())
//! ```
//!
//! The crate has no clock, no randomness and no I/O, and allocates nothing. Early exercise is not
//! priced here: on an American option these are the values of its European twin.

mod bsm;
mod implied;
mod terms;
mod valuation;

use terms::DAYS_PER_YEAR;

pub use bsm::{exercise_chance, price, price_one, value, value_one};
pub use implied::{ImpliedVolColumns, IvError, implied_vol, implied_vol_one};
pub use terms::{LengthMismatch, Right, TermColumns, Terms, years};
pub use valuation::{Valuation, ValuationColumns};
