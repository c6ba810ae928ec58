//! The terminal: a live feed of cards and events, and keys to press.

mod keys;
mod lines;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{IsTerminal, Write},
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use countersign_cards::{self as cards, Action, Language, Locale};
use countersign_desk::{
    Desk,
    desk::DeskAsk,
    ports::{CardKey, Chat, ChatError, MessageRef, StoreError, StoredEvent},
    press::Press,
    work::Done,
};
use countersign_domain::{
    event::Fact,
    ids::{Revision, StoryId, TicketId},
    news::{Impact, Judged},
    notices::{Telling, Volume},
    operator::{Identity, Room, Surface},
    refusal::Answer,
    signal::Veto,
    ticket::DeclineReason,
    view::{Outcome, View},
};
use jiff::{SignedDuration, Timestamp};

pub use self::keys::{Key, RawMode, are_read, keys};
use self::lines::Lines;

/// Events read at once.
const BATCH: u32 = 200;

/// Stories that are known to have been told.
const TOLD: usize = 1_000;

/// The terminal as a surface.
pub struct Terminal {
    locale: Locale,
    memory: Mutex<Memory>,
    /// The queue of its lines; `None` where nothing is kept waiting by a slow reader.
    lines: Option<Lines>,
}

#[derive(Default)]
struct Memory {
    /// Tickets that wait, with the revision that was shown; the last one is on top.
    offered: Vec<(TicketId, Revision)>,
    /// The offer whose card was printed last: the only one that a key answers.
    printed: Option<(TicketId, Revision)>,
    /// Tickets whose card was shown.
    shown: BTreeSet<TicketId>,
    /// Settled tickets that were shown.
    settled: BTreeSet<TicketId>,
    /// Stories that were told, by the first of those that tell the same.
    told: BTreeMap<StoryId, Impact>,
    /// The newest event that was shown.
    seq: u64,
    /// The first failure to write where there is no queue.
    failed: Option<String>,
}

impl Memory {
    /// Puts a ticket on top; its card is printed next.
    fn raise(&mut self, offer: (TicketId, Revision)) {
        self.offered.retain(|(id, _)| *id != offer.0);
        self.offered.push(offer);
        self.printed = Some(offer);
    }

    /// Puts a ticket to the bottom.
    fn lower(&mut self, ticket: TicketId) {
        if let Some(at) = self.offered.iter().position(|(id, _)| *id == ticket) {
            let offer = self.offered.remove(at);
            self.offered.insert(0, offer);
        }
    }
}

impl Terminal {
    /// A terminal that has shown nothing yet, and leaves nothing out: printing waits for the reader.
    /// For what nobody's money waits for, such as a recorded day.
    pub fn new(language: Language) -> Self {
        Self {
            locale: Locale::of(language),
            memory: Mutex::default(),
            lines: None,
        }
    }

    /// A terminal that tells what happened after the event of that sequence number. Printing waits
    /// for nobody: where the reader is slow, the oldest lines are left out.
    pub fn after(seq: u64, language: Language) -> Self {
        Self::onto(Box::new(std::io::stdout()), seq, language)
    }

    /// The same, written to `out`.
    fn onto(out: Box<dyn Write + Send>, seq: u64, language: Language) -> Self {
        let locale = Locale::of(language);
        let words = Box::new(move |lines| cards::terminal::left_out(lines, &locale));
        let memory = Memory {
            seq,
            ..Memory::default()
        };
        Self {
            locale: Locale::of(language),
            memory: Mutex::new(memory),
            lines: Some(Lines::to(out, line_end(), words)),
        }
    }

    /// Its sentences.
    pub const fn locale(&self) -> &Locale {
        &self.locale
    }

    /// Prints lines.
    pub fn print(&self, text: &str) {
        if let Some(lines) = &self.lines {
            return lines.put(text);
        }
        let mut out = std::io::stdout().lock();
        let mut lines = text.lines();
        let written = lines.try_for_each(|line| write!(out, "{line}{}", line_end()));
        let failed = lines::failure(written.and_then(|()| out.flush()));
        // No reason to stop; who ends with a summary asks.
        let mut memory = self.memory();
        memory.failed = memory.failed.take().or(failed);
    }

    /// Passes when everything printed so far was written, or its reader went away or paused: for
    /// what is run to be read.
    ///
    /// # Errors
    ///
    /// What the system said of the first line that was lost, and what to do.
    pub fn written(&self) -> anyhow::Result<()> {
        self.flush();
        let failed = match &self.lines {
            Some(lines) => lines.failed(),
            None => self.memory().failed.clone(),
        };
        match failed {
            None => Ok(()),
            Some(why) => anyhow::bail!(
                "cannot write to standard output: {why}; what it holds is not whole, so make room there, or send it elsewhere"
            ),
        }
    }

