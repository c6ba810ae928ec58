//! The line: one bot, its rooms, and what it may call how often.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use countersign_cards::Locale;
use countersign_chat::{Budget, Pace, budget};
use countersign_desk::ports::{Chat, Clock};
use countersign_domain::operator::Room;
use secrecy::ExposeSecret as _;
use teloxide::{Bot, RequestError, prelude::Requester as _, types::UserId};

use crate::{
    api::{Fault, fault},
    config::{LineError, TelegramConfig},
    room::TelegramRoom,
};

/// Calls of the whole bot; the platform allows 30 in a second. A window is a little longer than the
/// platform's, since calls do not arrive at the pace at which they are made.
const OVERALL: Pace = Pace::new(30, Duration::from_millis(1020));

/// Private chats that are remembered, for their budgets.
const PRIVATE: usize = 1_000;

/// Time for a connection, and for a whole call; a call that listens may take longer than others.
const CONNECT: Duration = Duration::from_secs(5);
const CALL: Duration = Duration::from_secs(20);

/// The connection to the Bot API.
pub struct Line {
    pub(crate) wire: Arc<Wire>,
    pub(crate) rooms: Vec<Arc<TelegramRoom>>,
    private: Mutex<BTreeMap<i64, Arc<TelegramRoom>>>,
}

/// What every room calls through.
pub(crate) struct Wire {
    pub(crate) bot: Bot,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) locale: Arc<Locale>,
    overall: Budget,
}

impl Line {
    /// A line that nobody listens to yet.
    ///
    /// # Errors
    ///
    /// A [`LineError`]; nothing was called.
    pub fn new(config: TelegramConfig) -> Result<Self, LineError> {
        let api = config.api.trim_end_matches('/');
        let address = api.parse().ok();
        let address = address.ok_or_else(|| LineError::Address(config.api.clone()))?;
        let client = teloxide::net::default_reqwest_settings()
            .connect_timeout(CONNECT)
            .timeout(CALL)
            .build()
            .map_err(|error| LineError::Client(error.to_string()))?;
        let bot = Bot::with_client(config.token.expose_secret(), client).set_api_url(address);
        let wire = Arc::new(Wire {
            bot,
            clock: config.clock,
            locale: Arc::new(Locale::of(config.language)),
            overall: Budget::new(vec![OVERALL]),
        });
        let room = |chat: &i64| Arc::new(TelegramRoom::new(*chat, wire.clone()));
        let rooms = config.chats.iter().map(room).collect();
        Ok(Self {
            wire,
            rooms,
            private: Mutex::default(),
        })
    }

    /// The rooms, for the desk to draw in.
    pub fn rooms(&self) -> impl Iterator<Item = Arc<dyn Chat>> {
        let rooms = self.rooms.iter().cloned();
        rooms.map(|room| room as Arc<dyn Chat>)
    }

    /// Rooms have other numbers on the platform than those that they were configured with.
    pub fn moved(&self, moved: &BTreeMap<Room, i64>) {
        for room in &self.rooms {
            if let Some(to) = moved.get(&Chat::room(room.as_ref())) {
                room.is_now(*to);
            }
        }
    }

    /// The private chat of a person. It is no room of the desk's.
    pub(crate) fn private(&self, person: UserId) -> Arc<TelegramRoom> {
        let mut private = self.private.lock().unwrap_or_else(PoisonError::into_inner);
        if private.len() > PRIVATE {
            private.clear();
        }
        let chat = i64::try_from(person.0).unwrap_or_default();
        let room = || Arc::new(TelegramRoom::new(chat, self.wire.clone()));
        private.entry(chat).or_insert_with(room).clone()
    }

    /// What the bot is called, without `@`; waits until the platform says it.
    pub(crate) async fn name(&self) -> String {
        let mut wait = Duration::from_millis(500);
        loop {
            match self.wire.called(self.wire.bot.get_me().into_future()).await {
                Ok(me) => return me.username().to_owned(),
                // Whoever listens finds out as well, and says so.
                Err(Fault::Token | Fault::Conflict) => return String::new(),
                Err(fault) => {
                    tracing::warn!(%fault, "Telegram does not answer; it is tried again");
                    budget::wait(wait).await;
                    wait = (wait * 2).min(Duration::from_secs(30));
                }
            }
        }
    }

    /// The room that a chat is now.
    pub(crate) fn room_of(&self, chat: i64) -> Option<&Arc<TelegramRoom>> {
        self.rooms.iter().find(|room| room.chat() == chat)
    }
}

impl Wire {
    /// The bot itself: its token begins with its number.
    pub(crate) fn me(&self) -> UserId {
        let number = self.bot.token().split(':').next();
        UserId(number.and_then(|it| it.parse().ok()).unwrap_or(0))
    }

    /// Since when the machine's clock runs.
    pub(crate) fn now(&self) -> Duration {
        self.clock.read().monotonic.unsigned_abs()
    }

    /// How long until a call may be made that counts for that budget too.
    pub(crate) fn pause(&self, budget: &Budget, urgent: bool) -> Duration {
        let now = self.now();
        budget
            .pause(now, urgent)
            .max(self.overall.pause(now, urgent))
    }

    /// Makes a call that counts: waits until both budgets have room. Told to wait by the platform,
    /// nothing is called on that budget until then.
    pub(crate) async fn counted<T>(
        &self,
        budget: &Budget,
        urgent: bool,
        call: impl Future<Output = Result<T, RequestError>>,
    ) -> Result<T, Fault> {
        for each in [budget, &self.overall] {
            while let Err(wait) = each.take(self.now(), urgent) {
                budget::wait(wait).await;
            }
        }
        let answer = self.called(call).await;
        if let Err(Fault::Wait(seconds)) = &answer {
            budget.ban(self.now(), Duration::from_secs((*seconds).into()));
        }
        answer
    }

    /// Makes a call that counts for no budget.
    pub(crate) async fn called<T>(
        &self,
        call: impl Future<Output = Result<T, RequestError>>,
    ) -> Result<T, Fault> {
        let answer = call.await;
        answer.map_err(|error| fault(&error, self.bot.token()))
    }
}
