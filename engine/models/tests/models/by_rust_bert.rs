//! FinBERT by rust-bert: the answers of the other engines, on the same weights.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use countersign_desk::ports::Sentiment;
use countersign_domain::news::{Abstention, Reading};
use countersign_models::{
    Choice, Library, LoadError, Model, ModelSettings, Reader, finbert, rust_bert, sha256,
};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    bert::{self, Bert, SMALL, Shape},
    still,
};

const FINBERT: [&str; 3] = ["positive", "negative", "neutral"];
const TEXT: &str = "Acme beats on revenue";
const THREADS: usize = 2;

/// Short ones, words that nobody knows, and one that is cut.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "Acme",
        TEXT,
        "Acme misses on revenue",
        "acme falls again",
        "ACME rises, again: revenue!",
        "Widget Works rises on revenue of acme",
    ]
    .map(str::to_owned)
    .into();
    texts.push("acme rises again on revenue ".repeat(40));
    texts
}

fn small() -> tempfile::TempDir {
    Bert::new(SMALL).folder(FINBERT)
}

fn load(folder: &Path) -> Result<Box<dyn Model>, LoadError> {
    rust_bert::load(folder, THREADS)
}

fn refused(folder: &Path) -> String {
    load(folder)
        .err()
        .map_or_else(|| "it was taken".to_owned(), |error| error.to_string())
}

fn read(model: &mut dyn Model, text: &str) -> [f64; 3] {
    model.read(&[text]).remove(0).unwrap().sentiment
}

/// Another content of a file, with its right checksum.
fn change(folder: &Path, name: &str, content: &[u8]) {
    fs::write(folder.join(name), content).unwrap();
    let path = folder.join("checksums.json");
    let mut sums: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    sums["sha256"][name] = sha256(content).into();
    fs::write(path, sums.to_string()).unwrap();
}

/// Some keys of the configuration set to something else.
fn configure(folder: &Path, keys: &[(&str, Value)]) {
    let content = fs::read(folder.join("config.json")).unwrap();
    let mut config: Value = serde_json::from_slice(&content).unwrap();
    for (key, value) in keys {
        config[*key] = value.clone();
    }
    change(folder, "config.json", config.to_string().as_bytes());
}

fn furthest(one: &[[f64; 3]], other: &[[f64; 3]]) -> f64 {
    assert_eq!(one.len(), other.len());
    let pairs = one.iter().flatten().zip(other.iter().flatten());
    pairs
        .map(|(one, other)| (one - other).abs())
        .fold(0.0, f64::max)
}

#[test]
fn it_answers_as_the_engine_of_graphs_does_on_the_same_weights() {
    let folder = small();
    let mut by_rust_bert = load(folder.path()).unwrap();
    let mut by_graph = finbert::load(folder.path(), &Library::None, THREADS).unwrap();
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let answers = |model: &mut dyn Model| -> Vec<[f64; 3]> {
        let read = model.read(&texts).into_iter();
        read.map(|answer| answer.unwrap().sentiment).collect()
    };
    let (one, other) = (answers(&mut *by_rust_bert), answers(&mut *by_graph));
    let apart = furthest(&one, &other);
    println!("at most {apart:e} apart");
    assert!(apart < 1e-3, "{one:?} and {other:?}");
    // They are answers to the texts, and not always the same one.
    assert!(furthest(&one[..1], &one[1..2]) > 1e-2, "{one:?}");
    assert!(furthest(&one[1..2], &one[2..3]) > 1e-2, "{one:?}");
}

#[test]
fn the_order_of_labels_is_that_of_the_configuration() {
    let bert = Bert::new(SMALL);
    let (one, other) = (
        bert.folder(FINBERT),
        bert.folder(["neutral", "positive", "negative"]),
    );
    let [bearish, neutral, bullish] = read(&mut *load(one.path()).unwrap(), TEXT);
    // The same three numbers under other names: positive is neutral there, negative positive, neutral negative.
    let told = read(&mut *load(other.path()).unwrap(), TEXT);
    assert!(
        furthest(&[told], &[[neutral, bullish, bearish]]) < 1e-5,
        "{told:?}"
    );
    assert!((bearish - bullish).abs() > 1e-3 && (bearish - neutral).abs() > 1e-3);
}

#[test]
fn a_text_reads_alike_alone_and_beside_a_longer_one() {
    let folder = small();
    let mut model = load(folder.path()).unwrap();
    let alone = read(&mut *model, TEXT);
    let long = "acme rises again ".repeat(100);
    let together = model.read(&[&long, TEXT]).remove(1).unwrap().sentiment;
    assert!(
        furthest(&[alone], &[together]) < 1e-5,
        "{alone:?} {together:?}"
    );
}

