//! Where everything is kept.

use std::sync::Arc;

use async_trait::async_trait;
use countersign_domain::{
    event::Event,
    execution::Execution,
    exit::ExitState,
    ids::{DeskId, OrderId, OverrideId, PositionId, TicketId},
    instrument::Symbol,
    money::Usd,
    news::Judged,
    operator::Room,
    order::Order,
    overrides::Override,
    position::Position,
    refusal::Answer,
    signal::Signal,
    ticket::Ticket,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    effect::Effect,
    ports::{CardKey, Cursor, MessageRef},
    seen::{DayTotals, DeskRow, Seen},
    work::{Done, Work},
};

/// The right to run a desk's loops: for efficiency; correctness rests on the fence, which is
/// checked inside each unit that carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Which desk.
    pub desk: DeskId,
    /// Grows with each new holder: a unit with an older one is refused.
    pub fence: u64,
    /// Until when it holds unless renewed.
    pub until: Timestamp,
}

/// An effect that waits in the outbox, claimed by this process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its place in the outbox.
    pub id: i64,
    /// Grows each time the same key is asked for again; what was performed for an older version
    /// does not finish the row.
    pub version: i64,
    /// What to do.
    pub effect: Effect,
    /// How often it was tried before.
    pub attempts: u32,
    /// True when the process that committed it performs it for the first time; false when it was
    /// left over, so that nobody knows whether it was performed.
    pub fresh: bool,
    /// When it was first asked for under its key since that was last performed.
    pub asked_at: Timestamp,
}

/// What came of a unit of work.
#[derive(Clone, Debug)]
pub struct Committed {
    /// The desk's sequence number after it.
    pub seq: u64,
    /// What its decision answers; `Ok(Done::Repeated)` when its inbox key had been seen before.
    pub answer: Answer<Done>,
    /// Its effects, claimed by the process that committed.
    pub claimed: Vec<OutboxRow>,
    /// The events that it wrote, in order.
    pub events: Vec<Event>,
    /// The desk after it.
    pub seen: Arc<Seen>,
}

/// Why the store has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Nothing was committed; it may be run again.
    #[error("the store could not commit, nothing was written: {0}")]
    Failed(String),
    /// The commit's answer was lost: run the unit again under the same inbox key, or read.
    #[error("the store did not say whether it committed: {0}")]
    Unknown(String),
    /// The unit's fence is older than the desk's: another process holds the desk. Stop its loops.
    #[error("another process holds the desk")]
    Fenced,
    /// No such desk: configure it first.
    #[error("there is no desk {0}")]
    NoDesk(DeskId),
    /// A row cannot be read: the database is damaged or of another version. Stop and look.
    #[error(
        "the store holds something unreadable: {0}; it is damaged, or somebody changed it: restore a copy"
    )]
    Unreadable(String),
}

/// One row of the audit chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredEvent {
    /// The desk's sequence number: one per unit of work.
    pub seq: u64,
    /// Its place in that unit, from 0.
    pub index: u32,
    /// What happened.
    pub event: Event,
    /// SHA-256 over the previous hash and this row, as hex.
    pub hash: String,
}

/// What a check of the audit chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditVerdict {
    /// Every row follows from the one before, and the last is the desk's head.
    Sound {
        /// Rows checked.
        rows: u64,
        /// The head.
        head: String,
    },
    /// The first row that does not follow: edited, removed or put in another order.
    Broken {
        /// Sequence number of the row.
        seq: u64,
        /// Its place in the unit.
        index: u32,
        /// What is wrong with it.
        fault: String,
    },
    /// The rows end before the head that was committed.
    Truncated {
        /// Rows found.
        rows: u64,
        /// The head that the desk committed.
        head: String,
    },
}

/// A ticket and everything that came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// The ticket.
    pub ticket: Option<Arc<Ticket>>,
    /// The signal behind it.
    pub signal: Option<Signal>,
    /// Its orders, oldest first.
    pub orders: Vec<Arc<Order>>,
    /// Its position.
    pub position: Option<Arc<Position>>,
    /// What the exit rules remember of it.
    pub exit_state: ExitState,
    /// Its executions, oldest first.
    pub executions: Vec<Execution>,
}

/// How many tickets of a day are in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketCount {
    /// The state's word.
    pub state: String,
    /// How many.
    pub count: u64,
}

/// What a position was worth at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PositionSample {
    /// Which.
    pub position: PositionId,
    /// When.
    pub at: Timestamp,
    /// Open profit, before fees.
    pub unrealised: Usd,
    /// Profit taken, before fees.
    pub realised: Usd,
}

/// The store: units of work, the outbox, leases, slots, and reading back.
///
/// Every method is in one contract suite that runs on each database.
#[async_trait]
pub trait Store: Send + Sync {
    /// Runs one unit: locks the desk, loads what the unit needs, lets it decide, and writes state,
    /// events, audit, inbox and outbox as one durable transaction.
    ///
    /// # Errors
    ///
    /// [`StoreError`], each variant saying what the caller may do.
    async fn run(&self, work: Arc<dyn Work>) -> Result<Committed, StoreError>;

    /// The newest committed state of a desk.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn read(&self, desk: DeskId) -> Result<Arc<Seen>, StoreError>;

    /// Writes the row of a desk that is not there yet, at sequence 0; one that is stays as it is.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was written. An account that another desk has is
    /// [`StoreError::Failed`].
    async fn establish(&self, row: &DeskRow) -> Result<(), StoreError>;

