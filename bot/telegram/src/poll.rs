//! Long polling: updates, one batch after another. A batch is behind us once everything in it was decided.

use std::collections::BTreeMap;

use countersign_chat::{Talk, budget};
use countersign_domain::unheard::Unheard;
use futures::future::join_all;
use teloxide::{payloads::GetUpdatesSetters as _, prelude::Requester as _, types::Update};

use crate::{
    api::Fault,
    hear::{Ears, HEARD, Patience},
    line::Line,
    silence::Silence,
    turns::{Next, Refused, Turns},
};

/// How long a call waits for something to be heard. Seconds.
const LISTEN: u32 = 10;
/// Updates of one batch.
const BATCH: u8 = 100;

impl Line {
    /// Listens until `stopped`; then what was heard is decided and answered before this ends. What
    /// people press and write is done by `talk`.
    pub async fn listen(&self, talk: Talk, stopped: impl Future<Output = ()>) {
        let ears = Ears::new(self, talk);
        let mut heard = tokio::select! {
            heard = ears.hear(stopped) => heard,
            never = ears.offer_commands() => match never {},
        };
        ears.answers.finish().await;
        if heard.offset > 0 && heard.turns.next(self.wire.now()) == Next::Listen {
            // Confirms what was decided, so that the next start does not hear it again.
            let _ = ears.batch((heard.offset, 1), 0).await;
        }
    }
}

/// What is known between two calls.
#[derive(Debug)]
struct Heard {
    /// The number after the last update that was decided.
    offset: i32,
    turns: Turns,
    patience: Patience,
    /// How long nothing is heard.
    silence: Silence,
}

impl Ears {
    async fn hear(&self, stopped: impl Future<Output = ()>) -> Heard {
        let mut stopped = std::pin::pin!(stopped);
        let mut heard = Heard {
            offset: 0,
            turns: Turns::default(),
            patience: Patience::default(),
            silence: Silence::since(self.line.wire.now(), self.bound()),
        };
        loop {
            // A call or a pause may be cut off; what was heard is decided to its end.
            let updates = tokio::select! {
                biased;
                () = &mut stopped => return heard,
                updates = self.next(&mut heard) => updates,
            };
            let next = updates.iter().map(after).max();
            join_all(by_person(updates).into_iter().map(|its| self.in_order(its))).await;
            heard.offset = next.map_or(heard.offset, |next| heard.offset.max(next));
        }
    }

    /// Decides what one person did, one thing after another: who pauses and resumes at once has resumed.
    async fn in_order(&self, updates: Vec<Update>) {
        for update in updates {
            self.kept(update).await;
        }
    }

    /// Learns what the bot is called, before anything is taken from the platform: a command that nobody
    /// can tell for ours would be behind us, and undone. Whoever asks in vain for too long says so.
    async fn introduce(&self, heard: &mut Heard) {
        let told = self.learn_name().await;
        let now = self.line.wire.now();
        match told {
            Ok(()) => {
                heard.patience = Patience::default();
                heard.silence.answered(now, false);
            }
            Err(fault) => {
                if heard.silence.is_cut_off(now) {
                    self.deaf(&fault).await;
                }
                self.failed(&mut heard.patience, &fault).await;
            }
        }
    }

    /// The next updates to decide, after one call or one pause.
    async fn next(&self, heard: &mut Heard) -> Vec<Update> {
        if !self.is_named() {
            self.introduce(heard).await;
            return Vec::new();
        }
        let wire = &self.line.wire;
        let begun = wire.now();
        let next = heard.turns.next(begun);
        let called = match next {
            Next::Wait(wait) => {
                budget::wait(wait).await;
                return Vec::new();
            }
            Next::Listen => self.batch((heard.offset, BATCH), LISTEN).await,
            Next::Try => self.batch((heard.offset, 1), 1).await,
        };
        let now = wire.now();
        match called {
            Ok(updates) => {
                heard.patience = Patience::default();
                let something = !updates.is_empty();
                heard.silence.answered(now, something);
                if next == Next::Listen {
                    self.watch(&mut heard.silence, something).await;
                }
                if let Some(pause) = heard.turns.answered(begun, now) {
                    budget::wait(pause).await;
                }
                if next == Next::Listen {
                    return updates;
                }
            }
            Err(Fault::Conflict) => match heard.turns.refused(begun, now) {
                Refused::Stand(pause) => {
                    tracing::warn!("another process listened with the same token for a moment");
                    budget::wait(pause).await;
                }
                Refused::Aside { say } => {
                    tracing::warn!("another process listens with the same token; this one waits");
                    if say {
                        self.deaf(Unheard::Conflict).await;
                    }
                }
            },
            Err(fault) => {
                heard.turns.failed();
                if heard.silence.is_cut_off(now) {
                    self.deaf(&fault).await;
                }
                self.failed(&mut heard.patience, &fault).await;
            }
        }
        Vec::new()
    }

    /// Looks now and then whether something waits that nobody is given.
    async fn watch(&self, silence: &mut Silence, something: bool) {
        let wire = &self.line.wire;
        if !something && silence.looks(wire.now()) {
            let info = wire.bot.get_webhook_info().into_future();
            if let Ok(info) = wire.called(info).await {
                silence.waits(wire.now(), info.pending_update_count);
            }
        }
        if silence.is_passed_over(wire.now()) {
            self.deaf(Unheard::PassedOver).await;
        } else {
            self.hears();
        }
    }

    async fn batch(&self, (offset, most): (i32, u8), wait: u32) -> Result<Vec<Update>, Fault> {
        let wire = &self.line.wire;
        let call = wire
            .bot
            .get_updates()
            .offset(offset)
            .limit(most)
            .timeout(wait)
            .allowed_updates(HEARD);
        wire.listened(call.into_future()).await
    }
}

/// Updates by who did what they tell, each person's in their order. Nobody waits for somebody else.
fn by_person(updates: Vec<Update>) -> Vec<Vec<Update>> {
    let mut all: BTreeMap<Option<u64>, Vec<Update>> = BTreeMap::new();
    for update in updates {
        let person = update.from().map(|it| it.id.0);
        all.entry(person).or_default().push(update);
    }
    all.into_values().collect()
}

/// The number after that of an update.
fn after(update: &Update) -> i32 {
    i32::try_from(update.id.0).map_or(i32::MAX, |id| id.saturating_add(1))
}

#[cfg(test)]
mod tests;
