//! The gateway: sessions, and the events that they are told.

mod opening;
mod socket;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::faults::Faults;
use super::render::id;
use super::world::{Message, World};

pub(crate) use socket::serve;

/// Intents that the platform gives only to those who asked for them: members, presences, content.
const PRIVILEGED: u64 = (1 << 1) | (1 << 8) | MESSAGE_CONTENT;
const GUILDS: u64 = 1;
/// What is left of a day, in milliseconds, while no test says otherwise.
const A_DAYS_REST: i64 = 14_400_000;
const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
/// To read what others write in a guild.
pub const MESSAGE_CONTENT: u64 = 1 << 15;

/// What goes out on a socket.
pub(super) enum Outgoing {
    Json(Value),
    Close(u16, &'static str),
    /// The connection ends without a word.
    Cut,
}

pub(crate) struct Gateway {
    pub(crate) sessions: Vec<Session>,
    pub(crate) heartbeat: Duration,
    /// How many sessions may be started in a day, and how many still may.
    pub(crate) budget: u32,
    pub(crate) budget_left: u32,
    /// When as many may be started again.
    pub(crate) budget_resets_us: i64,
    /// The platform takes one identify in this time for each of its groups of shards.
    pub(crate) identify_every: Duration,
    pub(crate) granted_intents: u64,
    pub(crate) identifies: u32,
    pub(crate) resumes: u32,
    pub(crate) heartbeats: u64,
    /// Nothing that happens is told to anybody.
    pub(crate) keeps: bool,
    last_identify_us: BTreeMap<u64, i64>,
    held: Vec<Value>,
    connections: u64,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            sessions: Vec::new(),
            heartbeat: Duration::from_millis(41_250),
            budget: 1000,
            budget_left: 1000,
            budget_resets_us: i64::MAX,
            identify_every: Duration::from_secs(5),
            granted_intents: 0,
            identifies: 0,
            resumes: 0,
            heartbeats: 0,
            keeps: false,
            last_identify_us: BTreeMap::new(),
            held: Vec::new(),
            connections: 0,
        }
    }
}

pub(crate) struct Session {
    pub(crate) id: String,
    /// Everything that this session was told: a resume replays what was missed.
    events: Vec<Value>,
    outlet: Option<UnboundedSender<Outgoing>>,
    connection: u64,
    /// Nothing that happens is told on this connection.
    pub(crate) deaf: bool,
    intents: u64,
    shard: (u64, u64),
}

impl Session {
    fn tell(&mut self, name: &str, payload: &Value) {
        let event = self.note(name, payload);
        self.send(Outgoing::Json(event));
    }

    /// Tells what happened, unless that is kept; then a resume tells it.
    fn pass_on(&mut self, name: &str, payload: &Value, keeps: bool) {
        let event = self.note(name, payload);
        if !keeps && !self.deaf {
            self.send(Outgoing::Json(event));
        }
    }

    fn note(&mut self, name: &str, payload: &Value) -> Value {
        let seq = self.events.len() + 1;
        let event = json!({"op": 0, "s": seq, "t": name, "d": payload});
        self.events.push(event.clone());
        event
    }

    /// Sends when somebody listens; what nobody heard waits for a resume.
    fn send(&mut self, outgoing: Outgoing) {
        if let Some(outlet) = &self.outlet
            && outlet.send(outgoing).is_err()
        {
            self.outlet = None;
        }
    }

    fn serves(&self, guild: u64) -> bool {
        let (shard, of) = self.shard;
        (guild >> 22) % of.max(1) == shard
    }

    pub(crate) fn connected(&self) -> bool {
        self.outlet
            .as_ref()
            .is_some_and(|outlet| !outlet.is_closed())
    }
}

impl Gateway {
    /// How long until as many sessions as in the beginning may be started, in milliseconds.
    pub(crate) fn budget_resets(&mut self, now_us: i64) -> i64 {
        if now_us >= self.budget_resets_us {
            (self.budget_left, self.budget_resets_us) = (self.budget, i64::MAX);
        }
        (self.budget_resets_us.saturating_sub(now_us) / 1000).min(A_DAYS_REST)
    }

