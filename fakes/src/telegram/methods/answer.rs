//! Answers to presses.

use serde_json::Value;

use crate::telegram::args::Args;
use crate::telegram::press::Answer;
use crate::telegram::refusal::Refusal;
use crate::telegram::world::World;

/// The most characters that a person is shown.
const MOST: usize = 200;

pub(super) fn callback(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let text = args.text("text").unwrap_or_default();
    if text.chars().count() > MOST {
        return Err(Refusal::wrong("MESSAGE_TOO_LONG"));
    }
    if args.get("url").is_some() {
        return Err(Refusal::wrong("URL_INVALID"));
    }
    if args.int("cache_time").is_some_and(|it| it < 0) {
        return Err(Refusal::wrong("CACHE_TIME_INVALID"));
    }
    let (now, deadline) = (world.now(), world.limits.callback_deadline);
    let id = args.text("callback_query_id").unwrap_or_default();
    let press = world.presses.iter_mut().find(|it| it.id == id);
    let press = press.filter(|it| it.answer.is_none() && now <= it.at + deadline);
    let Some(press) = press else {
        return Err(Refusal::bad(
            "query is too old and response timeout expired or query ID is invalid",
        ));
    };
    press.answer = Some(Answer {
        at: now,
        text: text.to_owned(),
        alert: args.flag("show_alert"),
    });
    Ok(true.into())
}
