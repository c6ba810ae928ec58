//! Sessions: a start token is exchanged once for a cookie.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use countersign_cards::Tone;

use super::mac::{Bytes32, digest, same};

/// How long a session lasts.
const LIFE: Duration = Duration::from_hours(12);
/// Sessions at once; the oldest gives way.
const SESSIONS: usize = 16;
/// Forms that one session may send: far beyond what a person presses in its life.
const FORMS: usize = 20_000;
/// Sentences kept for pages that are still to be shown.
const SENTENCES: usize = 16;

/// What a press came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// How it feels.
    pub(crate) tone: Tone,
    /// The sentence.
    pub(crate) text: String,
}

/// One browser that has shown a token.
pub(crate) struct Session {
    /// Hash of the cookie: the cookie itself is not kept.
    pub(crate) id: Bytes32,
    began: Duration,
    used: Mutex<BTreeSet<u64>>,
    said: Mutex<VecDeque<(u64, Said)>>,
}

impl Session {
    fn new(id: Bytes32, began: Duration) -> Self {
        Self {
            id,
            began,
            used: Mutex::default(),
            said: Mutex::default(),
        }
    }

    /// Takes a nonce: true once, for one caller.
    pub(crate) fn take(&self, nonce: u64) -> bool {
        let mut used = locked(&self.used);
        used.len() < FORMS && used.insert(nonce)
    }

    /// Gives a nonce back: the desk refused the press, so that nothing came of it.
    pub(crate) fn give_back(&self, nonce: u64) {
        locked(&self.used).remove(&nonce);
    }

    /// Keeps a sentence for the page that the browser is sent to, under the nonce of its press.
    pub(crate) fn keep(&self, nonce: u64, said: Said) {
        let mut kept = locked(&self.said);
        kept.push_back((nonce, said));
        while kept.len() > SENTENCES {
            kept.pop_front();
        }
    }

    /// The sentence kept under a nonce; it stays, so that reading it changes nothing.
    pub(crate) fn said(&self, nonce: u64) -> Option<Said> {
        let kept = locked(&self.said);
        let found = kept.iter().rev().find(|(of, _)| *of == nonce);
        found.map(|(_, said)| said.clone())
    }
}

/// Every session, and the hash of the token that opens the next one.
#[derive(Default)]
pub(crate) struct Sessions {
    token: Mutex<Option<Bytes32>>,
    open: Mutex<BTreeMap<Bytes32, Arc<Session>>>,
}

impl Sessions {
    /// True while a token waits for its browser.
    pub(crate) fn awaits_one(&self) -> bool {
        locked(&self.token).is_some()
    }

    /// A token that opens one session; the one before opens none any more.
    pub(crate) fn issue(&self, random: fn() -> Bytes32) -> String {
        let token = hex::encode(random());
        *locked(&self.token) = Some(digest(token.as_bytes()));
        token
    }

    /// Exchanges a token for a cookie: once.
    pub(crate) fn exchange(
        &self,
        token: &str,
        random: fn() -> Bytes32,
        now: Duration,
    ) -> Option<String> {
        let shown = digest(token.as_bytes());
        let mut issued = locked(&self.token);
        if !issued.is_some_and(|issued| same(&issued, &shown)) {
            return None;
        }
        *issued = None;
        drop(issued);
        let cookie = hex::encode(random());
        let id = digest(cookie.as_bytes());
        let mut open = locked(&self.open);
        open.retain(|_, session| lives(session, now));
        if open.len() >= SESSIONS {
            let oldest = open.values().min_by_key(|session| session.began);
            if let Some(oldest) = oldest.map(|session| session.id) {
                open.remove(&oldest);
            }
        }
        open.insert(id, Arc::new(Session::new(id, now)));
        Some(cookie)
    }

    /// The session that a cookie belongs to. Found by its hash: what the lookup's time could tell
    /// is no secret.
    pub(crate) fn of(&self, cookie: &str, now: Duration) -> Option<Arc<Session>> {
        let open = locked(&self.open);
        let session = open.get(&digest(cookie.as_bytes()))?;
        lives(session, now).then(|| session.clone())
    }

    /// True once a session has ended.
    pub(crate) fn is_over(&self, session: &Session, now: Duration) -> bool {
        !lives(session, now) || !locked(&self.open).contains_key(&session.id)
    }
}

fn lives(session: &Session, now: Duration) -> bool {
    now.saturating_sub(session.began) < LIFE
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod session_tests;
