//! Alarms: what a person has to know now, and what to do about it.

use countersign_domain::{
    event::Alarm,
    notices::{Notice, Severity},
    operator::Room,
    unheard::Unheard,
    view::{AlertEnd, AlertView, Called, Header},
};
use jiff::{SignedDuration, Timestamp};

use super::{sheet::Sheet, stop};
use crate::{
    button::Action,
    card::{Card, Mention, Style, Tone},
    event, instruments,
    locale::Locale,
    news,
    pen::{Named, Pen},
    people::verbatim,
    say, words,
};

/// Told so long after it was raised, an alarm says how late it is.
const LATE: SignedDuration = SignedDuration::from_secs(60);

pub(super) fn draw(
    alarm: &Alarm,
    header: &Header,
    (at, alert): (Timestamp, Option<&AlertView>),
    locale: &Locale,
) -> Card {
    let mut sheet = Sheet::new(header, locale);
    let pen = sheet.pen;
    let (tone, title) = titled(&pen, alarm);
    sheet.title(tone, title);
    if let Some(called) = alert.and_then(|it| it.called.as_ref()) {
        went_on(&mut sheet, called, at);
    }
    sheet.lead(tone, what(&pen, alarm));
    if let Alarm::Stopped(stop) = alarm {
        stop::draw(&mut sheet, stop);
    }
    sheet.note(pen.say(advice(alarm)));
    if let Some(alert) = alert {
        answered(&mut sheet, alert, alarm);
    }
    let late = header.now.duration_since(at);
    // One that waits, or went on, is not told late: it is drawn anew.
    if late >= LATE && alert.is_none_or(|it| it.called.is_none() && it.end.is_none()) {
        sheet.note(say!(locale, "note-late", minutes = late.as_mins()));
    }
    sheet.footer(say!(locale, "footer-alarm", time = pen.time(at)));
    sheet.finish()
}

/// Whom the card asks, since nobody had answered.
fn went_on(sheet: &mut Sheet<'_>, called: &Called, at: Timestamp) {
    let pen = sheet.pen;
    let waited = pen.span(called.at.duration_since(at));
    let words = match &called.name {
        Some(name) => {
            sheet.mention(Mention {
                name: verbatim(name),
                identities: called.identities.clone(),
            });
            let name = verbatim(name);
            say!(pen.locale, "alert-called", name = name, waited = waited)
        }
        None => say!(pen.locale, "alert-called-room", waited = waited),
    };
    sheet.lead(Tone::Critical, words);
}

/// Who answered, or the button with which somebody does.
fn answered(sheet: &mut Sheet<'_>, alert: &AlertView, alarm: &Alarm) {
    let pen = sheet.pen;
    let Some((end, at)) = &alert.end else {
        let answer = Action::Acknowledge(alert.desk, alert.number);
        if let Alarm::News(on) = alarm {
            let close = Action::Close(on.position);
            sheet.button("button-close", close, Style::Danger);
            let tighten = Action::Tighten(on.position, on.stop);
            sheet.button("button-tighten", tighten, Style::Secondary);
            sheet.button("button-keep", answer, Style::Primary);
        } else {
            sheet.button("button-acknowledge", answer, Style::Primary);
        }
        return;
    };
    let time = pen.time(*at);
    let who = |by| event::actor(by, pen.locale);
    sheet.note(match end {
        AlertEnd::Seen(by) => say!(pen.locale, "alert-seen", who = who(by), time = time),
        AlertEnd::Answered(by) => say!(pen.locale, "alert-answered", who = who(by), time = time),
        AlertEnd::Over => say!(pen.locale, "alert-over", time = time),
        AlertEnd::Crowded => say!(pen.locale, "alert-crowded", time = time),
    });
}

/// That an alarm went on, or how it ended, for the feed.
pub(crate) fn called_line(pen: &Pen<'_>, alarm: &Alarm, name: Option<&str>) -> String {
    let (_, title) = titled(pen, alarm);
    match name {
        Some(name) => say!(
            pen.locale,
            "fact-alarm-called",
            title = title,
            name = verbatim(name)
        ),
        None => say!(pen.locale, "fact-alarm-called-room", title = title),
    }
}

