//! The board in rooms of chat platforms: drawn anew also when prices alone have moved.
//!
//! What is decided has the board drawn as an effect, like every card. What prices alone change is in
//! no unit, and nothing is lost when the process that saw it ends: it waits in memory.

use std::sync::Arc;

use countersign_domain::{
    ids::StandingId,
    money::Usd,
    operator::Room,
    view::{BoardView, Health},
};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use crate::{
    desk::Desk,
    ports::{CardKey, Chat, StoreError},
    seen::Seen,
};

/// Time between two drawings of a board for the sake of prices alone.
const EVERY: SignedDuration = SignedDuration::from_secs(5);

/// The board of a room as this process drew it last.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    at: Timestamp,
    gist: Gist,
    /// True from when a look saw another gist until that is drawn.
    moved: bool,
}

/// What of a board changes outside of units and is worth a drawing of its own: money in whole dollars,
/// and nothing that goes on counting by itself.
#[derive(Clone, Debug, PartialEq)]
struct Gist {
    profits: Vec<Option<Decimal>>,
    realised: Decimal,
    unrealised: Decimal,
    limits: Vec<Decimal>,
    standing: Vec<StandingId>,
    next_scan: Option<Timestamp>,
    health: Vec<bool>,
}

impl Gist {
    fn of(board: &BoardView) -> Self {
        let health = |line: &Health| match line {
            Health::Broker { reachable: up } | Health::Store { committing: up } => Some(*up),
            Health::Monitor { .. } | Health::Feed { .. } | Health::Outbox { .. } => None,
        };
        let positions = board.positions.iter();
        Self {
            profits: positions.map(|it| it.profit().map(whole)).collect(),
            realised: whole(board.realised_today),
            unrealised: whole(board.unrealised),
            limits: board.limits.iter().map(|it| it.used.round()).collect(),
            standing: board.standing.iter().map(|it| it.id).collect(),
            next_scan: board.next_scan,
            health: board.health.iter().filter_map(health).collect(),
        }
    }
}

/// In whole dollars.
pub(super) fn whole(amount: Usd) -> Decimal {
    amount.decimal().round()
}

impl Desk {
    /// Notes what a room is shown now.
    pub(super) fn board_shown(&self, room: Room, board: &BoardView) {
        let shown = Shown {
            at: self.now(),
            gist: Gist::of(board),
            moved: false,
        };
        self.memory().boards.insert(room, shown);
    }

    /// Looks whether a board that was drawn a while ago would be another one now.
    pub(crate) fn look_at_boards(&self, seen: &Seen) {
        let now = self.now();
        let old = |shown: &Shown| !shown.moved && now.duration_since(shown.at) >= EVERY;
        if !self.memory().boards.values().any(old) {
            return;
        }
        let gist = Gist::of(&self.board_of(seen, 0));
        let mut memory = self.memory();
        for (room, shown) in &mut memory.boards {
            if old(shown) && shown.gist != gist {
                shown.moved = true;
                if let Some(waker) = self.wake_room.get(room) {
                    waker.notify_one();
                }
            }
        }
    }

    /// Draws the board of a room where prices moved. One that was never posted waits for the effect
    /// that posts it.
    pub(super) async fn show_moved_board(&self, chat: &Arc<dyn Chat>) -> Result<bool, StoreError> {
        let room = chat.room();
        let moved = |shown: &Shown| shown.moved;
        let due = self.memory().boards.get(&room).is_some_and(moved);
        if !due || !chat.pause_before(CardKey::Board).is_zero() {
            return Ok(false);
        }
        // Whatever comes of it, the next look is a while away.
        if let Some(shown) = self.memory().boards.get_mut(&room) {
            (shown.moved, shown.at) = (false, self.now());
        }
        self.draw_again(CardKey::Board, room).await
    }
}
