//! Fetching a model from a hub, once: afterwards nothing is asked for over the network.
//!
//! What was fetched goes on where it stopped, every file is of one commit, and `checksums.json`, which
//! [`finbert::load`](crate::finbert::load) compares, is written when everything is there.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use hf_hub::{
    Cache, Repo, RepoType,
    api::tokio::{Api, ApiBuilder, ApiError, ApiRepo},
};
use tokio::time::timeout;

use crate::{
    file::sha256,
    finbert::{CHECKSUMS, CONFIG, Checksums, MODEL, TOKENIZER, VOCABULARY, WEIGHTS, WORDING},
};

/// Where a model is fetched from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The hub.
    pub endpoint: String,
    /// The repository there.
    pub repository: String,
    /// Its branch, tag or commit.
    pub revision: String,
    /// The graph there, which becomes `model.onnx`, or the weights, which become `model.safetensors`.
    pub model: String,
    /// Which of the two.
    pub weights: Weights,
    /// Bytes asked for at once, which is also what has to be fetched again after a stop.
    pub chunk: usize,
}

/// How exactly the weights are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weights {
    /// In 8 bits, 110 MB: fast, and for the native library alone.
    #[default]
    Eight,
    /// In full, 438 MB: for every engine that runs graphs.
    Full,
    /// In full and without a graph, 438 MB: for rust-bert alone.
    Torch,
}

impl Source {
    /// ProsusAI/finbert: its ONNX export, or its own weights as safetensors, which the hub offers beside its
    /// main branch.
    pub fn finbert(weights: Weights) -> Self {
        let (repository, revision, model) = match weights {
            Weights::Eight => ("Xenova/finbert", "main", "onnx/model_quantized.onnx"),
            Weights::Full => ("Xenova/finbert", "main", "onnx/model.onnx"),
            Weights::Torch => ("ProsusAI/finbert", "refs/pr/8", WEIGHTS),
        };
        Self {
            endpoint: "https://huggingface.co".to_owned(),
            repository: repository.to_owned(),
            revision: revision.to_owned(),
            model: model.to_owned(),
            weights,
            chunk: 4 * 1024 * 1024,
        }
    }

    /// Names there and here.
    fn files(&self) -> Vec<(&str, &str)> {
        match self.weights {
            Weights::Eight | Weights::Full => vec![
                (CONFIG, CONFIG),
                (TOKENIZER, TOKENIZER),
                (&self.model, MODEL),
            ],
            Weights::Torch => vec![
                (CONFIG, CONFIG),
                (WORDING, WORDING),
                (VOCABULARY, VOCABULARY),
                (&self.model, WEIGHTS),
            ],
        }
    }
}

/// How far a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Its name at the hub.
    pub file: String,
    /// Bytes that are here.
    pub done: u64,
    /// Bytes of the whole.
    pub total: u64,
}

/// Who is told how far it is.
pub type Told = Arc<dyn Fn(&Progress) + Send + Sync>;

/// Why a model was not fetched. What is here already stays: the same command goes on with it.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// The folder cannot be written: give the right to, or name another.
    #[error("cannot write into {}: {error}; give this user the right to, or name another folder", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The hub does not give the file: look at its name, or try again later.
    #[error(
        "{endpoint} does not give {file} of {repository}: {why}; try again later, or name another place with --endpoint or --repository"
    )]
    Hub {
        /// Which hub.
        endpoint: String,
        /// Which file.
        file: String,
        /// Of what.
        repository: String,
        /// What it says.
        why: String,
    },
    /// What came is not what the hub says it is: try again.
    #[error("{file} came with {found} where {wanted} belongs; it was thrown away: try again")]
    Wrong {
        /// Which file.
        file: String,
        /// What came.
        found: String,
        /// What belongs there.
        wanted: String,
    },
}

/// A hub that sends nothing for so long has died.
const SILENCE: Duration = Duration::from_mins(1);
/// The folder of what is not whole yet.
const PARTS: &str = ".parts";