/// How an alarm ended, for the feed.
pub(crate) fn ended_line(pen: &Pen<'_>, alarm: &Alarm, end: &AlertEnd) -> String {
    let (_, title) = titled(pen, alarm);
    let locale = pen.locale;
    match end {
        AlertEnd::Seen(by) => {
            let who = event::actor(by, locale);
            say!(locale, "fact-alarm-seen", title = title, who = who)
        }
        AlertEnd::Answered(by) => {
            let who = event::actor(by, locale);
            say!(locale, "fact-alarm-answered", title = title, who = who)
        }
        AlertEnd::Over => say!(locale, "fact-alarm-over", title = title),
        AlertEnd::Crowded => say!(locale, "fact-alarm-crowded", title = title),
    }
}

/// One line for the feed: title and sentence.
pub(crate) fn line(pen: &Pen<'_>, alarm: &Alarm) -> String {
    let (_, title) = titled(pen, alarm);
    say!(
        pen.locale,
        "alarm-line",
        title = title,
        what = what(pen, alarm)
    )
}

fn titled(pen: &Pen<'_>, alarm: &Alarm) -> (Tone, String) {
    let tone = match Notice::of_alarm(alarm).severity() {
        Severity::Critical => Tone::Critical,
        Severity::Important | Severity::Routine => Tone::Attention,
    };
    let key = match alarm {
        Alarm::ExitStuck { .. } => "alarm-exit-stuck-title",
        Alarm::LateOrder(_) => "alarm-late-order-title",
        Alarm::NeverArrived(_) => "alarm-never-arrived-title",
        Alarm::Overfilled(_) => "alarm-overfilled-title",
        Alarm::LegsDiverged(_) => "alarm-legs-diverged-title",
        Alarm::ExitRejected { .. } => "alarm-exit-rejected-title",
        Alarm::Mismatch(_) => "alarm-mismatch-title",
        Alarm::StoreDown(_) => "alarm-store-down-title",
        Alarm::BrokerDown(_) => "alarm-broker-down-title",
        Alarm::CrashLoop { .. } => "alarm-crash-loop-title",
        Alarm::Unmarked(_) => "alarm-unmarked-title",
        Alarm::RoomLost { .. } => "alarm-room-lost-title",
        Alarm::Deaf { .. } => "alarm-deaf-title",
        Alarm::CardRefused { .. } => "alarm-card-refused-title",
        Alarm::Forged { .. } => "alarm-forged-title",
        Alarm::News(_) => "alarm-news-title",
        Alarm::Stopped(stop) => stop::title(stop),
    };
    (tone, pen.say(key))
}

/// What happened, in one sentence.
fn what(pen: &Pen<'_>, alarm: &Alarm) -> String {
    let locale = pen.locale;
    match alarm {
        Alarm::ExitStuck { position, steps } => {
            say!(
                locale,
                "alarm-exit-stuck",
                position = position.short(),
                steps = *steps
            )
        }
        Alarm::LateOrder(order) => say!(locale, "alarm-late-order", order = order.short()),
        Alarm::NeverArrived(order) => say!(locale, "alarm-never-arrived", order = order.short()),
        Alarm::Overfilled(order) => say!(locale, "alarm-overfilled", order = order.short()),
        Alarm::LegsDiverged(position) => {
            say!(locale, "alarm-legs-diverged", position = position.short())
        }
        Alarm::ExitRejected { position, said } => {
            let (position, said) = (position.short(), verbatim(said));
            say!(
                locale,
                "alarm-exit-rejected",
                position = position,
                said = said
            )
        }
        Alarm::Mismatch(instrument) => {
            let what = instruments::instrument(pen, instrument);
            say!(locale, "alarm-mismatch", instrument = what)
        }
        Alarm::StoreDown(why) => say!(locale, "alarm-store-down", why = verbatim(why)),
        Alarm::BrokerDown(why) => say!(locale, "alarm-broker-down", why = verbatim(why)),
        Alarm::CrashLoop { starts } => say!(locale, "alarm-crash-loop", starts = *starts),
        Alarm::Unmarked(position) => say!(locale, "alarm-unmarked", position = position.short()),
        Alarm::RoomLost { room, said, .. } => of_room(pen, "alarm-room-lost", *room, said),
        Alarm::CardRefused { room, said } => of_room(pen, "alarm-card-refused", *room, said),
        Alarm::Forged { surface, count } => {
            let surface = words::surface(*surface, locale);
            say!(locale, "alarm-forged", surface = surface, count = *count)
        }
        Alarm::Deaf { surface, said } => {
            let (surface, said) = (words::surface(*surface, locale), unheard(said, locale));
            say!(locale, "alarm-deaf", surface = surface, said = said)
        }
        Alarm::News(on) => say!(
            locale,
            "alarm-news",
            symbol = on.underlying.as_str(),
            position = on.position.short(),
            headline = verbatim(&on.headline),
            publisher = verbatim(&on.publisher),
            category = news::category_word(on.category, locale)
        ),
        Alarm::Stopped(stop) => stop::why(pen, stop),
    }
}

