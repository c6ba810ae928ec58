//! Polling: every source that is due is asked, what it told is read and judged, and the unit that
//! writes it down does what follows.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    instrument::Symbol,
    news::{Abstention, Judged, RawStory, Reading, Story},
};
use countersign_signals::news::{Dropped, Hearing, hear, judge};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::{NewsSource, heard::Hear};
use crate::{
    desk::Desk,
    ports::{News, NewsBatch, NewsError, StoreError},
    seen::Seen,
};

/// After a source failed, it is asked again so long after.
const AGAIN: SignedDuration = SignedDuration::from_secs(60);

/// Stories that were not read are tried again, so many at once.
const READ_AGAIN: usize = 64;

/// What came of a poll.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polled {
    /// Sources that were asked.
    pub asked: usize,
    /// Those of them that had no answer.
    pub failed: usize,
    /// Stories taken in.
    pub taken: usize,
    /// Items left out.
    pub dropped: u64,
}

impl Desk {
    /// True where there is a source of news to be asked.
    pub fn reads_news(&self) -> bool {
        !self.ports.news.sources.is_empty()
    }

    /// Asks every source of news that is due, and does what follows from what it told: tickets that are
    /// on offer are withdrawn or warn, entries that work are cancelled, and what is held is an alarm.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; what was not written down is told again by its source.
    pub async fn poll_news(&self) -> Result<Polled, StoreError> {
        let mut polled = Polled::default();
        if !self.reads_news() {
            return Ok(polled);
        }
        let seen = self.seen().await?;
        let now = self.now();
        let watched = self.news_about(&seen);
        let due = self.ports.news.sources.iter().filter(|source| {
            let known = seen.sources.get(source.name());
            known.is_none_or(|it| it.not_before.is_none_or(|before| before <= now))
        });
        let answers = join_all(due.map(|source| self.ask(source, &seen, &watched, now))).await;
        for (source, answer) in answers {
            polled.asked = polled.asked.saturating_add(1);
            match answer {
                Ok(batch) => self.take_in_news(source, batch, &mut polled).await?,
                Err(error) => {
                    polled.failed = polled.failed.saturating_add(1);
                    self.went_wrong(source, &error).await?;
                }
            }
        }
        self.read_again().await?;
        Ok(polled)
    }

    /// What news is wanted about: what is watched, and what is offered or held.
    fn news_about(&self, seen: &Seen) -> Vec<Symbol> {
        let mut all = self.watchlist(seen);
        let offered = seen.offered().map(|ticket| ticket.underlying);
        let held = seen
            .open_positions()
            .map(|position| position.structure.underlying());
        for symbol in offered.chain(held) {
            if !all.contains(&symbol) {
                all.push(symbol);
            }
        }
        all
    }

    async fn ask(
        &self,
        source: &Arc<dyn News>,
        seen: &Seen,
        watched: &[Symbol],
        now: Timestamp,
    ) -> (NewsSource, Result<NewsBatch, NewsError>) {
        let known = seen.sources.get(source.name());
        let mut row = known.map(|it| it.as_ref().clone()).unwrap_or_default();
        source.name().clone_into(&mut row.name);
        let answer = source.poll(row.cursor.as_deref(), watched, now).await;
        (row, answer)
    }

    async fn went_wrong(&self, mut row: NewsSource, error: &NewsError) -> Result<(), StoreError> {
        let now = self.now();
        if row.fault.is_none() {
            tracing::warn!(source = row.name, %error, "a source of news has nothing to tell");
        }
        let since = row.fault.map_or(now, |(_, since)| since);
        row.not_before = Some(match error {
            NewsError::Wait { until } => *until,
            _ => now + AGAIN,
        });
        row.fault = Some((error.to_string(), since));
        self.write_news(row, Vec::new()).await
    }

