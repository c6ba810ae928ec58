//! A whole desk behind a real console: the real store on SQLite, the real paper account, a scripted
//! market, and time that moves when the test says so.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use countersign_brokers::paper::{PaperBroker, PaperConfig};
use countersign_cards::Language;
use countersign_desk::{
    Desk, DeskConfig, Ports,
    desk::Idea,
    ports::{Clock, Ids, Instants},
    press::Press,
    scan::Screening,
    seen::DeskRow,
    settings::DeskSettings,
    work::Done,
};
use countersign_domain::{
    exit::{ExitPlan, TrailingStop},
    ids::{AccountId, DeskId, OperatorId, Revision, TicketId},
    instrument::{Instrument, OptionContract},
    limits::Limits,
    money::{Contracts, Percent, Price, Usd},
    operator::{Identity, Operator, Role, Surface},
    quote::{Quote, Source},
    structure::{Leg, Side, Structure},
    trading::TradingState,
    view::Mode,
};
use countersign_feeds::{Feed, scripted::ScriptedMarket};
use countersign_store::{SqlStore, migrate, sqlite_url};
use countersign_web::{Console, ConsoleConfig, WebSurface, serve};
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::wire::Wire;

pub(crate) const LOWER: &str = "ACME  261218C00100000";
pub(crate) const UPPER: &str = "ACME  261218C00105000";
/// A Wednesday, 10:30 in New York.
const START: &str = "2026-11-18T15:30:00Z";

/// A clock that a test moves.
pub(crate) struct Hand(Mutex<Instants>);

impl Clock for Hand {
    fn read(&self) -> Instants {
        *self.0.lock().expect("no test panics while it holds this")
    }
}

impl Hand {
    fn at(wall: Timestamp) -> Arc<Self> {
        let monotonic = SignedDuration::from_secs(1);
        Arc::new(Self(Mutex::new(Instants { wall, monotonic })))
    }

    pub(crate) fn advance(&self, by: SignedDuration) {
        let mut both = self.0.lock().expect("no test panics while it holds this");
        both.wall += by;
        both.monotonic += by;
    }
}

/// Ids in their order: 1, 2, 3.
#[derive(Default)]
struct Numbers(AtomicU64);

