//! A home folder of its own and the real binary in it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use countersign_app::config::{Config, ConfigError, Loaded, Sources};
use tempfile::TempDir;

/// A home folder that goes away with the test.
pub(crate) struct Place {
    folder: TempDir,
}

/// What a run of the binary came to.
#[derive(Clone, Debug)]
pub(crate) struct Ran {
    /// The exit code; `None` when a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Ran {
    /// It went well, and said so on standard output alone.
    pub(crate) fn good(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        assert_eq!(self.err, "", "{self:?}");
        self.out
    }

    /// It refused in one sentence on standard error, without a panic; the sentence.
    pub(crate) fn refused(self) -> String {
        assert_eq!(self.code, Some(1), "{self:?}");
        assert_eq!(self.err.trim_end().lines().count(), 1, "{self:?}");
        let sentence = self.err.strip_prefix("countersign: ");
        sentence
            .unwrap_or_else(|| panic!("{:?}", self.err))
            .trim_end()
            .to_owned()
    }
}

impl Place {
    /// A folder with an empty home in it.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::create_dir(folder.path().join("home")).expect("a home");
        Self { folder }
    }

    /// The home folder.
    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// A file beside the home folder.
    pub(crate) fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path
    }

    /// Runs the binary with this home and no variable but those given.
    pub(crate) fn run_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Ran {
        self.run_in(&self.home(), args, variables)
    }

    /// Runs the binary with that home and no variable but those given.
    pub(crate) fn run_in(&self, home: &Path, args: &[&str], variables: &[(&str, &str)]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .envs(variables.iter().copied())
            .current_dir(self.folder.path())
            .arg("--home")
            .arg(home)
            .args(args)
            .stdin(Stdio::null());
        let done = command.output().expect("the binary starts");
        Ran {
            code: done.status.code(),
            out: String::from_utf8_lossy(&done.stdout).into_owned(),
            err: String::from_utf8_lossy(&done.stderr).into_owned(),
        }
    }

    /// Runs the binary with this home.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, &[])
    }

    /// Every file in the home folder with its bytes.
    pub(crate) fn kept(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files: Vec<_> = fs::read_dir(self.home())
            .expect("the home")
            .map(|entry| entry.expect("an entry").path())
            .map(|path| (path.clone(), fs::read(path).unwrap_or_default()))
            .collect();
        files.sort();
        files
    }
}

/// The configuration with this file over the defaults.
pub(crate) fn with_file(text: &str) -> Result<Loaded, ConfigError> {
    let place = Place::new();
    let file = place.file("desk.toml", text);
    load(Some(&file), &[], &[])
}

/// The configuration with these variables over the defaults.
pub(crate) fn with_variables(variables: &[(&str, &str)]) -> Result<Loaded, ConfigError> {
    load(None, variables, &[])
}

/// The configuration with these layers over the defaults.
pub(crate) fn load(
    file: Option<&Path>,
    variables: &[(&str, &str)],
    set: &[&str],
) -> Result<Loaded, ConfigError> {
    let environment = variables
        .iter()
        .map(|(name, value)| (name.into(), value.into()));
    Config::load(&Sources {
        preset: None,
        home: None,
        file: file.map(Path::to_path_buf),
        environment: environment.collect(),
        set: set.iter().map(|one| (*one).to_owned()).collect(),
    })
}

/// Why this file is refused, without the folder's changing name.
pub(crate) fn refusal_of(text: &str) -> String {
    let place = Place::new();
    let file = place.file("desk.toml", text);
    let error = load(Some(&file), &[], &[]).expect_err(text).to_string();
    assert_eq!(error.lines().count(), 1, "{error:?}");
    error.replace(&file.display().to_string(), "desk.toml")
}

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
