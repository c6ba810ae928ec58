//! How fast the embedded model reads: `cargo bench -p countersign-models`.
//!
//! ONNX Runtime from Rust, the engine in pure Rust, and ONNX Runtime from Python, one after another on the
//! same file, each in a process of its own. The native library is looked for as the program does it; Python is
//! the one that `PYTHON` names, `python3` unless set, and is left out where it has no `onnxruntime`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use countersign_models::{Library, embedded, engine_in_use};

const THREADS: usize = 2;
const ENGINE: &str = "COUNTERSIGN_BENCH_ENGINE";
/// Tokens of a text, [CLS] and [SEP] among them.
const LENGTHS: [usize; 2] = [32, 64];

fn main() {
    if let Some(engine) = env::var_os(ENGINE) {
        let library = match engine.to_str() {
            Some("pure") => Library::None,
            Some("native") => Library::Look,
            _ => Library::At(PathBuf::from(engine)),
        };
        return measure(&library);
    }
    let own = env::current_exe().expect("this program's path");
    for engine in ["native", "pure"] {
        let done = Command::new(&own).env(ENGINE, engine).status();
        assert!(
            done.expect("this program runs").success(),
            "{engine} failed"
        );
    }
    python();
}

fn figure(what: &str, figure: f64, unit: &str) {
    println!("figure | {what} | {figure:.2} | {unit}");
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn now() -> Instant {
    Instant::now()
}

fn millis(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}

/// The middle of many runs.
fn middle(mut run: impl FnMut()) -> f64 {
    let mut took: Vec<f64> = Vec::new();
    for round in 0..220 {
        let begun = now();
        run();
        if round >= 20 {
            took.push(millis(begun));
        }
    }
    took.sort_by(f64::total_cmp);
    took[took.len() / 2]
}

fn measure(library: &Library) {
    let begun = now();
    let mut model = embedded::load(library, THREADS).expect("the embedded model");
    let loaded = millis(begun);
    let (engine, _) = engine_in_use().expect("an engine");
    let name = if engine.is_native() {
        "ONNX Runtime"
    } else {
        "pure Rust"
    };
    for length in LENGTHS {
        // A word of one token each.
        let text = "rise ".repeat(length - 2);
        let took = middle(|| {
            let read = model.read(&[text.trim()]);
            assert!(read[0].is_ok(), "{read:?}");
        });
        figure(
            &format!("news: {length} tokens, {name}, middle"),
            took,
            "ms",
        );
    }
    figure(&format!("news: loading the model, {name}"), loaded, "ms");
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    for (key, what) in [
        ("VmRSS:", "memory in use"),
        ("VmHWM:", "most memory in use"),
    ] {
        let line = status.lines().find_map(|line| line.strip_prefix(key));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        if let Some(kib) = kib {
            figure(&format!("news: {what}, {name}"), kib / 1024.0, "MiB");
        }
    }
}

fn python() {
    let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(python);
    command
        .arg(here.join("benches/by_python.py"))
        .arg(here.join("news/model.onnx"))
        .arg(THREADS.to_string())
        .args(LENGTHS.map(|length| length.to_string()));
    match command.status() {
        Ok(status) if status.success() => {}
        _ => println!("Python has no onnxruntime: its figures are missing"),
    }
}
