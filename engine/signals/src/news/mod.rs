//! News: what a source told is made into stories, what was read is judged, and what all of it means for
//! a trade is decided. Pure: no clock, no randomness, nothing outside; `now` comes with each call.
//!
//! Three doors. [`hear()`] cleans, dates, tags, drops and clusters what one source told. [`judge()`] gives a
//! story its category and impact, from how it was read and from rules. [`decide()`] says what all of it
//! means for one trade. Names, rules, weights and the policy are [`NewsParams`]; the tables that the
//! program ships are text beside this file.
//!
//! Text is data: nothing here follows what a headline says, and what is left of one is a single line
//! without markup, control characters or anything that cannot be seen.

pub mod alike;
pub mod by_category;
pub mod calendar;
pub mod clean;
pub mod impact;
pub mod names;
pub mod policy;
pub mod rules;

mod blackout;
mod decide;
mod hear;
mod html;
mod judge;
mod lines;
mod phrase;
mod tags;
mod tone;
mod words;

pub use decide::{Deciding, STORIES_MOST, decide, ends, says};
pub use hear::{Dropped, Heard, Hearing, hear, story_id};
pub use judge::judge;

use serde::{Deserialize, Serialize};

use crate::fault::{Faults, ParamFault};

/// How news is heard, judged and answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewsParams {
    /// Which items are stories.
    pub hear: HearParams,
    /// What underlyings are called.
    pub names: names::NameParams,
    /// Which headlines tell the same.
    pub alike: alike::AlikeParams,
    /// What headlines are about.
    pub rules: rules::RuleParams,
    /// How much stories matter.
    pub impact: impact::ImpactParams,
    /// What is done about them.
    pub policy: policy::PolicyParams,
}

impl NewsParams {
    /// Looks for absurd values in every section.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] found, with its section: name them to whoever wrote the configuration, and
    /// do not start.
    pub fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        faults.section("hear", self.hear.check());
        let most = self.names.symbols_most;
        let sane = (1..=1_000).contains(&most);
        faults.need(sane, "names.symbols_most", most, "1 to 1000");
        faults.section("alike", self.alike.check());
        faults.section("impact", self.impact.check());
        faults.section("policy", self.policy.check());
        faults.into_result()
    }
}

/// Which items are stories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HearParams {
    /// Hours after which an item is too old to be one.
    pub stale_hours: u32,
    /// Seconds by which a source's clock may be ahead of ours.
    pub future_s: u32,
}

impl Default for HearParams {
    fn default() -> Self {
        Self {
            stale_hours: 48,
            future_s: 120,
        }
    }
}

impl HearParams {
    fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let (hours, ahead) = (self.stale_hours, self.future_s);
        faults.need((1..=720).contains(&hours), "stale_hours", hours, "1 to 720");
        faults.need(ahead <= 3_600, "future_s", ahead, "at most 3600");
        faults.into_result()
    }
}
