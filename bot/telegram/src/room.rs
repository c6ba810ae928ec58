//! A room: a chat in which the desk draws its cards.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use countersign_cards::{Card, Locale, draw, plain};
use countersign_chat::{Budget, Pace};
use countersign_desk::ports::{CardKey, Chat, ChatError, MessageRef};
use countersign_domain::{
    notices::Telling,
    operator::{Room, Surface},
    view::View,
};
use jiff::Timestamp;
use teloxide::{
    payloads::{EditMessageTextSetters as _, SendMessageSetters as _},
    prelude::Requester as _,
    types::{ChatId, InlineKeyboardMarkup, MessageId, ReplyMarkup, ReplyParameters, ThreadId},
};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{
    again::{Again, OTHERS},
    api::Fault,
    board::Pinned,
    drawing::Drawing,
    how::{How, no_preview},
    layout::Laid,
    line::{Turn, Wire},
    place::Place,
    topics::Topics,
};

/// Messages to one chat; the platform allows about one in a second.
const CHAT: Pace = Pace::new(1, Duration::from_millis(1050));

/// Messages and edits in one group; the platform allows 20 in a minute.
const GROUP: Pace = Pace::new(20, Duration::from_secs(61)).keeping(4);

/// Messages whose newest text is remembered, and cards whose messages are.
const REMEMBERED: usize = 512;

/// Answers of one room that may wait to be posted.
const WAITING: usize = 8;

/// A chat of Telegram.
pub struct TelegramRoom {
    room: Room,
    /// The chat's number now: a group that became a supergroup has another one.
    chat: AtomicI64,
    pub(crate) wire: Arc<Wire>,
    pub(crate) budget: Budget,
    pub(crate) pinned: Pinned,
    pub(crate) topics: Topics,
    pub(crate) again: Again,
    /// What messages show, so that nothing is said twice.
    shown: Mutex<BTreeMap<i32, u64>>,
    /// Which messages this process posted for a card, also while nobody has noted them yet.
    posted: Mutex<BTreeMap<CardKey, MessageRef>>,
    places: Semaphore,
}

impl TelegramRoom {
    pub(crate) fn new(chat: i64, wire: Arc<Wire>) -> Self {
        let paces = if chat < 0 {
            vec![GROUP, CHAT]
        } else {
            vec![CHAT]
        };
        Self {
            room: Room {
                surface: Surface::Telegram,
                chat,
            },
            chat: AtomicI64::new(chat),
            wire,
            budget: Budget::new(paces),
            pinned: Pinned::new(),
            topics: Topics::default(),
            again: Again::default(),
            shown: Mutex::default(),
            posted: Mutex::default(),
            places: Semaphore::new(WAITING),
        }
    }

    /// The chat's number now.
    pub(crate) fn chat(&self) -> i64 {
        self.chat.load(Ordering::Relaxed)
    }

    /// From now on the chat has that number.
    pub fn is_now(&self, chat: i64) {
        if self.chat.swap(chat, Ordering::Relaxed) != chat {
            // Messages have other numbers there.
            let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
            shown.clear();
            drop(shown);
            self.topics.note(None);
        }
    }

