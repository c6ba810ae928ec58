//! A list of words, for when no model may run: it knows what a headline's words mean for a price, and nothing
//! of what it is about.
//!
//! It weighs words and phrases of `lexicon/words.tsv`: what moves up or down together with what moved, *not*
//! and its like, how strongly, and comparisons with what was expected or feared.

mod words;

use countersign_domain::news::Scorer;

use self::words::{Kind, Words};
use crate::{
    file::sha256,
    model::{Model, Shares, Unread},
};

static WORDS: &str = include_str!("../../lexicon/words.tsv");

/// How far a whole word of weight 1 moves the odds, and the odds of saying nothing.
const PULL: f64 = 1.8;
const SILENCE: f64 = 2.0;

/// The scorer of words.
pub struct Lexicon {
    scorer: Scorer,
    words: Words,
}

impl Lexicon {
    /// That of the program.
    pub fn built_in() -> Self {
        Self {
            scorer: Scorer {
                name: "lexicon".to_owned(),
                version: "1".to_owned(),
                sha256: sha256(WORDS.as_bytes()),
            },
            words: Words::of(WORDS),
        }
    }

    /// What all words of a text come to; above zero is good for the price.
    pub fn weight(&self, text: &str) -> f64 {
        let words = split(text);
        let mut weight = 0.0;
        let mut at = 0;
        while at < words.len() {
            let (length, found) = self.here(&words, at);
            weight += found;
            at += length.max(1);
        }
        // A question says less than a statement.
        if text.trim_end().ends_with('?') {
            weight / 2.0
        } else {
            weight
        }
    }

    /// What stands at a place: how many words it takes, and its weight.
    fn here(&self, words: &[String], at: usize) -> (usize, f64) {
        if let Some(found) = self.comparison(words, at) {
            return found;
        }
        if let Some((length, weight)) = self.words.phrase(&words[at..]) {
            return (length, weight * self.manner(words, at));
        }
        let weight = match self.words.find(&words[at]) {
            Some((Kind::Up, alone)) => self.moved(words, at, alone, 1.0),
            Some((Kind::Down, alone)) => self.moved(words, at, alone, -1.0),
            Some((Kind::Tone, weight)) => weight,
            _ => return (1, 0.0),
        };
        (1, weight * self.manner(words, at))
    }

    /// A movement with what moved, which stands close behind it or, for a movement by itself, before it.
    fn moved(&self, words: &[String], at: usize, alone: f64, direction: f64) -> f64 {
        let behind = words.iter().skip(at + 1).take(4);
        let before = words[at.saturating_sub(2)..at].iter().rev();
        let thing = behind.chain(before).find_map(|word| self.words.thing(word));
        match thing {
            Some(kind) => 1.4 * alone * direction * kind,
            None => alone * direction,
        }
    }

    /// `less bad than feared`: from its comparative to the word behind `than`, or two words further where what
    /// is compared stands there.
    fn comparison(&self, words: &[String], at: usize) -> Option<(usize, f64)> {
        let direction = match words[at].as_str() {
            "narrower" | "smaller" | "less" | "fewer" | "milder" | "shallower" | "lower"
            | "slower" => -1.0,
            "wider" | "bigger" | "more" | "higher" | "larger" | "greater" | "faster" => 1.0,
            "better" | "stronger" => return self.judged(words, at, 1.0),
            "worse" | "weaker" | "softer" => return self.judged(words, at, -1.0),
            _ => return None,
        };
        let length = expected(words, at)?;
        let near = words[at.saturating_sub(4)..at]
            .iter()
            .rev()
            .chain(words.iter().skip(at + 1).take(length + 2));
        // What was feared was bad, whatever it was.
        let feared = words.get(at + length - 1).is_some_and(|it| it == "feared");
        let bad = |word: &String| {
            let fell = matches!(self.words.find(word), Some((Kind::Down, _)));
            if fell {
                Some(-1.0)
            } else {
                self.words.thing(word)
            }
        };
        let thing = if feared {
            -1.0
        } else {
            near.filter(|word| *word != &words[at])
                .find_map(bad)
                .unwrap_or(1.0)
        };
        // A fall that was told before is taken back and more.
        let told = if direction < 0.0 && thing < 0.0 {
            1.2
        } else {
            0.0
        };
        Some((length, direction * thing * 1.3 + told))
    }

    fn judged(&self, words: &[String], at: usize, weight: f64) -> Option<(usize, f64)> {
        let length = expected(words, at)?;
        Some((length, 1.5 * weight * self.manner(words, at)))
    }

    /// How strongly, and whether not: from the three words before.
    fn manner(&self, words: &[String], at: usize) -> f64 {
        let before = &words[at.saturating_sub(3)..at];
        before
            .iter()
            .filter_map(|word| self.words.manner(word))
            .product()
    }
}

/// The length of a comparison with what was expected that begins here.
fn expected(words: &[String], at: usize) -> Option<usize> {
    let than = (at + 1..words.len().min(at + 5)).find(|at| words[*at] == "than")?;
    let behind = words[than + 1..].iter().take(3).position(|word| {
        matches!(
            word.as_str(),
            "expected"
                | "feared"
                | "estimated"
                | "estimates"
                | "forecast"
                | "anticipated"
                | "thought"
        )
    })?;
    Some(than + 2 + behind - at)
}

/// Words in small letters; what is joined by a hyphen is two, and `n't` is one of its own.
fn split(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace("n't", " not ");
    let words = lower.split(|one: char| !one.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

impl Model for Lexicon {
    fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    fn batch(&self) -> usize {
        64
    }

    fn size(&self) -> usize {
        WORDS.len()
    }

    fn read(&mut self, texts: &[&str]) -> Vec<Result<Shares, Unread>> {
        let shares = |text: &&str| {
            let weight = self.weight(text).clamp(-4.0, 4.0);
            let odds = [-PULL * weight, SILENCE, PULL * weight].map(f64::exp);
            let total: f64 = odds.iter().sum();
            Ok(Shares::of(odds.map(|one| one / total), &[]))
        };
        texts.iter().map(shares).collect()
    }
}

#[cfg(test)]
#[path = "../lexicon_tests.rs"]
mod tests;
