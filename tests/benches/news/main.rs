//! A desk that watches fifty underlyings hears two hundred headlines at once and scans: how long that
//! takes, and how late everything else on its loops is meanwhile. `tests/bench` runs it among others.
//!
//! Once with ONNX Runtime, where its library is found, and once with the engine in pure Rust, each in a
//! process of its own. The desk is the program's: its configuration, its synthetic market, its store on a
//! disk at full sync, the embedded model. Its monitor looks every 3 s; a beat of 10 ms on the same thread
//! tells how late a look would have been at any time, before and during the work.

mod headlines;
mod lateness;
mod stage;

use std::{env, process::Command, time::Duration};

use countersign_models::engine_in_use;

use crate::{
    lateness::{Late, clocked},
    stage::{Stage, UNDERLYINGS},
};

/// Names the library in the process that measures.
const LIBRARY: &str = "COUNTERSIGN_BENCH_LIBRARY";
/// The loops run so long before there is work, for comparison.
const QUIET: Duration = Duration::from_secs(10);

fn main() {
    if let Ok(library) = env::var(LIBRARY) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        return runtime.block_on(measure(&library));
    }
    let own = env::current_exe().expect("this program's path");
    for library in ["", "none"] {
        let done = Command::new(&own).env(LIBRARY, library).status();
        assert!(done.expect("this program runs").success(), "{library:?}");
    }
}

fn figure(what: &str, figure: f64, unit: &str) {
    println!("figure | {what} | {figure:.1} | {unit}");
}

async fn measure(library: &str) {
    let stage = Stage::build(library).await;
    let (engine, _) = engine_in_use().expect("the model is loaded");
    let engine = if engine.is_native() {
        "ONNX Runtime"
    } else {
        "pure Rust"
    };
    let quiet = tokio::select! {
        never = stage.live() => never,
        late = Late::sampled(QUIET) => late,
    };
    let worked = async {
        let desk = stage.desk.clone();
        // As the timetable's worker does it: beside the loops, not on their thread.
        let heard = clocked(tokio::spawn(async move { desk.poll_news().await }));
        let (polled, hearing) = heard.await;
        let desk = stage.desk.clone();
        let scanned = clocked(tokio::spawn(async move { desk.scan().await }));
        let (lines, scanning) = scanned.await;
        let polled = polled.expect("no panic").expect("a store");
        let lines = lines.expect("no panic").expect("a store");
        assert_eq!(polled.taken, headlines::COUNT, "every headline is a story");
        assert!(lines.len() >= UNDERLYINGS, "every underlying is looked at");
        (hearing, scanning)
    };
    let ((hearing, scanning), busy) = tokio::select! {
        never = stage.live() => never,
        both = Late::sampled_during(worked) => both,
    };
    let (read, all) = stage.read().await;
    let of = |what: &str| format!("{engine}: {what}");
    figure(
        &of("200 headlines heard, read and judged"),
        millis(hearing),
        "ms",
    );
    figure(&of("and 50 underlyings scanned"), millis(scanning), "ms");
    figure(&of("headlines of 200 read in time"), read, "");
    assert!(all >= headlines::COUNT, "{all} stories");
    for (name, late) in [("quiet", quiet), ("busy", busy)] {
        let loops = |what: &str| of(&format!("loops late while {name}, {what}"));
        figure(&loops("median"), millis(late.percentile(50)), "ms");
        figure(&loops("p99"), millis(late.percentile(99)), "ms");
        figure(&loops("most"), millis(late.percentile(100)), "ms");
    }
}

fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1e3
}
