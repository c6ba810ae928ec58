//! What a test orders to happen.

use serde_json::Value;

use super::chat::{Rights, Standing};
use super::fake::TelegramFake;
use super::faults::Fault;
use super::limits::Limits;

impl TelegramFake {
    /// The next so many calls of a method meet a fault, after what was ordered for it before.
    pub fn fail_next(&self, method: &str, times: usize, fault: Fault) {
        self.shared
            .change(|world| world.faults.order(method, times, fault));
    }

    /// Other limits from now on.
    pub fn set_limits(&self, limits: Limits) {
        self.shared.change(|world| world.limits = limits);
    }

    /// The next so many updates come twice, in one go.
    pub fn double_next_updates(&self, count: usize) {
        self.shared.change(|world| world.updates.double(count));
    }

    /// Every poll is answered with nothing from now on, whatever waits; or no longer.
    pub fn keep_updates(&self, kept: bool) {
        self.shared.change(|world| world.updates.kept = kept);
    }

    /// The last so many updates that the bot confirmed come once more.
    pub fn repeat_confirmed_updates(&self, count: usize) {
        self.shared.change(|world| world.updates.again(count));
    }

    /// The next so many updates wait until all are there and come the newest first.
    pub fn reorder_next_updates(&self, count: usize) {
        self.shared.change(|world| world.updates.reorder(count));
    }

    /// Delivers any value as an update, however broken it is. `update_id` is set where it is missing.
    pub fn deliver(&self, mut update: Value) {
        self.shared.change(|world| {
            let made = world.updates.make("message", Value::Null);
            if let (Some(made), Some(object)) = (made, update.as_object_mut()) {
                object
                    .entry("update_id")
                    .or_insert_with(|| made["update_id"].clone());
            }
            world.updates.queue(update);
        });
    }

    /// Makes a group a supergroup; the new chat's id.
    ///
    /// # Panics
    /// When it is no group.
    #[track_caller]
    pub fn migrate(&self, group: i64) -> i64 {
        let moved = self.shared.change(|world| world.migrate(group));
        moved.unwrap_or_else(|what| panic!("{what}"))
    }

    /// Makes the bot something else in a chat: `Kicked` throws it out.
    pub fn set_bot_standing(&self, chat: i64, standing: Standing) {
        self.shared.change(|world| {
            let bot = world.bot.id;
            world.set_standing(chat, bot, standing);
        });
    }

    /// Changes what the bot may do in a chat.
    pub fn set_rights(&self, chat: i64, rights: Rights) {
        self.shared.change(|world| {
            if let Some(chat) = world.chats.get_mut(&chat) {
                chat.rights = rights;
            }
        });
    }

    /// Closes a topic.
    pub fn close_topic(&self, chat: i64, topic: i64) {
        self.shared.change(|world| {
            if let Some(chat) = world.chats.get_mut(&chat) {
                chat.closed.insert(topic);
            }
        });
    }

    /// Whether the bot reads only what is meant for it in groups where it is no administrator; on
    /// unless switched off, as on the platform.
    pub fn set_privacy(&self, on: bool) {
        self.shared.change(|world| world.privacy = on);
    }

    /// Makes the platform's dates wrong by so many seconds.
    pub fn skew_dates(&self, seconds: i64) {
        self.shared.change(|world| world.skew = seconds);
    }
}
