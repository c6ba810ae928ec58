//! What the stories are made of: a clock that moves when told, a market that counts its scans, one
//! database, and as many processes on it as a story needs.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use countersign_brokers::paper::{PaperBroker, PaperConfig};
use countersign_desk::{
    Desk, DeskConfig, Ports,
    ports::{Chain, Clock, FeedError, FeedHealth, Ids, Instants, MarketData, StoredEvent},
    scan::Screening,
    seen::DeskRow,
    settings::DeskSettings,
};
use countersign_domain::{
    calendar,
    event::Fact,
    ids::{AccountId, DeskId},
    instrument::{Instrument, Symbol},
    limits::Limits,
    money::Usd,
    quote::{Bar, Quote},
    trading::TradingState,
    view::Mode,
};
use countersign_feeds::scripted::ScriptedMarket;
use countersign_store::{SqlStore, migrate, sqlite_url};
use jiff::{SignedDuration, Timestamp};

use crate::broker::SilentBroker;

/// A Monday morning, 5 s before a scan: 09:34:55 in New York.
const START: &str = "2024-06-03T13:34:55Z";

/// A clock that moves when told.
#[derive(Debug)]
pub(crate) struct ManualClock(AtomicI64);

impl ManualClock {
    /// Sets it.
    pub(crate) fn set(&self, text: &str) {
        let now: Timestamp = text.parse().expect("a time");
        self.0.store(now.as_microsecond(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn read(&self) -> Instants {
        let micros = self.0.load(Ordering::SeqCst);
        Instants {
            wall: Timestamp::from_microsecond(micros).expect("in range"),
            monotonic: SignedDuration::from_micros(micros),
        }
    }
}

struct CountedIds(AtomicU64);

impl Ids for CountedIds {
    fn next(&self) -> u128 {
        u128::from(self.0.fetch_add(1, Ordering::SeqCst))
    }
}

/// A market in which nothing is quoted, that counts who asks for bars: one scan asks once.
pub(crate) struct CountedMarket {
    market: ScriptedMarket,
    /// Scans so far.
    pub(crate) scans: AtomicU64,
    /// The next scan panics.
    pub(crate) panics: AtomicBool,
    /// Scans take until this is taken back.
    pub(crate) stands_still: AtomicBool,
}

#[async_trait]
impl MarketData for CountedMarket {
    fn watch(&self, instruments: &[Instrument]) {
        self.market.watch(instruments);
    }

    fn snapshot(&self, instrument: &Instrument) -> Option<Quote> {
        self.market.snapshot(instrument)
    }

    async fn chain(&self, underlying: Symbol) -> Result<Chain, FeedError> {
        self.market.chain(underlying).await
    }

    async fn bars(&self, underlying: Symbol) -> Result<Vec<Bar>, FeedError> {
        self.scans.fetch_add(1, Ordering::SeqCst);
        assert!(
            !self.panics.swap(false, Ordering::SeqCst),
            "a scan comes to grief, as the story wants it"
        );
        until(async || !self.stands_still.load(Ordering::SeqCst)).await;
        self.market.bars(underlying).await
    }

    fn health(&self) -> FeedHealth {
        self.market.health()
    }
}

/// One database and one broker, for any number of processes.
pub(crate) struct World {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) market: Arc<CountedMarket>,
    pub(crate) broker: Arc<SilentBroker>,
    url: String,
    _folder: tempfile::TempDir,
}

impl World {
    /// A new one.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = sqlite_url(&folder.path().join("desk.db"));
        migrate(&url).await.expect("migrations apply");
        let clock = Arc::new(ManualClock(AtomicI64::new(0)));
        clock.set(START);
        let market = Arc::new(CountedMarket {
            market: ScriptedMarket::new(clock.now()),
            scans: AtomicU64::new(0),
            panics: AtomicBool::new(false),
            stands_still: AtomicBool::new(false),
        });
        let broker = PaperBroker::open(
            folder.path(),
            PaperConfig::default(),
            market.clone(),
            clock.clone(),
        );
        Self {
            clock,
            market,
            broker: Arc::new(SilentBroker {
                broker: Arc::new(broker.expect("the account opens")),
                silent: AtomicU64::new(0),
                asked: AtomicU64::new(0),
            }),
            url,
            _folder: folder,
        }
    }

    /// A process on the database: its desk, over a store of its own.
    pub(crate) async fn process(&self, holder: &str) -> Arc<Desk> {
        let store = SqlStore::open(&self.url, self.clock.clone(), holder.to_owned());
        let store = store.await.expect("the store opens");
        let ports = Ports {
            broker: self.broker.clone(),
            market: self.market.clone(),
            chats: Vec::new(),
            store: Arc::new(store),
            clock: self.clock.clone(),
            ids: Arc::new(CountedIds(AtomicU64::new(1))),
            news: countersign_desk::news::NewsDesk::default(),
        };
        let config = DeskConfig {
            row: row(),
            operators: Vec::new(),
            settings: DeskSettings {
                watchlist: vec!["ACME".parse().expect("a symbol")],
                ..DeskSettings::default()
            },
            screening: Screening::default(),
        };
        let desk = Desk::open(config, ports, holder).await;
        desk.expect("the desk opens")
    }

    /// Scans so far, by all processes.
    pub(crate) fn scans(&self) -> u64 {
        self.market.scans.load(Ordering::SeqCst)
    }
}

fn row() -> DeskRow {
    let dollars = |amount: i64| Usd::from_micros(amount * 1_000_000);
    DeskRow {
        id: DeskId::from_bits(1),
        name: "Desk".to_owned(),
        account: AccountId("paper".to_owned()),
        mode: Mode::Paper,
        trading: TradingState::Active,
        wanted: TradingState::Active,
        flat_wanted: false,
        starts: 0,
        started_at: None,
        limits: Limits {
            worst_loss_per_ticket: dollars(500),
            contracts_per_order: 10,
            value_per_order: dollars(5_000),
            open_positions: 5,
            exposure_per_underlying: dollars(1_000),
            orders_per_minute: 5,
            orders_per_day: 50,
            daily_loss: dollars(1_000),
            quote_age_s: 30,
            spread_bps: 1_000,
            drift_bps: 500,
        },
        rooms: Vec::new(),
        moved: std::collections::BTreeMap::new(),
        manners: countersign_desk::manners::AllManners::default(),
        scanning: countersign_domain::scanning::Scanning::default(),
        alerts: countersign_desk::alerts::Alerts::default(),
        let_pass: Vec::new(),
        configured: None,
    }
}

/// Everything that happened on a desk.
pub(crate) async fn events(desk: &Desk) -> Vec<StoredEvent> {
    let events = desk.store().events(desk.id(), 0, 10_000).await;
    events.expect("the events are read")
}

/// What was reported as missed: job and count, oldest first.
pub(crate) async fn missed(desk: &Desk) -> Vec<(String, u64)> {
    let facts = events(desk).await.into_iter().map(|row| row.event.fact);
    facts
        .filter_map(|fact| match fact {
            Fact::SlotsMissed { job, count } => Some((job, count)),
            _ => None,
        })
        .collect()
}

/// What today's report says was missed.
pub(crate) async fn missed_today(desk: &Desk) -> Vec<(String, u64)> {
    let today = calendar::market_date(desk.now());
    desk.report(today).await.expect("a report").missed
}

/// Waits until something is so, and fails the test when it is not within 20 s.
pub(crate) async fn until<F: Future<Output = bool>>(mut so: impl FnMut() -> F) {
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    for _ in 0..1_000 {
        ticks.tick().await;
        if so().await {
            return;
        }
    }
    panic!("it did not come to be within 20 s");
}

/// Lets so much real time pass, for things that must not happen.
pub(crate) async fn pass(time: Duration) {
    let mut ticks = tokio::time::interval(time);
    ticks.tick().await;
    ticks.tick().await;
}
