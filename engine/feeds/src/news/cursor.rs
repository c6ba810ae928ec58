//! What a source remembers between two polls, as the opaque text that the desk keeps for it.

use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};

/// The most bytes of a cursor that the desk keeps.
const MOST: usize = 4_096;

/// The longest that a source makes us wait: a feed may skip all days of a week but one.
const FARTHEST: SignedDuration = SignedDuration::from_hours(8 * 24);

/// What a cursor says. One that this source did not write counts as none: everything that is still to
/// be had is told again, which the desk knows for repeats.
pub(super) fn read<T: DeserializeOwned>(cursor: Option<&str>) -> Option<T> {
    serde_json::from_str(cursor?).ok()
}

/// The cursor that says it; `None` when it would be too long to be kept.
pub(super) fn write(state: &impl Serialize) -> Option<String> {
    serde_json::to_string(state)
        .ok()
        .filter(|text| text.len() <= MOST)
}

/// Until when to wait, when a cursor says that it is too early to ask. What lies further ahead than any
/// source makes us wait was written by a clock that was wrong.
pub(super) fn too_early(next: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let ahead = next.duration_since(now);
    let believed = SignedDuration::ZERO < ahead && ahead <= FARTHEST;
    believed.then_some(next)
}

/// A short text that stands for texts in their order: what a cursor belongs to, without showing an
/// address that may hold a secret.
pub(super) fn fingerprint<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.as_bytes());
        // A byte that no text in UTF-8 has.
        hash.update([0xff]);
    }
    let mut digits = hex::encode(hash.finalize());
    digits.truncate(16);
    digits
}
