//! What each method does, once its parameters are what the specification says.

mod answer;
mod chats;
mod commands;
mod edit;
mod keyboard;
mod media;
mod pins;
mod send;
mod webhook;

use serde_json::{Value, json};

use super::args::Args;
use super::refusal::Refusal;
use super::world::World;

/// Performs a call and gives what it answers.
///
/// # Errors
/// What the platform says when it refuses.
pub(crate) fn perform(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    match args.method.as_str() {
        "getMe" => Ok(me(world)),
        "sendMessage" => send::message(world, args),
        "sendPhoto" => send::photo(world, args),
        "sendDocument" => send::document(world, args),
        "sendChatAction" => chats::action(world, args),
        "editMessageText" => edit::text(world, args),
        "editMessageCaption" => edit::caption(world, args),
        "editMessageMedia" => edit::media(world, args),
        "editMessageReplyMarkup" => edit::reply_markup(world, args),
        "deleteMessage" => chats::delete(world, args),
        "answerCallbackQuery" => answer::callback(world, args),
        "pinChatMessage" => pins::pin(world, args),
        "unpinChatMessage" => pins::unpin(world, args),
        "setMyCommands" => commands::set(world, args),
        "getMyCommands" => commands::get(world, args),
        "deleteMyCommands" => commands::delete(world, args),
        "getChat" => chats::chat(world, args),
        "getChatMember" => chats::member(world, args),
        "getChatAdministrators" => chats::administrators(world, args),
        "createForumTopic" => chats::topic(world, args),
        "setWebhook" => webhook::set(world, args),
        "deleteWebhook" => Ok(webhook::delete(world, args)),
        "getWebhookInfo" => Ok(webhook::info(world)),
        "close" | "logOut" => Err(Refusal::wrong(
            "the bot's server is the platform's own: there is nothing to leave",
        )),
        method => Err(Refusal {
            wrong: true,
            ..Refusal::new(
                404,
                format!("Not Found: the fake does not perform {method}"),
            )
        }),
    }
}

fn me(world: &World) -> Value {
    let mut told = world.bot.told();
    let switches = json!({
        "can_join_groups": true,
        "can_read_all_group_messages": !world.privacy,
        "supports_inline_queries": false,
        "can_connect_to_business": false,
        "has_main_web_app": false,
        "has_topics_enabled": false,
        "allows_users_to_create_topics": false,
    });
    if let (Some(told), Value::Object(switches)) = (told.as_object_mut(), switches) {
        told.extend(switches);
    }
    let known = world.spec.fields("User");
    if let Some(told) = told.as_object_mut() {
        told.retain(|key, _| known.iter().any(|it| it.name == *key));
    }
    told
}
