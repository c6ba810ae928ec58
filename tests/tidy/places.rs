//! No file knows the machine on which it was written, nor the registry that served it.

use crate::assert_tidy;
use crate::tree::{Text, root, texts};

/// Folders in which people keep their working copies. Spelled without their slashes, so that this list
/// is not found.
const HOMES: [&str; 5] = ["home", "root", "Users", "work", "workspace"];

/// Hosts of package registries, as name and ending.
const REGISTRIES: [(&str, &str); 9] = [
    ("crates", "io"),
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("yarnpkg", "com"),
    ("docker", "io"),
    ("ghcr", "io"),
    ("rubygems", "org"),
];

/// The one file that names a registry, and the one way in which it may.
const LOCK: &str = "Cargo.lock";

fn check_line(line: &str, here: &str) -> Option<String> {
    if line.contains(here) {
        return Some(format!("`{here}` is this machine's"));
    }
    if let Some(home) = HOMES.iter().find(|home| begins_a_path(line, home)) {
        return Some(format!("`/{home}/..` is a path of somebody's machine"));
    }
    let host = |(name, ending): &&(&str, &str)| names_host(line, &format!("{name}.{ending}"));
    let (name, ending) = REGISTRIES.iter().find(host)?;
    Some(format!(
        "`{name}.{ending}` is a registry: nothing here depends on which one serves"
    ))
}

/// Whether the folder stands in the line at the beginning of a path, and not inside a longer one.
fn begins_a_path(line: &str, home: &str) -> bool {
    let path = format!("/{home}/");
    line.match_indices(&path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|it| {
            it.is_alphanumeric() || matches!(it, '.' | '_' | '-' | '/' | '}' | '~' | '*')
        })
    })
}

fn names_host(line: &str, host: &str) -> bool {
    line.match_indices(host).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + host.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric)
            && !after.is_some_and(|it| it.is_alphanumeric() || it == '-')
    })
}

fn check(file: &Text, here: &str) -> Vec<String> {
    if file.path == LOCK {
        return Vec::new();
    }
    let lines = file.text.lines().enumerate();
    let found =
        lines.filter_map(|(index, line)| check_line(line, here).map(|what| (index + 1, what)));
    found
        .map(|(line, what)| format!("{}:{line}: {what}", file.path))
        .collect()
}

/// The lock names one source, the public index, which every mirror stands in for.
fn check_lock(text: &str) -> Vec<String> {
    let index = format!(
        "source = \"registry+https://github.com/rust-lang/{}.{}-index\"",
        REGISTRIES[0].0, REGISTRIES[0].1
    );
    let strange = text
        .lines()
        .filter(|line| line.starts_with("source = ") && *line != index);
    strange
        .map(|line| format!("{LOCK}: {line} is not the public index"))
        .collect()
}

#[test]
fn no_file_names_a_path_of_a_machine_or_a_registry() {
    let here = root();
    let here = here.to_str().expect("a path in UTF-8");
    let texts = texts();
    let mut findings: Vec<String> = texts.iter().flat_map(|file| check(file, here)).collect();
    let lock = texts
        .iter()
        .find(|file| file.path == LOCK)
        .expect("the lock is part of the project");
    findings.extend(check_lock(&lock.text));
    assert_tidy(&findings);
}

#[test]
fn a_path_of_a_machine_is_found() {
    let found = |line: &str| check_line(line, "/somewhere/else").is_some();
    for home in HOMES {
        assert!(found(&format!("cd /{home}/ana/desk")), "{home}");
        assert!(found(&format!("\"/{home}/ana\"")), "{home}");
    }
    assert!(found("in /somewhere/else/target"));
    for line in [
        "/tickets/7",
        "../shared/home/data",
        "https://a.example/home/b",
        "$HOME/desk",
        "/etc/hosts",
    ] {
        assert!(!found(line), "{line}");
    }
}

#[test]
fn a_registry_is_found() {
    let found = |line: &str| check_line(line, "/somewhere/else").is_some();
    for (name, ending) in REGISTRIES {
        assert!(
            found(&format!("https://static.{name}.{ending}/x")),
            "{name}.{ending}"
        );
        assert!(found(&format!("see {name}.{ending}.")), "{name}.{ending}");
    }
    assert!(!found("pedocker.iowa, my-crates.iota"));
    assert_eq!(
        check_lock("source = \"registry+https://mirror.example/index\"\n").len(),
        1
    );
}
