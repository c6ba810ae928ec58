//! What all of the news means for one trade.

use countersign_domain::{
    news::{
        Abstention, Action, Category, Decision, Impact, Judged, Missing, Reading, Reason, Scheduled,
    },
    signal::Direction,
};
use countersign_signals::news::{Deciding, NewsParams, STORIES_MOST, decide, story_id};
use jiff::{SignedDuration, Timestamp, civil::date};
use proptest::prelude::*;

use super::{ago, bare, now, read, scorer, symbol, symbols};

/// A story of some minutes ago on Apple.
fn told(name: &str, category: Category, impact: Impact, score: f64, minutes: i64) -> Judged {
    let mut story = bare(name);
    story.id = story_id("wire", name);
    story.cluster = story.id;
    story.published_at = ago(minutes);
    Judged {
        story,
        reading: read(score, None),
        category,
        impact,
        publishers: 1,
    }
}

struct Asked {
    stories: Vec<Judged>,
    scheduled: Vec<Scheduled>,
    heard_at: Option<Timestamp>,
    allowed: Vec<String>,
    needs_news: bool,
    direction: Direction,
    now: Timestamp,
}

impl Asked {
    fn of(stories: &[Judged]) -> Self {
        Self {
            stories: stories.to_vec(),
            scheduled: Vec::new(),
            heard_at: Some(ago(1)),
            allowed: Vec::new(),
            needs_news: false,
            direction: Direction::Bullish,
            now: now(),
        }
    }

    fn decide(&self) -> Decision {
        decide(&Deciding {
            underlying: symbol("AAPL"),
            direction: self.direction,
            needs_news: self.needs_news,
            stories: &self.stories,
            scheduled: &self.scheduled,
            heard_at: self.heard_at,
            allowed: &self.allowed,
            params: &NewsParams::default(),
            now: self.now,
        })
    }
}

fn names(decision: &Decision) -> Vec<String> {
    decision.reasons.iter().map(Reason::name).collect()
}

#[test]
fn without_news_against_it_a_trade_passes() {
    let decision = Asked::of(&[]).decide();
    assert_eq!(decision.action, Action::Pass);
    assert_eq!((decision.reasons.len(), decision.tone), (0, None));
    assert_eq!((decision.by, decision.heard_at), (None, Some(ago(1))));
    let good = told("good", Category::Company, Impact::Low, 0.6, 30);
    let decision = Asked::of(&[good]).decide();
    assert_eq!((decision.action, decision.looked_at), (Action::Pass, 1));
    assert_eq!((decision.tone, decision.by), (Some(0.6), Some(scorer())));
}

#[test]
fn a_dangerous_story_vetoes_in_both_directions_until_its_time_is_over() {
    let earnings = told("results", Category::Earnings, Impact::High, 0.9, 60);
    let mut asked = Asked::of(std::slice::from_ref(&earnings));
    for direction in [Direction::Bullish, Direction::Bearish] {
        asked.direction = direction;
        let decision = asked.decide();
        assert_eq!(decision.action, Action::Veto);
        assert_eq!(decision.shrink, None);
        let Reason::Story { story, until, .. } = &decision.reasons[0] else {
            panic!("{decision:?}")
        };
        assert_eq!(*story, earnings.story.id);
        assert_eq!(*until, ago(60) + SignedDuration::from_hours(24));
    }
    asked.direction = Direction::Bullish;
    asked.heard_at = Some(now() + SignedDuration::from_hours(24));
    asked.now = now() + SignedDuration::from_mins(23 * 60 - 1);
    assert_eq!(asked.decide().action, Action::Veto);
    asked.now = now() + SignedDuration::from_mins(23 * 60);
    assert_eq!(asked.decide().action, Action::Pass);
}

#[test]
fn the_bands_say_what_is_warned_of_and_what_shrinks() {
    let one = |category, impact| {
        let decision = Asked::of(&[told("one", category, impact, 0.0, 5)]).decide();
        (decision.action, decision.shrink)
    };
    assert_eq!(one(Category::Analyst, Impact::Low), (Action::Pass, None));
    assert_eq!(one(Category::Analyst, Impact::Medium), (Action::Warn, None));
    assert_eq!(
        one(Category::Analyst, Impact::High),
        (Action::Shrink, Some(0.5))
    );
    assert_eq!(one(Category::Legal, Impact::Low), (Action::Warn, None));
    assert_eq!(one(Category::Legal, Impact::Medium), (Action::Veto, None));
    assert_eq!(one(Category::Bankruptcy, Impact::Low), (Action::Veto, None));
    assert_eq!(one(Category::General, Impact::Medium), (Action::Pass, None));
}

