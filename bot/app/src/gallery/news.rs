//! News as cards show it: made up here, on views that a desk made.

use countersign_domain::{
    event::{Alarm, NewsOnHeld},
    ids::{Revision, StoryId},
    instrument::Symbol,
    news::{
        Abstention, Action, Category, Decision, Impact, Judged, Missing, Opinion, Reading, Reason,
        Scorer, Story, Topic,
    },
    position::Position,
    ticket::{TicketState, WithdrawReason},
    view::TicketView,
};
use jiff::{SignedDuration, Timestamp};

use super::{life::Life, states::put};

const LAWSUIT: &str =
    "Regulator opens a probe into accounts of the company, shares *fall* by <b>four</b> percent";

/// Offers as the news leaves them, and one that it took back.
pub(super) fn offers(life: &mut Life, offered: &TicketView) {
    let (on, now) = (offered.ticket.underlying, life.now());
    let quiet = Decision {
        stories: vec![
            story(on, ("Company opens a design centre in Lyon", 0.04), now),
            story(
                on,
                ("Analysts lift targets after a strong quarter", 0.71),
                now,
            ),
        ],
        looked_at: 2,
        tone: Some(0.32),
        by: Some(scorer()),
        ..Decision::default()
    };
    let warned = Decision {
        action: Action::Warn,
        reasons: vec![against(now, Impact::Low, Action::Warn)],
        stories: vec![story(on, (LAWSUIT, -0.82), now)],
        ..quiet.clone()
    };
    let smaller = Decision {
        action: Action::Shrink,
        shrink: Some(0.5),
        reasons: vec![Reason::Missing {
            what: Missing::Model {
                why: Abstention::NoModel,
                stories: 1,
            },
            action: Action::Shrink,
        }],
        stories: vec![unread(on, now)],
        tone: None,
        by: None,
        looked_at: 1,
        ..Decision::default()
    };
    for (name, news) in [
        ("news-quiet", quiet),
        ("news-warned", warned),
        ("news-smaller", smaller),
    ] {
        let mut view = offered.clone();
        view.ticket.news = Some(Box::new(news));
        put(life, name, view);
    }
    let mut view = offered.clone();
    view.ticket.state = TicketState::Withdrawn {
        reason: WithdrawReason::News(vec![against(now, Impact::High, Action::Veto)]),
        at: now,
    };
    put(life, "news-withdrawn", view);
}

/// An alarm about what is held.
pub(super) fn alarm(held: &Position) -> Alarm {
    Alarm::News(Box::new(NewsOnHeld {
        position: held.id,
        underlying: held.structure.underlying(),
        story: StoryId::from_bits(1),
        category: Category::Legal,
        headline: LAWSUIT.to_owned(),
        publisher: "Synthetic Wire".to_owned(),
        stop: Revision::FIRST,
    }))
}

fn scorer() -> Scorer {
    Scorer {
        name: "embedded".to_owned(),
        version: "1".to_owned(),
        sha256: "5f0c".repeat(16),
    }
}

fn against(now: Timestamp, impact: Impact, action: Action) -> Reason {
    Reason::Story {
        story: StoryId::from_bits(1),
        category: Category::Legal,
        impact,
        headline: LAWSUIT.to_owned(),
        action,
        until: now + SignedDuration::from_hours(3),
    }
}

fn story(on: Symbol, (headline, score): (&str, f64), now: Timestamp) -> Judged {
    let id = StoryId::from_bits(1);
    let published_at = now - SignedDuration::from_mins(12);
    Judged {
        story: Story {
            id,
            source: "synthetic".to_owned(),
            headline: headline.to_owned(),
            publisher: "Synthetic Wire".to_owned(),
            link: None,
            published_at,
            heard_at: published_at,
            underlyings: vec![on],
            cluster: id,
        },
        reading: Reading::Read(Opinion {
            bearish: (-score).max(0.0),
            neutral: 1.0 - score.abs(),
            bullish: score.max(0.0),
            topics: vec![(Topic::Legal, 0.9)],
            by: scorer(),
            took_ms: 5.0,
        }),
        category: Category::Legal,
        impact: Impact::Medium,
        publishers: 2,
    }
}

fn unread(on: Symbol, now: Timestamp) -> Judged {
    Judged {
        reading: Reading::Abstained(Abstention::NoModel),
        ..story(on, ("Company opens a design centre in Lyon", 0.0), now)
    }
}
