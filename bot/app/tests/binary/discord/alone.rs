//! Alone with the bot: what is asked, pressed and handed in there counts as in the room.

use countersign_domain::event::Fact;
use serde_json::json;

use super::stage::{Stage, data, labels, pressed};

// R27
#[tokio::test(flavor = "multi_thread")]
async fn alone_with_the_bot_presses_and_forms_count_and_where_the_desk_is_not_none_does() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.offer().await;
    stage.commands().await;

    // A channel that is none of the desk's.
    let foreign = stage.fake.add_channel("elsewhere");
    let said = stage.ana.says(foreign, "x").expect("a message");
    let confirm = data(&card, "Confirm");
    let press = stage.ana.forges_press(said, &confirm).expect("a press");
    let answer = stage.answered(press).await;
    assert!(answer.text().contains("no desk here"), "{answer:?}");

    // A button of an answer opens a form, which is handed in.
    let alone = stage.fake.direct_channel(&stage.ana);
    let asked = stage.ana.slash(alone, "board", &[]).expect("a command");
    let answer = stage.answered(asked).await;
    let mut told = answer.original.iter().chain(&answer.followups);
    let board = told.find(|it| labels(it).contains(&"Reduce".to_owned()));
    let board = board.expect("a board");
    assert_eq!(board.channel, alone);
    let press = pressed(&stage.ana, board.id, "Reduce");
    assert!(stage.answered(press).await.form().is_some());
    let handed_in = stage.ana.submits(press, &[("reason", "the news are odd")]);
    stage.answered(handed_in.expect("a form")).await;
    stage.until(card.id, |it| labels(it).is_empty()).await;

    // What is asked once more.
    let reason = [("reason", json!("flash crash"))];
    let asked = stage.ana.slash(alone, "panic", &reason);
    let asked = stage.answered(asked.expect("a command")).await;
    let question = asked.original.expect("a question");
    let press = pressed(&stage.ana, question.id, &labels(&question)[0]);
    stage.answered(press).await;
    let events = stage.events().await;
    let said = |it: &Fact| format!("{it:?}").contains("flash crash");
    assert!(
        events.iter().any(|it| said(&it.fact)),
        "{}",
        stage.fake.interaction(press).expect("the press").text()
    );
    stage.quit(program);
    stage.well_behaved();
}
