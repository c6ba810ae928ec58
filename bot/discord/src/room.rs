//! A room: a channel or thread in which the desk draws its cards.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use countersign_cards::{Card, Locale, draw, plain};
use countersign_chat::{Budget, Pace};
use countersign_desk::ports::{CardKey, Chat, ChatError, MessageRef};
use countersign_domain::{
    ids::DeskId,
    notices::{Telling, Volume},
    operator::{Room, Surface},
    view::{TicketView, View},
};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    api::Fault,
    board::{Head, Pinned},
    keyboard::keyboard,
    layout::{Laid, lay},
    line::Wire,
    messages::Loudness,
    nonce::Posting,
    pictures::{Attached, Pictures, picture},
    place::Place,
    standing::Standing,
    threads::Threads,
};

/// Messages to one channel; the platform allows 5 in 5 seconds.
const POSTS: Pace = Pace::new(5, Duration::from_millis(5_200)).keeping(1);

/// Edits in one channel; the platform allows as many.
const EDITS: Pace = Pace::new(5, Duration::from_millis(5_200)).keeping(1);

/// Edits of messages older than an hour, which the platform counts apart and hard: few enough that
/// its own count never ends and the library holds no other edit for it.
const OLD_EDITS: Pace = Pace::new(2, Duration::from_secs(31));

/// A channel of Discord.
pub struct DiscordRoom {
    room: Room,
    channel: u64,
    pub(crate) wire: Arc<Wire>,
    pub(crate) posts: Budget,
    pub(crate) edits: Budget,
    pub(crate) old_edits: Budget,
    pub(crate) pinned: Pinned,
    pub(crate) threads: Threads,
    /// What messages show, so that nothing is said twice.
    pub(crate) shown: Mutex<BTreeMap<u64, u64>>,
    pub(crate) pictures: Pictures,
    pub(crate) standing: Standing,
}

/// A card that is being drawn.
pub(crate) struct Drawing<'a> {
    desk: DeskId,
    card: CardKey,
    parts: Vec<Laid>,
    buttons: Value,
    view: &'a View,
    pub(crate) urgent: bool,
    silent: bool,
    rings: Option<u64>,
    pub(crate) locale: Arc<Locale>,
}

impl Drawing<'_> {
    /// The head of the first message.
    pub(crate) fn head(&self) -> Head {
        let first = self.parts.first().map(Laid::json);
        first.map_or_else(Head::default, |it| Head::of(&it))
    }

    /// How a part looks; the buttons are below the last.
    pub(crate) fn look(&self, part: usize) -> Value {
        let last = part + 1 == self.parts.len();
        let buttons = if last {
            self.buttons.clone()
        } else {
            json!([])
        };
        json!({"embeds": self.parts[part].json(), "components": buttons})
    }

    /// Something on it can be pressed.
    fn is_alive(&self) -> bool {
        self.buttons != json!([])
    }

    /// A position that is closed.
    fn is_over(&self) -> bool {
        match self.view {
            View::Position(card) => {
                let position = &card.view.position;
                position.state.is_closed() && position.is_flat()
            }
            _ => false,
        }
    }

    /// The ticket whose picture stands below a part.
    pub(crate) fn pictured(&self, part: usize) -> Option<&TicketView> {
        match self.view {
            View::Ticket(view) if part == 0 => Some(view),
            _ => None,
        }
    }

    const fn loudness(&self) -> Loudness {
        Loudness {
            urgent: self.urgent,
            silent: self.silent,
            rings: self.rings,
        }
    }
}

impl DiscordRoom {
    pub(crate) fn new(chat: i64, channel: u64, wire: Arc<Wire>) -> Self {
        let surface = Surface::Discord;
        Self {
            room: Room { surface, chat },
            channel,
            wire,
            posts: Budget::new(vec![POSTS]),
            edits: Budget::new(vec![EDITS]),
            old_edits: Budget::new(vec![OLD_EDITS]),
            pinned: Pinned::new(),
            threads: Threads::default(),
            shown: Mutex::default(),
            pictures: Pictures::default(),
            standing: Standing::default(),
        }
    }

    /// The channel's number.
    pub(crate) const fn channel(&self) -> u64 {
        self.channel
    }

    /// The messages that show a card here: as noted, when those are of this channel, and as this process
    /// posted them, also while nobody has noted that yet.
    pub(crate) fn known(&self, card: CardKey, noted: Option<&MessageRef>) -> Vec<u64> {
        let mut known = Place::read(noted, self.channel).messages;
        known.extend(self.standing.of(card));
        known
    }

