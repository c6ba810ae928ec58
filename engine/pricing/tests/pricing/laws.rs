//! Laws that hold for every option.

use countersign_pricing::{
    IvError, Right, Terms, Valuation, implied_vol_one, price_one, value_one,
};
use proptest::prelude::*;

prop_compose! {
    /// Options as a market has them: strikes within a factor of two of spot, an hour to three years.
    fn market()(
        spot in 1.0..5000.0_f64,
        moneyness in 0.5..2.0_f64,
        years in 0.0001..3.0_f64,
        rate in -0.02..0.15_f64,
        dividend_yield in 0.0..0.1_f64,
        is_call in any::<bool>(),
    ) -> Terms {
        let right = if is_call { Right::Call } else { Right::Put };
        Terms { spot, strike: spot * moneyness, years, rate, dividend_yield, right }
    }
}

prop_compose! {
    /// Options whose price bends gently enough for finite differences.
    fn smooth_market()(terms in market(), years in 0.05..3.0_f64) -> Terms {
        Terms { years, ..terms }
    }
}

fn vols() -> impl Strategy<Value = f64> {
    0.03..2.0_f64
}

fn other_side(terms: &Terms) -> Terms {
    let right = match terms.right {
        Right::Call => Right::Put,
        Right::Put => Right::Call,
    };
    Terms { right, ..*terms }
}

fn sign(terms: &Terms) -> f64 {
    if terms.right == Right::Call {
        1.0
    } else {
        -1.0
    }
}

/// Central difference of `price` in one direction.
fn slope(step: f64, price: impl Fn(f64) -> f64) -> f64 {
    (price(step) - price(-step)) / (2.0 * step)
}

