//! Requests that are granted by the day.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use countersign_domain::calendar;

use crate::news::http::after;

/// Where the vendor's day begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BudgetDay {
    /// At midnight of universal time.
    #[default]
    Utc,
    /// At midnight in New York.
    NewYork,
}

impl BudgetDay {
    fn date(self, now: Timestamp) -> Date {
        match self {
            Self::Utc => now.to_zoned(TimeZone::UTC).date(),
            Self::NewYork => calendar::market_date(now),
        }
    }

    /// When the day of `now` ends; in the zone's own way where it changes to or from summer time.
    pub(super) fn ends(self, now: Timestamp) -> Timestamp {
        let zoned = match self {
            Self::Utc => now.to_zoned(TimeZone::UTC),
            Self::NewYork => calendar::in_new_york(now),
        };
        let tomorrow = zoned.start_of_day().and_then(|it| it.tomorrow());
        let tomorrow = tomorrow.and_then(|it| it.start_of_day());
        tomorrow.map_or_else(|_| after(now, 3_600), |it| it.timestamp())
    }
}

/// What is used of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Budget {
    /// Which day.
    pub(super) day: Date,
    /// Requests sent in it.
    pub(super) used: u32,
}

impl Budget {
    /// That of the day of `now`: a new day is whole.
    pub(super) fn on(self, now: Timestamp, day: BudgetDay) -> Self {
        let today = day.date(now);
        if self.day == today {
            return self;
        }
        Self {
            day: today,
            used: 0,
        }
    }

    /// When the next request may go out, so that those left are spread evenly until the day ends.
    pub(super) fn next(self, now: Timestamp, limit: u32, day: BudgetDay) -> Timestamp {
        let end = day.ends(now);
        let left = i64::from(limit.saturating_sub(self.used));
        if left == 0 {
            return end;
        }
        let seconds = end.duration_since(now).as_secs().max(0);
        now + SignedDuration::from_secs(seconds / (left + 1))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Budget, BudgetDay};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_left_of_the_day_is_divided_by_what_is_left_of_the_budget() {
        let noon = at("2026-03-17T12:00:00Z");
        let budget = Budget::default().on(noon, BudgetDay::Utc);
        let next = |used: u32| {
            let budget = Budget { used, ..budget };
            budget.next(noon, 1_000, BudgetDay::Utc).to_string()
        };
        assert_eq!(next(0), "2026-03-17T12:00:43Z");
        assert_eq!(next(900), "2026-03-17T12:07:07Z");
        assert_eq!(next(999), "2026-03-17T18:00:00Z");
        assert_eq!(next(1_000), "2026-03-18T00:00:00Z");
        assert_eq!(next(5_000), "2026-03-18T00:00:00Z");
    }

    #[test]
    fn a_day_is_that_of_the_vendor_also_when_the_clocks_change() {
        let before = at("2026-03-08T03:00:00Z");
        assert_eq!(BudgetDay::Utc.ends(before), at("2026-03-09T00:00:00Z"));
        assert_eq!(BudgetDay::NewYork.ends(before), at("2026-03-08T05:00:00Z"));
        let changing = at("2026-03-08T12:00:00Z");
        assert_eq!(
            BudgetDay::NewYork.ends(changing),
            at("2026-03-09T04:00:00Z")
        );
        let used = Budget {
            used: 7,
            ..Budget::default().on(before, BudgetDay::NewYork)
        };
        assert_eq!(used.on(before, BudgetDay::NewYork).used, 7);
        assert_eq!(used.on(changing, BudgetDay::NewYork).used, 0);
    }
}
