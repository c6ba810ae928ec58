//! Words that others wrote: names, a broker's answers, the reasons that people give.

/// Characters kept of one text.
const LONGEST: usize = 200;

/// The text as its author wrote it, less what could disturb a reader: control characters and
/// line breaks become spaces, marks that turn the direction of writing go, and what is over
/// 200 characters ends in an ellipsis.
pub fn verbatim(text: &str) -> String {
    let spaced = text.chars().filter(|c| !turns(*c)).map(|c| {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            ' '
        } else {
            c
        }
    });
    let spaced: String = spaced.collect();
    let text = spaced.trim();
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(LONGEST - 1).collect();
    short.push('…');
    short
}

/// Marks, embeddings, overrides and isolates of direction, and the byte order mark.
pub(crate) const fn turns(c: char) -> bool {
    matches!(
        c,
        '\u{061C}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
    )
}
