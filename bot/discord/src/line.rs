//! The line: one bot, its rooms, and what it may call how often.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use countersign_cards::{Card, Locale};
use countersign_chat::{Budget, Pace, budget};
use countersign_desk::ports::{Chat, Clock};
use jiff::{Timestamp, fmt::rfc2822};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use serenity::http::{
    Http, HttpBuilder, LightMethod, Multipart, RatelimitInfo, Ratelimiter, Request, Route,
};
use tokio::sync::{OnceCell, broadcast};

use crate::{
    api::{Fault, fault},
    config::{DiscordConfig, Elsewhere, LineError},
    echo::Echo,
    look::number,
    room::DiscordRoom,
};

/// Calls of the whole bot; the platform allows 50 in a second. A window is a little longer than the
/// platform's: clocks differ.
const OVERALL: Pace = Pace::new(50, Duration::from_millis(1020));

/// Time for a connection, and for a whole call.
const CONNECT: Duration = Duration::from_secs(5);
const CALL: Duration = Duration::from_secs(20);

/// A shorter wait is waited out by the library.
const SHORT: Duration = Duration::from_secs(2);

/// A desk's time that is so near to the machine's is the machine's.
const NEAR: i64 = 60;

/// Waits that are told and not yet heard.
const TOLD: usize = 64;

/// The connection to Discord.
pub struct Line {
    pub(crate) wire: Arc<Wire>,
    pub(crate) rooms: Vec<Arc<DiscordRoom>>,
}

/// What every room calls through.
pub(crate) struct Wire {
    http: Http,
    client: reqwest_chat::Client,
    token: SecretString,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) locale: Arc<Locale>,
    overall: Budget,
    /// What the gateway told of what was posted.
    pub(crate) echo: Echo,
    /// How far the platform's clock is ahead of the machine's, in seconds, as its last answer said.
    ahead: AtomicI64,
    me: OnceCell<u64>,
    waits: broadcast::Sender<RatelimitInfo>,
}

/// One call.
pub(crate) struct Call<'a> {
    pub(crate) method: LightMethod,
    pub(crate) route: Route<'a>,
    pub(crate) body: Option<Value>,
    pub(crate) upload: Option<Multipart>,
    pub(crate) params: Vec<(&'static str, String)>,
}

impl<'a> Call<'a> {
    pub(crate) const fn new(method: LightMethod, route: Route<'a>, body: Value) -> Self {
        Self {
            method,
            route,
            body: Some(body),
            upload: None,
            params: Vec::new(),
        }
    }

    /// A call without a body.
    pub(crate) const fn bare(method: LightMethod, route: Route<'a>) -> Self {
        Self {
            method,
            route,
            body: None,
            upload: None,
            params: Vec::new(),
        }
    }

    fn request(self) -> Request<'a> {
        let mut request = Request::new(self.route, self.method);
        if !self.params.is_empty() {
            request = request.params(Some(self.params));
        }
        if let Some(mut upload) = self.upload {
            upload.payload_json = self.body.map(|body| body.to_string());
            request = request.multipart(Some(upload));
        } else if let Some(body) = self.body {
            request = request.body(Some(body.to_string().into_bytes()));
        }
        request
    }
}

impl Line {
    /// A line that nobody listens to yet.
    ///
    /// # Errors
    ///
    /// A [`LineError`]; nothing was called.
    pub fn new(config: DiscordConfig) -> Result<Self, LineError> {
        let client = client(config.elsewhere.as_ref())?;
        let (waits, _) = broadcast::channel(TOLD);
        let http = http(&client, &config.token, waits.clone());
        let wire = Arc::new(Wire {
            http,
            client,
            token: config.token,
            clock: config.clock,
            locale: Arc::new(Locale::of(config.language)),
            overall: Budget::new(vec![OVERALL]),
            echo: Echo::default(),
            ahead: AtomicI64::new(0),
            me: OnceCell::new(),
            waits,
        });
        let rooms = config.channels.iter().map(|channel| {
            let number = u64::try_from(*channel).ok().filter(|number| *number != 0);
            let number = number.ok_or(LineError::Channel(*channel))?;
            Ok(Arc::new(DiscordRoom::new(*channel, number, wire.clone())))
        });
        let rooms = rooms.collect::<Result<_, _>>()?;
        Ok(Self { wire, rooms })
    }

    /// The rooms, for the desk to draw in.
    pub fn rooms(&self) -> impl Iterator<Item = Arc<dyn Chat>> {
        let rooms = self.rooms.iter().cloned();
        rooms.map(|room| room as Arc<dyn Chat>)
    }
}

fn client(elsewhere: Option<&Elsewhere>) -> Result<reqwest_chat::Client, LineError> {
    let wrong = |error: reqwest_chat::Error| LineError::Client(error.to_string());
    let mut builder = reqwest_chat::Client::builder()
        .use_rustls_tls()
        .connect_timeout(CONNECT)
        .timeout(CALL);
    if let Some(elsewhere) = elsewhere {
        let authority = elsewhere.authority.as_bytes();
        let authority = reqwest_chat::Certificate::from_pem(authority).map_err(wrong)?;
        builder = builder
            .resolve("discord.com", elsewhere.address)
            .add_root_certificate(authority);
    }
    builder.build().map_err(wrong)
}

