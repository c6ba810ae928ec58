//! What of the day is visible: the rows of the minutes that have ended.

use std::sync::{MutexGuard, PoisonError};

use async_trait::async_trait;
use countersign_desk::ports::{Chain, ChainQuote, FeedError, FeedHealth, MarketData};
use countersign_domain::{
    instrument::{Instrument, Symbol},
    quote::{Bar, Quote, Source},
};
use jiff::{SignedDuration, Timestamp};

use super::{
    MINUTE_S, Replay,
    series::{Minute, Series},
};
use crate::Feed;

impl Replay {
    pub(super) fn rows_before(&self, ended: Minute) -> u64 {
        let visible = self.schedule.partition_point(|(minute, _)| *minute < ended);
        let last = visible
            .checked_sub(1)
            .and_then(|last| self.schedule.get(last));
        last.map_or(0, |(_, rows)| *rows)
    }

    fn now(&self) -> MutexGuard<'_, Timestamp> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many minutes of the day have ended.
    pub(super) fn ended(&self) -> Minute {
        let since = self.now().duration_since(self.day.midnight).as_secs();
        let minutes = since.div_euclid(MINUTE_S).max(0);
        Minute::try_from(minutes).unwrap_or(Minute::MAX)
    }

    fn share_quote(&self, ended: Minute) -> Option<Quote> {
        match &self.shares {
            Some(series) => self.visible(series, ended),
            None => Some(stand_in(self.visible_bars(ended).last()?)),
        }
    }

    fn visible(&self, series: &Series, ended: Minute) -> Option<Quote> {
        let row = series.newest(ended)?;
        Some(row.quote(self.day.at(row.minute + 1)))
    }

    /// The bars of the first `ended` minutes of the day.
    fn visible_bars(&self, ended: Minute) -> &[Bar] {
        let now = self.day.at(ended);
        let visible = self.bars.partition_point(|bar| bar.start < now);
        self.bars.get(..visible).unwrap_or_default()
    }
}

/// The quote that the last trade stands in for.
fn stand_in(bar: &Bar) -> Quote {
    let size = u32::try_from(bar.volume).unwrap_or(u32::MAX);
    Quote {
        bid: bar.close,
        ask: bar.close,
        bid_size: size,
        ask_size: size,
        at: bar.start + SignedDuration::from_secs(MINUTE_S),
        source: Source::Replay,
    }
}

impl Feed for Replay {
    fn advance(&self, now: Timestamp) {
        let mut at = self.now();
        *at = now.max(*at);
    }

    fn next_due(&self, after: Timestamp) -> Option<Timestamp> {
        let due = |minute: Minute| self.day.at(minute + 1);
        let next = self
            .schedule
            .partition_point(|(minute, _)| due(*minute) <= after);
        self.schedule.get(next).map(|(minute, _)| due(*minute))
    }
}

#[async_trait]
impl MarketData for Replay {
    /// Does nothing: the whole day is in memory.
    fn watch(&self, _instruments: &[Instrument]) {}

    fn snapshot(&self, instrument: &Instrument) -> Option<Quote> {
        let ended = self.ended();
        match instrument {
            Instrument::Equity(symbol) if *symbol == self.underlying() => self.share_quote(ended),
            Instrument::Equity(_) => None,
            Instrument::Option(contract) => {
                let found = self.book.binary_search_by(|(each, _)| each.cmp(contract));
                let (_, series) = self.book.get(found.ok()?)?;
                self.visible(series, ended)
            }
        }
    }

    async fn chain(&self, underlying: Symbol) -> Result<Chain, FeedError> {
        if underlying != self.underlying() {
            return Err(FeedError::Unknown(underlying));
        }
        let ended = self.ended();
        let quotes = self.book.iter().filter_map(|(contract, series)| {
            let quote = self.visible(series, ended)?;
            Some(ChainQuote {
                contract: *contract,
                quote,
            })
        });
        Ok(Chain {
            underlying,
            spot: self.share_quote(ended),
            quotes: quotes.collect(),
            at: *self.now(),
        })
    }

    async fn bars(&self, underlying: Symbol) -> Result<Vec<Bar>, FeedError> {
        if underlying != self.underlying() {
            return Err(FeedError::Unknown(underlying));
        }
        Ok(self.visible_bars(self.ended()).to_vec())
    }

    /// The counts of the day's files, all rows of them, and when the newest visible row came.
    fn health(&self) -> FeedHealth {
        let totals = self.report.totals();
        let ended = self.ended();
        let visible = self.schedule.partition_point(|(minute, _)| *minute < ended);
        let newest = visible
            .checked_sub(1)
            .and_then(|last| self.schedule.get(last));
        FeedHealth {
            kept: totals.kept(),
            dropped: totals
                .reasons()
                .map(|(reason, count)| (reason.to_string(), count))
                .collect(),
            newest: newest.map(|(minute, _)| self.day.at(minute + 1)),
        }
    }
}
