//! What can be traded: shares and option contracts.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{calendar, money::Price};

/// The text is not a symbol.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a symbol; a symbol has 1 to 8 capital letters, digits, dots or dashes")]
pub struct SymbolError(pub String);

/// A ticker symbol or option root: 1 to 8 of `A`-`Z`, `0`-`9`, `.` and `-`, kept in place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Symbol([u8; 8]);

impl Symbol {
    /// The symbol as text.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(8);
        self.0
            .get(..end)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

impl FromStr for Symbol {
    type Err = SymbolError;

    fn from_str(text: &str) -> Result<Self, SymbolError> {
        let allowed = |byte: u8| {
            byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'.' || byte == b'-'
        };
        let mut bytes = [0; 8];
        match bytes.get_mut(..text.len()) {
            Some(room) if !text.is_empty() && text.bytes().all(allowed) => {
                room.copy_from_slice(text.as_bytes());
                Ok(Self(bytes))
            }
            _ => Err(SymbolError(text.chars().take(40).collect())),
        }
    }
}

impl TryFrom<String> for Symbol {
    type Error = SymbolError;

    fn try_from(text: String) -> Result<Self, SymbolError> {
        text.parse()
    }
}

impl From<Symbol> for String {
    fn from(symbol: Symbol) -> Self {
        symbol.as_str().to_owned()
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Call or put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// The right to buy.
    Call,
    /// The right to sell.
    Put,
}

/// When the holder may exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exercise {
    /// On any day until expiry.
    American,
    /// At expiry alone.
    European,
}

/// What changes hands on exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// Shares.
    Physical,
    /// The difference in dollars.
    Cash,
}

/// Which print of the underlying settles the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettlesAt {
    /// The opening of the expiry day; trading ends with the session before.
    Open,
    /// The close of the expiry day.
    Close,
}

/// The terms of a class of contracts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Shares (or index units) per contract.
    pub multiplier: u32,
    /// When the holder may exercise.
    pub exercise: Exercise,
    /// What changes hands.
    pub settlement: Settlement,
    /// Which print settles.
    pub settles_at: SettlesAt,
}

/// Index roots: root, underlying index, exercise, settling print. All of them cash settled and 100
/// to a contract (Cboe and Nasdaq contract specifications).
#[rustfmt::skip]
const INDEX_ROOTS: [(Symbol, Symbol, Exercise, SettlesAt); 13] = [
    (symbol("SPX"),  symbol("SPX"), Exercise::European, SettlesAt::Open),
    (symbol("SPXW"), symbol("SPX"), Exercise::European, SettlesAt::Close),
    (symbol("XSP"),  symbol("XSP"), Exercise::European, SettlesAt::Close),
    (symbol("NDX"),  symbol("NDX"), Exercise::European, SettlesAt::Open),
    (symbol("NDXP"), symbol("NDX"), Exercise::European, SettlesAt::Close),
    (symbol("NQX"),  symbol("NQX"), Exercise::European, SettlesAt::Close),
    (symbol("RUT"),  symbol("RUT"), Exercise::European, SettlesAt::Open),
    (symbol("RUTW"), symbol("RUT"), Exercise::European, SettlesAt::Close),
    (symbol("DJX"),  symbol("DJX"), Exercise::European, SettlesAt::Open),
    (symbol("VIX"),  symbol("VIX"), Exercise::European, SettlesAt::Open),
    (symbol("VIXW"), symbol("VIX"), Exercise::European, SettlesAt::Open),
    (symbol("OEX"),  symbol("OEX"), Exercise::American, SettlesAt::Close),
    (symbol("XEO"),  symbol("OEX"), Exercise::European, SettlesAt::Close),
];

/// The symbol of a text that is one, for tables that are made at compile time.
const fn symbol(text: &str) -> Symbol {
    let mut bytes = [0; 8];
    let (room, _) = bytes.split_at_mut(text.len());
    room.copy_from_slice(text.as_bytes());
    Symbol(bytes)
}

