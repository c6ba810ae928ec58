//! Cards that are drawn again although nothing of them was decided. All of it lives in memory: the next
//! start draws every card as it is without.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use countersign_cards::{Action, Button, Card, Line, Locale, Tone, chat};
use countersign_desk::ports::CardKey;
use countersign_domain::{ids::TicketId, view::View};
use jiff::{SignedDuration, Timestamp};

use crate::{
    countdown::{after, step},
    room::TelegramRoom,
};

/// Calls of a chat's budget that a countdown, or a card that prices alone have moved, leaves to cards: one
/// fewer than a board, which a market that moves keeps at that mark.
pub(crate) const OTHERS: usize = 5;

/// How often it is tried to draw what was asked for, and the time between.
const TRIES: u8 = 5;
const PAUSE: SignedDuration = SignedDuration::from_secs(2);

/// Tickets that are remembered for each reason.
const REMEMBERED: usize = 256;

/// What a room draws again by itself.
#[derive(Default)]
pub(crate) struct Again(Mutex<State>);

#[derive(Default)]
struct State {
    /// Tickets whose small changes stand in the place of Edit.
    unfolded: BTreeSet<TicketId>,
    /// Of these, and of those that were, what is not drawn yet.
    asked: BTreeMap<TicketId, Asked>,
    /// When the countdown of a ticket comes to its next step.
    steps: BTreeMap<TicketId, Timestamp>,
}

/// A card whose buttons were asked for.
#[derive(Debug, Default)]
struct Asked {
    /// How often it was tried.
    tries: u8,
    /// When it is tried again.
    next: Option<Timestamp>,
    /// It is being drawn as it was asked for.
    drawing: bool,
}

impl Again {
    /// What may be drawn again: a card whose buttons were asked for, else the countdown that is due
    /// the longest, where that takes nothing from a card.
    fn next(&self, now: Timestamp, spare: bool) -> Option<TicketId> {
        let mut state = self.state();
        let mut asked = state.asked.iter_mut();
        if let Some((ticket, asked)) = asked.find(|(_, it)| it.next.is_none_or(|at| at <= now)) {
            let (ticket, tries) = (*ticket, asked.tries + 1);
            (asked.tries, asked.next) = (tries, now.checked_add(PAUSE).ok());
            if tries == TRIES {
                state.asked.remove(&ticket);
            }
            return Some(ticket);
        }
        let due = state.steps.iter().filter(|(_, at)| **at <= now && spare);
        let (ticket, _) = due.min_by_key(|(_, at)| **at)?;
        let ticket = *ticket;
        state.steps.remove(&ticket);
        Some(ticket)
    }

    /// What is left to decide a ticket, in a step; the next one waits for its time.
    fn count(&self, ticket: TicketId, (now, ends): (Timestamp, Timestamp)) -> SignedDuration {
        let left = ends.duration_since(now);
        let seconds = left.as_secs() + i64::from(left.subsec_nanos() > 0);
        let shown = step(seconds);
        let mut state = self.state();
        match after(shown) {
            Some(next) => {
                state
                    .steps
                    .insert(ticket, ends - SignedDuration::from_secs(next));
            }
            None => {
                state.steps.remove(&ticket);
            }
        }
        while state.steps.len() > REMEMBERED {
            state.steps.pop_first();
        }
        SignedDuration::from_secs(shown)
    }

