//! The terminal: a live feed of cards and events, and keys to press.

use std::{
    collections::BTreeSet,
    io::{IsTerminal, Write},
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use countersign_cards::{self as cards, Action, Locale};
use countersign_desk::{
    Desk,
    desk::DeskAsk,
    ports::{CardKey, Chat, ChatError, MessageRef, StoreError},
    press::Press,
    work::Done,
};
use countersign_domain::{
    event::Fact,
    ids::{Revision, TicketId},
    operator::{Identity, Surface},
    refusal::Answer,
    signal::Veto,
    ticket::DeclineReason,
    view::{Outcome, View},
};
use jiff::{SignedDuration, Timestamp};

/// Events read at once.
const BATCH: u32 = 200;

/// The terminal as a surface.
pub struct Terminal {
    locale: Locale,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    /// Tickets on the screen that wait, newest last, with the revision that was shown.
    offered: Vec<(TicketId, Revision)>,
    /// Tickets whose card was shown.
    shown: BTreeSet<TicketId>,
    /// Settled tickets that were shown.
    settled: BTreeSet<TicketId>,
    /// The newest event that was shown.
    seq: u64,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Say yes to the ticket on top.
    Confirm,
    /// Say no to it.
    Reject,
    /// Put it aside for a minute.
    Snooze,
    /// Show its whole card.
    Why,
    /// Bring the next one to the top.
    Next,
    /// Show positions.
    Positions,
    /// Take no entries.
    Halt,
    /// Trade again.
    Resume,
    /// Stop the program.
    Quit,
}

impl Key {
    /// The key of a character.
    pub const fn of(letter: char) -> Option<Self> {
        Some(match letter {
            'c' => Self::Confirm,
            'r' => Self::Reject,
            's' => Self::Snooze,
            'w' => Self::Why,
            'n' => Self::Next,
            'p' => Self::Positions,
            'h' => Self::Halt,
            'u' => Self::Resume,
            'q' => Self::Quit,
            _ => return None,
        })
    }
}

impl Default for Terminal {
    fn default() -> Self {
        Self::new()
    }
}

impl Terminal {
    /// A terminal that has shown nothing yet.
    pub fn new() -> Self {
        Self::after(0)
    }

    /// A terminal that tells what happened after the event of that sequence number.
    pub fn after(seq: u64) -> Self {
        let memory = Memory {
            seq,
            ..Memory::default()
        };
        Self {
            locale: Locale::english(),
            memory: Mutex::new(memory),
        }
    }

    /// Its sentences.
    pub const fn locale(&self) -> &Locale {
        &self.locale
    }

    /// Prints lines; in raw mode a line break needs its carriage return.
    pub fn print(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let raw = crossterm::terminal::is_raw_mode_enabled().unwrap_or(false);
        for line in text.lines() {
            let end = if raw { "\r\n" } else { "\n" };
            // A closed pipe is no reason to stop trading.
            let _ = write!(out, "{line}{end}");
        }
        let _ = out.flush();
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prints what happened since the last time.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the next call shows it.
    pub async fn feed(&self, desk: &Desk) -> Result<(), StoreError> {
        loop {
            let after = self.memory().seq;
            let rows = desk.store().events(desk.id(), after, BATCH).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            self.memory().seq = last.seq;
            for row in rows.iter().filter(|row| self.worth_a_line(&row.event.fact)) {
                self.print(&cards::event::line(&row.event, &self.locale));
            }
        }
    }

    /// What a person wants to read as it happens; the rest is in the event log. A ticket whose card
    /// was shown needs no line, and an idea that stands already is no news.
    fn worth_a_line(&self, fact: &Fact) -> bool {
        match fact {
            Fact::OrderMoved { .. } | Fact::PositionMoved { .. } | Fact::SignalRaised(_) => false,
            Fact::TicketOffered(ticket) => !self.memory().shown.contains(&ticket.id),
            Fact::SignalVetoed { why, .. } => !why
                .iter()
                .all(|veto| matches!(veto, Veto::Duplicate { .. })),
            _ => true,
        }
    }

    /// Shows every ticket that waits and was not shown yet, such as those from before a restart.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the rest is not shown.
    pub async fn show_offered(&self, desk: &Desk) -> Result<(), StoreError> {
        for ticket in desk.seen().await?.offered() {
            let card = CardKey::Ticket(ticket.id);
            if let Some(view) = desk.view_of(card).await? {
                // It was shown when it was drawn before; nothing waits for the answer.
                let _ = self.draw(card, &view, None).await;
            }
        }
        Ok(())
    }

    fn top(&self) -> Option<(TicketId, Revision)> {
        self.memory().offered.last().copied()
    }

    /// Does what a key asks for and prints what came of it. False when it asks to stop.
    pub async fn press(&self, key: Key, desk: &Desk) -> bool {
        match key {
            Key::Quit => return false,
            Key::Next => self.next(),
            Key::Why => self.why(desk).await,
            Key::Positions => self.positions(desk).await,
            Key::Halt => {
                let answer = desk.ask_desk(press(), DeskAsk::Halt, "terminal").await;
                self.say(answer, &Action::Halt(desk.id()), desk.now());
            }
            Key::Resume => {
                let answer = desk.ask_desk(press(), DeskAsk::Resume, "terminal").await;
                self.say(answer, &Action::Resume(desk.id()), desk.now());
            }
            Key::Confirm | Key::Reject | Key::Snooze => self.answer(key, desk).await,
        }
        true
    }

    async fn answer(&self, key: Key, desk: &Desk) {
        let Some((ticket, revision)) = self.top() else {
            self.print(&cards::terminal::nothing_offered(&self.locale));
            return;
        };
        let (answer, action) = match key {
            Key::Confirm => {
                let answer = desk.confirm(press(), ticket, revision).await;
                (answer, Action::Confirm(ticket, revision))
            }
            Key::Reject => {
                let reason = DeclineReason::Other;
                let answer = desk.decline(press(), ticket, revision, reason).await;
                (answer, Action::DeclineFor(ticket, revision, reason))
            }
            _ => {
                let until = desk.now() + SignedDuration::from_mins(1);
                (
                    desk.snooze(press(), ticket, until).await,
                    Action::Snooze(ticket),
                )
            }
        };
        self.say(answer, &action, desk.now());
    }

    fn next(&self) {
        let mut memory = self.memory();
        if let Some(top) = memory.offered.pop() {
            memory.offered.insert(0, top);
        }
    }

    async fn why(&self, desk: &Desk) {
        let Some((ticket, _)) = self.top() else {
            self.print(&cards::terminal::nothing_offered(&self.locale));
            return;
        };
        if let Ok(Some(view)) = desk.view_of(CardKey::Ticket(ticket)).await {
            self.print(&cards::draw(&view, &self.locale).text());
        }
    }

    async fn positions(&self, desk: &Desk) {
        if let Ok(board) = desk.board().await {
            self.print(&cards::draw(&View::Board(Box::new(board)), &self.locale).text());
        }
    }

    fn say(&self, answer: Answer<Done>, action: &Action, now: Timestamp) {
        let outcome = match answer {
            Ok(_) => Outcome::Done,
            Err(refusal) => Outcome::Refused(refusal),
        };
        self.print(&cards::outcome(&outcome, action, now, &self.locale));
    }
}

fn press() -> Press {
    let who = Identity {
        surface: Surface::Terminal,
        user: "local".to_owned(),
    };
    Press { who, key: None }
}

#[async_trait]
impl Chat for Terminal {
    fn surface(&self) -> Surface {
        Surface::Terminal
    }

    async fn draw(
        &self,
        card: CardKey,
        view: &View,
        _: Option<&MessageRef>,
    ) -> Result<MessageRef, ChatError> {
        let shown = MessageRef(card.to_string());
        let View::Ticket(ticket_view) = view else {
            self.print(&cards::draw(view, &self.locale).text());
            return Ok(shown);
        };
        let ticket = &ticket_view.ticket;
        let waits = ticket.state.is_offered();
        let ended = match (&ticket_view.position, &ticket_view.entry) {
            (Some(position), _) => position.position.state.is_closed(),
            (None, Some(entry)) => !entry.is_live(),
            (None, None) => !waits,
        };
        let new = {
            let mut memory = self.memory();
            memory.shown.insert(ticket.id);
            let known = memory.offered.contains(&(ticket.id, ticket.revision));
            memory.offered.retain(|(id, _)| *id != ticket.id);
            if waits {
                memory.offered.push((ticket.id, ticket.revision));
            }
            (waits && !known) || (ended && memory.settled.insert(ticket.id))
        };
        if new {
            self.print(&cards::draw(view, &self.locale).text());
        }
        Ok(shown)
    }
}

/// Raw mode for as long as it lives, so that a key counts without Enter.
pub struct RawMode(bool);

impl RawMode {
    /// Turns it on when both ends are a terminal.
    pub fn on() -> Self {
        let both = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        Self(both && crossterm::terminal::enable_raw_mode().is_ok())
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        if self.0 {
            let _ = crossterm::terminal::disable_raw_mode();
        }
    }
}

/// The keys pressed, or `None` once for Ctrl-C in raw mode; from a pipe, the letters of its lines.
/// A thread of its own reads them: terminals cannot be read without blocking.
pub fn keys() -> tokio::sync::mpsc::UnboundedReceiver<Option<Key>> {
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        if std::io::stdin().is_terminal() {
            read_events(&sender);
        } else {
            read_lines(&sender);
        }
    });
    receiver
}

fn read_lines(sender: &tokio::sync::mpsc::UnboundedSender<Option<Key>>) {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        for key in line.chars().filter_map(Key::of) {
            if sender.send(Some(key)).is_err() {
                return;
            }
        }
    }
}

fn read_events(sender: &tokio::sync::mpsc::UnboundedSender<Option<Key>>) {
    use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, read};
    while let Ok(event) = read() {
        let Event::Key(pressed) = event else {
            continue;
        };
        if pressed.kind != KeyEventKind::Press {
            continue;
        }
        let interrupt = pressed.modifiers.contains(KeyModifiers::CONTROL);
        let sent = match pressed.code {
            KeyCode::Char('c') if interrupt => sender.send(None),
            KeyCode::Char(letter) => match Key::of(letter) {
                Some(key) => sender.send(Some(key)),
                None => Ok(()),
            },
            _ => Ok(()),
        };
        if sent.is_err() {
            return;
        }
    }
}
