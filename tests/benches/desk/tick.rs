//! A whole tick of a desk that holds 10,000 positions: with nothing to write, and with everything.

use std::sync::Arc;

use countersign_domain::{exit::ExitState, instrument::Instrument, money::Usd};
use criterion::{Criterion, SamplingMode};

use crate::{
    gauge::{Reading, Samples, figure},
    ground::Ground,
    holdings::{POSITIONS, SPOT, book},
};

/// Positions that are written by one unit.
const AT_ONCE: usize = 500;

/// Runs them.
pub(crate) fn benches(c: &mut Criterion) {
    let ground = holding();
    let Ground { runtime, desk, .. } = &ground;
    let tick = || runtime.block_on(desk.tick()).expect("a tick");
    tick();
    let mut group = c.benchmark_group("tick");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.bench_function("10,000 positions, nothing to write", |b| b.iter(tick));
    group.bench_function("10,000 exit states written", |b| {
        b.iter_custom(|count| {
            let times = (0..count).map(|_| {
                stir(&ground);
                let before = Reading::now();
                tick();
                Reading::now().wall_since(before)
            });
            times.sum()
        });
    });
    group.bench_function("10,000 samples recorded", |b| {
        b.iter(|| {
            ground.clock.advance(jiff::SignedDuration::from_millis(1));
            runtime.block_on(desk.sample()).expect("samples");
        });
    });
    group.finish();
    medians(&ground);
}

fn medians(ground: &Ground) {
    let Ground { runtime, desk, .. } = ground;
    let (mut idle, mut writing, mut read) = Default::default();
    let timed = |samples: &mut Samples, act: &dyn Fn()| {
        let before = Reading::now();
        act();
        samples.add(Reading::now().wall_since(before));
    };
    for _ in 0..15 {
        let tick = || runtime.block_on(desk.tick()).expect("a tick");
        timed(&mut idle, &tick);
        stir(ground);
        timed(&mut writing, &tick);
        timed(&mut read, &|| {
            runtime.block_on(desk.seen()).expect("a desk");
        });
    }
    let mut sampled = Samples::default();
    for _ in 0..15 {
        ground.clock.advance(jiff::SignedDuration::from_millis(1));
        timed(&mut sampled, &|| {
            runtime.block_on(desk.sample()).expect("samples");
        });
    }
    figure(
        "tick of 10,000 positions, nothing to write",
        idle.median_us() / 1e3,
        "ms",
    );
    figure(
        "tick of 10,000 positions, all exit states written",
        writing.median_us() / 1e3,
        "ms",
    );
    figure(
        "10,000 history samples recorded",
        sampled.median_us() / 1e3,
        "ms",
    );
    figure("the newest state, read from memory", read.median_us(), "us");
}

/// A desk that holds the large book, every contract and underlying quoted.
fn holding() -> Ground {
    let ground = Ground::new();
    ground.act(|draft| {
        let mut desk = draft.seen().desk.clone();
        desk.rooms.clear();
        draft.desk(desk);
    });
    let book = Arc::new(book());
    for held in book.iter() {
        for (holding, quote) in held.position.holdings.iter().zip(&held.quotes) {
            let quote = quote.expect("a quote");
            ground.market.set_quote(holding.instrument, quote);
            let spot = countersign_domain::money::Price::from_whole(SPOT);
            let stock = Instrument::Equity(held.position.underlying);
            let stock_quote = countersign_domain::quote::Quote {
                bid: spot,
                ask: spot,
                ..quote
            };
            ground.market.set_quote(stock, stock_quote);
        }
    }
    for from in (0..book.len()).step_by(AT_ONCE) {
        let book = book.clone();
        ground.act(move |draft| {
            for held in book.iter().skip(from).take(AT_ONCE) {
                draft.position(held.position.clone());
            }
        });
    }
    let seen = ground.runtime.block_on(ground.desk.seen()).expect("a desk");
    let count = u32::try_from(seen.open_positions().count()).expect("few");
    assert_eq!(count, POSITIONS, "everything is held");
    ground
}

/// Makes every position's remembered state one that the next tick writes anew.
fn stir(ground: &Ground) {
    let seen = ground.runtime.block_on(ground.desk.seen()).expect("a desk");
    let open: Vec<_> = seen.open_positions().map(|position| position.id).collect();
    ground.act(move |draft| {
        for id in &open {
            let state = ExitState {
                high_water: Usd::ZERO,
                confirmations: 1,
            };
            draft.exit_state(*id, state);
        }
    });
}
