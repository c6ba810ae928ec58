//! A desk with its surfaces in this process: what `demo` and `run` share.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use countersign_cards::{Locale, terminal as words};
use countersign_desk::{
    Desk,
    ports::{Chat, Clock, Ids, MarketData, StoreError},
};
use countersign_domain::operator::{Identity, Surface};
use countersign_web::{Console, ConsoleConfig, WebSurface};
use secrecy::ExposeSecret;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{
    audit,
    clock::SystemClock,
    compose::{Parts, paper_desk},
    config::Config,
    ids::random,
    platforms::{Platforms, Running},
    terminal::Terminal,
};

/// A desk with its surfaces.
pub struct Session {
    /// The desk.
    pub desk: Arc<Desk>,
    /// The terminal.
    pub terminal: Arc<Terminal>,
    console: Option<Served>,
    platforms: Running,
    home: PathBuf,
}

struct Served {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// What a session is made of beside its configuration.
pub struct Materials {
    /// The desk's time.
    pub clock: Arc<dyn Clock>,
    /// New ids.
    pub ids: Arc<dyn Ids>,
    /// Quotes.
    pub market: Arc<dyn MarketData>,
    /// What this process is called among others.
    pub holder: String,
    /// Events up to this sequence number were told by the process before.
    pub told: u64,
    /// True where keys are read and somebody may press them: they are told which.
    pub keys: bool,
}

/// A desk that could start: everything that is its own to refuse has been asked, so that a refused
/// start is none, and does not count as one that crashed.
pub struct Ready {
    /// The desk, not yet recovered.
    pub desk: Arc<Desk>,
    terminal: Arc<Terminal>,
    door: Option<Door>,
    platforms: Platforms,
    name: String,
    home: PathBuf,
    keys: bool,
}

/// Where the console will be.
struct Door {
    listener: TcpListener,
    surface: Arc<WebSurface>,
}

impl Ready {
    /// Opens the desk and takes the console's port.
    ///
    /// # Errors
    ///
    /// What could not be opened, and what to do. No start was counted.
    pub async fn open(config: &Config, home: &Path, with: Materials) -> Result<Self> {
        let terminal = Arc::new(Terminal::after(with.told, config.desk.language));
        let web = Arc::new(WebSurface::new());
        let mut chats: Vec<Arc<dyn Chat>> = vec![terminal.clone()];
        if config.web.enabled {
            chats.push(web.clone());
        }
        let machine: Arc<dyn Clock> = Arc::new(SystemClock::start());
        let platforms = Platforms::open(config, home, &machine).await?;
        chats.extend(platforms.rooms());
        let parts = Parts {
            home,
            clock: with.clock,
            ids: with.ids,
            market: with.market,
            chats,
            holder: with.holder,
        };
        let desk = paper_desk(config, parts).await?;
        let door = if config.web.enabled {
            Some(Door {
                listener: listen(config.web.port).await?,
                surface: web,
            })
        } else {
            None
        };
        Ok(Self {
            desk,
            terminal,
            door,
            platforms,
            name: config.desk.name.clone(),
            home: home.to_owned(),
            keys: with.keys,
        })
    }

    /// Recovers the desk and brings up its surfaces.
    ///
    /// # Errors
    ///
    /// What could not be recovered or shown. What was recovered is left by a clean end.
    pub async fn start(self) -> Result<Session> {
        let desk = self.desk.clone();
        desk.recover().await?;
        let shown = self.show().await;
        if shown.is_err() {
            // The first error tells more than a second one of the same store.
            let _ = desk.stop().await;
        }
        shown
    }

    async fn show(self) -> Result<Session> {
        let Self {
            desk,
            terminal,
            door,
            platforms,
            name,
            home,
            keys,
        } = self;
        terminal.print(&words::begun(&name, terminal.locale()));
        let console = match door {
            Some(door) => Some(serve(door, desk.clone(), &terminal)?),
            None => None,
        };
        if keys {
            terminal.print(&words::keys(terminal.locale()));
        }
        terminal.feed(&desk).await?;
        terminal.show_offered(&desk).await?;
        let locale = Locale::of(terminal.locale().language());
        let platforms = platforms.start(&desk, locale).await?;
        Ok(Session {
            desk,
            terminal,
            console,
            platforms,
            home,
        })
    }
}

impl Session {
    /// Opens the desk, recovers it, and brings up its surfaces.
    ///
    /// # Errors
    ///
    /// Those of [`Ready::open`] and [`Ready::start`].
    pub async fn open(config: &Config, home: &Path, with: Materials) -> Result<Self> {
        Ready::open(config, home, with).await?.start().await
    }

    /// Stops the console and hears no platform: nobody presses there any more.
    pub async fn hang_up(&mut self) {
        self.platforms.hang_up().await;
        if let Some(served) = self.console.take() {
            // The receiver is gone when the console already ended.
            let _ = served.stop.send(());
            let _ = served.task.await;
        }
    }

    /// Stops the console, says what is left, and marks a clean end.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the next start counts as one after a crash.
    pub async fn close(mut self) -> Result<(), StoreError> {
        self.hang_up().await;
        self.terminal.feed(&self.desk).await?;
        let seen = self.desk.seen().await?;
        let (positions, orders) = (seen.open_positions().count(), seen.live_orders().count());
        self.terminal
            .print(&words::left(positions, orders, self.terminal.locale()));
        self.platforms.stop().await;
        self.desk.stop().await?;
        let store = self.desk.store().as_ref();
        if let Err(error) = audit::anchor_newest(&self.home, store, self.desk.id()).await {
            tracing::error!(%error, "the end of the audit chain was not noted beside the database");
        }
        self.terminal.flush();
        Ok(())
    }
}

async fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port))
        .await
        .with_context(|| {
            format!(
                "the console's port {port} is taken; set web.port to a free one, or to 0 for any"
            )
        })
}

fn serve(door: Door, desk: Arc<Desk>, terminal: &Arc<Terminal>) -> Result<Served> {
    let Door { listener, surface } = door;
    let console = Console::new(ConsoleConfig {
        desk,
        surface,
        identity: Identity {
            surface: Surface::Web,
            user: "console".to_owned(),
        },
        address: listener.local_addr()?,
        hosts: Vec::new(),
        clock: Arc::new(SystemClock::start()),
        random,
        language: terminal.locale().language(),
    });
    let link = console.fresh_link();
    terminal.print(&words::console(link.expose_secret(), terminal.locale()));
    let (stop, stopped) = oneshot::channel::<()>();
    let knocks = show_links(console.clone(), terminal.clone());
    let task = tokio::spawn(async move {
        let stopped = async {
            let _ = stopped.await;
        };
        tokio::select! {
            () = knocks => {}
            served = countersign_web::serve(listener, console, stopped) => {
                if let Err(error) = served {
                    tracing::error!(%error, "the web console ended");
                }
            }
        }
    });
    Ok(Served { stop, task })
}

/// Shows a fresh link whenever a browser without a session knocks.
async fn show_links(console: Console, terminal: Arc<Terminal>) {
    loop {
        let link = console.knocked().await;
        terminal.print(&words::console(link.expose_secret(), terminal.locale()));
    }
}
