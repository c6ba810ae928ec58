//! Strangers: whoever finds a bot can press its buttons and write to it. What they ask is refused and
//! written down, up to a measure; what is beyond is refused and only counted, so that nobody fills the
//! log, or keeps the desk busy. Who is on the list is never measured.

use std::collections::VecDeque;

use countersign_domain::{
    event::Fact,
    ids::DeskId,
    operator::{Identity, Role},
    refusal::{Answer, Refusal},
};
use jiff::SignedDuration;

use crate::{
    desk::Desk,
    draft::Draft,
    work::{Done, Work},
};

/// Asks of one stranger, and of all of them, that are heard within [`WITHIN`].
pub const MOST_OF_ONE: usize = 10;

/// See [`MOST_OF_ONE`].
pub const MOST: usize = 60;

/// See [`MOST_OF_ONE`].
pub const WITHIN: SignedDuration = SignedDuration::from_mins(1);

/// Between two rows that say how many were not heard.
const ROWS: SignedDuration = SignedDuration::from_mins(10);

/// What strangers asked of this process lately. Times are monotonic.
#[derive(Debug, Default)]
pub(crate) struct Strangers {
    /// Who was heard when, oldest first; never more than [`MOST`].
    heard: VecDeque<(SignedDuration, Identity)>,
    /// How many were not, and are not told of yet.
    unheard: u64,
    /// When that was told last.
    told: Option<SignedDuration>,
}

impl Strangers {
    /// A stranger asks: true when it is heard, and how many are to be told of that were not.
    fn asks(&mut self, who: &Identity, now: SignedDuration) -> (bool, u64) {
        self.heard.retain(|(at, _)| now - *at < WITHIN);
        let of_one = self.heard.iter().filter(|(_, one)| one == who).count();
        let heard = self.heard.len() < MOST && of_one < MOST_OF_ONE;
        if heard {
            self.heard.push_back((now, who.clone()));
        } else {
            self.unheard = self.unheard.saturating_add(1);
        }
        if self.unheard == 0 || self.told.is_some_and(|at| now - at < ROWS) {
            return (heard, 0);
        }
        self.told = Some(now);
        (heard, std::mem::take(&mut self.unheard))
    }
}

/// So many asks of strangers were refused and not written down.
#[derive(Clone, Debug, PartialEq)]
struct Unheard {
    desk: DeskId,
    count: u64,
}

impl Work for Unheard {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        draft.note(Fact::StrangersUnheard { count: self.count });
        Ok(Done::Ok)
    }
}

impl Desk {
    /// Passes for everybody who is on the list, and for strangers up to a measure of asks: whatever else
    /// they would be told, each of them is a row in the log.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotPermitted`]: it is not to be asked of the desk at all.
    pub async fn hears_out(&self, who: &Identity) -> Answer<()> {
        // While the store cannot be read nobody is kept from the desk, which finds out by itself.
        let Ok(seen) = self.seen().await else {
            return Ok(());
        };
        if seen.operator(who).is_some() {
            return Ok(());
        }
        let now = self.ports.clock.read().monotonic;
        let (heard, count) = self.memory().strangers.asks(who, now);
        if count > 0 {
            tracing::warn!(count, surface = %who.surface, "strangers ask too often; they are only counted");
            let desk = self.id;
            // What a store cannot commit it says by itself.
            let _ = self.run(Unheard { desk, count }).await;
        }
        if heard {
            return Ok(());
        }
        Err(Refusal::NotPermitted {
            needs: Role::Viewer,
            has: None,
        })
    }
}
