//! Time per option of pricing, Greeks and implied volatility: `cargo bench -p countersign-pricing`.
//!
//! The options span what a chain spans: strikes of 70 % to 130 % of spot, a day to two years,
//! volatilities of 10 % to 80 %, both rights.

use std::hint::black_box;

use countersign_pricing::{
    ImpliedVolColumns, Right, TermColumns, Terms, ValuationColumns, implied_vol, implied_vol_one,
    price, value, value_one,
};
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};

const OPTIONS: u16 = 1024;

#[derive(Default)]
struct Chain {
    spot: Vec<f64>,
    strike: Vec<f64>,
    years: Vec<f64>,
    rate: Vec<f64>,
    dividend_yield: Vec<f64>,
    right: Vec<Right>,
    vol: Vec<f64>,
    price: Vec<f64>,
}

impl Chain {
    fn new() -> Self {
        let mut chain = Self::default();
        for index in 0..OPTIONS {
            // Three strides that share no factor with their moduli walk the space evenly.
            let step = |stride: u16, modulus: u16| {
                f64::from(index.wrapping_mul(stride) % modulus) / f64::from(modulus)
            };
            let spot = 100.0 + 400.0 * step(7, 64);
            chain.spot.push(spot);
            chain.strike.push(spot * (0.7 + 0.6 * step(37, 101)));
            chain.years.push((1.0 + 729.0 * step(11, 89)) / 365.0);
            chain.rate.push(0.043);
            chain.dividend_yield.push(0.012);
            chain.right.push(if index % 2 == 0 {
                Right::Call
            } else {
                Right::Put
            });
            chain.vol.push(0.1 + 0.7 * step(5, 97));
        }
        let mut prices = vec![0.0; chain.spot.len()];
        price(&chain.terms(), &chain.vol, &mut prices).expect("columns are equally long");
        chain.price = prices;
        chain
    }

    fn terms(&self) -> TermColumns<'_> {
        TermColumns {
            spot: &self.spot,
            strike: &self.strike,
            years: &self.years,
            rate: &self.rate,
            dividend_yield: &self.dividend_yield,
            right: &self.right,
        }
    }
}

fn bench_one(group: &mut BenchmarkGroup<'_, criterion::measurement::WallTime>) {
    let terms = Terms {
        spot: 100.0,
        strike: 105.0,
        years: 0.25,
        rate: 0.043,
        dividend_yield: 0.012,
        right: Right::Call,
    };
    let vol = 0.3;
    let price = value_one(&terms, vol).price;
    group.throughput(Throughput::Elements(1));
    group.bench_function("price and greeks, one", |bench| {
        bench.iter(|| value_one(black_box(&terms), black_box(vol)));
    });
    group.bench_function("implied volatility, one", |bench| {
        bench.iter(|| implied_vol_one(black_box(&terms), black_box(price)));
    });
}

fn bench_columns(group: &mut BenchmarkGroup<'_, criterion::measurement::WallTime>) {
    let chain = Chain::new();
    let size = chain.spot.len();
    group.throughput(Throughput::Elements(u64::from(OPTIONS)));
    let mut out = vec![0.0; size];
    group.bench_function("price, 1024", |bench| {
        bench.iter(|| price(black_box(&chain.terms()), &chain.vol, black_box(&mut out)));
    });
    let mut greeks = vec![vec![0.0; size]; 6];
    group.bench_function("price and greeks, 1024", |bench| {
        let [price, delta, gamma, theta, vega, rho] = &mut greeks[..] else {
            unreachable!("six columns were made");
        };
        let mut out = ValuationColumns {
            price,
            delta,
            gamma,
            theta,
            vega,
            rho,
        };
        bench.iter(|| value(black_box(&chain.terms()), &chain.vol, black_box(&mut out)));
    });
    let mut missing = vec![None; size];
    group.bench_function("implied volatility, 1024", |bench| {
        let mut out = ImpliedVolColumns {
            vol: &mut out,
            missing: &mut missing,
        };
        bench.iter(|| implied_vol(black_box(&chain.terms()), &chain.price, black_box(&mut out)));
    });
    let found = missing.iter().filter(|reason| reason.is_none()).count();
    println!("implied volatility: {found} of {size} options have one");
}

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pricing");
    bench_one(&mut group);
    bench_columns(&mut group);
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default();
    targets = bench
}
criterion_main!(benches);
