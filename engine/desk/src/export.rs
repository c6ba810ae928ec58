//! Export: what was executed and decided on some days, for a file.

use std::collections::BTreeSet;

use countersign_domain::{
    calendar::{market_date, ny},
    event::Fact,
    export::{Export, decision, fills},
    ids::{PositionId, TicketId},
    order::Order,
    refusal::{Answer, Refusal},
};
use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{
    desk::Desk,
    ports::StoreError,
    press::{Press, Verb},
    trail::before,
};

/// Events read at once.
const BATCH: u32 = 2_000;

/// A broker's clock may go ahead of ours by less than that.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// What the events of some days are about.
#[derive(Default)]
struct Found {
    positions: BTreeSet<PositionId>,
    tickets: BTreeSet<TicketId>,
}

impl Desk {
    /// What was executed and decided from one New York day to another, both included; from the
    /// beginning, or until today, where none is named.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing is told.
    pub async fn export(
        &self,
        press: Press,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Answer<Export> {
        self.may_ask(press, Verb::Export).await?;
        let to = to.unwrap_or_else(|| market_date(self.now()));
        let exported = self.exported(from, to).await;
        exported.map_err(|_| Refusal::StoreUnavailable)
    }

    async fn exported(&self, from: Option<Date>, to: Date) -> Result<Export, StoreError> {
        let begin = from.and_then(|day| ny(day, 0, 0).ok());
        let begin = begin.unwrap_or(Timestamp::MIN);
        let end = to.tomorrow().ok().and_then(|day| ny(day, 0, 0).ok());
        let end = end.unwrap_or(Timestamp::MAX);
        let within = |at: Timestamp| begin <= at && at < end;
        let found = self.found(begin, &within).await?;
        let mut tickets = found.tickets;
        for position in &found.positions {
            tickets.extend(self.ports.store.ticket_of(self.id, *position).await?);
        }
        let mut rows = Vec::new();
        for id in tickets {
            let story = self.ports.store.story(self.id, id).await?;
            let Some(ticket) = &story.ticket else {
                continue;
            };
            rows.extend(decision(ticket));
            let orders: Vec<&Order> = story.orders.iter().map(AsRef::as_ref).collect();
            rows.extend(fills(ticket, &orders, &story.executions));
        }
        rows.retain(|row| within(row.at));
        // What was taken in first stays first where the times are the same.
        rows.sort_by_key(|row| row.at);
        let header = self.header_now().await?;
        Ok(Export {
            header,
            from,
            to,
            rows,
        })
    }

    /// What was executed or decided within those days. A report may come long after its execution, so
    /// that every event since the first day is looked at.
    async fn found(
        &self,
        begin: Timestamp,
        within: &(impl Fn(Timestamp) -> bool + Sync),
    ) -> Result<Found, StoreError> {
        let newest = self.seen().await?.seq;
        let begin = begin.checked_sub(AHEAD).unwrap_or(Timestamp::MIN);
        let mut after = before(self, begin, newest).await?;
        let mut found = Found::default();
        loop {
            let events = self.ports.store.events(self.id, after, BATCH).await?;
            let Some(last) = events.last().map(|row| row.seq) else {
                return Ok(found);
            };
            for row in &events {
                match &row.event.fact {
                    Fact::Executed(execution) if within(execution.at) => {
                        found.positions.insert(execution.position);
                    }
                    Fact::TicketConfirmed { ticket, .. } | Fact::TicketDeclined { ticket, .. }
                        if within(row.event.at) =>
                    {
                        found.tickets.insert(*ticket);
                    }
                    _ => {}
                }
            }
            after = last;
        }
    }
}
