//! The account's memory.

use std::{collections::BTreeSet, fs};

use countersign_brokers::paper::{Durability, PaperBroker, PaperConfig, PaperError};
use countersign_desk::ports::{Account, Broker as _, BrokerOrder, BrokerPosition, Found, Report};

use crate::world::{CALL, HIGHER_CALL, World, buy, close, open, sell};

/// Everything that an account tells.
#[derive(Debug, PartialEq)]
struct Told {
    account: Account,
    positions: Vec<BrokerPosition>,
    open_orders: Vec<BrokerOrder>,
    found: Vec<Option<Found>>,
    from_the_start: Vec<Report>,
    from_the_middle: Vec<Report>,
}

fn told(world: &World) -> Told {
    let names = ["e1", "e2", "e3", "x1", "x2", "nothing"];
    Told {
        from_the_start: world.said_after(""),
        from_the_middle: world.said_after("3"),
        account: world.account(),
        positions: world.positions(),
        open_orders: world.open_orders(),
        found: names.iter().map(|name| world.find(name)).collect(),
    }
}

/// A day with everything in it: fills, a partial one, a replacement, a cancellation, a spread, a
/// settlement, and orders that still work.
fn eventful(world: &mut World) {
    world.quote_of(CALL, "3.00", "3.20", 3);
    world.quote(HIGHER_CALL, "1.00", "1.10");
    world
        .submit(&open("e1", &[buy(CALL)], 5, "3.20"))
        .expect("taken");
    world.news();
    world.cancel("e1").expect("cancelled");
    world
        .submit(&close("x1", &[sell(CALL)], 2, "-9.00"))
        .expect("taken");
    world
        .replace("x1", &close("x2", &[sell(CALL)], 2, "-8.00"))
        .expect("replaced");
    world.pass(1_000);
    let index = "SPXW  240118C04800000";
    world.quote(index, "1.00", "1.20");
    world
        .submit(&open("e2", &[buy(index)], 1, "1.20"))
        .expect("taken");
    world.news();
    world.at("2024-01-18 16:30");
    world.quote("SPX", "4810.00", "4810.50");
    world.news();
    world.at("2024-01-19 10:00");
    world.quote_of(CALL, "3.00", "3.20", 2);
    world.quote(HIGHER_CALL, "1.00", "1.10");
    world
        .submit(&open("e3", &[buy(CALL), sell(HIGHER_CALL)], 4, "2.20"))
        .expect("taken");
    world.news();
}

#[test]
fn an_account_reopens_exactly_as_it_was_told() {
    // R41
    let mut world = World::new();
    eventful(&mut world);
    let before = told(&world);
    assert_eq!(before.open_orders.len(), 1);
    assert_eq!(before.positions.len(), 2);
    world.reopen();
    assert_eq!(told(&world), before);

    world.pass(1_000);
    world.quote(CALL, "3.00", "3.20");
    world.quote(HIGHER_CALL, "1.00", "1.10");
    assert_eq!(
        world.news().last().map(String::as_str),
        Some("e3 filled"),
        "it goes on"
    );
}

#[test]
fn what_was_taken_from_a_quote_stays_taken_after_a_reopening() {
    let mut world = World::new();
    world.quote_of(CALL, "3.00", "3.20", 3);
    world
        .submit(&open("e1", &[buy(CALL)], 5, "3.20"))
        .expect("taken");
    world.news();
    world.reopen();
    assert_eq!(world.news(), [""; 0]);
    assert_eq!(world.held(CALL), 3);
}

#[test]
fn a_large_journal_is_compacted_at_opening_and_tells_the_same() {
    let mut world = World::with(|config| config.compact_above_bytes = 1);
    eventful(&mut world);
    let before = told(&world);
    let lines = |world: &World| {
        let text = String::from_utf8(world.journal_bytes()).expect("text");
        text.lines().count()
    };
    let (grown, bytes) = (lines(&world), world.journal_bytes().len());
    world.reopen();
    assert_eq!(lines(&world), 1, "of {grown} lines");
    assert!(world.journal_bytes().len() < bytes);
    assert_eq!(told(&world), before);

    world.pass(1_000);
    world.quote(CALL, "3.00", "3.20");
    world.quote(HIGHER_CALL, "1.00", "1.10");
    world.news();
    assert_eq!(lines(&world), 2, "it goes on after the head");
    let before = told(&world);
    world.reopen();
    assert_eq!(lines(&world), 2, "the head outweighs the one line");
    assert_eq!(told(&world), before);
}

#[test]
fn a_compaction_that_was_interrupted_leaves_the_old_journal() {
    let mut world = World::with(|config| config.compact_above_bytes = 1);
    eventful(&mut world);
    let before = told(&world);
    world.shut();
    let half = world.journal().with_extension("journal.new");
    fs::write(&half, b"{\"version\":1,\"acc").expect("a leftover");
    world.reopen();
    assert_eq!(told(&world), before);
    assert!(!half.exists());
}

