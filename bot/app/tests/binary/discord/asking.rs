//! Asking by slash command: the same words and rights as everywhere.

use serde_json::json;

use super::stage::{SOON, Stage};

// R27, R28
#[tokio::test(flavor = "multi_thread")]
async fn commands_are_offered_suggested_and_answered_by_role() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    stage.offer().await;
    assert!(stage.commands().await.len() > 40);

    let asked = stage.ana.slash(stage.channel, "positions", &[]);
    let answer = stage.answered(asked.expect("a command")).await;
    assert!(answer.is_ephemeral(), "{answer:?}");
    assert!(answer.text().contains("PAPER"), "{}", answer.text());

    let asked = stage.mallory.slash(stage.channel, "account", &[]);
    let answer = stage.answered(asked.expect("a command")).await;
    assert!(answer.text().contains("list of operators"), "{answer:?}");

    let reason = [("reason", json!("the news are odd"))];
    let asked = stage.bo.slash(stage.channel, "reduce", &reason);
    let answer = stage.answered(asked.expect("a command")).await;
    assert!(answer.text().contains("trader"), "{}", answer.text());

    let typed = [("ticket", json!(""))];
    let typing = stage
        .ana
        .autocompletes(stage.channel, "why", &typed, "ticket");
    let answer = stage.answered(typing.expect("an argument")).await;
    let choices = answer.choices();
    assert!(!choices.is_empty(), "{answer:?}");
    let asked = stage
        .ana
        .slash(stage.channel, "why", &[("ticket", choices[0].1.clone())]);
    let answer = stage.answered(asked.expect("a command")).await;
    assert!(answer.text().contains("offered"), "{}", answer.text());

    let asked = stage
        .ana
        .slash(stage.channel, "export", &[("format", json!("csv"))]);
    let answer = stage.answered(asked.expect("a command")).await;
    assert!(
        answer.is_ephemeral() && answer.text().contains("Account demo"),
        "{answer:?}"
    );
    let file = stage
        .fake
        .wait("a file", SOON, |fake| {
            let followups = fake.interaction(answer.id)?.followups.into_iter();
            followups
                .filter(|it| it.only_for.is_some())
                .find_map(|it| it.attachments.into_iter().next())
        })
        .await;
    let file = file.expect("a file, for her alone");
    assert_eq!(file.filename.rsplit('.').next(), Some("csv"));
    assert!(
        file.bytes.starts_with(b"time_utc,kind,account,"),
        "{file:?}"
    );

    let typing = stage
        .mallory
        .autocompletes(stage.channel, "why", &typed, "ticket");
    let answer = stage.answered(typing.expect("an argument")).await;
    assert_eq!(answer.choices(), [], "who is on no list is told nothing");
    stage.quit(program);
    stage.well_behaved();
}
