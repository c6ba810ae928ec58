//! Tests of answers, against the strict Discord.

use std::time::Duration;

use countersign_chat::budget;
use serde_json::json;
use serenity::model::application::Interaction;

use super::{Asked, Door};
use crate::{
    answer::Said,
    line::Call,
    stand_tests::{SOON, Stand},
};

/// A message with a button, pressed by Ana.
async fn press(stand: &Stand) -> (u64, Asked) {
    let body = json!({"content": "x", "components": [{"type": 1, "components": [
        {"type": 2, "style": 1, "label": "Press", "custom_id": "v1:why:x:0"}
    ]}]});
    let route = serenity::http::Route::ChannelMessages {
        channel_id: stand.fake.channel().into(),
    };
    let call = Call::new(serenity::http::LightMethod::Post, route, body);
    stand.line.wire.called(call).await.expect("posted");
    let message = stand.fake.messages(stand.fake.channel())[0].id;
    let press = stand.ana.presses(message, "Press").expect("a press");
    (press, asked(stand, press))
}

fn asked(stand: &Stand, interaction: u64) -> Asked {
    let payload = stand.fake.interaction_payload(interaction);
    let payload = payload.expect("a payload");
    match serde_json::from_value(payload).expect("an interaction") {
        Interaction::Component(press) => Asked::press(&press, stand.fake.channel()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_takes_long_is_said_to_be_seen_first_and_told_then() {
    let stand = Stand::new().await;
    let (press, asked) = press(&stand).await;
    let deciding = async {
        budget::wait(Duration::from_millis(3_500)).await;
        Said::sentence("Done.")
    };
    asked.answer(&stand.line.wire, Door::Call, deciding).await;
    let seen = stand.fake.interaction(press).expect("the press");
    let callback = seen.callback.expect("an answer");
    assert_eq!(callback.kind, 6);
    assert!(callback.latency < Duration::from_secs(3));
    let [told] = &seen.followups[..] else {
        panic!("{:?}", seen.followups);
    };
    assert_eq!(
        (told.content.as_str(), told.only_for),
        ("Done.", Some(stand.ana.id()))
    );
    stand.well_behaved();
}

#[tokio::test]
async fn many_messages_are_all_told_to_the_one_who_asked() {
    let stand = Stand::new().await;
    let (press, asked) = press(&stand).await;
    let long = Said::sentence(&"word ".repeat(3_000));
    let done = asked.answer(&stand.line.wire, Door::Call, async { long });
    tokio::time::timeout(SOON, done).await.expect("it ends");
    let seen = stand.fake.interaction(press).expect("the press");
    assert_eq!(seen.text().matches("word").count(), 3_000);
    assert!(seen.is_ephemeral());
    assert!(
        seen.followups
            .iter()
            .all(|it| it.only_for == Some(stand.ana.id()))
    );
    stand.well_behaved();
}

#[tokio::test]
async fn a_question_turns_into_its_answer() {
    let stand = Stand::new().await;
    let (first, question) = press(&stand).await;
    let button = json!([{"type": 1, "components": [
        {"type": 2, "style": 4, "label": "Yes", "custom_id": "v1:why:y:0"}
    ]}]);
    let said = Said::Messages(vec![json!({"content": "Really?", "components": button})]);
    question
        .answer(&stand.line.wire, Door::Call, async { said })
        .await;
    let seen = stand.fake.interaction(first).expect("the press");
    let question = seen.original.expect("a question").id;
    for slow in [false, true] {
        let yes = stand
            .ana
            .forges_press(question, "v1:why:y:0")
            .expect("a press");
        let deciding = async {
            if slow {
                budget::wait(Duration::from_millis(2_500)).await;
            }
            Said::sentence(if slow { "Slowly." } else { "At once." })
        };
        asked(&stand, yes)
            .answer(&stand.line.wire, Door::Call, deciding)
            .await;
        let now = stand.fake.message(question).expect("the question");
        assert_eq!(now.content, if slow { "Slowly." } else { "At once." });
        assert!(now.buttons().is_empty());
    }
    stand.well_behaved();
}
