//! What goes wrong when a test says so.

use std::time::Duration;

use countersign_fakes::discord::Trouble;
use serde_json::{Value, json};

use crate::bot::{Bot, INTENTS, SOON, Socket};

fn body() -> Value {
    json!({"content": "x"})
}

#[tokio::test]
async fn the_next_calls_of_a_route_meet_the_trouble_and_those_after_do_not() {
    let bot = Bot::unhurried().await;
    let limited = Trouble::RateLimited {
        retry_after: Duration::from_millis(1500),
        global: true,
    };
    bot.fake
        .trouble("create_message", 2, &Trouble::Status(502))
        .expect("an operation");
    bot.fake
        .trouble("create_message", 1, &limited)
        .expect("an operation");
    assert_eq!(bot.send("POST", &bot.messages(), body()).await.0, 502);
    bot.get("/users/@me").await;
    assert_eq!(bot.send("POST", &bot.messages(), body()).await.0, 502);
    let refused = bot
        .request("POST", &bot.messages())
        .json(&body())
        .send()
        .await
        .expect("an answer");
    assert_eq!(
        (refused.status().as_u16(), &refused.headers()["retry-after"]),
        (429, &"2".parse().expect("text"))
    );
    assert_eq!(bot.send("POST", &bot.messages(), body()).await.0, 200);
    assert_eq!(bot.fake.messages(bot.fake.channel()).len(), 1);
    assert!(bot.fake.trouble("no_such_thing", 1, &Trouble::Cut).is_err());
}

#[tokio::test]
async fn an_answer_can_be_lost_with_and_without_the_deed() {
    let bot = Bot::unhurried().await;
    for (trouble, written) in [(Trouble::Cut, 0), (Trouble::LoseAnswer, 1)] {
        bot.fake
            .trouble("create_message", 1, &trouble)
            .expect("an operation");
        assert!(
            bot.request("POST", &bot.messages())
                .json(&body())
                .send()
                .await
                .is_err(),
            "{trouble:?}"
        );
        assert_eq!(
            bot.fake.messages(bot.fake.channel()).len(),
            written,
            "{trouble:?}"
        );
    }
    let statuses: Vec<u16> = bot
        .fake
        .requests()
        .iter()
        .map(|request| request.status)
        .collect();
    assert_eq!(statuses, [0, 0]);
}

#[tokio::test]
async fn an_answer_can_be_late_or_never_come() {
    let bot = Bot::unhurried().await;
    bot.fake
        .trouble(
            "create_message",
            1,
            &Trouble::Late(Duration::from_millis(300)),
        )
        .expect("an operation");
    let began = tokio::time::Instant::now();
    assert_eq!(bot.send("POST", &bot.messages(), body()).await.0, 200);
    assert!(began.elapsed() >= Duration::from_millis(300));
    bot.fake
        .trouble("create_message", 1, &Trouble::Silence(SOON))
        .expect("an operation");
    let asked = bot
        .request("POST", &bot.messages())
        .json(&body())
        .timeout(Duration::from_millis(200))
        .send()
        .await;
    assert!(asked.expect_err("no answer").is_timeout());
}

#[tokio::test]
async fn an_answer_to_an_interaction_can_be_refused_at_will() {
    let bot = Bot::unhurried().await;
    let asked = bot.asked().await;
    bot.fake
        .trouble(
            "create_interaction_response",
            1,
            &Trouble::unknown_interaction(),
        )
        .expect("an operation");
    bot.fake
        .trouble(
            "create_interaction_response",
            1,
            &Trouble::already_acknowledged(),
        )
        .expect("an operation");
    let answer = json!({"type": 4, "data": {"content": "x"}});
    for (status, code) in [(404, json!(10062)), (400, json!(40060)), (204, Value::Null)] {
        let (got, told) = bot.answers(asked, answer.clone()).await;
        assert_eq!((got, &told["code"]), (status, &code));
    }
}

#[tokio::test]
async fn interactions_can_come_twice_in_another_order_or_unreadable() {
    let bot = Bot::unhurried().await;
    let (mut socket, _) = Socket::ready(&bot.fake, INTENTS).await;
    let message = bot.offers_button().await;
    let press = || {
        bot.alice
            .presses(message, "Confirm")
            .expect("a press")
            .to_string()
    };
    bot.fake.double_interactions(1);
    let first = press();
    for _ in 0..2 {
        assert_eq!(socket.event("INTERACTION_CREATE").await["d"]["id"], first);
    }
    bot.fake.reorder_interactions(1);
    let (early, late) = (press(), press());
    for id in [late, early] {
        assert_eq!(socket.event("INTERACTION_CREATE").await["d"]["id"], id);
    }
    bot.fake.garble_interactions(1);
    press();
    assert_eq!(socket.event("INTERACTION_CREATE").await["d"]["data"], 7);
}

#[tokio::test]
async fn the_platform_goes_down_and_comes_up_where_it_was() {
    let bot = Bot::unhurried().await;
    let (mut socket, ready) = Socket::ready(&bot.fake, INTENTS).await;
    let message = bot.writes(body()).await;
    bot.fake.go_down();
    assert_eq!(socket.closed().await, None);
    assert!(bot.request("GET", "/users/@me").send().await.is_err());
    bot.fake.come_up().await.expect("the same port");
    assert_eq!(
        bot.get(&format!("{}/{message}", bot.messages())).await["content"],
        "x"
    );
    let mut again = Socket::connect(&bot.fake).await;
    let resume = json!({"op": 6, "d": {"token": bot.fake.token(), "session_id": ready["d"]["session_id"], "seq": 1}});
    again.say(&resume).await;
    again.event("RESUMED").await;
    bot.no_violations();
}

#[tokio::test]
async fn a_token_that_was_reset_opens_nothing_any_more() {
    let bot = Bot::unhurried().await;
    let (mut socket, _) = Socket::ready(&bot.fake, INTENTS).await;
    let old = bot.request("GET", "/users/@me");
    bot.fake.reset_token();
    assert_eq!(socket.closed().await, Some(4004));
    assert_eq!(old.send().await.expect("an answer").status().as_u16(), 401);
    bot.get("/users/@me").await;
}
