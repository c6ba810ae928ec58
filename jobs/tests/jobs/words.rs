//! What the timetable says in words, held against its slots over whole years.

use std::collections::BTreeMap;

use countersign_domain::calendar::{self, Session};
use countersign_jobs::timetable::Job;
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};

/// Two ordinary years, and one with a leap day.
const YEARS: [i16; 3] = [2015, 2024, 2026];

fn midnight(day: Date) -> Timestamp {
    calendar::ny(day, 0, 0).expect("a time of day")
}

/// Every slot of a year, by New York day.
fn slots(job: Job, year: i16) -> BTreeMap<Date, Vec<Timestamp>> {
    let end = midnight(date(year + 1, 1, 1));
    let mut slots: BTreeMap<Date, Vec<Timestamp>> = BTreeMap::new();
    let mut after = midnight(date(year, 1, 1)) - SignedDuration::from_secs(1);
    while let Some(at) = job.next(after).filter(|at| *at < end) {
        slots.entry(calendar::market_date(at)).or_default().push(at);
        after = at;
    }
    slots
}

fn sessions(year: i16) -> Vec<Session> {
    calendar::sessions(date(year, 1, 1), date(year, 12, 31)).collect()
}

/// `every` so many minutes from the open on, the open and the close left out.
fn in_session(session: &Session, every: i64) -> Vec<Timestamp> {
    let minutes = session.close.duration_since(session.open).as_mins();
    (1..minutes)
        .filter(|minute| minute % every == 0)
        .map(|minute| session.open + SignedDuration::from_mins(minute))
        .collect()
}

fn hold_in_session(job: Job, every: i64, whole_day: usize, early_day: usize) {
    for year in [2015, 2024] {
        let slots = slots(job, year);
        let sessions = sessions(year);
        let days: Vec<_> = sessions.iter().map(|session| session.date).collect();
        assert_eq!(slots.keys().copied().collect::<Vec<_>>(), days, "{year}");
        for session in sessions {
            let of_day = &slots[&session.date];
            assert_eq!(*of_day, in_session(&session, every), "{}", session.date);
            let count = if session.early { early_day } else { whole_day };
            assert_eq!(of_day.len(), count, "{}", session.date);
        }
    }
}

#[test]
fn the_table_of_the_documentation_is_the_words_of_each_job() {
    let source = include_str!("../../src/timetable.rs");
    let rows = source.lines().filter_map(|line| {
        let (job, words) = line.strip_prefix("//! | ")?.split_once(" | ")?;
        Some((job, words.strip_suffix(" |")?))
    });
    let mut rows: Vec<_> = rows.filter(|(job, _)| *job != "job").collect();
    let mut jobs: Vec<_> = Job::ALL.map(|job| (job.name(), job.words())).into();
    rows.sort_unstable();
    jobs.sort_unstable();
    assert_eq!(rows, jobs);
}

#[test]
fn a_scan_is_every_5_minutes_of_a_session_first_5_minutes_after_its_open() {
    hold_in_session(Job::Scan, 5, 77, 41);
}

// R36
#[test]
fn reconcile_and_sample_are_every_minute_of_a_session() {
    hold_in_session(Job::Reconcile, 1, 389, 209);
    hold_in_session(Job::Sample, 1, 389, 209);
}

#[test]
fn expire_and_news_are_every_minute_round_the_clock() {
    let years = [(2015, 525_600), (2024, 527_040)];
    let both = [Job::Expire, Job::News];
    for (job, (year, minutes)) in both.iter().flat_map(|job| years.map(|it| (*job, it))) {
        let slots: Vec<_> = slots(job, year).into_values().flatten().collect();
        assert_eq!(slots.len(), minutes);
        let apart = |pair: &[Timestamp]| pair[1].duration_since(pair[0]);
        assert!(slots.windows(2).all(|pair| apart(pair).as_secs() == 60));
        assert!(slots.iter().all(|at| at.as_second() % 60 == 0));
    }
}

#[test]
fn the_report_is_5_minutes_after_each_sessions_close() {
    for year in YEARS {
        let slots: Vec<_> = slots(Job::Report, year).into_values().flatten().collect();
        let after_close = |session: Session| session.close + SignedDuration::from_mins(5);
        let wanted: Vec<_> = sessions(year).into_iter().map(after_close).collect();
        assert_eq!(slots, wanted, "{year}");
    }
}

#[test]
fn retention_is_at_20_00_new_york_time_every_day() {
    for year in YEARS {
        let slots = slots(Job::Retention, year);
        let mut day = date(year, 1, 1);
        for (on, at) in &slots {
            assert_eq!(*on, day);
            assert_eq!(*at, [calendar::ny(day, 20, 0).expect("a time of day")]);
            day = day.tomorrow().expect("a day after");
        }
        assert_eq!(day, date(year + 1, 1, 1));
    }
}
