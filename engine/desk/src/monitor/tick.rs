//! The unit of a tick: what the exit rules remember, and the exits that are due.

use countersign_domain::{
    exit::{ExitReason, ExitState},
    ids::{DeskId, PositionId},
    position::PositionState,
    refusal::Answer,
};

use crate::{
    draft::Draft,
    orders::exit,
    work::{Done, Work},
};

/// An exit that the rules ask for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Due {
    pub(crate) reason: ExitReason,
    pub(crate) exit: exit::Ingredients,
}

/// One tick that has something to write.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    pub(crate) desk: DeskId,
    pub(crate) fence: Option<u64>,
    pub(crate) states: Vec<(PositionId, ExitState)>,
    pub(crate) due: Vec<Due>,
}

impl Work for Tick {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn fence(&self) -> Option<u64> {
        self.fence
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        for (position, state) in &self.states {
            if draft.seen().positions.contains_key(position) {
                draft.exit_state(*position, *state);
            }
        }
        for due in &self.due {
            let Some(position) = draft.seen().positions.get(&due.exit.position).cloned() else {
                continue;
            };
            if matches!(position.state, PositionState::Open | PositionState::Broken) {
                // Refused only when nothing is held: then there is nothing to close.
                let _ = exit::start(draft, &position, due.reason, &due.exit);
            }
        }
        Ok(Done::Ok)
    }
}