    /// Every desk there is.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn desks(&self) -> Result<Vec<DeskId>, StoreError>;

    /// Takes or renews the lease of a desk. `None` while another holder's has not run out.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; ask again.
    async fn lease(
        &self,
        desk: DeskId,
        holder: &str,
        lasting: SignedDuration,
    ) -> Result<Option<Lease>, StoreError>;

    /// True while somebody's lease of a desk has not run out.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; ask again.
    async fn is_leased(&self, desk: DeskId) -> Result<bool, StoreError>;

    /// Gives a lease back; a lost one is no error.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the lease runs out by itself.
    async fn release(&self, desk: DeskId, holder: &str) -> Result<(), StoreError>;

    /// Claims effects that wait: due, and claimed by nobody or by a claim that has run out.
    /// They come with `fresh: false`, save those that were given back unbegun; most urgent first,
    /// then oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; ask again.
    async fn claim(
        &self,
        desk: DeskId,
        holder: &str,
        most: u32,
    ) -> Result<Vec<OutboxRow>, StoreError>;

    /// Frees the claims of all holders but this one: what a dead process left behind. For
    /// start-up, under the lease.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; ask again.
    async fn inherit(&self, desk: DeskId, holder: &str) -> Result<(), StoreError>;

    /// Notes that an effect was performed at that version, with the message that shows the card.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; it will be performed again, which is harmless.
    async fn finish(
        &self,
        row: &OutboxRow,
        message: Option<(CardKey, Room, MessageRef)>,
    ) -> Result<(), StoreError>;

    /// Gives an effect back, to be tried again from then on. One that is given back with `fresh`
    /// was never begun, and comes with `fresh` to whoever claims it next.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; it will be tried when its claim runs out.
    async fn postpone(&self, row: &OutboxRow, until: Timestamp) -> Result<(), StoreError>;

    /// Effects that wait, due or not.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn waiting(&self, desk: DeskId) -> Result<u64, StoreError>;

    /// The message that shows a card in a room.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn message(
        &self,
        desk: DeskId,
        card: CardKey,
        room: Room,
    ) -> Result<Option<MessageRef>, StoreError>;

    /// Notes the message that shows a card in a room now, of a drawing that no row asked for.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the card is posted once more where the message is asked for again.
    async fn note_message(
        &self,
        desk: DeskId,
        shows: (CardKey, Room),
        message: &MessageRef,
    ) -> Result<(), StoreError>;

    /// Claims a slot of a job: true for exactly one caller, for ever.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; ask again.
    async fn claim_slot(
        &self,
        desk: DeskId,
        job: &str,
        slot: Timestamp,
    ) -> Result<bool, StoreError>;

    /// The last slot of a job that was claimed.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn last_slot(&self, desk: DeskId, job: &str) -> Result<Option<Timestamp>, StoreError>;

    /// Up to where the broker's reports were taken in.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn cursor(&self, desk: DeskId) -> Result<Cursor, StoreError>;

    /// Notes it, once they were.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; they will be taken in again, which is harmless.
    async fn set_cursor(&self, desk: DeskId, cursor: &Cursor) -> Result<(), StoreError>;

    /// A ticket and everything that came of it, settled or not.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn story(&self, desk: DeskId, ticket: TicketId) -> Result<Story, StoreError>;

    /// The ticket of a position, closed or not.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn ticket_of(
        &self,
        desk: DeskId,
        position: PositionId,
    ) -> Result<Option<TicketId>, StoreError>;

    /// The override of that id, also one that is over.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn override_of(
        &self,
        desk: DeskId,
        id: OverrideId,
    ) -> Result<Option<Arc<Override>>, StoreError>;

    /// The newest stories, newest first: about one underlying, or all.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn stories(
        &self,
        desk: DeskId,
        about: Option<Symbol>,
        most: u32,
    ) -> Result<Vec<Judged>, StoreError>;

    /// The newest tickets, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn tickets(&self, desk: DeskId, most: u32) -> Result<Vec<Arc<Ticket>>, StoreError>;

    /// The newest signals, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn signals(&self, desk: DeskId, most: u32) -> Result<Vec<Signal>, StoreError>;

    /// Positions closed on a New York day, oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn closed_on(&self, desk: DeskId, date: Date) -> Result<Vec<Arc<Position>>, StoreError>;

    /// What the desk did on a New York day; empty totals where it did nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn day_totals(&self, desk: DeskId, date: Date) -> Result<DayTotals, StoreError>;

    /// The order of that id, live or not.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn order(&self, desk: DeskId, order: OrderId) -> Result<Option<Arc<Order>>, StoreError>;

    /// Events after a sequence number, oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn events(
        &self,
        desk: DeskId,
        after: u64,
        most: u32,
    ) -> Result<Vec<StoredEvent>, StoreError>;

    /// Checks the whole audit chain against the committed head.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    async fn verify_audit(&self, desk: DeskId) -> Result<AuditVerdict, StoreError>;

    /// Appends to the history of positions.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the samples are lost, nothing rests on them.
    async fn record(&self, desk: DeskId, samples: &[PositionSample]) -> Result<(), StoreError>;

    /// Deletes history samples, finished outbox rows and inbox keys from before a time. Never
    /// events. Answers with the number of rows.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; try again with the next slot.
    async fn retain(&self, desk: DeskId, since: Timestamp) -> Result<u64, StoreError>;
}
