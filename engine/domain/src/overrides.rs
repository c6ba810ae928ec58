//! Overrides: a named, dated, expiring permission to pass a limit; and asks to loosen one.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{OperatorId, OverrideId, TicketId},
    limits::{LimitCode, Limits},
    transition::InvalidTransition,
};

/// So many times a ceiling are the most that people can raise it to while the desk runs. Whoever
/// needs more has other limits than configured, and changes the configuration.
pub const MOST_TIMES: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// Beyond so many times a ceiling two people have to grant.
pub const ALONE_TIMES: Decimal = Decimal::from_parts(15, 0, 0, false, 1);

/// What a grant gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// One entry may pass the limit.
    Once,
    /// Every entry may, until the override's end.
    Until,
    /// The limit itself is changed.
    Change,
}

impl Term {
    /// The word for it in stored rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Until => "until",
            Self::Change => "change",
        }
    }
}

/// Who did something about an override, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Who.
    pub operator: OperatorId,
    /// Their name at that time.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

impl Hand {
    /// True when it counts beside the grants of others: two accounts of one person are one operator.
    fn goes_with(&self, others: &[Self]) -> bool {
        others.iter().all(|other| other.operator != self.operator)
    }
}

/// Where an override stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverrideState {
    /// It waits for people to grant it.
    Asked {
        /// The grants so far: one less than needed at most.
        grants: Vec<Hand>,
    },
    /// It holds.
    Granted {
        /// Every grant that counted.
        grants: Vec<Hand>,
    },
    /// It did all that it was for.
    Used {
        /// Every grant that counted.
        grants: Vec<Hand>,
        /// Whose entry passed the limit; `None` where the limit itself was changed.
        ticket: Option<TicketId>,
        /// When.
        at: Timestamp,
    },
    /// Its time passed.
    Lapsed {
        /// When it was noticed.
        at: Timestamp,
    },
    /// A person refused to grant it.
    Refused(Hand),
    /// It was taken back.
    Revoked {
        /// By whom; `None` for the desk itself.
        by: Option<Hand>,
        /// When.
        at: Timestamp,
    },
}

/// What happens to an override.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverrideEvent {
    /// One of several needed grants.
    SaidYes(Hand),
    /// The last needed grant.
    Granted(Hand),
    /// A person refused.
    Refused(Hand),
    /// An entry passed the limit with one that is for a single entry, or the limit was changed.
    Used(Option<TicketId>, Timestamp),
    /// Its time passed.
    Lapsed(Timestamp),
    /// A person, or the desk itself, took it back.
    Revoked(Option<Hand>, Timestamp),
}

impl OverrideState {
    /// Applies one event. The whole state machine is this one table.
    ///
    /// # Errors
    ///
    /// [`InvalidTransition`] when the pair is not in the table: the first decision stands. Also
    /// when the same person grants twice.
    pub fn apply(self, event: OverrideEvent) -> Result<Self, InvalidTransition> {
        use OverrideEvent as E;
        use OverrideState as S;
        match (self, event) {
            (S::Asked { mut grants }, E::SaidYes(one)) if one.goes_with(&grants) => {
                grants.push(one);
                Ok(S::Asked { grants })
            }
            (S::Asked { mut grants }, E::Granted(one)) if one.goes_with(&grants) => {
                grants.push(one);
                Ok(S::Granted { grants })
            }
            (S::Asked { .. }, E::Refused(by)) => Ok(S::Refused(by)),
            (S::Granted { grants }, E::Used(ticket, at)) => Ok(S::Used { grants, ticket, at }),
            (S::Asked { .. } | S::Granted { .. }, E::Lapsed(at)) => Ok(S::Lapsed { at }),
            (S::Asked { .. } | S::Granted { .. }, E::Revoked(by, at)) => Ok(S::Revoked { by, at }),
            (state, event) => Err(InvalidTransition::of(&state, &event)),
        }
    }

    /// True when nothing can happen to it any more.
    pub const fn has_ended(&self) -> bool {
        !matches!(self, Self::Asked { .. } | Self::Granted { .. })
    }

    /// The grants that counted so far.
    pub fn grants(&self) -> &[Hand] {
        match self {
            Self::Asked { grants } | Self::Granted { grants } | Self::Used { grants, .. } => grants,
            Self::Lapsed { .. } | Self::Refused(_) | Self::Revoked { .. } => &[],
        }
    }

    /// The word for it in stored rows.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Asked { .. } => "asked",
            Self::Granted { .. } => "granted",
            Self::Used { .. } => "used",
            Self::Lapsed { .. } => "lapsed",
            Self::Refused(_) => "refused",
            Self::Revoked { .. } => "revoked",
        }
    }
}

