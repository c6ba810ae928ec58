use super::{hmac, mac, same};

#[test]
fn the_keyed_hash_is_the_one_of_the_standard() {
    // Test case 2 of RFC 4231, its key filled up with zeros as HMAC does.
    let mut key = [0; 32];
    key[..4].copy_from_slice(b"Jefe");
    let found = hmac(&key, b"what do ya want for nothing?");
    assert_eq!(
        hex::encode(found),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
}

#[test]
fn parts_cannot_be_shifted_into_each_other() {
    let key = [7; 32];
    assert_ne!(mac(&key, &[b"ab", b"c"]), mac(&key, &[b"a", b"bc"]));
    assert_ne!(mac(&key, &[b"ab"]), mac(&key, &[b"ab", b""]));
}

#[test]
fn one_bit_makes_a_difference() {
    let one = [9; 32];
    for place in 0..32 {
        let mut other = one;
        other[place] ^= 1;
        assert!(!same(&one, &other), "byte {place}");
    }
    assert!(same(&one, &one));
}
