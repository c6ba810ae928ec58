//! Everything that the fake platform knows: people, guilds, channels, messages, interactions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::body::Bytes;
use serde_json::Value;

use super::clock::Clock;
use super::faults::Faults;
use super::gateway::Gateway;
use super::limits::Limits;
use super::record::Log;

/// The state of the platform, behind one lock.
pub(crate) struct World {
    pub(crate) clock: Arc<Clock>,
    pub(crate) application: u64,
    pub(crate) bot: u64,
    pub(crate) owner: u64,
    pub(crate) token: String,
    pub(crate) users: BTreeMap<u64, Person>,
    pub(crate) guilds: BTreeMap<u64, Guild>,
    pub(crate) channels: BTreeMap<u64, Channel>,
    pub(crate) messages: BTreeMap<u64, Message>,
    pub(crate) interactions: BTreeMap<u64, Interaction>,
    /// Commands by guild; 0 stands for the global ones.
    pub(crate) commands: BTreeMap<u64, Vec<Value>>,
    /// Nonces that are enforced: (channel, nonce) to message and when.
    pub(crate) nonces: BTreeMap<(u64, String), (u64, i64)>,
    pub(crate) gateway: Gateway,
    pub(crate) limits: Limits,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
    /// Where interactions are posted instead of going through the gateway.
    pub(crate) endpoint: Option<String>,
    pub(crate) public_key: String,
    /// Where the gateway is, as GET /gateway tells it.
    pub(crate) gateway_url: String,
    last_id: u64,
}

pub(crate) struct Person {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) bot: bool,
    pub(crate) locale: String,
    pub(crate) blocks_direct_messages: bool,
}

pub(crate) struct Guild {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) owner: u64,
    pub(crate) roles: BTreeMap<u64, Role>,
    pub(crate) members: BTreeMap<u64, Membership>,
    pub(crate) since_us: i64,
}

pub(crate) struct Role {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) permissions: u64,
    pub(crate) of_bot: bool,
}

pub(crate) struct Membership {
    pub(crate) roles: BTreeSet<u64>,
    pub(crate) joined_us: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChannelKind {
    Text,
    Dm,
    PublicThread,
    PrivateThread,
}

pub(crate) struct Channel {
    pub(crate) id: u64,
    pub(crate) kind: ChannelKind,
    /// 0 in direct messages.
    pub(crate) guild: u64,
    /// The channel that a thread hangs on.
    pub(crate) parent: u64,
    pub(crate) name: String,
    pub(crate) topic: Option<String>,
    /// Allowed and denied bits by role or user.
    pub(crate) overwrites: BTreeMap<u64, (u64, u64)>,
    pub(crate) recipients: BTreeSet<u64>,
    pub(crate) owner: u64,
    pub(crate) archived: bool,
    pub(crate) locked: bool,
    pub(crate) auto_archive: u64,
    pub(crate) created_us: i64,
}

impl Channel {
    pub(crate) fn is_thread(&self) -> bool {
        matches!(
            self.kind,
            ChannelKind::PublicThread | ChannelKind::PrivateThread
        )
    }
}

#[derive(Clone)]
pub(crate) struct Message {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    pub(crate) author: u64,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) flags: u64,
    pub(crate) nonce: Option<Value>,
    pub(crate) tts: bool,
    pub(crate) reference: Option<u64>,
    pub(crate) created_us: i64,
    pub(crate) edited_us: Option<i64>,
    /// How the message looked, oldest first; the last is how it looks.
    pub(crate) looks: Vec<Look>,
    pub(crate) pinned_us: Option<i64>,
    pub(crate) deleted_us: Option<i64>,
    /// Whom an ephemeral answer was shown to.
    pub(crate) only_for: Option<u64>,
    /// The interaction that it answers.
    pub(crate) answers: Option<u64>,
    pub(crate) thread: Option<u64>,
    /// The message whose pinning it tells.
    pub(crate) pin_of: Option<u64>,
}

/// How a message looked from one moment on.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Microseconds since the Unix epoch, by the platform's clock.
    pub at_us: i64,
    /// The text.
    pub content: String,
    /// Embeds, as the platform hands them out.
    pub embeds: Vec<Value>,
    /// Rows of components, as the platform hands them out.
    pub components: Vec<Value>,
}

/// A file of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    /// Its id.
    pub id: u64,
    /// Its name, as it was sent.
    pub filename: String,
    /// Its kind, as it was sent.
    pub content_type: String,
    /// The text for those who do not see it.
    pub description: Option<String>,
    /// What is in it.
    pub bytes: Bytes,
}

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Is the endpoint there?
    Ping = 1,
    /// A slash command.
    Command = 2,
    /// A press on a button, or a choice in a menu.
    Component = 3,
    /// Half a slash command: what could come next?
    Autocomplete = 4,
    /// A form that was sent.
    Modal = 5,
}

