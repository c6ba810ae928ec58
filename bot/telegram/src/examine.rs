//! Examining: what would keep a bot from working, found out before it has to.

use std::collections::BTreeSet;

use countersign_cards::Locale;
use reqwest_chat::{Url, header::DATE};
use teloxide::{
    payloads::GetMyCommandsSetters as _,
    prelude::Requester as _,
    types::{BotCommand, BotCommandScope, ChatId, ChatMemberKind},
};

use crate::{
    api::Fault,
    line::{CALL, Line},
    menu::commands,
    topics::is_forum,
};

/// What was found of a bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bot {
    /// It answers to that name.
    Answers {
        /// Without `@`.
        name: String,
        /// Where its updates are posted, if somebody has them posted.
        posting: Option<Posting>,
        /// The platform offers the commands of this program.
        offers: bool,
        /// How far the platform's clock is ahead of this machine's, in seconds; `None` when it does not
        /// tell its time.
        ahead: Option<i64>,
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
    /// Cards can be shown, and everything else can be done.
    Ready,
    /// Cards can be shown; the bot may not do all that is nice to have.
    Lacks {
        /// Nothing can be pinned.
        pins: bool,
        /// There are topics, and none can be made.
        topics: bool,
    },
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
        Bot::Answers {
            name,
            posting,
            offers: self.offers().await,
            ahead: self.ahead().await,
        }
    }

    /// True when the platform has the commands of this program, by their names, for everybody.
    async fn offers(&self) -> bool {
        let call = self.wire.bot.get_my_commands();
        let call = call.scope(BotCommandScope::Default).into_future();
        let names = |list: Vec<BotCommand>| {
            let names = list.into_iter().map(|it| it.command);
            names.collect::<BTreeSet<String>>()
        };
        let ours = names(commands(None, &Locale::english()));
        let offered = self.wire.called(call).await.map(names);
        offered.is_ok_and(|offered| offered == ours)
    }

    /// How far the platform's clock is ahead, by what it says of its answers.
    async fn ahead(&self) -> Option<i64> {
        let bot = &self.wire.bot;
        // The address without the token: any answer has the time.
        let asked = bot.client().head(bot.api_url()).send();
        let answer = tokio::time::timeout(CALL, asked).await.ok()?.ok()?;
        let date = answer.headers().get(DATE)?.to_str().ok()?;
        let there = jiff::fmt::rfc2822::parse(date).ok()?.timestamp();
        let here = self.wire.clock.read().wall;
        Some(there.as_second() - here.as_second())
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
            Ok(member) => place(&member.kind, is_forum(&known.kind)),
        }
    }
}

/// What the bot can do in a chat where it has that standing.
fn place(standing: &ChatMemberKind, forum: bool) -> Place {
    let (pins, topics) = match standing {
        ChatMemberKind::Owner(_) => (true, true),
        ChatMemberKind::Administrator(it) => (it.can_pin_messages, it.can_manage_topics),
        ChatMemberKind::Member(_) => (false, false),
        ChatMemberKind::Restricted(it) if it.is_member && it.can_send_messages => {
            (it.can_pin_messages, it.can_manage_topics)
        }
        ChatMemberKind::Restricted(it) if it.is_member => return Place::Mute,
        _ => return Place::NotIn("the bot has left".to_owned()),
    };
    let topics = topics || !forum;
    if pins && topics {
        return Place::Ready;
    }
    Place::Lacks {
        pins: !pins,
        topics: !topics,
    }
}
