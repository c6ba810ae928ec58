//! Which underlyings a headline is about.

use std::collections::BTreeSet;

use countersign_domain::instrument::Symbol;

use super::{
    names::{Kind, NameParams, Standing, is_plain},
    words::{Word, shouts, words},
};

/// Who lists shares under the symbols that options are written on, as headlines name them.
const EXCHANGES: [&str; 11] = [
    "NASDAQ",
    "NYSE",
    "AMEX",
    "NYSEAMERICAN",
    "NYSEARCA",
    "NYSEMKT",
    "CBOE",
    "BATS",
    "OTC",
    "OTCQX",
    "OTCQB",
];

/// What a headline is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tags {
    /// What it is about, those who only rate left out.
    pub(super) about: BTreeSet<Symbol>,
    /// Everybody whom it names.
    pub(super) named: BTreeSet<Symbol>,
}

/// What a source and its headline say, and what they are held against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'a> {
    /// The headline, cleaned.
    pub(super) headline: &'a str,
    /// Its words.
    pub(super) words: &'a [Word],
    /// The symbols that the source puts it under.
    pub(super) under: &'a [String],
    /// What the desk watches.
    pub(super) watched: &'a [Symbol],
    /// The table of names.
    pub(super) names: &'a NameParams,
}

/// Tags one headline.
pub(super) fn tags(told: &Told<'_>) -> Tags {
    let loud = shouts(told.headline);
    let mut about = cashtags(told.headline, |symbol| is_known(told, symbol));
    about.extend(listed(told.headline));
    let mut rating = BTreeSet::new();
    for line in told.names.of(told.words) {
        match line.standing(told.words, loud) {
            Some(Standing::Meant) => _ = about.insert(line.symbol()),
            Some(Standing::Rates) => _ = rating.insert(line.symbol()),
            None => {}
        }
    }
    about.extend(alone(told, loud));
    about.extend(in_brackets(told));
    let named = &about | &rating;
    if about.is_empty() {
        about = rating;
    }
    let theirs: BTreeSet<Symbol> = told.under.iter().filter_map(|text| theirs(text)).collect();
    let few = u32::try_from(theirs.len()).is_ok_and(|many| many <= told.names.symbols_most);
    if few {
        about.extend(theirs);
    }
    Tags { about, named }
}

/// Whether all that a story is about are funds, or nobody.
pub(super) fn is_market(about: &BTreeSet<Symbol>, names: &NameParams) -> bool {
    about
        .iter()
        .all(|symbol| names.kind(*symbol) == Some(Kind::Fund))
}

fn is_known(told: &Told<'_>, symbol: Symbol) -> bool {
    told.watched.contains(&symbol) || told.names.kind(symbol).is_some()
}

/// A symbol as sources write them: `AAPL`, `$AAPL`, `NASDAQ:AAPL`.
fn theirs(text: &str) -> Option<Symbol> {
    let text = text.trim();
    let bare = match text.rsplit_once(':') {
        Some((exchange, symbol)) if is_exchange(exchange.trim()) => symbol.trim(),
        _ => text,
    };
    let symbol = bare.trim_start_matches('$').to_ascii_uppercase();
    let letters = symbol.starts_with(|c: char| c.is_ascii_uppercase());
    letters.then(|| symbol.parse().ok()).flatten()
}

fn is_exchange(word: &str) -> bool {
    EXCHANGES.iter().any(|one| one.eq_ignore_ascii_case(word))
}

/// `$AAPL`. One letter counts only where it is known: `$B` is money.
fn cashtags(headline: &str, known: impl Fn(Symbol) -> bool) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    let mut before = None;
    for (at, c) in headline.char_indices() {
        let starts = c == '$' && !before.is_some_and(char::is_alphanumeric);
        before = Some(c);
        let after = headline.get(at..).and_then(|from| from.strip_prefix('$'));
        let Some((ticker, _)) = after.filter(|_| starts).and_then(ticker) else {
            continue;
        };
        if let Ok(symbol) = ticker.parse::<Symbol>()
            && (known(symbol) || ticker.len() > 1)
        {
            found.insert(symbol);
        }
    }
    found
}

