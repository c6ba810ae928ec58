//! Ids as people type them.

use std::{fmt, str::FromStr};

/// A whole id or its end: 4 to 26 letters and digits, as ids are written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fragment(String);

/// The text is no id and no end of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither an id nor the last 4 to 26 characters of one")]
pub struct NoFragment;

/// The fewest characters that are looked up.
const SHORTEST: usize = 4;
/// The characters of a whole id.
const WHOLE: usize = 26;

impl Fragment {
    /// True for an id that ends so.
    pub fn matches(&self, id: &str) -> bool {
        id.len() == WHOLE && id.ends_with(&self.0)
    }

    /// The characters, in capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when nothing of the id is left out.
    pub fn is_whole(&self) -> bool {
        self.0.len() == WHOLE
    }
}

impl fmt::Display for Fragment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Fragment {
    type Err = NoFragment;

    /// In capitals or not, with or without the ellipsis of a card; letters that look like digits
    /// are those digits.
    fn from_str(text: &str) -> Result<Self, NoFragment> {
        let text = text.trim_start_matches(['…', '.']);
        let read = |c: char| match c.to_ascii_uppercase() {
            'I' | 'L' => Some('1'),
            'O' => Some('0'),
            'U' => None,
            c if c.is_ascii_digit() || c.is_ascii_uppercase() => Some(c),
            _ => None,
        };
        let id: Option<String> = text.chars().map(read).collect();
        let fits = |id: &String| (SHORTEST..=WHOLE).contains(&id.len());
        // The first character of an id has three bits.
        let starts = |id: &String| id.len() < WHOLE || id.as_bytes().first() <= Some(&b'7');
        id.filter(|id| fits(id) && starts(id))
            .map(Self)
            .ok_or(NoFragment)
    }
}
