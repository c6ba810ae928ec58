//! Implied volatility: why there is none.

use countersign_pricing::{IvError, Right, Terms, implied_vol_one, price_one};

use crate::half_a_year;

fn reason(terms: Terms, price: f64) -> Option<IvError> {
    implied_vol_one(&terms, price).err()
}

#[test]
fn a_price_between_the_bounds_has_a_volatility() {
    assert_eq!(reason(half_a_year(Right::Call, 100.0), 6.0), None);
    assert_eq!(reason(half_a_year(Right::Put, 100.0), 6.0), None);
    assert_eq!(reason(half_a_year(Right::Call, 300.0), 1e-20), None);
}

#[test]
fn a_price_below_what_exercise_is_worth_is_below_intrinsic() {
    // Worth 100 exp(-0.01) - 80 exp(-0.025) = 20.98 and 120 exp(-0.025) - 100 exp(-0.01) = 18.03.
    assert_eq!(
        reason(half_a_year(Right::Call, 80.0), 20.97),
        Some(IvError::BelowIntrinsic)
    );
    assert_eq!(reason(half_a_year(Right::Call, 80.0), 20.99), None);
    assert_eq!(
        reason(half_a_year(Right::Put, 120.0), 18.02),
        Some(IvError::BelowIntrinsic)
    );
    assert_eq!(reason(half_a_year(Right::Put, 120.0), 18.04), None);
    assert_eq!(
        reason(half_a_year(Right::Call, 120.0), -0.01),
        Some(IvError::BelowIntrinsic)
    );
}

#[test]
fn a_price_without_time_value_is_at_intrinsic() {
    for strike in [20.0, 80.0, 120.0, 300.0] {
        for right in [Right::Call, Right::Put] {
            let terms = half_a_year(right, strike);
            let intrinsic = price_one(&terms, 0.0);
            for price in [intrinsic.next_down(), intrinsic, intrinsic.next_up()] {
                if intrinsic == 0.0 && price != 0.0 {
                    continue;
                }
                assert_eq!(
                    reason(terms, price),
                    Some(IvError::AtIntrinsic),
                    "{terms:?} {price}"
                );
            }
        }
    }
}

#[test]
fn a_price_that_no_volatility_reaches_is_above_bound() {
    let (shares, bond) = (100.0 * (-0.01_f64).exp(), 120.0 * (-0.025_f64).exp());
    for (right, bound) in [(Right::Call, shares), (Right::Put, bond)] {
        let terms = half_a_year(right, 120.0);
        for price in [bound * 1.01, bound.next_up(), bound, 1e300] {
            assert_eq!(
                reason(terms, price),
                Some(IvError::AboveBound),
                "{right:?} {price}"
            );
        }
        assert_eq!(reason(terms, bound * 0.99), None);
    }
}

#[test]
fn an_expired_option_has_no_time() {
    for years in [0.0, -0.0, -1.0] {
        let terms = Terms {
            years,
            ..half_a_year(Right::Call, 90.0)
        };
        for price in [5.0, 10.0, 15.0, 1e9] {
            assert_eq!(reason(terms, price), Some(IvError::NoTime));
        }
    }
}

#[test]
fn bad_numbers_are_named_as_such() {
    let good = half_a_year(Right::Call, 100.0);
    assert_eq!(reason(good, f64::NAN), Some(IvError::NotANumber));
    assert_eq!(reason(good, f64::INFINITY), Some(IvError::NotANumber));
    for terms in [
        Terms {
            spot: f64::NAN,
            ..good
        },
        Terms {
            strike: f64::INFINITY,
            ..good
        },
        Terms {
            years: f64::NAN,
            ..good
        },
        Terms {
            rate: f64::NAN,
            ..good
        },
        Terms {
            dividend_yield: f64::INFINITY,
            ..good
        },
        Terms { rate: 1e6, ..good },
        Terms {
            dividend_yield: -1e6,
            ..good
        },
    ] {
        assert_eq!(reason(terms, 6.0), Some(IvError::NotANumber), "{terms:?}");
    }
    assert_eq!(
        reason(Terms { spot: 0.0, ..good }, 6.0),
        Some(IvError::NotPositive)
    );
    assert_eq!(
        reason(
            Terms {
                strike: -5.0,
                ..good
            },
            6.0
        ),
        Some(IvError::NotPositive)
    );
}
