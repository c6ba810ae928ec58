//! Numbers drawn from a seed.

use std::f64::consts::TAU;

use countersign_domain::instrument::{OptionContract, Right, Symbol};
use jiff::civil::Date;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha12Rng;

/// The draws of one underlying in one session: the same for the same seed, symbol and day.
#[derive(Clone, Debug)]
pub(crate) struct Draw(ChaCha12Rng);

impl Draw {
    /// Those of its price.
    pub(super) fn new(seed: u64, symbol: Symbol, date: Date) -> Self {
        Self::keyed([seed, name(symbol), day(date), 0])
    }

    /// Those of its news; of the news of everything without a symbol. The price does not depend on
    /// them.
    pub(crate) fn of_news(seed: u64, symbol: Option<Symbol>, date: Date) -> Self {
        Self::keyed([seed, symbol.map_or(0, name), day(date), 1])
    }

    fn keyed(parts: [u64; 4]) -> Self {
        let mut key = [0; 32];
        for (room, part) in key.chunks_exact_mut(8).zip(parts) {
            room.copy_from_slice(&part.to_le_bytes());
        }
        Self(ChaCha12Rng::from_seed(key))
    }

    /// Evenly from 0 up to but not including 1.
    pub(crate) fn even(&mut self) -> f64 {
        self.0.random()
    }

    /// True this often.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.even() < probability
    }

    /// From the standard normal distribution (Box and Muller, 1958).
    pub(super) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.even()).ln()).sqrt();
        radius * (TAU * self.even()).cos()
    }
}

/// A number between 0 and 1 that belongs to a seed, an instrument and a period: the same whenever it
/// is asked for, in whatever order.
pub(super) fn belonging(seed: u64, instrument: u64, period: u64) -> f64 {
    let mixed = mix(mix(mix(seed) ^ instrument) ^ period);
    // The upper 32 bits fit a float exactly.
    let upper = u32::try_from(mixed >> 32).unwrap_or(u32::MAX);
    f64::from(upper) / f64::from(u32::MAX)
}

/// A number that stands for a contract.
pub(super) fn contract(contract: &OptionContract) -> u64 {
    let strike = contract.strike.micros().unwrap_or_default();
    let right = match contract.right {
        Right::Call => 1,
        Right::Put => 2,
    };
    let parts = [day(contract.expiry), strike.unsigned_abs(), right];
    let root = name(contract.root);
    parts.into_iter().fold(root, |sum, part| mix(sum ^ part))
}

/// A number that stands for a symbol: its letters.
pub(super) fn name(symbol: Symbol) -> u64 {
    let letters = symbol.as_str().bytes();
    letters.fold(0, |number, letter| number << 8 | u64::from(letter))
}

/// A number that stands for a date.
fn day(date: Date) -> u64 {
    let year = u64::from(date.year().unsigned_abs());
    let month = u64::from(date.month().unsigned_abs());
    let day = u64::from(date.day().unsigned_abs());
    year * 10_000 + month * 100 + day
}

/// One step of the generator splitmix64 (Steele, Lea and Flood, 2014): each bit depends on all.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ value >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ value >> 31
}
