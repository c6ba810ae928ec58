//! `NewsAPI` v2: articles that name what is watched, and top headlines.
//!
//! The vendor sells requests by the day. Each poll is one request: one page on one part of the watchlist
//! (as many symbols as a query of 500 characters holds), or of the top headlines; the next poll goes on
//! with the next page or part. What is left of the day is divided by the requests that are left of it, so
//! that the budget lasts until the day ends; a poll before its time asks nobody and says
//! [`NewsError::Wait`]. Requests that failed count as well.
//!
//! The cursor holds what is used of the day, the part and the page, and when the whole watchlist was begun
//! last. Articles are asked for from two hours before that, since they come late to the vendor; another
//! watchlist starts anew. The key is sent in a header.

mod answer;
mod budget;
mod query;

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU32, Ordering},
};

use async_trait::async_trait;
use countersign_desk::ports::{News, NewsBatch, NewsError};
use countersign_domain::{instrument::Symbol, view::BudgetView};
use jiff::{SignedDuration, Timestamp};
use reqwest_chat::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;

use self::{
    answer::read,
    budget::Budget,
    query::{Part, parts},
};
use super::{
    NewsFault, OpenError,
    check::{self, EVERY_S},
    cursor,
    http::{Ask, Web, after},
};

pub use budget::BudgetDay;

/// Articles of a page, as many as the vendor gives.
const PAGE: u64 = 100;
/// Articles are asked for from so long before the last time, since they come late to the vendor.
const OVERLAP: SignedDuration = SignedDuration::from_hours(2);
/// The most characters of one symbol's words in a query.
const WORDS: usize = 400;

/// `NewsAPI` as a source. The key is no part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewsApiConfig {
    /// Its name; once on a desk. 1 to 32 letters, digits, `-` and `_`.
    pub name: String,
    /// Where it is: the vendor's own address unless set.
    #[serde(default = "usual::url")]
    pub url: String,
    /// Requests that the vendor grants a day; 1 to 1,000,000.
    #[serde(default = "usual::requests_per_day")]
    pub requests_per_day: u32,
    /// Where the vendor's day begins.
    #[serde(default)]
    pub day: BudgetDay,
    /// Seconds in which the whole watchlist is asked for once, at least; 10 to 86,400. What the budget
    /// allows may take longer.
    #[serde(default = "usual::every_s")]
    pub every_s: u32,
    /// Seconds that a poll may take; 1 to 60.
    #[serde(default = "check::usual_timeout_s")]
    pub timeout_s: u32,
    /// The language of articles, two letters.
    #[serde(default = "usual::language")]
    pub language: String,
    /// The country of the top headlines, two letters; empty for none.
    #[serde(default = "usual::country")]
    pub country: String,
    /// The category of the top headlines.
    #[serde(default = "usual::category")]
    pub category: String,
    /// Hours from which on articles are asked for at the first poll; 1 to 720.
    #[serde(default = "usual::lookback_hours")]
    pub lookback_hours: u32,
    /// The most pages of 100 articles on one part of the watchlist; 1 to 10.
    #[serde(default = "usual::pages")]
    pub pages: u32,
    /// The words that stand for a symbol, instead of the symbol itself; each list at most 400 characters.
    #[serde(default)]
    pub names: BTreeMap<Symbol, Vec<String>>,
    /// Whether its server may be in a private network.
    #[serde(default)]
    pub allow_private: bool,
}

/// What is usual.
mod usual {
    pub(super) fn url() -> String {
        "https://newsapi.org".to_owned()
    }
    pub(super) const fn requests_per_day() -> u32 {
        1_000
    }
    pub(super) const fn every_s() -> u32 {
        300
    }
    pub(super) fn language() -> String {
        "en".to_owned()
    }
    pub(super) fn country() -> String {
        "us".to_owned()
    }
    pub(super) fn category() -> String {
        "business".to_owned()
    }
    pub(super) const fn lookback_hours() -> u32 {
        24
    }
    pub(super) const fn pages() -> u32 {
        3
    }
}

impl NewsApiConfig {
    /// Passes when a source can be made of it.
    ///
    /// # Errors
    ///
    /// [`NewsFault`]: the first key that makes no sense, and what would.
    pub fn check(&self) -> Result<(), NewsFault> {
        let code = |text: &str| text.len() == 2 && text.bytes().all(|it| it.is_ascii_lowercase());
        let word = |text: &str| text.len() <= 32 && text.bytes().all(|it| it.is_ascii_lowercase());
        check::name(&self.name)?;
        check::url("url", &self.url)?;
        check::within("requests_per_day", self.requests_per_day, 1..=1_000_000)?;
        check::within("every_s", self.every_s, EVERY_S)?;
        check::timeout(self.timeout_s)?;
        check::need(code(&self.language), "language", "two small letters")?;
        let country = self.country.is_empty() || code(&self.country);
        check::need(country, "country", "two small letters, or empty")?;
        check::need(
            word(&self.category),
            "category",
            "one word in small letters",
        )?;
        check::within("lookback_hours", self.lookback_hours, 1..=720)?;
        check::within("pages", self.pages, 1..=10)?;
        for (symbol, words) in &self.names {
            let length: usize = words.iter().map(|it| it.len() + 6).sum();
            let good =
                (1..=WORDS).contains(&length) && words.iter().all(|it| !it.trim().is_empty());
            let key = format!("names.{symbol}");
            check::need(good, &key, "one word at least, 400 characters at most")?;
        }
        Ok(())
    }
}

