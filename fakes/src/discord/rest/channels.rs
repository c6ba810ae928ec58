//! Channels themselves: look at, rename, lock, delete; direct messages.

use super::call::body_id;
use super::{Call, Reply};
use crate::discord::permissions as may;
use crate::discord::refusal::Refusal;
use crate::discord::world::{Channel, ChannelKind, World};

pub(super) fn handle(world: &mut World, call: &Call) -> Option<Result<Reply, Refusal>> {
    Some(match call.name() {
        "get_channel" => world
            .reachable(call, 0)
            .map(|channel| Reply::ok(world.channel_json(channel))),
        "update_channel" => update(world, call),
        "delete_channel" => delete(world, call),
        "create_dm" => direct(world, call),
        _ => return None,
    })
}

fn right_over(channel: &Channel) -> u64 {
    if channel.is_thread() {
        may::MANAGE_THREADS
    } else {
        may::MANAGE_CHANNELS
    }
}

fn update(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let channel = world.reachable(call, 0)?;
    // Who opened a thread may rename and archive it, but not lock it.
    let own = channel.is_thread() && channel.owner == world.bot && call.body["locked"].is_null();
    if !own {
        world.reachable(call, right_over(channel))?;
    }
    let (id, guild, thread) = (channel.id, channel.guild, channel.is_thread());
    if let Some(channel) = world.channels.get_mut(&id) {
        if let Some(name) = call.body["name"].as_str() {
            name.clone_into(&mut channel.name);
        }
        if let Some(topic) = call.body.get("topic") {
            channel.topic = topic.as_str().map(str::to_owned);
        }
        channel.archived = call.body["archived"].as_bool().unwrap_or(channel.archived);
        channel.locked = call.body["locked"].as_bool().unwrap_or(channel.locked);
        channel.auto_archive = call.body["auto_archive_duration"]
            .as_u64()
            .unwrap_or(channel.auto_archive);
    }
    let json = world.channel_json(&world.channels[&id]);
    world.dispatch(
        if thread {
            "THREAD_UPDATE"
        } else {
            "CHANNEL_UPDATE"
        },
        guild,
        &json,
    );
    Ok(Reply::ok(json))
}

fn delete(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let channel = world.reachable(call, 0)?;
    let (id, direct) = (channel.id, channel.kind == ChannelKind::Dm);
    if !direct {
        world.reachable(call, right_over(channel))?;
    }
    let json = world.channel_json(channel);
    world.delete_channel(id);
    Ok(Reply::ok(json))
}

impl World {
    /// Takes a channel away and tells it.
    pub(crate) fn delete_channel(&mut self, id: u64) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let (json, guild) = (self.channel_json(channel), channel.guild);
        let name = if channel.is_thread() {
            "THREAD_DELETE"
        } else {
            "CHANNEL_DELETE"
        };
        self.dispatch(name, guild, &json);
        self.channels.remove(&id);
    }
}

fn direct(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let user = body_id(&call.body["recipient_id"]).unwrap_or(0);
    if !world.users.contains_key(&user) {
        return Err(Refusal::field(
            "recipient_id",
            "USER_UNKNOWN",
            "Unknown user",
        ));
    }
    if user == world.bot {
        return Err(Refusal::blame(
            400,
            50007,
            "Cannot send messages to this user",
        ));
    }
    let channel = world.direct_channel(user);
    Ok(Reply::ok(world.channel_json(&world.channels[&channel])))
}