    /// Shows a card where it stands: in the channel, or in a thread of its own.
    async fn show(&self, drawing: &Drawing<'_>, mut place: Place) -> Result<Place, Fault> {
        if place.messages.is_empty() {
            place.thread = self.thread_for(drawing.card, drawing.view).await;
        }
        let shown = match place.thread {
            None => self.show_in(drawing, place).await?,
            Some(thread) => self.show_in_thread(drawing, place, thread).await?,
        };
        self.threads.settle(drawing.card);
        if let (true, Some(thread)) = (drawing.is_over(), shown.thread) {
            self.put_away(thread).await;
        }
        Ok(shown)
    }

    /// Shows a card in its thread: opened again when it was put away, another one when somebody deleted
    /// it, and in the channel where nothing can be written in threads.
    async fn show_in_thread(
        &self,
        drawing: &Drawing<'_>,
        place: Place,
        thread: u64,
    ) -> Result<Place, Fault> {
        let mut shown = self.show_in(drawing, place.clone()).await;
        if matches!(shown, Err(Fault::Away(_))) {
            shown = match self.take_out(thread).await {
                Ok(()) => self.show_in(drawing, place.clone()).await,
                // Somebody locked it.
                Err(Fault::Lost(said) | Fault::Refused(said)) => Err(Fault::Away(said)),
                Err(fault) => Err(fault),
            };
        }
        match shown {
            Err(Fault::Nowhere(_)) if !drawing.is_alive() => Ok(place),
            Err(Fault::Nowhere(_)) => {
                self.threads.settle(drawing.card);
                let thread = self.thread_for(drawing.card, drawing.view).await;
                let messages = Vec::new();
                self.show_in(drawing, Place { messages, thread }).await
            }
            Err(fault @ (Fault::Lost(_) | Fault::Away(_))) => {
                let shown = self.show_in(drawing, Place::default()).await?;
                // The channel takes it: it is the threads that do not.
                if matches!(fault, Fault::Lost(_)) {
                    self.no_threads(&fault);
                }
                Ok(shown)
            }
            shown => shown,
        }
    }

    async fn show_in(&self, drawing: &Drawing<'_>, place: Place) -> Result<Place, Fault> {
        let (channel, thread) = (place.thread.unwrap_or(self.channel), place.thread);
        let shown = Box::pin(self.show_at(drawing, channel, &place.messages));
        let messages = shown.await?;
        Ok(Place { messages, thread })
    }

    /// Shows the parts of a card in these messages of a channel or thread, in new ones beyond them.
    pub(crate) async fn show_at(
        &self,
        drawing: &Drawing<'_>,
        channel: u64,
        known: &[u64],
    ) -> Result<Vec<u64>, Fault> {
        let mut ids = Vec::new();
        for part in 0..drawing.parts.len() {
            let look = drawing.look(part);
            let alive = look["components"] != json!([]) || drawing.card == CardKey::Board;
            let known = known.get(part).copied();
            let changed = match known {
                Some(id) => match self.change_part(drawing, part, (channel, id)).await {
                    // Somebody took it away: it is shown again while something can be pressed, and
                    // the board always.
                    Err(Fault::Gone) if alive => None,
                    Err(Fault::Gone) => Some(id),
                    changed => Some(changed.map(|()| id)?),
                },
                None => None,
            };
            let id = match changed {
                Some(id) => id,
                None => self.post_part(drawing, part, (channel, known)).await?,
            };
            ids.push(id);
            self.standing.stand(drawing.card, &ids);
        }
        for beyond in known.iter().skip(drawing.parts.len()) {
            self.take_away(channel, *beyond).await;
        }
        Ok(ids)
    }

    /// Shows the parts of a card in new messages of the channel, which take the place of these.
    pub(crate) async fn show_instead(
        &self,
        drawing: &Drawing<'_>,
        old: &[u64],
    ) -> Result<Vec<u64>, Fault> {
        let mut ids = Vec::new();
        for part in 0..drawing.parts.len() {
            // Of a part that there was not, the first one names the posting.
            let instead = old.get(part).or(old.first()).copied();
            let id = self
                .post_part(drawing, part, (self.channel, instead))
                .await?;
            ids.push(id);
            self.standing.stand(drawing.card, &ids);
        }
        Ok(ids)
    }

