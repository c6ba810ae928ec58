//! Threads: each position has one of its own, where the channel allows it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use countersign_cards::chat::thread_name;
use countersign_desk::ports::CardKey;
use countersign_domain::view::View;
use serde_json::json;
use serenity::{
    http::{LightMethod, Route},
    model::id::ChannelId,
};

use crate::{api::Fault, line::Call, look::number, room::DiscordRoom};

/// The kind of a thread that everybody in the channel sees.
const PUBLIC: u8 = 11;

/// Minutes without a message after which the platform puts a thread away: its longest, a week.
const QUIET: u32 = 10_080;

/// What this process knows of the threads of a channel.
#[derive(Default)]
pub(crate) struct Threads {
    /// None can be made.
    refused: AtomicBool,
    /// Made, and nothing is in them yet.
    made: Mutex<BTreeMap<CardKey, u64>>,
    /// Put away after their positions were closed.
    away: Mutex<BTreeSet<u64>>,
}

impl Threads {
    fn made(&self) -> MutexGuard<'_, BTreeMap<CardKey, u64>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn away(&self) -> MutexGuard<'_, BTreeSet<u64>> {
        self.away.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A card stands where it stands, or is not to stand in the thread that was made for it.
    pub(crate) fn settle(&self, card: CardKey) {
        self.made().remove(&card);
    }
}

impl DiscordRoom {
    /// A new thread for what is shown; `None` where none can be made: then it is shown in the channel
    /// itself.
    pub(crate) async fn thread_for(&self, card: CardKey, view: &View) -> Option<u64> {
        let View::Position(position) = view else {
            return None;
        };
        if let Some(made) = self.threads.made().get(&card) {
            return Some(*made);
        }
        if self.threads.refused.load(Ordering::Relaxed) {
            return None;
        }
        let channel_id = ChannelId::new(self.channel());
        let name = thread_name(position, &self.wire.locale);
        let body = json!({"name": name, "type": PUBLIC, "auto_archive_duration": QUIET});
        let call = Call::new(
            LightMethod::Post,
            Route::ChannelThreads { channel_id },
            body,
        );
        let made = self.wire.counted(&[], false, call).await;
        let fault = match made.map(|thread| number(&thread["id"])) {
            Ok(Some(thread)) => {
                self.threads.made().insert(card, thread);
                return Some(thread);
            }
            Ok(None) => Fault::Unreachable("the answer has no thread".to_owned()),
            Err(fault) => fault,
        };
        if matches!(fault, Fault::Lost(_) | Fault::Refused(_)) {
            self.no_threads(&fault);
        } else {
            let channel = self.channel();
            tracing::warn!(channel, %fault, "a position has no thread; its card is shown in the channel");
        }
        None
    }

    /// From now on positions are shown in the channel; said once, with what mends it.
    pub(crate) fn no_threads(&self, fault: &Fault) {
        if !self.threads.refused.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                channel = self.channel(),
                %fault,
                "positions have no threads; their cards are shown in the channel; allow the bot \"Create Public Threads\" and \"Send Messages in Threads\" there, and start the desk again"
            );
        }
    }

    /// Puts a thread away, whose position is closed. Whoever looks for it finds it.
    pub(crate) async fn put_away(&self, thread: u64) {
        if self.threads.away().contains(&thread) {
            return;
        }
        match self.archived(thread, true).await {
            Ok(()) => {
                self.threads.away().insert(thread);
            }
            Err(fault) => tracing::warn!(thread, %fault, "a thread was not put away"),
        }
    }

    /// Opens a thread that was put away.
    pub(crate) async fn take_out(&self, thread: u64) -> Result<(), Fault> {
        self.threads.away().remove(&thread);
        self.archived(thread, false).await
    }

    async fn archived(&self, thread: u64, archived: bool) -> Result<(), Fault> {
        let channel_id = ChannelId::new(thread);
        let body = json!({"archived": archived});
        let call = Call::new(LightMethod::Patch, Route::Channel { channel_id }, body);
        self.wire.counted(&[], false, call).await.map(drop)
    }
}
