//! What people do in the chats.

use serde_json::{Value, json};

use super::chat::{Chat, ChatKind, Standing};
use super::message::{Content, Version};
use super::press::Press;
use super::text;
use super::world::World;

/// Where and what somebody writes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Words<'a> {
    pub(crate) chat: i64,
    pub(crate) text: &'a str,
    pub(crate) thread: Option<i64>,
    pub(crate) reply_to: Option<i64>,
}

impl World {
    /// Somebody writes a message; its number.
    ///
    /// # Errors
    /// Says why a person could not do that.
    pub(crate) fn says(&mut self, who: i64, words: Words<'_>) -> Result<i64, String> {
        let Words {
            chat: id,
            text,
            thread,
            reply_to,
        } = words;
        if id == who {
            self.open_private(who);
        }
        let chat = self.joined(who, id)?;
        if let Some(thread) = thread.filter(|it| !chat.topics.contains_key(it)) {
            return Err(format!("chat {id} has no topic {thread}"));
        }
        let answered =
            reply_to.map(|it| chat.messages.get(&it).filter(|it| it.deleted_by.is_none()));
        if answered == Some(None) {
            return Err(format!("chat {id} shows no message {reply_to:?} to answer"));
        }
        let answered = answered.flatten();
        let thread = thread.or(answered.and_then(|it| it.thread));
        let to_bot = answered.is_some_and(|it| it.from == self.bot.id);
        let entities = text::commands_in(text);
        let told = chat.kind == ChatKind::Private
            || !self.privacy
            || to_bot
            || chat.standing(self.bot.id).is_administrator()
            || !entities.is_empty();
        let heard = told && chat.standing(self.bot.id).is_in();
        let content = Content {
            text: text.to_owned(),
            entities,
            ..Content::default()
        };
        let mut message = self.message(id, who, content);
        message.thread = thread;
        message.reply_to = reply_to;
        let number = message.id;
        let told = self.told(&message, true);
        self.keep(message);
        if heard {
            self.push("message", told);
        }
        Ok(number)
    }

    /// Somebody edits a message of theirs.
    ///
    /// # Errors
    /// Says why a person could not do that.
    pub(crate) fn rewrites(
        &mut self,
        who: i64,
        (chat, id): (i64, i64),
        text: &str,
    ) -> Result<(), String> {
        self.joined(who, chat)?;
        let (at, date) = (self.now(), self.date());
        let message = self
            .chats
            .get_mut(&chat)
            .and_then(|it| it.messages.get_mut(&id));
        let message = message.filter(|it| it.from == who && it.deleted_by.is_none());
        let message = message.ok_or_else(|| format!("{who} has no message {id} in chat {chat}"))?;
        message.content = Content {
            text: text.to_owned(),
            entities: text::commands_in(text),
            ..Content::default()
        };
        message.edit_date = Some(date);
        let content = message.content.clone();
        message.versions.push(Version { at, content });
        let message = message.clone();
        let told = self.told(&message, true);
        self.push("edited_message", told);
        Ok(())
    }

    /// Somebody presses a button that a message has now, found by its data or else by its label.
    ///
    /// # Errors
    /// Says what buttons there are when it is none of them.
    pub(crate) fn presses(
        &mut self,
        who: i64,
        (chat, id): (i64, i64),
        wanted: &str,
    ) -> Result<Press, String> {
        let there = self.joined(who, chat)?.messages.get(&id);
        let there = there.filter(|it| it.deleted_by.is_none());
        let message = there.ok_or_else(|| format!("chat {chat} shows no message {id}"))?;
        let buttons: Vec<_> = message.buttons().into_iter().flatten().collect();
        let by_data = buttons.iter().find(|it| it.data.as_deref() == Some(wanted));
        let button = by_data.or_else(|| buttons.iter().find(|it| it.label == wanted));
        let data = button.and_then(|it| it.data.clone()).ok_or_else(|| {
            format!(
                "message {id} of chat {chat} has no button {wanted:?} to press; it says {:?} and has {buttons:?}",
                message.text()
            )
        })?;
        self.forges(who, (chat, id), &data)
    }

    /// Somebody sends any data as a press on a message, as a client of their own can.
    ///
    /// # Errors
    /// Says why a person could not do that.
    pub(crate) fn forges(
        &mut self,
        who: i64,
        (chat, id): (i64, i64),
        data: &str,
    ) -> Result<Press, String> {
        let seen = self.joined(who, chat)?.messages.get(&id);
        let message = seen.ok_or_else(|| format!("chat {chat} has no message {id}"))?;
        let message = self.told(message, true);
        let count = self.presses.len() + 1;
        let press = Press {
            id: format!("{who}{count:08}"),
            by: who,
            chat,
            message: id,
            data: data.to_owned(),
            at: self.now(),
            answer: None,
        };
        let from = self
            .people
            .get(&who)
            .map_or(Value::Null, super::world::Account::told);
        let told = json!({
            "id": press.id,
            "from": from,
            "message": message,
            "chat_instance": format!("-{}", chat.unsigned_abs()),
            "data": data,
        });
        self.presses.push(press.clone());
        self.push("callback_query", told);
        Ok(press)
    }

    /// Changes what somebody is in a chat; the bot is told where it may be.
    pub(crate) fn set_standing(&mut self, chat: i64, who: i64, standing: Standing) {
        let Some(it) = self.chats.get(&chat) else {
            return;
        };
        let is_bot = who == self.bot.id;
        let by = match it.kind {
            ChatKind::Private => chat,
            _ => it
                .members
                .keys()
                .copied()
                .find(|it| *it != self.bot.id)
                .unwrap_or(who),
        };
        let from = self
            .account(by)
            .map_or(Value::Null, super::world::Account::told);
        let told = json!({
            "chat": it.told(),
            "from": from,
            "date": self.date(),
            "old_chat_member": self.member(it, who),
            "new_chat_member": self.standing(it, who, standing),
        });
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.members.insert(who, standing);
        }
        self.push(
            if is_bot {
                "my_chat_member"
            } else {
                "chat_member"
            },
            told,
        );
    }

    /// Makes a group a supergroup; the new chat's id.
    ///
    /// # Errors
    /// Says why that cannot be done.
    pub(crate) fn migrate(&mut self, old: i64) -> Result<i64, String> {
        let group = self.chats.get(&old);
        let group = group.filter(|it| it.kind == ChatKind::Group && it.migrated_to.is_none());
        let group = group.ok_or_else(|| format!("chat {old} is no group"))?;
        let (title, members, rights) = (group.title.clone(), group.members.clone(), group.rights);
        let by = members.keys().copied().find(|it| *it != self.bot.id);
        let by = by.unwrap_or(self.bot.id);
        let new = self.add_group(ChatKind::Supergroup, &title, &[]);
        if let Some(chat) = self.chats.get_mut(&new) {
            chat.members = members;
            chat.rights = rights;
        }
        self.announce(old, by, ("migrate_to_chat_id", new.into()));
        self.announce(new, by, ("migrate_from_chat_id", old.into()));
        if let Some(chat) = self.chats.get_mut(&old) {
            chat.migrated_to = Some(new);
        }
        Ok(new)
    }

    fn joined(&self, who: i64, chat: i64) -> Result<&Chat, String> {
        let there = self.chats.get(&chat).filter(|it| it.migrated_to.is_none());
        let there = there.ok_or_else(|| format!("there is no chat {chat}"))?;
        let is_in = there.standing(who).is_in() || there.id == who;
        is_in
            .then_some(there)
            .ok_or_else(|| format!("{who} is not in chat {chat}"))
    }
}
