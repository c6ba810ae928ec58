//! What a headline is about, by phrases: for what the model does not know.

use std::sync::LazyLock;

use countersign_domain::news::Category;
use serde::{Deserialize, Serialize};

use super::{lines::unwritable, phrase::Phrase, words::Word};

/// One rule, as a line of configuration writes it:
/// `name | category | strength | phrases | unless`.
///
/// It says what a headline is about when one of its phrases stands there undenied and none of `unless`
/// stands there at all. Phrases are parted by commas; in one, `a/b` is either word, `cut*` every word
/// that begins so, `#` any number, and `..` up to three words of any kind. The strength, 0 to 1, is how
/// much such a story is news of that category; `!` behind it holds against a model that thinks
/// otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rule {
    line: String,
    name: String,
    category: Category,
    strength: f64,
    sure: bool,
    phrases: Vec<Phrase>,
    unless: Vec<Phrase>,
}

impl Rule {
    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it says that a headline is about.
    pub const fn category(&self) -> Category {
        self.category
    }

    /// How much so, 0 to 1.
    pub const fn strength(&self) -> f64 {
        self.strength
    }

    /// Whether it holds against a model that thinks otherwise.
    pub const fn is_sure(&self) -> bool {
        self.sure
    }

    pub(super) fn fits(&self, words: &[Word]) -> bool {
        self.phrases.iter().any(|one| one.is_told_in(words))
            && !self.unless.iter().any(|one| one.stands_in(words))
    }
}

/// Why a line of rules or names cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{line}`: {fault}")]
pub struct LineError {
    /// The line, or its beginning.
    pub line: String,
    /// What is wrong with it.
    pub fault: String,
}

impl TryFrom<String> for Rule {
    type Error = LineError;

    fn try_from(line: String) -> Result<Self, LineError> {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let (name, category, strength, phrases, unless) = match parts.as_slice() {
            [name, category, strength, phrases] => (*name, *category, *strength, *phrases, ""),
            [name, category, strength, phrases, unless] => {
                (*name, *category, *strength, *phrases, *unless)
            }
            _ => {
                let fault = "a rule is `name | category | strength | phrases`, or with `| unless`";
                return Err(unwritable(&line, fault));
            }
        };
        if name.is_empty() {
            return Err(unwritable(&line, "the rule has no name"));
        }
        let named = Category::named(category);
        let category =
            named.ok_or_else(|| unwritable(&line, &format!("`{category}` is no category")))?;
        let sure = strength.ends_with('!');
        let strength = strength.trim_end_matches('!').parse::<f64>().ok();
        let strength = strength
            .filter(|strength| (0.0..=1.0).contains(strength))
            .ok_or_else(|| unwritable(&line, "the strength is a number from 0 to 1"))?;
        let read = |text: &str| -> Result<Vec<Phrase>, LineError> {
            let each = text.split(',').map(str::trim).filter(|one| !one.is_empty());
            each.map(|one| {
                Phrase::read(one).ok_or_else(|| unwritable(&line, &format!("`{one}` is no phrase")))
            })
            .collect()
        };
        let (phrases, unless) = (read(phrases)?, read(unless)?);
        let name = name.to_owned();
        Ok(Self {
            line,
            name,
            category,
            strength,
            sure,
            phrases,
            unless,
        })
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.line
    }
}

/// The rules that the program ships, as text.
const SHIPPED: &str = include_str!("data/rules.txt");

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let lines = super::lines::written(SHIPPED);
    lines.filter_map(|line| Rule::try_from(line).ok()).collect()
});

/// The rules that the program ships, in order.
pub fn shipped() -> &'static [Rule] {
    &RULES
}

/// Which rules hold, in order: the first that fits a headline counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RuleParams {
    /// Rules before the shipped ones; one of a shipped rule's name takes its place, and switches it off
    /// when it has no phrases.
    pub more: Vec<Rule>,
}

impl RuleParams {
    /// The rules in their order.
    pub(super) fn all(&self) -> impl Iterator<Item = &Rule> {
        let replaced = |rule: &&Rule| self.more.iter().any(|more| more.name == rule.name);
        self.more
            .iter()
            .chain(shipped().iter().filter(move |rule| !replaced(rule)))
    }

    /// The first rule that fits.
    pub(super) fn first(&self, words: &[Word]) -> Option<&Rule> {
        self.all().find(|rule| rule.fits(words))
    }

    /// The first rule of the economy that fits: such a story is about everybody, unless it names a
    /// company.
    pub(super) fn economy(&self, words: &[Word]) -> Option<&Rule> {
        let mut economy = self.all().filter(|rule| rule.category == Category::Macro);
        economy.find(|rule| rule.fits(words))
    }
}
