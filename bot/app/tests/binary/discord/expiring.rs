//! Expiry: the buttons of what nobody can decide any more go, whatever the process was doing then.

use super::stage::{Stage, data, labels};

/// How soon after its end a card has lost its buttons, in microseconds.
const GONE: i64 = 2_000_000;

// R5
#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_expires_loses_its_buttons_in_time_and_a_late_press_is_told_so() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=5"]);
    let card = stage.offer().await;
    let confirm = data(&card, "Confirm");
    let bare = stage.until(card.id, |it| labels(it).is_empty()).await;
    let gone = bare.edited_us.expect("an edit");
    let after = gone - bare.created_us - 5_000_000;
    println!("the buttons went {after} us after the end");
    assert!(after <= GONE, "{after} us");
    assert!(bare.text().contains("Ticket expired"), "{}", bare.text());

    let late = stage.ana.presses_late(card.id, &confirm);
    let answer = stage.answered(late.expect("it was there")).await;
    assert!(answer.is_ephemeral(), "{answer:?}");
    assert!(answer.text().contains("expired"), "{}", answer.text());
    assert_eq!(stage.orders().await, 0);
    stage.quit(program);
    stage.well_behaved();
}

// R5
#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_expires_while_nothing_runs_loses_its_buttons_at_the_next_start() {
    let stage = Stage::new().await;
    let killed = stage.demo(&[]);
    let card = stage.offer().await;
    let confirm = data(&card, "Confirm");
    stage.noted(&card).await;
    drop(killed);
    // Ten minutes later.
    let program = stage.demo(&["--set", "demo.start=2026-03-17T11:10:00"]);
    let bare = stage.until(card.id, |it| labels(it).is_empty()).await;
    assert!(bare.text().contains("Ticket expired"), "{}", bare.text());
    stage.listens_again().await;
    let late = stage.ana.presses_late(card.id, &confirm);
    let answer = stage.answered(late.expect("it was there")).await;
    assert!(answer.text().contains("expired"), "{}", answer.text());
    let gone = bare.edited_us.expect("an edit");
    let heard = answer.callback.expect("an answer").at_us;
    assert!(gone <= heard + GONE, "{gone} {heard}");
    assert_eq!(stage.orders().await, 0);
    stage.one_message_each();
    stage.quit(program);
    stage.well_behaved();
}
