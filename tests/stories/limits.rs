//! Limits: each one refuses at the offer and again at the press, and says by how much.

use countersign_desk::{desk::DeskAsk, work::Done};
use countersign_domain::{
    limits::{LimitCode, Limits},
    money::Usd,
    refusal::{Answer, Refusal},
};
use countersign_tests::{
    Button::{Confirm, Desk},
    Offer, Setup, World,
    market::{CALL, HIGH_CALL, cents, option},
    secs,
};
use insta::assert_snapshot;

use crate::monitor::due::long;
use crate::scene::{dollars, enter, holding, no_plan, shift, with_plan};

/// A limit, made so tight that Bo's usual ticket passes it.
type Tighten = fn(&mut Limits);

/// Every ceiling that does not depend on what was lost before.
const TIGHT: [(LimitCode, Tighten); 9] = [
    (LimitCode::WorstLossPerTicket, |limits| {
        limits.worst_loss_per_ticket = dollars(500);
    }),
    (LimitCode::ContractsPerOrder, |limits| {
        limits.contracts_per_order = 2;
    }),
    (LimitCode::ValuePerOrder, |limits| {
        limits.value_per_order = dollars(600);
    }),
    (LimitCode::OpenPositions, |limits| limits.open_positions = 0),
    (LimitCode::ExposurePerUnderlying, |limits| {
        limits.exposure_per_underlying = dollars(600);
    }),
    (LimitCode::OrdersPerMinute, |limits| {
        limits.orders_per_minute = 0;
    }),
    (LimitCode::OrdersPerDay, |limits| limits.orders_per_day = 0),
    (LimitCode::QuoteAge, |limits| limits.quote_age_s = 2),
    (LimitCode::Spread, |limits| limits.spread_bps = 400),
];

fn tight(tighten: Tighten) -> Setup {
    let mut setup = Setup::default();
    tighten(&mut setup.limits);
    setup
}

/// Makes the newest quote three seconds old.
fn let_quotes_age(world: &mut World) {
    world.market.freeze(true);
    world.advance(secs(3));
}

/// The one limit in a refusal, or in a new revision that takes the place of an order.
fn code<T: std::fmt::Debug>(answer: &Answer<T>) -> LimitCode {
    match answer {
        Err(Refusal::Limits(breaches)) => {
            assert_eq!(breaches.len(), 1, "{breaches:?}");
            breaches[0].code
        }
        Err(Refusal::Repriced { breach, .. }) => breach.code,
        other => panic!("{other:?}"),
    }
}

