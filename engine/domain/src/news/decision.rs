//! What the news means for a trade.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Abstention, Category, Impact, Judged, Scorer};
use crate::{ids::StoryId, instrument::Symbol};

/// What to do about a trade, mildest first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Nothing stands against it.
    #[default]
    Pass,
    /// It is offered, and the card says what stands against it.
    Warn,
    /// It is offered with fewer contracts, and the card says why.
    Shrink,
    /// It is not offered; where it was, it is withdrawn.
    Veto,
}

/// What is known to come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Scheduled {
    /// For whom; `None` for everybody.
    pub underlying: Option<Symbol>,
    /// What kind.
    pub category: Category,
    /// In the words of the calendar, such as `FOMC rate decision`.
    pub name: String,
    /// Its New York day.
    pub on: Date,
    /// When, where the calendar knows.
    pub at: Option<Timestamp>,
}

/// What nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// No source was heard since then; `None` for never.
    News {
        /// The last time that any was.
        since: Option<Timestamp>,
    },
    /// Stories that would count were not read.
    Model {
        /// Why.
        why: Abstention,
        /// How many.
        stories: u32,
    },
}

/// One thing that the news has to say about a trade.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A story whose category and impact the policy names.
    Story {
        /// Which: the first of those that tell the same.
        story: StoryId,
        /// What it is about.
        category: Category,
        /// How much it matters.
        impact: Impact,
        /// The headline of the one among them that stands hardest against the trade.
        headline: String,
        /// What the policy says.
        action: Action,
        /// Until when it counts.
        until: Timestamp,
    },
    /// The tone of all that was read stands against the trade.
    Tone {
        /// From -1 to +1, good for the price.
        score: f64,
        /// Stories it is made from.
        stories: u32,
        /// What the policy says.
        action: Action,
    },
    /// Something is known to come.
    Scheduled {
        /// What.
        what: Scheduled,
        /// What the policy says.
        action: Action,
    },
    /// Something is not known.
    Missing {
        /// What.
        what: Missing,
        /// What the policy says.
        action: Action,
    },
}

impl Reason {
    /// What the policy says to it; [`Action::Warn`] at most when it was set aside.
    pub const fn action(&self) -> Action {
        match self {
            Self::Story { action, .. }
            | Self::Tone { action, .. }
            | Self::Scheduled { action, .. }
            | Self::Missing { action, .. } => *action,
        }
    }

    /// What people call it, the same one for as long as it stands: `story:` with the id of the first
    /// that told it, `tone`, `scheduled:` with category and day, `missing:news` or `missing:model`. An
    /// override names a reason so.
    pub fn name(&self) -> String {
        match self {
            Self::Story { story, .. } => format!("story:{story}"),
            Self::Tone { .. } => "tone".to_owned(),
            Self::Scheduled { what, .. } => {
                format!("scheduled:{}:{}", what.category.as_str(), what.on)
            }
            Self::Missing { what, .. } => match what {
                Missing::News { .. } => "missing:news".to_owned(),
                Missing::Model { .. } => "missing:model".to_owned(),
            },
        }
    }

    /// The same reason with another answer to it.
    #[must_use]
    pub fn answered(mut self, with: Action) -> Self {
        match &mut self {
            Self::Story { action, .. }
            | Self::Tone { action, .. }
            | Self::Scheduled { action, .. }
            | Self::Missing { action, .. } => *action = with,
        }
        self
    }
}

/// What the news means for one trade at one time, and everything that it rests on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The hardest of the reasons' actions.
    pub action: Action,
    /// Why, hardest first.
    pub reasons: Vec<Reason>,
    /// The stories looked at, most important first, few enough for a card.
    pub stories: Vec<Judged>,
    /// Stories looked at altogether.
    pub looked_at: u32,
    /// The tone of what was read, from -1 to +1; `None` when nothing was.
    pub tone: Option<f64>,
    /// Who read them; `None` when nothing was read.
    pub by: Option<Scorer>,
    /// When a source was heard last.
    pub heard_at: Option<Timestamp>,
    /// What part of the contracts is offered, between 0 and 1, where the action is
    /// [`Action::Shrink`].
    #[serde(default)]
    pub shrink: Option<f64>,
    /// The reasons that an admin set aside, by name, and what the policy says to them; they stand among
    /// `reasons` as warnings.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub overridden: BTreeMap<String, Action>,
}
