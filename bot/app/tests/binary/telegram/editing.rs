//! Changing a ticket in the chat: Edit opens small changes below the card, and the card stays one message.

use countersign_fakes::telegram::{Fault, Message};

use super::stage::{CONFIRM, Stage, data, labels, quit};

/// What stands below an opened card of several contracts.
const OPENED: [&str; 4] = ["+1 contract", "Tighter limit", "Wider limit", "‹ Back"];

fn has(message: &Message, label: &str) -> bool {
    labels(message).iter().any(|it| it.contains(label))
}

// R31
#[tokio::test(flavor = "multi_thread")]
async fn edit_opens_small_changes_below_the_card_and_each_press_is_bound_to_what_it_showed() {
    let stage = Stage::new().await;
    let slow = ["--set", "trade.ticket_seconds=600"];
    let program = stage.demo(&slow);
    let card = stage.card().await;
    let edit = data(&card, "Edit");

    // Who may not change it opens nothing.
    let press = stage.bo.presses(stage.group, card.id, "Edit");
    assert!(stage.answered(&press).await.alert);
    let press = stage.ana.presses(stage.group, card.id, "Edit");
    assert!(!stage.answered(&press).await.alert);
    let opened = stage.until(card.id, |it| has(it, OPENED[0])).await;
    for label in OPENED.into_iter().chain(["Confirm", "Reject"]) {
        assert!(has(&opened, label), "{label}: {:?}", labels(&opened));
    }
    assert!(!has(&opened, "Snooze"), "{:?}", labels(&opened));
    assert!(opened.text().contains("revision 1"), "{}", opened.text());

    let tighter = data(&opened, OPENED[1]);
    assert!(
        tighter.starts_with("v1:edit-tighter:") && tighter.ends_with(":1"),
        "{tighter}"
    );
    let answer = stage.told(&stage.ana, &opened, &tighter).await;
    assert!(!answer.alert, "{}", answer.text);
    // Still open, and bound to what it shows now.
    let second = stage
        .until(card.id, |it| it.text().contains("revision 2"))
        .await;
    let now = data(&second, OPENED[1]);
    assert_eq!(now.strip_suffix(":2"), tighter.strip_suffix(":1"));
    let again = stage.told(&stage.ana, &second, &tighter).await;
    assert!(
        again.alert,
        "what an older card showed changes nothing: {}",
        again.text
    );

    let press = stage.ana.presses(stage.group, card.id, OPENED[3]);
    assert!(!stage.answered(&press).await.alert);
    let closed = stage.until(card.id, |it| has(it, "Snooze")).await;
    assert!(!has(&closed, OPENED[0]), "{:?}", labels(&closed));
    assert_eq!(
        data(&closed, "Edit").strip_suffix(":2"),
        edit.strip_suffix(":1")
    );
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    assert_eq!(stage.orders().await, 1);
    let of_card = |it: &&Message| it.text().contains("Worst loss") && it.id == card.id;
    assert_eq!(
        stage.fake.chat(stage.group).seen().filter(of_card).count(),
        1
    );
    quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_that_were_asked_for_come_also_when_the_platform_fails_at_first() {
    let stage = Stage::new().await;
    let slow = ["--set", "trade.ticket_seconds=600"];
    let program = stage.demo(&slow);
    let card = stage.card().await;
    stage.noted(&card).await;
    stage
        .fake
        .fail_next("editMessageText", 3, Fault::BadGateway);
    let press = stage.ana.presses(stage.group, card.id, "Edit");
    assert!(!stage.answered(&press).await.alert);
    stage.until(card.id, |it| has(it, OPENED[0])).await;
    quit(program);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_terms_can_be_written_and_the_next_start_shows_the_card_with_its_own_buttons() {
    let stage = Stage::new().await;
    let slow = ["--set", "trade.ticket_seconds=600"];
    let killed = stage.demo(&slow);
    let card = stage.card().await;
    stage.noted(&card).await;
    stage.ana.presses(stage.group, card.id, "Edit");
    let opened = stage.until(card.id, |it| has(it, OPENED[0])).await;
    drop(killed);

    // What stands in the chat goes on to work.
    let press = stage.ana.presses(stage.group, opened.id, "Write both");
    let program = stage.demo(&slow);
    assert!(!stage.answered(&press).await.alert);
    let form = stage.message(&["v1:edit-terms:"]).await;
    assert_eq!(
        form.stretches("text_mention"),
        ["Ana"],
        "it asks her and nobody else"
    );
    stage.ana.replies_to(stage.group, form.id, "2 1.05");
    let changed = stage
        .until(card.id, |it| it.text().contains("revision 2"))
        .await;
    assert!(has(&changed, "Snooze"), "{:?}", labels(&changed));
    assert!(
        changed.text().contains("Contracts: 2"),
        "{}",
        changed.text()
    );
    quit(program);
    stage.well_behaved();
}