#[test]
fn news_of_others_does_not_count_and_news_of_everybody_does() {
    let mut other = told("other", Category::Bankruptcy, Impact::High, -1.0, 5);
    other.story.underlyings = symbols("TSLA");
    assert_eq!(Asked::of(&[other.clone()]).decide().looked_at, 0);
    other.story.underlyings = Vec::new();
    let decision = Asked::of(&[other]).decide();
    assert_eq!((decision.action, decision.looked_at), (Action::Veto, 1));
}

#[test]
fn what_many_tell_is_one_reason() {
    let first = told("first", Category::Legal, Impact::Low, -0.2, 50);
    let mut second = told("second", Category::Legal, Impact::Medium, -0.3, 20);
    second.story.cluster = first.story.cluster;
    second.story.publisher = "Bloomberg".to_owned();
    let decision = Asked::of(&[second, first.clone()]).decide();
    assert_eq!(decision.looked_at, 2);
    let Reason::Story {
        story,
        headline,
        impact,
        ..
    } = &decision.reasons[0]
    else {
        panic!("{decision:?}")
    };
    assert_eq!(
        (*story, headline.as_str(), *impact),
        (first.story.id, "second", Impact::Medium)
    );
    assert_eq!(decision.stories.len(), 1);
    assert_eq!(decision.stories[0].publishers, 2);
}

#[test]
fn the_tone_stands_against_one_direction_alone() {
    let sour = |many: usize, score: f64| -> Vec<Judged> {
        let each = 0..many;
        each.map(|at| told(&format!("s{at}"), Category::General, Impact::Low, score, 10))
            .collect()
    };
    let tone = |many, score, direction| {
        let mut asked = Asked::of(&sour(many, score));
        asked.direction = direction;
        asked.decide().action
    };
    let (up, down) = (Direction::Bullish, Direction::Bearish);
    assert_eq!(tone(3, -0.2, up), Action::Pass);
    assert_eq!(tone(3, -0.3, up), Action::Warn);
    assert_eq!(tone(3, -0.5, up), Action::Shrink);
    assert_eq!(tone(3, -0.7, up), Action::Veto);
    assert_eq!(tone(3, -0.7, down), Action::Pass);
    assert_eq!(tone(3, 0.7, down), Action::Veto);
    // One voice is no chorus.
    assert_eq!(tone(1, -0.9, up), Action::Warn);
}

#[test]
fn the_tone_is_weighted_by_impact_and_age() {
    let old = told("old", Category::General, Impact::Low, 1.0, 8 * 60);
    let new = told("new", Category::General, Impact::Low, -1.0, 0);
    let tone = Asked::of(&[old.clone(), new.clone()])
        .decide()
        .tone
        .unwrap();
    assert!((tone - (0.5 - 1.0) / 1.5).abs() < 1e-9, "{tone}");
    let heavy = told("new", Category::General, Impact::High, -1.0, 0);
    let tone = Asked::of(&[old.clone(), heavy]).decide().tone.unwrap();
    assert!((tone - (0.5 - 4.0) / 4.5).abs() < 1e-9, "{tone}");
    let mut everybody = new;
    everybody.story.underlyings = Vec::new();
    let tone = Asked::of(&[old, everybody]).decide().tone.unwrap();
    assert!((tone - (0.5 - 0.3) / 0.8).abs() < 1e-9, "{tone}");
}

#[test]
fn of_those_that_tell_the_same_the_worst_voice_counts_for_either_direction() {
    let good = told("good", Category::General, Impact::Low, 0.9, 0);
    let mut bad = told("bad", Category::General, Impact::Low, -0.7, 0);
    bad.story.cluster = good.story.cluster;
    let mut asked = Asked::of(&[good, bad]);
    assert_eq!(asked.decide().tone, Some(-0.7));
    asked.direction = Direction::Bearish;
    assert_eq!(asked.decide().tone, Some(0.9));
}

