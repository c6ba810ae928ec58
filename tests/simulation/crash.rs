//! Crashing a trade at each of its boundaries.

use std::sync::Arc;

use countersign_tests::{
    World,
    place::{Database, Place},
};

use crate::trades::{
    LOST_EXIT, LOST_NOTHING, LOST_STANDS, PARTIAL, SIMPLE, STUCK, Trade, WALK, could_end,
};

/// What is wrong with a world whose story has been told.
fn verdict(world: &mut World) -> Result<(), String> {
    world.settle();
    let mut broken = world.check();
    for ending in world.endings() {
        if !could_end(&ending) {
            broken.push(format!("no uncrashed run ends like this: {ending:?}"));
        }
    }
    if broken.is_empty() {
        Ok(())
    } else {
        Err(broken.join("\n"))
    }
}

/// Runs a trade clean, counts its boundaries, and crashes it at each of them.
fn exhaust(trade: &Trade, database: Database) {
    let place = Arc::new(Place::new(database));
    let mut clean = trade.world(&place);
    let before = clean.power().counted();
    (trade.tell)(&mut clean);
    let after = clean.power().counted();
    if let Err(broken) = verdict(&mut clean) {
        panic!("{} uncrashed: {broken}\n\n{}", trade.name, clean.story());
    }
    drop(clean);
    let mut crashed = 0;
    let mut failures = Vec::new();
    for boundary in before + 1..=after {
        let mut world = trade.world(&place);
        world.power().fail_at(&[boundary]);
        (trade.tell)(&mut world);
        crashed += u64::from(world.power().failures().len() == 1);
        if let Err(broken) = verdict(&mut world) {
            let at = world.power().failures().join(", ");
            failures.push(format!("crashed at {at}: {broken}\n\n{}", world.story()));
        }
    }
    let counted = after - before;
    println!(
        "{} on {database:?}: boundaries crashed = {crashed}, counted = {counted}",
        trade.name
    );
    assert_eq!(crashed, counted, "{}", trade.name);
    for failure in &failures {
        println!("{}", failure.split("\n\n").next().unwrap_or_default());
    }
    if let Some(first) = failures.first() {
        panic!(
            "{}: {} failures; the first: {first}",
            trade.name,
            failures.len()
        );
    }
}

fn everywhere(trade: &Trade) {
    for database in Database::all() {
        exhaust(trade, database);
    }
}

// R2
#[test]
fn a_simple_trade_survives_a_crash_at_every_boundary() {
    everywhere(&SIMPLE);
}

// R2
#[test]
fn a_partial_fill_survives_a_crash_at_every_boundary() {
    everywhere(&PARTIAL);
}

// R2
#[test]
fn a_walk_with_replace_survives_a_crash_at_every_boundary() {
    everywhere(&WALK);
}

// R2
#[test]
fn a_lost_answer_whose_order_stands_survives_a_crash_at_every_boundary() {
    everywhere(&LOST_STANDS);
}

// R2
#[test]
fn a_lost_answer_to_nothing_survives_a_crash_at_every_boundary() {
    everywhere(&LOST_NOTHING);
}

// R2
#[test]
fn a_lost_exit_survives_a_crash_at_every_boundary() {
    everywhere(&LOST_EXIT);
}

// R2
#[test]
fn a_stuck_exit_survives_a_crash_at_every_boundary() {
    everywhere(&STUCK);
}
