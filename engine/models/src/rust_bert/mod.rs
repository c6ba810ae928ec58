//! FinBERT by the crate `rust-bert`, on libtorch: there only with the feature of that name.
//!
//! The folder holds `model.safetensors`, `vocab.txt`, `tokenizer_config.json`, `config.json` and
//! `checksums.json`, as [`pull`](crate::pull) writes them for [`Weights::Torch`](crate::pull::Weights::Torch).
//! Texts are told apart by the same tokenizer as everywhere, labels are read from the configuration, and what
//! comes out goes the way of every other model's answers.

mod vocabulary;

use std::{
    any::Any,
    env,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use ::rust_bert::{
    RustBertError,
    bert::{BertConfig, BertForSequenceClassification},
};
use countersign_domain::news::Scorer;
use serde::Deserialize;
use tch::{Device, Kind, TchError, Tensor, nn::VarStore, no_grad};

use crate::{
    classifier::{Classifier, Heads, Network, Parts},
    engine::Rows,
    error::{FETCH_TORCH, LoadError},
    finbert::{BATCH, CONFIG, Config, Folder, WEIGHTS},
    model::Model,
    tokens::Batch,
};

/// What rust-bert adds to a variance before it takes the root, whatever a configuration says.
const EPSILON: f64 = 1e-12;

/// What a `config.json` says of how the numbers are to be computed.
#[derive(Debug, Deserialize)]
struct Arithmetic {
    layer_norm_eps: Option<f64>,
    position_embedding_type: Option<String>,
}

/// Loads it; libtorch computes with so many threads.
///
/// # Errors
///
/// [`LoadError`]: a file is missing, was cut short or changed, or is no such model.
pub fn load(folder: &Path, threads: usize) -> Result<Box<dyn Model>, LoadError> {
    let folder = Folder::open(folder, FETCH_TORCH)?;
    let wrong = |why: String| folder.wrong(CONFIG, why);
    let unread = |error: serde_json::Error| wrong(error.to_string());
    let (content, _) = folder.file(CONFIG)?;
    let config: Config = serde_json::from_slice(&content).map_err(unread)?;
    let arithmetic: Arithmetic = serde_json::from_slice(&content).map_err(unread)?;
    let shape: BertConfig = serde_json::from_slice(&content).map_err(unread)?;
    let tones = config.tones().map_err(wrong)?;
    computed_alike(&arithmetic).map_err(wrong)?;
    let tokens = vocabulary::tokens(&folder, config.vocab_size)?;
    // The content goes again: libtorch reads the file itself.
    let (size, sha256) = folder
        .file(WEIGHTS)
        .map(|(content, hash)| (content.len(), hash))?;
    let file = folder.called(WEIGHTS);
    let parts = Parts {
        scorer: Scorer {
            name: "finbert (rust-bert)".to_owned(),
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
        size,
        file: file.clone(),
        fix: FETCH_TORCH,
    };
    let threads = threads_of(threads, env::var(WAITING).ok().as_deref());
    let open = || Torch::load(&shape, Path::new(&file), threads);
    let model = Classifier::load(&"rust-bert", parts, open)?;
    tracing::info!(
        "FinBERT is run by rust-bert with {threads} threads of libtorch; more than one only where {WAITING} is {PASSIVE}"
    );
    Ok(Box::new(model))
}

/// How threads of libtorch wait for each other, which is read when the program starts.
const WAITING: &str = "OMP_WAIT_POLICY";
const PASSIVE: &str = "passive";

/// How many threads libtorch gets. Those that wait must not spin: the desk's monitor wants the cores, and on a
/// busy machine a text took eight times as long. Unless told otherwise they do spin, and one has nobody to wait
/// for.
fn threads_of(told: usize, waiting: Option<&str>) -> i32 {
    let still = waiting.is_some_and(|it| it.trim().eq_ignore_ascii_case(PASSIVE));
    if still {
        i32::try_from(told).unwrap_or(i32::MAX)
    } else {
        1
    }
}

/// Refuses what rust-bert would compute in another way than the model was trained in.
fn computed_alike(told: &Arithmetic) -> Result<(), String> {
    if let Some(epsilon) = told.layer_norm_eps
        && (epsilon - EPSILON).abs() > EPSILON / 2.0
    {
        return Err(format!(
            "its layer_norm_eps is {epsilon:e}, and rust-bert computes with {EPSILON:e}"
        ));
    }
    match told.position_embedding_type.as_deref() {
        None | Some("absolute") => Ok(()),
        Some(other) => Err(format!(
            "its position_embedding_type is {other:?}, and rust-bert knows \"absolute\" alone"
        )),
    }
}

/// The network, in libtorch's memory.
struct Torch {
    model: BertForSequenceClassification,
    threads: i32,
}

impl Torch {
    fn load(shape: &BertConfig, weights: &Path, threads: i32) -> Result<Self, String> {
        caught(|| {
            tch::set_num_threads(threads);
            let mut store = VarStore::new(Device::Cpu);
            let model = BertForSequenceClassification::new(store.root(), shape)?;
            // Nothing is trained here, and what is to be trained could not be written over.
            store.freeze();
            store.read_safetensors(weights)?;
            Ok(Self { model, threads })
        })
    }

    fn logits(&self, batch: &Batch) -> Result<Rows, TchError> {
        let number = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        let shape = [number(batch.rows), number(batch.length)];
        let tensor = |numbers: &[i64]| Tensor::f_from_slice(numbers)?.f_reshape(shape);
        let (ids, mask) = (tensor(&batch.ids)?, tensor(&batch.mask)?);
        let types = ids.f_zeros_like()?;
        let told = no_grad(|| {
            self.model
                .forward_t(Some(&ids), Some(&mask), Some(&types), None, None, false)
        });
        let (_, width) = told.logits.size2()?;
        let logits = told.logits.f_to_kind(Kind::Float)?.f_reshape([-1_i64])?;
        Ok(Rows {
            width: usize::try_from(width).unwrap_or_default(),
            values: Vec::try_from(&logits)?,
        })
    }
}

impl Network for Torch {
    fn length(&self) -> Option<usize> {
        None
    }

    /// It has one output, the logits.
    fn run(&mut self, batch: &Batch, _: &[String]) -> Result<Vec<Rows>, String> {
        caught(|| {
            // For libtorch it is a matter of each thread that asks.
            tch::set_num_threads(self.threads);
            Ok(vec![self.logits(batch)?])
        })
    }
}

/// What libtorch refuses, in words: rust-bert panics where it does.
fn caught<T>(work: impl FnOnce() -> Result<T, RustBertError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|error| short(&error.to_string())),
        Err(panic) => Err(short(words(&*panic))),
    }
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("rust-bert gave up")
}

/// The first line: the others are where in libtorch it was.
fn short(told: &str) -> String {
    told.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::threads_of;

    #[test]
    fn libtorch_gets_one_thread_unless_those_that_wait_stand_still() {
        assert_eq!(threads_of(4, None), 1);
        assert_eq!(threads_of(4, Some("active")), 1);
        assert_eq!(threads_of(4, Some("PASSIVE")), 4);
    }
}
