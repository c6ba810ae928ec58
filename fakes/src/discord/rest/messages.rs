//! Messages of channels.

use serde_json::Value;

use super::call::body_id;
use super::write::Writing;
use super::{Call, Reply};
use crate::discord::clock::micros;
use crate::discord::permissions as may;
use crate::discord::refusal::{Fault, Refusal};
use crate::discord::rules::Place;
use crate::discord::world::{Channel, ChannelKind, Message, World};

/// For how long a nonce that is enforced finds its message again.
const NONCE_WINDOW: std::time::Duration = std::time::Duration::from_mins(5);

pub(super) fn handle(world: &mut World, call: &Call) -> Option<Result<Reply, Refusal>> {
    Some(match call.name() {
        "create_message" => create(world, call),
        "list_messages" => list(world, call),
        "get_message" => get(world, call),
        "update_message" => update(world, call),
        "delete_message" => delete(world, call),
        "trigger_typing_indicator" => world
            .reachable(call, may::SEND_MESSAGES)
            .map(|_| Reply::nothing()),
        _ => return None,
    })
}

impl World {
    /// The channel of a call, in which the bot has these rights.
    pub(super) fn reachable(&self, call: &Call, rights: u64) -> Result<&Channel, Refusal> {
        let Some(channel) = self.channels.get(&call.id("channel_id")) else {
            return Err(Refusal::unknown(10003, "Channel"));
        };
        let bits = self.permissions(self.bot, channel);
        if bits & may::VIEW_CHANNEL == 0 {
            return Err(Refusal::missing_access());
        }
        if bits & rights == rights {
            Ok(channel)
        } else {
            Err(Refusal::missing_permissions())
        }
    }

    /// The message of a call, which is there and which the bot can see.
    pub(super) fn addressed(&self, call: &Call) -> Result<&Message, Refusal> {
        let channel = self.reachable(call, 0)?.id;
        let message = self.living(call.id("message_id"));
        let message =
            message.filter(|message| message.channel == channel && message.only_for.is_none());
        message.ok_or_else(|| Refusal::unknown(10008, "Message"))
    }
}

/// The rights that a message needs by what is in it.
fn rights_for(channel: &Channel, call: &Call) -> u64 {
    let filled = |list: &Value| list.as_array().is_some_and(|list| !list.is_empty());
    let write = if channel.is_thread() {
        may::SEND_MESSAGES_IN_THREADS
    } else {
        may::SEND_MESSAGES
    };
    let embeds = if filled(&call.body["embeds"]) {
        may::EMBED_LINKS
    } else {
        0
    };
    let files = if call.files.is_empty() {
        0
    } else {
        may::ATTACH_FILES
    };
    let reply = if call.body["message_reference"].is_object() {
        may::READ_MESSAGE_HISTORY
    } else {
        0
    };
    write | embeds | files | reply
}

fn create(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let channel = world.reachable(call, 0)?;
    let channel = world.reachable(call, rights_for(channel, call))?;
    let (id, kind) = (channel.id, channel.kind);
    if channel.archived && channel.locked {
        return Err(archived());
    }
    if kind == ChannelKind::Dm {
        let blocked = |user| {
            world
                .users
                .get(user)
                .is_some_and(|user| user.blocks_direct_messages)
        };
        if channel.recipients.iter().any(blocked) {
            return Err(Refusal::luck(
                403,
                50007,
                "Cannot send messages to this user",
            ));
        }
    }
    if let Some(known) = nonce_known(world, call, id) {
        return Ok(Reply::ok(world.message_json(known)));
    }
    let reference = &call.body["message_reference"];
    let replied = body_id(&reference["message_id"]);
    let there = |message: &Message| message.channel == id && message.only_for.is_none();
    if replied.is_some_and(|replied| !world.living(replied).is_some_and(there))
        && reference["fail_if_not_exists"] != false
    {
        let fault = Fault::at(
            "message_reference",
            "REPLIES_UNKNOWN_MESSAGE",
            "Unknown message",
        );
        return Err(Refusal {
            blame: false,
            ..Refusal::form(&[fault])
        });
    }
    let writing = Writing {
        body: &call.body,
        files: &call.files,
        place: Place::Channel,
        channel: id,
        only_for: None,
        answers: None,
    };
    let message = world.write(&writing)?;
    let now = world.now();
    if call.body["enforce_nonce"] == true {
        world
            .nonces
            .insert((id, nonce_text(&call.body["nonce"])), (message, now));
    }
    if let Some(thread) = world.channels.get_mut(&id) {
        thread.archived = false;
    }
    Ok(Reply::ok(world.message_json(&world.messages[&message])))
}

