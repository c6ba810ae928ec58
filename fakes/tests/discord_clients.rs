//! The fake of Discord serves a library that somebody else wrote: discord.py, in `clients/discord`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs a command; what it said is shown when it fails.
fn run(what: &str, command: &mut Command) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|why| panic!("{what}: {why}"));
    let said = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    assert!(
        output.status.success(),
        "{what}: {}\n{}",
        output.status,
        String::from_utf8_lossy(&said)
    );
    output
}

/// A virtual environment with what the suite needs; made again when that changes.
fn environment(suite: &Path) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("discord-clients");
    let (wanted, made) = (
        suite.join("requirements.txt"),
        place.join("requirements.txt"),
    );
    let needs = std::fs::read(&wanted).expect("the suite's requirements");
    let python = place.join("bin/python");
    if std::fs::read(&made).ok().as_ref() != Some(&needs) {
        run(
            "a virtual environment",
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&place),
        );
        let install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
        ];
        run(
            "the suite's libraries",
            Command::new(&python).args(install).arg(&wanted),
        );
        std::fs::write(&made, needs).expect("a note of what is installed");
    }
    python
}

#[test]
fn discord_py_connects_registers_answers_and_resumes() {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients/discord");
    let python = environment(&suite);
    let mut command = Command::new(python);
    command
        .args(["-B", "-m", "unittest", "discover", "-v"])
        .current_dir(&suite);
    command.env("COUNTERSIGN_DISCORD_FAKE", env!("CARGO_BIN_EXE_discord"));
    let output = run("the suite", &mut command);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("\nOK"), "{said}");
    assert!(!said.contains("skipped"), "{said}");
}
