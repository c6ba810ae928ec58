//! Crashing a trade at each of its boundaries, and again while it recovers.
//!
//! A failure names its point: `CRASH=12` or `CRASH=12,20` repeats it.

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

/// Runs a trade clean and counts its boundaries: before the first, and the last.
fn count(trade: &Trade, place: &Arc<Place>) -> (u64, u64) {
    let mut clean = trade.world(place);
    let before = clean.power().counted();
    (trade.tell)(&mut clean);
    let after = clean.power().counted();
    if let Err(broken) = verdict(&mut clean) {
        panic!("{} uncrashed: {broken}\n\n{}", trade.name, clean.story());
    }
    (before, after)
}

/// Crashes a trade at these boundaries, one after the other. Answers with how often it crashed, and
/// with the story when it has a wrong end.
fn crash(trade: &Trade, place: &Arc<Place>, at: &[u64]) -> (usize, Option<String>) {
    let mut world = trade.world(place);
    world.power().fail_at(at);
    (trade.tell)(&mut world);
    let crashed = world.power().failures().len();
    let broken = verdict(&mut world).err().map(|broken| {
        let places = world.power().failures().join(", ");
        let again: Vec<String> = at.iter().map(u64::to_string).collect();
        let again = again.join(",");
        format!(
            "CRASH={again}: crashed at {places}: {broken}\n\n{}",
            world.story()
        )
    });
    (crashed, broken)
}

/// Crashes a trade at each of these points, and wants a crash at every one and a right end.
fn exhaust(trade: &Trade, database: Database, points: impl Fn(u64) -> Vec<u64>, what: &str) {
    let place = Arc::new(Place::new(database));
    if let Some(point) = told() {
        let (_, broken) = crash(trade, &place, &point);
        assert_eq!(broken, None, "{} on {database:?}", trade.name);
        return;
    }
    let (before, after) = count(trade, &place);
    let (mut crashed, mut counted) = (0, 0);
    let mut failures = Vec::new();
    for boundary in before + 1..=after {
        let point = points(boundary);
        let (times, broken) = crash(trade, &place, &point);
        counted += 1;
        crashed += u64::from(times == point.len());
        failures.extend(broken);
    }
    println!(
        "{} on {database:?}, {what}: boundaries crashed = {crashed}, counted = {counted}",
        trade.name
    );
    for failure in &failures {
        println!("{}", failure.split("\n\n").next().unwrap_or_default());
    }
    assert_eq!(crashed, counted, "{}", trade.name);
    if let Some(first) = failures.first() {
        panic!(
            "{} on {database:?}: {} failures; the first: {first}",
            trade.name,
            failures.len()
        );
    }
}

/// The point that the environment names, to repeat a failure: `CRASH=12`, or `CRASH=12,20`.
fn told() -> Option<Vec<u64>> {
    let text = std::env::var("CRASH").ok()?;
    let number = |one: &str| one.parse().unwrap_or_else(|_| panic!("{one} is no number"));
    Some(text.split(',').map(number).collect())
}

fn everywhere(trade: &Trade) {
    for database in Database::all() {
        exhaust(trade, database, |boundary| vec![boundary], "single");
    }
}

/// Boundaries that every start passes, at the least.
const START: u64 = 20;

/// At every boundary, and then in the start that follows: in turn at each of its boundaries.
fn everywhere_twice(trade: &Trade) {
    let points = |boundary| vec![boundary, boundary + 1 + boundary % START];
    for database in Database::all() {
        exhaust(trade, database, points, "nested");
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

#[test]
fn a_simple_trade_survives_a_second_crash_while_it_recovers_from_the_first() {
    everywhere_twice(&SIMPLE);
}

#[test]
fn a_partial_fill_survives_a_second_crash_while_it_recovers_from_the_first() {
    everywhere_twice(&PARTIAL);
}

#[test]
fn a_walk_with_replace_survives_a_second_crash_while_it_recovers_from_the_first() {
    everywhere_twice(&WALK);
}

#[test]
fn a_lost_answer_whose_order_stands_survives_a_second_crash_while_it_recovers_from_the_first() {
    everywhere_twice(&LOST_STANDS);
}

#[test]
fn a_lost_answer_to_nothing_survives_a_second_crash_while_it_recovers_from_the_first() {
    everywhere_twice(&LOST_NOTHING);
}

#[test]
fn a_lost_exit_survives_a_second_crash_while_it_recovers_from_the_first() {
    everywhere_twice(&LOST_EXIT);
}

#[test]
fn a_stuck_exit_survives_a_second_crash_while_it_recovers_from_the_first() {
    everywhere_twice(&STUCK);
}
