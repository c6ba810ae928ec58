//! One piece of news.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Category, Impact, Reading};
use crate::{ids::StoryId, instrument::Symbol};

/// One item, as raw as the source gave it: the desk decides what to believe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawStory {
    /// The source's own name of it, stable over repeats.
    pub name: String,
    /// The headline, with whatever markup the source puts into it.
    pub headline: String,
    /// Who published it; empty when the source does not say.
    pub publisher: String,
    /// Where it can be read; empty when the source does not say.
    pub link: String,
    /// When it was published; `None` when the source does not say, or not in a way that can be read.
    pub published_at: Option<Timestamp>,
    /// The symbols that the source itself puts it under.
    pub symbols: Vec<String>,
}

/// One piece of news as a source told it, made sound: its text has no markup and no control
/// characters, its time lies in the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Its id; derives from the source and the source's own name of it, so that a repeat is the same.
    pub id: StoryId,
    /// Which configured source told it.
    pub source: String,
    /// Its headline, in one line.
    pub headline: String,
    /// Who published it, as the source says.
    pub publisher: String,
    /// Where it can be read; `http` or `https` alone.
    pub link: Option<String>,
    /// When it was published, as the source says.
    pub published_at: Timestamp,
    /// When the desk heard it.
    pub heard_at: Timestamp,
    /// What it is about, each once; empty when it is about everybody, as news of the economy is.
    pub underlyings: Vec<Symbol>,
    /// The first story that told the same thing; its own id when it is that one.
    pub cluster: StoryId,
}

impl Story {
    /// Whether it has something to say about `underlying`.
    pub fn concerns(&self, underlying: Symbol) -> bool {
        self.underlyings.is_empty() || self.underlyings.contains(&underlying)
    }
}

/// A story and what the desk makes of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// The story.
    pub story: Story,
    /// How it was read.
    pub reading: Reading,
    /// What it is about.
    pub category: Category,
    /// How much it matters.
    pub impact: Impact,
    /// Independent publishers that carry it, itself among them; at least 1.
    pub publishers: u32,
}
