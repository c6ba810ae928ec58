//! Showing: what a room with little time is shown, and when.

use countersign_desk::{
    desk::Edited,
    ports::{CardKey, ChatError},
};
use countersign_domain::{event::Alarm, ids::TicketId, money::Contracts, operator::Surface};
use countersign_tests::{
    Button::{Confirm, Edit},
    Setup, World, secs,
};

fn two_rooms() -> World {
    World::with(Setup {
        surfaces: vec![Surface::Web, Surface::Telegram],
        ..Setup::default()
    })
}

// R16
#[test]
fn a_room_without_time_is_shown_the_newest_state_alone_and_keeps_no_other_waiting() {
    let mut world = two_rooms();
    world.chat(Surface::Telegram).set_busy(true);
    let ticket = world.offer();
    for contracts in [3, 4] {
        let more = Edited {
            contracts: Some(Contracts(contracts)),
            limit: None,
        };
        world.press("ana", Edit(more)).expect("Ana may edit");
    }
    world.press("ana", Confirm).expect("an order");
    let shown = world.chat(Surface::Web).drawn().len();
    assert!(shown >= 4, "offered, edited twice and confirmed: {shown}");
    let drawn = world
        .chat(Surface::Telegram)
        .drawn_of(CardKey::Ticket(ticket));
    assert!(drawn.is_empty(), "{drawn:?}");

    world.chat(Surface::Telegram).set_busy(false);
    world.pump();
    let drawn = world
        .chat(Surface::Telegram)
        .drawn_of(CardKey::Ticket(ticket));
    assert_eq!(drawn.len(), 1, "four states waited, and one was drawn");
    assert_eq!(
        world.chat(Surface::Telegram).card(ticket),
        world.chat(Surface::Web).card(ticket)
    );
}

// R16
#[test]
fn an_alarm_overtakes_the_cards_of_a_room_without_time() {
    let mut world = two_rooms();
    let before = world.chat(Surface::Telegram).drawn().len();
    world.chat(Surface::Telegram).set_busy(true);
    world.offer();
    world.broker.behave(|manner| manner.reachable = false);
    world.advance(secs(40));
    world.broker.heal();
    let drawn = world.chat(Surface::Telegram).drawn();
    let drawn = &drawn[before..];
    let cards: Vec<_> = drawn.iter().map(|one| one.card.to_string()).collect();
    assert_eq!(drawn.len(), 1, "{cards:?}");
    assert!(cards[0].starts_with("alarm:"), "{cards:?}");
}

// R16
#[test]
fn a_card_that_waited_long_for_its_room_is_drawn_at_once_when_it_changes_again() {
    let mut world = two_rooms();
    world.chat(Surface::Telegram).set_busy(true);
    let ticket = world.offer();
    world.advance(secs(40));
    world.chat(Surface::Telegram).set_busy(false);
    world.pump();
    let more = Edited {
        contracts: Some(Contracts(3)),
        limit: None,
    };
    world.press("ana", Edit(more)).expect("Ana may edit");
    world.pump();
    let drawn = world
        .chat(Surface::Telegram)
        .drawn_of(CardKey::Ticket(ticket));
    assert_eq!(drawn.len(), 2);
    assert_eq!(
        world.chat(Surface::Telegram).card(ticket),
        world.chat(Surface::Web).card(ticket)
    );
}

// R5
#[test]
fn a_card_that_somebody_decided_is_drawn_before_new_ones_are_posted() {
    let mut world = two_rooms();
    let decided = world.offer();
    world.chat(Surface::Telegram).set_busy(true);
    let news = world.offer();
    world.turn_to(decided);
    world.press("ana", Confirm).expect("an order");
    let before = world.chat(Surface::Telegram).drawn().len();
    world.chat(Surface::Telegram).set_busy(false);
    world.pump();
    let drawn = world.chat(Surface::Telegram).drawn();
    let place = |ticket| {
        let mut after = drawn.iter().skip(before);
        after.position(|it| it.card == CardKey::Ticket(ticket))
    };
    let (decided, news) = (place(decided), place(news));
    assert!(decided.is_some() && decided < news, "{decided:?}, {news:?}");
}

/// More cards than are taken from the outbox at once, several times over.
const MANY: usize = 200;

// R16 R19
#[test]
fn cards_that_waited_are_drawn_as_fast_as_the_room_takes_them_however_many() {
    let mut world = two_rooms();
    world.chat(Surface::Telegram).set_busy(true);
    let tickets: Vec<_> = (0..MANY).map(|_| world.offer()).collect();
    world.chat(Surface::Telegram).set_busy(false);
    world.restart().expect("it starts");
    // No time passes; each round takes as many as it may.
    for _ in 0..4 {
        world.pump();
    }
    let there = |it: &&TicketId| !world.chat(Surface::Telegram).card(**it).is_empty();
    assert_eq!(tickets.iter().filter(there).count(), MANY);
}

