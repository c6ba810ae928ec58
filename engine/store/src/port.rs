//! The store as the desk sees it: each method hands its statements to a write or a look.

use std::sync::Arc;

use async_trait::async_trait;
use countersign_desk::{
    ports::{
        AuditVerdict, CardKey, Committed, Cursor, Lease, MessageRef, OutboxRow, PositionSample,
        Store, StoreError, StoredEvent, Story,
    },
    seen::{DayTotals, DeskRow, Seen},
    work::Work,
};
use countersign_domain::{
    calendar::ny,
    ids::{DeskId, OrderId, OverrideId, PositionId, TicketId},
    instrument::Symbol,
    news::Judged,
    operator::Room,
    order::Order,
    overrides::Override,
    position::Position,
    signal::Signal,
    ticket::Ticket,
};
use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{
    audit,
    retention::{self, Kept},
    store::SqlStore,
    story,
    tables::{
        cursors, day_totals, desks, events, history, leases, messages, orders, outbox, overrides,
        positions, signals, slots, stories, tickets,
    },
    value::micros,
};

/// Times that a desk is tried to be established.
const ESTABLISHING: u32 = 8;

#[async_trait]
impl Store for SqlStore {
    async fn run(&self, work: Arc<dyn Work>) -> Result<Committed, StoreError> {
        self.unit(work).await
    }

    async fn read(&self, desk: DeskId) -> Result<Arc<Seen>, StoreError> {
        self.newest(desk).await
    }

    async fn establish(&self, row: &DeskRow) -> Result<(), StoreError> {
        let mut answer = Ok(());
        // Two processes may give two desks the same number; then the later one takes the next.
        for _ in 0..ESTABLISHING {
            let row = row.clone();
            let establishing = self.write(Some(row.id), |conn| {
                Box::pin(async move { desks::establish(conn, &row).await })
            });
            answer = establishing.await;
            if !matches!(answer, Err(StoreError::Failed(_))) {
                break;
            }
        }
        answer
    }

    async fn desks(&self) -> Result<Vec<DeskId>, StoreError> {
        self.glance(|conn| Box::pin(desks::all(conn))).await
    }

    async fn lease(
        &self,
        desk: DeskId,
        holder: &str,
        lasting: SignedDuration,
    ) -> Result<Option<Lease>, StoreError> {
        let (holder, clock) = (holder.to_owned(), self.clock());
        self.write(Some(desk), move |conn| {
            Box::pin(async move { leases::take(conn, (desk, &holder), clock.now(), lasting).await })
        })
        .await
    }

    async fn is_leased(&self, desk: DeskId) -> Result<bool, StoreError> {
        let now = self.clock().now();
        self.glance(move |conn| Box::pin(leases::runs(conn, desk, now)))
            .await
    }

    async fn release(&self, desk: DeskId, holder: &str) -> Result<(), StoreError> {
        let holder = holder.to_owned();
        self.write(Some(desk), move |conn| {
            Box::pin(async move { leases::release(conn, desk, &holder).await })
        })
        .await
    }

    async fn claim(
        &self,
        desk: DeskId,
        holder: &str,
        most: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let now = self.clock().now();
        // Asked for all the time and mostly in vain: then no writer is kept waiting.
        let due = self.glance(move |conn| Box::pin(outbox::any_due(conn, desk, now)));
        if !due.await? {
            return Ok(Vec::new());
        }
        let (holder, clock) = (holder.to_owned(), self.clock());
        self.write(Some(desk), move |conn| {
            Box::pin(async move { outbox::claim(conn, (desk, &holder), clock.now(), most).await })
        })
        .await
    }

    async fn inherit(&self, desk: DeskId, holder: &str) -> Result<(), StoreError> {
        let holder = holder.to_owned();
        self.write(Some(desk), move |conn| {
            Box::pin(async move { outbox::inherit(conn, desk, &holder).await })
        })
        .await
    }

    async fn finish(
        &self,
        row: &OutboxRow,
        message: Option<(CardKey, Room, MessageRef)>,
    ) -> Result<(), StoreError> {
        let (row, clock) = (row.clone(), self.clock());
        self.write(None, |conn| {
            Box::pin(async move {
                if let Some((card, room, message)) = message {
                    messages::write(conn, row.id, (card, room), &message).await?;
                }
                outbox::finish(conn, &row, clock.now()).await
            })
        })
        .await
    }

    async fn postpone(&self, row: &OutboxRow, until: Timestamp) -> Result<(), StoreError> {
        let row = row.clone();
        self.write(None, move |conn| {
            Box::pin(async move { outbox::postpone(conn, &row, until).await })
        })
        .await
    }

    async fn waiting(&self, desk: DeskId) -> Result<u64, StoreError> {
        self.glance(move |conn| Box::pin(outbox::waiting(conn, desk)))
            .await
    }

    async fn message(
        &self,
        desk: DeskId,
        card: CardKey,
        room: Room,
    ) -> Result<Option<MessageRef>, StoreError> {
        self.glance(move |conn| Box::pin(messages::read(conn, desk, (card, room))))
            .await
    }

