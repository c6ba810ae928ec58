//! What is scanned: who changed it, what was changed, and why it cannot be.

use countersign_domain::{
    scanning::{MOST_WATCHED, Said, ScanChange, ScanFault},
    view::WatchedView,
};

use crate::{event, locale::Locale, pen::Pen, people::verbatim, say};

/// Who made a symbol other than configured, where somebody did.
pub(crate) fn watched(pen: &Pen<'_>, view: &WatchedView) -> Option<String> {
    let said = view.said.as_ref()?;
    let key = if view.watched {
        "watched-added"
    } else {
        "watched-removed"
    };
    let (who, time) = by(pen, said);
    let symbol = view.symbol.as_str();
    Some(say!(
        pen.locale,
        key,
        symbol = symbol,
        who = who,
        time = time
    ))
}

/// That no scan looks at a symbol, and by whose word.
pub(crate) fn unwatched(pen: &Pen<'_>, view: &WatchedView) -> String {
    let symbol = view.symbol.as_str();
    let Some(said) = &view.said else {
        return say!(pen.locale, "look-unwatched", symbol = symbol);
    };
    let (who, time) = by(pen, said);
    say!(
        pen.locale,
        "look-removed",
        symbol = symbol,
        who = who,
        time = time
    )
}

/// Who switched a strategy off.
pub(crate) fn off(pen: &Pen<'_>, name: &str, said: &Said) -> String {
    let (who, time) = by(pen, said);
    say!(
        pen.locale,
        "strategy-off",
        name = verbatim(name),
        who = who,
        time = time
    )
}

fn by(pen: &Pen<'_>, said: &Said) -> (String, String) {
    (event::actor(&said.by, pen.locale), pen.time(said.at))
}

/// What was changed, as an event.
pub(crate) fn changed(change: &ScanChange, locale: &Locale) -> String {
    told(
        change,
        [
            "fact-watch-added",
            "fact-watch-removed",
            "fact-strategy-on",
            "fact-strategy-off",
        ],
        locale,
    )
}

/// What was changed, to the one who asked.
pub fn scanning_set(change: &ScanChange, locale: &Locale) -> String {
    told(
        change,
        [
            "chat-watch-added",
            "chat-watch-removed",
            "chat-strategy-on",
            "chat-strategy-off",
        ],
        locale,
    )
}

/// That it was so before.
pub fn scanning_same(change: &ScanChange, locale: &Locale) -> String {
    told(
        change,
        [
            "chat-watched-already",
            "chat-not-watched",
            "chat-strategy-is-on",
            "chat-strategy-is-off",
        ],
        locale,
    )
}

fn told(change: &ScanChange, keys: [&str; 4], locale: &Locale) -> String {
    let [added, removed, on, off] = keys;
    match change {
        ScanChange::Add(symbol) => say!(locale, added, symbol = symbol.as_str()),
        ScanChange::Remove(symbol) => say!(locale, removed, symbol = symbol.as_str()),
        ScanChange::On(name) => say!(locale, on, name = verbatim(name)),
        ScanChange::Off(name) => say!(locale, off, name = verbatim(name)),
    }
}

/// Why what is scanned cannot be changed so.
pub(crate) fn fault(fault: &ScanFault, locale: &Locale) -> String {
    match fault {
        ScanFault::Unknown(symbol) => say!(locale, "scan-unknown", symbol = symbol.as_str()),
        ScanFault::Silent(symbol) => say!(locale, "scan-silent", symbol = symbol.as_str()),
        ScanFault::Full => say!(locale, "scan-full", most = MOST_WATCHED),
        ScanFault::Strategy { known } => {
            let names: Vec<_> = known.iter().map(|name| verbatim(name)).collect();
            say!(locale, "scan-strategy", names = names.join(", "))
        }
    }
}
