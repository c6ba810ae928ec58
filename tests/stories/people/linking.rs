//! Link codes.

use countersign_desk::work::Done;
use countersign_domain::{
    event::Fact,
    operator::{Actor, Role, Surface},
    people::{LinkFault, PeopleFault},
    refusal::Refusal,
};
use countersign_tests::{Button::Confirm, World, people::identity, secs};
use insta::assert_snapshot;

use super::{admit, code_of, enter, grant, id_of, invited, known, link_ana};
use crate::scene::{refusals, refused};

fn fault(fault: LinkFault) -> Refusal {
    Refusal::Link(fault)
}

#[test]
fn a_code_from_one_surface_makes_the_same_person_known_on_another() {
    let mut world = World::new();
    let code = code_of(&mut world, Surface::Web, "ana");
    assert_eq!(code.len(), 8);
    let typed = format!("{} {}", &code[..4], code[4..].to_lowercase());
    let done = enter(&mut world, Surface::Cli, "@ana", &typed);
    assert_eq!(done, Ok(Done::Ok));

    let there = known(&world, Surface::Cli, "@ana").expect("she is known");
    assert_eq!(there.id, id_of(&world, "ana"));
    assert_eq!(there.role, Role::Trader);
    world.offer();
    assert!(world.press_on(Surface::Cli, "@ana", Confirm).is_ok());

    // It is written down who was linked, and never by which code.
    let linked = |fact: &Fact| matches!(fact, Fact::OperatorLinked { name, .. } if name == "ana");
    let events = world.events();
    assert!(events.iter().any(|row| linked(&row.event.fact)));
    let told = serde_json::to_string(&events).expect("JSON") + &world.story();
    assert!(!told.contains(&code));
}

#[test]
fn a_code_counts_once_within_five_minutes_and_elsewhere() {
    let mut world = World::new();
    let code = code_of(&mut world, Surface::Web, "ana");
    let here = enter(&mut world, Surface::Web, "ana2", &code);
    assert_snapshot!(refused(&world, here), @"This code was asked for on this surface. Enter it on the other one, where you are not known yet.");
    let wrong = enter(&mut world, Surface::Cli, "eve", "22222222");
    assert_snapshot!(refused(&world, wrong), @"This code does not count. Ask for a new one on a surface where you are known, or ask an admin for one.");
    let known_already = enter(&mut world, Surface::Cli, "bo", &code);
    assert_snapshot!(refused(&world, known_already), @"You are known here already, so there is nothing to link.");

    world.advance(secs(297));
    assert_eq!(enter(&mut world, Surface::Cli, "@ana", &code), Ok(Done::Ok));
    let again = enter(&mut world, Surface::Terminal, "eve", &code);
    assert_snapshot!(refused(&world, again), @"This code was used before and counts once. Ask for a new one.");

    let code = code_of(&mut world, Surface::Web, "ana");
    world.advance(secs(300));
    let late = enter(&mut world, Surface::Cli, "ana3", &code);
    assert_snapshot!(refused(&world, late), @"This code expired at 10:11:57 EST. Ask for a new one; it counts for five minutes.");
    assert_eq!(known(&world, Surface::Cli, "ana3"), None);
}

#[test]
fn a_new_code_takes_the_place_of_the_one_before_it() {
    let mut world = World::new();
    let old = code_of(&mut world, Surface::Web, "ana");
    let new = code_of(&mut world, Surface::Cli, "ana");
    assert_ne!(old, new);
    let done = enter(&mut world, Surface::Terminal, "@ana", &old);
    assert_eq!(done, Err(fault(LinkFault::Unknown)));
    let done = enter(&mut world, Surface::Terminal, "@ana", &new);
    assert_eq!(done, Ok(Done::Ok));
}

#[test]
fn a_code_dies_with_its_person() {
    let mut world = World::new();
    let code = code_of(&mut world, Surface::Web, "ana");
    let ana = id_of(&world, "ana");
    grant(&mut world, "dee", ana, None).expect("Dee may");
    let done = enter(&mut world, Surface::Cli, "@ana", &code);
    assert_eq!(done, Err(fault(LinkFault::Unknown)));
}

