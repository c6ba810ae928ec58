//! People can do what their clients let them do, and no more.

use countersign_fakes::discord::{DriveError, permissions as may};
use serde_json::json;

use crate::bot::{Bot, button, row};

#[tokio::test]
async fn only_a_button_that_is_there_now_can_be_pressed() {
    let bot = Bot::unhurried().await;
    let mut grey = button("b", "Grey");
    grey["disabled"] = json!(true);
    let link = json!({"type": 2, "style": 5, "label": "Site", "url": "https://example.org"});
    let message = bot
        .writes(json!({"content": "x", "components": [row(vec![button("a", "Yes"), grey, link])]}))
        .await;
    bot.alice.presses(message, "Yes").expect("by its label");
    bot.alice.presses(message, "a").expect("by its id");
    assert_eq!(
        bot.alice.presses(message, "Grey"),
        Err(DriveError::Disabled("Grey".to_owned()))
    );
    assert_eq!(
        bot.alice.presses(message, "Site"),
        Err(DriveError::Disabled("Site".to_owned()))
    );
    let there = vec!["Yes".to_owned(), "Grey".to_owned(), "Site".to_owned()];
    assert_eq!(
        bot.alice.presses(message, "No"),
        Err(DriveError::NoComponent {
            wanted: "No".to_owned(),
            there
        })
    );
    let (status, _) = bot
        .send(
            "PATCH",
            &format!("{}/{message}", bot.messages()),
            json!({"components": []}),
        )
        .await;
    assert_eq!(status, 200);
    assert!(bot.alice.presses(message, "Yes").is_err(), "it is gone");
    bot.alice
        .presses_late(message, "Yes")
        .expect("a client that had not heard of it");
    bot.fake.delete_message(message);
    assert_eq!(
        bot.alice.presses(message, "Yes"),
        Err(DriveError::Message(message))
    );
}

#[tokio::test]
async fn an_answer_to_one_person_is_pressed_by_that_person_alone() {
    let bot = Bot::unhurried().await;
    let asked = bot.asked().await;
    let data =
        json!({"content": "sure?", "flags": 64, "components": [row(vec![button("a", "Yes")])]});
    bot.answers(asked, json!({"type": 4, "data": data})).await;
    let message = bot
        .fake
        .interaction(asked)
        .expect("known")
        .original
        .expect("an answer")
        .id;
    let bob = bot.fake.add_user("bob");
    assert_eq!(
        bob.presses(message, "Yes"),
        Err(DriveError::Message(message))
    );
    bot.alice.presses(message, "Yes").expect("a press");
}

#[tokio::test]
async fn who_does_not_see_a_channel_does_nothing_there() {
    let bot = Bot::unhurried().await;
    let message = bot.offers_button().await;
    let channel = bot.fake.channel();
    let stranger = bot.fake.add_stranger("mallory");
    assert_eq!(
        stranger.presses(message, "Confirm"),
        Err(DriveError::Message(message))
    );
    assert_eq!(
        stranger.says(channel, "hello"),
        Err(DriveError::Channel(channel))
    );
    bot.asked().await;
    assert_eq!(
        stranger.slash(channel, "positions", &[]),
        Err(DriveError::Channel(channel))
    );
}

/// Registers `/override ask` and `/halt`, which is for administrators.
async fn registered() -> Bot {
    let bot = Bot::unhurried().await;
    let amount = json!({"type": 4, "name": "value", "description": "x", "required": true, "min_value": 1, "max_value": 9});
    let whom = json!({"type": 6, "name": "whom", "description": "x"});
    let kind = json!({"type": 3, "name": "kind", "description": "x", "choices": [{"name": "One day", "value": "day"}]});
    let ask =
        json!({"type": 1, "name": "ask", "description": "x", "options": [amount, kind, whom]});
    let needs = may::ADMINISTRATOR.to_string();
    let commands = json!([
        {"name": "override", "description": "x", "options": [ask]},
        {"name": "halt", "description": "x", "default_member_permissions": needs},
    ]);
    assert_eq!(bot.registers(commands).await.0, 200);
    bot
}

#[tokio::test]
async fn a_command_is_sent_as_it_was_registered() {
    let bot = registered().await;
    let whom = json!(bot.alice.id().to_string());
    let given = [
        ("value", json!(5)),
        ("kind", json!("day")),
        ("whom", whom.clone()),
    ];
    let asked = bot.alice.slash(bot.fake.channel(), "override ask", &given);
    let payload = bot
        .fake
        .interaction_payload(asked.expect("a command"))
        .expect("known");
    let told = &payload["data"]["options"][0];
    assert_eq!(
        (&told["name"], &told["options"][0]["value"]),
        (&json!("ask"), &json!(5))
    );
    let resolved = &payload["data"]["resolved"]["users"];
    assert_eq!(resolved[whom.as_str().expect("an id")]["username"], "alice");
    assert_eq!(
        (&payload["type"], &payload["context"]),
        (&json!(2), &json!(0))
    );
}

