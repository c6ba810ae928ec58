//! Alerts: an alarm that nobody answers goes on, until somebody has it in hand or it is over.

use std::sync::Arc;

use countersign_desk::{
    desk::DeskAsk,
    draft::Draft,
    ports::CardKey,
    work::{Done, Work},
};
use countersign_domain::{
    event::{Alarm, Fact},
    ids::{DeskId, OrderId},
    instrument::Instrument,
    operator::{Role, Room, Surface},
    refusal::{Answer, Refusal},
    view::{AlertEnd, View},
};
use countersign_tests::{Button::Desk, Setup, World, market::acme, secs};
use insta::assert_snapshot;

use crate::scene::{dollars, enter, no_plan, shift, with_plan};

/// A desk of these people that has just braked by itself.
fn braked(people: Vec<(&'static str, Role)>, to: &[&str]) -> World {
    let mut setup = Setup {
        people,
        surfaces: vec![Surface::Web, Surface::Telegram],
        ..Setup::default()
    };
    setup.limits.daily_loss = dollars(100);
    setup.settings.alarms.escalate_to = to.iter().map(|&name| name.to_owned()).collect();
    let mut world = World::with(setup);
    enter(&mut world, with_plan(no_plan()));
    shift(&world, -60);
    world.advance(secs(3));
    assert_eq!(world.alarms().len(), 1);
    world
}

fn everybody() -> Vec<(&'static str, Role)> {
    vec![
        ("dee", Role::Admin),
        ("ana", Role::Trader),
        ("bo", Role::Trader),
        ("vic", Role::Viewer),
    ]
}

/// Whom it went on to, and after how many minutes each.
fn called(world: &World) -> Vec<(i64, String)> {
    let events = world.events();
    let raised = |fact: &Fact| matches!(fact, Fact::Alarm(_));
    let raised = events.iter().find(|row| raised(&row.event.fact));
    let begun = raised.expect("an alarm").event.at;
    let calls = events.iter().filter_map(|row| match &row.event.fact {
        Fact::AlarmCalled { name, .. } => {
            let minutes = row.event.at.duration_since(begun).as_mins();
            Some((minutes, name.clone().unwrap_or_default()))
        }
        _ => None,
    });
    calls.collect()
}

fn acknowledge(world: &mut World, who: &str) -> Answer<Done> {
    let press = world.hand(Surface::Telegram, who);
    world.act(async |desk| desk.acknowledge(press.clone(), 1).await)
}

/// The newest drawing of a card on Telegram.
fn shown(world: &World, card: CardKey) -> String {
    let drawn = world.chat(Surface::Telegram).drawn_of(card);
    drawn.last().expect("it is shown").text()
}

fn place(world: &World) -> CardKey {
    let alerts = &world.seen().desk.alerts;
    let (seq, index) = alerts.known[0].place;
    CardKey::Alarm(seq, index)
}

// R23
#[test]
fn an_alarm_that_nobody_answers_goes_on_in_the_configured_order_until_somebody_has_it() {
    let mut world = braked(everybody(), &["bo", "nobody", "telegram", "dee"]);
    assert!(shown(&world, place(&world)).contains("[I have it]"));
    world.advance(secs(60 * 4));
    assert!(called(&world).is_empty());
    world.advance(secs(60 * 12));
    let calls: Vec<_> = called(&world);
    let names: Vec<_> = calls
        .iter()
        .map(|(at, name)| (*at, name.as_str()))
        .collect();
    assert_eq!(names, [(5, "bo"), (10, ""), (15, "dee")]);
    assert_snapshot!(shown(&world, CardKey::Call(1, 0)), @r"
    PAPER · account PAPER-1 · Main
    Automatic brake

    bo: nobody has answered this for 5 min 0 s.
    The day lost $196.95 of at most $100.00. The desk braked by itself.

    Trading           active before, reducing now
    Today             −$196.95 after fees: −$1.95 taken, −$195.00 open
    Day's loss limit  $100.00
    Open positions    1; their exits go on by themselves
    Cancelled         0 working entries, 0 offered tickets
    Process           process 1
    To trade again    An admin: /resume REASON in a chat or on the console; with
                      every chat down, on the desk's machine: countersign desk
                      resume REASON
    What that does    New tickets are offered and entries are taken again; while the
                      day's loss stands at the limit or beyond, the desk brakes
                      again at once. What was cancelled or withdrawn does not come
                      back.

    Exits are never held by this. No entry goes out until somebody resumes.

    [I have it]

    Raised at 10:02:09 EST
    ");
    let drawn = world.chat(Surface::Web).drawn_of(CardKey::Call(1, 1));
    assert!(drawn.is_empty(), "that went to another room");

    let viewer = acknowledge(&mut world, "vic");
    assert!(matches!(viewer, Err(Refusal::NotPermitted { .. })));
    assert_eq!(acknowledge(&mut world, "ana"), Ok(Done::Ok));
    assert_eq!(acknowledge(&mut world, "bo"), Ok(Done::Nothing));
    world.advance(secs(3));
    for card in [place(&world), CardKey::Call(1, 0), CardKey::Call(1, 2)] {
        let text = shown(&world, card);
        assert!(text.contains("ana (Telegram) has it in hand"), "{text}");
        assert!(!text.contains("[I have it]"), "{text}");
    }
    world.advance(secs(60 * 60));
    assert_eq!(called(&world).len(), 3);
}

// R23
#[test]
fn a_restart_forgets_no_alarm_that_waits_and_repeats_no_call() {
    let mut world = braked(everybody(), &["bo", "dee"]);
    world.advance(secs(60 * 3));
    world.crash();
    world.advance(secs(60 * 3));
    assert_eq!(called(&world), [(5, "bo".to_owned())]);
    world.crash();
    world.advance(secs(60 * 3));
    assert_eq!(called(&world).len(), 1);
    world.advance(secs(60 * 3));
    assert_eq!(called(&world).len(), 2);
    let drawn = world.chat(Surface::Telegram).drawn_of(CardKey::Call(1, 0));
    let mut messages: Vec<_> = drawn.iter().map(|it| it.message.0.clone()).collect();
    messages.dedup();
    assert_eq!(messages.len(), 1, "one message for a call");
}

// R23
#[test]
fn one_person_alone_is_called_less_and_less_often() {
    let mut world = braked(everybody(), &["dee"]);
    world.advance(secs(60 * 80));
    let times: Vec<_> = called(&world).into_iter().map(|(at, _)| at).collect();
    assert_eq!(times, [5, 15, 35, 75]);
}

// R23
#[test]
fn what_answers_an_alarm_ends_it_and_so_does_that_its_cause_is_gone() {
    let mut world = braked(everybody(), &[]);
    world.advance(secs(60 * 6));
    let answer = world.press("ana", Desk(DeskAsk::Halt, "I look into it"));
    assert_eq!(answer, Ok(Done::Ok));
    let text = shown(&world, place(&world));
    assert!(text.contains("ana (web console) answered it"), "{text}");
    world.advance(secs(60 * 30));
    // Admins are asked first where nobody said whom.
    assert_eq!(called(&world), [(5, "dee".to_owned())]);

    let mut world = World::new();
    world.broker.behave(|manner| manner.reachable = false);
    world.advance(secs(40));
    assert_eq!(world.seen().desk.alerts.open().count(), 1);
    world.broker.heal();
    world.advance(secs(6));
    assert_eq!(world.seen().desk.alerts.open().count(), 0);
    world.advance(secs(60 * 10));
    assert!(called(&world).is_empty());
    let drawn = world.chat(Surface::Web).drawn_of(place(&world));
    let View::Alarm { alert, .. } = &drawn.last().expect("it is drawn").view else {
        panic!("an alarm");
    };
    assert!(alert.as_ref().is_some_and(|it| it.end.is_some()));
}

/// Numbers of the alarms that still wait.
fn open(world: &World) -> Vec<u32> {
    let seen = world.seen();
    seen.desk.alerts.open().map(|it| it.number).collect()
}

fn raise(world: &mut World, alarm: &Alarm) {
    let raised = world.act(async |desk| desk.alarm(alarm.clone()).await);
    raised.expect("the store answers");
}

// R23
#[test]
fn a_gap_that_brakes_nothing_waits_for_somebody_while_the_desk_trades_on() {
    let mut world = World::new();
    raise(&mut world, &Alarm::Mismatch(Instrument::Equity(acme())));
    world.offer();
    world.advance(secs(60 * 6));
    assert_eq!(open(&world), [1]);
    assert_eq!(called(&world).len(), 1);
    assert_eq!(acknowledge(&mut world, "ana"), Ok(Done::Ok));
    assert!(open(&world).is_empty());
}

// R23
#[test]
fn what_could_not_be_read_once_is_told_once_and_hides_no_real_loss() {
    let mut world = World::new();
    let told = |world: &mut World| {
        for _ in 0..2 {
            let done = world.act(async |desk| {
                let said = "an update could not be read".to_owned();
                desk.was_unreadable(Surface::Telegram, said).await
            });
            done.expect("the store answers");
        }
        world.alarms().len()
    };
    assert_eq!(told(&mut world), 1);
    let lost = world.act(async |desk| {
        let said = "nothing came for five minutes".to_owned();
        desk.is_deaf(Surface::Telegram, said).await
    });
    lost.expect("the store answers");
    assert_eq!(world.alarms().len(), 2);
    assert_eq!(told(&mut world), 2);
}

/// A room in which nothing is drawn here.
const ELSEWHERE: Room = Room {
    surface: Surface::Discord,
    chat: 7,
};

fn lost(said: &str) -> Alarm {
    let said = said.to_owned();
    Alarm::RoomLost {
        room: ELSEWHERE,
        said,
        token: false,
    }
}

fn two_rooms(to: &[&str]) -> World {
    let mut setup = Setup {
        people: everybody(),
        surfaces: vec![Surface::Web, Surface::Telegram],
        ..Setup::default()
    };
    setup.settings.alarms.escalate_to = to.iter().map(|&name| name.to_owned()).collect();
    World::with(setup)
}

// R23
#[test]
fn one_cause_waits_once_whatever_is_said_of_it_and_every_card_of_it_says_how_it_ended() {
    let mut world = two_rooms(&[]);
    raise(&mut world, &lost("kicked"));
    raise(&mut world, &lost("not found"));
    assert_eq!(open(&world), [1]);
    let alert = world.seen().desk.alerts.known[0].clone();
    assert_eq!(alert.alarm, lost("not found"));
    let again = alert.again.expect("it was raised again").0;
    assert_eq!(acknowledge(&mut world, "ana"), Ok(Done::Ok));
    world.advance(secs(3));
    for card in [place(&world), CardKey::Alarm(again.0, again.1)] {
        let text = shown(&world, card);
        assert!(text.contains("ana (Telegram) has it in hand"), "{text}");
    }
}

#[test]
fn so_many_alarms_wait_at_the_most_and_those_of_money_are_kept_longest() {
    let mut world = World::new();
    raise(&mut world, &Alarm::Overfilled(OrderId::from_bits(1)));
    raise(&mut world, &lost("kicked"));
    for order in 2..33 {
        raise(&mut world, &Alarm::Overfilled(OrderId::from_bits(order)));
    }
    let waiting = open(&world);
    assert_eq!(waiting.len(), 32);
    assert_eq!(waiting[..2], [1, 3]);
    raise(&mut world, &Alarm::Overfilled(OrderId::from_bits(99)));
    assert_eq!(open(&world)[..2], [3, 4]);
}

// R23
#[test]
fn an_alarm_that_newer_ones_crowd_out_says_so_on_every_card_and_nobody_is_called_for_it_again() {
    let mut world = two_rooms(&["bo", "telegram"]);
    raise(&mut world, &Alarm::Overfilled(OrderId::from_bits(1)));
    world.advance(secs(60 * 11));
    assert_eq!(called(&world).len(), 2);
    let first = place(&world);
    for order in 2..34 {
        raise(&mut world, &Alarm::Overfilled(OrderId::from_bits(order)));
    }
    assert_eq!(open(&world)[0], 2);
    world.advance(secs(60));
    for card in [first, CardKey::Call(1, 0), CardKey::Call(1, 1)] {
        let text = shown(&world, card);
        assert!(text.contains("Newer alarms wait in its place"), "{text}");
        assert!(!text.contains("[I have it]"), "{text}");
    }
    let crowded = |fact: &Fact| {
        matches!(
            fact,
            Fact::AlarmEnded {
                end: AlertEnd::Crowded,
                ..
            }
        )
    };
    let events = world.events();
    let told = events.iter().filter(|row| crowded(&row.event.fact));
    assert_eq!(told.count(), 1);
    assert_eq!(acknowledge(&mut world, "ana"), Ok(Done::Nothing));
    world.advance(secs(60 * 5));
    let drawn = world.chat(Surface::Telegram).drawn_of(CardKey::Call(1, 2));
    assert!(drawn.is_empty(), "it went on");
}

// R23
#[test]
fn a_surface_that_was_not_heard_is_not_heard_only_because_the_process_is_new() {
    let mut world = two_rooms(&["bo"]);
    let deaf = world.act(async |desk| {
        let said = "no connection".to_owned();
        desk.is_deaf(Surface::Telegram, said).await
    });
    deaf.expect("the store answers");
    world.crash();
    world.advance(secs(60 * 6));
    assert_eq!(open(&world), [1]);
    // Who could press nothing there is called on the console.
    let call = world.seen().desk.alerts.known[0].calls[0].clone();
    assert_eq!(call.rooms, [Room::of(Surface::Web)]);
    world.act(async |desk| desk.hears(Surface::Telegram));
    world.advance(secs(6));
    assert!(open(&world).is_empty());
}

/// Gives a desk one more room.
#[derive(Debug)]
struct Another(DeskId, Room);

impl Work for Another {
    fn desk(&self) -> DeskId {
        self.0
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let mut row = draft.seen().desk.clone();
        row.rooms.push(self.1);
        draft.desk(row);
        Ok(Done::Ok)
    }
}

// R23
#[test]
fn who_is_called_rings_in_no_private_chat_of_somebody_else() {
    let people = vec![("dee", Role::Admin), ("4711", Role::Trader)];
    let mut setup = Setup {
        people,
        surfaces: vec![Surface::Web, Surface::Telegram],
        ..Setup::default()
    };
    setup.settings.alarms.escalate_to = vec!["dee".to_owned(), "4711".to_owned()];
    let mut world = World::with(setup);
    let private = Room {
        surface: Surface::Telegram,
        chat: 4711,
    };
    let id = world.id();
    let more = Arc::new(Another(id, private));
    let done = world.act(async |desk| desk.store().run(more.clone()).await);
    done.expect("the store answers");
    raise(&mut world, &Alarm::Overfilled(OrderId::from_bits(1)));
    world.advance(secs(60 * 11));
    let calls = world.seen().desk.alerts.known[0].calls.clone();
    let rooms: Vec<_> = calls.iter().map(|call| call.rooms.clone()).collect();
    let telegram = Room::of(Surface::Telegram);
    assert_eq!(rooms, [vec![telegram], vec![telegram, private]]);
}

// R23
#[test]
fn a_call_that_could_not_be_posted_is_not_posted_once_somebody_has_it_in_hand() {
    let mut world = two_rooms(&["bo"]);
    raise(&mut world, &Alarm::Overfilled(OrderId::from_bits(1)));
    world.chat(Surface::Telegram).set_down(true);
    world.advance(secs(60 * 16));
    assert_eq!(called(&world).len(), 2);
    world.chat(Surface::Telegram).set_down(false);
    world.advance(secs(6));
    let posted = |world: &World, call| {
        let drawn = world
            .chat(Surface::Telegram)
            .drawn_of(CardKey::Call(1, call));
        drawn.len()
    };
    assert_eq!((posted(&world, 0), posted(&world, 1)), (0, 1));
    world.chat(Surface::Telegram).set_down(true);
    world.advance(secs(60 * 20));
    assert_eq!(called(&world).len(), 3);
    assert_eq!(acknowledge(&mut world, "ana"), Ok(Done::Ok));
    world.chat(Surface::Telegram).set_down(false);
    world.advance(secs(6));
    assert_eq!((posted(&world, 1), posted(&world, 2)), (2, 0));
}

// R23
#[test]
fn of_many_calls_the_newest_are_kept_and_their_end_is_told_when_a_room_has_time() {
    let mut world = two_rooms(&["bo"; 10]);
    raise(&mut world, &Alarm::Overfilled(OrderId::from_bits(1)));
    world.advance(secs(60 * 51));
    assert_eq!(called(&world).len(), 10);
    let alert = world.seen().desk.alerts.known[0].clone();
    assert_eq!((alert.passed, alert.calls.len()), (2, 8));
    let drawn = |world: &World, card| world.chat(Surface::Telegram).drawn_of(card).len();
    world.chat(Surface::Telegram).set_busy(true);
    assert_eq!(acknowledge(&mut world, "ana"), Ok(Done::Ok));
    world.advance(secs(3));
    assert!(shown(&world, place(&world)).contains("ana (Telegram) has it in hand"));
    assert_eq!(drawn(&world, CardKey::Call(1, 9)), 1, "that can wait");
    world.chat(Surface::Telegram).set_busy(false);
    world.advance(secs(3));
    let ends = [0, 1, 2, 9].map(|call| drawn(&world, CardKey::Call(1, call)));
    assert_eq!(ends, [1, 1, 2, 2]);
}
