//! Confirm: one yes, one order, never past its card.

use countersign_desk::work::Done;
use countersign_domain::{
    event::Fact,
    ids::{Revision, TicketId},
    limits::LimitCode,
    money::Contracts,
    operator::{Actor, Surface},
    refusal::{Answer, Refusal},
    ticket::TicketState,
};
use countersign_tests::{
    Button::Confirm,
    Outage, Setup, World,
    broker::{Call, Fault},
    market::{CALL, cents, option},
    place::{Database, Place},
    secs,
};
use futures::future::join_all;
use insta::{allow_duplicates, assert_snapshot};
use std::sync::Arc;

use crate::scene::{confirmations, monday, no_plan, refused, shift, with_plan};

/// Ana presses a card that somebody kept open.
fn press_card(world: &mut World, ticket: TicketId, revision: Revision) -> Answer<Done> {
    let press = world.hand(Surface::Web, "ana");
    let done = world.act(async |desk| desk.confirm(press.clone(), ticket, revision).await);
    world.pump();
    done
}

#[test]
fn a_trader_confirms_and_exactly_that_order_goes_out() {
    let mut world = World::new();
    world.offer();
    let done = world.press("ana", Confirm).expect("Ana may");

    let order = world.entry().expect("an order");
    assert_eq!(done, Done::Order(order.id));
    let sent = world.broker.orders();
    let [sent] = sent.as_slice() else {
        panic!("{} orders went out", sent.len());
    };
    assert_eq!(sent.request.client_order_id, order.client_order_id());
    assert!(sent.request.opens);
    assert_eq!(sent.request.quantity, Contracts(3));
    assert_eq!(sent.request.limit, cents(210));
    assert_eq!(world.stands().state.name(), "confirmed");
}

#[test]
fn two_people_press_confirm_and_one_order_goes_out() {
    let mut world = World::new();
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    let late = world.press("bo", Confirm);
    assert_snapshot!(refused(&world, late), @"Confirmed by ana (web console), 10:02:00 EST, revision 1. Your press changed nothing.");
    assert_eq!(world.broker.orders().len(), 1);
}

// R1
#[test]
fn a_thousand_confirms_from_three_surfaces_make_one_order() {
    for database in Database::all() {
        let place = Arc::new(Place::new(database));
        let setup = Setup {
            surfaces: Surface::ALL.to_vec(),
            ..Setup::default()
        };
        let mut world = World::on(&place, setup);
        let ticket = world.offer();
        // One process runs the desk, and two more decide for their own surfaces.
        let desks = [
            world.desk(),
            world.attach("the console's process"),
            world.attach("the command line's process"),
        ];
        let presses: Vec<_> = (0..1_000)
            .map(|count| {
                let who = ["ana", "bo", "dee"][count % 3];
                let surface = Surface::ALL[count / 3 % 3];
                (count % 3, world.hand(surface, who))
            })
            .collect();
        let answers = world.act(async |_| {
            let confirms = presses.iter().map(|(process, press)| {
                desks[*process].confirm(press.clone(), ticket, Revision::FIRST)
            });
            let answers = join_all(confirms).await;
            for desk in &desks {
                desk.pump().await.expect("the store answers");
            }
            answers
        });

        let confirmed: Vec<_> = answers.iter().filter(|answer| answer.is_ok()).collect();
        assert_eq!(confirmed.len(), 1, "{database:?}");
        // On a machine whose turns come late a press may have to give up: it decides nothing then.
        let told = |answer: &&Answer<Done>| matches!(answer, Err(Refusal::AlreadyDecided(_)));
        let gave_up = |answer: &&Answer<Done>| **answer == Err(Refusal::StoreUnavailable);
        let (told, gave_up) = (
            answers.iter().filter(told).count(),
            answers.iter().filter(gave_up).count(),
        );
        assert_eq!(told + gave_up, 999, "{database:?}");
        assert!(
            told > 500,
            "{database:?}: {told} were told, {gave_up} gave up"
        );
        assert_eq!(world.broker.orders().len(), 1);
        assert_eq!(confirmations(&world), 1);
        drop(desks);
    }
}

// R15
#[test]
fn the_same_press_delivered_twice_has_one_effect() {
    let mut world = World::new();
    world.offer();
    let press = world.hand(Surface::Web, "ana");
    assert!(world.deliver(&press, &Confirm).is_ok());
    assert_eq!(world.deliver(&press, &Confirm), Ok(Done::Repeated));
    world.pump();
    assert_eq!(world.broker.orders().len(), 1);
}

