//! The desk: its verbs, one public method each.

mod asks;
mod bounds;
mod people;
mod twice;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use countersign_domain::{
    ids::{DeskId, OperatorId, OrderId, PositionId, SignalId, TapId, TicketId},
    operator::{Operator, Room},
    refusal::{Answer, Refusal},
    view::View,
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

use crate::{
    effect::Effect,
    monitor::marks::Marks,
    ports::{
        Broker, CardKey, Chat, Clock, Committed, Ids, Instants, Lease, MarketData, OutboxRow,
        Store, StoreError,
    },
    seen::{DeskRow, Seen},
    settings::DeskSettings,
    twice::Tap,
    verbs::configure::Configure,
    work::{Done, Work},
};

pub use crate::verbs::{
    edit::Edited,
    exits::PositionAsk,
    offer::Idea,
    overrides::{OverrideAnswer, OverrideAsk},
    standing::StandingBounds,
    trading::DeskAsk,
};

/// Everything outside that one desk needs.
#[derive(Clone)]
pub struct Ports {
    /// Its broker.
    pub broker: Arc<dyn Broker>,
    /// Its market data.
    pub market: Arc<dyn MarketData>,
    /// Where its cards are shown.
    pub chats: Vec<Arc<dyn Chat>>,
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// New ids.
    pub ids: Arc<dyn Ids>,
    /// Where news comes from, who reads it, and what is done about it.
    pub news: crate::news::NewsDesk,
}

/// An effect that this process has to perform, and since when it is committed.
#[derive(Clone, Debug)]
pub(crate) struct Queued {
    pub(crate) row: OutboxRow,
    pub(crate) committed: Instants,
    pub(crate) not_before: Timestamp,
    /// How often this process tried it.
    pub(crate) tries: u32,
}

/// A desk in this process. Cheap to share behind an `Arc`; every method takes `&self`.
pub struct Desk {
    pub(crate) id: DeskId,
    pub(crate) ports: Ports,
    pub(crate) settings: DeskSettings,
    pub(crate) screening: crate::scan::Screening,
    /// What its configuration says; `None` for a process that only decides.
    pub(crate) configured: Option<Configure>,
    /// What other processes know this one by.
    pub(crate) holder: String,
    pub(crate) memory: Mutex<Memory>,
    /// Woken when effects wait to be performed.
    pub(crate) wake: Notify,
    /// Woken when cards wait to be drawn there.
    pub(crate) wake_room: BTreeMap<Room, Notify>,
}

/// What this process remembers and could lose.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) marks: Marks,
    pub(crate) queue: VecDeque<Queued>,
    /// Monotonic times at which tickets that were offered here can no longer be confirmed.
    pub(crate) deadlines: BTreeMap<TicketId, SignedDuration>,
    pub(crate) lease: Option<Lease>,
    /// The last state that was read, for exits while the store is gone.
    pub(crate) last: Option<Arc<Seen>>,
    /// Exits that went out while the store could not commit.
    pub(crate) uncommitted: BTreeMap<PositionId, countersign_domain::order::Order>,
    pub(crate) store_down: bool,
    /// First presses that could not be written down, and those that were pressed a second time
    /// meanwhile.
    pub(crate) taps: BTreeMap<TapId, Tap>,
    /// Alarms that could not be written down and are still to be shown.
    pub(crate) unwritten: BTreeMap<Room, (CardKey, View)>,
    /// What the last scan came to.
    pub(crate) looks:
        BTreeMap<(countersign_domain::instrument::Symbol, &'static str), crate::reads::Look>,
    /// The boards that this process drew.
    pub(crate) boards: BTreeMap<Room, crate::relay::board::Shown>,
    /// Cards that this process drew with a ticket to decide, and where, until they are drawn otherwise.
    pub(crate) pressable: std::collections::BTreeSet<(CardKey, Room)>,
    /// The cards of what is held.
    pub(crate) figures: BTreeMap<(CardKey, Room), crate::relay::figures::Figures>,
    /// How late cards were that were told late.
    pub(crate) late: BTreeMap<(CardKey, Room), SignedDuration>,
    /// Rooms that take no cards, which was said, and when they are asked again.
    pub(crate) lost: BTreeMap<Room, Timestamp>,
    /// Surfaces on which nothing is heard, which was said.
    pub(crate) deaf: std::collections::BTreeSet<countersign_domain::operator::Surface>,
    /// What strangers asked lately.
    pub(crate) strangers: crate::strangers::Strangers,
    /// Surfaces on which something could not be read, which was said.
    pub(crate) unreadable: std::collections::BTreeSet<countersign_domain::operator::Surface>,
    /// Rooms that refused a card in every form, which was said.
    pub(crate) refused: std::collections::BTreeSet<Room>,
    /// What was seen to work.
    pub(crate) worked: crate::alarms::Worked,
    /// Why the broker does not answer, since when.
    pub(crate) broker_down: Option<(String, crate::alarms::Lasting)>,
    /// Positions without a believable mark, since when.
    pub(crate) unmarked: BTreeMap<PositionId, crate::alarms::Lasting>,
    /// What the last comparison with the broker saw.
    pub(crate) compared: crate::compare::Comparison,
    pub(crate) ticks: crate::ticks::TickCounts,
    pub(crate) next_claim: Option<Timestamp>,
    /// Up to where this process took the broker's reports in.
    pub(crate) cursor: Option<crate::ports::Cursor>,
    pub(crate) next_scan: Option<Timestamp>,
    /// The state whose instruments were last named to the feed.
    pub(crate) watched: Option<u64>,
}

fn wakers(ports: &Ports) -> BTreeMap<Room, Notify> {
    let rooms = ports.chats.iter().map(|chat| chat.room());
    rooms.map(|room| (room, Notify::new())).collect()
}

/// A desk's configuration: its row, who may act, and how it trades.
#[derive(Clone, Debug, PartialEq)]
pub struct DeskConfig {
    /// Its row as it should be; trading state and counters of an existing desk stay.
    pub row: DeskRow,
    /// The whole allow-list. Empty: nobody may act.
    pub operators: Vec<Operator>,
    /// How it trades.
    pub settings: DeskSettings,
    /// How it looks for trades.
    pub screening: crate::scan::Screening,
}

impl Desk {
    /// A desk as its configuration says. One that is there already is set up in the store once this
    /// process may run it: see [`Desk::take`].
    ///
    /// # Errors
    ///
    /// [`StoreError`]: nothing runs without a store.
    pub async fn open(
        config: DeskConfig,
        ports: Ports,
        holder: &str,
    ) -> Result<Arc<Self>, StoreError> {
        ports.store.establish(&config.row).await?;
        Ok(Arc::new(Self {
            id: config.row.id,
            wake_room: wakers(&ports),
            ports,
            settings: config.settings,
            screening: config.screening,
            configured: Some(Configure {
                row: config.row,
                operators: config.operators,
            }),
            holder: holder.to_owned(),
            memory: Mutex::new(Memory::default()),
            wake: Notify::new(),
        }))
    }