// R19
#[test]
fn a_room_that_is_gone_is_asked_once_in_a_look_and_not_for_every_card_that_waits() {
    let mut world = two_rooms();
    world.chat(Surface::Telegram).set_busy(true);
    let tickets: Vec<_> = (0..10).map(|_| world.offer()).collect();
    world.chat(Surface::Telegram).set_busy(false);
    for _ in 0..3 {
        let gone = ChatError::Unreachable("gone".to_owned(), None);
        world.chat(Surface::Telegram).next(gone);
    }
    let shown = |world: &World| {
        let there = |it: &&TicketId| !world.chat(Surface::Telegram).card(**it).is_empty();
        tickets.iter().filter(there).count()
    };
    for _ in 0..3 {
        world.pump();
        assert_eq!(shown(&world), 0, "it was asked once, and is gone");
    }
    world.advance(secs(6));
    assert_eq!(shown(&world), tickets.len());
}

// R19
#[test]
fn a_room_that_takes_no_cards_is_asked_once_in_a_minute_however_many_wait() {
    let mut world = two_rooms();
    world.chat(Surface::Telegram).set_busy(true);
    let tickets: Vec<_> = (0..10).map(|_| world.offer()).collect();
    world.chat(Surface::Telegram).set_busy(false);
    for _ in 0..3 {
        let lost = ChatError::Lost("the bot was thrown out".to_owned());
        world.chat(Surface::Telegram).next(lost);
    }
    let shown = |world: &World| {
        let there = |it: &&TicketId| !world.chat(Surface::Telegram).card(**it).is_empty();
        tickets.iter().filter(there).count()
    };
    for _ in 0..3 {
        world.advance(secs(50));
        assert_eq!(shown(&world), 0);
    }
    world.advance(secs(60));
    assert_eq!(shown(&world), tickets.len());
}

// R16
#[test]
fn a_card_that_has_to_wait_keeps_no_other_one_waiting() {
    let mut world = two_rooms();
    world.chat(Surface::Telegram).set_busy(true);
    let tickets: Vec<_> = (0..10).map(|_| world.offer()).collect();
    world.chat(Surface::Telegram).set_busy(false);
    world.chat(Surface::Telegram).next(ChatError::NotYet(30));
    world.pump();
    let shown = |world: &World| {
        let there = |it: &&TicketId| !world.chat(Surface::Telegram).card(**it).is_empty();
        tickets.iter().filter(there).count()
    };
    assert_eq!(shown(&world), tickets.len() - 1);
    world.advance(secs(33));
    assert_eq!(shown(&world), tickets.len());
}

fn refused() -> ChatError {
    ChatError::Refused("400".to_owned())
}

// R16
#[test]
fn a_card_that_a_room_refuses_is_shown_plainly_and_one_alarm_tells_of_what_cannot_be_shown_at_all()
{
    let mut world = two_rooms();
    let ticket = world.offer();
    let card = CardKey::Ticket(ticket);
    let plain = |world: &World| world.chat(Surface::Telegram).plain();
    let message = world.chat(Surface::Telegram).drawn_of(card)[0]
        .message
        .clone();
    let edit = |world: &mut World, contracts| {
        let more = Edited {
            contracts: Some(Contracts(contracts)),
            limit: None,
        };
        world.press("ana", Edit(more)).expect("Ana may edit");
    };
    let told = |world: &World| {
        let alarms = world.chat(Surface::Web).alarms();
        let refused = |it: &&Alarm| matches!(it, Alarm::CardRefused { .. });
        alarms.iter().filter(refused).count()
    };

    world.chat(Surface::Telegram).next(refused());
    edit(&mut world, 3);
    assert_eq!(plain(&world), [(card, message)]);
    assert_eq!(told(&world), 0);
    for contracts in [4, 5] {
        world.chat(Surface::Telegram).next(refused());
        world.chat(Surface::Telegram).next(refused());
        edit(&mut world, contracts);
    }
    assert_eq!(plain(&world).len(), 1);
    assert_eq!(told(&world), 1);
    // What comes after that is shown again.
    edit(&mut world, 6);
    let shown = world
        .chat(Surface::Telegram)
        .ticket(ticket)
        .expect("a card");
    assert_eq!(shown.ticket.terms.contracts, Contracts(6));
}

// R19
#[test]
fn what_a_room_is_shown_long_after_it_came_about_says_how_late_and_goes_on_saying_so() {
    let mut world = two_rooms();
    world.chat(Surface::Telegram).set_down(true);
    let ticket = world.offer();
    world.advance(secs(95));
    world.chat(Surface::Telegram).set_down(false);
    world.advance(secs(3));
    let late = "Told 1 min late";
    let there = world.chat(Surface::Telegram).card(ticket);
    assert!(there.contains(late), "{there}");
    world.press("ana", Confirm).expect("an order");
    world.advance(secs(3));
    let there = world.chat(Surface::Telegram).card(ticket);
    assert!(there.contains(late), "{there}");
    let here = world.chat(Surface::Web).card(ticket);
    assert!(!here.contains("min late"), "{here}");
    // What comes later comes in time.
    let next = world.offer();
    let there = world.chat(Surface::Telegram).card(next);
    assert!(!there.is_empty() && !there.contains(late), "{there}");
}
