//! Cards that are drawn again although nothing of them was decided. All of it lives in memory: the next
//! start draws every card as it is without.

use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use countersign_cards::{Action, Button, Locale, chat};
use countersign_desk::ports::CardKey;
use countersign_domain::{ids::TicketId, view::View};

use crate::room::TelegramRoom;

/// Cards with their small changes below them that are remembered.
const UNFOLDED: usize = 64;

/// What a room draws again by itself.
#[derive(Default)]
pub(crate) struct Again(Mutex<State>);

#[derive(Default)]
struct State {
    /// Tickets whose small changes stand in the place of Edit.
    unfolded: BTreeSet<TicketId>,
    /// Of these, and of those that were, what is not drawn yet.
    asked: BTreeSet<TicketId>,
}

impl Again {
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
        while state.unfolded.len() > UNFOLDED {
            state.unfolded.pop_first();
        }
        state.asked.insert(ticket);
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
        state.asked.remove(&ticket.id);
        let Some(edit) = buttons.iter().position(edit) else {
            // Nothing can be changed any more.
            state.unfolded.remove(&ticket.id);
            return buttons;
        };
        if !state.unfolded.contains(&ticket.id) {
            return buttons;
        }
        let before = buttons.into_iter().take(edit);
        before.chain(chat::small_changes(ticket, locale)).collect()
    }

    /// The next card to draw again, when there is room for one.
    pub(crate) fn next_again(&self) -> Option<CardKey> {
        let ticket = self.again.state().asked.first().copied()?;
        let card = CardKey::Ticket(ticket);
        let pause = self.wire.pause(&self.budget, card.is_urgent());
        if !pause.is_zero() {
            return None;
        }
        self.again.state().asked.remove(&ticket);
        Some(card)
    }
}
