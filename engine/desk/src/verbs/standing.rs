//! Standing approvals: sign and revoke.

use countersign_domain::{
    event::Fact,
    ids::{DeskId, StandingId},
    instrument::Symbol,
    money::Usd,
    refusal::{Answer, Invalid, Refusal},
    standing::{Standing, StandingFault},
    view::Mode,
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    draft::Draft,
    press::{Press, Verb, attempt},
    work::{Done, InboxKey, Work},
};

/// The bounds of a standing approval as a person gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingBounds {
    /// This strategy alone, or every one.
    pub strategy: Option<String>,
    /// This underlying alone, or every one.
    pub underlying: Option<Symbol>,
    /// Tickets per New York day at most.
    pub per_day: u32,
    /// Worst loss per ticket at most.
    pub worst_loss_per_ticket: Usd,
    /// Worst loss per New York day at most.
    pub worst_loss_per_day: Usd,
    /// Until when.
    pub until: Timestamp,
}

/// A person signs a standing approval.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SignStanding {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) id: StandingId,
    pub(crate) bounds: StandingBounds,
    /// The strategies that there are.
    pub(crate) strategies: Vec<&'static str>,
    /// The underlyings that the desk watches.
    pub(crate) watchlist: Vec<Symbol>,
    pub(crate) longest: SignedDuration,
    /// True where only a paper account may have one.
    pub(crate) paper_only: bool,
}

impl Work for SignStanding {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let subject = self.id.to_string();
        attempt(
            draft,
            &self.press,
            Verb::SignStanding,
            &subject,
            |draft, operator| {
                let now = draft.now();
                let bounds = &self.bounds;
                if self.paper_only && draft.seen().desk.mode == Mode::Live {
                    return Err(Refusal::PaperOnly);
                }
                if bounds.until <= now || bounds.until > now + self.longest {
                    return Err(Refusal::Invalid(Invalid::Time));
                }
                let known = |name: &String| self.strategies.contains(&name.as_str());
                if !bounds.strategy.as_ref().is_none_or(known) {
                    return Err(Refusal::Invalid(Invalid::Strategy));
                }
                let fault = self.fault(draft.seen().desk.limits.worst_loss_per_ticket);
                if let Some(fault) = fault {
                    return Err(Refusal::Standing(fault));
                }
                let standing = Standing {
                    id: self.id,
                    signer: operator.id,
                    name: operator.name.clone(),
                    strategy: bounds.strategy.clone(),
                    underlying: bounds.underlying,
                    per_day: bounds.per_day,
                    worst_loss_per_ticket: bounds.worst_loss_per_ticket,
                    worst_loss_per_day: bounds.worst_loss_per_day,
                    until: bounds.until,
                    signed_at: now,
                    revoked_at: None,
                    used_on: None,
                    used_count: 0,
                    used_loss: Usd::ZERO,
                };
                draft.note(Fact::StandingSigned(standing.clone()));
                draft.standing(standing);
                Ok(Done::Standing(self.id))
            },
        )
    }
}

impl SignStanding {
    /// What is wrong with the bounds on a desk where a ticket may lose so much at most.
    fn fault(&self, most: Usd) -> Option<StandingFault> {
        let bounds = &self.bounds;
        let (each, daily) = (bounds.worst_loss_per_ticket, bounds.worst_loss_per_day);
        let unwatched = |symbol: &Symbol| !self.watchlist.contains(symbol);
        if let Some(symbol) = bounds.underlying.filter(unwatched) {
            Some(StandingFault::Underlying(symbol))
        } else if bounds.per_day == 0 {
            Some(StandingFault::PerDay)
        } else if !each.is_positive() || each > most {
            Some(StandingFault::LossPerTicket { given: each, most })
        } else if daily < each {
            Some(StandingFault::LossPerDay {
                given: daily,
                least: each,
            })
        } else {
            None
        }
    }
}

/// A person revokes a standing approval.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RevokeStanding {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) id: StandingId,
}

impl Work for RevokeStanding {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let subject = self.id.to_string();
        attempt(
            draft,
            &self.press,
            Verb::RevokeStanding,
            &subject,
            |draft, _| {
                let standing = draft.seen().standing.get(&self.id).cloned();
                let standing = standing.ok_or(Refusal::UnknownStanding)?;
                revoke(draft, &standing);
                Ok(Done::Ok)
            },
        )
    }
}

/// Ends a standing approval now.
pub(crate) fn revoke(draft: &mut Draft, standing: &Standing) {
    let mut ended = standing.clone();
    ended.revoked_at = Some(draft.now());
    draft.note(Fact::StandingRevoked(standing.id));
    draft.standing(ended);
}
