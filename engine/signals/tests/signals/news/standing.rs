//! What one story does by itself, and when a reason ends.

use countersign_domain::news::{Action, Category, Impact, Judged, Missing, Reason, Scheduled};
use countersign_signals::news::{NewsParams, ends, says};
use jiff::{SignedDuration, Timestamp, civil::date};

use super::{ago, bare, now, read};

#[test]
fn a_story_does_something_as_long_as_it_counts_and_nothing_afterwards() {
    let policy = NewsParams::default().policy;
    let mut story = bare("lawsuit");
    story.published_at = ago(60);
    let mut judged = Judged {
        story,
        reading: read(-0.9, None),
        category: Category::Legal,
        impact: Impact::High,
        publishers: 1,
    };
    let until = ago(60) + SignedDuration::from_hours(24);
    assert_eq!(says(&policy, &judged, now()), Some((Action::Veto, until)));
    assert_eq!(says(&policy, &judged, until), None);
    judged.impact = Impact::Low;
    assert_eq!(says(&policy, &judged, now()), Some((Action::Warn, until)));
    judged.category = Category::General;
    assert_eq!(says(&policy, &judged, now()), None);
    // A band may be longer than anything counts.
    judged.category = Category::Bankruptcy;
    let most = ago(60) + SignedDuration::from_hours(i64::from(policy.hours));
    let band = ago(60) + SignedDuration::from_hours(168);
    let expected = Some((Action::Veto, most.min(band)));
    assert_eq!(says(&policy, &judged, now()), expected);
}

#[test]
fn what_is_scheduled_ends_with_its_day_or_shortly_after_its_time_and_nobody_knows_of_the_rest() {
    let policy = NewsParams::default().policy;
    let scheduled = |at: Option<Timestamp>| Reason::Scheduled {
        what: Scheduled {
            underlying: None,
            category: Category::Macro,
            name: "Rate decision".to_owned(),
            on: date(2026, 11, 24),
            at,
        },
        action: Action::Veto,
    };
    let midnight: Timestamp = "2026-11-25T05:00:00Z".parse().unwrap();
    assert_eq!(ends(&policy, &scheduled(None)), Some(midnight));
    let at: Timestamp = "2026-11-24T19:00:00Z".parse().unwrap();
    let after = SignedDuration::from_mins(i64::from(policy.blackout.after_minutes));
    assert_eq!(ends(&policy, &scheduled(Some(at))), Some(at + after));
    let missing = Reason::Missing {
        what: Missing::News { since: None },
        action: Action::Veto,
    };
    assert_eq!(ends(&policy, &missing), None);
}
