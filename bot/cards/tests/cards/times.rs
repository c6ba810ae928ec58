//! Times and days: in the reader's time zone and language.

use std::sync::Arc;

use countersign_cards::{Language, Locale, answer, refusal};
use countersign_domain::{people::LinkFault, refusal::Refusal};
use jiff::Timestamp;

use crate::desk::{at, header};

fn reader(language: Language, zone: Option<&str>) -> Arc<Locale> {
    Locale::told(
        Some(language.tag()),
        zone,
        &Locale::shared(Language::English),
    )
}

fn instant(text: &str) -> Timestamp {
    format!("{text}:00Z").parse().expect("a time")
}

/// The time in a sentence, and nothing else of it.
fn told(at: &str, now: &str, language: Language, zone: Option<&str>) -> String {
    let late = Refusal::Link(LinkFault::Expired { at: instant(at) });
    let text = refusal(&late, instant(now), &reader(language, zone));
    let (before, after) = match language {
        Language::English => ("expired at ", ". Ask"),
        Language::German => ("um ", " abgelaufen"),
    };
    let rest = text.split_once(before).expect("a time").1;
    rest.split_once(after).expect("its end").0.to_owned()
}

/// A time and the present in UTC, the language and the zone of who reads it, and what they read. Clocks go
/// back in Berlin on October 25, 2026, and in New York a week later.
const TOLD: [&str; 16] = [
    "2026-10-24T12:00 2026-10-24T13:00 en - 08:00:00 EDT",
    "2026-10-24T12:00 2026-10-24T13:00 en Europe/Berlin 14:00:00 CEST",
    "2026-10-26T12:00 2026-10-26T13:00 en - 08:00:00 EDT",
    "2026-10-26T12:00 2026-10-26T13:00 en Europe/Berlin 13:00:00 CET",
    "2026-11-02T12:00 2026-11-02T13:00 de - 07:00:00 EST",
    "2026-11-02T12:00 2026-11-02T13:00 de Europe/Berlin 13:00:00 CET",
    // The hour that comes twice.
    "2026-10-25T00:30 2026-10-25T13:00 de Europe/Berlin 02:30:00 CEST",
    "2026-10-25T01:30 2026-10-25T13:00 de Europe/Berlin 02:30:00 CET",
    // The day before in Berlin, and the same one in New York.
    "2026-10-25T20:00 2026-10-25T23:30 en - 16:00:00 EDT",
    "2026-10-25T20:00 2026-10-25T23:30 en Europe/Berlin 21:00:00 CET, Oct 25",
    "2026-10-25T20:00 2026-10-25T23:30 de Europe/Berlin 21:00:00 CET, 25.10.2026",
    "2025-01-05T20:00 2026-10-25T23:30 en - 15:00:00 EST, Jan 5, 2025",
    "2025-01-05T20:00 2026-10-25T23:30 de - 15:00:00 EST, 05.01.2025",
    // A zone without a name for its time, the market's own, and one that is not there.
    "2026-07-01T12:00 2026-07-01T13:00 en Asia/Dubai 16:00:00 +04",
    "2026-07-01T12:00 2026-07-01T13:00 en America/New_York 08:00:00 EDT",
    "2026-07-01T12:00 2026-07-01T13:00 en Atlantis/Centre 08:00:00 EDT",
];

#[test]
fn a_time_is_told_in_the_zone_of_who_reads_it_with_what_the_zone_is_called_then() {
    for row in TOLD {
        let parts: Vec<&str> = row.splitn(5, ' ').collect();
        let [at, now, language, zone, wanted] = parts[..] else {
            panic!("{row}");
        };
        let language = match language {
            "de" => Language::German,
            _ => Language::English,
        };
        let zone = (zone != "-").then_some(zone);
        assert_eq!(told(at, now, language, zone), wanted, "{row}");
    }
}

#[test]
fn the_minutes_of_events_are_of_the_zone_that_stands_above_them() {
    let title = |language, zone| {
        let events = [crate::answers::offered_event()];
        let card = answer::history(&header(at(10, 45, 0)), &events, &reader(language, zone));
        (
            card.tables[0].title.clone(),
            card.tables[0].rows[0][0].clone(),
        )
    };
    let told = |title: &str, minute: &str| (title.to_owned(), minute.to_owned());
    let english = title(Language::English, None);
    assert_eq!(english, told("Events, New York time", "10:32"));
    let german = title(Language::German, Some("Europe/Berlin"));
    assert_eq!(
        german,
        told("Ereignisse, Zeit in Europe/Berlin (CET)", "16:32")
    );
}

#[test]
fn who_has_a_zone_keeps_it_in_another_language_and_who_has_none_takes_the_usual_one() {
    let berlin = reader(Language::English, Some("Europe/Berlin"));
    let told = |locale: &Locale| {
        let late = Refusal::Link(LinkFault::Expired { at: at(10, 40, 0) });
        refusal(&late, at(10, 45, 0), locale)
    };
    assert!(told(&berlin).contains("16:40:00 CET"), "{}", told(&berlin));
    let german = Locale::told(Some("de-DE"), None, &berlin);
    assert!(told(&german).contains("16:40:00 CET"), "{}", told(&german));
    assert_eq!(german.language(), Language::German);
    let market = Locale::told(None, Some("America/New_York"), &berlin);
    assert!(told(&market).contains("10:40:00 EST"), "{}", told(&market));
    assert!(Arc::ptr_eq(&Locale::told(None, None, &berlin), &berlin));
}
