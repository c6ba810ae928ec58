//! The gate of entries fails closed: whatever an entry rests on may fail, and then nothing is bought.

use countersign_desk::work::Done;
use countersign_domain::{
    ids::{Revision, TicketId},
    operator::Surface,
    refusal::{Answer, Refusal},
};
use countersign_tests::{
    Outage, World,
    broker::{Call, Fault},
    market::{CALL, cents, option},
    secs,
};

use crate::scene::monday;

/// What an entry rests on, and how it fails between the card and the press.
type Failing = (&'static str, fn(&mut World));

/// Everything that says no at once.
const AT_THE_PRESS: [Failing; 9] = [
    ("no quote", |world| world.market.withdraw(option(CALL))),
    ("a crossed quote", |world| {
        world.market.quote(option(CALL), 210, 200);
    }),
    ("a negative quote", |world| {
        world.market.quote(option(CALL), -10, 210);
    }),
    ("a quote of no size", |world| {
        world.market.quote_sizes(option(CALL), (200, 210), 0);
    }),
    ("an old quote", |world| {
        world.market.freeze(true);
        world.advance(secs(31));
    }),
    ("a full disk", |world| world.store_is(Outage::Full)),
    ("no database", |world| world.store_is(Outage::Gone)),
    ("a closed market", |world| world.unattended(monday(16, 0))),
    ("no operators", |world| {
        world.reconfigure(|setup| setup.people.clear());
    }),
];

/// Everything that fails only once the yes is written down: the entry is given up.
const AT_THE_BROKER: [Failing; 3] = [
    ("a broker out of reach", |world| {
        world.broker.behave(|manner| manner.reachable = false);
    }),
    ("a broker that refuses", |world| {
        let words = "no".to_owned();
        world.broker.next(Call::Submit, Fault::Refuse(words));
    }),
    ("a line that loses the order", |world| {
        world.broker.next(Call::Submit, Fault::Lost);
    }),
];

fn confirm(world: &mut World, ticket: TicketId, revision: Revision) -> Answer<Done> {
    let press = world.hand(Surface::Web, "ana");
    let answer = world.act(async |desk| desk.confirm(press.clone(), ticket, revision).await);
    world.pump();
    answer
}

/// What failed is well again, and a while later still nothing was bought.
fn heals_and_buys_nothing(world: &mut World, what: &str) {
    world.store_is(Outage::None);
    world.market.freeze(false);
    world.market.quote(option(CALL), 200, 210);
    world.broker.behave(|manner| manner.reachable = true);
    world.advance(secs(60));
    assert!(world.broker.orders().is_empty(), "{what}");
    assert!(world.position().is_none(), "{what}");
}

// R4
#[test]
fn whatever_fails_between_the_card_and_the_broker_nothing_is_bought() {
    for (what, fail) in AT_THE_PRESS {
        let mut world = World::new();
        let ticket = world.offer();
        fail(&mut world);
        let answer = confirm(&mut world, ticket, Revision::FIRST);
        assert!(answer.is_err(), "{what}: {answer:?}");
        assert!(world.broker.orders().is_empty(), "{what}");
        heals_and_buys_nothing(&mut world, what);
    }
    for (what, fail) in AT_THE_BROKER {
        let mut world = World::new();
        let ticket = world.offer();
        fail(&mut world);
        let answer = confirm(&mut world, ticket, Revision::FIRST);
        assert!(answer.is_ok(), "{what}: {answer:?}");
        // Longer than the life of a yes.
        world.advance(secs(3));
        heals_and_buys_nothing(&mut world, what);
    }
}

// R4
#[test]
fn a_press_that_names_nothing_that_stands_buys_nothing() {
    let mut world = World::new();
    let ticket = world.offer();
    for (named, revision) in [
        (TicketId::from_bits(7), Revision::FIRST),
        (TicketId::from_bits(u128::MAX), Revision::FIRST),
        (ticket, Revision(0)),
        (ticket, Revision(2)),
        (ticket, Revision(u32::MAX)),
    ] {
        let answer = confirm(&mut world, named, revision);
        let unknown = matches!(
            answer,
            Err(Refusal::UnknownTicket | Refusal::StaleCard { .. })
        );
        assert!(unknown, "{named} {revision:?}: {answer:?}");
    }
    assert!(world.broker.orders().is_empty());
    assert_eq!(world.stands().terms.limit, cents(210));
    assert!(world.stands().state.is_offered());
}
