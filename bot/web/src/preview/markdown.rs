//! The markup that Discord reads, as far as its places in a message do.

use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::Value;

/// A text of a body; empty where there is none.
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The parts of a body; none where there is no list.
pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// What stands around a text to set it, and the class that does; a longer one first.
const MARKS: [(&str, &str); 7] = [
    ("**", "bold"),
    ("__", "underline"),
    ("~~", "struck"),
    ("||", "hidden"),
    ("*", "italic"),
    ("_", "italic"),
    ("`", "code"),
];

/// What begins a line to set it.
const LINES: [(&str, &str); 6] = [
    ("### ", "heading"),
    ("## ", "heading"),
    ("# ", "heading"),
    ("> ", "quote"),
    ("- ", "point"),
    ("* ", "point"),
];

/// The text as Discord shows it at that time.
pub(super) fn read(source: &str, now: Timestamp) -> Markup {
    let mut parts = Vec::new();
    let mut rest = source;
    while let Some((before, block, after)) = fenced(rest) {
        parts.push(html! { (lines(before, now)) pre { (block) } });
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    html! { @for part in &parts { (part) } (lines(rest, now)) }
}

/// A block of code with what stands before and after it.
fn fenced(source: &str) -> Option<(&str, &str, &str)> {
    let begin = find(source, "```")?;
    let (before, block) = (source.get(..begin)?, source.get(begin + 3..)?);
    let end = block.find("```")?;
    let after = block.get(end + 3..)?;
    Some((before, block.get(..end)?.trim_matches('\n'), after))
}

/// Where a mark stands that is not escaped.
fn find(source: &str, mark: &str) -> Option<usize> {
    let mut escaped = false;
    for (place, letter) in source.char_indices() {
        if !escaped && source.get(place..)?.starts_with(mark) {
            return Some(place);
        }
        escaped = letter == '\\' && !escaped;
    }
    None
}

fn lines(source: &str, now: Timestamp) -> Markup {
    let source = source.strip_suffix('\n').unwrap_or(source);
    let line = |line: &str| {
        let mut begins = LINES.iter();
        match begins.find_map(|(mark, class)| Some((line.strip_prefix(mark)?, class))) {
            Some((rest, class)) => html! { span class=(class) { (inline(rest, now)) } },
            None => inline(line, now),
        }
    };
    html! {
        @if !source.is_empty() {
            @for (place, one) in source.split('\n').enumerate() {
                @if place > 0 { br; }
                (line(one))
            }
        }
    }
}

fn inline(source: &str, now: Timestamp) -> Markup {
    let mut plain = String::new();
    let mut parts = Vec::new();
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        if let Some(escaped) = rest.strip_prefix('\\').and_then(|it| it.chars().next())
            && escaped.is_ascii_punctuation()
        {
            plain.push(escaped);
            rest = rest.get(1 + escaped.len_utf8()..).unwrap_or_default();
        } else if let Some((set, after)) = marked(rest, now).or_else(|| time(rest, now)) {
            parts.push(html! { (std::mem::take(&mut plain)) (set) });
            rest = after;
        } else {
            plain.push(letter);
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        }
    }
    html! { @for part in &parts { (part) } (plain) }
}

/// A text between two marks, and what comes after it.
fn marked(source: &str, now: Timestamp) -> Option<(Markup, &str)> {
    let (mark, class, inner) = MARKS
        .iter()
        .find_map(|(mark, class)| Some((*mark, *class, source.strip_prefix(mark)?)))?;
    // A single letter before a blank sets nothing.
    if mark.len() == 1 && inner.starts_with(char::is_whitespace) {
        return None;
    }
    let end = find(inner, mark).filter(|end| *end > 0)?;
    let (within, after) = (inner.get(..end)?, inner.get(end + mark.len()..)?);
    let set = if class == "code" {
        html! { code { (within) } }
    } else {
        html! { span class=(class) { (inline(within, now)) } }
    };
    Some((set, after))
}

/// `<t:1450884600:R>`: how long until then, or since.
fn time(source: &str, now: Timestamp) -> Option<(Markup, &str)> {
    let (seconds, after) = source.strip_prefix("<t:")?.split_once(":R>")?;
    let away = seconds.parse::<i64>().ok()?.saturating_sub(now.as_second());
    let (count, unit) = match away.saturating_abs() {
        seconds @ 0..60 => (seconds, "second"),
        seconds @ 60..3_600 => (seconds / 60, "minute"),
        seconds @ 3_600..86_400 => (seconds / 3_600, "hour"),
        seconds => (seconds / 86_400, "day"),
    };
    let several = if count == 1 { "" } else { "s" };
    let words = if away < 0 {
        format!("{count} {unit}{several} ago")
    } else {
        format!("in {count} {unit}{several}")
    };
    Some((html! { time { (words) } }, after))
}

#[cfg(test)]
mod tests;
