//! A world: one desk with everything around it, told as a story.
//!
//! Everything is real but the people, the clock, the market, the broker and the chats: the desk's
//! own code runs on its own store. Time stands still until [`World::advance`]. All of it happens on
//! one thread in one order, so that the same story has the same end, to the byte.

mod build;
mod change;
mod drive;
mod press;
mod proof;

use std::sync::Arc;

use countersign_app::{clock::ManualClock, ids::SeededIds};
use countersign_desk::{
    Desk,
    news::NewsDesk,
    ports::{Clock as _, Store, StoredEvent, Story},
    seen::Seen,
};
use countersign_domain::{
    event::Alarm,
    ids::{DeskId, TicketId},
    operator::Surface,
    order::{Order, Purpose},
    position::Position,
    ticket::Ticket,
};
use jiff::{SignedDuration, Timestamp};
use tokio::runtime::Runtime;

pub use build::Setup;
pub use press::{Button, Offer};
pub use proof::Ending;

use crate::{
    broker::FakeBroker,
    chat::FakeChat,
    faulty::{Health, Outage},
    journal::Journal,
    market::Market,
    news::Newsroom,
    place::Place,
    power::Power,
};

/// So many seconds.
pub const fn secs(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

/// One desk and its world. When it is dropped, every fault is healed, the desk comes to rest, and
/// every invariant is asserted: see [`World::check`].
pub struct World {
    setup: Setup,
    runtime: Runtime,
    place: Arc<Place>,
    id: DeskId,
    clock: Arc<ManualClock>,
    ids: Arc<SeededIds>,
    journal: Arc<Journal>,
    power: Arc<Power>,
    health: Arc<Health>,
    /// The store as it really is, for looking.
    store: Arc<dyn Store>,
    desk: Option<Arc<Desk>>,
    beats: drive::Beats,
    starts: u32,
    presses: u64,
    tickets: Vec<TicketId>,
    /// The clock, the quotes.
    pub market: Market,
    /// The broker, with its own truth.
    pub broker: Arc<FakeBroker>,
    /// What is told and read of the news, where the desk reads any.
    pub newsroom: Arc<Newsroom>,
    news: NewsDesk,
    chats: Vec<Arc<FakeChat>>,
    checked: bool,
}

impl World {
    /// The time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The desk's id.
    pub const fn id(&self) -> DeskId {
        self.id
    }

    /// The desk, started when it is not running.
    pub fn desk(&mut self) -> Arc<Desk> {
        self.up()
    }

    /// Counts boundaries and cuts the power.
    pub const fn power(&self) -> &Arc<Power> {
        &self.power
    }

    /// A surface of the desk.
    pub fn chat(&self, surface: Surface) -> &FakeChat {
        let found = self.chats.iter().find(|chat| chat.at() == surface);
        found.expect("the desk is shown there")
    }

    /// Every surface.
    pub fn chats(&self) -> impl Iterator<Item = &FakeChat> {
        self.chats.iter().map(Arc::as_ref)
    }

    /// Lets the store fail from now on, or heals it.
    pub fn store_is(&self, outage: Outage) {
        let what = match outage {
            Outage::None => "heals",
            Outage::Full => "is full",
            Outage::Gone => "is gone",
            Outage::Mute => "will not say that it commits",
        };
        self.journal.note(self.now(), "store", what);
        self.health.set(outage);
    }

    /// The newest committed state.
    pub fn seen(&self) -> Arc<Seen> {
        let read = self.runtime.block_on(self.store.read(self.id));
        read.expect("the store answers")
    }

    /// Everything that came of a ticket.
    pub fn story_of(&self, ticket: TicketId) -> Story {
        let story = self.runtime.block_on(self.store.story(self.id, ticket));
        story.expect("the store answers")
    }

    /// Every event, oldest first.
    pub fn events(&self) -> Vec<StoredEvent> {
        let events = self.store.events(self.id, 0, u32::MAX >> 1);
        self.runtime.block_on(events).expect("the store answers")
    }

    /// Every ticket that was ever offered, newest first.
    pub fn tickets(&self) -> Vec<Arc<Ticket>> {
        let tickets = self.runtime.block_on(self.store.tickets(self.id, 10_000));
        tickets.expect("the store answers")
    }

    /// The ticket that was offered last.
    pub fn ticket(&self) -> TicketId {
        *self.tickets.last().expect("a ticket was offered")
    }

    /// Turns to that ticket: it is the one that presses are about from now on, until another is
    /// offered.
    pub fn turn_to(&mut self, ticket: TicketId) {
        self.tickets.retain(|one| *one != ticket);
        self.tickets.push(ticket);
    }

    /// How long the process stays away after a crash from now on.
    pub const fn set_downtime(&mut self, downtime: SignedDuration) {
        self.setup.downtime = downtime;
    }

    /// The entry order of the ticket that was offered last.
    pub fn entry(&self) -> Option<Arc<Order>> {
        let orders = self.story_of(self.ticket()).orders;
        orders.into_iter().find(|order| order.purpose.is_entry())
    }

    /// The newest exit order of the ticket that was offered last.
    pub fn exit(&self) -> Option<Arc<Order>> {
        let orders = self.story_of(self.ticket()).orders;
        let exits = orders
            .into_iter()
            .filter(|order| matches!(order.purpose, Purpose::Exit { .. }));
        exits.max_by_key(|order| order.attempt)
    }

    /// The position of the ticket that was offered last.
    pub fn position(&self) -> Option<Arc<Position>> {
        self.story_of(self.ticket()).position
    }

    /// Every alarm that is written down, oldest first.
    pub fn alarms(&self) -> Vec<Alarm> {
        let alarm = |row: StoredEvent| match row.event.fact {
            countersign_domain::event::Fact::Alarm(alarm) => Some(alarm),
            _ => None,
        };
        self.events().into_iter().filter_map(alarm).collect()
    }

    /// How often a process was started.
    pub const fn starts(&self) -> u32 {
        self.starts
    }

    /// What happened since the story began, one line each.
    pub fn story(&self) -> String {
        self.journal.text()
    }

    /// Asks for no more proof: something has failed already.
    pub const fn abandon(&mut self) {
        self.checked = true;
    }

    /// The newest drawing of the last ticket, as text.
    pub fn card(&self) -> String {
        let first = self.chats.first().expect("a surface");
        first.card(self.ticket())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if self.checked || std::thread::panicking() {
            return;
        }
        self.settle();
        let broken = self.check();
        assert!(
            broken.is_empty(),
            "SEED={}: {}\n\n{}",
            self.setup.seed,
            broken.join("\n"),
            self.story()
        );
    }
}
