//! A chat as the fake keeps it and as a test reads it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::message::Message;

/// What kind of chat it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatKind {
    /// A person and the bot.
    Private,
    /// A small group.
    Group,
    /// A supergroup.
    Supergroup,
    /// A supergroup with topics.
    Forum,
}

/// What a member of a chat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Who made the chat.
    Creator,
    /// Helps to keep it.
    Administrator,
    /// Takes part.
    Member,
    /// Takes part, and may do only what was left to it.
    Restricted,
    /// Went away.
    Left,
    /// Was thrown out; for a private chat: the person blocked the bot.
    Kicked,
}

impl Standing {
    /// The platform's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Creator => "creator",
            Self::Administrator => "administrator",
            Self::Member => "member",
            Self::Restricted => "restricted",
            Self::Left => "left",
            Self::Kicked => "kicked",
        }
    }

    /// Whether it is somebody who is in the chat.
    pub fn is_in(self) -> bool {
        !matches!(self, Self::Left | Self::Kicked)
    }

    /// Whether it is somebody who keeps the chat.
    pub fn is_administrator(self) -> bool {
        matches!(self, Self::Creator | Self::Administrator)
    }
}

/// What the bot may do in a chat, beside reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the platform"
)]
pub struct Rights {
    /// Write at all.
    pub send: bool,
    /// Pin and unpin.
    pub pin: bool,
    /// Delete what others wrote.
    pub delete: bool,
    /// Make topics.
    pub topics: bool,
}

impl Rights {
    /// Everything.
    pub const ALL: Self = Self {
        send: true,
        pin: true,
        delete: true,
        topics: true,
    };
}

/// A chat with everything in it; a test gets a copy.
#[derive(Clone, Debug, Serialize)]
pub struct Chat {
    /// Its id; for a private chat the person's.
    pub id: i64,
    /// What it is.
    pub kind: ChatKind,
    /// Its name.
    pub title: String,
    /// Who was ever in it, the bot included.
    pub members: BTreeMap<i64, Standing>,
    /// What the bot may do here.
    pub rights: Rights,
    /// Every message that was ever in it, by number, the deleted ones too.
    pub messages: BTreeMap<i64, Message>,
    /// The pinned messages, the newest last.
    pub pinned: Vec<i64>,
    /// Topics by the message that made them.
    pub topics: BTreeMap<i64, String>,
    /// Those of them that are closed: only who manages topics writes there.
    pub closed: BTreeSet<i64>,
    /// Where it went, when it became a supergroup.
    pub migrated_to: Option<i64>,
    /// What the bot was shown to be doing here, in order.
    pub actions: Vec<String>,
}

impl Chat {
    pub(crate) fn new(id: i64, kind: ChatKind, title: &str) -> Self {
        Self {
            id,
            kind,
            title: title.to_owned(),
            members: BTreeMap::new(),
            rights: Rights::ALL,
            messages: BTreeMap::new(),
            pinned: Vec::new(),
            topics: BTreeMap::new(),
            closed: BTreeSet::new(),
            migrated_to: None,
            actions: Vec::new(),
        }
    }

    /// The messages that are to be seen now, the oldest first.
    pub fn seen(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.values().filter(|it| it.deleted_by.is_none())
    }

    /// The last message to be seen.
    pub fn last(&self) -> Option<&Message> {
        self.seen().next_back()
    }

    /// The newest message to be seen whose text has this in it.
    pub fn with_text(&self, part: &str) -> Option<&Message> {
        self.seen().rev().find(|it| it.text().contains(part))
    }

    /// What somebody is here.
    pub fn standing(&self, who: i64) -> Standing {
        self.members.get(&who).copied().unwrap_or(Standing::Left)
    }

    /// Whether it has more than one person.
    pub fn is_group(&self) -> bool {
        self.kind != ChatKind::Private
    }

    /// The platform's word for what it is.
    pub(crate) fn word(&self) -> &'static str {
        match self.kind {
            ChatKind::Private => "private",
            ChatKind::Group => "group",
            ChatKind::Supergroup | ChatKind::Forum => "supergroup",
        }
    }

    /// The chat as messages tell it.
    pub(crate) fn told(&self) -> Value {
        let mut told = json!({ "id": self.id, "type": self.word() });
        if self.kind == ChatKind::Private {
            told["first_name"] = self.title.clone().into();
        } else {
            told["title"] = self.title.clone().into();
        }
        if self.kind == ChatKind::Forum {
            told["is_forum"] = true.into();
        }
        told
    }
}
