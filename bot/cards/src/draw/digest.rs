//! A digest: what quiet hours took the sound from.

use countersign_domain::{notices::Notice, view::DigestView};

use super::sheet::Sheet;
use crate::{
    card::{Card, Tone},
    event,
    locale::Locale,
    say,
};

pub(super) fn draw(view: &DigestView, locale: &Locale) -> Card {
    let mut sheet = Sheet::new(&view.header, locale);
    let pen = sheet.pen;
    sheet.title(Tone::Neutral, pen.say("digest-title"));
    let (from, until) = (pen.time(view.from), pen.time(view.until));
    let lead = say!(locale, "digest-lead", from = from, until = until);
    sheet.lead(Tone::Neutral, lead);
    for (notice, count) in &view.counts {
        let count = i64::try_from(*count).unwrap_or(i64::MAX);
        sheet.field(label(*notice), say!(locale, "digest-count", count = count));
    }
    for newest in &view.newest {
        let what = event::fact(&newest.fact, newest.at, locale);
        let time = pen.time(newest.at);
        sheet.note(say!(locale, "digest-line", time = time, what = what));
    }
    let told = u64::try_from(view.newest.len()).unwrap_or(u64::MAX);
    let all = view.counts.iter().map(|(_, count)| *count).sum::<u64>();
    let more = i64::try_from(all.saturating_sub(told)).unwrap_or(i64::MAX);
    if more > 0 {
        sheet.note(say!(locale, "digest-more", count = more));
    }
    sheet.finish()
}

const fn label(notice: Notice) -> &'static str {
    match notice {
        Notice::Offer => "digest-offers",
        Notice::Trade => "digest-trades",
        Notice::Override => "digest-overrides",
        Notice::Report => "digest-reports",
        Notice::Warning => "digest-warnings",
        Notice::Alarm => "digest-alarms",
    }
}
