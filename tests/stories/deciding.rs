//! Decline, edit, snooze and expire: what else becomes of an offer.

use countersign_desk::{desk::Edited, work::Done};
use countersign_domain::{
    event::Fact,
    ids::Revision,
    money::Contracts,
    operator::{Actor, Surface},
    refusal::Refusal,
    ticket::{DeclineReason, TicketState},
};
use countersign_tests::{
    Button::{Confirm, Decline, Edit, Snooze},
    Setup, World,
    market::cents,
    people::identity,
    secs,
};
use insta::{allow_duplicates, assert_snapshot};

use crate::scene::{buttons, refused};

/// Other contracts, another limit.
fn edited(contracts: Option<u32>, limit: Option<i64>) -> countersign_tests::Button {
    Edit(Edited {
        contracts: contracts.map(Contracts),
        limit: limit.map(cents),
    })
}

// R12
#[test]
fn a_trader_declines_with_a_reason_and_the_card_says_who_and_why() {
    let mut world = World::new();
    world.offer();
    assert_eq!(
        world.press("ana", Decline(DeclineReason::Timing)),
        Ok(Done::Ok)
    );
    let state = world.stands().state.clone();
    let TicketState::Declined {
        name, reason, at, ..
    } = state
    else {
        panic!("{state:?}");
    };
    assert_eq!(
        (name.as_str(), reason, at),
        ("ana", DeclineReason::Timing, world.now())
    );
    assert_eq!(buttons(&world), Vec::<String>::new());

    let row = world.events().into_iter().rev().find(|row| {
        let reason = DeclineReason::Timing;
        row.event.fact
            == Fact::TicketDeclined {
                ticket: world.ticket(),
                reason,
            }
    });
    let row = row.expect("it is written down").event;
    assert!(matches!(
        row.actor,
        Actor::Operator {
            surface: Surface::Web,
            ..
        }
    ));
    assert!(row.press.is_some());

    let late = world.press("bo", Confirm);
    assert_snapshot!(refused(&world, late), @"Declined by ana at 10:02:00 EST: “The timing is not right”. Your press changed nothing.");
    assert!(world.broker.orders().is_empty());
}

#[test]
fn what_was_confirmed_cannot_be_declined() {
    let mut world = World::new();
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    let late = world.press("bo", Decline(DeclineReason::Risk));
    assert_snapshot!(refused(&world, late), @"Confirmed by ana (web console), 10:02:00 EST, revision 1. Your press changed nothing.");
}

#[test]
fn an_edit_is_a_new_revision_with_its_own_worst_loss() {
    let mut world = World::new();
    let ticket = world.offer();
    let before = world.stands().terms.worst_loss;
    let done = world.press("ana", edited(Some(2), Some(205)));
    assert_eq!(done, Ok(Done::Ticket(ticket, Revision(2))));
    let stands = world.stands();
    assert_eq!(stands.terms.contracts, Contracts(2));
    assert_eq!(stands.terms.limit, cents(205));
    assert!(stands.terms.worst_loss < before);

    // The card that was open before is void.
    let press = world.hand(Surface::Web, "ana");
    let old = world.act(async |desk| desk.confirm(press.clone(), ticket, Revision::FIRST).await);
    assert_snapshot!(refused(&world, old), @"This card is old: revision 2 stands now. Nothing was done. Read the newest card and press there.");
    world.press("ana", Confirm).expect("the new card");
    let sent = &world.broker.orders()[0].request;
    assert_eq!((sent.quantity, sent.limit), (Contracts(2), cents(205)));
}

