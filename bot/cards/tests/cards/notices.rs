//! How people are told things: shown, changed and refused, in words.

use countersign_cards::{Language, Locale, answer, event, refusal};
use countersign_domain::{
    event::Fact,
    notices::{Manners, MannersChange, Notice, NoticeFault, Quiet, Volume},
    operator::{Room, Surface},
    refusal::Refusal,
};
use jiff::civil::time;

use crate::desk::{at, header};

fn nights() -> Quiet {
    Quiet::new(time(22, 0, 0, 0), time(7, 0, 0, 0), "Europe/Berlin").expect("quiet hours")
}

#[test]
fn settings_are_a_table_of_every_notice_here_and_ones_own() {
    let here = Manners {
        volumes: [(Notice::Report, Volume::Off)].into(),
        quiet: Some(nights()),
        ..Manners::default()
    };
    let mine = Manners {
        volumes: [(Notice::Offer, Volume::Silent)].into(),
        ..Manners::default()
    };
    let header = header(at(17, 45, 0));
    let card = answer::settings(&header, (&here, &mine), &Locale::english());
    assert_eq!(
        card.tables[0].rows,
        [
            ["offer", "important", "loud", "silent"],
            ["trade", "routine", "loud", "–"],
            ["override", "important", "loud", "–"],
            ["report", "routine", "off", "–"],
            ["warning", "important", "loud", "–"],
            ["alarm", "critical", "loud", "–"],
        ]
    );
    let fields: Vec<&str> = card.fields.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(fields, ["22:00 to 07:00, Europe/Berlin", "none", "English"]);
    // 17:45 in New York is a quarter to midnight in Berlin.
    assert!(card.notes[0].contains("quiet here now"), "{:?}", card.notes);
    let german = answer::settings(&header, (&here, &mine), &Locale::of(Language::German));
    assert_eq!(german.tables[0].rows[0][2..], ["laut", "lautlos"]);
}

#[test]
fn changes_are_told_with_whose_they_are() {
    let room = Some(Room {
        surface: Surface::Telegram,
        chat: -100,
    });
    let changes = [
        (
            room,
            MannersChange::Volume(Notice::Report, Volume::Silent),
            "Telegram chat -100, from now on: report silent.",
        ),
        (
            None,
            MannersChange::Quiet(Some(nights())),
            "Their own settings, from now on: quiet hours 22:00 to 07:00, Europe/Berlin.",
        ),
        (
            None,
            MannersChange::Quiet(None),
            "Their own settings, from now on: quiet hours none.",
        ),
        (
            None,
            MannersChange::Language("de-DE".to_owned()),
            "Their own settings, from now on: language Deutsch.",
        ),
    ];
    for (room, change, told) in changes {
        let fact = Fact::MannersChanged { room, change };
        assert_eq!(event::fact(&fact, at(10, 45, 0), &Locale::english()), told);
    }
}

#[test]
fn every_refusal_about_notices_says_what_would_pass() {
    let told = |fault, language| {
        let locale = Locale::of(language);
        refusal(&Refusal::Notice(fault), at(10, 45, 0), &locale)
    };
    for (fault, says) in [
        (NoticeFault::Critical, "can not be muted"),
        (NoticeFault::LastRoom, "elsewhere"),
        (
            NoticeFault::Unknown,
            "offer, trade, override, report, warning, alarm",
        ),
        (NoticeFault::Hours, "22:00 to 07:00"),
        (NoticeFault::Zone, "Europe/Berlin"),
        (NoticeFault::Room, "scope me"),
        (NoticeFault::NoPrivate, "telegram.chats"),
    ] {
        let text = told(fault, Language::English);
        assert!(text.contains(says), "{text}");
        assert_ne!(text, told(fault, Language::German));
    }
}
