//! The figures themselves: pure functions of what was said and what is true.

use serde::Serialize;

/// Counts by what is true (row) and what was said (column), with those on which nothing was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    counts: Vec<Vec<u64>>,
    unread: Vec<u64>,
}

/// The figures of one label, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Label {
    /// Of those that were called so, the part that is so.
    pub precision: f64,
    /// Of those that are so, the part that was called so.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
    /// How many are so.
    pub support: u64,
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of texts are far below 2^52"
)]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

impl Table {
    /// Of what is true and what was said about each text, among so many labels.
    pub fn of(labels: usize, rows: impl IntoIterator<Item = (usize, Option<usize>)>) -> Self {
        let mut table = Self {
            counts: vec![vec![0; labels]; labels],
            unread: vec![0; labels],
        };
        for (truth, said) in rows {
            match said {
                Some(said) => table.counts[truth][said] += 1,
                None => table.unread[truth] += 1,
            }
        }
        table
    }

    /// Counts by truth, then by what was said.
    pub fn counts(&self) -> &[Vec<u64>] {
        &self.counts
    }

    /// Texts on which nothing was said; they count as wrong.
    pub fn unread(&self) -> u64 {
        self.unread.iter().sum()
    }

    fn support(&self, label: usize) -> u64 {
        self.counts[label].iter().sum::<u64>() + self.unread[label]
    }

    /// All texts.
    pub fn total(&self) -> u64 {
        (0..self.counts.len()).map(|at| self.support(at)).sum()
    }

    /// The part that is right, 0 to 1.
    pub fn accuracy(&self) -> f64 {
        let right = (0..self.counts.len()).map(|at| self.counts[at][at]).sum();
        share(right, self.total())
    }

    /// The figures of one label.
    pub fn label(&self, label: usize) -> Label {
        let right = self.counts[label][label];
        let called = self.counts.iter().map(|row| row[label]).sum();
        let support = self.support(label);
        Label {
            precision: share(right, called),
            recall: share(right, support),
            f1: share(2 * right, called + support),
            support,
        }
    }

    /// The mean F1 of the labels that occur.
    pub fn macro_f1(&self) -> f64 {
        let all = (0..self.counts.len()).map(|at| self.label(at));
        let occur: Vec<f64> = all.filter(|it| it.support > 0).map(|it| it.f1).collect();
        if occur.is_empty() {
            return 0.0;
        }
        occur.iter().sum::<f64>() / share(occur.len() as u64, 1)
    }

    /// The mean F1 of the labels, each as heavy as it is frequent.
    pub fn weighted_f1(&self) -> f64 {
        let all = (0..self.counts.len()).map(|at| self.label(at));
        all.map(|it| it.f1 * share(it.support, self.total())).sum()
    }
}

/// Answers that were about as sure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// Their mean probability.
    pub confidence: f64,
    /// The part of them that is right.
    pub accuracy: f64,
    /// How many.
    pub count: u64,
}

/// How well the probabilities tell what is right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// The mean distance of confidence and accuracy over all answers, 0 to 1: expected calibration error.
    pub error: f64,
    /// Its bins, the least sure first; those without answers are left out.
    pub bins: Vec<Bin>,
}

/// Bins of equal width between 0 and 1.
const BINS: u32 = 15;

impl Calibration {
    /// Of the winning probability of each answer, and whether it is right.
    pub fn of(answers: &[(f64, bool)]) -> Self {
        let mut bins = Vec::new();
        let mut error = 0.0;
        for number in 0..BINS {
            let place = |sure: f64| (sure * f64::from(BINS)).floor().min(f64::from(BINS - 1));
            let here: Vec<&(f64, bool)> = answers
                .iter()
                .filter(|(sure, _)| (place(*sure) - f64::from(number)).abs() < 0.5)
                .collect();
            if here.is_empty() {
                continue;
            }
            let count = here.len() as u64;
            let right = here.iter().filter(|(_, right)| *right).count() as u64;
            let bin = Bin {
                confidence: here.iter().map(|(sure, _)| sure).sum::<f64>() / share(count, 1),
                accuracy: share(right, count),
                count,
            };
            error += share(count, answers.len() as u64) * (bin.confidence - bin.accuracy).abs();
            bins.push(bin);
        }
        Self { error, bins }
    }
}

/// How long one text takes, milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Latency {
    /// Half of the texts take less.
    pub p50: f64,
    /// One in twenty takes more.
    pub p95: f64,
}

impl Latency {
    /// Of the time of each text.
    pub fn of(took: &[f64]) -> Self {
        let mut sorted = took.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |percent: usize| {
            let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
            sorted.get(place).copied().unwrap_or_default()
        };
        Self {
            p50: at(50),
            p95: at(95),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, wanted: f64) {
        assert!(
            (found - wanted).abs() < 1e-12,
            "{found} where {wanted} belongs"
        );
    }

    /// Truth a a a a b b c; said a a b - b a c.
    fn table() -> Table {
        let said = [
            (0, Some(0)),
            (0, Some(0)),
            (0, Some(1)),
            (0, None),
            (1, Some(1)),
            (1, Some(0)),
            (2, Some(2)),
        ];
        Table::of(4, said)
    }

    #[test]
    fn figures_are_those_of_a_calculation_by_hand() {
        let table = table();
        assert_eq!((table.total(), table.unread()), (7, 1));
        near(table.accuracy(), 4.0 / 7.0);
        let first = table.label(0);
        near(first.precision, 2.0 / 3.0);
        near(first.recall, 2.0 / 4.0);
        near(first.f1, 4.0 / 7.0);
        near(table.label(1).f1, 2.0 / 4.0);
        near(table.label(2).f1, 1.0);
        // The fourth label does not occur.
        near(table.macro_f1(), (4.0 / 7.0 + 0.5 + 1.0) / 3.0);
        near(
            table.weighted_f1(),
            (4.0 * 4.0 / 7.0 + 2.0 * 0.5 + 1.0) / 7.0,
        );
    }

    #[test]
    fn calibration_is_that_of_a_calculation_by_hand() {
        // Two bins: 0.62 and 0.64 (bin 9: 0.6 to 0.667), 0.99 and 1.0 (bin 14).
        let found = Calibration::of(&[(0.62, true), (0.64, false), (0.99, true), (1.0, true)]);
        assert_eq!(found.bins.len(), 2);
        near(found.bins[0].confidence, 0.63);
        near(found.bins[0].accuracy, 0.5);
        near(found.bins[1].confidence, 0.995);
        near(found.error, 0.5 * 0.13 + 0.5 * 0.005);
        near(Calibration::of(&[]).error, 0.0);
    }

    #[test]
    fn times_are_those_that_half_and_nineteen_in_twenty_stay_below() {
        let took: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(
            Latency::of(&took),
            Latency {
                p50: 50.0,
                p95: 95.0
            }
        );
        assert_eq!(Latency::of(&[3.0]), Latency { p50: 3.0, p95: 3.0 });
        assert_eq!(Latency::of(&[]), Latency::default());
    }
}
