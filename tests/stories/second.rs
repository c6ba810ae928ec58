//! The second person: a ticket that could lose much needs two.

use countersign_desk::{desk::Edited, work::Done};
use countersign_domain::{
    money::Contracts,
    operator::{Role, Surface},
    refusal::Refusal,
    ticket::TicketState,
};
use countersign_tests::{
    Button::{Confirm, Edit},
    Setup, World, secs,
};
use insta::assert_snapshot;

use crate::scene::{dollars, refused};

fn strict() -> World {
    let mut setup = Setup {
        surfaces: Surface::ALL.to_vec(),
        ..Setup::default()
    };
    setup.settings.second_person_above = Some(dollars(500));
    setup.people.push(("eli", Role::Trader));
    World::with(setup)
}

// R33
#[test]
fn a_large_ticket_needs_two_people_and_the_order_names_both() {
    let mut world = strict();
    let ticket = world.offer();
    assert_eq!(world.press("ana", Confirm), Ok(Done::SaidYes(ticket)));
    assert!(world.broker.orders().is_empty());

    // The same person again, also from another surface, is still one.
    let again = world.press("ana", Confirm);
    assert_snapshot!(refused(&world, again), @"A second person has to say yes: not the one who proposed or edited this ticket, nor one who said yes already.");
    let elsewhere = world.press_on(Surface::Terminal, "ana", Confirm);
    assert_snapshot!(refused(&world, elsewhere), @"A second person has to say yes: not the one who proposed or edited this ticket, nor one who said yes already.");
    assert!(world.broker.orders().is_empty());

    assert!(matches!(world.press("dee", Confirm), Ok(Done::Order(_))));
    let TicketState::Confirmed { yes, .. } = &world.stands().state else {
        panic!("two said yes");
    };
    let names: Vec<_> = yes.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["ana", "dee"]);
    assert_eq!(world.broker.orders().len(), 1);
}

// R33
#[test]
fn who_proposed_or_edited_is_neither_of_the_two() {
    let mut world = strict();
    world.offer();
    let proposer = world.press("bo", Confirm);
    assert_snapshot!(refused(&world, proposer), @"A second person has to say yes: not the one who proposed or edited this ticket, nor one who said yes already.");

    let more = Edited {
        contracts: Some(Contracts(4)),
        limit: None,
    };
    world.press("ana", Edit(more)).expect("Ana may edit");
    let editor = world.press("ana", Confirm);
    assert_snapshot!(refused(&world, editor), @"A second person has to say yes: not the one who proposed or edited this ticket, nor one who said yes already.");
    assert!(matches!(world.press("dee", Confirm), Ok(Done::SaidYes(_))));
    assert!(matches!(world.press("eli", Confirm), Ok(Done::Order(_))));
}

#[test]
fn a_new_revision_forgets_the_yes_to_the_one_before() {
    let mut world = strict();
    world.offer();
    world.press("ana", Confirm).expect("the first yes");
    let more = Edited {
        contracts: Some(Contracts(4)),
        limit: None,
    };
    world.press("eli", Edit(more)).expect("Eli may edit");
    assert!(matches!(world.press("dee", Confirm), Ok(Done::SaidYes(_))));
    world.advance(secs(6));
    assert!(world.broker.orders().is_empty());
}

#[test]
fn a_small_ticket_needs_one() {
    let mut world = strict();
    world.offer();
    let fewer = Edited {
        contracts: Some(Contracts(2)),
        limit: None,
    };
    world.press("bo", Edit(fewer)).expect("Bo may edit");
    assert!(matches!(world.press("bo", Confirm), Ok(Done::Order(_))));
}

#[test]
fn a_rule_that_is_dropped_between_two_yes_lets_nobody_confirm_alone_what_two_began() {
    let mut world = strict();
    let ticket = world.offer();
    assert_eq!(world.press("ana", Confirm), Ok(Done::SaidYes(ticket)));
    world.reconfigure(|setup| setup.settings.second_person_above = None);
    for _ in 0..2 {
        let again = world.press("ana", Confirm);
        assert_eq!(again, Err(Refusal::NotSecondPerson));
    }
    assert!(world.broker.orders().is_empty());
    assert!(matches!(world.press("dee", Confirm), Ok(Done::Order(_))));
    assert_eq!(world.broker.orders().len(), 1);
}
