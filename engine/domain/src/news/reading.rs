//! How a scorer read one text.

use serde::{Deserialize, Serialize};

/// Which scorer read it, exactly.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scorer {
    /// Its name, such as `embedded`, `finbert` or `lexicon`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the file it runs, 64 hexadecimal digits.
    pub sha256: String,
}

/// What a text is about, in the words of the sets that the topic head learned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the sets say no more of a label than its name")]
pub enum Topic {
    Analyst,
    CentralBanks,
    Company,
    Debt,
    Dividend,
    Earnings,
    Energy,
    Financials,
    Currencies,
    Opinion,
    Metals,
    Offering,
    Legal,
    Merger,
    Macro,
    Markets,
    Politics,
    Personnel,
    StockCommentary,
    StockMovement,
}

impl Topic {
    /// Every topic, in the order of the sets' labels 0 to 19.
    pub const ALL: [Self; 20] = [
        Self::Analyst,
        Self::CentralBanks,
        Self::Company,
        Self::Debt,
        Self::Dividend,
        Self::Earnings,
        Self::Energy,
        Self::Financials,
        Self::Currencies,
        Self::Opinion,
        Self::Metals,
        Self::Offering,
        Self::Legal,
        Self::Merger,
        Self::Macro,
        Self::Markets,
        Self::Politics,
        Self::Personnel,
        Self::StockCommentary,
        Self::StockMovement,
    ];

    /// Those on which a desk should not trade unawares: earnings, legal, mergers, personnel.
    pub const DANGEROUS: [Self; 4] = [Self::Earnings, Self::Legal, Self::Merger, Self::Personnel];
}

/// What a scorer makes of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opinion {
    /// Probability that it is bad for the price, 0 to 1; the three add up to 1.
    pub bearish: f64,
    /// That it is neither.
    pub neutral: f64,
    /// That it is good.
    pub bullish: f64,
    /// Probability of each topic that is worth naming, most probable first; empty from a scorer that
    /// knows none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<(Topic, f64)>,
    /// Who says so.
    pub by: Scorer,
    /// How long its batch took for each text, milliseconds.
    pub took_ms: f64,
}

impl Opinion {
    /// From -1, bad, to +1, good: the probability of good less that of bad.
    pub fn score(&self) -> f64 {
        self.bullish - self.bearish
    }

    /// The probability of one topic; 0 where the scorer names none.
    pub fn topic(&self, topic: Topic) -> f64 {
        self.topics
            .iter()
            .find(|(known, _)| *known == topic)
            .map_or(0.0, |(_, probability)| *probability)
    }

    /// The probability that it is about something [dangerous](Topic::DANGEROUS).
    pub fn danger(&self) -> f64 {
        Topic::DANGEROUS.iter().map(|one| self.topic(*one)).sum()
    }
}

/// Why a scorer has no opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Abstention {
    /// There is no scorer, or its file could not be used.
    NoModel,
    /// The deadline passed first.
    Late,
    /// What came out is no answer: not a number, or of another shape.
    Unusable,
    /// Nothing was left of the text to be read.
    Empty,
}

/// What became of reading one text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// It was read.
    Read(Opinion),
    /// It was not.
    Abstained(Abstention),
}

impl Reading {
    /// The opinion, when there is one.
    pub const fn opinion(&self) -> Option<&Opinion> {
        match self {
            Self::Read(opinion) => Some(opinion),
            Self::Abstained(_) => None,
        }
    }
}
