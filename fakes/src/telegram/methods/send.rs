//! New messages.

use serde_json::{Value, json};

use super::{keyboard, media};
use crate::telegram::args::Args;
use crate::telegram::chat::{Chat, ChatKind};
use crate::telegram::message::Content;
use crate::telegram::refusal::Refusal;
use crate::telegram::text::{self, CAPTION, TEXT};
use crate::telegram::world::World;

pub(super) fn message(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let formatted = text::of_args(args, &TEXT)?;
    if formatted.text.is_empty() {
        return Err(Refusal::wrong("message text is empty"));
    }
    let content = Content {
        text: formatted.text,
        entities: formatted.entities,
        ..Content::default()
    };
    post(world, args, content)
}

pub(super) fn photo(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    with_file(world, args, "photo")
}

pub(super) fn document(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    with_file(world, args, "document")
}

fn with_file(world: &mut World, args: &Args, field: &str) -> Result<Value, Refusal> {
    let caption = text::of_args(args, &CAPTION)?;
    reachable(world, args)?;
    let file = media::of(world, args, args.get(field), field == "photo")?;
    let content = Content {
        text: caption.text,
        entities: caption.entities,
        media: Some(file),
        keyboard: None,
    };
    post(world, args, content)
}

/// Whether the bot may write to the chat that a call names; the chat's id.
fn reachable(world: &World, args: &Args) -> Result<i64, Refusal> {
    let chat = world.reach(args.get("chat_id").unwrap_or(&Value::Null))?;
    if !chat.rights.send {
        let what = "not enough rights to send text messages to the chat";
        return Err(Refusal::bad(what));
    }
    Ok(chat.id)
}

fn post(world: &mut World, args: &Args, mut content: Content) -> Result<Value, Refusal> {
    let (rows, markup) = keyboard::of_args(args)?;
    content.keyboard = rows;
    let id = reachable(world, args)?;
    let chat = &world.chats[&id];
    let reply_to = answered(chat, args)?;
    let thread = thread(chat, args, reply_to)?;
    if markup.as_ref().is_some_and(|it| it["selective"] == true)
        && !names(chat, &content, reply_to, world.bot.id)
    {
        let what = "a selective markup that nobody sees: no person is mentioned or answered";
        world.violate("send", what);
    }
    world.take(id)?;
    let mut message = world.message(id, world.bot.id, content);
    message.thread = thread;
    message.reply_to = reply_to;
    message.silent = args.flag("disable_notification");
    message.protected = args.flag("protect_content");
    message.link_preview = args.get("link_preview_options").cloned();
    message.markup = markup;
    let told = world.told(&message, true);
    world.keep(message);
    Ok(told)
}

/// True for a message for some people: it mentions them, or answers what one of them wrote.
fn names(chat: &Chat, content: &Content, reply_to: Option<i64>, bot: i64) -> bool {
    let mentions = |it: &str| matches!(it, "mention" | "text_mention");
    let answered = reply_to.and_then(|id| chat.messages.get(&id));
    content.entities.iter().any(|it| mentions(&it.kind))
        || answered.is_some_and(|it| it.from != bot)
}

/// The message that a call answers, where it is still there.
fn answered(chat: &Chat, args: &Args) -> Result<Option<i64>, Refusal> {
    let Some(reply) = args.get("reply_parameters") else {
        return Ok(None);
    };
    let elsewhere = reply.get("chat_id").is_some_and(|it| *it != json!(chat.id));
    let id = reply["message_id"].as_i64().unwrap_or_default();
    let there = chat.messages.get(&id).filter(|it| it.deleted_by.is_none());
    if there.is_some() && !elsewhere {
        return Ok(Some(id));
    }
    if reply["allow_sending_without_reply"] == true {
        return Ok(None);
    }
    Err(Refusal::bad("message to be replied not found"))
}

/// The topic in which a message will stand: the one named, or that of the message it answers.
fn thread(chat: &Chat, args: &Args, reply_to: Option<i64>) -> Result<Option<i64>, Refusal> {
    let of_answered = || chat.messages.get(&reply_to?)?.thread;
    let Some(thread) = args.int("message_thread_id") else {
        return Ok(of_answered());
    };
    let is_there = chat.kind == ChatKind::Forum && chat.topics.contains_key(&thread);
    if !is_there {
        return Err(Refusal::bad("message thread not found"));
    }
    if chat.closed.contains(&thread) && !chat.rights.topics {
        return Err(Refusal::bad("TOPIC_CLOSED"));
    }
    Ok(Some(thread))
}
