//! What a desk does about news.

use countersign_domain::news::{Action, Impact};
use serde::{Deserialize, Serialize};

use super::by_category::ByCategory;
use crate::fault::{Faults, ParamFault};

/// What is done about stories of one category, as a line of configuration writes it:
/// `veto high, shrink medium, warn low, 24 h`. Each word stands before the least impact at which it
/// holds; what is left out is not done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Band {
    /// From which impact it is not traded.
    pub veto: Option<Impact>,
    /// From which with fewer contracts.
    pub shrink: Option<Impact>,
    /// From which with a warning.
    pub warn: Option<Impact>,
    /// For how long after it was published.
    pub hours: u32,
}

/// The longest that a story may count, hours.
const HOURS_MOST: u32 = 720;

/// Why a band cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no band; one is like `veto high, shrink medium, warn low, 24 h`, with any of the three, and \
     1 to 720 hours"
)]
pub struct BandError(String);

impl TryFrom<String> for Band {
    type Error = BandError;

    fn try_from(text: String) -> Result<Self, BandError> {
        let fault = || BandError(text.chars().take(80).collect());
        let mut band = Self::default();
        for part in text.split(',').map(str::trim) {
            let (word, value) = part.split_once(' ').ok_or_else(fault)?;
            let hours = value == "h";
            let (place, value) = match word {
                "veto" => (&mut band.veto, value),
                "shrink" => (&mut band.shrink, value),
                "warn" => (&mut band.warn, value),
                number if hours && band.hours == 0 => {
                    band.hours = number.parse().map_err(|_| fault())?;
                    continue;
                }
                _ => return Err(fault()),
            };
            let impact = Impact::named(value.trim()).ok_or_else(fault)?;
            if place.replace(impact).is_some() {
                return Err(fault());
            }
        }
        let acts = band.veto.or(band.shrink).or(band.warn).is_some();
        if acts && (1..=HOURS_MOST).contains(&band.hours) {
            Ok(band)
        } else {
            Err(fault())
        }
    }
}

impl From<Band> for String {
    fn from(band: Band) -> Self {
        let mut text = Self::new();
        for (word, from) in [
            ("veto", band.veto),
            ("shrink", band.shrink),
            ("warn", band.warn),
        ] {
            if let Some(impact) = from {
                text.push_str(word);
                text.push(' ');
                text.push_str(impact.as_str());
                text.push_str(", ");
            }
        }
        text.push_str(&band.hours.to_string());
        text.push_str(" h");
        text
    }
}

impl Band {
    /// What is done at an impact, as long as it counts.
    pub(super) fn action(self, impact: Impact) -> Action {
        let holds = |from: Option<Impact>| from.is_some_and(|from| impact >= from);
        if holds(self.veto) {
            Action::Veto
        } else if holds(self.shrink) {
            Action::Shrink
        } else if holds(self.warn) {
            Action::Warn
        } else {
            Action::Pass
        }
    }
}

const fn band(
    veto: Option<Impact>,
    shrink: Option<Impact>,
    warn: Option<Impact>,
    hours: u32,
) -> Band {
    Band {
        veto,
        shrink,
        warn,
        hours,
    }
}

impl Default for ByCategory<Band> {
    fn default() -> Self {
        use Impact::{High, Low, Medium};
        Self {
            earnings: band(Some(Medium), None, Some(Low), 24),
            guidance: band(Some(Medium), None, Some(Low), 24),
            clinical: band(Some(Medium), None, Some(Low), 24),
            merger: band(Some(Medium), None, Some(Low), 48),
            legal: band(Some(Medium), None, Some(Low), 24),
            analyst: band(None, Some(High), Some(Medium), 12),
            personnel: band(Some(Medium), None, Some(Low), 24),
            capital: band(Some(High), Some(Medium), Some(Low), 24),
            halt: band(Some(Medium), None, Some(Low), 24),
            bankruptcy: band(Some(Low), None, None, 168),
            economy: band(Some(High), None, Some(Low), 2),
            company: band(Some(High), None, Some(Medium), 12),
            market: band(None, None, Some(High), 4),
            general: band(None, None, Some(High), 4),
        }
    }
}

/// Thresholds of the tone, against the trade's direction: 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ToneParams {
    /// From where it is warned of.
    pub warn: f64,
    /// From where fewer contracts are offered.
    pub shrink: f64,
    /// From where it is not traded.
    pub veto: f64,
    /// Fewest stories for anything but a warning.
    pub stories_least: u32,
    /// How far back it is taken, hours.
    pub hours: u32,
    /// The time after which half of a story's weight is left, hours.
    pub half_life_hours: f64,
    /// The weight of news of the economy, beside 1 of what is told of the underlying itself.
    pub economy: f64,
}

