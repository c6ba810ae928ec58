//! A platform that answers late, wrong or not at all.

use countersign_fakes::telegram::{Call, Fault, Message};

use super::stage::{CONFIRM, Stage, is_bare, labels, quit};

fn sent(calls: &[Call]) -> usize {
    calls.iter().filter(|it| it.method == "sendMessage").count()
}

// R16
#[tokio::test(flavor = "multi_thread")]
async fn told_to_wait_it_waits_and_the_alarm_goes_first() {
    let stage = Stage::new().await;
    stage.fake.fail_next("sendMessage", 1, Fault::TooMany(4));
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    stage.fake.until_calls(|calls| sent(calls) == 1).await;
    // While it waits somebody else listens twice, of which an alarm tells.
    stage.fake.fail_next("getUpdates", 2, Fault::Conflict);
    stage.ana.sends(stage.group, "hello");
    let alarm = stage.message(&["Presses are not heard"]).await;
    let card = stage.card().await;
    assert!(alarm.id < card.id, "{} {}", alarm.text(), card.text());
    stage.fake.until_calls(|calls| sent(calls) >= 3).await;
    let calls = stage.fake.calls();
    let calls: Vec<&Call> = calls
        .iter()
        .filter(|it| it.method == "sendMessage")
        .collect();
    assert_eq!(calls.len(), 3, "{calls:#?}");
    let waited = calls[1].at.saturating_sub(calls[0].at);
    assert!(waited.as_secs_f64() >= 4.0, "{waited:?}");
    quit(program);
    stage.well_behaved();
}

// R16
#[tokio::test(flavor = "multi_thread")]
async fn cut_and_broken_answers_lose_nothing_and_the_newest_state_is_shown() {
    let stage = Stage::new().await;
    stage.fake.fail_next("sendMessage", 2, Fault::Cut);
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    for fault in [Fault::Cut, Fault::LoseAnswer, Fault::BadGateway] {
        stage.fake.fail_next("editMessageText", 1, fault);
    }
    stage.fake.fail_next("getUpdates", 2, Fault::Cut);
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    assert!(!stage.answered(&press).await.alert);
    let decided = stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    assert!(decided.text().contains("Ana"), "{}", decided.text());
    let chat = stage.fake.chat(stage.group);
    let same = |it: &&Message| it.versions[0].content == card.versions[0].content;
    assert_eq!(chat.seen().filter(same).count(), 1, "{chat:#?}");
    let calls = stage.fake.calls();
    let edits = calls
        .iter()
        .filter(|it| it.method == "editMessageText")
        .count();
    assert!(edits <= 20, "{edits} edits");
    quit(program);
    stage.well_behaved();
}

// R16
#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_never_answered_does_not_hold_the_room_for_ever() {
    let stage = Stage::new().await;
    stage.fake.fail_next("sendMessage", 1, Fault::Silence);
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    assert!(!stage.answered(&press).await.alert);
    quit(program);
    stage.well_behaved();
}

// R16 R19
#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_is_down_is_called_seldom_and_heard_again_soon() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=5"]);
    let card = stage.card().await;
    stage.noted(&card).await;
    let calls = stage.fake.calls().len();
    stage.fake.fail_next("editMessageText", 5, Fault::Cut);
    stage.fake.fail_next("getUpdates", 5, Fault::Cut);
    stage.until(card.id, is_bare).await;
    let edits = stage.fake.calls().len() - calls;
    println!("{edits} calls until the card was drawn in spite of ten cuts");
    assert!(edits <= 40, "{edits} calls");
    quit(program);
    stage.well_behaved();
}
