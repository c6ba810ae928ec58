//! The day that is replayed.

use countersign_domain::{
    calendar::{self, Closure, Session},
    quote::Bar,
};
use jiff::{SignedDuration, Timestamp};

use super::{MINUTE_S, ReplayError, ReplaySource, judge::Bounds, member::Wanted, series::Minute};

/// The day that is read, and how its rows are judged.
#[derive(Debug)]
pub(super) struct Day {
    pub(super) wanted: Wanted,
    pub(super) session: Session,
    /// Midnight in New York, from which the files count.
    pub(super) midnight: Timestamp,
    /// The bounds of shares in the session.
    pub(super) bounds: Bounds,
}

impl Day {
    pub(super) fn new(source: &ReplaySource) -> Result<Self, ReplayError> {
        let date = source.date;
        let closed = |why: String| ReplayError::NoSession { date, why };
        let session = match calendar::day(date) {
            Ok(calendar::Day::Open(session)) => session,
            Ok(calendar::Day::Closed(Closure::Weekend)) => return Err(closed("weekend".into())),
            Ok(calendar::Day::Closed(Closure::Holiday(why) | Closure::Exceptional(why))) => {
                return Err(closed(why.into()));
            }
            Err(error) => return Err(closed(error.to_string())),
        };
        let midnight = calendar::ny(date, 0, 0).map_err(|error| closed(error.to_string()))?;
        let minute = |at: Timestamp| {
            let minutes = at.duration_since(midnight).as_secs().div_euclid(MINUTE_S);
            Minute::try_from(minutes).unwrap_or(Minute::MAX)
        };
        Ok(Self {
            wanted: Wanted {
                underlying: source.underlying,
                date,
            },
            session,
            midnight,
            bounds: Bounds::shares(minute(session.open), minute(session.close)),
        })
    }

    /// The minutes of the session that no bar starts.
    pub(super) fn gaps(&self, bars: &[Bar]) -> Vec<Timestamp> {
        (self.bounds.open..self.bounds.close)
            .map(|minute| self.at(minute))
            .filter(|start| bars.binary_search_by_key(start, |bar| bar.start).is_err())
            .collect()
    }

    /// The instant at which `minute` of the day begins.
    pub(super) fn at(&self, minute: Minute) -> Timestamp {
        self.midnight + SignedDuration::from_mins(i64::from(minute))
    }
}
