//! The veto on stories of danger, as far as it rests on the topics of a scorer.

use std::fmt;

use countersign_domain::news::Topic;
use serde::Serialize;

use super::{Answers, LabelledSet};
use crate::labels::TOPICS;

/// What a threshold does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct VetoPoint {
    /// The least probability of danger that is a veto.
    pub threshold: f64,
    /// Of the stories of danger, the part that is vetoed.
    pub recall: f64,
    /// Of the other stories, the part that is vetoed all the same.
    pub false_vetoes: f64,
}

/// The veto on a labelled set of topics.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VetoReport {
    /// SHA-256 of the set's file.
    pub data_sha256: String,
    /// Stories.
    pub stories: usize,
    /// Of them dangerous ones.
    pub dangerous: usize,
    /// At the threshold that was asked for.
    pub at: VetoPoint,
    /// The recall of each topic of danger there, by the name of its label.
    pub by_topic: Vec<(&'static str, f64)>,
    /// The highest threshold that lets through no more than two in a hundred; `None` without dangerous ones.
    pub at_98: Option<VetoPoint>,
    /// What other thresholds would do.
    pub sweep: Vec<VetoPoint>,
}

/// A story: what it is about, and how probable its danger is. What was not read is dangerous: a desk that
/// cannot read does not trade as if the news were good.
type Story = (Topic, f64);

const SWEEP: [f64; 15] = [
    0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9,
];

impl VetoReport {
    /// Of a scorer's answers on a set of topics.
    pub fn of(answers: &Answers, set: &LabelledSet, threshold: f64) -> Self {
        let danger = |shares: &Option<crate::Shares>| {
            shares.as_ref().map_or(1.0, |shares| {
                let dangerous = |(topic, _): &&(Topic, f64)| is_danger(*topic);
                let topics = shares.topics.iter().filter(dangerous);
                topics.map(|(_, share)| share).sum()
            })
        };
        let truths = set.rows().iter().map(|(_, place)| Topic::ALL[*place]);
        let stories: Vec<Story> = truths.zip(answers.shares.iter().map(danger)).collect();
        Self::of_stories(&stories, threshold, set.sha256())
    }

    fn of_stories(stories: &[Story], threshold: f64, sha256: &str) -> Self {
        let by_topic = Topic::DANGEROUS.map(|topic| {
            let of_topic: Vec<Story> = stories.iter().filter(|it| it.0 == topic).copied().collect();
            let at = Topic::ALL.iter().position(|it| *it == topic);
            let name = at.map_or("", |at| TOPICS[at]);
            (name, point(&of_topic, threshold).recall)
        });
        Self {
            data_sha256: sha256.to_owned(),
            stories: stories.len(),
            dangerous: stories.iter().filter(|it| is_danger(it.0)).count(),
            at: point(stories, threshold),
            by_topic: by_topic.into(),
            at_98: highest(stories, 2).map(|threshold| point(stories, threshold)),
            sweep: SWEEP.map(|threshold| point(stories, threshold)).into(),
        }
    }
}

fn is_danger(topic: Topic) -> bool {
    Topic::DANGEROUS.contains(&topic)
}

fn point(stories: &[Story], threshold: f64) -> VetoPoint {
    let (mut caught, mut danger, mut wrong, mut other) = (0_u32, 0_u32, 0_u32, 0_u32);
    for story in stories {
        let vetoed = u32::from(story.1 >= threshold);
        if is_danger(story.0) {
            danger += 1;
            caught += vetoed;
        } else {
            other += 1;
            wrong += vetoed;
        }
    }
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    VetoPoint {
        threshold,
        recall: share(caught, danger),
        false_vetoes: share(wrong, other),
    }
}

/// The highest threshold that lets through at most so many of a hundred stories of danger.
fn highest(stories: &[Story], missed_of_100: usize) -> Option<f64> {
    let mut danger: Vec<f64> = stories
        .iter()
        .filter(|it| is_danger(it.0))
        .map(|it| it.1)
        .collect();
    danger.sort_by(f64::total_cmp);
    danger.get(danger.len() * missed_of_100 / 100).copied()
}

impl fmt::Display for VetoPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (recall, wrong) = (self.recall, self.false_vetoes);
        write!(f, "{:>9.4}  {recall:>6.4}  {wrong:>12.4}", self.threshold)
    }
}

impl fmt::Display for VetoReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "data sha256      {}", self.data_sha256)?;
        let (stories, dangerous) = (self.stories, self.dangerous);
        writeln!(
            f,
            "stories          {stories}, of them dangerous {dangerous}"
        )?;
        writeln!(f, "\nthreshold  recall  false vetoes")?;
        writeln!(f, "{}  <- in force", self.at)?;
        if let Some(at) = &self.at_98 {
            writeln!(f, "{at}  <- lets through two in a hundred")?;
        }
        for point in &self.sweep {
            writeln!(f, "{point}")?;
        }
        writeln!(f, "\nrecall in force by topic")?;
        for (topic, recall) in &self.by_topic {
            writeln!(f, "{recall:>9.4}  {topic}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recall_and_false_vetoes_are_those_of_a_calculation_by_hand() {
        let stories = [
            (Topic::Earnings, 0.9),
            (Topic::Earnings, 0.2),
            (Topic::Legal, 0.5),
            (Topic::Merger, 0.6),
            (Topic::Company, 0.55),
            (Topic::Macro, 0.1),
        ];
        let report = VetoReport::of_stories(&stories, 0.5, "hash");
        assert_eq!((report.stories, report.dangerous), (6, 4));
        let at = VetoPoint {
            threshold: 0.5,
            recall: 0.75,
            false_vetoes: 0.5,
        };
        assert_eq!(report.at, at);
        let recall: Vec<f64> = report.by_topic.iter().map(|it| it.1).collect();
        assert_eq!(recall, [0.5, 1.0, 1.0, 0.0]);
        // Of four none may be missed.
        assert_eq!(report.at_98.map(|it| it.threshold), Some(0.2));
    }

    #[test]
    fn two_in_a_hundred_are_let_through_and_no_more() {
        let stories: Vec<Story> = (0..100)
            .map(|number| (Topic::Legal, f64::from(number) / 100.0))
            .collect();
        let report = VetoReport::of_stories(&stories, 0.5, "hash");
        assert_eq!(
            report.at_98.map(|it| (it.threshold, it.recall)),
            Some((0.02, 0.98))
        );
    }
}
