//! Why the allow-list was not changed, and why a second press did not count.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Why a link code does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkFault {
    /// Nobody was given this code, or who gave it may no longer do so.
    Unknown,
    /// Somebody has entered it before.
    Used,
    /// Its time has passed.
    Expired {
        /// When it did.
        at: Timestamp,
    },
    /// It was asked for on the surface on which it was entered.
    SameSurface,
    /// Whoever entered it is an operator already.
    Linked,
    /// Too many codes that did not count.
    TooMany {
        /// When the next one is looked at.
        until: Timestamp,
    },
}

/// Why the allow-list cannot be changed so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeopleFault {
    /// No such operator on this desk.
    UnknownOperator,
    /// Nobody on this desk is known there.
    UnknownIdentity,
    /// Of the admins that the configuration names, it is the last who is one.
    LastAdmin,
    /// It is the only place in which they are known.
    LastIdentity,
    /// A name has 1 to 64 visible characters, and no spaces at its ends.
    Name,
    /// Another operator has this name.
    NameTaken,
}

/// Why a second press does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TapFault {
    /// Nothing is known of a first press for this.
    Unknown,
    /// It was pressed a second time before.
    Used,
    /// It came too late.
    Late {
        /// When it would still have counted.
        until: Timestamp,
    },
    /// What it is about has changed since the first press.
    Changed,
    /// Somebody else pressed first.
    Another,
}
