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

use crate::{
    api::Fault,
    keyboard::keyboard,
    layout::{Laid, lay},
    line::Wire,
};

/// Messages to one chat; the platform allows about one in a second.
const CHAT: Pace = Pace::new(1, Duration::from_millis(1050));

/// Messages and edits in one group; the platform allows 20 in a minute.
const GROUP: Pace = Pace::new(20, Duration::from_secs(61)).keeping(4);

/// Messages whose newest text is remembered.
const REMEMBERED: usize = 512;

/// A chat of Telegram.
pub struct TelegramRoom {
    room: Room,
    /// The chat's number now: a group that became a supergroup has another one.
    chat: AtomicI64,
    pub(crate) wire: Arc<Wire>,
    pub(crate) budget: Budget,
    /// What messages show, so that nothing is said twice.
    shown: Mutex<BTreeMap<i32, u64>>,
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
        }
    }

    /// The chat's number now.
    pub(crate) fn chat(&self) -> i64 {
        self.chat.load(Ordering::Relaxed)
    }

    /// From now on the chat has that number.
    pub fn is_now(&self, chat: i64) {
        self.chat.store(chat, Ordering::Relaxed);
    }

    /// The messages that show a card here, when they are in this chat.
    pub(crate) fn messages(&self, message: Option<&MessageRef>) -> Vec<i32> {
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
        urgent: bool,
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
        let sent = self.wire.counted(&self.budget, urgent, call.into_future());
        sent.await.map(|message| message.id.0)
    }

    /// Shows another text in an answer.
    pub(crate) async fn turn(
        &self,
        message: i32,
        laid: &Laid,
        buttons: &InlineKeyboardMarkup,
    ) -> Result<(), Fault> {
        self.change(message, laid, buttons, false).await
    }

    async fn change(
        &self,
        message: i32,
        laid: &Laid,
        buttons: &InlineKeyboardMarkup,
        urgent: bool,
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
            .counted(&self.budget, urgent, call.into_future())
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

    /// Shows the parts of a card in these messages, in new ones beyond them.
    async fn show(
        &self,
        parts: &[Laid],
        buttons: &InlineKeyboardMarkup,
        known: &[i32],
        urgent: bool,
    ) -> Result<Vec<i32>, Fault> {
        let (none, last) = (InlineKeyboardMarkup::default(), parts.len() - 1);
        let mut ids = Vec::new();
        for (place, laid) in parts.iter().enumerate() {
            let buttons = if place == last { buttons } else { &none };
            let alive = !buttons.inline_keyboard.is_empty();
            let changed = match known.get(place) {
                Some(id) => match self.change(*id, laid, buttons, urgent).await {
                    // Somebody took it away: it is shown again while something can be pressed.
                    Err(Fault::Gone) if alive => None,
                    Err(Fault::Gone) => Some(*id),
                    changed => Some(changed.map(|()| *id)?),
                },
                None => None,
            };
            let id = if let Some(id) = changed {
                id
            } else {
                let markup = ReplyMarkup::InlineKeyboard(buttons.clone());
                let markup = alive.then_some(markup);
                let id = self.post(laid, markup, None, urgent).await?;
                self.remember(id, laid, buttons);
                id
            };
            ids.push(id);
        }
        for beyond in known.iter().skip(parts.len()) {
            self.take_away(*beyond).await;
        }
        Ok(ids)
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
        let (parts, buttons) = (lay(&drawn), keyboard(&drawn.buttons));
        let known = self.messages(message);
        let urgent = matches!(card, CardKey::Alarm(..));
        match self.show(&parts, &buttons, &known, urgent).await {
            Ok(ids) => Ok(self.named(&ids)),
            Err(fault) => Err(self.missed(&fault)),
        }
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
