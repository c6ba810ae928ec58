//! What a desk tells of the news.

use std::{cmp::Reverse, collections::BTreeMap};

use countersign_domain::{
    instrument::Symbol,
    news::{Action, Judged, Reason},
    signal::Direction,
    view::{AgainstView, NewsSourceView, NewsView, PassView, ReaderView, StoryView},
};
use countersign_signals::news::{ends, says};
use jiff::Timestamp;

use super::{LetPass, NewsSource, Trade};
use crate::{desk::Desk, ports::StoreError, seen::Seen};

/// Stories of an answer.
const STORIES: usize = 50;

/// One more than that: it tells that there are older ones.
const MOST: u32 = 51;

/// The ways that a trade can go.
const WAYS: [Direction; 2] = [Direction::Bullish, Direction::Bearish];

impl Desk {
    /// What it knows of the news on an underlying, or of all, with where its sources stand.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn news_view(&self, about: Option<Symbol>) -> Result<NewsView, StoreError> {
        let seen = self.seen().await?;
        let now = self.now();
        let rules = &self.ports.news.rules;
        let decided = |underlying: Symbol, direction: Direction| {
            let trade = Trade {
                underlying,
                direction,
                strategy: "",
            };
            let decision = rules.decide(&seen, &trade, now)?;
            Some((direction, decision))
        };
        let decisions = about.map(|symbol| {
            let ways = WAYS.into_iter();
            ways.filter_map(|way| decided(symbol, way)).collect()
        });
        let mut stories = self.stories(about, MOST).await?;
        if about.is_some() {
            let all = seen.stories.values();
            let everybody = all.filter(|it| it.story.underlyings.is_empty());
            stories.extend(everybody.map(|it| it.as_ref().clone()));
            stories.sort_by_key(|it| Reverse((it.story.published_at, it.story.id)));
        }
        let cut = stories.len() > STORIES;
        stories.truncate(STORIES);
        let stories = stories.into_iter();
        Ok(NewsView {
            header: self.header(&seen),
            about,
            reads: rules.reads,
            stories: stories.map(|it| self.said(it, &seen, now)).collect(),
            cut,
            decisions: decisions.unwrap_or_default(),
            against: self.standing_vetoes(&seen, about),
            passing: passing(&seen, about, now),
            deeds: self.news_deeds(about).await?,
            sources: self.news_sources(&seen, now),
            reader: self.news_reader(),
        })
    }

    /// What the policy says to one story by itself at that time, and until when; `None` where it says
    /// nothing.
    pub fn news_says(&self, judged: &Judged, at: Timestamp) -> Option<(Action, Timestamp)> {
        says(&self.ports.news.rules.params.policy, judged, at)
    }

    /// A story with what the policy says to it.
    fn said(&self, judged: Judged, seen: &Seen, now: Timestamp) -> StoryView {
        let said = self.news_says(&judged, now);
        let name = format!("story:{}", judged.story.cluster);
        let let_pass = |it: &LetPass| {
            now < it.until && it.name == name && judged.story.concerns(it.underlying)
        };
        let vetoes = said.is_some_and(|(action, _)| action == Action::Veto);
        StoryView {
            passes: vetoes && seen.desk.let_pass.iter().any(let_pass),
            action: said.map(|(action, _)| action).unwrap_or_default(),
            until: said.map(|(_, until)| until),
            judged,
        }
    }

    /// The vetoes on what is watched, or on one underlying; each reason once.
    fn standing_vetoes(&self, seen: &Seen, about: Option<Symbol>) -> Vec<AgainstView> {
        let on = about.map_or_else(|| self.watchlist(seen), |symbol| vec![symbol]);
        let mut all: Vec<AgainstView> = Vec::new();
        for (underlying, direction, reason) in self.reasons_against(seen, on) {
            if reason.action() != Action::Veto {
                continue;
            }
            let name = reason.name();
            let mut known = all.iter_mut();
            let same = known.find(|it| it.underlying == underlying && it.reason.name() == name);
            if let Some(same) = same {
                same.direction = None;
                continue;
            }
            all.push(AgainstView {
                underlying,
                direction: Some(direction),
                until: ends(&self.ports.news.rules.params.policy, &reason),
                reason,
            });
        }
        all
    }

    /// Everything that the news has against trades on these, each way.
    fn reasons_against(&self, seen: &Seen, on: Vec<Symbol>) -> Vec<(Symbol, Direction, Reason)> {
        let now = self.now();
        let mut all = Vec::new();
        for underlying in on {
            for direction in WAYS {
                let trade = Trade {
                    underlying,
                    direction,
                    strategy: "",
                };
                let decided = self.ports.news.rules.decide(seen, &trade, now);
                let reasons = decided.into_iter().flat_map(|it| it.reasons);
                all.extend(reasons.map(|reason| (underlying, direction, reason)));
            }
        }
        all
    }

    /// What the news has against trades on what is watched, each reason once.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn news_against(&self) -> Result<Vec<(Symbol, Reason)>, StoreError> {
        let seen = self.seen().await?;
        let mut all: Vec<(Symbol, Reason)> = Vec::new();
        for (underlying, _, reason) in self.reasons_against(&seen, self.watchlist(&seen)) {
            let same = |it: &(Symbol, Reason)| it.0 == underlying && it.1.name() == reason.name();
            if !all.iter().any(same) {
                all.push((underlying, reason));
            }
        }
        Ok(all)
    }

    /// Where each source stands: those of this process, or those that another one asks.
    fn news_sources(&self, seen: &Seen, now: Timestamp) -> Vec<NewsSourceView> {
        if !self.reads_news() {
            return seen.sources.values().map(|it| shown(it)).collect();
        }
        let sources = self.ports.news.sources.iter().map(|source| {
            let Some(known) = seen.sources.get(source.name()) else {
                return NewsSourceView {
                    name: source.name().to_owned(),
                    budget: source.budget(None, now),
                    ..NewsSourceView::default()
                };
            };
            NewsSourceView {
                budget: source.budget(known.cursor.as_deref(), now),
                ..shown(known)
            }
        });
        sources.collect()
    }

    fn news_reader(&self) -> Option<ReaderView> {
        let reader = self.ports.news.reader.as_ref()?;
        Some(ReaderView {
            scorer: reader.scorer()?,
            engine: reader.engine(),
        })
    }

    /// The stories behind these reasons, as they were read: of each name the one that the reason tells.
    pub(crate) async fn behind<'a>(
        &self,
        reasons: impl Iterator<Item = &'a Reason>,
        about: Symbol,
    ) -> Result<Vec<Judged>, StoreError> {
        let wanted = reasons.filter_map(|reason| match reason {
            Reason::Story {
                story, headline, ..
            } => Some((*story, headline.clone())),
            _ => None,
        });
        let wanted: BTreeMap<_, _> = wanted.collect();
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let seen = self.seen().await?;
        let memory = seen.stories.values().map(|it| it.as_ref().clone());
        let mut known: Vec<Judged> = memory.collect();
        known.extend(self.stories(Some(about), MOST).await?);
        let found = wanted.iter().filter_map(|(cluster, headline)| {
            let mut told = known.iter().filter(|it| it.story.cluster == *cluster);
            let exact = told.clone().find(|it| it.story.headline == *headline);
            exact.or_else(|| told.next()).cloned()
        });
        Ok(found.collect())
    }
}

/// What admins let pass now, newest first.
fn passing(seen: &Seen, about: Option<Symbol>, now: Timestamp) -> Vec<PassView> {
    let of = |it: &&LetPass| now < it.until && about.is_none_or(|on| on == it.underlying);
    let views = seen.desk.let_pass.iter().filter(of).map(|it| PassView {
        name: it.name.clone(),
        underlying: it.underlying,
        by: it.by_name.clone(),
        reason: it.reason.clone(),
        at: it.at,
        until: it.until,
    });
    let mut views: Vec<_> = views.collect();
    views.sort_by_key(|it| Reverse(it.at));
    views
}

fn shown(source: &NewsSource) -> NewsSourceView {
    let dropped = source.dropped.iter();
    NewsSourceView {
        name: source.name.clone(),
        heard_at: source.heard_at,
        fault: source.fault.clone(),
        taken: source.taken,
        dropped: dropped.map(|(why, count)| (why.clone(), *count)).collect(),
        next: source.not_before,
        budget: None,
    }
}
