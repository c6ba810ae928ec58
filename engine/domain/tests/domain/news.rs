//! The words of news.

use countersign_domain::{
    ids::StoryId,
    instrument::Symbol,
    news::{
        Abstention, Action, Category, Decision, Impact, Missing, Opinion, Reason, Scheduled,
        Scorer, Story, Topic,
    },
};
use jiff::{Timestamp, civil::date};

fn reasons() -> Vec<Reason> {
    let action = Action::Veto;
    vec![
        Reason::Story {
            story: StoryId::from_bits(7),
            category: Category::Legal,
            impact: Impact::High,
            headline: "Somebody was sued".to_owned(),
            action,
            until: Timestamp::UNIX_EPOCH,
        },
        Reason::Scheduled {
            what: Scheduled {
                underlying: None,
                category: Category::Macro,
                name: "FOMC rate decision".to_owned(),
                on: date(2026, 12, 9),
                at: None,
            },
            action,
        },
        Reason::Tone {
            score: -0.7,
            stories: 4,
            action,
        },
        Reason::Missing {
            what: Missing::News { since: None },
            action,
        },
        Reason::Missing {
            what: Missing::Model {
                why: Abstention::Late,
                stories: 2,
            },
            action,
        },
    ]
}

#[test]
fn every_reason_has_a_name_that_does_not_change_with_the_answer_to_it() {
    let names: Vec<String> = reasons().iter().map(Reason::name).collect();
    assert_eq!(
        names,
        [
            "story:00000000000000000000000007",
            "scheduled:macro:2026-12-09",
            "tone",
            "missing:news",
            "missing:model",
        ]
    );
    for reason in reasons() {
        let warned = reason.clone().answered(Action::Warn);
        assert_eq!(warned.action(), Action::Warn);
        assert_eq!(warned.name(), reason.name());
        assert_eq!(warned.answered(Action::Veto), reason);
    }
}

#[test]
fn categories_and_impacts_are_named_as_they_are_stored() {
    for category in Category::ALL {
        let word = category.as_str();
        assert_eq!(Category::named(word), Some(category));
        assert_eq!(
            serde_json::to_string(&category).unwrap(),
            format!("\"{word}\"")
        );
    }
    for impact in Impact::ALL {
        let word = impact.as_str();
        assert_eq!(Impact::named(word), Some(impact));
        assert_eq!(
            serde_json::to_string(&impact).unwrap(),
            format!("\"{word}\"")
        );
    }
    assert_eq!((Category::named("Legal"), Impact::named("")), (None, None));
    assert!(Action::Pass < Action::Warn && Action::Warn < Action::Shrink);
    assert!(Action::Shrink < Action::Veto && Impact::Low < Impact::High);
}

#[test]
fn a_decision_survives_being_stored_and_one_of_before_can_be_read() {
    let decision = Decision {
        action: Action::Veto,
        reasons: reasons(),
        shrink: Some(0.5),
        overridden: [("tone".to_owned(), Action::Shrink)].into(),
        ..Decision::default()
    };
    let json = serde_json::to_string(&decision).unwrap();
    assert_eq!(serde_json::from_str::<Decision>(&json).unwrap(), decision);
    let before = r#"{"action":"pass","reasons":[],"stories":[],"looked_at":0,"tone":null,"by":null,"heard_at":null}"#;
    assert_eq!(
        serde_json::from_str::<Decision>(before).unwrap(),
        Decision::default()
    );
}

#[test]
fn a_story_about_nobody_in_particular_concerns_everybody() {
    let symbol = |text: &str| text.parse::<Symbol>().unwrap();
    let mut story = Story {
        id: StoryId::from_bits(1),
        source: "wire".to_owned(),
        headline: "Rates rise".to_owned(),
        publisher: "Reuters".to_owned(),
        link: None,
        published_at: Timestamp::UNIX_EPOCH,
        heard_at: Timestamp::UNIX_EPOCH,
        underlyings: Vec::new(),
        cluster: StoryId::from_bits(1),
    };
    assert!(story.concerns(symbol("AAPL")) && story.concerns(symbol("SPY")));
    story.underlyings.push(symbol("AAPL"));
    assert!(story.concerns(symbol("AAPL")) && !story.concerns(symbol("SPY")));
}

#[test]
fn the_danger_of_an_opinion_is_what_the_dangerous_topics_have_together() {
    let opinion = Opinion {
        bearish: 0.6,
        neutral: 0.3,
        bullish: 0.1,
        topics: vec![
            (Topic::Legal, 0.5),
            (Topic::Company, 0.3),
            (Topic::Merger, 0.2),
        ],
        by: Scorer {
            name: "embedded".to_owned(),
            version: "1".to_owned(),
            sha256: "0".repeat(64),
        },
        took_ms: 4.0,
    };
    assert!((opinion.danger() - 0.7).abs() < 1e-9);
    assert!((opinion.score() + 0.5).abs() < 1e-9);
    assert!(opinion.topic(Topic::Macro).abs() < 1e-9);
}