/// The library's limiter is on: it knows what the platform's headers say. What it is told to wait is
/// told on.
fn http(
    client: &reqwest_chat::Client,
    token: &SecretString,
    waits: broadcast::Sender<RatelimitInfo>,
) -> Http {
    let bearer = format!("Bot {}", token.expose_secret());
    let mut limiter = Ratelimiter::new(client.clone(), bearer);
    limiter.set_ratelimit_callback(Box::new(move |info| {
        // Nobody waits for an answer: nobody needs to know.
        let _ = waits.send(info);
    }));
    HttpBuilder::new(token.expose_secret())
        .client(client.clone())
        .ratelimiter(limiter)
        .build()
}

impl Wire {
    /// The library's own connection, for a client of the gateway.
    pub(crate) fn apart(&self) -> Http {
        HttpBuilder::new(self.token.expose_secret())
            .client(self.client.clone())
            .build()
    }

    /// The token, that no word tells it.
    pub(crate) const fn token(&self) -> &SecretString {
        &self.token
    }

    /// Since when the machine's clock runs.
    pub(crate) fn now(&self) -> Duration {
        self.clock.read().monotonic.unsigned_abs()
    }

    /// How far the platform's clock is ahead of the machine's, in seconds, as its last answer said.
    pub(crate) fn ahead(&self) -> i64 {
        self.ahead.load(Ordering::Relaxed)
    }

    /// The platform's time, Unix seconds.
    pub(crate) fn platform_second(&self) -> i64 {
        self.clock.now().as_second().saturating_add(self.ahead())
    }

    fn note_date(&self, headers: &reqwest_chat::header::HeaderMap) {
        let date = headers.get("date").and_then(|date| date.to_str().ok());
        let read = |date: &str| rfc2822::DateTimeParser::new().parse_timestamp(date).ok();
        if let Some(date) = date.and_then(read) {
            let ahead = date.as_second() - self.clock.now().as_second();
            self.ahead.store(ahead, Ordering::Relaxed);
        }
    }

    /// The bot's own number; asked once.
    pub(crate) async fn me(&self) -> Result<u64, Fault> {
        let asked = || async {
            let call = Call::bare(LightMethod::Get, Route::UserMe);
            let me = self.counted(&[], false, call).await?;
            number(&me["id"]).ok_or_else(|| Fault::Refused("the bot has no id".to_owned()))
        };
        self.me.get_or_try_init(asked).await.copied()
    }

    /// When a card's decision is no longer possible in the machine's time, which a countdown needs:
    /// a demo's desk has a time of its own.
    pub(crate) fn ends(&self, card: &Card, desk: Timestamp) -> Option<i64> {
        let ends = card.countdown?.as_second();
        let apart = self.clock.now().as_second() - desk.as_second();
        Some(if apart.abs() < NEAR {
            ends
        } else {
            ends + apart
        })
    }

    /// How long until a call may be made that counts for all of these budgets.
    pub(crate) fn pause(&self, budgets: &[&Budget], urgent: bool) -> Duration {
        let now = self.now();
        let all = budgets.iter().copied().chain([&self.overall]);
        let pauses = all.map(|budget| budget.pause(now, urgent));
        pauses.max().unwrap_or_default()
    }

    /// Makes a call that counts: waits until the budgets have room. Told to wait by the platform,
    /// nothing is called on them until then.
    pub(crate) async fn counted(
        &self,
        budgets: &[&Budget],
        urgent: bool,
        call: Call<'_>,
    ) -> Result<Value, Fault> {
        let mut taken = Vec::with_capacity(budgets.len() + 1);
        for budget in budgets.iter().copied().chain([&self.overall]) {
            loop {
                let now = self.now();
                match budget.take(now, urgent) {
                    Ok(()) => break taken.push((budget, now)),
                    Err(wait) => budget::wait(wait).await,
                }
            }
        }
        let answer = self.called(call).await;
        for (budget, made) in taken {
            budget.answered(made, self.now());
        }
        if let Err(Fault::Wait(seconds)) = &answer {
            let wait = Duration::from_secs((*seconds).into());
            for budget in budgets {
                budget.ban(self.now(), wait);
            }
        }
        answer
    }

    /// Lets the library make a call of its own, which counts for the whole bot as every other.
    pub(crate) async fn counting<T>(&self, call: impl Future<Output = T>) -> T {
        let made = loop {
            let now = self.now();
            match self.overall.take(now, false) {
                Ok(()) => break now,
                Err(wait) => budget::wait(wait).await,
            }
        };
        let answer = call.await;
        self.overall.answered(made, self.now());
        answer
    }

    /// Makes a call that counts for no budget. A long wait that the platform asks for is not waited
    /// for here.
    pub(crate) async fn called(&self, call: Call<'_>) -> Result<Value, Fault> {
        let path = call.route.path().into_owned();
        let mut waits = self.waits.subscribe();
        let made = async {
            let answer = self.http.request(call.request()).await;
            let answer = answer.map_err(|error| fault(error, self.token.expose_secret()))?;
            self.note_date(answer.headers());
            let unread = |_| Fault::Unreachable("the answer could not be read".to_owned());
            let body = answer.bytes().await.map_err(unread)?;
            if body.is_empty() {
                return Ok(Value::Null);
            }
            let unread = |_| Fault::Unreachable("the answer could not be read".to_owned());
            serde_json::from_slice(&body).map_err(unread)
        };
        let told = async {
            loop {
                match waits.recv().await {
                    Ok(info) => {
                        if info.global {
                            self.overall.ban(self.now(), info.timeout);
                        }
                        if info.timeout >= SHORT && info.path == path {
                            return info;
                        }
                    }
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        tokio::select! {
            biased;
            answer = made => answer,
            info = told => {
                let seconds = info.timeout.as_secs().saturating_add(1);
                Err(Fault::Wait(u32::try_from(seconds).unwrap_or(u32::MAX)))
            }
        }
    }
}
