//! What people see of the news: stories, what they mean, what was done, and who tells and reads them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Header, LookView, WatchedView};
use crate::{
    ids::TicketId,
    instrument::Symbol,
    news::{Action, Decision, Judged, Reason, Scorer},
    signal::{Direction, Signal},
};

/// What a desk knows of the news: about one underlying, or all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewsView {
    /// What stands on every card.
    pub header: Header,
    /// About what; `None` for everything.
    pub about: Option<Symbol>,
    /// False on a desk that reads no news at all.
    pub reads: bool,
    /// The newest stories, newest first.
    pub stories: Vec<StoryView>,
    /// True when there are older ones.
    pub cut: bool,
    /// What they mean for a trade either way, where it is about one underlying.
    pub decisions: Vec<(Direction, Decision)>,
    /// Vetoes that stand now.
    pub against: Vec<AgainstView>,
    /// Vetoes that an admin lets pass now, newest first.
    pub passing: Vec<PassView>,
    /// What was done because of the news, newest first.
    pub deeds: Vec<NewsDeed>,
    /// Where each source stands.
    pub sources: Vec<NewsSourceView>,
    /// Who reads; `None` where nobody can.
    pub reader: Option<ReaderView>,
}

/// A story and what the policy says to it by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoryView {
    /// The story.
    pub judged: Judged,
    /// What is done about it now; nothing once it counts no longer.
    pub action: Action,
    /// Until when that holds; `None` where nothing is done.
    pub until: Option<Timestamp>,
    /// True when an admin lets its veto pass.
    pub passes: bool,
}

/// A veto of the news that stands against trades on an underlying.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgainstView {
    /// On what.
    pub underlying: Symbol,
    /// Which way a trade would go that it stands against; `None` for either.
    pub direction: Option<Direction>,
    /// Why.
    pub reason: Reason,
    /// Its end, where that is known.
    pub until: Option<Timestamp>,
}

/// A veto of the news that an admin lets pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassView {
    /// Which, by the name of its reason.
    pub name: String,
    /// For which underlying.
    pub underlying: Symbol,
    /// Whose word it is.
    pub by: String,
    /// Why, in their words.
    pub reason: String,
    /// Since when.
    pub at: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// Something that was done because of the news, as often as it was done for the same reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewsDeed {
    /// When, the last time.
    pub at: Timestamp,
    /// How often.
    pub times: u32,
    /// On what.
    pub underlying: Symbol,
    /// What was done.
    pub deed: Deed,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// What the news can do to a trade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A signal of this strategy was not offered.
    Vetoed(String),
    /// A ticket was offered, or stayed, with a warning.
    Warned(TicketId),
    /// A ticket was offered, or stayed, with fewer contracts.
    Shrunk(TicketId),
    /// A ticket was taken back.
    Withdrawn(TicketId),
    /// The entry of a confirmed ticket was not sent.
    Unsent(TicketId),
}

/// Where a source of news stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsSourceView {
    /// Its name in the configuration.
    pub name: String,
    /// When it was heard last.
    pub heard_at: Option<Timestamp>,
    /// Why it has nothing to tell, since when.
    pub fault: Option<(String, Timestamp)>,
    /// Stories taken in.
    pub taken: u64,
    /// Items left out, by reason.
    pub dropped: Vec<(String, u64)>,
    /// When it is asked again at the earliest; `None` for at once.
    pub next: Option<Timestamp>,
    /// What is used of its budget, where it has one.
    pub budget: Option<BudgetView>,
}

/// What is used of the requests that a vendor grants a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetView {
    /// Requests used of this day.
    pub used: u32,
    /// Requests that it grants.
    pub of: u32,
}

/// Who reads the news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaderView {
    /// Which scorer.
    pub scorer: Scorer,
    /// What runs it, where something has to.
    pub engine: Option<ModelEngine>,
}

/// What runs a trained model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelEngine {
    /// A native library.
    Native {
        /// Its name.
        name: String,
        /// Its file.
        file: String,
    },
    /// What is part of the program.
    BuiltIn,
}

/// Why nothing is offered on an underlying.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhyNotView {
    /// What stands on every card.
    pub header: Header,
    /// On what, and whether anything looks at it.
    pub symbol: WatchedView,
    /// What each strategy came to when it last looked.
    pub looks: Vec<LookView>,
    /// Signals of before that did not become tickets, newest first; none of those among the looks.
    pub earlier: Vec<Signal>,
    /// How many of those are left out.
    pub more: u32,
    /// The stories behind every veto of the news among them.
    pub stories: Vec<Judged>,
}