    async fn take_in_news(
        &self,
        mut row: NewsSource,
        batch: NewsBatch,
        polled: &mut Polled,
    ) -> Result<(), StoreError> {
        let seen = self.seen().await?;
        let now = self.now();
        if let Some((_, since)) = row.fault.take() {
            tracing::info!(source = row.name, %since, "a source of news answers again");
        }
        let heard = self.sound(&row.name, &batch.stories, &seen, now);
        row.cursor = Some(batch.cursor);
        row.heard_at = Some(now);
        row.not_before = batch.not_before;
        row.taken = row.taken.saturating_add(counted(heard.0.len()));
        let unreadable =
            (batch.unreadable > 0).then(|| ("unreadable".to_owned(), batch.unreadable));
        let dropped = heard
            .1
            .into_iter()
            .map(|(why, count)| (why.as_str().to_owned(), count));
        for (why, count) in dropped.chain(unreadable) {
            polled.dropped = polled.dropped.saturating_add(count);
            let sum = row.dropped.entry(why).or_default();
            *sum = sum.saturating_add(count);
        }
        polled.taken = polled.taken.saturating_add(heard.0.len());
        let judged = self.judged(heard.0, &seen, now).await;
        self.write_news(row, judged).await
    }

    fn sound(
        &self,
        source: &str,
        raw: &[RawStory],
        seen: &Seen,
        now: Timestamp,
    ) -> (Vec<Story>, BTreeMap<Dropped, u64>) {
        let known: Vec<Judged> = seen
            .stories
            .values()
            .map(|it| it.as_ref().clone())
            .collect();
        let heard = hear(Hearing {
            source,
            raw,
            known: &known,
            watched: &self.news_about(seen),
            params: &self.ports.news.rules.params,
            now,
        });
        (heard.stories, heard.dropped)
    }

    /// Has stories read, and judges them beside each other and what was heard before.
    async fn judged(&self, stories: Vec<Story>, seen: &Seen, now: Timestamp) -> Vec<Judged> {
        if stories.is_empty() {
            return Vec::new();
        }
        let texts: Vec<_> = stories.iter().map(|story| story.headline.clone()).collect();
        let readings = self.readings(&texts).await;
        let mut around: Vec<Judged> = seen
            .stories
            .values()
            .map(|it| it.as_ref().clone())
            .collect();
        let mut all = Vec::new();
        for (story, reading) in stories.into_iter().zip(readings) {
            let one = judge(story, reading, &around, &self.ports.news.rules.params, now);
            around.push(one.clone());
            all.push(one);
        }
        all
    }

    /// As many readings as texts.
    async fn readings(&self, texts: &[String]) -> Vec<Reading> {
        let within = self.ports.news.rules.read_within;
        let mut readings = match &self.ports.news.reader {
            Some(reader) => reader.read(texts, within).await,
            None => Vec::new(),
        };
        readings.resize(texts.len(), Reading::Abstained(Abstention::NoModel));
        readings
    }

    /// Tries again what nobody could read when it came.
    async fn read_again(&self) -> Result<(), StoreError> {
        let reads = |it: &Arc<dyn crate::ports::Sentiment>| it.scorer().is_some();
        if !self.ports.news.reader.as_ref().is_some_and(reads) {
            return Ok(());
        }
        let seen = self.seen().await?;
        let unread = seen
            .stories
            .values()
            .filter(|it| it.reading.opinion().is_none());
        let unread: Vec<Story> = unread.take(READ_AGAIN).map(|it| it.story.clone()).collect();
        if unread.is_empty() {
            return Ok(());
        }
        let judged = self.judged(unread, &seen, self.now()).await;
        let read: Vec<_> = judged
            .into_iter()
            .filter(|it| it.reading.opinion().is_some())
            .collect();
        if read.is_empty() {
            return Ok(());
        }
        self.run(self.hearing(None, read)).await.map(drop)
    }

    async fn write_news(&self, row: NewsSource, judged: Vec<Judged>) -> Result<(), StoreError> {
        for one in &judged {
            tracing::debug!(
                source = row.name,
                headline = one.story.headline,
                category = one.category.as_str(),
                impact = one.impact.as_str(),
                "a story was judged"
            );
        }
        self.run(self.hearing(Some(row), judged)).await.map(drop)
    }

    fn hearing(&self, source: Option<NewsSource>, judged: Vec<Judged>) -> Hear {
        Hear {
            desk: self.id,
            source,
            judged,
            rules: self.ports.news.rules.clone(),
            fee: self.fee(),
        }
    }

    /// The newest stories as a desk knows them, newest first: about one underlying, or all.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn stories(
        &self,
        about: Option<Symbol>,
        most: u32,
    ) -> Result<Vec<Judged>, StoreError> {
        self.ports.store.stories(self.id, about, most).await
    }
}

fn counted(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
