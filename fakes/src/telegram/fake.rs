//! A test's handle on the fake.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};

use super::chat::{Chat, ChatKind};
use super::person::Person;
use super::press::{Answer, Press};
use super::records::{Call, Violation};
use super::server::Server;
use super::shared::Shared;
use super::spec::Spec;

/// How long a test waits for something to be seen, unless it says otherwise.
const PATIENCE: Duration = Duration::from_secs(10);

/// A strict fake of the Telegram Bot API. Clones are handles on the same one; it goes down when the last
/// is dropped.
#[derive(Clone, Debug)]
pub struct TelegramFake {
    pub(crate) shared: Arc<Shared>,
    server: Arc<Mutex<Option<Server>>>,
    port: u16,
    patience: Duration,
}

impl TelegramFake {
    /// Starts on a free port of this machine.
    ///
    /// # Panics
    /// When the specification cannot be read; it says which variable to set.
    pub async fn start() -> Self {
        Self::start_on(0).await.expect("a free port")
    }

    /// Starts on a port of this machine; 0 takes a free one.
    ///
    /// # Errors
    /// The port is taken.
    ///
    /// # Panics
    /// As [`Self::start`].
    pub async fn start_on(port: u16) -> io::Result<Self> {
        let spec = Spec::load().unwrap_or_else(|what| panic!("{what}"));
        let shared = Arc::new(Shared::new(spec));
        let server = Server::start(shared.clone(), port).await?;
        Ok(Self {
            shared,
            port: server.port(),
            server: Arc::new(Mutex::new(Some(server))),
            patience: PATIENCE,
        })
    }

    /// Goes down: nobody listens, and every connection is closed.
    pub async fn down(&self) {
        if let Some(server) = self.server.lock().await.take() {
            server.stop().await;
        }
    }

    /// Comes up again on the same port, with everything as it was.
    ///
    /// # Errors
    /// Somebody else took the port meanwhile.
    pub async fn up(&self) -> io::Result<()> {
        let mut server = self.server.lock().await;
        if server.is_none() {
            *server = Some(Server::start(self.shared.clone(), self.port).await?);
        }
        Ok(())
    }

    /// A handle that waits longer or shorter.
    #[must_use]
    pub fn patient(&self, patience: Duration) -> Self {
        Self {
            patience,
            ..self.clone()
        }
    }

    /// The address of the server, to which a client adds `/bot<token>/<method>`.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The bot's token.
    pub fn token(&self) -> String {
        self.shared.quietly(|world| world.token.clone())
    }

    /// The bot's id.
    pub fn bot(&self) -> i64 {
        self.shared.quietly(|world| world.bot.id)
    }

    /// The bot's name, without `@`.
    pub fn bot_name(&self) -> String {
        let name = self.shared.quietly(|world| world.bot.username.clone());
        name.unwrap_or_default()
    }

    /// The time since the fake began, as messages, presses and calls have it.
    pub fn now(&self) -> Duration {
        self.shared.quietly(|world| world.now())
    }

    /// A new person.
    pub fn person(&self, name: &str) -> Person {
        Person {
            fake: self.clone(),
            id: self.shared.change(|world| world.add_person(name)),
        }
    }

    /// The private chat of a person and the bot, as after the person pressed Start.
    pub fn private(&self, person: &Person) -> i64 {
        self.shared.change(|world| world.open_private(person.id));
        person.id
    }

    /// A new group of these people and the bot; the first of them made it.
    pub fn group(&self, title: &str, people: &[&Person]) -> i64 {
        self.chat_of(ChatKind::Group, title, people)
    }

    /// A new supergroup.
    pub fn supergroup(&self, title: &str, people: &[&Person]) -> i64 {
        self.chat_of(ChatKind::Supergroup, title, people)
    }

    /// A new supergroup with topics.
    pub fn forum(&self, title: &str, people: &[&Person]) -> i64 {
        self.chat_of(ChatKind::Forum, title, people)
    }

    fn chat_of(&self, kind: ChatKind, title: &str, people: &[&Person]) -> i64 {
        let people: Vec<i64> = people.iter().map(|it| it.id).collect();
        self.shared
            .change(|world| world.add_group(kind, title, &people))
    }

