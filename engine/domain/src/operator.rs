//! Operators, their roles, and where they are known.

use std::fmt;

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
}

impl Surface {
    /// Every surface.
    pub const ALL: [Self; 3] = [Self::Terminal, Self::Web, Self::Cli];

    /// The word for it in stored rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Web => "web",
            Self::Cli => "cli",
        }
    }
}

impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
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
