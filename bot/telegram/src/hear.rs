//! Hearing: updates, one batch after another. A batch is behind us once everything in it was decided.

use std::{sync::Arc, time::Duration};

use countersign_cards::{Action, command::parse_text};
use countersign_chat::{Asker, Talk, budget};
use countersign_desk::{ports::CardKey, work::InboxKey};
use countersign_domain::{
    event::Alarm,
    operator::{Identity, Surface},
};
use futures::future::join_all;
use teloxide::{
    payloads::GetUpdatesSetters as _,
    prelude::Requester as _,
    types::{
        AllowedUpdate, CallbackQuery, Chat, MaybeInaccessibleMessage, Message, Update, UpdateKind,
        User, UserId,
    },
};

use crate::{
    TelegramRoom,
    answer::{Answers, Asked},
    api::Fault,
    line::Line,
};

/// How long a call waits for something to be heard. Seconds.
const LISTEN: u32 = 10;
/// Updates of one batch.
const BATCH: u8 = 100;
/// Before a fault of the connection is tried again: at first, and at the most.
const FIRST: Duration = Duration::from_millis(500);
const MOST: Duration = Duration::from_secs(30);

impl Line {
    /// Listens until `stopped`. What people press and write is done by `talk`, and answered.
    pub async fn listen(&self, talk: Talk, stopped: impl Future<Output = ()>) {
        let hearing = async {
            let ears = Ears {
                line: self,
                answers: Answers::new(talk.clone()),
                name: self.name().await,
                talk,
            };
            if let Err(fault) = self.register().await {
                tracing::warn!(%fault, "Telegram does not offer the commands; they count all the same");
            }
            ears.hear().await;
        };
        tokio::select! {
            () = stopped => {}
            () = hearing => {}
        }
    }
}

struct Ears<'a> {
    line: &'a Line,
    answers: Arc<Answers>,
    talk: Talk,
    /// What the bot is called, so that commands for others are told from ours.
    name: String,
}

impl Ears<'_> {
    async fn hear(&self) {
        let (mut offset, mut wait, mut deaf) = (0, FIRST, false);
        loop {
            match self.batch(offset).await {
                Ok(updates) => {
                    (wait, deaf) = (FIRST, false);
                    let next = updates.iter().map(|update| update.id.as_offset()).max();
                    let heard = updates.into_iter().map(|update| self.heard(update));
                    join_all(heard).await;
                    offset = next.map_or(offset, |next| offset.max(next));
                }
                Err(fault) => {
                    let lasting = matches!(fault, Fault::Conflict | Fault::Token);
                    if lasting && !std::mem::replace(&mut deaf, true) {
                        self.deaf(&fault).await;
                    }
                    tracing::warn!(%fault, "Telegram is not heard; it is tried again");
                    wait = if lasting { MOST } else { (wait * 2).min(MOST) };
                    let told = match fault {
                        Fault::Wait(seconds) => Duration::from_secs(seconds.into()),
                        _ => wait,
                    };
                    budget::wait(told).await;
                }
            }
        }
    }

    async fn batch(&self, offset: i32) -> Result<Vec<Update>, Fault> {
        let wire = &self.line.wire;
        let call = wire
            .bot
            .get_updates()
            .offset(offset)
            .limit(BATCH)
            .timeout(LISTEN)
            .allowed_updates([AllowedUpdate::Message, AllowedUpdate::CallbackQuery]);
        wire.called(call.into_future()).await
    }

    /// Somebody else listens, or nobody may: said once, on every surface.
    async fn deaf(&self, fault: &Fault) {
        let alarm = Alarm::Deaf {
            surface: Surface::Telegram,
            said: fault.to_string(),
        };
        if let Err(error) = self.talk.desk().alarm(alarm).await {
            tracing::error!(%error, "that Telegram is not heard could not be written down");
        }
    }

    async fn heard(&self, update: Update) {
        match update.kind {
            UpdateKind::CallbackQuery(query) => self.pressed(query).await,
            UpdateKind::Message(message) => self.written(message).await,
            UpdateKind::Error(unreadable) => {
                let press = unreadable.get("callback_query").is_some();
                tracing::error!(
                    update.id = update.id.0,
                    press,
                    "an update could not be read"
                );
            }
            _ => {}
        }
    }

    async fn pressed(&self, query: CallbackQuery) {
        let Some(message) = &query.message else {
            return;
        };
        let Some(room) = self.place(message.chat()) else {
            let wire = &self.line.wire;
            return self.answers.not_here(wire, &query.id).await;
        };
        let payload = query.data.clone().unwrap_or_default();
        let alone = !is_answer(message);
        if alone && self.is_copy(&room, &payload, message.id().0).await {
            return self.answers.void(&room, &query.id, message.id().0).await;
        }
        let asker = Asker {
            who: identity(&query.from),
            key: key("callback", &query.id.0),
        };
        let reply = self.talk.press(&asker, &payload).await;
        let below = Asked {
            message: message.id().0,
            answer: !alone,
            alone: self.line.private(query.from.id),
        };
        let answers = self.answers.clone();
        // What is decided is decided: the answer may wait for its turn.
        tokio::spawn(async move {
            let settled = below.answer && settles(&payload);
            answers.to_press(&room, &query.id, &below, reply).await;
            if settled {
                room.take_away(below.message).await;
            }
        });
    }

    /// True for a second copy of a card: the process died after it had posted the first one and
    /// before it could note that.
    async fn is_copy(&self, room: &crate::TelegramRoom, payload: &str, message: i32) -> bool {
        let Ok(action) = Action::decode(payload) else {
            return false;
        };
        let Some(ticket) = action.ticket() else {
            return false;
        };
        let desk = self.talk.desk();
        let (card, there) = (
            CardKey::Ticket(ticket),
            countersign_desk::ports::Chat::room(room),
        );
        let known = desk.store().message(desk.id(), card, there).await;
        let known = room.messages(known.ok().flatten().as_ref());
        !known.is_empty() && !known.contains(&message)
    }

    /// A command, or a form that was filled in by answering the bot's own message.
    async fn written(&self, message: Message) {
        let (Some(from), Some(text)) = (message.from.as_ref(), message.text()) else {
            return;
        };
        let asker = Asker {
            who: identity(from),
            key: key(
                "message",
                &format!("{}/{}", message.chat.id.0, message.id.0),
            ),
        };
        let read = parse_text(text, &self.name);
        let form = message.reply_to_message();
        let form = form.and_then(|form| Answers::form_of(&self.line.wire, form));
        let Some(room) = self.place(&message.chat) else {
            return;
        };
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
            alone: self.line.private(from.id),
        };
        let answers = self.answers.clone();
        tokio::spawn(async move { answers.to_message(&room, &below, reply).await });
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

/// True for a message that answers another one: not a card of the desk.
fn is_answer(message: &MaybeInaccessibleMessage) -> bool {
    let regular = message.regular_message();
    regular.is_some_and(|message| message.reply_to_message().is_some())
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
