//! Plain text in a place that reads markup: escaped, and cut where it may be cut.

/// Letters that mean something anywhere.
const ANYWHERE: &[char] = &['\\', '*', '_', '~', '`', '|', '<', '[', ']', '@', '('];

/// Letters that mean something at the beginning of a line.
const AT_FIRST: &[char] = &['#', '>', '-', '+', '.'];

/// The text such that Discord shows it as it is: no markup, no link, nobody mentioned.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // True while nothing of the line but blanks and digits was seen: `1.` begins a list.
    let mut first = true;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let link = letter == ':' && letters.peek() == Some(&'/');
        if link || ANYWHERE.contains(&letter) || (first && AT_FIRST.contains(&letter)) {
            escaped.push('\\');
        }
        escaped.push(letter);
        first = letter == '\n' || (first && (letter == ' ' || letter.is_ascii_digit()));
    }
    escaped
}

/// The text such that it does not end a block of code.
pub(crate) fn in_code(text: &str) -> String {
    text.replace('`', "`\u{200b}")
}

/// How long Discord takes a text to be, at the most.
pub(crate) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// As much of the text as fits into so many units, best to the end of a word, and the rest. What was
/// escaped stays escaped.
pub(crate) fn cut(text: &str, room: usize) -> (&str, &str) {
    if units(text) <= room {
        return (text, "");
    }
    let (mut taken, mut end, mut word, mut escape) = (0, 0, None, false);
    for (place, letter) in text.char_indices() {
        if taken + letter.len_utf16() > room {
            break;
        }
        taken += letter.len_utf16();
        escape = letter == '\\' && !escape;
        if !escape {
            end = place + letter.len_utf8();
        }
        if letter == ' ' || letter == '\n' {
            word = Some(end);
        }
    }
    // A word that is longer than half of it is broken.
    let end = word.filter(|word| *word > end / 2).unwrap_or(end);
    text.split_at(end)
}

/// The text, shortened with a mark when it is too long.
pub(crate) fn short(text: &str, most: usize) -> String {
    if units(text) <= most {
        return text.to_owned();
    }
    let mut taken = 0;
    let kept = text.chars().take_while(|letter| {
        taken += letter.len_utf16();
        taken < most
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests;
