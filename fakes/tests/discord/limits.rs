//! Rate limits: what the platform counts, and how it says no.

use std::time::Duration;

use countersign_fakes::discord::{Allowance, OLD_EDITS};
use serde_json::{Value, json};

use crate::bot::Bot;

#[tokio::test]
async fn five_messages_in_five_seconds_pass_and_the_sixth_is_told_when() {
    let bot = Bot::start().await;
    for left in (0..5).rev() {
        let sent = bot
            .request("POST", &bot.messages())
            .json(&json!({"content": "x"}))
            .send()
            .await
            .expect("an answer");
        let header = |name: &str| sent.headers()[name].to_str().expect("text").to_owned();
        assert_eq!(
            (sent.status().as_u16(), header("x-ratelimit-limit")),
            (200, "5".to_owned())
        );
        assert_eq!(header("x-ratelimit-remaining"), left.to_string());
        let after: f64 = header("x-ratelimit-reset-after").parse().expect("seconds");
        assert!(after > 0.0 && after <= 5.001, "{after}");
    }
    let refused = bot
        .request("POST", &bot.messages())
        .json(&json!({"content": "x"}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(
        (
            refused.status().as_u16(),
            &refused.headers()["x-ratelimit-scope"]
        ),
        (429, &"user".parse().expect("text"))
    );
    let wait: f64 = refused.headers()["retry-after"]
        .to_str()
        .expect("text")
        .parse()
        .expect("seconds");
    let told: Value = refused.json().await.expect("JSON");
    let after = told["retry_after"].as_f64().expect("seconds");
    assert!(after <= wait && wait < after + 1.0, "{after} {wait}");
    assert_eq!(told["global"], false);
    assert_eq!(bot.fake.rate_refusals()["create_message"], 1);

    let other = bot.fake.add_channel("other");
    assert_eq!(
        bot.send(
            "POST",
            &format!("/channels/{other}/messages"),
            json!({"content": "x"})
        )
        .await
        .0,
        200,
        "another channel has its own"
    );
    bot.fake.advance(Duration::from_secs_f64(after));
    assert_eq!(
        bot.send("POST", &bot.messages(), json!({"content": "x"}))
            .await
            .0,
        200
    );
    bot.no_violations();
}

#[tokio::test]
async fn fifty_requests_in_a_second_are_the_most_over_all_routes() {
    let bot = Bot::start().await;
    bot.fake.set_global_allowance(Allowance::of(3, 60));
    for path in ["/users/@me", "/gateway", "/gateway/bot"] {
        bot.get(path).await;
    }
    let refused = bot
        .request("GET", "/users/@me/guilds")
        .send()
        .await
        .expect("an answer");
    assert_eq!(
        (
            refused.status().as_u16(),
            refused.headers().contains_key("x-ratelimit-global")
        ),
        (429, true)
    );
    let told: Value = refused.json().await.expect("JSON");
    assert_eq!(told["global"], true);
}

#[tokio::test]
async fn answers_to_interactions_are_not_counted_against_everything() {
    let bot = Bot::start().await;
    let asked = bot.asked().await;
    bot.fake.set_global_allowance(Allowance::of(1, 3600));
    bot.send("GET", "/gateway", Value::Null).await;
    assert_eq!(bot.send("GET", "/gateway", Value::Null).await.0, 429);
    assert_eq!(
        bot.answers(asked, json!({"type": 4, "data": {"content": "x"}}))
            .await
            .0,
        204
    );
}

#[tokio::test]
async fn an_edit_of_a_message_older_than_an_hour_has_a_harder_limit() {
    let bot = Bot::start().await;
    let message = bot.writes(json!({"content": "board"})).await;
    let path = format!("{}/{message}", bot.messages());
    bot.fake.set_allowance(OLD_EDITS, Allowance::of(1, 60));
    for content in ["1", "2", "3"] {
        assert_eq!(
            bot.send("PATCH", &path, json!({"content": content}))
                .await
                .0,
            200
        );
    }
    bot.fake.advance(Duration::from_secs(3601));
    assert_eq!(
        bot.send("PATCH", &path, json!({"content": "4"})).await.0,
        200
    );
    let (status, told) = bot.send("PATCH", &path, json!({"content": "5"})).await;
    assert_eq!((status, told["code"].as_u64()), (429, Some(30046)));
}
