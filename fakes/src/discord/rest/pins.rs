//! Pinned messages, by the old routes and the new ones.

use serde_json::{Value, json};

use super::messages::archived;
use super::{Call, Reply};
use crate::discord::clock::iso;
use crate::discord::permissions as may;
use crate::discord::refusal::Refusal;
use crate::discord::world::{Message, World};

const MOST_PINS: usize = 250;

pub(super) fn handle(world: &mut World, call: &Call) -> Option<Result<Reply, Refusal>> {
    Some(match call.name() {
        "create_pin" | "deprecated_create_pin" => pin(world, call, true),
        "delete_pin" | "deprecated_delete_pin" => pin(world, call, false),
        "list_pins" => world.reachable(call, may::READ_MESSAGE_HISTORY).map(|channel| {
            let items = pinned(world, channel.id).into_iter().map(|message| {
                json!({"pinned_at": message.pinned_us.map(iso), "message": world.message_json(message)})
            });
            Reply::ok(json!({"items": items.collect::<Vec<_>>(), "has_more": false}))
        }),
        "deprecated_list_pins" => world.reachable(call, may::READ_MESSAGE_HISTORY).map(|channel| {
            let messages = pinned(world, channel.id).into_iter().map(|message| world.message_json(message));
            Reply::ok(Value::Array(messages.collect()))
        }),
        _ => return None,
    })
}

fn pinned(world: &World, channel: u64) -> Vec<&Message> {
    let there = world
        .messages
        .values()
        .filter(|one| one.channel == channel && one.pinned_us.is_some());
    let mut pinned: Vec<&Message> = there.collect();
    pinned.sort_by_key(|message| std::cmp::Reverse(message.pinned_us));
    pinned
}

fn pin(world: &mut World, call: &Call, wanted: bool) -> Result<Reply, Refusal> {
    let channel = world.reachable(call, may::PIN_MESSAGES)?;
    let (place, guild, closed) = (channel.id, channel.guild, channel.archived);
    if closed {
        return Err(archived());
    }
    let message = world.addressed(call)?;
    let (id, is_pinned) = (message.id, message.pinned_us.is_some());
    if wanted && !is_pinned && pinned(world, place).len() >= MOST_PINS {
        return Err(Refusal::luck(
            400,
            30003,
            "Maximum number of pins reached for the channel (250)",
        ));
    }
    let now = world.now();
    if is_pinned != wanted
        && let Some(message) = world.messages.get_mut(&id)
    {
        message.pinned_us = wanted.then_some(now);
        let mut event = json!({"channel_id": place.to_string(), "last_pin_timestamp": iso(now)});
        if guild != 0 {
            event["guild_id"] = json!(guild.to_string());
        }
        world.dispatch("CHANNEL_PINS_UPDATE", guild, &event);
        if wanted {
            world.tell_pin(place, id);
        }
    }
    Ok(Reply::nothing())
}

impl World {
    /// Says below everything that the bot pinned a message, as the platform does.
    fn tell_pin(&mut self, channel: u64, pinned: u64) {
        let (id, now) = (self.next_id(), self.now());
        let mut message = Message {
            id,
            channel,
            author: self.bot,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: 0,
            nonce: None,
            tts: false,
            reference: None,
            created_us: now,
            edited_us: None,
            looks: Vec::new(),
            pinned_us: None,
            deleted_us: None,
            only_for: None,
            answers: None,
            thread: None,
            pin_of: Some(pinned),
        };
        message.look(now);
        self.dispatch_message("MESSAGE_CREATE", &message);
        self.messages.insert(id, message);
    }
}
