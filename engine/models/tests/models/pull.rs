//! Fetching from a hub.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex, atomic::Ordering},
};

use countersign_models::{
    finbert::Checksums,
    pull::{Progress, PullError, Source, Told, Weights, pull},
    sha256,
};

use crate::{
    hub::{COMMIT, Hub},
    tiny,
};

const FINBERT: [&str; 3] = ["positive", "negative", "neutral"];
const MODEL: &str = "onnx/model_quantized.onnx";

fn nobody() -> Told {
    Arc::new(|_| ())
}

async fn pulled(source: &Source, folder: &Path) -> Result<Checksums, PullError> {
    pull(source, folder, nobody()).await
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|it| it.into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_model_is_fetched_at_one_commit_with_its_checksums_and_nothing_else_is_left() {
    let (hub, home) = (Hub::open(FINBERT).await, tempfile::tempdir().unwrap());
    let folder = home.path().join("models/finbert");
    let steps: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let seen = Arc::clone(&steps);
    let told: Told = Arc::new(move |step| seen.lock().unwrap().push(step.clone()));
    let sums = pull(&hub.source(), &folder, told).await.unwrap();
    assert_eq!(sums.revision, COMMIT);
    assert_eq!(
        names(&folder),
        [
            "checksums.json",
            "config.json",
            "model.onnx",
            "tokenizer.json"
        ]
    );
    let model = fs::read(folder.join("model.onnx")).unwrap();
    assert_eq!(model, tiny::model(3, false));
    assert_eq!(sums.sha256["model.onnx"], sha256(&model));
    let written = fs::read(folder.join("checksums.json")).unwrap();
    assert_eq!(serde_json::from_slice::<Checksums>(&written).unwrap(), sums);
    let steps = steps.lock().unwrap();
    let of_model: Vec<&Progress> = steps.iter().filter(|step| step.file == MODEL).collect();
    assert!(of_model.len() > 3, "{of_model:?}");
    assert!(of_model.iter().all(|step| step.total == model.len() as u64));
    assert!(of_model.is_sorted_by_key(|step| step.done));
    assert_eq!(of_model.last().unwrap().done, model.len() as u64);
}

#[tokio::test]
async fn weights_without_a_graph_come_with_their_words_from_beside_the_main_branch() {
    let (hub, home) = (Hub::open(FINBERT).await, tempfile::tempdir().unwrap());
    let source = hub.source_of(Weights::Torch);
    let sums = pulled(&source, home.path()).await.unwrap();
    let files = [
        "config.json",
        "model.safetensors",
        "tokenizer_config.json",
        "vocab.txt",
    ];
    assert!(sums.sha256.keys().eq(files), "{sums:?}");
    assert_eq!(sums.repository, "ProsusAI/finbert");
    for file in files {
        let content = fs::read(home.path().join(file)).unwrap();
        assert_eq!(sums.sha256[file], sha256(&content), "{file}");
    }
    // The branch is asked for its commit, and the commit for the files.
    let asked: Vec<String> = hub.shelf.asked.lock().unwrap().iter().cloned().collect();
    assert_eq!(asked, [COMMIT, "refs/pr/8"]);
}

#[tokio::test]
async fn what_stopped_in_the_middle_goes_on_where_it_stopped() {
    let (hub, home) = (Hub::open(FINBERT).await, tempfile::tempdir().unwrap());
    hub.shelf.pieces.store(3, Ordering::Relaxed);
    let stopped = pulled(&hub.source(), home.path())
        .await
        .unwrap_err()
        .to_string();
    assert!(
        stopped.contains(MODEL) && stopped.contains("try again later"),
        "{stopped}"
    );
    assert!(!home.path().join("model.onnx").exists());
    assert!(!home.path().join("checksums.json").exists());
    assert_eq!(hub.shelf.given.swap(0, Ordering::Relaxed), 3 * 512);
    hub.shelf.pieces.store(usize::MAX, Ordering::Relaxed);
    pulled(&hub.source(), home.path()).await.unwrap();
    let whole = tiny::model(3, false).len();
    // The piece before the stop may not have been noted any more.
    let given = hub.shelf.given.load(Ordering::Relaxed);
    assert!(
        given < whole - 512,
        "{given} of {whole} bytes were fetched again"
    );
    assert_eq!(
        fs::read(home.path().join("model.onnx")).unwrap(),
        tiny::model(3, false)
    );
}

#[tokio::test]
async fn what_is_there_and_right_is_not_fetched_again_and_what_is_wrong_is() {
    let (hub, home) = (Hub::open(FINBERT).await, tempfile::tempdir().unwrap());
    pulled(&hub.source(), home.path()).await.unwrap();
    hub.shelf.given.store(0, Ordering::Relaxed);
    pulled(&hub.source(), home.path()).await.unwrap();
    assert_eq!(hub.shelf.given.load(Ordering::Relaxed), 0);
    fs::write(home.path().join("model.onnx"), b"cut short").unwrap();
    pulled(&hub.source(), home.path()).await.unwrap();
    assert_eq!(
        fs::read(home.path().join("model.onnx")).unwrap(),
        tiny::model(3, false)
    );
}

#[tokio::test]
async fn what_is_not_what_the_hub_calls_it_is_thrown_away() {
    let (hub, home) = (Hub::open(FINBERT).await, tempfile::tempdir().unwrap());
    *hub.shelf.lie.lock().unwrap() = Some("ab".repeat(32));
    let error = pulled(&hub.source(), home.path()).await.unwrap_err();
    assert!(
        matches!(&error, PullError::Wrong { file, .. } if file == MODEL),
        "{error}"
    );
    assert!(!home.path().join("model.onnx").exists());
    *hub.shelf.lie.lock().unwrap() = None;
    pulled(&hub.source(), home.path()).await.unwrap();
}

#[tokio::test]
async fn a_hub_that_is_down_another_or_without_the_file_is_told_in_one_sentence() {
    let (hub, home) = (Hub::open(FINBERT).await, tempfile::tempdir().unwrap());
    let mut source = hub.source();
    source.model = "onnx/model.onnx".to_owned();
    let error = pulled(&source, home.path()).await.unwrap_err().to_string();
    assert!(
        error.contains("does not give onnx/model.onnx of Xenova/finbert"),
        "{error}"
    );
    source.repository = "nobody/nothing".to_owned();
    assert!(matches!(
        pulled(&source, home.path()).await,
        Err(PullError::Hub { .. })
    ));
    source.endpoint = "http://127.0.0.1:1".to_owned();
    assert!(matches!(
        pulled(&source, home.path()).await,
        Err(PullError::Hub { .. })
    ));
    let file = home.path().join("file");
    fs::write(&file, b"").unwrap();
    let error = pulled(&hub.source(), &file).await.unwrap_err();
    assert!(matches!(error, PullError::Folder { .. }), "{error}");
}
