//! The exchange calendar against recorded sessions, published holidays and the clock changes.

use std::env;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::Command;

use countersign_domain::calendar::{
    self, CalendarError, Closure, Day, FIRST, LAST, Session, day, is_open, market_date, next_open,
    next_session, ny, previous_session, session_at, session_on, sessions,
};
use flate2::read::GzDecoder;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday, date};

/// One session as the recorded table has it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Row {
    date: Date,
    open: Timestamp,
    close: Timestamp,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} to {}", self.date, self.open, self.close)
    }
}

impl From<Session> for Row {
    fn from(session: Session) -> Self {
        let Session {
            date, open, close, ..
        } = session;
        Self { date, open, close }
    }
}

/// The recorded sessions of 1990 to January 2023: `date,open,close,break_start,break_end` in UTC.
fn recorded() -> Vec<Row> {
    let root = env::var("COUNTERSIGN_TEST_DATA")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").into());
    let path =
        PathBuf::from(root).join("calendar/exchange_calendars_xnys_sessions_1990_2023.csv.gz");
    let file = File::open(&path).unwrap_or_else(|error| {
        panic!(
            "recorded sessions missing: {}: {error}; set COUNTERSIGN_TEST_DATA to the data folder",
            path.display()
        )
    });
    BufReader::new(GzDecoder::new(file))
        .lines()
        .skip(1)
        .enumerate()
        .map(|(index, line)| {
            let line = line.expect("the recorded table is readable text");
            row(&line).unwrap_or_else(|| panic!("line {} does not parse: {line}", index + 2))
        })
        .collect()
}

fn row(line: &str) -> Option<Row> {
    let mut fields = line.split(',');
    let date = fields.next()?.strip_suffix("T00:00:00Z")?.parse().ok()?;
    let open = fields.next()?.parse().ok()?;
    let close = fields.next()?.parse().ok()?;
    // A midday break would be news to the calendar.
    fields
        .all(str::is_empty)
        .then_some(Row { date, open, close })
}

fn at(instant: &str) -> Timestamp {
    instant.parse().expect("an instant in the test itself")
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "recorded data not present")]
fn every_recorded_session_is_made_by_the_rules_and_no_other() {
    let recorded = recorded();
    let (first, last) = (recorded[0].date, recorded[recorded.len() - 1].date);
    let made: Vec<Row> = sessions(first, last).map(Row::from).collect();

    for (recorded, made) in recorded.iter().zip(&made) {
        assert!(
            recorded == made,
            "first difference\nrecorded {recorded}\nmade     {made}"
        );
    }
    assert_eq!(recorded.len(), made.len(), "sessions at the end");
    assert_eq!(recorded.len(), 8324, "the recorded table has changed");
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "recorded data not present")]
fn a_recorded_session_is_found_by_its_day_and_a_day_without_one_is_not() {
    let recorded = recorded();
    let mut rows = recorded.iter().peekable();
    let mut day = FIRST;
    while rows.peek().is_some() {
        let expected = rows.next_if(|row| row.date == day).copied();
        let found = session_on(day);
        assert!(
            found.map(Row::from) == expected,
            "{day}: {found:?}, recorded {}",
            expected.map_or_else(|| "no session".to_owned(), |row| row.to_string())
        );
        if let Some(session) = found {
            let short = session.close < ny(day, 16, 0).expect("a time of day");
            assert_eq!(session.early, short, "{day}");
        }
        day = day.tomorrow().expect("inside the recorded years");
    }
}

/// Month and day.
type MonthDay = (i8, i8);

/// Weekdays without a session and days that close at 13:00, as the exchange announced them (2023
/// to 2028, with the mourning of 2025) or as its rules give them (2029, 2030).
#[rustfmt::skip]
const YEARS: [(i16, &[MonthDay], &[MonthDay]); 8] = [
    (2023, &[(1, 2), (1, 16), (2, 20), (4, 7), (5, 29), (6, 19), (7, 4), (9, 4), (11, 23), (12, 25)],
           &[(7, 3), (11, 24)]),
    (2024, &[(1, 1), (1, 15), (2, 19), (3, 29), (5, 27), (6, 19), (7, 4), (9, 2), (11, 28), (12, 25)],
           &[(7, 3), (11, 29), (12, 24)]),
    (2025, &[(1, 1), (1, 9), (1, 20), (2, 17), (4, 18), (5, 26), (6, 19), (7, 4), (9, 1), (11, 27), (12, 25)],
           &[(7, 3), (11, 28), (12, 24)]),
    (2026, &[(1, 1), (1, 19), (2, 16), (4, 3), (5, 25), (6, 19), (7, 3), (9, 7), (11, 26), (12, 25)],
           &[(11, 27), (12, 24)]),
    (2027, &[(1, 1), (1, 18), (2, 15), (3, 26), (5, 31), (6, 18), (7, 5), (9, 6), (11, 25), (12, 24)],
           &[(11, 26)]),
    (2028, &[(1, 17), (2, 21), (4, 14), (5, 29), (6, 19), (7, 4), (9, 4), (11, 23), (12, 25)],
           &[(7, 3), (11, 24)]),
    (2029, &[(1, 1), (1, 15), (2, 19), (3, 30), (5, 28), (6, 19), (7, 4), (9, 3), (11, 22), (12, 25)],
           &[(7, 3), (11, 23), (12, 24)]),
    (2030, &[(1, 1), (1, 21), (2, 18), (4, 19), (5, 27), (6, 19), (7, 4), (9, 2), (11, 28), (12, 25)],
           &[(7, 3), (11, 29), (12, 24)]),
];

