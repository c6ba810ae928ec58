//! A strict fake of Discord: REST (v10), gateway and interactions endpoint, over real sockets.
//!
//! It checks every request against the platform's own document (`discord-openapi.json` in the folder that
//! `COUNTERSIGN_TEST_SPECS` names, beside the repository unless set) and against rules which that lacks.
//! What is wrong is refused in the platform's words; what a correct client never sends is listed by
//! [`DiscordFake::violations`]. It is stricter than the platform in one thing: a field that no schema
//! knows is refused instead of ignored.
//!
//! One port serves everything: TLS for `discord.com` by a certificate authority of this run, plain
//! `http://` and `ws://` beside it.
//!
//! ```no_run
//! # async fn story() -> Result<(), Box<dyn std::error::Error>> {
//! use countersign_fakes::discord::DiscordFake;
//!
//! let discord = DiscordFake::start().await?;
//! let alice = discord.add_user("alice");
//! let asked = alice.slash(discord.channel(), "positions", &[])?;
//! let answer = discord.answered(asked, std::time::Duration::from_secs(3)).await?;
//! # Ok(()) }
//! ```

mod clock;
mod control;
mod drive;
mod endpoint;
mod faults;
mod gateway;
mod inject;
mod limits;
mod people;
pub mod permissions;
mod read;
mod record;
mod refusal;
mod render;
mod rest;
mod rules;
mod schema;
mod server;
mod shared;
mod spec;
mod tls;
mod world;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::AbortHandle;

pub use control::router as control;
pub use drive::{DriveError, User};
pub use endpoint::{Delivered, Sealing};
pub use faults::Trouble;
pub use gateway::MESSAGE_CONTENT;
pub use limits::{Allowance, OLD_EDITS};
pub use read::{Button, InteractionSeen, MessageSeen, TimedOut};
pub use record::Request;
pub use refusal::{Refusal, Violation};
pub use tls::Papers;
pub use world::{Attachment, Callback, Deed, Look};

use clock::Clock;
use shared::Shared;
use spec::Spec;
use tls::Tls;
use world::{ChannelKind, Names, World};

/// Why the fake could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The platform's document is not there or cannot be read: set `COUNTERSIGN_TEST_SPECS`.
    #[error("{}: {why} (COUNTERSIGN_TEST_SPECS names the folder of platforms' documents)", path.display())]
    Specs {
        /// Where it was looked for.
        path: PathBuf,
        /// What went wrong.
        why: String,
    },
    /// No certificate could be made.
    #[error("no certificate: {0}")]
    Tls(String),
    /// No port could be had.
    #[error("no port: {0}")]
    Bind(#[from] std::io::Error),
    /// A fault was to be injected into an operation that the platform does not have.
    #[error("the platform has no operation {0}")]
    Operation(String),
}

/// How a fake starts.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where it listens; port 0 takes a free one.
    pub addr: SocketAddr,
    /// The bot's token, without `Bot `.
    pub token: String,
    /// The gateway's address as the platform tells it; `ws://` to this fake unless set.
    pub gateway_url: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            // The shape of a bot's token: its id, when, and a signature.
            token: "MTIzNDU2Nzg5MDEyMzQ1Njc4.GfAkEd.not-a-token-of-the-real-platform-xyz"
                .to_owned(),
            gateway_url: None,
        }
    }
}

/// A running fake of Discord with one guild and one channel. It ends when it is dropped.
pub struct DiscordFake {
    shared: Arc<Shared>,
    addr: SocketAddr,
    tls: Tls,
    serving: Mutex<Option<AbortHandle>>,
    guild: u64,
    channel: u64,
}

impl DiscordFake {
    /// Starts on a free port.
    ///
    /// # Errors
    ///
    /// The platform's document is missing, or there is no port.
    pub async fn start() -> Result<Self, StartError> {
        Self::start_with(Options::default()).await
    }

    /// Starts as told.
    ///
    /// # Errors
    ///
    /// The platform's document is missing, or there is no such port.
    pub async fn start_with(options: Options) -> Result<Self, StartError> {
        let (spec, tls, clock) = (Spec::load()?, Tls::new()?, Arc::new(Clock::start()));
        let public_key = hex::encode(
            endpoint::signing_key(&options.token)
                .verifying_key()
                .as_bytes(),
        );
        let names = Names {
            bot: "countersign".to_owned(),
            token: options.token,
            public_key,
        };
        let mut world = World::new(Arc::clone(&clock), names);
        let guild = world.add_guild("Trading floor");
        let channel = world.add_channel(guild, "desk", ChannelKind::Text);
        let listener = server::bind(options.addr).await?;
        let addr = listener.local_addr()?;
        world.gateway_url = options
            .gateway_url
            .unwrap_or_else(|| format!("ws://{addr}"));
        let shared = Arc::new(Shared::new(spec, clock, world));
        let serving = Mutex::new(Some(server::serve(listener, &shared, &tls.acceptor)));
        Ok(Self {
            shared,
            addr,
            tls,
            serving,
            guild,
            channel,
        })
    }

    /// Where it listens: what `discord.com` is resolved to.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The base of plain REST: `http://127.0.0.1:port/api/v10`.
    pub fn base_url(&self) -> String {
        format!("http://{}/api/v10", self.addr)
    }

    /// The plain gateway: `ws://127.0.0.1:port`.
    pub fn gateway_url(&self) -> String {
        format!("ws://{}", self.addr)
    }

    /// The certificate that a client has to trust, as PEM.
    pub fn ca_pem(&self) -> &str {
        &self.tls.ca_pem
    }

    /// The bot's token.
    pub fn token(&self) -> String {
        self.shared.world().token.clone()
    }

    /// The application's id, which is the bot's too.
    pub fn application(&self) -> u64 {
        self.shared.world().application
    }

    /// The key by which the platform signs what it posts, as hexadecimal digits.
    pub fn public_key(&self) -> String {
        self.shared.world().public_key.clone()
    }

    /// The guild that is there from the start.
    pub fn guild(&self) -> u64 {
        self.guild
    }

    /// The channel that is there from the start.
    pub fn channel(&self) -> u64 {
        self.channel
    }

    /// Goes down: every connection ends, and nobody can connect.
    pub fn go_down(&self) {
        if let Some(serving) = self.serving().take() {
            serving.abort();
        }
        self.shared
            .up
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Comes up again on the same port. Sessions of the gateway can be resumed.
    ///
    /// # Errors
    ///
    /// Somebody else took the port.
    pub async fn come_up(&self) -> Result<(), StartError> {
        let listener = server::bind(self.addr).await?;
        *self.serving() = Some(server::serve(listener, &self.shared, &self.tls.acceptor));
        Ok(())
    }

    fn serving(&self) -> std::sync::MutexGuard<'_, Option<AbortHandle>> {
        self.serving.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for DiscordFake {
    fn drop(&mut self) {
        self.go_down();
    }
}
