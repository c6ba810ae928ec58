//! The watchlist in parts that one query holds.

use countersign_domain::instrument::Symbol;
use jiff::Timestamp;
use url::Url;

use super::{NewsApiConfig, PAGE};

/// The most characters of a query.
const QUERY: usize = 500;

/// What one request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The top headlines.
    Headlines,
    /// Articles with any of these words.
    Words(String),
}

impl Part {
    /// What tells it from other parts.
    pub(super) fn words(&self) -> &str {
        match self {
            Self::Headlines => "",
            Self::Words(words) => words,
        }
    }

    /// Where to ask for a page of it: from when on, when its first page was asked for, which page.
    pub(super) fn url(
        &self,
        base: &Url,
        config: &NewsApiConfig,
        from: Timestamp,
        (began, page): (i64, u32),
    ) -> Url {
        let mut url = base.clone();
        let path = match self {
            Self::Headlines => "v2/top-headlines",
            Self::Words(_) => "v2/everything",
        };
        let before = base.path().trim_end_matches('/');
        url.set_path(&format!("{before}/{path}"));
        let mut pairs = url.query_pairs_mut();
        match self {
            Self::Headlines => {
                pairs.append_pair("country", &config.country);
                pairs.append_pair("category", &config.category);
            }
            Self::Words(words) => {
                let second = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%S").to_string();
                let until = Timestamp::from_second(began).unwrap_or(from);
                pairs.append_pair("q", words);
                pairs.append_pair("language", &config.language);
                pairs.append_pair("from", &second(from));
                pairs.append_pair("to", &second(until));
                pairs.append_pair("sortBy", "publishedAt");
            }
        }
        pairs.append_pair("pageSize", &PAGE.to_string());
        pairs.append_pair("page", &page.to_string());
        drop(pairs);
        url
    }
}

/// The parts, headlines first; the order of the watchlist makes no difference.
pub(super) fn parts(config: &NewsApiConfig, watched: &[Symbol]) -> Vec<Part> {
    let headlines = (!config.country.is_empty()).then_some(Part::Headlines);
    let mut watched = watched.to_vec();
    watched.sort_unstable();
    watched.dedup();
    let mut parts: Vec<Part> = headlines.into_iter().collect();
    let mut query = String::new();
    for symbol in watched {
        let words = words(config, symbol);
        if !query.is_empty() && query.len() + 4 + words.len() > QUERY {
            parts.push(Part::Words(std::mem::take(&mut query)));
        }
        if !query.is_empty() {
            query.push_str(" OR ");
        }
        query.push_str(&words);
    }
    if !query.is_empty() {
        parts.push(Part::Words(query));
    }
    parts
}

/// The words of a symbol, each as it stands.
fn words(config: &NewsApiConfig, symbol: Symbol) -> String {
    let quoted = |word: &str| format!("\"{}\"", word.replace(['"', '\\'], " ").trim());
    match config.names.get(&symbol) {
        Some(names) => {
            let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
            names.join(" OR ")
        }
        None => quoted(symbol.as_str()),
    }
}
