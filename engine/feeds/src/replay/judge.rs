//! Which rows are used: the checks of one row, in the order of [`DropReason`].

use countersign_domain::instrument::{OptionContract, Right};
use rust_decimal::prelude::ToPrimitive;

use super::{
    row::{QuoteLine, Range, TradeLine},
    series::{Minute, QuoteRow},
};
use crate::DropReason;

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: i64 = 24 * 60;

/// The highest price of anything, in ten-thousandths: $400,000 a share, below what 32 bits hold.
const PRICE_MOST: i64 = 4_000_000_000;

/// The highest price of an option, in ten-thousandths: the highest strike there is, $100,000.
const OPTION_MOST: i64 = 1_000_000_000;

/// A share's ask that is this many times its bid is a stub, put there to satisfy a rule.
const STUB: i64 = 2;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Used.
    Keep(QuoteRow),
    /// Not used; what was shown before still stands, and ages.
    Drop(DropReason),
    /// Not used as a price, yet it ends the one before: shown as it was recorded.
    Withdraw(DropReason, QuoteRow),
}

/// The bounds that rows of one member must keep.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// The first minute of the session.
    pub(super) open: Minute,
    /// The first minute after the session.
    pub(super) close: Minute,
    /// The contract had stopped trading before the day.
    pub(super) expired: bool,
    /// No bid above this, in ten-thousandths.
    bid_most: i64,
    /// No ask above this, in ten-thousandths.
    ask_most: i64,
    /// No ask this many times the bid.
    stub: Option<i64>,
}

impl Bounds {
    /// The bounds of shares in the session from `open` to `close`.
    pub(super) const fn shares(open: Minute, close: Minute) -> Self {
        Self {
            open,
            close,
            expired: false,
            bid_most: PRICE_MOST,
            ask_most: PRICE_MOST,
            stub: Some(STUB),
        }
    }

    /// The bounds of a contract: nobody bids more for a put than its strike.
    pub(super) fn option(self, contract: &OptionContract, expired: bool) -> Self {
        let strike = contract.strike.times(10_000).decimal().to_i64();
        let bid_most = match contract.right {
            Right::Call => OPTION_MOST,
            Right::Put => strike.unwrap_or(OPTION_MOST),
        };
        Self {
            expired,
            bid_most,
            ask_most: OPTION_MOST,
            stub: None,
            ..self
        }
    }

    /// The minute of a row, when its time can be used after a row of minute `last`.
    pub(super) fn minute(time_ms: i64, last: Option<Minute>) -> Result<Minute, DropReason> {
        let minute = time_ms.div_euclid(MINUTE_MS);
        if time_ms.rem_euclid(MINUTE_MS) != 0 || !(0..DAY_MINUTES).contains(&minute) {
            return Err(DropReason::Absurd);
        }
        let minute = Minute::try_from(minute).map_err(|_| DropReason::Absurd)?;
        match last {
            Some(last) if last == minute => Err(DropReason::Duplicate),
            Some(last) if last > minute => Err(DropReason::OutOfOrder),
            _ => Ok(minute),
        }
    }

    /// Whether the session and the contract's life hold `minute`.
    pub(super) fn within(&self, minute: Minute) -> Result<(), DropReason> {
        if self.expired {
            Err(DropReason::Expired)
        } else if (self.open..self.close).contains(&minute) {
            Ok(())
        } else {
            Err(DropReason::OutsideSession)
        }
    }

    /// The prices and sizes of a row of quotes.
    pub(super) fn quote(&self, minute: Minute, line: &QuoteLine) -> Verdict {
        let sides = Self::side(line.bid, line.bid_size, self.bid_most);
        let sides = sides.zip(Self::side(line.ask, line.ask_size, self.ask_most));
        let Some(((bid, bid_size), (ask, ask_size))) = sides else {
            return Verdict::Drop(DropReason::Absurd);
        };
        let stub = |times: i64| bid > 0 && i64::from(ask) > times * i64::from(bid);
        if self.stub.is_some_and(stub) {
            return Verdict::Drop(DropReason::Absurd);
        }
        let row = QuoteRow {
            minute,
            bid,
            ask,
            bid_size,
            ask_size,
        };
        if bid == 0 || bid_size == 0 {
            Verdict::Withdraw(DropReason::ZeroBid, row)
        } else if ask > 0 && bid > ask {
            Verdict::Withdraw(DropReason::Crossed, row)
        } else {
            Verdict::Keep(row)
        }
    }

    /// Close and size of one side, zero when nobody quotes; `None` when absurd.
    fn side(range: Option<Range>, size: i64, most: i64) -> Option<(u32, u32)> {
        let size = u32::try_from(size).ok()?;
        let Some(range) = range else {
            return Some((0, 0));
        };
        if !range.is_coherent() || range.close > most {
            return None;
        }
        Some((u32::try_from(range.close).ok()?, size))
    }

    /// The prices and volume of a row of trades.
    pub(super) fn trade(line: &TradeLine) -> Result<u64, DropReason> {
        if line.range.is_coherent() && line.range.high <= PRICE_MOST {
            u64::try_from(line.volume).map_err(|_| DropReason::Absurd)
        } else {
            Err(DropReason::Absurd)
        }
    }
}
