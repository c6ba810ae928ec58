//! What one source told, made into stories: cleaned, dated, tagged, repeats left out, those that tell
//! the same put together.

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::{
    ids::StoryId,
    instrument::Symbol,
    news::{Judged, RawStory, Story},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    NewsParams,
    alike::Print,
    clean,
    tags::{Tags, Told, is_market, tags},
    words::{Word, words},
};

/// What one source told, and what is known already.
#[derive(Clone, Copy, Debug)]
pub struct Hearing<'a> {
    /// The source's name in the configuration.
    pub source: &'a str,
    /// What it told, as it gave it.
    pub raw: &'a [RawStory],
    /// Stories of the last days, to find repeats and what tells the same.
    pub known: &'a [Judged],
    /// What the desk watches.
    pub watched: &'a [Symbol],
    /// The rules.
    pub params: &'a NewsParams,
    /// The time.
    pub now: Timestamp,
}

/// Why an item is no story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dropped {
    /// Nothing is left of its headline.
    Empty,
    /// It has no date that can be read.
    Undated,
    /// It was published later than now.
    Future,
    /// It is too old.
    Stale,
    /// It was told before: the same item, or the same headline by the same publisher.
    Repeated,
    /// It is neither about anything that is watched nor about the economy.
    Untagged,
}

impl Dropped {
    /// Every reason.
    pub const ALL: [Self; 6] = [
        Self::Empty,
        Self::Undated,
        Self::Future,
        Self::Stale,
        Self::Repeated,
        Self::Untagged,
    ];

    /// The word for it in stored rows and figures.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Undated => "undated",
            Self::Future => "future",
            Self::Stale => "stale",
            Self::Repeated => "repeated",
            Self::Untagged => "untagged",
        }
    }
}

/// What is left of what a source told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// The stories, in the order in which they were told.
    pub stories: Vec<Story>,
    /// How many items were dropped, by why.
    pub dropped: BTreeMap<Dropped, u64>,
}

/// Makes stories of what a source told. The same input gives the same stories, with the same ids.
pub fn hear(batch: Hearing<'_>) -> Heard {
    let mut known = Known::of(&batch);
    let mut heard = Heard::default();
    for raw in batch.raw {
        match story(raw, &batch, &mut known) {
            Ok(story) => heard.stories.push(story),
            Err(why) => {
                let count = heard.dropped.entry(why).or_default();
                *count = count.saturating_add(1);
            }
        }
    }
    heard
}

/// What was told before, as far as it matters to what is told now.
struct Known {
    ids: BTreeSet<StoryId>,
    /// Publisher and headline, as they are compared.
    told: BTreeSet<(String, String)>,
    prints: Vec<Print>,
}

impl Known {
    fn of(batch: &Hearing<'_>) -> Self {
        let mut known = Self {
            ids: BTreeSet::new(),
            told: BTreeSet::new(),
            prints: Vec::new(),
        };
        // Nothing has to be compared with nothing.
        if batch.raw.is_empty() {
            return known;
        }
        for Judged { story, .. } in batch.known {
            let words = words(&story.headline);
            let named = tagged(&story.headline, &words, &[], batch).named;
            known.add(story, &words, named);
        }
        known
    }

    fn add(&mut self, story: &Story, words: &[Word], named: BTreeSet<Symbol>) {
        self.ids.insert(story.id);
        self.told.insert(told(story, words));
        self.prints.push(Print::of(story, words, named));
    }
}

fn tagged(headline: &str, words: &[Word], under: &[String], batch: &Hearing<'_>) -> Tags {
    tags(&Told {
        headline,
        words,
        under,
        watched: batch.watched,
        names: &batch.params.names,
    })
}

/// Who told what, as it is compared.
fn told(story: &Story, words: &[Word]) -> (String, String) {
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    (publisher(story), folded.join(" "))
}

/// The publisher as it is compared; the source, where none is named.
pub(super) fn publisher(story: &Story) -> String {
    let outlet = clean::outlet(&story.publisher);
    if outlet.is_empty() {
        format!("source {}", story.source)
    } else {
        outlet
    }
}

/// The id of a story: the same for the same source and name of it.
pub fn story_id(source: &str, name: &str) -> StoryId {
    let mut digest = Sha256::new();
    digest.update(source.as_bytes());
    // No name of a source holds a zero: two pairs cannot run together to one text.
    digest.update([0]);
    digest.update(name.as_bytes());
    let bits = digest.finalize();
    let bits = bits.iter().take(16);
    StoryId::from_bits(bits.fold(0, |bits, byte| bits << 8 | u128::from(*byte)))
}

fn story(raw: &RawStory, batch: &Hearing<'_>, known: &mut Known) -> Result<Story, Dropped> {
    let (headline, publisher) = clean::headline(&raw.headline, &raw.publisher);
    let words = words(&headline);
    if words.is_empty() {
        return Err(Dropped::Empty);
    }
    let published_at = published(raw, batch)?;
    // A source without names of its own is known by what it says.
    let name = [&raw.name, &raw.link, &headline]
        .into_iter()
        .find(|name| !name.trim().is_empty());
    let id = story_id(batch.source, name.map_or("", |name| name));
    let mut story = Story {
        id,
        source: batch.source.to_owned(),
        headline,
        publisher,
        link: clean::link(&raw.link),
        published_at,
        heard_at: batch.now,
        underlyings: Vec::new(),
        cluster: id,
    };
    if known.ids.contains(&id) || known.told.contains(&told(&story, &words)) {
        return Err(Dropped::Repeated);
    }
    let tags = tagged(&story.headline, &words, &raw.symbols, batch);
    story.underlyings = underlyings(&tags, &words, batch)?;
    let own = Print::of(&story, &words, tags.named.clone());
    if let Some(cluster) = own.cluster(known.prints.iter(), &batch.params.alike) {
        story.cluster = cluster;
    }
    known.add(&story, &words, tags.named);
    Ok(story)
}

/// When it was published: at the latest now, since clocks differ a little.
fn published(raw: &RawStory, batch: &Hearing<'_>) -> Result<Timestamp, Dropped> {
    let params = &batch.params.hear;
    let at = raw.published_at.ok_or(Dropped::Undated)?;
    let age = batch.now.duration_since(at);
    if age < -SignedDuration::from_secs(i64::from(params.future_s)) {
        return Err(Dropped::Future);
    }
    if age > SignedDuration::from_hours(i64::from(params.stale_hours)) {
        return Err(Dropped::Stale);
    }
    Ok(at.min(batch.now))
}

/// What it is about: what it is tagged with; nobody in particular where it is news of the economy that
/// names no company.
fn underlyings(tags: &Tags, words: &[Word], batch: &Hearing<'_>) -> Result<Vec<Symbol>, Dropped> {
    let market = is_market(&tags.about, &batch.params.names);
    if market && batch.params.rules.economy(words).is_some() {
        return Ok(Vec::new());
    }
    if tags.about.iter().any(|one| batch.watched.contains(one)) {
        Ok(tags.about.iter().copied().collect())
    } else {
        Err(Dropped::Untagged)
    }
}
