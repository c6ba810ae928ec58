//! One person on several surfaces: codes that link them, and guesses that did not.

use std::fmt;

use countersign_domain::{
    ids::{DeskId, OperatorId},
    operator::{Identity, Role, Surface},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How long a link code counts.
pub const CODE_LIFE: SignedDuration = SignedDuration::from_mins(5);

/// How many codes of one person may be wrong within [`WRONG_WITHIN`]; further ones are not looked at.
pub const WRONG_MOST: usize = 5;

/// See [`WRONG_MOST`].
pub const WRONG_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// How long after its time a code or a second press is still known, so that who comes late is told.
pub(crate) const REMEMBERED: SignedDuration = SignedDuration::from_mins(10);

/// Letters of a code: 32 that are not taken for each other.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Letters in a code, of 5 bits each.
const LETTERS: u32 = 8;

/// A link code, as it is shown to one person, once. Neither logs nor errors ever show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// The code of the lowest 40 bits, which are random in what the `Ids` port gives.
    pub(crate) fn of(bits: u128) -> Self {
        let letter = |place: u32| {
            let five = bits.wrapping_shr(place.saturating_mul(5)) & 31;
            let place = usize::try_from(five).unwrap_or_default();
            ALPHABET.get(place).copied().unwrap_or(b'2')
        };
        Self(
            (0..LETTERS)
                .map(|place| char::from(letter(place)))
                .collect(),
        )
    }

    /// What a person typed: small letters are capitals, and spaces and dashes are nothing.
    pub fn typed(text: &str) -> Self {
        let plain = |c: &char| !c.is_whitespace() && *c != '-';
        let letters = text.chars().filter(plain).take(64);
        Self(letters.map(|c| c.to_ascii_uppercase()).collect())
    }

    /// The letters, to be shown to who asked for them.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn hash(&self, desk: DeskId) -> CodeHash {
        let text = format!("{desk}\n{}", self.0);
        CodeHash(hex::encode(Sha256::digest(text)))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(..)")
    }
}

/// SHA-256 over desk and code, as hex: what is kept of a code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeHash(pub String);

impl fmt::Display for CodeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A code with its time, for the person who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// What to enter elsewhere.
    pub code: Code,
    /// Until when it counts.
    pub until: Timestamp,
}

/// What is kept of a link code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkCode {
    /// Of which code.
    pub hash: CodeHash,
    /// Whom it links.
    pub operator: OperatorId,
    /// On which surface it was asked for.
    pub via: Surface,
    /// Until when it counts.
    pub until: Timestamp,
    /// Who they will be, where it makes a new operator.
    pub newcomer: Option<Newcomer>,
    /// True once it was entered.
    pub used: bool,
}

/// An operator to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    /// What people will call them.
    pub name: String,
    /// What they will be allowed to do.
    pub role: Role,
    /// Who invites them; the code dies with their right.
    pub inviter: OperatorId,
}

/// When somebody entered codes that did not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongCodes {
    /// Who.
    pub identity: Identity,
    /// When, oldest first; [`WRONG_MOST`] at the most.
    pub at: Vec<Timestamp>,
}

impl WrongCodes {
    /// Those that still count against them.
    pub(crate) fn recent(&self, now: Timestamp) -> Vec<Timestamp> {
        let is_recent = |at: &&Timestamp| now.duration_since(**at) < WRONG_WITHIN;
        self.at.iter().filter(is_recent).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_code_has_eight_letters_and_every_one_of_its_forty_bits_counts() {
        let codes: BTreeSet<String> = (0..40)
            .map(|bit| Code::of(1 << bit).as_str().to_owned())
            .collect();
        assert_eq!(codes.len(), 40);
        for code in &codes {
            assert_eq!(code.len(), 8);
            assert!(code.bytes().all(|letter| ALPHABET.contains(&letter)));
        }
        assert_eq!(Code::of(0).as_str(), Code::of(1 << 40).as_str());
        let odd: Vec<_> = "01IO".bytes().filter(|it| ALPHABET.contains(it)).collect();
        assert!(odd.is_empty());
    }

    #[test]
    fn a_code_is_read_as_people_type_it_and_shown_in_no_log() {
        let code = Code::of(0x12_3456_789A);
        let text = code.as_str().to_lowercase();
        let typed = Code::typed(&format!(" {}-{} ", &text[..4], &text[4..]));
        assert_eq!(typed, code);
        assert_eq!(format!("{code:?}"), "Code(..)");
        let (one, two) = (DeskId::from_bits(1), DeskId::from_bits(2));
        assert_ne!(code.hash(one), code.hash(two));
    }
}
