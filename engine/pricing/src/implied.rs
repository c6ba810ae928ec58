//! The volatility that explains a price.

use implied_vol::{DefaultSpecialFn, ImpliedBlackVolatility};

use crate::{LengthMismatch, Right, TermColumns, Terms};

/// Why a price has no implied volatility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum IvError {
    /// An input is NaN or infinite, or the forward made from them is. Drop the row.
    #[error("an input is not a number")]
    NotANumber,
    /// Spot or strike is zero or negative. Drop the row.
    #[error("spot or strike is not positive")]
    NotPositive,
    /// The option has expired: its price says nothing about volatility.
    #[error("no time is left")]
    NoTime,
    /// The price is less than exercise is worth: the quote is stale or crossed, the rate, yield or
    /// spot is wrong, or the option is American and would be exercised now. Do not trust the quote.
    #[error("the price is below the intrinsic value")]
    BelowIntrinsic,
    /// The price is the intrinsic value, within rounding: no time value is left to be explained. Any
    /// small enough volatility fits; zero volatility gives the right Greeks.
    #[error("the price is the intrinsic value")]
    AtIntrinsic,
    /// The price is what the option can be worth at most, or more: a call its underlying, a put its
    /// strike, at present value. No volatility is high enough. Do not trust the quote.
    #[error("the price is at or above its upper bound")]
    AboveBound,
}

/// Where the implied volatilities of many options are written, each column as long as the terms.
#[derive(Debug)]
pub struct ImpliedVolColumns<'a> {
    /// Volatilities, `0.2` is 20 %; NaN where there is none, so that it can feed [`value`] as it is.
    ///
    /// [`value`]: crate::value
    pub vol: &'a mut [f64],
    /// Why there is none, or `None` where there is one.
    pub missing: &'a mut [Option<IvError>],
}

/// Finds the volatility of many options: `price[i]` is what option `i` costs, per share.
///
/// An element is what [`implied_vol_one`] gives for it.
///
/// # Errors
///
/// [`LengthMismatch`]: a column, `price` or one of `out` is not as long as `terms.spot`. Mend the
/// caller.
pub fn implied_vol(
    terms: &TermColumns<'_>,
    price: &[f64],
    out: &mut ImpliedVolColumns<'_>,
) -> Result<(), LengthMismatch> {
    terms.check(&[
        ("price", price.len()),
        ("vol", out.vol.len()),
        ("missing", out.missing.len()),
    ])?;
    for (index, &price) in price.iter().enumerate() {
        let found = implied_vol_one(&terms.at(index), price);
        out.vol[index] = found.unwrap_or(f64::NAN);
        out.missing[index] = found.err();
    }
    Ok(())
}

/// The volatility at which [`price_one`] gives `price`: positive and finite.
///
/// Solved by P. Jäckel's method ("Let's Be Rational", Wilmott, 2015), for the smallest prices by
/// the "Flash IV" method (arXiv:2605.29102), as the crate `implied-vol` mixes them: to machine accuracy where the
/// price carries it. Deep in the money the time value drowns in the rounding of the price, and with
/// it the volatility: it still reprices, but its digits mean little.
///
/// [`price_one`]: crate::price_one
///
/// # Errors
///
/// [`IvError`], in the order of its variants: the first that is true.
pub fn implied_vol_one(terms: &Terms, price: f64) -> Result<f64, IvError> {
    // The formula scales with its dollars, so present values of forward, strike and price do as
    // well as future ones.
    let (forward, strike) = terms.present_values();
    check_numbers(terms, price, forward, strike)?;
    if terms.years <= 0.0 {
        return Err(IvError::NoTime);
    }
    check_bounds(terms.right, price, forward, strike)?;
    let found = ImpliedBlackVolatility::builder()
        .forward(forward)
        .strike(strike)
        .expiry(terms.years)
        .is_call(terms.right == Right::Call)
        .option_price(price)
        .build_unchecked()
        .calculate::<DefaultSpecialFn>();
    match found {
        Some(vol) if vol > 0.0 && vol.is_finite() => Ok(vol),
        // A time value that underflows in the solver's own units.
        Some(0.0) => Err(IvError::AtIntrinsic),
        // Within a rounding of the upper bound.
        _ => Err(IvError::AboveBound),
    }
}

fn check_numbers(terms: &Terms, price: f64, forward: f64, strike: f64) -> Result<(), IvError> {
    let market = [terms.rate, terms.dividend_yield, price];
    let given = [terms.spot, terms.strike, terms.years];
    if !given.iter().chain(&market).all(|number| number.is_finite()) {
        return Err(IvError::NotANumber);
    }
    if terms.spot <= 0.0 || terms.strike <= 0.0 {
        return Err(IvError::NotPositive);
    }
    // An absurd rate or yield discounts to zero or infinity.
    if forward.is_normal() && strike.is_normal() {
        Ok(())
    } else {
        Err(IvError::NotANumber)
    }
}

fn check_bounds(right: Right, price: f64, forward: f64, strike: f64) -> Result<(), IvError> {
    let intrinsic = (right.sign() * (forward - strike)).max(0.0);
    let (bound, other) = match right {
        Right::Call => (forward, strike),
        Right::Put => (strike, forward),
    };
    // What discounting and subtracting may round away; a zero intrinsic is exact.
    let rounding = if bound > other {
        4.0 * f64::EPSILON * bound
    } else {
        0.0
    };
    if price < intrinsic - rounding {
        Err(IvError::BelowIntrinsic)
    } else if price <= intrinsic + rounding {
        Err(IvError::AtIntrinsic)
    } else if price >= bound {
        Err(IvError::AboveBound)
    } else {
        Ok(())
    }
}
