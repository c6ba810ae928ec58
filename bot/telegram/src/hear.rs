//! Hearing: what an update comes to. It is decided first, and durably; an answer may wait for its turn.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
    time::Duration,
};

use countersign_cards::{Action, command::parse_text};
use countersign_chat::{Asker, Talk, budget};
use countersign_desk::{ports::Chat as Place, work::InboxKey};
use countersign_domain::{
    operator::{Identity, Room, Surface},
    unheard::Unheard,
};
use futures::FutureExt as _;
use teloxide::types::{
    AllowedUpdate, CallbackQuery, CallbackQueryId, Chat, InlineKeyboardButtonKind,
    MaybeInaccessibleMessage, Message, Update, UpdateKind, User, UserId,
};

use crate::{
    TelegramRoom,
    answer::{Answers, Asked},
    api::Fault,
    copies::is_copy,
    line::Line,
};

/// What is asked for; nothing else is told.
pub(crate) const HEARD: [AllowedUpdate; 2] = [AllowedUpdate::Message, AllowedUpdate::CallbackQuery];

/// Before a fault of the connection is tried again: at first, and at the most.
const FIRST: Duration = Duration::from_millis(500);
const MOST: Duration = Duration::from_secs(5);
/// Before what only a person can mend is tried again.
const UNMENDED: Duration = Duration::from_secs(30);

/// What hears for one desk.
pub(crate) struct Ears {
    pub(crate) line: Line,
    pub(crate) answers: Arc<Answers>,
    pub(crate) talk: Talk,
    /// What the bot is called, so that commands for others are told from ours.
    name: OnceLock<String>,
}

/// How long faults of the connection are waited out.
#[derive(Debug)]
pub(crate) struct Patience {
    /// The last pause.
    wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { wait: FIRST }
    }
}

impl Ears {
    pub(crate) fn new(line: &Line, talk: Talk) -> Self {
        Self {
            line: line.clone(),
            answers: Answers::new(talk.clone()),
            talk,
            name: OnceLock::new(),
        }
    }

    /// Learns what the bot is called, once.
    pub(crate) async fn learn_name(&self) -> Result<(), Fault> {
        if self.name.get().is_none() {
            let _ = self.name.set(self.line.name().await?);
        }
        Ok(())
    }

    /// True once the bot's name is known.
    pub(crate) fn is_named(&self) -> bool {
        self.name.get().is_some()
    }

    /// Waits after a fault, longer each time.
    pub(crate) async fn failed(&self, patience: &mut Patience, fault: &Fault) {
        tracing::warn!(%fault, "Telegram is not heard; it is tried again");
        let wait = match fault {
            Fault::Wait(seconds) => Duration::from_secs((*seconds).into()),
            Fault::Token | Fault::Refused(_) => {
                self.deaf(fault).await;
                UNMENDED
            }
            _ => {
                let wait = patience.wait;
                patience.wait = (wait * 2).min(MOST);
                wait
            }
        };
        budget::wait(wait).await;
    }

    /// So long without hearing anything is an alarm.
    pub(crate) fn bound(&self) -> Duration {
        let seconds = self.talk.desk().settings().alarms.deaf_s;
        Duration::from_secs(seconds.into())
    }

    /// The platform is heard.
    pub(crate) fn hears(&self) {
        self.talk.desk().hears(Surface::Telegram);
    }

    /// Nothing is heard: told once on every surface, until something is.
    pub(crate) async fn deaf(&self, said: impl Into<Unheard>) {
        let desk = self.talk.desk();
        if let Err(error) = desk.is_deaf(Surface::Telegram, said).await {
            tracing::error!(%error, "that Telegram is not heard could not be written down");
        }
    }

    /// Decides an update; one that breaks something here does not come between the others and us for
    /// ever.
    pub(crate) async fn kept(&self, update: Update) {
        let id = update.id.0;
        let decided = AssertUnwindSafe(self.heard(update)).catch_unwind();
        if decided.await.is_err() {
            tracing::error!(update.id = id, "an update was given up");
        }
    }

    async fn heard(&self, update: Update) {
        match update.kind {
            UpdateKind::CallbackQuery(query) => self.pressed(query).await,
            UpdateKind::Message(message) => self.written(message).await,
            UpdateKind::Error(unreadable) => {
                let press = unreadable.pointer("/callback_query/id");
                self.unreadable(press.is_some()).await;
                if let Some(press) = press.and_then(|id| id.as_str()) {
                    let (answers, wire) = (self.answers.clone(), self.line.wire.clone());
                    let press = CallbackQueryId(press.to_owned());
                    self.answers
                        .later(async move { answers.unread(&wire, &press).await });
                }
            }
            _ => {}
        }
    }

    /// Somebody else posts to where the platform posts.
    pub(crate) async fn forged(&self, count: u32) {
        let desk = self.talk.desk();
        if let Err(error) = desk.was_forged(Surface::Telegram, count).await {
            tracing::error!(%error, "that posts are forged could not be written down");
        }
    }

    /// Something that nobody here can read, now or later. When somebody may wait for an answer to it,
    /// that is told once.
    pub(crate) async fn unreadable(&self, awaited: bool) {
        tracing::error!(awaited, "an update could not be read");
        if !awaited {
            return;
        }
        let (desk, said) = (self.talk.desk(), Unheard::Unreadable);
        if let Err(error) = desk.was_unreadable(Surface::Telegram, said).await {
            tracing::error!(%error, "that it could not be read could not be written down");
        }
    }