/// Fetches a model into a folder; what is there and right is not fetched again.
///
/// # Errors
///
/// [`PullError`], one sentence that says what to do.
pub async fn pull(source: &Source, folder: &Path, told: Told) -> Result<Checksums, PullError> {
    let parts = folder.join(PARTS);
    let unwritten = |path: &Path| {
        let path = path.to_owned();
        move |error| PullError::Folder { path, error }
    };
    fs::create_dir_all(&parts).map_err(unwritten(&parts))?;
    let hub = Hub::of(source, &parts)?;
    let commit = hub.commit().await?;
    let mut sums = BTreeMap::new();
    for (there, here) in source.files() {
        let path = folder.join(here);
        let sum = hub.file(&commit, there, &path, &told).await?;
        sums.insert(here.to_owned(), sum);
    }
    let checksums = Checksums {
        repository: source.repository.clone(),
        revision: commit,
        sha256: sums,
    };
    let text = serde_json::to_vec_pretty(&checksums).unwrap_or_default();
    let (unfinished, path) = (parts.join(CHECKSUMS), folder.join(CHECKSUMS));
    fs::write(&unfinished, text).map_err(unwritten(&unfinished))?;
    fs::rename(&unfinished, &path).map_err(unwritten(&path))?;
    fs::remove_dir_all(&parts).map_err(unwritten(&parts))?;
    Ok(checksums)
}

struct Hub<'a> {
    source: &'a Source,
    api: Api,
}

impl<'a> Hub<'a> {
    fn of(source: &'a Source, parts: &Path) -> Result<Self, PullError> {
        let built = ApiBuilder::from_cache(Cache::new(parts.to_owned()))
            .with_endpoint(source.endpoint.trim_end_matches('/').to_owned())
            .with_token(None)
            .with_progress(false)
            .with_chunk_size(Some(source.chunk.max(1)))
            .build();
        let refused = |error: ApiError| refused(source, "anything", error.to_string());
        let api = built.map_err(refused)?;
        Ok(Self { source, api })
    }

    fn at(&self, revision: &str) -> ApiRepo {
        let repository = self.source.repository.clone();
        let kind = RepoType::Model;
        self.api
            .repo(Repo::with_revision(repository, kind, revision.to_owned()))
    }

    fn refused(&self, file: &str, why: String) -> PullError {
        refused(self.source, file, why)
    }

    /// The commit that the revision stands for now.
    async fn commit(&self) -> Result<String, PullError> {
        let url = self.at(&self.source.revision).url(CONFIG);
        let (_, commit, _) = self.about(CONFIG, url).await?;
        let good = !commit.is_empty() && commit.chars().all(|one| one.is_ascii_alphanumeric());
        if good {
            return Ok(commit);
        }
        Err(self.refused(CONFIG, format!("it calls its commit {commit:?}")))
    }

    /// A file's tag, commit and size.
    async fn about(&self, file: &str, url: String) -> Result<(String, String, u64), PullError> {
        let api = self.api.clone();
        // On a task of its own: an answer that makes no sense may panic in there.
        let asked = tokio::spawn(async move { api.metadata(&url).await });
        let answer = timeout(SILENCE, asked).await;
        let answer = answer.map_err(|_| self.refused(file, "it does not answer".to_owned()))?;
        let about = answer
            .map_err(|_| self.refused(file, "its answer makes no sense".to_owned()))?
            .map_err(|error| self.refused(file, error.to_string()))?;
        let tag = about.etag().trim_start_matches("W/").to_owned();
        Ok((tag, about.commit_hash().to_owned(), about.size() as u64))
    }

