//! Folders of hand-made zips.

use std::{
    fmt::Write as _,
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
};

use countersign_domain::instrument::Symbol;
use countersign_feeds::replay::{Replay, ReplayError, ReplaySource};
use jiff::civil::{Date, date};
use tempfile::TempDir;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::symbol;

/// A plain Wednesday.
pub(crate) const DAY: Date = date(2015, 12, 23);

/// A call on GOOG that expires the day after [`DAY`], and a put.
pub(crate) const CALL: &str = "20151223_goog_minute_quote_american_call_7500000_20151224.csv";
pub(crate) const PUT: &str = "20151223_goog_minute_quote_american_put_7500000_20151224.csv";
pub(crate) const CALL_OSI: &str = "GOOG  151224C00750000";

/// A member's name and its text.
pub(crate) type Member<'a> = (&'a str, &'a str);

/// A bars folder and an options folder, gone when it is dropped.
pub(crate) struct Folders {
    dir: TempDir,
}

impl Folders {
    /// Two empty folders.
    pub(crate) fn empty() -> Self {
        let folders = Self {
            dir: TempDir::new().unwrap(),
        };
        fs::create_dir(folders.bars()).unwrap();
        fs::create_dir(folders.options()).unwrap();
        folders
    }

    /// GOOG on [`DAY`] with a whole session of bars, and these option quotes.
    pub(crate) fn goog(options: &[Member<'_>]) -> Self {
        let folders = Self::empty();
        let bars = session_of_bars(570..960);
        folders.zip_bars(
            "20151223_trade.zip",
            &[("20151223_goog_minute_trade.csv", &bars)],
        );
        folders.zip_options("20151223_quote_american.zip", options);
        folders
    }

    pub(crate) fn bars(&self) -> PathBuf {
        self.dir.path().join("bars")
    }

    pub(crate) fn options(&self) -> PathBuf {
        self.dir.path().join("options")
    }

    pub(crate) fn zip_bars(&self, name: &str, members: &[Member<'_>]) {
        fs::write(self.bars().join(name), zip(members)).unwrap();
    }

    pub(crate) fn zip_options(&self, name: &str, members: &[Member<'_>]) {
        fs::write(self.options().join(name), zip(members)).unwrap();
    }

    pub(crate) fn open_as(&self, underlying: Symbol, date: Date) -> Result<Replay, ReplayError> {
        Replay::open(ReplaySource {
            underlying,
            date,
            bars_dir: self.bars(),
            options_dir: self.options(),
        })
    }

    /// GOOG on [`DAY`].
    pub(crate) fn open(&self) -> Result<Replay, ReplayError> {
        self.open_as(symbol("GOOG"), DAY)
    }
}

/// A zip of these members.
pub(crate) fn zip(members: &[Member<'_>]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut writer = ZipWriter::new(&mut bytes);
    for (name, text) in members {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap();
    bytes.into_inner()
}

/// Writes a zip of many members without compression, one at a time.
pub(crate) fn zip_stored(path: &Path, members: impl Iterator<Item = (String, String)>) {
    let mut writer = ZipWriter::new(File::create(path).unwrap());
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in members {
        writer.start_file(name, stored).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap();
}

/// A row of trades for each of these minutes of the day, at about $750.
pub(crate) fn session_of_bars(minutes: std::ops::Range<u32>) -> String {
    let mut text = String::new();
    for minute in minutes {
        let close = 7_500_000 + i64::from(minute % 7) * 100;
        writeln!(
            text,
            "{},7500000,7510000,7490000,{close},100",
            minute * 60_000
        )
        .unwrap();
    }
    text
}

/// A row of quotes in that minute of the day, with these prices in ten-thousandths.
pub(crate) fn quote_row(minute: u32, bid: i64, ask: i64) -> String {
    let time = minute * 60_000;
    format!("{time},{bid},{bid},{bid},{bid},10,{ask},{ask},{ask},{ask},20\n")
}
