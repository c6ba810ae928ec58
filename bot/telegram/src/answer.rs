//! Answers: how a reply looks in a chat.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use countersign_cards::{Action, ButtonError, Locale, Tone, button_error, chat as words, payoff};
use countersign_chat::{Form, Reply, Talk, Told};
use teloxide::{
    payloads::{AnswerCallbackQuerySetters as _, EditMessageReplyMarkupSetters as _},
    prelude::Requester as _,
    types::{
        CallbackQueryId, ChatId, ForceReply, InlineKeyboardMarkup, Message, MessageId, ReplyMarkup,
        User,
    },
};
use tokio::task::JoinSet;

use crate::{
    api::Fault,
    files::unfit,
    how::How,
    keyboard::keyboard,
    layout::{Laid, addressed, lay, sentence},
    line::{Turn, Wire},
    room::TelegramRoom,
};

/// Letters of a notice on a press.
const NOTICE: usize = 200;

/// Answers people.
pub(crate) struct Answers {
    talk: Talk,
    /// Answers under way.
    under_way: Mutex<JoinSet<()>>,
}

/// What is answered, and to whom.
pub(crate) struct Asked {
    /// The message that was pressed on or written.
    pub(crate) message: i32,
    /// True for a message that is itself an answer.
    pub(crate) answer: bool,
    /// What was pressed; `None` for what was written.
    pub(crate) pressed: Option<Action>,
    /// Who asked.
    pub(crate) person: User,
    /// Their private chat.
    pub(crate) alone: Arc<TelegramRoom>,
    /// Talks with them in their language.
    pub(crate) talk: Talk,
}

/// A message to post, with what stands below it.
pub(crate) type Post = (Laid, Option<ReplyMarkup>);

/// The parts of one text; what stands below it stands below the last.
fn posts(parts: Vec<Laid>, mut markup: Option<ReplyMarkup>) -> Vec<Post> {
    let last = parts.len().saturating_sub(1);
    let parts = parts.into_iter().enumerate();
    parts
        .map(|(place, laid)| (laid, markup.take_if(|_| place == last)))
        .collect()
}

/// What a reply to somebody looks like. Of a file it is what stands below it.
pub(crate) fn said(reply: Reply, asker: Option<&User>, locale: &Locale) -> Vec<Post> {
    match reply {
        Reply::Told(told) => posts(sentence(&told.text), None),
        Reply::Private(text) => posts(sentence(&text), None),
        Reply::Choice(text, buttons) => {
            let markup = ReplyMarkup::InlineKeyboard(keyboard(&buttons));
            posts(sentence(&text), Some(markup))
        }
        Reply::Cards(cards) => {
            let each = cards.iter().flat_map(|card| {
                let buttons = (!card.buttons.is_empty()).then(|| keyboard(&card.buttons));
                posts(lay(card), buttons.map(ReplyMarkup::InlineKeyboard))
            });
            each.collect()
        }
        Reply::Form(form) => {
            let markup = ReplyMarkup::ForceReply(ForceReply::new().selective());
            let prompt = prompt(&form, locale);
            let asks = asker.map_or_else(|| sentence(&prompt), |it| addressed(it, &prompt));
            posts(asks, Some(markup))
        }
        Reply::Payoff(view) => posts(sentence(&payoff::words(&view, locale)), None),
        Reply::File(file) => posts(sentence(&file.about), None),
    }
}

/// What a form asks for, and its action in the last line.
fn prompt(form: &Form, locale: &Locale) -> String {
    let entry = |it: &countersign_chat::Entry| (it.label.clone(), it.value.clone());
    let entries: Vec<_> = form.entries.iter().map(entry).collect();
    let asks = words::prompt(&form.title, &entries, locale);
    let names: Vec<&str> = form.entries.iter().map(|it| it.name).collect();
    format!("{asks}\n\n{} {}", form.action.encode(), names.join(" "))
}

async fn put(room: &TelegramRoom, posts: Vec<Post>, below: Option<i32>) -> Result<(), Fault> {
    for (laid, markup) in posts {
        room.post(&laid, markup, How::answer(below)).await?;
    }
    Ok(())
}

/// True when the reply took the place of the page that was pressed on.
async fn turned(room: &TelegramRoom, asked: &Asked, reply: &Reply) -> bool {
    let page = match reply {
        Reply::Cards(cards) if asked.answer => match &cards[..] {
            [card] => (lay(card), &card.buttons),
            _ => return false,
        },
        // What was chosen leads to the next question.
        Reply::Choice(text, buttons) if asked.chose() => (sentence(text), buttons),
        _ => return false,
    };
    let (parts, buttons) = page;
    let [laid] = &parts[..] else {
        return false;
    };
    if let Err(fault) = room.turn(asked.message, laid, &keyboard(buttons)).await {
        tracing::warn!(chat = room.chat(), %fault, "a page could not be turned");
    }
    true
}

