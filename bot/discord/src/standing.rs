//! Standing: which messages of a room show which cards, as this process posted them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use countersign_desk::ports::CardKey;
use jiff::{SignedDuration, Timestamp};

/// Cards whose messages are remembered.
const REMEMBERED: usize = 512;

/// How often a card is asked for since it was taken away. Who goes on taking it away means it: it stands
/// again with what happens to it next.
const OFTEN: u32 = 3;

/// How often that is tried, and after how long again.
const TRIES: u32 = 5;
const BETWEEN: SignedDuration = SignedDuration::from_secs(5);

/// Where cards stand, and which of them somebody took away.
#[derive(Default)]
pub(crate) struct Standing(Mutex<State>);

#[derive(Default)]
struct State {
    cards: BTreeMap<CardKey, Stood>,
    /// Messages of cards that are gone.
    gone: BTreeSet<u64>,
    /// Their cards, to be drawn again.
    taken: BTreeMap<CardKey, Taken>,
}

/// Where a card stands, and how often it was taken away.
#[derive(Default)]
struct Stood {
    messages: Vec<u64>,
    times: u32,
}

/// A card that is asked for: how often it was, and when next.
struct Taken {
    tries: u32,
    next: Timestamp,
}

impl Standing {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A card stands there, or begins to.
    pub(crate) fn stand(&self, card: CardKey, messages: &[u64]) {
        let mut state = self.state();
        let is_there = !messages.iter().any(|it| state.gone.contains(it));
        let stood = state.cards.entry(card).or_default();
        let is_whole = messages.len() >= stood.messages.len();
        stood.messages = messages.to_vec();
        if is_there && is_whole {
            state.taken.remove(&card);
        }
        while state.cards.len() > REMEMBERED {
            // The one that was posted first.
            let oldest = state
                .cards
                .iter()
                .min_by_key(|(_, it)| it.messages.iter().max());
            let oldest = oldest.map(|(card, _)| *card);
            oldest.and_then(|card| state.cards.remove(&card));
        }
    }

    /// The messages of a card.
    pub(crate) fn of(&self, card: CardKey) -> Vec<u64> {
        let state = self.state();
        let stood = state.cards.get(&card);
        stood.map(|it| it.messages.clone()).unwrap_or_default()
    }

    /// Somebody took a message away, which may be a card's.
    pub(crate) fn take_away(&self, message: u64) {
        let mut state = self.state();
        let mut cards = state.cards.iter_mut();
        let Some((card, stood)) = cards.find(|(_, it)| it.messages.contains(&message)) else {
            return;
        };
        let card = *card;
        stood.times = stood.times.saturating_add(1);
        if stood.times <= OFTEN {
            let (tries, next) = (0, Timestamp::MIN);
            state.taken.insert(card, Taken { tries, next });
        } else {
            tracing::info!(%card, "a card is taken away again and again");
        }
        state.gone.insert(message);
        while state.gone.len() > REMEMBERED {
            state.gone.pop_first();
        }
    }

    /// True for a message that somebody took away, as far as it was told.
    pub(crate) fn is_gone(&self, message: u64) -> bool {
        self.state().gone.contains(&message)
    }

    /// The next card of which something was taken away, when it may be drawn: again after a while, until
    /// it stands.
    pub(crate) fn next_taken(
        &self,
        now: Timestamp,
        may: impl Fn(CardKey) -> bool,
    ) -> Option<CardKey> {
        let mut state = self.state();
        let mut taken = state.taken.iter_mut();
        let (card, asked) = taken.find(|(card, it)| it.next <= now && may(**card))?;
        let card = *card;
        asked.tries = asked.tries.saturating_add(1);
        asked.next = now.saturating_add(BETWEEN).unwrap_or(Timestamp::MAX);
        if asked.tries >= TRIES {
            state.taken.remove(&card);
        }
        Some(card)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(number: u64) -> CardKey {
        CardKey::Alarm(number, 0)
    }

    fn asked(standing: &Standing, second: i64) -> Option<CardKey> {
        let now = Timestamp::from_second(second).expect("a time");
        standing.next_taken(now, |_| true)
    }

    #[test]
    fn a_card_that_is_taken_away_is_asked_for_until_it_stands_and_not_for_ever() {
        let standing = Standing::default();
        standing.stand(card(1), &[10, 11]);
        standing.take_away(11);
        assert_eq!(asked(&standing, 0), Some(card(1)));
        assert_eq!(asked(&standing, 4), None, "it is tried after a while");
        assert_eq!(asked(&standing, 5), Some(card(1)));
        standing.stand(card(1), &[10]);
        standing.stand(card(1), &[10, 12]);
        assert_eq!(asked(&standing, 60), None, "it stands");
        standing.take_away(12);
        let tries = (0..20).filter(|it| asked(&standing, 100 + it * 10).is_some());
        assert_eq!(tries.count(), usize::try_from(TRIES).expect("few"));
    }

    #[test]
    fn who_goes_on_taking_a_card_away_is_left_alone() {
        let standing = Standing::default();
        let again = (0..10).filter(|it| {
            let message = 100 + it;
            standing.stand(card(1), &[message]);
            standing.take_away(message);
            asked(&standing, i64::try_from(*it).expect("few") * 100).is_some()
        });
        assert_eq!(again.count(), usize::try_from(OFTEN).expect("few"));
    }

    #[test]
    fn what_was_posted_first_is_forgotten_first_whatever_it_is() {
        let standing = Standing::default();
        for number in 0..600 {
            // Later cards come before in the order of their names.
            standing.stand(card(1_000 - number), &[number]);
        }
        assert!(standing.of(card(1_000)).is_empty());
        assert_eq!(standing.of(card(401)), [599]);
    }
}
