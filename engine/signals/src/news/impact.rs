//! How much a story matters.

use countersign_domain::news::{Category, Impact};
use serde::{Deserialize, Serialize};

use super::{by_category::ByCategory, clean::outlet};
use crate::fault::{Faults, ParamFault};

/// What makes a story matter, in points:
///
/// ```text
/// points = (weight x sure + tone x |score|) x publisher x again x 0.5^(age / half_life) + more
/// ```
///
/// - `weight`: of its category, and `sure`, 0 to 1: how much it is news of that category, which is the
///   strength of the rule that says so, or the model's probability;
/// - `score`: how it was read, -1 to +1; 0 when it was not;
/// - `publisher`: the weight of who published it, 1 for most;
/// - `again`: less than 1 where something else of that category was told of the same underlying before;
/// - `age`: when it was judged, so that what is heard late counts for less;
/// - `more`: a little for each further independent publisher, up to `publishers_most` of them.
///
/// From `high` points it is high, from `medium` it is medium, else low.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImpactParams {
    /// Points from which it is high.
    pub high: f64,
    /// Points from which it is medium.
    pub medium: f64,
    /// Points of a score of -1 or +1.
    pub tone: f64,
    /// What is left of it where the same kind of thing was told of the same underlying before.
    pub again: f64,
    /// For how long what was told before takes its newness, hours.
    pub again_hours: u32,
    /// The time after which half of it is left, hours.
    pub half_life_hours: f64,
    /// Points for each further independent publisher.
    pub publisher: f64,
    /// The most further publishers that count.
    pub publishers_most: u32,
    /// Publishers that repeat, comment or sell more than they report.
    pub publishers_light: Vec<String>,
    /// The weight of those.
    pub light: f64,
    /// The probability of earnings, legal, merger or personnel news together from which a story is at
    /// least medium, whatever else it may be.
    pub danger_least: f64,
    /// Points of each category.
    pub weight: ByCategory<f64>,
}

impl Default for ByCategory<f64> {
    fn default() -> Self {
        Self {
            earnings: 0.6,
            guidance: 0.8,
            clinical: 0.8,
            merger: 0.8,
            legal: 0.6,
            analyst: 0.3,
            personnel: 0.6,
            capital: 0.5,
            halt: 1.0,
            bankruptcy: 1.0,
            economy: 0.65,
            company: 0.25,
            market: 0.1,
            general: 0.1,
        }
    }
}

impl Default for ImpactParams {
    fn default() -> Self {
        let light = [
            "Zacks",
            "Motley Fool",
            "Seeking Alpha",
            "TipRanks",
            "InvestorPlace",
            "Simply Wall St",
            "Benzinga Insights",
            "24/7 Wall St",
            "GuruFocus",
            "InsiderMonkey",
        ];
        Self {
            high: 0.6,
            medium: 0.3,
            tone: 0.25,
            again: 0.8,
            again_hours: 12,
            half_life_hours: 24.0,
            publisher: 0.05,
            publishers_most: 4,
            publishers_light: light.map(str::to_owned).to_vec(),
            light: 0.7,
            danger_least: 0.5,
            weight: ByCategory::<f64>::default(),
        }
    }
}

/// What the points are made from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts<'a> {
    pub(super) category: Category,
    /// How much it is news of that category, 0 to 1.
    pub(super) sure: f64,
    /// -1 to +1; 0 when nobody read it.
    pub(super) score: f64,
    pub(super) publisher: &'a str,
    /// Independent publishers, itself among them.
    pub(super) publishers: u32,
    /// Something else of its kind was told before.
    pub(super) again: bool,
    pub(super) age_hours: f64,
}

impl ImpactParams {
    /// Looks for absurd values.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] found.
    pub fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let mut part = |key: &str, value: f64| {
            faults.need((0.0..=1.0).contains(&value), key, value, "0 to 1");
        };
        part("medium", self.medium);
        part("tone", self.tone);
        part("again", self.again);
        part("publisher", self.publisher);
        part("light", self.light);
        part("danger_least", self.danger_least);
        for (category, weight) in self.weight.each() {
            part(&format!("weight.{}", category.as_str()), *weight);
        }
        let high = self.high;
        let sane = self.medium < high && high <= 2.0;
        faults.need(sane, "high", high, "more than `medium`, at most 2");
        let half = self.half_life_hours;
        faults.need(
            (1.0..=1_000.0).contains(&half),
            "half_life_hours",
            half,
            "1 to 1000",
        );
        let (hours, most) = (self.again_hours, self.publishers_most);
        faults.need(hours <= 168, "again_hours", hours, "at most 168");
        faults.need(most <= 100, "publishers_most", most, "at most 100");
        faults.into_result()
    }

    /// The impact by the formula above.
    pub(super) fn impact(&self, facts: &Facts<'_>) -> Impact {
        let points = self.points(facts);
        if points >= self.high {
            Impact::High
        } else if points >= self.medium {
            Impact::Medium
        } else {
            Impact::Low
        }
    }

    fn points(&self, facts: &Facts<'_>) -> f64 {
        let told = self.weight.of(facts.category) * facts.sure + self.tone * facts.score.abs();
        let publisher = if self.is_light(facts.publisher) {
            self.light
        } else {
            1.0
        };
        let again = if facts.again { self.again } else { 1.0 };
        let further = facts.publishers.saturating_sub(1).min(self.publishers_most);
        told * publisher * again * self.left(facts.age_hours) + self.publisher * f64::from(further)
    }

    /// What part is left after some hours.
    pub(super) fn left(&self, hours: f64) -> f64 {
        0.5_f64.powf(hours.max(0.0) / self.half_life_hours.max(1.0))
    }

    fn is_light(&self, publisher: &str) -> bool {
        let publisher = outlet(publisher);
        let mut light = self.publishers_light.iter().map(|name| outlet(name));
        !publisher.is_empty() && light.any(|name| name == publisher)
    }
}
