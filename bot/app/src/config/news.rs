//! What the desk reads of the news.

use countersign_feeds::news::SourceConfig;
use countersign_models::ModelSettings;
use countersign_signals::news::{
    HearParams, NewsParams, alike::AlikeParams, impact::ImpactParams, names::NameParams,
    policy::PolicyParams, rules::RuleParams,
};
use serde::{Deserialize, Serialize};

use super::secrets::{self, NewsKeys};

/// The news. Without a source none is read, and nothing is held against a trade.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewsSection {
    /// Where it comes from.
    pub sources: Vec<SourceConfig>,
    /// Strategies that do not trade without news.
    pub needed_by: Vec<String>,
    /// The file of what is scheduled, beside what the program knows; empty for none.
    pub calendar: String,
    /// Who reads it.
    pub model: ModelSettings,
    /// Which items are stories.
    pub hear: HearParams,
    /// What underlyings are called.
    pub names: NameParams,
    /// Which headlines tell the same.
    pub alike: AlikeParams,
    /// What headlines are about.
    pub rules: RuleParams,
    /// How much stories matter.
    pub impact: ImpactParams,
    /// What is done about them.
    pub policy: PolicyParams,
}

impl NewsSection {
    /// The rules by which news is judged.
    pub fn params(&self) -> NewsParams {
        NewsParams {
            hear: self.hear.clone(),
            names: self.names.clone(),
            alike: self.alike.clone(),
            rules: self.rules.clone(),
            impact: self.impact.clone(),
            policy: self.policy.clone(),
        }
    }

    /// The first source whose key is not in the environment, with the variable that it is to be in.
    pub(super) fn without_key(&self, keys: &NewsKeys) -> Option<(usize, &'static str)> {
        let lacks = |source: &SourceConfig| match source {
            SourceConfig::Newsapi(_) if keys.newsapi.is_none() => Some(secrets::NEWSAPI),
            SourceConfig::Alpaca(_) if keys.alpaca_id.is_none() => Some(secrets::ALPACA_ID),
            SourceConfig::Alpaca(_) if keys.alpaca_secret.is_none() => Some(secrets::ALPACA_SECRET),
            _ => None,
        };
        let mut lacking = self.sources.iter().enumerate();
        lacking.find_map(|(at, it)| Some((at, lacks(it)?)))
    }
}
