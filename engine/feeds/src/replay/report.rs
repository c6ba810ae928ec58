//! What reading a recorded day gave: counts, and where the bad rows are.

use std::{fmt, path::PathBuf};

use jiff::Timestamp;

use crate::{Counts, DropReason};

/// Dropped rows remembered for each reason and kind of file; the rest is counted only.
const EXAMPLES: usize = 3;

/// Skipped members remembered; the rest is counted only.
const SKIPPED: usize = 100;

/// Where a row or a member is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The zip.
    pub file: PathBuf,
    /// The member of the zip.
    pub member: String,
    /// The line in the member, from 1; 0 for the member as a whole.
    pub line: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.file.display(), self.member)?;
        if self.line > 0 {
            write!(f, ", line {}", self.line)?;
        }
        Ok(())
    }
}

/// A dropped row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DroppedRow {
    /// Where.
    pub place: Place,
    /// Why.
    pub reason: DropReason,
}

/// A member that was left out as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedMember {
    /// Where; the line is the one at which reading ended.
    pub place: Place,
    /// Why.
    pub reason: String,
}

impl fmt::Display for SkippedMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

/// What reading one kind of file gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The zips that were read.
    pub files: Vec<PathBuf>,
    /// Rows, by what became of them; rows of skipped members are not counted.
    pub counts: Counts,
    /// The first dropped rows of each reason.
    pub examples: Vec<DroppedRow>,
    /// The first skipped members.
    pub skipped: Vec<SkippedMember>,
    /// How many members were skipped.
    pub members_skipped: u64,
}

impl Reading {
    /// Counts a dropped row, and remembers where it is when it is among the first.
    pub(super) fn drop_row(&mut self, reason: DropReason, place: impl FnOnce() -> Place) {
        self.counts.drop_one(reason);
        let known = self
            .examples
            .iter()
            .filter(|row| row.reason == reason)
            .count();
        if known < EXAMPLES {
            let place = place();
            self.examples.push(DroppedRow { place, reason });
        }
    }

    /// Notes a member that was left out.
    pub(super) fn skip(&mut self, place: Place, reason: String) {
        self.members_skipped += 1;
        if self.skipped.len() < SKIPPED {
            self.skipped.push(SkippedMember { place, reason });
        }
    }
}

/// What the day's files gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Contracts whose member could be read.
    pub contracts: usize,
    /// The option quotes.
    pub options: Reading,
    /// The underlying's bars.
    pub bars: Reading,
    /// The underlying's quotes; `None` when there is no file of them that can be read.
    pub quotes: Option<Reading>,
    /// True when no quote of the underlying can be used, so that its last trade stands for both
    /// sides.
    pub last_trade: bool,
    /// Minutes of the session without a bar, by their start: left out, never filled.
    pub gaps: Vec<Timestamp>,
}

impl Report {
    /// The readings, each with what it read.
    pub fn readings(&self) -> impl Iterator<Item = (&'static str, &Reading)> {
        [
            ("option quotes", Some(&self.options)),
            ("minute bars", Some(&self.bars)),
            ("underlying quotes", self.quotes.as_ref()),
        ]
        .into_iter()
        .filter_map(|(what, reading)| Some((what, reading?)))
    }

    /// All rows of all files.
    pub fn totals(&self) -> Counts {
        let mut totals = Counts::default();
        for (_, reading) in self.readings() {
            totals.add(&reading.counts);
        }
        totals
    }
}

impl fmt::Display for Report {
    /// One line for each kind of file, then one for each skipped member and each remembered bad row.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "contracts: {}", self.contracts)?;
        for (what, reading) in self.readings() {
            write!(f, "{what}: {}", reading.counts)?;
            if reading.members_skipped > 0 {
                write!(f, ", {} members skipped", reading.members_skipped)?;
            }
            writeln!(f)?;
        }
        if self.quotes.is_none() {
            writeln!(f, "underlying quotes: none that can be read")?;
        }
        if self.last_trade {
            writeln!(f, "underlying quotes: the last trade stands in")?;
        }
        writeln!(f, "minutes without a bar: {}", self.gaps.len())?;
        for (_, reading) in self.readings() {
            for member in &reading.skipped {
                writeln!(f, "skipped {member}")?;
            }
            for row in &reading.examples {
                writeln!(f, "dropped {}: {}", row.place, row.reason)?;
            }
        }
        Ok(())
    }
}