#[test]
fn what_many_tell_weighs_as_one_in_the_tone() {
    let mut stories = vec![told("good", Category::General, Impact::Low, 0.8, 0)];
    for at in 0..9 {
        let mut copy = told(
            &format!("copy {at}"),
            Category::General,
            Impact::Low,
            -0.8,
            0,
        );
        copy.story.cluster = story_id("wire", "copy 0");
        stories.push(copy);
    }
    let decision = Asked::of(&stories).decide();
    assert_eq!((decision.tone, decision.action), (Some(0.0), Action::Pass));
    assert_eq!(decision.looked_at, 10);
}

fn scheduled(underlying: Option<&str>, category: Category, at: Option<&str>) -> Scheduled {
    Scheduled {
        underlying: underlying.map(symbol),
        category,
        name: "what comes".to_owned(),
        on: date(2026, 11, 24),
        at: at.map(|at| at.parse().unwrap()),
    }
}

/// What becomes of a trade at each of some instants, with one thing scheduled.
fn at_times(what: &Scheduled, times: &[&str]) -> Vec<Action> {
    let each = times.iter().map(|time| {
        let mut asked = Asked::of(&[]);
        asked.scheduled = vec![what.clone()];
        asked.now = time.parse().unwrap();
        asked.heard_at = Some(asked.now);
        asked.decide().action
    });
    each.collect()
}

#[test]
fn nothing_is_entered_before_earnings() {
    use Action::{Pass, Veto, Warn};
    // The 24th, after the close in New York (16:05 is 21:05 UTC).
    let results = scheduled(
        Some("AAPL"),
        Category::Earnings,
        Some("2026-11-24T21:05:00Z"),
    );
    let times = [
        "2026-11-17T04:59:59Z",
        "2026-11-17T05:00:00Z",
        "2026-11-22T04:59:59Z",
        "2026-11-22T05:00:00Z",
        "2026-11-24T22:04:59Z",
        "2026-11-24T22:05:00Z",
    ];
    assert_eq!(
        at_times(&results, &times),
        [Pass, Warn, Warn, Veto, Veto, Pass]
    );
    // Without a time its whole day counts.
    let dated = scheduled(Some("AAPL"), Category::Earnings, None);
    let times = [
        "2026-11-22T05:00:00Z",
        "2026-11-25T04:59:59Z",
        "2026-11-25T05:00:00Z",
    ];
    assert_eq!(at_times(&dated, &times), [Veto, Veto, Pass]);
    let other = scheduled(Some("TSLA"), Category::Earnings, None);
    assert_eq!(at_times(&other, &times), [Pass, Pass, Pass]);
}

#[test]
fn nothing_is_entered_before_a_rate_decision() {
    use Action::{Pass, Veto, Warn};
    let rates = scheduled(None, Category::Macro, Some("2026-11-24T19:00:00Z"));
    let times = [
        "2026-11-23T18:59:59Z",
        "2026-11-23T19:00:00Z",
        "2026-11-24T16:59:59Z",
        "2026-11-24T17:00:00Z",
        "2026-11-24T19:59:59Z",
        "2026-11-24T20:00:00Z",
    ];
    assert_eq!(
        at_times(&rates, &times),
        [Pass, Warn, Warn, Veto, Veto, Pass]
    );
}

#[test]
fn without_news_what_needs_it_is_not_traded_and_the_rest_at_half_size() {
    for heard_at in [None, Some(ago(31))] {
        let mut asked = Asked::of(&[]);
        asked.heard_at = heard_at;
        let decision = asked.decide();
        assert_eq!(
            (decision.action, decision.shrink),
            (Action::Shrink, Some(0.5))
        );
        assert_eq!(names(&decision), ["missing:news"]);
        asked.needs_news = true;
        assert_eq!(asked.decide().action, Action::Veto);
        asked.heard_at = Some(ago(30));
        assert_eq!(asked.decide().action, Action::Pass);
    }
}

