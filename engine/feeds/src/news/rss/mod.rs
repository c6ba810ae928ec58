//! Feeds: RSS 0.9x, 1.0 and 2.0, Atom, and JSON feeds, at any address.
//!
//! Companies, regulators and wires publish them. Each poll tells everything that the feed holds; what
//! the desk has already is known by its name (`guid`, `id`, or the link).
//!
//! Between two polls pass `every_s`, the feed's own `ttl` (or `sy:updatePeriod`), the `max-age` of the
//! answer, and the hours and days that the feed skips; the longest counts. An earlier poll asks nobody
//! and says [`NewsError::Wait`]. The next request is conditional (`ETag`, `Last-Modified`). All of that
//! is in the cursor, which belongs to one address.
//!
//! XML is read by tokens of `quick-xml` in one pass that knows what it looks for: an item that is not as
//! it should be does no harm to the others, depth is bounded, and no entity is expanded. A feed that
//! breaks off tells what came before; the rest is one unreadable item and is asked for again. A library
//! for whole feeds was tried and left: `feed-rs` 3.0 panics on an author's address between full-width
//! brackets and on the duration of a podcast with too many digits, loses a feed for one unknown type in
//! it, and ends the process by its stack on media groups that lie in one another.

mod charset;
mod document;
mod json;
mod pace;
mod xml;

use std::fmt;

use async_trait::async_trait;
use countersign_desk::ports::{News, NewsBatch, NewsError};
use countersign_domain::instrument::Symbol;
use jiff::Timestamp;
use reqwest_chat::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED,
};
use serde::{Deserialize, Serialize};
use url::Url;

use self::pace::Pace;
use super::{
    NewsFault, OpenError,
    check::{self, EVERY_S},
    cursor,
    http::{Answer, Ask, Web},
    oldest_first,
};

const FORMATS: &str = "application/rss+xml, application/atom+xml, application/feed+json, \
                       application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

/// A feed. Its `Debug` shows the host of the address alone: the rest may hold a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RssConfig {
    /// Its name; once on a desk. 1 to 32 letters, digits, `-` and `_`.
    pub name: String,
    /// Its address; `http` or `https`.
    pub url: String,
    /// Seconds between two polls, at least; 10 to 86,400.
    #[serde(default = "usual_every_s")]
    pub every_s: u32,
    /// Seconds that a poll may take; 1 to 60.
    #[serde(default = "check::usual_timeout_s")]
    pub timeout_s: u32,
    /// What everything in it is about, such as the symbol of the company whose feed it is; at most 50.
    #[serde(default)]
    pub symbols: Vec<Symbol>,
    /// Whether its server may be in a private network.
    #[serde(default)]
    pub allow_private: bool,
}

const fn usual_every_s() -> u32 {
    300
}

impl fmt::Debug for RssConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            url,
            every_s,
            timeout_s,
            symbols,
            allow_private,
        } = self;
        f.debug_struct("RssConfig")
            .field("name", name)
            .field("url", &check::host_alone(url))
            .field("every_s", every_s)
            .field("timeout_s", timeout_s)
            .field("symbols", symbols)
            .field("allow_private", allow_private)
            .finish()
    }
}

impl RssConfig {
    /// Passes when a source can be made of it.
    ///
    /// # Errors
    ///
    /// [`NewsFault`]: the first key that makes no sense, and what would.
    pub fn check(&self) -> Result<(), NewsFault> {
        check::name(&self.name)?;
        check::url("url", &self.url)?;
        check::within("every_s", self.every_s, EVERY_S)?;
        check::timeout(self.timeout_s)?;
        check::need(self.symbols.len() <= 50, "symbols", "at most 50 symbols")
    }
}

/// A feed as a source of news.
pub struct Rss {
    config: RssConfig,
    url: Url,
    web: Web,
    /// Stands for the address in the cursor.
    belongs_to: String,
}

/// What is remembered of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cursor {
    /// Whose cursor it is.
    of: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(default)]
    pace: Pace,
    /// Not to be asked again before.
    next: Timestamp,
}

impl Rss {
    /// The source of a feed.
    ///
    /// # Errors
    ///
    /// [`OpenError`]: correct the configuration.
    pub fn new(config: RssConfig) -> Result<Self, OpenError> {
        config.check()?;
        let url = check::url("url", &config.url)?;
        let web = Web::new(config.timeout_s, config.allow_private)?;
        let belongs_to = cursor::fingerprint([url.as_str()]);
        Ok(Self {
            config,
            url,
            web,
            belongs_to,
        })
    }

    fn request(&self, before: Option<&Cursor>) -> Ask {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(FORMATS));
        let remembered = before.map(|it| {
            [
                (IF_NONE_MATCH, it.etag.as_deref()),
                (IF_MODIFIED_SINCE, it.modified.as_deref()),
            ]
        });
        for (name, value) in remembered.into_iter().flatten() {
            if let Some(Ok(value)) = value.map(HeaderValue::from_str) {
                headers.insert(name, value);
            }
        }
        Ask {
            url: self.url.clone(),
            headers,
            keyed: false,
        }
    }

    /// The batch of an answer with something in it.
    fn batch(&self, answer: &Answer, now: Timestamp) -> Result<NewsBatch, NewsError> {
        let content_type = answer.header(&CONTENT_TYPE).unwrap_or_default();
        let document = document::read(&answer.body, content_type)
            .map_err(|error| NewsError::Unreadable(format!("{} {error}", answer.host)))?;
        let (pace, broken) = (document.pace, document.broken);
        let next = pace.next(now, self.config.every_s, answer.fresh_s());
        let (mut stories, unreadable) = document.stories(&self.url, &self.config.symbols);
        // Most feeds begin with the newest.
        stories.reverse();
        oldest_first(&mut stories);
        let keep = |name: &HeaderName| answer.header(name).map(str::to_owned).filter(|_| !broken);
        let cursor = Cursor {
            of: self.belongs_to.clone(),
            etag: keep(&ETAG),
            modified: keep(&LAST_MODIFIED),
            pace,
            next,
        };
        Ok(NewsBatch {
            stories,
            unreadable,
            cursor: cursor.text(),
            not_before: Some(next),
        })
    }
}

impl Cursor {
    /// Without what the server wants to be reminded of when that is too long to be kept.
    fn text(&self) -> String {
        let bare = || Self {
            etag: None,
            modified: None,
            ..self.clone()
        };
        cursor::write(self)
            .or_else(|| cursor::write(&bare()))
            .unwrap_or_default()
    }
}

#[async_trait]
impl News for Rss {
    fn name(&self) -> &str {
        &self.config.name
    }

    async fn poll(
        &self,
        cursor: Option<&str>,
        _: &[Symbol],
        now: Timestamp,
    ) -> Result<NewsBatch, NewsError> {
        let before = cursor::read::<Cursor>(cursor).filter(|it| it.of == self.belongs_to);
        let next = before.as_ref().map(|it| it.next);
        if let Some(until) = next.and_then(|it| cursor::too_early(it, now)) {
            return Err(NewsError::Wait { until });
        }
        let answer = self.web.get(&self.request(before.as_ref())).await?;
        answer.passed(now)?;
        match before {
            Some(before) if answer.status == 304 => {
                let next = before.pace.next(now, self.config.every_s, answer.fresh_s());
                let cursor = Cursor { next, ..before };
                Ok(NewsBatch {
                    cursor: cursor.text(),
                    not_before: Some(next),
                    ..NewsBatch::default()
                })
            }
            _ => self.batch(&answer, now),
        }
    }
}
