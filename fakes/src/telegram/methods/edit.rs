//! Edits of the bot's own messages.

use serde_json::Value;

use super::{keyboard, media as files};
use crate::telegram::args::Args;
use crate::telegram::message::{Content, Message, Version};
use crate::telegram::refusal::Refusal;
use crate::telegram::text::{self, CAPTION, TEXT};
use crate::telegram::world::World;

pub(super) fn text(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    if args.get("rich_message").is_some() {
        return Err(Refusal::wrong("the fake does not show rich messages"));
    }
    let formatted = text::of_args(args, &TEXT)?;
    if formatted.text.is_empty() {
        return Err(Refusal::wrong("message text is empty"));
    }
    let rows = inline(args)?;
    let (chat, message) = own(world, args)?;
    if message.content.media.is_some() {
        return Err(Refusal::bad("there is no text in the message to edit"));
    }
    let content = Content {
        text: formatted.text,
        entities: formatted.entities,
        media: None,
        keyboard: rows,
    };
    let id = message.id;
    let preview = args.get("link_preview_options").cloned();
    let told = change(world, (chat, id), content)?;
    if let Some(message) = find(world, chat, id) {
        message.link_preview = preview;
    }
    Ok(told)
}

pub(super) fn caption(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let formatted = text::of_args(args, &CAPTION)?;
    let rows = inline(args)?;
    let (chat, message) = own(world, args)?;
    if message.content.media.is_none() {
        return Err(Refusal::bad("there is no caption in the message to edit"));
    }
    let content = Content {
        text: formatted.text,
        entities: formatted.entities,
        media: message.content.media.clone(),
        keyboard: rows,
    };
    let id = message.id;
    change(world, (chat, id), content)
}

pub(super) fn media(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let media = args.get("media").unwrap_or(&Value::Null);
    let as_photo = match media["type"].as_str() {
        Some("photo") => true,
        Some("document") => false,
        _ => return Err(Refusal::wrong("the fake shows photos and documents alone")),
    };
    let formatted = text::formatted(
        media["caption"].as_str().unwrap_or_default(),
        media["parse_mode"].as_str(),
        media.get("caption_entities"),
        &CAPTION,
    )?;
    let rows = inline(args)?;
    let (chat, message) = own(world, args)?;
    let id = message.id;
    let file = files::of(world, args, media.get("media"), as_photo)?;
    let content = Content {
        text: formatted.text,
        entities: formatted.entities,
        media: Some(file),
        keyboard: rows,
    };
    change(world, (chat, id), content)
}

pub(super) fn reply_markup(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let rows = inline(args)?;
    let (chat, message) = own(world, args)?;
    let content = Content {
        keyboard: rows,
        ..message.content.clone()
    };
    let id = message.id;
    change(world, (chat, id), content)
}

fn inline(args: &Args) -> Result<Option<Value>, Refusal> {
    Ok(keyboard::of_args(args)?.0)
}

/// The message that a call names, when the bot wrote it and it is still there.
fn own<'a>(world: &'a World, args: &Args) -> Result<(i64, &'a Message), Refusal> {
    if args.get("inline_message_id").is_some() {
        return Err(Refusal::wrong("MESSAGE_ID_INVALID"));
    }
    let (Some(chat), Some(id)) = (args.get("chat_id"), args.int("message_id")) else {
        return Err(Refusal::wrong("message identifier is not specified"));
    };
    let chat = world.reach(chat)?;
    let message = chat.messages.get(&id).filter(|it| it.deleted_by.is_none());
    let message = message.ok_or_else(|| Refusal::bad("message to edit not found"))?;
    if message.from != world.bot.id || message.service.is_some() {
        return Err(Refusal::wrong("message can't be edited"));
    }
    Ok((chat.id, message))
}

fn find(world: &mut World, chat: i64, id: i64) -> Option<&mut Message> {
    world.chats.get_mut(&chat)?.messages.get_mut(&id)
}

/// Gives a message new content, counted against the limits.
fn change(world: &mut World, (chat, id): (i64, i64), content: Content) -> Result<Value, Refusal> {
    world.take(chat)?;
    let (at, date) = (world.now(), world.date());
    let gone = || Refusal::bad("message to edit not found");
    let message = find(world, chat, id).ok_or_else(gone)?;
    if same(&message.content, &content) {
        return Err(Refusal::bad(
            "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
        ));
    }
    message.content = content.clone();
    message.edit_date = Some(date);
    message.versions.push(Version { at, content });
    let message = message.clone();
    Ok(world.told(&message, true))
}

/// Whether two contents look the same; a file that is uploaded again is the same by its bytes.
fn same(one: &Content, other: &Content) -> bool {
    let file = |it: &Content| it.media.as_ref().map(|it| (it.kind, it.bytes.clone()));
    one.text == other.text
        && one.entities == other.entities
        && one.keyboard == other.keyboard
        && file(one) == file(other)
}
