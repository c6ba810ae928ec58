//! What companies and funds are called.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use countersign_domain::instrument::Symbol;
use serde::{Deserialize, Serialize};

use super::{
    lines::{unwritable, written},
    rules::LineError,
    words::{Word, words},
};

/// What a symbol stands for, as far as news is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A company.
    Company,
    /// A fund or an index: news of the economy is news of it.
    Fund,
    /// A company that rates others: it is meant only where it is not the one that rates.
    Adviser,
}

/// One name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    words: Vec<Word>,
    /// It is also a word, and counts only beside what is said of companies.
    weak: bool,
}

/// The names of one symbol, as a line of configuration writes them:
/// `SYMBOL | names | words around`, with `fund` or `adviser` behind the symbol where it is one.
///
/// Names are parted by commas and found as they are written, capitals and all. `Target?` is also a
/// word: it counts only beside what is said of companies. `big/candy _` and `_ pie/juice` are words
/// before and behind a name with which something else is meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Naming {
    line: String,
    symbol: Symbol,
    kind: Kind,
    names: Vec<Name>,
    /// Words before a name, in small letters, with which something else is meant.
    before: BTreeSet<String>,
    /// Words behind it.
    behind: BTreeSet<String>,
}

impl TryFrom<String> for Naming {
    type Error = LineError;

    fn try_from(line: String) -> Result<Self, LineError> {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let (who, names, around) = match parts.as_slice() {
            [who] => (*who, "", ""),
            [who, names] => (*who, *names, ""),
            [who, names, around] => (*who, *names, *around),
            _ => {
                return Err(unwritable(
                    &line,
                    "a line is `SYMBOL | names | words around`",
                ));
            }
        };
        let (symbol, kind) = match who.split_once(' ') {
            None => (who, Kind::Company),
            Some((symbol, "fund")) => (symbol, Kind::Fund),
            Some((symbol, "adviser")) => (symbol, Kind::Adviser),
            Some((_, kind)) => {
                let fault = format!("`{kind}` is no kind; there are `fund` and `adviser`");
                return Err(unwritable(&line, &fault));
            }
        };
        let symbol = symbol
            .parse::<Symbol>()
            .map_err(|error| unwritable(&line, &error.to_string()))?;
        let names = parted(names).map(|name| {
            let bare = name.strip_suffix('?');
            let words = words(bare.unwrap_or(name));
            let weak = bare.is_some();
            (!words.is_empty())
                .then_some(Name { words, weak })
                .ok_or_else(|| unwritable(&line, &format!("`{name}` is no name")))
        });
        let names = names.collect::<Result<_, _>>()?;
        let (mut before, mut behind) = (BTreeSet::new(), BTreeSet::new());
        for one in parted(around) {
            let (into, list) = match (one.strip_suffix(" _"), one.strip_prefix("_ ")) {
                (Some(list), None) => (&mut before, list),
                (None, Some(list)) => (&mut behind, list),
                _ => {
                    let fault = format!("`{one}` is neither `word _` nor `_ word`");
                    return Err(unwritable(&line, &fault));
                }
            };
            into.extend(list.split('/').map(|word| word.trim().to_lowercase()));
        }
        Ok(Self {
            line,
            symbol,
            kind,
            names,
            before,
            behind,
        })
    }
}

fn parted(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|one| !one.is_empty())
}

impl From<Naming> for String {
    fn from(naming: Naming) -> Self {
        naming.line
    }
}

/// Whether, and as what, a name stands in a headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It rates somebody.
    Rates,
    /// It is meant.
    Meant,
}

impl Naming {
    pub(super) const fn symbol(&self) -> Symbol {
        self.symbol
    }

    pub(super) const fn kind(&self) -> Kind {
        self.kind
    }

    /// How it stands in a headline; `None` when it does not. `loud`: the headline is all capitals.
    pub(super) fn standing(&self, words: &[Word], loud: bool) -> Option<Standing> {
        let mut standing = None;
        let mut at = 0;
        while let Some(from) = words.get(at..).filter(|from| !from.is_empty()) {
            // `Goldman` within `Goldman Sachs` is not another one.
            let here = self
                .names
                .iter()
                .filter(|name| is_written(name, from, loud));
            let longest = here.max_by_key(|name| name.words.len());
            standing = standing.max(longest.and_then(|name| self.at(words, at, name)));
            let passed = longest.map_or(1, |name| name.words.len());
            at = at.saturating_add(passed);
        }
        standing
    }

    /// How a name that begins at a word stands there.
    fn at(&self, words: &[Word], at: usize, name: &Name) -> Option<Standing> {
        let end = at.saturating_add(name.words.len());
        let last = words.get(end.saturating_sub(1));
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let behind = words.get(end);
        let folded = |word: Option<&Word>| word.map(|word| word.folded.clone()).unwrap_or_default();
        let (previous, next) = (folded(before), folded(behind));
        if self.before.contains(&previous) || self.behind.contains(&next) {
            return None;
        }
        let owns = last.is_some_and(|word| word.owns);
        if name.weak && !owns {
            let after_next = folded(words.get(end.saturating_add(1)));
            let acts = is_in(COMPANY_ACTS, &next)
                || next == "to" && is_in(COMPANY_DOES, &after_next)
                || is_in(COMPANY_KINDS, &previous);
            if !acts {
                return None;
            }
        }
        let rates = self.kind == Kind::Adviser
            && (is_in(RATED_BY, &previous) || is_in(RATES, &next) || next.starts_with("analyst"));
        Some(if rates {
            Standing::Rates
        } else {
            Standing::Meant
        })
    }
}

