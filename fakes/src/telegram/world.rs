//! Everything that the fake knows, behind one lock, and the rules that hold for all of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::chat::{Chat, ChatKind, Standing};
use super::faults::Faults;
use super::limits::{Limits, Rates};
use super::message::{Content, Message, Version};
use super::press::Press;
use super::records::{Call, Violation};
use super::refusal::Refusal;
use super::shape;
use super::spec::{Kind, Spec};
use super::updates::Updates;

/// A person or the bot.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) username: Option<String>,
    pub(crate) is_bot: bool,
    pub(crate) language: Option<String>,
}

impl Account {
    pub(crate) fn told(&self) -> Value {
        let mut told = json!({ "id": self.id, "is_bot": self.is_bot, "first_name": self.name });
        if let Some(username) = &self.username {
            told["username"] = username.clone().into();
        }
        if let Some(language) = &self.language {
            told["language_code"] = language.clone().into();
        }
        told
    }
}

/// Everything that the fake knows.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) spec: Arc<Spec>,
    pub(crate) began: Instant,
    /// Seconds by which the platform's dates are off.
    pub(crate) skew: i64,
    pub(crate) token: String,
    pub(crate) bot: Account,
    /// Whether the bot reads only what is meant for it in groups where it is no administrator.
    pub(crate) privacy: bool,
    pub(crate) people: BTreeMap<i64, Account>,
    pub(crate) chats: BTreeMap<i64, Chat>,
    /// The last number given out: per supergroup, and under 0 for all other chats together.
    pub(crate) numbers: HashMap<i64, i64>,
    pub(crate) updates: Updates,
    pub(crate) limits: Limits,
    pub(crate) rates: Rates,
    pub(crate) faults: Faults,
    pub(crate) presses: Vec<Press>,
    /// Commands by scope, as canonical JSON, and language.
    pub(crate) commands: BTreeMap<(String, String), Value>,
    pub(crate) files: HashMap<String, super::message::Media>,
    pub(crate) calls: Vec<Call>,
    pub(crate) violations: Vec<Violation>,
}

/// The first id of people: wider than 32 bits, as the platform's are.
const PEOPLE: i64 = 5_100_000_000;
const GROUPS: i64 = -4_200_000_000;
const SUPERGROUPS: i64 = -1_002_300_000_000;

impl World {
    pub(crate) fn new(spec: Arc<Spec>) -> Self {
        let bot = Account {
            id: 7_000_000_001,
            name: "Desk".to_owned(),
            username: Some("desk_test_bot".to_owned()),
            is_bot: true,
            language: None,
        };
        Self {
            spec,
            began: Instant::now(),
            skew: 0,
            token: format!("{}:AAFakeTokenOfTheFakeServer_0123456789", bot.id),
            bot,
            privacy: true,
            people: BTreeMap::new(),
            chats: BTreeMap::new(),
            numbers: HashMap::new(),
            updates: Updates::default(),
            limits: Limits::default(),
            rates: Rates::default(),
            faults: Faults::default(),
            presses: Vec::new(),
            commands: BTreeMap::new(),
            files: HashMap::new(),
            calls: Vec::new(),
            violations: Vec::new(),
        }
    }

