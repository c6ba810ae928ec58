//! `countersign desk ...` beside a desk of a demo that has ended, with one position open.

use std::{fs, path::Path, process::Stdio};

use tempfile::TempDir;

use crate::{
    program::{BINARY, Ran, command, run},
    terminal::{PATIENCE, demo, ended_well, folder, with_an_order},
};

/// Settings that name the demo's desk.
const DESK: [&str; 4] = ["--set", "desk.name=demo", "--set", "paper.account=demo"];

/// What is said when nothing that is asked for can happen.
const NOBODY: &str = "No process runs this desk";

/// A home whose demo has ended with one position open.
fn with_a_position() -> TempDir {
    let folder = folder();
    let mut program = with_an_order(folder.path(), "30");
    program.expect(&["Bought"], PATIENCE);
    let running = verb(folder.path(), &["status"]);
    assert!(!running.out.contains(NOBODY), "{}", running.out);
    program.press("q");
    ended_well(&program.end(PATIENCE));
    folder
}

/// A verb of the desk in that home.
fn verb(home: &Path, words: &[&str]) -> Ran {
    let folder = home.display().to_string();
    let args = [&["desk", "--home", &folder], &DESK[..], words].concat();
    run(home, &args)
}

/// The whole id of the one open position.
fn id_in(status: &str) -> &str {
    let (_, positions) = status.split_once("Open positions").expect("a table");
    let row = positions.lines().nth(2).expect("a row");
    row.split_whitespace().next().expect("its id")
}

#[test]
fn a_status_names_the_position_whole_and_close_takes_the_end_of_its_id() {
    let home = with_a_position();
    let status = verb(home.path(), &["status"]);
    ended_well(&status);
    let id = id_in(&status.out).to_owned();
    assert_eq!(id.len(), 26, "{}", status.out);
    for invented in ["Monitor", "Broker", "never", "open before fees"] {
        assert!(!status.out.contains(invented), "{invented}: {}", status.out);
    }
    assert!(status.out.contains("not known here"), "{}", status.out);
    assert!(status.out.starts_with(NOBODY), "{}", status.out);
    assert!(status.out.contains("EDT, Mar 17"), "{}", status.out);

    let other = verb(home.path(), &["close", "ZZZZZZ"]);
    assert!(other.refused().contains("no open position"), "{other:?}");
    let short = verb(home.path(), &["close", &id[24..]]);
    assert!(short.refused().contains("at least its last 4"), "{short:?}");
    let ending = format!("…{}", &id[20..]);
    let closed = verb(home.path(), &["close", &ending]);
    ended_well(&closed);
    assert!(closed.out.contains(NOBODY), "{}", closed.out);
    let closing = verb(home.path(), &["status"]);
    // The process that sees the market makes the exit.
    assert!(closing.out.contains("to be closed"), "{}", closing.out);
}

#[test]
fn a_verb_on_a_demos_desk_happens_in_the_demos_time() {
    let home = with_a_position();
    let before = verb(home.path(), &["status"]);
    assert!(before.out.contains("EDT"), "{}", before.out);
    ended_well(&verb(home.path(), &["flatten", "enough"]));
    let after = verb(home.path(), &["status"]);
    assert!(
        after.out.contains("Everything is being closed"),
        "{}",
        after.out
    );
    let as_of = |ran: &Ran| {
        ran.out
            .lines()
            .find(|line| line.starts_with("As of"))
            .map(str::to_owned)
    };
    assert_eq!(as_of(&before), as_of(&after), "no month has passed");

    let folder = home.path().display().to_string();
    let again = run(
        home.path(),
        &demo(&folder, &["--speed", "max", "--minutes", "0"]),
    );
    ended_well(&again);
    assert!(again.out.contains("Mar 17, 2026"), "{}", again.out);
    let real = run(
        home.path(),
        &[&["run", "--home", &folder], &DESK[..]].concat(),
    );
    assert!(real.refused().contains("--home"), "{real:?}");
}

