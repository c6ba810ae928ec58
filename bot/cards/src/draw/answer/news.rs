//! The news as an answer.

use countersign_domain::{
    news::{Action, Decision, Reason},
    signal::Direction,
    view::{NewsSourceView, NewsView},
};

use super::{begun, unless_any};
use crate::{
    card::{Card, Tone},
    draw::sheet::Sheet,
    locale::Locale,
    news,
    people::verbatim,
    say,
};

/// The stories on an underlying or on everything, what they mean for a trade either way, and where the
/// sources stand.
pub fn news(view: &NewsView, locale: &Locale) -> Card {
    let title = match view.about {
        Some(symbol) => say!(locale, "title-news-on", symbol = symbol.as_str()),
        None => locale.say("title-news"),
    };
    let mut sheet = begun(&view.header, title, locale);
    if !view.reads {
        sheet.lead(Tone::Attention, locale.say("note-news-off"));
    }
    for (direction, decision) in &view.decisions {
        way(&mut sheet, *direction, decision);
    }
    for story in &view.stories {
        let line = news::headline(&sheet.pen, story);
        sheet.note(line);
    }
    if view.reads {
        unless_any(&mut sheet, view.stories.len(), "news-no-stories");
    }
    for source in &view.sources {
        let line = stands(&sheet, source);
        sheet.note(line);
    }
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
    let named = |reason: &Reason| {
        let (name, what) = (reason.name(), news::reason(&pen, reason));
        say!(
            pen.locale,
            "news-named",
            name = verbatim(&name),
            reason = what
        )
    };
    let against = decision
        .reasons
        .iter()
        .filter(|it| it.action() > Action::Pass);
    lines.extend(against.map(named));
    lines.extend(news::set_aside(&pen, decision));
    sheet.field(key, lines.join("\n"));
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
