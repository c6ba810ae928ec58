//! Keyed hashes and comparisons that take the same time whatever they find.

use sha2::{Digest, Sha256};

/// 32 bytes: a key, a hash.
pub(crate) type Bytes32 = [u8; 32];

/// SHA-256's block, in bytes.
const BLOCK: usize = 64;

/// SHA-256.
pub(crate) fn digest(bytes: &[u8]) -> Bytes32 {
    Sha256::digest(bytes).into()
}

/// HMAC with SHA-256 (RFC 2104), over parts that each carry their length before them, so that no
/// two lists of parts are the same message.
pub(crate) fn mac(key: &Bytes32, parts: &[&[u8]]) -> Bytes32 {
    let mut message = Vec::new();
    for part in parts {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        message.extend(length.to_be_bytes());
        message.extend(*part);
    }
    hmac(key, &message)
}

fn hmac(key: &Bytes32, message: &[u8]) -> Bytes32 {
    let mut padded = [0_u8; BLOCK];
    padded[..key.len()].copy_from_slice(key);
    let inner = Sha256::new()
        .chain_update(padded.map(|byte| byte ^ 0x36))
        .chain_update(message)
        .finalize();
    let outer = Sha256::new()
        .chain_update(padded.map(|byte| byte ^ 0x5c))
        .chain_update(inner);
    outer.finalize().into()
}

/// True when both are the same; looks at every byte whatever it finds.
pub(crate) fn same(one: &Bytes32, other: &Bytes32) -> bool {
    let differing = one
        .iter()
        .zip(other)
        .fold(0, |seen, (one, other)| seen | (one ^ other));
    std::hint::black_box(differing) == 0
}

#[cfg(test)]
#[path = "mac_tests.rs"]
mod mac_tests;
