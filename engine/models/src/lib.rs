//! Everything that runs a trained model: the scorers that read news, behind desk's port [`Sentiment`].
//!
//! [`Reader`] is the port: it reads on threads of its own, each text once, until a deadline. What it reads
//! with is a [`Model`]: the one that is part of the program ([`embedded`]), FinBERT from a folder
//! ([`finbert`], fetched by [`pull`]), or a list of words ([`Lexicon`]). Graphs are run by ONNX Runtime where
//! its library is found, and by an engine in pure Rust where it is not ([`Engine`]); with the feature
//! `rust-bert`, which needs libtorch, FinBERT is run by that crate as well. [`eval`] measures any of them on
//! labelled texts.
//!
//! [`Sentiment`]: countersign_desk::ports::Sentiment

mod classifier;
pub mod embedded;
mod engine;
mod error;
pub mod eval;
mod file;
pub mod finbert;
mod labels;
mod lexicon;
mod model;
mod once;
mod onnx;
pub mod pull;
mod reader;
#[cfg(feature = "rust-bert")]
pub mod rust_bert;
mod settings;
pub mod text;
mod tokens;

pub use engine::{Engine, Library, engine_in_use};
pub use error::LoadError;
pub use file::sha256;
pub use lexicon::Lexicon;
pub use model::{Model, Shares, Unread};
pub use reader::Reader;
pub use settings::{Choice, ModelSettings, SettingFault};
