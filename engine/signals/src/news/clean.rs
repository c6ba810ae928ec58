//! What a source wrote, made fit to be shown and compared: one line of plain text.
//!
//! Text is data. Nothing here understands a headline; it only takes out what a screen, a chat or a
//! terminal could understand: markup, control characters, and characters that cannot be seen.

use super::html::without_markup;

/// The most characters of a headline.
pub const HEADLINE_MOST: usize = 300;

/// The most characters of a publisher's name.
pub const PUBLISHER_MOST: usize = 60;

/// The most characters of a link.
pub const LINK_MOST: usize = 500;

/// The most bytes of anything that are looked at.
const READ_MOST: usize = 20_000;

/// The most marks that stay above and below one letter.
const MARKS_MOST: usize = 2;

/// One line of at most `most` characters: no markup, no control characters, nothing that cannot be seen
/// or turns the direction of the text, no letters buried under marks. Cut at a word, with `…`.
pub fn line(text: &str, most: usize) -> String {
    let plain = without_markup(beginning(text));
    let mut line = String::with_capacity(plain.len());
    let mut marks = 0_usize;
    for c in plain.chars() {
        if c.is_whitespace() || c.is_control() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
            marks = 0;
        } else if is_mark(c) {
            marks = marks.saturating_add(1);
            if marks <= MARKS_MOST && !line.is_empty() && !line.ends_with(' ') {
                line.push(c);
            }
        } else if !is_invisible(c) {
            line.push(c);
            marks = 0;
        }
    }
    cut(line.trim_end(), most)
}

/// The link, when it is one that a card may carry: `http` or `https`, a host, nobody's name before it,
/// nothing in it that has no place in a link, at most [`LINK_MOST`] characters.
pub fn link(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = text.chars().count() <= LINK_MOST;
    let odd = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || is_invisible(c)
            || matches!(c, '<' | '>' | '"' | '\'' | '`' | '\\' | '{' | '}')
    };
    let (scheme, rest) = text.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let named = host.starts_with(|c: char| c.is_alphanumeric()) && !host.contains('@');
    (fits && web && named && !text.contains(odd)).then(|| text.to_owned())
}

/// A headline and its publisher: the name that stands behind the headline (`.. - Reuters`) is taken
/// off where it is the publisher's, and is the publisher where the source names none.
pub fn headline(text: &str, publisher: &str) -> (String, String) {
    let mut text = line(text, HEADLINE_MOST);
    let mut publisher = line(publisher, PUBLISHER_MOST);
    let behind = [" - ", " | ", " – ", " — "]
        .iter()
        .filter_map(|mark| text.rsplit_once(mark))
        .min_by_key(|(_, name)| name.len())
        .map(|(before, name)| (before.to_owned(), name.trim().to_owned()));
    if let Some((before, name)) = behind
        && !before.trim().is_empty()
    {
        let same = !publisher.is_empty() && outlet(&publisher) == outlet(&name);
        if same || is_outlet(&name) {
            before.trim_end().clone_into(&mut text);
            if publisher.is_empty() {
                publisher = name;
            }
        }
    }
    (text, publisher)
}

/// A publisher's name as it is compared: small letters and digits, without what says only that it is
/// one.
pub(super) fn outlet(name: &str) -> String {
    let folded: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let idle = ["the", "com", "net", "org", "www", "inc", "llc", "news"];
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !word.is_empty() && !idle.contains(word))
        .collect();
    words.concat()
}

/// Names that stand behind headlines as their publishers', compared as [`outlet`] makes them.
#[rustfmt::skip]
const OUTLETS: [&str; 40] = [
    "reuters", "bloomberg", "cnbc", "wsj", "wallstreetjournal", "financialtimes", "ft", "marketwatch",
    "barrons", "yahoo", "yahoofinance", "benzinga", "seekingalpha", "motleyfool", "fool", "zacks",
    "investing", "investopedia", "forbes", "fortune", "businessinsider", "cnn", "cnnbusiness", "bbc",
    "foxbusiness", "associatedpress", "ap", "apnews", "nytimes", "newyorktimes", "washingtonpost",
    "guardian", "theverge", "techcrunch", "axios", "prnewswire", "businesswire", "globenewswire",
    "nasdaq", "tipranks",
];

fn is_outlet(name: &str) -> bool {
    name.chars().count() <= PUBLISHER_MOST && OUTLETS.contains(&outlet(name).as_str())
}

/// As much of a text as is looked at: what a source sends has no bound of its own.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(READ_MOST);
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or_default()
}

/// The text, or its beginning up to a word with `…`, `most` characters in all.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    let next = text.chars().nth(most.saturating_sub(1));
    let whole = next.is_none_or(char::is_whitespace);
    let words = if whole {
        Some(kept.as_str())
    } else {
        kept.rsplit_once(' ').map(|(words, _)| words)
    };
    // A text without words is cut where it is full.
    let least = most / 2;
    let words = words.filter(|words| words.chars().count() >= least);
    let mut cut = words.unwrap_or(&kept).trim_end().to_owned();
    cut.push('…');
    cut
}

/// Marks that stand above, below and in letters: the blocks made of nothing else, and those within the
/// scripts in which letters are buried for show.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}'
        | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{06D6}'..='\u{06DC}'
        | '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}')
}

/// Characters that cannot be seen, or that turn the direction of what is around them: zero-width ones,
/// marks of direction, fillers, tags, variation selectors, private and unassigned ones.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFF}' | '\u{E000}'..='\u{F8FF}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}' | '\u{F0000}'..='\u{10FFFF}')
}
