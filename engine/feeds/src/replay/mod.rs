//! The replay of one recorded day: minute bars of an underlying and minute quotes of its options.
//!
//! | file | in | what |
//! |---|---|---|
//! | `YYYYMMDD_trade.zip` | bars folder | the underlying's bars: `time, O, H, L, C, volume` |
//! | `YYYYMMDD_quote.zip` | bars folder | its quotes, when they were recorded |
//! | `YYYYMMDD_quote_american.zip`, `_quote_european.zip` | options folder | one CSV per contract: `time, bid O, H, L, C, bid size, ask O, H, L, C, ask size` |
//!
//! Prices are in ten-thousandths of a dollar, times in milliseconds since midnight in New York. A
//! time is the start of a minute, so its row becomes visible a minute later, when it had all been
//! seen. The quote of a minute is its last one, and keeps its own time until the next: it ages.
//!
//! A row that nobody could have traded on is dropped and counted ([`DropReason`](crate::DropReason)).
//! A zero bid and a crossed quote are no price, but they are the market's state: they end the quote
//! before them, and [`check_sides`](countersign_domain::quote::Quote::check_sides) refuses
//! them by name. After the other reasons the older
//! quote stands, and ages. Minutes without a row are gaps: they stay empty.
//!
//! Where no quotes of the underlying were recorded its last trade stands in for both sides, with
//! the bar's volume as size, and the [`Report`] says so.

mod archive;
mod day;
mod error;
mod folder;
mod judge;
mod load;
mod member;
mod members;
mod report;
mod row;
mod series;
mod visible;

use std::{collections::BTreeMap, path::PathBuf, sync::Mutex};

use countersign_domain::{
    calendar::Session,
    instrument::{OptionContract, Symbol},
    quote::Bar,
};
use jiff::{Timestamp, civil::Date};

pub use error::ReplayError;
pub use report::{DroppedRow, Place, Reading, Report, SkippedMember};

use day::Day;
use folder::Folder;
use series::{Minute, Series};

const MINUTE_S: i64 = 60;

/// Which recorded day to replay, and where it lies.
#[derive(Clone, Debug)]
pub struct ReplaySource {
    /// What the options are written on.
    pub underlying: Symbol,
    /// The market's day.
    pub date: Date,
    /// The folder of the underlying's zips.
    pub bars_dir: PathBuf,
    /// The folder of the zips of its options.
    pub options_dir: PathBuf,
}

/// How far a replay is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows of quotes and bars that are visible.
    pub visible: u64,
    /// Rows of quotes and bars that the day has.
    pub total: u64,
}

/// One recorded day, read whole, at the time of the last [`Feed::advance`](crate::Feed::advance).
///
/// About 20 bytes of memory for each row of quotes.
#[derive(Debug)]
pub struct Replay {
    source: ReplaySource,
    day: Day,
    bars: Vec<Bar>,
    shares: Option<Series>,
    /// Ordered by contract.
    book: Vec<(OptionContract, Series)>,
    /// Minutes of the day that have rows, with the rows up to and including each.
    schedule: Vec<(Minute, u64)>,
    report: Report,
    now: Mutex<Timestamp>,
}

impl Replay {
    /// Reads the day's files. Nothing is visible before the first [`Feed::advance`](crate::Feed::advance).
    ///
    /// A bad row is dropped and a bad member is skipped, and [`Replay::report`] says which and why.
    /// A bad zip of the underlying's quotes is treated as a skipped member: its trades stand in.
    ///
    /// # Errors
    ///
    /// [`ReplayError`] when the day cannot be replayed at all; each variant says what to change.
    pub fn open(source: ReplaySource) -> Result<Self, ReplayError> {
        let day = Day::new(&source)?;
        let folder = |dir, what| Folder {
            dir,
            what,
            underlying: source.underlying,
            date: source.date,
        };
        let bars_folder = folder(&source.bars_dir, "minute bars");
        let options_folder = folder(&source.options_dir, "option quotes");
        bars_folder.check()?;
        options_folder.check()?;
        let bar_files = bars_folder.require(&["_trade"])?;
        let option_files = options_folder.require(&["_quote_american", "_quote_european"])?;

        let mut report = Report::default();
        let bars = day.bars(bar_files, &mut report.bars)?;
        let shares = day.own_quotes(bars_folder.find(&["_quote"]), &mut report);
        let book = day.options(option_files, &mut report.options)?;
        report.last_trade = shares.is_none();
        report.contracts = book.len();
        report.gaps = day.gaps(&bars);
        let schedule = schedule(&day, &bars, shares.as_ref(), &book);
        let now = Mutex::new(day.midnight);
        Ok(Self {
            source,
            day,
            bars,
            shares,
            book,
            schedule,
            report,
            now,
        })
    }

    /// The day's session.
    pub const fn session(&self) -> Session {
        self.day.session
    }

    /// What the options are written on.
    pub const fn underlying(&self) -> Symbol {
        self.source.underlying
    }

    /// What reading the files gave.
    pub const fn report(&self) -> &Report {
        &self.report
    }

    /// Every contract that has a member in the files, in order.
    pub fn contracts(&self) -> impl Iterator<Item = &OptionContract> {
        self.book.iter().map(|(contract, _)| contract)
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        Progress {
            visible: self.rows_before(self.ended()),
            total: self.rows_before(Minute::MAX),
        }
    }
}

/// The minutes that have rows, with the rows up to each.
fn schedule(
    day: &Day,
    bars: &[Bar],
    shares: Option<&Series>,
    book: &[(OptionContract, Series)],
) -> Vec<(Minute, u64)> {
    let mut rows = BTreeMap::<Minute, u64>::new();
    let series = book.iter().map(|(_, series)| series).chain(shares);
    let quoted = series.flat_map(Series::rows).map(|row| row.minute);
    let traded = bars.iter().filter_map(|bar| {
        let minutes = bar.start.duration_since(day.midnight).as_mins();
        Minute::try_from(minutes).ok()
    });
    for minute in quoted.chain(traded) {
        *rows.entry(minute).or_default() += 1;
    }
    let mut total = 0;
    let running = |(minute, count)| {
        total += count;
        (minute, total)
    };
    rows.into_iter().map(running).collect()
}
