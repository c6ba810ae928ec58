//! The news as an answer.

use countersign_domain::{
    news::{Action, Decision, Reason},
    signal::Direction,
    view::{NewsDeed, NewsSourceView, NewsView},
};

use super::{begun, unless_any};
use crate::{
    card::{Card, Tone},
    draw::sheet::Sheet,
    locale::Locale,
    news,
    pen::Pen,
    people::verbatim,
    say,
};

/// Stories and deeds of one card; the console shows more.
const STORIES: usize = 8;
const DEEDS: usize = 5;

/// The stories on an underlying or on everything, what they mean for a trade either way, what was done
/// because of them, and where the sources stand.
pub fn news(view: &NewsView, locale: &Locale) -> Card {
    let title = match view.about {
        Some(symbol) => say!(locale, "title-news-on", symbol = symbol.as_str()),
        None => locale.say("title-news"),
    };
    let mut sheet = begun(&view.header, title, locale);
    let pen = sheet.pen;
    if !view.reads {
        sheet.lead(Tone::Attention, locale.say("note-news-off"));
    }
    for (direction, decision) in &view.decisions {
        way(&mut sheet, *direction, decision);
    }
    for one in view.passing.iter().take(DEEDS) {
        sheet.note(news::passing(&pen, one));
    }
    let left = view.passing.len().saturating_sub(DEEDS);
    if let Some(note) = news::more(&pen, left, "news-passing-more") {
        sheet.note(note);
    }
    for story in view.stories.iter().take(STORIES) {
        sheet.note(news::story(&pen, story));
    }
    let left = view.stories.len().saturating_sub(STORIES);
    let key = if view.cut {
        "news-more-than"
    } else {
        "news-more"
    };
    if let Some(note) = news::more(&pen, left, key) {
        sheet.note(note);
    }
    if view.reads {
        unless_any(&mut sheet, view.stories.len(), "news-no-stories");
        sheet.note(news::reader(&pen, view.reader.as_ref()));
    }
    for source in &view.sources {
        let line = stands(&sheet, source);
        sheet.note(line);
    }
    let deeds = view.deeds.iter().take(DEEDS);
    let row = |one: &NewsDeed| vec![pen.minute(one.at), news::deed(&pen, one)];
    let columns = [("column-time", false), ("column-event", false)];
    sheet.table("table-news-deeds", &columns, deeds.map(row).collect());
    sheet.finish()
}

/// What the news means for a trade that way.
fn way(sheet: &mut Sheet<'_>, direction: Direction, decision: &Decision) {
    let pen = sheet.pen;
    let key = match direction {
        Direction::Bullish => "label-news-bullish",
        Direction::Bearish => "label-news-bearish",
    };
    let mut lines = vec![news::outcome(&pen, decision)];
    let against = decision.reasons.iter();
    let against: Vec<_> = against.filter(|it| it.action() > Action::Pass).collect();
    let shown = against.iter().take(news::REASONS);
    lines.extend(shown.map(|reason| named(&pen, reason)));
    let left = against.len().saturating_sub(news::REASONS);
    lines.extend(news::more(&pen, left, "news-reasons-more"));
    lines.extend(news::set_aside(&pen, decision));
    sheet.field(key, lines.join("\n"));
}

/// A reason and the name by which an admin sets it aside.
fn named(pen: &Pen<'_>, reason: &Reason) -> String {
    let (name, what) = (reason.name(), news::reason(pen, reason));
    say!(
        pen.locale,
        "news-named",
        name = verbatim(&name),
        reason = what
    )
}

/// Where a source stands, in one line.
fn stands(sheet: &Sheet<'_>, source: &NewsSourceView) -> String {
    let pen = sheet.pen;
    let name = verbatim(&source.name);
    if let Some((fault, since)) = &source.fault {
        let since = pen.time(*since);
        return say!(
            pen.locale,
            "news-source-fault",
            name = name,
            since = since,
            fault = verbatim(fault)
        );
    }
    let left_out: u64 = source.dropped.iter().map(|(_, count)| *count).sum();
    match source.heard_at {
        Some(at) => say!(
            pen.locale,
            "news-source",
            name = name,
            age = pen.age(at),
            taken = source.taken,
            dropped = left_out
        ),
        None => say!(pen.locale, "news-source-never", name = name),
    }
}
