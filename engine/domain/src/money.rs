//! Exact money: cash amounts and prices.
//!
//! | type | unit | sign |
//! |---|---|---|
//! | [`Usd`] | US dollars, exact to a micro-dollar | negative is money paid out or lost |
//! | [`Price`] | US dollars per share, exact to a micro-dollar | a net price: positive is a debit, negative a credit |
//!
//! As text each has one form, the shortest, so that the same amount always gives the same bytes:
//! `"1.25"`, `"100"`, `"0"`. Read are text and whole numbers; a float is refused.
//!
//! The operators saturate at the bounds of [`Decimal`], about 10^16 times more than the store
//! accepts: they neither panic nor wrap, and what left the sensible range is refused where it
//! would be written down.

use std::{fmt, iter::Sum, ops, str::FromStr};

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use crate::decimal::{self, DecimalError};

/// Decimals that the store keeps: micro-dollars.
const SCALE: u32 = 6;

/// Why an amount could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// More than six decimals: the source is not money. Reject the message that carried it.
    #[error("{0} is finer than a micro-dollar")]
    TooFine(Decimal),
    /// The amount does not fit into 64 bits of micro-dollars; nothing was wrapped or clipped.
    #[error("{0} is out of range (about ±$9.2 trillion)")]
    OutOfRange(Decimal),
    /// Not a decimal number.
    #[error("not an amount of money; write it like 12.34")]
    NotANumber,
}

fn checked(value: Decimal) -> Result<Decimal, MoneyError> {
    let value = value.normalize();
    if value.scale() > SCALE {
        return Err(MoneyError::TooFine(value));
    }
    to_micros(value).ok_or(MoneyError::OutOfRange(value))?;
    Ok(value)
}

/// The amount that `text` is, strictly read.
fn parsed(text: &str) -> Result<Decimal, MoneyError> {
    match decimal::parse(text) {
        Ok(value) => checked(value),
        Err(DecimalError::Shape) => Err(MoneyError::NotANumber),
        Err(DecimalError::TooFine(nearest)) => Err(MoneyError::TooFine(nearest)),
        Err(DecimalError::TooBig(bound)) => Err(MoneyError::OutOfRange(bound)),
    }
}

/// Powers of ten up to that of the store's decimals.
const TENS: [i64; 7] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

/// Micro-dollars, rounded half to even.
fn to_micros(value: Decimal) -> Option<i64> {
    let missing = SCALE.checked_sub(value.scale());
    let factor = missing.and_then(|missing| TENS.get(usize::try_from(missing).ok()?));
    if let Some(factor) = factor {
        let mantissa = i64::try_from(value.mantissa()).ok()?;
        return mantissa.checked_mul(*factor);
    }
    value
        .checked_mul(Decimal::from(1_000_000))
        .and_then(|micros| micros.round().to_i64())
}

/// That many micro-dollars as a number without trailing zeros.
fn of_micros(micros: i64) -> Decimal {
    let (mut left, mut scale) = (micros, SCALE);
    while scale > 0 && left % 10 == 0 {
        left /= 10;
        scale = scale.saturating_sub(1);
    }
    Decimal::new(left, scale)
}

/// The float next to a number. Both parts of what is small are floats themselves, so that the one
/// division rounds as it should.
fn to_float(value: Decimal) -> f64 {
    const TENS: [f64; 7] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];
    let ten = usize::try_from(value.scale()).ok();
    let ten = ten.and_then(|scale| TENS.get(scale));
    match (i32::try_from(value.mantissa()), ten) {
        (Ok(mantissa), Some(ten)) => f64::from(mantissa) / ten,
        _ => value.to_f64().unwrap_or(f64::NAN),
    }
}

