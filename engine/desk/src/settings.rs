//! What a desk is told by configuration, beside its limits.

use countersign_domain::{instrument::Symbol, money::Usd};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// How a working order's price moves towards its bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walk {
    /// Seconds between steps.
    pub every_s: u32,
    /// Steps from the first price to the bound; 0 starts at the bound.
    pub steps: u32,
}

impl Walk {
    /// Time between steps.
    pub fn every(&self) -> SignedDuration {
        SignedDuration::from_secs(i64::from(self.every_s))
    }
}

/// What a desk is told by configuration, beside its limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeskSettings {
    /// What is scanned.
    pub watchlist: Vec<Symbol>,
    /// Seconds for which a ticket can be confirmed.
    pub ticket_seconds: u32,
    /// How entries walk.
    pub entry_walk: Walk,
    /// How exits walk.
    pub exit_walk: Walk,
    /// A ticket that could lose more than this needs a second person; `None` for never.
    pub second_person_above: Option<Usd>,
    /// To confirm a ticket that could lose more than this, its contracts have to be typed; `None` for
    /// never.
    pub typed_above: Option<Usd>,
    /// Ticks in a row that must agree before a price exit fires on a spread wider than the limit.
    pub wide_confirmations: u32,
    /// Minutes before the session's end from which no new ticket is offered.
    pub quiet_minutes: u32,
    /// The longest that a person may hold a position's exits, in minutes.
    pub hold_minutes: u32,
    /// The longest life of a standing approval, in days.
    pub standing_days: u32,
    /// The longest life of an override, from its ask to its end, in hours.
    pub override_hours: u32,
    /// Risk-free rate for Greeks, a fraction per year.
    pub rate: f64,
    /// What becomes of alarms.
    pub alarms: AlarmSettings,
}

/// What becomes of critical alarms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlarmSettings {
    /// Minutes after which one that nobody answered goes on to the next; 0 for never.
    pub escalate_minutes: u32,
    /// To whom, in that order: names of operators, and rooms. Empty for whoever may act, admins first.
    pub escalate_to: Vec<String>,
    /// Seconds without hearing a platform after which that is an alarm; 0 for never.
    pub deaf_s: u32,
}

impl Default for AlarmSettings {
    fn default() -> Self {
        Self {
            escalate_minutes: 5,
            escalate_to: Vec::new(),
            deaf_s: 120,
        }
    }
}

impl DeskSettings {
    /// True where a yes to a ticket that could lose so much comes with its contracts.
    pub fn asks_to_type(&self, worst_loss: Usd) -> bool {
        self.typed_above.is_some_and(|bound| worst_loss > bound)
    }
}

impl Default for DeskSettings {
    fn default() -> Self {
        Self {
            watchlist: Vec::new(),
            ticket_seconds: 120,
            entry_walk: Walk {
                every_s: 15,
                steps: 4,
            },
            exit_walk: Walk {
                every_s: 9,
                steps: 4,
            },
            second_person_above: None,
            typed_above: None,
            wide_confirmations: 3,
            quiet_minutes: 75,
            hold_minutes: 240,
            standing_days: 7,
            override_hours: 8,
            rate: 0.04,
            alarms: AlarmSettings::default(),
        }
    }
}
