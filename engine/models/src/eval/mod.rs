//! How good a scorer is: measured on labelled texts.

mod measures;
mod report;
mod set;
mod veto;

use std::sync::Arc;

use countersign_desk::ports::Clock;
use countersign_domain::news::Topic;

pub use self::{
    measures::{Bin, Calibration, Label, Latency, Table},
    report::Report,
    set::{Format, Head, LabelledSet, SetError},
    veto::{VetoPoint, VetoReport},
};
use crate::{Model, Shares, labels::TOPICS, text::cleaned};

/// What a scorer made of each text of a set, in order.
pub struct Answers {
    /// `None` where it was not read.
    shares: Vec<Option<Shares>>,
    /// Milliseconds of each.
    took: Vec<f64>,
}

impl Answers {
    /// Has a model read every text, one after another, each alone: so that the times are those of one text.
    pub fn of(model: &mut dyn Model, set: &LabelledSet, clock: &Arc<dyn Clock>) -> Self {
        let mut answers = Self {
            shares: Vec::with_capacity(set.rows().len()),
            took: Vec::with_capacity(set.rows().len()),
        };
        for (text, _) in set.rows() {
            let text = cleaned(text);
            let begun = clock.read().monotonic;
            let read = if text.is_empty() {
                None
            } else {
                model.read(&[&text]).pop().and_then(Result::ok)
            };
            let took = clock.read().monotonic.saturating_sub(begun);
            answers.took.push(took.as_millis_f64());
            answers.shares.push(read);
        }
        answers
    }
}

impl Head {
    /// The names of its labels, in the order of the tables.
    pub fn labels(self) -> Vec<&'static str> {
        match self {
            Self::Sentiment => vec!["bearish", "neutral", "bullish"],
            Self::Topic => TOPICS.to_vec(),
        }
    }

    /// The label that an answer comes to, and how sure it is of it; `None` where it has none.
    fn said(self, shares: &Shares) -> Option<(usize, f64)> {
        match self {
            Self::Sentiment => {
                let all = shares.sentiment.iter().copied().enumerate();
                all.max_by(|left, right| left.1.total_cmp(&right.1))
            }
            Self::Topic => {
                let (topic, share) = shares.topics.first()?;
                let at = Topic::ALL.iter().position(|known| known == topic)?;
                Some((at, *share))
            }
        }
    }
}
