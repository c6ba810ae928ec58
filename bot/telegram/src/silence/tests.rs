use std::time::Duration;

use super::Silence;

const fn secs(count: u64) -> Duration {
    Duration::from_secs(count)
}

// R25
#[test]
fn no_answer_for_too_long_is_silence_until_the_next_answer() {
    let mut silence = Silence::since(secs(100), secs(120));
    assert!(!silence.is_cut_off(secs(219)));
    assert!(silence.is_cut_off(secs(220)));
    silence.answered(secs(221), false);
    assert!(!silence.is_cut_off(secs(340)));
}

// R25
#[test]
fn what_waits_and_never_comes_is_silence_although_calls_are_answered() {
    let mut silence = Silence::since(secs(0), secs(120));
    assert!(!silence.looks(secs(29)));
    assert!(silence.looks(secs(30)));
    assert!(!silence.looks(secs(31)), "not again at once");
    silence.waits(secs(30), 2);
    silence.answered(secs(100), false);
    silence.waits(secs(100), 3);
    assert!(!silence.is_passed_over(secs(149)));
    assert!(silence.is_passed_over(secs(150)));
    silence.answered(secs(151), true);
    assert!(!silence.is_passed_over(secs(151)));
}

// R25
#[test]
fn without_a_bound_nothing_is_watched() {
    let mut silence = Silence::since(secs(0), secs(0));
    silence.waits(secs(1), 2);
    assert!(!silence.looks(secs(1_000)));
    assert!(!silence.is_cut_off(secs(1_000)));
    assert!(!silence.is_passed_over(secs(1_000)));
}