/// A listed option contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OptionContract {
    /// The option root: the underlying's symbol as a rule.
    pub root: Symbol,
    /// The expiry date as listed (a Saturday for monthly contracts before 2015).
    pub expiry: Date,
    /// Call or put.
    pub right: Right,
    /// The strike price per share, at most three decimals.
    pub strike: Price,
}

impl OptionContract {
    /// The terms that go with the root.
    pub fn terms(&self) -> Terms {
        let index = INDEX_ROOTS.iter().find(|(root, ..)| *root == self.root);
        match index {
            Some((_, _, exercise, settles_at)) => Terms {
                multiplier: 100,
                exercise: *exercise,
                settlement: Settlement::Cash,
                settles_at: *settles_at,
            },
            None => Terms {
                multiplier: 100,
                exercise: Exercise::American,
                settlement: Settlement::Physical,
                settles_at: SettlesAt::Close,
            },
        }
    }

    /// Shares per contract.
    pub fn multiplier(&self) -> i64 {
        i64::from(self.terms().multiplier)
    }

    /// What the contract is written on.
    pub fn underlying(&self) -> Symbol {
        let index = INDEX_ROOTS.iter().find(|(root, ..)| *root == self.root);
        let without_digits = || {
            let root = self.root.as_str();
            root.trim_matches(|c: char| c.is_ascii_digit()).parse().ok()
        };
        index
            .map(|(_, underlying, ..)| *underlying)
            .or_else(without_digits)
            .unwrap_or(self.root)
    }

    /// True for a root with a digit in it: after a corporate action (`GOOG1`), of a mini (`AAPL7`)
    /// or of a customised contract (`2SPY`). The deliverable is not 100 plain shares on plain
    /// terms, so no entry may use it.
    pub fn is_adjusted(&self) -> bool {
        self.root.as_str().contains(|c: char| c.is_ascii_digit())
    }

    /// The last session in which the contract trades, or `None` outside the calendar.
    ///
    /// An expiry without a session (a Saturday, a holiday) settles in the session before it. What
    /// settles at an open trades until the session before that.
    pub fn last_session(&self) -> Option<calendar::Session> {
        let settles = calendar::session_on(self.expiry)
            .or_else(|| calendar::previous_session(self.expiry))?;
        match self.terms().settles_at {
            SettlesAt::Close => Some(settles),
            SettlesAt::Open => calendar::previous_session(settles.date),
        }
    }

    /// The instant at which trading in the contract ends, or `None` outside the calendar.
    pub fn last_trading(&self) -> Option<Timestamp> {
        self.last_session().map(|session| session.close)
    }

    /// Calendar days from `today` (New York) to the last trading day; negative when past.
    pub fn days_left(&self, today: Date) -> i64 {
        let last = self
            .last_session()
            .map_or(self.expiry, |session| session.date);
        last.duration_since(today).as_hours() / 24
    }

    /// What one contract is worth per share if the underlying settles at `spot`.
    pub fn intrinsic(&self, spot: Price) -> Price {
        let value = match self.right {
            Right::Call => spot - self.strike,
            Right::Put => self.strike - spot,
        };
        value.max(Price::ZERO)
    }
}

/// Shares or an option contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instrument {
    /// Shares of a company or fund, or the level of an index.
    Equity(Symbol),
    /// A listed option.
    Option(OptionContract),
}

impl Instrument {
    /// Shares that one unit stands for.
    pub fn multiplier(&self) -> i64 {
        match self {
            Self::Equity(_) => 1,
            Self::Option(contract) => contract.multiplier(),
        }
    }

    /// The symbol that moves it.
    pub fn underlying(&self) -> Symbol {
        match self {
            Self::Equity(symbol) => *symbol,
            Self::Option(contract) => contract.underlying(),
        }
    }

    /// The option contract, if it is one.
    pub const fn option(&self) -> Option<&OptionContract> {
        match self {
            Self::Equity(_) => None,
            Self::Option(contract) => Some(contract),
        }
    }
}

impl fmt::Display for Instrument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equity(symbol) => symbol.fmt(f),
            Self::Option(contract) => contract.fmt(f),
        }
    }
}
