//! Why a row was not used, and how many were.

use std::fmt;

/// Why a row of a file was dropped. One row has one reason, the first that holds in the order
/// unparsable, absurd time, duplicate or out of order, expired, outside the session, absurd price,
/// zero bid, crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DropReason {
    /// A number that cannot be one: a negative price, a high below the low, a put bid above its
    /// strike, a stub quote, a time outside the day or off the minute.
    Absurd,
    /// The bid is above the ask.
    Crossed,
    /// A second row of the same minute; the first is used.
    Duplicate,
    /// The contract had stopped trading.
    Expired,
    /// Its minute lies before that of a row above it.
    OutOfOrder,
    /// It starts before the open, or at the close or later.
    OutsideSession,
    /// Not the columns that the format has, or not numbers.
    Unparsable,
    /// Nobody bids.
    ZeroBid,
}

impl DropReason {
    /// Every reason, in the order of the names.
    pub const ALL: [Self; 8] = [
        Self::Absurd,
        Self::Crossed,
        Self::Duplicate,
        Self::Expired,
        Self::OutOfOrder,
        Self::OutsideSession,
        Self::Unparsable,
        Self::ZeroBid,
    ];

    /// The reason in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Absurd => "absurd",
            Self::Crossed => "crossed",
            Self::Duplicate => "duplicate",
            Self::Expired => "expired",
            Self::OutOfOrder => "out of order",
            Self::OutsideSession => "outside the session",
            Self::Unparsable => "unparsable",
            Self::ZeroBid => "zero bid",
        }
    }
}

impl fmt::Display for DropReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Rows read, by what became of them: `rows = kept + dropped`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    kept: u64,
    dropped: [u64; DropReason::ALL.len()],
}

impl Counts {
    /// Rows read.
    pub fn rows(&self) -> u64 {
        self.kept + self.dropped.iter().sum::<u64>()
    }

    /// Rows used.
    pub const fn kept(&self) -> u64 {
        self.kept
    }

    /// Rows dropped for `reason`.
    pub fn dropped(&self, reason: DropReason) -> u64 {
        DropReason::ALL
            .iter()
            .zip(self.dropped)
            .find_map(|(each, count)| (*each == reason).then_some(count))
            .unwrap_or_default()
    }

    /// The reasons for which rows were dropped, with how many, in the order of the names.
    pub fn reasons(&self) -> impl Iterator<Item = (DropReason, u64)> {
        DropReason::ALL
            .into_iter()
            .zip(self.dropped)
            .filter(|(_, count)| *count > 0)
    }

    /// One more row was used.
    pub(crate) fn keep(&mut self) {
        self.kept += 1;
    }

    /// One more row was dropped.
    pub(crate) fn drop_one(&mut self, reason: DropReason) {
        for (each, count) in DropReason::ALL.iter().zip(&mut self.dropped) {
            *count += u64::from(*each == reason);
        }
    }

    /// Takes in the counts of another reading.
    pub(crate) fn add(&mut self, other: &Self) {
        self.kept += other.kept;
        for (mine, theirs) in self.dropped.iter_mut().zip(other.dropped) {
            *mine += theirs;
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows read, {} used", self.rows(), self.kept)?;
        for (reason, count) in self.reasons() {
            write!(f, ", {count} {reason}")?;
        }
        Ok(())
    }
}