fn settings(folder: &Path) -> ModelSettings {
    ModelSettings {
        choice: Choice::RustBert,
        folder: folder.to_string_lossy().into_owned(),
        ..ModelSettings::default()
    }
}

#[tokio::test]
async fn the_port_reads_with_it_and_names_it() {
    let folder = small();
    let reader = Reader::open(&settings(folder.path()), Path::new("/nowhere"), still()).unwrap();
    let texts = [TEXT.to_owned(), "Acme falls".to_owned()];
    let readings = reader.read(&texts, SignedDuration::from_secs(30)).await;
    let by = &readings[1].opinion().unwrap().by;
    assert_eq!(
        (by.name.as_str(), by.version.as_str()),
        ("finbert (rust-bert)", "abc")
    );
    let weights = fs::read(folder.path().join("model.safetensors")).unwrap();
    assert_eq!(by.sha256, sha256(&weights));
    assert_eq!(readings[0].opinion().unwrap().topics, []);
}

#[tokio::test]
async fn what_it_does_not_read_in_time_is_abstained_and_there_the_next_time() {
    let middling = Shape {
        width: 256,
        layers: 8,
        inner: 1_024,
        ..SMALL
    };
    let folder = Bert::new(middling).folder(FINBERT);
    let reader = Reader::open(&settings(folder.path()), Path::new("/nowhere"), still()).unwrap();
    let words = "acme rises again on revenue ".repeat(10);
    let texts: Vec<String> = (0..100).map(|at| format!("{at} {words}")).collect();
    let readings = reader.read(&texts, SignedDuration::from_millis(1)).await;
    let late = Reading::Abstained(Abstention::Late);
    assert_eq!(readings.last(), Some(&late));
    let readings = reader.read(&texts, SignedDuration::from_secs(120)).await;
    assert!(
        readings.iter().all(|it| it.opinion().is_some()),
        "{readings:?}"
    );
}

#[test]
fn a_file_that_is_missing_cut_short_or_changed_is_named_with_what_to_do() {
    let names = [
        "config.json",
        "vocab.txt",
        "tokenizer_config.json",
        "model.safetensors",
    ];
    for name in names {
        let folder = small();
        let path = folder.path().join(name);
        let content = fs::read(&path).unwrap();
        fs::write(&path, &content[..content.len() - 1]).unwrap();
        let told = refused(folder.path());
        assert!(
            told.contains(name) && told.contains("cut short or changed"),
            "{told}"
        );
        fs::remove_file(&path).unwrap();
        let told = refused(folder.path());
        assert!(
            told.starts_with("cannot read") && told.contains(name),
            "{told}"
        );
        assert!(told.contains("--weights torch"), "{told}");
    }
    let folder = small();
    fs::remove_file(folder.path().join("checksums.json")).unwrap();
    assert!(refused(folder.path()).contains("checksums.json"));
}

#[test]
fn weights_that_are_none_are_of_another_shape_or_no_numbers_are_refused_when_they_are_loaded() {
    let folder = small();
    let model = "model.safetensors";
    for content in [&b"<html>not found</html>"[..], b"", &[0xff; 64]] {
        change(folder.path(), model, content);
        let told = refused(folder.path());
        assert!(told.contains(model) && told.contains("rust-bert"), "{told}");
    }
    let whole = Bert::new(SMALL).safetensors();
    change(folder.path(), model, &whole[..whole.len() / 2]);
    assert!(refused(folder.path()).contains("cannot be run by rust-bert"));
    let broken = Bert::new(SMALL).broken().safetensors();
    change(folder.path(), model, &broken);
    let told = refused(folder.path());
    assert!(told.contains("something that is not a number"), "{told}");
    let name = "bert.encoder.layer.1.output.dense.weight";
    let hole = Bert::new(SMALL).without(name).safetensors();
    change(folder.path(), model, &hole);
    assert!(refused(folder.path()).contains(name));
    change(folder.path(), model, &whole);
    load(folder.path()).unwrap();
}

#[test]
fn a_configuration_of_another_network_is_refused() {
    for keys in [
        [("hidden_size", json!(64))],
        [("num_hidden_layers", json!(3))],
        [("num_attention_heads", json!(5))],
        [("vocab_size", json!(13))],
    ] {
        let folder = small();
        configure(folder.path(), &keys);
        let told = refused(folder.path());
        assert!(
            told.contains("cannot be run by rust-bert"),
            "{keys:?}: {told}"
        );
    }
    for (keys, why) in [
        ([("layer_norm_eps", json!(1e-5))], "layer_norm_eps"),
        (
            [("position_embedding_type", json!("relative_key"))],
            "relative_key",
        ),
        ([("hidden_act", json!("magic"))], "magic"),
        ([("id2label", json!({"0": "LABEL_0"}))], "negative, neutral"),
    ] {
        let folder = small();
        configure(folder.path(), &keys);
        let told = refused(folder.path());
        assert!(
            told.contains("config.json") && told.contains(why),
            "{keys:?}: {told}"
        );
    }
}

