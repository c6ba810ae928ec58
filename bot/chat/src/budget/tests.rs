//! Tests of the rate budgets.

use std::time::Duration;

use super::{Budget, Pace};

const SECOND: Duration = Duration::from_secs(1);

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Calls as soon as it may, so often; says when.
fn drain(budget: &Budget, calls: usize, urgent: bool) -> Vec<Duration> {
    let (mut now, mut made) = (millis(10), Vec::new());
    while made.len() < calls {
        match budget.take(now, urgent) {
            Ok(()) => made.push(now),
            Err(wait) => now += wait,
        }
    }
    made
}

/// The most calls in any window that begins with a call.
fn most_within(made: &[Duration], window: Duration) -> usize {
    let within = |from: &Duration| {
        let inside = |at: &&Duration| **at >= *from && **at < *from + window;
        made.iter().filter(inside).count()
    };
    made.iter().map(within).max().unwrap_or(0)
}

#[test]
fn no_window_sees_more_than_the_pace_and_nothing_is_given_away() {
    let budget = Budget::new(vec![Pace::new(20, 60 * SECOND), Pace::new(1, SECOND)]);
    let made = drain(&budget, 61, false);
    assert_eq!(most_within(&made, 60 * SECOND), 20);
    assert_eq!(most_within(&made, SECOND), 1);
    let whole = made[60].saturating_sub(made[0]);
    assert_eq!(whole, 180 * SECOND, "three full minutes for sixty calls");
}

#[test]
fn what_is_urgent_may_use_what_is_kept_for_it() {
    let budget = Budget::new(vec![Pace::new(20, 60 * SECOND).keeping(3)]);
    assert_eq!(drain(&budget, 17, false).len(), 17);
    let now = SECOND;
    assert!(budget.take(now, false).is_err());
    for _ in 0..3 {
        budget.take(now, true).expect("kept for it");
    }
    assert!(budget.take(now, true).is_err(), "twenty are twenty");
}

#[test]
fn a_call_counts_from_its_answer_on_so_that_no_delay_brings_two_windows_together() {
    let budget = Budget::new(vec![Pace::new(2, SECOND)]);
    let at = Duration::from_millis;
    budget.take(at(0), false).expect("room");
    budget.take(at(10), false).expect("room");
    // The second one is answered before the first one.
    budget.answered(at(10), at(200));
    budget.answered(at(0), at(400));
    assert_eq!(budget.take(at(1_100), false), Err(at(100)));
    budget.take(at(1_200), false).expect("one is a second ago");
    assert_eq!(budget.take(at(1_300), false), Err(at(100)));
    // An answer to what nobody counts any more changes nothing.
    budget.answered(at(7), at(1_300));
    budget
        .take(at(1_400), false)
        .expect("both are a second ago");
}

#[test]
fn a_ban_holds_for_everything_until_it_ends() {
    let budget = Budget::new(vec![Pace::new(30, SECOND)]);
    budget.ban(SECOND, 5 * SECOND);
    assert_eq!(budget.pause(2 * SECOND, true), 4 * SECOND);
    // A shorter one does not end it sooner.
    budget.ban(2 * SECOND, SECOND);
    assert_eq!(budget.take(2 * SECOND, true), Err(4 * SECOND));
    budget.take(6 * SECOND, false).expect("the ban has ended");
}

#[test]
fn a_call_that_leaves_some_to_others_waits_for_as_many_to_be_free() {
    let budget = Budget::new(vec![Pace::new(6, Duration::from_mins(1)).keeping(2)]);
    let at = Duration::from_secs;
    for second in 0..2 {
        assert_eq!(budget.pause_leaving(at(second), 2), Duration::ZERO);
        budget.take(at(second), false).expect("room");
    }
    assert_eq!(budget.pause_leaving(at(2), 2), at(58));
    assert_eq!(budget.pause(at(2), false), Duration::ZERO);
    // A pace that has not as many leaves what it has.
    let narrow = Budget::new(vec![Pace::new(1, at(1))]);
    assert_eq!(narrow.pause_leaving(at(0), 2), Duration::ZERO);
}
