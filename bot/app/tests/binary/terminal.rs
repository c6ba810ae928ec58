//! The demo in a terminal: keys through a pipe and through a real pseudo-terminal, Ctrl-C once and
//! twice.

use std::{
    fs,
    io::{PipeWriter, Write as _},
    path::Path,
    process::Stdio,
    time::Duration,
};

use rustix::process::Signal;
use tempfile::TempDir;

use crate::program::{BINARY, Program, Ran, command, now, run};

/// How soon the first card has to be there.
const FIRST_CARD: Duration = Duration::from_secs(15);
/// The longest that anything else is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);
/// The last line of a ticket's card that waits.
const CARD: &str = "[Confirm]";
/// Memory that a demo may use at the most, in KiB.
const MEMORY_KIB: u64 = 120 * 1024;

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The arguments of a demo in that folder.
pub(crate) fn demo<'a>(home: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["demo", "--home", home], more].concat()
}

/// A demo whose first card is on the screen.
fn with_a_card(folder: &Path, more: &[&str]) -> Program {
    let home = folder.display().to_string();
    let mut program = Program::start(folder, &demo(&home, more));
    program.expect(&[CARD], FIRST_CARD);
    program
}

pub(crate) fn ended_well(ran: &Ran) {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.err, "", "{}", ran.out);
}

/// Every part is there, one after the other.
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            panic!("no {part:?} in its place in\n{text}");
        };
        rest = after;
    }
}

#[test]
fn a_person_confirms_the_first_card_sees_it_filled_and_quits() {
    let folder = folder();
    let begun = now();
    let mut program = with_a_card(folder.path(), &[]);
    println!("first card after {:.1} s", begun.elapsed().as_secs_f64());
    program.press("n");
    program.press("c");
    program.expect(&["Your yes is recorded"], PATIENCE);
    program.expect(&["confirmed at revision 1", "(terminal)"], PATIENCE);
    // With nothing left to decide, time runs.
    program.press("rrr");
    program.expect(&["broker", "Bought"], PATIENCE);
    program.expect(&["broker", "opened from ticket"], PATIENCE);
    program.press("p");
    program.expect(&["Open positions"], PATIENCE);
    program.expect(&["Limits"], PATIENCE);
    program.press("w");
    let memory = program.peak_memory();
    program.press("q");
    let ran = program.end(PATIENCE);
    ended_well(&ran);
    in_order(
        &ran.out,
        &["Keys:", CARD, "Stopping:", "Daily report", "Stopped with"],
    );
    println!("{memory} KiB at the most");
    assert!(memory <= MEMORY_KIB, "{memory} KiB");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "script(1) has other options here")]
fn keys_count_without_enter_in_a_real_terminal() {
    let folder = folder();
    let begun = now();
    let mut typed = on_a_terminal(folder.path(), &[]);
    typed.expect(&[CARD], FIRST_CARD);
    assert!(begun.elapsed() < FIRST_CARD);
    typed.type_in("c");
    typed.expect(&["Your yes is recorded"], PATIENCE);
    typed.type_in("p");
    typed.expect(&["Monitor"], PATIENCE);
    typed.type_in("q");
    let ran = typed.end(PATIENCE);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    in_order(&ran.out, &["Stopping:", "Daily report", "Stopped with"]);
    let stairs = ran.out.lines().filter(|line| !line.trim().is_empty());
    for line in stairs {
        let indent = line.len() - line.trim_start().len();
        assert!(
            indent < 60,
            "a line that does not begin at its left: {line:?}"
        );
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "script(1) has other options here")]
fn ctrl_c_typed_in_a_real_terminal_drains_and_reports() {
    let folder = folder();
    let mut typed = on_a_terminal(folder.path(), &[]);
    typed.expect(&[CARD], FIRST_CARD);
    typed.type_in("\u{3}");
    let ran = typed.end(PATIENCE);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    in_order(&ran.out, &["Stopping:", "Daily report", "Stopped with"]);
}

