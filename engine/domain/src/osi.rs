//! The symbology of listed options (OCC's Options Symbology Initiative): 21 characters, root
//! padded with spaces to 6, `yymmdd`, `C` or `P`, the strike in thousandths on 8 digits.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{
    instrument::{OptionContract, Right, Symbol},
    money::Price,
};

/// Why a text is no option symbol.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OsiError {
    /// Not 21 plain characters.
    #[error(
        "'{0}' is not an option symbol: it needs 21 characters, such as 'SPY   240119C00475000'"
    )]
    Shape(String),
    /// The first six characters are no root.
    #[error("'{0}' has no option root of 1 to 6 letters or digits in its first six characters")]
    Root(String),
    /// Characters 7 to 12 are no date.
    #[error("'{0}' has no expiry date (yymmdd) in characters 7 to 12")]
    Expiry(String),
    /// Character 13 is neither `C` nor `P`.
    #[error("'{0}' has neither C nor P in character 13")]
    Right(String),
    /// The last eight characters are no strike above zero.
    #[error("'{0}' has no strike above zero in its last eight digits")]
    Strike(String),
}

/// Two-digit years from here on are of the last century: listed options began in 1973.
const FIRST_YEAR: i16 = 73;

/// The years that two digits can tell apart.
const YEARS: std::ops::RangeInclusive<i16> = 1973..=2072;

/// The longest root.
const ROOT: usize = 6;

/// The highest strike, in thousandths.
const MOST_THOUSANDTHS: i64 = 99_999_999;

impl OptionContract {
    /// A contract that the symbology can name.
    ///
    /// # Errors
    ///
    /// - [`OsiError::Root`]: not 1 to 6 capital letters or digits.
    /// - [`OsiError::Expiry`]: a year before 1973 or after 2072.
    /// - [`OsiError::Strike`]: not above zero, above 99,999.999, or finer than a thousandth.
    ///
    /// Each shows the 21 characters with `?` where nothing can stand: drop the row that said so.
    pub fn new(root: Symbol, expiry: Date, right: Right, strike: Price) -> Result<Self, OsiError> {
        let contract = Self {
            root,
            expiry,
            right,
            strike,
        };
        if root_field(root).is_none() {
            Err(OsiError::Root(contract.to_string()))
        } else if !YEARS.contains(&expiry.year()) {
            Err(OsiError::Expiry(contract.to_string()))
        } else if thousandths(strike).is_none() {
            Err(OsiError::Strike(contract.to_string()))
        } else {
            Ok(contract)
        }
    }
}

/// The root, when the symbology can name it.
fn root_field(root: Symbol) -> Option<Symbol> {
    let text = root.as_str();
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (plain && (1..=ROOT).contains(&text.len())).then_some(root)
}

/// The strike in thousandths, when the symbology can name it.
fn thousandths(strike: Price) -> Option<i64> {
    let whole = strike.times(1000).decimal();
    let number = whole.is_integer().then(|| whole.to_i64())??;
    (1..=MOST_THOUSANDTHS).contains(&number).then_some(number)
}

impl FromStr for OptionContract {
    type Err = OsiError;

    fn from_str(text: &str) -> Result<Self, OsiError> {
        let shown = || text.chars().take(40).collect::<String>();
        if text.len() != 21 || !text.is_ascii() {
            return Err(OsiError::Shape(shown()));
        }
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        let root = part(0, ROOT).trim_end_matches(' ').parse().ok();
        let root = root
            .and_then(root_field)
            .ok_or_else(|| OsiError::Root(shown()))?;
        let expiry = expiry(part(6, 12)).ok_or_else(|| OsiError::Expiry(shown()))?;
        let right = match part(12, 13) {
            "C" => Right::Call,
            "P" => Right::Put,
            _ => return Err(OsiError::Right(shown())),
        };
        let thousandths = digits(part(13, 21)).filter(|strike| *strike > 0);
        let strike = thousandths
            .and_then(|strike| Price::try_from(Decimal::new(strike, 3)).ok())
            .ok_or_else(|| OsiError::Strike(shown()))?;
        Ok(Self {
            root,
            expiry,
            right,
            strike,
        })
    }
}

fn digits(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

fn expiry(text: &str) -> Option<Date> {
    let number =
        |from: usize, to: usize| digits(text.get(from..to)?).and_then(|n| i16::try_from(n).ok());
    let year = number(0, 2)?;
    let century = if year >= FIRST_YEAR { 1900 } else { 2000 };
    let (month, day) = (number(2, 4)?, number(4, 6)?);
    Date::new(
        year.checked_add(century)?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

impl fmt::Display for OptionContract {
    /// Always 21 characters. A field that the symbology cannot name (a root of 7 letters, a strike
    /// above 99,999.999) is `?` throughout, so that the text is never another contract's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match root_field(self.root) {
            Some(root) => write!(f, "{root:<ROOT$}")?,
            None => f.write_str("??????")?,
        }
        let year = self.expiry.year();
        if YEARS.contains(&year) {
            let (month, day) = (self.expiry.month(), self.expiry.day());
            write!(f, "{:02}{month:02}{day:02}", year.rem_euclid(100))?;
        } else {
            f.write_str("??????")?;
        }
        f.write_str(match self.right {
            Right::Call => "C",
            Right::Put => "P",
        })?;
        match thousandths(self.strike) {
            Some(thousandths) => write!(f, "{thousandths:08}"),
            None => f.write_str("????????"),
        }
    }
}

impl TryFrom<String> for OptionContract {
    type Error = OsiError;

    fn try_from(text: String) -> Result<Self, OsiError> {
        text.parse()
    }
}

impl From<OptionContract> for String {
    fn from(contract: OptionContract) -> Self {
        contract.to_string()
    }
}
