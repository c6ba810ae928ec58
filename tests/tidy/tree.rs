//! The files of this working tree.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders that are never part of the project, used only where git cannot be asked.
const NOT_OURS: [&str; 3] = [".git", "target", "node_modules"];

/// One text file; `path` is relative to the root, with forward slashes.
pub(crate) struct Text {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Text {
    /// A made-up file, for testing a rule.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// The folder of the crate that the file belongs to, such as `engine/desk`.
    pub(crate) fn house(&self) -> &str {
        let parts: Vec<&str> = self.path.splitn(3, '/').collect();
        match parts.as_slice() {
            ["engine" | "bot", house, _] => {
                let end = parts[0].len() + 1 + house.len();
                &self.path[..end]
            }
            [first, ..] => first,
            [] => "",
        }
    }

    /// Whether the file holds tests or benchmarks, and so is not shipped.
    pub(crate) fn is_test(&self) -> bool {
        let mut folders: Vec<&str> = self.path.split('/').collect();
        let name = folders.pop().unwrap_or_default();
        name.ends_with("_tests.rs")
            || name == "tests.rs"
            || folders.iter().any(|it| matches!(*it, "tests" | "benches"))
    }

    /// Whether the file is a build script: it runs on the builder's machine, not in the desk.
    pub(crate) fn is_build_script(&self) -> bool {
        self.path.ends_with("/build.rs")
    }

    pub(crate) fn is_rust(&self) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|it| it == "rs")
    }
}

/// The root of the workspace: of the tree in which the test runs, which need not be the one in which it
/// was built.
pub(crate) fn root() -> PathBuf {
    let told = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let here = told.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    here.parent()
        .expect("the tests are a folder of the workspace")
        .to_owned()
}

/// Every path of the project, also those that are about to be committed.
pub(crate) fn paths() -> Vec<String> {
    let listed = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root())
        .output();
    let mut paths: Vec<String> = match listed {
        Ok(listed) if listed.status.success() => String::from_utf8_lossy(&listed.stdout)
            .split_terminator('\0')
            .map(str::to_owned)
            .collect(),
        _ => walk(&root(), ""),
    };
    paths.retain(|path| root().join(path).is_file());
    paths.sort();
    paths
}

fn walk(folder: &Path, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)
        .expect("a readable folder")
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            found.extend(walk(&entry.path(), &format!("{path}/")));
        } else {
            found.push(path);
        }
    }
    found
}

/// Every file of the project that is text.
pub(crate) fn texts() -> Vec<Text> {
    let read = |path: String| {
        let text = std::fs::read_to_string(root().join(&path)).ok()?;
        Some(Text { path, text })
    };
    let texts: Vec<Text> = paths().into_iter().filter_map(read).collect();
    assert!(
        texts.iter().any(|it| it.path == "engine/desk/src/lib.rs"),
        "the tree at {} is not the workspace",
        root().display()
    );
    texts
}

/// Every Rust source.
pub(crate) fn sources() -> Vec<Text> {
    texts().into_iter().filter(Text::is_rust).collect()
}

/// Applies one rule to every Rust source.
pub(crate) fn findings_in_sources(rule: impl Fn(&Text) -> Vec<String>) -> Vec<String> {
    sources().iter().flat_map(rule).collect()
}

#[test]
fn a_file_knows_its_house_and_whether_it_is_a_test() {
    let desk = Text::new("engine/desk/src/ports/clock.rs", "");
    assert_eq!((desk.house(), desk.is_test()), ("engine/desk", false));
    let jobs = Text::new("jobs/src/lib.rs", "");
    assert_eq!((jobs.house(), jobs.is_test()), ("jobs", false));
    for test in [
        "tests/tidy/main.rs",
        "engine/desk/src/relay_tests.rs",
        "bot/web/benches/page.rs",
    ] {
        assert!(Text::new(test, "").is_test(), "{test}");
    }
}

#[test]
fn without_git_the_folders_are_walked() {
    let walked = walk(&root(), "");
    assert!(walked.iter().any(|path| path == "engine/domain/src/lib.rs"));
    assert!(!walked.iter().any(|path| path.starts_with("target/")));
}
