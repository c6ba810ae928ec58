//! The audit log as people read it: what happened today, around a ticket, or by somebody.

use countersign_domain::{
    calendar::{market_date, ny},
    event::{Event, Fact},
    ids::{OperatorId, PositionId, TicketId},
    operator::Actor,
    order::Purpose,
    refusal::{Answer, Refusal},
    view::{AuditView, Chain},
};

use crate::{
    desk::Desk,
    ports::{AuditVerdict, StoreError},
    press::{Press, Verb},
    trail::{self, before},
};

/// Events that are shown at the most, and those that are looked through for somebody's.
const SHOWN: usize = 500;
const LOOKED: u64 = 20_000;

/// One more than is shown: it tells that there are others.
const MOST: usize = SHOWN + 1;

/// Units that are looked through at first for the newest events.
const AT_FIRST: u64 = 501;

/// Events read at once.
const BATCH: u32 = 2_000;

/// What the log is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditOf {
    /// Whatever happened last.
    Newest,
    /// This New York day.
    Today,
    /// A ticket, its orders and its position.
    Ticket(TicketId),
    /// What somebody did, and what was done about them.
    Person(OperatorId),
}

impl Desk {
    /// What the audit log says of that, newest first. Where it is asked for, the whole chain is checked.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing is told.
    pub async fn audit(&self, press: Press, of: AuditOf, checked: bool) -> Answer<AuditView> {
        self.may_ask(press, Verb::Audit).await?;
        let view = self.audited(of, checked).await;
        view.map_err(|_| Refusal::StoreUnavailable)?
            .ok_or(Refusal::UnknownTicket)
    }

    async fn audited(&self, of: AuditOf, checked: bool) -> Result<Option<AuditView>, StoreError> {
        let seen = self.seen().await?;
        let (mut events, mut cut) = match of {
            AuditOf::Ticket(ticket) => {
                let story = self.ports.store.story(self.id, ticket).await?;
                if story.ticket.is_none() {
                    return Ok(None);
                }
                let trail = trail::of(self, &story, seen.seq, None).await?;
                let events = trail.events.into_iter().map(|row| row.event);
                (events.collect::<Vec<_>>(), trail.cut)
            }
            AuditOf::Newest => self.newest(seen.seq).await?,
            AuditOf::Today => {
                let today = ny(market_date(self.now()), 0, 0).unwrap_or(self.now());
                let after = before(self, today, seen.seq).await?;
                self.since(after, MOST, |event| event.at >= today).await?
            }
            AuditOf::Person(person) => {
                let after = seen.seq.saturating_sub(LOOKED);
                self.since(after, MOST, |event| concerns(event, person))
                    .await?
            }
        };
        events.reverse();
        cut |= events.len() > SHOWN;
        events.truncate(SHOWN);
        let chain = if checked {
            Some(self.chain_of_events().await?)
        } else {
            None
        };
        let header = self.header(&seen);
        Ok(Some(AuditView {
            header,
            events,
            cut,
            chain,
        }))
    }

    /// The newest events, oldest first; true when there are older ones. Most units have one event at
    /// least: where many have none, it looks further back.
    async fn newest(&self, seq: u64) -> Result<(Vec<Event>, bool), StoreError> {
        let mut back = AT_FIRST;
        loop {
            let after = seq.saturating_sub(back);
            let (events, cut) = self.since(after, MOST, |_| true).await?;
            if events.len() > SHOWN || after == 0 || back >= LOOKED {
                return Ok((events, cut));
            }
            back = back.saturating_mul(4);
        }
    }

    /// Events after a sequence number that are wanted, oldest first, and the newest of those where there
    /// are too many; true when older ones were not looked at.
    async fn since(
        &self,
        after: u64,
        most: usize,
        wanted: impl Fn(&Event) -> bool,
    ) -> Result<(Vec<Event>, bool), StoreError> {
        let (mut at, mut events) = (after, Vec::new());
        loop {
            let batch = self.ports.store.events(self.id, at, BATCH).await?;
            let Some(last) = batch.last() else {
                return Ok((events, after > 0));
            };
            at = last.seq;
            let rows = batch.into_iter().map(|row| row.event);
            events.extend(rows.filter(&wanted));
            let over = events.len().saturating_sub(most);
            events.drain(..over);
        }
    }

    async fn chain_of_events(&self) -> Result<Chain, StoreError> {
        Ok(match self.ports.store.verify_audit(self.id).await? {
            AuditVerdict::Sound { rows, .. } => Chain::Whole { rows },
            AuditVerdict::Broken { seq, index, .. } => Chain::Broken { seq, index },
            AuditVerdict::Truncated { rows, .. } => Chain::Cut { rows },
        })
    }

    /// The ticket behind the one order or position whose id is wanted, among those of the newest
    /// events; `None` where there is none, or more than one.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn ticket_behind(
        &self,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Option<TicketId>, StoreError> {
        let after = self.seen().await?.seq.saturating_sub(LOOKED);
        let about = |event: &Event| {
            matches!(
                event.fact,
                Fact::PositionOpened { .. } | Fact::OrderSubmitted(_)
            )
        };
        let (events, _) = self.since(after, usize::MAX, about).await?;
        let mut found: Option<(String, Found)> = None;
        for event in &events {
            let (id, here) = match &event.fact {
                Fact::PositionOpened { position, ticket } => {
                    (position.to_string(), Found::Ticket(*ticket))
                }
                Fact::OrderSubmitted(order) => match order.purpose {
                    Purpose::Entry { ticket, .. } => (order.id.to_string(), Found::Ticket(ticket)),
                    Purpose::Exit { .. } => (order.id.to_string(), Found::Of(order.position)),
                },
                _ => continue,
            };
            if !wanted(&id) {
                continue;
            }
            if found.as_ref().is_some_and(|(other, _)| *other != id) {
                return Ok(None);
            }
            found = Some((id, here));
        }
        match found {
            Some((_, Found::Ticket(ticket))) => Ok(Some(ticket)),
            Some((_, Found::Of(position))) => self.ports.store.ticket_of(self.id, position).await,
            None => Ok(None),
        }
    }
}

/// Where an order or a position leads.
enum Found {
    Ticket(TicketId),
    Of(PositionId),
}

/// True for what somebody did, and for what was done about them.
fn concerns(event: &Event, person: OperatorId) -> bool {
    if matches!(&event.actor, Actor::Operator { id, .. } if *id == person) {
        return true;
    }
    match &event.fact {
        Fact::OperatorSet { operator, .. } => operator.id == person,
        Fact::OperatorInvited { operator, .. }
        | Fact::OperatorLinked { operator, .. }
        | Fact::OperatorUnlinked { operator, .. } => *operator == person,
        _ => false,
    }
}
