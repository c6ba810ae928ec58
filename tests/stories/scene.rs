//! The scenes in which stories begin.

use countersign_cards::{Locale, draw};
use countersign_desk::work::Done;
use countersign_domain::{
    calendar,
    event::Fact,
    exit::ExitPlan,
    money::{Percent, Usd},
    operator::Actor,
    position::Position,
    refusal::{Answer, Refusal},
    view::View,
};
use countersign_tests::{
    Button::Confirm,
    Offer, Setup, World,
    market::{CALL, option},
    secs,
};
use jiff::{Timestamp, civil::date};

/// So many dollars.
pub(crate) fn dollars(dollars: i64) -> Usd {
    Usd::from_micros(dollars * 1_000_000)
}

/// That time in New York on the Monday on which every world begins.
pub(crate) fn monday(hour: i8, minute: i8) -> Timestamp {
    calendar::ny(date(2026, 3, 2), hour, minute).expect("a time")
}

/// No exit but the ones that nobody has to ask for.
pub(crate) const fn no_plan() -> ExitPlan {
    ExitPlan {
        profit_target: None,
        stop_loss: None,
        trail: None,
        time_stop: None,
        days_to_expiry: None,
    }
}

/// Half of the premium won.
pub(crate) const fn target() -> ExitPlan {
    ExitPlan {
        profit_target: Some(Percent(50)),
        ..no_plan()
    }
}

/// Half of the premium lost.
pub(crate) const fn stop() -> ExitPlan {
    ExitPlan {
        stop_loss: Some(Percent(50)),
        ..no_plan()
    }
}

/// Bo's usual ticket, closed by that plan.
pub(crate) fn with_plan(exit_plan: ExitPlan) -> Offer {
    Offer {
        exit_plan,
        ..Offer::default()
    }
}

/// Three calls bought at 2.10, closed by that plan.
pub(crate) fn holding(plan: ExitPlan) -> World {
    holding_in(Setup::default(), with_plan(plan))
}

/// What is offered, confirmed by Ana and filled.
pub(crate) fn holding_in(setup: Setup, offer: Offer) -> World {
    let mut world = World::with(setup);
    enter(&mut world, offer);
    world
}

/// Offers, confirms and fills.
pub(crate) fn enter(world: &mut World, offer: Offer) {
    world.propose(offer).expect("it is offered");
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(6));
    let position = held(world);
    assert!(!position.is_flat() && !position.state.is_closed());
}

/// The position of the last ticket.
pub(crate) fn held(world: &World) -> Position {
    let position = world.position().expect("something was filled");
    position.as_ref().clone()
}

/// The call is quoted that much higher or lower, in cents.
pub(crate) fn shift(world: &World, cents: i64) {
    world.market.shift(option(CALL), cents);
}

/// The words of a refusal.
#[track_caller]
pub(crate) fn refused(world: &World, answer: Answer<Done>) -> String {
    let refusal = answer.expect_err("a refusal");
    world.in_words(&refusal)
}

/// Every refusal that is written down, oldest first: whose press, which verb, and why.
pub(crate) fn refusals(world: &World) -> Vec<(Actor, String, Refusal)> {
    let refused = |row: countersign_desk::ports::StoredEvent| match row.event.fact {
        Fact::Refused { verb, refusal, .. } => Some((row.event.actor, verb, refusal)),
        _ => None,
    };
    world.events().into_iter().filter_map(refused).collect()
}

/// How often a ticket was confirmed.
pub(crate) fn confirmations(world: &World) -> usize {
    let confirmed = |row: &countersign_desk::ports::StoredEvent| {
        matches!(row.event.fact, Fact::TicketConfirmed { .. })
    };
    world.events().iter().filter(|row| confirmed(row)).count()
}

/// The buttons of the last ticket's card, as people see it now.
pub(crate) fn buttons(world: &World) -> Vec<String> {
    let chat = world.chats().next().expect("a surface");
    let view = chat.ticket(world.ticket()).expect("the card is drawn");
    let card = draw(&View::Ticket(Box::new(view)), &Locale::english());
    card.buttons.into_iter().map(|one| one.label).collect()
}
