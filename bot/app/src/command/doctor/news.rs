//! The news: who would read it, and with what; where it comes from; how far its calendar goes. Nobody is
//! asked, and no key is sent.

use std::path::Path;

use countersign_domain::calendar::market_date;
use countersign_feeds::news::SourceConfig;
use countersign_models::{Choice, LoadError, engine_in_use};
use jiff::{Timestamp, ToSpan as _};

use super::check::Check;
use crate::{
    config::Config,
    newsroom::{scheduled, source_of},
};

/// Names of the checks.
pub(super) const NAMES: [&str; 3] = ["news reader", "news sources", "news calendar"];

/// A headline that every scorer has to read as bad for the price.
const BAD: &str = "Shares plunge after company reports heavy losses and fraud";

/// Days ahead that a calendar should know.
const AHEAD: i64 = 30;

/// Whether the scorer loads and reads, and what runs it.
pub(super) fn reader(config: &Config, home: &Path) -> Check {
    const NAME: &str = NAMES[0];
    let settings = &config.news.model;
    if matches!(settings.choice, Choice::None) {
        return Check::note(
            NAME,
            "nobody reads: news.model.use is \"none\", so every story counts as not read",
        );
    }
    let mut model = match settings.model(home) {
        Err(error) => return unloaded(&error),
        Ok(None) => return Check::note(NAME, "nobody reads"),
        Ok(Some(model)) => model,
    };
    let scorer = model.scorer().clone();
    let hash: String = scorer.sha256.chars().take(8).collect();
    let who = format!("{} {} ({hash})", scorer.name, scorer.version);
    let read = model.read(&[BAD]);
    let score = match read.into_iter().next() {
        Some(Ok(shares)) => shares.sentiment[2] - shares.sentiment[0],
        Some(Err(unread)) => return misread(&who, &unread.detail),
        None => return misread(&who, "it gave no answer"),
    };
    if score.is_nan() || score > -0.3 {
        let said = format!("it reads {BAD:?} as {score:+.2} of ±1");
        return misread(&who, &said);
    }
    let found = format!("{who} reads a bad headline as {score:+.2} of ±1");
    match engine_in_use().filter(|_| !matches!(settings.choice, Choice::Lexicon)) {
        None => Check::good(NAME, found),
        Some((engine, [])) => Check::good(NAME, format!("{found}, run by {engine}")),
        Some((engine, warnings)) => Check::note(
            NAME,
            format!("{found}, run by {engine}; {}", warnings.join("; ")),
        ),
    }
}

fn unloaded(error: &LoadError) -> Check {
    let otherwise = "set news.model.use to \"embedded\", which is part of the program";
    Check::sentence(NAMES[0], &error.to_string(), otherwise)
}

fn misread(who: &str, why: &str) -> Check {
    Check::fault(
        NAMES[0],
        format!("{who} is loaded and does not read as it should: {why}"),
        "set news.model.library to \"none\" for the engine in pure Rust, or news.model.use to \"lexicon\"",
    )
}

/// Whether every source can be made of its configuration, with its key and its file. None is asked.
pub(super) fn sources(config: &Config, home: &Path) -> Check {
    const NAME: &str = NAMES[1];
    let all = &config.news.sources;
    if all.is_empty() {
        return Check::good(
            NAME,
            "none: no news is read, and nothing stands against a trade",
        );
    }
    for source in all {
        if let Err(error) = source_of(source, config, home) {
            let why = format!("{}: {error:#}", source.name());
            let otherwise = "correct its table in news.sources";
            return Check::sentence(NAME, &why, otherwise);
        }
    }
    let told: Vec<_> = all
        .iter()
        .map(|source| format!("{} ({})", source.name(), kind(source)))
        .collect();
    Check::good(
        NAME,
        format!("{}; as configured, not asked", told.join(", ")),
    )
}

const fn kind(source: &SourceConfig) -> &'static str {
    match source {
        SourceConfig::Rss(_) => "rss",
        SourceConfig::Newsapi(_) => "newsapi, its key is there",
        SourceConfig::Alpaca(_) => "alpaca, its keys are there",
        SourceConfig::Recorded(_) => "recorded",
        SourceConfig::Synthetic(_) => "synthetic",
    }
}

/// How far the calendar goes.
pub(super) fn calendar(config: &Config, home: &Path, now: Timestamp) -> Check {
    const NAME: &str = NAMES[2];
    let all = match scheduled(&config.news, home) {
        Err(error) => {
            let otherwise = "correct the file that news.calendar names";
            return Check::sentence(NAME, &format!("{error:#}"), otherwise);
        }
        Ok(all) => all,
    };
    let file = match config.news.calendar.as_str() {
        "" => "what the program knows".to_owned(),
        file => format!("what the program knows and {file}"),
    };
    let today = market_date(now);
    let ahead = all.iter().filter(|it| it.on >= today).count();
    let Some(last) = all.iter().map(|it| it.on).max() else {
        return Check::note(NAME, format!("{file}: nothing is scheduled"));
    };
    let found = format!("{file}: {ahead} dates to come, the last on {last}");
    let enough = today.checked_add(AHEAD.days()).is_ok_and(|day| last >= day);
    if enough {
        Check::good(NAME, found)
    } else {
        Check::note(
            NAME,
            format!("{found}; name a file with later ones in news.calendar"),
        )
    }
}
