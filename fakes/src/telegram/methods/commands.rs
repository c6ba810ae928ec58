//! The lists of commands that people are offered.

use serde_json::{Value, json};

use crate::telegram::args::Args;
use crate::telegram::chat::ChatKind;
use crate::telegram::refusal::Refusal;
use crate::telegram::world::World;

/// The most commands of one list.
const MOST: usize = 100;

pub(super) fn set(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let key = key(world, args)?;
    let commands = args.get("commands").cloned().unwrap_or_default();
    let list = commands.as_array().map(Vec::as_slice).unwrap_or_default();
    if list.len() > MOST {
        return Err(Refusal::wrong("BOT_COMMANDS_TOO_MUCH"));
    }
    for command in list {
        let name = command["command"].as_str().unwrap_or_default();
        let is_letter = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_';
        if !(1..=32).contains(&name.len()) || !name.chars().all(is_letter) {
            return Err(Refusal::wrong("BOT_COMMAND_INVALID"));
        }
        let words = command["description"].as_str().unwrap_or_default();
        if !(1..=256).contains(&words.chars().count()) {
            return Err(Refusal::wrong("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    world.commands.insert(key, commands);
    Ok(true.into())
}

pub(super) fn get(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let key = key(world, args)?;
    Ok(world.commands.get(&key).cloned().unwrap_or(json!([])))
}

pub(super) fn delete(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let key = key(world, args)?;
    world.commands.remove(&key);
    Ok(true.into())
}

/// The scope, as JSON with its keys in order, and the language of a call.
fn key(world: &World, args: &Args) -> Result<(String, String), Refusal> {
    let language = args.text("language_code").unwrap_or_default();
    if !language.is_empty()
        && (language.len() != 2 || !language.bytes().all(|it| it.is_ascii_lowercase()))
    {
        return Err(Refusal::wrong("language code is invalid"));
    }
    let default = json!({ "type": "default" });
    let scope = args.get("scope").unwrap_or(&default);
    if let Some(chat) = scope.get("chat_id") {
        let chat = world.reach(chat)?;
        let for_keepers = scope["type"] == "chat_administrators";
        if for_keepers && chat.kind == ChatKind::Private {
            return Err(Refusal::wrong(
                "can't change commands in private chats for administrators",
            ));
        }
        let who = scope.get("user_id").and_then(Value::as_i64);
        if who.is_some_and(|it| !chat.standing(it).is_in()) {
            return Err(Refusal::bad("user not found"));
        }
    }
    Ok((scope.to_string(), language.to_owned()))
}
