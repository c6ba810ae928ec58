//! What all of the news means for one trade.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use countersign_domain::{
    ids::StoryId,
    instrument::Symbol,
    news::{
        Abstention, Action, Decision, Impact, Judged, Missing, Opinion, Reading, Reason, Scheduled,
        Scorer,
    },
    signal::Direction,
};
use jiff::{SignedDuration, Timestamp};

use super::{NewsParams, blackout, policy::PolicyParams, tone};

/// The most stories of a decision.
pub const STORIES_MOST: usize = 3;

/// A trade, and what the desk knows when it decides about it.
#[derive(Clone, Copy, Debug)]
pub struct Deciding<'a> {
    /// On what.
    pub underlying: Symbol,
    /// Which way.
    pub direction: Direction,
    /// Whether its strategy does not trade without news.
    pub needs_news: bool,
    /// Stories of the last days, about whatever.
    pub stories: &'a [Judged],
    /// What is known to come, for whomever.
    pub scheduled: &'a [Scheduled],
    /// When a source was heard last.
    pub heard_at: Option<Timestamp>,
    /// The names of the reasons that an admin set aside, as [`Reason::name`] makes them.
    pub allowed: &'a [String],
    /// The rules.
    pub params: &'a NewsParams,
    /// The time.
    pub now: Timestamp,
}

/// A story that has something to say about the trade, or several that tell the same.
pub(super) struct Told<'a> {
    pub(super) cluster: StoryId,
    /// Those that tell it, earliest first; at least one.
    pub(super) by: Vec<&'a Judged>,
    /// The one that stands hardest against the trade, and what the policy says to it.
    pub(super) hardest: &'a Judged,
    pub(super) action: Action,
}

/// What the news means for one trade: every reason against it, hardest first, with the stories behind.
/// The same input gives the same decision, in whatever order the stories come, and a further story that
/// is worse for the trade never makes it milder.
pub fn decide(input: &Deciding<'_>) -> Decision {
    let stories = of_trade(input);
    let told = together(input, &stories);
    let tone = tone::tone(input, &told);
    let mut reasons: Vec<Reason> = told.iter().filter_map(|it| of_story(input, it)).collect();
    reasons.extend(blackout::reasons(input));
    reasons.extend(tone.as_ref().and_then(|tone| tone.reason(input)));
    reasons.extend(missing(input, &stories));
    let (mut reasons, overridden) = set_aside(reasons, input.allowed);
    reasons.sort_by_cached_key(|reason| {
        let (rank, weight) = rank(reason);
        (Reverse(reason.action()), rank, weight, reason.name())
    });
    let action = reasons.iter().map(Reason::action).max().unwrap_or_default();
    Decision {
        action,
        reasons,
        stories: shown(&told),
        looked_at: count(stories.len()),
        tone: tone.map(|tone| tone.score),
        by: reader(&stories),
        heard_at: input.heard_at,
        shrink: (action == Action::Shrink).then_some(input.params.policy.shrink_to),
        overridden,
    }
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

/// Hours, as a span.
pub(super) fn hours(hours: u32) -> SignedDuration {
    SignedDuration::from_hours(i64::from(hours))
}

/// The stories about the trade's underlying that are not too old, in an order of their own.
fn of_trade<'a>(input: &Deciding<'a>) -> Vec<&'a Judged> {
    let oldest = hours(input.params.policy.hours);
    let counts = |it: &&Judged| {
        let age = input.now.duration_since(it.story.published_at);
        it.story.concerns(input.underlying) && age <= oldest
    };
    let mut stories: Vec<&Judged> = input.stories.iter().filter(counts).collect();
    stories.sort_by(|one, other| in_order(one, other));
    stories
}

/// How a story was read, where it was read to something that is a score.
pub(super) fn score(it: &Judged) -> Option<f64> {
    let score = it.reading.opinion().map(Opinion::score);
    score.filter(|score| (-1.0..=1.0).contains(score))
}

/// An order of stories that leaves nothing to the order in which they come.
fn in_order(one: &Judged, other: &Judged) -> std::cmp::Ordering {
    let key = |it: &Judged| (it.story.published_at, it.story.id, it.impact, it.category);
    let read = |it: &Judged| score(it).unwrap_or(0.0);
    let same = key(one).cmp(&key(other));
    same.then_with(|| read(one).total_cmp(&read(other)))
}

