//! Clients that others wrote live with the fakes as they do with the platforms.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the suites of the clients are.
fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("clients")
}

/// Runs a command; what it printed, when it fails.
fn run(command: &mut Command, advice: &str) {
    let ended = command.output();
    let ended = ended.unwrap_or_else(|error| panic!("{command:?}: {error}; {advice}"));
    assert!(
        ended.status.success(),
        "{command:?} ended with {}; {advice}\n{}\n{}",
        ended.status,
        String::from_utf8_lossy(&ended.stdout),
        String::from_utf8_lossy(&ended.stderr),
    );
}

/// A Python that has the pinned libraries, made once below `target` and again when they change.
fn python() -> PathBuf {
    let wanted = fs::read_to_string(clients().join("requirements.txt")).expect("requirements.txt");
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients");
    let (python, stamp) = (home.join("bin/python"), home.join("requirements.txt"));
    // One at a time: each test is a process of its own.
    let lock = File::create(home.with_extension("lock")).expect("a file below target");
    lock.lock().expect("a lock on it");
    if fs::read_to_string(&stamp).is_ok_and(|it| it == wanted) {
        return python;
    }
    let made = Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&home)
        .output();
    let advice =
        "install Python 3.10 or newer with its venv module (packages python3 and python3-venv)";
    let made = made.unwrap_or_else(|error| panic!("python3: {error}; {advice}"));
    let said = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "python3 -m venv: {said}; {advice}");
    let list = clients().join("requirements.txt");
    let mut install = Command::new(&python);
    install
        .args(["-m", "pip", "install", "--quiet", "--requirement"])
        .arg(list);
    run(&mut install, "the pinned libraries cannot be installed");
    fs::write(stamp, wanted).expect("a file below target");
    python
}

#[test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
fn aiogram_lives_with_the_fake_of_telegram() {
    let mut suite = Command::new(python());
    suite
        .args(["-m", "unittest", "discover", "--verbose"])
        .current_dir(clients().join("telegram"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("COUNTERSIGN_FAKES", env!("CARGO_BIN_EXE_fakes"));
    run(&mut suite, "see what the suite says");
}