#[test]
fn five_wrong_codes_close_the_door_for_a_while_also_over_a_restart() {
    let mut world = World::new();
    let began = world.now();
    for _ in 0..5 {
        let done = enter(&mut world, Surface::Cli, "eve", "AAAAAAAA");
        assert_eq!(done, Err(fault(LinkFault::Unknown)));
    }
    let code = code_of(&mut world, Surface::Web, "ana");
    let until = began + secs(600);
    let closed = Err(fault(LinkFault::TooMany { until }));
    assert_eq!(enter(&mut world, Surface::Cli, "eve", &code), closed);
    world.restart().expect("it starts");
    assert_eq!(enter(&mut world, Surface::Cli, "eve", &code), closed);
    // The door is closed for who guessed, and for nobody else.
    assert_eq!(enter(&mut world, Surface::Cli, "@ana", &code), Ok(Done::Ok));

    world.jump(until);
    let code = code_of(&mut world, Surface::Web, "bo");
    assert_eq!(enter(&mut world, Surface::Cli, "eve", &code), Ok(Done::Ok));
    assert!(world.seen().wrong_codes.is_empty());

    // Each attempt of a stranger is written down.
    let eve = Actor::Stranger(identity(Surface::Cli, "eve"));
    let noted = refusals(&world);
    let hers: Vec<_> = noted.iter().filter(|(who, ..)| *who == eve).collect();
    assert_eq!(hers.len(), 7);
    assert!(hers.iter().all(|(_, verb, _)| verb == "enter-code"));
}

#[test]
fn codes_and_guesses_are_forgotten_a_while_after_their_time() {
    let mut world = World::new();
    code_of(&mut world, Surface::Web, "ana");
    let _ = enter(&mut world, Surface::Cli, "eve", "AAAAAAAA");
    let later = world.now() + secs(15 * 60);
    world.jump(later);
    code_of(&mut world, Surface::Web, "bo");
    let seen = world.seen();
    assert_eq!((seen.codes.len(), seen.wrong_codes.len()), (1, 0));
}

#[test]
fn who_was_linked_can_be_unlinked_by_themselves_and_by_an_admin() {
    let mut world = World::new();
    link_ana(&mut world, Surface::Cli, "@ana");
    link_ana(&mut world, Surface::Cli, "@ana-too");
    let unlink = |world: &mut World, by: &str, account: &str| {
        let press = world.hand(Surface::Web, by);
        let there = identity(Surface::Cli, account);
        world.act(async |desk| desk.unlink(press.clone(), there.clone()).await)
    };
    let other = unlink(&mut world, "bo", "@ana");
    assert_snapshot!(refused(&world, other), @"This needs the role admin, and yours is trader. Ask somebody who has it.");
    assert_eq!(unlink(&mut world, "ana", "@ana"), Ok(Done::Ok));
    assert_eq!(unlink(&mut world, "dee", "@ana-too"), Ok(Done::Ok));
    let nobody = unlink(&mut world, "dee", "@ana-too");
    assert_snapshot!(refused(&world, nobody), @"Nobody on this desk is known there.");
    assert!(known(&world, Surface::Web, "ana").is_some());

    // Nobody unlinks the last place: then they could not be reached by anything.
    admit(&mut world, "fay", Role::Viewer);
    let press = world.hand(Surface::Web, "fay");
    let last = world.act(async |desk| desk.unlink(press.clone(), press.who.clone()).await);
    assert_eq!(last, Err(Refusal::People(PeopleFault::LastIdentity)));
}

#[test]
fn whoever_is_invited_becomes_an_operator_by_their_code() {
    let mut world = World::new();
    let code = invited(&mut world, "fay", Role::Trader);
    // Also where the code was asked for: nobody knows them anywhere.
    assert_eq!(enter(&mut world, Surface::Web, "@fay", &code), Ok(Done::Ok));
    let fay = known(&world, Surface::Web, "@fay").expect("she is known");
    assert_eq!((fay.name.as_str(), fay.role), ("fay", Role::Trader));
    assert_eq!(fay.identities, [identity(Surface::Web, "@fay")]);
    world.offer();
    assert!(world.press("@fay", Confirm).is_ok());
    let again = enter(&mut world, Surface::Cli, "eve", &code);
    assert_eq!(again, Err(fault(LinkFault::Used)));

    for (name, why) in [
        ("", PeopleFault::Name),
        (" gil", PeopleFault::Name),
        ("gil\n", PeopleFault::Name),
        ("ANA", PeopleFault::NameTaken),
        ("Fay", PeopleFault::NameTaken),
    ] {
        let press = world.hand(Surface::Web, "dee");
        let given = world.act(async |desk| desk.invite(press.clone(), name, Role::Viewer).await);
        assert_eq!(given, Err(Refusal::People(why)), "{name:?}");
    }
}

#[test]
fn an_invitation_dies_with_the_right_of_who_invites() {
    let mut world = World::new();
    let fay = admit(&mut world, "fay", Role::Admin);
    let press = world.hand(Surface::Web, "fay");
    let given = world.act(async |desk| desk.invite(press.clone(), "gil", Role::Admin).await);
    let code = given.expect("an admin may").code;
    grant(&mut world, "dee", fay, Some(Role::Trader)).expect("Dee may");
    let done = enter(&mut world, Surface::Cli, "gil", code.as_str());
    assert_eq!(done, Err(fault(LinkFault::Unknown)));
    assert_eq!(known(&world, Surface::Cli, "gil"), None);
}
