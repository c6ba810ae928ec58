//! Standing approvals: signed, bounded, and never more than their signer.

use countersign_desk::{
    desk::{DeskAsk, StandingBounds},
    work::Done,
};
use countersign_domain::{
    ids::StandingId,
    operator::{Role, Surface},
    refusal::{Invalid, Refusal},
    ticket::TicketState,
    trading::TradingState,
    view::Mode,
};
use countersign_tests::{
    Button::{Confirm, Desk, Revoke, Sign},
    Offer, Setup, World,
    broker::{Call, Fault},
    secs,
};
use insta::assert_snapshot;

use crate::scene::{confirmations, dollars, refused};

/// Bounds that Bo's usual ticket is well within.
fn wide(world: &World) -> StandingBounds {
    StandingBounds {
        strategy: None,
        underlying: None,
        per_day: 5,
        worst_loss_per_ticket: dollars(1_000),
        worst_loss_per_day: dollars(5_000),
        until: world.now() + secs(3_600),
    }
}

#[track_caller]
fn sign(world: &mut World, bounds: StandingBounds) -> StandingId {
    match world.press("dee", Sign(bounds)) {
        Ok(Done::Standing(id)) => id,
        other => panic!("{other:?}"),
    }
}

/// True when the next look of the desk confirms Bo's usual ticket.
fn confirms(world: &mut World) -> bool {
    world.offer();
    world.advance(secs(3));
    matches!(world.stands().state, TicketState::Confirmed { .. })
}

#[test]
fn it_confirms_by_itself_what_it_covers_and_names_its_signer() {
    let mut world = World::new();
    let bounds = wide(&world);
    let id = sign(&mut world, bounds);
    assert!(confirms(&mut world));
    let TicketState::Confirmed { yes, .. } = &world.stands().state else {
        panic!("it is confirmed");
    };
    let [yes] = yes.as_slice() else {
        panic!("one yes");
    };
    assert_eq!(
        (yes.name.as_str(), yes.surface, yes.standing),
        ("dee", None, Some(id))
    );
    let seen = world.seen();
    let used = &seen.standing[&id];
    assert_eq!(
        (used.used_count, used.used_loss),
        (1, world.stands().terms.worst_loss)
    );
    assert!(world.card().contains("standing approval"));
}

#[test]
fn it_is_shown_to_whoever_asks_for_the_account() {
    let mut world = World::new();
    let bounds = wide(&world);
    let id = sign(&mut world, bounds);
    let press = world.hand(Surface::Web, "cy");
    let account = world.act(async |desk| desk.account(press.clone()).await);
    let standing = account.expect("a viewer may look").standing;
    assert_eq!(standing.len(), 1);
    assert_eq!((standing[0].id, standing[0].name.as_str()), (id, "dee"));
}

#[test]
fn it_is_consumed_in_the_unit_that_confirms() {
    let mut world = World::new();
    let mut bounds = wide(&world);
    bounds.per_day = 1;
    let id = sign(&mut world, bounds);
    assert!(confirms(&mut world));
    // Ticket, order and use are of one and the same sequence number.
    let before = world.seen();
    let row = world.events().into_iter().find(|row| {
        matches!(
            row.event.fact,
            countersign_domain::event::Fact::TicketConfirmed { .. }
        )
    });
    assert!(row.is_some());
    assert_eq!(before.standing[&id].used_count, 1);
    // The second of the day waits for a person, also after a crash.
    world.crash();
    assert!(!confirms(&mut world));
    assert_eq!(confirmations(&world), 1);
    assert!(world.press("ana", Confirm).is_ok());
}

#[test]
fn each_of_its_bounds_counts() {
    let tighten: [fn(&mut StandingBounds); 5] = [
        |bounds| bounds.worst_loss_per_ticket = dollars(600),
        |bounds| bounds.strategy = Some("trend".to_owned()),
        |bounds| bounds.underlying = Some("EMCA".parse().expect("a symbol")),
        |bounds| {
            bounds.worst_loss_per_ticket = dollars(630);
            bounds.worst_loss_per_day = dollars(630);
        },
        |bounds| bounds.until -= secs(3_599),
    ];
    for (place, tighten) in tighten.into_iter().enumerate() {
        let mut setup = Setup::default();
        let other = "EMCA".parse().expect("a symbol");
        setup.settings.watchlist.push(other);
        let mut world = World::with(setup);
        let mut bounds = wide(&world);
        tighten(&mut bounds);
        sign(&mut world, bounds);
        assert!(!confirms(&mut world), "bound {place}");
        assert!(world.broker.orders().is_empty());
    }
}

#[test]
fn the_worst_losses_of_a_day_add_up_and_are_forgotten_with_it() {
    let mut world = World::new();
    let mut bounds = wide(&world);
    bounds.worst_loss_per_day = dollars(1_300);
    bounds.until = world.now() + secs(2 * 86_400);
    sign(&mut world, bounds);
    assert!(confirms(&mut world));
    assert!(confirms(&mut world));
    assert!(!confirms(&mut world));
    let tomorrow = world.now() + secs(86_400);
    world.jump(tomorrow);
    assert!(confirms(&mut world));
}

