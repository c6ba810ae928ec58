//! How people are told things: words, refusals and what was changed.

use countersign_domain::{
    notices::{MannersChange, Notice, NoticeFault, Quiet, Severity, Volume},
    operator::Room,
};

use crate::{Language, locale::Locale, pen::Pen, say, words};

/// How much a notice matters.
pub(crate) fn severity(severity: Severity, locale: &Locale) -> String {
    locale.say(match severity {
        Severity::Routine => "severity-routine",
        Severity::Important => "severity-important",
        Severity::Critical => "severity-critical",
    })
}

/// How loudly something is told.
pub(crate) fn volume(volume: Volume, locale: &Locale) -> String {
    locale.say(match volume {
        Volume::Loud => "volume-loud",
        Volume::Silent => "volume-silent",
        Volume::Off => "volume-off",
    })
}

/// Quiet hours, or that there are none.
pub(crate) fn quiet(quiet: Option<&Quiet>, locale: &Locale) -> String {
    let Some(quiet) = quiet else {
        return locale.say("quiet-never");
    };
    say!(
        locale,
        "quiet-hours",
        from = quiet.from().strftime("%H:%M").to_string(),
        until = quiet.until().strftime("%H:%M").to_string(),
        zone = quiet.zone()
    )
}

/// A language by its own name.
pub(crate) fn language(tag: &str, locale: &Locale) -> String {
    match Language::tagged(tag) {
        Some(Language::English) => locale.say("language-en"),
        Some(Language::German) => locale.say("language-de"),
        None => words::plain(tag),
    }
}

/// Why it cannot be told so.
pub(crate) fn fault(fault: NoticeFault, locale: &Locale) -> String {
    match fault {
        NoticeFault::Critical => locale.say("notice-critical"),
        NoticeFault::LastRoom => locale.say("notice-last-room"),
        NoticeFault::Unknown => {
            let names = Notice::ALL.map(Notice::name).join(", ");
            say!(locale, "notice-unknown", names = names)
        }
        NoticeFault::Hours => locale.say("notice-hours"),
        NoticeFault::Zone => locale.say("notice-zone"),
        NoticeFault::Room => locale.say("notice-room"),
        NoticeFault::NoPrivate => locale.say("notice-no-private"),
    }
}

/// What was changed, and for whom.
pub(crate) fn changed(pen: &Pen<'_>, room: Option<Room>, change: &MannersChange) -> String {
    let locale = pen.locale;
    let whose = match room {
        Some(room) => {
            let surface = words::surface(room.surface, locale);
            let chat = room.chat.to_string();
            say!(locale, "manners-room", surface = surface, chat = chat)
        }
        None => locale.say("manners-own"),
    };
    let (what, to) = match change {
        MannersChange::Volume(notice, loud) => (notice.name().to_owned(), volume(*loud, locale)),
        MannersChange::Quiet(hours) => (locale.say("manners-quiet"), quiet(hours.as_ref(), locale)),
        MannersChange::Language(tag) => (locale.say("manners-language"), language(tag, locale)),
    };
    say!(locale, "fact-manners", whose = whose, what = what, to = to)
}
