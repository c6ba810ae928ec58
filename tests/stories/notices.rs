//! Notices: how loudly people are told things, room by room, and when it is quiet.

use std::sync::Arc;

use countersign_desk::{
    draft::Draft,
    manners::is_private,
    ports::CardKey,
    work::{Done, Work},
};
use countersign_domain::{
    event::{Alarm, Fact},
    ids::{DeskId, OperatorId, TicketId},
    notices::{Manners, MannersChange, Notice, NoticeFault, Quiet, Volume},
    operator::{Role, Room, Surface},
    refusal::{Answer, Refusal},
};
use countersign_tests::{Button::Confirm, Setup, World, people::identity, secs};
use insta::assert_snapshot;
use jiff::{Timestamp, civil::time};

use crate::scene::refused;

fn two_rooms() -> World {
    World::with(Setup {
        surfaces: vec![Surface::Web, Surface::Telegram],
        ..Setup::default()
    })
}

/// Somebody changes how a surface, or with `None` they themselves, are told things.
fn set(
    world: &mut World,
    who: &str,
    room: Option<Surface>,
    change: &MannersChange,
) -> Answer<Done> {
    let press = world.hand(Surface::Web, who);
    let room = room.map(Room::of);
    world.act(async |desk| desk.set_manners(press.clone(), room, change.clone()).await)
}

fn told(world: &mut World, room: Surface, notice: Notice, volume: Volume) -> Answer<Done> {
    let change = MannersChange::Volume(notice, volume);
    set(world, "dee", Some(room), &change)
}

/// From 15:40 until 07:00 in Berlin: a world begins at 16:02 there.
fn quiet(world: &mut World, room: Surface) {
    let hours = Quiet::new(time(15, 40, 0, 0), time(7, 0, 0, 0), "Europe/Berlin");
    let change = MannersChange::Quiet(Some(hours.expect("quiet hours")));
    assert_eq!(set(world, "dee", Some(room), &change), Ok(Done::Ok));
}

/// How loudly a ticket was shown on a surface for the first time.
fn first(world: &World, surface: Surface, ticket: TicketId) -> Option<Volume> {
    let drawn = world.chat(surface).drawn();
    let mut of_it = drawn
        .iter()
        .filter(|one| one.card == CardKey::Ticket(ticket));
    of_it.next().map(|one| one.volume)
}

// R23
#[test]
fn what_is_critical_is_loud_in_quiet_hours_and_nobody_can_mute_it() {
    let mut world = two_rooms();
    for volume in [Volume::Silent, Volume::Off] {
        let answer = told(&mut world, Surface::Telegram, Notice::Alarm, volume);
        assert_eq!(answer, Err(Refusal::Notice(NoticeFault::Critical)));
    }
    let answer = told(&mut world, Surface::Telegram, Notice::Alarm, Volume::Off);
    assert_snapshot!(refused(&world, answer), @"What is critical is always told with a sound. It can not be muted.");
    quiet(&mut world, Surface::Telegram);
    world.broker.behave(|manner| manner.reachable = false);
    world.advance(secs(40));
    world.broker.heal();
    let drawn = world.chat(Surface::Telegram).drawn();
    // The board beside it is no notice.
    let told = drawn.iter().filter(|one| one.card != CardKey::Board);
    let volumes: Vec<_> = told.map(|one| one.volume).collect();
    assert_eq!(volumes, [Volume::Loud]);
    let alarms = world.chat(Surface::Telegram).alarms();
    assert!(matches!(alarms[..], [Alarm::BrokerDown(_)]), "{alarms:?}");
}

// R23
#[test]
fn a_sound_is_taken_from_one_room_alone_and_a_restart_keeps_that() {
    let mut world = two_rooms();
    let done = told(&mut world, Surface::Telegram, Notice::Offer, Volume::Silent);
    assert_eq!(done, Ok(Done::Ok));
    let again = told(&mut world, Surface::Telegram, Notice::Offer, Volume::Silent);
    assert_eq!(again, Ok(Done::Nothing));
    let ticket = world.offer();
    assert_eq!(
        first(&world, Surface::Telegram, ticket),
        Some(Volume::Silent)
    );
    assert_eq!(first(&world, Surface::Web, ticket), Some(Volume::Loud));

    let before = world.seen().desk.manners.clone();
    world.crash();
    world.advance(secs(3));
    world.restart().expect("it starts");
    assert_eq!(world.seen().desk.manners, before);
    let ticket = world.offer();
    assert_eq!(
        first(&world, Surface::Telegram, ticket),
        Some(Volume::Silent)
    );
    let noted = |fact: &Fact| matches!(fact, Fact::MannersChanged { room: Some(_), .. });
    let events = world.events();
    let noted = events.iter().filter(|row| noted(&row.event.fact));
    assert_eq!(noted.count(), 1);
}