    /// A chat as it is now.
    ///
    /// # Panics
    /// When there is none of this id.
    #[track_caller]
    pub fn chat(&self, id: i64) -> Chat {
        let chat = self.shared.quietly(|world| world.chats.get(&id).cloned());
        chat.unwrap_or_else(|| panic!("there is no chat {id}"))
    }

    /// Every press so far, with its answer.
    pub fn presses(&self) -> Vec<Press> {
        self.shared.quietly(|world| world.presses.clone())
    }

    /// Every call that was answered or met a fault, in the order of the answers.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.quietly(|world| world.calls.clone())
    }

    /// How many calls were answered with each status; 0 counts those without an answer.
    pub fn counts(&self) -> BTreeMap<u16, usize> {
        let mut counts = BTreeMap::new();
        for call in self.calls() {
            *counts.entry(call.code).or_default() += 1;
        }
        counts
    }

    /// How many calls met a limit of the platform, not counting ordered faults: each could have been
    /// avoided.
    pub fn avoidable_429s(&self) -> usize {
        let met = |it: &&Call| it.code == 429 && !it.ordered;
        self.calls().iter().filter(met).count()
    }

    /// What a correct client never sends, and what the fake itself said wrong.
    pub fn violations(&self) -> Vec<Violation> {
        self.shared.quietly(|world| world.violations.clone())
    }

    /// The updates that wait for the bot.
    pub fn waiting_updates(&self) -> usize {
        self.shared.quietly(|world| world.updates.len())
    }

    /// The list of commands of a scope (`{"type": "default"}`, ...) and a language, empty for all.
    pub fn commands(&self, scope: &Value, language: &str) -> Option<Value> {
        let key = (scope.to_string(), language.to_owned());
        self.shared
            .quietly(|world| world.commands.get(&key).cloned())
    }

    /// Waits until something is to be seen in a chat, and gives it.
    ///
    /// # Panics
    /// When it is not to be seen in time; it tells what is.
    pub async fn until<T>(&self, chat: i64, mut seen: impl FnMut(&Chat) -> Option<T>) -> T {
        let look = || self.shared.quietly(|world| seen(world.chats.get(&chat)?));
        if let Some(seen) = self.watch(look).await {
            return seen;
        }
        let chat = self.chat(chat);
        let told = chat.seen().map(|it| {
            let buttons = it.buttons().into_iter().flatten().map(|it| it.label);
            format!(
                "  {}: {:?} {:?}",
                it.id,
                it.text(),
                buttons.collect::<Vec<_>>()
            )
        });
        let told: Vec<String> = told.collect();
        panic!(
            "not seen within {:?} in chat {}, which shows:\n{}\nviolations: {:?}",
            self.patience,
            chat.id,
            told.join("\n"),
            self.violations(),
        );
    }

    /// Waits until the bot answers a press.
    ///
    /// # Panics
    /// When it does not in time.
    pub async fn until_answered(&self, press: &Press) -> Answer {
        let look = || {
            self.presses()
                .into_iter()
                .find(|it| it.id == press.id)?
                .answer
        };
        let answer = self.watch(look).await;
        answer.unwrap_or_else(|| panic!("no answer within {:?} to {press:?}", self.patience))
    }

    /// Waits until the calls so far are what a test waits for.
    ///
    /// # Panics
    /// When they are not in time.
    pub async fn until_calls(&self, mut seen: impl FnMut(&[Call]) -> bool) {
        let look = || seen(&self.calls()).then_some(());
        let done = self.watch(look).await;
        done.unwrap_or_else(|| {
            panic!("not called within {:?}: {:#?}", self.patience, self.calls())
        });
    }

    /// Waits until the bot has taken and confirmed every update.
    ///
    /// # Panics
    /// When it has not in time.
    pub async fn until_taken(&self) {
        let look = || (self.waiting_updates() == 0).then_some(());
        let done = self.watch(look).await;
        done.unwrap_or_else(|| panic!("{} updates wait", self.waiting_updates()));
    }

    /// Looks at each change until something is seen or the patience is over.
    pub(crate) async fn watch<T>(&self, mut look: impl FnMut() -> Option<T>) -> Option<T> {
        let deadline = Instant::now() + self.patience;
        let mut bell = self.shared.bell();
        loop {
            bell.borrow_and_update();
            if let Some(seen) = look() {
                return Some(seen);
            }
            timeout_at(deadline, bell.changed()).await.ok()?.ok()?;
        }
    }
}
