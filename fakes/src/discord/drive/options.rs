//! Slash commands with their options, as a person's client sends them.

use serde_json::{Value, json};

use super::{Act, DriveError, User};
use crate::discord::permissions as may;
use crate::discord::world::{ChannelKind, Deed, World};

const SUB_COMMAND: u64 = 1;
const SUB_COMMAND_GROUP: u64 = 2;

impl User {
    /// Sends a slash command, such as `"positions"` or `"override ask"`; the interaction's id.
    ///
    /// # Errors
    ///
    /// The command is not registered, or not for this person here, or its options are wrong.
    pub fn slash(
        &self,
        channel: u64,
        command: &str,
        options: &[(&str, Value)],
    ) -> Result<u64, DriveError> {
        let world = self.shared.world();
        let data = self.command_data(&world, channel, command, (options, None))?;
        Ok(self.act(
            world,
            &Act {
                deed: Deed::Command,
                channel,
                source: None,
                data,
            },
        ))
    }

    /// Writes in one option of a command, so that its client asks what could come; the interaction's id.
    ///
    /// # Errors
    ///
    /// As for [`User::slash`]; and the option asks for nothing.
    pub fn autocompletes(
        &self,
        channel: u64,
        command: &str,
        options: &[(&str, Value)],
        writing: &str,
    ) -> Result<u64, DriveError> {
        let world = self.shared.world();
        let data = self.command_data(&world, channel, command, (options, Some(writing)))?;
        Ok(self.act(
            world,
            &Act {
                deed: Deed::Autocomplete,
                channel,
                source: None,
                data,
            },
        ))
    }

    fn command_data(
        &self,
        world: &World,
        channel: u64,
        words: &str,
        (options, writing): (&[(&str, Value)], Option<&str>),
    ) -> Result<Value, DriveError> {
        self.sees_channel(world, channel, may::USE_APPLICATION_COMMANDS)?;
        let mut path = words.split_whitespace();
        let name = path.next().unwrap_or("");
        let none = || DriveError::NoCommand(words.to_owned());
        let command = self.command(world, channel, name).ok_or_else(none)?;
        let mut wanted = command;
        let mut chain = Vec::new();
        for word in path {
            let inner = wanted["options"].as_array().into_iter().flatten();
            wanted = inner
                .filter(|one| nests(one))
                .find(|one| one["name"] == word)
                .ok_or_else(none)?;
            chain.push(wanted);
        }
        let declared = wanted["options"].as_array().map_or(&[][..], Vec::as_slice);
        if declared.iter().any(nests) {
            return Err(none());
        }
        let mut filled = fill(declared, options, writing)?;
        for level in chain.into_iter().rev() {
            filled = vec![json!({"name": level["name"], "type": level["type"], "options": filled})];
        }
        let mut data = json!({"id": command["id"], "name": name, "type": 1, "options": filled});
        if !command["guild_id"].is_null() {
            data["guild_id"] = command["guild_id"].clone();
        }
        let resolved = resolve(world, channel, declared, options);
        if resolved.as_object().is_some_and(|kinds| !kinds.is_empty()) {
            data["resolved"] = resolved;
        }
        Ok(data)
    }

    /// The command of that name which this person is offered here: the guild's own first.
    fn command<'a>(&self, world: &'a World, channel: u64, name: &str) -> Option<&'a Value> {
        let channel = world.channels.get(&channel)?;
        let direct = channel.kind == ChannelKind::Dm;
        let places = if direct {
            vec![0]
        } else {
            vec![channel.guild, 0]
        };
        let offered = |command: &&Value| {
            let context = u8::from(direct);
            let here = command["contexts"]
                .as_array()
                .is_none_or(|all| all.iter().any(|one| *one == context));
            let direct_too = !direct || command["dm_permission"] != false;
            let needs = command["default_member_permissions"]
                .as_str()
                .and_then(|bits| bits.parse::<u64>().ok());
            let has = world.permissions(self.id, channel);
            let may = needs.is_none_or(|needs| {
                direct || has & may::ADMINISTRATOR != 0 || (needs != 0 && has & needs == needs)
            });
            here && direct_too && may
        };
        let all = places
            .iter()
            .filter_map(|place| world.commands.get(place))
            .flatten();
        all.filter(|one| one["type"] == 1 && one["name"] == name)
            .find(offered)
    }
}

fn nests(option: &Value) -> bool {
    matches!(
        option["type"].as_u64(),
        Some(SUB_COMMAND | SUB_COMMAND_GROUP)
    )
}

