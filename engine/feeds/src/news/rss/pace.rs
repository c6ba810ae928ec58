//! How often a feed wants to be asked.

use jiff::{SignedDuration, Timestamp, civil::Weekday};
use serde::{Deserialize, Serialize};

use crate::news::http::{LONGEST_WAIT, after};

/// What a feed says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Pace {
    /// Seconds for which it does not change: `ttl`, or what `sy:updatePeriod` and
    /// `sy:updateFrequency` come to.
    pub(super) ttl_s: u32,
    /// Hours of universal time in which it does not change: bit 0 is the one that begins at midnight.
    pub(super) skip_hours: u32,
    /// Days in universal time on which it does not change: bit 0 is Monday.
    pub(super) skip_days: u8,
}

impl Pace {
    /// An hour is skipped; 24 is another name of 0.
    pub(super) fn skip_hour(&mut self, text: &str) {
        if let Ok(hour @ 0..=24) = text.trim().parse::<u32>() {
            self.skip_hours |= 1 << (hour % 24);
        }
    }

    /// A day is skipped, by its English name.
    pub(super) fn skip_day(&mut self, text: &str) {
        const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let text = text.trim().to_ascii_lowercase();
        let day = DAYS.iter().position(|day| text.starts_with(day));
        if let Some(day) = day {
            self.skip_days |= 1 << day;
        }
    }

    /// When it may be asked next: not before `every_s`, `ttl` and `fresh_s` have passed since `now`,
    /// each of which counts for a day at the most, and in no hour that it skips. A feed that skips
    /// every hour skips none.
    pub(super) fn next(&self, now: Timestamp, every_s: u32, fresh_s: u32) -> Timestamp {
        let wait = every_s.max(self.ttl_s).max(fresh_s);
        let most = now.saturating_add(LONGEST_WAIT).unwrap_or(now);
        let first = after(now, wait).min(most);
        let hours = std::iter::successors(Some(first), |at| hour_after(*at));
        // A week and a day: whoever skips all of them skips everything.
        let mut open = hours.take(8 * 24).filter(|at| !self.skips(*at));
        open.next().unwrap_or(first)
    }

    fn skips(&self, at: Timestamp) -> bool {
        let at = at.to_zoned(jiff::tz::TimeZone::UTC);
        let hour = u32::try_from(at.hour()).unwrap_or_default();
        let day = at.weekday().since(Weekday::Monday);
        let day = u32::try_from(day).unwrap_or_default();
        self.skip_hours >> hour & 1 == 1 || self.skip_days >> day & 1 == 1
    }
}

/// The next full hour.
fn hour_after(at: Timestamp) -> Option<Timestamp> {
    let seconds = 3_600 - at.as_second().rem_euclid(3_600);
    let whole = Timestamp::from_second(at.as_second()).ok()?;
    whole.checked_add(SignedDuration::from_secs(seconds)).ok()
}

#[cfg(test)]
mod tests {
    use super::Pace;

    fn next(pace: Pace, now: &str, every_s: u32, fresh_s: u32) -> String {
        pace.next(now.parse().unwrap(), every_s, fresh_s)
            .to_string()
    }

    #[test]
    fn the_slowest_of_configuration_feed_and_server_counts_for_a_day_at_the_most() {
        let now = "2026-03-17T14:00:00Z";
        let pace = Pace {
            ttl_s: 600,
            ..Pace::default()
        };
        assert_eq!(next(pace, now, 300, 0), "2026-03-17T14:10:00Z");
        assert_eq!(next(pace, now, 900, 0), "2026-03-17T14:15:00Z");
        assert_eq!(next(pace, now, 300, 1_200), "2026-03-17T14:20:00Z");
        let never = Pace {
            ttl_s: u32::MAX,
            ..Pace::default()
        };
        assert_eq!(next(never, now, 300, 0), "2026-03-18T14:00:00Z");
    }

    #[test]
    fn skipped_hours_and_days_are_waited_out() {
        let mut pace = Pace::default();
        for hour in ["14", " 15 ", "24", "25", "-1", "x"] {
            pace.skip_hour(hour);
        }
        assert_eq!(
            next(pace, "2026-03-17T13:59:30Z", 60, 0),
            "2026-03-17T16:00:00Z"
        );
        assert_eq!(
            next(pace, "2026-03-17T23:59:30Z", 60, 0),
            "2026-03-18T01:00:00Z"
        );
        pace.skip_day("Saturday");
        pace.skip_day("Sunday");
        // From a Friday evening to Monday, whose first hour is skipped as well.
        assert_eq!(
            next(pace, "2026-03-20T23:59:30Z", 60, 0),
            "2026-03-23T01:00:00Z"
        );
    }

    #[test]
    fn a_feed_that_skips_everything_skips_nothing() {
        let mut pace = Pace::default();
        (0..24).for_each(|hour: u32| pace.skip_hour(&hour.to_string()));
        assert_eq!(
            next(pace, "2026-03-17T14:00:00Z", 60, 0),
            "2026-03-17T14:01:00Z"
        );
    }
}
