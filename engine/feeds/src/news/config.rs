//! The sources of a desk, as they are configured.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    NewsFault, alpaca::AlpacaConfig, newsapi::NewsApiConfig, recorded::RecordedConfig,
    rss::RssConfig, synthetic::SyntheticNewsConfig,
};

/// One source: `kind` says which, the other keys are its own.
///
/// ```toml
/// [[news.sources]]
/// kind = "rss"
/// name = "regulator"
/// url = "https://www.regulator.example/press.xml"
/// every_s = 300
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SourceConfig {
    /// A feed.
    Rss(RssConfig),
    /// `NewsAPI`; its key comes from the environment.
    Newsapi(NewsApiConfig),
    /// Alpaca's news; its keys come from the environment.
    Alpaca(AlpacaConfig),
    /// A file of stories.
    Recorded(RecordedConfig),
    /// The news of the synthetic market.
    Synthetic(SyntheticNewsConfig),
}

/// The most sources of a desk.
const MOST: usize = 50;

impl SourceConfig {
    /// Its name in the configuration.
    pub fn name(&self) -> &str {
        match self {
            Self::Rss(config) => &config.name,
            Self::Newsapi(config) => &config.name,
            Self::Alpaca(config) => &config.name,
            Self::Recorded(config) => &config.name,
            Self::Synthetic(config) => &config.name,
        }
    }

    /// Passes when a source can be made of it.
    ///
    /// # Errors
    ///
    /// [`NewsFault`]: the first key that makes no sense, and what would.
    pub fn check(&self) -> Result<(), NewsFault> {
        match self {
            Self::Rss(config) => config.check(),
            Self::Newsapi(config) => config.check(),
            Self::Alpaca(config) => config.check(),
            Self::Recorded(config) => config.check(),
            Self::Synthetic(config) => config.check(),
        }
    }

    /// Passes sources each of which can be made, whose names differ.
    ///
    /// # Errors
    ///
    /// [`NewsFault`]: the first key that makes no sense, such as `sources[2].url`, and what would.
    pub fn check_all(sources: &[Self]) -> Result<(), NewsFault> {
        super::check::need(sources.len() <= MOST, "sources", "at most 50 sources")?;
        let mut names = BTreeSet::new();
        for (index, source) in sources.iter().enumerate() {
            let at = |fault: NewsFault| NewsFault {
                key: format!("sources[{index}].{}", fault.key),
                ..fault
            };
            source.check().map_err(at)?;
            let new = names.insert(source.name().to_lowercase());
            super::check::need(new, "name", "a name that no other source has").map_err(at)?;
        }
        Ok(())
    }
}