impl Asked {
    /// True for a press that answers what a command still needed.
    const fn chose(&self) -> bool {
        self.answer && matches!(self.pressed, Some(Action::Ask(_)))
    }

    const fn pinged(&self) -> bool {
        matches!(self.pressed, Some(Action::Ping(_)))
    }
}

/// True when the small changes of a card took the place of its Edit, or went again: the card itself is
/// drawn anew, in its turn.
fn unfolds(room: &TelegramRoom, asked: &Asked, reply: &Reply) -> bool {
    match (asked.pressed, reply) {
        (Some(Action::Edit(ticket, _)), Reply::Form(_)) if !asked.answer => {
            room.unfold(ticket, true);
            true
        }
        (Some(Action::Back(ticket)), Reply::Told(told)) if told.tone != Tone::Bad => {
            room.unfold(ticket, false);
            true
        }
        _ => false,
    }
}

/// A form as it stands in the bot's own message, which the answer names: nothing waits in memory.
pub(crate) struct FormOf {
    pub(crate) payload: String,
    names: Vec<String>,
}

impl Answers {
    pub(crate) fn new(talk: Talk) -> Arc<Self> {
        Arc::new(Self {
            talk,
            under_way: Mutex::default(),
        })
    }

    /// Answers while the next thing is heard.
    pub(crate) fn later(&self, answer: impl Future<Output = ()> + Send + 'static) {
        let mut under_way = self
            .under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        while let Some(ended) = under_way.try_join_next() {
            if ended.is_err() {
                tracing::error!("an answer was given up");
            }
        }
        under_way.spawn(answer);
    }

