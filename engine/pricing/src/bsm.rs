//! Black-Scholes-Merton in closed form.
//!
//! Source: E. G. Haug, "The Complete Guide to Option Pricing Formulas", 2nd ed., sections 1.1.6 and
//! 2.1 to 2.7, with cost of carry `b = rate - dividend yield`. The normal distribution is Cody's
//! rational approximation of erfc ("Rational Chebyshev approximations for the error function",
//! Math. Comp. 23, 1969), as the crate `implied-vol` has it.

use std::f64::consts::TAU;

use implied_vol::{DefaultSpecialFn, SpecialFn};

use crate::{DAYS_PER_YEAR, LengthMismatch, TermColumns, Terms, Valuation, ValuationColumns};

/// A volatility point, and a percentage point of a rate.
const POINT: f64 = 0.01;
/// Total volatility below this cannot be told from none: dividing by it would overflow.
const NO_VOLATILITY: f64 = 1e-150;

/// Prices many options: `out[i]` is the price of option `i` at volatility `vol[i]`.
///
/// An element is what [`price_one`] gives for it.
///
/// # Errors
///
/// [`LengthMismatch`]: a column, `vol` or `out` is not as long as `terms.spot`. Mend the caller.
pub fn price(terms: &TermColumns<'_>, vol: &[f64], out: &mut [f64]) -> Result<(), LengthMismatch> {
    terms.check(&[("vol", vol.len()), ("out", out.len())])?;
    for (index, (&vol, out)) in vol.iter().zip(out).enumerate() {
        *out = price_one(&terms.at(index), vol);
    }
    Ok(())
}

/// Prices many options and measures their Greeks, option `i` at volatility `vol[i]`.
///
/// An element is what [`value_one`] gives for it.
///
/// # Errors
///
/// [`LengthMismatch`]: a column, `vol` or one of `out` is not as long as `terms.spot`. Mend the
/// caller.
pub fn value(
    terms: &TermColumns<'_>,
    vol: &[f64],
    out: &mut ValuationColumns<'_>,
) -> Result<(), LengthMismatch> {
    terms.check(&[("vol", vol.len())])?;
    terms.check(&out.lengths())?;
    for (index, &vol) in vol.iter().enumerate() {
        out.put(index, &value_one(&terms.at(index), vol));
    }
    Ok(())
}

/// The price of one option at volatility `vol`, in dollars per share.
///
/// Unusable inputs and limits are those of [`value_one`].
pub fn price_one(terms: &Terms, vol: f64) -> f64 {
    Formula::new(terms, vol).map_or(f64::NAN, |formula| formula.price())
}

/// The price and the Greeks of one option at volatility `vol`.
///
/// Everything is NaN when an input is NaN or infinite, spot or strike is not positive, or `vol` is
/// negative.
///
/// Without time (`years <= 0`) or without volatility the limits are returned: the intrinsic value
/// of the forward, a delta of 0 or ±1 (less dividends), no gamma, and the theta of the carry alone.
/// Exactly at the money the limits of gamma and of decay do not exist: there gamma is 0, delta is
/// half, and theta is the carry.
pub fn value_one(terms: &Terms, vol: f64) -> Valuation {
    Formula::new(terms, vol).map_or(Valuation::UNKNOWN, |formula| formula.value())
}

/// The risk-neutral chance that an option ends in the money at volatility `vol`, 0 to 1: `N(d2)` of a call,
/// `N(-d2)` of a put. No forecast: it is what the volatility implies.
///
/// Unusable inputs and limits are those of [`value_one`].
pub fn exercise_chance(terms: &Terms, vol: f64) -> f64 {
    Formula::new(terms, vol).map_or(f64::NAN, |formula| formula.exercised)
}

/// The parts of the formula that price and Greeks share.
struct Formula<'a> {
    terms: &'a Terms,
    vol: f64,
    years: f64,
    root_years: f64,
    /// Volatility over the whole life: `vol * sqrt(years)`.
    total_vol: f64,
    sign: f64,
    /// Present value of the underlying at expiry.
    spot: f64,
    /// Present value of the strike.
    strike: f64,
    d1: f64,
    /// `N(sign * d1)`: present value of what is delivered, as a part of `spot`.
    delivered: f64,
    /// `N(sign * d2)`: the risk-neutral chance of exercise.
    exercised: f64,
}

impl<'a> Formula<'a> {
    fn new(terms: &'a Terms, vol: f64) -> Option<Self> {
        if !(terms.is_sound() && vol >= 0.0 && vol.is_finite()) {
            return None;
        }
        let years = terms.years_left();
        let root_years = years.sqrt();
        let total_vol = vol * root_years;
        let (d1, d2) = distances(terms, years, total_vol);
        let sign = terms.right.sign();
        let (spot, strike) = terms.present_values();
        Some(Self {
            terms,
            vol,
            years,
            root_years,
            total_vol,
            sign,
            spot,
            strike,
            d1,
            delivered: DefaultSpecialFn::norm_cdf(sign * d1),
            exercised: DefaultSpecialFn::norm_cdf(sign * d2),
        })
    }

    fn price(&self) -> f64 {
        let price = self.sign * (self.spot * self.delivered - self.strike * self.exercised);
        let intrinsic = (self.sign * (self.spot - self.strike)).max(0.0);
        // The difference of two near numbers may fall a rounding short of the bound.
        if price < intrinsic { intrinsic } else { price }
    }

    fn value(&self) -> Valuation {
        let density = (-0.5 * self.d1 * self.d1).exp() / TAU.sqrt();
        let shares = self.spot / self.terms.spot;
        let (gamma, decay) = if self.total_vol > NO_VOLATILITY {
            let gamma = shares * density / (self.terms.spot * self.total_vol);
            (
                gamma,
                self.spot * density * self.vol / (2.0 * self.root_years),
            )
        } else {
            (0.0, 0.0)
        };
        let interest = self.terms.rate * self.strike * self.exercised;
        let dividends = self.terms.dividend_yield * self.spot * self.delivered;
        Valuation {
            price: self.price(),
            delta: self.sign * shares * self.delivered,
            gamma,
            theta: (self.sign * (dividends - interest) - decay) / DAYS_PER_YEAR,
            vega: self.spot * density * self.root_years * POINT,
            rho: self.sign * self.strike * self.years * self.exercised * POINT,
        }
    }
}

/// `d1` and `d2`: how far the forward is above the strike, in standard deviations, plus and minus
/// half the total volatility. Without volatility, infinitely far or not at all.
fn distances(terms: &Terms, years: f64, total_vol: f64) -> (f64, f64) {
    let carry = (terms.rate - terms.dividend_yield) * years;
    let moneyness = (terms.spot / terms.strike).ln() + carry;
    if total_vol > NO_VOLATILITY {
        let distance = moneyness / total_vol;
        (distance + 0.5 * total_vol, distance - 0.5 * total_vol)
    } else if moneyness == 0.0 {
        (0.0, 0.0)
    } else {
        let far = f64::INFINITY.copysign(moneyness);
        (far, far)
    }
}
