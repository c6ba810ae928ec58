//! Reads a day's zips, row by row, and keeps what can be used.

use std::{collections::BTreeMap, path::PathBuf};

use countersign_domain::{instrument::OptionContract, money::Price, quote::Bar};

use super::{
    ReplayError,
    day::Day,
    judge::{Bounds, Verdict},
    members::{Lines, alone, read},
    report::{Place, Reading, Report},
    row::{quote_line, trade_line},
    series::{QuoteRow, Series},
};
use crate::DropReason;

impl Day {
    /// The contracts of the quote zips with their quotes, ordered by contract.
    pub(super) fn options(
        &self,
        files: Vec<PathBuf>,
        reading: &mut Reading,
    ) -> Result<Vec<(OptionContract, Series)>, ReplayError> {
        let mut book = BTreeMap::new();
        let mut rows = Vec::new();
        read(
            files,
            reading,
            |member| self.wanted.contract(member),
            |contract, text, lines| {
                if book.contains_key(&contract) {
                    return Err(format!("{contract} was in a member before it"));
                }
                let expired = contract
                    .last_session()
                    .is_none_or(|last| last.date < self.session.date);
                let bounds = self.bounds.option(&contract, expired);
                quotes(&bounds, text, lines, &mut rows);
                book.insert(contract, Series::new(&rows));
                Ok(())
            },
        )?;
        Ok(book.into_iter().collect())
    }

    /// The underlying's quotes, when they were recorded and can be used.
    pub(super) fn own_quotes(&self, files: Vec<PathBuf>, report: &mut Report) -> Option<Series> {
        let file = files.first().cloned()?;
        let mut reading = Reading::default();
        match self.shares(files, &mut reading) {
            Ok(series) => {
                // Also when no row could be used: then it says why the last trade stands in.
                report.quotes = Some(reading);
                (!series.rows().is_empty()).then_some(series)
            }
            Err(error) => {
                let place = Place {
                    file,
                    member: "the whole file".into(),
                    line: 0,
                };
                report.bars.skip(place, error.to_string());
                None
            }
        }
    }

    /// The underlying's own quotes.
    fn shares(&self, files: Vec<PathBuf>, reading: &mut Reading) -> Result<Series, ReplayError> {
        let mut rows = Vec::new();
        let mut found = false;
        read(
            files,
            reading,
            |member| self.wanted.equity(member, "quote"),
            |(), text, lines| {
                alone(&mut found)?;
                quotes(&self.bounds, text, lines, &mut rows);
                Ok(())
            },
        )?;
        Ok(Series::new(&rows))
    }

    /// The underlying's bars of the session, oldest first.
    pub(super) fn bars(
        &self,
        files: Vec<PathBuf>,
        reading: &mut Reading,
    ) -> Result<Vec<Bar>, ReplayError> {
        let mut bars = Vec::new();
        let mut found = false;
        let first = files.first().cloned().unwrap_or_default();
        read(
            files,
            reading,
            |member| self.wanted.equity(member, "trade"),
            |(), text, mut lines| {
                alone(&mut found)?;
                let mut last = None;
                lines.each(text, |line| {
                    let line = trade_line(line).ok_or(DropReason::Unparsable)?;
                    let minute = Bounds::minute(line.time_ms, last)?;
                    last = Some(minute);
                    self.bounds.within(minute)?;
                    let volume = Bounds::trade(&line)?;
                    let [open, high, low, close] = [
                        line.range.open,
                        line.range.high,
                        line.range.low,
                        line.range.close,
                    ]
                    .map(Price::from_ten_thousandths);
                    let start = self.at(minute);
                    bars.push(Bar {
                        start,
                        open,
                        high,
                        low,
                        close,
                        volume,
                    });
                    Ok(())
                });
                Ok(())
            },
        )?;
        if bars.is_empty() {
            let why = "no bar lies in the session".to_owned();
            return Err(ReplayError::NothingUsable { file: first, why });
        }
        Ok(bars)
    }
}

/// Reads a member of quotes into `rows`.
fn quotes(bounds: &Bounds, text: &[u8], mut lines: Lines<'_>, rows: &mut Vec<QuoteRow>) {
    rows.clear();
    let mut last = None;
    lines.each(text, |line| {
        let line = quote_line(line).ok_or(DropReason::Unparsable)?;
        let minute = Bounds::minute(line.time_ms, last)?;
        last = Some(minute);
        bounds.within(minute)?;
        match bounds.quote(minute, &line) {
            Verdict::Keep(row) => {
                rows.push(row);
                Ok(())
            }
            Verdict::Withdraw(reason, row) => {
                rows.push(row);
                Err(reason)
            }
            Verdict::Drop(reason) => Err(reason),
        }
    });
}
