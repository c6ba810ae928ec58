//! The console: what all its pages share.

use std::{
    net::SocketAddr,
    sync::{Arc, Weak},
    time::Duration,
};

use axum::Router;
use countersign_cards::{Language, Locale};
use countersign_desk::{Desk, ports::Clock};
use countersign_domain::operator::Identity;
use secrecy::SecretString;
use tokio::sync::{Notify, watch};

use crate::{
    access::{guard::guarded, hosts::Hosts, seal::Sealer, session::Sessions},
    acts, live,
    live::{hub::Hub, marks::Marks, surface::WebSurface},
    pages,
};

/// What a console is made of.
pub struct ConsoleConfig {
    /// The desk that it shows and presses on.
    pub desk: Arc<Desk>,
    /// The surface that the desk draws on: the same one that stands among its chats.
    pub surface: Arc<WebSurface>,
    /// Who presses here: the one person who can open the links that this process prints. What they
    /// may do is in the desk's allow-list.
    pub identity: Identity,
    /// Where the listener is bound: a loopback address with its port.
    pub address: SocketAddr,
    /// Further names with their port under which a person reaches it, through a tunnel for one.
    pub hosts: Vec<String>,
    /// The machine's own clock, not the desk's: people press in real time, also when the desk's
    /// time is faster or long past.
    pub clock: Arc<dyn Clock>,
    /// 32 bytes from the system's random source.
    pub random: fn() -> [u8; 32],
    /// The language of every page.
    pub language: Language,
}

/// The web console of one desk. Cheap to clone.
#[derive(Clone)]
pub struct Console {
    pub(crate) room: Room,
}

/// What all pages share.
#[derive(Clone)]
pub(crate) struct Room(Arc<Things>);

/// What is in the room.
pub(crate) struct Things {
    pub(crate) desk: Arc<Desk>,
    pub(crate) surface: Arc<WebSurface>,
    pub(crate) identity: Identity,
    pub(crate) address: SocketAddr,
    pub(crate) hosts: Hosts,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: fn() -> [u8; 32],
    pub(crate) locale: Locale,
    pub(crate) sealer: Sealer,
    pub(crate) sessions: Sessions,
    pub(crate) marks: Marks,
    pub(crate) hub: Hub,
    /// Somebody without a session asked for a page.
    pub(crate) knock: Notify,
    /// True once the process is stopping: streams end.
    pub(crate) stopping: watch::Sender<bool>,
}

impl Console {
    /// A console that nobody can open yet: see [`Console::fresh_link`].
    pub fn new(config: ConsoleConfig) -> Self {
        let things = Things {
            hosts: Hosts::new(config.address, &config.hosts),
            sealer: Sealer::new(config.random),
            marks: Marks::new(config.random),
            desk: config.desk,
            surface: config.surface,
            identity: config.identity,
            address: config.address,
            clock: config.clock,
            random: config.random,
            locale: Locale::of(config.language),
            sessions: Sessions::default(),
            hub: Hub::new(),
            knock: Notify::new(),
            stopping: watch::Sender::new(false),
        };
        Self {
            room: Room(Arc::new(things)),
        }
    }

    /// A link that opens one browser, once, to show to the person at the terminal. Every call
    /// makes another one and voids the one before, if that was not used.
    pub fn fresh_link(&self) -> SecretString {
        let token = self.room.sessions.issue(self.room.random);
        format!("http://{}/login?token={token}", self.room.address).into()
    }

    /// Ends when somebody without a session has asked for a page while no link waits to be used:
    /// with a fresh link, to show to the person at the terminal, who is told to look there.
    pub async fn knocked(&self) -> SecretString {
        loop {
            self.room.knock.notified().await;
            if !self.room.sessions.awaits_one() {
                return self.fresh_link();
            }
        }
    }

    /// Every page and act. To be served on `address` alone.
    pub fn router(&self) -> Router {
        let routes = pages::routes().merge(acts::routes()).merge(live::routes());
        guarded(routes, &self.room).with_state(self.room.clone())
    }
}

impl Room {
    /// The sentences.
    pub(crate) fn locale(&self) -> &Locale {
        &self.0.locale
    }

    /// Since when the machine's clock runs: what presses are timed by.
    pub(crate) fn monotonic(&self) -> Duration {
        self.0.clock.read().monotonic.unsigned_abs()
    }

    /// Does not keep the room.
    pub(crate) fn downgrade(&self) -> Weak<Things> {
        Arc::downgrade(&self.0)
    }

    /// The room again, while somebody keeps it.
    pub(crate) fn upgrade(things: &Weak<Things>) -> Option<Self> {
        things.upgrade().map(Self)
    }
}

impl std::ops::Deref for Room {
    type Target = Things;

    fn deref(&self) -> &Things {
        &self.0
    }
}
