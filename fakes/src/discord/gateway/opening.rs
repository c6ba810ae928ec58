//! How a session begins: identify and resume.

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::{Outgoing, PRIVILEGED, Session};
use crate::discord::clock::micros;
use crate::discord::render::id;
use crate::discord::world::World;

/// Why a socket is closed: the platform's code and words.
pub(super) type Closing = (u16, &'static str);

/// What became of an opening.
pub(super) enum Opened {
    /// This connection serves that session now.
    Session(String, u64),
    /// Op 9: the client has to identify again.
    Invalid,
}

const AUTHENTICATION_FAILED: Closing = (4004, "Authentication failed.");
const DECODE: Closing = (4002, "Error while decoding payload.");

impl World {
    pub(super) fn identify(
        &mut self,
        data: &Value,
        outlet: &UnboundedSender<Outgoing>,
    ) -> Result<Opened, Closing> {
        let properties = &data["properties"];
        let Some(token) = data["token"].as_str() else {
            return Err(DECODE);
        };
        if !properties.is_object()
            || ["os", "browser", "device"]
                .iter()
                .any(|name| !properties[name].is_string())
        {
            return Err(DECODE);
        }
        if token.trim_start_matches("Bot ") != self.token {
            return Err(AUTHENTICATION_FAILED);
        }
        let Some(intents) = data["intents"].as_u64() else {
            return Err((4013, "Invalid intent(s)."));
        };
        if intents >> 26 != 0 {
            return Err((4013, "Invalid intent(s)."));
        }
        if intents & PRIVILEGED & !self.gateway.granted_intents != 0 {
            return Err((4014, "Disallowed intent(s)."));
        }
        let shard = shard(&data["shard"]).ok_or((4010, "Invalid shard."))?;
        let now = self.now();
        let last = self.gateway.last_identify_us.insert(shard.0 % 16, now);
        if last.is_some_and(|last| now < last + micros(self.gateway.identify_every)) {
            return Ok(Opened::Invalid);
        }
        self.gateway.budget_resets(now);
        // Past the budget the platform resets the token and tells the owner.
        let Some(left) = self.gateway.budget_left.checked_sub(1) else {
            return Err(AUTHENTICATION_FAILED);
        };
        self.gateway.budget_left = left;
        self.gateway.identifies += 1;
        Ok(self.begin(intents, shard, outlet))
    }

    fn begin(
        &mut self,
        intents: u64,
        shard: (u64, u64),
        outlet: &UnboundedSender<Outgoing>,
    ) -> Opened {
        self.gateway.connections += 1;
        let connection = self.gateway.connections;
        let name = format!("{:032x}", self.next_id());
        let guilds: Vec<u64> = self.guilds.keys().copied().collect();
        let mut session = Session {
            id: name.clone(),
            events: Vec::new(),
            outlet: Some(outlet.clone()),
            connection,
            deaf: false,
            intents,
            shard,
        };
        let unavailable = guilds.iter().filter(|guild| session.serves(**guild));
        let unavailable: Vec<Value> = unavailable
            .map(|one| json!({"id": id(*one), "unavailable": true}))
            .collect();
        let ready = json!({
            "v": 10, "user": self.me_json(), "guilds": unavailable, "session_id": name, "shard": [shard.0, shard.1],
            "resume_gateway_url": self.gateway_url, "application": {"id": id(self.application), "flags": 0},
            "private_channels": [], "relationships": [], "presences": [], "user_settings": {}, "session_type": "normal",
        });
        session.tell("READY", &ready);
        for guild in guilds.iter().filter_map(|guild| self.guilds.get(guild)) {
            if session.serves(guild.id) && intents & super::GUILDS != 0 {
                session.tell("GUILD_CREATE", &self.guild_create_json(guild));
            }
        }
        self.gateway.sessions.push(session);
        Opened::Session(name, connection)
    }

    pub(super) fn resume(
        &mut self,
        data: &Value,
        outlet: &UnboundedSender<Outgoing>,
    ) -> Result<Opened, Closing> {
        let (Some(token), Some(name)) = (data["token"].as_str(), data["session_id"].as_str())
        else {
            return Err(DECODE);
        };
        let Some(seq) = data["seq"]
            .as_u64()
            .and_then(|seq| usize::try_from(seq).ok())
        else {
            return Err(DECODE);
        };
        if token.trim_start_matches("Bot ") != self.token {
            return Err(AUTHENTICATION_FAILED);
        }
        let keeps = self.gateway.keeps;
        let Some(session) = self
            .gateway
            .sessions
            .iter_mut()
            .find(|session| session.id == name)
        else {
            return Ok(Opened::Invalid);
        };
        if seq > session.events.len() {
            return Err((4007, "Invalid seq."));
        }
        session.send(Outgoing::Close(4000, "taken over"));
        session.outlet = Some(outlet.clone());
        self.gateway.connections += 1;
        session.connection = self.gateway.connections;
        session.deaf = false;
        let missed: Vec<Value> = session.events[seq..].to_vec();
        for event in missed.into_iter().filter(|_| !keeps) {
            session.send(Outgoing::Json(event));
        }
        session.tell("RESUMED", &json!({}));
        self.gateway.resumes += 1;
        Ok(Opened::Session(name.to_owned(), self.gateway.connections))
    }

    /// A connection ended. After a proper goodbye (1000, 1001) its session cannot be resumed.
    pub(super) fn disconnected(&mut self, name: &str, connection: u64, goodbye: bool) {
        let sessions = &mut self.gateway.sessions;
        let Some(session) = sessions
            .iter_mut()
            .find(|one| one.id == name && one.connection == connection)
        else {
            return;
        };
        session.outlet = None;
        if goodbye {
            sessions.retain(|one| one.id != name);
        }
    }
}

/// `[number, of]`, or one of one when it is not said.
fn shard(value: &Value) -> Option<(u64, u64)> {
    if value.is_null() {
        return Some((0, 1));
    }
    let parts = value.as_array().filter(|parts| parts.len() == 2)?;
    let (number, of) = (parts[0].as_u64()?, parts[1].as_u64()?);
    (number < of).then_some((number, of))
}