// R23
#[test]
fn what_is_off_in_one_room_is_shown_in_another_and_never_nowhere() {
    let mut world = two_rooms();
    let off = told(&mut world, Surface::Telegram, Notice::Offer, Volume::Off);
    assert_eq!(off, Ok(Done::Ok));
    let last = told(&mut world, Surface::Web, Notice::Offer, Volume::Off);
    assert_eq!(last, Err(Refusal::Notice(NoticeFault::LastRoom)));
    let ticket = world.offer();
    assert_eq!(first(&world, Surface::Web, ticket), Some(Volume::Loud));
    assert_eq!(first(&world, Surface::Telegram, ticket), None);
    // What is bought is told there all the same, until that is off as well.
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(30));
    assert!(world.position().is_some());
    assert_eq!(first(&world, Surface::Telegram, ticket), Some(Volume::Loud));
    let off = told(&mut world, Surface::Telegram, Notice::Trade, Volume::Off);
    assert_eq!(off, Ok(Done::Ok));
    let ticket = world.offer();
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(30));
    assert!(world.position().is_some());
    assert_eq!(first(&world, Surface::Telegram, ticket), None);
    // Elsewhere it is not only shown once, and nothing waits for the room that is not told.
    assert!(world.chat(Surface::Web).ticket(ticket).is_some());
}

// R23
#[test]
fn a_card_that_is_shown_is_drawn_anew_when_offers_are_switched_off() {
    let mut world = two_rooms();
    let ticket = world.offer();
    let off = told(&mut world, Surface::Telegram, Notice::Offer, Volume::Off);
    assert_eq!(off, Ok(Done::Ok));
    world
        .press(
            "ana",
            countersign_tests::Button::Decline(countersign_domain::ticket::DeclineReason::Risk),
        )
        .expect("Ana may");
    let shown = world.chat(Surface::Telegram).ticket(ticket);
    let shown = shown.expect("its card is there");
    assert!(
        !shown.ticket.state.is_offered(),
        "a card with buttons stays"
    );
}

// R23
#[test]
fn quiet_hours_over_midnight_follow_the_clock_of_their_zone() {
    let mut world = two_rooms();
    quiet(&mut world, Surface::Telegram);
    let ticket = world.offer();
    assert_eq!(
        first(&world, Surface::Telegram, ticket),
        Some(Volume::Silent)
    );
    assert_eq!(first(&world, Surface::Web, ticket), Some(Volume::Loud));

    // At the same universal time the clock in Berlin says 14:45 on Friday, and after the change of
    // the clocks 15:45 on Monday.
    let room = Room::of(Surface::Telegram);
    for (when, volume) in [
        ("2026-03-27T13:45:00Z", Volume::Loud),
        ("2026-03-30T13:45:00Z", Volume::Silent),
        ("2026-03-31T00:30:00Z", Volume::Silent),
        ("2026-03-31T04:59:59Z", Volume::Silent),
        ("2026-03-31T05:00:00Z", Volume::Loud),
    ] {
        let now: Timestamp = when.parse().expect("a time");
        let manners = world.seen().manners(room);
        assert_eq!(manners.volume(Notice::Offer, now), volume, "{when}");
        assert_eq!(manners.volume(Notice::Alarm, now), Volume::Loud, "{when}");
    }
}

// R23
#[test]
fn a_room_is_set_by_admins_and_everybody_sets_their_own() {
    let mut world = World::with(Setup {
        people: vec![
            ("dee", Role::Admin),
            ("ana", Role::Trader),
            ("bo", Role::Trader),
            ("0", Role::Viewer),
        ],
        surfaces: vec![Surface::Web, Surface::Telegram],
        ..Setup::default()
    });
    let silent = MannersChange::Volume(Notice::Offer, Volume::Silent);
    let answer = set(&mut world, "ana", Some(Surface::Web), &silent);
    let needs = Role::Admin;
    let has = Some(Role::Trader);
    assert_eq!(answer, Err(Refusal::NotPermitted { needs, has }));
    let nowhere = set(&mut world, "dee", Some(Surface::Discord), &silent);
    assert_eq!(nowhere, Err(Refusal::Notice(NoticeFault::Room)));
    assert!(set(&mut world, "eve", None, &silent).is_err());

    // The number of a private chat is its person's.
    assert_eq!(set(&mut world, "0", None, &silent), Ok(Done::Ok));
    let private = Room::of(Surface::Telegram);
    assert!(is_private(private, &identity(Surface::Telegram, "0")));
    assert!(!is_private(private, &identity(Surface::Discord, "0")));
    let seen = world.seen();
    assert_eq!(seen.manners(private).set(Notice::Offer), Volume::Silent);
    let other = Room {
        chat: -4711,
        ..private
    };
    for room in [other, Room::of(Surface::Web)] {
        assert_eq!(seen.manners(room).set(Notice::Offer), Volume::Loud);
    }
    let ticket = world.offer();
    assert_eq!(first(&world, Surface::Web, ticket), Some(Volume::Loud));
    let silent = Some(Volume::Silent);
    assert_eq!(first(&world, Surface::Telegram, ticket), silent);
}

