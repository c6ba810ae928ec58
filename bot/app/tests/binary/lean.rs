//! A second reader of recorded days, of a few lines and with none of the binary's code in it: what
//! the binary is held to.

use std::{collections::BTreeMap, fs::File, io::Read, path::Path};

use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use zip::ZipArchive;

use crate::data::Recorded;

/// One recorded minute of a contract, as it stood at the minute's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Minute {
    /// The end of the minute: nobody could know of it before.
    pub(crate) end: Timestamp,
    pub(crate) bid: Decimal,
    pub(crate) bid_size: u32,
    pub(crate) ask: Decimal,
    pub(crate) ask_size: u32,
}

/// A recorded day.
pub(crate) struct Day {
    /// Minutes of each contract by its 21 letters, oldest first.
    quotes: BTreeMap<String, Vec<Minute>>,
    /// Last prices of the share's minutes by their ends, oldest first.
    closes: Vec<(Timestamp, Decimal)>,
}

impl Day {
    /// Reads the day's zips.
    pub(crate) fn read(day: Recorded) -> Self {
        let midnight = day
            .date
            .in_tz("America/New_York")
            .expect("a midnight")
            .timestamp();
        let minute = SignedDuration::from_mins(1);
        let end_of = |time: &str| {
            let start: i64 = time.parse().expect("milliseconds");
            midnight + SignedDuration::from_millis(start) + minute
        };
        let mut quotes = BTreeMap::new();
        let zip = day.file(&day.options(), "quote_american");
        members(&zip, |name, text| {
            let minutes = text.lines().map(|line| {
                let cells: Vec<&str> = line.split(',').collect();
                let (bid, ask) = (money(cells[4]), money(cells[9]));
                Minute {
                    end: end_of(cells[0]),
                    bid,
                    bid_size: count(cells[5]),
                    ask,
                    ask_size: count(cells[10]),
                }
            });
            quotes.insert(contract(name), minutes.collect());
        });
        let mut closes = Vec::new();
        members(&day.file(&day.bars(), "trade"), |_, text| {
            for line in text.lines() {
                let cells: Vec<&str> = line.split(',').collect();
                closes.push((end_of(cells[0]), money(cells[4])));
            }
        });
        Self { quotes, closes }
    }

    /// The newest minute of a contract that had ended at `at`.
    pub(crate) fn visible(&self, contract: &str, at: Timestamp) -> Option<&Minute> {
        let minutes = self.quotes.get(contract)?;
        minutes.iter().rev().find(|minute| minute.end <= at)
    }

    /// The share's last price in the newest minute that had ended at `at`.
    pub(crate) fn close(&self, at: Timestamp) -> Option<Decimal> {
        let known = self.closes.iter().rev().find(|(end, _)| *end <= at);
        known.map(|(_, close)| *close)
    }
}

fn members(zip: &Path, mut each: impl FnMut(&str, &str)) {
    let file = File::open(zip).unwrap_or_else(|error| panic!("{}: {error}", zip.display()));
    let mut archive = ZipArchive::new(file).expect("a zip");
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).expect("a member");
        let name = member.name().expect("a name").into_owned();
        let mut text = String::new();
        member.read_to_string(&mut text).expect("text");
        each(&name, &text);
    }
}

/// The 21 letters of `20151223_goog_minute_quote_american_put_7475000_20151224.csv`.
fn contract(member: &str) -> String {
    let name = member.strip_suffix(".csv").expect("a CSV");
    let parts: Vec<&str> = name.split('_').collect();
    let right = match parts[5] {
        "call" => 'C',
        "put" => 'P',
        other => panic!("{other} in {member}"),
    };
    let strike: u64 = parts[6].parse().expect("a strike");
    let (root, expiry) = (parts[1].to_uppercase(), &parts[7][2..]);
    format!("{root:<6}{expiry}{right}{:08}", strike / 10)
}

/// Dollars of ten-thousandths; nothing is written where nobody quoted.
fn money(cell: &str) -> Decimal {
    let cell = cell.trim();
    let units: i64 = if cell.is_empty() {
        0
    } else {
        cell.parse().expect("a price")
    };
    Decimal::new(units, 4).normalize()
}

fn count(cell: &str) -> u32 {
    cell.trim().parse().unwrap_or(0)
}
