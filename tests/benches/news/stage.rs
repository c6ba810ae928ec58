//! The desk of the program on an open day, with its loops.

use std::{fs, path::Path, sync::Arc, time::Duration};

use countersign_app::{
    beats::Beats,
    clock::SystemClock,
    compose::{Parts, paper_desk},
    config::Config,
    ids::SystemIds,
};
use countersign_desk::{
    Desk,
    ports::{Clock, Ids, Instants},
};
use countersign_domain::{instrument::Symbol, money::Price};
use countersign_feeds::{
    Feed as _,
    news::{
        SourceConfig,
        recorded::{Columns, RecordedConfig},
    },
    synthetic::SyntheticMarket,
};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::headlines;

/// How many underlyings are watched.
pub(crate) const UNDERLYINGS: usize = 50;

/// When it begins: 11:30 in New York on a Tuesday.
const START: &str = "2026-03-17T15:30:00Z";
const MARKET: Duration = Duration::from_millis(250);
const MONITOR: Duration = Duration::from_secs(3);

/// A clock that goes as the machine's does, on another day.
struct OtherDay {
    machine: SystemClock,
    start: Timestamp,
}

impl Clock for OtherDay {
    fn read(&self) -> Instants {
        let monotonic = self.machine.read().monotonic;
        Instants {
            wall: self.start + monotonic,
            monotonic,
        }
    }
}

/// The desk, its market and its folder.
pub(crate) struct Stage {
    pub(crate) desk: Arc<Desk>,
    market: Arc<SyntheticMarket>,
    _home: TempDir,
}

impl Stage {
    /// Builds it; nothing was heard and nothing scanned yet.
    pub(crate) async fn build(library: &str) -> Self {
        let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let home = TempDir::new_in(base).expect("a temporary folder");
        let clock: Arc<dyn Clock> = Arc::new(OtherDay {
            machine: SystemClock::start(),
            start: START.parse().expect("a time"),
        });
        let mut config = Config::built_in().expect("defaults");
        let symbols = watch_many(&mut config);
        library.clone_into(&mut config.news.model.library);
        let file = home.path().join("stories.jsonl");
        fs::write(&file, headlines::file(&symbols, clock.now())).expect("a file");
        config.news.sources = vec![recorded(&file)];
        let seed = config.demo.seed;
        let market = SyntheticMarket::new(config.synthetic.clone(), seed, clock.now());
        let market = Arc::new(market.expect("a market"));
        let ids: Arc<dyn Ids> = Arc::new(SystemIds::new(clock.clone()));
        let parts = Parts {
            home: home.path(),
            clock,
            ids,
            market: market.clone(),
            chats: Vec::new(),
            holder: "bench".to_owned(),
        };
        let desk = paper_desk(&config, parts).await.expect("a desk");
        desk.recover().await.expect("recovered");
        Self {
            desk,
            market,
            _home: home,
        }
    }

    /// The loops of a running desk: market and orders, and the monitor. They do not end.
    pub(crate) async fn live<T>(&self) -> T {
        let relay = async {
            let mut beats = Beats::every(MARKET);
            loop {
                tokio::select! {
                    _ = beats.next() => {}
                    () = self.desk.woken() => {}
                }
                self.market.advance(self.desk.now());
                self.desk.pump_orders().await.expect("a store");
            }
        };
        let monitor = async {
            let mut beats = Beats::every(MONITOR);
            loop {
                let skipped = beats.next().await;
                assert_eq!(skipped, 0, "a look of the monitor was skipped");
                self.desk.tick().await.expect("a store");
            }
        };
        let (never, ()): (T, ()) = tokio::join!(relay, monitor);
        never
    }

    /// Stories that were read, and all.
    pub(crate) async fn read(&self) -> (f64, usize) {
        let seen = self.desk.seen().await.expect("a store");
        let all = seen.stories.values();
        let read = all.filter(|it| it.reading.opinion().is_some()).count();
        let read = u32::try_from(read).expect("few");
        (f64::from(read), seen.stories.len())
    }
}

fn recorded(file: &Path) -> SourceConfig {
    SourceConfig::Recorded(RecordedConfig {
        name: "stories".to_owned(),
        path: file.to_string_lossy().into_owned(),
        format: None,
        items: String::new(),
        columns: Columns::default(),
        zone: None,
    })
}

/// Fifty made-up underlyings, all watched.
fn watch_many(config: &mut Config) -> Vec<Symbol> {
    let pattern = config.synthetic.symbols[0].clone();
    let letter = |at: usize| char::from(b'A' + u8::try_from(at).expect("few"));
    let symbols: Vec<Symbol> = (0..UNDERLYINGS)
        .map(|at| format!("{}Q{}X", letter(at / 10), letter(at % 10)))
        .map(|name| name.parse().expect("a symbol"))
        .collect();
    let one = |symbol: &Symbol| {
        let mut one = pattern.clone();
        one.symbol = *symbol;
        one.price = "180".parse::<Price>().expect("a price");
        one
    };
    config.synthetic.symbols = symbols.iter().map(one).collect();
    config.trade.watchlist.clone_from(&symbols);
    symbols
}
