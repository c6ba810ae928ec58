//! `countersign audit verify`: edits, removals and a cut with a new end are seen.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use countersign_app::{
    absent::NoMarket,
    audit::{anchor, anchor_file, anchor_newest},
    clock::SystemClock,
    compose::{Parts, paper_desk},
    config::Config,
    ids::SystemIds,
};
use countersign_desk::{Desk, desk::DeskAsk, press::Press};
use countersign_domain::{
    ids::DeskId,
    operator::{Identity, Surface},
};

use crate::place::Place;

/// A desk in this home, recovered.
async fn desk(home: &Path) -> Arc<Desk> {
    let config = Config::built_in().expect("valid");
    let clock = Arc::new(SystemClock::start());
    let parts = Parts {
        home,
        clock: clock.clone(),
        ids: Arc::new(SystemIds::new(clock)),
        market: Arc::new(NoMarket),
        chats: Vec::new(),
        holder: "test".to_owned(),
    };
    let desk = paper_desk(&config, parts).await.expect("a desk");
    desk.recover().await.expect("recovered");
    desk
}

async fn reduce(desk: &Desk, reason: &str) {
    let press = Press {
        who: Identity {
            surface: Surface::Cli,
            user: "local".to_owned(),
        },
        key: None,
    };
    let done = desk.ask_desk(press, DeskAsk::Halt, reason).await;
    done.unwrap_or_else(|refusal| panic!("{refusal:?}"));
}

/// A home in which a desk wrote these reasons and stopped cleanly, with its anchor.
fn worked(place: &Place, reasons: &[&str]) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let desk = desk(&place.home()).await;
        for reason in reasons {
            reduce(&desk, reason).await;
        }
        desk.stop().await.expect("stopped");
        let store = desk.store();
        let anchored = anchor_newest(&place.home(), store.as_ref(), desk.id()).await;
        anchored.expect("anchored");
    });
}

/// The database's file once everything is in it: the last to close it moves its log into it.
fn closed(place: &Place) -> PathBuf {
    let log = place.home().join("countersign.db-wal");
    for _ in 0..100 {
        place.run(&["migrate"]).good();
        if !log.exists() {
            return place.home().join("countersign.db");
        }
    }
    panic!("the database is still open");
}

/// Replaces bytes in the closed database, as somebody with a hex editor would.
fn edit(place: &Place, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let path = closed(place);
    let mut bytes = fs::read(&path).expect("the database");
    let at = bytes
        .windows(from.len())
        .position(|found| found == from.as_bytes());
    let at = at.expect("the text is in the file");
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    fs::write(&path, bytes).expect("written");
}

// R61
#[test]
fn a_whole_chain_is_told_with_its_rows_head_and_anchor() {
    let place = Place::new();
    worked(&place, &["lunch", "rain"]);
    let said = place.run(&["audit", "verify"]).good();
    let start = said
        .strip_prefix("desk (")
        .unwrap_or_else(|| panic!("{said}"));
    let (_, rest) = start.split_once("): sound, ").expect("a verdict");
    let (rows, rest) = rest.split_once(" rows, head ").expect("rows");
    assert!(rows.parse::<u64>().expect("a number") >= 2, "{said}");
    let (head, rest) = rest
        .split_once("; the anchor of the last clean stop is in it, as event ")
        .expect("an anchor");
    assert_eq!(head.len(), 64);
    assert!(rest.contains('.'), "{said}");
    assert_eq!(
        place.run(&["audit", "verify", "--desk", "desk"]).good(),
        said
    );
}

// R61
#[test]
fn an_edited_row_is_named() {
    let place = Place::new();
    worked(&place, &["lunch", "rain"]);
    edit(&place, "\"lunch\"", "\"bribe\"");
    let ran = place.run(&["audit", "verify"]);
    assert!(ran.out.ends_with("NOT whole\n"), "{ran:?}");
    let sentence = ran.refused();
    assert!(
        sentence.starts_with("the audit chain of desk ("),
        "{sentence}"
    );
    assert!(sentence.contains("): is broken at row "), "{sentence}");
    assert!(
        sentence.ends_with("it does not follow from the row before"),
        "{sentence}"
    );
}

