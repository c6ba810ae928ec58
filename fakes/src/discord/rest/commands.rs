//! Application commands: what the bot registers.

use serde_json::{Value, json};

use super::call::body_id;
use super::{Call, Reply};
use crate::discord::refusal::Refusal;
use crate::discord::render::id;
use crate::discord::rules::check_commands;
use crate::discord::world::World;

pub(super) fn handle(world: &mut World, call: &Call) -> Option<Result<Reply, Refusal>> {
    let act: fn(&mut World, &Call, u64) -> Result<Reply, Refusal> = match call.name() {
        "list_application_commands" | "list_guild_application_commands" => list,
        "bulk_set_application_commands" | "bulk_set_guild_application_commands" => overwrite,
        "create_application_command" | "create_guild_application_command" => create,
        "get_application_command" | "get_guild_application_command" => get,
        "update_application_command" | "update_guild_application_command" => update,
        "delete_application_command" | "delete_guild_application_command" => delete,
        _ => return None,
    };
    let guild = call.id("guild_id");
    if call.id("application_id") != world.application {
        return Some(Err(Refusal::blame(
            403,
            20012,
            "You are not authorized to perform this action on this application",
        )));
    }
    if guild != 0
        && !world
            .guilds
            .get(&guild)
            .is_some_and(|guild| guild.members.contains_key(&world.bot))
    {
        return Some(Err(Refusal::missing_access()));
    }
    Some(act(world, call, guild))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "one of a table of functions that may refuse"
)]
fn list(world: &mut World, _: &Call, guild: u64) -> Result<Reply, Refusal> {
    Ok(Reply::ok(Value::Array(
        world.commands.get(&guild).cloned().unwrap_or_default(),
    )))
}

fn overwrite(world: &mut World, call: &Call, guild: u64) -> Result<Reply, Refusal> {
    let wanted = call.body.as_array().cloned().unwrap_or_default();
    let faults = check_commands(&wanted);
    if !faults.is_empty() {
        return Err(Refusal::form(&faults));
    }
    let old = world.commands.remove(&guild).unwrap_or_default();
    let made: Vec<Value> = wanted
        .iter()
        .map(|command| written(world, command, guild, &old))
        .collect();
    world.commands.insert(guild, made.clone());
    Ok(Reply::ok(Value::Array(made)))
}

fn create(world: &mut World, call: &Call, guild: u64) -> Result<Reply, Refusal> {
    let mut all = world.commands.get(&guild).cloned().unwrap_or_default();
    let same = |one: &Value| one["name"] == call.body["name"] && kind(one) == kind(&call.body);
    all.retain(|one| !same(one));
    all.push(call.body.clone());
    let faults = check_commands(&all);
    if !faults.is_empty() {
        return Err(Refusal::form(&faults));
    }
    let old = world.commands.remove(&guild).unwrap_or_default();
    let known = old.iter().any(same);
    let made = written(world, &call.body, guild, &old);
    let mut all: Vec<Value> = old.into_iter().filter(|one| !same(one)).collect();
    all.push(made.clone());
    world.commands.insert(guild, all);
    Ok(if known {
        Reply::ok(made)
    } else {
        Reply::created(made)
    })
}

fn place(world: &World, call: &Call, guild: u64) -> Result<usize, Refusal> {
    let wanted = id(call.id("command_id"));
    let all = world.commands.get(&guild).map_or(&[][..], Vec::as_slice);
    let found = all.iter().position(|command| command["id"] == wanted);
    found.ok_or_else(|| Refusal::unknown(10063, "application command"))
}

fn get(world: &mut World, call: &Call, guild: u64) -> Result<Reply, Refusal> {
    let at = place(world, call, guild)?;
    Ok(Reply::ok(world.commands[&guild][at].clone()))
}

fn update(world: &mut World, call: &Call, guild: u64) -> Result<Reply, Refusal> {
    let at = place(world, call, guild)?;
    let mut all = world.commands[&guild].clone();
    for (name, value) in call.body.as_object().into_iter().flatten() {
        all[at][name] = value.clone();
    }
    let faults = check_commands(&all);
    if !faults.is_empty() {
        return Err(Refusal::form(&faults));
    }
    let version = world.next_id();
    all[at]["version"] = id(version);
    let changed = all[at].clone();
    world.commands.insert(guild, all);
    Ok(Reply::ok(changed))
}

fn delete(world: &mut World, call: &Call, guild: u64) -> Result<Reply, Refusal> {
    let at = place(world, call, guild)?;
    if let Some(all) = world.commands.get_mut(&guild) {
        all.remove(at);
    }
    Ok(Reply::nothing())
}

fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

/// A command as it is handed out. One of the same name and kind keeps its id.
fn written(world: &mut World, command: &Value, guild: u64, old: &[Value]) -> Value {
    let mut made = command.clone();
    let same = old
        .iter()
        .find(|one| one["name"] == command["name"] && kind(one) == kind(command));
    let known = body_id(&command["id"]).or_else(|| body_id(&same?["id"]));
    let (fresh, version) = (world.next_id(), world.next_id());
    made["id"] = id(known.unwrap_or(fresh));
    made["application_id"] = id(world.application);
    made["version"] = id(version);
    made["type"] = json!(kind(command));
    made["default_member_permissions"] = match &command["default_member_permissions"] {
        Value::Null => Value::Null,
        Value::String(bits) => json!(bits),
        bits => json!(bits.to_string()),
    };
    if !command["description"].is_string() {
        made["description"] = json!("");
    }
    if guild != 0 {
        made["guild_id"] = id(guild);
    }
    tidy_options(&mut made);
    if let Some(object) = made.as_object_mut() {
        object.retain(|name, value| !value.is_null() || name == "default_member_permissions");
    }
    made
}

/// What a library sent with nothing in it is not handed out again.
fn tidy_options(owner: &mut Value) {
    for option in owner["options"].as_array_mut().into_iter().flatten() {
        tidy_options(option);
        if let Some(object) = option.as_object_mut() {
            object.retain(|_, value| {
                !value.is_null() && *value != json!([]) && *value != json!(false)
            });
        }
    }
    if let Some(object) = owner.as_object_mut() {
        object.retain(|name, value| {
            name != "options" || value.as_array().is_some_and(|list| !list.is_empty())
        });
    }
}