fn near(found: f64, wanted: f64, tolerance: f64) -> Result<(), TestCaseError> {
    let error = (found - wanted).abs();
    prop_assert!(
        error <= tolerance,
        "{found} is {error:e} off {wanted}, allowed {tolerance:e}"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_call_less_a_put_is_a_forward(terms in market(), vol in vols()) {
        let Valuation { price, delta, gamma, theta, vega, rho } = value_one(&terms, vol);
        let other = value_one(&other_side(&terms), vol);
        let sign = sign(&terms);
        let shares = (-terms.dividend_yield * terms.years).exp();
        let bond = terms.strike * (-terms.rate * terms.years).exp();
        let scale = terms.spot.max(bond);
        near(price - other.price, sign * (terms.spot * shares - bond), 1e-14 * scale)?;
        near(delta - other.delta, sign * shares, 1e-14)?;
        near(gamma, other.gamma, 1e-14 * gamma)?;
        near(vega, other.vega, 1e-14 * vega)?;
        let carry = terms.dividend_yield * terms.spot * shares - terms.rate * bond;
        near(theta - other.theta, sign * carry / 365.0, 1e-13 * scale)?;
        near(rho - other.rho, sign * 0.01 * terms.years * bond, 1e-14 * scale)?;
    }

    #[test]
    fn delta_and_gamma_are_the_slope_and_the_bend_over_spot(terms in smooth_market(), vol in 0.1..1.5_f64) {
        let step = 1e-4 * terms.spot;
        let moved = |by: f64| value_one(&Terms { spot: terms.spot + by, ..terms }, vol);
        let found = value_one(&terms, vol);
        near(slope(step, |by| moved(by).price), found.delta, 1e-5)?;
        near(slope(step, |by| moved(by).delta) * terms.spot, found.gamma * terms.spot, 1e-4)?;
    }

    #[test]
    fn vega_rho_and_theta_are_slopes_of_the_price(terms in smooth_market(), vol in 0.1..1.5_f64) {
        let found = value_one(&terms, vol);
        let scale = terms.spot.max(terms.strike);
        let step = 1e-5;
        let by_vol = slope(step, |by| price_one(&terms, vol + by));
        near(found.vega, by_vol * 0.01, 1e-8 * scale)?;
        let by_rate = slope(step, |by| price_one(&Terms { rate: terms.rate + by, ..terms }, vol));
        near(found.rho, by_rate * 0.01, 1e-8 * scale)?;
        let by_time = slope(step, |by| price_one(&Terms { years: terms.years - by, ..terms }, vol));
        near(found.theta, by_time / 365.0, 1e-8 * scale)?;
    }

    #[test]
    fn a_price_leads_back_to_its_volatility(terms in market(), vol in vols()) {
        let found = value_one(&terms, vol);
        let scale = terms.spot.max(terms.strike);
        match implied_vol_one(&terms, found.price) {
            Ok(back) => {
                near(price_one(&terms, back), found.price, 1e-13 * scale)?;
                // The price is known to a rounding of its larger leg; vega carries that over.
                let known = 1e-14 * scale / (100.0 * found.vega);
                if known < 0.01 {
                    near(back, vol, 1e-12 + 4.0 * known)?;
                }
            }
            Err(reason) => {
                prop_assert_eq!(reason, IvError::AtIntrinsic);
                near(found.price, price_one(&terms, 0.0), 1e-14 * scale)?;
            }
        }
    }

    #[test]
    fn more_volatility_never_makes_an_option_cheaper(terms in market(), vol in vols(), more in 0.001..1.0_f64) {
        let rounding = 1e-14 * terms.spot.max(terms.strike);
        prop_assert!(price_one(&terms, vol + more) >= price_one(&terms, vol) - rounding);
    }

    #[test]
    fn calls_rise_and_puts_fall_with_spot_and_the_reverse_with_strike(
        terms in market(), vol in vols(), factor in 1.001..1.5_f64,
    ) {
        let price = price_one(&terms, vol);
        let rounding = 1e-14 * terms.spot.max(terms.strike) * factor;
        let spot = price_one(&Terms { spot: terms.spot * factor, ..terms }, vol);
        let strike = price_one(&Terms { strike: terms.strike * factor, ..terms }, vol);
        prop_assert!(sign(&terms) * (spot - price) >= -rounding);
        prop_assert!(sign(&terms) * (price - strike) >= -rounding);
    }

    #[test]
    fn a_price_lies_within_its_bounds(terms in market(), vol in 0.0..20.0_f64) {
        let found = value_one(&terms, vol);
        let shares = terms.spot * (-terms.dividend_yield * terms.years).exp();
        let bond = terms.strike * (-terms.rate * terms.years).exp();
        let bound = if terms.right == Right::Call { shares } else { bond };
        prop_assert!(found.price >= (sign(&terms) * (shares - bond)).max(0.0));
        prop_assert!(found.price <= bound);
        prop_assert!((0.0..=1.0).contains(&(sign(&terms) * found.delta)));
        prop_assert!(found.gamma >= 0.0 && found.vega >= 0.0);
        prop_assert!(sign(&terms) * found.rho >= 0.0);
    }

    #[test]
    fn every_price_between_the_bounds_has_a_volatility_that_reprices_it(
        terms in market(), far in -4.0..4.0_f64, part in 0.0..1.0_f64, tiny in -12.0..0.0_f64,
    ) {
        let terms = Terms { strike: terms.spot * far.exp(), ..terms };
        let shares = terms.spot * (-terms.dividend_yield * terms.years).exp();
        let bond = terms.strike * (-terms.rate * terms.years).exp();
        let bound = if terms.right == Right::Call { shares } else { bond };
        let intrinsic = (sign(&terms) * (shares - bond)).max(0.0);
        let scale = shares.max(bond);
        for part in [part, 10.0_f64.powf(tiny), 1.0 - 10.0_f64.powf(tiny)] {
            let price = intrinsic + part * (bound - intrinsic);
            if price - intrinsic > 1e-14 * scale && bound - price > 1e-14 * scale {
                let vol = implied_vol_one(&terms, price);
                prop_assert!(vol.is_ok(), "{vol:?} for {price} in {intrinsic}..{bound}");
                near(price_one(&terms, vol.unwrap_or(0.0)), price, 1e-13 * scale)?;
            }
        }
    }
}
