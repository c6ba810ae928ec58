//! Interactions posted to an address of the bot's.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use countersign_fakes::discord::Sealing;
use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use serde_json::{Value, json};

use crate::bot::{Bot, SOON};

/// What the bot's endpoint answers to everything that is sealed rightly.
struct Endpoint {
    key: VerifyingKey,
    answer: Value,
    wait: Duration,
}

async fn take(
    State(endpoint): State<Arc<Endpoint>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    if !sealed(&endpoint.key, &headers, &body).unwrap_or(false) {
        return (StatusCode::UNAUTHORIZED, String::new());
    }
    tokio::time::timeout(endpoint.wait, std::future::pending::<()>())
        .await
        .unwrap_or_default();
    let told: Value = serde_json::from_slice(&body).expect("JSON");
    let answer = if told["type"] == 1 {
        json!({"type": 1})
    } else {
        endpoint.answer.clone()
    };
    let status = if answer.is_null() {
        StatusCode::ACCEPTED
    } else {
        StatusCode::OK
    };
    (
        status,
        if answer.is_null() {
            String::new()
        } else {
            answer.to_string()
        },
    )
}

/// Over the timestamp and the body as it came; older than five minutes does not count.
fn sealed(key: &VerifyingKey, headers: &HeaderMap, body: &[u8]) -> Option<bool> {
    let timestamp = headers.get("x-signature-timestamp")?.to_str().ok()?;
    let signature = hex::decode(headers.get("x-signature-ed25519")?.to_str().ok()?).ok()?;
    let signature = Signature::from_slice(&signature).ok()?;
    #[expect(
        clippy::disallowed_methods,
        reason = "an endpoint looks at its own clock"
    )]
    let now = jiff::Timestamp::now().as_second();
    let fresh = now.abs_diff(timestamp.parse().ok()?) < 300;
    Some(
        fresh
            && key
                .verify(&[timestamp.as_bytes(), body].concat(), &signature)
                .is_ok(),
    )
}

async fn endpoint(bot: &Bot, answer: Value, wait: Duration) -> String {
    let key: [u8; 32] = hex::decode(bot.fake.public_key())
        .expect("digits")
        .try_into()
        .expect("32 bytes");
    let key = VerifyingKey::from_bytes(&key).expect("a key");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let url = format!(
        "http://{}/interactions",
        listener.local_addr().expect("an address")
    );
    let router = Router::new()
        .route("/interactions", post(take))
        .with_state(Arc::new(Endpoint { key, answer, wait }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

#[tokio::test]
async fn an_interaction_is_posted_and_the_answer_counts_as_a_callback() {
    let bot = Bot::unhurried().await;
    let url = endpoint(
        &bot,
        json!({"type": 4, "data": {"content": "by post"}}),
        Duration::ZERO,
    )
    .await;
    assert!(bot.fake.accepts_endpoint(&url).await);
    bot.fake.post_interactions_to(Some(&url));
    let asked = bot.asked().await;
    let seen = bot.fake.answered(asked, SOON).await.expect("an answer");
    assert_eq!(
        (seen.text().as_str(), seen.endpoint_status),
        ("by post", Some(200))
    );
    bot.no_violations();
}

#[tokio::test]
async fn what_is_sealed_wrongly_reaches_the_endpoint_as_such() {
    let bot = Bot::unhurried().await;
    let url = endpoint(
        &bot,
        json!({"type": 4, "data": {"content": "x"}}),
        Duration::ZERO,
    )
    .await;
    let asked = bot.asked().await;
    for (sealing, status) in [
        (Sealing::Proper, 200),
        (Sealing::Unsigned, 401),
        (Sealing::Forged, 401),
        (Sealing::Garbled, 401),
        (Sealing::Altered, 401),
        (Sealing::Stale(Duration::from_mins(10)), 401),
        (Sealing::Stale(Duration::from_secs(10)), 200),
    ] {
        assert_eq!(
            bot.fake.post_again(asked, &url, sealing).await.status,
            status,
            "{sealing:?}"
        );
    }
}

#[tokio::test]
async fn an_endpoint_that_takes_everything_is_not_accepted() {
    let bot = Bot::unhurried().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let router = Router::new().fallback(|| async { "{\"type\":1}" });
    tokio::spawn(async move { axum::serve(listener, router).await });
    assert!(!bot.fake.accepts_endpoint(&url).await);
}

#[tokio::test]
async fn an_endpoint_that_is_slow_wrong_or_answers_by_rest_is_seen() {
    let bot = Bot::unhurried().await;
    let late = endpoint(
        &bot,
        json!({"type": 4, "data": {"content": "x"}}),
        Duration::from_secs(4),
    )
    .await;
    bot.fake.post_interactions_to(Some(&late));
    let asked = bot.asked().await;
    let ended = |fake: &countersign_fakes::discord::DiscordFake| {
        fake.interaction(asked)
            .and_then(|seen| seen.endpoint_status)
    };
    assert_eq!(bot.fake.wait("end", SOON, ended).await, Ok(0));

    let wrong = endpoint(
        &bot,
        json!({"type": 4, "data": {"content": "x".repeat(2001)}}),
        Duration::ZERO,
    )
    .await;
    bot.fake.post_interactions_to(Some(&wrong));
    bot.asked().await;
    bot.fake
        .wait("violation", SOON, |fake| fake.violations().first().cloned())
        .await
        .expect("noted");

    let rest = endpoint(&bot, Value::Null, Duration::ZERO).await;
    bot.fake.post_interactions_to(Some(&rest));
    let asked = bot.asked().await;
    assert_eq!(bot.answers(asked, json!({"type": 5})).await.0, 204);
    assert_eq!(bot.fake.violations().len(), 1);
}
