//! What a unit needs beside what is alive is loaded for it, and leaves memory again.

use countersign_desk::{ports::Store, work::Needs};
use countersign_domain::{
    exit::ExitState,
    ids::{OrderId, OverrideId, PositionId, SignalId, TicketId},
    order::OrderState,
    position::{Position, PositionState},
    ticket::{Ticket, TicketState},
};
use countersign_store::SqlStore;

use crate::{
    on_both,
    place::Place,
    samples::{
        closed, confirmed, entry, execution, exit, lapsed_override, position, signal, ticket,
    },
    world::{Act, DESK, ManualClock, at, row},
};

on_both!(
    a_settled_ticket_comes_with_its_signal,
    a_closed_position_comes_with_all_that_belongs_to_it,
    an_order_comes_with_its_position,
    an_order_that_opened_nothing_comes_with_its_ticket,
    an_override_that_ended_is_there_to_say_how,
    what_does_not_exist_is_not_there,
    a_late_execution_brings_a_position_back_to_life,
);

/// A desk with a trade that ended, an entry that was never sent, and a ticket that expired.
async fn desk_with_a_past(place: &Place) -> SqlStore {
    let store = place.store(&ManualClock::new(), "one").await;
    store.establish(&row(DESK)).await.unwrap();
    Act::doing(|draft| {
        draft.signal(signal(2));
        draft.ticket(confirmed(2));
        draft.order(entry(2, OrderState::Filled));
        draft.order(exit(2, OrderState::Filled));
        draft.position(closed(2, at(60)));
        draft.execution(execution(2, "X1"));
        draft.execution(execution(2, "X2"));
        draft.exit_state(PositionId::from_bits(2), ExitState::default());
        draft.ticket(confirmed(3));
        draft.order(entry(3, OrderState::Unsent));
        draft.ticket(Ticket {
            state: TicketState::Expired { at: at(300) },
            ..ticket(4)
        });
        draft.signal(signal(4));
    })
    .run_on(&store)
    .await;
    Act::doing(|draft| {
        for number in [2, 4] {
            let mut settled = signal(number);
            settled.state =
                countersign_domain::signal::SignalState::Ticketed(TicketId::from_bits(number));
            draft.signal(settled);
        }
    })
    .run_on(&store)
    .await;
    let seen = store.read(DESK).await.unwrap();
    assert!(seen.tickets.is_empty() && seen.signals.is_empty() && seen.orders.is_empty());
    store
}

async fn a_settled_ticket_comes_with_its_signal(place: Place) {
    let store = desk_with_a_past(&place).await;

    let needs = Needs {
        tickets: vec![TicketId::from_bits(4)],
        ..Needs::default()
    };
    let act = Act::doing(|draft| {
        assert!(draft.seen().tickets.contains_key(&TicketId::from_bits(4)));
        assert!(draft.seen().signals.contains_key(&SignalId::from_bits(4)));
        assert_eq!(draft.seen().tickets.len(), 1);
        draft.note(crate::samples::expired(4));
    });
    act.needing(needs).run_on(&store).await;

    assert!(store.read(DESK).await.unwrap().tickets.is_empty());
}

async fn a_closed_position_comes_with_all_that_belongs_to_it(place: Place) {
    let store = desk_with_a_past(&place).await;

    let needs = Needs {
        positions: vec![PositionId::from_bits(2)],
        ..Needs::default()
    };
    let act = Act::doing(|draft| {
        let (seen, id) = (draft.seen(), PositionId::from_bits(2));
        assert_eq!(*seen.positions[&id], closed(2, at(60)));
        assert_eq!(seen.orders.len(), 2);
        assert_eq!(seen.executions[&id].len(), 2);
        assert!(seen.exit_states.contains_key(&id));
        assert!(seen.tickets.contains_key(&TicketId::from_bits(2)));
        assert!(seen.signals.contains_key(&SignalId::from_bits(2)));
        draft.note(crate::samples::expired(2));
    });
    act.needing(needs).run_on(&store).await;

    let seen = store.read(DESK).await.unwrap();
    assert!(seen.positions.is_empty() && seen.orders.is_empty() && seen.executions.is_empty());
}

