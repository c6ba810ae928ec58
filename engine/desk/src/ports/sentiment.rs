//! Readers of news.

use async_trait::async_trait;
use countersign_domain::{
    news::{Reading, Scorer},
    view::ModelEngine,
};
use jiff::SignedDuration;

/// Something that reads texts: a trained model, or a list of words.
#[async_trait]
pub trait Sentiment: Send + Sync {
    /// Who it is; `None` while it cannot read at all.
    fn scorer(&self) -> Option<Scorer>;

    /// What runs it; `None` where nothing has to.
    fn engine(&self) -> Option<ModelEngine> {
        None
    }

    /// Reads every text, in order: as many readings as texts, always. Never fails and never waits
    /// longer than `within`: what is not read by then is abstained.
    async fn read(&self, texts: &[String], within: SignedDuration) -> Vec<Reading>;
}
