//! News on the desk: what was heard, how it was read, what it means for each trade, and what is done
//! about it. Nothing here can hold up an exit: units that decide exits never look at any of it.

mod deeds;
mod heard;
mod pass;
mod poll;
mod standing;
mod told;

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    ids::OperatorId,
    instrument::Symbol,
    money::Contracts,
    news::{Action, Decision, Judged, Reason, Scheduled},
    signal::Direction,
};
use countersign_signals::news::{Deciding, NewsParams, decide};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use pass::PassAsk;
pub use poll::Polled;
pub(crate) use standing::{forbidden, shrunk, trade, withdraw_ticket};

use crate::{
    ports::{News, Sentiment},
    seen::Seen,
    verbs::offer::MANUAL,
};

/// Everything that a desk needs to read the news. Without sources it reads none, and says so.
#[derive(Clone, Default)]
pub struct NewsDesk {
    /// Where news comes from.
    pub sources: Vec<Arc<dyn News>>,
    /// Who reads it; `None` where nobody can.
    pub reader: Option<Arc<dyn Sentiment>>,
    /// The rules.
    pub rules: Arc<NewsRules>,
}

/// What a desk does about the news.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewsRules {
    /// From a raw item to a decision.
    pub params: NewsParams,
    /// What is known to come, by day.
    pub scheduled: Vec<Scheduled>,
    /// Strategies that do not trade without news.
    pub needed_by: Vec<String>,
    /// The longest that texts are waited for; what is not read by then counts as not read.
    pub read_within: SignedDuration,
    /// True where the desk has sources at all.
    pub reads: bool,
}

/// The share of a ticket that is offered where the rules name none.
const HALF: f64 = 0.5;

/// Where a source of news stands: what is kept of it over restarts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewsSource {
    /// Its name in the configuration.
    pub name: String,
    /// Where it goes on.
    pub cursor: Option<String>,
    /// When it was heard last.
    pub heard_at: Option<Timestamp>,
    /// Not to be asked again before.
    pub not_before: Option<Timestamp>,
    /// Why it has nothing to tell, since when; `None` while it answers.
    pub fault: Option<(String, Timestamp)>,
    /// Items taken in.
    pub taken: u64,
    /// Items left out, by reason.
    pub dropped: BTreeMap<String, u64>,
}

/// That an admin let a veto of the news pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetPass {
    /// Which veto, by the name that its reason has.
    pub name: String,
    /// For which underlying.
    pub underlying: Symbol,
    /// Who.
    pub by: OperatorId,
    /// Their name at that time.
    pub by_name: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// A trade as the news looks at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trade<'a> {
    pub(crate) underlying: Symbol,
    pub(crate) direction: Direction,
    pub(crate) strategy: &'a str,
}

impl NewsRules {
    /// What the news means for a trade now; `None` on a desk that reads none. What a person proposes is
    /// theirs to judge: nothing forbids it, and the card warns of everything that would.
    pub(crate) fn decide(
        &self,
        seen: &Seen,
        trade: &Trade<'_>,
        now: Timestamp,
    ) -> Option<Decision> {
        if !self.reads {
            return None;
        }
        let about = seen
            .stories
            .values()
            .filter(|it| it.story.concerns(trade.underlying));
        let stories: Vec<Judged> = about.map(|it| it.as_ref().clone()).collect();
        let allowed = seen.let_pass(trade.underlying, now);
        let mut decision = decide(&Deciding {
            underlying: trade.underlying,
            direction: trade.direction,
            needs_news: self.needed_by.iter().any(|name| name == trade.strategy),
            stories: &stories,
            scheduled: &self.scheduled,
            heard_at: seen.heard_at(),
            allowed: &allowed,
            params: &self.params,
            now,
        });
        if trade.strategy == MANUAL {
            decision.action = decision.action.min(Action::Warn);
        }
        Some(decision)
    }

    /// How long stories count for anything.
    pub(crate) fn counts_for(&self) -> SignedDuration {
        let hours = self.params.policy.hours.max(self.params.hear.stale_hours);
        SignedDuration::from_hours(i64::from(hours))
    }
}

/// So many contracts, where the news asks for fewer: never less than one, and never more.
pub(crate) fn fewer(contracts: Contracts, decision: &Decision) -> Contracts {
    if decision.action == Action::Shrink {
        shrunk(contracts, decision.shrink.unwrap_or(HALF))
    } else {
        contracts
    }
}

/// The reasons that veto.
pub(crate) fn vetoes(decision: &Decision) -> Vec<Reason> {
    let vetoes = |reason: &&Reason| reason.action() == Action::Veto;
    decision.reasons.iter().filter(vetoes).cloned().collect()
}

impl Seen {
    /// When a source of news was heard last.
    pub fn heard_at(&self) -> Option<Timestamp> {
        self.sources
            .values()
            .filter_map(|source| source.heard_at)
            .max()
    }

    /// The vetoes on an underlying that an admin let pass, by name.
    fn let_pass(&self, underlying: Symbol, now: Timestamp) -> Vec<String> {
        let holds = |it: &&LetPass| it.underlying == underlying && now < it.until;
        let passing = self.desk.let_pass.iter().filter(holds);
        passing.map(|it| it.name.clone()).collect()
    }
}
