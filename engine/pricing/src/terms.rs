//! What an option's value depends on, apart from its volatility.

/// The days of every year, leap years too.
pub(crate) const DAYS_PER_YEAR: f64 = 365.0;

/// The years that so many seconds are; of less than none, less than none.
///
/// Source: the day count "Actual/365 (Fixed)", 2006 ISDA Definitions, section 4.16(d), taken to the
/// second because an option's last day counts by the hour.
pub fn years(seconds: f64) -> f64 {
    seconds / (DAYS_PER_YEAR * 86_400.0)
}

/// The side of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// The right to buy at the strike.
    Call,
    /// The right to sell at the strike.
    Put,
}

impl Right {
    /// `1.0` for a call, `-1.0` for a put: the sign of the payoff's slope.
    pub(crate) const fn sign(self) -> f64 {
        match self {
            Self::Call => 1.0,
            Self::Put => -1.0,
        }
    }
}

/// One option and its market, without a volatility.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Price of the underlying, in dollars; positive.
    pub spot: f64,
    /// Strike, in dollars; positive.
    pub strike: f64,
    /// Years to expiry; zero or less is an expired option.
    pub years: f64,
    /// Interest rate, continuously compounded, per year; may be negative.
    pub rate: f64,
    /// Dividend yield, continuously compounded, per year.
    pub dividend_yield: f64,
    /// Call or put.
    pub right: Right,
}

impl Terms {
    /// Spot and strike are positive and every number is finite.
    pub(crate) fn is_sound(&self) -> bool {
        // A NaN or an infinity anywhere survives the sum.
        let sum = self.spot + self.strike + self.years + self.rate + self.dividend_yield;
        self.spot > 0.0 && self.strike > 0.0 && sum.is_finite()
    }

    /// Years to expiry, never negative.
    pub(crate) fn years_left(&self) -> f64 {
        self.years.max(0.0)
    }

    /// What spot and strike are worth today if delivered at expiry: spot less its dividends, strike
    /// less its interest. Their ratio is the forward over the strike.
    pub(crate) fn present_values(&self) -> (f64, f64) {
        let years = self.years_left();
        let spot = self.spot * (-self.dividend_yield * years).exp();
        let strike = self.strike * (-self.rate * years).exp();
        (spot, strike)
    }
}

/// Many options and their markets: element `i` of every column is option `i`.
///
/// Columns have the units and ranges of [`Terms`].
#[derive(Clone, Copy, Debug)]
pub struct TermColumns<'a> {
    /// Prices of the underlyings.
    pub spot: &'a [f64],
    /// Strikes.
    pub strike: &'a [f64],
    /// Years to expiry.
    pub years: &'a [f64],
    /// Interest rates.
    pub rate: &'a [f64],
    /// Dividend yields.
    pub dividend_yield: &'a [f64],
    /// Calls and puts.
    pub right: &'a [Right],
}

impl TermColumns<'_> {
    /// How many options there are.
    pub const fn len(&self) -> usize {
        self.spot.len()
    }

    /// There is no option.
    pub const fn is_empty(&self) -> bool {
        self.spot.is_empty()
    }

    /// Option `index`; the columns have been checked to be equally long.
    pub(crate) fn at(&self, index: usize) -> Terms {
        Terms {
            spot: self.spot[index],
            strike: self.strike[index],
            years: self.years[index],
            rate: self.rate[index],
            dividend_yield: self.dividend_yield[index],
            right: self.right[index],
        }
    }

    /// Passes when every column here and each of `others` is as long as `spot`.
    pub(crate) fn check(&self, others: &[(&'static str, usize)]) -> Result<(), LengthMismatch> {
        let own = [
            ("strike", self.strike.len()),
            ("years", self.years.len()),
            ("rate", self.rate.len()),
            ("dividend_yield", self.dividend_yield.len()),
            ("right", self.right.len()),
        ];
        let expected = self.len();
        match own
            .iter()
            .chain(others)
            .find(|(_, found)| *found != expected)
        {
            None => Ok(()),
            Some(&(column, found)) => Err(LengthMismatch {
                column,
                found,
                expected,
            }),
        }
    }
}

/// A column is not as long as `spot`; nothing was written. A bug of the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column} has {found} elements where spot has {expected}")]
pub struct LengthMismatch {
    /// The first column that differs, by its field's name.
    pub column: &'static str,
    /// Its length.
    pub found: usize,
    /// The length of `spot`.
    pub expected: usize,
}