    /// Returns once everything printed is written, or a reader who has paused was waited for long
    /// enough.
    pub fn flush(&self) {
        if let Some(lines) = &self.lines {
            lines.flush();
        }
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
            let told = |row: &StoredEvent| match &row.event.fact {
                Fact::StoryJudged(story) => {
                    let does = desk.news_says(story, row.event.at).is_some();
                    (does || story.impact > Impact::Low) && self.is_news(story)
                }
                fact => self.worth_a_line(fact),
            };
            for row in rows.iter().filter(|row| told(row)) {
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

    /// True for the first of those who tell the same, and for one that makes it matter more.
    fn is_news(&self, story: &Judged) -> bool {
        let mut memory = self.memory();
        let (told, cluster) = (&mut memory.told, story.story.cluster);
        if told
            .get(&cluster)
            .is_some_and(|known| *known >= story.impact)
        {
            return false;
        }
        told.insert(cluster, story.impact);
        if told.len() > TOLD {
            told.pop_first();
        }
        true
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
                let _ = self
                    .draw(card, &view, None, &Telling::plain(Volume::Silent))
                    .await;
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
            Key::Next => {
                let top = self.top();
                if let Some((ticket, _)) = top {
                    self.memory().lower(ticket);
                }
                self.bring_up(desk).await;
            }
            Key::Why => self.bring_up(desk).await,
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
        if self.memory().printed != Some((ticket, revision)) {
            // The card that was read last is gone: nobody answers one that they have not read.
            return self.bring_up(desk).await;
        }
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
        let done = answer.is_ok();
        self.say(answer, &action, desk.now());
        if done && key == Key::Snooze {
            self.memory().lower(ticket);
        }
        if done {
            self.go_on(desk).await;
        }
    }

    /// After an answer: the next ticket comes up when the one that was answered waits no more, or
    /// was put aside.
    async fn go_on(&self, desk: &Desk) {
        let Ok(seen) = desk.seen().await else {
            return;
        };
        let waiting: BTreeSet<_> = seen.offered().map(|ticket| ticket.id).collect();
        let next = {
            let mut memory = self.memory();
            memory.offered.retain(|(id, _)| waiting.contains(id));
            let top = memory.offered.last().copied();
            top.filter(|top| memory.printed != Some(*top))
        };
        if next.is_some() {
            self.bring_up(desk).await;
        }
    }

    /// Prints the whole card of the ticket on top; those that wait no more are passed over.
    async fn bring_up(&self, desk: &Desk) {
        while let Some((ticket, _)) = self.top() {
            let Ok(view) = desk.view_of(CardKey::Ticket(ticket)).await else {
                return;
            };
            let offer = view.as_ref().and_then(offer_of);
            if let (Some(view), Some(offer)) = (view, offer) {
                self.memory().raise(offer);
                return self.print(&self.text(&view));
            }
            self.memory().offered.retain(|(id, _)| *id != ticket);
        }
        self.print(&cards::terminal::nothing_offered(&self.locale));
    }

    /// A card as text, with the buttons that a key presses.
    fn text(&self, view: &View) -> String {
        let mut card = cards::draw(view, &self.locale);
        card.buttons.retain(|button| Key::presses(button.action));
        card.text()
    }

    async fn positions(&self, desk: &Desk) {
        if let Ok(board) = desk.board().await {
            self.print(&self.text(&View::Board(Box::new(board))));
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

/// The offer of a view whose ticket waits.
fn offer_of(view: &View) -> Option<(TicketId, Revision)> {
    let View::Ticket(view) = view else {
        return None;
    };
    let ticket = &view.ticket;
    let waits = ticket.state.is_offered();
    waits.then_some((ticket.id, ticket.revision))
}

/// The end of a line: in raw mode a terminal needs its carriage return, and never minds it.
fn line_end() -> &'static str {
    if std::io::stdout().is_terminal() {
        "\r\n"
    } else {
        "\n"
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
    fn room(&self) -> Room {
        Room::of(Surface::Terminal)
    }

    async fn draw(
        &self,
        card: CardKey,
        view: &View,
        _: Option<&MessageRef>,
        _: &Telling,
    ) -> Result<MessageRef, ChatError> {
        let shown = MessageRef(card.to_string());
        let View::Ticket(ticket_view) = view else {
            self.print(&self.text(view));
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
            if !waits {
                memory.offered.retain(|(id, _)| *id != ticket.id);
            } else if !known {
                memory.raise((ticket.id, ticket.revision));
            }
            (waits && !known) || (ended && memory.settled.insert(ticket.id))
        };
        if new {
            self.print(&self.text(view));
        }
        Ok(shown)
    }
}

#[cfg(test)]
mod tests;
