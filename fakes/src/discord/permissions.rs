//! Permission bits, and what somebody may do in a channel.

use super::world::{Channel, ChannelKind, World};

/// See a channel at all.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Write in a channel.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Delete messages of others.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Have embeds in a message.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Have files in a message.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Read what was written before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Use slash commands.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// Rename, lock and archive threads.
pub const MANAGE_THREADS: u64 = 1 << 34;
/// Open threads that everybody sees.
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
/// Open threads that only those invited see.
pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
/// Write in threads.
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
/// Pin and unpin messages.
pub const PIN_MESSAGES: u64 = 1 << 51;
/// Everything.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Rename and delete channels.
pub const MANAGE_CHANNELS: u64 = 1 << 4;

/// What the bot has when it was invited as its manual says.
pub const BOT_DEFAULT: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | MANAGE_MESSAGES
    | MANAGE_THREADS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | SEND_MESSAGES_IN_THREADS
    | PIN_MESSAGES;

/// What everybody in a guild has.
pub const EVERYONE_DEFAULT: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | SEND_MESSAGES_IN_THREADS
    | USE_APPLICATION_COMMANDS;

const ALL: u64 = (1 << 53) - 1;

impl World {
    /// What a user may do in a channel, by the platform's order: owner, roles, administrator, overwrites.
    pub(crate) fn permissions(&self, user: u64, channel: &Channel) -> u64 {
        if channel.kind == ChannelKind::Dm {
            return if channel.recipients.contains(&user) || user == self.bot {
                ALL
            } else {
                0
            };
        }
        let Some(guild) = self.guilds.get(&channel.guild) else {
            return 0;
        };
        let Some(member) = guild.members.get(&user) else {
            return 0;
        };
        if guild.owner == user {
            return ALL;
        }
        let of_role = |id: &u64| guild.roles.get(id).map_or(0, |role| role.permissions);
        let base = member
            .roles
            .iter()
            .fold(of_role(&guild.id), |bits, id| bits | of_role(id));
        if base & ADMINISTRATOR != 0 {
            return ALL;
        }
        // A thread has the overwrites of the channel that it hangs on.
        let place = if channel.is_thread() {
            self.channels.get(&channel.parent)
        } else {
            None
        }
        .unwrap_or(channel);
        let overwrite = |id: &u64| place.overwrites.get(id).copied().unwrap_or((0, 0));
        let (allow, deny) = overwrite(&guild.id);
        let mut bits = (base & !deny) | allow;
        let (allow, deny) = member
            .roles
            .iter()
            .map(overwrite)
            .fold((0, 0), |sum, one| (sum.0 | one.0, sum.1 | one.1));
        bits = (bits & !deny) | allow;
        let (allow, deny) = overwrite(&user);
        bits = (bits & !deny) | allow;
        if bits & VIEW_CHANNEL == 0 { 0 } else { bits }
    }

    /// What a user may do in a guild before any channel is looked at.
    pub(crate) fn guild_permissions(&self, user: u64, guild: u64) -> u64 {
        let Some(guild) = self.guilds.get(&guild) else {
            return 0;
        };
        let Some(member) = guild.members.get(&user) else {
            return 0;
        };
        let of_role = |id: &u64| guild.roles.get(id).map_or(0, |role| role.permissions);
        let bits = member
            .roles
            .iter()
            .fold(of_role(&guild.id), |bits, id| bits | of_role(id));
        if guild.owner == user || bits & ADMINISTRATOR != 0 {
            ALL
        } else {
            bits
        }
    }
}
