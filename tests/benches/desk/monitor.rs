//! The pure part of the monitor: from quotes and positions to marks, Greeks, profit and verdicts.

use std::hint::black_box;

use countersign_desk::{
    greeks,
    monitor::{
        marks::{Belief, Marked},
        rules::{self, Sight, Verdict},
    },
};
use countersign_domain::{
    calendar,
    exit::ExitState,
    money::Price,
    quote::{Mark, Quote},
    view::PositionGreeks,
};
use criterion::{Criterion, Throughput};
use jiff::SignedDuration;

use crate::{
    gauge::{Reading, Samples, figure},
    ground::start,
    holdings::{Held, RATE, SPOT, book, legs},
};

const BELIEF: Belief = Belief {
    oldest: SignedDuration::from_secs(30),
    wide_bps: 5_000,
};

/// Runs them.
pub(crate) fn benches(c: &mut Criterion) {
    let book = book();
    let count = legs(&book);
    let mut group = c.benchmark_group("monitor");
    group.sample_size(30);
    group.throughput(Throughput::Elements(count));
    group.bench_function("pure tick, per leg of 10,000 positions", |b| {
        b.iter(|| looked(black_box(&book)));
    });
    group.bench_function("marks alone", |b| {
        b.iter(|| {
            for held in &book {
                black_box(marks(held));
            }
        });
    });
    group.bench_function("greeks alone", |b| {
        let marked: Vec<_> = book.iter().map(|held| believed(&marks(held))).collect();
        b.iter(|| {
            for (held, marks) in book.iter().zip(&marked) {
                black_box(greeks_of(held, marks));
            }
        });
    });
    group.bench_function("rules and profit alone", |b| {
        let marked: Vec<_> = book.iter().map(marks).collect();
        b.iter(|| {
            for (held, marked) in book.iter().zip(&marked) {
                black_box(verdict(held, marked));
            }
        });
    });
    group.finish();
    calendar_pieces(c);
    paired(&book, count);
}

fn calendar_pieces(c: &mut Criterion) {
    let mut group = c.benchmark_group("calendar");
    group.bench_function("is the market open", |b| {
        b.iter(|| calendar::is_open(black_box(start())));
    });
    let held = book().remove(1);
    group.bench_function("last trading time of a spread", |b| {
        b.iter(|| black_box(&held.position.structure).last_trading());
    });
    group.finish();
}

/// Medians of one run, for the summary.
fn paired(book: &[Held], legs: u64) {
    let mut wall = Samples::default();
    for _ in 0..60 {
        let before = Reading::now();
        black_box(looked(black_box(book)));
        wall.add(Reading::now().wall_since(before));
    }
    let legs = u32::try_from(legs).expect("few legs");
    let per_leg = wall.median_us() * 1e3 / f64::from(legs);
    figure("pure monitor tick, per leg", per_leg, "ns");
}

/// What a tick makes of a position.
struct Looked {
    verdict: Verdict,
    greeks: Option<PositionGreeks>,
}

/// All of a tick that is pure, on a whole book.
fn looked(book: &[Held]) -> usize {
    let mut due = 0;
    for held in book {
        let marked = marks(held);
        let looked = Looked {
            verdict: verdict(held, &marked),
            greeks: greeks_of(held, &believed(&marked)),
        };
        assert!(looked.greeks.is_some(), "every mark implies a volatility");
        due += usize::from(black_box(looked).verdict.exit.is_some());
    }
    assert_eq!(due, 0, "no exit is near");
    due
}

fn marks(held: &Held) -> Vec<Marked> {
    let mark = |quote: &Option<Quote>| BELIEF.mark(quote.as_ref(), start());
    held.quotes.iter().map(mark).collect()
}

fn believed(marked: &[Marked]) -> Vec<Option<Mark>> {
    marked.iter().map(|marked| marked.mark.ok()).collect()
}

fn verdict(held: &Held, marked: &[Marked]) -> Verdict {
    let prices: Option<Vec<Price>> = marked
        .iter()
        .map(|marked| marked.mark.ok().map(|mark| mark.price))
        .collect();
    let sight = Sight {
        now: start(),
        open_profit: prices.map(|prices| held.position.unrealised(&prices)),
        wide: marked.iter().any(|marked| marked.wide),
        confirmations: 3,
        close_before_end: SignedDuration::from_mins(60),
    };
    rules::look(&held.position, ExitState::default(), &sight)
}

fn greeks_of(held: &Held, marks: &[Option<Mark>]) -> Option<PositionGreeks> {
    greeks::position(&held.position, marks, f64::from(SPOT), RATE, start())
}
