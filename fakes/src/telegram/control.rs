//! The same handles for tests in other languages: `POST /control/<verb>` with JSON.

use axum::Json;
use axum::extract::{FromRequest as _, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::chat::{Chat, Standing};
use super::drive::Words;
use super::faults::Fault;
use super::limits::Limits;
use super::shared::Shared;
use super::world::World;

/// Does what a verb says and answers with JSON; what cannot be done is answered with 400 and a reason.
pub(super) async fn answer(shared: &Shared, verb: &str, request: Request) -> Response {
    let told = Json::<Value>::from_request(request, &()).await;
    let told = told.map_or(json!({}), |Json(told)| told);
    match shared.change(|world| perform(world, verb, &told)) {
        Ok(done) => Json(done).into_response(),
        Err(what) => (StatusCode::BAD_REQUEST, Json(json!({ "error": what }))).into_response(),
    }
}

fn perform(world: &mut World, verb: &str, told: &Value) -> Result<Value, String> {
    let int = |name: &str| {
        told[name]
            .as_i64()
            .ok_or_else(|| format!("{name} is a number"))
    };
    let text = |name: &str| {
        told[name]
            .as_str()
            .ok_or_else(|| format!("{name} is a text"))
    };
    match verb {
        "person" => Ok(json!({ "id": world.add_person(text("name")?) })),
        "send" => {
            let words = Words {
                chat: int("chat")?,
                text: text("text")?,
                thread: told["thread"].as_i64(),
                reply_to: told["reply_to"].as_i64(),
            };
            Ok(json!({ "message": world.says(int("user")?, words)? }))
        }
        "press" => {
            let place = (int("chat")?, int("message")?);
            Ok(json!(world.presses(
                int("user")?,
                place,
                text("button")?
            )?))
        }
        "delete" => {
            world.remove(int("chat")?, int("message")?, int("user")?);
            Ok(Value::Null)
        }
        "migrate" => Ok(json!({ "chat": world.migrate(int("chat")?)? })),
        "kick" => {
            let bot = world.bot.id;
            world.set_standing(int("chat")?, bot, Standing::Kicked);
            Ok(Value::Null)
        }
        "fail" => {
            let times = usize::try_from(told["times"].as_u64().unwrap_or(1));
            let times = times.map_err(|error| error.to_string())?;
            world.faults.order(text("method")?, times, fault(told)?);
            Ok(Value::Null)
        }
        "pass_on" => {
            let (host, to) = (text("host")?.to_owned(), text("to")?.to_owned());
            world.updates.proxies.insert(host, to);
            Ok(Value::Null)
        }
        "lose_post_answers" => {
            world.updates.deaf = told["on"].as_bool().ok_or("on is true or false")?;
            Ok(Value::Null)
        }
        "limits" => {
            let on = told["on"].as_bool().ok_or("on is true or false")?;
            world.limits = if on {
                Limits::default()
            } else {
                Limits::none()
            };
            Ok(Value::Null)
        }
        _ => look(world, verb, told),
    }
}

/// What is to be read.
fn look(world: &World, verb: &str, told: &Value) -> Result<Value, String> {
    match verb {
        "chat" => Ok(json!(chat(world, told)?)),
        "messages" => Ok(json!(chat(world, told)?.seen().collect::<Vec<_>>())),
        "presses" => Ok(json!(world.presses)),
        "calls" => Ok(json!(world.calls)),
        "violations" => Ok(json!(world.violations)),
        _ => Err(format!("there is no verb {verb}")),
    }
}

fn chat<'a>(world: &'a World, told: &Value) -> Result<&'a Chat, String> {
    let named = told["chat"].as_i64().and_then(|it| world.chats.get(&it));
    named.ok_or_else(|| format!("there is no chat {}", told["chat"]))
}

fn fault(told: &Value) -> Result<Fault, String> {
    match told["fault"].as_str().unwrap_or_default() {
        "too_many" => Ok(Fault::TooMany(told["retry_after"].as_u64().unwrap_or(1))),
        "internal" => Ok(Fault::Internal),
        "bad_gateway" => Ok(Fault::BadGateway),
        "silence" => Ok(Fault::Silence),
        "cut" => Ok(Fault::Cut),
        "lose_answer" => Ok(Fault::LoseAnswer),
        "conflict" => Ok(Fault::Conflict),
        other => Err(format!("there is no fault {other:?}")),
    }
}
