//! A ticket that could lose much: its contracts are typed with the yes.

use countersign_desk::{desk::StandingBounds, work::Done};
use countersign_domain::{
    money::Contracts,
    operator::Surface,
    refusal::{Answer, Refusal},
};
use countersign_tests::{
    Button::{Confirm, Sign},
    Setup, World, secs,
};
use insta::assert_snapshot;

use crate::scene::{dollars, refused};

fn careful() -> World {
    let mut setup = Setup::default();
    setup.settings.typed_above = Some(dollars(500));
    World::with(setup)
}

fn confirm(world: &mut World, who: &str, typed: u32) -> Answer<Done> {
    let press = world.hand(Surface::Web, who);
    let (ticket, revision) = (world.ticket(), world.stands().revision);
    let typed = Some(Contracts(typed));
    let done = world.act(async |desk| {
        desk.confirm_typed(press.clone(), ticket, revision, typed)
            .await
    });
    world.pump();
    done
}

#[test]
fn a_yes_to_a_ticket_that_could_lose_much_comes_with_its_contracts() {
    let mut world = careful();
    world.offer();
    let bare = world.press("ana", Confirm);
    assert_snapshot!(refused(&world, bare), @"This ticket could lose $633.90, so a yes needs its number of contracts, typed from the card. Nothing was sent. Confirm in a chat or on the web console: both ask for it.");
    let wrong = confirm(&mut world, "ana", 30);
    assert_snapshot!(refused(&world, wrong), @"This ticket could lose $633.90, and 30 is not its number of contracts. Nothing was sent. Read the card and type the number that it shows.");
    assert!(world.broker.orders().is_empty());
    assert!(matches!(confirm(&mut world, "ana", 3), Ok(Done::Order(_))));
    assert_eq!(world.broker.orders().len(), 1);
}

#[test]
fn below_that_loss_nothing_is_typed_and_a_wrong_number_is_no_matter() {
    let mut world = careful();
    let fewer = countersign_tests::Offer {
        contracts: 2,
        ..countersign_tests::Offer::default()
    };
    world.propose(fewer).expect("it is offered");
    assert!(matches!(world.press("ana", Confirm), Ok(Done::Order(_))));
}

#[test]
fn no_standing_approval_types() {
    let mut world = careful();
    let bounds = StandingBounds {
        strategy: None,
        underlying: None,
        per_day: 5,
        worst_loss_per_ticket: dollars(1_000),
        worst_loss_per_day: dollars(5_000),
        until: world.now() + secs(3_600),
    };
    world.press("dee", Sign(bounds)).expect("Dee may");
    world.offer();
    world.advance(secs(6));
    assert!(world.stands().state.is_offered());
    assert!(matches!(confirm(&mut world, "dee", 3), Ok(Done::Order(_))));
}

#[test]
fn each_of_two_people_types() {
    let mut setup = Setup::default();
    setup.settings.typed_above = Some(dollars(500));
    setup.settings.second_person_above = Some(dollars(500));
    let mut world = World::with(setup);
    let ticket = world.offer();
    assert_eq!(confirm(&mut world, "ana", 3), Ok(Done::SaidYes(ticket)));
    let bare = world.press("dee", Confirm);
    assert!(matches!(
        bare,
        Err(Refusal::TypeToConfirm { typed: None, .. })
    ));
    assert!(matches!(confirm(&mut world, "dee", 3), Ok(Done::Order(_))));
}
