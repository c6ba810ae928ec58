//! A chat that keeps every card that was drawn on it, and can be down.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use countersign_cards::{Language, Locale, draw};
use countersign_desk::ports::{CardKey, Chat, ChatError, MessageRef};
use countersign_domain::{
    event::Alarm,
    ids::TicketId,
    notices::{Telling, Volume},
    operator::{Room, Surface},
    view::{TicketView, View},
};
use jiff::Timestamp;

use crate::journal::Journal;

/// A card as it was drawn.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// When.
    pub at: Timestamp,
    /// Which card.
    pub card: CardKey,
    /// In which message.
    pub message: MessageRef,
    /// What it shows.
    pub view: View,
    /// How loudly.
    pub volume: Volume,
    /// In which language; `None` for the desk's own.
    pub language: Option<String>,
    /// In which time zone; `None` for the market's.
    pub zone: Option<String>,
}

impl Drawn {
    /// The card as plain text, 80 columns wide.
    pub fn text(&self) -> String {
        let usual = Locale::shared(Language::default());
        let locale = Locale::told(self.language.as_deref(), self.zone.as_deref(), &usual);
        draw(&self.view, &locale).text()
    }
}

/// One surface of a world.
#[derive(Debug)]
pub struct FakeChat {
    surface: Surface,
    journal: Arc<Journal>,
    state: Mutex<State>,
}

/// How a chat is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mood {
    #[default]
    Well,
    /// It cannot be reached.
    Down,
    /// It never answers.
    Silent,
    /// It has no time for routine cards.
    Busy,
}

#[derive(Debug, Default)]
struct State {
    now: Timestamp,
    mood: Mood,
    anew: bool,
    faults: VecDeque<ChatError>,
    drawn: Vec<Drawn>,
    messages: BTreeMap<String, CardKey>,
    /// Cards whose newest drawing was refused for good.
    refused: BTreeSet<CardKey>,
    /// Of these, which were drawn plainly, in which message.
    plain: Vec<(CardKey, MessageRef)>,
    breaches: Vec<String>,
}

impl State {
    fn new_message(&self, surface: Surface) -> MessageRef {
        let number = self.messages.len() + 1;
        MessageRef(format!("{surface}-{number}"))
    }
}

