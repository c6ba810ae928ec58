//! News, from what a source told to what it means for a trade.

mod calendar;
mod categories;
mod clean;
mod cluster;
mod deciding;
mod hearing;
mod hostile;
mod impact;
mod params;
mod recorded;
mod standing;
mod tagging;

use countersign_domain::{
    instrument::Symbol,
    news::{Judged, Opinion, RawStory, Reading, Scorer, Story, Topic},
};
use countersign_signals::news::{Heard, Hearing, NewsParams, hear, judge, story_id};
use jiff::{SignedDuration, Timestamp};

/// Thursday, 19 November 2026, 10:00 in New York.
fn now() -> Timestamp {
    "2026-11-19T15:00:00Z".parse().unwrap()
}

fn ago(minutes: i64) -> Timestamp {
    now() - SignedDuration::from_mins(minutes)
}

fn symbol(text: &str) -> Symbol {
    text.parse().unwrap()
}

fn symbols(text: &str) -> Vec<Symbol> {
    text.split_whitespace().map(symbol).collect()
}

/// An item of ten minutes ago, by Reuters.
fn raw(headline: &str) -> RawStory {
    RawStory {
        name: headline.to_owned(),
        headline: headline.to_owned(),
        publisher: "Reuters".to_owned(),
        link: "https://example.com/story".to_owned(),
        published_at: Some(ago(10)),
        symbols: Vec::new(),
    }
}

/// What is watched in these stories, unless they say otherwise.
fn watched() -> Vec<Symbol> {
    symbols("AAPL TSLA TGT NVDA SPY GAP V F META ALL IT ON NOW GS PFE")
}

fn heard_beside(raw: &[RawStory], known: &[Judged]) -> Heard {
    hear(Hearing {
        source: "wire",
        raw,
        known,
        watched: &watched(),
        params: &NewsParams::default(),
        now: now(),
    })
}

fn heard(raw: &[RawStory]) -> Heard {
    heard_beside(raw, &[])
}

/// The one story that a headline makes.
fn story(headline: &str) -> Story {
    let mut heard = heard(&[raw(headline)]);
    let story = heard.stories.pop();
    story.unwrap_or_else(|| panic!("{headline}: {:?}", heard.dropped))
}

fn scorer() -> Scorer {
    Scorer {
        name: "embedded".to_owned(),
        version: "1".to_owned(),
        sha256: "a".repeat(64),
    }
}

/// A reading of a score, sure of one topic where one is named.
fn read(score: f64, topic: Option<(Topic, f64)>) -> Reading {
    let (bullish, bearish) = (score.max(0.0), (-score).max(0.0));
    Reading::Read(Opinion {
        bearish,
        neutral: 1.0 - bullish - bearish,
        bullish,
        topics: topic.into_iter().collect(),
        by: scorer(),
        took_ms: 5.0,
    })
}

fn judged(headline: &str, reading: Reading) -> Judged {
    judge(story(headline), reading, &[], &NewsParams::default(), now())
}

/// A story on Apple with that headline, as it stands, heard now.
fn bare(headline: &str) -> Story {
    let id = story_id("wire", headline);
    Story {
        id,
        source: "wire".to_owned(),
        headline: headline.to_owned(),
        publisher: "Reuters".to_owned(),
        link: None,
        published_at: now(),
        heard_at: now(),
        underlyings: symbols("AAPL"),
        cluster: id,
    }
}