    async fn note_message(
        &self,
        desk: DeskId,
        shows: (CardKey, Room),
        message: &MessageRef,
    ) -> Result<(), StoreError> {
        let message = message.clone();
        self.write(Some(desk), move |conn| {
            Box::pin(async move { messages::note(conn, desk, shows, &message).await })
        })
        .await
    }

    async fn claim_slot(
        &self,
        desk: DeskId,
        job: &str,
        slot: Timestamp,
    ) -> Result<bool, StoreError> {
        let (job, holder, clock) = (job.to_owned(), self.holder(), self.clock());
        self.write(Some(desk), move |conn| {
            Box::pin(async move {
                let claim = (holder.as_str(), clock.now());
                slots::claim(conn, (desk, &job), slot, claim).await
            })
        })
        .await
    }

    async fn last_slot(&self, desk: DeskId, job: &str) -> Result<Option<Timestamp>, StoreError> {
        let job = job.to_owned();
        self.glance(move |conn| Box::pin(async move { slots::last(conn, desk, &job).await }))
            .await
    }

    async fn cursor(&self, desk: DeskId) -> Result<Cursor, StoreError> {
        self.glance(move |conn| Box::pin(cursors::read(conn, desk)))
            .await
    }

    async fn set_cursor(&self, desk: DeskId, cursor: &Cursor) -> Result<(), StoreError> {
        let cursor = cursor.clone();
        self.write(Some(desk), move |conn| {
            Box::pin(async move { cursors::write(conn, desk, &cursor).await })
        })
        .await
    }

    async fn story(&self, desk: DeskId, ticket: TicketId) -> Result<Story, StoreError> {
        self.look(move |conn| Box::pin(story::of(conn, desk, ticket)))
            .await
    }

    async fn ticket_of(
        &self,
        desk: DeskId,
        position: PositionId,
    ) -> Result<Option<TicketId>, StoreError> {
        let found = self.glance(move |conn| Box::pin(positions::one(conn, desk, position)));
        Ok(found.await?.map(|position| position.ticket))
    }

    async fn override_of(
        &self,
        desk: DeskId,
        id: OverrideId,
    ) -> Result<Option<Arc<Override>>, StoreError> {
        self.glance(move |conn| Box::pin(overrides::one(conn, desk, id)))
            .await
    }

    async fn stories(
        &self,
        desk: DeskId,
        about: Option<Symbol>,
        most: u32,
    ) -> Result<Vec<Judged>, StoreError> {
        self.glance(move |conn| match about {
            Some(symbol) => Box::pin(stories::about(conn, desk, symbol, most)),
            None => Box::pin(stories::newest(conn, desk, most)),
        })
        .await
    }

    async fn tickets(&self, desk: DeskId, most: u32) -> Result<Vec<Arc<Ticket>>, StoreError> {
        self.glance(move |conn| Box::pin(tickets::newest(conn, desk, most)))
            .await
    }

    async fn signals(&self, desk: DeskId, most: u32) -> Result<Vec<Signal>, StoreError> {
        self.glance(move |conn| Box::pin(signals::newest(conn, desk, most)))
            .await
    }

    async fn closed_on(&self, desk: DeskId, date: Date) -> Result<Vec<Arc<Position>>, StoreError> {
        // A day of which no calendar knows the beginning or the end is one of the far ends of time.
        let from = ny(date, 0, 0).map_or(i64::MIN, micros);
        let next = date.tomorrow().ok().and_then(|next| ny(next, 0, 0).ok());
        let to = next.map_or(i64::MAX, micros);
        self.glance(move |conn| Box::pin(positions::closed(conn, desk, from, to)))
            .await
    }

    async fn day_totals(&self, desk: DeskId, date: Date) -> Result<DayTotals, StoreError> {
        self.glance(move |conn| Box::pin(day_totals::of(conn, desk, date)))
            .await
    }

    async fn order(&self, desk: DeskId, order: OrderId) -> Result<Option<Arc<Order>>, StoreError> {
        self.glance(move |conn| Box::pin(orders::one(conn, desk, order)))
            .await
    }

    async fn events(
        &self,
        desk: DeskId,
        after: u64,
        most: u32,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        self.glance(move |conn| Box::pin(events::after(conn, desk, after, most)))
            .await
    }

    async fn verify_audit(&self, desk: DeskId) -> Result<AuditVerdict, StoreError> {
        self.look_at_length(move |conn| Box::pin(audit::verify(conn, desk)))
            .await
    }

    async fn record(&self, desk: DeskId, samples: &[PositionSample]) -> Result<(), StoreError> {
        let samples = samples.to_vec();
        self.write(Some(desk), move |conn| {
            Box::pin(async move { history::append(conn, desk, &samples).await })
        })
        .await
    }

    async fn retain(&self, desk: DeskId, since: Timestamp) -> Result<u64, StoreError> {
        let mut total = 0_u64;
        for kept in Kept::ALL {
            loop {
                let step = self.write(Some(desk), move |conn| {
                    Box::pin(retention::step(conn, desk, since, kept))
                });
                let gone = step.await?;
                total = total.saturating_add(gone);
                if gone == 0 {
                    break;
                }
            }
        }
        Ok(total)
    }
}
