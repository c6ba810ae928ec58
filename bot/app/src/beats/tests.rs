//! Beats in time, and beats that fall into a long answer.

use super::*;

const PERIOD: Duration = Duration::from_millis(100);

#[tokio::test]
async fn who_is_in_time_skips_no_beat() {
    let mut beats = Beats::every(PERIOD);
    for _ in 0..4 {
        assert_eq!(beats.next().await, 0);
    }
}

#[tokio::test]
async fn beats_that_fall_into_a_long_answer_are_skipped_and_counted() {
    let mut beats = Beats::every(PERIOD);
    assert_eq!(beats.next().await, 0);
    std::thread::sleep(PERIOD * 4 + PERIOD / 2);
    assert_eq!(beats.next().await, 0, "the first of them comes late");
    let skipped = beats.next().await;
    assert!((3..=4).contains(&skipped), "{skipped}");
    assert_eq!(beats.next().await, 0, "and it is in step again");
}