/// A demo whose input and output are a terminal's.
fn on_a_terminal(folder: &Path, more: &[&str]) -> Program {
    let home = folder.display().to_string();
    let line = format!("{BINARY} {}", demo(&home, more).join(" "));
    let mut script = command("script", folder);
    script
        .env("SHELL", "/bin/sh")
        .env("TERM", "xterm")
        .args(["--quiet", "--return", "--flush", "--command", &line])
        .arg("/dev/null");
    Program::of(script)
}

/// Settings under which the first scan is seconds away, and an order is on its way for a minute of the
/// market's time.
const SLOW_BROKER: [&str; 6] = [
    "--set",
    "demo.start=2026-03-17T10:49:55",
    "--set",
    "paper.latency_ms=60000",
    "--set",
    "trade.entry_walk.every_s=120",
];

/// A demo with an entry on its way, and everything else decided.
pub(crate) fn with_an_order(folder: &Path, speed: &str) -> Program {
    let more = [&["--speed", speed][..], &SLOW_BROKER].concat();
    let mut program = with_a_card(folder, &more);
    program.press("c");
    program.expect(&["confirmed at revision 1"], PATIENCE);
    program.press("rrr");
    program
}

#[test]
fn ctrl_c_finishes_what_is_on_its_way_takes_nothing_new_and_closes_nothing() {
    let folder = folder();
    let program = with_an_order(folder.path(), "30");
    program.signal(Signal::INT);
    let ran = program.end(PATIENCE);
    ended_well(&ran);
    in_order(
        &ran.out,
        &[
            "Stopping: no new entries",
            "Bought",
            "Daily report",
            "Stopped with 1 open position and no live order.",
        ],
    );
    let (_, drained) = ran.out.split_once("Stopping:").expect("it drained");
    assert!(!drained.contains("offered:"), "{drained}");
    assert!(!drained.contains("Exit of position"), "{drained}");
}

#[test]
fn a_supervisor_that_asks_for_the_end_gets_it_the_same_way() {
    let folder = folder();
    let program = with_a_card(folder.path(), &[]);
    program.signal(Signal::TERM);
    let ran = program.end(PATIENCE);
    ended_well(&ran);
    in_order(&ran.out, &["Stopping:", "Daily report", "Stopped with"]);
}

#[test]
fn a_second_ctrl_c_stops_at_once_and_the_next_start_finds_everything() {
    let folder = folder();
    let mut program = with_an_order(folder.path(), "1");
    program.signal(Signal::INT);
    program.expect(&["Stopping:"], PATIENCE);
    let begun = now();
    program.signal(Signal::INT);
    let ran = program.end(Duration::from_secs(5));
    assert_eq!(ran.code, Some(130), "{ran:?}");
    assert!(!ran.out.contains("Daily report"), "{}", ran.out);
    println!("stopped after {:.3} s", begun.elapsed().as_secs_f64());

    let home = folder.path().display().to_string();
    let more = [&["--speed", "max", "--minutes", "0"][..], &SLOW_BROKER].concat();
    let ran = run(folder.path(), &demo(&home, &more));
    ended_well(&ran);
    assert!(
        ran.out.contains("no open position and no live order"),
        "{}",
        ran.out
    );
}

#[test]
fn a_demo_goes_on_where_it_stopped() {
    let folder = folder();
    let mut program = with_an_order(folder.path(), "30");
    program.expect(&["Bought"], PATIENCE);
    program.press("q");
    let first = program.end(PATIENCE);
    ended_well(&first);
    let home = folder.path().display().to_string();
    let mut again = Program::start(folder.path(), &demo(&home, &[]));
    again.expect(&["recovery found everything in order"], PATIENCE);
    again.press("p");
    again.expect(&["over 1 open position"], PATIENCE);
    again.press("q");
    let second = again.end(PATIENCE);
    ended_well(&second);
    let last_of_first = times(&first.out).last().cloned().expect("a time");
    let first_of_second = times(&second.out).first().cloned().expect("a time");
    assert!(
        last_of_first <= first_of_second,
        "{last_of_first} and then {first_of_second}"
    );
    assert!(!second.out.contains("Settings in force"), "told once");
}

