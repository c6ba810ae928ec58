//! The board: one message, pinned without a sound, that leaves the channel's budget to the cards.
//!
//! The platform throttles edits of messages older than an hour hard. A board of that age is posted anew,
//! pinned, and the old one taken away. The new one's nonce derives from the old one, so that what a
//! crash interrupts goes on where it was; what a crash left pinned is taken away too.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use countersign_chat::{Budget, Pace};
use serde_json::Value;
use serenity::{
    http::{LightMethod, Route},
    model::id::{ChannelId, MessageId},
};

use crate::{
    api::Fault,
    line::Call,
    look::number,
    room::{DiscordRoom, Drawing},
};

/// Drawings of a board.
const PACE: Pace = Pace::new(1, Duration::from_secs(5));

/// Calls of a channel's budgets that a board leaves to cards.
const OTHERS: usize = 2;

/// The kind of a message by which the platform tells that something was pinned.
const NOTICE: u64 = 6;

/// Messages below a board among which that one is looked for.
const BELOW: u8 = 10;

/// How often the board is drawn, and whether it may be pinned.
pub(crate) struct Pinned {
    pace: Budget,
    refused: AtomicBool,
    /// The message that this process pinned.
    message: Mutex<Option<u64>>,
}

impl Pinned {
    pub(crate) fn new() -> Self {
        Self {
            pace: Budget::new(vec![PACE]),
            refused: AtomicBool::new(false),
            message: Mutex::default(),
        }
    }

    fn is(&self, message: u64) -> bool {
        let known = self.message.lock().unwrap_or_else(PoisonError::into_inner);
        *known == Some(message)
    }

    fn note(&self, message: u64) {
        let mut known = self.message.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Some(message);
    }
}

/// What stands above everything in a message: whose it is, and what it is about. A board's is no other
/// card's.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Head {
    banner: Value,
    title: Value,
}

impl Head {
    /// That of embeds.
    pub(crate) fn of(embeds: &Value) -> Self {
        let first = &embeds[0];
        Self {
            banner: first["author"]["name"].clone(),
            title: first["title"].clone(),
        }
    }
}

impl DiscordRoom {
    /// How long until the board may be drawn, beside what holds for every card.
    pub(crate) fn board_pause(&self) -> Duration {
        let now = self.wire.now();
        let own = self.pinned.pace.pause(now, false);
        own.max(self.pause_leaving_others())
    }

    /// How long until something may be drawn that leaves room for cards.
    pub(crate) fn pause_leaving_others(&self) -> Duration {
        let now = self.wire.now();
        let leaving = [&self.posts, &self.edits].map(|it| it.pause_leaving(now, OTHERS));
        leaving.into_iter().max().unwrap_or_default()
    }

    /// Shows the board in its message, or in a new one where that is old.
    pub(crate) async fn show_board(
        &self,
        drawing: &Drawing<'_>,
        known: &[u64],
    ) -> Result<Vec<u64>, Fault> {
        // Drawn too soon it counts all the same from when it could be.
        let _ = self.pinned.pace.take(self.wire.now(), false);
        let old: &[u64] = match known.first() {
            Some(first) if self.is_old(*first) => known,
            _ => &[],
        };
        let shown = if old.is_empty() {
            Box::pin(self.show_at(drawing, self.channel(), known)).await?
        } else {
            Box::pin(self.show_instead(drawing, old)).await?
        };
        if let Some(first) = shown.first().filter(|it| !self.pinned.is(**it)) {
            self.pin(*first, &drawing.head()).await;
        }
        for message in old {
            self.take_away(self.channel(), *message).await;
        }
        Ok(shown)
    }

    /// Pins the board. Where that is not allowed it stays an ordinary message, which is noted once.
    async fn pin(&self, message: u64, head: &Head) {
        let channel = self.channel();
        match self.call_pin(message).await {
            Ok(()) => {}
            Err(fault @ (Fault::Lost(_) | Fault::Refused(_))) => {
                if !self.pinned.refused.swap(true, Ordering::Relaxed) {
                    tracing::warn!(
                        channel,
                        %fault,
                        "the board may not be pinned; it is shown unpinned; allow the bot \"Pin Messages\" there"
                    );
                }
                return self.pinned.note(message);
            }
            Err(fault) => return tracing::warn!(channel, %fault, "the board was not pinned"),
        }
        self.pinned.note(message);
        self.pinned.refused.store(false, Ordering::Relaxed);
        if let Err(fault) = self.tidy(message, head).await {
            tracing::debug!(channel, %fault, "nothing was tidied around the board");
        }
    }

    async fn call_pin(&self, message: u64) -> Result<(), Fault> {
        let route = Route::ChannelPin {
            channel_id: ChannelId::new(self.channel()),
            message_id: MessageId::new(message),
        };
        let call = Call::bare(LightMethod::Put, route);
        self.wire.counted(&[], false, call).await.map(drop)
    }

    /// Takes away what the platform says about the pin, and boards that a crash left pinned. Other
    /// cards that people pinned stay.
    async fn tidy(&self, board: u64, head: &Head) -> Result<(), Fault> {
        let channel_id = ChannelId::new(self.channel());
        let me = self.wire.me().await?;
        let mine = |it: &&Value| number(&it["author"]["id"]) == Some(me);
        let mut below = Call::bare(LightMethod::Get, Route::ChannelMessages { channel_id });
        below.params = vec![("after", board.to_string()), ("limit", BELOW.to_string())];
        let below = self.wire.counted(&[], false, below).await?;
        let of_pin = |it: &&Value| {
            let about = number(&it["message_reference"]["message_id"]);
            it["type"].as_u64() == Some(NOTICE) && about == Some(board)
        };
        let notices = below.as_array().into_iter().flatten().filter(of_pin);
        let pins = Call::bare(LightMethod::Get, Route::ChannelPins { channel_id });
        let pins = self.wire.counted(&[], false, pins).await?;
        let left =
            |it: &&Value| number(&it["id"]) != Some(board) && Head::of(&it["embeds"]) == *head;
        let left = pins.as_array().into_iter().flatten().filter(left);
        for message in notices.chain(left).filter(mine) {
            if let Some(id) = number(&message["id"]) {
                self.take_away(self.channel(), id).await;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
