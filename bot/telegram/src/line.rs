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
/// platform's: clocks differ.
const OVERALL: Pace = Pace::new(30, Duration::from_millis(1010));

/// Private chats that are remembered, for their budgets.
const PRIVATE: usize = 1_000;

/// Time for a connection, for a call, and for one that listens.
const CONNECT: Duration = Duration::from_secs(5);
pub(crate) const CALL: Duration = Duration::from_secs(10);
const LISTENING: Duration = Duration::from_secs(20);

/// How a call waits until there is room for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    urgent: bool,
    /// What would have to wait for longer is not called.
    patience: Duration,
}

impl Turn {
    /// An answer to a person.
    pub(crate) const ANSWER: Self = Self {
        urgent: false,
        patience: Duration::from_mins(2),
    };

    /// A drawing: it waits no longer than for the message before it, so that nothing that is more
    /// urgent waits behind it.
    pub(crate) const fn drawing(urgent: bool) -> Self {
        Self {
            urgent,
            patience: Duration::from_millis(1500),
        }
    }
}

/// The connection to the Bot API. Cheap to clone.
#[derive(Clone)]
pub struct Line {
    pub(crate) wire: Arc<Wire>,
    pub(crate) rooms: Vec<Arc<TelegramRoom>>,
    private: Arc<Mutex<BTreeMap<i64, Arc<TelegramRoom>>>>,
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
            .timeout(LISTENING)
            // The token stands in every address: it is sent nowhere else.
            .redirect(reqwest_chat::redirect::Policy::none())
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
            private: Arc::default(),
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

    /// What the bot is called, without `@`.
    ///
    /// # Errors
    ///
    /// The fault; ask again.
    pub(crate) async fn name(&self) -> Result<String, Fault> {
        let me = self.wire.called(self.wire.bot.get_me().into_future()).await;
        me.map(|me| me.username().to_owned())
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

    /// Makes a call that counts once both budgets have room. Told to wait by the platform, nothing is
    /// called on that budget until then.
    pub(crate) async fn counted<T>(
        &self,
        budget: &Budget,
        turn: Turn,
        call: impl Future<Output = Result<T, RequestError>>,
    ) -> Result<T, Fault> {
        let begun = self.now();
        let made = loop {
            let now = self.now();
            let pause = self.pause(budget, turn.urgent);
            // Both or none, and when the call is made: what was counted sooner would let the next
            // call come too soon.
            if pause.is_zero()
                && budget.take(now, turn.urgent).is_ok()
                && self.overall.take(now, turn.urgent).is_ok()
            {
                break now;
            }
            if now.saturating_sub(begun) + pause > turn.patience {
                let seconds = pause.as_secs().saturating_add(1);
                return Err(Fault::Wait(u32::try_from(seconds).unwrap_or(u32::MAX)));
            }
            budget::wait(pause).await;
        };
        let answer = self.called(call).await;
        for budget in [budget, &self.overall] {
            budget.answered(made, self.now());
        }
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
        let answer = tokio::time::timeout(CALL, self.listened(call)).await;
        answer.unwrap_or(Err(Fault::Silent))
    }

    /// Makes a call that may take as long as it takes to hear something.
    pub(crate) async fn listened<T>(
        &self,
        call: impl Future<Output = Result<T, RequestError>>,
    ) -> Result<T, Fault> {
        let answer = call.await;
        answer.map_err(|error| fault(&error, self.bot.token()))
    }
}
