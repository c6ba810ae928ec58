//! Rows per second of a replay, and what a synthetic market costs: `cargo bench -p countersign-feeds`.
//!
//! The recorded day is made by hand: 200 contracts with a row in each of 390 minutes, compressed as
//! recorded days are.

use std::{fmt::Write as _, fs::File, hint::black_box, io::Write as _, path::Path};

use countersign_desk::ports::MarketData;
use countersign_domain::{calendar, instrument::Instrument};
use countersign_feeds::{
    Feed,
    replay::{Replay, ReplaySource},
    synthetic::{SyntheticConfig, SyntheticMarket},
};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use futures::executor::block_on;
use jiff::{
    SignedDuration,
    civil::{Date, date},
};
use zip::{ZipWriter, write::SimpleFileOptions};

const DAY: Date = date(2015, 12, 23);
const CONTRACTS: u32 = 200;
const MINUTES: std::ops::Range<u32> = 570..960;

fn zip(path: &Path, members: impl Iterator<Item = (String, String)>) {
    let mut writer = ZipWriter::new(File::create(path).expect("a temporary file"));
    for (name, text) in members {
        let options = SimpleFileOptions::default();
        writer.start_file(name, options).expect("a member");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("a zip");
}

/// The rows of a contract; `number` makes them its own.
fn rows(number: u32) -> String {
    let mut text = String::new();
    for minute in MINUTES {
        let bid = 10_000 + 37 * ((number * 31 + minute * 17) % 997);
        let ask = bid + 100 * (1 + minute % 9);
        let (low, high) = (bid - 50, ask + 50);
        let time = minute * 60_000;
        let size = 1 + (number + minute) % 300;
        writeln!(
            text,
            "{time},{bid},{bid},{low},{bid},{size},{ask},{high},{ask},{ask},{size}"
        )
        .expect("a string");
    }
    text
}

fn record(dir: &Path) -> ReplaySource {
    let mut trades = String::new();
    for minute in MINUTES {
        let time = minute * 60_000;
        writeln!(trades, "{time},7500000,7510000,7490000,7500000,100").expect("a string");
    }
    let name = "20151223_goog_minute_trade.csv".to_owned();
    zip(
        &dir.join("20151223_trade.zip"),
        std::iter::once((name, trades)),
    );
    let members = (0..CONTRACTS).map(|number| {
        let strike = (number + 1) * 50_000;
        let name = format!("20151223_goog_minute_quote_american_call_{strike}_20160115.csv");
        (name, rows(number))
    });
    zip(&dir.join("20151223_quote_american.zip"), members);
    ReplaySource {
        underlying: "GOOG".parse().expect("a symbol"),
        date: DAY,
        bars_dir: dir.to_owned(),
        options_dir: dir.to_owned(),
    }
}

fn replay(c: &mut Criterion) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let source = record(dir.path());
    let mut group = c.benchmark_group("replay");
    group.throughput(Throughput::Elements(u64::from(CONTRACTS) * 390));
    group.bench_function("rows read from zips", |b| {
        b.iter(|| Replay::open(black_box(source.clone())).expect("a day"));
    });

    group.throughput(Throughput::Elements(u64::from(CONTRACTS) * 390));
    group.bench_function("rows seen as chains, minute by minute", |b| {
        let fresh = || Replay::open(source.clone()).expect("a day");
        let day = |replay: Replay| {
            let mut now = replay.session().open;
            while let Some(due) = replay.next_due(now) {
                now = due;
                replay.advance(now);
                black_box(block_on(replay.chain(source.underlying)).expect("a chain"));
            }
        };
        b.iter_batched(fresh, day, BatchSize::LargeInput);
    });
    group.finish();
}

fn synthetic(c: &mut Criterion) {
    let session = calendar::session_on(date(2026, 9, 15)).expect("a session");
    let market = || {
        let config = SyntheticConfig::default();
        SyntheticMarket::new(config, 1, session.open).expect("a market")
    };
    let mut group = c.benchmark_group("synthetic");
    group.bench_function("a session of three symbols", |b| {
        b.iter_batched(
            market,
            |market| market.advance(session.close),
            BatchSize::SmallInput,
        );
    });

    let market = market();
    market.advance(session.open + SignedDuration::from_hours(2));
    let spy = "SPY".parse().expect("a symbol");
    group.bench_function("a chain", |b| {
        b.iter(|| block_on(market.chain(black_box(spy))).expect("a chain"));
    });
    let chain = block_on(market.chain(spy)).expect("a chain");
    let contract = Instrument::Option(chain.quotes[chain.quotes.len() / 2].contract);
    group.bench_function("a quote", |b| {
        b.iter(|| market.snapshot(black_box(&contract)));
    });
    group.finish();
}

criterion_group!(benches, replay, synthetic);
criterion_main!(benches);
