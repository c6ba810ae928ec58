//! Five-minute bars.

use countersign_domain::calendar;
use countersign_signals::bars::five_minute;
use jiff::{SignedDuration, civil::date};
use proptest::prelude::*;

use crate::day::{at, bar, cents, day, rising, session};

#[test]
fn five_minutes_make_one_bar() {
    let mut minutes: Vec<_> = (0..5).map(|minute| bar(minute, 100 + minute)).collect();
    minutes[2].high = cents(150);
    minutes[3].low = cents(50);
    let slots = five_minute(&session(), &minutes, at(5));
    let [slot] = slots[..] else {
        panic!("{slots:?}")
    };
    let made = slot.bar.unwrap();
    assert_eq!((slot.start, slot.end(), slot.minutes), (at(0), at(5), 5));
    assert_eq!((made.open, made.close), (cents(100), cents(104)));
    assert_eq!((made.high, made.low), (cents(150), cents(50)));
    assert_eq!(made.volume, 500);
}

#[test]
fn a_bar_is_not_there_until_its_last_minute_is_over() {
    let minutes = day(|_| 100);
    assert!(five_minute(&session(), &minutes, at(5) - SignedDuration::from_millis(1)).is_empty());
    assert_eq!(five_minute(&session(), &minutes, at(5)).len(), 1);
    assert!(five_minute(&session(), &minutes, at(-30)).is_empty());
}

#[test]
fn a_missing_minute_marks_a_gap_and_nothing_fills_it() {
    let mut minutes = day(|_| 100);
    minutes.retain(|bar| bar.start != at(7) && !(at(10) <= bar.start && bar.start < at(15)));
    let slots = five_minute(&session(), &minutes, at(20));
    let seen: Vec<_> = slots
        .iter()
        .map(|slot| (slot.minutes, slot.bar.is_some()))
        .collect();
    assert_eq!(seen, [(5, true), (4, false), (0, false), (5, true)]);
}

#[test]
fn minutes_outside_the_session_do_not_count() {
    let mut minutes = day(|_| 100);
    minutes.insert(0, bar(-1, 1));
    minutes.push(bar(390, 1));
    let slots = five_minute(&session(), &minutes, at(800));
    assert_eq!(slots.len(), 78);
    let least = slots.iter().filter_map(|slot| slot.bar).map(|bar| bar.low);
    assert_eq!(least.min(), Some(cents(95)));
}

#[test]
fn a_short_day_ends_with_its_own_close() {
    let session = calendar::session_on(date(2015, 12, 24)).unwrap();
    let start = |minute| session.open + SignedDuration::from_mins(minute);
    let minutes: Vec<_> = (0..390)
        .map(|minute| countersign_domain::quote::Bar {
            start: start(minute),
            ..bar(minute, 100)
        })
        .collect();
    assert_eq!(five_minute(&session, &minutes, start(500)).len(), 42);
}

#[test]
fn a_minute_that_comes_twice_counts_as_it_came_first() {
    let mut minutes = day(|_| 100);
    minutes.push(bar(2, 900));
    let slots = five_minute(&session(), &minutes, at(5));
    assert_eq!(slots[0].bar.unwrap().high, cents(105));
    assert_eq!(slots[0].minutes, 5);
}

#[test]
fn a_bar_between_two_minutes_is_no_minute_bar() {
    let mut minutes = day(|_| 100);
    minutes[3].start += SignedDuration::from_millis(500);
    let slots = five_minute(&session(), &minutes, at(5));
    assert_eq!((slots[0].minutes, slots[0].bar), (4, None));
}

proptest! {
    // R57
    #[test]
    fn what_is_not_over_changes_nothing(now in 0_i64..400, seconds in 0_i64..60, shuffle in any::<u64>()) {
        let now = at(now) + SignedDuration::from_secs(seconds);
        let all = rising();
        let mut seen: Vec<_> = all
            .iter()
            .copied()
            .filter(|bar| bar.start + SignedDuration::from_mins(1) <= now)
            .collect();
        let length = seen.len();
        if length > 1 {
            seen.rotate_left(usize::try_from(shuffle % 390).unwrap() % length);
        }
        prop_assert_eq!(five_minute(&session(), &all, now), five_minute(&session(), &seen, now));
    }
}
