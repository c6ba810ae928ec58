//! Standing approvals: a signed, bounded, expiring permission to confirm by itself.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{OperatorId, StandingId},
    instrument::Symbol,
    money::Usd,
};

/// Why bounds make no standing approval: what was given, and what would pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandingFault {
    /// Tickets per day must be 1 or more.
    PerDay,
    /// The worst loss per ticket must be above zero and at most the desk's limit.
    LossPerTicket {
        /// What was given.
        given: Usd,
        /// The most that would pass.
        most: Usd,
    },
    /// The worst loss per day must be at least that of a ticket.
    LossPerDay {
        /// What was given.
        given: Usd,
        /// The least that would pass.
        least: Usd,
    },
    /// The underlying is not on the desk's watchlist.
    Underlying(Symbol),
}

/// A standing approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its id.
    pub id: StandingId,
    /// Who signed it; it dies with their right.
    pub signer: OperatorId,
    /// Their name at that time.
    pub name: String,
    /// Covers this strategy alone, or every one.
    pub strategy: Option<String>,
    /// Covers this underlying alone, or every one.
    pub underlying: Option<Symbol>,
    /// Tickets per New York day at most.
    pub per_day: u32,
    /// Worst loss per ticket at most.
    pub worst_loss_per_ticket: Usd,
    /// Worst loss per New York day at most, all its tickets together.
    pub worst_loss_per_day: Usd,
    /// Until when.
    pub until: Timestamp,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Timestamp>,
    /// The New York day that the counts below are of.
    pub used_on: Option<Date>,
    /// Tickets confirmed on that day.
    pub used_count: u32,
    /// Their worst losses together.
    pub used_loss: Usd,
}

impl Standing {
    /// True while it may be used at all.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.until
    }

    /// Tickets and worst loss used on `today`. Should the clock have gone back over midnight, what
    /// was used on the later day counts.
    pub fn used(&self, today: Date) -> (u32, Usd) {
        if self.used_on.is_some_and(|day| day >= today) {
            (self.used_count, self.used_loss)
        } else {
            (0, Usd::ZERO)
        }
    }

    /// True when it covers a ticket of that strategy, underlying and worst loss on `today`. Ask
    /// [`Standing::is_live`] as well.
    pub fn covers(&self, strategy: &str, underlying: Symbol, loss: Usd, today: Date) -> bool {
        let (count, used) = self.used(today);
        self.strategy.as_deref().is_none_or(|only| only == strategy)
            && self.underlying.is_none_or(|only| only == underlying)
            && !loss.is_negative()
            && loss <= self.worst_loss_per_ticket
            && count < self.per_day
            && used + loss <= self.worst_loss_per_day
    }

    /// Takes one ticket out of what is left for `today`.
    pub fn consume(&mut self, loss: Usd, today: Date) {
        let (count, used) = self.used(today);
        self.used_on = self.used_on.max(Some(today));
        self.used_count = count.saturating_add(1);
        self.used_loss = used + loss;
    }
}