    /// The desk as the store has it, for a process that only decides: nothing is configured.
    pub fn attach(id: DeskId, settings: DeskSettings, ports: Ports, holder: &str) -> Arc<Self> {
        Arc::new(Self {
            id,
            wake_room: wakers(&ports),
            ports,
            settings,
            screening: crate::scan::Screening::default(),
            configured: None,
            holder: holder.to_owned(),
            memory: Mutex::new(Memory::default()),
            wake: Notify::new(),
        })
    }

    /// Which desk.
    pub const fn id(&self) -> DeskId {
        self.id
    }

    /// Where everything is kept.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.ports.store
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// For how long this process has run.
    pub fn up(&self) -> SignedDuration {
        self.ports.clock.read().monotonic
    }

    /// How it trades.
    pub const fn settings(&self) -> &DeskSettings {
        &self.settings
    }

    /// Waits until effects wait to be performed.
    pub async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Waits until cards wait to be drawn in a room; for ever in one that is not shown here.
    pub async fn woken_to_show(&self, room: Room) {
        match self.wake_room.get(&room) {
            Some(waker) => waker.notified().await,
            None => std::future::pending().await,
        }
    }

    /// The rooms at hand in which its cards are shown by this process.
    pub fn rooms(&self) -> impl Iterator<Item = Room> {
        let at_hand = self.ports.chats.iter().filter(|chat| chat.is_at_hand());
        at_hand.map(|chat| chat.room())
    }

