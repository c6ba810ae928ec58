//! Examining: what would keep a bot from working, found out before it has to.

use reqwest_chat::Url;
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
        /// Where its updates are posted, if somebody has them posted.
        posting: Option<Posting>,
    },
    /// The token is none.
    NoToken,
    /// The platform cannot be reached, in its words or the system's.
    Unreachable(String),
}

/// Where a bot's updates are posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The host alone: the rest of the address may be a secret.
    pub host: String,
    /// True for the address that was asked about.
    pub ours: bool,
    /// How many updates wait to be posted.
    pub waiting: u32,
    /// What went wrong last, in the platform's words, if anything ever did.
    pub failed: Option<String>,
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
    /// Asks the platform who the bot is, and whether its updates are posted to that address. Changes
    /// nothing.
    pub async fn examine(&self, webhook: &str) -> Bot {
        let me = self.wire.called(self.wire.bot.get_me().into_future()).await;
        let name = match me {
            Ok(me) => me.username().to_owned(),
            Err(Fault::Token) => return Bot::NoToken,
            Err(fault) => return Bot::Unreachable(fault.to_string()),
        };
        let info = match self.webhook().await {
            Ok(info) => info,
            Err(fault) => return Bot::Unreachable(fault.to_string()),
        };
        let posting = info.url.map(|url| Posting {
            host: url.host_str().unwrap_or_default().to_owned(),
            ours: webhook.parse().is_ok_and(|ours: Url| ours == url),
            waiting: info.pending_update_count,
            failed: info.last_error_message,
        });
        Bot::Answers { name, posting }
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
