//! Forms in the channel: a press that still needs something opens one as its first answer.

use countersign_cards::Action;
use countersign_domain::event::Fact;
use serde_json::json;

use super::stage::{Stage, labels, pressed};
use crate::kept;

// R4
#[tokio::test(flavor = "multi_thread")]
async fn a_yes_that_has_to_be_typed_opens_a_form_and_a_wrong_number_sends_nothing() {
    let stage = Stage::new().await;
    let typed = ["trade.ticket_seconds=600", "trade.typed_above=0"];
    let program = stage.demo(&["--set", typed[0], "--set", typed[1]]);
    let card = stage.offer().await;
    let text = card.text();
    let size = text
        .find("Contracts")
        .map(|at| &text[at..])
        .expect("a size");
    let digits = size.chars().skip_while(|it| !it.is_ascii_digit());
    let contracts: String = digits.take_while(char::is_ascii_digit).collect();

    let answer = stage.answered(pressed(&stage.bo, card.id, "Confirm")).await;
    assert!(
        answer.form().is_none() && answer.is_ephemeral(),
        "{answer:?}"
    );
    for (number, why) in [("999", "999 is not its number"), ("all", "whole number")] {
        let press = pressed(&stage.ana, card.id, "Confirm");
        let answer = stage.answered(press).await;
        assert!(answer.form().is_some(), "{answer:?}");
        let handed_in = stage.ana.submits(press, &[("contracts", number)]);
        let answer = stage.answered(handed_in.expect("a form")).await;
        assert!(answer.text().contains(why), "{}", answer.text());
    }
    assert_eq!(stage.orders().await, 0);
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    let handed_in = stage.ana.submits(press, &[("contracts", &contracts)]);
    stage.answered(handed_in.expect("a form")).await;
    let decided = |it: &countersign_fakes::discord::MessageSeen| {
        !labels(it).iter().any(|it| it.contains("Confirm"))
    };
    stage.until(card.id, decided).await;
    assert_eq!(stage.orders().await, 1);
    stage.quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_plan_is_changed_in_a_form_that_shows_the_one_that_holds() {
    let stage = Stage::new().await;
    // One position and nothing else that waits, so that time runs on while its entry walks.
    let alone = ["limits.open_positions=1", "trade.watchlist=AAPL"];
    let program = stage.demo(&["--speed", "10", "--set", alone[0], "--set", alone[1]]);
    let card = stage.offer().await;
    stage
        .answered(pressed(&stage.ana, card.id, "Confirm"))
        .await;
    stage
        .until(card.id, |it| it.text().contains("Position open"))
        .await;
    let opened = |it: &Fact| match it {
        Fact::PositionOpened { position, .. } => Some(*position),
        _ => None,
    };
    let events = stage.events().await;
    let position = events.iter().find_map(|it| opened(&it.fact));
    let button = Action::ExitPlan(position.expect("a position")).encode();
    let press = stage.ana.forges_press(card.id, &button).expect("a press");
    let form = stage.answered(press).await;
    let shown = form.form().expect("a form").to_string();
    assert!(
        shown.contains("\"plan\"") && shown.contains("target"),
        "{shown}"
    );
    let handed_in = stage.ana.submits(press, &[("plan", "stop 20")]);
    let answer = stage.answered(handed_in.expect("a form")).await;
    assert!(
        answer.text().contains("The exit plan is changed"),
        "{}",
        answer.text()
    );
    let changed = |it: &Fact| matches!(it, Fact::ExitPlanChanged { .. });
    assert_eq!(kept::facts(stage.home.path(), changed).await, 1);
    stage.quit(program);
    stage.well_behaved();
}

// R30
#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_set_by_a_second_press_a_ping_is_timed_and_names_are_offered() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    stage.offer().await;
    stage.commands().await;
    let wanted = [
        ("action", json!("set")),
        ("limit", json!("open_positions")),
        ("value", json!("3")),
    ];
    let asked = stage.ana.slash(stage.channel, "limits", &wanted);
    let answer = stage.answered(asked.expect("a command")).await;
    let question = answer.original.clone().expect("a question");
    let changed = |it: &Fact| matches!(it, Fact::LimitChanged { .. });
    assert_eq!(kept::facts(stage.home.path(), changed).await, 0);
    stage
        .answered(pressed(&stage.ana, question.id, &labels(&question)[0]))
        .await;
    stage.until(question.id, |it| labels(it).is_empty()).await;
    assert_eq!(kept::facts(stage.home.path(), changed).await, 1);

    let asked = stage.mallory.slash(stage.channel, "ping", &[]);
    let answer = stage.answered(asked.expect("a command")).await;
    let ping = answer.original.clone().expect("a card");
    stage
        .answered(pressed(&stage.mallory, ping.id, &labels(&ping)[0]))
        .await;
    stage
        .until(ping.id, |it| it.text().contains(" ms to the platform"))
        .await;

    let typed = [("action", json!("revoke")), ("person", json!("an"))];
    let typing = stage
        .ana
        .autocompletes(stage.channel, "perms", &typed, "person");
    let answer = stage.answered(typing.expect("an argument")).await;
    assert!(
        answer.choices().iter().any(|it| it.1 == json!("Ana")),
        "{answer:?}"
    );
    stage.quit(program);
    stage.well_behaved();
}