macro_rules! amount {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Decimal);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(Decimal::ZERO);

            /// The amount of that many micro-dollars.
            pub fn from_micros(micros: i64) -> Self {
                Self(of_micros(micros))
            }

            /// The amount in micro-dollars, or `None` when it does not fit (about ±9.2 trillion).
            pub fn micros(self) -> Option<i64> {
                to_micros(self.0)
            }

            /// The amount as a decimal number of dollars.
            pub const fn decimal(self) -> Decimal {
                self.0
            }

            /// The float next to it, for models and statistics only: the nearest one below a
            /// billion dollars.
            pub fn to_f64(self) -> f64 {
                to_float(self.0)
            }

            /// The amount without its sign.
            #[must_use]
            pub fn abs(self) -> Self {
                Self(self.0.abs())
            }

            /// True below zero.
            pub fn is_negative(self) -> bool {
                self.0 < Decimal::ZERO
            }

            /// True above zero.
            pub fn is_positive(self) -> bool {
                self.0 > Decimal::ZERO
            }

            /// True at exactly zero.
            pub fn is_zero(self) -> bool {
                self.0.is_zero()
            }

            /// The amount multiplied by a whole number.
            #[must_use]
            pub fn times(self, factor: i64) -> Self {
                Self(self.0.saturating_mul(Decimal::from(factor)).normalize())
            }

            /// `percent` hundredths of the amount.
            #[must_use]
            pub fn percent(self, percent: u32) -> Self {
                self.scaled(Decimal::new(i64::from(percent), 2))
            }

            /// The amount multiplied by `factor`, rounded half to even to a micro-dollar.
            #[must_use]
            pub fn scaled(self, factor: Decimal) -> Self {
                Self(self.0.saturating_mul(factor).round_dp(SCALE).normalize())
            }
        }

        impl TryFrom<Decimal> for $name {
            type Error = MoneyError;

            fn try_from(value: Decimal) -> Result<Self, MoneyError> {
                checked(value).map(Self)
            }
        }

        impl From<$name> for Decimal {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl FromStr for $name {
            type Err = MoneyError;

            /// An optional sign, digits, and a point only between digits or before them; spaces
            /// around it are left out. No exponent, no separators.
            fn from_str(text: &str) -> Result<Self, MoneyError> {
                parsed(text.trim()).map(Self)
            }
        }

        impl Serialize for $name {
            /// Text, the shortest; an amount that could not be read back is refused.
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let value = checked(self.0).map_err(ser::Error::custom)?;
                decimal::serialize(&value, to)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let value = decimal::deserialize(from)?;
                checked(value).map(Self).map_err(de::Error::custom)
            }
        }

        impl ops::Add for $name {
            type Output = Self;

            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0).normalize())
            }
        }

        impl ops::Sub for $name {
            type Output = Self;

            fn sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0).normalize())
            }
        }

        impl ops::Neg for $name {
            type Output = Self;

            fn neg(self) -> Self {
                Self(Decimal::ZERO.saturating_sub(self.0))
            }
        }

        impl ops::AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
                amounts.fold(Self::ZERO, |total, amount| total + amount)
            }
        }

        impl fmt::Display for $name {
            /// At least two decimals, as many as the amount has; width, fill and `+` as for
            /// numbers.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let decimals = usize::try_from(self.0.scale().max(2)).unwrap_or(2);
                let digits = format!("{:.decimals$}", self.0.abs());
                f.pad_integral(!self.is_negative(), "", &digits)
            }
        }
    };
}

amount! {
    /// An exact amount of US dollars: a cash amount, a fee, a profit or a loss.
    ///
    /// Negative means money paid out. Exact to micro-dollars, the unit in which the store keeps
    /// it, so sub-penny fills and per-contract fees add up without rounding.
    Usd
}

amount! {
    /// An exact price in US dollars per share.
    ///
    /// Of one instrument it is never negative. The net price of several legs is seen from the
    /// order that holds them: positive is a debit to pay, negative a credit to receive, so a
    /// fill is within a limit exactly when `net <= limit`, for entries and exits alike.
    Price
}

impl Price {
    /// The price of a whole number of dollars.
    pub const fn from_whole(dollars: u32) -> Self {
        Self(Decimal::from_parts(dollars, 0, 0, false, 0))
    }

    /// The price of ten-thousandths of a dollar, the unit of recorded files.
    pub fn from_ten_thousandths(value: i64) -> Self {
        Self(Decimal::new(value, 4).normalize())
    }

    /// The price nearest to a float, to a hundredth of a cent; `None` when it is not finite or
    /// does not fit.
    pub fn from_f64(value: f64) -> Option<Self> {
        use rust_decimal::prelude::FromPrimitive;
        let value = Decimal::from_f64(value)?;
        checked(value.round_dp(4)).ok().map(Self)
    }

    /// Dollars of `shares` shares at this price.
    pub fn dollars(self, shares: i64) -> Usd {
        Usd(self.0.saturating_mul(Decimal::from(shares)).normalize())
    }

    /// The nearest multiple of `increment` that is not below this price.
    ///
    /// An increment of zero or less leaves the price alone.
    #[must_use]
    pub fn up_to(self, increment: Self) -> Self {
        self.stepped(increment, Decimal::ceil)
    }

    /// The nearest multiple of `increment` that is not above this price.
    #[must_use]
    pub fn down_to(self, increment: Self) -> Self {
        self.stepped(increment, Decimal::floor)
    }

    fn stepped(self, increment: Self, round: fn(&Decimal) -> Decimal) -> Self {
        if increment.0 <= Decimal::ZERO {
            return self;
        }
        match self.0.checked_div(increment.0) {
            Some(steps) => Self(round(&steps).saturating_mul(increment.0).normalize()),
            None => self,
        }
    }
}

/// A share of something in hundredths, of the premium of a position as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(pub u32);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}

/// How many units of a structure: contracts of a single option, spreads of a vertical.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Contracts(pub u32);

impl Contracts {
    /// None at all.
    pub const ZERO: Self = Self(0);

    /// More than any ticket has: a slip of the finger.
    pub const MOST: Self = Self(1_000_000);

    /// True when there is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// What is left after `other`, never below zero.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The number, signed and wide enough to multiply with.
    pub const fn count(self) -> i64 {
        // A `u32` always fits; `From` is not const yet.
        #[expect(clippy::as_conversions, reason = "widening, in a const fn")]
        {
            self.0 as i64
        }
    }
}

impl fmt::Display for Contracts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
