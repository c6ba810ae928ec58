//! The board: one message, pinned without a sound, that leaves the chat's budget to the cards.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use countersign_chat::{Budget, Pace};
use teloxide::{
    payloads::PinChatMessageSetters as _,
    prelude::Requester as _,
    types::{ChatId, MessageId},
};

use crate::{api::Fault, line::Turn, room::TelegramRoom};

/// Drawings of a board.
const PACE: Pace = Pace::new(1, Duration::from_secs(5));

/// Calls of a chat's budget that a board leaves to cards.
const OTHERS: usize = 6;

/// How often the board is drawn, and whether it may be pinned.
pub(crate) struct Pinned {
    pace: Budget,
    refused: AtomicBool,
}

impl Pinned {
    pub(crate) fn new() -> Self {
        Self {
            pace: Budget::new(vec![PACE]),
            refused: AtomicBool::new(false),
        }
    }
}

impl TelegramRoom {
    /// How long until the board may be drawn, beside what holds for every card.
    pub(crate) fn board_pause(&self) -> Duration {
        let now = self.wire.now();
        let leaving = self.budget.pause_leaving(now, OTHERS);
        self.pinned.pace.pause(now, false).max(leaving)
    }

    /// Notes that the board is drawn now.
    pub(crate) fn board_drawn(&self) {
        // Drawn too soon it counts all the same from when it could be.
        let _ = self.pinned.pace.take(self.wire.now(), false);
    }

    /// Pins the board. Where that is not allowed it stays an ordinary message, which is noted once.
    pub(crate) async fn pin(&self, message: i32) {
        let chat = self.chat();
        let call = self
            .wire
            .bot
            .pin_chat_message(ChatId(chat), MessageId(message))
            .disable_notification(true);
        let pinned = self
            .wire
            .counted(&self.budget, Turn::drawing(false), call.into_future());
        match pinned.await {
            Ok(_) => {}
            Err(fault @ (Fault::Lost(_) | Fault::Refused(_))) => {
                if !self.pinned.refused.swap(true, Ordering::Relaxed) {
                    tracing::warn!(chat, %fault, "the board may not be pinned; it is shown unpinned");
                }
            }
            Err(fault) => tracing::warn!(chat, %fault, "the board was not pinned"),
        }
    }
}