    /// Ends when everything is answered.
    pub(crate) async fn finish(&self) {
        let mut under_way = {
            let mut under_way = self
                .under_way
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *under_way)
        };
        while under_way.join_next().await.is_some() {}
    }

    /// The chat is none of the desk's.
    pub(crate) async fn not_here(&self, wire: &Wire, query: &CallbackQueryId, talk: &Talk) {
        let told = Told {
            tone: Tone::Bad,
            text: words::not_here(talk.locale()),
        };
        notice(wire, query, Some(&told)).await;
    }

    /// Nobody can read what was pressed.
    pub(crate) async fn unread(&self, wire: &Wire, query: &CallbackQueryId) {
        let told = Told {
            tone: Tone::Bad,
            text: button_error(&ButtonError::Malformed, self.talk.locale()),
        };
        notice(wire, query, Some(&told)).await;
    }

    /// The message is a second copy of a card: it loses its buttons.
    pub(crate) async fn void(
        &self,
        room: &TelegramRoom,
        (query, copy): (&CallbackQueryId, i32),
        talk: &Talk,
    ) {
        let told = Told {
            tone: Tone::Bad,
            text: words::second_copy(talk.locale()),
        };
        notice(&room.wire, query, Some(&told)).await;
        let call = room
            .wire
            .bot
            .edit_message_reply_markup(ChatId(room.chat()), MessageId(copy))
            .reply_markup(InlineKeyboardMarkup::default());
        let call = call.into_future();
        let voided = room.wire.counted(&room.budget, Turn::ANSWER, call);
        if let Err(fault) = voided.await {
            tracing::warn!(%fault, "the second copy of a card kept its buttons");
        }
    }

    /// Answers a press: a notice for the one who pressed, and what is longer below the card. A page
    /// of an answer takes the place of the one before.
    pub(crate) async fn to_press(
        &self,
        room: &TelegramRoom,
        query: &CallbackQueryId,
        asked: &Asked,
        reply: Reply,
    ) {
        if unfolds(room, asked, &reply) {
            return notice(&room.wire, query, None).await;
        }
        let told = match &reply {
            Reply::Told(told) => Some(told.clone()),
            _ => None,
        };
        // A notice holds little: what is longer stands below the card.
        let more = told
            .as_ref()
            .is_none_or(|told| told.text.chars().count() > NOTICE);
        let place = more.then(|| room.place()).flatten();
        let told = match (told, more, &place) {
            (None, true, None) => Some(Told {
                tone: Tone::Bad,
                text: words::busy(asked.talk.locale()),
            }),
            (told, _, _) => told,
        };
        let begun = room.wire.now();
        notice(&room.wire, query, told.as_ref()).await;
        if asked.pinged() && !reply.is_bad() {
            let took = room.wire.now().saturating_sub(begun);
            return self.came_back(room, asked, took).await;
        }
        let told_all = !more && !reply.is_bad();
        if place.is_some() && !turned(room, asked, &reply).await {
            self.post(room, asked, reply).await;
        } else if asked.chose() && told_all {
            // Done: nothing is left to choose.
            room.take_away(asked.message).await;
        }
    }

    /// A ping is answered twice: the second answer tells how long the first one took.
    async fn came_back(&self, room: &TelegramRoom, asked: &Asked, took: Duration) {
        let Some(_place) = room.place() else {
            return;
        };
        let reply = asked.talk.pong(took).await;
        if !turned(room, asked, &reply).await {
            self.post(room, asked, reply).await;
        }
    }

    /// Answers a message, below it; what is for one person alone in their private chat.
    pub(crate) async fn to_message(&self, room: &TelegramRoom, asked: &Asked, reply: Reply) {
        let Some(_place) = room.place() else {
            tracing::warn!(
                chat = room.chat(),
                "too many answers wait; one was left out"
            );
            return;
        };
        self.post(room, asked, reply).await;
    }

    async fn post(&self, room: &TelegramRoom, asked: &Asked, reply: Reply) {
        let posts = match reply {
            Reply::Private(text) => {
                let sent = put(&asked.alone, posts(sentence(&text), None), None).await;
                return self.sent_in_private(room, asked, sent).await;
            }
            Reply::File(file) => {
                let Some(why) = unfit(&file, asked.talk.locale()) else {
                    let sent = asked.alone.send(file).await;
                    return self.sent_in_private(room, asked, sent).await;
                };
                posts(sentence(&why), None)
            }
            Reply::Payoff(view) => {
                let talk = &asked.talk;
                let posted = room.post_payoff(*view, talk, Some(asked.message)).await;
                if let Err(fault) = posted {
                    tracing::warn!(chat = room.chat(), %fault, "a payoff could not be posted");
                }
                return;
            }
            // A press answers no message of theirs: only who is named in a form is asked.
            reply => said(reply, Some(&asked.person), asked.talk.locale()),
        };
        if let Err(fault) = put(room, posts, Some(asked.message)).await {
            tracing::warn!(chat = room.chat(), %fault, "an answer could not be posted");
        }
    }

    /// What nobody else may read goes to a person's private chat, which they have to have opened.
    async fn sent_in_private(&self, room: &TelegramRoom, asked: &Asked, sent: Result<(), Fault>) {
        let alone = room.chat() == asked.alone.chat();
        let told = match sent {
            Ok(()) if alone => return,
            Ok(()) => words::sent_in_private(asked.talk.locale()),
            Err(Fault::Lost(_)) => words::write_to_me(asked.talk.locale()),
            Err(fault) => {
                tracing::warn!(chat = asked.alone.chat(), %fault, "a private answer was not taken");
                words::not_taken(asked.talk.locale())
            }
        };
        if let Err(fault) = put(room, posts(sentence(&told), None), Some(asked.message)).await {
            tracing::warn!(chat = room.chat(), %fault, "an answer could not be posted");
        }
    }

    /// The form that a message of the bot is.
    pub(crate) fn form_of(wire: &Wire, message: &Message) -> Option<FormOf> {
        let ours = message
            .from
            .as_ref()
            .is_some_and(|from| from.id == wire.me());
        let line = message.text().filter(|_| ours)?.lines().last()?;
        let mut words = line.split(' ');
        let payload = words.next()?.to_owned();
        Action::decode(&payload).ok()?;
        let names = words.map(str::to_owned).collect();
        Some(FormOf { payload, names })
    }
}

impl FormOf {
    /// What a person answered, by the names of the entries: a word for each, and the last one takes
    /// what is left.
    pub(crate) fn values(&self, text: &str) -> Vec<(String, String)> {
        let parts = text
            .trim()
            .splitn(self.names.len().max(1), char::is_whitespace);
        let parts = parts.map(|part| part.trim().to_owned());
        self.names.iter().cloned().zip(parts).collect()
    }
}

/// Answers a press; one that is too old to be answered is noted and no more.
async fn notice(wire: &Wire, query: &CallbackQueryId, told: Option<&Told>) {
    let mut call = wire.bot.answer_callback_query(query.clone());
    if let Some(told) = told {
        let short: String = if told.text.chars().count() > NOTICE {
            let kept = told.text.chars().take(NOTICE - 1);
            kept.chain(['…']).collect()
        } else {
            told.text.clone()
        };
        let alert = matches!(told.tone, Tone::Bad | Tone::Critical);
        call = call.text(short).show_alert(alert);
    }
    if let Err(fault) = wire.called(call.into_future()).await {
        tracing::warn!(%fault, "a press was not answered");
    }
}
