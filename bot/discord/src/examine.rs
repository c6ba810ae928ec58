//! Examining: what would keep a bot from working, found out before it has to.

use std::collections::BTreeSet;

use serde_json::Value;
use serenity::{
    http::{LightMethod, Route},
    model::{
        Permissions,
        id::{ApplicationId, ChannelId, GuildId, UserId},
    },
};

use crate::{
    api::Fault,
    commands::registered,
    line::{Call, Line},
    look::number,
};

/// What was found of a bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bot {
    /// It answers.
    Answers(About),
    /// The token is none.
    NoToken,
    /// The platform cannot be reached, in its words or the system's.
    Unreachable(String),
}

/// What is known of a bot that answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its name.
    pub name: String,
    /// The host to which the platform posts its interactions, if to any: none come on the gateway then.
    pub endpoint: Option<String>,
    /// It is given what people write, which it does not need.
    pub overhears: bool,
    /// How many connections may still be begun today.
    pub connections: Option<u64>,
    /// The platform offers the commands of this program.
    pub offers: bool,
    /// How far the platform's clock is ahead of this machine's, in seconds.
    pub ahead: i64,
}

/// What was found of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The bot may do what it has to there, and everything that is nice to have but these.
    Open {
        /// Rights that are missing, in the platform's words.
        missing: Vec<&'static str>,
    },
    /// Cards cannot be shown without these rights.
    Shut {
        /// Rights that are missing, in the platform's words.
        missing: Vec<&'static str>,
    },
    /// The bot does not see it, in the platform's words.
    NotIn(String),
}

/// Rights without which no card is shown.
const NEEDED: [(Permissions, &str); 4] = [
    (Permissions::VIEW_CHANNEL, "View Channel"),
    (Permissions::SEND_MESSAGES, "Send Messages"),
    (Permissions::EMBED_LINKS, "Embed Links"),
    (Permissions::READ_MESSAGE_HISTORY, "Read Message History"),
];

/// Rights for pictures, threads, and the pinned board.
const WANTED: [(Permissions, &str); 4] = [
    (Permissions::ATTACH_FILES, "Attach Files"),
    (Permissions::CREATE_PUBLIC_THREADS, "Create Public Threads"),
    (
        Permissions::SEND_MESSAGES_IN_THREADS,
        "Send Messages in Threads",
    ),
    (PIN_MESSAGES, "Pin Messages"),
];

/// To pin, which the library has no name for yet.
const PIN_MESSAGES: Permissions = Permissions::from_bits_retain(1 << 51);

/// What the portal says of an application that is given what people write.
const OVERHEARS: u64 = (1 << 18) | (1 << 19);

/// The kinds of a thread.
const THREADS: [u64; 3] = [10, 11, 12];

impl Line {
    /// Asks the platform who the bot is. Changes nothing.
    pub async fn examine(&self) -> Bot {
        let application = match self.ask(Route::Oauth2ApplicationCurrent).await {
            Ok(application) => application,
            Err(Fault::Token) => return Bot::NoToken,
            Err(fault) => return Bot::Unreachable(fault.to_string()),
        };
        let gateway = self.ask(Route::GatewayBot).await.unwrap_or_default();
        let endpoint = application["interactions_endpoint_url"].as_str();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Bot::Answers(About {
            name: text(&application["bot"]["username"]),
            endpoint: endpoint.map(host),
            overhears: application["flags"].as_u64().unwrap_or(0) & OVERHEARS != 0,
            connections: gateway["session_start_limit"]["remaining"].as_u64(),
            offers: self.offers(&application).await,
            ahead: self.wire.ahead(),
        })
    }

    /// Looks at every channel that cards are shown in. Changes nothing.
    pub async fn examine_channels(&self) -> Vec<(u64, Spot)> {
        let mut found = Vec::new();
        for room in &self.rooms {
            let channel = room.channel();
            let spot = match self.rights(channel).await {
                Ok(rights) => spot(rights),
                Err(fault) => Spot::NotIn(fault.to_string()),
            };
            found.push((channel, spot));
        }
        found
    }

