//! Time of one picture, from the view to the file: `cargo bench -p countersign-pictures`.

#[path = "../tests/pictures/given.rs"]
mod given;

use std::hint::black_box;

use countersign_cards::Locale;
use criterion::{Criterion, criterion_group, criterion_main};

fn bench(criterion: &mut Criterion) {
    let locale = Locale::english();
    for (name, view) in given::gallery() {
        criterion.bench_function(&format!("payoff, {name}"), |bench| {
            bench.iter(|| countersign_pictures::payoff(black_box(&view), &locale));
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = bench
}
criterion_main!(benches);