    /// To all sessions that are connected: reconnect (op 7), invalid (op 9), cut.
    pub(crate) fn ask_reconnect(&mut self) {
        self.each(|| Outgoing::Json(json!({"op": 7, "d": null})));
    }

    pub(crate) fn invalidate(&mut self, resumable: bool) {
        self.each(|| Outgoing::Json(json!({"op": 9, "d": resumable})));
        if !resumable {
            self.sessions.clear();
        }
    }

    pub(crate) fn cut(&mut self) {
        self.each(|| Outgoing::Cut);
    }

    pub(crate) fn close(&mut self, code: u16) {
        self.each(|| Outgoing::Close(code, "closed by the platform"));
    }

    pub(crate) fn raw(&mut self, payload: &Value) {
        self.each(|| Outgoing::Json(payload.clone()));
    }

    fn each(&mut self, outgoing: impl Fn() -> Outgoing) {
        self.sessions
            .iter_mut()
            .for_each(|session| session.send(outgoing()));
    }
}

impl World {
    /// Tells an event to the sessions that serve the guild (0: direct messages) and asked for it.
    pub(crate) fn dispatch(&mut self, name: &str, guild: u64, payload: &Value) {
        let (wanted, keeps) = (intent(name, guild), self.gateway.keeps);
        for session in &mut self.gateway.sessions {
            if session.serves(guild) && (wanted == 0 || session.intents & wanted != 0) {
                session.pass_on(name, payload, keeps);
            }
        }
    }

    /// Tells an event about a message; whose content a session may not read is left out for it.
    pub(crate) fn dispatch_message(&mut self, name: &str, message: &Message) {
        let mut payload = self.message_json(message);
        let guild = self
            .channels
            .get(&message.channel)
            .map_or(0, |channel| channel.guild);
        if let Some(guild) = self.guilds.get(&guild) {
            payload["guild_id"] = id(guild.id);
            let mut member = self.member_json(guild, message.author);
            if let Some(member) = member.as_object_mut() {
                member.remove("user");
            }
            payload["member"] = member;
        }
        let to_bot =
            message.author == self.bot || message.content.contains(&format!("<@{}>", self.bot));
        let open = guild == 0 || to_bot;
        let (wanted, keeps) = (intent(name, guild), self.gateway.keeps);
        for session in &mut self.gateway.sessions {
            if !session.serves(guild) || session.intents & wanted == 0 {
                continue;
            }
            let mut payload = payload.clone();
            if !open && session.intents & MESSAGE_CONTENT == 0 {
                payload["content"] = json!("");
                for list in ["embeds", "components", "attachments"] {
                    payload[list] = json!([]);
                }
            }
            session.pass_on(name, &payload, keeps);
        }
    }

    /// Tells an interaction, with what a test made go wrong with it.
    pub(crate) fn dispatch_interaction(&mut self, guild: u64, payload: &Value) {
        if Faults::spend(&mut self.faults.overtaken) {
            self.gateway.held.push(payload.clone());
            return;
        }
        let mut payload = payload.clone();
        if Faults::spend(&mut self.faults.unreadable) {
            payload["data"] = json!(7);
            payload["channel_id"] = json!({"not": "an id"});
        }
        self.dispatch("INTERACTION_CREATE", guild, &payload);
        if Faults::spend(&mut self.faults.doubled) {
            self.dispatch("INTERACTION_CREATE", guild, &payload);
        }
        for held in std::mem::take(&mut self.gateway.held) {
            self.dispatch("INTERACTION_CREATE", guild, &held);
        }
    }
}

/// The intents of which a session needs one to be told an event; 0 needs none.
fn intent(name: &str, guild: u64) -> u64 {
    match name {
        "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" if guild == 0 => DIRECT_MESSAGES,
        "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" => GUILD_MESSAGES,
        "CHANNEL_PINS_UPDATE" if guild == 0 => DIRECT_MESSAGES,
        "INTERACTION_CREATE" => 0,
        _ if name.starts_with("GUILD_")
            || name.starts_with("CHANNEL_")
            || name.starts_with("THREAD_") =>
        {
            GUILDS
        }
        _ => 0,
    }
}
