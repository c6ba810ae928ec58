//! News.

use async_trait::async_trait;
use countersign_domain::{instrument::Symbol, news::RawStory, view::BudgetView};
use jiff::Timestamp;

/// What one source had to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewsBatch {
    /// Items, oldest first; told again after a lost answer, never left out.
    pub stories: Vec<RawStory>,
    /// Items that could not be read at all.
    pub unreadable: u64,
    /// Where to go on: give it to the next [`News::poll`], also after a restart. At most 4,096 bytes,
    /// understood by the source alone.
    pub cursor: String,
    /// Not to be asked again before; the source keeps its own budget by it.
    pub not_before: Option<Timestamp>,
}

/// Why a source has nothing to tell.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NewsError {
    /// It cannot be reached, or not in time: ask again later.
    #[error("news source unreachable: {0}")]
    Unreachable(String),
    /// It answered with something else than it should: ask again later, and look at its settings.
    #[error("news source answered with something else: {0}")]
    Unreadable(String),
    /// It refuses us for now.
    #[error("news source asks to wait until {until}")]
    Wait {
        /// Until when.
        until: Timestamp,
    },
    /// It refuses us: look at its key.
    #[error("news source refuses us: {0}")]
    Refused(String),
}

/// One source of news.
#[async_trait]
pub trait News: Send + Sync {
    /// Its name in the configuration; unique on a desk.
    fn name(&self) -> &str;

    /// What is used of what its vendor grants a day, as `cursor` knows it; `None` where nobody counts.
    fn budget(&self, cursor: Option<&str>, now: Timestamp) -> Option<BudgetView> {
        let _ = (cursor, now);
        None
    }

    /// What is new since `cursor` (`None`: nothing was heard before) about what is watched.
    ///
    /// # Errors
    ///
    /// [`NewsError`]; the cursor stays where it was.
    async fn poll(
        &self,
        cursor: Option<&str>,
        watched: &[Symbol],
        now: Timestamp,
    ) -> Result<NewsBatch, NewsError>;
}