// R12
#[test]
fn a_yes_is_kept_with_who_where_when_and_seeing_which_quote() {
    let mut world = World::new();
    world.offer();
    let press = world.hand(Surface::Web, "ana");
    let key = press.key.clone().expect("the press has a name");
    world.deliver(&press, &Confirm).expect("Ana may");
    world.pump();

    let now = world.now();
    let row = world
        .events()
        .into_iter()
        .find_map(|row| match row.event.fact {
            Fact::TicketConfirmed { confirmation, .. } => {
                Some((row.event.actor, row.event.press, row.event.at, confirmation))
            }
            _ => None,
        });
    let (actor, name, at, confirmation) = row.expect("it is written down");
    let Actor::Operator {
        id,
        name: who,
        surface,
    } = actor
    else {
        panic!("a person confirmed");
    };
    assert_eq!((who.as_str(), surface), ("ana", Surface::Web));
    assert_eq!(name, Some(format!("{}:{}", key.source, key.id)));
    assert_eq!((at, confirmation.at), (now, now));
    assert_eq!((confirmation.operator, confirmation.name), (id, who));
    assert_eq!(confirmation.revision, Revision::FIRST);
    assert_eq!(confirmation.surface, Some(Surface::Web));
    let quote = confirmation.quote;
    assert_eq!((quote.natural, quote.mid), (cents(210), cents(205)));
    assert_eq!(quote.at, now);
}

#[test]
fn an_old_revision_and_an_unknown_ticket_are_refused() {
    let mut world = World::new();
    let ticket = world.offer();
    let future = press_card(&mut world, ticket, Revision(2));
    assert_snapshot!(refused(&world, future), @"This card is old: revision 1 stands now. Nothing was done. Read the newest card and press there.");
    let unknown = press_card(&mut world, TicketId::from_bits(7), Revision::FIRST);
    assert_snapshot!(refused(&world, unknown), @"There is no such ticket on this desk. The board lists those that are offered.");
    assert!(world.broker.orders().is_empty());
}

// R7
#[test]
fn when_the_market_ran_away_the_press_makes_a_new_card_and_no_order() {
    let mut world = World::new();
    let ticket = world.offer();
    shift(&world, 30);
    let answer = world.press("ana", Confirm);
    assert_snapshot!(refused(&world, answer), @"The price moved 14.63% of the premium against the card; the limit is 10%. Nothing was sent. Revision 2 shows the new price: confirm that one if you still want it.");
    assert!(world.broker.orders().is_empty());
    let stands = world.stands();
    assert_eq!(stands.revision, Revision(2));
    assert_eq!(stands.terms.limit, cents(240));
    assert!(stands.state.is_offered());

    // The old card is void, and the new one can be pressed.
    let old = press_card(&mut world, ticket, Revision::FIRST);
    assert!(matches!(old, Err(Refusal::StaleCard { .. })));
    assert!(world.press("ana", Confirm).is_ok());
    assert_eq!(world.broker.orders()[0].request.limit, cents(240));
}

// R7
#[test]
fn when_the_quote_is_old_the_press_makes_a_new_card_and_no_order() {
    let mut world = World::new();
    world.offer();
    world.market.freeze(true);
    world.advance(secs(31));
    let answer = world.press("ana", Confirm);
    assert_snapshot!(refused(&world, answer), @"The quote is 31 s old; the limit is 30 s. Nothing was sent. Revision 2 shows the new price: confirm that one if you still want it.");
    assert!(world.broker.orders().is_empty());
    assert_eq!(world.stands().revision, Revision(2));

    world.market.freeze(false);
    world.advance(secs(3));
    assert!(world.press("ana", Confirm).is_ok());
}

// R8
#[test]
fn a_market_that_came_our_way_is_bought_within_the_card() {
    let mut world = World::new();
    world.offer();
    shift(&world, -40);
    world.press("ana", Confirm).expect("no drift against us");
    world.advance(secs(3));
    let paid = world.broker.executions();
    assert!(paid.iter().all(|one| one.price == cents(170)));
}