#[test]
fn a_desk_that_is_not_there_is_answered_with_those_that_are_and_other_trouble_by_its_name() {
    let home = with_a_position();
    let folder = home.path().display().to_string();
    let other = run(home.path(), &["desk", "--home", &folder, "status"]);
    let sentence = other.refused();
    assert!(sentence.contains("there is: \"demo\""), "{sentence}");

    // Another word of the same length in the desk's row, once the database's log is in its file: the
    // last to close it moves it there.
    let database = home.path().join("countersign.db");
    for _ in 0..100 {
        ended_well(&run(home.path(), &["migrate", "--home", &folder]));
        if !home.path().join("countersign.db-wal").exists() {
            break;
        }
    }
    let mut bytes = fs::read(&database).expect("the database");
    let (word, other) = (b"\"worst_loss_per_ticket\"", b"\"worst_lost_per_ticket\"");
    let found = |bytes: &[u8]| bytes.windows(word.len()).position(|at| at == word);
    assert!(found(&bytes).is_some(), "the log is in the file");
    while let Some(at) = found(&bytes) {
        bytes[at..at + other.len()].copy_from_slice(other);
    }
    fs::write(&database, bytes).expect("a damaged one");
    let damaged = verb(home.path(), &["status"]);
    let sentence = damaged.refused();
    assert!(!sentence.contains("there is no desk"), "{sentence}");
    assert!(sentence.contains("worst_loss_per_ticket"), "{sentence}");
}

#[test]
fn output_that_nobody_reads_or_no_disk_takes_is_no_panic() {
    let home = with_a_position();
    let folder = home.path().display().to_string();
    let args = [&["desk", "--home", &folder], &DESK[..], &["status"]].concat();
    let full = fs::File::options().write(true).open("/dev/full");
    for (out, code) in [(full.ok(), Some(1)), (closed_pipe(), Some(0))] {
        let Some(out) = out else {
            continue;
        };
        let mut status = command(BINARY, home.path());
        let done = status.args(&args).stdin(Stdio::null()).stdout(out).output();
        let done = done.expect("the binary starts");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), code, "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

/// The end of a pipe whose reader has gone.
fn closed_pipe() -> Option<fs::File> {
    let (reader, writer) = std::io::pipe().ok()?;
    drop(reader);
    Some(fs::File::from(std::os::fd::OwnedFd::from(writer)))
}

#[test]
fn minutes_beyond_a_year_are_refused_with_a_sentence() {
    let folder = folder();
    for minutes in ["4294967295", "600000", "-1", "soon"] {
        let minutes = format!("--minutes={minutes}");
        let ran = run(folder.path(), &["demo", &minutes]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("--minutes"), "{ran:?}");
        assert!(!ran.err.contains("panicked"), "{ran:?}");
    }
}

#[test]
fn symbols_that_the_synthetic_market_does_not_have_are_refused() {
    let folder = folder();
    let home = folder.path().display().to_string();
    for what in ["demo", "run"] {
        let args = [what, "--home", &home, "--set", "trade.watchlist=SPY,TSLA"];
        let ran = run(folder.path(), &args);
        let sentence = ran.refused();
        assert!(
            sentence.contains("trade.watchlist names TSLA"),
            "{sentence}"
        );
    }
}

#[test]
fn the_help_begins_with_what_the_product_does() {
    let folder = folder();
    for help in ["--help", "-h"] {
        let ran = run(folder.path(), &[help]);
        assert!(ran.out.starts_with("Proposes option trades"), "{}", ran.out);
    }
}

#[test]
fn an_export_tells_every_execution_to_a_spreadsheet_and_to_a_program() {
    let home = with_a_position();
    let csv = verb(home.path(), &["export"]);
    ended_well(&csv);
    let rows: Vec<&str> = csv.out.lines().collect();
    assert!(
        rows[0].starts_with("time_utc,kind,account,mode,"),
        "{}",
        rows[0]
    );
    let fill = rows.iter().find(|row| row.contains(",fill,demo,PAPER,"));
    let fill = fill.unwrap_or_else(|| panic!("no execution: {}", csv.out));
    assert!(fill.contains(",buy,open,"), "{fill}");
    assert!(csv.out.contains(",decision,demo,PAPER,"), "{}", csv.out);

    let json_file = home.path().join("trades.json");
    let out = json_file.display().to_string();
    let written = verb(home.path(), &["export", "json", "--out", &out]);
    ended_well(&written);
    assert!(written.out.contains("Account demo"), "{}", written.out);
    let text = fs::read_to_string(&json_file).expect("it was written");
    let json: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let lines = json.as_array().expect("rows");
    assert_eq!(lines.len() + 1, rows.len(), "the same rows");
    assert!(lines.iter().any(|row| row["effect"] == "open"), "{text}");

    // Nothing happened that long ago.
    let none = verb(home.path(), &["export", "--to", "2020-01-01"]);
    ended_well(&none);
    assert_eq!(none.out.lines().count(), 1, "{}", none.out);
}
