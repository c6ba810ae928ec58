//! The name of a posting: posted again under the same name, it is one message.

use countersign_desk::ports::CardKey;
use countersign_domain::ids::DeskId;
use sha2::{Digest as _, Sha256};

/// Letters that a nonce may have.
const LONGEST: usize = 25;

/// What is posted.
pub(crate) struct Posting {
    pub(crate) desk: DeskId,
    pub(crate) card: CardKey,
    /// Which part of the card.
    pub(crate) part: usize,
    pub(crate) channel: u64,
    /// The message that it replaces, which somebody took away.
    pub(crate) instead: Option<u64>,
}

impl Posting {
    /// The same for the same posting, in every process.
    pub(crate) fn nonce(&self) -> String {
        let Self {
            desk,
            card,
            part,
            channel,
            instead,
        } = self;
        let instead = instead.unwrap_or(0);
        let name = format!("{desk} {card} {part} {channel} {instead}");
        let mut nonce = hex::encode(Sha256::digest(name));
        nonce.truncate(LONGEST);
        nonce
    }
}

#[cfg(test)]
mod tests {
    use countersign_desk::ports::CardKey;
    use countersign_domain::ids::{DeskId, TicketId};

    use super::Posting;

    fn posting(ticket: u128, part: usize, instead: Option<u64>) -> Posting {
        Posting {
            desk: DeskId::from_bits(1),
            card: CardKey::Ticket(TicketId::from_bits(ticket)),
            part,
            channel: 7,
            instead,
        }
    }

    #[test]
    fn the_same_posting_has_one_name_and_every_other_one_another() {
        let one = posting(1, 0, None).nonce();
        assert_eq!(one, posting(1, 0, None).nonce());
        assert_eq!(one.len(), 25);
        for other in [
            posting(2, 0, None),
            posting(1, 1, None),
            posting(1, 0, Some(9)),
        ] {
            assert_ne!(one, other.nonce());
        }
    }
}