// R58
#[test]
fn what_was_not_read_is_not_good() {
    let mut unread = told("unread", Category::General, Impact::Low, 0.0, 10);
    unread.reading = Reading::Abstained(Abstention::Late);
    let mut other = told("other", Category::General, Impact::Low, 0.0, 10);
    other.reading = Reading::Abstained(Abstention::NoModel);
    let mut asked = Asked::of(&[unread.clone(), other]);
    let decision = asked.decide();
    assert_eq!(
        (decision.action, decision.tone, &decision.by),
        (Action::Shrink, None, &None)
    );
    let what = Missing::Model {
        why: Abstention::NoModel,
        stories: 2,
    };
    assert_eq!(
        decision.reasons,
        [Reason::Missing {
            what,
            action: Action::Shrink
        }]
    );
    asked.needs_news = true;
    assert_eq!(asked.decide().action, Action::Veto);
    // Neither is what was read to no figure, should such a thing ever be stored.
    let mut spoilt = told("spoilt", Category::General, Impact::Low, 0.0, 10);
    if let Reading::Read(opinion) = &mut spoilt.reading {
        opinion.bearish = f64::NAN;
    }
    let decision = Asked::of(&[spoilt]).decide();
    assert_eq!((decision.action, decision.tone), (Action::Shrink, None));
    assert_eq!(names(&decision), ["missing:model"]);
    // Nothing to read, and what is no longer news, is not missed.
    let mut empty = unread.clone();
    empty.reading = Reading::Abstained(Abstention::Empty);
    let mut old = unread;
    old.story.published_at = ago(25 * 60);
    assert_eq!(Asked::of(&[empty, old]).decide().action, Action::Pass);
}

#[test]
fn the_hardest_reason_comes_first_and_three_stories_are_shown() {
    let stories = [
        told("warned", Category::Legal, Impact::Low, -0.1, 5),
        told("vetoed", Category::Legal, Impact::Medium, -0.1, 90),
        told("plain", Category::General, Impact::Low, -0.1, 1),
        told("harder", Category::Merger, Impact::High, 0.1, 300),
    ];
    let mut asked = Asked::of(&stories);
    asked.scheduled = vec![scheduled(None, Category::Earnings, None)];
    asked.heard_at = None;
    let decision = asked.decide();
    let id = |at: usize| format!("story:{}", stories[at].story.id);
    assert_eq!(
        names(&decision),
        [
            id(3),
            id(1),
            "missing:news".to_owned(),
            id(0),
            "scheduled:earnings:2026-11-24".to_owned()
        ]
    );
    let shown: Vec<&str> = decision
        .stories
        .iter()
        .map(|it| it.story.headline.as_str())
        .collect();
    assert_eq!(shown, ["harder", "vetoed", "warned"]);
    assert_eq!(
        (decision.stories.len(), decision.looked_at),
        (STORIES_MOST, 4)
    );
}

#[test]
fn what_an_admin_set_aside_stays_as_a_warning_and_is_noted() {
    let legal = told("sued", Category::Legal, Impact::High, -0.1, 5);
    let name = format!("story:{}", legal.story.id);
    let mut asked = Asked::of(&[legal]);
    asked.scheduled = vec![scheduled(Some("AAPL"), Category::Earnings, None)];
    asked.now = "2026-11-23T15:00:00Z".parse().unwrap();
    asked.stories[0].story.published_at = asked.now - SignedDuration::from_mins(5);
    asked.heard_at = None;
    asked.allowed = vec![name.clone(), "story:somethingelse".to_owned()];
    let decision = asked.decide();
    assert_eq!(decision.action, Action::Veto, "the earnings stand");
    assert_eq!(decision.overridden.get(&name), Some(&Action::Veto));
    asked
        .allowed
        .push("scheduled:earnings:2026-11-24".to_owned());
    assert_eq!(asked.decide().action, Action::Shrink, "no news stands");
    asked.allowed.push("missing:news".to_owned());
    let decision = asked.decide();
    assert_eq!((decision.action, decision.shrink), (Action::Warn, None));
    assert_eq!(decision.reasons.len(), 3);
    assert_eq!(decision.overridden.len(), 3);
    // It is the name that was set aside: another story is another reason.
    let mut other = told("sued again", Category::Legal, Impact::High, -0.1, 5);
    other.story.published_at = asked.now;
    asked.stories.push(other);
    assert_eq!(asked.decide().action, Action::Veto);
}

