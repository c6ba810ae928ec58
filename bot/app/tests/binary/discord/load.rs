//! Many presses at once.

use std::time::Duration;

use countersign_domain::event::Fact;

use super::stage::{Stage, data};
use crate::kept;

/// Presses in a second, and for how many seconds.
const RATE: u32 = 100;
const SECONDS: u32 = 5;

// R14
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_presses_in_a_second_are_all_answered_before_the_platform_gives_up() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.offer().await;
    let (confirm, snooze) = (data(&card, "Confirm"), data(&card, "Snooze"));
    let mut beats = tokio::time::interval(Duration::from_secs(1) / RATE);
    let mut presses = Vec::new();
    for at in 0..RATE * SECONDS {
        beats.tick().await;
        // A yes in the middle, so that some presses decide and some come too late.
        let yes = at % 3 == 0 && at > RATE * SECONDS / 2;
        let payload = if yes { &confirm } else { &snooze };
        let press = stage.ana.forges_press(card.id, payload);
        presses.push(press.expect("a press"));
    }
    let mut took = Vec::new();
    for press in presses {
        let answer = stage.answered(press).await;
        // After 3 s the platform would have refused it.
        assert_eq!(answer.refused, Vec::<u32>::new());
        assert!(!answer.text().is_empty());
        took.push(answer.callback.expect("an answer").latency);
    }
    took.sort_unstable();
    let (p99, slowest) = (took[took.len() * 99 / 100], took[took.len() - 1]);
    println!("{RATE} presses/s for {SECONDS} s: p99 {p99:?}, the slowest {slowest:?}");
    let yes = |it: &Fact| matches!(it, Fact::TicketConfirmed { .. });
    assert_eq!(kept::facts(stage.home.path(), yes).await, 1);
    stage.quit(program);
    stage.well_behaved();
}