// R47
#[test]
fn the_closures_and_early_closes_of_2023_to_2030_are_these() {
    for (year, closed, early) in YEARS {
        let mut day = date(year, 1, 1);
        let (mut found_closed, mut found_early) = (Vec::new(), Vec::new());
        while day.year() == year {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            match session_on(day) {
                Some(session) => {
                    assert!(!weekend, "{day} is a weekend");
                    assert_eq!(session.open, ny(day, 9, 30).unwrap(), "{day}");
                    let hour = if session.early { 13 } else { 16 };
                    assert_eq!(session.close, ny(day, hour, 0).unwrap(), "{day}");
                    if session.early {
                        found_early.push((day.month(), day.day()));
                    }
                }
                None if weekend => {}
                None => found_closed.push((day.month(), day.day())),
            }
            day = day.tomorrow().unwrap();
        }
        assert_eq!(found_closed, closed, "closures of {year}");
        assert_eq!(found_early, early, "early closes of {year}");
    }
}

// R47
#[test]
fn a_closed_day_says_why() {
    let why = |y, m, d| match day(date(y, m, d)) {
        Ok(Day::Closed(closure)) => closure,
        other => panic!("{y}-{m}-{d}: {other:?}"),
    };
    assert_eq!(why(2024, 3, 30), Closure::Weekend);
    assert_eq!(why(2024, 3, 29), Closure::Holiday("Good Friday"));
    assert_eq!(why(2027, 6, 18), Closure::Holiday("Juneteenth"));
    assert_eq!(why(2022, 12, 26), Closure::Holiday("Christmas Day"));
    assert_eq!(
        why(2025, 1, 9),
        Closure::Exceptional("mourning for President Carter")
    );
    assert_eq!(why(2012, 10, 30), Closure::Exceptional("Hurricane Sandy"));
}

