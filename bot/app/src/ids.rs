//! Ids: from the system's random source, or from a seed.

use std::sync::{Arc, Mutex, PoisonError};

use countersign_desk::ports::{Clock, Ids};
use jiff::Timestamp;
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha12Rng;
use ulid::Ulid;

/// Ids with 80 bits from the system's random source.
pub struct SystemIds {
    clock: Arc<dyn Clock>,
}

impl SystemIds {
    /// Ids that carry the time of `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }
}

impl Ids for SystemIds {
    fn next(&self) -> u128 {
        let bytes: [u8; 16] = random();
        ulid(self.clock.now(), u128::from_le_bytes(bytes))
    }
}

/// What a process is called among others: another name for each start, by an id of `ids`. Numbers
/// of processes are given again, and in a container it is always the same one; what a dead process
/// had claimed must not be taken for one's own.
pub fn holder(what: &str, ids: &dyn Ids) -> String {
    format!("{what}-{}-{}", std::process::id(), Ulid(ids.next()))
}

/// Bytes from the system's random source.
///
/// # Panics
///
/// When the system has no random source: nothing here is safe without one.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the real adapter behind the port"
)]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system's random source answers");
    bytes
}

/// Ids from a seed: the same seed and the same calls give the same ids.
pub struct SeededIds {
    clock: Arc<dyn Clock>,
    random: Mutex<ChaCha12Rng>,
}

impl SeededIds {
    /// Ids that carry the time of `clock` and random bits from `seed`.
    pub fn new(seed: u64, clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            random: Mutex::new(ChaCha12Rng::seed_from_u64(seed)),
        }
    }
}

impl Ids for SeededIds {
    fn next(&self) -> u128 {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        let bits = (u128::from(random.next_u64()) << 64) | u128::from(random.next_u64());
        ulid(self.clock.now(), bits)
    }
}

/// 48 bits of milliseconds, 80 of `random`.
fn ulid(now: Timestamp, random: u128) -> u128 {
    let millis = u128::try_from(now.as_millisecond()).unwrap_or(0) & ((1 << 48) - 1);
    (millis << 80) | (random & ((1 << 80) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;

    #[test]
    fn two_starts_of_one_process_number_have_two_names() {
        let ids = SystemIds::new(Arc::new(SystemClock::start()));
        let (one, two) = (holder("run", &ids), holder("run", &ids));
        assert_ne!(one, two);
        assert!(one.starts_with(&format!("run-{}-", std::process::id())));
    }
}
