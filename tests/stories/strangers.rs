//! Strangers who press and write without end.

use std::sync::Arc;

use countersign_cards::{Locale, command::parse_text};
use countersign_chat::{Asker, Reply, Talk};
use countersign_desk::strangers::{MOST, MOST_OF_ONE};
use countersign_domain::{
    event::Fact,
    operator::{Actor, Identity, Room, Surface},
    refusal::Refusal,
};
use countersign_tests::{World, secs};

use crate::scene::refusals;

/// What somebody is answered who writes, or presses what no card carries.
fn asks(world: &mut World, who: &Identity, line: &str) -> Reply {
    let asker = Asker {
        who: who.clone(),
        key: world.hand(who.surface, "bo").key.expect("a key"),
        room: Room::of(who.surface),
    };
    let talk = Talk::new(world.desk(), Arc::new(Locale::english()));
    let read = parse_text(line, "a_bot").expect("a command");
    world.act(async |_| talk.command(&asker, read.clone()).await)
}

fn stranger(number: usize) -> Identity {
    Identity {
        surface: Surface::Telegram,
        user: format!("{}", 9_000_000 + number),
    }
}

/// Rows of strangers in the log.
fn rows(world: &World) -> usize {
    let strangers = |(actor, ..): &(Actor, String, Refusal)| matches!(actor, Actor::Stranger(_));
    refusals(world).iter().filter(|it| strangers(it)).count()
}

/// How many the log says were not heard, row by row.
fn unheard(world: &World) -> Vec<u64> {
    let told = |row: countersign_desk::ports::StoredEvent| match row.event.fact {
        Fact::StrangersUnheard { count } => Some(count),
        _ => None,
    };
    world.events().into_iter().filter_map(told).collect()
}

// R26 R28
#[test]
fn a_stranger_without_end_fills_no_log_and_is_told_the_same() {
    let mut world = World::new();
    let mallory = stranger(0);
    let first = asks(&mut world, &mallory, "/positions");
    for _ in 1..200 {
        assert_eq!(asks(&mut world, &mallory, "/positions"), first);
    }
    assert_eq!(rows(&world), MOST_OF_ONE);
    assert_eq!(unheard(&world), [1]);
    // What was only counted is told with the next row, when it is due.
    world.advance(secs(700));
    asks(&mut world, &mallory, "/positions");
    assert_eq!(rows(&world), MOST_OF_ONE + 1);
    assert_eq!(unheard(&world), [1, 189]);
}

// R26 R28
#[test]
fn many_strangers_have_a_measure_together_and_who_is_on_the_list_has_none() {
    let mut world = World::new();
    for number in 0..150 {
        asks(&mut world, &stranger(number), "/positions");
    }
    assert_eq!(rows(&world), MOST);
    // Cy only looks: what he may not do is written down each time, also now.
    let cy = world.hand(Surface::Telegram, "cy").who;
    let before = refusals(&world).len();
    for _ in 0..50 {
        asks(&mut world, &cy, "/resume all clear");
    }
    assert_eq!(refusals(&world).len(), before + 50);
    assert_eq!(rows(&world), MOST);
}
