//! The web console: server-rendered pages, live by server-sent events.
//!
//! # How it is put together
//!
//! ```no_run
//! # use std::sync::Arc;
//! # use countersign_desk::{Desk, DeskConfig, Ports, ports::Clock};
//! # use countersign_cards::Language;
//! # use countersign_domain::operator::{Identity, Surface};
//! # use countersign_web::{Console, ConsoleConfig, WebSurface, serve};
//! # async fn compose(
//! #     mut ports: Ports,
//! #     config: DeskConfig,
//! #     machine_clock: Arc<dyn Clock>,
//! #     random: fn() -> [u8; 32],
//! #     stopped: impl Future<Output = ()> + Send + 'static,
//! #     show_at_terminal: fn(secrecy::SecretString),
//! # ) -> Result<(), Box<dyn std::error::Error>> {
//! // The surface first: the desk draws on it. `config.row.rooms` has to name `Surface::Web`.
//! let surface = Arc::new(WebSurface::new());
//! ports.chats.push(surface.clone());
//! let desk = Desk::open(config, ports, "this process").await?;
//!
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! let console = Console::new(ConsoleConfig {
//!     desk,
//!     surface,
//!     identity: Identity {
//!         surface: Surface::Web,
//!         user: "owner".to_owned(),
//!     },
//!     address: listener.local_addr()?,
//!     hosts: Vec::new(),
//!     clock: machine_clock,
//!     random,
//!     language: Language::English,
//! });
//! // Opens one browser, once; a fresh one is shown whenever a browser without a session knocks.
//! show_at_terminal(console.fresh_link());
//! let door = console.clone();
//! tokio::spawn(async move {
//!     loop {
//!         show_at_terminal(door.knocked().await);
//!     }
//! });
//! serve(listener, console, stopped).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Who gets in
//!
//! Any page on the web can post to a loopback port, and any name can be made to point there. So a
//! request counts only when its `Host` is one of ours; a `POST` needs the same name as its `Origin`
//! besides, a session, and a seal: a keyed hash over session, act, subject, revision and a nonce that
//! works once. A session begins with the token of [`Console::fresh_link`], which works once. `GET`
//! never changes anything. No policy that the pages send lets a browser run or load anything that is
//! not in this crate's `assets`.
//!
//! # How pages live
//!
//! A page is made of parts with ids. While somebody watches, the parts are rendered once a second and
//! at each drawing of the desk, and those that changed are sent to every viewer; what differs from
//! viewer to viewer (seals, the time that is left) stands in them as a mark that is filled in at the
//! end. Without JavaScript everything essential works as plain forms.
//!
//! The desk holds all rules and rights; `countersign_cards` all sentences. This crate has neither.

mod access;
mod acts;
mod console;
mod fault;
mod live;
mod pages;
pub mod preview;
mod serve;

pub use console::{Console, ConsoleConfig};
pub use live::surface::WebSurface;
pub use serve::serve;
