//! The yes binds: whatever the market and the broker do, no order exceeds its card.

use countersign_desk::desk::Edited;
use countersign_domain::{
    execution::Execution,
    money::{Contracts, Usd},
    ticket::TicketState,
};
use countersign_tests::{
    Button::{Confirm, Edit},
    Offer, Setup, World,
    market::{CALL, HIGH_CALL, call_spread, cents, long_call, option},
    secs,
};
use proptest::prelude::*;

use crate::scene::{no_plan, shift};

/// What happens between the offer and the end of the entry.
#[derive(Clone, Copy, Debug)]
enum Happening {
    /// Both calls move by so many cents.
    Move(i64),
    /// The broker may execute so many units more.
    Room(u32),
    /// Ana presses Confirm.
    Press,
    /// Dee wants other contracts.
    Edit(u32),
    /// Time passes.
    Wait(i64),
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        (-60_i64..60).prop_map(Happening::Move),
        (0_u32..4).prop_map(Happening::Room),
        Just(Happening::Press),
        (1_u32..6).prop_map(Happening::Edit),
        (1_i64..12).prop_map(Happening::Wait),
    ]
}

fn happen(world: &mut World, happening: Happening) {
    // What is refused changes nothing; what happens is what counts.
    match happening {
        Happening::Move(by) => {
            shift(world, by);
            world.market.shift(option(HIGH_CALL), by / 2);
        }
        Happening::Room(units) => {
            world
                .broker
                .behave(|manner| manner.entry_room = Some(units));
        }
        Happening::Press => drop(world.press("ana", Confirm)),
        Happening::Edit(contracts) => {
            let edited = Edited {
                contracts: Some(Contracts(contracts)),
                limit: None,
            };
            drop(world.press("dee", Edit(edited)));
        }
        Happening::Wait(seconds) => world.advance(secs(seconds)),
    }
}

/// What an entry bought must be within the card that was confirmed.
fn judge(world: &World) {
    let ticket = world.stands();
    let TicketState::Confirmed { yes, .. } = &ticket.state else {
        assert!(world.broker.orders().is_empty());
        return;
    };
    assert!(yes.iter().all(|one| one.revision == ticket.revision));
    let entries = world.broker.orders();
    for order in entries.iter().filter(|order| order.request.opens) {
        assert!(order.request.limit <= ticket.terms.limit);
        assert!(order.request.quantity <= ticket.terms.contracts);
    }
    let filled: u32 = entries.iter().map(|order| order.filled).sum();
    assert!(filled <= ticket.terms.contracts.0);

    let story = world.story_of(ticket.id);
    let paid: Usd = story.executions.iter().map(Execution::cash).sum();
    let fees: Usd = story.executions.iter().map(Execution::cost).sum();
    // Closing costs the same fees once more.
    assert!(-paid + fees + fees <= ticket.terms.worst_loss);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    // R8
    #[test]
    fn no_entry_exceeds_the_card_that_was_confirmed(
        contracts in 1_u32..6,
        over in -8_i64..12,
        steps in 0_u32..4,
        spread in any::<bool>(),
        early in prop::collection::vec(happening(), 0..4),
        late in prop::collection::vec(happening(), 4..16),
    ) {
        let mut setup = Setup::default();
        setup.settings.entry_walk.steps = steps;
        let mut world = World::with(setup);
        world.market.quote(option(CALL), 200, 210);
        let (structure, natural) = if spread {
            (call_spread(), 130)
        } else {
            (long_call(), 210)
        };
        let offer = Offer {
            structure,
            contracts,
            limit: cents(natural + over),
            exit_plan: no_plan(),
            ..Offer::default()
        };
        world.propose(offer).expect("it is offered");
        // Somebody presses sooner or later, and mostly it is still offered then.
        let happenings = early.into_iter().chain([Happening::Press]).chain(late);
        for one in happenings {
            happen(&mut world, one);
        }
        judge(&world);
        world.settle();
        judge(&world);
    }
}
