//! Effects: work to do outside, decided inside a unit and performed after its commit.

use countersign_domain::{ids::OrderId, operator::Room};
use serde::{Deserialize, Serialize};

use crate::ports::CardKey;

/// One thing to do outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Send an attempt at an order.
    Submit {
        /// Which order.
        order: OrderId,
        /// Which attempt.
        attempt: u32,
    },
    /// Put the next attempt in the place of the current one.
    Replace {
        /// Which order.
        order: OrderId,
        /// The new attempt.
        attempt: u32,
    },
    /// Ask for the end of an order.
    Cancel {
        /// Which order.
        order: OrderId,
        /// Its current attempt.
        attempt: u32,
    },
    /// Show a card, or draw it anew.
    Draw {
        /// Which card.
        card: CardKey,
        /// Where.
        #[serde(alias = "surface")]
        room: Room,
    },
}

impl Effect {
    /// The place of a card that nobody has to see before others.
    pub const ROUTINE: i64 = 3;

    /// Asked for twice under the same key, it is performed once more at the most.
    pub fn dedupe_key(&self) -> String {
        match self {
            Self::Submit { order, attempt } => format!("submit:{order}:{attempt}"),
            Self::Replace { order, attempt } => format!("replace:{order}:{attempt}"),
            Self::Cancel { order, attempt } => format!("cancel:{order}:{attempt}"),
            Self::Draw { card, room } => format!("draw:{card}:{room}"),
        }
    }

    /// What goes first when much waits: exits and cancels before drawings. Lower is sooner.
    pub const fn priority(&self) -> i64 {
        match self {
            Self::Cancel { .. } => 0,
            Self::Submit { .. } | Self::Replace { .. } => 1,
            Self::Draw {
                card: CardKey::Alarm(..) | CardKey::Call(..),
                ..
            } => 2,
            Self::Draw {
                card: CardKey::Board,
                ..
            } => 4,
            Self::Draw { .. } => Self::ROUTINE,
        }
    }
}
