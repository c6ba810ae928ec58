//! Whether two headlines tell the same thing.

use std::{collections::BTreeSet, sync::LazyLock};

use countersign_domain::{ids::StoryId, instrument::Symbol, news::Story};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::words::{Word, number};
use crate::fault::{Faults, ParamFault};

/// When two headlines tell the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlikeParams {
    /// Least share of the words that both have, of those that either has.
    pub share_least: f64,
    /// Longest time between them, hours.
    pub hours: u32,
}

impl Default for AlikeParams {
    fn default() -> Self {
        Self {
            share_least: 0.6,
            hours: 24,
        }
    }
}

impl AlikeParams {
    pub(super) fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let (share, hours) = (self.share_least, self.hours);
        let sane = (0.3..=1.0).contains(&share);
        faults.need(sane, "share_least", share, "0.3 to 1");
        faults.need((1..=168).contains(&hours), "hours", hours, "1 to 168");
        faults.into_result()
    }
}

/// Fewer words than these are too few for most of them to mean anything: all must agree.
const WORDS_LEAST: usize = 4;

/// Words that say nothing of what is told.
const IDLE: &str = "a an the of to in on at by for from with as and or but its it is are was were be has \
    have had will that this his her their after before amid over into than then about update updated \
    exclusive breaking correction says said report reports sources source";

/// Words of which two headlines must not have opposite ones: `one side | the other`.
const OPPOSITES: [&str; 12] = [
    "beat top exceed surpass | miss trail lag",
    "raise lift hike boost increase up | cut lower slash trim reduce down",
    "upgrade | downgrade",
    "rise rose gain jump surge soar climb rally rallies advance up | fall fell drop slump plunge tumble \
     slide slid slip sink decline down",
    "approve clear grant accept | reject deny denies block refuse",
    "win won | lose lost",
    "above higher strong stronger | below lower weak weaker",
    "buy | sell",
    "agree | end abandon scrap terminate",
    "halt suspend | resume",
    "profit | loss",
    "hire name appoint | fire oust resign",
];

/// Words that turn what is said around them.
const DENIALS: &str = "no not never without deny denies avoid avert won't isn't doesn't";

/// Both sides of each of the [`OPPOSITES`], as words are compared.
static SIDES: LazyLock<Vec<[BTreeSet<String>; 2]>> = LazyLock::new(|| {
    let pairs = OPPOSITES.iter().filter_map(|pair| pair.split_once('|'));
    pairs.map(|(one, two)| [stems(one), stems(two)]).collect()
});

static DENYING: LazyLock<BTreeSet<String>> = LazyLock::new(|| stems(DENIALS));

fn stems(list: &str) -> BTreeSet<String> {
    list.split_whitespace().map(stem).collect()
}

/// What is compared of a headline.
#[derive(Clone, Debug)]
pub(super) struct Print {
    id: StoryId,
    cluster: StoryId,
    published_at: Timestamp,
    about: BTreeSet<Symbol>,
    named: BTreeSet<Symbol>,
    stems: BTreeSet<String>,
    numbers: BTreeSet<String>,
    /// Which sides of the [`OPPOSITES`] it says.
    sides: Vec<[bool; 2]>,
    /// Whether it denies something.
    denies: bool,
}

impl Print {
    /// Of a story with its words and everybody whom it names.
    pub(super) fn of(story: &Story, words: &[Word], named: BTreeSet<Symbol>) -> Self {
        let numbers = words.iter().filter_map(|word| number(&word.folded));
        let told = words.iter().filter(|word| number(&word.folded).is_none());
        let stems: BTreeSet<String> = told
            .filter(|word| !is_in(IDLE, &word.folded))
            .map(|word| stem(&word.folded))
            .collect();
        let says = |side: &BTreeSet<String>| !side.is_disjoint(&stems);
        Self {
            id: story.id,
            cluster: story.cluster,
            published_at: story.published_at,
            about: story.underlyings.iter().copied().collect(),
            named,
            numbers: numbers.map(str::to_owned).collect(),
            sides: SIDES
                .iter()
                .map(|sides| sides.each_ref().map(says))
                .collect(),
            denies: says(&DENYING),
            stems,
        }
    }

    /// The cluster of the one among `known` that tells the same most closely; the earliest of several.
    pub(super) fn cluster<'a>(
        &self,
        known: impl Iterator<Item = &'a Self>,
        params: &AlikeParams,
    ) -> Option<StoryId> {
        let alike = known.filter_map(|other| {
            let share = self.share(other, params)?;
            Some((share, other))
        });
        let first = |(_, other): &(f64, &Self)| (other.published_at, other.id);
        let best = alike.max_by(|one, other| {
            let closer = one.0.total_cmp(&other.0);
            closer.then_with(|| first(other).cmp(&first(one)))
        });
        best.map(|(_, other)| other.cluster)
    }

    /// The share of the words that both have, when they tell the same.
    fn share(&self, other: &Self, params: &AlikeParams) -> Option<f64> {
        let apart = self.published_at.duration_since(other.published_at).abs();
        let near = apart <= SignedDuration::from_hours(i64::from(params.hours));
        let same_about = self.about.is_empty() && other.about.is_empty()
            || !self.about.is_disjoint(&other.about);
        if !near || !same_about {
            return None;
        }
        let both = self.stems.intersection(&other.stems).count();
        let all = self.stems.len().saturating_add(other.stems.len());
        let share = share(both, all.saturating_sub(both));
        let few = self.stems.len().min(other.stems.len()) < WORDS_LEAST;
        let least = if few { 1.0 } else { params.share_least };
        (share >= least && !self.contradicts(other)).then_some(share)
    }

    /// Whether they cannot mean the same: other numbers, other names, or the opposite word.
    fn contradicts(&self, other: &Self) -> bool {
        let differ = |one: &BTreeSet<Symbol>, two: &BTreeSet<Symbol>| {
            !one.is_subset(two) && !two.is_subset(one)
        };
        let numbers =
            !self.numbers.is_subset(&other.numbers) && !other.numbers.is_subset(&self.numbers);
        let denied = self.denies != other.denies;
        numbers || denied || differ(&self.named, &other.named) || self.opposes(other)
    }

    /// Whether each says one side of a pair alone, and not the same.
    fn opposes(&self, other: &Self) -> bool {
        let mut pairs = self.sides.iter().zip(&other.sides);
        pairs.any(|([one, two], theirs)| one != two && *theirs == [*two, *one])
    }
}

fn share(both: usize, either: usize) -> f64 {
    let count = |many: usize| u32::try_from(many).map_or(f64::MAX, f64::from);
    if either == 0 {
        return 1.0;
    }
    count(both) / count(either)
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|one| one == word)
}

/// A word without its ending, roughly: enough for `raises`, `raised` and `raising` to be one.
fn stem(word: &str) -> String {
    let long = word.chars().count() > 3;
    let endings = ["ing", "ied", "ies", "ed", "es", "e", "s"];
    let ending = endings.iter().find(|ending| word.ends_with(**ending));
    let bare = ending.filter(|_| long).and_then(|it| word.strip_suffix(it));
    let mut bare = bare.unwrap_or(word).to_owned();
    // `cutting` is `cut`, and `misses` is `mis` as `miss` is.
    let twice = bare.chars().rev().take(2).collect::<Vec<_>>();
    if let [last, other] = twice.as_slice()
        && last == other
        && bare.chars().count() > 2
    {
        bare.pop();
    }
    bare
}