/// Whether a name stands at the beginning of these words.
fn is_written(name: &Name, from: &[Word], loud: bool) -> bool {
    let fits = name.words.len() <= from.len() && !(loud && name.weak);
    fits && name.words.iter().zip(from).all(|(name, word)| {
        let same = name.text == word.text || loud && name.folded == word.folded;
        same && (word.owns || !name.owns)
    })
}

fn is_in(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_whitespace().any(|one| one == word)
}

/// What stands behind a company's name, and hardly ever behind the word that it also is.
const COMPANY_ACTS: &str = "shares stock stocks ceo cfo chief chairman board earnings profit profits \
    sales revenue results q1 q2 q3 q4 quarterly guidance forecast outlook lawsuit sued sues says said \
    reports reported posts posted beats misses tops topped raises lifts cuts lowers slashes boosts plans \
    announces announced unveils launches names appoints hires fires recalls agrees buys acquires sells \
    wins loses faces files expects sees warns jumps falls rises surges slumps gains drops tumbles soars \
    plunges climbs slides sinks rallies corp inc co plc group holdings stores layoffs investors \
    shareholders upgraded downgraded dividend buyback";

/// What a company is about to do, behind `to`.
const COMPANY_DOES: &str = "cut close buy acquire report open lay raise sell pay hire invest launch \
    announce host present release spin merge replace name appoint";

/// What stands before a company's name.
const COMPANY_KINDS: &str = "retailer chain giant carrier automaker insurer company chipmaker rival \
    rivals lender airline bank";

/// What one who rates does to somebody else.
const RATES: &str = "raises lifts boosts ups cuts lowers trims slashes upgrades downgrades initiates \
    maintains reiterates keeps resumes assumes starts adds removes sees says expects adjusts names calls \
    recommends downgrade upgrade securities research";

/// What stands before one who rates.
const RATED_BY: &str = "at by from per";

/// The names that the program ships, as text.
const SHIPPED: &str = include_str!("data/names.txt");

/// Tickers that are words or abbreviations of something else.
const PLAIN: &str = include_str!("data/plain.txt");

static NAMES: LazyLock<Vec<Naming>> = LazyLock::new(|| {
    let lines = written(SHIPPED);
    lines
        .filter_map(|line| Naming::try_from(line).ok())
        .collect()
});

/// Where in the table the names stand that begin with a word, in small letters.
static BEGINNINGS: LazyLock<BTreeMap<&'static str, BTreeSet<usize>>> = LazyLock::new(|| {
    let mut beginnings: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, line) in NAMES.iter().enumerate() {
        for first in line.names.iter().filter_map(|name| name.words.first()) {
            beginnings.entry(&first.folded).or_default().insert(at);
        }
    }
    beginnings
});

static WORDS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| PLAIN.split_whitespace().collect());

/// The names that the program ships.
pub fn shipped() -> &'static [Naming] {
    &NAMES
}

/// Whether a ticker says nothing by itself.
pub(super) fn is_plain(ticker: &str) -> bool {
    ticker.len() < 3 || WORDS.contains(ticker)
}

/// What headlines are tagged by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NameParams {
    /// Names besides the shipped ones; a line of a shipped symbol takes its place.
    pub more: Vec<Naming>,
    /// The most symbols that a source may put a story under: under more of them it is a list, and about
    /// those alone that its headline names.
    pub symbols_most: u32,
}

impl Default for NameParams {
    fn default() -> Self {
        Self {
            more: Vec::new(),
            symbols_most: 8,
        }
    }
}

impl NameParams {
    /// The lines that hold.
    pub(super) fn all(&self) -> impl Iterator<Item = &Naming> {
        let replaced = |line: &&Naming| self.more.iter().any(|more| more.symbol == line.symbol);
        self.more
            .iter()
            .chain(shipped().iter().filter(move |line| !replaced(line)))
    }

    /// Those of the lines that hold of which a name may stand in a headline: a name begins with one of
    /// its words.
    pub(super) fn of(&self, words: &[Word]) -> impl Iterator<Item = &Naming> {
        let at: BTreeSet<usize> = words
            .iter()
            .filter_map(|word| BEGINNINGS.get(word.folded.as_str()))
            .flatten()
            .copied()
            .collect();
        let replaced = |line: &&Naming| self.more.iter().any(|more| more.symbol == line.symbol);
        let shipped = at.into_iter().filter_map(|at| shipped().get(at));
        self.more
            .iter()
            .chain(shipped.filter(move |line| !replaced(line)))
    }

    /// The kind of a symbol that the table knows.
    pub(super) fn kind(&self, symbol: Symbol) -> Option<Kind> {
        self.all()
            .find(|line| line.symbol == symbol)
            .map(Naming::kind)
    }
}
