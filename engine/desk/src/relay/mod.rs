//! The relay: performs what the outbox says, through the ports; what comes back enters as another
//! unit.

pub(crate) mod board;
mod draw;
pub(crate) mod figures;
mod send;

use countersign_domain::operator::Room;
use jiff::SignedDuration;

use crate::{
    alarms::Lasting,
    desk::{Desk, Memory, Queued},
    effect::Effect,
    orders::said::BrokerSaid,
    ports::{BrokerError, CardKey, Cursor, Report, StoreError},
    seen::Seen,
    work::InboxKey,
};

/// Time before an effect that failed is tried again.
const RETRY: SignedDuration = SignedDuration::from_millis(500);

/// Time between looks at the outbox for what others left behind.
const LEFTOVERS: SignedDuration = SignedDuration::from_secs(2);

/// Effects claimed at once.
const BATCH: u32 = 64;

/// What became of an effect.
enum Performed {
    /// Done, or nothing left to do.
    Yes,
    /// A card was drawn in that message.
    Drawn(CardKey, Room, crate::ports::MessageRef),
    /// To be tried again after this long.
    Later(SignedDuration),
    /// So is this card; the room takes others.
    NotYet(SignedDuration),
}

impl Desk {
    /// Performs everything that is due, takes in what the broker says, and takes the next step of
    /// every order that waits for one; again until nothing is left; and draws in every room that is
    /// at hand. True when anything was done.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; what was not noted is done again, which is harmless.
    pub async fn pump(&self) -> Result<bool, StoreError> {
        let mut pumped = self.pump_orders().await;
        for chat in self.ports.chats.iter().filter(|it| it.is_at_hand()) {
            // Also when orders failed: an alarm may say so.
            let shown = self.show(chat.room()).await;
            pumped = pumped.and_then(|any| Ok(any | shown?));
        }
        pumped
    }

    /// As [`Desk::pump`], and no card is drawn: no order waits for a chat.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; what was not noted is done again, which is harmless.
    pub async fn pump_orders(&self) -> Result<bool, StoreError> {
        let mut any = false;
        loop {
            let performed = self.relay().await?;
            let heard = self.hear().await?;
            let stepped = self.step_orders().await?;
            if !(performed || heard || stepped) {
                return Ok(any);
            }
            any = true;
        }
    }

    /// Performs every effect that is due: first what was committed here, which nothing of what
    /// others left behind is to keep waiting.
    async fn relay(&self) -> Result<bool, StoreError> {
        let mut any = self.perform_due().await?;
        if self.claim_leftovers().await? {
            any |= self.perform_due().await?;
        }
        Ok(any)
    }

    /// Draws everything that waits for one room and for which the room has time. A room that takes
    /// its time keeps nothing else waiting when each has a loop of its own.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; what was not noted is drawn again, which is harmless.
    pub async fn show(&self, room: Room) -> Result<bool, StoreError> {
        let mut any = self.show_unwritten(room).await;
        let Some(chat) = self.chat(room) else {
            return Ok(any);
        };
        if self.is_left_alone(room) {
            return Ok(any);
        }
        let last = self.memory().last.clone();
        let pause = |card| match last.as_deref() {
            // What it says of that call is no news.
            Some(last) if last.is_past(card) => chat.pause(false),
            _ => chat.pause_before(card),
        };
        let waits = |effect: Effect| match effect {
            Effect::Draw { card, room: there } => there == room && pause(card).is_zero(),
            _ => false,
        };
        while let Some(queued) = self.next_due(waits) {
            any = true;
            let Effect::Draw { card, room } = queued.row.effect else {
                continue;
            };
            let performed = self.draw(card, room, queued.row.asked_at).await;
            let takes_no_more = matches!(performed, Ok(Performed::Later(_)));
            self.performed(queued, performed).await?;
            if takes_no_more {
                // The next look tries another card: a room that is gone is not asked for each.
                return Ok(any);
            }
        }
        any |= self.show_moved_board(&chat).await?;
        any |= self.show_wanted(&chat).await?;
        Ok(any | self.show_moved_figures(&chat).await?)
    }

