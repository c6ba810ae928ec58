//! Operators, their roles, and where they are known.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ids::OperatorId;

/// What an operator may do on a desk; each role may do what the one before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Decides tickets, closes and holds positions, proposes, halts and reduces.
    Trader,
    /// Resumes, signs standing approvals, and everything else.
    Admin,
}

/// A place where people meet the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// The terminal that the binary runs in.
    Terminal,
    /// The web console.
    Web,
    /// The binary's own sub-commands (`countersign desk ...`).
    Cli,
    /// Telegram.
    Telegram,
    /// Discord.
    Discord,
}

impl Surface {
    /// Every surface.
    pub const ALL: [Self; 5] = [
        Self::Terminal,
        Self::Web,
        Self::Cli,
        Self::Telegram,
        Self::Discord,
    ];

    /// True for a chat platform: its rooms are shown a board and the positions as cards of their
    /// own. The terminal and the console draw both by themselves.
    pub const fn is_platform(self) -> bool {
        matches!(self, Self::Telegram | Self::Discord)
    }

    /// The word for it in stored rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Web => "web",
            Self::Cli => "cli",
            Self::Telegram => "telegram",
            Self::Discord => "discord",
        }
    }
}

impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A place on a surface where cards are shown: a chat or channel by the platform's own number, or
/// the surface itself, where it has but one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Room {
    /// On which surface.
    pub surface: Surface,
    /// Which chat or channel there; 0 where there is but one place.
    pub chat: i64,
}

impl Room {
    /// The one place of a surface that has no chats.
    pub const fn of(surface: Surface) -> Self {
        Self { surface, chat: 0 }
    }
}

impl From<Surface> for Room {
    fn from(surface: Surface) -> Self {
        Self::of(surface)
    }
}

impl fmt::Display for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.chat {
            0 => write!(f, "{}", self.surface),
            chat => write!(f, "{}:{chat}", self.surface),
        }
    }
}

/// A text that names no room: neither `SURFACE` nor `SURFACE:CHAT`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no room; one is written like web or telegram:-1001234567890")]
pub struct NoRoom(pub String);

impl FromStr for Room {
    type Err = NoRoom;

    fn from_str(text: &str) -> Result<Self, NoRoom> {
        let none = || NoRoom(text.to_owned());
        let (surface, chat) = text.split_once(':').unwrap_or((text, "0"));
        let surface = Surface::ALL.into_iter().find(|it| it.as_str() == surface);
        let room = Self {
            surface: surface.ok_or_else(none)?,
            chat: chat.parse().map_err(|_| none())?,
        };
        // One text for each room.
        if room.to_string() == text {
            Ok(room)
        } else {
            Err(none())
        }
    }
}

impl From<Room> for String {
    fn from(room: Room) -> Self {
        room.to_string()
    }
}

impl TryFrom<String> for Room {
    type Error = NoRoom;

    fn try_from(text: String) -> Result<Self, NoRoom> {
        text.parse()
    }
}

/// A person as one surface knows them: the platform's user id, never the chat's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// Where.
    pub surface: Surface,
    /// Who, in that surface's words.
    pub user: String,
}

/// A person on a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// The person's id, the same on every surface.
    pub id: OperatorId,
    /// What people call them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Where they are known.
    pub identities: Vec<Identity>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A person, through a surface.
    Operator {
        /// Who.
        id: OperatorId,
        /// Their name at that time.
        name: String,
        /// Through which surface.
        surface: Surface,
    },
    /// Somebody who is on no allow-list of this desk.
    Stranger(Identity),
    /// The desk by itself: the monitor, a sweep, the relay.
    Desk,
    /// A strategy, by name.
    Strategy(String),
    /// The broker.
    Broker,
}
