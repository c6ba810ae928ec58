//! Identities: one type for each kind of thing, so that they cannot be swapped.
//!
//! Our own ids are ULIDs (80 random bits from the `Ids` port), 26 characters as text. What the
//! broker names is kept in the broker's words.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use ulid::Ulid;

use crate::money::Percent;

/// The text is not one of our ids.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not an id; an id has 26 letters and digits, such as 01J9ZK5W3B8M2V6Q4R7T1X0Y9D")]
pub struct IdError(pub String);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(u128);

        impl $name {
            /// The id with these 128 bits: 48 of time, 80 random.
            pub const fn from_bits(bits: u128) -> Self {
                Self(bits)
            }

            /// The 128 bits.
            pub const fn bits(self) -> u128 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Ulid(self.0).fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                match Ulid::from_string(text) {
                    Ok(id) if id.to_string() == text => Ok(Self(id.0)),
                    _ => Err(IdError(text.chars().take(40).collect())),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    };
}

id! {
    /// A desk.
    DeskId
}
id! {
    /// A person, the same one on every surface.
    OperatorId
}
id! {
    /// A signal.
    SignalId
}
id! {
    /// A ticket, through all its revisions.
    TicketId
}
id! {
    /// An order, through all its attempts.
    OrderId
}
id! {
    /// A position.
    PositionId
}
id! {
    /// A standing approval.
    StandingId
}
id! {
    /// An override, or a change of a limit.
    OverrideId
}
id! {
    /// A second press that is waited for: names what the first one asked.
    TapId
}

id! {
    /// A piece of news, the same one however often it is told by its source.
    StoryId
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

words! {
    /// What we call an order at the broker: derived from our ids and the attempt alone, so that
    /// the same attempt always has the same name.
    ClientOrderId
}
words! {
    /// What the broker calls an order.
    BrokerOrderId
}
words! {
    /// What the broker calls one execution of one leg: unique in its account.
    ExecutionId
}
words! {
    /// The broker's name of an account.
    AccountId
}

/// Which drawing of a ticket: an edit or a re-price is a new one. Starts at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u32);

impl Revision {
    /// The first one.
    pub const FIRST: Self = Self(1);

    /// Which drawing of a position's stop: another one with each execution and each other stop.
    pub fn of_stop(executions: usize, stop: Option<Percent>) -> Self {
        /// More than the stops that there are.
        const STOPS: u32 = 10_000;
        let executions = u32::try_from(executions).unwrap_or(u32::MAX);
        let stop = stop.map_or(0, |Percent(stop)| stop.min(STOPS));
        let drawn = executions.saturating_mul(STOPS).saturating_add(stop);
        Self(drawn.max(1))
    }

    /// The one after this.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