// R4
#[test]
fn without_a_believable_quote_there_is_no_yes() {
    let mut words = Vec::new();
    for spoil in [
        |world: &World| world.market.withdraw(option(CALL)),
        |world: &World| world.market.quote(option(CALL), 210, 200),
        |world: &World| world.market.quote(option(CALL), 0, 210),
        |world: &World| world.market.quote_sizes(option(CALL), (200, 210), 0),
    ] {
        let mut world = World::new();
        world.offer();
        spoil(&world);
        let answer = world.press("ana", Confirm);
        words.push(refused(&world, answer));
        assert!(world.broker.orders().is_empty());
        assert!(world.stands().state.is_offered());
    }
    assert_snapshot!(words.join("\n"), @r"
    There is no price to rest on for ACME Mar 20, 2026 100 call: there is no quote. Nothing was sent. Press again when the quote is good.
    There is no price to rest on for ACME Mar 20, 2026 100 call: the bid is above the ask. Nothing was sent. Press again when the quote is good.
    There is no price to rest on for ACME Mar 20, 2026 100 call: nobody bids. Nothing was sent. Press again when the quote is good.
    There is no price to rest on for ACME Mar 20, 2026 100 call: nobody offers. Nothing was sent. Press again when the quote is good.
    ");
}

// R4
#[test]
fn while_the_store_cannot_commit_or_answer_there_is_no_yes() {
    for outage in [Outage::Full, Outage::Gone] {
        let mut world = World::new();
        world.offer();
        let press = world.hand(Surface::Web, "ana");
        let ticket = world.ticket();
        world.store_is(outage);
        let answer =
            world.act(async |desk| desk.confirm(press.clone(), ticket, Revision::FIRST).await);
        allow_duplicates! { assert_snapshot!(refused(&world, answer), @"The store cannot commit, so no entry is taken; exits go on. Press again when the board shows that it commits."); }
        assert!(world.broker.orders().is_empty());
        world.store_is(Outage::None);
        assert!(world.stands().state.is_offered());
    }
}

#[test]
fn while_the_market_is_closed_there_is_no_yes() {
    let mut world = World::new();
    world.unattended(monday(15, 59));
    world.propose(with_plan(no_plan())).expect("still open");
    world.unattended(monday(16, 0));
    let answer = world.press("ana", Confirm);
    assert_snapshot!(refused(&world, answer), @"The market is closed and opens at 09:30:00 EST, Mar 3. Press again then.");
    assert!(world.broker.orders().is_empty());
}

// R3
#[test]
fn the_decision_is_written_down_before_the_broker_hears_of_it() {
    let mut world = World::new();
    world.offer();
    let press = world.hand(Surface::Web, "ana");
    world.deliver(&press, &Confirm).expect("Ana may");
    assert!(world.broker.orders().is_empty());
    let order = world.entry().expect("it is written down");
    assert_eq!(order.state.name(), "submitted");
    assert_eq!(order.client_order_id().0, format!("e{}-1", order.id));

    // The process dies here: the entry is looked up at the broker, and never sent.
    world.crash();
    world.advance(secs(30));
    assert!(world.broker.orders().is_empty());
    assert_eq!(world.stands().state.name(), "lapsed");
}

// R3
#[test]
fn an_order_that_left_before_the_process_died_is_known_again_by_its_name() {
    let mut world = World::new();
    world.broker.next(Call::Submit, Fault::Silent);
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    let name = world.entry().expect("it is written down").client_order_id();
    world.crash();
    world.advance(secs(15));
    let entry = world.entry().expect("it is still the one");
    assert_eq!(entry.client_order_id(), name);
    assert_eq!(entry.state.name(), "filled");
    let sent = world.broker.orders();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].request.client_order_id, name);
}

// R4
#[test]
fn an_entry_that_cannot_leave_within_two_seconds_is_never_sent() {
    let mut world = World::new();
    world.offer();
    world.broker.behave(|manner| manner.reachable = false);
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(3));
    let card = world.card();
    assert!(card.contains("Nothing was bought or sold."), "{card}");
    assert!(card.contains("the broker could not be reached"), "{card}");
    world.broker.behave(|manner| manner.reachable = true);
    world.advance(secs(30));
    assert!(world.broker.orders().is_empty());
    assert!(matches!(world.stands().state, TicketState::Lapsed { .. }));
}

#[test]
fn a_broker_that_says_no_is_quoted_on_the_card() {
    let mut world = World::new();
    world.offer();
    let words = "insufficient buying power".to_owned();
    world.broker.next(Call::Submit, Fault::Refuse(words));
    world.press("ana", Confirm).expect("Ana may");
    let order = world.entry().expect("an order");
    assert_eq!(order.state.name(), "rejected");
    assert!(world.card().contains("insufficient buying power"));
    world.advance(secs(30));
    assert!(world.broker.orders().is_empty());
}

// R9
#[test]
fn room_that_another_ticket_took_since_the_offer_is_missing_at_the_press() {
    let mut world = World::with(Setup {
        limits: countersign_domain::limits::Limits {
            open_positions: 1,
            ..Setup::default().limits
        },
        ..Setup::default()
    });
    let first = world.offer();
    world.offer();
    world.press("ana", Confirm).expect("there is room for one");
    let answer = press_card(&mut world, first, Revision::FIRST);
    let Err(Refusal::Limits(breaches)) = &answer else {
        panic!("{answer:?}");
    };
    assert_eq!(breaches[0].code, LimitCode::OpenPositions);
    assert_snapshot!(refused(&world, answer), @"It would make 2 positions, working entries included; the limit is 1 position; wait until one is closed.");
    assert_eq!(world.broker.orders().len(), 1);
}
