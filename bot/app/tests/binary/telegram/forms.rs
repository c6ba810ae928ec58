//! Forms in the chat: what a press still needs is asked for, and an answer to it is the press.

use countersign_domain::event::Fact;
use countersign_fakes::telegram::Message;

use super::stage::{CONFIRM, Stage, data, labels, quit};
use crate::kept;

/// The newest form with that in its last line, after a message.
async fn form(stage: &Stage, after: i64, part: &str) -> Message {
    let is = |it: &&Message| it.id > after && it.text().contains(part);
    stage
        .fake
        .until(stage.group, |chat| chat.seen().rev().find(is).cloned())
        .await
}

/// The contracts that a card shows.
fn contracts(card: &Message) -> String {
    let text = card.text();
    let (_, count) = text.split_once("Contracts: ").expect("a size");
    count.chars().take_while(char::is_ascii_digit).collect()
}

// R4
#[tokio::test(flavor = "multi_thread")]
async fn a_yes_that_has_to_be_typed_is_asked_for_and_a_wrong_number_sends_nothing() {
    let stage = Stage::new().await;
    let typed = ["trade.ticket_seconds=600", "trade.typed_above=0"];
    let program = stage.demo(&["--set", typed[0], "--set", typed[1]]);
    let card = stage.card().await;

    // Who may not say yes is not asked.
    let press = stage.bo.presses(stage.group, card.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(answer.alert && answer.text.contains("trader"), "{answer:?}");
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    let asks = form(&stage, card.id, "v1:confirm:").await;
    assert!(
        asks.text().contains("Type the contracts"),
        "{}",
        asks.text()
    );
    assert_eq!(asks.stretches("text_mention"), ["Ana"]);

    for (wrong, why) in [
        ("999", "999 is not its number"),
        ("all of it", "whole number"),
    ] {
        let said = stage.ana.replies_to(stage.group, asks.id, wrong);
        let answer = stage.answer_to(stage.group, said).await;
        assert!(answer.text().contains(why), "{}", answer.text());
    }
    // Bo's right number is no yes either.
    let said = stage.bo.replies_to(stage.group, asks.id, &contracts(&card));
    let answer = stage.answer_to(stage.group, said).await;
    assert!(answer.text().contains("trader"), "{}", answer.text());
    assert_eq!(stage.orders().await, 0);

    // The next form is in her own language, also in what it says last.
    let said = stage.ana.sends(stage.group, "/settings language de me");
    stage.answer_to(stage.group, said).await;
    stage.ana.presses(stage.group, card.id, CONFIRM);
    let german = form(&stage, asks.id, "v1:confirm:").await;
    let last = "Diese Nachricht damit beantworten.";
    assert!(german.text().contains(last), "{}", german.text());

    stage
        .ana
        .replies_to(stage.group, german.id, &contracts(&card));
    let confirmed = |it: &Message| !labels(it).iter().any(|it| it == CONFIRM);
    stage.until(card.id, confirmed).await;
    assert_eq!(stage.orders().await, 1);
    quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_plan_is_changed_by_answering_with_its_words() {
    let stage = Stage::new().await;
    // One position and nothing else that waits, so that time runs on while its entry walks.
    let alone = ["limits.open_positions=1", "trade.watchlist=AAPL"];
    let program = stage.demo(&["--speed", "10", "--set", alone[0], "--set", alone[1]]);
    let card = stage.card().await;
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    assert!(!stage.answered(&press).await.alert);
    let open = stage.message(&super::board::POSITION).await;
    let change = data(&open, "Close").replace("close", "exit-plan");
    let answer = stage.told(&stage.ana, &open, &change).await;
    assert!(!answer.alert, "{}", answer.text);
    let asks = form(&stage, open.id, "v1:exit-plan:").await;
    assert!(asks.text().contains("(now target"), "{}", asks.text());

    let said = stage.ana.replies_to(stage.group, asks.id, "a bit tighter");
    let answer = stage.answer_to(stage.group, said).await;
    assert!(answer.text().contains("/exitplan"), "{}", answer.text());
    let said = stage.ana.replies_to(stage.group, asks.id, "stop 20");
    let answer = stage.answer_to(stage.group, said).await;
    assert!(
        answer.text().contains("The exit plan is changed"),
        "{}",
        answer.text()
    );
    let changed = |it: &Fact| matches!(it, Fact::ExitPlanChanged { .. });
    assert_eq!(kept::facts(stage.home.path(), changed).await, 1);
    quit(program);
    stage.well_behaved();
}

// R30
#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_set_by_the_second_press_of_who_was_shown_the_change() {
    let stage = Stage::new().await;
    let (ana, bo) = (&stage.ana, &stage.bo);
    stage.configure_as(
        &[stage.group],
        &[(ana, "Ana", "admin"), (bo, "Bo", "admin")],
    );
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    stage.card().await;
    let asked = ana.sends(stage.group, "/limits set open_positions 3");
    let question = stage.answer_to(stage.group, asked).await;
    let tighter = "It becomes tighter";
    assert!(question.text().contains(tighter), "{}", question.text());
    assert!(question.text().contains("30 s"), "{}", question.text());
    let changed = |it: &Fact| matches!(it, Fact::LimitChanged { .. });
    assert_eq!(kept::facts(stage.home.path(), changed).await, 0);

    // Somebody else's yes neither counts nor takes the question away.
    let yes = labels(&question).first().expect("a button").clone();
    let press = bo.presses(stage.group, question.id, &yes);
    let answer = stage.answered(&press).await;
    assert!(
        answer.alert && answer.text.contains("Somebody else"),
        "{answer:?}"
    );
    let said = bo.sends(stage.group, "/version");
    stage.answer_to(stage.group, said).await;
    let press = ana.presses(stage.group, question.id, &yes);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    assert_eq!(kept::facts(stage.home.path(), changed).await, 1);
    quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ping_tells_everybody_how_long_it_took_and_a_list_shows_what_one_put_aside() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    let asked = stage.mallory.sends(stage.group, "/ping");
    let ping = stage.answer_to(stage.group, asked).await;
    let button = labels(&ping).first().expect("a button").clone();
    let press = stage.mallory.presses(stage.group, ping.id, &button);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    stage
        .until(ping.id, |it| it.text().contains(" ms to the platform"))
        .await;

    // A small change of a card that is old to who may change nothing says no more than that.
    let nudge = data(&card, "Confirm").replace("confirm", "edit-tighter");
    let nudge = format!("{}7", nudge.strip_suffix('1').expect("revision 1"));
    let before = stage.strangers().await;
    let answer = stage.told(&stage.mallory, &card, &nudge).await;
    assert!(answer.text.contains("list of operators"), "{answer:?}");
    assert_eq!(stage.strangers().await, before + 1);

    let press = stage.ana.presses(stage.group, card.id, "Snooze");
    assert!(!stage.answered(&press).await.alert);
    for (who, aside) in [(&stage.ana, true), (&stage.bo, false)] {
        let asked = who.sends(stage.group, "/tickets");
        let list = stage.answer_to(stage.group, asked).await;
        let says = list.text().contains("Put aside until");
        assert_eq!(says, aside, "{}", list.text());
    }
    quit(program);
    stage.well_behaved();
}
