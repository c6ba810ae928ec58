//! The body of an answer, as much of it as is taken in.

use std::io::{self, Write};

use flate2::write::GzDecoder;

/// The most bytes of a body, packed and unpacked alike.
pub(super) const MOST: usize = 2_000_000;

/// Why a body is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum BodyError {
    /// More than [`MOST`].
    #[error("sends more than 2 MB")]
    TooLong,
    /// What should be gzip is not, ends in the middle, or goes on after its end.
    #[error("sends damaged gzip")]
    Damaged,
    /// Packed in a way that was not asked for.
    #[error("packs its answer in a way that was not asked for")]
    Packing,
}

/// A body that comes in, piece by piece.
pub(super) struct Body {
    packed: usize,
    room: Room,
}

enum Room {
    Plain(Bounded),
    Gzip(Box<GzDecoder<Bounded>>),
}

impl Body {
    /// An empty one, packed as `Content-Encoding` says.
    pub(super) fn new(packing: &str) -> Result<Self, BodyError> {
        let room = match packing.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Room::Plain(Bounded::default()),
            "gzip" | "x-gzip" => Room::Gzip(Box::new(GzDecoder::new(Bounded::default()))),
            _ => return Err(BodyError::Packing),
        };
        Ok(Self { packed: 0, room })
    }

    /// Takes the next piece. What is packed is unpacked at once, so that a bomb stops at its limit.
    pub(super) fn push(&mut self, piece: &[u8]) -> Result<(), BodyError> {
        self.packed = self.packed.saturating_add(piece.len());
        if self.packed > MOST {
            return Err(BodyError::TooLong);
        }
        let (written, bounded) = match &mut self.room {
            Room::Plain(bounded) => (bounded.write_all(piece), &*bounded),
            Room::Gzip(unpacking) => (unpacking.write_all(piece), unpacking.get_ref()),
        };
        match written {
            Ok(()) => Ok(()),
            Err(_) if bounded.full => Err(BodyError::TooLong),
            Err(_) => Err(BodyError::Damaged),
        }
    }

    /// All of it.
    pub(super) fn finish(self) -> Result<Vec<u8>, BodyError> {
        match self.room {
            Room::Plain(bounded) => Ok(bounded.bytes),
            Room::Gzip(unpacking) if self.packed == 0 => Ok(unpacking.get_ref().bytes.clone()),
            Room::Gzip(mut unpacking) => match unpacking.try_finish() {
                Ok(()) => Ok(std::mem::take(&mut unpacking.get_mut().bytes)),
                Err(_) if unpacking.get_ref().full => Err(BodyError::TooLong),
                Err(_) => Err(BodyError::Damaged),
            },
        }
    }
}

/// Bytes, [`MOST`] of them.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    full: bool,
}

impl Write for Bounded {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + piece.len() > MOST {
            self.full = true;
            return Err(io::Error::other(BodyError::TooLong));
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
