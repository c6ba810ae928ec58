//! Objects as the platform writes them.

use serde_json::{Value, json};

use super::clock::iso;
use super::world::{Channel, ChannelKind, Guild, Message, World};

/// The flag of a message that was written without a sound.
pub(crate) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;

/// An id, which is a string on the wire.
pub(crate) fn id(id: u64) -> Value {
    Value::String(id.to_string())
}

impl World {
    pub(crate) fn user_json(&self, user: u64) -> Value {
        let Some(person) = self.users.get(&user) else {
            return Value::Null;
        };
        json!({
            "id": id(person.id), "username": person.name, "discriminator": if person.bot { "0001" } else { "0" },
            "global_name": if person.bot { Value::Null } else { json!(person.name) }, "avatar": null,
            "bot": person.bot, "public_flags": 0, "flags": 0, "primary_guild": null,
        })
    }

    /// The bot as it sees itself.
    pub(crate) fn me_json(&self) -> Value {
        let mut me = self.user_json(self.bot);
        me["mfa_enabled"] = json!(true);
        me["locale"] = json!("en-US");
        me["verified"] = json!(true);
        me["email"] = Value::Null;
        me
    }

    pub(crate) fn member_json(&self, guild: &Guild, user: u64) -> Value {
        let Some(member) = guild.members.get(&user) else {
            return Value::Null;
        };
        json!({
            "user": self.user_json(user), "nick": null, "avatar": null, "banner": null,
            "roles": member.roles.iter().map(|role| id(*role)).collect::<Vec<_>>(),
            "joined_at": iso(member.joined_us), "premium_since": null, "communication_disabled_until": null,
            "deaf": false, "mute": false, "pending": false, "flags": 0,
        })
    }

    pub(crate) fn roles_json(&self, guild: &Guild) -> Vec<Value> {
        let roles = guild.roles.values().enumerate().map(|(position, role)| {
            let mut json = json!({
                "id": id(role.id), "name": role.name, "permissions": role.permissions.to_string(),
                "position": position, "color": 0, "hoist": false, "managed": role.of_bot, "mentionable": false,
                "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
                "icon": null, "unicode_emoji": null, "flags": 0,
            });
            if role.of_bot {
                json["tags"] = json!({"bot_id": id(self.bot)});
            }
            json
        });
        roles.collect()
    }

    pub(crate) fn guild_json(&self, guild: &Guild) -> Value {
        json!({
            "id": id(guild.id), "name": guild.name, "icon": null, "description": null, "home_header": null,
            "splash": null, "discovery_splash": null, "features": [], "banner": null, "owner_id": id(guild.owner),
            "application_id": null, "region": "deprecated", "afk_channel_id": null, "afk_timeout": 300,
            "system_channel_id": null, "system_channel_flags": 0, "widget_enabled": false,
            "widget_channel_id": null, "verification_level": 1, "roles": self.roles_json(guild),
            "default_message_notifications": 1, "mfa_level": 0, "explicit_content_filter": 0,
            "max_presences": null, "max_members": 500_000, "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25, "vanity_url_code": null, "premium_tier": 0,
            "premium_subscription_count": 0, "preferred_locale": "en-US", "rules_channel_id": null,
            "safety_alerts_channel_id": null, "public_updates_channel_id": null,
            "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0, "emojis": [], "stickers": [],
            "incidents_data": null,
        })
    }

    /// A guild as the gateway tells it: with its members, channels and threads.
    pub(crate) fn guild_create_json(&self, guild: &Guild) -> Value {
        let mut json = self.guild_json(guild);
        let of_guild = |threads: bool| {
            let channels = self.channels.values();
            let channels =
                channels.filter(move |one| one.guild == guild.id && one.is_thread() == threads);
            channels
                .map(|channel| self.channel_json(channel))
                .collect::<Vec<_>>()
        };
        json["channels"] = json!(of_guild(false));
        json["threads"] = json!(of_guild(true));
        json["members"] = guild
            .members
            .keys()
            .map(|user| self.member_json(guild, *user))
            .collect();
        json["member_count"] = json!(guild.members.len());
        json["joined_at"] = json!(iso(guild.since_us));
        json["large"] = json!(false);
        json["unavailable"] = json!(false);
        for empty in [
            "presences",
            "voice_states",
            "stage_instances",
            "guild_scheduled_events",
            "soundboard_sounds",
        ] {
            json[empty] = json!([]);
        }
        json
    }