    /// A place among the answers that wait, when there is one.
    pub(crate) fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.try_acquire().ok()
    }

    /// The messages that show a card in this chat: as this process posted them, else as noted.
    pub(crate) fn known(&self, card: CardKey, noted: Option<&MessageRef>) -> Vec<i32> {
        self.stands(card, noted).messages
    }

    /// Where a card stands in this chat.
    fn stands(&self, card: CardKey, noted: Option<&MessageRef>) -> Place {
        let posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        let known = Place::read(posted.get(&card), self.chat());
        if known.messages.is_empty() {
            Place::read(noted, self.chat())
        } else {
            known
        }
    }

    /// A card stands there, or begins to.
    fn posted(&self, card: CardKey, place: &Place) -> MessageRef {
        let message = place.written(self.chat());
        let mut posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        posted.insert(card, message.clone());
        while posted.len() > REMEMBERED {
            posted.pop_first();
        }
        message
    }

    /// A card stands nowhere any more.
    fn lost(&self, card: CardKey) {
        let mut posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        posted.remove(&card);
    }

    /// True when the message shows that already.
    fn shows(&self, message: i32, laid: &Laid, buttons: &InlineKeyboardMarkup) -> bool {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.get(&message) == Some(&fingerprint(laid, buttons))
    }

    fn remember(&self, message: i32, laid: &Laid, buttons: &InlineKeyboardMarkup) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.insert(message, fingerprint(laid, buttons));
        while shown.len() > REMEMBERED {
            shown.pop_first();
        }
    }

    /// Posts a message.
    pub(crate) async fn post(
        &self,
        laid: &Laid,
        markup: Option<ReplyMarkup>,
        how: How,
    ) -> Result<i32, Fault> {
        let chat = ChatId(self.chat());
        let mut call = self
            .wire
            .bot
            .send_message(chat, laid.text.clone())
            .entities(laid.entities.clone())
            .link_preview_options(no_preview());
        if let Some(markup) = markup {
            call = call.reply_markup(markup);
        }
        if let Some(below) = how.below {
            let below = ReplyParameters::new(MessageId(below)).allow_sending_without_reply();
            call = call.reply_parameters(below);
        }
        if let Some(topic) = how.topic {
            call = call.message_thread_id(ThreadId(MessageId(topic)));
        }
        if how.silent {
            call = call.disable_notification(true);
        }
        let budget = &self.budget;
        let sent = self.wire.counted(budget, how.turn, call.into_future());
        sent.await.map(|message| message.id.0)
    }

    /// Shows another text in an answer.
    pub(crate) async fn turn(
        &self,
        message: i32,
        laid: &Laid,
        buttons: &InlineKeyboardMarkup,
    ) -> Result<(), Fault> {
        self.change(message, laid, buttons, Turn::ANSWER).await
    }

    async fn change(
        &self,
        message: i32,
        laid: &Laid,
        buttons: &InlineKeyboardMarkup,
        turn: Turn,
    ) -> Result<(), Fault> {
        if self.shows(message, laid, buttons) {
            return Ok(());
        }
        let chat = ChatId(self.chat());
        let call = self
            .wire
            .bot
            .edit_message_text(chat, MessageId(message), laid.text.clone())
            .entities(laid.entities.clone())
            .link_preview_options(no_preview())
            .reply_markup(buttons.clone());
        match self
            .wire
            .counted(&self.budget, turn, call.into_future())
            .await
        {
            Ok(_) | Err(Fault::Same) => {
                self.remember(message, laid, buttons);
                Ok(())
            }
            Err(fault) => Err(fault),
        }
    }

    /// Takes a message away; one that is gone is no fault.
    pub(crate) async fn take_away(&self, message: i32) {
        let call = self
            .wire
            .bot
            .delete_message(ChatId(self.chat()), MessageId(message));
        if let Err(fault) = self.wire.called(call.into_future()).await {
            tracing::debug!(chat = self.chat(), message, %fault, "a message was not taken away");
        }
    }

    /// Shows a card where it stands, or anew where somebody closed its topic, or took it away with
    /// everything in it.
    async fn show(
        &self,
        card: CardKey,
        drawing: &Drawing<'_>,
        noted: Option<&MessageRef>,
    ) -> Result<Place, Fault> {
        let place = self.stands(card, noted);
        let in_topic = place.topic.is_some();
        match self.show_at(card, drawing, place).await {
            Err(Fault::Gone | Fault::Closed) if in_topic => {
                self.lost(card);
                self.show_at(card, drawing, Place::default()).await
            }
            shown => shown,
        }
    }

    /// Shows the parts of a card in the messages that it has, in new ones beyond them. What was
    /// posted before a fault is not posted again.
    async fn show_at(
        &self,
        card: CardKey,
        drawing: &Drawing<'_>,
        mut place: Place,
    ) -> Result<Place, Fault> {
        if place.messages.is_empty() {
            place.topic = self.topic_for(drawing.view).await;
        }
        let parts = drawing.parts.len();
        let beyond = place.messages.split_off(parts.min(place.messages.len()));
        for part in 0..parts {
            let known = place.messages.get(part).copied();
            let id = self.show_part(drawing, part, (known, place.topic)).await?;
            match place.messages.get_mut(part) {
                Some(known) => *known = id,
                None => place.messages.push(id),
            }
            let messages = [&place.messages[..], &beyond].concat();
            self.posted(card, &Place { messages, ..place });
        }
        for message in beyond {
            self.take_away(message).await;
        }
        self.posted(card, &place);
        Ok(place)
    }

    /// Shows one part in the message that it has, or in a new one.
    async fn show_part(
        &self,
        drawing: &Drawing<'_>,
        part: usize,
        (known, topic): (Option<i32>, Option<i32>),
    ) -> Result<i32, Fault> {
        let (laid, buttons) = (&drawing.parts[part], drawing.buttons_of(part));
        let alive = !buttons.inline_keyboard.is_empty();
        if let Some(id) = known {
            match self.change(id, laid, buttons, drawing.turn).await {
                // Somebody took it away: it is shown again while something can be pressed.
                Err(Fault::Gone) if alive => {}
                Err(Fault::Gone) => return Ok(id),
                changed => return changed.map(|()| id),
            }
        }
        let markup = alive.then(|| ReplyMarkup::InlineKeyboard(buttons.clone()));
        let how = How {
            below: None,
            topic,
            silent: drawing.silent,
            turn: drawing.turn,
        };
        let id = self.post(laid, markup, how).await?;
        self.remember(id, laid, buttons);
        Ok(id)
    }
}

