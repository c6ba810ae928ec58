//! Text in columns of a screen: how wide it is there, where it breaks, and how it is set flush.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text takes on a screen: wide scripts and emoji take two, marks that combine none.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text in lines of at most `room` columns, broken at spaces where it has them. `room` is at
/// least 2, which the widest character takes.
pub(crate) fn wrapped(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let mut word = word;
        if !line.is_empty() && width(&line) + 1 + width(word) > room {
            lines.push(std::mem::take(&mut line));
        }
        while line.is_empty() && width(word) > room {
            let (first, rest) = cut(word, room);
            lines.push(first.to_owned());
            word = rest;
        }
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The first part of a word that fits, and the rest: no mark is parted from what it is on.
fn cut(word: &str, room: usize) -> (&str, &str) {
    let mut taken = 0;
    let mut end = word.len();
    for (at, c) in word.char_indices() {
        let wide = c.width().unwrap_or(0);
        if taken + wide > room {
            end = at;
            break;
        }
        taken += wide;
    }
    // A sequence may be wider as a whole than its parts: then it is shorter by one character more.
    while end > 0 && word.get(..end).map_or(0, width) > room {
        let shorter = word
            .get(..end)
            .and_then(|part| part.char_indices().next_back());
        end = shorter.map_or(0, |(at, _)| at);
    }
    if end == 0 {
        end = word.chars().next().map_or(word.len(), char::len_utf8);
    }
    word.split_at(end)
}

/// The text with blanks to the width of its column: behind it, or before it when `flush_right`.
pub(crate) fn set(text: &str, room: usize, flush_right: bool) -> String {
    let blank = " ".repeat(room.saturating_sub(width(text)));
    if flush_right {
        format!("{blank}{text}")
    } else {
        format!("{text}{blank}")
    }
}