    pub(crate) fn channel_json(&self, channel: &Channel) -> Value {
        let last = self
            .messages
            .values()
            .rev()
            .find(|one| one.channel == channel.id && one.only_for.is_none());
        let last = last.map_or(Value::Null, |message| id(message.id));
        match channel.kind {
            ChannelKind::Dm => json!({
                "id": id(channel.id), "type": 1, "flags": 0, "last_message_id": last,
                "recipients": channel.recipients.iter().map(|user| self.user_json(*user)).collect::<Vec<_>>(),
            }),
            ChannelKind::Text => json!({
                "id": id(channel.id), "type": 0, "flags": 0, "guild_id": id(channel.guild), "name": channel.name,
                "position": 0, "parent_id": null, "topic": channel.topic, "nsfw": false, "rate_limit_per_user": 0,
                "last_message_id": last, "permission_overwrites": self.overwrites_json(channel),
            }),
            ChannelKind::PublicThread | ChannelKind::PrivateThread => {
                let messages = self
                    .messages
                    .values()
                    .filter(|one| one.channel == channel.id)
                    .count();
                json!({
                    "id": id(channel.id), "type": if channel.kind == ChannelKind::PublicThread { 11 } else { 12 },
                    "flags": 0, "guild_id": id(channel.guild), "name": channel.name,
                    "parent_id": id(channel.parent), "owner_id": id(channel.owner), "last_message_id": last,
                    "rate_limit_per_user": 0, "message_count": messages, "total_message_sent": messages,
                    "member_count": channel.recipients.len().max(1),
                    "thread_metadata": {
                        "archived": channel.archived, "locked": channel.locked,
                        "auto_archive_duration": channel.auto_archive,
                        "archive_timestamp": iso(channel.created_us), "create_timestamp": iso(channel.created_us),
                    },
                })
            }
        }
    }

    fn overwrites_json(&self, channel: &Channel) -> Vec<Value> {
        let overwrites = channel.overwrites.iter().map(|(whom, (allow, deny))| {
            let kind = u8::from(self.users.contains_key(whom));
            json!({"id": id(*whom), "type": kind, "allow": allow.to_string(), "deny": deny.to_string()})
        });
        overwrites.collect()
    }

    pub(crate) fn message_json(&self, message: &Message) -> Value {
        let mut json = json!({
            "id": id(message.id), "channel_id": id(message.channel), "type": self.message_kind(message),
            "author": self.user_json(message.author), "content": message.content, "embeds": message.embeds,
            "components": message.components, "attachments": attachments_json(message),
            "flags": message.flags, "tts": message.tts, "pinned": message.pinned_us.is_some(),
            "timestamp": iso(message.created_us), "edited_timestamp": message.edited_us.map(iso),
            "mentions": self.mentions_json(message), "mention_roles": [],
            "mention_everyone": message.content.contains("@everyone"),
        });
        if let Some(nonce) = &message.nonce {
            json["nonce"] = nonce.clone();
        }
        if let Some(reference) = message.reference {
            json["message_reference"] =
                json!({"type": 0, "channel_id": id(message.channel), "message_id": id(reference)});
        }
        if let Some(pinned) = message.pin_of {
            let guild = self.channels.get(&message.channel).map_or(0, |it| it.guild);
            json["message_reference"] = json!({
                "type": 0, "guild_id": id(guild), "channel_id": id(message.channel), "message_id": id(pinned),
            });
        }
        if let Some(thread) = message.thread.and_then(|thread| self.channels.get(&thread)) {
            json["thread"] = self.channel_json(thread);
        }
        if let Some(interaction) = message
            .answers
            .and_then(|answered| self.interactions.get(&answered))
        {
            json["webhook_id"] = id(self.application);
            json["application_id"] = id(self.application);
            if let Some(name) = interaction.payload["data"]["name"].as_str() {
                json["interaction"] = json!({
                    "id": id(interaction.id), "type": 2, "name": name, "user": self.user_json(interaction.user),
                });
            }
        }
        json
    }

    fn message_kind(&self, message: &Message) -> u8 {
        let of_command = message
            .answers
            .and_then(|answered| self.interactions.get(&answered));
        match of_command {
            Some(interaction)
                if interaction.callback.is_none() || interaction.original == Some(message.id) =>
            {
                20
            }
            _ if message.pin_of.is_some() => 6,
            _ if message.reference.is_some() => 19,
            _ => 0,
        }
    }

    fn mentions_json(&self, message: &Message) -> Vec<Value> {
        let mentioned = self
            .users
            .keys()
            .filter(|user| message.content.contains(&format!("<@{user}>")));
        mentioned.map(|user| self.user_json(*user)).collect()
    }

    pub(crate) fn application_json(&self) -> Value {
        json!({
            "id": id(self.application), "name": "Countersign", "icon": null, "description": "", "type": null,
            "verify_key": self.public_key, "flags": self.application_flags(), "flags_new": "0", "redirect_uris": [],
            "interactions_endpoint_url": self.endpoint, "role_connections_verification_url": null,
            "owner": self.user_json(self.owner), "approximate_guild_count": self.guilds.len(),
            "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0, "team": null, "eligible_oauth2_scopes": [], "bot_public": false,
            "bot_require_code_grant": false, "bot": self.user_json(self.bot), "summary": "", "hook": true,
        })
    }

    /// What the portal gave the application: the contents of messages, as to one in few guilds.
    fn application_flags(&self) -> u64 {
        u64::from(self.gateway.granted_intents & super::MESSAGE_CONTENT != 0) << 19
    }
}

fn attachments_json(message: &Message) -> Vec<Value> {
    let attachments = message.attachments.iter().map(|file| {
        let place = format!(
            "attachments/{}/{}/{}",
            message.channel, file.id, file.filename
        );
        let mut json = json!({
            "id": id(file.id), "filename": file.filename, "size": file.bytes.len(),
            "url": format!("https://cdn.discordapp.com/{place}"),
            "proxy_url": format!("https://media.discordapp.net/{place}"),
            "content_type": file.content_type,
        });
        if let Some(description) = &file.description {
            json["description"] = json!(description);
        }
        json
    });
    attachments.collect()
}
