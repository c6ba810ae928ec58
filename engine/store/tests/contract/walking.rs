//! A random walk: what is held in memory is what another process would load, at every step.

use std::sync::Arc;

use countersign_desk::{draft::Draft, ports::Store, work::Needs};
use countersign_domain::{
    exit::ExitState,
    ids::{OrderId, OverrideId, PositionId, TicketId},
    order::OrderState,
    signal::SignalState,
    standing::Standing,
    ticket::{Ticket, TicketState},
};

use crate::{
    on_both,
    place::Place,
    samples::{
        closed, confirmed, day, entry, execution, exit, granted, lapsed_override, operator,
        position, signal, standing, ticket,
    },
    world::{Act, DESK, ManualClock, at, row},
};

on_both!(memory_and_database_agree_at_every_step);

/// Numbers that look random and are the same each time (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn step(draft: &mut Draft, kind: u64, number: u128) {
    match kind {
        0 => draft.signal(signal(number)),
        1 => {
            let mut settled = signal(number);
            settled.state = SignalState::Ticketed(TicketId::from_bits(number));
            draft.signal(settled);
            draft.ticket(ticket(number));
        }
        2 => {
            draft.ticket(confirmed(number));
            draft.order(entry(number, OrderState::Submitted));
        }
        3 => draft.order(entry(number, OrderState::Working)),
        4 => {
            draft.order(entry(number, OrderState::Filled));
            draft.execution(execution(number, &format!("E{number}")));
            draft.position(position(number));
            draft.exit_state(PositionId::from_bits(number), ExitState::default());
        }
        5 => draft.order(exit(number, OrderState::Submitted)),
        6 => draft.order(exit(number, OrderState::Filled)),
        7 => draft.position(closed(number, at(60))),
        8 => draft.order(entry(number, OrderState::Unsent)),
        9 => draft.ticket(Ticket {
            state: TicketState::Expired { at: at(300) },
            ..ticket(number)
        }),
        10 => draft.operator(operator(number, &format!("user-{number}"))),
        11 => draft.remove_operator(operator(number, "").id),
        12 => draft.standing(standing(number)),
        13 => draft.standing(Standing {
            revoked_at: Some(at(1)),
            ..standing(number)
        }),
        14 => draft.put_override(granted(number)),
        15 => draft.put_override(lapsed_override(number)),
        _ => draft.day(day(2)),
    }
}

async fn memory_and_database_agree_at_every_step(place: Place) {
    let clock = ManualClock::new();
    let store = Arc::new(place.store(&clock, "one").await);
    store.establish(&row(DESK)).await.unwrap();
    let mut numbers = Numbers(20_260_302);

    for walked in 0..120 {
        let (kind, number) = (numbers.below(17), u128::from(numbers.below(4)) + 1);
        // A unit needs what it changes; what lives already is not loaded again.
        let needs = Needs {
            positions: vec![PositionId::from_bits(number)],
            tickets: vec![TicketId::from_bits(number)],
            orders: vec![
                OrderId::from_bits(number),
                OrderId::from_bits(number + 1_000),
            ],
            overrides: vec![OverrideId::from_bits(number)],
        };
        let act = Act::doing(move |draft| step(draft, kind, number));
        act.needing(needs).run_on(&store).await;

        let held = store.read(DESK).await.unwrap();
        let loaded = place.store(&clock, "two").await.read(DESK).await.unwrap();
        assert!(
            held == loaded,
            "step {walked}: kind {kind}, number {number}"
        );
    }
}