// R9
#[test]
fn every_limit_refuses_the_offer_and_says_what_would_pass() {
    let mut words = Vec::new();
    for (limit, tighten) in TIGHT {
        let mut world = World::with(tight(tighten));
        let_quotes_age(&mut world);
        let answer = world.propose(Offer::default());
        assert_eq!(code(&answer), limit);
        words.push(world.in_words(&answer.expect_err("no room")));
        assert!(world.tickets().is_empty());
    }
    assert_snapshot!(words.join("\n"), @r"
    Worst loss per ticket would be $633.90; the limit is $500.00.
    The order would have 3 contracts; the limit is 2 contracts.
    Value of the order would be $630.00; the limit is $600.00.
    It would make 1 position, working entries included; the limit is 0 positions; wait until one is closed.
    Worst loss on this underlying would be $633.90; the limit is $600.00.
    It would make 1 entry in 60 s; the limit is 0 entries; wait a minute.
    It would make 1 entry today; the limit is 0 entries; no entry passes before the next New York day.
    The quote is 3 s old; the limit is 2 s; wait for a fresh quote.
    The widest spread is 4.88% of its mid; the limit is 4%; wait until it narrows.
    ");
}

// R9
#[test]
fn every_limit_refuses_the_press_when_it_was_tightened_since_the_offer() {
    let mut words = Vec::new();
    for (limit, tighten) in TIGHT {
        let mut world = World::new();
        world.offer();
        world.reconfigure(|setup| tighten(&mut setup.limits));
        let_quotes_age(&mut world);
        let answer = world.press("ana", Confirm);
        assert_eq!(code(&answer), limit);
        words.push(world.in_words(&answer.expect_err("no room")));
        assert!(world.broker.orders().is_empty(), "{limit:?}");
    }
    assert_snapshot!(words.join("\n"), @r"
    Worst loss per ticket would be $633.90; the limit is $500.00.
    The order would have 3 contracts; the limit is 2 contracts.
    Value of the order would be $630.00; the limit is $600.00.
    It would make 1 position, working entries included; the limit is 0 positions; wait until one is closed.
    Worst loss on this underlying would be $633.90; the limit is $600.00.
    It would make 1 entry in 60 s; the limit is 0 entries; wait a minute.
    It would make 1 entry today; the limit is 0 entries; no entry passes before the next New York day.
    The quote is 3 s old; the limit is 2 s. Nothing was sent. Revision 2 shows the new price: confirm that one if you still want it.
    The widest spread is 4.88% of its mid; the limit is 4%. Nothing was sent. Revision 2 shows the new price: confirm that one if you still want it.
    ");
}

// R9
#[test]
fn several_limits_are_all_named() {
    let mut world = World::with(tight(|limits| {
        limits.contracts_per_order = 2;
        limits.value_per_order = dollars(600);
    }));
    let refusal = world.propose(Offer::default()).expect_err("no room");
    assert_snapshot!(world.in_words(&refusal), @r"
    The order would have 3 contracts; the limit is 2 contracts.
    Value of the order would be $630.00; the limit is $600.00.
    ");
}

// R9
#[test]
fn what_is_in_flight_counts_before_it_is_filled() {
    let mut world = World::with(tight(|limits| {
        limits.exposure_per_underlying = dollars(1_000);
    }));
    world.broker.behave(|manner| manner.entry_room = Some(0));
    world.offer();
    world.press("ana", Confirm).expect("there is room for one");
    assert!(world.position().is_none());
    let refusal = world
        .propose(Offer::default())
        .expect_err("it may still fill");
    assert_snapshot!(world.in_words(&refusal), @"Worst loss on this underlying would be $1,267.80; the limit is $1,000.00; $366.10 would pass.");
}

// R9
#[test]
fn the_rate_of_entries_is_bounded_by_the_minute_and_by_the_day() {
    let mut world = World::with(tight(|limits| {
        limits.orders_per_minute = 1;
        limits.orders_per_day = 2;
    }));
    enter(&mut world, with_plan(no_plan()));
    let minute = world.propose(Offer::default());
    assert_eq!(code(&minute), LimitCode::OrdersPerMinute);
    world.advance(secs(60));
    enter(&mut world, with_plan(no_plan()));
    world.advance(secs(60));
    let day = world.propose(Offer::default());
    assert_eq!(code(&day), LimitCode::OrdersPerDay);
    let tomorrow = world.now() + secs(86_400);
    world.jump(tomorrow);
    assert!(world.propose(Offer::default()).is_ok());
}

// R9
#[test]
fn a_day_that_lost_too_much_brakes_by_itself_and_takes_no_entry_even_when_resumed() {
    let mut world = World::with(tight(|limits| limits.daily_loss = dollars(100)));
    enter(&mut world, with_plan(no_plan()));
    shift(&world, -60);
    world.advance(secs(3));
    let row = world.seen().desk.clone();
    assert_eq!(row.trading.as_str(), "reducing");
    let refusal = world
        .propose(Offer::default())
        .expect_err("the desk brakes");
    assert_snapshot!(world.in_words(&refusal), @"The desk is reducing and takes only what shrinks risk. An admin can resume it.");

    let resume = Desk(DeskAsk::Resume, "I know");
    assert_eq!(world.press("dee", resume), Ok(Done::Ok));
    let answer = world.propose(Offer::default());
    assert_eq!(code(&answer), LimitCode::DailyLoss);
    let refusal = answer.expect_err("the loss is still there");
    assert_snapshot!(world.in_words(&refusal), @"The loss today is $196.95; the limit is $100.00; no entry passes before the next New York day.");
    world.advance(secs(3));
    assert_eq!(world.seen().desk.trading.as_str(), "reducing");
}

#[test]
fn realised_losses_and_fees_count_to_the_day() {
    let mut world = holding(crate::scene::stop());
    shift(&world, -110);
    world.advance(secs(21));
    assert!(crate::scene::held(&world).state.is_closed());
    let day = world.seen().day.clone();
    // Three contracts bought at 2.10 and sold at 0.90; 0.65 for each of six.
    assert_eq!(day.realised, Usd::from_micros(-360_000_000));
    assert_eq!(day.fees, Usd::from_micros(3_900_000));
}

#[test]
fn what_nobody_bids_for_counts_as_lost_to_an_entry_and_brakes_nothing() {
    let mut world = World::with(tight(|limits| limits.daily_loss = dollars(400)));
    enter(&mut world, with_plan(no_plan()));
    world.market.quote(option(CALL), 0, 5);
    world.advance(secs(3));
    let other = Offer {
        structure: long(HIGH_CALL),
        contracts: 1,
        limit: cents(90),
        ..Offer::default()
    };
    let answer = world.propose(other);
    assert_eq!(code(&answer), LimitCode::DailyLoss);
    assert_eq!(world.seen().desk.trading.as_str(), "active");
}