    /// Has a file at its path; answers with its hash.
    async fn file(
        &self,
        commit: &str,
        file: &str,
        path: &Path,
        told: &Told,
    ) -> Result<String, PullError> {
        let (tag, _, size) = self.about(file, self.at(commit).url(file)).await?;
        let right = |content: &[u8]| {
            let found = sha256(content);
            let same = !is_sha256(&tag) || found == tag;
            (same && content.len() as u64 == size).then_some(found)
        };
        let whole = Progress {
            file: file.to_owned(),
            done: size,
            total: size,
        };
        // Only what is named after its content can be known to be the same without fetching it.
        if is_sha256(&tag)
            && let Ok(content) = fs::read(path)
            && let Some(found) = right(&content)
        {
            told(&whole);
            return Ok(found);
        }
        let fetched = self.fetched(commit, file, told).await?;
        let unwritten = |error| PullError::Folder {
            path: path.to_owned(),
            error,
        };
        // What the hub's client gives is a link to the file itself; one that leads nowhere would be in its way
        // the next time.
        let link = fetched;
        let fetched = fs::canonicalize(&link).map_err(unwritten)?;
        if link != fetched && link.is_symlink() {
            fs::remove_file(&link).map_err(unwritten)?;
        }
        let content = fs::read(&fetched).map_err(unwritten)?;
        let Some(found) = right(&content) else {
            fs::remove_file(&fetched).map_err(unwritten)?;
            return Err(PullError::Wrong {
                file: file.to_owned(),
                found: format!("sha256 {} and {} bytes", sha256(&content), content.len()),
                wanted: format!("{tag} of {size} bytes"),
            });
        };
        fs::rename(&fetched, path).map_err(unwritten)?;
        told(&whole);
        Ok(found)
    }

    async fn fetched(&self, commit: &str, file: &str, told: &Told) -> Result<PathBuf, PullError> {
        let watch = Watch {
            told: Arc::clone(told),
            file: file.to_owned(),
            total: Arc::default(),
            done: Arc::default(),
        };
        let (seen, name) = (Arc::clone(&watch.done), file.to_owned());
        let repo = self.at(commit);
        let mut download =
            tokio::spawn(async move { repo.download_with_progress(&name, watch).await });
        loop {
            let before = seen.load(Ordering::Relaxed);
            match timeout(SILENCE, &mut download).await {
                Ok(Ok(Ok(path))) => return Ok(path),
                Ok(Ok(Err(error))) => return Err(self.refused(file, error.to_string())),
                Ok(Err(_)) => {
                    return Err(self.refused(file, "its answer makes no sense".to_owned()));
                }
                Err(_) if seen.load(Ordering::Relaxed) == before => {
                    download.abort();
                    return Err(self.refused(file, "it stopped sending".to_owned()));
                }
                Err(_) => {}
            }
        }
    }
}

fn refused(source: &Source, file: &str, why: String) -> PullError {
    PullError::Hub {
        endpoint: source.endpoint.clone(),
        file: file.to_owned(),
        repository: source.repository.clone(),
        why,
    }
}

/// What is named after its content carries its SHA-256 as its tag; small files carry another hash.
fn is_sha256(tag: &str) -> bool {
    tag.len() == 64 && tag.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Tells how far a file is, about a hundred times.
#[derive(Clone)]
struct Watch {
    told: Told,
    file: String,
    total: Arc<AtomicU64>,
    done: Arc<AtomicU64>,
}

impl hf_hub::api::tokio::Progress for Watch {
    async fn init(&mut self, size: usize, _file: &str) {
        self.total.store(size as u64, Ordering::Relaxed);
    }

    async fn update(&mut self, size: usize) {
        let size = size as u64;
        let total = self.total.load(Ordering::Relaxed);
        let before = self.done.fetch_add(size, Ordering::Relaxed);
        let done = before.saturating_add(size);
        let step = (total / 100).max(1);
        if done / step != before / step {
            (self.told)(&Progress {
                file: self.file.clone(),
                done: done.min(total),
                total,
            });
        }
    }

    async fn finish(&mut self) {}
}
