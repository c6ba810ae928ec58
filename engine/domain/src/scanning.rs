//! What a desk scans: what is configured, and what people changed of it since.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{instrument::Symbol, operator::Actor};

/// Symbols that a watchlist holds at the most.
pub const MOST_WATCHED: usize = 500;

/// Who said so, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// What people changed of what is configured to be scanned. It outlives restarts, and what the
/// configuration says in words that were not changed here goes on to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scanning {
    /// Watched beside what is configured.
    pub added: BTreeMap<Symbol, Said>,
    /// Not watched, whatever is configured.
    pub removed: BTreeMap<Symbol, Said>,
    /// Strategies that raise no signals.
    pub off: BTreeMap<String, Said>,
}

/// One change of what is scanned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanChange {
    /// Watch this too.
    Add(Symbol),
    /// Watch this no more.
    Remove(Symbol),
    /// Let this strategy raise signals.
    On(String),
    /// Let it raise none.
    Off(String),
}

/// Why what is scanned cannot be changed so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanFault {
    /// The feed has nothing on the symbol.
    Unknown(Symbol),
    /// The feed does not answer, so that nobody can say whether it has.
    Silent(Symbol),
    /// The watchlist is as long as it may be.
    Full,
    /// There is no strategy of that name.
    Strategy {
        /// Those that there are.
        known: Vec<String>,
    },
}

impl Scanning {
    /// What is watched: as configured and in that order, without what was removed, then what was
    /// added.
    pub fn watchlist(&self, configured: &[Symbol]) -> Vec<Symbol> {
        let kept = configured
            .iter()
            .filter(|it| !self.removed.contains_key(it));
        let added = self.added.keys().filter(|it| !configured.contains(it));
        kept.chain(added).copied().collect()
    }

    /// True for what is watched.
    pub fn watches(&self, symbol: Symbol, configured: &[Symbol]) -> bool {
        if configured.contains(&symbol) {
            !self.removed.contains_key(&symbol)
        } else {
            self.added.contains_key(&symbol)
        }
    }

    /// True for a strategy that may raise signals.
    pub fn is_on(&self, strategy: &str) -> bool {
        !self.off.contains_key(strategy)
    }

    /// These with one thing changed by somebody. What is as it is configured again needs no word of
    /// anybody.
    #[must_use]
    pub fn changed(&self, change: &ScanChange, configured: &[Symbol], said: Said) -> Self {
        let mut next = self.clone();
        match change {
            ScanChange::Add(symbol) => {
                next.removed.remove(symbol);
                if !configured.contains(symbol) {
                    next.added.insert(*symbol, said);
                }
            }
            ScanChange::Remove(symbol) => {
                next.added.remove(symbol);
                if configured.contains(symbol) {
                    next.removed.insert(*symbol, said);
                }
            }
            ScanChange::On(name) => {
                next.off.remove(name);
            }
            ScanChange::Off(name) => {
                next.off.insert(name.clone(), said);
            }
        }
        next
    }
}
