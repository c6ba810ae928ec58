//! Domain values as column values, and back.

use std::fmt::Display;

use countersign_domain::money::{Price, Usd};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::fault::Fault;

/// One value of a row to write.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    /// For a `text` column.
    Text(Option<String>),
    /// For a `bigint` column.
    Number(Option<i64>),
}

impl Cell {
    /// Anything that has a text form.
    pub(crate) fn text(value: impl Display) -> Self {
        Self::Text(Some(value.to_string()))
    }

    /// The same for a value that may be absent.
    pub(crate) fn maybe_text(value: Option<impl Display>) -> Self {
        Self::Text(value.map(|value| value.to_string()))
    }

    /// An instant that may be absent.
    pub(crate) fn maybe_at(at: Option<Timestamp>) -> Self {
        Self::Number(at.map(micros))
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(Some(i64::from(number)))
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::Number(Some(i64::from(yes)))
    }
}

impl From<Timestamp> for Cell {
    fn from(at: Timestamp) -> Self {
        Self::Number(Some(micros(at)))
    }
}

/// Unix microseconds, rounded down.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_nanosecond()
        .div_euclid(1000)
        .try_into()
        .unwrap_or(i64::MAX)
}

/// The instant of Unix microseconds.
pub(crate) fn instant(
    table: &'static str,
    id: impl Display,
    micros: i64,
) -> Result<Timestamp, Fault> {
    Timestamp::from_microsecond(micros).map_err(|why| Fault::unreadable(table, id, why))
}

/// Which row is being written: names it in errors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a, I> {
    /// In which table.
    pub(crate) table: &'static str,
    /// Its id.
    pub(crate) id: &'a I,
}

impl<I: Display> Row<'_, I> {
    /// The value as JSON.
    pub(crate) fn json<T: Serialize>(&self, value: &T) -> Result<Cell, Fault> {
        json(self.table, self.id, value).map(Cell::from)
    }

    /// Micro-dollars.
    pub(crate) fn usd(&self, amount: Usd) -> Result<Cell, Fault> {
        self.money(amount.micros(), amount)
    }

    /// Micro-dollars of an amount that may be absent.
    pub(crate) fn maybe_usd(&self, amount: Option<Usd>) -> Result<Cell, Fault> {
        amount.map_or(Ok(Cell::Number(None)), |amount| self.usd(amount))
    }

    /// Micro-dollars per share.
    pub(crate) fn price(&self, price: Price) -> Result<Cell, Fault> {
        self.money(price.micros(), price)
    }

    fn money(&self, micros: Option<i64>, amount: impl Display) -> Result<Cell, Fault> {
        let too_much = || {
            let why = format!("{amount} does not fit into 64 bits of micro-dollars");
            Fault::unstorable(self.table, self.id, why)
        };
        micros.map(Cell::from).ok_or_else(too_much)
    }
}

/// The value as JSON.
pub(crate) fn json<T: Serialize>(
    table: &'static str,
    id: impl Display,
    value: &T,
) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|why| Fault::unstorable(table, id, why))
}

/// The value that a row's JSON is.
pub(crate) fn parsed<T: DeserializeOwned>(
    table: &'static str,
    id: impl Display,
    body: &str,
) -> Result<T, Fault> {
    serde_json::from_str(body).map_err(|why| Fault::unreadable(table, id, why))
}

/// A count or sequence number that is never negative.
pub(crate) fn count(table: &'static str, id: impl Display, number: i64) -> Result<u64, Fault> {
    u64::try_from(number).map_err(|_| Fault::unreadable(table, id, "a number is negative"))
}

/// A count as a column value.
pub(crate) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
