//! The board and the cards of positions, in the rooms of chat platforms.

use countersign_cards::{Locale, draw};
use countersign_desk::{
    desk::{Edited, PositionAsk},
    ports::{CardKey, MessageRef},
};
use countersign_domain::{
    money::Contracts,
    operator::Surface,
    position::Position,
    view::{BoardView, PositionCard, View},
};
use countersign_tests::{
    Button::{Close, Edit, Hold},
    Setup, World,
    chat::Drawn,
    secs,
};
use insta::assert_snapshot;

use crate::scene::{dollars, held, holding_in, no_plan, shift, stop, with_plan};

fn setup() -> Setup {
    Setup {
        surfaces: vec![Surface::Web, Surface::Telegram],
        ..Setup::default()
    }
}

/// Three calls bought at 2.10, shown on the console and in a chat.
fn holding() -> World {
    holding_in(setup(), with_plan(no_plan()))
}

fn boards(world: &World) -> Vec<Drawn> {
    world.chat(Surface::Telegram).drawn_of(CardKey::Board)
}

fn cards_of(world: &World, position: &Position) -> Vec<Drawn> {
    let card = CardKey::Position(position.id);
    world.chat(Surface::Telegram).drawn_of(card)
}

fn board(drawn: &Drawn) -> &BoardView {
    match &drawn.view {
        View::Board(board) => board,
        other => panic!("no board: {other:?}"),
    }
}

fn card(drawn: &Drawn) -> &PositionCard {
    match &drawn.view {
        View::Position(card) => card,
        other => panic!("no position: {other:?}"),
    }
}

fn labels(drawn: &Drawn) -> String {
    let card = draw(&drawn.view, &Locale::english());
    let labels: Vec<_> = card.buttons.into_iter().map(|it| it.label).collect();
    labels.join(", ")
}

/// The one message of all these drawings.
#[track_caller]
fn message(drawn: &[Drawn]) -> MessageRef {
    let first = drawn.first().expect("it was drawn").message.clone();
    assert!(drawn.iter().all(|it| it.message == first), "{drawn:?}");
    first
}

#[test]
fn what_is_decided_is_on_the_board_at_once_in_one_message_and_in_chats_alone() {
    let mut world = World::with(setup());
    let before = boards(&world).len();
    assert!(before > 0, "a desk that starts shows its board");
    let ticket = world.offer();
    let drawn = boards(&world);
    assert_eq!(drawn.len(), before + 1, "one change, one drawing");
    assert_eq!(board(&drawn[before]).offered, [ticket]);
    message(&drawn);

    world
        .press("ana", countersign_tests::Button::Confirm)
        .expect("Ana may");
    world.advance(secs(6));
    assert_eq!(
        board(boards(&world).last().expect("drawn")).positions.len(),
        1
    );
    let console = world.chat(Surface::Web).drawn();
    let kept = |it: &Drawn| matches!(it.card, CardKey::Board | CardKey::Position(_));
    assert!(
        !console.iter().any(kept),
        "the console draws both by itself"
    );
}

// R16
#[test]
fn a_room_without_time_is_shown_the_newest_board_alone() {
    let mut world = World::with(setup());
    let before = boards(&world).len();
    world.chat(Surface::Telegram).set_busy(true);
    world.offer();
    for contracts in [3, 4] {
        let more = Edited {
            contracts: Some(Contracts(contracts)),
            limit: None,
        };
        world.press("ana", Edit(more)).expect("Ana may edit");
    }
    assert_eq!(boards(&world).len(), before);
    world.chat(Surface::Telegram).set_busy(false);
    world.pump();
    assert_eq!(boards(&world).len(), before + 1);
}

#[test]
fn prices_that_move_are_on_the_board_at_most_every_5_seconds_and_cost_no_unit() {
    let mut world = holding();
    let (before, seq) = (boards(&world).len(), world.seen().seq);
    for _ in 0..10 {
        shift(&world, 5);
        world.advance(secs(3));
    }
    let drawn = boards(&world);
    let new = &drawn[before..];
    assert!((4..=6).contains(&new.len()), "{} in 30 seconds", new.len());
    let gap = |pair: &[Drawn]| pair[1].at.duration_since(pair[0].at);
    assert!(drawn[before - 1..].windows(2).all(|it| gap(it) >= secs(5)));
    let newest = board(new.last().expect("drawn")).unrealised;
    assert!(newest > dollars(120), "{newest}");
    assert_eq!(world.seen().seq, seq, "nothing was written");
    message(&drawn);
}

#[test]
fn a_board_that_would_say_the_same_is_not_drawn() {
    let mut world = holding();
    world.advance(secs(12));
    let before = boards(&world).len();
    world.advance(secs(60));
    assert_eq!(boards(&world).len(), before);
}

#[test]
fn a_board_that_a_room_posted_anew_is_drawn_in_the_new_message_from_then_on() {
    let mut world = holding();
    let old = boards(&world).pop().expect("drawn").message;
    world.chat(Surface::Telegram).set_anew(true);
    shift(&world, 50);
    world.advance(secs(9));
    world.chat(Surface::Telegram).set_anew(false);
    let anew = boards(&world).pop().expect("drawn").message;
    assert_ne!(anew, old);
    shift(&world, 50);
    world.advance(secs(9));
    world.offer();
    let newest = boards(&world).pop().expect("drawn");
    assert_eq!(newest.message, anew);
    assert_eq!(board(&newest).offered.len(), 1);
}

