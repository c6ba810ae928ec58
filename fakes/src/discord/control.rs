//! The fake driven over HTTP, for clients in other languages: `POST /control/<verb>` with JSON.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::DiscordFake;
use super::faults::Trouble;
use super::read::{InteractionSeen, MessageSeen};

/// Serves the verbs: `user`, `say`, `slash`, `autocomplete`, `press`, `submit`, `answer` (waits for one),
/// `ready` (waits), `messages`, `pins`, `gateway` (`cut`, `reconnect`, `invalidate`, `forget`), `trouble`,
/// `advance`, `state`.
///
/// Ids are text. What a person cannot do is answered with 409 and the reason.
pub fn router(fake: Arc<DiscordFake>) -> Router {
    Router::new()
        .route("/control/{verb}", post(answer))
        .with_state(fake)
}

type Answer = (StatusCode, Json<Value>);

async fn answer(
    State(fake): State<Arc<DiscordFake>>,
    Path(verb): Path<String>,
    Json(asked): Json<Value>,
) -> Answer {
    let done = match verb.as_str() {
        "answer" => wait_answer(&fake, &asked).await,
        "ready" => fake
            .ready(patience(&asked))
            .await
            .map(|()| json!({}))
            .map_err(|late| late.to_string()),
        "user" => Ok(json!({"user": fake.add_user(text(&asked, "name")).id().to_string()})),
        "say" | "slash" | "autocomplete" | "press" | "submit" => act(&fake, &verb, &asked),
        "messages" => Ok(fake
            .messages(id(&asked, "channel"))
            .iter()
            .map(message)
            .collect()),
        "pins" => Ok(fake
            .pins(id(&asked, "channel"))
            .iter()
            .map(message)
            .collect()),
        "gateway" => gateway(&fake, text(&asked, "action")),
        "trouble" => trouble(&fake, &asked),
        "advance" => {
            fake.advance(Duration::from_secs_f64(
                asked["seconds"].as_f64().unwrap_or(0.0),
            ));
            Ok(json!({}))
        }
        "state" => Ok(state(&fake)),
        _ => Err(format!("no verb {verb}")),
    };
    match done {
        Ok(body) => (StatusCode::OK, Json(body)),
        Err(why) => (StatusCode::CONFLICT, Json(json!({"error": why}))),
    }
}

fn text<'a>(asked: &'a Value, name: &str) -> &'a str {
    asked[name].as_str().unwrap_or("")
}

fn id(asked: &Value, name: &str) -> u64 {
    text(asked, name).parse().unwrap_or(0)
}

fn patience(asked: &Value) -> Duration {
    Duration::from_secs_f64(asked["within"].as_f64().unwrap_or(5.0))
}

/// What a person does.
fn act(fake: &DiscordFake, verb: &str, asked: &Value) -> Result<Value, String> {
    let user = fake.user(id(asked, "user"));
    let channel = id(asked, "channel");
    let options: Vec<(&str, Value)> = asked["options"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let values: Vec<(&str, &str)> = asked["values"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap_or("")))
        .collect();
    let done = match verb {
        "say" => user.says(channel, text(asked, "text")),
        "slash" => user.slash(channel, text(asked, "command"), &options),
        "autocomplete" => user.autocompletes(
            channel,
            text(asked, "command"),
            &options,
            text(asked, "writing"),
        ),
        "press" => user.presses(id(asked, "message"), text(asked, "button")),
        _ => user.submits(id(asked, "opened_by"), &values),
    };
    done.map(|id| json!({"id": id.to_string()}))
        .map_err(|why| why.to_string())
}

async fn wait_answer(fake: &DiscordFake, asked: &Value) -> Result<Value, String> {
    let seen = fake
        .answered(id(asked, "interaction"), patience(asked))
        .await;
    seen.map(|seen| interaction(&seen))
        .map_err(|late| late.to_string())
}

fn interaction(seen: &InteractionSeen) -> Value {
    let callback = seen.callback.as_ref();
    json!({
        "kind": callback.map(|callback| callback.kind), "data": callback.map(|callback| &callback.data),
        "latency_ms": callback.map(|callback| callback.latency.as_secs_f64() * 1000.0),
        "refused": seen.refused, "ephemeral": seen.is_ephemeral(), "original": seen.original.as_ref().map(message),
        "followups": seen.followups.iter().map(message).collect::<Vec<_>>(),
    })
}

fn message(seen: &MessageSeen) -> Value {
    json!({"message": seen.json, "text": seen.text(), "looks": seen.looks.len(), "pinned": seen.pinned})
}

fn gateway(fake: &DiscordFake, action: &str) -> Result<Value, String> {
    match action {
        "cut" => fake.cut_gateway(),
        "reconnect" => fake.ask_reconnect(),
        "invalidate" => fake.invalidate_sessions(false),
        "forget" => fake.forget_sessions(),
        _ => return Err(format!("no action {action}")),
    }
    Ok(json!({}))
}

fn trouble(fake: &DiscordFake, asked: &Value) -> Result<Value, String> {
    let seconds = Duration::from_secs_f64(asked["seconds"].as_f64().unwrap_or(1.0));
    let trouble = match text(asked, "kind") {
        "429" => Trouble::RateLimited {
            retry_after: seconds,
            global: asked["global"] == true,
        },
        "silence" => Trouble::Silence(seconds),
        "cut" => Trouble::Cut,
        "lose" => Trouble::LoseAnswer,
        "late" => Trouble::Late(seconds),
        "10062" => Trouble::unknown_interaction(),
        "40060" => Trouble::already_acknowledged(),
        status => Trouble::Status(status.parse().map_err(|_| format!("no trouble {status}"))?),
    };
    let times = asked["times"]
        .as_u64()
        .and_then(|times| usize::try_from(times).ok())
        .unwrap_or(1);
    fake.trouble(text(asked, "operation"), times, &trouble)
        .map(|()| json!({}))
        .map_err(|why| why.to_string())
}

fn state(fake: &DiscordFake) -> Value {
    let (identifies, resumes, heartbeats) = fake.gateway_counts();
    let violations: Vec<Value> = fake
        .violations()
        .iter()
        .map(|one| json!(format!("{one:?}")))
        .collect();
    json!({
        "violations": violations, "own_mistakes": fake.own_mistakes(), "connected": fake.connected(),
        "identifies": identifies, "resumes": resumes, "heartbeats": heartbeats,
        "rate_refusals": fake.rate_refusals(),
        "commands": {"global": fake.commands(None), "guild": fake.commands(Some(fake.guild()))},
    })
}
