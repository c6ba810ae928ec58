//! Standing: which messages of a room show which cards, as this process posted them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use countersign_desk::ports::CardKey;

/// Cards whose messages are remembered.
const REMEMBERED: usize = 512;

/// Where cards stand, and which of them somebody took away.
#[derive(Default)]
pub(crate) struct Standing(Mutex<State>);

#[derive(Default)]
struct State {
    cards: BTreeMap<CardKey, Vec<u64>>,
    /// Messages of cards that are gone.
    gone: BTreeSet<u64>,
    /// Their cards, to be drawn again.
    taken: BTreeSet<CardKey>,
}

impl Standing {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A card stands there, or begins to.
    pub(crate) fn stand(&self, card: CardKey, messages: &[u64]) {
        let mut state = self.state();
        state.cards.insert(card, messages.to_vec());
        while state.cards.len() > REMEMBERED {
            state.cards.pop_first();
        }
    }

    /// The messages of a card.
    pub(crate) fn of(&self, card: CardKey) -> Vec<u64> {
        self.state().cards.get(&card).cloned().unwrap_or_default()
    }

    /// Somebody took a message away, which may be a card's.
    pub(crate) fn take_away(&self, message: u64) {
        let mut state = self.state();
        let of = state.cards.iter().find(|(_, it)| it.contains(&message));
        if let Some(card) = of.map(|(card, _)| *card) {
            state.taken.insert(card);
            state.gone.insert(message);
            while state.gone.len() > REMEMBERED {
                state.gone.pop_first();
            }
        }
    }

    /// True for a message that somebody took away, as far as it was told.
    pub(crate) fn is_gone(&self, message: u64) -> bool {
        self.state().gone.contains(&message)
    }

    /// The next card of which something was taken away, when it may be drawn.
    pub(crate) fn next_taken(&self, may: impl Fn(CardKey) -> bool) -> Option<CardKey> {
        let mut state = self.state();
        let next = state.taken.iter().copied().find(|card| may(*card))?;
        state.taken.remove(&next);
        Some(next)
    }
}
