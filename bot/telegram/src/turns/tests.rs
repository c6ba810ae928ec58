//! Tests of whose turn it is.

use std::time::Duration;

use super::{ASIDE, Next, Refused, STAND, TRIAL, Turns};

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

// R20
#[test]
fn who_just_came_steps_aside_says_so_once_and_listens_again_when_it_is_alone() {
    let mut turns = Turns::default();
    assert_eq!(turns.next(secs(0)), Next::Listen);
    assert_eq!(
        turns.refused(secs(0), secs(1)),
        Refused::Aside { say: true }
    );
    assert_eq!(
        turns.next(secs(2)),
        Next::Wait(ASIDE.saturating_sub(secs(1)))
    );
    let look = secs(1) + ASIDE;
    assert_eq!(turns.next(look), Next::Try);
    assert!(turns.answered(look, look).is_some(), "nothing is taken yet");
    assert_eq!(
        turns.refused(look, look + STAND),
        Refused::Aside { say: false }
    );
    let look = look + STAND + ASIDE;
    assert_eq!(turns.next(look), Next::Try);
    assert!(turns.answered(look, look + TRIAL).is_none());
    assert_eq!(turns.next(look + TRIAL), Next::Listen);
}

// R20
#[test]
fn who_is_at_home_stands_by_it_and_two_at_home_do_not_fight_for_ever() {
    let mut turns = Turns::default();
    assert_eq!(turns.answered(secs(0), secs(10)), None);
    assert_eq!(turns.refused(secs(10), secs(12)), Refused::Stand(STAND));
    assert_eq!(turns.next(secs(13)), Next::Listen);
    assert_eq!(turns.answered(secs(13), secs(23)), None);
    assert_eq!(turns.refused(secs(23), secs(24)), Refused::Stand(STAND));
    assert_eq!(
        turns.refused(secs(24), secs(25)),
        Refused::Aside { say: true }
    );
}

#[test]
fn a_call_that_listened_long_enough_before_it_was_ended_counts_as_listening() {
    let mut turns = Turns::default();
    assert_eq!(turns.refused(secs(0), secs(6)), Refused::Stand(STAND));
    turns.failed();
    assert_eq!(
        turns.refused(secs(60), secs(61)),
        Refused::Aside { say: true }
    );
}

// R20
#[test]
fn the_next_one_who_comes_after_a_quiet_time_is_said_again() {
    let mut turns = Turns::default();
    assert_eq!(
        turns.refused(secs(0), secs(1)),
        Refused::Aside { say: true }
    );
    let look = secs(1) + ASIDE;
    assert_eq!(turns.next(look), Next::Try);
    assert!(turns.answered(look, look + TRIAL).is_none());
    let home = look + TRIAL;
    assert!(turns.answered(home, home + secs(9)).is_none());
    turns.failed();
    assert_eq!(
        turns.refused(home + secs(20), home + secs(21)),
        Refused::Aside { say: true }
    );
}
