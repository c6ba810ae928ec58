//! Reading a configuration, layer by layer.

use std::{
    ffi::OsString,
    fmt,
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use serde::Deserialize as _;
use toml::Value;

use super::{
    Config, ConfigError, DEFAULT, Origin, check, culprit, environment, mode, redact::holds_secret,
    schema::Schema, secrets::Tokens, tree::Tree,
};

/// The largest file that is read: a configuration is a page, not a disk.
const LARGEST: u64 = 1024 * 1024;

/// The name of the file in the home folder that is read when no other one is named.
const HOME_FILE: &str = "config.toml";

/// Settings that a command brings along, laid over the defaults and under everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    name: &'static str,
    text: &'static str,
}

impl Preset {
    /// What `demo` brings along: `config/demo.toml`.
    pub const DEMO: Self = Self {
        name: "demo",
        text: include_str!("../../../../config/demo.toml"),
    };

    /// What `replay` brings along: `config/replay.toml`.
    pub const REPLAY: Self = Self {
        name: "replay",
        text: include_str!("../../../../config/replay.toml"),
    };
}

/// Where a configuration is read from, beside the defaults; each is laid over the one before it. Its
/// `Debug` shows no value of a variable or setting.
#[derive(Clone, Default)]
pub struct Sources {
    /// What the command brings along.
    pub preset: Option<Preset>,
    /// The home folder, whose `config.toml` is read when there is one and `file` is `None`.
    pub home: Option<PathBuf>,
    /// The file that was named; it has to be there.
    pub file: Option<PathBuf>,
    /// The variables of the environment; those that are not ours are not looked at.
    pub environment: Vec<(OsString, OsString)>,
    /// `KEY=VALUE` settings of the command line.
    pub set: Vec<String>,
}

impl Sources {
    /// This process's environment, and what its command line names.
    pub fn of_process(home: Option<&Path>, file: Option<&Path>, set: &[String]) -> Self {
        Self {
            preset: None,
            home: home.map(Path::to_path_buf),
            file: file.map(Path::to_path_buf),
            environment: std::env::vars_os().collect(),
            set: set.to_vec(),
        }
    }

    /// The same with what a command brings along.
    #[must_use]
    pub fn with_preset(self, preset: Preset) -> Self {
        Self {
            preset: Some(preset),
            ..self
        }
    }

    fn variable(&self, wanted: &str) -> Option<&str> {
        let mut variables = self.environment.iter();
        let found = variables.find(|(name, _)| name == wanted);
        found.and_then(|(_, value)| value.to_str())
    }

    /// The file to read and its text.
    fn read(&self) -> Result<Option<(PathBuf, String)>, ConfigError> {
        if let Some(path) = &self.file {
            return Ok(Some((path.clone(), read(path)?)));
        }
        let path = self.home.as_ref().map(|home| home.join(HOME_FILE));
        match path {
            Some(path) if path.symlink_metadata().is_ok() => {
                let text = read(&path)?;
                Ok(Some((path, text)))
            }
            _ => Ok(None),
        }
    }
}

fn read(path: &Path) -> Result<String, ConfigError> {
    let failed = |why: String| ConfigError::Unreadable {
        path: path.to_path_buf(),
        why,
    };
    let mut bytes = Vec::new();
    let opened = File::open(path);
    opened
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| failed(error.to_string()))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST) {
        return Err(failed("it is larger than a megabyte".to_owned()));
    }
    String::from_utf8(bytes).map_err(|_| failed("it is not UTF-8 text".to_owned()))
}

impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sources")
            .field("preset", &self.preset)
            .field("home", &self.home)
            .field("file", &self.file)
            .field("variables", &self.environment.len())
            .field("settings", &self.set.len())
            .finish()
    }
}

/// A configuration, and where each part of it comes from. Its `Debug` shows no password.
#[derive(Clone)]
pub struct Loaded {
    /// The configuration.
    pub config: Config,
    pub(super) tree: Tree,
}

impl fmt::Debug for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Loaded").field(&self.config).finish()
    }
}

impl Loaded {
    /// Where a key comes from, such as `limits.daily_loss`.
    pub fn origin(&self, key: &str) -> Origin {
        self.tree.origins.of(key)
    }
}

impl Config {
    /// Reads the configuration: the defaults, then each source over it, then every check.
    ///
    /// # Errors
    ///
    /// [`ConfigError`], one sentence with the fix; nothing was changed.
    pub fn load(sources: &Sources) -> Result<Loaded, ConfigError> {
        let schema = Schema::built_in().map_err(|error| built_in(&error))?;
        let base: toml::Table = toml::from_str(DEFAULT).map_err(|error| built_in(&error))?;
        let mut tree = Tree::of(base.clone());
        if let Some(Preset { name, text }) = sources.preset {
            tree.lay(text, &schema, |line| Origin::Preset { name, line })?;
        }
        if let Some((path, text)) = sources.read()? {
            let at = |line| Origin::File {
                path: path.clone(),
                line,
            };
            tree.lay(&text, &schema, at)?;
        }
        environment::lay(&mut tree, &sources.environment, &schema)?;
        for setting in &sources.set {
            environment::lay_one(&mut tree, setting, &schema)?;
        }
        let read = Self::deserialize(Value::Table(tree.table.clone()));
        let mut config = read.map_err(|error| culprit::find(&tree, &base, &error))?;
        config.tokens = Tokens::of(|name| sources.variable(name))?;
        keep_secrets(&config, &tree.origins.of("store.url"))?;
        check::all(&config, &tree)?;
        let meant = sources.variable(mode::REAL_MONEY);
        mode::check(&config, meant, tree.origins.of("desk.mode"))?;
        Ok(Loaded { config, tree })
    }
}

/// The binary's own defaults are wrong; its tests hold that they are not.
fn built_in(error: &toml::de::Error) -> ConfigError {
    ConfigError::Syntax {
        place: Origin::BuiltIn,
        why: error.message().to_owned(),
    }
}

/// A password may stand in the environment alone.
fn keep_secrets(config: &Config, origin: &Origin) -> Result<(), ConfigError> {
    if matches!(origin, Origin::Environment(_)) || !holds_secret(&config.store.url) {
        return Ok(());
    }
    Err(ConfigError::Secret {
        key: "store.url",
        origin: origin.clone(),
        variable: environment::STORE_URL,
    })
}
