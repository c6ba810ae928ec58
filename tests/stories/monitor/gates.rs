//! Exits wait for nobody: each gate of entries is shut while each exit falls due, and the exit
//! goes out.
//!
//! Quotes that cannot be believed are a gate as well; price exits, which rest on them, are told in
//! their own stories.

use std::pin::pin;

use countersign_desk::{
    desk::{DeskAsk, PositionAsk},
    work::Done,
};
use countersign_domain::{instrument::Instrument, limits::Limits, operator::Surface};
use countersign_tests::{
    Button::Desk,
    Offer, Outage, World,
    market::{CALL, option},
    secs,
};

use futures::future::{Either, select};
use jiff::SignedDuration;

use super::due::{Due, reason};
use crate::scene::{dollars, held};

/// Shuts a gate in front of entries.
type Shut = fn(&mut World, Due);

/// Shuts the gate while each of those exits falls due, and looks whether it goes out.
fn waits_for_nobody(exits: &[Due], shut: Shut) {
    for due in exits {
        let mut world = World::new();
        due.enter(&mut world);
        shut(&mut world, *due);
        let entry = world.propose(Offer::default());
        assert!(entry.is_err(), "the gate is open while {due:?} comes");
        goes_out(&mut world, *due);
    }
}

/// On spreads beyond the limit price exits want three looks in a row.
const THREE_LOOKS: SignedDuration = secs(9);

pub(super) fn goes_out(world: &mut World, due: Due) {
    due.come(world);
    world.advance(THREE_LOOKS);
    let sent = world.broker.orders();
    let exit = sent.iter().find(|order| !order.request.opens);
    assert!(exit.is_some(), "{due:?} waits\n{}", world.story());
    world.store_is(Outage::None);
    world.advance(secs(6));
    let exit = world.exit().expect("it is written down");
    assert_eq!(reason(&exit), due.reason());
}

/// Exits that ask for no price.
const WITHOUT_PRICE: [Due; 5] = [Due::Time, Due::Days, Due::LastHour, Due::Human, Due::Brake];

fn tighten(world: &mut World, tighten: fn(&mut Limits)) {
    world.reconfigure(|setup| tighten(&mut setup.limits));
}

fn ask(world: &mut World, ask: DeskAsk) {
    world.press("ana", Desk(ask, "a drill")).expect("Ana may");
}

/// Changes the quotes of everything, for good.
fn spoil(world: &World, due: Due, spoil: fn(&World, Instrument)) {
    spoil(world, option(CALL));
    spoil(world, due.instrument());
}

#[test]
fn no_exit_waits_for_a_halted_desk() {
    waits_for_nobody(&Due::ALL, |world, _| ask(world, DeskAsk::Halt));
}

#[test]
fn no_exit_waits_for_a_reducing_desk() {
    waits_for_nobody(&Due::ALL, |world, _| ask(world, DeskAsk::Reduce));
}

#[test]
fn no_exit_waits_for_the_limits_of_a_ticket() {
    waits_for_nobody(&Due::ALL, |world, _| {
        tighten(world, |limits| {
            limits.worst_loss_per_ticket = dollars(1);
            limits.contracts_per_order = 1;
            limits.value_per_order = dollars(1);
        });
    });
}

#[test]
fn no_exit_waits_for_the_limits_of_the_whole_desk() {
    waits_for_nobody(&Due::ALL, |world, _| {
        tighten(world, |limits| {
            limits.open_positions = 0;
            limits.exposure_per_underlying = dollars(1);
        });
    });
}

#[test]
fn no_exit_waits_for_a_rate_of_orders() {
    waits_for_nobody(&Due::ALL, |world, _| {
        tighten(world, |limits| {
            limits.orders_per_minute = 0;
            limits.orders_per_day = 0;
        });
    });
}

#[test]
fn no_exit_waits_for_the_loss_of_a_day() {
    waits_for_nobody(&Due::ALL, |world, _| {
        // Even a day that won passes this bound.
        tighten(world, |limits| limits.daily_loss = dollars(-1_000));
        world.advance(secs(3));
    });
}

