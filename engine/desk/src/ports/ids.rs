//! New ids.

/// The desk's only source of ids and randomness.
pub trait Ids: Send + Sync {
    /// 128 bits of a new ULID: 48 of time in milliseconds, 80 from the system's random source.
    /// Never the same twice.
    fn next(&self) -> u128;
}
