//! The command line: its numbers, its variables, and what it says to do next.

use std::{
    fs::File,
    process::{Command, Stdio},
};

use crate::place::{Place, Ran};

/// Runs the binary with these arguments and variables alone.
fn bare(place: &Place, args: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command
        .env_clear()
        .env("HOME", place.home())
        .env("TMPDIR", place.home())
        .envs(variables.iter().copied())
        .current_dir(place.home())
        .args(args)
        .stdin(Stdio::null());
    let done = command.output().expect("the binary starts");
    Ran {
        code: done.status.code(),
        out: String::from_utf8_lossy(&done.stdout).into_owned(),
        err: String::from_utf8_lossy(&done.stderr).into_owned(),
    }
}

#[test]
fn a_variable_that_is_empty_counts_as_not_set() {
    let place = Place::new();
    let empty = [("COUNTERSIGN_HOME", ""), ("COUNTERSIGN_CONFIG", "")];
    for variables in [&empty[..1], &empty[1..], &empty] {
        let ran = bare(&place, &["check-config"], variables);
        assert_eq!(ran.code, Some(0), "{variables:?}: {ran:?}");
    }
    let file = place.file("desk.toml", "demo.seed = 9");
    let named = [("COUNTERSIGN_CONFIG", file.to_str().expect("UTF-8"))];
    let ran = bare(&place, &["check-config"], &named);
    assert!(ran.out.contains("demo.seed = 9"), "{ran:?}");
}

#[test]
fn a_number_that_is_none_of_an_options_is_answered_with_its_range() {
    let place = Place::new();
    let number = "a seed is a whole number from 0 to 18446744073709551615";
    let minutes = "minutes are a whole number from 0 to 527040, a year";
    let speed = "a speed is a whole number from 1 to 10000, or max";
    for (command, option, value, words) in [
        ("demo", "--seed", "99999999999999999999", number),
        ("demo", "--seed", "-1", number),
        ("run", "--seed", "-1", number),
        ("demo", "--minutes", "99999999", minutes),
        ("demo", "--minutes", "-5", minutes),
        ("demo", "--speed", "-1", speed),
        ("replay", "--speed", "-1", speed),
    ] {
        let ran = place.run(&[command, option, value]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(
            ran.err.contains(words),
            "{command} {option} {value}: {ran:?}"
        );
    }
}

#[test]
fn where_no_desk_has_run_the_advice_keeps_the_home_and_the_settings() {
    let place = Place::new();
    let home = place.home().join("my desk");
    let advice = format!(
        "start one with `countersign run --home '{}' --set desk.name=ours`",
        home.display()
    );
    for command in [["desk", "status"], ["audit", "verify"]] {
        let args = [&command[..], &["--set", "desk.name=ours"]].concat();
        let sentence = place.run_in(&home, &args, &[]).refused();
        assert!(
            sentence.contains("no desk has run there yet; "),
            "{sentence}"
        );
        assert!(sentence.contains(&advice), "{sentence}");
    }
    std::fs::write(place.home().join("countersign.db"), "").expect("a file");
    let sentence = place.run(&["desk", "status"]).refused();
    let advice = format!(
        "run `countersign migrate --home {}`",
        place.home().display()
    );
    assert!(sentence.ends_with(&advice), "{sentence}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_demo_whose_summary_no_disk_takes_says_so_and_fails() {
    let place = Place::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command
        .env_clear()
        .arg("--home")
        .arg(place.home())
        .args(["demo", "--minutes", "0", "--set", "web.port=0"])
        .stdin(Stdio::null());
    let full = File::options().write(true).open("/dev/full");
    let done = command.stdout(full.expect("/dev/full")).output();
    let done = done.expect("the binary starts");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(
        said.starts_with("countersign: cannot write to standard output: No space left"),
        "{said}"
    );

    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let done = command.stdout(writer).output().expect("the binary starts");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!((done.status.code(), said.as_str()), (Some(0), ""));
}

#[test]
fn a_demo_without_a_home_tells_its_own_for_a_look_from_beside_it() {
    let place = Place::new();
    let ran = bare(
        &place,
        &["demo", "--minutes", "0", "--set", "web.port=0"],
        &[],
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let mut lines = ran.out.lines();
    let first = lines.next().unwrap_or_default();
    let home = first.strip_prefix("The home of this demo is ");
    let (home, _) = home.and_then(|rest| rest.split_once(',')).expect(first);
    let beside = [
        format!("countersign desk status --home {home} --set desk.name=demo"),
        format!("countersign audit verify --home {home}"),
    ];
    for wanted in beside {
        assert_eq!(lines.next(), Some(wanted.as_str()), "{}", ran.out);
    }
    assert!(place.kept().is_empty(), "it went away");
    let named = place.run(&["demo", "--minutes", "0", "--set", "web.port=0"]);
    assert!(!named.out.contains("The home of this demo"), "{named:?}");
}