    /// The time since the fake began.
    pub(crate) fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// The date as the platform says it.
    pub(crate) fn date(&self) -> i64 {
        let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX) + self.skew
    }

    pub(crate) fn add_person(&mut self, name: &str) -> i64 {
        let count = i64::try_from(self.people.len()).unwrap_or_default();
        let id = PEOPLE + count + 1;
        let account = Account {
            id,
            name: name.to_owned(),
            username: Some(format!("{}_{id}", name.to_lowercase().replace(' ', "_"))),
            is_bot: false,
            language: Some("en".to_owned()),
        };
        self.people.insert(id, account);
        id
    }

    /// A new group of these people and the bot, which may do everything there.
    pub(crate) fn add_group(&mut self, kind: ChatKind, title: &str, people: &[i64]) -> i64 {
        let count = i64::try_from(self.chats.len()).unwrap_or_default();
        let base = if kind == ChatKind::Group {
            GROUPS
        } else {
            SUPERGROUPS
        };
        let id = base - count - 1;
        let mut chat = Chat::new(id, kind, title);
        let standing = |at| match at {
            0 => Standing::Creator,
            _ => Standing::Member,
        };
        let members = people.iter().enumerate();
        chat.members = members.map(|(at, who)| (*who, standing(at))).collect();
        chat.members.insert(self.bot.id, Standing::Administrator);
        self.chats.insert(id, chat);
        id
    }

    /// The private chat of a person, made when it is not there.
    pub(crate) fn open_private(&mut self, who: i64) {
        let bot = self.bot.id;
        let Some(person) = self.people.get(&who) else {
            return;
        };
        self.chats.entry(who).or_insert_with(|| {
            let mut chat = Chat::new(who, ChatKind::Private, &person.name);
            chat.members = BTreeMap::from([(who, Standing::Member), (bot, Standing::Member)]);
            chat
        });
    }

    pub(crate) fn account(&self, who: i64) -> Option<&Account> {
        let bot = Some(&self.bot).filter(|it| it.id == who);
        bot.or_else(|| self.people.get(&who))
    }

    /// A message that was not there before, with the next number of its chat.
    pub(crate) fn message(&mut self, chat: i64, from: i64, content: Content) -> Message {
        let own = matches!(
            self.chats.get(&chat).map(|it| it.kind),
            Some(ChatKind::Supergroup | ChatKind::Forum)
        );
        let number = self.numbers.entry(if own { chat } else { 0 }).or_default();
        *number += 1;
        let id = *number;
        Message {
            id,
            chat,
            thread: None,
            from,
            date: self.date(),
            edit_date: None,
            versions: vec![Version {
                at: self.now(),
                content: content.clone(),
            }],
            content,
            reply_to: None,
            silent: false,
            protected: false,
            link_preview: None,
            markup: None,
            service: None,
            deleted_by: None,
        }
    }

    /// Puts a message into its chat.
    pub(crate) fn keep(&mut self, message: Message) {
        if let Some(chat) = self.chats.get_mut(&message.chat) {
            chat.messages.insert(message.id, message);
        }
    }

    /// A service message by somebody, which the bot is told of too.
    pub(crate) fn announce(&mut self, chat: i64, from: i64, service: (&str, Value)) -> i64 {
        let mut message = self.message(chat, from, Content::default());
        message.service = Some((service.0.to_owned(), service.1));
        let told = self.told(&message, true);
        let id = message.id;
        self.keep(message);
        self.push("message", told);
        id
    }

    /// A message as the platform tells it, with what it answers, once.
    pub(crate) fn told(&self, message: &Message, with_answered: bool) -> Value {
        let mut told = Value::Object(message.fields());
        if let Some(account) = self.account(message.from) {
            told["from"] = account.told();
        }
        let chat = self.chats.get(&message.chat);
        if let Some(chat) = chat {
            told["chat"] = chat.told();
        }
        // What stands in a topic answers the message that made it, unless it answers another one.
        let made = message.thread.filter(|topic| *topic != message.id);
        let answered = message.reply_to.or(made).filter(|_| with_answered);
        let answered = answered.and_then(|id| chat?.messages.get(&id));
        if let Some(answered) = answered.filter(|it| it.deleted_by.is_none()) {
            told["reply_to_message"] = self.told(answered, false);
        }
        told
    }

    /// Queues an update of a kind, when the bot wants it.
    pub(crate) fn push(&mut self, kind: &str, what: Value) {
        let Some(update) = self.updates.make(kind, what) else {
            return;
        };
        self.check_own("Update", &update);
        self.updates.queue(update);
    }

    /// Notes what the fake itself said wrong: a test that asserts no violation finds that too.
    pub(crate) fn check_own(&mut self, name: &str, value: &Value) {
        let kinds = [Kind::Named(name.to_owned())];
        self.check_answer(name, &kinds, value);
    }

    /// The same for the answer to a call.
    pub(crate) fn check_answer(&mut self, of: &str, kinds: &[Kind], value: &Value) {
        let spec = self.spec.clone();
        if let Err(what) = shape::check(&spec, kinds, value, of) {
            self.violate(of, &format!("the fake itself: {what}"));
        }
    }

    pub(crate) fn violate(&mut self, method: &str, what: &str) {
        let at = self.now();
        self.violations.push(Violation {
            at,
            method: method.to_owned(),
            what: what.to_owned(),
        });
    }

    /// A chat in which the bot is and may act.
    ///
    /// # Errors
    /// An unknown chat, one that moved, and one that the bot is not let into are refused.
    pub(crate) fn reach(&self, chat: &Value) -> Result<&Chat, Refusal> {
        let known = chat.as_i64().and_then(|it| self.chats.get(&it));
        let Some(chat) = known else {
            let is_person = chat
                .as_i64()
                .is_some_and(|it| self.people.contains_key(&it));
            return Err(if is_person {
                Refusal::forbidden("bot can't initiate conversation with a user")
            } else {
                Refusal::bad("chat not found")
            });
        };
        if let Some(new) = chat.migrated_to {
            return Err(Refusal {
                parameters: Some(json!({ "migrate_to_chat_id": new })),
                ..Refusal::bad("group chat was upgraded to a supergroup chat")
            });
        }
        match (chat.standing(self.bot.id), chat.kind) {
            (Standing::Kicked, ChatKind::Private) => {
                Err(Refusal::forbidden("bot was blocked by the user"))
            }
            (Standing::Kicked, _) => Err(Refusal::forbidden(format!(
                "bot was kicked from the {} chat",
                chat.word()
            ))),
            (Standing::Left, _) => Err(Refusal::forbidden(format!(
                "bot is not a member of the {} chat",
                chat.word()
            ))),
            _ => Ok(chat),
        }
    }

    /// Counts one message or edit against the limits.
    ///
    /// # Errors
    /// 429 when it is one too many.
    pub(crate) fn take(&mut self, chat: i64) -> Result<(), Refusal> {
        let is_group = self.chats.get(&chat).is_some_and(Chat::is_group);
        let (limits, now) = (self.limits, self.now());
        let taken = self.rates.take(&limits, (chat, is_group), now);
        taken.map_err(Refusal::too_many)
    }
}
