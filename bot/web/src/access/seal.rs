//! Seals: what makes a form ours, and count once.
//!
//! A seal is `<nonce>.<issued>.<mac>`: a number that never comes twice in this process, the
//! milliseconds of the machine's monotonic clock, and a keyed hash over both, the session, the act,
//! its subject and its revision. Nobody without the key can make one, none fits another form, and a
//! session takes each nonce once.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use super::mac::{Bytes32, mac, same};

/// What a form does to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bound<'a> {
    /// The act: `confirm`.
    pub(crate) act: &'a str,
    /// The id of what it is done to; empty for the desk itself.
    pub(crate) subject: &'a str,
    /// The revision that was shown; 0 where there is none.
    pub(crate) revision: u32,
}

/// A seal that is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Its number.
    pub(crate) nonce: u64,
    /// When it was made, by the machine's monotonic clock.
    pub(crate) issued: Duration,
}

/// Makes seals and knows its own.
pub(crate) struct Sealer {
    key: Bytes32,
    next: AtomicU64,
}

impl Sealer {
    /// With a fresh key: seals of another process are nobody's.
    pub(crate) fn new(random: fn() -> Bytes32) -> Self {
        Self {
            key: random(),
            next: AtomicU64::new(1),
        }
    }

    /// A seal for one form of one session.
    pub(crate) fn seal(&self, session: &Bytes32, bound: &Bound<'_>, now: Duration) -> String {
        let nonce = self.next.fetch_add(1, Ordering::Relaxed);
        let issued = u64::try_from(now.as_millis()).unwrap_or(u64::MAX);
        let hash = hex::encode(self.hash(session, bound, nonce, issued));
        format!("{nonce}.{issued}.{hash}")
    }

    /// The stamp of a seal that was made for exactly this form of this session.
    pub(crate) fn read(&self, session: &Bytes32, bound: &Bound<'_>, seal: &str) -> Option<Stamp> {
        let mut parts = seal.splitn(3, '.');
        let nonce = plain(parts.next()?)?;
        let issued = plain(parts.next()?)?;
        let mut told = [0; 32];
        hex::decode_to_slice(parts.next()?, &mut told).ok()?;
        let ours = same(&told, &self.hash(session, bound, nonce, issued));
        ours.then(|| Stamp {
            nonce,
            issued: Duration::from_millis(issued),
        })
    }

    fn hash(&self, session: &Bytes32, bound: &Bound<'_>, nonce: u64, issued: u64) -> Bytes32 {
        mac(
            &self.key,
            &[
                session,
                bound.act.as_bytes(),
                bound.subject.as_bytes(),
                &bound.revision.to_be_bytes(),
                &nonce.to_be_bytes(),
                &issued.to_be_bytes(),
            ],
        )
    }
}

/// A number as we write it: digits alone, no leading zero.
fn plain(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
#[path = "seal_tests.rs"]
mod seal_tests;