    async fn perform_due(&self) -> Result<bool, StoreError> {
        let mut any = false;
        // A card for a room that is not here has nobody to be drawn by.
        let waits = |effect| match effect {
            Effect::Draw { room, .. } => !self.wake_room.contains_key(&room),
            _ => true,
        };
        while let Some(mut queued) = self.next_due(waits) {
            any = true;
            let performed = match queued.row.effect {
                Effect::Submit { order, attempt } => self.submit(&mut queued, order, attempt).await,
                Effect::Replace { order, attempt } => {
                    self.replace(&mut queued, order, attempt).await
                }
                Effect::Cancel { order, attempt } => self.cancel_at_broker(order, attempt).await,
                Effect::Draw { .. } => Ok(Performed::Yes),
            };
            self.performed(queued, performed).await?;
        }
        Ok(any)
    }

    /// Notes what became of an effect.
    async fn performed(
        &self,
        queued: Queued,
        performed: Result<Performed, StoreError>,
    ) -> Result<(), StoreError> {
        match performed {
            Ok(Performed::Yes) => self.ports.store.finish(&queued.row, None).await,
            Ok(Performed::Drawn(card, room, message)) => {
                let message = Some((card, room, message));
                self.ports.store.finish(&queued.row, message).await
            }
            Ok(Performed::Later(wait) | Performed::NotYet(wait)) => {
                self.again_later(queued, wait).await
            }
            Err(error) => {
                self.again_later(queued, RETRY).await?;
                Err(error)
            }
        }
    }

    fn next_due(&self, waits: impl Fn(Effect) -> bool) -> Option<Queued> {
        let now = self.now();
        let mut memory = self.memory();
        let due = memory
            .queue
            .iter()
            .enumerate()
            .filter(|(_, queued)| queued.not_before <= now && waits(queued.row.effect))
            .min_by_key(|(place, queued)| {
                let effect = queued.row.effect;
                let last = memory.last.as_deref();
                let later = enters(last, effect) || is_news(&memory, effect);
                (priority(last, effect), later, *place)
            })
            .map(|(place, _)| place)?;
        memory.queue.remove(due)
    }

    /// Tries again: what concerns an order stays with this process, which knows how it stands; a
    /// drawing waits in the outbox.
    async fn again_later(
        &self,
        mut queued: Queued,
        wait: SignedDuration,
    ) -> Result<(), StoreError> {
        let until = self.now() + wait;
        queued.tries = queued.tries.saturating_add(1);
        queued.not_before = until;
        if matches!(queued.row.effect, Effect::Draw { .. }) {
            return self.ports.store.postpone(&queued.row, until).await;
        }
        self.memory().queue.push_back(queued);
        Ok(())
    }

    /// True when there was something to claim.
    async fn claim_leftovers(&self) -> Result<bool, StoreError> {
        let clock = self.ports.clock.read();
        {
            let mut memory = self.memory();
            if memory.next_claim.is_some_and(|at| clock.wall < at) {
                return Ok(false);
            }
            memory.next_claim = Some(clock.wall + LEFTOVERS);
        }
        let rows = self.ports.store.claim(self.id, &self.holder, BATCH).await?;
        let any = !rows.is_empty();
        self.wake_rooms(&rows);
        let mut memory = self.memory();
        if rows.len() >= usize::try_from(BATCH).unwrap_or(usize::MAX) {
            // There is more: it is taken next, and no room runs out of what it may draw.
            memory.next_claim = None;
        }
        for row in rows {
            let known = memory.queue.iter_mut().find(|it| it.row.id == row.id);
            match known {
                // A card that waited longer than its claim: the newer claim is the one to finish.
                Some(known) if matches!(row.effect, Effect::Draw { .. }) => known.row = row,
                Some(_) => {}
                None => memory.queue.push_back(Queued {
                    row,
                    committed: clock,
                    not_before: clock.wall,
                    tries: 0,
                }),
            }
        }
        Ok(any)
    }

