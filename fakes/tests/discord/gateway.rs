//! Sessions of the gateway: how they begin, end, and go on.

use std::time::Duration;

use serde_json::{Value, json};

use crate::bot::{Bot, INTENTS, SOON, Socket, identify};
use countersign_fakes::discord::MESSAGE_CONTENT;

#[tokio::test]
async fn who_identifies_is_told_the_guilds_and_what_happens_there() {
    let bot = Bot::unhurried().await;
    let (mut socket, ready) = Socket::ready(&bot.fake, INTENTS).await;
    assert_eq!(ready["d"]["user"]["id"], bot.fake.application().to_string());
    assert_eq!(ready["d"]["resume_gateway_url"], bot.fake.gateway_url());
    let guild = socket.event("GUILD_CREATE").await;
    assert_eq!(guild["d"]["channels"][0]["name"], "desk");
    bot.fake.ready(SOON).await.expect("a session");

    let message = bot
        .alice
        .says(bot.fake.channel(), "hello")
        .expect("a message");
    let told = socket.event("MESSAGE_CREATE").await;
    assert_eq!(
        (&told["d"]["id"], &told["d"]["content"]),
        (&json!(message.to_string()), &json!("")),
        "content is privileged"
    );
    bot.alice
        .says(bot.fake.direct_channel(&bot.alice), "hello")
        .expect("a message");
    assert_eq!(
        socket.event("MESSAGE_CREATE").await["d"]["content"],
        "hello",
        "but not to the bot itself"
    );
    bot.fake.delete_message(message);
    assert_eq!(
        socket.event("MESSAGE_DELETE").await["d"]["id"],
        message.to_string()
    );
    let asked = bot.asked().await;
    let told = socket.event("INTERACTION_CREATE").await;
    assert_eq!(
        (&told["d"]["id"], &told["d"]["data"]["name"]),
        (&json!(asked.to_string()), &json!("positions"))
    );
    bot.no_violations();
}

#[tokio::test]
async fn content_is_told_to_who_was_granted_it() {
    let bot = Bot::unhurried().await;
    bot.fake.grant_intents(MESSAGE_CONTENT);
    let (mut socket, _) = Socket::ready(&bot.fake, INTENTS | MESSAGE_CONTENT).await;
    bot.alice
        .says(bot.fake.channel(), "hello")
        .expect("a message");
    assert_eq!(
        socket.event("MESSAGE_CREATE").await["d"]["content"],
        "hello"
    );
}

/// Says each thing first on a socket of its own, and sees it closed with that code, and noted.
async fn all_closed(bot: &Bot, cases: Vec<(&str, String, u16)>) {
    for (what, said, code) in cases {
        let before = bot.fake.violations().len();
        let mut socket = Socket::connect(&bot.fake).await;
        socket.say_text(&said).await;
        assert_eq!(socket.closed().await, Some(code), "{what}");
        assert_eq!(bot.fake.violations().len(), before + 1, "{what} is noted");
    }
}

#[tokio::test]
async fn a_wrong_word_closes_the_socket_with_its_code() {
    let bot = Bot::unhurried().await;
    let long = format!("{{\"op\":1,\"d\":null,\"x\":\"{}\"}}", "x".repeat(4096));
    let cases = vec![
        ("no JSON", "{".to_owned(), 4002),
        ("no op", "{}".to_owned(), 4002),
        ("too long", long, 4002),
        (
            "an op that is none",
            json!({"op": 99, "d": null}).to_string(),
            4001,
        ),
        (
            "a wish before identify",
            json!({"op": 3, "d": {}}).to_string(),
            4003,
        ),
        (
            "a heartbeat that is no number",
            json!({"op": 1, "d": "x"}).to_string(),
            4002,
        ),
    ];
    all_closed(&bot, cases).await;
    let (mut socket, _) = Socket::ready(&bot.fake, INTENTS).await;
    socket.say(&identify(&bot.fake, INTENTS)).await;
    assert_eq!(socket.closed().await, Some(4005), "identified twice");
    let mut socket = Socket::connect(&bot.fake).await;
    for _ in 0..121 {
        socket.say(&json!({"op": 1, "d": null})).await;
    }
    assert_eq!(socket.closed().await, Some(4008), "121 in a minute");
    let mut old = Socket::connect_to(&format!("{}/?v=6", bot.fake.gateway_url())).await;
    assert_eq!(old.closed().await, Some(4012), "an old version");
}

#[tokio::test]
async fn a_wrong_identify_closes_the_socket_with_its_code() {
    let bot = Bot::unhurried().await;
    bot.fake.set_identify_interval(Duration::ZERO);
    let with = |name: &str, value: Value| {
        let mut payload = identify(&bot.fake, INTENTS);
        payload["d"][name] = value;
        payload.to_string()
    };
    let cases = vec![
        ("a wrong token", with("token", json!("x")), 4004),
        ("no properties", with("properties", Value::Null), 4002),
        ("no intents", with("intents", Value::Null), 4013),
        (
            "intents that are none",
            with("intents", json!(1_u64 << 40)),
            4013,
        ),
        (
            "privileged intents",
            with("intents", json!(MESSAGE_CONTENT)),
            4014,
        ),
        ("a shard out of range", with("shard", json!([1, 1])), 4010),
    ];
    all_closed(&bot, cases).await;
}

