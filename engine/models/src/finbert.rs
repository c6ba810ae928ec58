//! FinBERT, or any other BERT that tells positive, negative and neutral, from a folder.
//!
//! The folder holds `model.onnx`, `tokenizer.json`, `config.json` and `checksums.json`, which is written by
//! [`pull`](crate::pull) and compared at each load. The order of the labels is read from the configuration.

use std::{collections::BTreeMap, path::Path};

use countersign_domain::news::Scorer;
use serde::{Deserialize, Serialize};

use crate::{
    classifier::{Classifier, Heads, Parts},
    engine::{Graph, Library, engine},
    error::{FETCH, LoadError},
    file,
    labels::{self, Tone},
    model::Model,
    tokens::Tokens,
};

/// Texts at once: a batch has to end well before a deadline does.
pub(crate) const BATCH: usize = 2;
/// The most tokens of a text, `[CLS]` and `[SEP]` among them: nearly every headline has fewer.
pub(crate) const MOST_TOKENS: usize = 64;

/// The files of a folder.
pub(crate) const MODEL: &str = "model.onnx";
pub(crate) const TOKENIZER: &str = "tokenizer.json";
pub(crate) const CONFIG: &str = "config.json";
/// Those of a folder for rust-bert, in place of the first two: the weights, the words, and how they are told
/// apart.
pub(crate) const WEIGHTS: &str = "model.safetensors";
pub(crate) const VOCABULARY: &str = "vocab.txt";
pub(crate) const WORDING: &str = "tokenizer_config.json";
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

/// A folder that was fetched, whose files are what they were.
pub(crate) struct Folder<'a> {
    path: &'a Path,
    sums: Checksums,
    /// What to do about a file that is not as it should be.
    fix: &'static str,
}

impl<'a> Folder<'a> {
    pub(crate) fn open(path: &'a Path, fix: &'static str) -> Result<Self, LoadError> {
        let sums = path.join(CHECKSUMS);
        let content = file::read(&sums, fix)?;
        let sums = serde_json::from_slice(&content).map_err(|error| LoadError::Content {
            file: sums.display().to_string(),
            why: error.to_string(),
            fix,
        })?;
        Ok(Self { path, sums, fix })
    }

    /// A file's content and hash.
    pub(crate) fn file(&self, name: &str) -> Result<(Vec<u8>, String), LoadError> {
        let content = file::read(&self.path.join(name), self.fix)?;
        let wanted = self.sums.sha256.get(name).map_or("no hash", String::as_str);
        let hash = file::checked(&content, &self.called(name), wanted, self.fix)?;
        Ok((content, hash))
    }

    /// The commit that its files are of.
    pub(crate) fn revision(&self) -> String {
        self.sums.revision.clone()
    }

    /// What a file is called in what is said about it.
    pub(crate) fn called(&self, name: &str) -> String {
        self.path.join(name).display().to_string()
    }

    pub(crate) fn wrong(&self, name: &str, why: String) -> LoadError {
        LoadError::Content {
            file: self.called(name),
            why,
            fix: self.fix,
        }
    }
}

/// What is read of a `config.json`.
#[derive(Debug, Deserialize)]
pub(crate) struct Config {
    id2label: BTreeMap<String, String>,
    pub(crate) vocab_size: usize,
}

impl Config {
    /// The tones in the order of the model's numbers.
    pub(crate) fn tones(&self) -> Result<[Tone; 3], String> {
        let at = |number: usize| self.id2label.get(&number.to_string()).cloned();
        let found: Option<Vec<String>> = (0..self.id2label.len()).map(at).collect();
        let unnumbered = || "its labels are not numbered from 0 on".to_owned();
        labels::tones(&found.ok_or_else(unnumbered)?)
    }
}

/// Loads it.
///
/// # Errors
///
/// [`LoadError`]: a file is missing, was cut short or changed, is no such model, or no engine runs it.
pub fn load(folder: &Path, library: &Library, threads: usize) -> Result<Box<dyn Model>, LoadError> {
    let folder = Folder::open(folder, FETCH)?;
    let wrong = |why: String| folder.wrong(CONFIG, why);
    let config: Config = serde_json::from_slice(&folder.file(CONFIG)?.0)
        .map_err(|error| wrong(error.to_string()))?;
    let tones = config.tones().map_err(wrong)?;
    let (tokenizer, _) = folder.file(TOKENIZER)?;
    let below = Some(config.vocab_size);
    let tokens = Tokens::of(&tokenizer, &folder.called(TOKENIZER), MOST_TOKENS, below)?;
    let (model, sha256) = folder.file(MODEL)?;
    let refused = |why: String| LoadError::Model {
        file: folder.called(MODEL),
        engine: "any engine".to_owned(),
        why,
        fix: FETCH,
    };
    let chosen = engine(library).map_err(refused)?;
    let parts = Parts {
        scorer: Scorer {
            name: "finbert".to_owned(),
            version: folder.revision(),
            sha256,
        },
        tokens,
        heads: Heads {
            names: vec!["logits".to_owned()],
            tones,
            topics: Vec::new(),
        },
        batch: BATCH,
        size: model.len(),
        file: folder.called(MODEL),
        fix: FETCH,
    };
    let open = || Graph::load(chosen, &model, threads, (false, MOST_TOKENS));
    Ok(Box::new(Classifier::load(&chosen.engine, parts, open)?))
}
