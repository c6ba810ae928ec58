//! What durability costs on SQLite at full sync: `cargo bench -p countersign-store`.
//!
//! Event rows per second with many units in flight; one unit alone beside a bare `fdatasync` of the
//! bytes that it adds to the log; and what a tick persists at 10,000 positions. The file lies in the
//! target directory, so that its disk is measured and no file system in memory.

use std::{
    fs::File,
    io::{Seek, Write},
    path::Path,
    sync::Arc,
};

use countersign_desk::{
    draft::Draft,
    effect::Effect,
    ports::{CardKey, Clock, Instants, PositionSample, Store},
    seen::DeskRow,
    work::{Done, Work},
};
use countersign_domain::{
    event::Fact,
    exit::ExitState,
    ids::{AccountId, DeskId, PositionId, TicketId},
    limits::Limits,
    money::Usd,
    operator::Surface,
    refusal::Answer,
    trading::TradingState,
    view::Mode,
};
use countersign_store::{SqlStore, migrate, sqlite_url};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const DESK: DeskId = DeskId::from_bits(1);
const POSITIONS: u128 = 10_000;

struct Still;

impl Clock for Still {
    fn read(&self) -> Instants {
        Instants {
            wall: Timestamp::UNIX_EPOCH,
            monotonic: SignedDuration::ZERO,
        }
    }
}

/// A unit that notes three events, changes a row and asks for a drawing: what a press does.
struct Press;

impl Work for Press {
    fn desk(&self) -> DeskId {
        DESK
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let ticket = TicketId::from_bits(u128::from(draft.seen().seq));
        for _ in 0..3 {
            draft.note(Fact::TicketExpired(ticket));
        }
        let desk = draft.seen().desk.clone();
        draft.desk(desk);
        draft.perform(Effect::Draw {
            card: CardKey::Ticket(ticket),
            room: Surface::Web.into(),
        });
        Ok(Done::Ok)
    }
}

/// A tick in which the high-water mark of every position moved.
struct HighWater;

impl Work for HighWater {
    fn desk(&self) -> DeskId {
        DESK
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let state = ExitState {
            high_water: Usd::from_micros(1_234_567),
            confirmations: 0,
        };
        for position in 0..POSITIONS {
            draft.exit_state(PositionId::from_bits(position), state);
        }
        Ok(Done::Ok)
    }
}

fn row() -> DeskRow {
    let usd = Usd::from_micros(500_000_000);
    DeskRow {
        id: DESK,
        name: "Bench".to_owned(),
        account: AccountId("PAPER".to_owned()),
        mode: Mode::Paper,
        trading: TradingState::Active,
        wanted: TradingState::Active,
        flat_wanted: false,
        starts: 1,
        started_at: None,
        limits: Limits {
            worst_loss_per_ticket: usd,
            contracts_per_order: 10,
            value_per_order: usd,
            open_positions: 5,
            exposure_per_underlying: usd,
            orders_per_minute: 5,
            orders_per_day: 50,
            daily_loss: usd,
            quote_age_s: 30,
            spread_bps: 1_000,
            drift_bps: 500,
        },
        rooms: vec![Surface::Web.into()],
        moved: std::collections::BTreeMap::new(),
        manners: countersign_desk::manners::AllManners::default(),
        scanning: countersign_domain::scanning::Scanning::default(),
        alerts: countersign_desk::alerts::Alerts::default(),
        let_pass: Vec::new(),
        configured: None,
    }
}

fn folder() -> TempDir {
    TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder in the target directory")
}

async fn store(folder: &TempDir) -> Arc<SqlStore> {
    let url = sqlite_url(&folder.path().join("desk.db"));
    migrate(&url).await.expect("migrations apply");
    let opened = SqlStore::open(&url, Arc::new(Still), "bench".to_owned()).await;
    let store = opened.expect("the store opens");
    store.establish(&row()).await.expect("the desk is there");
    Arc::new(store)
}

fn size(path: &Path) -> u64 {
    path.metadata().expect("the file is there").len()
}

fn group_commit(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let folder = folder();
    let store = runtime.block_on(store(&folder));
    let mut group = criterion.benchmark_group("event rows, group commit");
    group.sample_size(20);
    for units in [10_u64, 100, 1_000] {
        group.throughput(Throughput::Elements(3 * units));
        group.bench_function(format!("{units} units in flight"), |bench| {
            bench.iter(|| {
                let press: Arc<dyn Work> = Arc::new(Press);
                let asked = (0..units).map(|_| store.run(press.clone()));
                for done in runtime.block_on(join_all(asked)) {
                    done.expect("the unit is committed");
                }
            });
        });
    }
    group.finish();
}

fn one_commit(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let folder = folder();
    let store = runtime.block_on(store(&folder));
    let press: Arc<dyn Work> = Arc::new(Press);
    let run = || {
        let done = runtime.block_on(store.run(press.clone()));
        done.expect("the unit is committed");
    };
    let log = folder.path().join("desk.db-wal");
    let before = size(&log);
    run();
    let added = usize::try_from(size(&log) - before).expect("a few pages");
    let mut group = criterion.benchmark_group("one durable commit");
    group.bench_function("a unit alone", |bench| bench.iter(run));
    // As the log does once it has its size: over blocks that are there already.
    let (bytes, room) = (vec![0xA5_u8; added], 512);
    let mut file = File::create(folder.path().join("bare")).expect("a file");
    for _ in 0..room {
        file.write_all(&bytes).expect("room on the disk");
    }
    file.sync_all().expect("a disk that works");
    let mut written = 0;
    group.bench_function(format!("bare fdatasync of {added} bytes"), |bench| {
        bench.iter(|| {
            if written % room == 0 {
                file.rewind().expect("a file that can be written anew");
            }
            written += 1;
            file.write_all(&bytes).expect("room on the disk");
            file.sync_data().expect("a disk that works");
        });
    });
    group.bench_function("read, nothing new", |bench| {
        bench.iter(|| {
            runtime
                .block_on(store.read(DESK))
                .expect("the desk is there")
        });
    });
    group.finish();
}

fn ticks(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let folder = folder();
    let store = runtime.block_on(store(&folder));
    let mut group = criterion.benchmark_group("a tick at 10,000 positions");
    group.sample_size(20);
    let moved: Arc<dyn Work> = Arc::new(HighWater);
    group.bench_function("every high-water mark", |bench| {
        bench.iter(|| {
            let done = runtime.block_on(store.run(moved.clone()));
            done.expect("the unit is committed");
        });
    });
    let mut at = Timestamp::UNIX_EPOCH;
    group.bench_function("a sample of each", |bench| {
        bench.iter(|| {
            at += SignedDuration::from_secs(3);
            let samples: Vec<_> = (0..POSITIONS)
                .map(|position| PositionSample {
                    position: PositionId::from_bits(position),
                    at,
                    unrealised: Usd::from_micros(1_000_000),
                    realised: Usd::ZERO,
                })
                .collect();
            let done = runtime.block_on(store.record(DESK, &samples));
            done.expect("the samples are kept");
        });
    });
    group.finish();
}

criterion_group!(benches, group_commit, one_commit, ticks);
criterion_main!(benches);
