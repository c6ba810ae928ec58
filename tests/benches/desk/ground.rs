//! A desk on a real disk: SQLite at full sync, a paper account, one operator, a scripted market.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use countersign_brokers::paper::{PaperBroker, PaperConfig};
use countersign_desk::{
    Desk, DeskConfig, Ports,
    draft::Draft,
    ports::{CardKey, Chat, ChatError, Clock, Ids, Instants, MessageRef, Store},
    press::Press,
    scan::Screening,
    seen::DeskRow,
    settings::DeskSettings,
    work::{Done, Work},
};
use countersign_domain::{
    ids::{AccountId, DeskId, OperatorId},
    limits::Limits,
    money::Usd,
    notices::Telling,
    operator::{Identity, Operator, Role, Room, Surface},
    refusal::Answer,
    trading::TradingState,
    view::{Mode, View},
};
use countersign_feeds::scripted::ScriptedMarket;
use countersign_store::{SqlStore, migrate, sqlite_url};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::stopwatch::Stopwatch;

/// The desk.
pub(crate) const DESK: DeskId = DeskId::from_bits(1);

/// 10:00 in New York on a Monday, 2026-03-02.
pub(crate) fn start() -> Timestamp {
    Timestamp::from_second(1_772_463_600).expect("a time")
}

/// A clock that a benchmark sets.
pub(crate) struct SetClock(Mutex<Timestamp>);

impl SetClock {
    /// Moves on.
    pub(crate) fn advance(&self, by: SignedDuration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

impl Clock for SetClock {
    fn read(&self) -> Instants {
        let wall = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Instants {
            wall,
            monotonic: wall.duration_since(start()),
        }
    }
}

/// Ids that count.
struct CountedIds(AtomicU64);

impl Ids for CountedIds {
    fn next(&self) -> u128 {
        (1 << 100) | u128::from(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// A surface that shows everything at once.
struct Wall;

#[async_trait]
impl Chat for Wall {
    fn room(&self) -> Room {
        Room::of(Surface::Terminal)
    }

    async fn draw(
        &self,
        card: CardKey,
        _: &View,
        _: Option<&MessageRef>,
        _: &Telling,
    ) -> Result<MessageRef, ChatError> {
        Ok(MessageRef(card.to_string()))
    }
}

/// A desk and everything under it.
pub(crate) struct Ground {
    /// The runtime that it lives on: several threads, as in the binary.
    pub(crate) runtime: Runtime,
    /// The desk.
    pub(crate) desk: Arc<Desk>,
    /// Its store.
    pub(crate) store: Arc<SqlStore>,
    /// Its market.
    pub(crate) market: Arc<ScriptedMarket>,
    /// Its broker.
    pub(crate) broker: Arc<Stopwatch>,
    /// Its time.
    pub(crate) clock: Arc<SetClock>,
    dir: TempDir,
}

impl Ground {
    /// A new desk with nothing in it.
    pub(crate) fn new() -> Self {
        let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let dir = TempDir::new_in(base).expect("a temporary folder");
        let runtime = Runtime::new().expect("a runtime");
        let clock = Arc::new(SetClock(Mutex::new(start())));
        let market = Arc::new(ScriptedMarket::new(start()));
        let (store, broker, desk) = runtime.block_on(open(dir.path(), &clock, &market));
        Self {
            runtime,
            desk,
            store,
            market,
            broker,
            clock,
            dir,
        }
    }

    /// Where its files lie.
    pub(crate) fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Commits a unit that does as told.
    pub(crate) fn act(&self, act: impl Fn(&mut Draft) + Send + Sync + 'static) {
        let unit = Arc::new(Act(Box::new(act)));
        let done = self.runtime.block_on(self.store.run(unit));
        done.expect("a commit").answer.expect("a yes");
    }
}

async fn open(
    dir: &Path,
    clock: &Arc<SetClock>,
    market: &Arc<ScriptedMarket>,
) -> (Arc<SqlStore>, Arc<Stopwatch>, Arc<Desk>) {
    let url = sqlite_url(&dir.join("desk.db"));
    migrate(&url).await.expect("a new database");
    let opened = SqlStore::open(&url, clock.clone(), "bench".to_owned()).await;
    let store = Arc::new(opened.expect("the database"));
    let config = PaperConfig {
        starting_cash: dollars(1_000_000_000),
        ..PaperConfig::default()
    };
    let account = PaperBroker::open(dir, config, market.clone(), clock.clone());
    let broker = Arc::new(Stopwatch::over(account.expect("an account")));
    let ports = Ports {
        broker: broker.clone(),
        market: market.clone(),
        chats: vec![Arc::new(Wall)],
        store: store.clone(),
        clock: clock.clone(),
        ids: Arc::new(CountedIds(AtomicU64::new(1))),
        news: countersign_desk::news::NewsDesk::default(),
    };
    let desk = Desk::open(config_of_desk(), ports, "bench").await;
    let desk = desk.expect("a desk");
    desk.take().await.expect("it may run");
    (store, broker, desk)
}

fn config_of_desk() -> DeskConfig {
    let operator = Operator {
        id: OperatorId::from_bits(1),
        name: "Ada".to_owned(),
        role: Role::Admin,
        identities: vec![press().who],
    };
    DeskConfig {
        row: DeskRow {
            id: DESK,
            name: "Bench".to_owned(),
            account: AccountId("paper".to_owned()),
            mode: Mode::Paper,
            trading: TradingState::Active,
            wanted: TradingState::Active,
            flat_wanted: false,
            starts: 0,
            started_at: None,
            limits: wide_limits(),
            rooms: vec![Surface::Terminal.into()],
            moved: std::collections::BTreeMap::new(),
            manners: countersign_desk::manners::AllManners::default(),
            scanning: countersign_domain::scanning::Scanning::default(),
            alerts: countersign_desk::alerts::Alerts::default(),
            let_pass: Vec::new(),
            configured: None,
        },
        operators: vec![operator],
        settings: DeskSettings::default(),
        screening: Screening::default(),
    }
}

/// Limits that nothing here comes near.
fn wide_limits() -> Limits {
    Limits {
        worst_loss_per_ticket: dollars(10_000),
        contracts_per_order: 100,
        value_per_order: dollars(100_000),
        open_positions: 100_000,
        exposure_per_underlying: dollars(1_000_000_000),
        orders_per_minute: 1_000_000,
        orders_per_day: 1_000_000,
        daily_loss: dollars(1_000_000_000),
        quote_age_s: 3_600,
        spread_bps: 5_000,
        drift_bps: 5_000,
    }
}

/// A press of the one operator.
pub(crate) fn press() -> Press {
    Press {
        who: Identity {
            surface: Surface::Terminal,
            user: "ada".to_owned(),
        },
        key: None,
    }
}

/// Whole dollars.
pub(crate) fn dollars(amount: i64) -> Usd {
    Usd::from_micros(amount * 1_000_000)
}

/// A unit that does as told.
struct Act(Box<dyn Fn(&mut Draft) + Send + Sync>);

impl Work for Act {
    fn desk(&self) -> DeskId {
        DESK
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        (self.0)(draft);
        Ok(Done::Ok)
    }
}
