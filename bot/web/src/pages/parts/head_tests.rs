//! Which parts need somebody.

use super::*;

const QUOTE_AGE_S: u32 = 15;

fn at(time: &str) -> Timestamp {
    format!("2026-11-18T{time}Z").parse().expect("a time")
}

fn monitor(last: Option<&str>) -> Health {
    Health::Monitor {
        ticks: 1,
        skipped: 0,
        last: last.map(at),
    }
}

fn feed(newest: Option<&str>) -> Health {
    Health::Feed {
        kept: 1,
        dropped: 0,
        newest: newest.map(at),
    }
}

fn well(health: &Health, now: &str) -> bool {
    needs_nobody(health, at(now), QUOTE_AGE_S)
}

#[test]
fn a_monitor_that_is_silent_for_three_ticks_of_a_session_needs_somebody() {
    let seen = monitor(Some("15:30:00"));
    assert!(well(&seen, "15:30:09"));
    assert!(!well(&seen, "15:30:10"));
    assert!(!well(&monitor(None), "15:30:00"));
}

#[test]
fn a_feed_whose_newest_quote_is_too_old_to_trade_on_needs_somebody() {
    let seen = feed(Some("15:30:00"));
    assert!(well(&seen, "15:30:15"));
    assert!(!well(&seen, "15:30:16"));
    assert!(!well(&feed(None), "15:30:00"));
}

#[test]
fn outside_a_session_and_in_its_first_moments_monitor_and_feed_may_rest() {
    for part in [monitor(None), feed(None), monitor(Some("13:00:00"))] {
        assert!(well(&part, "14:29:59"));
        assert!(well(&part, "14:30:09"));
        assert!(!well(&part, "14:30:16"));
        assert!(well(&part, "21:00:00"));
    }
}

#[test]
fn an_outbox_that_grows_needs_somebody() {
    assert!(well(&Health::Outbox { waiting: WAITING }, "15:30:00"));
    let waiting = WAITING + 1;
    assert!(!well(&Health::Outbox { waiting }, "15:30:00"));
}
