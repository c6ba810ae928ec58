//! The model that is part of the program: small, with a head for the tone and one for the topic.

use std::{collections::BTreeMap, sync::LazyLock};

use countersign_domain::news::{Scorer, Topic};
use serde::Deserialize;

use crate::{
    classifier::{Classifier, Heads, Parts},
    engine::{Graph, Library, engine},
    error::{LoadError, REINSTALL},
    file, labels,
    model::Model,
    tokens::Tokens,
};

static MODEL: &[u8] = include_bytes!("../news/model.onnx");
static TOKENIZER: &[u8] = include_bytes!("../news/tokenizer.json");
static DESCRIPTION: &str = include_str!("../news/model.json");

/// Texts at once: more gain nothing, and fewer keep a thread of the engine idle.
const BATCH: usize = 8;

/// What `model.json` says of the model beside it; what people alone want to know is left out.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Description {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of each file.
    pub sha256: BTreeMap<String, String>,
    /// The labels of each head, in the order of its numbers.
    pub labels: BTreeMap<String, Vec<String>>,
    /// The most tokens of a text, `[CLS]` and `[SEP]` among them.
    pub max_tokens: usize,
    /// From where on a story counts as dangerous.
    pub veto: Veto,
}

/// From where on a story counts as dangerous.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Veto {
    /// The topics of danger, by the names of the labels.
    pub topics: Vec<String>,
    /// The least sum of their probabilities, as the training chose it.
    pub threshold: f64,
}

/// What the files of a model hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Files<'a> {
    pub(crate) model: &'a [u8],
    pub(crate) tokenizer: &'a [u8],
    pub(crate) description: &'a str,
}

pub(crate) static FILES: Files<'static> = Files {
    model: MODEL,
    tokenizer: TOKENIZER,
    description: DESCRIPTION,
};

/// The least [danger](countersign_domain::news::Opinion::danger) that counts; 0.5 should the program's own
/// file be unreadable, which [`load`] then says.
pub fn danger_threshold() -> f64 {
    static THRESHOLD: LazyLock<f64> =
        LazyLock::new(|| description(DESCRIPTION).map_or(0.5, |it| it.veto.threshold));
    *THRESHOLD
}

/// Loads it; so many threads work on each batch.
///
/// # Errors
///
/// [`LoadError`]: the program is damaged, or no engine can be set up.
pub fn load(library: &Library, threads: usize) -> Result<Box<dyn Model>, LoadError> {
    load_files(&FILES, library, threads)
}

pub(crate) fn load_files(
    files: &Files<'_>,
    library: &Library,
    threads: usize,
) -> Result<Box<dyn Model>, LoadError> {
    let described = description(files.description)?;
    let wanted = |name: &str| described.sha256.get(name).map_or("no hash", String::as_str);
    let (model_file, tokenizer_file) = ("model.onnx", "tokenizer.json");
    let (model, tokenizer) = (files.model, files.tokenizer);
    let sha256 = file::checked(model, model_file, wanted(model_file), REINSTALL)?;
    file::checked(tokenizer, tokenizer_file, wanted(tokenizer_file), REINSTALL)?;
    let none = Vec::new();
    let labels_of = |head: &str| described.labels.get(head).unwrap_or(&none);
    let heads = Heads {
        names: vec!["sentiment".to_owned(), "topic".to_owned()],
        tones: labels::tones(labels_of("sentiment")).map_err(wrong)?,
        topics: labels::topics(labels_of("topic")).map_err(wrong)?,
    };
    let most = described.max_tokens;
    let chosen = engine(library).map_err(|why| LoadError::Model {
        file: model_file.to_owned(),
        engine: "any engine".to_owned(),
        why,
        fix: REINSTALL,
    })?;
    let parts = Parts {
        scorer: Scorer {
            name: "embedded".to_owned(),
            version: described.version.clone(),
            sha256,
        },
        tokens: Tokens::of(tokenizer, tokenizer_file, most, None)?,
        heads,
        batch: BATCH,
        size: model.len(),
        file: model_file.to_owned(),
        fix: REINSTALL,
    };
    let open = || Graph::load(chosen, model, threads, (true, most));
    Ok(Box::new(Classifier::load(&chosen.engine, parts, open)?))
}

fn wrong(why: String) -> LoadError {
    LoadError::Content {
        file: "model.json".to_owned(),
        why,
        fix: REINSTALL,
    }
}

/// What a `model.json` says.
pub(crate) fn description(text: &str) -> Result<Description, LoadError> {
    let described: Description =
        serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    if !(3..=512).contains(&described.max_tokens) {
        return Err(wrong(format!("max_tokens is {}", described.max_tokens)));
    }
    let threshold = described.veto.threshold;
    if !(0.0..=1.0).contains(&threshold) {
        return Err(wrong(format!("the threshold of the veto is {threshold}")));
    }
    let topics: Option<Vec<Topic>> = described
        .veto
        .topics
        .iter()
        .map(|label| labels::topic(label))
        .collect();
    if topics.is_none_or(|topics| topics != Topic::DANGEROUS) {
        return Err(wrong("the topics of the veto are others".to_owned()));
    }
    Ok(described)
}

#[cfg(test)]
#[path = "embedded_tests.rs"]
mod tests;
