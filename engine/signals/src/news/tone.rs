//! How all of what was read sounds, for one trade.

use countersign_domain::{
    news::{Action, Impact, Judged, Reason},
    signal::Direction,
};

use super::decide::{Deciding, Told, hours, score};

/// How what was read sounds.
pub(super) struct Tone {
    /// From -1 to +1, good for the price.
    pub(super) score: f64,
    /// Stories that it is made from, each once however many tell it.
    stories: u32,
}

/// The mean of the scores, each weighted with how much its story matters and how old it is. Of those
/// that tell the same only the one counts that stands hardest against the trade, so that another voice
/// can make it worse and never better. `None` when nothing was read.
pub(super) fn tone(input: &Deciding<'_>, told: &[Told<'_>]) -> Option<Tone> {
    let params = &input.params.policy.tone;
    let (mut sum, mut weights, mut stories) = (0.0, 0.0, 0_u32);
    for told in told {
        let recent =
            |it: &&&Judged| input.now.duration_since(it.story.published_at) <= hours(params.hours);
        let read: Vec<(f64, f64)> = told
            .by
            .iter()
            .filter(recent)
            .filter_map(|it| Some((score(it)?, weight(input, it))))
            .collect();
        let against = |score: &f64| forward(input.direction, *score);
        let Some(score) = read
            .iter()
            .map(|(score, _)| *score)
            .min_by(|one, other| against(one).total_cmp(&against(other)))
        else {
            continue;
        };
        let weight = read.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);
        sum += score * weight;
        weights += weight;
        stories = stories.saturating_add(1);
    }
    let score = sum / weights;
    score.is_finite().then(|| Tone {
        score: score.clamp(-1.0, 1.0),
        stories,
    })
}

/// How much a story weighs: its impact, halved with age, less where it is about everybody.
fn weight(input: &Deciding<'_>, it: &Judged) -> f64 {
    let params = &input.params.policy.tone;
    let impact = match it.impact {
        Impact::Low => 1.0,
        Impact::Medium => 2.0,
        Impact::High => 4.0,
    };
    let about = if it.story.underlyings.is_empty() {
        params.economy
    } else {
        1.0
    };
    let age = input.now.duration_since(it.story.published_at);
    let age = (age.as_secs_f64() / 3_600.0).max(0.0);
    impact * about * 0.5_f64.powf(age / params.half_life_hours.max(0.5))
}

/// A score as the trade sees it: below 0 is against it.
fn forward(direction: Direction, score: f64) -> f64 {
    match direction {
        Direction::Bullish => score,
        Direction::Bearish => -score,
    }
}

impl Tone {
    /// What the policy says to it, when it says anything.
    pub(super) fn reason(&self, input: &Deciding<'_>) -> Option<Reason> {
        let params = &input.params.policy.tone;
        let against = -forward(input.direction, self.score);
        let enough = self.stories >= params.stories_least;
        let action = if enough && against >= params.veto {
            Action::Veto
        } else if enough && against >= params.shrink {
            Action::Shrink
        } else if against >= params.warn {
            Action::Warn
        } else {
            return None;
        };
        Some(Reason::Tone {
            score: self.score,
            stories: self.stories,
            action,
        })
    }
}
