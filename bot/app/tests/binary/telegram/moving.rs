//! A group that becomes a supergroup has another number.

use super::stage::{CONFIRM, Stage, data, labels, quit};

// R21
#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_becomes_a_supergroup_gets_its_cards_again_and_a_restart_knows_it() {
    let stage = Stage::new().await;
    let first = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    stage.noted(&card).await;
    let confirm = data(&card, "Confirm");
    let new = stage.fake.migrate(stage.group);
    let again = stage
        .fake
        .until(new, |chat| {
            let decides = |label: &String| label.contains("Confirm");
            let mut cards = chat.seen().filter(|it| labels(it).iter().any(decides));
            cards.find(|it| data(it, "Confirm") == confirm).cloned()
        })
        .await;
    quit(first);

    let from = stage.fake.calls().len();
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let press = stage.ana.presses(new, again.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    stage
        .fake
        .until(new, |chat| {
            let now = chat.messages.get(&again.id)?;
            now.text().contains("Ana").then_some(())
        })
        .await;
    let calls = stage.fake.calls().split_off(from);
    let old: Vec<_> = calls
        .iter()
        .filter(|it| it.chat == Some(stage.group))
        .collect();
    assert!(old.is_empty(), "{old:#?}");
    assert_eq!(stage.orders().await, 1);
    quit(program);
    stage.well_behaved();
}

// R21
#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_moved_while_nothing_ran_is_found_by_its_first_card() {
    let stage = Stage::new().await;
    let killed = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    stage.noted(&card).await;
    drop(killed);
    let new = stage.fake.migrate(stage.group);
    // What told of it is lost: the bot hears of it with its next message.
    let late = ["--set", "demo.start=2026-03-17T11:10:00", "--speed", "60"];
    let program = stage.demo(&late);
    let next = stage
        .fake
        .until(new, |chat| chat.with_text("Ticket").cloned())
        .await;
    assert_eq!(next.chat, new);
    quit(program);
    stage.well_behaved();
}