fn fill(
    declared: &[Value],
    given: &[(&str, Value)],
    writing: Option<&str>,
) -> Result<Vec<Value>, DriveError> {
    let wrong = |name: &str, why: &str| DriveError::Option(name.to_owned(), why.to_owned());
    if let Some((foreign, _)) = given
        .iter()
        .find(|(name, _)| !declared.iter().any(|one| one["name"] == *name))
    {
        return Err(wrong(foreign, "not an option of this command"));
    }
    let mut filled = Vec::new();
    for option in declared {
        let name = option["name"].as_str().unwrap_or("");
        let is_written = writing == Some(name);
        let Some((_, value)) = given.iter().find(|(known, _)| *known == name) else {
            if option["required"] == true && writing.is_none() {
                return Err(wrong(name, "has to be given"));
            }
            if is_written {
                return Err(wrong(name, "what is written so far?"));
            }
            continue;
        };
        if is_written && option["autocomplete"] != true {
            return Err(wrong(name, "asks for nothing"));
        }
        // What is being written is text, whatever the option's kind.
        if !is_written && let Some(why) = unfit(option, value) {
            return Err(wrong(name, why));
        }
        let mut one = json!({"name": name, "type": option["type"], "value": value});
        if is_written {
            one["focused"] = json!(true);
        }
        filled.push(one);
    }
    Ok(filled)
}

/// Why a person's client would not send this value.
fn unfit(option: &Value, value: &Value) -> Option<&'static str> {
    let kind = option["type"].as_u64().unwrap_or(0);
    let of_kind = match kind {
        4 => value.is_i64() || value.is_u64(),
        5 => value.is_boolean(),
        6..=9 | 11 => value.as_str().is_some_and(|id| id.parse::<u64>().is_ok()),
        10 => value.is_number(),
        _ => value.is_string(),
    };
    if !of_kind {
        return Some("of another kind");
    }
    let choices = option["choices"]
        .as_array()
        .filter(|choices| !choices.is_empty());
    if choices.is_some_and(|choices| !choices.iter().any(|choice| choice["value"] == *value)) {
        return Some("not one of the choices");
    }
    let length = value
        .as_str()
        .map(|text| text.chars().count())
        .and_then(|length| u64::try_from(length).ok());
    let (least, most) = (
        option["min_length"].as_u64().unwrap_or(0),
        option["max_length"].as_u64().unwrap_or(6000),
    );
    if length.is_some_and(|length| length < least || length > most) {
        return Some("too short or too long");
    }
    let number = value.as_f64().unwrap_or(0.0);
    let below = option["min_value"]
        .as_f64()
        .is_some_and(|least| number < least);
    let above = option["max_value"]
        .as_f64()
        .is_some_and(|most| number > most);
    (below || above).then_some("out of its range")
}

/// The users, roles and channels that options name.
fn resolve(world: &World, channel: u64, declared: &[Value], given: &[(&str, Value)]) -> Value {
    let mut resolved = json!({});
    let guild = world
        .channels
        .get(&channel)
        .and_then(|channel| world.guilds.get(&channel.guild));
    for (name, value) in given {
        let kind = declared
            .iter()
            .find(|one| one["name"] == *name)
            .and_then(|one| one["type"].as_u64());
        let Some(id) = value.as_str().and_then(|id| id.parse::<u64>().ok()) else {
            continue;
        };
        let key = id.to_string();
        if matches!(kind, Some(6 | 9)) && world.users.contains_key(&id) {
            resolved["users"][&key] = world.user_json(id);
            let mut member = guild
                .map(|guild| world.member_json(guild, id))
                .unwrap_or_default();
            if let Some(object) = member.as_object_mut() {
                for absent in ["user", "deaf", "mute"] {
                    object.remove(absent);
                }
                object.insert("permissions".to_owned(), json!("0"));
                resolved["members"][&key] = member;
            }
        }
        let role = guild
            .into_iter()
            .flat_map(|guild| world.roles_json(guild))
            .find(|role| role["id"] == key);
        if let (Some(8 | 9), Some(role)) = (kind, role) {
            resolved["roles"][&key] = role;
        }
        if let (Some(7), Some(known)) = (kind, world.channels.get(&id)) {
            resolved["channels"][&key] = world.channel_json(known);
            resolved["channels"][&key]["permissions"] = json!("0");
        }
    }
    resolved
}
