//! Deciding in the chat: a press on a card makes one order, and the card tells the rest.

use super::stage::{Stage, labels, quit};

#[tokio::test(flavor = "multi_thread")]
async fn a_press_in_the_group_makes_one_order_and_the_card_tells_its_life() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage
        .message(&["Ticket offered", "Worst loss", "PAPER"])
        .await;
    assert!(
        labels(&card).iter().any(|it| it.contains("Confirm")),
        "{:?}",
        labels(&card)
    );

    // Somebody whom nobody knows gets a private answer, and nothing else changes.
    let press = stage.mallory.presses(stage.group, card.id, "✅ Confirm");
    let answer = stage.fake.until_answered(&press).await;
    assert!(answer.text.contains("list of operators"), "{}", answer.text);
    assert!(answer.alert);
    let press = stage.bo.presses(stage.group, card.id, "✅ Confirm");
    assert!(stage.fake.until_answered(&press).await.alert);

    let press = stage.ana.presses(stage.group, card.id, "✅ Confirm");
    let answer = stage.fake.until_answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    let decided = stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    assert!(decided.text().contains("Ana"), "{}", decided.text());
    quit(program);
    stage.well_behaved();
}