/// Stories that tell the same, put together.
fn together<'a>(input: &Deciding<'a>, stories: &[&'a Judged]) -> Vec<Told<'a>> {
    let (policy, now) = (&input.params.policy, input.now);
    let mut clusters: BTreeMap<StoryId, Vec<&Judged>> = BTreeMap::new();
    for story in stories {
        let cluster = clusters.entry(story.story.cluster).or_default();
        cluster.push(story);
    }
    let told = clusters.into_iter().filter_map(|(cluster, by)| {
        let hardest = by.iter().copied().max_by(|one, other| {
            let key = |it: &Judged| (action(policy, it, now), it.impact, until(policy, it));
            let harder = key(one).cmp(&key(other));
            harder.then_with(|| in_order(other, one))
        })?;
        Some(Told {
            cluster,
            action: action(policy, hardest, now),
            by,
            hardest,
        })
    });
    told.collect()
}

/// What the policy says to one story by itself, and until when; `None` where it says nothing, or the
/// story counts no longer.
pub fn says(policy: &PolicyParams, judged: &Judged, now: Timestamp) -> Option<(Action, Timestamp)> {
    let counts = judged.story.published_at.checked_add(hours(policy.hours));
    let until = until(policy, judged).min(counts.unwrap_or(Timestamp::MAX));
    let action = action(policy, judged, now);
    (action > Action::Pass && now < until).then_some((action, until))
}

/// When a reason ends by itself; `None` where nobody can say.
pub fn ends(policy: &PolicyParams, reason: &Reason) -> Option<Timestamp> {
    match reason {
        Reason::Story { until, .. } => Some(*until),
        Reason::Scheduled { what, .. } => blackout::ends(&policy.blackout, what),
        Reason::Tone { .. } | Reason::Missing { .. } => None,
    }
}

/// What the policy says to a story now.
fn action(policy: &PolicyParams, it: &Judged, now: Timestamp) -> Action {
    let band = policy.category.of(it.category);
    if now < until(policy, it) {
        band.action(it.impact)
    } else {
        Action::Pass
    }
}

/// Until when a story counts.
fn until(policy: &PolicyParams, it: &Judged) -> Timestamp {
    let band = policy.category.of(it.category);
    let end = it.story.published_at.checked_add(hours(band.hours));
    end.unwrap_or(Timestamp::MAX)
}

fn of_story(input: &Deciding<'_>, told: &Told<'_>) -> Option<Reason> {
    let Judged {
        story,
        category,
        impact,
        ..
    } = told.hardest;
    (told.action > Action::Pass).then(|| Reason::Story {
        story: told.cluster,
        category: *category,
        impact: *impact,
        headline: story.headline.clone(),
        action: told.action,
        until: until(&input.params.policy, told.hardest),
    })
}

/// What is not known: no source was heard for too long, or stories were not read that would count.
fn missing(input: &Deciding<'_>, stories: &[&Judged]) -> Vec<Reason> {
    let params = &input.params.policy;
    let action = if input.needs_news {
        params.missing.needed
    } else {
        params.missing.other
    };
    let mut missing = Vec::new();
    let silent = SignedDuration::from_mins(i64::from(params.missing.silent_minutes));
    if input
        .heard_at
        .is_none_or(|at| input.now.duration_since(at) > silent)
    {
        let since = input.heard_at;
        missing.push(Missing::News { since });
    }
    let recent =
        |it: &&&Judged| input.now.duration_since(it.story.published_at) <= hours(params.tone.hours);
    let unread: Vec<Abstention> = stories
        .iter()
        .filter(recent)
        .filter_map(|it| match it.reading {
            Reading::Abstained(Abstention::Empty) => None,
            Reading::Abstained(why) => Some(why),
            Reading::Read(_) => score(it).is_none().then_some(Abstention::Unusable),
        })
        .collect();
    if let Some(why) = unread.iter().min() {
        missing.push(Missing::Model {
            why: *why,
            stories: count(unread.len()),
        });
    }
    let reason = |what| Reason::Missing { what, action };
    let acts = action > Action::Pass;
    missing.into_iter().filter(|_| acts).map(reason).collect()
}

/// What an admin set aside stays as a warning, and is noted.
fn set_aside(reasons: Vec<Reason>, allowed: &[String]) -> (Vec<Reason>, BTreeMap<String, Action>) {
    let mut overridden = BTreeMap::new();
    let answered = reasons.into_iter().map(|reason| {
        let name = reason.name();
        if reason.action() <= Action::Warn || !allowed.contains(&name) {
            return reason;
        }
        // Of two of the same name the harder one is told.
        let said = overridden.entry(name).or_insert(Action::Warn);
        *said = reason.action().max(*said);
        reason.answered(Action::Warn)
    });
    (answered.collect(), overridden)
}

/// Which of equally hard reasons comes first: what happened, what will, how it sounds, what is not
/// known; and of stories what matters most, then what holds longest.
fn rank(reason: &Reason) -> (u8, Reverse<Option<(Impact, Timestamp)>>) {
    match reason {
        Reason::Story { impact, until, .. } => (0, Reverse(Some((*impact, *until)))),
        Reason::Scheduled { .. } => (1, Reverse(None)),
        Reason::Tone { .. } => (2, Reverse(None)),
        Reason::Missing { .. } => (3, Reverse(None)),
    }
}

/// The stories that a card shows: one of each that tell the same, with as many publishers as they have,
/// most important first.
fn shown(told: &[Told<'_>]) -> Vec<Judged> {
    let mut told: Vec<&Told<'_>> = told.iter().collect();
    told.sort_by_key(|it| {
        let story = &it.hardest.story;
        let matters = (it.action, it.hardest.impact, story.published_at);
        (Reverse(matters), it.cluster)
    });
    let each = told.into_iter().take(STORIES_MOST);
    each.map(|it| {
        let who: BTreeSet<String> = it
            .by
            .iter()
            .map(|by| super::hear::publisher(&by.story))
            .collect();
        Judged {
            publishers: it.hardest.publishers.max(count(who.len())),
            ..it.hardest.clone()
        }
    })
    .collect()
}

/// Who read most of the stories.
fn reader(stories: &[&Judged]) -> Option<Scorer> {
    let mut read: BTreeMap<&Scorer, u32> = BTreeMap::new();
    for opinion in stories.iter().filter_map(|it| it.reading.opinion()) {
        let times = read.entry(&opinion.by).or_default();
        *times = times.saturating_add(1);
    }
    let most = read.into_iter().max_by_key(|(_, times)| *times);
    most.map(|(who, _)| who.clone())
}