// R61
#[test]
fn a_chain_that_was_cut_and_given_a_new_end_is_seen_by_its_anchor() {
    let place = Place::new();
    worked(&place, &["lunch"]);
    let earlier = fs::read(closed(&place)).expect("the database");
    worked(&place, &["rain"]);
    // The older file is whole in itself: its head was committed with its rows.
    fs::write(closed(&place), earlier).expect("written");
    let sentence = place.run(&["audit", "verify"]).refused();
    assert!(
        sentence.contains("does not hold the anchor of the last clean stop"),
        "{sentence}"
    );
}

// R61
#[test]
fn a_chain_that_grew_after_the_anchor_is_whole() {
    let place = Place::new();
    worked(&place, &["lunch"]);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        // It ends without a clean stop.
        let desk = desk(&place.home()).await;
        for _ in 0..100 {
            reduce(&desk, "rain").await;
        }
    });
    drop(runtime);
    let said = place.run(&["audit", "verify"]).good();
    assert!(said.contains("is in it, as event 4.1"), "{said}");
}

#[test]
fn an_anchor_is_replaced_whole_and_a_strange_one_refused() {
    let place = Place::new();
    worked(&place, &["lunch"]);
    let id = Config::built_in().expect("valid").desk_id();
    let file = anchor_file(&place.home(), id);
    let before = fs::read_to_string(&file).expect("an anchor");
    assert_eq!(before.trim_end().len(), 64);
    anchor(&place.home(), id, &"0".repeat(64)).expect("written");
    let sentence = place.run(&["audit", "verify"]).refused();
    assert!(sentence.contains("does not hold the anchor"), "{sentence}");
    fs::write(&file, "mine").expect("written");
    let sentence = place.run(&["audit", "verify"]).refused();
    assert!(sentence.contains("holds no hash"), "{sentence}");
    fs::remove_file(&file).expect("removed");
    assert!(
        place
            .run(&["audit", "verify"])
            .good()
            .contains("no clean stop has left an anchor yet")
    );
}

// R61
#[test]
fn a_desk_that_is_gone_with_its_whole_log_is_missed() {
    let place = Place::new();
    worked(&place, &["lunch"]);
    let id = Config::built_in().expect("valid").desk_id();
    let gone = anchor_file(&place.home(), DeskId::from_bits(7));
    fs::rename(anchor_file(&place.home(), id), &gone).expect("renamed");
    let ran = place.run(&["audit", "verify"]);
    assert!(ran.out.contains("NOT whole"), "{}", ran.out);
    let sentence = ran.refused();
    assert!(sentence.contains("gone with its whole log"), "{sentence}");
    fs::remove_file(&gone).expect("removed");
    place.run(&["audit", "verify"]).good();
}

#[test]
fn a_desk_that_is_not_there_and_a_database_that_is_not_there_are_named() {
    let place = Place::new();
    let sentence = place.run(&["audit", "verify"]).refused();
    assert!(sentence.contains("there is no database at"), "{sentence}");
    assert!(place.kept().is_empty());
    worked(&place, &["lunch"]);
    let sentence = place.run(&["audit", "verify", "--desk", "dusk"]).refused();
    assert_eq!(
        sentence,
        "there is no desk \"dusk\" in this database; it holds: \"desk\""
    );
}

#[test]
fn a_database_without_desks_has_nothing_to_verify() {
    let place = Place::new();
    place.run(&["migrate"]).good();
    let said = place.run(&["audit", "verify"]).good();
    assert_eq!(
        said,
        "no desk has been in this database yet: there is nothing to verify\n"
    );
}