#[test]
fn absurd_edits_are_refused_and_change_nothing() {
    let mut world = World::new();
    world.offer();
    let before = world.stands();
    let absurd = [
        edited(Some(0), None),
        edited(Some(1_000_001), None),
        edited(None, Some(0)),
        edited(None, Some(-210)),
        edited(None, Some(10_000_100)),
        edited(Some(51), None),
    ];
    let words = absurd.map(|edit| {
        let answer = world.press("ana", edit);
        refused(&world, answer)
    });
    assert_snapshot!(words.join("\n"), @r"
    Contracts must be a whole number from 1 to 1,000,000.
    Contracts must be a whole number from 1 to 1,000,000.
    The limit must be a price in whole increments, within what the structure can cost.
    The limit must be a price in whole increments, within what the structure can cost.
    The limit must be a price in whole increments, within what the structure can cost.
    Worst loss per ticket would be $10,776.30; the limit is $5,000.00.
    The order would have 51 contracts; the limit is 50 contracts.
    ");
    assert_eq!(world.stands(), before);
}

#[test]
fn a_viewer_snoozes_for_themselves_and_the_expiry_stays() {
    let mut world = World::new();
    world.offer();
    let (expires, now) = (world.stands().expires_at, world.now());
    let cy = identity(Surface::Web, "cy");
    let cy = world.seen().operator(&cy).expect("on the list").id;
    assert_eq!(world.press("cy", Snooze(now + secs(60))), Ok(Done::Ok));
    assert_eq!(world.stands().snoozed.get(&cy), Some(&(now + secs(60))));
    // No later than the ticket lives.
    assert_eq!(world.press("cy", Snooze(now + secs(3_600))), Ok(Done::Ok));
    assert_eq!(world.stands().snoozed.get(&cy), Some(&expires));
    assert_eq!(world.stands().expires_at, expires);
    let past = world.press("cy", Snooze(now));
    assert_snapshot!(refused(&world, past), @"The time must lie ahead and within what is allowed here.");
    // Others see it as before.
    assert!(world.press("ana", Confirm).is_ok());
}

// R5, R6
#[test]
fn nobody_decides_and_the_ticket_expires_as_expired_and_loses_its_buttons() {
    let mut world = World::new();
    world.offer();
    assert!(!buttons(&world).is_empty());
    let end = world.stands().expires_at;
    world.jump(end);
    assert_eq!(world.stands().state, TicketState::Expired { at: end });
    assert_eq!(buttons(&world), Vec::<String>::new());
    let drawn = world.chat(Surface::Web).drawn();
    assert!(drawn.last().expect("the card").at.duration_since(end) <= secs(2));
    let rows = world.events();
    let declined = |row: &&countersign_desk::ports::StoredEvent| {
        matches!(row.event.fact, Fact::TicketDeclined { .. })
    };
    assert_eq!(rows.iter().filter(declined).count(), 0);
    let expired = rows.last().expect("an event");
    assert_eq!(expired.event.fact, Fact::TicketExpired(world.ticket()));
    assert_eq!(expired.event.actor, Actor::Desk);
}

// R5
#[test]
fn a_press_in_the_instant_of_expiry_is_told_expired_and_sends_nothing() {
    let presses = [Confirm, Decline(DeclineReason::Idea), edited(Some(1), None)];
    for button in presses {
        let mut world = World::new();
        world.offer();
        let end = world.stands().expires_at;
        // No sweep has run yet: the press finds the time over by itself.
        world.unattended(end);
        let answer = world.press("ana", button);
        assert_eq!(answer, Err(Refusal::Expired { at: end }));
        allow_duplicates! { assert_snapshot!(refused(&world, answer), @"This ticket expired at 10:04:00 EST. Nothing was sent. Propose it again if you still want it."); }
        assert_eq!(world.stands().state.name(), "expired");
        assert_eq!(buttons(&world), Vec::<String>::new());
        // And who comes later is told the same.
        let late = world.press("bo", Confirm);
        assert_eq!(late, Err(Refusal::Expired { at: end }));
        world.advance(secs(9));
        assert!(world.broker.orders().is_empty());
    }
}

// R5
#[test]
fn a_process_that_was_down_at_the_expiry_clears_the_card_when_it_comes_back() {
    let mut world = World::with(Setup {
        downtime: secs(300),
        ..Setup::default()
    });
    world.offer();
    let end = world.stands().expires_at;
    world.crash();
    let back = world.now();
    assert!(back > end);
    assert!(!buttons(&world).is_empty());
    world.desk();
    world.pump();
    assert_eq!(world.stands().state, TicketState::Expired { at: back });
    assert_eq!(buttons(&world), Vec::<String>::new());
    let drawn = world.chat(Surface::Web).drawn();
    assert!(drawn.last().expect("the card").at.duration_since(back) <= secs(2));
    // Who presses the card as it was before is told so, and nothing is sent.
    assert_eq!(
        world.press("ana", Confirm),
        Err(Refusal::Expired { at: back })
    );
    world.advance(secs(9));
    assert!(world.broker.orders().is_empty());
}