impl Default for ToneParams {
    fn default() -> Self {
        Self {
            warn: 0.25,
            shrink: 0.45,
            veto: 0.65,
            stories_least: 2,
            hours: 24,
            half_life_hours: 8.0,
            economy: 0.3,
        }
    }
}

impl ToneParams {
    fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let range = |value: f64| (0.0..=1.0).contains(&value);
        let (warn, shrink, veto) = (self.warn, self.shrink, self.veto);
        let sane = warn > 0.0 && range(warn);
        faults.need(sane, "warn", warn, "above 0, at most 1");
        let sane = shrink >= warn && range(shrink);
        faults.need(sane, "shrink", shrink, "at least `warn`, at most 1");
        let sane = veto >= shrink && range(veto);
        faults.need(sane, "veto", veto, "at least `shrink`, at most 1");
        let (hours, half) = (self.hours, self.half_life_hours);
        faults.need((1..=168).contains(&hours), "hours", hours, "1 to 168");
        let sane = (0.5..=1_000.0).contains(&half);
        faults.need(sane, "half_life_hours", half, "0.5 to 1000");
        faults.need(range(self.economy), "economy", self.economy, "0 to 1");
        let least = self.stories_least;
        let sane = (1..=100).contains(&least);
        faults.need(sane, "stories_least", least, "1 to 100");
        faults.into_result()
    }
}

/// How long before and after what is scheduled nothing is entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BlackoutParams {
    /// Days before what a company has scheduled (earnings, a decision on a medicine) without entries: 0
    /// for that day alone.
    pub company_days: u32,
    /// Days before it with a warning.
    pub company_warn_days: u32,
    /// Hours before a scheduled figure or decision of the economy without entries.
    pub economy_hours: u32,
    /// Hours before it with a warning.
    pub economy_warn_hours: u32,
    /// Minutes after either without entries, where its time is known; else its whole day counts.
    pub after_minutes: u32,
}

impl Default for BlackoutParams {
    fn default() -> Self {
        Self {
            company_days: 2,
            company_warn_days: 7,
            economy_hours: 2,
            economy_warn_hours: 24,
            after_minutes: 60,
        }
    }
}

impl BlackoutParams {
    fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let mut most = |key: &str, value: u32, most: u32, must: &'static str| {
            faults.need(value <= most, key, value, must);
        };
        most("company_days", self.company_days, 60, "at most 60");
        most(
            "company_warn_days",
            self.company_warn_days,
            60,
            "at most 60",
        );
        most("economy_hours", self.economy_hours, 168, "at most 168");
        most(
            "economy_warn_hours",
            self.economy_warn_hours,
            168,
            "at most 168",
        );
        most("after_minutes", self.after_minutes, 1_440, "at most 1440");
        faults.into_result()
    }
}

/// What is done while news cannot be heard or read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MissingParams {
    /// Minutes without a source heard, from which there is no news.
    pub silent_minutes: u32,
    /// What becomes of trades that need news.
    pub needed: Action,
    /// What becomes of the others.
    pub other: Action,
}

impl Default for MissingParams {
    fn default() -> Self {
        Self {
            silent_minutes: 30,
            needed: Action::Veto,
            other: Action::Shrink,
        }
    }
}

/// What a desk does about news.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PolicyParams {
    /// What part of the contracts is offered where there shall be fewer.
    pub shrink_to: f64,
    /// How far back stories are looked at, hours.
    pub hours: u32,
    /// By category and impact.
    pub category: ByCategory<Band>,
    /// By the tone of all of it.
    pub tone: ToneParams,
    /// Before what is scheduled.
    pub blackout: BlackoutParams,
    /// Without news.
    pub missing: MissingParams,
}

impl Default for PolicyParams {
    fn default() -> Self {
        Self {
            shrink_to: 0.5,
            hours: 168,
            category: ByCategory::<Band>::default(),
            tone: ToneParams::default(),
            blackout: BlackoutParams::default(),
            missing: MissingParams::default(),
        }
    }
}

impl PolicyParams {
    /// Looks for absurd values.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] found.
    pub fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let (part, hours) = (self.shrink_to, self.hours);
        let sane = part > 0.0 && part < 1.0;
        faults.need(sane, "shrink_to", part, "above 0, below 1");
        let sane = (1..=HOURS_MOST).contains(&hours);
        faults.need(sane, "hours", hours, "1 to 720");
        faults.section("tone", self.tone.check());
        faults.section("blackout", self.blackout.check());
        let missing = &self.missing;
        let silent = missing.silent_minutes;
        let sane = (1..=10_080).contains(&silent);
        faults.need(sane, "missing.silent_minutes", silent, "1 to 10080");
        let softer = missing.needed < missing.other;
        let word = format!("{:?}", missing.needed).to_lowercase();
        faults.need(
            !softer,
            "missing.needed",
            word,
            "at least as hard as `other`",
        );
        faults.into_result()
    }
}
