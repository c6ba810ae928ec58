//! The native engine and the one in pure Rust: the same answers. A process has one engine, so that each
//! answers in a process of its own.

use std::{env, path::PathBuf, process::Command};

use countersign_models::{Library, Model, embedded, engine_in_use, text::cleaned};

const NATIVE: &str = "COUNTERSIGN_TEST_ENGINE";
const MARK: &str = "answers: ";

const TEXTS: [&str; 12] = [
    "Acme",
    "Acme beats on revenue and cuts its full-year outlook",
    "Acme's loss is narrower than analysts had feared",
    "Regulators find no wrongdoing at Acme",
    "Acme to buy Widget Works for $3.4 billion in cash &amp; stock https://a.example/1",
    "Acme chief executive resigns amid probe",
    "Fed holds rates steady, sees two cuts next year",
    "Gold steady near record",
    "What to watch in markets this week",
    "Acme declares quarterly dividend of $0.22 a share",
    "Nestl\u{e9} \u{201c}up\u{201d} 3.25% \u{2014} analysts cheer \u{1f4c8}",
    "Profit fell less than feared, but the outlook was cut again and the chief executive said that the coming year would be harder than the last one for the whole industry, for its suppliers and for everybody who has put money into either of them, which the market took badly in late trading on Thursday after the bell had rung",
];

/// Shares of the three tones and the danger of each text.
fn answers(model: &mut dyn Model) -> Vec<[f64; 4]> {
    let texts: Vec<String> = TEXTS.iter().map(|text| cleaned(text)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let row = |shares: countersign_models::Shares| {
        let [bearish, neutral, bullish] = shares.sentiment;
        let dangerous = countersign_domain::news::Topic::DANGEROUS;
        let topics = shares
            .topics
            .iter()
            .filter(|(topic, _)| dangerous.contains(topic));
        [
            bearish,
            neutral,
            bullish,
            topics.map(|(_, share)| share).sum(),
        ]
    };
    model
        .read(&texts)
        .into_iter()
        .map(|answer| row(answer.unwrap()))
        .collect()
}

#[test]
fn the_engine_that_is_asked_for_answers() {
    let library = env::var_os(NATIVE).filter(|it| !it.is_empty());
    let wanted = library.is_some();
    let library = library.map_or(Library::None, |path| Library::At(PathBuf::from(path)));
    // Where another test of this process chose before, the choice stands, and what was said of it.
    let chosen_before = engine_in_use().is_some();
    let mut model = embedded::load(&library, 2).unwrap();
    let (engine, warnings) = engine_in_use().unwrap();
    assert_eq!(engine.is_native(), wanted, "{engine} {warnings:?}");
    assert!(chosen_before || warnings.is_empty(), "{warnings:?}");
    let answers = answers(&mut *model);
    println!("{MARK}{}", serde_json::to_string(&answers).unwrap());
}

/// The answers of this very test binary in another process.
fn told(library: &str) -> Vec<[f64; 4]> {
    let output = Command::new(env::current_exe().unwrap())
        .args([
            "engines::the_engine_that_is_asked_for_answers",
            "--exact",
            "--nocapture",
        ])
        .env(NATIVE, library)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text
        .lines()
        .find_map(|line| line.split_once(MARK))
        .map(|(_, line)| line);
    let line = line.unwrap_or_else(|| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)));
    serde_json::from_str(line).unwrap()
}

#[test]
#[cfg_attr(
    not(has_native_library),
    ignore = "COUNTERSIGN_TEST_ONNXRUNTIME names no native library"
)]
fn both_engines_answer_alike() {
    let (native, pure) = (told(env!("TEST_ONNXRUNTIME")), told(""));
    assert_eq!((native.len(), pure.len()), (TEXTS.len(), TEXTS.len()));
    for (text, (native, pure)) in TEXTS.iter().zip(native.iter().zip(&pure)) {
        for (one, other) in native.iter().zip(pure) {
            assert!(
                (one - other).abs() < 1e-3,
                "{text}: {native:?} and {pure:?}"
            );
        }
    }
}

#[test]
fn a_library_that_does_not_load_is_named_and_the_engine_in_pure_rust_takes_over() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("libonnxruntime.so");
    std::fs::write(&library, b"no library").unwrap();
    let output = Command::new(env::current_exe().unwrap())
        .args(["engines::a_broken_library", "--exact", "--nocapture"])
        .env(NATIVE, &library)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    let warning = text
        .lines()
        .find_map(|line| line.split_once(MARK))
        .map(|(_, it)| it);
    let warning = warning.unwrap_or_default();
    assert!(warning.contains(&*library.to_string_lossy()), "{text}");
}

/// Says what the engine's choice warns of, for the test above; by itself it tries a path without a file.
#[test]
fn a_broken_library() {
    let library =
        env::var_os(NATIVE).map_or_else(|| PathBuf::from("/no/such/library.so"), PathBuf::from);
    // Where another test of this process chose before, the choice stands.
    let chosen_before = engine_in_use().is_some();
    embedded::load(&Library::At(library), 1).unwrap();
    let (engine, warnings) = engine_in_use().unwrap();
    assert!(!engine.is_native());
    assert!(chosen_before || warnings.len() == 1, "{warnings:?}");
    println!("{MARK}{}", warnings.join(" "));
}