impl FakeChat {
    pub(crate) fn new(surface: Surface, journal: Arc<Journal>) -> Self {
        Self {
            surface,
            journal,
            state: Mutex::new(State::default()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn advance(&self, now: Timestamp) {
        self.state().now = now;
    }

    /// Cannot be reached from now on, or can again.
    pub fn set_down(&self, down: bool) {
        self.state().mood = if down { Mood::Down } else { Mood::Well };
    }

    /// Has no time for routine cards from now on, or has again.
    pub fn set_busy(&self, busy: bool) {
        self.state().mood = if busy { Mood::Busy } else { Mood::Well };
    }

    /// Posts every card in a new message from now on, or draws in the old one again.
    pub fn set_anew(&self, anew: bool) {
        self.state().anew = anew;
    }

    /// Never answers from now on, or does again.
    pub fn set_silent(&self, silent: bool) {
        self.state().mood = if silent { Mood::Silent } else { Mood::Well };
    }

    /// Lets the next drawing fail like that; asked again, the one after it.
    pub fn next(&self, fault: ChatError) {
        self.state().faults.push_back(fault);
    }

    /// Forgets every fault that has not happened yet.
    pub fn heal(&self) {
        let mut state = self.state();
        state.mood = Mood::Well;
        state.anew = false;
        state.faults.clear();
    }

    /// Every drawing, oldest first.
    pub fn drawn(&self) -> Vec<Drawn> {
        self.state().drawn.clone()
    }

    /// Every card that was drawn plainly, in which message.
    pub fn plain(&self) -> Vec<(CardKey, MessageRef)> {
        self.state().plain.clone()
    }

    /// What people see of a ticket now, in its newest message.
    pub fn ticket(&self, ticket: TicketId) -> Option<TicketView> {
        let state = self.state();
        let wanted = |one: &&Drawn| one.card == CardKey::Ticket(ticket);
        let newest = state.drawn.iter().rev().find(wanted)?;
        match &newest.view {
            View::Ticket(view) => Some(view.as_ref().clone()),
            _ => None,
        }
    }

    /// The newest drawing of a ticket as text.
    pub fn card(&self, ticket: TicketId) -> String {
        let state = self.state();
        let wanted = |one: &&Drawn| one.card == CardKey::Ticket(ticket);
        let newest = state.drawn.iter().rev().find(wanted);
        newest.map(Drawn::text).unwrap_or_default()
    }

    /// Every drawing of one card, oldest first.
    pub fn drawn_of(&self, card: CardKey) -> Vec<Drawn> {
        let state = self.state();
        let wanted = state.drawn.iter().filter(|one| one.card == card);
        wanted.cloned().collect()
    }

    /// Every alarm that was drawn.
    pub fn alarms(&self) -> Vec<Alarm> {
        let state = self.state();
        let alarm = |one: &Drawn| match &one.view {
            View::Alarm { alarm, .. } => Some(alarm.clone()),
            _ => None,
        };
        state.drawn.iter().filter_map(alarm).collect()
    }

    /// True when the newest drawing of that ticket was refused for good.
    pub(crate) fn refused(&self, ticket: TicketId) -> bool {
        self.state().refused.contains(&CardKey::Ticket(ticket))
    }

    pub(crate) fn breaches(&self) -> Vec<String> {
        self.state().breaches.clone()
    }

    pub(crate) fn breach(&self, what: String) {
        self.state().breaches.push(what);
    }

    pub(crate) const fn at(&self) -> Surface {
        self.surface
    }
}

#[async_trait]
impl Chat for FakeChat {
    fn room(&self) -> Room {
        Room::of(self.surface)
    }

    fn pause(&self, urgent: bool) -> Duration {
        Duration::from_secs((self.state().mood == Mood::Busy && !urgent).into())
    }

    async fn draw(
        &self,
        card: CardKey,
        view: &View,
        message: Option<&MessageRef>,
        telling: &Telling,
    ) -> Result<MessageRef, ChatError> {
        if self.state().mood == Mood::Silent {
            std::future::pending::<()>().await;
        }
        let mut state = self.state();
        if state.mood == Mood::Down {
            return Err(ChatError::Unreachable("down".to_owned(), None));
        }
        if let Some(fault) = state.faults.pop_front() {
            if matches!(fault, ChatError::Refused(_)) {
                state.refused.insert(card);
            }
            return Err(fault);
        }
        state.refused.remove(&card);
        let known = message.filter(|_| !state.anew).cloned();
        let message = known.unwrap_or_else(|| state.new_message(self.surface));
        let shows = *state.messages.entry(message.0.clone()).or_insert(card);
        if shows != card {
            let breach = format!("{card} was drawn in the message of {shows}");
            state.breaches.push(breach);
        }
        if let View::Alarm { alarm, .. } = view {
            let what = format!("alarm {alarm:?}");
            self.journal.note(state.now, self.surface.as_str(), &what);
        }
        let at = state.now;
        state.drawn.push(Drawn {
            at,
            card,
            message: message.clone(),
            view: view.clone(),
            volume: telling.volume,
            language: telling.language.clone(),
            zone: telling.zone.clone(),
        });
        Ok(message)
    }

    async fn draw_plainly(
        &self,
        card: CardKey,
        _: &View,
        message: Option<&MessageRef>,
        _: &Telling,
    ) -> Result<MessageRef, ChatError> {
        let mut state = self.state();
        if let Some(fault) = state.faults.pop_front() {
            return Err(fault);
        }
        let known = message.cloned();
        let message = known.unwrap_or_else(|| state.new_message(self.surface));
        state.messages.entry(message.0.clone()).or_insert(card);
        state.plain.push((card, message.clone()));
        Ok(message)
    }
}
