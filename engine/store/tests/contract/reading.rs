//! Reading back: stories, lists, days and events.

use countersign_desk::{
    ports::{Store, Story},
    seen::DayTotals,
};
use countersign_domain::{
    ids::{OrderId, PositionId, TicketId},
    order::OrderState,
};
use countersign_store::SqlStore;
use jiff::{Timestamp, civil::date};

use crate::{
    on_both,
    place::Place,
    samples::{closed, confirmed, day, entry, execution, exit, expired, signal, ticket},
    world::{Act, DESK, ManualClock, at, desk, dollars, row},
};

on_both!(
    a_story_tells_everything_that_came_of_a_ticket,
    the_newest_come_first,
    a_day_is_new_yorks,
    every_day_keeps_its_totals,
    an_order_is_found_live_or_not,
    events_are_read_on_without_a_gap,
    desks_do_not_see_each_other,
);

async fn desk_of(place: &Place) -> SqlStore {
    let store = place.store(&ManualClock::new(), "one").await;
    store.establish(&row(DESK)).await.unwrap();
    store
}

async fn a_story_tells_everything_that_came_of_a_ticket(place: Place) {
    let store = desk_of(&place).await;
    let state = countersign_domain::exit::ExitState {
        high_water: crate::world::dollars(9),
        confirmations: 2,
    };
    Act::doing(move |draft| {
        draft.signal(signal(2));
        draft.ticket(confirmed(2));
        draft.order(exit(2, OrderState::Filled));
        draft.order(entry(2, OrderState::Filled));
        draft.position(closed(2, at(90)));
        draft.execution(execution(2, "X2"));
        draft.execution(execution(2, "X1"));
        draft.exit_state(PositionId::from_bits(2), state);
        draft.ticket(ticket(3));
    })
    .run_on(&store)
    .await;

    let told = store.story(DESK, TicketId::from_bits(2)).await.unwrap();

    assert_eq!(told.ticket.as_deref(), Some(&confirmed(2)));
    assert_eq!(told.signal, Some(signal(2)));
    let orders: Vec<_> = told.orders.iter().map(|order| order.id.bits()).collect();
    assert_eq!(orders, [2, 1_002]);
    assert_eq!(told.position.as_deref(), Some(&closed(2, at(90))));
    assert_eq!(told.exit_state, state);
    let names: Vec<_> = told
        .executions
        .iter()
        .map(|one| one.id.0.as_str())
        .collect();
    assert_eq!(names, ["X2", "X1"]);
    let bare = store.story(DESK, TicketId::from_bits(3)).await.unwrap();
    assert!(bare.ticket.is_some() && bare.orders.is_empty() && bare.position.is_none());
    let none = store.story(DESK, TicketId::from_bits(99)).await.unwrap();
    assert_eq!(none, Story::default());
}

async fn the_newest_come_first(place: Place) {
    let store = desk_of(&place).await;
    for number in [1, 3, 2] {
        Act::doing(move |draft| {
            draft.ticket(ticket(number));
            let mut signal = signal(number);
            signal.raised_at = at(i64::try_from(number).unwrap());
            draft.signal(signal);
        })
        .run_on(&store)
        .await;
    }

    let tickets = store.tickets(DESK, 2).await.unwrap();
    let signals = store.signals(DESK, 9).await.unwrap();

    let ids: Vec<_> = tickets.iter().map(|ticket| ticket.id.bits()).collect();
    assert_eq!(ids, [3, 2]);
    let ids: Vec<_> = signals.iter().map(|signal| signal.id.bits()).collect();
    assert_eq!(ids, [3, 2, 1]);
    assert_eq!(signals[0].strength.to_bits(), signal(3).strength.to_bits());
}

async fn every_day_keeps_its_totals(place: Place) {
    let store = desk_of(&place).await;
    for one in [2, 3] {
        let mut totals = day(one);
        totals.realised = dollars(i64::from(one));
        Act::doing(move |draft| draft.day(totals.clone()))
            .run_on(&store)
            .await;
    }

    for (one, won) in [(2, dollars(2)), (3, dollars(3))] {
        let told = store.day_totals(DESK, date(2026, 3, one)).await.unwrap();
        assert_eq!((told.date, told.realised), (Some(date(2026, 3, one)), won));
    }
    let none = store.day_totals(DESK, date(2026, 3, 4)).await.unwrap();
    assert_eq!(none, DayTotals::default().on(date(2026, 3, 4)));
}

async fn a_day_is_new_yorks(place: Place) {
    let store = desk_of(&place).await;
    // Midnight in New York is 05:00 UTC in winter.
    let ends: [(u128, Timestamp); 4] = [
        (2, "2026-03-02T04:59:59.999999Z".parse().unwrap()),
        (3, "2026-03-03T04:59:59.999999Z".parse().unwrap()),
        (4, "2026-03-02T05:00:00Z".parse().unwrap()),
        (5, "2026-03-03T05:00:00Z".parse().unwrap()),
    ];
    Act::doing(move |draft| {
        for (number, when) in ends {
            draft.position(closed(number, when));
        }
    })
    .run_on(&store)
    .await;

    let closed = store.closed_on(DESK, date(2026, 3, 2)).await.unwrap();

    let ids: Vec<_> = closed.iter().map(|position| position.id.bits()).collect();
    assert_eq!(ids, [4, 3]);
}

async fn an_order_is_found_live_or_not(place: Place) {
    let store = desk_of(&place).await;
    Act::doing(|draft| {
        draft.order(entry(2, OrderState::Working));
        draft.order(entry(3, OrderState::Denied));
    })
    .run_on(&store)
    .await;

    for (number, state) in [
        (2, Some(OrderState::Working)),
        (3, Some(OrderState::Denied)),
        (4, None),
    ] {
        let found = store.order(DESK, OrderId::from_bits(number)).await.unwrap();
        assert_eq!(found.map(|order| order.state), state);
    }
}

async fn events_are_read_on_without_a_gap(place: Place) {
    let store = desk_of(&place).await;
    for unit in 1..=4_u128 {
        Act::doing(move |draft| {
            for number in 0..3 {
                draft.note(expired(unit * 10 + number));
            }
        })
        .run_on(&store)
        .await;
    }

    let mut all = Vec::new();
    let mut after = 0;
    loop {
        let page = store.events(DESK, after, 4).await.unwrap();
        let Some(last) = page.last() else {
            break;
        };
        assert!(page.len() >= 3, "at the least one whole unit");
        after = last.seq;
        all.extend(page);
    }

    let places: Vec<_> = all.iter().map(|one| (one.seq, one.index)).collect();
    let wanted: Vec<_> = (1..=4)
        .flat_map(|seq| (0..3).map(move |index| (seq, index)))
        .collect();
    assert_eq!(places, wanted);
    assert_eq!(all[4].event.fact, expired(21));
    assert_eq!(store.events(DESK, 4, 10).await.unwrap(), []);
}

async fn desks_do_not_see_each_other(place: Place) {
    let store = desk_of(&place).await;
    store.establish(&row(desk(2))).await.unwrap();
    Act::doing(|draft| {
        draft.ticket(ticket(1));
        draft.note(expired(1));
    })
    .run_on(&store)
    .await;

    let other = store.read(desk(2)).await.unwrap();

    assert!(other.tickets.is_empty() && other.seq == 0);
    assert_eq!(store.tickets(desk(2), 5).await.unwrap(), []);
    assert_eq!(store.events(desk(2), 0, 5).await.unwrap(), []);
    let told = store.story(desk(2), TicketId::from_bits(1)).await.unwrap();
    assert_eq!(told.ticket, None);
}
