//! How fast models read: `cargo bench -p countersign-models`.
//!
//! The embedded model by ONNX Runtime from Rust, by ONNX Runtime from Python and by the engine in pure Rust,
//! and a model of `FinBERT`'s size in eight bits by the first two: by turns on the same files, each in a process
//! of its own, so that a busy machine is busy for all. Figures are the middle of the rounds; what is compared
//! is compared within a round.
//!
//! The native library is the one that `COUNTERSIGN_TEST_ONNXRUNTIME` names, else whichever the program would
//! find. Python is the one that `PYTHON` names, `python3` unless set; it needs `onnxruntime` and `onnx`, and best
//! of the version of the library.

mod by_rust;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use countersign_models::{Library, sha256};
use serde_json::json;

/// Which part this process is to measure.
const PART: &str = "COUNTERSIGN_BENCH_PART";
const ROUNDS: usize = 5;
const THREADS: usize = 2;
/// Tokens of a text, [CLS] and [SEP] among them.
const LENGTHS: [usize; 2] = [32, 64];
const HERE: &str = env!("CARGO_MANIFEST_DIR");

fn main() {
    if let Some(part) = env::var_os(PART) {
        return by_rust::measure(&part.to_string_lossy());
    }
    let scratch = tempfile::tempdir().expect("a folder");
    let finbert = made(scratch.path());
    let mut samples = Samples::default();
    for _ in 0..ROUNDS {
        samples.of(&mut rust("embedded native"));
        if finbert {
            samples.of(&mut python(&[
                "time",
                "embedded, Python's ONNX Runtime",
                &model(),
            ]));
        }
        samples.of(&mut rust("embedded pure"));
        if finbert {
            samples.of(&mut rust(&format!("finbert {}", scratch.path().display())));
            let file = scratch.path().join("model.onnx");
            let name = "FinBERT's size, Python's ONNX Runtime";
            samples.of(&mut python(&["time", name, &file.to_string_lossy()]));
        }
    }
    samples.print();
    if finbert {
        for name in ["embedded", "FinBERT's size"] {
            samples.compare(name);
        }
    } else {
        println!(
            "SKIPPED: the comparison with Python, and FinBERT's size, because PYTHON (or python3) lacks onnxruntime or onnx; what it said is above"
        );
    }
}

/// What was measured, in the order of the first round.
#[derive(Default)]
struct Samples(Vec<(String, String, Vec<f64>)>);

impl Samples {
    /// Takes the lines of one process: `sample | what | figure | unit`.
    fn of(&mut self, command: &mut Command) {
        let output = command.output().expect("it runs");
        let (said, wrong) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        assert!(output.status.success(), "{command:?}: {said}{wrong}");
        for line in said.lines() {
            let mut parts = line.split(" | ").skip(1);
            let (Some(what), Some(figure), Some(unit)) = (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            let figure = figure.parse().expect("a number");
            match self.0.iter_mut().find(|it| it.0 == what) {
                Some(known) => known.2.push(figure),
                None => self
                    .0
                    .push((what.to_owned(), unit.to_owned(), vec![figure])),
            }
        }
    }

    fn print(&self) {
        for (what, unit, figures) in &self.0 {
            figure(what, middle(figures), unit);
        }
    }

    /// What Rust takes for one of Python's milliseconds.
    fn compare(&self, name: &str) {
        let (ours, theirs) = (
            format!("{name}, ONNX Runtime, "),
            format!("{name}, Python's ONNX Runtime, "),
        );
        for (what, _, figures) in &self.0 {
            let Some(what) = what.strip_prefix(&ours) else {
                continue;
            };
            let other = format!("{theirs}{what}");
            let Some((_, _, others)) = self.0.iter().find(|it| it.0 == other) else {
                continue;
            };
            let ratios: Vec<f64> = figures
                .iter()
                .zip(others)
                .map(|(one, it)| one / it)
                .collect();
            figure(
                &format!("{name}, {what}, Rust over Python"),
                middle(&ratios),
                "times",
            );
        }
    }
}

fn figure(what: &str, figure: f64, unit: &str) {
    println!("figure | news: {what} | {figure:.2} | {unit}");
}

fn middle(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// This very program, to measure a part.
fn rust(part: &str) -> Command {
    let mut command = Command::new(env::current_exe().expect("this program's path"));
    command.env(PART, part);
    command
}

fn python(arguments: &[&str]) -> Command {
    let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let mut command = Command::new(python);
    let script = Path::new(HERE).join("benches/models/by_python.py");
    command.arg(script).args(arguments).arg(THREADS.to_string());
    command
}

fn model() -> String {
    format!("{HERE}/news/model.onnx")
}

fn library() -> Library {
    let named = env::var_os("COUNTERSIGN_TEST_ONNXRUNTIME").filter(|it| !it.is_empty());
    named.map_or(Library::Look, |path| Library::At(PathBuf::from(path)))
}

/// Has Python write a model of FinBERT's size, and makes the folder one that the program reads; whether it could.
fn made(folder: &Path) -> bool {
    let done = python(&["make", &folder.to_string_lossy()]).status();
    if !done.is_ok_and(|status| status.success()) {
        return false;
    }
    let tokenizer = Path::new(HERE).join("news/tokenizer.json");
    fs::copy(tokenizer, folder.join("tokenizer.json")).expect("the tokenizer");
    let config = json!({
        "id2label": {"0": "positive", "1": "negative", "2": "neutral"},
        "vocab_size": 30_522,
    });
    fs::write(folder.join("config.json"), config.to_string()).expect("the configuration");
    let mut sums = json!({"repository": "random", "revision": "weights", "sha256": {}});
    for name in ["model.onnx", "tokenizer.json", "config.json"] {
        sums["sha256"][name] = sha256(&fs::read(folder.join(name)).expect(name)).into();
    }
    fs::write(folder.join("checksums.json"), sums.to_string()).expect("the checksums");
    true
}
