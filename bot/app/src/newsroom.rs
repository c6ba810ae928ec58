//! The newsroom: what the configuration says of the news, made into sources, a reader and rules.

use std::{path::Path, sync::Arc};

use anyhow::{Context, Result};
use countersign_desk::{
    news::{NewsDesk, NewsRules},
    ports::{Clock, News, Sentiment},
};
use countersign_domain::news::Scheduled;
use countersign_feeds::news::{
    SourceConfig, alpaca::Alpaca, newsapi::NewsApi, recorded::Recorded, rss::Rss,
    synthetic::SyntheticNews,
};
use countersign_models::Reader;
use countersign_signals::news::calendar;

use crate::config::{Config, NewsSection, Token};

/// Everything that the desk needs to read the news. A scorer that cannot be loaded is said and left
/// out: what is not read counts as that, and the policy decides.
///
/// # Errors
///
/// A source that cannot be made, or a calendar that cannot be read, and why.
pub fn newsroom(config: &Config, home: &Path, clock: Arc<dyn Clock>) -> Result<NewsDesk> {
    let section = &config.news;
    if section.sources.is_empty() {
        return Ok(NewsDesk::default());
    }
    let mut sources: Vec<Arc<dyn News>> = Vec::new();
    for source in &section.sources {
        let opened = source_of(source, config, home);
        sources.push(opened.with_context(|| format!("the source of news {:?}", source.name()))?);
    }
    Ok(NewsDesk {
        sources,
        reader: reader(section, home, clock),
        rules: Arc::new(rules(section, home)?),
    })
}

/// One source, with its key; it is asked nothing.
///
/// # Errors
///
/// Why it cannot be made.
pub(crate) fn source_of(
    source: &SourceConfig,
    config: &Config,
    home: &Path,
) -> Result<Arc<dyn News>> {
    let keys = &config.tokens.news;
    let key = |key: &Option<Token>| {
        let key = key.as_ref().map(Token::secret);
        key.context("its key is not in the environment")
    };
    Ok(match source.clone() {
        SourceConfig::Rss(feed) => Arc::new(Rss::new(feed)?),
        SourceConfig::Newsapi(api) => Arc::new(NewsApi::new(api, &key(&keys.newsapi)?)?),
        SourceConfig::Alpaca(api) => {
            let (id, secret) = (key(&keys.alpaca_id)?, key(&keys.alpaca_secret)?);
            Arc::new(Alpaca::new(api, &id, &secret)?)
        }
        SourceConfig::Recorded(mut file) => {
            file.path = home.join(&file.path).to_string_lossy().into_owned();
            Arc::new(Recorded::open(file)?)
        }
        SourceConfig::Synthetic(made_up) => {
            let symbols = config.synthetic.symbols.iter().map(|it| it.symbol);
            let symbols: Vec<_> = symbols.collect();
            Arc::new(SyntheticNews::new(made_up, config.demo.seed, &symbols)?)
        }
    })
}

/// Who reads; nobody where the scorer cannot be loaded, which is said once.
fn reader(section: &NewsSection, home: &Path, clock: Arc<dyn Clock>) -> Option<Arc<dyn Sentiment>> {
    match Reader::open(&section.model, home, clock) {
        Ok(reader) => Some(Arc::new(reader)),
        Err(error) => {
            tracing::error!(%error, "nobody reads the news");
            None
        }
    }
}

/// What the news means to a process that only decides: it asks no source and reads nothing.
///
/// # Errors
///
/// A calendar that cannot be read, and why.
pub fn rules_alone(config: &Config, home: &Path) -> Result<NewsDesk> {
    Ok(NewsDesk {
        rules: Arc::new(rules(&config.news, home)?),
        ..NewsDesk::default()
    })
}

fn rules(section: &NewsSection, home: &Path) -> Result<NewsRules> {
    Ok(NewsRules {
        params: section.params(),
        scheduled: scheduled(section, home)?,
        needed_by: section.needed_by.clone(),
        read_within: section.model.deadline(),
        reads: !section.sources.is_empty(),
    })
}

/// What the program knows to come, and what the configured file says.
///
/// # Errors
///
/// Why the file cannot be read.
pub(crate) fn scheduled(section: &NewsSection, home: &Path) -> Result<Vec<Scheduled>> {
    let mut all = calendar::shipped();
    if section.calendar.is_empty() {
        return Ok(all);
    }
    let path = home.join(&section.calendar);
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("news.calendar: {} cannot be read", path.display()))?;
    match calendar::read(&text) {
        Ok(more) => all.extend(more),
        Err(faults) => {
            let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
            anyhow::bail!("news.calendar: {}: {}", path.display(), faults.join("; "));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use countersign_models::{Choice, ModelSettings};

    use super::*;
    use crate::clock::SystemClock;

    #[test]
    fn a_scorer_whose_files_are_missing_leaves_nobody_to_read_and_stops_nothing() {
        let home = tempfile::tempdir().expect("a folder");
        let of = |choice| {
            let section = NewsSection {
                model: ModelSettings {
                    choice,
                    ..ModelSettings::default()
                },
                ..NewsSection::default()
            };
            reader(&section, home.path(), Arc::new(SystemClock::start()))
        };
        assert!(of(Choice::Finbert).is_none());
        assert!(of(Choice::Lexicon).is_some_and(|it| it.scorer().is_some()));
    }
}