#[test]
fn a_board_lost_on_its_way_is_drawn_a_while_later() {
    let mut world = holding();
    world.advance(secs(9));
    let before = boards(&world).len();
    let gone = countersign_desk::ports::ChatError::Unreachable("away".to_owned(), None);
    world.chat(Surface::Telegram).next(gone);
    shift(&world, 50);
    world.advance(secs(3));
    assert_eq!(boards(&world).len(), before);
    world.advance(secs(9));
    assert_eq!(boards(&world).len(), before + 1);
}

#[test]
fn a_new_process_draws_in_the_message_of_the_old_one() {
    let mut world = holding();
    let position = held(&world);
    let before = boards(&world).len();
    world.crash();
    world.advance(secs(6));
    assert!(boards(&world).len() > before);
    message(&boards(&world));
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(15));
    message(&cards_of(&world, &position));
}

#[test]
fn a_position_has_one_card_through_its_life_and_loses_its_buttons_at_the_end() {
    let mut world = holding();
    let position = held(&world);
    let opened = cards_of(&world, &position);
    assert_snapshot!(labels(opened.last().expect("drawn")), @"Close, Tighten stop, Hold 15 min, Hold 1 h");

    let until = world.now() + secs(60);
    world.press("ana", Hold(until)).expect("Ana may");
    let drawn = cards_of(&world, &position);
    assert_eq!(drawn.len(), opened.len() + 1);
    assert_snapshot!(labels(drawn.last().expect("drawn")), @"Close, Tighten stop, Let exits go on");

    let ask = PositionAsk::ExitPlan(stop());
    let press = world.hand(Surface::Telegram, "ana");
    let planned = world.act(async |desk| desk.ask_position(press.clone(), position.id, ask).await);
    planned.expect("Ana may");
    world.pump();
    let drawn = cards_of(&world, &position);
    let newest = card(drawn.last().expect("drawn"));
    assert_eq!(newest.view.position.exit_plan, stop());

    world.press("ana", Close).expect("Ana may");
    assert_eq!(
        labels(cards_of(&world, &position).last().expect("drawn")),
        ""
    );
    world.advance(secs(15));
    let drawn = cards_of(&world, &position);
    let newest = drawn.last().expect("drawn");
    assert!(card(newest).view.position.state.is_closed());
    assert_eq!(card(newest).view.executions.len(), 2);
    assert_eq!(labels(newest), "");
    message(&drawn);
}

/// The open profit that the newest drawing of a position's card shows.
fn unrealised(drawn: &[Drawn]) -> Option<countersign_domain::money::Usd> {
    card(drawn.last()?).view.unrealised
}

// R11
#[test]
fn cards_of_what_is_held_follow_prices_once_a_minute_at_the_most_and_cost_no_unit() {
    let mut world = holding();
    let position = held(&world);
    let ticket = CardKey::Ticket(position.ticket);
    let drawn_on = |world: &World, room| world.chat(room).drawn_of(ticket).len();
    let before = cards_of(&world, &position).len();
    let tickets = [Surface::Telegram, Surface::Web].map(|room| drawn_on(&world, room));
    let seq = world.seen().seq;
    for _ in 0..64 {
        shift(&world, 5);
        world.advance(secs(3));
    }
    let drawn = cards_of(&world, &position);
    let new = drawn.len() - before;
    assert!((2..=3).contains(&new), "{new} in 192 seconds");
    let gap = |pair: &[Drawn]| pair[1].at.duration_since(pair[0].at);
    assert!(drawn[before - 1..].windows(2).all(|it| gap(it) >= secs(60)));
    assert!(unrealised(&drawn) > Some(dollars(600)), "{drawn:?}");
    assert_eq!(world.seen().seq, seq, "nothing was written");
    message(&drawn);

    // Its ticket's as well, and each says as of when its figures are.
    assert!(drawn_on(&world, Surface::Telegram) >= tickets[0] + 2);
    assert_eq!(drawn_on(&world, Surface::Web), tickets[1]);
    let told = world.chat(Surface::Telegram).drawn_of(ticket);
    for newest in [drawn.last(), told.last()] {
        let newest = newest.expect("drawn");
        let footer = draw(&newest.view, &Locale::english()).footer;
        let time = newest.at.in_tz("America/New_York").expect("a zone");
        let time = time.strftime("as of %H:%M:%S EST").to_string();
        assert!(footer.ends_with(&time), "{footer}, not {time}");
    }
}

#[test]
fn a_card_whose_figures_did_not_move_is_left_as_it_is_and_a_room_without_time_too() {
    let mut world = holding();
    let position = held(&world);
    world.advance(secs(130));
    let before = cards_of(&world, &position).len();
    world.advance(secs(130));
    assert_eq!(cards_of(&world, &position).len(), before);

    world.chat(Surface::Telegram).set_busy(true);
    shift(&world, 50);
    world.advance(secs(130));
    assert_eq!(cards_of(&world, &position).len(), before);
    world.chat(Surface::Telegram).set_busy(false);
    world.advance(secs(3));
    assert_eq!(cards_of(&world, &position).len(), before + 1);
}

#[test]
fn a_new_process_goes_on_with_the_cards_of_the_old_one_and_a_closed_one_stands_still() {
    let mut world = holding();
    let position = held(&world);
    world.crash();
    world.advance(secs(6));
    let before = cards_of(&world, &position).len();
    shift(&world, 50);
    world.advance(secs(70));
    let drawn = cards_of(&world, &position);
    assert!(drawn.len() > before);
    message(&drawn);
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(20));
    let closed = cards_of(&world, &position);
    let footer = draw(&closed[closed.len() - 1].view, &Locale::english()).footer;
    assert!(!footer.contains("as of"), "{footer}");
    shift(&world, 50);
    world.advance(secs(130));
    assert_eq!(cards_of(&world, &position).len(), closed.len());
}