    async fn pressed(&self, query: CallbackQuery) {
        let Some(message) = &query.message else {
            return;
        };
        let asker = Asker {
            who: identity(&query.from),
            key: key("callback", &query.id.0),
            room: Room {
                surface: Surface::Telegram,
                chat: message.chat().id.0,
            },
        };
        let talk = self.talk.speaking(&asker).await;
        let Some(room) = self.place(message.chat()) else {
            let (answers, wire) = (self.answers.clone(), self.line.wire.clone());
            return self
                .answers
                .later(async move { answers.not_here(&wire, &query.id, &talk).await });
        };
        let payload = query.data.clone().unwrap_or_default();
        let alone = !is_answer(message);
        // Data that the message does not carry was forged: it is no sign of a copy.
        if alone
            && carries(message, &payload)
            && is_copy(&self.talk, &room, &payload, message.id().0).await
        {
            let (answers, room, copy) = (self.answers.clone(), room.clone(), message.id().0);
            return self
                .answers
                .later(async move { answers.void(&room, (&query.id, copy), &talk).await });
        }
        let asker = Asker {
            room: Place::room(room.as_ref()),
            ..asker
        };
        let reply = self.talk.press(&asker, &payload).await;
        let choice = (!alone && settles(&payload)).then(|| message.id().0);
        // Who may not settle it does not take a question away from those who may.
        let choice = match choice {
            Some(choice) if !reply.is_bad() || self.talk.settles(&asker.who, &payload).await => {
                Some(choice)
            }
            _ => None,
        };
        let below = Asked {
            message: message.id().0,
            answer: !alone,
            pressed: Action::decode(&payload).ok(),
            person: query.from.clone(),
            alone: self.line.private(query.from.id),
            talk,
        };
        let answers = self.answers.clone();
        // What is decided is decided: the answer may wait for its turn.
        self.answers.later(async move {
            answers.to_press(&room, &query.id, &below, reply).await;
            if let Some(choice) = choice {
                room.take_away(choice).await;
            }
        });
    }

    /// The group has another number now: its cards are shown there, and the next start knows it.
    async fn moved(&self, from: i64, to: i64) {
        let Some(room) = self.line.room_of(from) else {
            return;
        };
        room.is_now(to);
        let room = countersign_desk::ports::Chat::room(room.as_ref());
        if let Err(error) = self.talk.desk().move_room(room, to).await {
            tracing::error!(%room, to, %error, "a room's new number could not be written down");
        }
    }

    /// A command, or a form that was filled in by answering the bot's own message.
    async fn written(&self, message: Message) {
        if let Some(to) = message.migrate_to_chat_id() {
            return self.moved(message.chat.id.0, to.0).await;
        }
        let (Some(from), Some(text)) = (message.from.as_ref(), message.text()) else {
            return;
        };
        let Some(room) = self.place(&message.chat) else {
            return;
        };
        let asker = Asker {
            who: identity(from),
            key: key(
                "message",
                &format!("{}/{}", message.chat.id.0, message.id.0),
            ),
            room: Place::room(room.as_ref()),
        };
        let read = self.name.get().and_then(|name| parse_text(text, name));
        let form = message.reply_to_message();
        let form = form.and_then(|form| Answers::form_of(&self.line.wire, form));
        let reply = match (read, form) {
            (Some(read), _) => self.talk.command(&asker, read).await,
            (None, Some(form)) => {
                let values = form.values(text);
                self.talk.hand_in(&asker, &form.payload, &values).await
            }
            (None, None) => return,
        };
        let below = Asked {
            message: message.id.0,
            answer: false,
            pressed: None,
            person: from.clone(),
            alone: self.line.private(from.id),
            talk: self.talk.speaking(&asker).await,
        };
        let answers = self.answers.clone();
        self.answers
            .later(async move { answers.to_message(&room, &below, reply).await });
    }

    /// The room that a chat is: one of the desk's, or a private one.
    fn place(&self, chat: &Chat) -> Option<Arc<TelegramRoom>> {
        let known = self.line.room_of(chat.id.0).cloned();
        let person = u64::try_from(chat.id.0).ok().filter(|_| chat.is_private());
        known.or_else(|| person.map(|id| self.line.private(UserId(id))))
    }
}

/// True for a button that settles what its message asked: the message goes.
fn settles(payload: &str) -> bool {
    matches!(
        Action::decode(payload),
        Ok(Action::Second(_) | Action::Leave(_) | Action::DeclineFor(..))
    )
}

/// True for a message that answers another one: a choice, not a card. The platform says of every
/// message of a topic that it answers the one that made the topic, which is no answer.
fn is_answer(message: &MaybeInaccessibleMessage) -> bool {
    let Some(message) = message.regular_message() else {
        return false;
    };
    let topic = message.thread_id.filter(|_| message.is_topic_message);
    message
        .reply_to_message()
        .is_some_and(|answered| topic.is_none_or(|topic| topic.0 != answered.id))
}

/// True for a message with a button that says that.
fn carries(message: &MaybeInaccessibleMessage, payload: &str) -> bool {
    let regular = message.regular_message();
    let markup = regular.and_then(|message| message.reply_markup());
    let mut buttons = markup
        .into_iter()
        .flat_map(|it| it.inline_keyboard.iter().flatten());
    buttons.any(
        |it| matches!(&it.kind, InlineKeyboardButtonKind::CallbackData(data) if data == payload),
    )
}

fn identity(user: &User) -> Identity {
    Identity {
        surface: Surface::Telegram,
        user: user.id.0.to_string(),
    }
}

fn key(of: &str, id: &str) -> InboxKey {
    InboxKey {
        source: format!("telegram.{of}"),
        id: id.to_owned(),
    }
}