/// `NewsAPI` as a source of news.
pub struct NewsApi {
    config: NewsApiConfig,
    url: Url,
    web: Web,
    headers: HeaderMap,
    /// Requests that no cursor knows of: those that failed since the last that did not.
    unrecorded: AtomicU32,
}

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cursor {
    #[serde(default)]
    budget: Budget,
    /// Not to be asked again before.
    next: Timestamp,
    /// For which parts the rest holds.
    of: String,
    /// Which part is next.
    part: usize,
    /// Which of its pages.
    page: u32,
    /// When its first page was asked for, in Unix seconds.
    began: i64,
    /// When this round of all parts began, in Unix seconds; 0 for not yet.
    round: i64,
    /// When the round before began; 0 for never.
    before: i64,
}

impl NewsApi {
    /// The source with its key.
    ///
    /// # Errors
    ///
    /// [`OpenError`]: correct the configuration, or the key.
    pub fn new(config: NewsApiConfig, key: &SecretString) -> Result<Self, OpenError> {
        config.check()?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let name = HeaderName::from_static("x-api-key");
        headers.insert(name, check::key("key", key)?);
        Ok(Self {
            url: check::url("url", &config.url)?,
            web: Web::new(config.timeout_s, config.allow_private)?,
            config,
            headers,
            unrecorded: AtomicU32::new(0),
        })
    }

    /// Where the last poll stopped. The budget holds whatever is watched.
    fn resume(&self, cursor: Option<&str>, parts: &[Part], now: Timestamp) -> Cursor {
        let of = cursor::fingerprint(parts.iter().map(Part::words));
        let mut before: Cursor = cursor::read(cursor).unwrap_or_default();
        before.budget = before.budget.on(now, self.config.day);
        if before.of == of && before.part < parts.len() {
            return before;
        }
        Cursor {
            budget: before.budget,
            next: before.next,
            of,
            part: 0,
            page: 1,
            began: 0,
            round: 0,
            before: 0,
        }
    }

    fn request(&self, part: &Part, from: Timestamp, state: &Cursor) -> Ask {
        Ask {
            url: part.url(&self.url, &self.config, from, (state.began, state.page)),
            headers: self.headers.clone(),
            keyed: true,
        }
    }

    /// From when on the part that is next is asked for.
    fn from(&self, state: &Cursor, now: Timestamp) -> Timestamp {
        let hours = SignedDuration::from_hours(self.config.lookback_hours.into());
        let first = now - hours;
        let before = Timestamp::from_second(state.before).unwrap_or(first);
        (before - OVERLAP).clamp(first, now)
    }

    /// Goes on to the next page, or to the next part.
    fn advance(&self, state: &mut Cursor, parts: usize, full: bool, now: Timestamp) {
        let more = full && state.page < self.config.pages;
        if more {
            state.page += 1;
        } else {
            state.part = (state.part + 1) % parts.max(1);
            state.page = 1;
        }
        let parts = u32::try_from(parts).unwrap_or(1).max(1);
        let pause = if more {
            1
        } else {
            self.config.every_s.div_ceil(parts)
        };
        let limit = self.config.requests_per_day;
        let spread = state.budget.next(now, limit, self.config.day);
        state.next = spread.max(after(now, pause));
    }
}

#[async_trait]
impl News for NewsApi {
    fn name(&self) -> &str {
        &self.config.name
    }

    fn budget(&self, cursor: Option<&str>, now: Timestamp) -> Option<BudgetView> {
        let known: Cursor = cursor::read(cursor).unwrap_or_default();
        let recorded = known.budget.on(now, self.config.day).used;
        let failed = self.unrecorded.load(Ordering::Relaxed);
        Some(BudgetView {
            used: recorded.saturating_add(failed),
            of: self.config.requests_per_day,
        })
    }

    async fn poll(
        &self,
        cursor: Option<&str>,
        watched: &[Symbol],
        now: Timestamp,
    ) -> Result<NewsBatch, NewsError> {
        let parts = parts(&self.config, watched);
        let mut state = self.resume(cursor, &parts, now);
        if let Some(until) = cursor::too_early(state.next, now) {
            return Err(NewsError::Wait { until });
        }
        let Some(part) = parts.get(state.part) else {
            let next = after(now, self.config.every_s);
            return Ok(NewsBatch {
                cursor: cursor::write(&state).unwrap_or_default(),
                not_before: Some(next),
                ..NewsBatch::default()
            });
        };
        let failed = self.unrecorded.load(Ordering::Relaxed);
        let spent = state.budget.used.saturating_add(failed);
        if spent >= self.config.requests_per_day {
            let until = self.config.day.ends(now);
            return Err(NewsError::Wait { until });
        }
        if state.page <= 1 {
            state.began = now.as_second();
            if state.part == 0 {
                state.before = std::mem::replace(&mut state.round, state.began);
            }
        }
        let ask = self.request(part, self.from(&state, now), &state);
        self.unrecorded.fetch_add(1, Ordering::Relaxed);
        let answer = self.web.get(&ask).await?;
        let page = read(&answer, now, self.config.day)?;
        let requests = self.unrecorded.swap(0, Ordering::Relaxed);
        state.budget.used = state.budget.used.saturating_add(requests);
        let seen = u64::from(state.page) * PAGE;
        let full = page.full && seen < page.total;
        self.advance(&mut state, parts.len(), full, now);
        Ok(NewsBatch {
            stories: page.stories,
            unreadable: page.unreadable,
            not_before: Some(state.next),
            cursor: cursor::write(&state).unwrap_or_default(),
        })
    }
}
