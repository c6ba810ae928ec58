//! Rows as the files have them: whole numbers between commas, prices in ten-thousandths of a
//! dollar, times in milliseconds since midnight in New York.

/// One side of a quote bar, or a trade bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) open: i64,
    pub(super) high: i64,
    pub(super) low: i64,
    pub(super) close: i64,
}

impl Range {
    /// Above zero throughout, with open and close between low and high.
    pub(super) fn is_coherent(&self) -> bool {
        let inside = |price: i64| self.low <= price && price <= self.high;
        self.low > 0 && inside(self.open) && inside(self.close)
    }
}

/// A row of quotes; a side that nobody quoted is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct QuoteLine {
    pub(super) time_ms: i64,
    pub(super) bid: Option<Range>,
    pub(super) bid_size: i64,
    pub(super) ask: Option<Range>,
    pub(super) ask_size: i64,
}

/// A row of trades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TradeLine {
    pub(super) time_ms: i64,
    pub(super) range: Range,
    pub(super) volume: i64,
}

/// Reads `time, bid O/H/L/C, bid size, ask O/H/L/C, ask size`; `None` when it is not that.
pub(super) fn quote_line(line: &[u8]) -> Option<QuoteLine> {
    let mut cells = Cells::new(line);
    let time_ms = cells.number()??;
    let (bid, bid_size) = cells.side()?;
    let (ask, ask_size) = cells.side()?;
    cells.end()?;
    Some(QuoteLine {
        time_ms,
        bid,
        bid_size,
        ask,
        ask_size,
    })
}

/// Reads `time, O/H/L/C, volume`; `None` when it is not that.
pub(super) fn trade_line(line: &[u8]) -> Option<TradeLine> {
    let mut cells = Cells::new(line);
    let time_ms = cells.number()??;
    let range = cells.range()??;
    let volume = cells.number()??;
    cells.end()?;
    Some(TradeLine {
        time_ms,
        range,
        volume,
    })
}

/// The cells of a line, one after another. Outer `None`: no number; inner `None`: an empty cell.
struct Cells<'a> {
    rest: Option<&'a [u8]>,
}

/// The most digits read: a price of a trillion dollars.
const DIGITS: usize = 16;

impl<'a> Cells<'a> {
    fn new(line: &'a [u8]) -> Self {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        Self { rest: Some(line) }
    }

    #[expect(
        clippy::option_option,
        reason = "no number is not the same as an empty cell"
    )]
    fn number(&mut self) -> Option<Option<i64>> {
        let rest = self.rest?;
        let (negative, digits) = match rest.split_first() {
            Some((b'-', digits)) => (true, digits),
            _ => (false, rest),
        };
        let mut value = 0_i64;
        let mut count = 0;
        for byte in digits {
            match byte {
                b'0'..=b'9' if count < DIGITS => value = value * 10 + i64::from(byte - b'0'),
                b',' => break,
                _ => return None,
            }
            count += 1;
        }
        self.rest = digits.get(count + 1..);
        match (count, negative) {
            (0, true) => None,
            (0, false) => Some(None),
            (_, true) => Some(Some(-value)),
            (_, false) => Some(Some(value)),
        }
    }

    /// Four prices, all there or all empty.
    #[expect(
        clippy::option_option,
        reason = "no number is not the same as an empty cell"
    )]
    fn range(&mut self) -> Option<Option<Range>> {
        let cells = [
            self.number()?,
            self.number()?,
            self.number()?,
            self.number()?,
        ];
        match cells {
            [Some(open), Some(high), Some(low), Some(close)] => Some(Some(Range {
                open,
                high,
                low,
                close,
            })),
            [None, None, None, None] => Some(None),
            _ => None,
        }
    }

    /// Prices and size of one side; prices of zero throughout are no quote.
    fn side(&mut self) -> Option<(Option<Range>, i64)> {
        let range = self.range()?;
        let size = self.number()?.unwrap_or_default();
        let nobody = Range {
            open: 0,
            high: 0,
            low: 0,
            close: 0,
        };
        Some((range.filter(|range| *range != nobody), size))
    }

    /// Nothing is left.
    fn end(&self) -> Option<()> {
        self.rest.is_none().then_some(())
    }
}

#[cfg(test)]
#[path = "row_tests.rs"]
mod row_tests;
