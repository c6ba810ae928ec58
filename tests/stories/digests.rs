//! Digests: what quiet hours held back is told at their end, once and all of it.

use countersign_desk::{ports::CardKey, work::Done};
use countersign_domain::{
    event::Alarm,
    ids::OrderId,
    notices::{MannersChange, Quiet, Volume},
    operator::{Room, Surface},
};
use countersign_tests::{Button::Confirm, Setup, World, chat::Drawn, secs};
use insta::assert_snapshot;
use jiff::{Timestamp, civil::time};

/// Hours and minutes from when until when it is quiet.
type Hours = ((i8, i8), (i8, i8));

/// A world begins at 16:02 in Berlin.
const NIGHT: Hours = ((15, 40), (7, 0));

fn two_rooms() -> World {
    World::with(Setup {
        surfaces: vec![Surface::Web, Surface::Telegram],
        ..Setup::default()
    })
}

/// Sets the quiet hours of the room on Telegram, or switches them off.
fn set(world: &mut World, quiet: Option<Quiet>) {
    let press = world.hand(Surface::Web, "dee");
    let room = Some(Room::of(Surface::Telegram));
    let change = MannersChange::Quiet(quiet);
    let done = world.act(async |desk| desk.set_manners(press.clone(), room, change.clone()).await);
    assert_eq!(done, Ok(Done::Ok));
}

fn quiet(world: &mut World, (from, until): Hours, zone: &str) {
    let of_day = |(hour, minute)| time(hour, minute, 0, 0);
    let hours = Quiet::new(of_day(from), of_day(until), zone);
    set(world, Some(hours.expect("quiet hours")));
}

/// Every drawing of a digest on Telegram: each is drawn once.
fn digests(world: &World) -> Vec<Drawn> {
    let mut drawn = world.chat(Surface::Telegram).drawn();
    drawn.retain(|it| matches!(it.card, CardKey::Digest(..)));
    drawn
}

// R23
#[test]
fn what_quiet_hours_held_back_is_told_at_their_end_once_also_over_crashes() {
    let mut world = two_rooms();
    quiet(&mut world, ((15, 40), (16, 30)), "Europe/Berlin");
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(60));
    world.offer();
    world.broker.behave(|manner| manner.reachable = false);
    world.advance(secs(60));
    world.broker.heal();
    assert_eq!(digests(&world).len(), 0);
    world.crash();
    world.advance(secs(60 * 31));
    let told = digests(&world);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].volume, Volume::Loud);
    assert_snapshot!(told[0].text(), @r"
    PAPER · account PAPER-1 · Main
    While it was quiet

    What made no sound from 16:02:00 CET to 16:30:00 CET. What is critical was told
    at once.

    Tickets offered              2
    Positions opened and closed  1

    16:02:00 CET: Ticket …60TTAA offered: ACME long call 100, Mar 20, 2026, 3
    contracts, pay at most $2.10 per share, worst loss $633.90, until 16:04:00 CET.
    16:02:03 CET: Position …29A59V opened from ticket …60TTAA.
    16:03:00 CET: Ticket …ZNDJY7 offered: ACME long call 100, Mar 20, 2026, 3
    contracts, pay at most $2.10 per share, worst loss $633.90, until 16:05:00 CET.
    ");
    world.crash();
    world.advance(secs(60 * 10));
    assert_eq!(digests(&world).len(), 1);
    let web = world.chat(Surface::Web).drawn();
    assert!(!web.iter().any(|it| matches!(it.card, CardKey::Digest(..))));
}

// R23
#[test]
fn quiet_hours_that_are_switched_off_tell_what_they_held_back() {
    let mut world = two_rooms();
    quiet(&mut world, NIGHT, "Europe/Berlin");
    world.offer();
    world.advance(secs(3));
    set(&mut world, None);
    world.advance(secs(3));
    let told = digests(&world);
    assert_eq!(told.len(), 1);
    let text = told[0].text();
    assert!(text.contains("Tickets offered"), "{text}");
    world.advance(secs(60));
    assert_eq!(digests(&world).len(), 1);
}

// R23
#[test]
fn a_digest_that_comes_while_other_quiet_hours_hold_makes_no_sound() {
    let mut world = two_rooms();
    quiet(&mut world, NIGHT, "Europe/Berlin");
    world.offer();
    world.advance(secs(3));
    world.chat(Surface::Telegram).set_down(true);
    set(&mut world, None);
    world.advance(secs(3));
    quiet(&mut world, NIGHT, "Europe/Berlin");
    world.chat(Surface::Telegram).set_down(false);
    world.advance(secs(3));
    let told = digests(&world);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].volume, Volume::Silent);
}

