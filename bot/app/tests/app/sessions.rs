//! `countersign sessions`.

use std::{
    io::Read as _,
    process::{Command, Stdio},
};

use countersign_domain::calendar;
use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::place::Place;

// R47
#[test]
fn a_thanksgiving_week_is_told_with_its_holiday_and_early_close() {
    let place = Place::new();
    let csv = place.run(&["sessions", "2026-11-25", "2026-11-30"]).good();
    assert_eq!(
        csv,
        "date,open_utc,close_utc,open_ny,close_ny,early\n\
         2026-11-25,2026-11-25T14:30:00Z,2026-11-25T21:00:00Z,2026-11-25T09:30:00-05:00,2026-11-25T16:00:00-05:00,false\n\
         2026-11-27,2026-11-27T14:30:00Z,2026-11-27T18:00:00Z,2026-11-27T09:30:00-05:00,2026-11-27T13:00:00-05:00,true\n\
         2026-11-30,2026-11-30T14:30:00Z,2026-11-30T21:00:00Z,2026-11-30T09:30:00-05:00,2026-11-30T16:00:00-05:00,false\n"
    );
}

// R46
#[test]
fn the_week_of_a_clock_change_keeps_new_yorks_hours_whatever_the_hosts_zone() {
    let place = Place::new();
    let args = ["sessions", "2026-03-06", "2026-03-09"];
    let plain = place.run(&args).good();
    for zone in ["Asia/Kolkata", "UTC", "America/Los_Angeles"] {
        assert_eq!(place.run_with(&args, &[("TZ", zone)]).good(), plain);
    }
    assert!(
        plain.contains("2026-03-06,2026-03-06T14:30:00Z,"),
        "{plain}"
    );
    assert!(
        plain.contains("2026-03-09,2026-03-09T13:30:00Z,"),
        "{plain}"
    );
    assert!(plain.contains("2026-03-09T09:30:00-04:00"), "{plain}");
}

#[test]
fn the_whole_calendar_is_told_and_every_row_is_of_a_piece() {
    let place = Place::new();
    let csv = place.run(&["sessions", "1990-01-01", "2100-12-31"]).good();
    let mut rows = csv.lines().skip(1);
    let sessions = calendar::sessions(calendar::FIRST, calendar::LAST);
    for session in sessions {
        let row = rows.next().expect("a row for each session");
        let fields: Vec<_> = row.split(',').collect();
        let instant = |text: &str| text.parse::<Timestamp>().expect("an instant");
        assert_eq!(fields[0].parse::<Date>().expect("a day"), session.date);
        assert_eq!(
            (instant(fields[1]), instant(fields[2])),
            (session.open, session.close)
        );
        assert_eq!(
            (instant(fields[3]), instant(fields[4])),
            (session.open, session.close)
        );
        assert!(fields[3].contains("T09:30:00-0"), "{row}");
        assert_eq!(fields[5], session.early.to_string());
        assert!(session.close.duration_since(session.open) <= SignedDuration::from_mins(390));
    }
    assert_eq!(rows.next(), None);
}

#[test]
fn days_without_a_session_give_the_head_alone() {
    let csv = Place::new()
        .run(&["sessions", "2026-07-04", "2026-07-05"])
        .good();
    assert_eq!(csv, "date,open_utc,close_utc,open_ny,close_ny,early\n");
}

#[test]
fn days_outside_the_calendar_or_in_the_wrong_order_are_refused() {
    let place = Place::new();
    for (from, to, sentence) in [
        (
            "1989-12-31",
            "2026-01-01",
            "the exchange calendar runs from 1990-01-01 to 2100-12-31; 1989-12-31 is outside it",
        ),
        (
            "2026-01-01",
            "2101-01-01",
            "the exchange calendar runs from 1990-01-01 to 2100-12-31; 2101-01-01 is outside it",
        ),
        (
            "2026-01-02",
            "2026-01-01",
            "the first day, 2026-01-02, is after the last, 2026-01-01; give the earlier one first",
        ),
    ] {
        assert_eq!(place.run(&["sessions", from, to]).refused(), sentence);
    }
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .env_clear()
        .args(["sessions", "1990-01-01", "2100-12-31"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut start = [0; 8];
    child
        .stdout
        .take()
        .expect("a pipe")
        .read_exact(&mut start)
        .expect("its first bytes");
    let done = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    assert!(done.status.success());
}