/// The ticker at the start of a text, and what comes after it: up to five capitals, perhaps a class
/// (`BRK.B`), and then nothing that belongs to a word.
fn ticker(text: &str) -> Option<(&str, &str)> {
    let capitals = |text: &str| text.bytes().take_while(u8::is_ascii_uppercase).count();
    let root = capitals(text);
    let (_, rest) = text.split_at_checked(root)?;
    let class = rest
        .strip_prefix(['.', '-'])
        .map(capitals)
        .filter(|class| *class == 1)
        .map_or(0, |class| class.saturating_add(1));
    let (ticker, rest) = text.split_at_checked(root.saturating_add(class))?;
    let ends = !rest.starts_with(char::is_alphanumeric);
    ((1..=5).contains(&root) && ends).then_some((ticker, rest))
}

/// `(NASDAQ: AAPL)`, `NYSE American: IMO`, `Nasdaq: GOOG, GOOGL`.
fn listed(headline: &str) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    for (at, _) in headline.match_indices(':') {
        let Some((before, after)) = headline.split_at_checked(at) else {
            continue;
        };
        let mut words = before.rsplit(|c: char| !c.is_alphanumeric());
        let (last, other) = (words.next().unwrap_or_default(), words.next());
        let parts = ["American", "Arca", "MKT", "GS", "GM", "CM"];
        let second = parts.iter().any(|one| one.eq_ignore_ascii_case(last));
        let market = is_exchange(last) || second && other.is_some_and(is_exchange);
        if !market {
            continue;
        }
        let mut rest = after.trim_start_matches(':').trim_start();
        while let Some((ticker, after)) = ticker(rest) {
            // What stands before a colon is another exchange.
            if after.trim_start().starts_with(':') {
                break;
            }
            found.extend(ticker.parse::<Symbol>());
            let Some(next) = after.trim_start().strip_prefix([',', '/']) else {
                break;
            };
            rest = next.trim_start();
        }
    }
    found
}

/// `AAPL` between other words: a ticker that is known and no word. In a headline of capitals alone it
/// must be one of the table's, since there every word looks like one.
fn alone(told: &Told<'_>, loud: bool) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    for word in told.words {
        let Ok(symbol) = word.text.parse::<Symbol>() else {
            continue;
        };
        let letters = word.text.starts_with(|c: char| c.is_ascii_uppercase());
        let known = if loud {
            told.names.kind(symbol).is_some()
        } else {
            is_known(told, symbol)
        };
        if letters && known && !is_plain(&word.text) {
            found.insert(symbol);
        }
    }
    found
}

/// `(ON)`: a known ticker in brackets. One that is also a word is left out where it is short for the
/// words before it, as in `artificial intelligence (AI)`.
fn in_brackets(told: &Told<'_>) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    for (at, _) in told.headline.match_indices('(') {
        let Some((before, from)) = told.headline.split_at_checked(at) else {
            continue;
        };
        let inside = from.strip_prefix('(').and_then(ticker);
        let whole = |(ticker, rest): &(&str, &str)| ticker.len() > 1 && rest.starts_with(')');
        let Some((ticker, _)) = inside.filter(whole) else {
            continue;
        };
        let Ok(symbol) = ticker.parse::<Symbol>() else {
            continue;
        };
        let abbreviates = is_plain(ticker) && is_short_for(ticker, before);
        if is_known(told, symbol) && !abbreviates {
            found.insert(symbol);
        }
    }
    found
}

/// Whether the initials of the last words are the ticker: it is then short for them.
fn is_short_for(ticker: &str, before: &str) -> bool {
    let words = words(before);
    let initials = words.iter().rev().take(ticker.len()).rev();
    let initials: String = initials
        .filter_map(|word| word.folded.chars().next())
        .collect();
    initials.eq_ignore_ascii_case(ticker)
}