impl Ids for Numbers {
    fn next(&self) -> u128 {
        u128::from(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

static SECRETS: AtomicU64 = AtomicU64::new(1);

/// 32 bytes that no test has seen before.
fn secret() -> [u8; 32] {
    let mut bytes = [0x5a; 32];
    let next = SECRETS.fetch_add(1, Ordering::Relaxed);
    bytes[..8].copy_from_slice(&next.to_be_bytes());
    bytes
}

/// What a world is made with.
pub(crate) struct Setup {
    pub(crate) desk_name: &'static str,
    /// Who the browser is; `None` for somebody on no list.
    pub(crate) role: Option<Role>,
    pub(crate) name: &'static str,
    pub(crate) second_person_above: Option<Usd>,
    pub(crate) typed_above: Option<Usd>,
    /// Where news comes from, on a desk that reads any.
    pub(crate) wire: Option<Arc<Wire>>,
    pub(crate) language: Language,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            desk_name: "First desk",
            role: Some(Role::Admin),
            name: "Ana",
            second_person_above: None,
            typed_above: None,
            wire: None,
            language: Language::English,
        }
    }
}

/// A desk, its market, and a console that is being served.
pub(crate) struct World {
    pub(crate) clock: Arc<Hand>,
    /// The machine's clock: presses are timed by it.
    pub(crate) machine: Arc<Hand>,
    pub(crate) market: Arc<ScriptedMarket>,
    pub(crate) desk: Arc<Desk>,
    pub(crate) console: Console,
    pub(crate) surface: Arc<WebSurface>,
    pub(crate) port: u16,
    ports: Ports,
    stop: Option<oneshot::Sender<()>>,
    pub(crate) serving: Option<JoinHandle<std::io::Result<()>>>,
    _home: TempDir,
}

pub(crate) fn usd(dollars: i64) -> Usd {
    Usd::from_micros(dollars * 1_000_000)
}

pub(crate) fn price(text: &str) -> Price {
    text.parse().expect("a price")
}

pub(crate) fn option(symbol: &str) -> Instrument {
    Instrument::Option(symbol.parse::<OptionContract>().expect("a symbol"))
}

fn limits() -> Limits {
    Limits {
        worst_loss_per_ticket: usd(1_000),
        contracts_per_order: 10,
        value_per_order: usd(5_000),
        open_positions: 5,
        exposure_per_underlying: usd(3_000),
        orders_per_minute: 10,
        orders_per_day: 50,
        daily_loss: usd(2_000),
        quote_age_s: 20,
        spread_bps: 1_500,
        drift_bps: 1_000,
    }
}

fn operators(setup: &Setup) -> Vec<Operator> {
    let operator = |bits, name: &str, role, surface, user: &str| Operator {
        id: OperatorId::from_bits(bits),
        name: name.to_owned(),
        role,
        identities: vec![Identity {
            surface,
            user: user.to_owned(),
        }],
    };
    let mut all = vec![operator(
        1_002,
        "Ben",
        Role::Trader,
        Surface::Terminal,
        "ben",
    )];
    if let Some(role) = setup.role {
        all.push(operator(1_001, setup.name, role, Surface::Web, "owner"));
    }
    all
}

fn row(setup: &Setup) -> DeskRow {
    DeskRow {
        id: DeskId::from_bits(7),
        name: setup.desk_name.to_owned(),
        account: AccountId("paper".to_owned()),
        mode: Mode::Paper,
        trading: TradingState::Active,
        wanted: TradingState::Active,
        flat_wanted: false,
        starts: 0,
        started_at: None,
        limits: limits(),
        rooms: vec![Surface::Web.into()],
        moved: std::collections::BTreeMap::new(),
        manners: countersign_desk::manners::AllManners::default(),
        scanning: countersign_domain::scanning::Scanning::default(),
        alerts: countersign_desk::alerts::Alerts::default(),
        let_pass: Vec::new(),
        configured: None,
    }
}

fn config(setup: &Setup) -> DeskConfig {
    DeskConfig {
        row: row(setup),
        operators: operators(setup),
        settings: DeskSettings {
            second_person_above: setup.second_person_above,
            typed_above: setup.typed_above,
            watchlist: vec!["ACME".parse().expect("a symbol")],
            ..DeskSettings::default()
        },
        screening: Screening::default(),
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::of(Setup::default()).await
    }

    pub(crate) async fn of(setup: Setup) -> Self {
        let home = TempDir::new().expect("a folder");
        let start: Timestamp = START.parse().expect("a time");
        let (clock, machine) = (Hand::at(start), Hand::at(start));
        let market = Arc::new(ScriptedMarket::new(start));
        let surface = Arc::new(WebSurface::new());
        let paper = PaperConfig::default();
        let broker = PaperBroker::open(home.path(), paper, market.clone(), clock.clone());
        let url = sqlite_url(&home.path().join("desk.db"));
        migrate(&url).await.expect("a database");
        let store = SqlStore::open(&url, clock.clone(), "test".to_owned()).await;
        let ports = Ports {
            broker: Arc::new(broker.expect("an account")),
            market: market.clone(),
            chats: vec![surface.clone()],
            store: Arc::new(store.expect("a store")),
            clock: clock.clone(),
            ids: Arc::new(Numbers::default()),
            news: setup.wire.as_ref().map(Wire::desk).unwrap_or_default(),
        };
        let desk = Desk::open(config(&setup), ports.clone(), "test").await;
        let desk = desk.expect("a desk");
        desk.recover().await.expect("recovered");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let console = Console::new(ConsoleConfig {
            desk: desk.clone(),
            surface: surface.clone(),
            identity: Identity {
                surface: Surface::Web,
                user: "owner".to_owned(),
            },
            address,
            hosts: Vec::new(),
            clock: machine.clone(),
            random: secret,
            language: setup.language,
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async move { drop(stopped.await) };
        let serving = tokio::spawn(serve(listener, console.clone(), stopped));
        let world = Self {
            clock,
            machine,
            market,
            desk,
            console,
            surface,
            port: address.port(),
            ports,
            stop: Some(stop),
            serving: Some(serving),
            _home: home,
        };
        world.quotes("100.50", ("4.10", "4.30"), ("1.80", "1.95"));
        world
    }

    /// Sets the same desk up anew, as an admin would who changes the list of operators.
    pub(crate) async fn configure(&self, setup: &Setup) {
        let opened = Desk::open(config(setup), self.ports.clone(), "test").await;
        let taken = opened.expect("a desk").take().await;
        taken.expect("it may be configured");
    }

    /// Tells the console to stop.
    pub(crate) fn stop(&mut self) {
        drop(self.stop.take());
    }

    pub(crate) fn quote(&self, instrument: Instrument, bid: &str, ask: &str) {
        let quote = Quote {
            bid: price(bid),
            ask: price(ask),
            bid_size: 40,
            ask_size: 35,
            at: self.clock.now(),
            source: Source::Scripted,
        };
        self.market.set_quote(instrument, quote);
    }

    /// Fresh quotes of the shares and both calls.
    pub(crate) fn quotes(&self, spot: &str, lower: (&str, &str), upper: (&str, &str)) {
        self.market.advance(self.clock.now());
        let shares = Instrument::Equity("ACME".parse().expect("a symbol"));
        self.quote(shares, spot, spot);
        self.quote(option(LOWER), lower.0, lower.1);
        self.quote(option(UPPER), upper.0, upper.1);
    }

    /// Lets time pass on both clocks.
    pub(crate) fn pass(&self, seconds: i64) {
        let by = SignedDuration::from_secs(seconds);
        self.clock.advance(by);
        self.machine.advance(by);
        self.market.advance(self.clock.now());
    }

    /// Everything that is due is done, at fresh quotes that let an entry fill.
    pub(crate) async fn settle(&self) {
        for _ in 0..10 {
            self.desk.pump().await.expect("a store");
            self.pass(3);
            self.quotes("100.80", ("4.15", "4.25"), ("1.85", "1.95"));
        }
        self.desk.pump().await.expect("a store");
        self.desk.tick().await.expect("a store");
        self.desk.pump().await.expect("a store");
    }

    pub(crate) fn spread() -> Structure {
        let leg = |symbol, side| Leg {
            instrument: option(symbol),
            side,
            ratio: 1,
        };
        let legs = vec![leg(LOWER, Side::Buy), leg(UPPER, Side::Sell)];
        Structure::new(legs).expect("a spread")
    }

    /// Ben offers a ticket from the terminal.
    pub(crate) async fn offer(&self) -> (TicketId, Revision) {
        self.offer_of(2, "2.45").await
    }

    pub(crate) async fn offer_of(&self, contracts: u32, limit: &str) -> (TicketId, Revision) {
        let plan = ExitPlan {
            profit_target: Some(Percent(60)),
            stop_loss: Some(Percent(50)),
            trail: Some(TrailingStop {
                arm: Percent(40),
                give_back: Percent(20),
            }),
            time_stop: None,
            days_to_expiry: Some(2),
        };
        let idea = Idea {
            structure: Self::spread(),
            contracts: Contracts(contracts),
            limit: price(limit),
        };
        let done = self.desk.propose(ben(), idea, plan).await.expect("offered");
        let Done::Ticket(ticket, revision) = done else {
            panic!("no ticket: {done:?}");
        };
        (ticket, revision)
    }

    /// The token of a fresh link.
    pub(crate) fn token(&self) -> String {
        let link = self.console.fresh_link();
        let (_, token) = link
            .expose_secret()
            .split_once("token=")
            .expect("a link has a token");
        token.to_owned()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

impl World {
    /// A desk that reads what a wire tells.
    pub(crate) async fn reading(wire: &Arc<Wire>, role: Role) -> Self {
        Self::of(Setup {
            wire: Some(wire.clone()),
            role: Some(role),
            ..Setup::default()
        })
        .await
    }

    /// The wire is asked, whatever it said of when.
    pub(crate) async fn hear(&self) {
        self.pass(61);
        self.quotes("100.50", ("4.10", "4.30"), ("1.80", "1.95"));
        self.desk.poll_news().await.expect("a store");
    }
}

/// Ben at the terminal.
pub(crate) fn ben() -> Press {
    Press {
        who: Identity {
            surface: Surface::Terminal,
            user: "ben".to_owned(),
        },
        key: None,
    }
}

/// Long enough for anything on this machine, short enough to notice what hangs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
