//! Alarms: what a person has to know now, and what to do about it.

use countersign_domain::{
    event::Alarm,
    notices::{Notice, Severity},
    view::Header,
};
use jiff::{SignedDuration, Timestamp};

use super::{sheet::Sheet, stop};
use crate::{
    card::{Card, Tone},
    instruments,
    locale::Locale,
    pen::{Named, Pen},
    people::verbatim,
    say, words,
};

/// Told so long after it was raised, an alarm says how late it is.
const LATE: SignedDuration = SignedDuration::from_secs(60);

pub(super) fn draw(alarm: &Alarm, header: &Header, at: Timestamp, locale: &Locale) -> Card {
    let mut sheet = Sheet::new(header, locale);
    let pen = sheet.pen;
    let (tone, title) = titled(&pen, alarm);
    sheet.title(tone, title);
    sheet.lead(tone, what(&pen, alarm));
    if let Alarm::Stopped(stop) = alarm {
        stop::draw(&mut sheet, stop);
    }
    sheet.note(pen.say(advice(alarm)));
    let late = header.now.duration_since(at);
    if late >= LATE {
        sheet.note(say!(locale, "note-late", minutes = late.as_mins()));
    }
    sheet.footer(say!(locale, "footer-alarm", time = pen.time(at)));
    sheet.finish()
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
        Alarm::RoomLost { room, said } => {
            let surface = words::surface(room.surface, locale);
            let (chat, said) = (room.chat.to_string(), verbatim(said));
            say!(
                locale,
                "alarm-room-lost",
                surface = surface,
                chat = chat,
                said = said
            )
        }
        Alarm::Deaf { surface, said } => {
            let (surface, said) = (words::surface(*surface, locale), verbatim(said));
            say!(locale, "alarm-deaf", surface = surface, said = said)
        }
        Alarm::Stopped(stop) => stop::why(pen, stop),
    }
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
        Alarm::RoomLost { .. } => "alarm-room-lost-advice",
        Alarm::Deaf { .. } => "alarm-deaf-advice",
        Alarm::Stopped(_) => "stop-advice",
    }
}