    /// Posts one part in a channel or thread, instead of a message that was there.
    async fn post_part(
        &self,
        drawing: &Drawing<'_>,
        part: usize,
        (channel, instead): (u64, Option<u64>),
    ) -> Result<u64, Fault> {
        let (look, loudness) = (drawing.look(part), drawing.loudness());
        let posting = Posting {
            desk: drawing.desk,
            card: drawing.card,
            part,
            channel,
            instead,
        };
        let Some(view) = drawing.pictured(part) else {
            return self.post(&look, &posting, Attached::Kept, loudness).await;
        };
        let drawn = picture(view, &drawing.locale).await;
        let attached = Attached::New(drawn.as_ref());
        let posted = match self.post(&look, &posting, attached, loudness).await {
            // Also when no answer came: the posting's own number keeps it one message.
            Err(Fault::Lost(said) | Fault::Refused(said) | Fault::Unreachable(said))
                if drawn.is_some() =>
            {
                tracing::warn!(channel, said, "a card is posted without its picture");
                self.post(&look, &posting, Attached::New(None), loudness)
                    .await
            }
            posted => posted,
        };
        posted.inspect(|id| self.pictures.note(*id, view))
    }
}

#[async_trait]
impl Chat for DiscordRoom {
    fn room(&self) -> Room {
        self.room
    }

    fn is_at_hand(&self) -> bool {
        false
    }

    fn pause(&self, urgent: bool) -> Duration {
        self.wire.pause(&[&self.posts, &self.edits], urgent)
    }

    fn pause_before(&self, card: CardKey) -> Duration {
        let pause = self.pause(card.is_urgent());
        match card {
            CardKey::Board => pause.max(self.board_pause()),
            _ => pause,
        }
    }

    fn take_wanted(&self, now: Timestamp) -> Option<CardKey> {
        self.standing
            .next_taken(now, |card| self.pause_before(card).is_zero())
    }

    /// Edits of old messages are kept for what was decided.
    fn pause_before_figures(&self, message: &MessageRef) -> Duration {
        let messages = Place::read(Some(message), self.channel).messages;
        if messages.iter().any(|it| self.is_old(*it)) {
            return Duration::MAX;
        }
        self.pause(false).max(self.pause_leaving_others())
    }

    async fn draw(
        &self,
        card: CardKey,
        view: &View,
        message: Option<&MessageRef>,
        telling: &Telling,
    ) -> Result<MessageRef, ChatError> {
        let drawing = self.drawing(card, view, telling, draw);
        self.shown(&drawing, message).await
    }

    async fn draw_plainly(
        &self,
        card: CardKey,
        view: &View,
        message: Option<&MessageRef>,
        telling: &Telling,
    ) -> Result<MessageRef, ChatError> {
        let drawing = self.drawing(card, view, telling, plain);
        self.shown(&drawing, message).await
    }
}

impl DiscordRoom {
    /// A card as it is to be shown here.
    fn drawing<'a>(
        &self,
        card: CardKey,
        view: &'a View,
        telling: &Telling,
        draw: impl Fn(&View, &Locale) -> Card,
    ) -> Drawing<'a> {
        let locale = Locale::told(
            telling.language.as_deref(),
            telling.zone.as_deref(),
            &self.wire.locale,
        );
        let drawn = draw(view, &locale);
        let header = view.header();
        Drawing {
            desk: header.desk,
            card,
            parts: lay(&drawn, self.wire.ends(&drawn, header.now)),
            buttons: keyboard(&drawn.buttons),
            view,
            urgent: card.is_urgent(),
            silent: telling.volume < Volume::Loud || card == CardKey::Board,
            rings: drawn
                .mention
                .as_ref()
                .and_then(|it| it.number(Surface::Discord)),
            locale,
        }
    }

    async fn shown(
        &self,
        drawing: &Drawing<'_>,
        message: Option<&MessageRef>,
    ) -> Result<MessageRef, ChatError> {
        let place = Place::read(message, self.channel);
        let shown = if drawing.card == CardKey::Board {
            let messages = self.show_board(drawing, &place.messages).await;
            messages.map(|messages| Place { messages, ..place })
        } else {
            self.show(drawing, place).await
        };
        let place = shown.map_err(|fault| missed(&fault))?;
        Ok(place.written(self.channel))
    }
}

/// What a fault means for a drawing.
fn missed(fault: &Fault) -> ChatError {
    let said = fault.to_string();
    match fault {
        Fault::Wait(seconds) => ChatError::Unreachable(said, Some(*seconds)),
        Fault::NotYet(seconds) => ChatError::NotYet(*seconds),
        Fault::Lost(_) | Fault::Nowhere(_) | Fault::Away(_) => ChatError::Lost(said),
        Fault::Token => ChatError::NoToken(said),
        Fault::Unreachable(_) => ChatError::Unreachable(said, None),
        Fault::Gone | Fault::Late(_) | Fault::Refused(_) => ChatError::Refused(said),
    }
}

#[cfg(test)]
mod tests;