#[derive(Clone)]
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) deed: Deed,
    pub(crate) user: u64,
    pub(crate) channel: u64,
    /// The message whose component was used, or whose form this is.
    pub(crate) source: Option<u64>,
    pub(crate) payload: Value,
    /// When the platform sent it.
    pub(crate) sent_us: i64,
    pub(crate) callback: Option<Callback>,
    /// Attempts to answer that were refused: the code of each.
    pub(crate) refused: Vec<u32>,
    /// The message that is `@original`.
    pub(crate) original: Option<u64>,
    pub(crate) followups: Vec<u64>,
    /// What the endpoint answered when it was not a callback.
    pub(crate) endpoint_status: Option<u16>,
}

/// The first answer to an interaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Callback {
    /// The platform's number: 4 message, 5 deferred message, 6 deferred update, 7 update, 8 choices, 9 form.
    pub kind: u64,
    /// What came with it.
    pub data: Value,
    /// Microseconds since the Unix epoch, by the platform's clock.
    pub at_us: i64,
    /// From sending the interaction to this answer.
    pub latency: std::time::Duration,
}

/// Who everybody is in a new world.
pub(crate) struct Names {
    pub(crate) bot: String,
    pub(crate) token: String,
    pub(crate) public_key: String,
}

impl World {
    pub(crate) fn new(clock: Arc<Clock>, names: Names) -> Self {
        let mut world = Self {
            clock,
            application: 0,
            bot: 0,
            owner: 0,
            token: names.token,
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            interactions: BTreeMap::new(),
            commands: BTreeMap::new(),
            nonces: BTreeMap::new(),
            gateway: Gateway::default(),
            limits: Limits::default(),
            faults: Faults::default(),
            log: Log::default(),
            endpoint: None,
            public_key: names.public_key,
            gateway_url: String::new(),
            last_id: 0,
        };
        // A bot's user has the id of its application, as on the platform.
        world.bot = world.add_person(&names.bot, true);
        world.application = world.bot;
        world.owner = world.add_person("owner", false);
        world
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now_us()
    }

    /// A new id: milliseconds since 2015 and a counter, growing always.
    pub(crate) fn next_id(&mut self) -> u64 {
        let ms = u64::try_from(self.now() / 1000 - 1_420_070_400_000).unwrap_or(0);
        self.last_id = (ms << 22).max(self.last_id + 1);
        self.last_id
    }

    pub(crate) fn add_person(&mut self, name: &str, bot: bool) -> u64 {
        let id = self.next_id();
        let person = Person {
            id,
            name: name.to_owned(),
            bot,
            locale: "en-US".to_owned(),
            blocks_direct_messages: false,
        };
        self.users.insert(id, person);
        id
    }

    pub(crate) fn add_guild(&mut self, name: &str) -> u64 {
        use super::permissions::{BOT_DEFAULT, EVERYONE_DEFAULT};
        let (id, now) = (self.next_id(), self.now());
        let bot_role = self.next_id();
        let role = |id, name: &str, permissions, of_bot| {
            (
                id,
                Role {
                    id,
                    name: name.to_owned(),
                    permissions,
                    of_bot,
                },
            )
        };
        let roles = [
            role(id, "@everyone", EVERYONE_DEFAULT, false),
            role(bot_role, "bot", BOT_DEFAULT, true),
        ];
        let member = |roles: &[u64]| Membership {
            roles: roles.iter().copied().collect(),
            joined_us: now,
        };
        let members = [(self.bot, member(&[bot_role])), (self.owner, member(&[]))];
        let guild = Guild {
            id,
            name: name.to_owned(),
            owner: self.owner,
            roles: roles.into_iter().collect(),
            members: members.into_iter().collect(),
            since_us: now,
        };
        self.guilds.insert(id, guild);
        id
    }

    pub(crate) fn add_channel(&mut self, guild: u64, name: &str, kind: ChannelKind) -> u64 {
        let id = self.next_id();
        let channel = Channel {
            id,
            kind,
            guild,
            parent: 0,
            name: name.to_owned(),
            topic: None,
            overwrites: BTreeMap::new(),
            recipients: BTreeSet::new(),
            owner: self.owner,
            archived: false,
            locked: false,
            auto_archive: 1440,
            created_us: self.now(),
        };
        self.channels.insert(id, channel);
        id
    }

    /// The channel of direct messages with a user, made when it is not there.
    pub(crate) fn direct_channel(&mut self, user: u64) -> u64 {
        let known = self
            .channels
            .values()
            .find(|one| one.kind == ChannelKind::Dm && one.recipients.contains(&user));
        if let Some(channel) = known {
            return channel.id;
        }
        let id = self.add_channel(0, "", ChannelKind::Dm);
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.recipients.insert(user);
        }
        id
    }

    /// A message that is there now.
    pub(crate) fn living(&self, message: u64) -> Option<&Message> {
        self.messages
            .get(&message)
            .filter(|message| message.deleted_us.is_none())
    }

    /// The interaction whose token this is.
    pub(crate) fn by_token(&self, token: &str) -> Option<&Interaction> {
        self.interactions
            .values()
            .rev()
            .find(|one| one.token == token)
    }
}

impl Message {
    pub(crate) fn look(&mut self, at_us: i64) {
        self.looks.push(Look {
            at_us,
            content: self.content.clone(),
            embeds: self.embeds.clone(),
            components: self.components.clone(),
        });
    }
}
