//! Showing: what a room with little time is shown, and when.

use countersign_desk::{desk::Edited, ports::CardKey};
use countersign_domain::{money::Contracts, operator::Surface};
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
