//! What is asked twice: destructive asks need a second press that is bound to what the first one saw.
//!
//! The first press is kept in the store and not in memory, because the second one may reach another
//! process of the same desk, and because it has to be used up in the very unit that acts: of two
//! second presses one acts, wherever they land. While the store cannot commit, a close is asked
//! twice in the memory of this process, since exits wait for nobody.

use std::collections::BTreeSet;

use countersign_domain::{
    ids::{OperatorId, PositionId, TapId},
    limits::LimitCode,
    people::TapFault,
    refusal::{Answer, Refusal},
};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{desk::DeskAsk, press::Verb, seen::Seen, verbs::ceilings};

/// How long a second press is waited for.
pub const TAP_LIFE: SignedDuration = SignedDuration::from_secs(30);

/// What is asked twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Close these positions.
    Close(BTreeSet<PositionId>),
    /// Halt the desk.
    Halt {
        /// Why, 1 to 200 characters.
        reason: String,
    },
    /// Halt the desk and close everything.
    Flatten {
        /// Why, 1 to 200 characters.
        reason: String,
    },
    /// Set a limit.
    Limit {
        /// Which.
        code: LimitCode,
        /// To what, in the unit of the code.
        value: Decimal,
    },
}

impl Subject {
    /// Close that position.
    pub fn close(position: PositionId) -> Self {
        Self::Close(BTreeSet::from([position]))
    }

    /// Who may: as where it is asked once.
    pub const fn verb(&self) -> Verb {
        match self {
            Self::Close(_) => Verb::Close,
            Self::Halt { .. } => Verb::Halt,
            Self::Flatten { .. } => Verb::Flatten,
            Self::Limit { .. } => Verb::SetLimit,
        }
    }

    /// What it asks of the whole desk, and why, if it does.
    pub(crate) fn desk(&self) -> Option<(DeskAsk, &str)> {
        match self {
            Self::Close(_) | Self::Limit { .. } => None,
            Self::Halt { reason } => Some((DeskAsk::Halt, reason)),
            Self::Flatten { reason } => Some((DeskAsk::Flatten, reason)),
        }
    }

    /// Which positions, where it names them.
    pub(crate) fn positions(&self) -> Vec<PositionId> {
        match self {
            Self::Close(positions) => positions.iter().copied().collect(),
            Self::Halt { .. } | Self::Flatten { .. } | Self::Limit { .. } => Vec::new(),
        }
    }

    /// What events call it.
    pub(crate) fn words(&self) -> String {
        if let Self::Limit { code, .. } = self {
            return code.name().to_owned();
        }
        let positions = self.positions();
        match positions.as_slice() {
            [] => "desk".to_owned(),
            [only] => only.to_string(),
            [first, ..] => first.to_string(),
        }
    }

    /// A mark of how everything that it names stands: another one after a fill, a new plan, a hold
    /// or an exit; of a limit, how high it is. What is asked of the whole desk is bound to nothing that
    /// could move meanwhile: a halt that is refused because something was filled would come too late.
    pub(crate) fn stands(&self, seen: &Seen) -> String {
        let mut hash = Sha256::new();
        if let Self::Limit { code, .. } = self {
            hash.update(seen.desk.limits.get(*code).normalize().to_string());
        }
        for id in self.positions() {
            let position = seen.positions.get(&id);
            let body = position.and_then(|it| serde_json::to_vec(it.as_ref()).ok());
            hash.update(body.unwrap_or_default());
        }
        hex::encode(hash.finalize())
    }

    /// Passes where there is something to ask: every position is there and open, and a limit can be
    /// set like that.
    ///
    /// # Errors
    ///
    /// [`Refusal::UnknownPosition`], [`Refusal::PositionState`], [`Refusal::Override`].
    pub(crate) fn check(&self, seen: &Seen) -> Answer<()> {
        if let Self::Limit { code, value } = self {
            return ceilings::check(seen, *code, *value);
        }
        let positions = self.positions();
        if self.desk().is_none() && positions.is_empty() {
            return Err(Refusal::UnknownPosition);
        }
        for id in positions {
            let position = seen.positions.get(&id).ok_or(Refusal::UnknownPosition)?;
            if position.state.is_closed() {
                return Err(Refusal::PositionState(Box::new(position.state)));
            }
        }
        Ok(())
    }
}

/// A destructive ask as a button carries it: what, and which first press it goes with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondTap {
    /// What is asked.
    pub subject: Subject,
    /// The first press.
    pub nonce: TapId,
}

/// The answer to a first press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What the second press has to bring.
    pub nonce: TapId,
    /// Until when it counts.
    pub until: Timestamp,
}

/// A first press that waits for the second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tap {
    /// Its name.
    pub id: TapId,
    /// Who pressed; the second press is theirs alone.
    pub operator: OperatorId,
    /// What was asked.
    pub subject: Subject,
    /// How it stood then.
    pub stands: String,
    /// Until when the second press counts.
    pub until: Timestamp,
    /// True once the second press came.
    pub used: bool,
}

impl Tap {
    /// What is known of a first press: what the store has, unless this process remembers that it was
    /// used while nothing could be written; what this process remembers, where the store has nothing.
    pub(crate) fn known(seen: &Seen, nonce: TapId, unwritten: Option<&Self>) -> Option<Self> {
        let stored = seen.taps.get(&nonce).map(AsRef::as_ref);
        let newer = unwritten.filter(|tap| tap.used || stored.is_none());
        newer.or(stored).cloned()
    }

    /// Passes where a second press of that operator acts.
    ///
    /// # Errors
    ///
    /// [`Refusal::SecondTap`], with why it does not.
    pub(crate) fn check(&self, operator: OperatorId, seen: &Seen, now: Timestamp) -> Answer<()> {
        let fault = if self.operator != operator {
            TapFault::Another
        } else if self.used {
            TapFault::Used
        } else if now >= self.until {
            TapFault::Late { until: self.until }
        } else if self.stands != self.subject.stands(seen) {
            TapFault::Changed
        } else {
            return Ok(());
        };
        Err(Refusal::SecondTap(fault))
    }

    /// The same, pressed.
    pub(crate) fn used(&self) -> Self {
        Self {
            used: true,
            ..self.clone()
        }
    }
}
