//! Where a setting comes from.

use std::{collections::BTreeMap, fmt, path::PathBuf};

/// Where a setting comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The defaults in the binary.
    #[default]
    BuiltIn,
    /// The settings that a command brings along.
    Preset {
        /// Which command.
        name: &'static str,
        /// The line, from 1.
        line: usize,
    },
    /// A configuration file.
    File {
        /// Which.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// A variable of the environment.
    Environment(String),
    /// The command line.
    CommandLine,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("built in"),
            Self::Preset { name, line } => write!(f, "the settings of {name}, line {line}"),
            Self::File { path, line } => write!(f, "{}, line {line}", path.display()),
            Self::Environment(name) => f.write_str(name),
            Self::CommandLine => f.write_str("--set"),
        }
    }
}

/// Where each key that is not as built in comes from, by dotted path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Origins(BTreeMap<String, Origin>);

impl Origins {
    /// Notes where a key comes from.
    pub(super) fn put(&mut self, key: String, origin: Origin) {
        self.0.insert(key, origin);
    }

    /// Where a key comes from: it, or the nearest thing that it is part of.
    pub(super) fn of(&self, key: &str) -> Origin {
        let mut part = key;
        loop {
            if let Some(origin) = self.0.get(part) {
                return origin.clone();
            }
            match part.rfind(['.', '[']) {
                Some(end) => part = &part[..end],
                None => return Origin::BuiltIn,
            }
        }
    }

    /// Takes over where `key` and its parts come from: it was replaced as a whole.
    pub(super) fn replace(&mut self, key: &str, over: &Self) {
        let part = |path: &str| {
            let rest = path.strip_prefix(key);
            rest.is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        self.0.retain(|path, _| !part(path));
        self.put(key.to_owned(), over.of(key));
        let parts = over.0.iter().filter(|(path, _)| part(path));
        self.0
            .extend(parts.map(|(path, origin)| (path.clone(), origin.clone())));
    }

    /// Every key that is not as built in.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Origin)> {
        self.0.iter().map(|(key, origin)| (key.as_str(), origin))
    }
}
