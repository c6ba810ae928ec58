//! The edges: no time, no volatility, no sense.

use countersign_pricing::{Right, Terms, Valuation, price_one, value_one};

use crate::{assert_near, half_a_year};

fn numbers(valuation: &Valuation) -> [f64; 6] {
    let Valuation {
        price,
        delta,
        gamma,
        theta,
        vega,
        rho,
    } = *valuation;
    [price, delta, gamma, theta, vega, rho]
}

#[test]
fn an_expired_option_is_worth_its_intrinsic_value() {
    for (right, strike, worth, delta) in [
        (Right::Call, 90.0, 10.0, 1.0),
        (Right::Call, 110.0, 0.0, 0.0),
        (Right::Put, 90.0, 0.0, 0.0),
        (Right::Put, 110.0, 10.0, -1.0),
        (Right::Call, 100.0, 0.0, 0.5),
        (Right::Put, 100.0, 0.0, -0.5),
    ] {
        for years in [0.0, -0.01] {
            let terms = Terms {
                years,
                ..half_a_year(right, strike)
            };
            let found = value_one(&terms, 0.3);
            let what = format!("{right:?} {strike} after {years} years");
            assert_near(found.price, worth, 0.0, &what);
            assert_near(found.delta, delta, 1e-15, &what);
            for nothing in [found.gamma, found.vega, found.rho] {
                assert_near(nothing, 0.0, 0.0, &what);
            }
        }
    }
}

#[test]
fn without_volatility_an_option_is_worth_the_intrinsic_value_of_its_forward() {
    let shares = (-0.01_f64).exp();
    let bond = (-0.025_f64).exp();
    let found = value_one(&half_a_year(Right::Call, 90.0), 0.0);
    assert_near(found.price, 100.0 * shares - 90.0 * bond, 1e-13, "price");
    assert_near(found.delta, shares, 1e-15, "delta");
    assert_near(
        found.theta,
        (0.02 * 100.0 * shares - 0.05 * 90.0 * bond) / 365.0,
        1e-15,
        "theta",
    );
    assert_near(found.rho, 0.01 * 0.5 * 90.0 * bond, 1e-13, "rho");
    assert_eq!((found.gamma, found.vega), (0.0, 0.0));

    // The forward is 101.5: a call struck at 101 is in the money, at 102 it is not.
    assert!(value_one(&half_a_year(Right::Call, 101.0), 0.0).price > 0.0);
    for nothing in numbers(&value_one(&half_a_year(Right::Call, 102.0), 0.0)) {
        assert_near(nothing, 0.0, 0.0, "out of the money");
    }
}

#[test]
fn the_limits_are_what_the_formula_tends_to() {
    for right in [Right::Call, Right::Put] {
        for strike in [80.0, 95.0, 108.0, 130.0] {
            let terms = half_a_year(right, strike);
            let still = numbers(&value_one(&terms, 0.0));
            let nearly = numbers(&value_one(&terms, 1e-4));
            let expired = numbers(&value_one(
                &Terms {
                    years: 0.0,
                    ..terms
                },
                0.3,
            ));
            let nearly_expired = numbers(&value_one(
                &Terms {
                    years: 1e-9,
                    ..terms
                },
                0.3,
            ));
            for (limit, near) in still.into_iter().zip(nearly) {
                assert_near(
                    near,
                    limit,
                    1e-12,
                    &format!("volatility, {right:?} {strike}"),
                );
            }
            for (limit, near) in expired.into_iter().zip(nearly_expired) {
                assert_near(near, limit, 1e-7, &format!("time, {right:?} {strike}"));
            }
        }
    }
}

/// Deep in the money the time value is less than a rounding of the price, which must not push it
/// below what exercise is worth: such a price would have no implied volatility.
#[test]
fn no_price_falls_a_rounding_below_its_intrinsic_value() {
    for right in [Right::Call, Right::Put] {
        for cents in 5000..20000 {
            let terms = half_a_year(right, f64::from(cents) / 100.0);
            let intrinsic = price_one(&terms, 0.0);
            for vol in [0.02, 0.05, 0.1] {
                let price = price_one(&terms, vol);
                assert!(
                    price >= intrinsic,
                    "{terms:?}: {price} is below {intrinsic}"
                );
            }
        }
    }
}

#[test]
fn no_sensible_or_extreme_input_gives_nan() {
    let extremes = [1e-9, 1e-3, 1.0, 100.0, 1e6, 1e12];
    let times = [-1.0, 0.0, 1e-300, 1e-12, 1e-3, 1.0, 100.0];
    let vols = [0.0, f64::MIN_POSITIVE, 1e-150, 1e-12, 0.2, 5.0, 1e4];
    for spot in extremes {
        for strike in extremes {
            for years in times {
                for vol in vols {
                    for right in [Right::Call, Right::Put] {
                        let terms = Terms {
                            spot,
                            strike,
                            years,
                            ..half_a_year(right, strike)
                        };
                        let found = numbers(&value_one(&terms, vol));
                        let good = found.iter().all(|number| number.is_finite());
                        assert!(good, "{terms:?} at {vol}: {found:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn senseless_input_gives_nan_everywhere() {
    let good = half_a_year(Right::Put, 100.0);
    let senseless = [
        (Terms { spot: 0.0, ..good }, 0.2),
        (Terms { spot: -1.0, ..good }, 0.2),
        (
            Terms {
                strike: 0.0,
                ..good
            },
            0.2,
        ),
        (
            Terms {
                strike: f64::NAN,
                ..good
            },
            0.2,
        ),
        (
            Terms {
                spot: f64::INFINITY,
                ..good
            },
            0.2,
        ),
        (
            Terms {
                years: f64::NAN,
                ..good
            },
            0.2,
        ),
        (
            Terms {
                years: f64::INFINITY,
                ..good
            },
            0.2,
        ),
        (
            Terms {
                rate: f64::NAN,
                ..good
            },
            0.2,
        ),
        (
            Terms {
                dividend_yield: f64::NEG_INFINITY,
                ..good
            },
            0.2,
        ),
        (good, -0.2),
        (good, f64::NAN),
        (good, f64::INFINITY),
    ];
    for (terms, vol) in senseless {
        let found = numbers(&value_one(&terms, vol));
        assert!(
            found.iter().all(|number| number.is_nan()),
            "{terms:?} at {vol}: {found:?}"
        );
        assert!(price_one(&terms, vol).is_nan());
    }
}