/// Easter by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8): another
/// road to the same day than the calendar's table of moons.
fn easter_by_algorithm(year: i16) -> Date {
    let whole = i32::from(year);
    let (cycle, century, in_century) = (whole % 19, whole / 100, whole % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * cycle + century - century / 4 - correction + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let late = (cycle + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * late + 114;
    let narrow = |number: i32| i8::try_from(number).expect("a month or a day");
    date(year, narrow(days / 31), narrow(days % 31 + 1))
}

#[test]
fn good_friday_is_two_days_before_easter_in_every_year() {
    for year in 1990..=2100 {
        let friday = easter_by_algorithm(year)
            .nth_weekday(-1, Weekday::Friday)
            .unwrap();
        let closed = Day::Closed(Closure::Holiday("Good Friday"));
        assert_eq!(day(friday), Ok(closed), "{friday}");
        // And on no other Friday of that spring.
        for weeks in [-2, -1, 1, 2] {
            let other = friday.nth_weekday(weeks, Weekday::Friday).unwrap();
            assert!(session_on(other).is_some(), "{other}");
        }
    }
}

#[test]
fn new_years_day_on_a_saturday_closes_no_friday() {
    for year in [2004, 2010, 2021, 2027, 2032] {
        let eve = session_on(date(year, 12, 31)).expect("a session on the last day of the year");
        assert!(!eve.early, "{year}");
    }
}

/// Opens and closes around each kind of clock change, before and after the law of 2007.
#[rustfmt::skip]
const CLOCK_CHANGES: [(Date, &str, &str); 10] = [
    (date(2006, 3, 31),  "2006-03-31T14:30:00Z", "2006-03-31T21:00:00Z"),
    (date(2006, 4, 3),   "2006-04-03T13:30:00Z", "2006-04-03T20:00:00Z"),
    (date(2006, 10, 27), "2006-10-27T13:30:00Z", "2006-10-27T20:00:00Z"),
    (date(2006, 10, 30), "2006-10-30T14:30:00Z", "2006-10-30T21:00:00Z"),
    (date(2026, 3, 6),   "2026-03-06T14:30:00Z", "2026-03-06T21:00:00Z"),
    (date(2026, 3, 9),   "2026-03-09T13:30:00Z", "2026-03-09T20:00:00Z"),
    (date(2026, 10, 30), "2026-10-30T13:30:00Z", "2026-10-30T20:00:00Z"),
    (date(2026, 11, 2),  "2026-11-02T14:30:00Z", "2026-11-02T21:00:00Z"),
    (date(2026, 11, 27), "2026-11-27T14:30:00Z", "2026-11-27T18:00:00Z"),
    (date(2024, 7, 3),   "2024-07-03T13:30:00Z", "2024-07-03T17:00:00Z"),
];

// R46
#[test]
fn hours_follow_new_york_through_the_weeks_when_clocks_change() {
    let host = jiff::tz::TimeZone::system();
    println!("host zone: {}", host.iana_name().unwrap_or("unnamed"));
    for (day, open, close) in CLOCK_CHANGES {
        let (open, close) = (at(open), at(close));
        let session = session_on(day).unwrap();
        assert_eq!((session.open, session.close), (open, close), "{day}");

        let second = jiff::SignedDuration::from_secs(1);
        assert!(!is_open(open - second), "{day} before the open");
        assert_eq!(session_at(open), Some(session), "{day} at the open");
        assert!(is_open(close - second), "{day} before the close");
        assert!(!is_open(close), "{day} at the close");
        assert_eq!(next_open(open - second), Some(open), "{day}");
        assert_eq!(market_date(open), day);
        assert_eq!(market_date(close), day);
    }
}

// R46
#[test]
fn the_host_zone_makes_no_difference() {
    let decisions = "hours_follow_new_york_through_the_weeks_when_clocks_change";
    for zone in [
        "UTC",
        "Asia/Kolkata",
        "America/New_York",
        "Pacific/Auckland",
    ] {
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", decisions, "--nocapture"])
            .env("TZ", zone)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains(&format!("host zone: {zone}\n")), "{said}");
        assert!(said.contains("1 passed"), "{zone}: {said}");
        assert!(output.status.success(), "{zone}: {said}");
    }
}

#[test]
fn the_market_date_is_new_yorks_and_not_greenwichs() {
    // 20:30 on a Monday in New York is Tuesday in Greenwich, and Tuesday morning in Mumbai.
    assert_eq!(market_date(at("2026-03-10T00:30:00Z")), date(2026, 3, 9));
}

#[test]
fn the_next_open_skips_a_long_weekend_and_a_running_session() {
    // Thursday afternoon before Good Friday 2024; the clocks have already changed.
    let monday = at("2024-04-01T13:30:00Z");
    assert_eq!(next_open(at("2024-03-28T19:00:00Z")), Some(monday));
    assert_eq!(next_open(at("2024-03-29T15:00:00Z")), Some(monday));
    // At an open, the next one is meant.
    assert_eq!(next_open(monday), Some(at("2024-04-02T13:30:00Z")));
}

#[test]
fn next_and_previous_sessions_are_strictly_after_and_before() {
    let date_of = |session: Option<Session>| session.map(|session| session.date);
    let (before, after) = (date(2001, 9, 10), date(2001, 9, 17));
    assert_eq!(date_of(next_session(before)), Some(after));
    assert_eq!(date_of(previous_session(after)), Some(before));
    assert_eq!(date_of(next_session(date(2001, 9, 12))), Some(after));
    assert_eq!(date_of(previous_session(date(2001, 9, 12))), Some(before));
}

#[test]
fn outside_its_years_the_calendar_knows_nothing() {
    let (early, late) = (FIRST.yesterday().unwrap(), LAST.tomorrow().unwrap());
    for outside in [early, late, Date::MIN, Date::MAX] {
        assert_eq!(day(outside), Err(CalendarError::OutOfRange(outside)));
        assert_eq!(session_on(outside), None);
        assert_eq!(next_session(outside), None);
        assert_eq!(previous_session(outside), None);
    }
    assert_eq!(
        calendar::CalendarError::OutOfRange(late).to_string(),
        "the exchange calendar runs from 1990-01-01 to 2100-12-31; 2101-01-01 is outside it"
    );
    assert_eq!(previous_session(FIRST), None);
    assert_eq!(next_session(LAST), None);
    for extreme in [Timestamp::MIN, Timestamp::MAX] {
        assert!(!is_open(extreme));
        assert_eq!(next_open(extreme), None);
    }
}

#[test]
fn a_range_is_cut_to_the_calendar_and_a_backward_one_is_empty() {
    let mut all = sessions(Date::MIN, Date::MAX);
    assert_eq!(
        all.next().map(|session| session.date),
        Some(date(1990, 1, 2))
    );
    assert_eq!(
        all.last().map(|session| session.date),
        Some(date(2100, 12, 31))
    );
    assert_eq!(sessions(date(2024, 2, 1), date(2024, 1, 1)).count(), 0);
    assert_eq!(sessions(date(2024, 1, 2), date(2024, 1, 2)).count(), 1);
}

#[test]
fn a_time_that_is_none_is_refused() {
    assert_eq!(ny(date(2024, 1, 2), 16, 15), Ok(at("2024-01-02T21:15:00Z")));
    let refused = CalendarError::NoSuchTime {
        hour: 24,
        minute: 5,
    };
    assert_eq!(ny(date(2024, 1, 2), 24, 5), Err(refused));
    assert_eq!(refused.to_string(), "24:05 is not a time of day");
    assert_eq!(
        ny(Date::MAX, 23, 59),
        Err(CalendarError::OutOfRange(Date::MAX))
    );
}