    pub(crate) fn wake_rooms(&self, rows: &[OutboxRow]) {
        for row in rows {
            if let Effect::Draw { room, .. } = row.effect
                && let Some(waker) = self.wake_room.get(&room)
            {
                waker.notify_one();
            }
        }
    }

    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a unit and queues its effects for this process.
    pub(crate) async fn run(&self, work: impl Work + 'static) -> Result<Committed, StoreError> {
        let done = self.ports.store.run(Arc::new(work)).await;
        match &done {
            Ok(committed) => self.committed(committed),
            Err(error) => {
                tracing::warn!(desk.id = %self.id, %error, "a unit of work was not committed");
                if matches!(error, StoreError::Failed(_) | StoreError::Unknown(_)) {
                    self.store_is_down(error);
                }
            }
        }
        done
    }

    fn committed(&self, committed: &Committed) {
        let now = self.ports.clock.read();
        let mut memory = self.memory();
        memory.store_down = false;
        memory.last = Some(committed.seen.clone());
        let queued = |row: &OutboxRow| Queued {
            row: row.clone(),
            committed: now,
            not_before: now.wall,
            tries: 0,
        };
        for row in &committed.claimed {
            // A card that waits to be drawn waits once: only its newest state is shown.
            let waiting = memory.queue.iter_mut().find(|it| it.row.id == row.id);
            match waiting.filter(|it| matches!(it.row.effect, Effect::Draw { .. })) {
                Some(waiting) => waiting.row = row.clone(),
                None => memory.queue.push_back(queued(row)),
            }
        }
        drop(memory);
        if !committed.claimed.is_empty() {
            self.wake.notify_one();
            self.wake_rooms(&committed.claimed);
        }
    }

    /// Runs a verb; a store that cannot commit is a refusal.
    pub(crate) async fn verb(&self, work: impl Work + 'static) -> Answer<Done> {
        match self.run(work).await {
            Ok(committed) => committed.answer,
            Err(StoreError::Fenced) => Err(Refusal::NotOurs),
            Err(_) => Err(Refusal::StoreUnavailable),
        }
    }

    /// The newest committed state.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn seen(&self) -> Result<Arc<Seen>, StoreError> {
        let seen = self.ports.store.read(self.id).await?;
        self.memory().last = Some(seen.clone());
        Ok(seen)
    }

    pub(crate) async fn seen_or_refuse(&self) -> Answer<Arc<Seen>> {
        self.seen().await.map_err(|_| Refusal::StoreUnavailable)
    }

    pub(crate) fn order_id(&self) -> OrderId {
        OrderId::from_bits(self.ports.ids.next())
    }

    pub(crate) fn position_id(&self) -> PositionId {
        PositionId::from_bits(self.ports.ids.next())
    }

    pub(crate) fn ticket_id(&self) -> TicketId {
        TicketId::from_bits(self.ports.ids.next())
    }

    pub(crate) fn signal_id(&self) -> SignalId {
        SignalId::from_bits(self.ports.ids.next())
    }

    /// The operator that a surface knows as that person, when on the allow-list.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn operator(
        &self,
        who: &countersign_domain::operator::Identity,
    ) -> Result<Option<Arc<Operator>>, StoreError> {
        Ok(self.seen().await?.operator(who).cloned())
    }

    /// An id for an operator who is new to every desk.
    pub fn new_operator_id(&self) -> OperatorId {
        OperatorId::from_bits(self.ports.ids.next())
    }
}
