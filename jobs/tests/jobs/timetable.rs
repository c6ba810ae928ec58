//! The timetable: next, due, and the days on which clocks and closes are odd.

use countersign_jobs::timetable::{self, Job};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn next(job: Job, after: &str) -> Timestamp {
    job.next(at(after)).expect("a slot")
}

/// Any time of 2000 to 2040, to the nanosecond.
fn times() -> impl Strategy<Value = Timestamp> {
    let seconds = 946_684_800_i64..2_208_988_800;
    (seconds, 0..1_000_000_000_i32)
        .prop_map(|(second, nano)| Timestamp::new(second, nano).expect("in range"))
}

fn jobs() -> impl Strategy<Value = Job> {
    proptest::sample::select(Job::ALL.to_vec())
}

proptest! {
    #[test]
    fn the_next_slot_is_strictly_after_and_at_a_whole_second(job in jobs(), after in times()) {
        let slot = job.next(after).expect("a slot");
        prop_assert!(slot > after);
        prop_assert_eq!(slot.subsec_nanosecond(), 0);
    }

    #[test]
    fn no_slot_lies_between_a_time_and_its_next(job in jobs(), after in times(), part in 0.0..1.0) {
        let slot = job.next(after).expect("a slot");
        let gap = slot.duration_since(after).mul_f64(part);
        let between = (after + gap).min(slot - SignedDuration::from_nanos(1));
        prop_assert_eq!(job.next(between), Some(slot));
        let on_it = job.next(slot).expect("a slot");
        prop_assert!(on_it > slot);
    }

    #[test]
    fn due_is_the_newest_slot_and_counts_every_one_before_it(
        job in jobs(),
        after in times(),
        minutes in 0..4_000_i64,
    ) {
        let now = after + SignedDuration::from_mins(minutes);
        let mut slots = Vec::new();
        let mut from = after;
        while let Some(slot) = job.next(from).filter(|slot| *slot <= now) {
            slots.push(slot);
            from = slot;
        }
        let due = job.due(after, now);
        prop_assert_eq!(due.map(|due| due.slot.at), slots.last().copied());
        let missed = due.map_or(0, |due| due.missed + 1);
        prop_assert_eq!(usize::try_from(missed), Ok(slots.len()));
    }

    #[test]
    fn however_often_one_looks_each_slot_is_seen_once(
        job in jobs(),
        after in times(),
        steps in proptest::collection::vec(1..40_000_i64, 1..8),
    ) {
        let mut now = after;
        let mut seen = 0;
        for step in steps {
            let then = now + SignedDuration::from_secs(step);
            seen += job.due(now, then).map_or(0, |due| due.missed + 1);
            now = then;
        }
        let at_once = job.due(after, now).map_or(0, |due| due.missed + 1);
        prop_assert_eq!(seen, at_once);
    }
}

#[test]
fn what_is_due_together_comes_in_the_order_of_the_jobs() {
    let due = timetable::due(at("2024-06-03T13:34:59Z"), at("2024-06-03T13:35:00Z"));
    let jobs: Vec<_> = due.iter().map(|due| due.slot.job).collect();
    let order = [
        Job::Expire,
        Job::Reconcile,
        Job::News,
        Job::Scan,
        Job::Sample,
    ];
    assert_eq!(jobs, order);
    assert!(due.iter().all(|due| due.missed == 0));
}

#[test]
fn nothing_is_due_before_its_time_nor_when_time_goes_backwards() {
    let (slot, before) = (at("2024-06-03T13:35:00Z"), at("2024-06-03T13:34:59.999Z"));
    assert_eq!(Job::Scan.due(at("2024-06-03T13:30:00Z"), before), None);
    assert_eq!(Job::Scan.due(slot, slot), None);
    assert_eq!(Job::Scan.due(slot, before), None);
}

#[test]
fn the_report_of_christmas_eve_2015_comes_5_minutes_after_its_early_close() {
    let report = next(Job::Report, "2015-12-24T15:00:00Z");
    assert_eq!(report, at("2015-12-24T18:05:00Z"));
    let last_scan = next(Job::Scan, "2015-12-24T17:54:00Z");
    assert_eq!(last_scan, at("2015-12-24T17:55:00Z"));
    let next_scan = next(Job::Scan, "2015-12-24T17:55:00Z");
    assert_eq!(next_scan, at("2015-12-28T14:35:00Z"), "over Christmas");
}

#[test]
fn a_holiday_has_no_scan() {
    let over_good_friday = next(Job::Scan, "2024-03-28T19:55:00Z");
    assert_eq!(over_good_friday, at("2024-04-01T13:35:00Z"));
}

#[test]
fn slots_follow_new_yorks_clock_over_its_changes() {
    for (after, slot) in [
        ("2024-03-08T14:00:00Z", "2024-03-08T14:35:00Z"),
        ("2024-03-11T13:00:00Z", "2024-03-11T13:35:00Z"),
        ("2024-11-01T13:00:00Z", "2024-11-01T13:35:00Z"),
        ("2024-11-04T13:00:00Z", "2024-11-04T14:35:00Z"),
    ] {
        assert_eq!(next(Job::Scan, after), at(slot));
    }
    for (after, slot) in [
        ("2024-03-09T12:00:00Z", "2024-03-10T01:00:00Z"),
        ("2024-03-10T01:00:00Z", "2024-03-11T00:00:00Z"),
        ("2024-11-02T12:00:00Z", "2024-11-03T00:00:00Z"),
        ("2024-11-03T00:00:00Z", "2024-11-04T01:00:00Z"),
    ] {
        assert_eq!(next(Job::Retention, after), at(slot));
    }
}

#[test]
fn who_was_away_for_a_year_is_told_of_the_last_31_days() {
    let due = Job::Expire.due(at("2023-06-03T13:35:00Z"), at("2024-06-03T13:35:00Z"));
    let due = due.expect("something is due");
    assert_eq!(due.slot.at, at("2024-06-03T13:35:00Z"));
    assert_eq!(due.missed, 31 * 24 * 60 - 1);
}
