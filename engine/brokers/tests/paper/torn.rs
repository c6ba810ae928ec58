//! Journals that a crash or a hand has changed.

use std::fs;

use countersign_brokers::paper::PaperError;

use crate::world::{CALL, World, buy, open};

/// An account with one order, and after it an unrelated second one as the last line.
fn two_orders() -> World {
    let world = World::new();
    world.quote(CALL, "8.00", "8.20");
    world
        .submit(&open("e1", &[buy(CALL)], 1, "1.00"))
        .expect("taken");
    world
        .submit(&open("e2", &[buy(CALL)], 2, "1.00"))
        .expect("taken");
    world
}

fn start_of_last_line(bytes: &[u8]) -> usize {
    let lines = bytes[..bytes.len() - 1]
        .iter()
        .rposition(|byte| *byte == b'\n');
    lines.expect("two lines") + 1
}

#[test]
fn a_last_line_torn_at_any_byte_is_cut_and_the_account_is_as_before_it() {
    let mut world = two_orders();
    let whole = world.journal_bytes();
    let start = start_of_last_line(&whole);
    assert!(whole.len() - start > 100);
    world.shut();
    for end in start..whole.len() {
        fs::write(world.journal(), &whole[..end]).expect("written");
        world.reopen();
        assert_eq!(world.open_orders().len(), 1, "{end}");
        assert_eq!(world.find("e2"), None, "{end}");
        assert_eq!(world.journal_bytes(), whole[..start], "{end}");
        // Its name is free again, for nobody was told of it.
        world
            .submit(&open("e2", &[buy(CALL)], 2, "1.00"))
            .expect("taken");
        assert_eq!(world.journal_bytes(), whole, "{end}");
        world.shut();
    }
}

#[test]
fn a_last_line_whose_bytes_never_reached_the_disk_is_cut() {
    let mut world = two_orders();
    let whole = world.journal_bytes();
    let start = start_of_last_line(&whole);
    world.shut();
    let mut holed = whole.clone();
    holed[start + 10..start + 60].fill(0);
    fs::write(world.journal(), &holed).expect("written");
    world.reopen();
    assert_eq!(world.open_orders().len(), 1);
    assert_eq!(world.journal_bytes(), whole[..start]);
}

/// What opening says of a journal whose bytes were changed.
fn complaint(change: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut world = two_orders();
    let mut bytes = world.journal_bytes();
    world.shut();
    change(&mut bytes);
    fs::write(world.journal(), &bytes).expect("written");
    let error = world.try_open().err().expect("refused");
    assert_eq!(world.journal_bytes(), bytes, "it was left alone");
    let path = world.journal().display().to_string();
    let words = error.to_string().replace(&path, "JOURNAL");
    // A damaged journal, of whatever kind, is answered with what to do.
    let damaged = words.contains(", line ");
    assert_eq!(words.ends_with(FIX), damaged, "{words}");
    words.trim_end_matches(FIX).to_owned()
}

const FIX: &str = "; restore the file from a backup, or move it away to begin a new account";

fn swap(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(bytes.clone()).expect("text");
    assert!(text.contains(from), "{text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

#[test]
fn a_line_that_somebody_changed_is_refused_with_its_number() {
    let words = complaint(|bytes| swap(bytes, "\"seq\":1", "\"seq\":one"));
    assert!(
        words.starts_with("JOURNAL, line 2: expected value"),
        "{words}"
    );

    let words = complaint(|bytes| swap(bytes, "\"seq\":2", "\"seq\":3"));
    assert_eq!(words, "JOURNAL, line 3: line 3 stands where 2 is due");

    let words = complaint(|bytes| swap(bytes, "\"seq\":2", "\"sqe\":2"));
    assert!(
        words.starts_with("JOURNAL, line 3: unknown field `sqe`"),
        "{words}"
    );

    let (from, to) = ("order_id\":\"e2\"", "order_id\":\"e1\"");
    let words = complaint(|bytes| swap(bytes, from, to));
    assert_eq!(words, "JOURNAL, line 3: order e1 is accepted twice");
}

#[test]
fn a_last_line_that_is_whole_and_unreadable_is_no_torn_one() {
    let words = complaint(|bytes| {
        let end = bytes.len() - 2;
        bytes[end] = b'?';
    });
    assert!(words.starts_with("JOURNAL, line 3: "), "{words}");
}

#[test]
fn a_missing_line_is_noticed() {
    let words = complaint(|bytes| {
        let first = bytes
            .iter()
            .position(|byte| *byte == b'\n')
            .expect("a line")
            + 1;
        let second = first
            + bytes[first..]
                .iter()
                .position(|it| *it == b'\n')
                .expect("a line")
            + 1;
        bytes.drain(first..second);
    });
    assert_eq!(words, "JOURNAL, line 2: line 2 stands where 1 is due");
}

#[test]
fn a_journal_without_its_head_is_refused() {
    assert_eq!(
        complaint(Vec::clear),
        "JOURNAL, line 1: the head is missing"
    );
    assert_eq!(
        complaint(|bytes| bytes.truncate(20)),
        "JOURNAL, line 1: the head is missing"
    );
}

#[test]
fn a_journal_of_a_newer_program_or_another_account_is_refused() {
    let words = complaint(|bytes| swap(bytes, "\"version\":2", "\"version\":3"));
    assert_eq!(words, "JOURNAL has version 3; this program reads up to 2");

    let words = complaint(|bytes| swap(bytes, "\"account\":\"paper\"", "\"account\":\"other\""));
    assert_eq!(
        words,
        "JOURNAL, line 1: it belongs to the account other, not paper"
    );
}

#[test]
fn a_folder_that_cannot_be_used_is_named() {
    let mut world = World::new();
    world.shut();
    fs::remove_file(world.journal()).expect("removed");
    fs::create_dir(world.journal()).expect("a folder in its place");
    let error = world.try_open().err().expect("refused");
    assert!(matches!(error, PaperError::Io { .. }));
    assert!(error.to_string().starts_with("cannot read "), "{error}");
}
