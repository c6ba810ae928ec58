use countersign_desk::ports::Instants;
use jiff::SignedDuration;

use super::{super::check::State, clock, room};
use crate::home::existing;

fn instants(wall: &str, monotonic_s: i64) -> Instants {
    Instants {
        wall: wall.parse().expect("a time"),
        monotonic: SignedDuration::from_secs(monotonic_s),
    }
}

#[test]
fn a_nearly_full_disk_is_a_fault_with_its_fix() {
    assert_eq!(room(99).state, State::Fault);
    assert!(room(99).fix.is_some());
    assert_eq!(room(100).state, State::Note);
    assert_eq!(room(1_024).state, State::Good);
}

// R48
#[test]
fn a_wall_clock_that_jumped_more_than_two_seconds_is_a_fault() {
    let home = tempfile::tempdir().expect("a folder");
    let begun = instants("2026-03-17T14:00:00Z", 0);
    let jumped = instants("2026-03-17T14:00:04Z", 1);
    let check = clock(home.path(), begun, jumped, &[]);
    assert_eq!(check.state, State::Fault);
    assert!(check.found.contains("jumped by 3 s"), "{}", check.found);
}

// R48
#[test]
fn a_wall_clock_far_from_the_file_system_is_a_fault() {
    let home = tempfile::tempdir().expect("a folder");
    let then = instants("2001-03-17T14:00:00Z", 0);
    let check = clock(home.path(), then, then, &[]);
    assert_eq!(check.state, State::Fault);
    assert!(check.found.contains("file system"), "{}", check.found);
}

#[test]
fn a_wall_clock_outside_the_calendar_is_a_fault() {
    let home = tempfile::tempdir().expect("a folder");
    let then = instants("1970-01-01T00:10:00Z", 0);
    let check = clock(home.path(), then, then, &[]);
    assert_eq!(check.state, State::Fault);
    assert!(check.found.contains("calendar"), "{}", check.found);
}

#[test]
fn the_nearest_folder_above_one_that_is_missing_is_found() {
    let home = tempfile::tempdir().expect("a folder");
    let deep = home.path().join("a").join("b");
    assert_eq!(existing(&deep), Some(home.path()));
    assert_eq!(
        existing(std::path::Path::new("not-here")),
        Some(std::path::Path::new("."))
    );
}
