//! Files of what was executed and decided, asked for in a chat.

use std::collections::BTreeSet;

use countersign_cards::{
    Locale,
    command::{Asked, Days, Format, Period, parse_text},
    export::COLUMNS,
};
use countersign_chat::{Asker, File, Reply, Talk};
use countersign_domain::{
    money::Usd,
    operator::{Role, Room, Surface},
    refusal::Refusal,
};
use countersign_tests::{
    Button::{Close, Confirm, Decline},
    World, secs,
};
use jiff::{ToSpan as _, civil::date};

use crate::scene::{holding, no_plan};

/// What somebody is answered on Telegram.
fn told(world: &mut World, who: &str, line: &str) -> Reply {
    let press = world.hand(Surface::Telegram, who);
    let asker = Asker {
        who: press.who.clone(),
        key: press.key.clone().expect("a key"),
        room: Room::of(Surface::Telegram),
    };
    let desk = world.desk();
    let talk = Talk::new(desk, std::sync::Arc::new(Locale::english()));
    let read = parse_text(line, "a_bot").expect("a command");
    world.act(async |_| talk.command(&asker, read.clone()).await)
}

fn file(world: &mut World, who: &str, line: &str) -> File {
    match told(world, who, line) {
        Reply::File(file) => file,
        other => panic!("{other:?}"),
    }
}

/// The rows of a file of which no cell is quoted.
fn rows(file: &File) -> Vec<Vec<String>> {
    let text = String::from_utf8(file.bytes.clone()).expect("text");
    assert!(!text.contains('"'), "{text}");
    let lines = text.lines();
    let row = |line: &str| line.split(',').map(str::to_owned).collect();
    lines.map(row).collect()
}

fn cells(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let place = COLUMNS.iter().position(|it| *it == name).expect("a column");
    let rows = rows.iter().skip(1);
    rows.map(|row| row[place].clone()).collect()
}

// R27
#[test]
fn a_trader_gets_a_file_in_which_everything_that_was_executed_adds_up() {
    let mut world = holding(no_plan());
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(15));
    let position = world.position().expect("it was bought");
    assert!(position.state.is_closed(), "{:?}", position.state);
    world.offer();
    let why = countersign_domain::ticket::DeclineReason::Price;
    world.press("ana", Decline(why)).expect("Ana may");

    let csv = file(&mut world, "ana", "/export csv");
    assert_eq!(csv.name.rsplit('.').next(), Some("csv"));
    let rows = rows(&csv);
    let sum = |name: &str| -> Usd {
        let cells = cells(&rows, name).into_iter();
        let cells = cells.filter(|cell| !cell.is_empty());
        cells
            .map(|cell| cell.parse::<Usd>().expect("an amount"))
            .sum()
    };
    assert_eq!(sum("realised_pnl"), position.realised());
    assert_eq!(sum("fee"), position.fees);
    let told: Vec<_> = cells(&rows, "kind")
        .into_iter()
        .zip(cells(&rows, "decision"))
        .collect();
    let decided = |word: &str| told.contains(&("decision".to_owned(), word.to_owned()));
    assert!(decided("confirmed") && decided("declined"), "{told:?}");
    let people: BTreeSet<_> = cells(&rows, "decided_by").into_iter().collect();
    assert_eq!(people, BTreeSet::from(["ana".to_owned()]));
    let tickets: BTreeSet<_> = cells(&rows, "ticket").into_iter().collect();
    assert_eq!(tickets.len(), 2);
    let executions: BTreeSet<_> = cells(&rows, "execution").into_iter().collect();
    let broker = world.broker.executions().len();
    assert_eq!(
        executions.len() - 1,
        broker,
        "each once, and decisions have none"
    );

    let json = file(&mut world, "ana", "/export json day");
    let lines: serde_json::Value = serde_json::from_slice(&json.bytes).expect("JSON");
    assert_eq!(lines.as_array().map(Vec::len), Some(rows.len() - 1));
}

#[test]
fn days_are_those_of_new_york_and_both_ends_count() {
    let mut world = holding(no_plan());
    let all = rows(&file(&mut world, "bo", "/export csv")).len();
    assert!(all > 1);
    for (line, found) in [
        ("/export csv 2026-03-02", all),
        ("/export csv 2026-02-01..2026-03-02", all),
        ("/export csv 2026-03-02..2026-03-31", all),
        ("/export csv 2026-03-03..2026-03-31", 1),
        ("/export csv 2026-02-01..2026-03-01", 1),
        ("/export csv week", all),
    ] {
        assert_eq!(rows(&file(&mut world, "bo", line)).len(), found, "{line}");
    }
    // A position that was bought before is sold within them: its profit is known all the same.
    let next = world.now() + 24.hours();
    world.jump(next);
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(15));
    let position = world.position().expect("it was bought");
    assert!(position.state.is_closed(), "{:?}", position.state);
    let sold = rows(&file(&mut world, "bo", "/export csv 2026-03-03"));
    let realised: Usd = cells(&sold, "realised_pnl")
        .into_iter()
        .map(|cell| cell.parse::<Usd>().expect("an amount"))
        .sum();
    assert_eq!(realised, position.realised());
    assert!(
        cells(&sold, "effect")
            .iter()
            .all(|effect| effect == "close")
    );
}

#[test]
fn days_are_read_from_a_word_a_day_or_two_of_them() {
    let read = |line: &str| parse_text(line, "a_bot").expect("a command");
    let (first, last) = (date(2026, 1, 1), date(2026, 3, 31));
    for (line, days) in [
        ("/export csv", Days::Of(Period::All)),
        ("/export csv Month", Days::Of(Period::Month)),
        ("/export csv 2026-01-01", Days::Between(first, first)),
        (
            "/export csv 2026-01-01..2026-03-31",
            Days::Between(first, last),
        ),
    ] {
        assert_eq!(read(line), Ok(Asked::Export(Format::Csv, days)), "{line}");
    }
    for line in [
        "/export csv 2026-03-31..2026-01-01",
        "/export csv 2026-01-01..",
        "/export csv ..",
        "/export csv year",
    ] {
        assert!(read(line).is_err(), "{line}");
    }
}

// R28
#[test]
fn who_may_only_look_gets_no_file_and_leaves_a_trace() {
    let mut world = World::new();
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    for who in ["cy", "eve"] {
        let reply = told(&mut world, who, "/export csv");
        assert!(reply.is_bad(), "{reply:?}");
    }
    let (needs, has) = (Role::Trader, Some(Role::Viewer));
    let noted = crate::scene::refusals(&world);
    let verbs: Vec<_> = noted.iter().map(|(_, verb, _)| verb.as_str()).collect();
    assert_eq!(verbs, ["export", "export"]);
    assert_eq!(noted[0].2, Refusal::NotPermitted { needs, has });
}
