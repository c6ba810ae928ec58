//! Expiry: the buttons of what nobody can decide any more go, whatever the process was doing then.

use std::time::Duration;

use super::stage::{Stage, data, is_bare, quit};

/// How soon after its end a card has lost its buttons.
const GONE: Duration = Duration::from_secs(2);

// R5 R6
#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_expires_loses_its_buttons_in_time_and_a_late_press_is_told_so() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=5"]);
    let card = stage.card().await;
    let confirm = data(&card, "Confirm");
    let bare = stage.until(card.id, is_bare).await;
    let (first, last) = (&bare.versions[0], bare.versions.last().expect("an edit"));
    let after = last
        .at
        .saturating_sub(first.at)
        .saturating_sub(Duration::from_secs(5));
    println!("the buttons went {after:?} after the end");
    assert!(after <= GONE, "{after:?}");
    assert!(bare.text().contains("Ticket expired"), "{}", bare.text());

    let late = stage.told(&stage.ana, &card, &confirm).await;
    assert!(late.alert && late.text.contains("expired"), "{}", late.text);
    assert_eq!(stage.orders().await, 0);
    quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_counts_down_by_itself_and_what_it_says_is_true_when_it_is_shown() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=13"]);
    let card = stage.card().await;
    assert!(card.text().contains("At most 30 s left"), "{}", card.text());
    stage
        .until(card.id, |it| it.text().contains("At most 10 s left"))
        .await;
    let bare = stage.until(card.id, is_bare).await;
    assert!(!bare.text().contains("At most"), "{}", bare.text());
    let first = bare.versions[0].at;
    let counted = bare
        .versions
        .iter()
        .find(|it| it.content.text.contains("At most 10 s left"));
    let after = counted.expect("a step").at.saturating_sub(first);
    // 3 s after it was offered, and not much sooner than that: it would not be true.
    assert!(
        after >= Duration::from_secs(1) && after <= Duration::from_secs(6),
        "{after:?}"
    );
    let steps = bare
        .versions
        .iter()
        .filter(|it| it.content.text.contains("At most 10 s left"));
    assert_eq!(steps.count(), 1, "once for each step");
    quit(program);
    stage.well_behaved();
}

// R5
#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_expires_while_nothing_runs_loses_its_buttons_at_the_next_start() {
    let stage = Stage::new().await;
    let killed = stage.demo(&[]);
    let card = stage.card().await;
    let confirm = data(&card, "Confirm");
    stage.noted(&card).await;
    drop(killed);
    // Ten minutes later; somebody pressed meanwhile.
    let press = stage.ana.forges(stage.group, card.id, &confirm);
    let program = stage.demo(&["--set", "demo.start=2026-03-17T11:10:00"]);
    let answer = stage.answered(&press).await;
    assert!(
        answer.alert && answer.text.contains("expired"),
        "{}",
        answer.text
    );
    let bare = stage.until(card.id, is_bare).await;
    let gone = bare.versions.last().expect("an edit").at;
    let begun = stage
        .fake
        .calls()
        .into_iter()
        .rev()
        .find(|it| it.method == "getUpdates");
    println!(
        "gone at {gone:?}, the last call to listen was at {:?}",
        begun.map(|it| it.at)
    );
    let heard = answer.at;
    assert!(
        gone <= heard + GONE,
        "answered at {heard:?}, gone at {gone:?}"
    );
    assert_eq!(stage.orders().await, 0);
    quit(program);
    stage.well_behaved();
}