async fn an_order_comes_with_its_position(place: Place) {
    let store = desk_with_a_past(&place).await;

    let needs = Needs {
        orders: vec![OrderId::from_bits(1_002)],
        ..Needs::default()
    };
    let act = Act::doing(|draft| {
        let seen = draft.seen();
        assert!(seen.orders.contains_key(&OrderId::from_bits(1_002)));
        assert!(seen.positions.contains_key(&PositionId::from_bits(2)));
        draft.note(crate::samples::expired(2));
    });
    act.needing(needs).run_on(&store).await;
}

async fn an_order_that_opened_nothing_comes_with_its_ticket(place: Place) {
    let store = desk_with_a_past(&place).await;

    let needs = Needs {
        orders: vec![OrderId::from_bits(3)],
        ..Needs::default()
    };
    let act = Act::doing(|draft| {
        let seen = draft.seen();
        assert_eq!(
            seen.orders[&OrderId::from_bits(3)].state,
            OrderState::Unsent
        );
        assert_eq!(*seen.tickets[&TicketId::from_bits(3)], confirmed(3));
        assert!(seen.positions.is_empty());
        draft.note(crate::samples::expired(3));
    });
    act.needing(needs).run_on(&store).await;
}

async fn an_override_that_ended_is_there_to_say_how(place: Place) {
    let store = place.store(&ManualClock::new(), "one").await;
    store.establish(&row(DESK)).await.unwrap();
    Act::doing(|draft| draft.put_override(lapsed_override(5)))
        .run_on(&store)
        .await;
    assert!(store.read(DESK).await.unwrap().overrides.is_empty());
    let told = store.override_of(DESK, OverrideId::from_bits(5)).await;
    assert_eq!(told.unwrap().as_deref(), Some(&lapsed_override(5)));
    let unknown = store.override_of(DESK, OverrideId::from_bits(6)).await;
    assert!(unknown.unwrap().is_none());

    let needs = Needs {
        overrides: vec![OverrideId::from_bits(5)],
        ..Needs::default()
    };
    let act = Act::doing(|draft| {
        let ended = &draft.seen().overrides[&OverrideId::from_bits(5)];
        assert_eq!(**ended, lapsed_override(5));
        draft.note(crate::samples::expired(4));
    });
    act.needing(needs).run_on(&store).await;
    assert!(store.read(DESK).await.unwrap().overrides.is_empty());
}

async fn what_does_not_exist_is_not_there(place: Place) {
    let store = desk_with_a_past(&place).await;

    let needs = Needs {
        tickets: vec![TicketId::from_bits(77)],
        orders: vec![OrderId::from_bits(77)],
        positions: vec![PositionId::from_bits(77)],
        overrides: vec![OverrideId::from_bits(77)],
    };
    let act = Act::doing(|draft| {
        let seen = draft.seen();
        assert!(seen.tickets.is_empty() && seen.orders.is_empty() && seen.positions.is_empty());
        draft.note(crate::samples::expired(77));
    });
    act.needing(needs).run_on(&store).await;
}

async fn a_late_execution_brings_a_position_back_to_life(place: Place) {
    let store = desk_with_a_past(&place).await;

    let needs = Needs {
        positions: vec![PositionId::from_bits(2)],
        ..Needs::default()
    };
    let act = Act::doing(|draft| {
        draft.execution(execution(2, "X3"));
        draft.position(Position {
            state: PositionState::Open,
            ..position(2)
        });
    });
    act.needing(needs).run_on(&store).await;

    let seen = store.read(DESK).await.unwrap();
    assert_eq!(seen.executions[&PositionId::from_bits(2)].len(), 3);
    assert_eq!((seen.orders.len(), seen.tickets.len()), (2, 1));
    let other = place.store(&ManualClock::new(), "two").await;
    assert_eq!(*other.read(DESK).await.unwrap(), *seen);
}
