//! Making a world.

use std::sync::Arc;

use countersign_app::{clock::ManualClock, ids::SeededIds};
use countersign_desk::{
    DeskConfig,
    news::{NewsDesk, NewsRules},
    ports::Store,
    scan::Screening,
    seen::DeskRow,
    settings::{DeskSettings, Walk},
};
use countersign_domain::{
    ids::{AccountId, DeskId},
    limits::Limits,
    money::Usd,
    operator::{Role, Surface},
    trading::TradingState,
    view::Mode,
};
use countersign_store::SqlStore;
use jiff::{SignedDuration, Timestamp};

use super::{World, drive::Beats, secs};
use crate::{
    broker::FakeBroker,
    chat::FakeChat,
    faulty::Health,
    journal::Journal,
    market::{Market, acme},
    news::Newsroom,
    people::{PEOPLE, operators},
    place::{Database, Place},
    power::Power,
};

/// What a world is made with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Where all randomness comes from.
    pub seed: u64,
    /// How the desk trades.
    pub settings: DeskSettings,
    /// Its ceilings.
    pub limits: Limits,
    /// Whether the desk and its broker's account trade with real money.
    pub mode: Mode,
    /// Where its cards are shown.
    pub surfaces: Vec<Surface>,
    /// Its allow-list: who, and what they are. Each is known by that name on every surface.
    pub people: Vec<(&'static str, Role)>,
    /// How long the process stays away after a crash. The lease that the dead one left behind is
    /// released: whoever restarts knows that it is dead.
    pub downtime: SignedDuration,
    /// What it does about the news; `None` for a desk that reads none.
    pub news: Option<NewsRules>,
}

impl Default for Setup {
    fn default() -> Self {
        let settings = DeskSettings {
            watchlist: vec![acme()],
            entry_walk: Walk {
                every_s: 6,
                steps: 0,
            },
            exit_walk: Walk {
                every_s: 6,
                steps: 2,
            },
            quiet_minutes: 0,
            ..DeskSettings::default()
        };
        Self {
            seed: 1,
            settings,
            limits: generous(),
            mode: Mode::Paper,
            surfaces: vec![Surface::Web],
            people: PEOPLE.to_vec(),
            downtime: SignedDuration::ZERO,
            news: None,
        }
    }
}

/// Ceilings that a story meets only when it wants to.
fn generous() -> Limits {
    let dollars = |dollars: i64| Usd::from_micros(dollars * 1_000_000);
    Limits {
        worst_loss_per_ticket: dollars(5_000),
        contracts_per_order: 50,
        value_per_order: dollars(20_000),
        open_positions: 20,
        exposure_per_underlying: dollars(50_000),
        orders_per_minute: 100,
        orders_per_day: 1_000,
        daily_loss: dollars(20_000),
        quote_age_s: 30,
        spread_bps: 3_000,
        drift_bps: 1_000,
    }
}

/// 2026-03-02 15:00 UTC, a Monday morning in New York, half an hour into the session.
const BEGIN: i64 = 1_772_463_600;

impl World {
    /// A world on a SQLite file of its own, made with nothing special.
    pub fn new() -> Self {
        Self::with(Setup::default())
    }

    /// A world on a SQLite file of its own.
    pub fn with(setup: Setup) -> Self {
        Self::on(&Arc::new(Place::new(Database::Sqlite)), setup)
    }

    /// A world on a database that others may use as well; its desk is its own.
    pub fn on(place: &Arc<Place>, setup: Setup) -> Self {
        let begin = Timestamp::from_second(BEGIN).expect("in range");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let number = place.next_desk();
        let id = DeskId::from_bits(u128::from(number));
        let clock = Arc::new(ManualClock::at(begin));
        let journal = Arc::new(Journal::new(begin));
        let market = Market::new(begin);
        let account = account(id);
        let broker = FakeBroker::new(account, market.feed().clone(), journal.clone(), begin);
        broker.behave(|manner| manner.mode = setup.mode);
        let chat = |surface: &Surface| Arc::new(FakeChat::new(*surface, journal.clone()));
        let store = open(&runtime, place, &clock, "onlooker");
        let newsroom = Arc::new(Newsroom::default());
        let mut world = Self {
            news: setup
                .news
                .clone()
                .map_or_else(NewsDesk::default, |rules| newsroom.desk(rules)),
            newsroom,
            chats: setup.surfaces.iter().map(chat).collect(),
            ids: Arc::new(SeededIds::new(setup.seed, clock.clone())),
            power: Arc::new(Power::default()),
            health: Arc::new(Health::default()),
            place: place.clone(),
            broker: Arc::new(broker),
            desk: None,
            beats: Beats::default(),
            starts: 0,
            presses: 0,
            tickets: Vec::new(),
            checked: false,
            setup,
            runtime,
            id,
            clock,
            journal,
            store,
            market,
        };
        // Long enough that this start and one that follows a crash are no crash loop.
        world.up();
        let now = begin + secs(120);
        world.around(now);
        world.beat();
        world.journal.begin(now);
        world
    }

    /// What the desk is configured with.
    pub(super) fn config(&self) -> DeskConfig {
        DeskConfig {
            row: DeskRow {
                id: self.id,
                name: "Main".to_owned(),
                account: account(self.id),
                mode: self.setup.mode,
                trading: TradingState::Active,
                wanted: TradingState::Active,
                flat_wanted: false,
                starts: 0,
                started_at: None,
                limits: self.setup.limits.clone(),
                rooms: self.setup.surfaces.iter().map(|it| (*it).into()).collect(),
                moved: std::collections::BTreeMap::new(),
                manners: countersign_desk::manners::AllManners::default(),
                scanning: countersign_domain::scanning::Scanning::default(),
                alerts: countersign_desk::alerts::Alerts::default(),
                let_pass: Vec::new(),
                configured: None,
            },
            operators: operators(self.id.bits(), &self.setup.people),
            settings: self.setup.settings.clone(),
            screening: Screening::default(),
        }
    }

    /// A store on this world's database, as a new process has one.
    pub(super) fn open_store(&self, holder: &str) -> Arc<dyn Store> {
        open(&self.runtime, &self.place, &self.clock, holder)
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

fn account(desk: DeskId) -> AccountId {
    AccountId(format!("PAPER-{}", desk.bits()))
}

fn open(
    runtime: &tokio::runtime::Runtime,
    place: &Place,
    clock: &Arc<ManualClock>,
    holder: &str,
) -> Arc<dyn Store> {
    let opening = SqlStore::open(place.url(), clock.clone(), holder.to_owned());
    Arc::new(runtime.block_on(opening).expect("the store opens"))
}
