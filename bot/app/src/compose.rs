//! Composition: the only place that picks adapters.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use countersign_brokers::paper::PaperBroker;
use countersign_desk::{
    Desk, DeskConfig, Ports,
    ports::{Chat, Clock, Ids, MarketData, Store as _, StoreError},
    seen::DeskRow,
};
use countersign_domain::{ids::DeskId, trading::TradingState};
use countersign_feeds::synthetic::SyntheticMarket;
use countersign_jobs::timetable::Job;
use countersign_store::SqlStore;
use jiff::Timestamp;

use crate::{
    audit::newest, clock::SystemClock, config::Config, home, ids::random, newsroom::newsroom,
};

/// What a desk is composed of beside its configuration.
pub struct Parts<'a> {
    /// Where all state is.
    pub home: &'a Path,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// New ids.
    pub ids: Arc<dyn Ids>,
    /// Quotes.
    pub market: Arc<dyn MarketData>,
    /// Where cards are shown.
    pub chats: Vec<Arc<dyn Chat>>,
    /// What this process is called among others.
    pub holder: String,
}

/// The folder that holds all state: the given one, or the platform's data directory.
///
/// # Errors
///
/// When neither is known.
pub fn home_of(given: Option<&Path>) -> Result<PathBuf> {
    if let Some(home) = given {
        return Ok(home.to_owned());
    }
    let dirs = directories::ProjectDirs::from("", "", "countersign");
    let dirs =
        dirs.context("no data directory is known on this system; give one with --home DIR")?;
    Ok(dirs.data_dir().to_owned())
}

/// Where the store is: the configured database, or SQLite in the home folder.
pub fn store_url(config: &Config, home: &Path) -> String {
    if config.store.url.is_empty() {
        countersign_store::sqlite_url(&home.join("countersign.db"))
    } else {
        config.store.url.clone()
    }
}

/// How far a desk had come when this process began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// Its newest sequence number; 0 when it is new.
    pub seq: u64,
    /// The newest time that its store knows of.
    pub at: Timestamp,
    /// When it was set up; `None` when it is new.
    pub first: Option<Timestamp>,
}

/// How far the desk of this configuration had come in its store, which is made when it is not there.
///
/// # Errors
///
/// What could not be opened or read, and why.
pub async fn seen_before(config: &Config, home: &Path) -> Result<Before> {
    home::make(home)?;
    let url = store_url(config, home);
    countersign_store::migrate(&url).await?;
    let clock = Arc::new(SystemClock::start());
    let store = SqlStore::open(&url, clock, "reader".to_owned()).await?;
    let desk = config.desk_id();
    let mut before = Before {
        seq: 0,
        at: Timestamp::MIN,
        first: None,
    };
    if !store.desks().await?.contains(&desk) {
        return Ok(before);
    }
    before.seq = store.read(desk).await?.seq;
    let first = store.events(desk, 0, 1).await?;
    before.first = first.first().map(|event| event.event.at);
    before.at = newest_time(&store, desk).await?;
    Ok(before)
}

/// The newest time that a desk's store knows of; the beginning of time for a desk without an event.
///
/// # Errors
///
/// [`StoreError`]; ask again.
pub async fn newest_time(store: &SqlStore, desk: DeskId) -> Result<Timestamp, StoreError> {
    let newest = newest(store, desk).await?;
    let mut at = newest.map_or(Timestamp::MIN, |event| event.event.at);
    for job in Job::ALL {
        let slot = store.last_slot(desk, job.name()).await?;
        at = at.max(slot.unwrap_or(Timestamp::MIN));
    }
    Ok(at)
}

/// Every desk of a store with its name.
///
/// # Errors
///
/// [`StoreError`]; ask again.
pub async fn desks_of(store: &SqlStore) -> Result<Vec<(DeskId, String)>, StoreError> {
    let mut desks = Vec::new();
    for desk in store.desks().await? {
        // A desk whose rows cannot be read has no name, and is there all the same.
        let seen = store.read(desk).await;
        let name = seen.map_or_else(|_| "unreadable".to_owned(), |seen| seen.desk.name.clone());
        desks.push((desk, name));
    }
    Ok(desks)
}

/// The names of desks, as a sentence ends with them: `"desk", "other"`, or `none`.
pub fn names(desks: &[(DeskId, String)]) -> String {
    let names: Vec<_> = desks.iter().map(|(_, name)| format!("{name:?}")).collect();
    if names.is_empty() {
        return "none".to_owned();
    }
    names.join(", ")
}

/// Passes when the synthetic market, the only one that a desk runs on, has everything on the
/// watchlist.
///
/// # Errors
///
/// A symbol that it does not have, and what to do.
pub fn check_watchlist(config: &Config) -> Result<()> {
    let known = |wanted| {
        let mut symbols = config.synthetic.symbols.iter();
        symbols.any(|one| one.symbol == wanted)
    };
    if let Some(stranger) = config.trade.watchlist.iter().find(|one| !known(**one)) {
        bail!(
            "trade.watchlist names {stranger}, which the synthetic market does not have; take it off the list, or describe it in synthetic.symbols"
        );
    }
    Ok(())
}

/// The synthetic market, which has everything on the watchlist.
///
/// # Errors
///
/// Those of [`check_watchlist`], and settings that make no sense.
pub fn synthetic_market(
    config: &Config,
    seed: u64,
    first: Timestamp,
) -> Result<Arc<SyntheticMarket>> {
    check_watchlist(config)?;
    let market = SyntheticMarket::new(config.synthetic.clone(), seed, first)?;
    Ok(Arc::new(market))
}

/// A desk with a paper account, its database migrated.
///
/// # Errors
///
/// What could not be opened, and why.
pub async fn paper_desk(config: &Config, with: Parts<'_>) -> Result<Arc<Desk>> {
    home::make(with.home)?;
    let url = store_url(config, with.home);
    countersign_store::migrate(&url).await?;
    let store = SqlStore::open(&url, with.clock.clone(), with.holder.clone()).await?;
    let broker = PaperBroker::open(
        with.home,
        config.paper.clone(),
        with.market.clone(),
        with.clock.clone(),
    )?
    .marked(u128::from_le_bytes(random()))?;
    let rooms = with.chats.iter().map(|chat| chat.room()).collect();
    let row = DeskRow {
        id: config.desk_id(),
        name: config.desk.name.clone(),
        account: config.account(),
        mode: Config::mode(),
        trading: TradingState::Active,
        wanted: TradingState::Active,
        flat_wanted: false,
        starts: 0,
        started_at: None,
        limits: config.limits.clone(),
        rooms,
        moved: std::collections::BTreeMap::new(),
        manners: countersign_desk::manners::AllManners::default(),
        scanning: countersign_domain::scanning::Scanning::default(),
        alerts: countersign_desk::alerts::Alerts::default(),
        let_pass: Vec::new(),
        configured: None,
    };
    let desk_config = DeskConfig {
        row,
        operators: config.operators(),
        settings: config.trade.clone(),
        screening: config.signals.clone(),
    };
    let news = newsroom(config, with.home, with.clock.clone())?;
    let ports = Ports {
        broker: Arc::new(broker),
        market: with.market,
        chats: with.chats,
        store: Arc::new(store),
        clock: with.clock,
        ids: with.ids,
        news,
    };
    Ok(Desk::open(desk_config, ports, &with.holder).await?)
}
