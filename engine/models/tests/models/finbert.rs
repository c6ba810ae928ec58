//! A BERT classifier from a folder.

use std::{fs, path::Path};

use countersign_desk::ports::Sentiment;
use countersign_domain::news::Opinion;
use countersign_models::{Choice, Library, Model, ModelSettings, Reader, finbert, sha256};
use jiff::SignedDuration;
use serde_json::json;

use crate::{still, tiny};

const FINBERT: [&str; 3] = ["positive", "negative", "neutral"];
const TEXT: &str = "Acme beats on revenue";

/// A folder as fetching makes it, with right checksums.
fn folder(labels: [&str; 3], model: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("config.json", tiny::config(labels)),
        ("tokenizer.json", tiny::tokenizer()),
        ("model.onnx", model.to_vec()),
    ];
    let mut sums = json!({"repository": "a/b", "revision": "abc", "sha256": {}});
    for (name, content) in files {
        sums["sha256"][name] = sha256(&content).into();
        fs::write(folder.path().join(name), content).unwrap();
    }
    fs::write(folder.path().join("checksums.json"), sums.to_string()).unwrap();
    folder
}

fn good(labels: [&str; 3]) -> tempfile::TempDir {
    folder(labels, &tiny::model(3, false))
}

fn load(folder: &Path) -> Result<Box<dyn Model>, String> {
    finbert::load(folder, &Library::None, 1).map_err(|error| error.to_string())
}

fn refused(folder: &Path) -> String {
    load(folder)
        .err()
        .unwrap_or_else(|| "it was taken".to_owned())
}

fn read(model: &mut dyn Model, text: &str) -> [f64; 3] {
    model.read(&[text]).remove(0).unwrap().sentiment
}

#[test]
fn the_order_of_labels_is_that_of_the_configuration() {
    let (one, other) = (good(FINBERT), good(["neutral", "positive", "negative"]));
    let [bearish, neutral, bullish] = read(&mut *load(one.path()).unwrap(), TEXT);
    // The same three numbers under other names: positive is neutral there, negative positive, neutral negative.
    let told = read(&mut *load(other.path()).unwrap(), TEXT);
    for (found, wanted) in told.iter().zip([neutral, bullish, bearish]) {
        assert!((found - wanted).abs() < 1e-5, "{told:?}");
    }
    assert!((bearish - bullish).abs() > 1e-3 && (bearish - neutral).abs() > 1e-3);
}

#[test]
fn a_text_reads_alike_alone_and_beside_a_longer_one() {
    let folder = good(FINBERT);
    let mut model = load(folder.path()).unwrap();
    let alone = read(&mut *model, TEXT);
    let long = "acme rises again ".repeat(100);
    let together = model.read(&[&long, TEXT]).remove(1).unwrap().sentiment;
    for (one, other) in alone.iter().zip(together) {
        assert!((one - other).abs() < 1e-5, "{alone:?} {together:?}");
    }
    let other = read(&mut *model, "Acme misses on revenue");
    assert!((alone[0] - other[0]).abs() > 1e-4, "{alone:?} {other:?}");
}

#[tokio::test]
async fn the_port_reads_with_it_and_names_it() {
    let folder = good(FINBERT);
    let settings = ModelSettings {
        choice: Choice::Finbert,
        folder: folder.path().to_string_lossy().into_owned(),
        library: "none".to_owned(),
        ..ModelSettings::default()
    };
    let reader = Reader::open(&settings, Path::new("/nowhere"), still()).unwrap();
    let texts = [TEXT.to_owned(), "Acme falls".to_owned()];
    let readings = reader.read(&texts, SignedDuration::from_secs(30)).await;
    let by = readings[1]
        .opinion()
        .map(|it: &Opinion| it.by.clone())
        .unwrap();
    assert_eq!((by.name.as_str(), by.version.as_str()), ("finbert", "abc"));
    assert_eq!(by.sha256, sha256(&tiny::model(3, false)));
    assert_eq!(readings[0].opinion().unwrap().topics, []);
}

#[test]
fn a_file_that_is_missing_is_named_with_what_to_do() {
    for name in [
        "config.json",
        "tokenizer.json",
        "model.onnx",
        "checksums.json",
    ] {
        let folder = good(FINBERT);
        fs::remove_file(folder.path().join(name)).unwrap();
        let told = refused(folder.path());
        assert!(
            told.starts_with("cannot read") && told.contains(name),
            "{told}"
        );
        assert!(told.contains("countersign models pull finbert"), "{told}");
    }
}

// F93
#[test]
fn a_file_that_was_cut_short_or_changed_is_refused() {
    for name in ["config.json", "tokenizer.json", "model.onnx"] {
        let folder = good(FINBERT);
        let path = folder.path().join(name);
        let content = fs::read(&path).unwrap();
        fs::write(&path, &content[..content.len() - 1]).unwrap();
        let told = refused(folder.path());
        assert!(
            told.contains(name) && told.contains("cut short or changed"),
            "{told}"
        );
    }
    let folder = good(FINBERT);
    fs::write(folder.path().join("checksums.json"), b"{").unwrap();
    assert!(refused(folder.path()).contains("checksums.json"));
}

// F93
#[test]
fn a_model_of_another_shape_or_without_numbers_is_refused_when_it_is_loaded() {
    let told = refused(folder(FINBERT, &tiny::model(2, false)).path());
    assert!(
        told.contains("has 2 numbers for each text where 3 belong"),
        "{told}"
    );
    let told = refused(folder(FINBERT, &tiny::model(3, true)).path());
    assert!(told.contains("something that is not a number"), "{told}");
    let whole = tiny::model(3, false);
    let told = refused(folder(FINBERT, &whole[..whole.len() / 2]).path());
    assert!(told.contains("it ends too early"), "{told}");
    let told = refused(folder(FINBERT, b"<html>not found</html>").path());
    assert!(told.contains("it is no ONNX file"), "{told}");
}

#[test]
fn a_model_that_only_the_native_library_runs_in_time_is_refused_without_it() {
    let told = refused(folder(FINBERT, &tiny::eight_bits()).path());
    assert!(told.contains("--weights full"), "{told}");
}

#[test]
fn labels_that_tell_nothing_are_refused() {
    let told = refused(good(["LABEL_0", "LABEL_1", "LABEL_2"]).path());
    assert!(
        told.contains("config.json") && told.contains("negative, neutral and positive"),
        "{told}"
    );
}

#[test]
fn a_tokenizer_with_more_words_than_the_model_is_refused() {
    let folder = good(FINBERT);
    let sums = folder.path().join("checksums.json");
    let mut told: serde_json::Value = serde_json::from_slice(&fs::read(&sums).unwrap()).unwrap();
    let mut config: serde_json::Value = serde_json::from_slice(&tiny::config(FINBERT)).unwrap();
    config["vocab_size"] = (tiny::WORDS.len() - 1).into();
    let config = config.to_string();
    told["sha256"]["config.json"] = sha256(config.as_bytes()).into();
    fs::write(folder.path().join("config.json"), config).unwrap();
    fs::write(&sums, told.to_string()).unwrap();
    let told = refused(folder.path());
    assert!(
        told.contains("take model and tokenizer from one place"),
        "{told}"
    );
}
