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
use countersign_cards::draw;
use countersign_chat::{Budget, Pace};
use countersign_desk::ports::{CardKey, Chat, ChatError, MessageRef};
use countersign_domain::{
    operator::{Room, Surface},
    view::View,
};
use teloxide::{
    payloads::{EditMessageTextSetters as _, SendMessageSetters as _},
    prelude::Requester as _,
    types::{
        ChatId, InlineKeyboardMarkup, LinkPreviewOptions, MessageId, ReplyMarkup, ReplyParameters,
    },
};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{
    api::Fault,
    keyboard::keyboard,
    layout::{Laid, lay},
    line::{Turn, Wire},
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
        }
    }

    /// A place among the answers that wait, when there is one.
    pub(crate) fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.try_acquire().ok()
    }

    /// The messages that show a card in this chat: as this process posted them, else as noted.
    pub(crate) fn known(&self, card: CardKey, noted: Option<&MessageRef>) -> Vec<i32> {
        let posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        let known = self.messages(posted.get(&card));
        if known.is_empty() {
            self.messages(noted)
        } else {
            known
        }
    }

    /// These messages show a card, or begin to.
    fn posted(&self, card: CardKey, ids: &[i32]) -> MessageRef {
        let message = self.named(ids);
        let mut posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        posted.insert(card, message.clone());
        while posted.len() > REMEMBERED {
            posted.pop_first();
        }
        message
    }

    /// The messages that show a card here, when they are in this chat.
    fn messages(&self, message: Option<&MessageRef>) -> Vec<i32> {
        let parts = message.and_then(|it| it.0.split_once('/'));
        match parts {
            Some((chat, ids)) if chat == self.chat().to_string() => {
                ids.split(',').filter_map(|id| id.parse().ok()).collect()
            }
            _ => Vec::new(),
        }
    }

    fn named(&self, ids: &[i32]) -> MessageRef {
        let ids: Vec<String> = ids.iter().map(i32::to_string).collect();
        MessageRef(format!("{}/{}", self.chat(), ids.join(",")))
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

    /// Posts a message, below another one when it answers that.
    pub(crate) async fn post(
        &self,
        laid: &Laid,
        markup: Option<ReplyMarkup>,
        below: Option<i32>,
        turn: Turn,
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
        if let Some(below) = below {
            let below = ReplyParameters::new(MessageId(below)).allow_sending_without_reply();
            call = call.reply_parameters(below).disable_notification(true);
        }
        let sent = self.wire.counted(&self.budget, turn, call.into_future());
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

    /// Shows the parts of a card in the messages that it has, in new ones beyond them. What was
    /// posted before a fault is not posted again.
    async fn show(
        &self,
        card: CardKey,
        drawing: &Drawing,
        noted: Option<&MessageRef>,
    ) -> Result<MessageRef, Fault> {
        let mut ids = self.known(card, noted);
        let beyond = ids.split_off(drawing.parts.len().min(ids.len()));
        for place in 0..drawing.parts.len() {
            let shown = self.show_part(drawing, place, ids.get(place).copied());
            let id = shown.await?;
            match ids.get_mut(place) {
                Some(known) => *known = id,
                None => ids.push(id),
            }
            self.posted(card, &[&ids[..], &beyond].concat());
        }
        for message in beyond {
            self.take_away(message).await;
        }
        Ok(self.posted(card, &ids))
    }

    /// Shows one part in the message that it has, or in a new one.
    async fn show_part(
        &self,
        drawing: &Drawing,
        place: usize,
        known: Option<i32>,
    ) -> Result<i32, Fault> {
        let (laid, buttons) = (&drawing.parts[place], drawing.buttons_of(place));
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
        let id = self.post(laid, markup, None, drawing.turn).await?;
        self.remember(id, laid, buttons);
        Ok(id)
    }
}

/// A card as it is to be shown.
struct Drawing {
    parts: Vec<Laid>,
    /// Below the last part.
    buttons: InlineKeyboardMarkup,
    none: InlineKeyboardMarkup,
    turn: Turn,
}

impl Drawing {
    const fn buttons_of(&self, place: usize) -> &InlineKeyboardMarkup {
        if place + 1 == self.parts.len() {
            &self.buttons
        } else {
            &self.none
        }
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

    async fn draw(
        &self,
        card: CardKey,
        view: &View,
        message: Option<&MessageRef>,
    ) -> Result<MessageRef, ChatError> {
        let drawn = draw(view, &self.wire.locale);
        let drawing = Drawing {
            parts: lay(&drawn),
            buttons: keyboard(&drawn.buttons),
            none: InlineKeyboardMarkup::default(),
            turn: Turn::drawing(matches!(card, CardKey::Alarm(..))),
        };
        let shown = self.show(card, &drawing, message).await;
        shown.map_err(|fault| self.missed(&fault))
    }
}

impl TelegramRoom {
    /// What a fault means for a drawing.
    fn missed(&self, fault: &Fault) -> ChatError {
        let said = fault.to_string();
        match fault {
            Fault::Moved(to) => {
                self.is_now(*to);
                ChatError::Moved(*to)
            }
            Fault::Wait(seconds) => ChatError::Unreachable(said, Some(*seconds)),
            Fault::Lost(_) | Fault::Token => ChatError::Lost(said),
            Fault::Unreachable(_) | Fault::Conflict => ChatError::Unreachable(said, None),
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

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}
