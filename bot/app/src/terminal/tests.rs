//! The keys on a desk with several tickets that wait.

use std::sync::Arc;

use countersign_cards::Language;
use countersign_feeds::{Feed as _, synthetic::SyntheticMarket};

use super::*;
use crate::{
    clock::ManualClock,
    compose::{Parts, paper_desk},
    config::Config,
    ids::SeededIds,
    stepper::Stepper,
};

/// Five minutes before the first scan of that day that has enough bars.
const START: &str = "2026-03-17T14:45:00Z";

/// What a terminal wrote, for reading.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut paper = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        paper.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A desk and somebody who reads its terminal.
struct Room {
    desk: Arc<Desk>,
    terminal: Arc<Terminal>,
    stepper: Stepper,
    paper: Paper,
    _home: tempfile::TempDir,
}

impl Room {
    /// At least two tickets wait, and their cards were printed.
    async fn with_offers() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let config = Config::built_in().expect("defaults");
        let start: Timestamp = START.parse().expect("a time");
        let clock = Arc::new(ManualClock::at(start));
        let seed = config.demo.seed;
        let market = SyntheticMarket::new(config.synthetic.clone(), seed, start);
        let market = Arc::new(market.expect("a market"));
        market.advance(start);
        let paper = Paper::default();
        let terminal = Arc::new(Terminal::onto(
            Box::new(paper.clone()),
            0,
            Language::English,
        ));
        let parts = Parts {
            home: home.path(),
            clock: clock.clone(),
            ids: Arc::new(SeededIds::new(1, clock.clone())),
            market: market.clone(),
            chats: vec![terminal.clone()],
            holder: "test".to_owned(),
        };
        let desk = paper_desk(&config, parts).await.expect("a desk");
        desk.recover().await.expect("it comes up");
        let mut room = Self {
            stepper: Stepper::new(desk.clone(), clock, market),
            desk,
            terminal,
            paper,
            _home: home,
        };
        while room.offered().await.len() < 2 {
            room.step().await;
        }
        room
    }

    async fn step(&mut self) {
        let next = self.stepper.next();
        self.stepper.go_to(next).await.expect("a step");
    }

    /// What is asked for is drawn.
    async fn redraw(&self) {
        self.desk.pump().await.expect("a store");
    }

    async fn press(&self, key: Key) {
        assert!(self.terminal.press(key, &self.desk).await);
    }

    async fn offered(&self) -> Vec<TicketId> {
        let seen = self.desk.seen().await.expect("a store");
        seen.offered().map(|ticket| ticket.id).collect()
    }

    /// Everything that was printed.
    fn text(&self) -> String {
        self.terminal.flush();
        let paper = self.paper.0.lock().expect("a paper").clone();
        String::from_utf8(paper).expect("words")
    }

    /// The ticket whose card, with its buttons, was printed last.
    fn read_last(&self) -> TicketId {
        let text = self.text();
        let (_, card) = text.rsplit_once("[Confirm]").expect("a card");
        let (_, rest) = card.split_once("Ticket ").expect("its foot");
        let (id, _) = rest.split_once(',').expect("its id");
        id.parse().expect("an id")
    }

    /// How often the card of a ticket with its buttons was printed.
    fn printed(&self, ticket: TicketId) -> usize {
        let text = self.text();
        let cards = text.split("[Confirm]").skip(1);
        cards
            .filter(|card| card.contains(&format!("Ticket {ticket},")))
            .count()
    }
}

#[tokio::test]
async fn a_card_offers_only_what_a_key_presses() {
    let room = Room::with_offers().await;
    let text = room.text();
    assert!(text.contains("[Confirm] [Reject] [Snooze] [Why]"), "{text}");
    assert!(!text.contains("[Edit]"), "{text}");
}

#[tokio::test]
async fn a_ticket_that_is_redrawn_keeps_its_place() {
    let room = Room::with_offers().await;
    let (others, read) = (room.offered().await, room.read_last());
    let other = *others.iter().find(|id| **id != read).expect("another");
    // Somebody puts the other one aside elsewhere: its card changes on every surface.
    let until = room.desk.now() + SignedDuration::from_secs(30);
    let snoozed = room.desk.snooze(press(), other, until).await;
    snoozed.expect("it waits");
    let view = room.desk.view_of(CardKey::Ticket(other)).await;
    let view = view.expect("a store").expect("a ticket");
    let loud = Telling::LOUD;
    let drawn = room
        .terminal
        .draw(CardKey::Ticket(other), &view, None, &loud);
    drawn.await.expect("a terminal");
    assert_eq!(room.printed(other), 1, "it is no news");
    room.press(Key::Reject).await;
    let left = room.offered().await;
    assert!(!left.contains(&read) && left.contains(&other));
}

#[tokio::test]
async fn the_key_for_the_next_ticket_prints_it_and_the_answer_is_about_it() {
    let room = Room::with_offers().await;
    let read = room.read_last();
    room.press(Key::Next).await;
    let next = room.read_last();
    assert_ne!(read, next);
    room.press(Key::Reject).await;
    let left = room.offered().await;
    assert!(left.contains(&read) && !left.contains(&next));
}

#[tokio::test]
async fn a_ticket_that_is_put_aside_makes_room_for_the_next() {
    let room = Room::with_offers().await;
    let read = room.read_last();
    room.press(Key::Snooze).await;
    room.redraw().await;
    let next = room.read_last();
    assert_ne!(read, next);
    room.press(Key::Reject).await;
    let left = room.offered().await;
    assert!(left.contains(&read) && !left.contains(&next));
}

#[tokio::test]
async fn after_an_answer_the_next_card_is_printed_before_it_is_answered() {
    let room = Room::with_offers().await;
    let mut answered = Vec::new();
    while !room.offered().await.is_empty() {
        let read = room.read_last();
        assert!(!answered.contains(&read), "its time is over");
        room.press(Key::Reject).await;
        room.redraw().await;
        assert!(!room.offered().await.contains(&read));
        answered.push(read);
    }
    assert!(answered.len() > 1);
}

#[tokio::test]
async fn no_key_answers_a_card_that_was_not_read_last() {
    let room = Room::with_offers().await;
    let read = room.read_last();
    // Decided elsewhere, while a person reads it here.
    let declined = room
        .desk
        .decline(press(), read, Revision::FIRST, DeclineReason::Other);
    declined.await.expect("it waits");
    room.redraw().await;
    let before = room.offered().await;
    room.press(Key::Confirm).await;
    assert_eq!(room.offered().await, before, "its card comes up first");
    let next = room.read_last();
    assert!(before.contains(&next));
    room.press(Key::Reject).await;
    assert!(!room.offered().await.contains(&next));
}