pub(super) fn archived() -> Refusal {
    let words = "Tried to perform an operation on an archived thread, such as editing a message or adding a user to the thread";
    Refusal::luck(400, 50083, words)
}

/// The message that was written with this nonce shortly ago.
fn nonce_known<'a>(world: &'a World, call: &Call, channel: u64) -> Option<&'a Message> {
    if call.body["enforce_nonce"] != true {
        return None;
    }
    let (message, at) = world
        .nonces
        .get(&(channel, nonce_text(&call.body["nonce"])))?;
    world
        .messages
        .get(message)
        .filter(|_| world.now() < at + micros(NONCE_WINDOW))
}

fn nonce_text(nonce: &Value) -> String {
    nonce
        .as_str()
        .map_or_else(|| nonce.to_string(), str::to_owned)
}

fn list(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let channel = world.reachable(call, 0)?;
    if world.permissions(world.bot, channel) & may::READ_MESSAGE_HISTORY == 0 {
        return Ok(Reply::ok(Value::Array(Vec::new())));
    }
    let limit = call
        .query("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(50_usize);
    let edge = |name: &str| call.query(name).and_then(|id| id.parse::<u64>().ok());
    let there = |one: &&Message| {
        one.channel == channel.id && one.deleted_us.is_none() && one.only_for.is_none()
    };
    let mut found: Vec<&Message> = match (edge("after"), edge("before"), edge("around")) {
        (Some(after), ..) => world
            .messages
            .range(after + 1..)
            .map(|(_, one)| one)
            .filter(there)
            .take(limit)
            .collect(),
        (None, Some(before), _) => world
            .messages
            .range(..before)
            .rev()
            .map(|(_, one)| one)
            .filter(there)
            .take(limit)
            .collect(),
        (None, None, Some(around)) => {
            let older = world
                .messages
                .range(..=around)
                .rev()
                .map(|(_, one)| one)
                .filter(there);
            let newer = world
                .messages
                .range(around + 1..)
                .map(|(_, one)| one)
                .filter(there);
            older
                .take(limit / 2 + 1)
                .chain(newer.take(limit / 2))
                .collect()
        }
        (None, None, None) => world
            .messages
            .values()
            .rev()
            .filter(there)
            .take(limit)
            .collect(),
    };
    found.sort_by_key(|message| std::cmp::Reverse(message.id));
    Ok(Reply::ok(
        found
            .into_iter()
            .map(|message| world.message_json(message))
            .collect(),
    ))
}

fn get(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    world.reachable(call, may::READ_MESSAGE_HISTORY)?;
    Ok(Reply::ok(world.message_json(world.addressed(call)?)))
}

fn update(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let message = world.addressed(call)?;
    if message.author != world.bot {
        return Err(Refusal::blame(
            403,
            50005,
            "Cannot edit a message authored by another user",
        ));
    }
    let id = message.id;
    let channel = world.reachable(call, 0)?;
    if channel.archived {
        return Err(archived());
    }
    if !call.files.is_empty() {
        world.reachable(call, may::ATTACH_FILES)?;
    }
    world.rewrite(id, &call.body, &call.files, Place::Edit)?;
    Ok(Reply::ok(world.message_json(&world.messages[&id])))
}

fn delete(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let message = world.addressed(call)?;
    let (id, own) = (message.id, message.author == world.bot);
    if !own {
        world.reachable(call, may::MANAGE_MESSAGES)?;
    }
    world.remove(id);
    Ok(Reply::nothing())
}