#[tokio::test]
async fn identify_has_a_budget_and_a_pace() {
    let bot = Bot::unhurried().await;
    let (_first, _) = Socket::ready(&bot.fake, INTENTS).await;
    let mut hasty = Socket::connect(&bot.fake).await;
    hasty.say(&identify(&bot.fake, INTENTS)).await;
    assert_eq!(
        hasty.hear().await,
        json!({"op": 9, "s": null, "t": null, "d": false}),
        "within five seconds"
    );
    assert_eq!(
        bot.get("/gateway/bot").await["session_start_limit"]["remaining"],
        999
    );
    bot.fake.set_identify_interval(Duration::ZERO);
    bot.fake.set_identify_budget(0);
    let mut spent = Socket::connect(&bot.fake).await;
    spent.say(&identify(&bot.fake, INTENTS)).await;
    assert_eq!(spent.closed().await, Some(4004));
}

fn resume(bot: &Bot, session: &Value, seq: u64) -> Value {
    json!({"op": 6, "d": {"token": bot.fake.token(), "session_id": session, "seq": seq}})
}

#[tokio::test]
async fn a_session_that_was_cut_is_resumed_and_told_what_it_missed() {
    let bot = Bot::unhurried().await;
    let (mut socket, ready) = Socket::ready(&bot.fake, INTENTS).await;
    let seq = socket.event("GUILD_CREATE").await["s"]
        .as_u64()
        .expect("a number");
    bot.fake.cut_gateway();
    assert_eq!(socket.closed().await, None);
    let asked = bot.asked().await;
    let session = &ready["d"]["session_id"];
    let mut again = Socket::connect(&bot.fake).await;
    again.say(&resume(&bot, session, seq)).await;
    assert_eq!(
        again.event("INTERACTION_CREATE").await["d"]["id"],
        asked.to_string()
    );
    again.event("RESUMED").await;
    assert_eq!(bot.fake.gateway_counts().1, 1);
    bot.no_violations();

    let mut ahead = Socket::connect(&bot.fake).await;
    ahead.say(&resume(&bot, session, 1000)).await;
    assert_eq!(ahead.closed().await, Some(4007));
}

#[tokio::test]
async fn a_connection_that_is_deaf_is_acknowledged_and_told_by_a_resume_what_it_missed() {
    let bot = Bot::unhurried().await;
    let (mut socket, ready) = Socket::ready(&bot.fake, INTENTS).await;
    let seq = socket.event("GUILD_CREATE").await["s"]
        .as_u64()
        .expect("a number");
    bot.fake.deafen_connections();
    let asked = bot.asked().await;
    socket.say(&json!({"op": 1, "d": seq})).await;
    assert_eq!(socket.hear().await["op"], 11, "and nothing before");
    let session = &ready["d"]["session_id"];
    // Nobody is told anything: not by a resume either.
    bot.fake.keep_events(true);
    let mut again = Socket::connect(&bot.fake).await;
    again.say(&resume(&bot, session, seq)).await;
    assert_eq!(again.hear().await["t"], "RESUMED");
    bot.fake.keep_events(false);
    let mut well = Socket::connect(&bot.fake).await;
    well.say(&resume(&bot, session, seq)).await;
    let told = well.event("INTERACTION_CREATE").await;
    assert_eq!(told["d"]["id"], asked.to_string());
    let next = bot.asked().await;
    let told = well.event("INTERACTION_CREATE").await;
    assert_eq!(told["d"]["id"], next.to_string());
}

#[tokio::test]
async fn a_session_that_said_goodbye_or_was_forgotten_is_not_resumed() {
    let bot = Bot::unhurried().await;
    bot.fake.set_identify_interval(Duration::ZERO);
    let (socket, ready) = Socket::ready(&bot.fake, INTENTS).await;
    socket.leave(1000).await;
    bot.fake
        .wait("goodbye", SOON, |fake| {
            (fake.connected() == 0).then_some(())
        })
        .await
        .expect("gone");
    let mut again = Socket::connect(&bot.fake).await;
    again.say(&resume(&bot, &ready["d"]["session_id"], 1)).await;
    assert_eq!(
        (&again.hear().await["op"], bot.fake.gateway_counts().1),
        (&json!(9), 0)
    );

    let (mut socket, ready) = Socket::ready(&bot.fake, INTENTS).await;
    bot.fake.forget_sessions();
    socket.closed().await;
    let mut again = Socket::connect(&bot.fake).await;
    again.say(&resume(&bot, &ready["d"]["session_id"], 1)).await;
    assert_eq!(again.hear().await["op"], 9);
}

#[tokio::test]
async fn who_sends_no_heartbeat_is_closed_and_who_does_is_answered() {
    let bot = Bot::unhurried().await;
    bot.fake.set_heartbeat(Duration::from_millis(200));
    let mut socket = Socket::connect(&bot.fake).await;
    socket.say(&json!({"op": 1, "d": null})).await;
    assert_eq!(socket.hear().await["op"], 11);
    bot.fake.mute_heartbeats(true);
    socket.say(&json!({"op": 1, "d": null})).await;
    assert_eq!(
        socket.closed().await,
        Some(4009),
        "and nothing was acknowledged before"
    );
    assert_eq!(bot.fake.gateway_counts().2, 2);
}

#[tokio::test]
async fn the_gateway_can_ask_refuse_and_tell_anything() {
    let bot = Bot::unhurried().await;
    let (mut socket, _) = Socket::ready(&bot.fake, INTENTS).await;
    bot.fake.tell_event("SOMETHING_NEW", &json!({"a": 1}));
    assert_eq!(socket.event("SOMETHING_NEW").await["d"]["a"], 1);
    bot.fake.tell_raw(&json!({"op": 77}));
    assert_eq!(socket.hear().await["op"], 77);
    bot.fake.ask_reconnect();
    assert_eq!(socket.hear().await["op"], 7);
    bot.fake.invalidate_sessions(true);
    assert_eq!(socket.hear().await["d"], true);
    bot.fake.invalidate_sessions(false);
    assert_eq!(socket.hear().await, json!({"op": 9, "d": false}));
}
