//! What a story is about, and how much it matters.

use serde::{Deserialize, Serialize};

/// What a story is about, in the words that a policy uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Results that were published, or are about to be.
    Earnings,
    /// What a company says of its own future results.
    Guidance,
    /// Decisions on medicines and devices, and results of trials.
    Clinical,
    /// Mergers, takeovers, stakes bought and sold.
    Merger,
    /// Courts, regulators, investigations, sanctions.
    Legal,
    /// An analyst changed a rating or a target.
    Analyst,
    /// Somebody at the top comes or goes.
    Personnel,
    /// Dividends, splits, repurchases, new shares.
    Capital,
    /// Trading in it was stopped or goes on again.
    Halt,
    /// It cannot pay, or asks for protection from those it owes.
    Bankruptcy,
    /// Central banks, prices, work, growth.
    Macro,
    /// Products, contracts and everything else that a company does.
    Company,
    /// Prices and opinions about them: news of the market itself.
    Market,
    /// Anything else.
    General,
}

impl Category {
    /// Every category, in the order of the lists that people see.
    pub const ALL: [Self; 14] = [
        Self::Earnings,
        Self::Guidance,
        Self::Clinical,
        Self::Merger,
        Self::Legal,
        Self::Analyst,
        Self::Personnel,
        Self::Capital,
        Self::Halt,
        Self::Bankruptcy,
        Self::Macro,
        Self::Company,
        Self::Market,
        Self::General,
    ];

    /// The word for it in configuration and stored rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Earnings => "earnings",
            Self::Guidance => "guidance",
            Self::Clinical => "clinical",
            Self::Merger => "merger",
            Self::Legal => "legal",
            Self::Analyst => "analyst",
            Self::Personnel => "personnel",
            Self::Capital => "capital",
            Self::Halt => "halt",
            Self::Bankruptcy => "bankruptcy",
            Self::Macro => "macro",
            Self::Company => "company",
            Self::Market => "market",
            Self::General => "general",
        }
    }

    /// The one of that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// How much a story matters to what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// Hardly.
    Low,
    /// It may move the price.
    Medium,
    /// It is expected to.
    High,
}

impl Impact {
    /// Every impact, least first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The word for it in configuration and stored rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// The one of that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}
