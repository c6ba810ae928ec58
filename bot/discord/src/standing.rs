//! Standing: which messages of a room show which cards, as this process posted them.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use countersign_desk::ports::CardKey;

/// Cards whose messages are remembered.
const REMEMBERED: usize = 512;

/// Where cards stand.
#[derive(Default)]
pub(crate) struct Standing(Mutex<BTreeMap<CardKey, Vec<u64>>>);

impl Standing {
    fn cards(&self) -> MutexGuard<'_, BTreeMap<CardKey, Vec<u64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A card stands there, or begins to.
    pub(crate) fn stand(&self, card: CardKey, messages: &[u64]) {
        let mut cards = self.cards();
        cards.insert(card, messages.to_vec());
        while cards.len() > REMEMBERED {
            cards.pop_first();
        }
    }

    /// The messages of a card.
    pub(crate) fn of(&self, card: CardKey) -> Vec<u64> {
        self.cards().get(&card).cloned().unwrap_or_default()
    }
}
