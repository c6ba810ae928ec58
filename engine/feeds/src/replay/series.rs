//! The quotes of one contract, as small as they go.

use countersign_domain::{
    money::Price,
    quote::{Quote, Source},
};
use jiff::Timestamp;

/// A minute of the day in New York: 0 starts at midnight, 570 at 09:30.
pub(super) type Minute = u16;

/// A quote bar's last quote, and the minute of the day that it closes: 20 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct QuoteRow {
    /// The minute that it stands for; visible when that has ended.
    pub(super) minute: Minute,
    /// Ten-thousandths of a dollar; 0 when nobody bids.
    pub(super) bid: u32,
    /// Ten-thousandths of a dollar; 0 when nobody offers.
    pub(super) ask: u32,
    pub(super) bid_size: u32,
    pub(super) ask_size: u32,
}

impl QuoteRow {
    /// The quote that it is, visible at `at`.
    pub(super) fn quote(&self, at: Timestamp) -> Quote {
        Quote {
            bid: Price::from_ten_thousandths(i64::from(self.bid)),
            ask: Price::from_ten_thousandths(i64::from(self.ask)),
            bid_size: self.bid_size,
            ask_size: self.ask_size,
            at,
            source: Source::Replay,
        }
    }
}

/// The rows of one instrument, in rising order of minutes.
#[derive(Debug, Default)]
pub(super) struct Series(Box<[QuoteRow]>);

impl Series {
    /// The rows, which rise strictly by minute.
    pub(super) fn new(rows: &[QuoteRow]) -> Self {
        Self(rows.into())
    }

    /// The newest row of a minute that has ended, when the first `ended` minutes of the day have.
    pub(super) fn newest(&self, ended: Minute) -> Option<&QuoteRow> {
        let visible = self.0.partition_point(|row| row.minute < ended);
        self.0.get(visible.checked_sub(1)?)
    }

    pub(super) fn rows(&self) -> &[QuoteRow] {
        &self.0
    }
}