    /// A card was drawn: what was asked for meanwhile is not on it yet.
    pub(crate) fn drawn(&self, card: CardKey) {
        if let CardKey::Ticket(ticket) = card {
            let mut state = self.state();
            if state.asked.get(&ticket).is_some_and(|it| it.drawing) {
                state.asked.remove(&ticket);
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TelegramRoom {
    /// From now on a ticket's small changes stand in the place of Edit, or Edit does again.
    pub(crate) fn unfold(&self, ticket: TicketId, unfolded: bool) {
        let mut state = self.again.state();
        if unfolded {
            state.unfolded.insert(ticket);
        } else {
            state.unfolded.remove(&ticket);
        }
        while state.unfolded.len() > REMEMBERED {
            state.unfolded.pop_first();
        }
        state.asked.insert(ticket, Asked::default());
    }

    /// The buttons of a card as they stand here.
    pub(crate) fn standing(
        &self,
        buttons: Vec<Button>,
        view: &View,
        locale: &Locale,
    ) -> Vec<Button> {
        let View::Ticket(view) = view else {
            return buttons;
        };
        let ticket = &view.ticket;
        let edit = |it: &Button| matches!(it.action, Action::Edit(..));
        let mut state = self.again.state();
        if let Some(asked) = state.asked.get_mut(&ticket.id) {
            asked.drawing = true;
        }
        let pictured = |mut buttons: Vec<Button>| {
            buttons.push(chat::payoff_button(ticket.id, locale));
            buttons
        };
        let Some(edit) = buttons.iter().position(edit) else {
            // Nothing can be changed any more.
            state.unfolded.remove(&ticket.id);
            let held = view.position.as_ref();
            let is_held = held.is_some_and(|it| !it.position.is_flat());
            return if is_held { pictured(buttons) } else { buttons };
        };
        if !state.unfolded.contains(&ticket.id) {
            return pictured(buttons);
        }
        let before = buttons.into_iter().take(edit);
        before.chain(chat::small_changes(ticket, locale)).collect()
    }

    /// Writes on a card how much is left to decide it.
    pub(crate) fn counted(&self, card: &mut Card, view: &View, locale: &Locale) {
        let View::Ticket(view) = view else {
            return;
        };
        let ticket = view.ticket.id;
        let Some(ends) = card.countdown else {
            self.again.state().steps.remove(&ticket);
            return;
        };
        let left = self.again.count(ticket, (view.header.now, ends));
        card.lead.push(Line {
            text: chat::time_left(left, locale),
            tone: Tone::Neutral,
        });
    }

    /// The next card to draw again, when there is room for one.
    pub(crate) fn next_again(&self, now: Timestamp) -> Option<CardKey> {
        if !self.wire.pause(&self.budget, false).is_zero() {
            return None;
        }
        let spare = self.budget.pause_leaving(self.wire.now(), OTHERS).is_zero();
        self.again.next(now, spare).map(CardKey::Ticket)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    #[test]
    fn a_countdown_is_drawn_at_its_steps_the_oldest_first_and_only_where_there_is_room() {
        let again = Again::default();
        let [one, two] = [1, 2].map(TicketId::from_bits);
        let ends = at(1_000);
        assert_eq!(again.count(one, (at(915), ends)).as_secs(), 120);
        assert_eq!(again.count(two, (at(965), ends)).as_secs(), 60);
        assert_eq!(again.next(at(939), true), None, "nothing is due yet");
        assert_eq!(again.next(at(970), false), None, "a card may need the room");
        assert_eq!(again.next(at(970), true), Some(one));
        assert_eq!(again.next(at(970), true), Some(two));
        assert_eq!(again.next(at(970), true), None, "each step once");
        // What was left out is not made up for: the next one says how it is then.
        assert_eq!(again.count(one, (at(992), ends)).as_secs(), 10);
        assert_eq!(
            again.next(at(2_000), true),
            None,
            "after the last step comes the end"
        );
    }

    #[test]
    fn who_asks_for_other_buttons_waits_for_no_countdown() {
        let again = Again::default();
        let [one, two] = [1, 2].map(TicketId::from_bits);
        again.count(one, (at(0), at(31)));
        again.state().asked.insert(two, Asked::default());
        assert_eq!(again.next(at(5), false), Some(two));
        assert_eq!(again.next(at(5), true), Some(one));
    }

    #[test]
    fn what_was_asked_for_is_tried_until_it_is_drawn_and_not_for_ever() {
        let again = Again::default();
        let [one, two] = [1, 2].map(TicketId::from_bits);
        again.state().asked.insert(one, Asked::default());
        again.state().asked.insert(two, Asked::default());
        let begun = |ticket| {
            let mut state = again.state();
            state.asked.get_mut(&ticket).expect("asked for").drawing = true;
        };
        assert_eq!(again.next(at(5), false), Some(one));
        assert_eq!(again.next(at(5), false), Some(two));
        assert_eq!(again.next(at(6), false), None, "not again at once");
        begun(two);
        again.drawn(CardKey::Ticket(two));
        for time in [7, 9, 11, 13] {
            assert_eq!(again.next(at(time), false), Some(one));
        }
        assert_eq!(again.next(at(100), false), None);

        // What is asked for while a card is drawn is not on it.
        again.state().asked.insert(one, Asked::default());
        assert_eq!(again.next(at(101), false), Some(one));
        begun(one);
        again.state().asked.insert(one, Asked::default());
        again.drawn(CardKey::Ticket(one));
        assert_eq!(again.next(at(102), false), Some(one));
    }
}
