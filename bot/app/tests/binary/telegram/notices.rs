//! Notices: how loudly the chat is told things is set in the chat.

use super::stage::{Stage, quit};

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
    let next = stage
        .fake
        .until(stage.group, |chat| {
            let mut seen = chat.seen();
            let card = |it: &&countersign_fakes::telegram::Message| {
                it.id > set && it.reply_to.is_none() && it.text().contains("Ticket offered")
            };
            seen.find(card).cloned()
        })
        .await;
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
