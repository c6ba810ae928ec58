//! Option mathematics against published tables, exact values, limits and laws.

mod columns;
mod exact;
mod implied;
mod laws;
mod limits;
mod reference_data;
mod tables;

use countersign_pricing::{Right, Terms};

/// An option on a spot of 100 with half a year to live, a rate of 5 % and a yield of 2 %.
fn half_a_year(right: Right, strike: f64) -> Terms {
    Terms {
        spot: 100.0,
        strike,
        years: 0.5,
        rate: 0.05,
        dividend_yield: 0.02,
        right,
    }
}

/// Fails unless `found` is within `tolerance` of `wanted`; NaN never is.
#[track_caller]
fn assert_near(found: f64, wanted: f64, tolerance: f64, what: &str) {
    let error = (found - wanted).abs();
    assert!(
        error <= tolerance,
        "{what}: {found:e} is {error:e} off {wanted:e}, allowed {tolerance:e}"
    );
}
