//! Guilds, their members and roles; who the bot is; where the gateway is.

use serde_json::{Value, json};

use super::{Call, Reply};
use crate::discord::refusal::Refusal;
use crate::discord::render::id;
use crate::discord::world::{Guild, World};

/// The privileged intent that opens the list of members.
const GUILD_MEMBERS: u64 = 1 << 1;

pub(super) fn handle(world: &mut World, call: &Call) -> Option<Result<Reply, Refusal>> {
    Some(match call.name() {
        "get_gateway" => Ok(Reply::ok(json!({"url": world.gateway_url}))),
        "get_bot_gateway" => Ok(bot_gateway(world)),
        "get_my_user" => Ok(Reply::ok(world.me_json())),
        "get_my_oauth2_application" | "get_my_application" => {
            Ok(Reply::ok(world.application_json()))
        }
        "list_my_guilds" => Ok(Reply::ok(my_guilds(world))),
        "get_user" => match world.user_json(call.id("user_id")) {
            Value::Null => Err(Refusal::unknown(10013, "User")),
            user => Ok(Reply::ok(user)),
        },
        "get_guild" => guild(world, call).map(|guild| {
            let mut json = world.guild_json(guild);
            if call.asks("with_counts") {
                json["approximate_member_count"] = json!(guild.members.len());
                json["approximate_presence_count"] = json!(guild.members.len());
            }
            Reply::ok(json)
        }),
        "list_guild_channels" => guild(world, call).map(|guild| {
            let channels = world
                .channels
                .values()
                .filter(|one| one.guild == guild.id && !one.is_thread());
            Reply::ok(
                channels
                    .map(|channel| world.channel_json(channel))
                    .collect(),
            )
        }),
        "list_guild_roles" => {
            guild(world, call).map(|guild| Reply::ok(Value::Array(world.roles_json(guild))))
        }
        "list_guild_members" => members(world, call),
        "search_guild_members" => search(world, call),
        "get_guild_member" => member(world, call, call.id("user_id")),
        "get_my_guild_member" => member(world, call, world.bot),
        _ => return None,
    })
}

fn bot_gateway(world: &mut World) -> Reply {
    let now = world.now();
    let reset_after = world.gateway.budget_resets(now);
    Reply::ok(json!({
        "url": world.gateway_url, "shards": 1,
        "session_start_limit": {
            "total": world.gateway.budget, "remaining": world.gateway.budget_left,
            "reset_after": reset_after, "max_concurrency": 1,
        },
    }))
}

fn guild<'a>(world: &'a World, call: &Call) -> Result<&'a Guild, Refusal> {
    let guild = world
        .guilds
        .get(&call.id("guild_id"))
        .ok_or_else(|| Refusal::unknown(10004, "Guild"))?;
    if guild.members.contains_key(&world.bot) {
        Ok(guild)
    } else {
        Err(Refusal::missing_access())
    }
}

fn my_guilds(world: &World) -> Value {
    let guilds = world.guilds.values().filter(|guild| guild.members.contains_key(&world.bot)).map(|guild| {
        json!({
            "id": id(guild.id), "name": guild.name, "icon": null, "banner": null, "owner": false, "features": [],
            "permissions": world.guild_permissions(world.bot, guild.id).to_string(),
        })
    });
    guilds.collect()
}

fn members(world: &World, call: &Call) -> Result<Reply, Refusal> {
    let guild = guild(world, call)?;
    if world.gateway.granted_intents & GUILD_MEMBERS == 0 {
        return Err(Refusal::missing_access());
    }
    let limit = call
        .query("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(1_usize);
    let after = call
        .query("after")
        .and_then(|after| after.parse().ok())
        .unwrap_or(0_u64);
    let page = guild.members.range(after + 1..).take(limit);
    Ok(Reply::ok(
        page.map(|(user, _)| world.member_json(guild, *user))
            .collect(),
    ))
}

fn search(world: &World, call: &Call) -> Result<Reply, Refusal> {
    let guild = guild(world, call)?;
    let (wanted, limit) = (
        call.query("query").unwrap_or(""),
        call.query("limit").unwrap_or("1"),
    );
    let named = |user: &&u64| {
        world
            .users
            .get(user)
            .is_some_and(|user| user.name.starts_with(wanted))
    };
    let found = guild
        .members
        .keys()
        .filter(named)
        .take(limit.parse().unwrap_or(1));
    Ok(Reply::ok(
        found.map(|user| world.member_json(guild, *user)).collect(),
    ))
}

fn member(world: &World, call: &Call, user: u64) -> Result<Reply, Refusal> {
    match world.member_json(guild(world, call)?, user) {
        Value::Null => Err(Refusal::unknown(10007, "Member")),
        member => Ok(Reply::ok(member)),
    }
}
