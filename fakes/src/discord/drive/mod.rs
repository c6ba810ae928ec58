//! People: what they do reaches the bot as the platform tells it.

mod form;
mod options;
mod press;

pub(in crate::discord) use press::interactive;

use std::sync::Arc;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::endpoint;
use super::permissions as may;
use super::render::id;
use super::shared::Shared;
use super::world::{ChannelKind, Deed, Interaction, Message, World};

/// Why a person cannot do that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DriveError {
    /// There is no such command for this person here.
    #[error("no command {0} for this person here")]
    NoCommand(String),
    /// An option is missing, unknown, or of the wrong kind: the person's client does not send that.
    #[error("option {0}: {1}")]
    Option(String, String),
    /// The person does not see such a channel, or may not write there.
    #[error("the person cannot use channel {0}")]
    Channel(u64),
    /// The person does not see such a message.
    #[error("the person does not see message {0}")]
    Message(u64),
    /// No such button or menu is on the message now.
    #[error("no {wanted} on the message now; there are {there:?}")]
    NoComponent {
        /// What was looked for.
        wanted: String,
        /// What is there.
        there: Vec<String>,
    },
    /// The button is there and cannot be pressed.
    #[error("{0} cannot be pressed: it is disabled or a link")]
    Disabled(String),
    /// No such form is open, or not to this person.
    #[error("no form is open to this person by interaction {0}")]
    NoForm(u64),
    /// A value does not fit the form: the person's client does not send that.
    #[error("field {0}: {1}")]
    Field(String, String),
}

/// A person with an account on the platform.
#[derive(Clone)]
pub struct User {
    shared: Arc<Shared>,
    id: u64,
}

/// What is told to the bot.
struct Act {
    deed: Deed,
    channel: u64,
    source: Option<u64>,
    data: Value,
}

impl User {
    pub(super) fn new(shared: &Arc<Shared>, id: u64) -> Self {
        Self {
            shared: Arc::clone(shared),
            id,
        }
    }

    /// The person's id.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The person's client speaks this language: `en-US`, `de`.
    pub fn speaks(&self, locale: &str) {
        if let Some(person) = self.shared.world().users.get_mut(&self.id) {
            locale.clone_into(&mut person.locale);
        }
    }

    /// Whether the person refuses direct messages.
    pub fn blocks_direct_messages(&self, blocks: bool) {
        if let Some(person) = self.shared.world().users.get_mut(&self.id) {
            person.blocks_direct_messages = blocks;
        }
    }

    /// Writes a message; its id.
    ///
    /// # Errors
    ///
    /// The person may not write there.
    pub fn says(&self, channel: u64, text: &str) -> Result<u64, DriveError> {
        let mut world = self.shared.world();
        self.sees_channel(&world, channel, may::SEND_MESSAGES)?;
        let (message, now) = (world.next_id(), world.now());
        let mut message = Message {
            id: message,
            channel,
            author: self.id,
            content: text.to_owned(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: 0,
            nonce: None,
            tts: false,
            reference: None,
            created_us: now,
            edited_us: None,
            looks: Vec::new(),
            pinned_us: None,
            deleted_us: None,
            only_for: None,
            answers: None,
            thread: None,
            pin_of: None,
        };
        message.look(now);
        let id = message.id;
        world.dispatch_message("MESSAGE_CREATE", &message);
        world.messages.insert(id, message);
        drop(world);
        self.shared.touch();
        Ok(id)
    }

    fn sees_channel(&self, world: &World, channel: u64, rights: u64) -> Result<(), DriveError> {
        let known = world
            .channels
            .get(&channel)
            .ok_or(DriveError::Channel(channel))?;
        let bits = world.permissions(self.id, known);
        let rights = rights | may::VIEW_CHANNEL;
        if bits & rights == rights {
            Ok(())
        } else {
            Err(DriveError::Channel(channel))
        }
    }

    /// The message, when this person sees it now.
    fn sees<'a>(&self, world: &'a World, message: u64) -> Result<&'a Message, DriveError> {
        let seen = world
            .living(message)
            .filter(|message| message.only_for.is_none_or(|whom| whom == self.id));
        let seen = seen.filter(|message| self.sees_channel(world, message.channel, 0).is_ok());
        seen.ok_or(DriveError::Message(message))
    }

    /// Sends an interaction: over the gateway, or to the endpoint where there is one; its id.
    fn act(&self, mut world: std::sync::MutexGuard<'_, World>, act: &Act) -> u64 {
        let interaction = world.next_id();
        let token = hex::encode(Sha256::digest(format!("token of {interaction}").as_bytes()));
        let payload = self.payload(&world, (interaction, &token), act);
        let sent_us = world.now();
        let known = Interaction {
            id: interaction,
            token,
            deed: act.deed,
            user: self.id,
            channel: act.channel,
            source: act.source,
            payload: payload.clone(),
            sent_us,
            callback: None,
            refused: Vec::new(),
            original: None,
            followups: Vec::new(),
            endpoint_status: None,
        };
        world.interactions.insert(interaction, known);
        let guild = world
            .channels
            .get(&act.channel)
            .map_or(0, |channel| channel.guild);
        match world.endpoint.clone() {
            Some(url) => {
                tokio::spawn(endpoint::deliver(
                    Arc::clone(&self.shared),
                    url,
                    interaction,
                    payload,
                ));
            }
            None => world.dispatch_interaction(guild, &payload),
        }
        drop(world);
        self.shared.touch();
        interaction
    }

    fn payload(&self, world: &World, (interaction, token): (u64, &str), act: &Act) -> Value {
        let channel = world.channels.get(&act.channel);
        let locale = world
            .users
            .get(&self.id)
            .map_or("en-US", |person| &person.locale);
        let bits = |user| {
            channel
                .map_or(0, |channel| world.permissions(user, channel))
                .to_string()
        };
        let mut payload = json!({
            "id": id(interaction), "application_id": id(world.application), "type": act.deed as u8, "token": token,
            "version": 1, "channel_id": id(act.channel), "channel": channel.map(|channel| world.channel_json(channel)),
            "data": act.data, "locale": locale, "app_permissions": bits(world.bot), "entitlements": [],
            "attachment_size_limit": 10_485_760,
        });
        payload["channel"]["permissions"] = json!(bits(self.id));
        let guild = channel
            .filter(|one| one.kind != ChannelKind::Dm)
            .and_then(|one| world.guilds.get(&one.guild));
        if let Some(guild) = guild {
            let mut member = world.member_json(guild, self.id);
            member["permissions"] = json!(bits(self.id));
            payload["member"] = member;
            payload["guild_id"] = id(guild.id);
            payload["guild"] = json!({"id": id(guild.id), "locale": "en-US", "features": []});
            payload["guild_locale"] = json!("en-US");
            payload["context"] = json!(0);
            payload["authorizing_integration_owners"] = json!({"0": id(guild.id)});
        } else {
            payload["user"] = world.user_json(self.id);
            payload["context"] = json!(1);
            payload["authorizing_integration_owners"] = json!({"0": "0"});
        }
        if let Some(source) = act.source.and_then(|source| world.messages.get(&source)) {
            payload["message"] = world.message_json(source);
        }
        payload
    }
}
