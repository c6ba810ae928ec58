//! Alpaca's news: `/v1beta1/news`, articles that the vendor puts under the symbols watched.
//!
//! The vendor sorts by the time of the last change, oldest first, so that the cursor is the newest such
//! time that was heard, less two minutes for what came late; what is heard twice is known by the
//! vendor's number. What one poll does not hold goes on with the vendor's page token in the next. Another
//! watchlist starts anew. Two keys are sent in headers.

use async_trait::async_trait;
use countersign_desk::ports::{News, NewsBatch, NewsError};
use countersign_domain::{instrument::Symbol, news::RawStory};
use jiff::{SignedDuration, Timestamp};
use reqwest_chat::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use super::{
    NewsFault, OpenError,
    check::{self, EVERY_S},
    cursor,
    http::{Answer, Ask, Web, after},
    oldest_first,
    time::instant,
};

/// Articles of a page, as many as the vendor gives.
const PAGE: &str = "50";
/// How long before the newest article that was heard the next poll begins.
const OVERLAP: SignedDuration = SignedDuration::from_mins(2);
/// The longest page token that is kept.
const TOKEN: usize = 1_024;

/// Alpaca's news as a source. The keys are no part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlpacaConfig {
    /// Its name; once on a desk. 1 to 32 letters, digits, `-` and `_`.
    pub name: String,
    /// Where it is: the vendor's own address unless set.
    #[serde(default = "usual_url")]
    pub url: String,
    /// Seconds between two polls, at least; 10 to 86,400.
    #[serde(default = "usual_every_s")]
    pub every_s: u32,
    /// Seconds that a poll may take; 1 to 60.
    #[serde(default = "check::usual_timeout_s")]
    pub timeout_s: u32,
    /// Hours from which on articles are asked for at the first poll; 1 to 720.
    #[serde(default = "usual_lookback_hours")]
    pub lookback_hours: u32,
    /// Whether its server may be in a private network.
    #[serde(default)]
    pub allow_private: bool,
}

fn usual_url() -> String {
    "https://data.alpaca.markets".to_owned()
}

const fn usual_every_s() -> u32 {
    30
}

const fn usual_lookback_hours() -> u32 {
    24
}

impl AlpacaConfig {
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
        check::within("lookback_hours", self.lookback_hours, 1..=720)
    }
}

/// Alpaca's news as a source of news.
pub struct Alpaca {
    config: AlpacaConfig,
    url: Url,
    web: Web,
    headers: HeaderMap,
}

/// What is remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cursor {
    /// Stands for the symbols that were asked for.
    of: String,
    /// From when on is asked.
    start: Timestamp,
    /// The newest change that was heard since.
    newest: Timestamp,
    /// The page that is next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    /// Not to be asked again before.
    next: Timestamp,
}

impl Alpaca {
    /// The source with its keys: the key's id, and its secret.
    ///
    /// # Errors
    ///
    /// [`OpenError`]: correct the configuration, or the keys.
    pub fn new(
        config: AlpacaConfig,
        id: &SecretString,
        secret: &SecretString,
    ) -> Result<Self, OpenError> {
        config.check()?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let name = HeaderName::from_static("apca-api-key-id");
        headers.insert(name, check::key("key_id", id)?);
        let name = HeaderName::from_static("apca-api-secret-key");
        headers.insert(name, check::key("secret", secret)?);
        Ok(Self {
            url: check::url("url", &config.url)?,
            web: Web::new(config.timeout_s, config.allow_private)?,
            config,
            headers,
        })
    }

    fn resume(&self, cursor: Option<&str>, symbols: &str, now: Timestamp) -> Cursor {
        let of = cursor::fingerprint([symbols]);
        let before: Option<Cursor> = cursor::read(cursor);
        let next = before.as_ref().map_or(now, |it| it.next);
        before.filter(|it| it.of == of).unwrap_or_else(|| {
            let hours = SignedDuration::from_hours(self.config.lookback_hours.into());
            let start = now - hours;
            Cursor {
                of,
                start,
                newest: start,
                token: None,
                next,
            }
        })
    }

    async fn ask(&self, symbols: &str, state: &Cursor) -> Result<Answer, NewsError> {
        let ask = Ask {
            url: self.page(symbols, state),
            headers: self.headers.clone(),
            keyed: true,
        };
        self.web.get(&ask).await
    }

