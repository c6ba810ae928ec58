//! What was read before.

use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, PoisonError},
};

use countersign_domain::news::{Opinion, Scorer};
use sha2::{Digest as _, Sha256};

/// A text as one scorer reads it.
pub(super) type Key = [u8; 32];

/// The key of a cleaned text.
pub(super) fn key(scorer: &Scorer, text: &str) -> Key {
    let mut hash = Sha256::new();
    hash.update(scorer.sha256.as_bytes());
    hash.update([0]);
    hash.update(text.as_bytes());
    hash.finalize().into()
}

/// Opinions kept: a day's headlines of a long watchlist, at about a kilobyte each.
const MOST: usize = 8_192;

/// Opinions by text, as many as there is room for; those not asked for longest go first, roughly.
pub(super) struct Cache(Mutex<Generations>);

/// What was asked for since the last change of generations, and what was before it.
struct Generations {
    young: HashMap<Key, Opinion>,
    old: HashMap<Key, Opinion>,
    most: usize,
}

impl Default for Cache {
    fn default() -> Self {
        Self::of(MOST)
    }
}

impl Cache {
    fn of(most: usize) -> Self {
        Self(Mutex::new(Generations {
            young: HashMap::new(),
            old: HashMap::new(),
            most,
        }))
    }

    pub(super) fn get(&self, key: &Key) -> Option<Opinion> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(opinion) = kept.young.get(key) {
            return Some(opinion.clone());
        }
        let opinion = kept.old.remove(key)?;
        kept.put(*key, opinion.clone());
        Some(opinion)
    }

    pub(super) fn put(&self, key: Key, opinion: Opinion) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.put(key, opinion);
    }
}

impl Generations {
    fn put(&mut self, key: Key, opinion: Opinion) {
        if self.young.len() >= self.most.div_ceil(2) {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(key, opinion);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion(took_ms: f64) -> Opinion {
        Opinion {
            bearish: 0.1,
            neutral: 0.2,
            bullish: 0.7,
            topics: Vec::new(),
            by: scorer("a"),
            took_ms,
        }
    }

    fn scorer(sha256: &str) -> Scorer {
        Scorer {
            name: "test".to_owned(),
            version: "1".to_owned(),
            sha256: sha256.to_owned(),
        }
    }

    #[test]
    fn it_holds_no_more_than_it_may_and_keeps_what_is_asked_for() {
        let cache = Cache::of(10);
        let beloved = key(&scorer("a"), "beloved");
        cache.put(beloved, opinion(0.0));
        for number in 0..1_000_u32 {
            cache.put(key(&scorer("a"), &number.to_string()), opinion(1.0));
            assert!(cache.get(&beloved).is_some(), "gone after {number}");
            let kept = cache.0.lock().unwrap();
            assert!(kept.young.len() + kept.old.len() <= 10);
        }
        assert_eq!(cache.get(&key(&scorer("a"), "1")), None);
    }

    #[test]
    fn another_model_reads_for_itself() {
        assert_ne!(key(&scorer("a"), "text"), key(&scorer("b"), "text"));
        assert_ne!(key(&scorer("a"), "text"), key(&scorer("a"), "texts"));
    }
}