/// Why nothing is heard: the end of a sentence.
fn unheard(why: &Unheard, locale: &Locale) -> String {
    match why {
        Unheard::PassedOver => say!(locale, "unheard-passed-over"),
        Unheard::Conflict => say!(locale, "unheard-conflict"),
        Unheard::Elsewhere => say!(locale, "unheard-elsewhere"),
        Unheard::Stuck { waiting, said } => say!(
            locale,
            "unheard-stuck",
            waiting = *waiting,
            said = verbatim(said)
        ),
        Unheard::Token => say!(locale, "unheard-token"),
        Unheard::Limited(seconds) => say!(locale, "unheard-limited", seconds = *seconds),
        Unheard::Silent => say!(locale, "unheard-silent"),
        Unheard::Garbled => say!(locale, "unheard-garbled"),
        Unheard::Unconnected => say!(locale, "unheard-unconnected"),
        Unheard::NothingBack => say!(locale, "unheard-nothing-back"),
        Unheard::Spent(seconds) => say!(locale, "unheard-spent", seconds = *seconds),
        Unheard::Broke => say!(locale, "unheard-broke"),
        Unheard::Unreadable => say!(locale, "unheard-unreadable"),
        Unheard::Said(said) => verbatim(said),
    }
}

/// What a platform says of one of its chats.
fn of_room(pen: &Pen<'_>, key: &str, room: Room, said: &str) -> String {
    let surface = words::surface(room.surface, pen.locale);
    let (chat, said) = (room.chat.to_string(), verbatim(said));
    say!(pen.locale, key, surface = surface, chat = chat, said = said)
}

/// What a person should do.
const fn advice(alarm: &Alarm) -> &'static str {
    match alarm {
        Alarm::ExitStuck { .. } => "alarm-exit-stuck-advice",
        Alarm::LateOrder(_) => "alarm-late-order-advice",
        Alarm::NeverArrived(_) => "alarm-never-arrived-advice",
        Alarm::Overfilled(_) => "alarm-overfilled-advice",
        Alarm::LegsDiverged(_) => "alarm-legs-diverged-advice",
        Alarm::ExitRejected { .. } => "alarm-exit-rejected-advice",
        Alarm::Mismatch(_) => "alarm-mismatch-advice",
        Alarm::StoreDown(_) => "alarm-store-down-advice",
        Alarm::BrokerDown(_) => "alarm-broker-down-advice",
        Alarm::CrashLoop { .. } => "alarm-crash-loop-advice",
        Alarm::Unmarked(_) => "alarm-unmarked-advice",
        Alarm::RoomLost { token: true, .. } => "alarm-token-advice",
        Alarm::RoomLost { .. } => "alarm-room-lost-advice",
        Alarm::Deaf { .. } => "alarm-deaf-advice",
        Alarm::CardRefused { .. } => "alarm-card-refused-advice",
        Alarm::Forged { .. } => "alarm-forged-advice",
        Alarm::News(_) => "alarm-news-advice",
        Alarm::Stopped(_) => "stop-advice",
    }
}