#[async_trait]
impl Chat for TelegramRoom {
    fn room(&self) -> Room {
        self.room
    }

    fn is_at_hand(&self) -> bool {
        false
    }

    fn pause(&self, urgent: bool) -> Duration {
        self.wire.pause(&self.budget, urgent)
    }

    fn pause_before(&self, card: CardKey) -> Duration {
        let pause = self.pause(card.is_urgent());
        match card {
            CardKey::Board => pause.max(self.board_pause()),
            _ => pause,
        }
    }

    fn pause_before_figures(&self, _message: &MessageRef) -> Duration {
        let leaving = self.budget.pause_leaving(self.wire.now(), OTHERS);
        self.pause(false).max(leaving)
    }

    fn take_wanted(&self, now: Timestamp) -> Option<CardKey> {
        self.next_again(now)
    }

    async fn draw(
        &self,
        card: CardKey,
        view: &View,
        message: Option<&MessageRef>,
        telling: &Telling,
    ) -> Result<MessageRef, ChatError> {
        let locale = Locale::told(
            telling.language.as_deref(),
            telling.zone.as_deref(),
            &self.wire.locale,
        );
        let mut drawn = draw(view, &locale);
        self.counted(&mut drawn, view, &locale);
        drawn.buttons = self.standing(drawn.buttons, view, &locale);
        self.shown(card, (view, &drawn), message, telling).await
    }

    async fn draw_plainly(
        &self,
        card: CardKey,
        view: &View,
        message: Option<&MessageRef>,
        telling: &Telling,
    ) -> Result<MessageRef, ChatError> {
        let locale = Locale::told(
            telling.language.as_deref(),
            telling.zone.as_deref(),
            &self.wire.locale,
        );
        let drawn = plain(view, &locale);
        self.shown(card, (view, &drawn), message, telling).await
    }
}

impl TelegramRoom {
    async fn shown(
        &self,
        card: CardKey,
        (view, drawn): (&View, &Card),
        message: Option<&MessageRef>,
        telling: &Telling,
    ) -> Result<MessageRef, ChatError> {
        let drawing = Drawing::of(card, view, drawn, telling);
        if card == CardKey::Board {
            self.board_drawn();
        }
        let before = self.known(card, message).first().copied();
        let shown = self.show(card, &drawing, message).await;
        let place = shown.map_err(|fault| self.missed(&fault))?;
        self.again.drawn(card);
        let first = place.messages.first().copied();
        if let (CardKey::Board, Some(first)) = (card, first)
            && before != Some(first)
        {
            self.pin(first).await;
        }
        Ok(place.written(self.chat()))
    }

    /// What a fault means for a drawing.
    fn missed(&self, fault: &Fault) -> ChatError {
        let said = fault.to_string();
        match fault {
            Fault::Moved(to) => {
                self.is_now(*to);
                ChatError::Moved(*to)
            }
            Fault::Wait(seconds) => ChatError::Unreachable(said, Some(*seconds)),
            Fault::Lost(_) | Fault::Closed => ChatError::Lost(said),
            Fault::Token => ChatError::NoToken(said),
            Fault::Unreachable(_) | Fault::Silent | Fault::Garbled | Fault::Conflict => {
                ChatError::Unreachable(said, None)
            }
            Fault::Same | Fault::Gone | Fault::Late | Fault::Refused(_) => ChatError::Refused(said),
        }
    }
}

fn fingerprint(laid: &Laid, buttons: &InlineKeyboardMarkup) -> u64 {
    let mut hasher = DefaultHasher::new();
    laid.text.hash(&mut hasher);
    for button in buttons.inline_keyboard.iter().flatten() {
        button.hash(&mut hasher);
    }
    hasher.finish()
}