/// The market's times at the beginnings of lines, as `HH:MM:SS`.
fn times(out: &str) -> Vec<String> {
    let line = |line: &str| {
        let (time, _) = line.split_once(" EDT · ")?;
        (time.len() == 8).then(|| time.to_owned())
    };
    out.lines().filter_map(line).collect()
}

#[test]
fn one_home_is_for_one_demo() {
    let folder = folder();
    let home = folder.path().display().to_string();
    let first = with_a_card(folder.path(), &[]);
    let second = run(folder.path(), &demo(&home, &["--minutes", "1"]));
    let sentence = second.refused();
    assert!(sentence.contains("another process"), "{sentence}");
    drop(first);
}

// R64
#[test]
fn without_a_command_it_is_a_demo_that_leaves_nothing_behind() {
    // An empty folder, an empty environment and no argument: what a clean machine has.
    let folder = folder();
    let begun = now();
    let mut program = Program::start(folder.path(), &[]);
    program.expect(&["Web console: http://127.0.0.1:"], FIRST_CARD);
    program.expect(&["Keys:"], FIRST_CARD);
    program.expect(&[CARD], FIRST_CARD);
    assert!(begun.elapsed() <= FIRST_CARD);
    program.signal(Signal::INT);
    ended_well(&program.end(PATIENCE));
    let left: Vec<_> = fs::read_dir(folder.path())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_demo_by_itself_trades_reports_and_ends() {
    let folder = folder();
    let home = folder.path().display().to_string();
    let more = ["--auto-confirm", "--speed", "max", "--minutes", "60"];
    let ran = run(folder.path(), &demo(&home, &more));
    ended_well(&ran);
    in_order(
        &ran.out,
        &[
            "Standing approval",
            "confirmed at revision 1 by standing approval",
            "Bought",
            "opened from ticket",
            "closed",
            "Daily report",
            "Stopped with no open position and no live order.",
        ],
    );
}

/// Writes into a pipe until it is full, and for as long as its reader is there.
fn fill(mut pipe: PipeWriter) {
    std::thread::spawn(move || while pipe.write_all(&[b'-'; 4_096]).is_ok() {});
}

#[test]
fn a_reader_who_has_paused_stops_neither_time_nor_exits() {
    let folder = folder();
    let home = folder.path().display().to_string();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    fill(writer.try_clone().expect("its other end"));
    // The pipe is full before the first line.
    std::thread::sleep(Duration::from_millis(200));
    let more = ["--auto-confirm", "--speed", "max", "--minutes", "60"];
    let mut child = command(BINARY, folder.path())
        .args(demo(&home, &more))
        .stdin(Stdio::null())
        .stdout(writer)
        .spawn()
        .expect("the binary starts");
    let begun = now();
    let ended = loop {
        if let Some(status) = child.try_wait().expect("its status") {
            break Some(status);
        }
        if begun.elapsed() > PATIENCE {
            // It would stand still for ever.
            let _ = child.kill();
            let _ = child.wait();
            break None;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    drop(reader);
    let status = ended.expect("its hour passes while nobody reads");
    assert!(status.success(), "{status}");

    let told = run(
        folder.path(),
        &demo(&home, &["--speed", "max", "--minutes", "0"]),
    );
    ended_well(&told);
    let (_, report) = told.out.split_once("Daily report").expect("a report");
    assert!(report.contains("stop"), "a rule closed something: {report}");
    assert!(
        report.contains("no open position and no live order"),
        "{report}"
    );
}

#[test]
fn keys_are_told_only_where_somebody_may_press_them() {
    let told = |ran: &Ran| ran.out.lines().any(|line| line.starts_with("Keys:"));
    let folder = folder();
    let home = folder.path().display().to_string();
    let short = ["--minutes", "0", "--set", "web.port=0"];
    let piped = |more: &[&str]| {
        let args = demo(&home, &[&short[..], more].concat());
        Program::start(folder.path(), &args).end(PATIENCE)
    };
    assert!(told(&piped(&[])), "a pipe can press");
    assert!(!told(&piped(&["--auto-confirm"])), "nobody is asked");
    let null = run(folder.path(), &demo(&home, &short));
    ended_well(&null);
    assert!(!told(&null), "nothing can press: {}", null.out);
}