    async fn ask(&self, route: Route<'_>) -> Result<Value, Fault> {
        let call = Call::bare(LightMethod::Get, route);
        self.wire.called(call).await
    }

    /// True when the platform has the commands of this program, by their names.
    async fn offers(&self, application: &Value) -> bool {
        let Some(id) = number(&application["id"]) else {
            return false;
        };
        let application_id = ApplicationId::new(id);
        let known = self.ask(Route::Commands { application_id }).await;
        known.is_ok_and(|known| names(&known) == names(&registered()))
    }

    /// What the bot may do in a channel: by the platform's order everybody's role, its own roles, and
    /// what the channel says about each and about the bot.
    async fn rights(&self, channel: u64) -> Result<Permissions, Fault> {
        let me = self.wire.me().await?;
        let mut place = self.channel(channel).await?;
        let Some(guild) = number(&place["guild_id"]).filter(|guild| *guild != 0) else {
            // Alone with a person.
            return Ok(Permissions::all() | PIN_MESSAGES);
        };
        let is_thread = place["type"]
            .as_u64()
            .is_some_and(|it| THREADS.contains(&it));
        if let (true, Some(parent)) = (is_thread, number(&place["parent_id"])) {
            place = self.channel(parent).await?;
        }
        let guild_id = GuildId::new(guild);
        let user_id = UserId::new(me);
        let member = self.ask(Route::GuildMember { guild_id, user_id }).await?;
        let roles = self.ask(Route::GuildRoles { guild_id }).await?;
        Ok(may(guild, me, (&member, &roles, &place)))
    }

    async fn channel(&self, channel: u64) -> Result<Value, Fault> {
        let channel_id = ChannelId::new(channel);
        self.ask(Route::Channel { channel_id }).await
    }
}

/// What somebody may do in a place of a guild.
fn may(guild: u64, who: u64, (member, roles, place): (&Value, &Value, &Value)) -> Permissions {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let bits = |value: &Value| Permissions::from_bits_retain(number(value).unwrap_or(0));
    let own: BTreeSet<u64> = list(&member["roles"]).iter().filter_map(number).collect();
    let held = |it: &&Value| number(&it["id"]).is_some_and(|id| id == guild || own.contains(&id));
    let base = list(roles);
    let base = base.iter().filter(held).map(|it| bits(&it["permissions"]));
    let base = base.fold(Permissions::empty(), |all, some| all | some);
    if base.contains(Permissions::ADMINISTRATOR) {
        return Permissions::all() | PIN_MESSAGES;
    }
    let overwrites = list(&place["permission_overwrites"]);
    let over = |rights: Permissions, of: &dyn Fn(u64) -> bool| {
        let ours = |it: &&Value| number(&it["id"]).is_some_and(of);
        let (mut allow, mut deny) = (Permissions::empty(), Permissions::empty());
        for overwrite in overwrites.iter().filter(ours) {
            allow |= bits(&overwrite["allow"]);
            deny |= bits(&overwrite["deny"]);
        }
        (rights - deny) | allow
    };
    let rights = over(base, &|id| id == guild);
    let rights = over(rights, &|id| own.contains(&id));
    over(rights, &|id| id == who)
}

fn spot(rights: Permissions) -> Spot {
    let lacks = |rows: &[(Permissions, &'static str)]| -> Vec<&'static str> {
        let missing = rows.iter().filter(|(right, _)| !rights.contains(*right));
        missing.map(|(_, name)| *name).collect()
    };
    let needed = lacks(&NEEDED);
    if needed.is_empty() {
        let missing = lacks(&WANTED);
        Spot::Open { missing }
    } else {
        let missing = needed;
        Spot::Shut { missing }
    }
}

fn names(commands: &Value) -> BTreeSet<&str> {
    let commands = commands.as_array().into_iter().flatten();
    commands.filter_map(|it| it["name"].as_str()).collect()
}

/// The host of an address.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
