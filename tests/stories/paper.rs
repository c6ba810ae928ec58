//! A desk on the real paper account: what its stories are told in.

use std::sync::Arc;

use countersign_app::{clock::ManualClock, ids::SeededIds};
use countersign_brokers::paper::{PaperBroker, PaperConfig};
use countersign_desk::{
    Desk, DeskConfig, Ports,
    desk::Idea,
    ports::Broker,
    press::Press,
    scan::Screening,
    seen::{DeskRow, Seen},
    work::Done,
};
use countersign_domain::{
    exit::ExitPlan,
    ids::{AccountId, DeskId, OperatorId, Revision},
    operator::{Operator, Role, Surface},
    position::Position,
    trading::TradingState,
    view::Mode,
};
use countersign_store::SqlStore;
use countersign_tests::{
    Setup,
    market::Market,
    people::identity,
    place::{Database, Place},
    secs,
};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::scene::monday;

/// The account's name.
const ACCOUNT: &str = "PAPER";

/// One trader, one desk, one paper account.
pub(crate) struct Paper {
    runtime: Runtime,
    folder: TempDir,
    place: Place,
    clock: Arc<ManualClock>,
    ids: Arc<SeededIds>,
    starts: u32,
    running: Option<(Arc<Desk>, Arc<PaperBroker>)>,
    pub(crate) market: Market,
}

impl Paper {
    /// At ten in the morning.
    pub(crate) fn new() -> Self {
        let begin = monday(10, 0);
        let clock = Arc::new(ManualClock::at(begin));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let mut paper = Self {
            runtime,
            folder: tempfile::tempdir().expect("a temporary folder"),
            place: Place::new(Database::Sqlite),
            ids: Arc::new(SeededIds::new(1, clock.clone())),
            clock,
            starts: 0,
            running: None,
            market: Market::new(begin),
        };
        paper.start();
        paper
    }

    /// The process ends without a word.
    pub(crate) fn die(&mut self) {
        self.running = None;
    }

    /// A new process starts.
    pub(crate) fn start(&mut self) {
        self.starts += 1;
        let config = PaperConfig {
            account: ACCOUNT.to_owned(),
            latency_ms: 0,
            ..PaperConfig::default()
        };
        let feed = self.market.feed().clone();
        let clock = self.clock.clone();
        let broker = PaperBroker::open(self.folder.path(), config, feed.clone(), clock.clone());
        let broker = Arc::new(broker.expect("the account opens"));
        let holder = format!("process {}", self.starts);
        let ids = self.ids.clone();
        let (url, port) = (self.place.url().to_owned(), broker.clone());
        let desk = self.runtime.block_on(async {
            let store = SqlStore::open(&url, clock.clone(), holder.clone()).await;
            let ports = Ports {
                broker: port,
                market: feed,
                chats: Vec::new(),
                store: Arc::new(store.expect("the store opens")),
                clock,
                ids,
                news: countersign_desk::news::NewsDesk::default(),
            };
            let desk = Desk::open(configuration(), ports, &holder).await;
            let desk = desk.expect("the desk opens");
            desk.recover().await.expect("it recovers");
            desk
        });
        self.running = Some((desk, broker));
    }

    fn desk(&self) -> Arc<Desk> {
        let (desk, _) = self.running.as_ref().expect("a process runs");
        desk.clone()
    }

    /// It is that time at once; a process that runs does what is due.
    pub(crate) fn at(&self, now: Timestamp) {
        self.clock.set(now);
        self.market.advance(now);
        let Some((desk, _)) = &self.running else {
            return;
        };
        self.runtime.block_on(async {
            desk.hold_lease().await.expect("the lease is ours");
            desk.pump().await.expect("the store answers");
            desk.tick().await.expect("the store answers");
            desk.pump().await.expect("the store answers");
            desk.reconcile().await.expect("the broker answers");
        });
    }

    /// Time passes in looks of 3 s.
    pub(crate) fn wait(&self, time: SignedDuration) {
        let desk = self.desk();
        let end = desk.now() + time;
        while desk.now() < end {
            self.at(desk.now() + secs(3));
        }
    }

    /// Ana proposes, confirms and gets it filled, to be closed by that plan.
    pub(crate) fn enter(&self, idea: Idea, plan: ExitPlan) -> Position {
        let desk = self.desk();
        let before = self.seen();
        let press = || Press {
            who: identity(Surface::Cli, "ana"),
            key: None,
        };
        self.runtime.block_on(async {
            let offered = desk.propose(press(), idea, plan).await;
            let Ok(Done::Ticket(ticket, Revision::FIRST)) = offered else {
                panic!("{offered:?}");
            };
            let confirmed = desk.confirm(press(), ticket, Revision::FIRST).await;
            assert!(confirmed.is_ok(), "{confirmed:?}");
            desk.pump().await.expect("the store answers");
        });
        self.wait(secs(9));
        let seen = self.seen();
        let mut open = seen.open_positions();
        let position = open.find(|one| !before.positions.contains_key(&one.id));
        let position = position.expect("it was filled");
        position.as_ref().clone()
    }

    /// The desk as it is stored.
    pub(crate) fn seen(&self) -> Arc<Seen> {
        let desk = self.desk();
        let seen = self.runtime.block_on(desk.seen());
        seen.expect("the store answers")
    }

    /// A position as it is stored, closed or not.
    pub(crate) fn position(&self, known: &Position) -> Position {
        let desk = self.desk();
        let story = self.runtime.block_on(desk.story(known.ticket));
        let position = story.expect("the store answers").position;
        position.expect("it is stored").as_ref().clone()
    }

    /// What the account says of its cash, in dollars and cents.
    pub(crate) fn cash(&self) -> String {
        let (_, broker) = self.running.as_ref().expect("a process runs");
        let account = self.runtime.block_on(broker.account());
        account.expect("it answers").cash.to_string()
    }

    /// True when the account holds nothing.
    pub(crate) fn is_flat(&self) -> bool {
        let (_, broker) = self.running.as_ref().expect("a process runs");
        let held = self.runtime.block_on(broker.positions());
        held.expect("it answers").is_empty()
    }
}

fn configuration() -> DeskConfig {
    let setup = Setup::default();
    DeskConfig {
        row: DeskRow {
            id: DeskId::from_bits(1),
            name: "Main".to_owned(),
            account: AccountId(ACCOUNT.to_owned()),
            mode: Mode::Paper,
            trading: TradingState::Active,
            wanted: TradingState::Active,
            flat_wanted: false,
            starts: 0,
            started_at: None,
            limits: setup.limits,
            rooms: Vec::new(),
            moved: std::collections::BTreeMap::new(),
            manners: countersign_desk::manners::AllManners::default(),
            scanning: countersign_domain::scanning::Scanning::default(),
            alerts: countersign_desk::alerts::Alerts::default(),
            let_pass: Vec::new(),
            configured: None,
        },
        operators: vec![Operator {
            id: OperatorId::from_bits(1),
            name: "ana".to_owned(),
            role: Role::Trader,
            identities: vec![identity(Surface::Cli, "ana")],
        }],
        settings: setup.settings,
        screening: Screening::default(),
    }
}