    /// Where the page that is next is.
    fn page(&self, symbols: &str, state: &Cursor) -> Url {
        let mut url = self.url.clone();
        let before = self.url.path().trim_end_matches('/');
        url.set_path(&format!("{before}/v1beta1/news"));
        let start = state.start.to_string();
        let pairs = [
            ("symbols", symbols),
            ("start", &start),
            ("sort", "asc"),
            ("limit", PAGE),
        ];
        let token = state.token.as_deref().map(|it| ("page_token", it));
        url.query_pairs_mut()
            .extend_pairs(pairs)
            .extend_pairs(token);
        url
    }
}

#[async_trait]
impl News for Alpaca {
    fn name(&self) -> &str {
        &self.config.name
    }

    async fn poll(
        &self,
        cursor: Option<&str>,
        watched: &[Symbol],
        now: Timestamp,
    ) -> Result<NewsBatch, NewsError> {
        let mut watched: Vec<&str> = watched.iter().map(Symbol::as_str).collect();
        watched.sort_unstable();
        watched.dedup();
        let symbols = watched.join(",");
        let mut state = self.resume(cursor, &symbols, now);
        if let Some(until) = cursor::too_early(state.next, now) {
            return Err(NewsError::Wait { until });
        }
        let mut page = Page::default();
        if !symbols.is_empty() {
            let mut answer = self.ask(&symbols, &state).await?;
            if state.token.is_some() && [400, 422].contains(&answer.status.as_u16()) {
                // The token is worth nothing any more: what is left begins where the vendor was heard last.
                state.token = None;
                answer = self.ask(&symbols, &state).await?;
            }
            page = read(&answer, now)?;
        }
        let newest = page.newest.unwrap_or(state.newest).max(state.newest);
        let goes_on = page.token.is_some();
        let start = if goes_on {
            state.start
        } else {
            newest - OVERLAP
        };
        let pause = if goes_on { 1 } else { self.config.every_s };
        let state = Cursor {
            of: state.of,
            start: start.max(state.start),
            newest,
            token: page.token,
            next: after(now, pause),
        };
        Ok(NewsBatch {
            stories: page.stories,
            unreadable: page.unreadable,
            cursor: cursor::write(&state).unwrap_or_default(),
            not_before: Some(state.next),
        })
    }
}

/// A page of articles.
#[derive(Default)]
struct Page {
    stories: Vec<RawStory>,
    unreadable: u64,
    newest: Option<Timestamp>,
    token: Option<String>,
}

fn read(answer: &Answer, now: Timestamp) -> Result<Page, NewsError> {
    if answer.status == 429
        && let Some(until) = reset(answer, now)
    {
        return Err(NewsError::Wait { until });
    }
    answer.passed(now)?;
    let json = answer.json()?;
    let Some(articles) = json.get("news").and_then(Value::as_array) else {
        let why = format!("{} sends JSON without news", answer.host);
        return Err(NewsError::Unreadable(why));
    };
    let token = json.get("next_page_token").and_then(Value::as_str);
    let token = token.filter(|it| (1..=TOKEN).contains(&it.len()));
    let mut page = Page {
        token: token.map(str::to_owned),
        ..Page::default()
    };
    for article in articles {
        let changed = text(article, "updated_at").and_then(instant);
        page.newest = page.newest.max(changed.filter(|it| *it <= now));
        match story(article) {
            Some(story) => page.stories.push(story),
            None => page.unreadable += 1,
        }
    }
    oldest_first(&mut page.stories);
    Ok(page)
}

/// When the vendor's minute ends: Unix seconds in a header, unless it says `Retry-After`.
fn reset(answer: &Answer, now: Timestamp) -> Option<Timestamp> {
    let name = HeaderName::from_static("x-ratelimit-reset");
    let told = answer.header(&name)?.parse().ok()?;
    let reset = Timestamp::from_second(told).ok()?;
    let soon = reset > now && reset <= after(now, 3_600);
    answer.wait(now).or(soon.then_some(reset))
}

fn text<'a>(article: &'a Value, key: &str) -> Option<&'a str> {
    article.get(key)?.as_str().map(str::trim)
}

fn story(article: &Value) -> Option<RawStory> {
    let name = match article.get("id")? {
        Value::Number(number) => number.to_string(),
        Value::String(name) if !name.is_empty() => name.clone(),
        _ => return None,
    };
    let headline = text(article, "headline").filter(|it| !it.is_empty())?;
    let symbols = article.get("symbols").and_then(Value::as_array);
    let symbols = symbols.into_iter().flatten().filter_map(Value::as_str);
    Some(RawStory {
        name,
        headline: headline.to_owned(),
        publisher: text(article, "source").unwrap_or_default().to_owned(),
        link: text(article, "url").unwrap_or_default().to_owned(),
        published_at: text(article, "created_at").and_then(instant),
        symbols: symbols.map(str::to_owned).collect(),
    })
}