/// A permission to pass a limit, or an ask to loosen one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Its id.
    pub id: OverrideId,
    /// Which limit.
    pub code: LimitCode,
    /// Up to what, in the unit of the code.
    #[serde(with = "crate::decimal")]
    pub value: Decimal,
    /// The ceiling when it was asked for, in the same unit.
    #[serde(with = "crate::decimal")]
    pub ceiling: Decimal,
    /// What a grant gives.
    pub term: Term,
    /// Granted or not, it ends then.
    pub until: Timestamp,
    /// Why, in the words of who asked, 1 to 200 characters; empty for a change of a limit.
    pub reason: String,
    /// Who asked; their grant never counts.
    pub asker: OperatorId,
    /// Their name at that time.
    pub name: String,
    /// When.
    pub asked_at: Timestamp,
    /// Entries that passed the limit with it.
    pub uses: u32,
    /// Where it stands.
    pub state: OverrideState,
}

impl Override {
    /// True while entries may pass the limit with it.
    pub fn is_live(&self, now: Timestamp) -> bool {
        matches!(self.state, OverrideState::Granted { .. })
            && self.term != Term::Change
            && now < self.until
    }

    /// Takes one entry of that ticket: a single-use one is used up by it.
    ///
    /// # Errors
    ///
    /// [`InvalidTransition`] when it does not hold; it is as it was.
    pub fn consume(&mut self, ticket: TicketId, now: Timestamp) -> Result<(), InvalidTransition> {
        let event = OverrideEvent::Used(Some(ticket), now);
        let used = self.state.clone().apply(event)?;
        if self.term == Term::Once {
            self.state = used;
        }
        self.uses = self.uses.saturating_add(1);
        Ok(())
    }
}

/// An override that let an entry pass a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// Which override.
    pub id: OverrideId,
    /// Which limit.
    pub code: LimitCode,
    /// What the entry came to, in the unit of the code.
    #[serde(with = "crate::decimal")]
    pub value: Decimal,
    /// The ceiling that it passed, in the same unit.
    #[serde(with = "crate::decimal")]
    pub bound: Decimal,
    /// The names of who granted it.
    pub granted_by: Vec<String>,
}

/// Why a limit cannot be passed or changed like that, or not by this person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverrideFault {
    /// Only configuration loosens this one: see [`LimitCode::is_hard`].
    Hard(LimitCode),
    /// That is no ceiling of this kind: it has to be above zero, and whole where it counts.
    Value(LimitCode),
    /// The limit takes as much already.
    NotAbove {
        /// Which limit.
        code: LimitCode,
        /// What was given.
        #[serde(with = "crate::decimal")]
        given: Decimal,
        /// The ceiling, in the same unit.
        #[serde(with = "crate::decimal")]
        bound: Decimal,
    },
    /// It is further than people may go: see [`MOST_TIMES`].
    TooFar {
        /// Which limit.
        code: LimitCode,
        /// What was given.
        #[serde(with = "crate::decimal")]
        given: Decimal,
        /// The most that would pass, in the same unit.
        #[serde(with = "crate::decimal")]
        most: Decimal,
    },
    /// Who asks cannot grant.
    OwnAsk,
    /// The same person granted it already.
    SamePerson,
}

/// How far people may go from a ceiling while the desk runs, and how many it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loosening {
    /// Which limit.
    pub code: LimitCode,
    /// To what, in the unit of the code.
    pub value: Decimal,
    /// The ceiling that it is measured by.
    pub from: Decimal,
}

impl Loosening {
    /// Whether it can be granted at all under these limits.
    ///
    /// # Errors
    ///
    /// The fault that says why not, and what would pass.
    pub fn check(&self, limits: &Limits) -> Result<(), OverrideFault> {
        let (code, given) = (self.code, self.value);
        if code.is_hard() {
            return Err(OverrideFault::Hard(code));
        }
        if limits.with(code, given).is_none() {
            return Err(OverrideFault::Value(code));
        }
        let bound = limits.get(code);
        if given <= bound {
            return Err(OverrideFault::NotAbove { code, given, bound });
        }
        let most = self.times(MOST_TIMES);
        if given > most {
            return Err(OverrideFault::TooFar { code, given, most });
        }
        Ok(())
    }

    /// How many people have to grant it, beside who asks.
    pub fn people(&self) -> usize {
        if self.value > self.times(ALONE_TIMES) {
            2
        } else {
            1
        }
    }

    fn times(&self, factor: Decimal) -> Decimal {
        self.from.saturating_mul(factor)
    }
}
