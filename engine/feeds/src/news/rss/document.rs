//! What a feed holds, whichever of the formats it is in.

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::{instrument::Symbol, news::RawStory};
use url::Url;

use super::{charset, json, pace::Pace, xml};
use crate::news::{cursor::fingerprint, time::instant};

/// Why a document is no feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum DocumentError {
    /// There is nothing in it.
    #[error("sends nothing at all")]
    Empty,
    /// It is a page for people.
    #[error("sends a web page instead of a feed")]
    Page,
    /// It is XML or JSON of another kind.
    #[error("sends something that is neither RSS nor Atom nor a JSON feed")]
    Other,
    /// It is damaged before its first item ends.
    #[error("sends a feed that is damaged at its start")]
    Damaged,
}

/// A feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// Its name.
    pub(super) title: String,
    /// Its items, in its own order.
    pub(super) items: Vec<Item>,
    /// Items that could not be read.
    pub(super) unreadable: u64,
    /// Whether it breaks off: what came before is in `items`, and the rest is one unreadable item.
    pub(super) broken: bool,
    /// How often it wants to be asked.
    pub(super) pace: Pace,
}

/// An item, its texts as they stand in the feed, without spaces at the ends. Absent ones are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    /// `guid`, `id` or `rdf:about`.
    pub(super) id: String,
    /// Its headline.
    pub(super) title: String,
    /// What stands for a headline where there is none.
    pub(super) summary: String,
    /// Where it can be read, maybe as seen from the feed.
    pub(super) link: String,
    /// When it was published.
    pub(super) published: String,
    /// When it was changed last.
    pub(super) updated: String,
    /// Who published it, where it comes from somebody else than the feed.
    pub(super) publisher: String,
    /// Its categories.
    pub(super) categories: Vec<String>,
}

/// Reads a feed of any format, by its first sign.
pub(super) fn read(bytes: &[u8], content_type: &str) -> Result<Document, DocumentError> {
    let text = charset::decode(bytes, content_type);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    match text.as_bytes() {
        [] => Err(DocumentError::Empty),
        [b'<', ..] if is_page(text) => Err(DocumentError::Page),
        [b'<', ..] => xml::read(text),
        [b'{', ..] => json::read(text),
        _ => Err(DocumentError::Other),
    }
}

/// Whether it begins like HTML.
fn is_page(text: &str) -> bool {
    let begins = |with: &str| {
        let start = text.get(..with.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    begins("<!doctype html") || begins("<html")
}

impl Document {
    /// The items as stories, put under `symbols` as well, and how many of them were none.
    pub(super) fn stories(self, feed: &Url, symbols: &[Symbol]) -> (Vec<RawStory>, u64) {
        let items = self.items.len();
        let title = self.title;
        let stories = self.items.into_iter();
        let stories = stories.filter_map(|item| item.story(&title, feed, symbols));
        let mut stories: Vec<RawStory> = stories.collect();
        tell_apart(&mut stories);
        let none = u64::try_from(items - stories.len()).unwrap_or(u64::MAX);
        (stories, self.unreadable + none)
    }
}

impl Item {
    /// `None` when there is nothing to read in it.
    fn story(self, publisher: &str, feed: &Url, under: &[Symbol]) -> Option<RawStory> {
        let link = match feed.join(&self.link) {
            Ok(link) if !self.link.is_empty() => link.to_string(),
            _ => String::new(),
        };
        let mut headline = self.title;
        if headline.is_empty() {
            headline = self.summary;
        }
        if headline.is_empty() {
            return None;
        }
        let name = [&self.id, &link].into_iter().find(|it| !it.is_empty());
        let nameless = || fingerprint([headline.as_str(), self.published.as_str()]);
        let name = name.cloned().unwrap_or_else(nameless);
        let at = instant(&self.published).or_else(|| instant(&self.updated));
        let listed = self.categories.iter().filter_map(|it| listed(it));
        let mut symbols: Vec<String> = under.iter().map(ToString::to_string).collect();
        for symbol in listed {
            if !symbols.contains(&symbol) {
                symbols.push(symbol);
            }
        }
        let publisher = if self.publisher.is_empty() {
            publisher.to_owned()
        } else {
            self.publisher
        };
        Some(RawStory {
            name,
            headline,
            publisher,
            link,
            published_at: at,
            symbols,
        })
    }
}

/// Items that share a name, though they are not the same, are named by their headlines as well: some
/// feeds give all of theirs one name, and only the first would be looked at.
fn tell_apart(stories: &mut [RawStory]) {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut shared = BTreeSet::new();
    for story in &*stories {
        let headline = *first.entry(&story.name).or_insert(&story.headline);
        if headline != story.headline {
            shared.insert(story.name.clone());
        }
    }
    for story in stories.iter_mut().filter(|it| shared.contains(&it.name)) {
        let headline = fingerprint([story.headline.as_str()]);
        story.name = format!("{}#{headline}", story.name);
    }
}

/// The symbol of a category that names a listing, such as `Nasdaq:AAPL`.
fn listed(category: &str) -> Option<String> {
    const EXCHANGES: [&str; 8] = [
        "NASDAQ",
        "NYSE",
        "NYSE AMERICAN",
        "NYSE ARCA",
        "NYSEARCA",
        "AMEX",
        "CBOE",
        "BATS",
    ];
    let (exchange, symbol) = category.split_once(':')?;
    let exchange = exchange.trim().to_ascii_uppercase();
    let symbol: Symbol = symbol.trim().parse().ok()?;
    EXCHANGES
        .contains(&exchange.as_str())
        .then(|| symbol.to_string())
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
