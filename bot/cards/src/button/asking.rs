//! A command with what was chosen for it, as a button carries it: `hold+01A77QC460B8Y93NSBWG4FC1PW+1h`.

use std::fmt;

use crate::command::{Argument, Command, Kind};

/// Bytes that such a line may have, so that its payload fits.
const LONGEST: usize = 54;

/// Between two words.
const GAP: char = '+';

/// The words of a command whose choices are ids and names, in the order in which they are typed. Never a
/// size, a price, a text of somebody's or a place in a list: those are written by who asks.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asking {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Asking {
    /// The command with these values by the names of their arguments; `None` where a button cannot hold
    /// them, and they have to be written.
    pub fn of(command: Command, values: &[(&str, &str)]) -> Option<Self> {
        let value = |it: &Argument| values.iter().find(|(name, _)| *name == it.name);
        let arguments = command.spec().arguments;
        let first = arguments.first().and_then(value);
        let action = first
            .map(|(_, word)| *word)
            .filter(|word| command.spec().actions().iter().any(|it| it.word == *word));
        let (mut words, mut ended) = (vec![command.name()], false);
        for argument in arguments.iter().filter(|it| it.applies(action)) {
            match value(argument) {
                // In order, or it would be read as another one.
                Some(_) if ended => return None,
                Some((_, word)) if names(argument.kind) => words.push(word),
                Some(_) => return None,
                None => ended = true,
            }
        }
        let all = words.len() == values.len().checked_add(1)?;
        let line = words.join(&GAP.to_string());
        Self::read(&line).filter(|_| all)
    }

    /// Reads what a payload carries.
    pub(super) fn read(line: &str) -> Option<Self> {
        let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b'_');
        let mut words = line.split(GAP);
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(plain);
        if !words.clone().all(is_word) {
            return None;
        }
        let name = words.next()?;
        Command::named(name).filter(|it| it.name() == name)?;
        let mut bytes = [0; LONGEST];
        bytes
            .get_mut(..line.len())?
            .copy_from_slice(line.as_bytes());
        let length = line.len();
        Some(Self { bytes, length })
    }

    fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..self.length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// The line that a person would have typed.
    pub fn typed(&self) -> String {
        format!("/{}", self.as_str().replace(GAP, " "))
    }
}

/// True for an argument that is an id or a name.
const fn names(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Choice(_)
            | Kind::Command
            | Kind::Symbol
            | Kind::Id(_)
            | Kind::IdOr(..)
            | Kind::Strategy
            | Kind::Veto
            | Kind::Notice
            | Kind::SpanOr(_)
            | Kind::Lasting(_)
            | Kind::TimeOr(_)
    )
}

impl fmt::Display for Asking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Asking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Asking({self})")
    }
}