/// Nothing runs until that time.
fn away_until(world: &mut World, time: &str) {
    let time: Timestamp = time.parse().expect("a time");
    world.set_downtime(time.duration_since(world.now()));
    world.crash();
    world.advance(secs(3));
}

/// Lets time go on until then.
fn until(world: &mut World, time: &str) {
    let time: Timestamp = time.parse().expect("a time");
    world.advance(time.duration_since(world.now()));
}

/// Something that people are warned of; how loudly they were.
fn warned(world: &mut World, order: u128) -> Volume {
    let alarm = Alarm::LateOrder(OrderId::from_bits(order));
    let raised = world.act(async |desk| desk.alarm(alarm.clone()).await);
    raised.expect("the store answers");
    world.advance(secs(3));
    let drawn = world.chat(Surface::Telegram).drawn();
    let mut latest = drawn.iter().rev();
    let alarm = latest.find(|it| matches!(it.card, CardKey::Alarm(..)));
    alarm.expect("it is drawn").volume
}

// R23
#[test]
fn what_was_held_back_before_an_outage_is_told_when_the_desk_is_back_days_later() {
    let mut world = two_rooms();
    quiet(&mut world, ((15, 40), (16, 30)), "Europe/Berlin");
    world.offer();
    world.advance(secs(3));
    away_until(&mut world, "2026-03-05T12:00:00Z");
    world.advance(secs(60));
    let told = digests(&world);
    assert_eq!(told.len(), 1);
    let text = told[0].text();
    assert!(text.contains("Tickets offered"), "{text}");
}

// R23
#[test]
fn quiet_hours_end_once_where_the_clocks_go_back_and_what_they_held_back_is_told_once() {
    let mut world = two_rooms();
    quiet(&mut world, ((22, 0), (2, 30)), "Europe/Berlin");
    // 03:00 becomes 02:00 there at 01:00 universal time.
    away_until(&mut world, "2026-10-25T00:20:00Z");
    assert_eq!(warned(&mut world, 1), Volume::Silent);
    until(&mut world, "2026-10-25T00:40:00Z");
    assert_eq!(warned(&mut world, 2), Volume::Silent);
    until(&mut world, "2026-10-25T01:20:00Z");
    assert_eq!(warned(&mut world, 3), Volume::Silent);
    until(&mut world, "2026-10-25T01:29:57Z");
    assert_eq!(digests(&world).len(), 0);
    until(&mut world, "2026-10-25T01:30:06Z");
    let told = digests(&world);
    assert_eq!(told.len(), 1);
    assert_snapshot!(told[0].text(), @r"
    PAPER · account PAPER-1 · Main
    While it was quiet

    What made no sound from 22:00:00 CEST, Oct 24 to 02:30:00 CET. What is critical
    was told at once.

    Warnings  3

    02:20:03 CEST: Alarm: Lost order turned up. Order …000001 was given up and has
    turned up at the broker. The desk is cancelling it; what it filled counts.
    02:40:00 CEST: Alarm: Lost order turned up. Order …000002 was given up and has
    turned up at the broker. The desk is cancelling it; what it filled counts.
    02:20:00 CET: Alarm: Lost order turned up. Order …000003 was given up and has
    turned up at the broker. The desk is cancelling it; what it filled counts.
    ");
    assert_eq!(warned(&mut world, 4), Volume::Loud);
    until(&mut world, "2026-10-25T03:00:00Z");
    assert_eq!(digests(&world).len(), 1);
}

// R23
#[test]
fn quiet_hours_whose_end_the_clocks_leave_out_end_as_these_go_forward() {
    let mut world = two_rooms();
    quiet(&mut world, ((22, 0), (2, 30)), "America/New_York");
    // 02:00 becomes 03:00 there at 07:00 universal time.
    away_until(&mut world, "2026-03-08T06:50:00Z");
    assert_eq!(warned(&mut world, 1), Volume::Silent);
    until(&mut world, "2026-03-08T06:59:57Z");
    assert_eq!(digests(&world).len(), 0);
    until(&mut world, "2026-03-08T07:00:06Z");
    assert_eq!(digests(&world).len(), 1);
    assert_eq!(warned(&mut world, 2), Volume::Loud);
    until(&mut world, "2026-03-08T08:30:00Z");
    assert_eq!(digests(&world).len(), 1);
}