#[tokio::test]
async fn a_command_that_is_not_offered_to_a_person_cannot_be_sent() {
    let bot = registered().await;
    let (alice, channel) = (&bot.alice, bot.fake.channel());
    let none = |name: &str| Err(DriveError::NoCommand(name.to_owned()));
    assert_eq!(alice.slash(channel, "nothing", &[]), none("nothing"));
    assert_eq!(
        alice.slash(channel, "override", &[]),
        none("override"),
        "a sub-command is missing"
    );
    assert_eq!(
        alice.slash(channel, "halt", &[]),
        none("halt"),
        "not for her"
    );
    bot.fake
        .owner()
        .slash(channel, "halt", &[])
        .expect("for the owner");
    let direct = bot.fake.direct_channel(alice);
    let refused = alice.slash(direct, "override ask", &[]);
    assert_eq!(
        refused,
        none("override ask"),
        "a guild's command is not in direct messages"
    );
}

#[tokio::test]
async fn an_option_takes_what_it_was_registered_for() {
    let bot = registered().await;
    let sends = |options: &[(&str, serde_json::Value)]| {
        bot.alice.slash(bot.fake.channel(), "override ask", options)
    };
    let five = ("value", json!(5));
    for (name, options) in [
        ("value", vec![("value", json!("5"))]),
        ("value", vec![("value", json!(10))]),
        ("value", vec![]),
        ("kind", vec![five.clone(), ("kind", json!("year"))]),
        ("size", vec![five.clone(), ("size", json!(1))]),
    ] {
        let refused = sends(&options);
        assert!(
            matches!(&refused, Err(DriveError::Option(told, _)) if told == name),
            "{refused:?}"
        );
    }
    sends(&[five]).expect("a command");
}

#[tokio::test]
async fn a_form_takes_what_fits_into_it() {
    let bot = Bot::unhurried().await;
    let asked = bot.asked().await;
    let field = json!({"type": 4, "custom_id": "n", "style": 1, "label": "Contracts", "min_length": 1, "max_length": 2, "value": "3"});
    let note =
        json!({"type": 4, "custom_id": "note", "style": 2, "label": "Note", "required": false});
    let form = json!({"custom_id": "v1:edit:1", "title": "Edit", "components": [row(vec![field]), row(vec![note])]});
    assert_eq!(
        bot.alice.submits(asked, &[]),
        Err(DriveError::NoForm(asked)),
        "none is open yet"
    );
    bot.answers(asked, json!({"type": 9, "data": form})).await;
    assert_eq!(
        bot.fake
            .interaction(asked)
            .expect("known")
            .form()
            .expect("a form")["title"],
        "Edit"
    );
    for values in [[("n", "")], [("n", "123")], [("m", "1")]] {
        assert!(
            matches!(
                bot.alice.submits(asked, &values),
                Err(DriveError::Field(..))
            ),
            "{values:?}"
        );
    }
    assert!(
        bot.fake.add_user("bob").submits(asked, &[]).is_err(),
        "it is not open to him"
    );
    let sent = bot.alice.submits(asked, &[("note", "hi")]).expect("a form");
    let payload = bot.fake.interaction_payload(sent).expect("known");
    assert_eq!(
        (&payload["type"], &payload["data"]["custom_id"]),
        (&json!(5), &json!("v1:edit:1"))
    );
    assert_eq!(
        payload["data"]["components"][0]["components"][0]["value"],
        "3"
    );
    assert_eq!(
        payload["data"]["components"][1]["components"][0]["value"],
        "hi"
    );
}

#[tokio::test]
async fn a_menu_offers_what_it_offers() {
    let bot = Bot::unhurried().await;
    let options =
        json!([{"label": "Too wide", "value": "wide"}, {"label": "Too late", "value": "late"}]);
    let menu = json!({"type": 3, "custom_id": "why", "options": options});
    let message = bot
        .writes(json!({"content": "x", "components": [row(vec![menu])]}))
        .await;
    let chosen = bot
        .alice
        .chooses(message, "why", &["late"])
        .expect("a choice");
    assert_eq!(
        bot.fake.interaction_payload(chosen).expect("known")["data"]["values"],
        json!(["late"])
    );
    assert!(bot.alice.chooses(message, "why", &["never"]).is_err());
    assert!(
        bot.alice
            .chooses(message, "why", &["wide", "late"])
            .is_err(),
        "one at a time"
    );
}

#[tokio::test]
async fn a_wait_ends_when_its_time_is_over() {
    let bot = Bot::unhurried().await;
    let asked = bot.asked().await;
    let late = bot
        .fake
        .answered(asked, std::time::Duration::from_millis(120))
        .await
        .expect_err("no answer");
    assert_eq!(late.what, "answer to the interaction");
}
