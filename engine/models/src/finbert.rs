//! FinBERT, or any other BERT that tells positive, negative and neutral, from a folder.
//!
//! The folder holds `model.onnx`, `tokenizer.json`, `config.json` and `checksums.json`, which is written by
//! [`pull`](crate::pull) and compared at each load. The order of the labels is read from the configuration.

use std::{collections::BTreeMap, path::Path};

use countersign_domain::news::Scorer;
use serde::{Deserialize, Serialize};

use crate::{
    classifier::{Classifier, Heads, Parts},
    engine::{Library, engine},
    error::{FETCH, LoadError},
    file, labels,
    model::Model,
    tokens::Tokens,
};

/// Texts at once: a batch has to end well before a deadline does.
const BATCH: usize = 2;
/// The most tokens of a text, `[CLS]` and `[SEP]` among them: nearly every headline has fewer.
const MOST_TOKENS: usize = 64;

/// The files of a folder.
pub(crate) const MODEL: &str = "model.onnx";
pub(crate) const TOKENIZER: &str = "tokenizer.json";
pub(crate) const CONFIG: &str = "config.json";
/// What the others must be.
pub(crate) const CHECKSUMS: &str = "checksums.json";

/// Where a folder's files came from, and what each must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checksums {
    /// The repository of the hub.
    pub repository: String,
    /// Its commit.
    pub revision: String,
    /// SHA-256 of each file.
    pub sha256: BTreeMap<String, String>,
}

/// What is read of a `config.json`.
#[derive(Debug, Deserialize)]
struct Config {
    id2label: BTreeMap<String, String>,
    vocab_size: usize,
}

/// Loads it.
///
/// # Errors
///
/// [`LoadError`]: a file is missing, was cut short or changed, is no such model, or no engine runs it.
pub fn load(folder: &Path, library: &Library, threads: usize) -> Result<Box<dyn Model>, LoadError> {
    let sums: Checksums = {
        let path = folder.join(CHECKSUMS);
        let content = file::read(&path, FETCH)?;
        serde_json::from_slice(&content).map_err(|error| wrong(&path, error.to_string()))?
    };
    let verified = |name: &str| {
        let path = folder.join(name);
        let content = file::read(&path, FETCH)?;
        let wanted = sums.sha256.get(name).map_or("no hash", String::as_str);
        let hash = file::checked(&content, &path.display().to_string(), wanted, FETCH)?;
        Ok::<_, LoadError>((content, hash))
    };
    let config_path = folder.join(CONFIG);
    let config: Config = serde_json::from_slice(&verified(CONFIG)?.0)
        .map_err(|error| wrong(&config_path, error.to_string()))?;
    let tones = in_order(&config.id2label)
        .and_then(|labels| labels::tones(&labels))
        .map_err(|why| wrong(&config_path, why))?;
    let tokenizer_file = folder.join(TOKENIZER).display().to_string();
    let (tokenizer, _) = verified(TOKENIZER)?;
    let below = Some(config.vocab_size);
    let tokens = Tokens::of(&tokenizer, &tokenizer_file, MOST_TOKENS, below)?;
    let (model, sha256) = verified(MODEL)?;
    let model_file = folder.join(MODEL).display().to_string();
    let refused = |why: String| LoadError::Model {
        file: model_file.clone(),
        engine: "any engine".to_owned(),
        why,
        fix: FETCH,
    };
    let chosen = engine(library).map_err(refused)?;
    let parts = Parts {
        scorer: Scorer {
            name: "finbert".to_owned(),
            version: sums.revision,
            sha256,
        },
        model: &model,
        tokens,
        heads: Heads {
            names: vec!["logits".to_owned()],
            tones,
            topics: Vec::new(),
        },
        most: MOST_TOKENS,
        free: false,
        batch: BATCH,
        file: model_file.clone(),
        fix: FETCH,
    };
    Ok(Box::new(Classifier::load(chosen, parts, threads)?))
}

/// The labels in the order of the model's numbers.
fn in_order(labels: &BTreeMap<String, String>) -> Result<Vec<String>, String> {
    let at = |number: usize| labels.get(&number.to_string()).cloned();
    let found: Option<Vec<String>> = (0..labels.len()).map(at).collect();
    found.ok_or_else(|| "its labels are not numbered from 0 on".to_owned())
}

fn wrong(path: &Path, why: String) -> LoadError {
    LoadError::Content {
        file: path.display().to_string(),
        why,
        fix: FETCH,
    }
}
