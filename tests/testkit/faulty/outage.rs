//! What can be wrong with a store that is there.

use std::sync::{Mutex, PoisonError};

/// What the store cannot do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outage {
    /// Nothing is wrong.
    #[default]
    None,
    /// The disk is full: it reads and cannot commit.
    Full,
    /// The database is gone: it neither reads nor commits.
    Gone,
    /// It commits the next unit and does not say so.
    Mute,
}

/// The state of a store, shared by all who open it.
#[derive(Debug, Default)]
pub(crate) struct Health(Mutex<Outage>);

impl Health {
    pub(crate) fn set(&self, outage: Outage) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = outage;
    }

    pub(crate) fn get(&self) -> Outage {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True once, when the next commit is to be kept quiet.
    pub(crate) fn take_mute(&self) -> bool {
        let mut outage = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mute = *outage == Outage::Mute;
        if mute {
            *outage = Outage::None;
        }
        mute
    }
}