    /// Notes whether the broker can be reached; says so once when that changes for the worse.
    pub(crate) fn heard_from_broker<T>(&self, answer: &Result<T, BrokerError>) {
        let down = match answer {
            Err(BrokerError::Unreachable(why) | BrokerError::Unanswered(why)) => Some(why.clone()),
            _ => None,
        };
        let since = Lasting::since(self.now());
        let mut memory = self.memory();
        match (down, &memory.broker_down) {
            (None, _) => {
                memory.broker_down = None;
                memory.worked.broker = Some(since.since);
            }
            (Some(_), Some(_)) => {}
            (Some(why), None) => {
                tracing::warn!(desk.id = %self.id, why, "the broker does not answer");
                memory.worked.broker = None;
                memory.broker_down = Some((why, since));
            }
        }
    }

    /// Takes in what the broker said since the last time.
    async fn hear(&self) -> Result<bool, StoreError> {
        let cursor = self.cursor().await?;
        let answer = self.ports.broker.updates(&cursor).await;
        self.heard_from_broker(&answer);
        let Ok(updates) = answer else {
            return Ok(false);
        };
        if updates.reports.is_empty() {
            return Ok(false);
        }
        if self.tells_of_unwritten(&updates.reports) {
            let seen = self.seen().await?;
            if !self.adopt_exits(&seen).await? {
                // Said of an order that nobody here knows yet: heard again once it is known.
                return Ok(false);
            }
        }
        // In the broker's order: an entry's fill comes before what ended its contract.
        let mut named = Vec::new();
        for report in updates.reports {
            match &report {
                Report::Execution(execution) if execution.client_order_id.is_none() => {
                    self.take_in(std::mem::take(&mut named), None).await?;
                    let key = InboxKey {
                        source: "broker.execution".to_owned(),
                        id: execution.id.0.clone(),
                    };
                    self.take_in(vec![report], Some(key)).await?;
                }
                _ => named.push(report),
            }
        }
        self.take_in(named, None).await?;
        self.ports
            .store
            .set_cursor(self.id, &updates.cursor)
            .await?;
        let more = updates.cursor != cursor;
        self.memory().cursor = Some(updates.cursor);
        Ok(more)
    }

    async fn take_in(&self, reports: Vec<Report>, key: Option<InboxKey>) -> Result<(), StoreError> {
        if reports.is_empty() {
            return Ok(());
        }
        let desk = self.id;
        self.run(BrokerSaid { desk, reports, key }).await?;
        Ok(())
    }

    /// Up to where the broker's reports were taken in: as this process noted it, else as stored.
    /// Whoever takes the desk over reads what is stored; an older place repeats reports, which is
    /// harmless.
    async fn cursor(&self) -> Result<Cursor, StoreError> {
        let known = self.memory().cursor.clone();
        if let Some(cursor) = known {
            return Ok(cursor);
        }
        let stored = self.ports.store.cursor(self.id).await?;
        self.memory().cursor = Some(stored.clone());
        Ok(stored)
    }
}

/// What goes first; the card of a call that nobody waits for any more goes as any other card.
fn priority(seen: Option<&Seen>, effect: Effect) -> i64 {
    match effect {
        Effect::Draw { card, .. } if seen.is_some_and(|seen| seen.is_past(card)) => Effect::ROUTINE,
        _ => effect.priority(),
    }
}

/// True for a drawing that takes no button away: what people could press goes first.
fn is_news(memory: &Memory, effect: Effect) -> bool {
    match effect {
        Effect::Draw { card, room } => !memory.pressable.contains(&(card, room)),
        _ => false,
    }
}

/// True when an effect sends an entry: exits go first.
fn enters(seen: Option<&Seen>, effect: Effect) -> bool {
    let (Effect::Submit { order, .. } | Effect::Replace { order, .. }) = effect else {
        return false;
    };
    seen.and_then(|seen| seen.orders.get(&order))
        .is_some_and(|order| order.purpose.is_entry())
}
