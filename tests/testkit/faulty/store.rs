//! The real store behind boundaries.

use std::sync::Arc;

use async_trait::async_trait;
use countersign_desk::{
    ports::{
        AuditVerdict, CardKey, Clock, Committed, Cursor, Lease, MessageRef, OutboxRow,
        PositionSample, Store, StoreError, StoredEvent, Story,
    },
    seen::{DayTotals, DeskRow, Seen},
    work::Work,
};
use countersign_domain::{
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

use super::outage::{Health, Outage};
use crate::{journal::Journal, power::Power};

/// Every write passes a boundary before it and one after its commit; reads pass none.
pub(crate) struct FaultyStore {
    pub(crate) inner: Arc<dyn Store>,
    pub(crate) power: Arc<Power>,
    pub(crate) health: Arc<Health>,
    pub(crate) journal: Arc<Journal>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl FaultyStore {
    /// Fails while the store cannot be read.
    fn readable(&self) -> Result<(), StoreError> {
        match self.health.get() {
            Outage::Gone => Err(StoreError::Failed("the database is gone".to_owned())),
            _ => Ok(()),
        }
    }

    /// One write between its two boundaries.
    async fn write<T>(
        &self,
        what: &str,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        self.power.boundary(&format!("before {what}")).await;
        let done = match self.health.get() {
            Outage::Gone => Err(StoreError::Failed("the database is gone".to_owned())),
            Outage::Full => Err(StoreError::Failed("the disk is full".to_owned())),
            Outage::None | Outage::Mute => work.await,
        };
        self.power.boundary(&format!("after {what}")).await;
        if done.is_ok() && self.health.take_mute() {
            return Err(StoreError::Unknown("the connection broke".to_owned()));
        }
        done
    }

    fn tell(&self, committed: &Committed) {
        for event in &committed.events {
            self.journal.event(self.clock.now(), event);
        }
    }
}

#[async_trait]
impl Store for FaultyStore {
    async fn run(&self, work: Arc<dyn Work>) -> Result<Committed, StoreError> {
        let run = async {
            let done = self.inner.run(work).await;
            if let Ok(committed) = &done {
                self.tell(committed);
            }
            done
        };
        self.write("a unit", run).await
    }

    async fn read(&self, desk: DeskId) -> Result<Arc<Seen>, StoreError> {
        self.readable()?;
        self.inner.read(desk).await
    }

    async fn establish(&self, row: &DeskRow) -> Result<(), StoreError> {
        self.write("establish", self.inner.establish(row)).await
    }

    async fn desks(&self) -> Result<Vec<DeskId>, StoreError> {
        self.readable()?;
        self.inner.desks().await
    }

    async fn lease(
        &self,
        desk: DeskId,
        holder: &str,
        lasting: SignedDuration,
    ) -> Result<Option<Lease>, StoreError> {
        self.write("lease", self.inner.lease(desk, holder, lasting))
            .await
    }

    async fn is_leased(&self, desk: DeskId) -> Result<bool, StoreError> {
        self.inner.is_leased(desk).await
    }

    async fn release(&self, desk: DeskId, holder: &str) -> Result<(), StoreError> {
        self.write("release", self.inner.release(desk, holder))
            .await
    }

    async fn claim(
        &self,
        desk: DeskId,
        holder: &str,
        most: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        self.write("claim", self.inner.claim(desk, holder, most))
            .await
    }

    async fn inherit(&self, desk: DeskId, holder: &str) -> Result<(), StoreError> {
        self.write("inherit", self.inner.inherit(desk, holder))
            .await
    }

    async fn finish(
        &self,
        row: &OutboxRow,
        message: Option<(CardKey, Room, MessageRef)>,
    ) -> Result<(), StoreError> {
        self.write("finish", self.inner.finish(row, message)).await
    }

    async fn postpone(&self, row: &OutboxRow, until: Timestamp) -> Result<(), StoreError> {
        self.write("postpone", self.inner.postpone(row, until))
            .await
    }

    async fn waiting(&self, desk: DeskId) -> Result<u64, StoreError> {
        self.readable()?;
        self.inner.waiting(desk).await
    }

    async fn message(
        &self,
        desk: DeskId,
        card: CardKey,
        room: Room,
    ) -> Result<Option<MessageRef>, StoreError> {
        self.readable()?;
        self.inner.message(desk, card, room).await
    }

    async fn note_message(
        &self,
        desk: DeskId,
        shows: (CardKey, Room),
        message: &MessageRef,
    ) -> Result<(), StoreError> {
        let noted = self.inner.note_message(desk, shows, message);
        self.write("note a message", noted).await
    }

    async fn claim_slot(
        &self,
        desk: DeskId,
        job: &str,
        slot: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write("claim a slot", self.inner.claim_slot(desk, job, slot))
            .await
    }

    async fn last_slot(&self, desk: DeskId, job: &str) -> Result<Option<Timestamp>, StoreError> {
        self.readable()?;
        self.inner.last_slot(desk, job).await
    }

    async fn cursor(&self, desk: DeskId) -> Result<Cursor, StoreError> {
        self.readable()?;
        self.inner.cursor(desk).await
    }

    async fn set_cursor(&self, desk: DeskId, cursor: &Cursor) -> Result<(), StoreError> {
        self.write("set the cursor", self.inner.set_cursor(desk, cursor))
            .await
    }

    async fn story(&self, desk: DeskId, ticket: TicketId) -> Result<Story, StoreError> {
        self.readable()?;
        self.inner.story(desk, ticket).await
    }

    async fn ticket_of(
        &self,
        desk: DeskId,
        position: PositionId,
    ) -> Result<Option<TicketId>, StoreError> {
        self.readable()?;
        self.inner.ticket_of(desk, position).await
    }

    async fn override_of(
        &self,
        desk: DeskId,
        id: OverrideId,
    ) -> Result<Option<Arc<Override>>, StoreError> {
        self.readable()?;
        self.inner.override_of(desk, id).await
    }

    async fn stories(
        &self,
        desk: DeskId,
        about: Option<Symbol>,
        most: u32,
    ) -> Result<Vec<Judged>, StoreError> {
        self.readable()?;
        self.inner.stories(desk, about, most).await
    }

    async fn tickets(&self, desk: DeskId, most: u32) -> Result<Vec<Arc<Ticket>>, StoreError> {
        self.readable()?;
        self.inner.tickets(desk, most).await
    }

    async fn signals(&self, desk: DeskId, most: u32) -> Result<Vec<Signal>, StoreError> {
        self.readable()?;
        self.inner.signals(desk, most).await
    }

    async fn closed_on(&self, desk: DeskId, date: Date) -> Result<Vec<Arc<Position>>, StoreError> {
        self.readable()?;
        self.inner.closed_on(desk, date).await
    }

    async fn day_totals(&self, desk: DeskId, date: Date) -> Result<DayTotals, StoreError> {
        self.readable()?;
        self.inner.day_totals(desk, date).await
    }

    async fn order(&self, desk: DeskId, order: OrderId) -> Result<Option<Arc<Order>>, StoreError> {
        self.readable()?;
        self.inner.order(desk, order).await
    }

    async fn events(
        &self,
        desk: DeskId,
        after: u64,
        most: u32,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        self.readable()?;
        self.inner.events(desk, after, most).await
    }

    async fn verify_audit(&self, desk: DeskId) -> Result<AuditVerdict, StoreError> {
        self.readable()?;
        self.inner.verify_audit(desk).await
    }

    async fn record(&self, desk: DeskId, samples: &[PositionSample]) -> Result<(), StoreError> {
        self.write("record", self.inner.record(desk, samples)).await
    }

    async fn retain(&self, desk: DeskId, since: Timestamp) -> Result<u64, StoreError> {
        self.write("retain", self.inner.retain(desk, since)).await
    }
}
