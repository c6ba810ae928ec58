//! Examining: what would keep a bot from working, found out before it has to.

use teloxide::{
    prelude::Requester as _,
    types::{ChatId, ChatMemberKind},
};

use crate::{api::Fault, line::Line};

/// What was found of a bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bot {
    /// It answers to that name.
    Answers {
        /// Without `@`.
        name: String,
        /// The host to which somebody has its updates sent, if anybody has: nothing is heard here then.
        webhook: Option<String>,
    },
    /// The token is none.
    NoToken,
    /// The platform cannot be reached, in its words or the system's.
    Unreachable(String),
}

/// What was found of a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Cards can be shown, and pinned.
    Ready,
    /// Cards can be shown; nothing can be pinned.
    NoPins,
    /// The bot may not write there.
    Mute,
    /// The bot is not in it, in the platform's words.
    NotIn(String),
}

impl Line {
    /// Asks the platform who the bot is. Changes nothing.
    pub async fn examine(&self) -> Bot {
        let me = self.wire.called(self.wire.bot.get_me().into_future()).await;
        let name = match me {
            Ok(me) => me.username().to_owned(),
            Err(Fault::Token) => return Bot::NoToken,
            Err(fault) => return Bot::Unreachable(fault.to_string()),
        };
        let info = self.wire.bot.get_webhook_info();
        let info = self.wire.called(info.into_future()).await;
        let url = info.ok().and_then(|info| info.url);
        let webhook = url.and_then(|url| url.host_str().map(str::to_owned));
        Bot::Answers { name, webhook }
    }

    /// Looks at every chat that cards are shown in. Changes nothing.
    pub async fn examine_chats(&self) -> Vec<(i64, Place)> {
        let mut found = Vec::new();
        for room in &self.rooms {
            let chat = room.chat();
            found.push((chat, self.place(chat).await));
        }
        found
    }

    async fn place(&self, chat: i64) -> Place {
        let (chat, me) = (ChatId(chat), self.wire.me());
        let known = self.wire.bot.get_chat(chat).into_future();
        let known = match self.wire.called(known).await {
            Ok(known) => known,
            Err(fault) => return Place::NotIn(fault.to_string()),
        };
        if known.is_private() {
            return Place::Ready;
        }
        let member = self.wire.bot.get_chat_member(chat, me).into_future();
        match self.wire.called(member).await {
            Err(fault) => Place::NotIn(fault.to_string()),
            Ok(member) => match member.kind {
                ChatMemberKind::Owner(_) => Place::Ready,
                ChatMemberKind::Administrator(it) if it.can_pin_messages => Place::Ready,
                ChatMemberKind::Administrator(_) | ChatMemberKind::Member(_) => Place::NoPins,
                ChatMemberKind::Restricted(it) if it.is_member => Place::Mute,
                _ => Place::NotIn("the bot has left".to_owned()),
            },
        }
    }
}
