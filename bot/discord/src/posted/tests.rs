//! Tests of signatures.

use axum::http::{HeaderMap, HeaderValue};
use ed25519_dalek::{Signer as _, SigningKey};

use super::{FRESH, PublicKey, is_signed};

const NOW: i64 = 1_800_000_000;
const BODY: &[u8] = b"{\"type\":1}";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(key: &SigningKey) -> PublicKey {
    PublicKey::of(&hex::encode(key.verifying_key().as_bytes())).expect("a key")
}

fn headers(key: &SigningKey, time: i64, body: &[u8]) -> HeaderMap {
    let time = time.to_string();
    let signature = key.sign(&[time.as_bytes(), body].concat());
    let signature = hex::encode(signature.to_bytes());
    let value = |text: &str| HeaderValue::from_str(text).expect("a header");
    HeaderMap::from_iter([
        (
            "x-signature-timestamp".parse().expect("a name"),
            value(&time),
        ),
        (
            "x-signature-ed25519".parse().expect("a name"),
            value(&signature),
        ),
    ])
}

#[test]
fn what_the_platform_signed_just_now_is_taken() {
    let (key, headers) = (key(1), headers(&key(1), NOW - FRESH, BODY));
    assert!(is_signed(&public(&key), &headers, BODY, NOW));
}

#[test]
fn what_is_forged_altered_stale_or_unsigned_is_refused() {
    let ours = public(&key(1));
    let good = headers(&key(1), NOW, BODY);
    assert!(is_signed(&ours, &good, BODY, NOW));
    assert!(!is_signed(&ours, &headers(&key(2), NOW, BODY), BODY, NOW));
    assert!(!is_signed(&ours, &good, b"{\"type\":3}", NOW));
    let ahead = headers(&key(1), NOW + FRESH + 1, BODY);
    assert!(!is_signed(&ours, &ahead, BODY, NOW));
    assert!(!is_signed(&ours, &good, BODY, NOW + FRESH + 1));
    let mut unsigned = good.clone();
    unsigned.remove("x-signature-ed25519");
    assert!(!is_signed(&ours, &unsigned, BODY, NOW));
    let mut moved = good;
    moved.insert(
        "x-signature-timestamp",
        HeaderValue::from_static("1800000001"),
    );
    assert!(!is_signed(&ours, &moved, BODY, NOW));
    assert!(!is_signed(&ours, &HeaderMap::new(), BODY, NOW));
}

#[test]
fn a_key_that_is_none_is_refused() {
    for text in ["", "abc", &"g".repeat(64), &"ab".repeat(33)] {
        assert!(PublicKey::of(text).is_err(), "{text}");
    }
}
