//! Hearing: updates, one batch after another. A batch is behind us once everything in it was decided.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
    time::Duration,
};

use countersign_cards::{Action, command::parse_text};
use countersign_chat::{Asker, Talk, budget};
use countersign_desk::{
    ports::{CardKey, Chat as Place},
    work::InboxKey,
};
use countersign_domain::operator::{Identity, Surface};
use futures::{FutureExt as _, future::join_all};
use teloxide::{
    payloads::GetUpdatesSetters as _,
    prelude::Requester as _,
    types::{
        AllowedUpdate, CallbackQuery, CallbackQueryId, Chat, InlineKeyboardButtonKind,
        MaybeInaccessibleMessage, Message, Update, UpdateKind, User, UserId,
    },
};

use crate::{
    TelegramRoom,
    answer::{Answers, Asked},
    api::Fault,
    line::Line,
    silence::Silence,
    turns::{Next, Refused, Turns},
};

/// How long a call waits for something to be heard. Seconds.
const LISTEN: u32 = 10;
/// Updates of one batch.
const BATCH: u8 = 100;
/// Before a fault of the connection is tried again: at first, and at the most.
const FIRST: Duration = Duration::from_millis(500);
const MOST: Duration = Duration::from_secs(5);
/// What is said when calls are answered and nothing comes.
const PASSED_OVER: &str = "updates wait there, and no call is given any";
/// Before a token that is none is tried again.
const NO_TOKEN: Duration = Duration::from_secs(30);

impl Line {
    /// Listens until `stopped`; then what was heard is decided and answered before this ends. What
    /// people press and write is done by `talk`.
    pub async fn listen(&self, talk: Talk, stopped: impl Future<Output = ()>) {
        let ears = Ears {
            line: self,
            answers: Answers::new(talk.clone()),
            talk,
            name: OnceLock::new(),
        };
        let mut heard = ears.hear(stopped).await;
        ears.answers.finish().await;
        if heard.offset > 0 && heard.turns.next(self.wire.now()) == Next::Listen {
            // Confirms what was decided, so that the next start does not hear it again.
            let _ = ears.batch((heard.offset, 1), 0).await;
        }
    }
}

struct Ears<'a> {
    line: &'a Line,
    answers: Arc<Answers>,
    talk: Talk,
    /// What the bot is called, so that commands for others are told from ours.
    name: OnceLock<String>,
}

/// What is known between two calls.
#[derive(Debug)]
struct Heard {
    /// The number after the last update that was decided.
    offset: i32,
    turns: Turns,
    /// The last pause after a fault.
    wait: Duration,
    /// How long nothing is heard.
    silence: Silence,
}