// R33
#[test]
fn it_never_covers_a_ticket_that_needs_a_second_person() {
    let mut setup = Setup::default();
    setup.settings.second_person_above = Some(dollars(500));
    let mut world = World::with(setup);
    let bounds = wide(&world);
    sign(&mut world, bounds);
    assert!(!confirms(&mut world));
    // Not even as the second of the two.
    assert!(matches!(world.press("ana", Confirm), Ok(Done::SaidYes(_))));
    world.advance(secs(9));
    assert!(world.broker.orders().is_empty());
}

// R29
#[test]
fn it_dies_with_its_signers_right() {
    let changes: [fn(&mut Setup); 2] = [
        |setup| setup.people.retain(|(name, _)| *name != "dee"),
        |setup| {
            for (name, role) in &mut setup.people {
                if *name == "dee" {
                    *role = Role::Trader;
                }
            }
        },
    ];
    for change in changes {
        let mut world = World::new();
        let bounds = wide(&world);
        sign(&mut world, bounds);
        world.reconfigure(change);
        assert!(world.seen().standing.is_empty());
        assert!(!confirms(&mut world));
        // It does not come back with the right.
        world.reconfigure(|setup| setup.people = Setup::default().people);
        assert!(!confirms(&mut world));
    }
}

#[test]
fn it_sleeps_unless_the_desk_is_active() {
    let mut world = World::new();
    world.broker.next(Call::Submit, Fault::Lost);
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    world.offer();
    // With an order in doubt the desk stays reducing after a start; the offer stands.
    world.broker.behave(|manner| manner.grace = secs(60));
    world.crash();
    world.desk();
    assert_eq!(world.seen().desk.trading, TradingState::Reducing);
    let bounds = wide(&world);
    sign(&mut world, bounds);
    world.advance(secs(30));
    assert!(world.stands().state.is_offered());
    assert!(world.broker.orders().is_empty());
    // It wakes with the desk.
    world.advance(secs(60));
    assert_eq!(world.seen().desk.trading, TradingState::Active);
    assert_eq!(world.stands().state.name(), "confirmed");
}

#[test]
fn a_trader_revokes_it_and_it_is_over() {
    let mut world = World::new();
    let bounds = wide(&world);
    let id = sign(&mut world, bounds);
    assert_eq!(world.press("ana", Revoke(id)), Ok(Done::Ok));
    assert!(!confirms(&mut world));
    let again = world.press("ana", Revoke(id));
    assert_snapshot!(refused(&world, again), @"There is no such standing approval on this desk. The board lists those that are live.");
}

#[test]
fn a_halt_is_stronger_than_any_of_them() {
    let mut world = World::new();
    let bounds = wide(&world);
    sign(&mut world, bounds);
    world
        .press("ana", Desk(DeskAsk::Halt, "stop"))
        .expect("Ana may");
    assert!(world.propose(Offer::default()).is_err());
    world.advance(secs(9));
    assert!(world.broker.orders().is_empty());
}

#[test]
fn absurd_bounds_are_not_signed() {
    let mut world = World::new();
    let absurd: [fn(&mut StandingBounds); 7] = [
        |bounds| bounds.underlying = Some("ZZZZ".parse().expect("a symbol")),
        |bounds| bounds.per_day = 0,
        |bounds| bounds.worst_loss_per_ticket = dollars(0),
        |bounds| bounds.worst_loss_per_ticket = dollars(5_001),
        |bounds| bounds.worst_loss_per_day = dollars(999),
        |bounds| bounds.until -= secs(3_600),
        |bounds| bounds.until += secs(7 * 86_400),
    ];
    let words = absurd.map(|spoil| {
        let mut bounds = wide(&world);
        spoil(&mut bounds);
        let answer = world.press("dee", Sign(bounds));
        refused(&world, answer)
    });
    assert_snapshot!(words.join("\n"), @r"
    ZZZZ is not on the desk's watchlist. Name an underlying that is, or none for every one.
    Tickets per day must be 1 or more.
    Worst loss per ticket cannot be $0.00: above zero and at most $5,000.00, the desk's limit, would pass.
    Worst loss per ticket cannot be $5,001.00: above zero and at most $5,000.00, the desk's limit, would pass.
    Worst loss per day cannot be $999.00: at least $1,000.00, the worst loss per ticket, would pass.
    The time must lie ahead and within what is allowed here.
    The time must lie ahead and within what is allowed here.
    ");
    assert!(world.seen().standing.is_empty());
}

#[test]
fn where_it_is_for_paper_alone_a_live_desk_signs_none() {
    let mut world = World::with(Setup {
        mode: Mode::Live,
        ..Setup::default()
    });
    let press = world.hand(Surface::Web, "dee");
    let bounds = wide(&world);
    let paper_only = true;
    let answer = world.act(async |desk| {
        desk.sign_standing(press.clone(), bounds.clone(), paper_only)
            .await
    });
    assert_snapshot!(refused(&world, answer), @"Only a paper account may do this. Use a desk on the paper broker.");
}

#[test]
fn one_for_a_strategy_that_there_is_not_is_refused() {
    let mut world = World::new();
    let mut bounds = wide(&world);
    bounds.strategy = Some("trent".to_owned());
    let answer = world.press("dee", Sign(bounds));
    assert_eq!(answer, Err(Refusal::Invalid(Invalid::Strategy)));
    for known in ["trend", "manual"] {
        let mut bounds = wide(&world);
        bounds.strategy = Some(known.to_owned());
        sign(&mut world, bounds);
    }
}
