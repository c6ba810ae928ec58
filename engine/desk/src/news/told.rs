//! What a desk tells of the news.

use countersign_domain::{
    instrument::Symbol,
    news::Reason,
    signal::Direction,
    view::{NewsSourceView, NewsView},
};

use super::{NewsSource, Trade};
use crate::{desk::Desk, ports::StoreError};

/// Stories of an answer.
const STORIES: u32 = 20;

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
        let ways = [Direction::Bullish, Direction::Bearish].into_iter();
        let decisions = about.map(|symbol| ways.filter_map(|way| decided(symbol, way)).collect());
        Ok(NewsView {
            header: self.header(&seen),
            about,
            reads: rules.reads,
            stories: self.stories(about, STORIES).await?,
            decisions: decisions.unwrap_or_default(),
            sources: seen.sources.values().map(|it| shown(it)).collect(),
        })
    }

    /// What the news has against trades on what is watched, each reason once.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn news_against(&self) -> Result<Vec<(Symbol, Reason)>, StoreError> {
        let seen = self.seen().await?;
        let now = self.now();
        let mut all: Vec<(Symbol, Reason)> = Vec::new();
        for underlying in self.watchlist(&seen) {
            for direction in [Direction::Bullish, Direction::Bearish] {
                let trade = Trade {
                    underlying,
                    direction,
                    strategy: "",
                };
                let decided = self.ports.news.rules.decide(&seen, &trade, now);
                for reason in decided.into_iter().flat_map(|it| it.reasons) {
                    let same =
                        |it: &(Symbol, Reason)| it.0 == underlying && it.1.name() == reason.name();
                    if !all.iter().any(same) {
                        all.push((underlying, reason));
                    }
                }
            }
        }
        Ok(all)
    }
}

fn shown(source: &NewsSource) -> NewsSourceView {
    let dropped = source.dropped.iter();
    NewsSourceView {
        name: source.name.clone(),
        heard_at: source.heard_at,
        fault: source.fault.clone(),
        taken: source.taken,
        dropped: dropped.map(|(why, count)| (why.clone(), *count)).collect(),
    }
}