impl Ears<'_> {
    async fn hear(&self, stopped: impl Future<Output = ()>) -> Heard {
        let mut stopped = std::pin::pin!(stopped);
        let mut heard = Heard {
            offset: 0,
            turns: Turns::default(),
            wait: FIRST,
            silence: Silence::since(self.line.wire.now(), self.bound()),
        };
        loop {
            // A call or a pause may be cut off; what was heard is decided to its end.
            let updates = tokio::select! {
                biased;
                () = &mut stopped => return heard,
                () = self.introduce() => continue,
                updates = self.next(&mut heard) => updates,
            };
            let next = updates.iter().map(|update| update.id.as_offset()).max();
            join_all(updates.into_iter().map(|update| self.kept(update))).await;
            heard.offset = next.map_or(heard.offset, |next| heard.offset.max(next));
        }
    }

    /// Learns what the bot is called and offers the commands, once.
    async fn introduce(&self) {
        if self.name.get().is_some() {
            std::future::pending::<()>().await;
        }
        let Ok(name) = self.line.name().await else {
            // Whoever listens finds out as well, and says so.
            return std::future::pending().await;
        };
        let _ = self.name.set(name);
        if let Err(fault) = self.line.register().await {
            tracing::warn!(%fault, "Telegram does not offer the commands; they count all the same");
        }
    }

    /// The next updates to decide, after one call or one pause.
    async fn next(&self, heard: &mut Heard) -> Vec<Update> {
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
                heard.wait = FIRST;
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
                        self.deaf(Fault::Conflict.to_string()).await;
                    }
                }
            },
            Err(fault) => {
                heard.turns.failed();
                if heard.silence.is_cut_off(now) {
                    self.deaf(fault.to_string()).await;
                }
                self.failed(heard, &fault).await;
            }
        }
        Vec::new()
    }

    /// Waits after a fault, longer each time.
    async fn failed(&self, heard: &mut Heard, fault: &Fault) {
        tracing::warn!(%fault, "Telegram is not heard; it is tried again");
        let wait = match fault {
            Fault::Wait(seconds) => Duration::from_secs((*seconds).into()),
            Fault::Token => {
                self.deaf(fault.to_string()).await;
                NO_TOKEN
            }
            _ => {
                let wait = heard.wait;
                heard.wait = (wait * 2).min(MOST);
                wait
            }
        };
        budget::wait(wait).await;
    }

    async fn batch(&self, (offset, most): (i32, u8), wait: u32) -> Result<Vec<Update>, Fault> {
        let wire = &self.line.wire;
        let call = wire
            .bot
            .get_updates()
            .offset(offset)
            .limit(most)
            .timeout(wait)
            .allowed_updates([AllowedUpdate::Message, AllowedUpdate::CallbackQuery]);
        wire.listened(call.into_future()).await
    }

    /// So long without hearing anything is an alarm.
    fn bound(&self) -> Duration {
        let seconds = self.talk.desk().settings().alarms.deaf_s;
        Duration::from_secs(seconds.into())
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
            self.deaf(PASSED_OVER.to_owned()).await;
        } else {
            self.talk.desk().hears(Surface::Telegram);
        }
    }

    /// Nothing is heard: said once on every surface, until something is.
    async fn deaf(&self, said: String) {
        let desk = self.talk.desk();
        if let Err(error) = desk.is_deaf(Surface::Telegram, said).await {
            tracing::error!(%error, "that Telegram is not heard could not be written down");
        }
    }

    /// Decides an update; one that breaks something here does not come between the others and us for
    /// ever.
    async fn kept(&self, update: Update) {
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
                tracing::error!(update.id = update.id.0, "an update could not be read");
                let press = unreadable.pointer("/callback_query/id");
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

    async fn pressed(&self, query: CallbackQuery) {
        let Some(message) = &query.message else {
            return;
        };
        let Some(room) = self.place(message.chat()) else {
            let (answers, wire) = (self.answers.clone(), self.line.wire.clone());
            return self
                .answers
                .later(async move { answers.not_here(&wire, &query.id).await });
        };
        let payload = query.data.clone().unwrap_or_default();
        let alone = !is_answer(message);
        // Data that the message does not carry was forged: it is no sign of a copy.
        if alone
            && carries(message, &payload)
            && self.is_copy(&room, &payload, message.id().0).await
        {
            let (answers, room, copy) = (self.answers.clone(), room.clone(), message.id().0);
            return self
                .answers
                .later(async move { answers.void(&room, &query.id, copy).await });
        }
        let asker = Asker {
            who: identity(&query.from),
            key: key("callback", &query.id.0),
            room: Place::room(room.as_ref()),
        };
        let reply = self.talk.press(&asker, &payload).await;
        let choice = (!alone && settles(&payload)).then(|| message.id().0);
        // Who may decide nothing does not take a question away from those who may.
        let choice = match choice {
            Some(choice) if !reply.is_bad() || self.talk.decides(&asker.who).await => Some(choice),
            _ => None,
        };
        let below = Asked {
            message: message.id().0,
            answer: !alone,
            alone: self.line.private(query.from.id),
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
        let (card, there) = (CardKey::Ticket(ticket), Place::room(room));
        let known = desk.store().message(desk.id(), card, there).await;
        let known = room.known(card, known.ok().flatten().as_ref());
        !known.is_empty() && !known.contains(&message)
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
            alone: self.line.private(from.id),
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
