//! Pinned messages.

use serde_json::Value;

use crate::telegram::args::Args;
use crate::telegram::chat::Chat;
use crate::telegram::refusal::Refusal;
use crate::telegram::world::World;

pub(super) fn pin(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let chat = allowed(world, args)?;
    let id = args.int("message_id").unwrap_or_default();
    let there = chat.messages.get(&id).filter(|it| it.deleted_by.is_none());
    let there = there.filter(|it| it.service.is_none());
    let message = there.ok_or_else(|| Refusal::bad("message to pin not found"))?;
    let (chat, was_pinned) = (chat.id, chat.pinned.contains(&id));
    let told = world.told(message, false);
    if was_pinned {
        return Ok(true.into());
    }
    if let Some(chat) = world.chats.get_mut(&chat) {
        chat.pinned.push(id);
    }
    let service = world.announce(chat, world.bot.id, ("pinned_message", told));
    let silent = args.flag("disable_notification");
    let message = world.chats.get_mut(&chat);
    if let Some(message) = message.and_then(|it| it.messages.get_mut(&service)) {
        message.silent = silent;
    }
    Ok(true.into())
}

pub(super) fn unpin(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let chat = allowed(world, args)?;
    let id = args
        .int("message_id")
        .or_else(|| chat.pinned.last().copied());
    let id = id.filter(|it| {
        chat.messages
            .get(it)
            .is_some_and(|it| it.deleted_by.is_none())
    });
    let id = id.ok_or_else(|| Refusal::bad("message to unpin not found"))?;
    let chat = chat.id;
    if let Some(chat) = world.chats.get_mut(&chat) {
        chat.pinned.retain(|it| *it != id);
    }
    Ok(true.into())
}

fn allowed<'a>(world: &'a World, args: &Args) -> Result<&'a Chat, Refusal> {
    let chat = world.reach(args.get("chat_id").unwrap_or(&Value::Null))?;
    let refused = || Refusal::bad("not enough rights to manage pinned messages in the chat");
    chat.rights.pin.then_some(chat).ok_or_else(refused)
}
