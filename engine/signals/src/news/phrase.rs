//! Phrases that rules look for: a small language of words.

use super::words::{Word, number};

/// The most words that `..` passes over.
const GAP_MOST: usize = 3;

/// How many words before a phrase are asked whether they deny it.
const DENIED_WITHIN: usize = 3;

/// Words that deny what comes after them.
const DENIALS: [&str; 28] = [
    "no", "not", "never", "without", "nor", "neither", "denies", "deny", "denied", "denying",
    "avoids", "avoid", "avoided", "avoiding", "averts", "avert", "averted", "escapes", "escape",
    "escaped", "isn't", "won't", "doesn't", "didn't", "wasn't", "aren't", "unlikely", "despite",
];

/// One place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// A word that is one of these, or begins so.
    Word(Vec<(String, Part)>),
    /// Up to [`GAP_MOST`] words of any kind.
    Gap,
}

/// How much of a word is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// All of it.
    Whole,
    /// Its beginning.
    Beginning,
    /// Nothing: any number will do.
    Number,
}

/// A phrase: words in a row, in small letters. `a/b` is either, `cut*` every word that begins so, `#`
/// any number, and `..` stands for up to three words of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase(Vec<Place>);

impl Phrase {
    /// Reads a phrase. `None` when there is no word in it, or a gap at an end.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut places = Vec::new();
        for piece in text.split_whitespace() {
            if piece == ".." {
                places.push(Place::Gap);
            } else {
                places.push(Place::Word(either(piece)?));
            }
        }
        let is_word = |place: Option<&Place>| matches!(place, Some(Place::Word(_)));
        (is_word(places.first()) && is_word(places.last())).then_some(Self(places))
    }

    /// Whether it stands anywhere in the headline.
    pub(super) fn stands_in(&self, words: &[Word]) -> bool {
        (0..words.len()).any(|at| self.begins_at(words, at))
    }

    /// Whether it stands in the headline and no word just before it denies it.
    pub(super) fn is_told_in(&self, words: &[Word]) -> bool {
        (0..words.len()).any(|at| self.begins_at(words, at) && !denied(words, at))
    }

    fn begins_at(&self, words: &[Word], at: usize) -> bool {
        words.get(at..).is_some_and(|from| matches(&self.0, from))
    }
}

fn either(piece: &str) -> Option<Vec<(String, Part)>> {
    let one = |word: &str| {
        let (text, part) = match word {
            "#" => ("", Part::Number),
            word => match word.strip_suffix('*') {
                Some(beginning) => (beginning, Part::Beginning),
                // A headline's words are without it, too.
                None => (word.strip_suffix("'s").unwrap_or(word), Part::Whole),
            },
        };
        let fits =
            |c: char| c.is_alphanumeric() && !c.is_uppercase() || matches!(c, '&' | '\'' | '.');
        let some = part == Part::Number || !text.is_empty() && text.chars().all(fits);
        some.then(|| (text.to_owned(), part))
    };
    piece.split('/').map(one).collect()
}

fn matches(places: &[Place], words: &[Word]) -> bool {
    let Some((place, places)) = places.split_first() else {
        return true;
    };
    match place {
        Place::Gap => (0..=GAP_MOST)
            .filter_map(|passed| words.get(passed..))
            .any(|from| matches(places, from)),
        Place::Word(either) => words.split_first().is_some_and(|(word, from)| {
            either.iter().any(|one| is(word, one)) && matches(places, from)
        }),
    }
}

fn is(word: &Word, (text, part): &(String, Part)) -> bool {
    match part {
        Part::Whole => word.folded == *text,
        Part::Beginning => word.folded.starts_with(text.as_str()),
        Part::Number => number(&word.folded).is_some(),
    }
}

fn denied(words: &[Word], at: usize) -> bool {
    let from = at.saturating_sub(DENIED_WITHIN);
    words
        .get(from..at)
        .into_iter()
        .flatten()
        .any(|word| DENIALS.contains(&word.folded.as_str()))
}
