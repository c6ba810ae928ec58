//! Who and what is there: users, roles, channels, threads, rights.

use super::world::{ChannelKind, Membership, Role};
use super::{DiscordFake, User};

impl DiscordFake {
    /// A new user, a member of the guild.
    pub fn add_user(&self, name: &str) -> User {
        let mut world = self.shared.world();
        let id = world.add_person(name, false);
        let joined_us = world.now();
        if let Some(guild) = world.guilds.get_mut(&self.guild) {
            guild.members.insert(
                id,
                Membership {
                    roles: [].into(),
                    joined_us,
                },
            );
        }
        drop(world);
        self.user(id)
    }

    /// A user who is in no guild of the bot.
    pub fn add_stranger(&self, name: &str) -> User {
        let id = self.shared.world().add_person(name, false);
        self.user(id)
    }

    /// The user of an id.
    pub fn user(&self, id: u64) -> User {
        User::new(&self.shared, id)
    }

    /// The guild's owner.
    pub fn owner(&self) -> User {
        let id = self.shared.world().owner;
        self.user(id)
    }

    /// A new role with these permissions; the id.
    pub fn add_role(&self, name: &str, permissions: u64) -> u64 {
        let mut world = self.shared.world();
        let id = world.next_id();
        if let Some(guild) = world.guilds.get_mut(&self.guild) {
            guild.roles.insert(
                id,
                Role {
                    id,
                    name: name.to_owned(),
                    permissions,
                    of_bot: false,
                },
            );
        }
        id
    }

    /// Gives a role to a user.
    pub fn give_role(&self, user: &User, role: u64) {
        self.change_role(user, role, true);
    }

    /// Takes a role from a user.
    pub fn take_role(&self, user: &User, role: u64) {
        self.change_role(user, role, false);
    }

    fn change_role(&self, user: &User, role: u64, given: bool) {
        let mut world = self.shared.world();
        let Some(guild) = world.guilds.get_mut(&self.guild) else {
            return;
        };
        let Some(member) = guild.members.get_mut(&user.id()) else {
            return;
        };
        if given {
            member.roles.insert(role);
        } else {
            member.roles.remove(&role);
        }
        let mut event = world
            .guilds
            .get(&self.guild)
            .map(|guild| world.member_json(guild, user.id()))
            .unwrap_or_default();
        event["guild_id"] = super::render::id(self.guild);
        world.dispatch("GUILD_MEMBER_UPDATE", self.guild, &event);
    }

    /// A new text channel of the guild; the id.
    pub fn add_channel(&self, name: &str) -> u64 {
        let mut world = self.shared.world();
        let id = world.add_channel(self.guild, name, ChannelKind::Text);
        let event = world.channel_json(&world.channels[&id]);
        world.dispatch("CHANNEL_CREATE", self.guild, &event);
        id
    }

    /// A new public thread on a channel, opened by the guild's owner; the id.
    pub fn add_thread(&self, parent: u64, name: &str) -> u64 {
        let mut world = self.shared.world();
        let id = world.add_channel(self.guild, name, ChannelKind::PublicThread);
        if let Some(thread) = world.channels.get_mut(&id) {
            thread.parent = parent;
        }
        let event = world.channel_json(&world.channels[&id]);
        world.dispatch("THREAD_CREATE", self.guild, &event);
        id
    }

    /// Archives a thread, and locks it when that is wanted.
    pub fn archive_thread(&self, thread: u64, locked: bool) {
        let mut world = self.shared.world();
        if let Some(thread) = world.channels.get_mut(&thread) {
            (thread.archived, thread.locked) = (true, locked);
        }
    }

    /// The channel of direct messages between the bot and a user; the id.
    pub fn direct_channel(&self, user: &User) -> u64 {
        self.shared.world().direct_channel(user.id())
    }

    /// Takes permissions from the bot in a channel (see [`super::permissions`]).
    pub fn bot_loses(&self, channel: u64, permissions: u64) {
        let mut world = self.shared.world();
        let bot = world.bot;
        if let Some(channel) = world.channels.get_mut(&channel) {
            let (allow, deny) = channel.overwrites.entry(bot).or_default();
            *allow &= !permissions;
            *deny |= permissions;
        }
    }

    /// Gives permissions to the bot in a channel.
    pub fn bot_gains(&self, channel: u64, permissions: u64) {
        let mut world = self.shared.world();
        let bot = world.bot;
        if let Some(channel) = world.channels.get_mut(&channel) {
            let (allow, deny) = channel.overwrites.entry(bot).or_default();
            *allow |= permissions;
            *deny &= !permissions;
        }
    }

    /// Throws the bot out of the guild.
    pub fn kick_bot(&self) {
        let mut world = self.shared.world();
        let bot = world.bot;
        if let Some(guild) = world.guilds.get_mut(&self.guild) {
            guild.members.remove(&bot);
        }
        let event = serde_json::json!({"id": self.guild.to_string()});
        world.dispatch("GUILD_DELETE", self.guild, &event);
    }
}
