//! Notices: how loudly the chat is told things is set in the chat.

use countersign_fakes::telegram::{Fault, Message};

use super::stage::{Stage, quit};

/// The first card of a ticket after that message.
async fn offered_after(stage: &Stage, message: i64) -> Message {
    let card = |it: &&Message| {
        it.id > message && it.reply_to.is_none() && it.text().contains("Ticket offered")
    };
    stage
        .fake
        .until(stage.group, |chat| chat.seen().find(card).cloned())
        .await
}

// R23
#[tokio::test(flavor = "multi_thread")]
async fn the_next_ticket_makes_no_sound_once_the_chat_said_so_and_answers_speak_ones_language() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--speed", "120"]);
    let first = stage.card().await;
    assert!(!first.silent, "{}", first.text());

    let asked = stage.ana.sends(stage.group, "/settings notify alarm off");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(answer.text().contains("muted"), "{}", answer.text());
    let asked = stage.bo.sends(stage.group, "/settings notify offer silent");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(answer.text().contains("admin"), "{}", answer.text());

    let asked = stage
        .ana
        .sends(stage.group, "/settings notify offer silent");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(answer.text().contains("/settings"), "{}", answer.text());
    let set = answer.id;
    let next = offered_after(&stage, set).await;
    assert!(next.silent, "{}", next.text());
    let asked = stage.ana.sends(stage.group, "/settings");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(answer.text().contains("silent"), "{}", answer.text());

    let asked = stage.bo.sends(stage.group, "/settings language de me");
    stage.answer_to(stage.group, asked).await;
    let asked = stage.bo.sends(stage.group, "/settings");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(answer.text().contains("lautlos"), "{}", answer.text());
    let asked = stage.ana.sends(stage.group, "/settings");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(!answer.text().contains("lautlos"), "{}", answer.text());
    quit(program);
    stage.well_behaved();
}

// R23
#[tokio::test(flavor = "multi_thread")]
async fn in_quiet_hours_over_midnight_a_card_makes_no_sound_and_an_alarm_does() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--speed", "120", "--set", "trade.alarms.deaf_s=3"]);
    let first = stage.card().await;
    assert!(!first.silent, "{}", first.text());
    // By day in New York.
    let asked = stage
        .ana
        .sends(stage.group, "/settings quiet 23:00 22:00 UTC");
    let set = stage.answer_to(stage.group, asked).await;
    let next = offered_after(&stage, set.id).await;
    assert!(next.silent, "{}", next.text());
    stage.fake.fail_next("getUpdates", 1_000, Fault::BadGateway);
    let alarm = stage.message(&["Presses are not heard"]).await;
    assert!(!alarm.silent, "{}", alarm.text());
    quit(program);
    stage.well_behaved();
}
