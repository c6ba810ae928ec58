//! Stories of a file, each told when its time comes: the same file and the same times give the same
//! stories.
//!
//! | format | what a file holds |
//! |---|---|
//! | CSV | a line of column names, then one story a line |
//! | JSON | a list of objects, or one that holds it under `items` |
//! | JSON lines | one object a line |
//!
//! The configuration says which column is what: by its name, in CSV also by its place (`#3`) where lines
//! do not fit the names, in JSON maybe deeper (`source.name`). A line that does not fit the names has no
//! named column. A time
//! is read as everywhere ([`super`]), or as whole Unix seconds; one without a zone is in `zone` where
//! that is set, and leaves its story undated elsewhere. Undated stories are told first. A row without a
//! headline, or that is no row, is counted with the first batch.
//!
//! The file is read once, 64 MB at the most. The cursor is the position in it, and belongs to what the
//! file held: for another file it starts anew. A batch holds at most 1,000 stories.

mod rows;

use async_trait::async_trait;
use countersign_desk::ports::{News, NewsBatch, NewsError};
use countersign_domain::{instrument::Symbol, news::RawStory};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{NewsFault, OpenError, check, cursor, oldest_first};

/// The most stories of a batch.
const BATCH: usize = 1_000;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Values with commas between them; its first line names the columns.
    Csv,
    /// One list.
    Json,
    /// One object a line.
    Jsonl,
}

/// Which column is what. An empty one is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Columns {
    /// The source's own name of a story; without it, the link, else headline and time, stand for it.
    pub name: String,
    /// The headline; must be there.
    pub headline: String,
    /// Who published it.
    pub publisher: String,
    /// Where it can be read.
    pub link: String,
    /// When it was published.
    pub published_at: String,
    /// Its symbols: a list, or a text with commas, semicolons, bars or spaces between them.
    pub symbols: String,
}

impl Default for Columns {
    fn default() -> Self {
        Self {
            name: "id".to_owned(),
            headline: "headline".to_owned(),
            publisher: "publisher".to_owned(),
            link: "url".to_owned(),
            published_at: "published_at".to_owned(),
            symbols: "symbols".to_owned(),
        }
    }
}

/// A file of stories as a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedConfig {
    /// Its name; once on a desk. 1 to 32 letters, digits, `-` and `_`.
    pub name: String,
    /// Where the file is.
    pub path: String,
    /// How it is written; by the ending of the path unless set (`csv`, `json`, `jsonl`, `ndjson`).
    #[serde(default)]
    pub format: Option<Format>,
    /// Where a JSON file has its list, such as `articles`; empty when it is the list.
    #[serde(default)]
    pub items: String,
    /// Which column is what.
    #[serde(default)]
    pub columns: Columns,
    /// The time zone of times that have none, such as `America/New_York`.
    #[serde(default)]
    pub zone: Option<String>,
}

impl RecordedConfig {
    /// Passes when a source can be made of it, as far as that is known without the file.
    ///
    /// # Errors
    ///
    /// [`NewsFault`]: the first key that makes no sense, and what would.
    pub fn check(&self) -> Result<(), NewsFault> {
        check::name(&self.name)?;
        check::need(!self.path.is_empty(), "path", "the path of a file")?;
        let known = "csv, json or jsonl where the path does not end so";
        check::need(self.format().is_some(), "format", known)?;
        let headline = !self.columns.headline.is_empty();
        check::need(headline, "columns.headline", "the name of a column")?;
        let zone = self.zone.as_deref().map(TimeZone::get);
        let known = zone.is_none_or(|it| it.is_ok());
        check::need(
            known,
            "zone",
            "the name of a time zone, such as America/New_York",
        )
    }

    fn format(&self) -> Option<Format> {
        self.format.or_else(|| {
            let (_, ending) = self.path.rsplit_once('.')?;
            match ending.to_ascii_lowercase().as_str() {
                "csv" => Some(Format::Csv),
                "json" => Some(Format::Json),
                "jsonl" | "ndjson" => Some(Format::Jsonl),
                _ => None,
            }
        })
    }
}

/// A file of stories as a source of news.
pub struct Recorded {
    config: RecordedConfig,
    /// By time, undated ones first.
    stories: Vec<RawStory>,
    unreadable: u64,
    /// Stands for what the file holds.
    belongs_to: String,
}

/// What is remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cursor {
    of: String,
    /// How many stories were told.
    told: usize,
}

impl Recorded {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// [`OpenError`]: correct the configuration, or the file.
    pub fn open(config: RecordedConfig) -> Result<Self, OpenError> {
        config.check()?;
        let format = config.format().unwrap_or(Format::Csv);
        let rows =
            rows::read(&config.path, format, &config.items).map_err(|why| OpenError::File {
                path: config.path.clone(),
                why,
            })?;
        let count = rows.rows.len();
        let stories = rows.rows.iter();
        let stories = stories.filter_map(|row| row.story(&config.columns, config.zone.as_deref()));
        let mut stories: Vec<RawStory> = stories.collect();
        let none = u64::try_from(count - stories.len()).unwrap_or(u64::MAX);
        oldest_first(&mut stories);
        let texts = stories.iter().flat_map(|it| [&it.name, &it.headline]);
        let belongs_to = cursor::fingerprint(texts.map(String::as_str));
        Ok(Self {
            config,
            stories,
            unreadable: rows.unreadable + none,
            belongs_to,
        })
    }

    /// Stories of the file, undated ones included.
    pub fn len(&self) -> usize {
        self.stories.len()
    }

    /// Whether the file holds no story at all.
    pub fn is_empty(&self) -> bool {
        self.stories.is_empty()
    }
}

#[async_trait]
impl News for Recorded {
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
        let told = before.as_ref().map_or(0, |it| it.told);
        let rest = self.stories.get(told..).unwrap_or_default();
        let is_due = |it: &&RawStory| it.published_at.is_none_or(|at| at <= now);
        let due = rest.iter().take_while(is_due).take(BATCH);
        let stories: Vec<RawStory> = due.cloned().collect();
        let next = rest.get(stories.len()).and_then(|it| it.published_at);
        let cursor = Cursor {
            of: self.belongs_to.clone(),
            told: told.min(self.stories.len()) + stories.len(),
        };
        Ok(NewsBatch {
            stories,
            unreadable: if before.is_none() { self.unreadable } else { 0 },
            cursor: cursor::write(&cursor).unwrap_or_default(),
            not_before: next.filter(|at| *at > now),
        })
    }
}
