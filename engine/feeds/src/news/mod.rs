//! News: where the desk's stories come from.
//!
//! | source | what it tells | where from |
//! |---|---|---|
//! | [`rss`] | everything that a feed holds: RSS, Atom, JSON feed | any address |
//! | [`newsapi`] | articles on the watchlist, and top headlines | `NewsAPI` v2, with a key |
//! | [`alpaca`] | articles on the watchlist | Alpaca's market data, with two keys |
//! | [`recorded`] | each story when its time comes | a CSV or JSON file |
//! | [`synthetic`] | made-up stories of the synthetic market | a seed |
//!
//! Each is a [`News`](countersign_desk::ports::News). A source fetches and parses, and no more: what is
//! stale, from the future, undated or told before is told all the same, and the desk drops and counts
//! it. Texts are passed on as they came, markup included.
//!
//! Times become instants: RFC 3339, Atom and ISO 8601 with an offset, RFC 2822 with an offset or one of
//! its abbreviations of zones (`GMT`, `EST`, ..., `PDT`), and dates and times with the name of a zone
//! (`America/New_York`). Nothing is guessed: a time without a zone, or in one by an abbreviation that
//! several zones have, leaves its story undated.
//!
//! No source asks a clock: what it does depends on the cursor and on `now` alone, but for the limits of
//! a request, which are real seconds. The cursor is JSON of at most 4,096 bytes and holds no secret; one
//! that its source did not write counts as none, so that everything is told again.
//!
//! | what comes | what it is |
//! |---|---|
//! | no connection, no answer in time, an answer that breaks off, 408, 5xx | `Unreachable` |
//! | a web page, damaged or other data, more than 2 MB, a redirect that is refused, 4xx | `Unreadable` |
//! | 429, 503 with `Retry-After`, a budget that is spent, a poll before its time | `Wait` |
//! | 401, 403, a key that is refused | `Refused` |
//! | an item that is no story, or the rest of a feed that breaks off | counted as `unreadable` |

pub mod alpaca;
mod check;
mod config;
mod cursor;
mod http;
pub mod newsapi;
pub mod recorded;
pub mod rss;
pub mod synthetic;
mod time;

use countersign_domain::news::RawStory;

pub use check::NewsFault;
pub use config::SourceConfig;

/// Why a source cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// A setting or a key makes no sense: correct it.
    #[error(transparent)]
    Fault(#[from] NewsFault),
    /// The system gives no client of the web: nothing can be asked.
    #[error("no HTTP client can be made: {0}")]
    Client(String),
    /// A file cannot be read, or not by its format.
    #[error("{path}: {why}")]
    File {
        /// Which.
        path: String,
        /// Why.
        why: String,
    },
}

/// Sorts by time, undated ones first; those of one time keep their order.
fn oldest_first(stories: &mut [RawStory]) {
    stories.sort_by_key(|story| story.published_at);
}
