//! Threads, from a message and without one.

use serde_json::{Value, json};

use super::{Call, Reply};
use crate::discord::clock::iso;
use crate::discord::permissions as may;
use crate::discord::refusal::Refusal;
use crate::discord::render::id;
use crate::discord::world::{Channel, ChannelKind, World};

pub(super) fn handle(world: &mut World, call: &Call) -> Option<Result<Reply, Refusal>> {
    Some(match call.name() {
        "create_thread_from_message" => from_message(world, call),
        "create_thread" => alone(world, call),
        "join_thread" => join(world, call, world.bot, true),
        "leave_thread" => join(world, call, world.bot, false),
        "add_thread_member" => join(world, call, call.id("user_id"), true),
        "delete_thread_member" => join(world, call, call.id("user_id"), false),
        "get_active_guild_threads" => Ok(active(world, call.id("guild_id"))),
        _ => return None,
    })
}

fn from_message(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let parent = world.reachable(call, may::CREATE_PUBLIC_THREADS)?.id;
    let message = world.addressed(call)?;
    let (message, taken) = (message.id, message.thread.is_some());
    if taken {
        return Err(Refusal::luck(
            400,
            160_004,
            "A thread has already been created for this message",
        ));
    }
    // A thread from a message has the message's id.
    let thread = open(
        world,
        call,
        parent,
        (ChannelKind::PublicThread, Some(message)),
    )?;
    if let Some(message) = world.messages.get_mut(&message) {
        message.thread = Some(thread);
    }
    Ok(created(world, thread))
}

fn alone(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    // Without a kind the platform makes a private thread.
    let kind = match call.body["type"].as_u64().unwrap_or(12) {
        11 => ChannelKind::PublicThread,
        12 => ChannelKind::PrivateThread,
        _ => {
            return Err(Refusal::field(
                "type",
                "BASE_TYPE_CHOICES",
                "Value must be one of (11, 12) here.",
            ));
        }
    };
    let right = if kind == ChannelKind::PublicThread {
        may::CREATE_PUBLIC_THREADS
    } else {
        may::CREATE_PRIVATE_THREADS
    };
    let parent = world.reachable(call, right)?.id;
    let thread = open(world, call, parent, (kind, None))?;
    Ok(created(world, thread))
}

fn open(
    world: &mut World,
    call: &Call,
    parent: u64,
    what: (ChannelKind, Option<u64>),
) -> Result<u64, Refusal> {
    let (kind, wanted) = what;
    let name = call.body["name"].as_str().unwrap_or("").to_owned();
    let Some(above) = world
        .channels
        .get(&parent)
        .filter(|above| above.kind == ChannelKind::Text)
    else {
        return Err(Refusal::blame(
            400,
            50024,
            "Cannot execute action on this channel type",
        ));
    };
    let guild = above.guild;
    let mut thread = world.add_channel(guild, &name, kind);
    if let Some(wanted) = wanted
        && let Some(mut channel) = world.channels.remove(&thread)
    {
        channel.id = wanted;
        world.channels.insert(wanted, channel);
        thread = wanted;
    }
    let bot = world.bot;
    if let Some(channel) = world.channels.get_mut(&thread) {
        channel.parent = parent;
        channel.owner = bot;
        channel.auto_archive = call.body["auto_archive_duration"].as_u64().unwrap_or(1440);
        channel.recipients.insert(bot);
    }
    let mut event = world.channel_json(&world.channels[&thread]);
    event["newly_created"] = json!(true);
    world.dispatch("THREAD_CREATE", guild, &event);
    Ok(thread)
}

fn created(world: &World, thread: u64) -> Reply {
    let channel = &world.channels[&thread];
    let mut body = world.channel_json(channel);
    body["member"] = member_json(channel, world.bot);
    Reply::created(body)
}

fn member_json(channel: &Channel, user: u64) -> Value {
    json!({"id": id(channel.id), "user_id": id(user), "join_timestamp": iso(channel.created_us), "flags": 0})
}

fn join(world: &mut World, call: &Call, user: u64, comes: bool) -> Result<Reply, Refusal> {
    let channel = world.reachable(call, 0)?;
    let (channel, thread, closed) = (channel.id, channel.is_thread(), channel.archived);
    if !thread {
        return Err(Refusal::blame(
            400,
            50024,
            "Cannot execute action on this channel type",
        ));
    }
    if closed {
        return Err(super::messages::archived());
    }
    if !world.users.contains_key(&user) {
        return Err(Refusal::unknown(10013, "User"));
    }
    if let Some(channel) = world.channels.get_mut(&channel) {
        if comes {
            channel.recipients.insert(user);
        } else {
            channel.recipients.remove(&user);
        }
    }
    Ok(Reply::nothing())
}

fn active(world: &World, guild: u64) -> Reply {
    let threads: Vec<&Channel> = world
        .channels
        .values()
        .filter(|one| one.guild == guild && one.is_thread() && !one.archived)
        .collect();
    let members = threads
        .iter()
        .filter(|thread| thread.recipients.contains(&world.bot));
    let members: Vec<Value> = members
        .map(|thread| member_json(thread, world.bot))
        .collect();
    let threads: Vec<Value> = threads
        .iter()
        .map(|thread| world.channel_json(thread))
        .collect();
    Reply::ok(json!({"threads": threads, "members": members, "has_more": false}))
}
