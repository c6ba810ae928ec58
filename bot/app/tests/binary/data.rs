//! Where the recorded days lie.

use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};

/// A recorded day of one underlying, whole: minutes of the share and of its options.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recorded {
    /// Its symbol.
    pub(crate) symbol: &'static str,
    /// The day.
    pub(crate) date: Date,
}

/// The days that the replay is tried on.
pub(crate) const DAYS: [Recorded; 3] = [
    Recorded {
        symbol: "GOOG",
        date: date(2015, 12, 23),
    },
    Recorded {
        symbol: "NWSA",
        date: date(2013, 6, 28),
    },
    Recorded {
        symbol: "FOXA",
        date: date(2013, 7, 2),
    },
];

impl Recorded {
    /// The folder of its minute bars.
    pub(crate) fn bars(&self) -> PathBuf {
        root()
            .join("bars/lean/minute")
            .join(self.symbol.to_lowercase())
    }

    /// The folder of its option quotes.
    pub(crate) fn options(&self) -> PathBuf {
        root()
            .join("options/lean/option/minute")
            .join(self.symbol.to_lowercase())
    }

    /// A file of the day, such as `bars()` with `trade`.
    pub(crate) fn file(&self, folder: &Path, ending: &str) -> PathBuf {
        folder.join(format!("{}_{ending}.zip", self.date.strftime("%Y%m%d")))
    }
}

fn root() -> &'static Path {
    let root = Path::new(env!("TEST_DATA_DIR"));
    assert!(
        root.is_dir(),
        "{} is not there; set COUNTERSIGN_TEST_DATA to the folder that holds the recorded data",
        root.display()
    );
    root
}
