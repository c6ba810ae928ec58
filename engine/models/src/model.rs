//! What every scorer is, whatever it runs: texts in, shares out.

use countersign_domain::news::{Abstention, Opinion, Scorer, Topic};

/// What a scorer makes of a text, before it is signed and timed.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// Probabilities of bearish, neutral and bullish; they add up to 1.
    pub sentiment: [f64; 3],
    /// Probability of each topic that is worth naming, most probable first; empty where none is known.
    pub topics: Vec<(Topic, f64)>,
}

/// A scorer: reads cleaned texts, on one thread at a time.
///
/// The embedded model, FinBERT and the lexicon are three; another library that runs models is one more.
pub trait Model: Send {
    /// Who it is.
    fn scorer(&self) -> &Scorer;

    /// How many texts it takes best at once.
    fn batch(&self) -> usize;

    /// Bytes of the model's file.
    fn size(&self) -> usize;

    /// Reads texts that [`cleaned`](crate::text::cleaned) made, in order: as many answers as texts. What
    /// could not be read is said once in the log, by whoever asked.
    fn read(&mut self, texts: &[&str]) -> Vec<Result<Shares, Unread>>;
}

/// Why a text was not read, with what the log is to hold of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// In the words of a reading.
    pub why: Abstention,
    /// In words.
    pub detail: String,
}

/// A topic is worth naming from here on; one of danger earlier, since thresholds of a veto may be low.
const WORTH_NAMING: f64 = 0.002;
const WORTH_A_VETO: f64 = 0.0001;

impl Shares {
    /// From the probabilities of sentiment, and those of the topics in the order of [`Topic::ALL`], or none.
    pub(crate) fn of(sentiment: [f64; 3], topics: &[(Topic, f64)]) -> Self {
        let [bearish, _, bullish] = sentiment.map(rounded);
        let mut named: Vec<(Topic, f64)> = topics
            .iter()
            .map(|(topic, share)| (*topic, rounded(*share)))
            .filter(|(topic, share)| *share >= worth(*topic))
            .collect();
        named.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        Self {
            sentiment: [bearish, rounded(1.0 - bearish - bullish), bullish],
            topics: named,
        }
    }

    /// Signed and timed.
    pub(crate) fn signed(&self, by: &Scorer, took_ms: f64) -> Opinion {
        let [bearish, neutral, bullish] = self.sentiment;
        Opinion {
            bearish,
            neutral,
            bullish,
            topics: self.topics.clone(),
            by: by.clone(),
            took_ms,
        }
    }
}

fn worth(topic: Topic) -> f64 {
    if Topic::DANGEROUS.contains(&topic) {
        WORTH_A_VETO
    } else {
        WORTH_NAMING
    }
}

/// To six digits: what is behind them differs from machine to machine.
fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

/// Probabilities of logits; `None` when one is no number.
pub(crate) fn softmax(logits: &[f32]) -> Option<Vec<f64>> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if !logits.iter().all(|logit| logit.is_finite()) {
        return None;
    }
    let raised: Vec<f64> = logits
        .iter()
        .map(|logit| f64::from(logit - most).exp())
        .collect();
    let total: f64 = raised.iter().sum();
    Some(raised.iter().map(|it| it / total).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_one_and_nonsense_is_none() {
        let shares = softmax(&[1000.0, 1000.0, 999.0]).unwrap();
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // e^0, e^0 and e^-1 over their sum.
        assert!((shares[0] - 1.0 / (2.0 + (-1.0_f64).exp())).abs() < 1e-9);
        assert_eq!(softmax(&[1.0, f32::NAN, 0.0]), None);
        assert_eq!(softmax(&[1.0, f32::INFINITY, 0.0]), None);
    }

    #[test]
    fn topics_come_most_probable_first_without_the_hopeless() {
        let topics = [
            (Topic::Legal, 0.3),
            (Topic::Earnings, 0.699),
            (Topic::Macro, 0.001),
            (Topic::Merger, 0.000_5),
        ];
        let shares = Shares::of([0.2, 0.5, 0.3], &topics);
        assert_eq!(
            shares.topics,
            [
                (Topic::Earnings, 0.699),
                (Topic::Legal, 0.3),
                (Topic::Merger, 0.000_5)
            ]
        );
        assert!((shares.sentiment.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
}