fn any_judged() -> impl Strategy<Value = Judged> {
    let category = prop::sample::select(Category::ALL.to_vec());
    let impact = prop::sample::select(Impact::ALL.to_vec());
    let reading = prop_oneof![
        8 => (-100_i32..=100).prop_map(|score| read(f64::from(score) / 100.0, None)),
        1 => Just(Reading::Abstained(Abstention::Late)),
        1 => Just(Reading::Abstained(Abstention::Empty)),
    ];
    let about = prop::sample::select(vec!["AAPL", "AAPL TSLA", "TSLA", ""]);
    (
        category,
        impact,
        reading,
        about,
        -3_i64..4_000,
        0_u8..6,
        0_u8..6,
    )
        .prop_map(
            |(category, impact, reading, about, minutes, name, cluster)| {
                let mut judged = told(&format!("story {name}"), category, impact, 0.0, minutes);
                judged.reading = reading;
                judged.story.underlyings = symbols(about);
                judged.story.cluster = story_id("wire", &format!("story {cluster}"));
                judged
            },
        )
}

fn any_direction() -> impl Strategy<Value = Direction> {
    prop::sample::select(vec![Direction::Bullish, Direction::Bearish])
}

proptest! {
    #[test]
    fn the_order_in_which_stories_come_decides_nothing(
        stories in prop::collection::vec(any_judged(), 0..12),
        direction in any_direction(),
        turn in 0_usize..12,
    ) {
        let mut asked = Asked::of(&stories);
        asked.direction = direction;
        let decision = asked.decide();
        let many = asked.stories.len().max(1);
        asked.stories.rotate_left(turn % many);
        prop_assert_eq!(asked.decide(), decision.clone());
        asked.stories.reverse();
        prop_assert_eq!(asked.decide(), decision);
    }

    #[test]
    fn a_worse_story_never_makes_the_answer_milder(
        stories in prop::collection::vec(any_judged(), 0..10),
        worse in any_judged(),
        direction in any_direction(),
        needs_news in any::<bool>(),
    ) {
        let mut asked = Asked::of(&stories);
        asked.direction = direction;
        asked.needs_news = needs_news;
        let before = asked.decide();
        let mut worse = worse;
        worse.reading = read(if direction == Direction::Bullish { -1.0 } else { 1.0 }, None);
        asked.stories.push(worse);
        let after = asked.decide();
        prop_assert!(after.action >= before.action, "{before:?} {after:?}");
    }

    #[test]
    fn a_worse_voice_never_makes_the_tone_milder(
        voices in prop::collection::vec((-100_i32..=100, 0_i64..1_400, 0_u8..3, 0_usize..3), 1..7),
        worse in (0_i64..1_400, 0_u8..3, 0_usize..3),
    ) {
        let voice = |(at, (score, minutes, cluster, impact)): (usize, (i32, i64, u8, usize))| {
            let score = f64::from(score) / 100.0;
            let name = format!("voice {at}");
            let mut one = told(&name, Category::General, Impact::ALL[impact], score, minutes);
            one.story.cluster = story_id("wire", &format!("cluster {cluster}"));
            one
        };
        let mut asked = Asked::of(&voices.into_iter().enumerate().map(voice).collect::<Vec<_>>());
        let before = asked.decide();
        let (minutes, cluster, impact) = worse;
        asked.stories.push(voice((99, (-100, minutes, cluster, impact))));
        let after = asked.decide();
        prop_assert!(after.tone.unwrap() <= before.tone.unwrap() + 1e-9);
        prop_assert!(after.action >= before.action);
    }

    #[test]
    fn a_decision_is_the_hardest_of_its_reasons_and_survives_being_stored(
        stories in prop::collection::vec(any_judged(), 0..10),
        silent in any::<bool>(),
    ) {
        let mut asked = Asked::of(&stories);
        if silent {
            asked.heard_at = None;
        }
        let decision = asked.decide();
        let actions: Vec<Action> = decision.reasons.iter().map(Reason::action).collect();
        prop_assert!(actions.is_sorted_by(|one, other| one >= other));
        prop_assert_eq!(decision.action, actions.first().copied().unwrap_or_default());
        prop_assert!(actions.iter().all(|action| *action > Action::Pass));
        prop_assert!(decision.stories.len() <= STORIES_MOST);
        prop_assert!(decision.tone.is_none_or(|tone| (-1.0..=1.0).contains(&tone)));
        let json = serde_json::to_string(&decision).unwrap();
        let back: Decision = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(back.reasons.len(), decision.reasons.len());
        prop_assert_eq!(back.action, decision.action);
    }
}
