//! A wire: a source of news that tells what a test gives it, and a reader that knows a few words.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use countersign_desk::{
    news::{NewsDesk, NewsRules},
    ports::{News, NewsBatch, NewsError, Sentiment},
};
use countersign_domain::{
    instrument::Symbol,
    news::{Opinion, RawStory, Reading, Scorer, Topic},
    view::{BudgetView, ModelEngine},
};
use jiff::{SignedDuration, Timestamp};

/// The wire.
#[derive(Default)]
pub(crate) struct Wire(Mutex<Vec<RawStory>>);

impl Wire {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Publishes a story about a symbol.
    pub(crate) fn tell(&self, symbol: &str, headline: &str, publisher: &str, at: Timestamp) {
        let mut told = self.0.lock().expect("no test panics while it holds this");
        let number = told.len();
        told.push(RawStory {
            name: format!("item {number}"),
            link: format!("https://news.example/{number}"),
            headline: headline.to_owned(),
            publisher: publisher.to_owned(),
            published_at: Some(at),
            symbols: vec![symbol.to_owned()],
        });
    }

    pub(crate) fn desk(self: &Arc<Self>) -> NewsDesk {
        NewsDesk {
            sources: vec![self.clone()],
            reader: Some(self.clone()),
            rules: Arc::new(NewsRules {
                reads: true,
                read_within: SignedDuration::from_secs(2),
                ..NewsRules::default()
            }),
        }
    }
}

#[async_trait]
impl News for Wire {
    fn name(&self) -> &'static str {
        "wire"
    }

    fn budget(&self, _: Option<&str>, _: Timestamp) -> Option<BudgetView> {
        Some(BudgetView {
            used: 1_204,
            of: 5_000,
        })
    }

    async fn poll(
        &self,
        cursor: Option<&str>,
        _: &[Symbol],
        _: Timestamp,
    ) -> Result<NewsBatch, NewsError> {
        let told = self.0.lock().expect("no test panics while it holds this");
        let from: usize = cursor.map_or(0, |cursor| cursor.parse().expect("our own"));
        Ok(NewsBatch {
            stories: told[from..].to_vec(),
            unreadable: u64::from(from == 0),
            cursor: told.len().to_string(),
            not_before: None,
        })
    }
}

#[async_trait]
impl Sentiment for Wire {
    fn scorer(&self) -> Option<Scorer> {
        Some(Scorer {
            name: "clerk".to_owned(),
            version: "3".to_owned(),
            sha256: "0123456789abcdef".repeat(4),
        })
    }

    fn engine(&self) -> Option<ModelEngine> {
        Some(ModelEngine::Native {
            name: "pen".to_owned(),
            file: "/paper".to_owned(),
        })
    }

    async fn read(&self, texts: &[String], _: SignedDuration) -> Vec<Reading> {
        let read = |text: &String| {
            let bad = if text.contains("sued") { 0.9 } else { 0.0 };
            Reading::Read(Opinion {
                bearish: bad,
                neutral: 1.0 - bad,
                bullish: 0.0,
                topics: vec![(
                    if bad > 0.0 {
                        Topic::Legal
                    } else {
                        Topic::Opinion
                    },
                    0.95,
                )],
                by: self.scorer().expect("it reads"),
                took_ms: 1.0,
            })
        };
        texts.iter().map(read).collect()
    }
}
