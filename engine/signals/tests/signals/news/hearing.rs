//! What one source told, made into stories.

use std::collections::BTreeMap;

use countersign_domain::news::RawStory;
use countersign_signals::news::{Dropped, story_id};
use jiff::SignedDuration;

use super::{ago, heard, heard_beside, judged, now, raw, read};

fn dropped(raw: &[RawStory]) -> BTreeMap<Dropped, u64> {
    heard(raw).dropped
}

// R58
#[test]
fn what_has_no_date_or_one_that_cannot_be_is_dropped_and_counted() {
    let at = |minutes: i64| RawStory {
        published_at: Some(ago(minutes)),
        name: minutes.to_string(),
        ..raw(&format!("Apple story number {minutes}"))
    };
    let undated = RawStory {
        published_at: None,
        ..raw("Apple has no date")
    };
    let edge = RawStory {
        published_at: Some(now() + SignedDuration::from_secs(120)),
        ..raw("Apple from a fast clock")
    };
    let heard = heard(&[undated, at(-3), at(48 * 60 + 1), edge, at(48 * 60), at(0)]);
    assert_eq!(
        heard.dropped,
        BTreeMap::from([
            (Dropped::Undated, 1),
            (Dropped::Future, 1),
            (Dropped::Stale, 1)
        ])
    );
    assert_eq!(heard.stories.len(), 3);
    // A clock that is a little ahead makes no story of the future.
    assert_eq!(heard.stories[0].published_at, now());
}

#[test]
fn what_says_nothing_is_dropped() {
    for text in ["", "   ", "<b></b>", "\u{200b}\u{202e}", "...", "—"] {
        assert_eq!(
            dropped(&[raw(text)]),
            BTreeMap::from([(Dropped::Empty, 1)]),
            "{text:?}"
        );
    }
}

// R58
#[test]
fn what_was_told_before_is_dropped() {
    let first = raw("Apple opens a shop in Rome");
    let renamed = RawStory {
        headline: "Apple has opened a shop in Rome".to_owned(),
        ..first.clone()
    };
    let again = RawStory {
        name: "another name".to_owned(),
        headline: "<b>Apple opens a shop in Rome</b> - Reuters".to_owned(),
        ..first.clone()
    };
    let other = RawStory {
        publisher: "Ledger".to_owned(),
        ..again.clone()
    };
    let heard = heard(&[first.clone(), renamed.clone(), again.clone(), other]);
    assert_eq!(heard.dropped, BTreeMap::from([(Dropped::Repeated, 2)]));
    assert_eq!(heard.stories.len(), 2);
    let known = judged("Apple opens a shop in Rome", read(0.0, None));
    let later = heard_beside(&[first, renamed, again], &[known]);
    assert_eq!(later.dropped, BTreeMap::from([(Dropped::Repeated, 3)]));
}

#[test]
fn an_id_derives_from_the_source_and_its_name_of_the_story() {
    let told = heard(&[raw("Apple opens a shop in Rome")]);
    let id = told.stories[0].id;
    assert_eq!(id, story_id("wire", "Apple opens a shop in Rome"));
    assert_ne!(id, story_id("other", "Apple opens a shop in Rome"));
    assert_ne!(story_id("a", "bc"), story_id("ab", "c"));
    // An id is stored: another way to make it would tell everything anew.
    assert_eq!(
        story_id("wire", "1").to_string(),
        "5RA75NK2RKTSVTT7N41EQEV80A"
    );
    let mut nameless = raw("Apple opens a shop in Rome");
    nameless.name = String::new();
    let mut other = nameless.clone();
    other.link = "https://example.com/other".to_owned();
    other.headline = "Apple opens a shop in Oslo".to_owned();
    let both = heard(&[nameless, other]);
    assert_ne!(both.stories[0].id, both.stories[1].id);
}

#[test]
fn a_story_holds_what_was_told_made_sound() {
    let item = RawStory {
        name: "n1".to_owned(),
        headline: "  <b>Apple</b> opens\na shop &amp; more - Reuters ".to_owned(),
        publisher: String::new(),
        link: "javascript:alert(1)".to_owned(),
        published_at: Some(ago(5)),
        symbols: vec!["AAPL".to_owned()],
    };
    let heard = heard(&[item]);
    let story = &heard.stories[0];
    assert_eq!(story.headline, "Apple opens a shop & more");
    assert_eq!(
        (story.publisher.as_str(), story.source.as_str()),
        ("Reuters", "wire")
    );
    assert_eq!((story.link.as_deref(), story.heard_at), (None, now()));
    assert_eq!((story.published_at, story.cluster), (ago(5), story.id));
}