// R23
#[test]
fn who_is_shown_nothing_in_private_is_told_that_volumes_would_change_nothing() {
    let mut world = two_rooms();
    let nowhere = Err(Refusal::Notice(NoticeFault::NoPrivate));
    let silent = MannersChange::Volume(Notice::Offer, Volume::Silent);
    assert_eq!(set(&mut world, "ana", None, &silent), nowhere);
    assert!(world.seen().desk.manners.people.is_empty());
    assert_snapshot!(refused(&world, nowhere), @"How loudly cards are told is set for chats. This desk shows you none in private: it does so in your own Telegram chat with the bot, once that stands in telegram.chats. An admin sets this chat with the scope chat.");
    // Their language and their time zone are those of their answers, wherever they ask.
    let hours = Quiet::new(time(22, 0, 0, 0), time(7, 0, 0, 0), "Europe/Berlin");
    for change in [
        MannersChange::Language("de".to_owned()),
        MannersChange::Quiet(Some(hours.expect("quiet hours"))),
        MannersChange::Quiet(None),
    ] {
        assert_eq!(set(&mut world, "ana", None, &change), Ok(Done::Ok));
    }
}

/// Leaves settings of somebody who is no operator, as versions before did.
#[derive(Debug)]
struct Left(DeskId);

impl Work for Left {
    fn desk(&self) -> DeskId {
        self.0
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let mut row = draft.seen().desk.clone();
        let nobody = OperatorId::from_bits(4711);
        row.manners.people.insert(nobody, Manners::default());
        draft.desk(row);
        Ok(Done::Ok)
    }
}

#[test]
fn nothing_is_kept_of_the_settings_of_people_who_are_operators_no_longer() {
    let mut world = World::new();
    let german = MannersChange::Language("de".to_owned());
    for who in ["ana", "bo", "cy"] {
        assert_eq!(set(&mut world, who, None, &german), Ok(Done::Ok));
    }
    let kept = |world: &World| {
        let seen = world.seen();
        let name = |id| seen.operators.get(id).map(|one| one.name.clone());
        let people = seen.desk.manners.people.keys().map(name);
        people.collect::<Vec<_>>()
    };
    let press = world.hand(Surface::Web, "dee");
    let bo = identity(Surface::Web, "bo");
    let bo = world.seen().operator(&bo).expect("Bo").id;
    let gone = world.act(async |desk| desk.grant(press.clone(), bo, None).await);
    assert_eq!(gone, Ok(Done::Ok));
    let (ana, cy) = (Some("ana".to_owned()), Some("cy".to_owned()));
    assert_eq!(kept(&world), [ana.clone(), cy]);
    world.reconfigure(|setup| setup.people.retain(|(name, _)| *name != "cy"));
    assert_eq!(kept(&world), std::slice::from_ref(&ana));

    // What was left behind before is cleaned by the next start.
    let id = world.id();
    let left = world.act(async |desk| desk.store().run(Arc::new(Left(id))).await);
    left.expect("the store answers");
    assert_eq!(kept(&world), [ana.clone(), None]);
    world.restart().expect("it starts");
    assert_eq!(kept(&world), [ana]);
}

/// The newest drawing of a ticket on a surface.
fn newest(world: &World, surface: Surface, ticket: TicketId) -> String {
    let drawn = world.chat(surface).drawn_of(CardKey::Ticket(ticket));
    drawn.last().expect("it is drawn").text()
}

// R23
#[test]
fn a_room_is_told_in_its_own_language_also_of_what_is_open_and_the_others_are_not() {
    let mut world = two_rooms();
    let ticket = world.offer();
    let german = MannersChange::Language("de-DE".to_owned());
    let answer = set(&mut world, "dee", Some(Surface::Telegram), &german);
    assert_eq!(answer, Ok(Done::Ok));
    world.advance(secs(3));
    let there = newest(&world, Surface::Telegram, ticket);
    assert!(there.contains("Größter Verlust"), "{there}");
    let here = newest(&world, Surface::Web, ticket);
    assert!(here.contains("Worst loss"), "{here}");
    world.crash();
    world.advance(secs(3));
    let next = world.offer();
    let there = newest(&world, Surface::Telegram, next);
    assert!(there.contains("Größter Verlust"), "{there}");
}

// R23
#[test]
fn a_room_with_quiet_hours_reads_times_in_their_zone_also_of_what_is_open_and_the_others_do_not() {
    let mut world = two_rooms();
    let ticket = world.offer();
    quiet(&mut world, Surface::Telegram);
    world.advance(secs(3));
    let there = newest(&world, Surface::Telegram, ticket);
    assert!(there.contains(" CET") && !there.contains(" EST"), "{there}");
    let here = newest(&world, Surface::Web, ticket);
    assert!(here.contains(" EST") && !here.contains(" CET"), "{here}");
    let never = MannersChange::Quiet(None);
    let answer = set(&mut world, "dee", Some(Surface::Telegram), &never);
    assert_eq!(answer, Ok(Done::Ok));
    world.advance(secs(3));
    let there = newest(&world, Surface::Telegram, ticket);
    assert!(there.contains(" EST"), "{there}");
}
