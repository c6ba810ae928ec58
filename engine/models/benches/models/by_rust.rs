//! Rust's side of the benchmark: one part, in a process of its own.

use std::{fs, path::Path, sync::Arc, time::Instant};

use countersign_desk::ports::{Clock, Instants, Sentiment as _};
use countersign_models::{Library, Model, Reader, embedded, engine_in_use, finbert};
use jiff::{SignedDuration, Timestamp};

use super::{LENGTHS, THREADS, library};

const WARM: usize = 20;
const COUNTED: usize = 100;

/// Measures `embedded native`, `embedded pure`, or `finbert` in a folder.
pub(super) fn measure(part: &str) {
    let (model, of) = part
        .split_once(' ')
        .expect("a model, and an engine or folder");
    let begun = now();
    let (model, name) = if model == "embedded" {
        let library = if of == "pure" {
            Library::None
        } else {
            library()
        };
        (embedded::load(&library, THREADS), "embedded")
    } else {
        let model = finbert::load(Path::new(of), &library(), THREADS);
        (model, "FinBERT's size")
    };
    let mut model = model.expect("a model");
    let loaded = millis(begun);
    let (engine, _) = engine_in_use().expect("an engine");
    assert!(
        of == "pure" || engine.is_native(),
        "no ONNX Runtime was found"
    );
    let name = if engine.is_native() {
        format!("{name}, ONNX Runtime")
    } else {
        format!("{name}, pure Rust")
    };
    sample(&name, "load", loaded, "ms");
    for length in LENGTHS {
        // Each word is one token.
        alone(&mut *model, &name, "rise ".repeat(length - 2).trim());
    }
    together(model, &name);
}

fn sample(name: &str, what: &str, figure: f64, unit: &str) {
    println!("sample | {name}, {what} | {figure:.4} | {unit}");
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn now() -> Instant {
    Instant::now()
}

fn millis(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}

fn alone(model: &mut dyn Model, name: &str, text: &str) {
    let mut took = Vec::new();
    for _ in 0..WARM + COUNTED {
        let begun = now();
        let read = model.read(&[text]);
        took.push(millis(begun));
        assert!(read[0].is_ok(), "{read:?}");
    }
    let mut took = took.split_off(WARM);
    took.sort_by(f64::total_cmp);
    let tokens = text.split(' ').count() + 2;
    sample(
        name,
        &format!("{tokens} tokens, p50"),
        took[COUNTED / 2],
        "ms",
    );
    sample(
        name,
        &format!("{tokens} tokens, p95"),
        took[COUNTED * 95 / 100],
        "ms",
    );
}

/// 200 headlines through the port, as a scan asks for them.
fn together(model: Box<dyn Model>, name: &str) {
    let texts: Vec<String> = (0..200)
        .map(|at| {
            // No two are the same, all of them have 12 to 40 tokens: so many words, [CLS], and [SEP].
            let mut words = vec!["rise"; 10 + at % 29];
            words[at / 29] = "fall";
            words.join(" ")
        })
        .collect();
    let reader = Reader::of(vec![model], Arc::new(Still)).expect("a reader");
    let reading = reader.read(&texts, SignedDuration::from_secs(600));
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().build().expect("a runtime");
    let begun = now();
    let read = runtime.block_on(reading);
    let took = millis(begun);
    assert!(read.iter().all(|it| it.opinion().is_some()), "{read:?}");
    sample(name, "200 headlines", took, "ms");
    // While the reader still holds the model.
    memory(name);
    drop(reader);
}

/// What the process has in memory, the model's file in the program among it.
fn memory(name: &str) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    for (key, what) in [("VmRSS:", "memory"), ("VmHWM:", "most memory")] {
        let line = status.lines().find_map(|line| line.strip_prefix(key));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        if let Some(kib) = kib {
            sample(name, what, kib / 1024.0, "MiB");
        }
    }
}

/// A clock that stands still.
struct Still;

impl Clock for Still {
    fn read(&self) -> Instants {
        Instants {
            wall: Timestamp::UNIX_EPOCH,
            monotonic: SignedDuration::ZERO,
        }
    }
}
