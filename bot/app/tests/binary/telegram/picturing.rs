//! The payoff of a ticket: a picture below its card, for who asks.

use countersign_fakes::telegram::{Fault, Message};

use super::stage::{CONFIRM, Stage, data, labels, quit};

#[tokio::test(flavor = "multi_thread")]
async fn the_payoff_is_a_picture_below_the_card_and_the_card_stays_what_it_is() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    assert!(
        data(&card, "Payoff").starts_with("v1:picture:"),
        "{:?}",
        labels(&card)
    );
    let press = stage.mallory.presses(stage.group, card.id, "Payoff");
    assert!(stage.answered(&press).await.alert);
    let press = stage.bo.presses(stage.group, card.id, "Payoff");
    assert!(!stage.answered(&press).await.alert);
    let is_photo = |it: &&Message| it.photo().is_some();
    let picture = stage
        .fake
        .until(stage.group, |chat| chat.seen().find(is_photo).cloned())
        .await;
    assert_eq!(picture.reply_to, Some(card.id));
    assert!(picture.silent, "it is for the one who asked");
    assert!(picture.photo().is_some_and(|it| it.len() > 2_000));
    assert!(
        picture.text().contains('$'),
        "the same in words: {}",
        picture.text()
    );
    assert!(picture.text().encode_utf16().count() <= 1024);

    // Where no picture can be shown, it is told in words alone.
    stage.fake.fail_next("sendPhoto", 1, Fault::Internal);
    stage.bo.presses(stage.group, card.id, "Payoff");
    let words = |it: &&Message| it.photo().is_none() && it.text() == picture.text();
    stage
        .fake
        .until(stage.group, |chat| chat.seen().find(words).cloned())
        .await;

    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    quit(program);
    stage.well_behaved();
}
