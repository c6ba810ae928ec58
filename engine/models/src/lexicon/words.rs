//! The list itself.

use std::collections::HashMap;

/// What a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Moves something up.
    Up,
    /// Moves it down.
    Down,
    /// Stands for itself.
    Tone,
}

/// Words and phrases with their weights.
#[derive(Debug, Default)]
pub(super) struct Words {
    alone: HashMap<String, (Kind, f64)>,
    /// What can be moved.
    things: HashMap<String, f64>,
    /// Those that change what follows.
    manners: HashMap<String, f64>,
    phrases: HashMap<String, f64>,
}

/// How much of a word is left when it is turned round: not bad is less than good.
const NOT: f64 = 0.7;
/// The longest phrase, in words.
const LONGEST: usize = 4;

impl Words {
    /// From the text of the list; a line that is none is left out, which a test of the list forbids.
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((kind, word, weight)) = fields(line) else {
                continue;
            };
            let word = word.to_owned();
            let _ = match kind {
                "up" => found.alone.insert(word, (Kind::Up, weight)).map(drop),
                "down" => found.alone.insert(word, (Kind::Down, weight)).map(drop),
                "tone" => found.alone.insert(word, (Kind::Tone, weight)).map(drop),
                "good" => found.things.insert(word, weight).map(drop),
                "bad" => found.things.insert(word, -weight).map(drop),
                "not" => found.manners.insert(word, -NOT).map(drop),
                "more" => found.manners.insert(word, weight).map(drop),
                _ => found.phrases.insert(word, weight).map(drop),
            };
        }
        found
    }

    pub(super) fn find(&self, word: &str) -> Option<(Kind, f64)> {
        self.alone.get(word).copied()
    }

    /// What a word makes of those behind it, as a factor; below zero it turns them round.
    pub(super) fn manner(&self, word: &str) -> Option<f64> {
        self.manners.get(word).copied()
    }

    /// Above zero for what is good to have more of, below for what is bad.
    pub(super) fn thing(&self, word: &str) -> Option<f64> {
        self.things.get(word).copied()
    }

    /// The longest phrase that these words begin with: its words and its weight.
    pub(super) fn phrase(&self, words: &[String]) -> Option<(usize, f64)> {
        let longest = LONGEST.min(words.len());
        (2..=longest).rev().find_map(|length| {
            let weight = self.phrases.get(&words[..length].join(" "))?;
            Some((length, *weight))
        })
    }
}

/// A line's kind, word and weight.
pub(super) fn fields(line: &str) -> Option<(&str, &str, f64)> {
    let mut fields = line.split('\t');
    let (kind, word, weight) = (fields.next()?, fields.next()?, fields.next()?);
    Some((kind, word, weight.parse().ok()?))
}
