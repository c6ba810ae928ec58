//! The configuration's section `[news.model]`.

use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::{Lexicon, embedded, engine::Library, error::LoadError, finbert, model::Model};

/// Which scorer reads the news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The model that is part of the program: tone and topic.
    #[default]
    Embedded,
    /// FinBERT, which has to be fetched first: tone alone.
    Finbert,
    /// FinBERT by the crate `rust-bert`, in a program that was built with it: tone alone.
    #[serde(rename = "rust-bert")]
    RustBert,
    /// A list of words: tone alone, and no more than that.
    Lexicon,
    /// Nobody: every text is abstained.
    None,
}

/// How news is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModelSettings {
    /// Which scorer.
    #[serde(rename = "use")]
    pub choice: Choice,
    /// The native library that runs models: the path of its file, `none` for the engine in pure Rust, or
    /// empty for whichever is found.
    pub library: String,
    /// The folder of FinBERT; empty for `models/finbert` in the home folder, or `models/rust-bert` where that
    /// reads.
    pub folder: String,
    /// Threads that read, 1 to 64; 0 for as many as there are cores, at most 4.
    pub threads: u32,
    /// How long one reading of many texts may take, milliseconds, 10 to 60000: what is not read by then is
    /// abstained.
    pub deadline_ms: u32,
}

impl Default for ModelSettings {
    fn default() -> Self {
        Self {
            choice: Choice::Embedded,
            library: String::new(),
            folder: String::new(),
            threads: 0,
            deadline_ms: 2_000,
        }
    }
}

/// A setting that makes no sense: correct the named key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key} = {value}: it must be {must}")]
pub struct SettingFault {
    /// Which key.
    pub key: &'static str,
    /// What it holds.
    pub value: String,
    /// What would be right.
    pub must: &'static str,
}

const MOST_THREADS: u32 = 64;
/// More than these gain nothing on texts as short as headlines.
const ENOUGH_THREADS: usize = 4;

impl ModelSettings {
    /// Checks every setting.
    ///
    /// # Errors
    ///
    /// [`SettingFault`] names the first key that makes no sense and what would.
    pub fn check(&self) -> Result<(), SettingFault> {
        let fault = |key, value: u32, must| {
            Err(SettingFault {
                key,
                value: value.to_string(),
                must,
            })
        };
        if self.choice == Choice::RustBert && !cfg!(feature = "rust-bert") {
            return Err(SettingFault {
                key: "use",
                value: "rust-bert".to_owned(),
                must: "\"embedded\", \"finbert\", \"lexicon\" or \"none\" in this program, which was built without rust-bert; `cargo build --release --features rust-bert` builds it with (docs/NEWS.md says what that needs)",
            });
        }
        if self.threads > MOST_THREADS {
            return fault("threads", self.threads, "a whole number from 0 to 64");
        }
        if !(10..=60_000).contains(&self.deadline_ms) {
            return fault("deadline_ms", self.deadline_ms, "from 10 to 60000");
        }
        Ok(())
    }

    /// Which native library.
    pub fn library(&self) -> Library {
        match self.library.trim() {
            "" => Library::Look,
            "none" => Library::None,
            path => Library::At(PathBuf::from(path)),
        }
    }

    /// The folder of FinBERT, for a home folder.
    pub fn folder(&self, home: &Path) -> PathBuf {
        if self.folder.is_empty() {
            home.join("models").join(match self.choice {
                Choice::RustBert => "rust-bert",
                _ => "finbert",
            })
        } else {
            home.join(&self.folder)
        }
    }

    /// Loads the scorer, with the files of a home folder; `None` where nobody is to read.
    ///
    /// # Errors
    ///
    /// [`LoadError`]: one sentence that says what is wrong and what to do.
    pub fn model(&self, home: &Path) -> Result<Option<Box<dyn Model>>, LoadError> {
        let (library, threads) = (self.library(), self.threads());
        match self.choice {
            Choice::Embedded => embedded::load(&library, threads).map(Some),
            Choice::Finbert => finbert::load(&self.folder(home), &library, threads).map(Some),
            Choice::RustBert => by_rust_bert(&self.folder(home), threads).map(Some),
            Choice::Lexicon => Ok(Some(Box::new(Lexicon::built_in()))),
            Choice::None => Ok(None),
        }
    }

    /// How many threads that is on this machine.
    pub fn threads(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        match usize::try_from(self.threads) {
            Ok(told @ 1..) => told,
            _ => cores().min(ENOUGH_THREADS),
        }
    }

    /// How long one reading may take.
    pub fn deadline(&self) -> SignedDuration {
        SignedDuration::from_millis(i64::from(self.deadline_ms))
    }
}

#[cfg(feature = "rust-bert")]
use crate::rust_bert::load as by_rust_bert;

#[cfg(not(feature = "rust-bert"))]
fn by_rust_bert(_: &Path, _: usize) -> Result<Box<dyn Model>, LoadError> {
    Err(LoadError::NotBuilt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_is_good() {
        let settings = ModelSettings::default();
        assert_eq!(settings.check(), Ok(()));
        assert_eq!(settings.library(), Library::Look);
        assert_eq!(settings.deadline(), SignedDuration::from_secs(2));
        assert!((1..=ENOUGH_THREADS).contains(&settings.threads()));
    }

    #[test]
    fn settings_that_make_no_sense_are_named() {
        let never = ModelSettings {
            deadline_ms: 0,
            ..ModelSettings::default()
        };
        assert_eq!(never.check().unwrap_err().key, "deadline_ms");
        let many = ModelSettings {
            threads: 65,
            ..ModelSettings::default()
        };
        assert_eq!(many.check().unwrap_err().key, "threads");
        assert!(serde_json::from_str::<ModelSettings>(r#"{"use": "oracle"}"#).is_err());
        assert!(serde_json::from_str::<ModelSettings>(r#"{"model": "embedded"}"#).is_err());
    }

    #[test]
    fn rust_bert_is_refused_with_what_to_do_unless_it_was_built_in() {
        let settings: ModelSettings = serde_json::from_str(r#"{"use": "rust-bert"}"#).unwrap();
        assert_eq!(settings.choice, Choice::RustBert);
        if cfg!(feature = "rust-bert") {
            return assert_eq!(settings.check(), Ok(()));
        }
        let fault = settings.check().unwrap_err();
        assert_eq!(fault.key, "use");
        assert!(fault.to_string().contains("--features rust-bert"));
        let refused = settings.model(Path::new("/desk")).err().unwrap();
        assert!(matches!(refused, LoadError::NotBuilt), "{refused}");
    }

    #[test]
    fn a_folder_is_the_home_s_unless_it_is_named() {
        let home = Path::new("/desk");
        let mut settings = ModelSettings::default();
        assert_eq!(settings.folder(home), Path::new("/desk/models/finbert"));
        settings.choice = Choice::RustBert;
        assert_eq!(settings.folder(home), Path::new("/desk/models/rust-bert"));
        settings.folder = "/elsewhere".to_owned();
        assert_eq!(settings.folder(home), Path::new("/elsewhere"));
    }
}
