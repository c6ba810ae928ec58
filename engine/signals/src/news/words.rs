//! A headline as words.

use super::clean::is_mark;

/// One word of a headline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// As it is written, without what stands around it, and without `'s`.
    pub(super) text: String,
    /// The same in small letters: what is compared.
    pub(super) folded: String,
    /// Whether it ended in `'s`.
    pub(super) owns: bool,
}

/// The words of a text, in order: letters and digits, with what belongs to them inside (`AT&T`, `U.S`,
/// `$1.5`, `don't`). Hyphens part words; marks on letters are left out.
pub(super) fn words(text: &str) -> Vec<Word> {
    let plain = |c| {
        if matches!(c, '’' | '‘' | '`') {
            '\''
        } else {
            c
        }
    };
    let chars: Vec<char> = text.chars().filter(|c| !is_mark(*c)).map(plain).collect();
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = None;
    let mut rest = chars.iter().copied().peekable();
    while let Some(c) = rest.next() {
        if belongs(before, c, rest.peek().copied()) {
            word.push(c);
        } else {
            words.extend(finished(&mut word));
        }
        before = Some(c);
    }
    words.extend(finished(&mut word));
    words
}

/// Whether a character is part of a word, by those next to it.
fn belongs(before: Option<char>, c: char, after: Option<char>) -> bool {
    let around = |is: fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
    match c {
        '\'' | '&' | '.' => around(char::is_alphanumeric),
        ',' => around(|c| c.is_ascii_digit()),
        '%' => before.is_some_and(|c| c.is_ascii_digit()),
        '$' | '€' | '£' | '¥' => {
            after.is_some_and(|c| c.is_ascii_digit()) && !before.is_some_and(char::is_alphanumeric)
        }
        c => c.is_alphanumeric(),
    }
}

fn finished(word: &mut String) -> Option<Word> {
    if word.is_empty() {
        return None;
    }
    let mut text = std::mem::take(word).replace(',', "");
    let bare = text.strip_suffix("'s").or_else(|| text.strip_suffix("'S"));
    let bare = bare.map(str::to_owned);
    let owns = bare.is_some();
    if let Some(bare) = bare {
        text = bare;
    }
    let folded = text.to_lowercase();
    Some(Word { text, folded, owns })
}

/// Whether a headline is written in capitals, so that capitals mean nothing in it.
pub(super) fn shouts(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    letters >= 12 && capitals.saturating_mul(10) >= letters.saturating_mul(7)
}

/// The word as a number, when it begins as one: its digits, without currency or per cent.
pub(super) fn number(word: &str) -> Option<&str> {
    let bare = word
        .trim_start_matches(['$', '€', '£', '¥'])
        .trim_end_matches('%');
    bare.starts_with(|c: char| c.is_ascii_digit())
        .then_some(bare)
}