#[test]
fn a_list_of_words_that_is_not_the_model_s_is_refused() {
    let folder = small();
    configure(folder.path(), &[("vocab_size", json!(11))]);
    let told = refused(folder.path());
    assert!(
        told.contains("it knows 12 words and the model 11"),
        "{told}"
    );
    let folder = small();
    change(folder.path(), "vocab.txt", b"[PAD]\n[UNK]\nacme\n");
    let told = refused(folder.path());
    assert!(
        told.contains("vocab.txt") && told.contains("it has no [CLS]"),
        "{told}"
    );
}

const SCORER: &str = "COUNTERSIGN_TEST_SCORER";
const FOLDER: &str = "COUNTERSIGN_TEST_FOLDER";
const MARK: &str = "measured: ";
const ROUNDS: usize = 100;

#[expect(clippy::disallowed_methods, reason = "a figure is of real time")]
fn now() -> Instant {
    Instant::now()
}

fn millis(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}

/// Of the memory of this process, in MiB.
fn memory(key: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or_default() / 1024.0
}

#[test]
#[ignore = "it measures one scorer, in a process of its own, for the figures below"]
fn one_scorer_is_measured() {
    let (scorer, folder) = (env::var(SCORER).unwrap(), env::var(FOLDER).unwrap());
    let folder = PathBuf::from(folder);
    let begun = now();
    let mut model = match scorer.as_str() {
        "rust-bert" => load(&folder),
        "" => finbert::load(&folder, &Library::None, THREADS),
        path => finbert::load(&folder, &Library::At(path.into()), THREADS),
    }
    .unwrap();
    let loaded = millis(begun);
    // Words of one token each, with [CLS] and [SEP] 32.
    let text = "rises ".repeat(30);
    let mut took: Vec<f64> = Vec::new();
    for round in 0..ROUNDS + 5 {
        let begun = now();
        assert!(model.read(&[text.trim()])[0].is_ok());
        if round >= 5 {
            took.push(millis(begun));
        }
    }
    took.sort_by(f64::total_cmp);
    let answers: Vec<[f64; 3]> = texts().iter().map(|it| read(&mut *model, it)).collect();
    let figures = [
        ("loading", loaded, "ms"),
        ("32 tokens, middle", took[ROUNDS / 2], "ms"),
        ("32 tokens, 95 of 100", took[ROUNDS * 95 / 100], "ms"),
        ("memory in use", memory("VmRSS:"), "MiB"),
        ("most memory in use", memory("VmHWM:"), "MiB"),
    ];
    println!("{MARK}{}", json!({"figures": figures, "answers": answers}));
}

/// What a scorer measures in a process of its own, printed; its answers.
fn measured(name: &str, scorer: &str, folder: &Path) -> Vec<[f64; 3]> {
    let output = Command::new(env::current_exe().unwrap())
        .args(["by_rust_bert::one_scorer_is_measured", "--exact"])
        .args(["--ignored", "--nocapture"])
        .envs([(SCORER, scorer.as_ref()), (FOLDER, folder.as_os_str())])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.split_once(MARK));
    let (_, line) =
        line.unwrap_or_else(|| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)));
    let told: Value = serde_json::from_str(line).unwrap();
    for figure in told["figures"].as_array().unwrap() {
        let value = figure[1].as_f64().unwrap();
        let (what, unit) = (figure[0].as_str().unwrap(), figure[2].as_str().unwrap());
        println!("figure | FinBERT-sized: {what}, {name} | {value:.1} | {unit}");
    }
    serde_json::from_value(told["answers"].clone()).unwrap()
}

#[test]
#[ignore = "it takes minutes and gigabytes; tests/rust-bert runs it"]
fn figures_of_a_model_as_large_as_finbert_beside_the_other_engines() {
    let folder = Bert::new(bert::FINBERT).folder(FINBERT);
    let by_rust_bert = measured("rust-bert", "rust-bert", folder.path());
    // Without a library of that name the engine in pure Rust, as everywhere.
    let native = env!("TEST_ONNXRUNTIME");
    let others = [("ONNX Runtime", native), ("pure Rust", "")];
    let others = others.into_iter().skip(usize::from(native.is_empty()));
    for (name, scorer) in others {
        let answers = measured(name, scorer, folder.path());
        let apart = furthest(&by_rust_bert, &answers);
        println!("figure | FinBERT-sized: answers apart, rust-bert and {name} | {apart:.1e} |");
        assert!(apart < 1e-3, "{by_rust_bert:?} and {answers:?}");
    }
}
