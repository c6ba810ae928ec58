//! Five-minute bars from minute bars, by the session clock.

use std::collections::BTreeMap;

use countersign_domain::{calendar::Session, quote::Bar};
use jiff::{SignedDuration, Timestamp};

/// Minutes in one of our bars.
pub const WIDTH_MINUTES: u32 = 5;

const WIDTH: SignedDuration = SignedDuration::from_mins(5);

/// One five-minute period of a session that is over, and what traded in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// When the period began.
    pub start: Timestamp,
    /// How many of its minutes have a bar, 0 to [`WIDTH_MINUTES`].
    pub minutes: u32,
    /// The bar, when every one of its minutes is there; `None` marks a gap.
    pub bar: Option<Bar>,
}

impl Slot {
    /// The first instant after the period: when its bar became visible.
    pub fn end(&self) -> Timestamp {
        self.start + WIDTH
    }
}

/// The periods of `session` that are over at `now`, in order, the first from the open on.
///
/// A minute counts in the period that it began in, so none counts before it is over itself. A minute
/// that comes twice counts as it came first; minutes before the open and after the close, and those
/// that begin between two minutes, are left out. A period with a
/// minute missing is marked as a gap: nothing is made up, and the period in progress is not there at
/// all. `minutes` may be in any order and reach beyond `now`.
pub fn five_minute(session: &Session, minutes: &[Bar], now: Timestamp) -> Vec<Slot> {
    let seen = in_order(session, minutes);
    let mut slots = Vec::new();
    let mut start = session.open;
    while start + WIDTH <= now.min(session.close) {
        let end = start + WIDTH;
        let parts: Vec<&Bar> = seen.range(start..end).map(|(_, bar)| *bar).collect();
        slots.push(Slot {
            start,
            minutes: u32::try_from(parts.len()).unwrap_or(WIDTH_MINUTES),
            bar: join(start, &parts),
        });
        start = end;
    }
    slots
}

/// Minute bars of the session, by their start.
fn in_order<'a>(session: &Session, minutes: &'a [Bar]) -> BTreeMap<Timestamp, &'a Bar> {
    let mut seen = BTreeMap::new();
    for bar in minutes {
        let since = bar.start.duration_since(session.open);
        let whole_minute = since.as_nanos().rem_euclid(60_000_000_000) == 0;
        if whole_minute && session.contains(bar.start) {
            seen.entry(bar.start).or_insert(bar);
        }
    }
    seen
}

/// One bar out of the parts of a period, unless one is missing.
fn join(start: Timestamp, parts: &[&Bar]) -> Option<Bar> {
    let (first, last) = (parts.first()?, parts.last()?);
    if u32::try_from(parts.len()) != Ok(WIDTH_MINUTES) {
        return None;
    }
    Some(Bar {
        start,
        open: first.open,
        high: parts.iter().map(|bar| bar.high).max()?,
        low: parts.iter().map(|bar| bar.low).min()?,
        close: last.close,
        volume: parts
            .iter()
            .fold(0, |sum: u64, bar| sum.saturating_add(bar.volume)),
    })
}