#[test]
fn a_cursor_repeats_what_it_told_and_adds_what_is_new() {
    let mut world = World::new();
    world.quote(CALL, "3.00", "3.20");
    world
        .submit(&open("e1", &[buy(CALL)], 1, "3.20"))
        .expect("taken");
    let first = world.said_after("1");
    world
        .submit(&open("e2", &[buy(CALL)], 1, "3.20"))
        .expect("taken");
    let second = world.said_after("1");
    assert_eq!(second[..first.len()], first[..]);
    assert!(second.len() > first.len());
    world.news();
    assert_eq!(world.news(), [""; 0]);
}

#[test]
fn a_cursor_of_another_account_means_the_very_start() {
    let world = World::new();
    world.quote(CALL, "3.00", "3.20");
    world
        .submit(&open("e1", &[buy(CALL)], 1, "3.20"))
        .expect("taken");
    let all = world.said_after("");
    assert_eq!(all.len(), 3);
    assert_eq!(world.said_after("0"), all);
    assert_eq!(world.said_after("977"), all);
    assert_eq!(world.said_after("not ours"), all);
}

#[test]
fn two_brokers_cannot_hold_one_account() {
    // R20
    let mut world = World::new();
    let error = world.try_open().err().expect("in use");
    assert!(matches!(error, PaperError::InUse(_)));
    assert!(
        error
            .to_string()
            .starts_with("the paper account is in use: another process holds ")
    );
    world.reopen();

    let other = PaperConfig {
        account: "second".to_owned(),
        ..world.config.clone()
    };
    let (market, clock) = (world.market.clone(), world.clock.clone());
    PaperBroker::open(world.dir.path(), other, market, clock).expect("another account");
}

#[test]
fn an_account_keeps_its_own_cash_whatever_the_settings_say_later() {
    let mut world = World::new();
    world.config.starting_cash = "5".parse().expect("dollars");
    world.reopen();
    assert_eq!(world.account().cash.to_string(), "100000.00");
}

/// The names of everything executed and of every order, by the broker.
fn names(world: &World) -> BTreeSet<String> {
    let said = world.said_after("");
    let name = |report| match report {
        Report::Execution(execution) => execution.id.0,
        Report::Order(order) => order.broker_id.0,
    };
    said.into_iter().map(name).collect()
}

#[test]
fn an_account_that_is_begun_anew_gives_no_name_twice() {
    let mut world = World::new();
    let trade = |world: &World| {
        world.quote(CALL, "3.00", "3.20");
        let order = open("e1", &[buy(CALL)], 1, "3.20");
        world.submit(&order).expect("taken");
        names(world)
    };
    let first = trade(&world);
    world.shut();
    fs::remove_file(world.journal()).expect("moved away");
    world.pass(1_000);
    world.reopen();
    let second = trade(&world);
    assert_eq!((first.len(), second.len()), (2, 2));
    assert!(first.is_disjoint(&second), "{first:?} and {second:?}");
}

#[test]
fn an_account_of_the_first_version_goes_on_as_it_was() {
    let mut world = World::new();
    world.shut();
    let text = String::from_utf8(world.journal_bytes()).expect("text");
    let (before, rest) = text.split_once("\"born\":").expect("its birth");
    let (_, after) = rest.split_once(',').expect("more");
    let old = format!("{before}{after}").replace("\"version\":2", "\"version\":1");
    fs::write(world.journal(), old).expect("a journal");
    world.reopen();
    eventful(&mut world);
    let before = told(&world);
    assert!(names(&world).contains("paper-1"));
    world.reopen();
    assert_eq!(told(&world), before);
}

#[test]
fn an_account_keeps_its_mark_and_no_other_account_has_it() {
    let (mut one, mut two) = (World::new(), World::new());
    let mark = |world: &mut World, fresh| {
        world.shut();
        let broker = world.try_open().expect("opens").marked(fresh);
        let broker = broker.expect("a mark");
        broker.exclusive().expect("nobody else has it").to_owned()
    };
    let first = mark(&mut one, 1);
    assert_eq!(mark(&mut one, 2), first);
    assert_ne!(mark(&mut two, 3), first);
}

#[test]
fn a_buffered_account_survives_the_end_of_its_process() {
    let mut world = World::with(|config| config.durability = Durability::Buffered);
    eventful(&mut world);
    let before = told(&world);
    world.reopen();
    assert_eq!(told(&world), before);
}

#[test]
fn an_order_whose_answer_was_lost_is_found_after_a_restart() {
    // R34: killed between the journal and the answer.
    let mut world = World::new();
    world.quote(CALL, "3.00", "3.20");
    drop(world.submit(&open("e1", &[buy(CALL)], 1, "3.20")));
    world.reopen();
    let found = world.find("e1").expect("it was kept before the answer");
    assert_eq!(found.executions, []);
    assert_eq!(world.news().len(), 3);
}