#[test]
fn no_exit_waits_for_a_narrow_spread_or_a_small_drift() {
    waits_for_nobody(&Due::ALL, |world, _| {
        tighten(world, |limits| {
            limits.spread_bps = 100;
            limits.drift_bps = 0;
        });
    });
}

#[test]
fn no_exit_waits_for_the_quiet_time_before_the_close() {
    waits_for_nobody(&Due::ALL, |world, _| {
        // The whole session is quiet.
        world.reconfigure(|setup| setup.settings.quiet_minutes = 390);
    });
}

#[test]
fn no_exit_waits_for_the_chat() {
    for due in Due::ALL {
        let mut world = World::new();
        due.enter(&mut world);
        for chat in world.chats() {
            chat.set_down(true);
        }
        goes_out(&mut world, due);
    }
}

#[test]
fn no_exit_waits_for_a_chat_that_never_answers() {
    for due in [
        Due::Target,
        Due::Stop,
        Due::Trail,
        Due::Time,
        Due::Days,
        Due::LastHour,
    ] {
        let mut world = World::new();
        due.enter(&mut world);
        for chat in world.chats() {
            chat.set_silent(true);
        }
        // Something is to be drawn, and its drawing does not come back.
        let (position, now) = (held(&world).id, world.now());
        let press = world.hand(Surface::Web, "ana");
        let asked = world.act(async |desk| {
            let ask = PositionAsk::Hold(now);
            desk.ask_position(press.clone(), position, ask).await
        });
        assert_eq!(asked, Ok(Done::Ok));
        due.come(&mut world);
        world.act(async |desk| {
            let hanging = desk.rooms().map(|room| desk.show(room));
            let hanging = futures::future::join_all(hanging);
            let exits = async {
                desk.tick().await.expect("the store answers");
                desk.pump_orders().await.expect("the store answers");
            };
            match select(pin!(hanging), pin!(exits)).await {
                Either::Left(..) => panic!("the chat answered"),
                Either::Right(..) => {}
            }
        });
        let sent = world.broker.orders();
        let exit = sent.iter().find(|order| !order.request.opens);
        assert!(exit.is_some(), "{due:?} waits\n{}", world.story());
        for chat in world.chats() {
            chat.set_silent(false);
        }
    }
}

#[test]
fn no_exit_waits_for_a_store_that_cannot_commit() {
    for outage in [Outage::Full, Outage::Gone] {
        for due in Due::ALL {
            let mut world = World::new();
            due.enter(&mut world);
            world.store_is(outage);
            goes_out(&mut world, due);
        }
    }
}

#[test]
fn no_exit_by_the_clock_or_a_person_waits_for_fresh_quotes() {
    waits_for_nobody(&WITHOUT_PRICE, |world, _| {
        world.market.freeze(true);
        world.advance(secs(33));
    });
}

#[test]
fn no_exit_by_the_clock_or_a_person_waits_for_a_quote_at_all() {
    waits_for_nobody(&WITHOUT_PRICE, |world, due| {
        spoil(world, due, |world, instrument| {
            world.market.withdraw(instrument);
        });
    });
}

#[test]
fn no_exit_by_the_clock_or_a_person_waits_for_crossed_quotes_to_come_right() {
    waits_for_nobody(&WITHOUT_PRICE, |world, due| {
        spoil(world, due, |world, instrument| {
            world.market.quote(instrument, 210, 200);
        });
    });
}

#[test]
fn no_exit_by_the_clock_or_a_person_waits_for_somebody_to_bid() {
    waits_for_nobody(&WITHOUT_PRICE, |world, due| {
        spoil(world, due, |world, instrument| {
            world.market.quote(instrument, 0, 10);
        });
    });
}

#[test]
fn no_exit_by_the_clock_or_a_person_waits_for_size() {
    waits_for_nobody(&WITHOUT_PRICE, |world, due| {
        spoil(world, due, |world, instrument| {
            world.market.quote_sizes(instrument, (200, 210), 0);
        });
    });
}

#[test]
fn no_exit_by_the_clock_or_a_person_waits_for_a_blown_spread() {
    waits_for_nobody(&WITHOUT_PRICE, |world, due| {
        spoil(world, due, |world, instrument| {
            world.market.quote(instrument, 20, 400);
        });
    });
}
