//! A newsroom: a source that tells what a story gives it, and a reader who reads it as the story says.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use countersign_desk::{
    news::{NewsDesk, NewsRules},
    ports::{News, NewsBatch, NewsError, Sentiment},
};
use countersign_domain::{
    instrument::Symbol,
    news::{Abstention, Opinion, RawStory, Reading, Scorer, Topic},
};
use jiff::{SignedDuration, Timestamp};

/// What a story controls of the news.
#[derive(Debug, Default)]
pub struct Newsroom {
    said: Mutex<Said>,
}

#[derive(Debug, Default)]
struct Said {
    /// Everything that was ever told, oldest first.
    stories: Vec<RawStory>,
    /// What the source answers instead.
    fault: Option<NewsError>,
    /// Texts that hold these words are read so; everything else as a plain fact.
    opinions: Vec<(String, Reading)>,
    /// What the reader answers instead.
    abstains: Option<Abstention>,
    /// Nothing that is asked of source or reader comes back.
    silent: bool,
}

impl Newsroom {
    fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Publishes a story about ACME.
    pub fn publish(&self, headline: &str, publisher: &str, at: Timestamp) {
        self.publish_about("ACME", headline, publisher, at);
    }

    /// Publishes a story about something; an empty symbol is about nothing in particular.
    pub fn publish_about(&self, symbol: &str, headline: &str, publisher: &str, at: Timestamp) {
        let mut said = self.said();
        let name = format!("{publisher}-{}", said.stories.len());
        let symbols = (!symbol.is_empty()).then(|| symbol.to_owned());
        said.stories.push(RawStory {
            name,
            headline: headline.to_owned(),
            publisher: publisher.to_owned(),
            link: String::new(),
            published_at: Some(at),
            symbols: symbols.into_iter().collect(),
        });
    }

    /// From now on texts with these words are read so: from -1, bad, to +1, good, and about that.
    pub fn reads(&self, words: &str, score: f64, topic: Topic) {
        let reading = Reading::Read(opinion(score, topic));
        self.said().opinions.push((words.to_owned(), reading));
    }

    /// The source answers with a fault from now on, or tells again.
    pub fn source_is(&self, fault: Option<NewsError>) {
        self.said().fault = fault;
    }

    /// Nothing is read from now on, or everything again.
    pub fn reader_is(&self, abstains: Option<Abstention>) {
        self.said().abstains = abstains;
    }

    /// Nothing that is asked of source or reader comes back from now on, or everything again.
    pub fn is_silent(&self, silent: bool) {
        self.said().silent = silent;
    }

    /// Waits for as long as nothing comes back.
    async fn answers(&self) {
        if self.said().silent {
            std::future::pending::<()>().await;
        }
    }

    /// A desk's part of it: this source, this reader, and those rules.
    pub fn desk(self: &Arc<Self>, rules: NewsRules) -> NewsDesk {
        NewsDesk {
            sources: vec![self.clone()],
            reader: Some(self.clone()),
            rules: Arc::new(NewsRules {
                reads: true,
                read_within: SignedDuration::from_secs(2),
                ..rules
            }),
        }
    }
}

/// An opinion with that score and topic.
fn opinion(score: f64, topic: Topic) -> Opinion {
    Opinion {
        bearish: (-score).max(0.0),
        neutral: 1.0 - score.abs(),
        bullish: score.max(0.0),
        topics: vec![(topic, 0.95)],
        by: scorer(),
        took_ms: 1.0,
    }
}

fn scorer() -> Scorer {
    Scorer {
        name: "newsroom".to_owned(),
        version: "1".to_owned(),
        sha256: "ab".repeat(32),
    }
}

#[async_trait]
impl News for Newsroom {
    fn name(&self) -> &'static str {
        "newsroom"
    }

    async fn poll(
        &self,
        cursor: Option<&str>,
        _: &[Symbol],
        _: Timestamp,
    ) -> Result<NewsBatch, NewsError> {
        self.answers().await;
        let said = self.said();
        if let Some(fault) = &said.fault {
            return Err(fault.clone());
        }
        let from: usize = cursor.map_or(0, |cursor| cursor.parse().expect("a cursor of its own"));
        Ok(NewsBatch {
            stories: said.stories[from..].to_vec(),
            cursor: said.stories.len().to_string(),
            ..NewsBatch::default()
        })
    }
}

#[async_trait]
impl Sentiment for Newsroom {
    fn scorer(&self) -> Option<Scorer> {
        self.said().abstains.is_none().then(scorer)
    }

    async fn read(&self, texts: &[String], _: SignedDuration) -> Vec<Reading> {
        self.answers().await;
        let said = self.said();
        let read = |text: &String| {
            if let Some(why) = said.abstains {
                return Reading::Abstained(why);
            }
            let known = said.opinions.iter().find(|(words, _)| text.contains(words));
            let plain = || Reading::Read(opinion(0.0, Topic::Opinion));
            known.map_or_else(plain, |(_, reading)| reading.clone())
        };
        texts.iter().map(read).collect()
    }
}
