//! What the configuration says of people and what chat changed, over restarts.

use countersign_desk::start::StartError;
use countersign_domain::operator::{Role, Surface};
use countersign_tests::{Setup, World};
use insta::assert_snapshot;

use super::{admit, enter, grant, id_of, invited, known, link_ana, role_of};

/// The configuration gives somebody another role.
fn named(setup: &mut Setup, who: &str, role: Role) {
    for (name, known) in &mut setup.people {
        if *name == who {
            *known = role;
        }
    }
}

#[test]
fn what_chat_changed_holds_over_a_restart_of_the_same_configuration() {
    let mut world = World::new();
    let (ana, bo) = (id_of(&world, "ana"), id_of(&world, "bo"));
    link_ana(&mut world, Surface::Cli, "@ana");
    admit(&mut world, "fay", Role::Trader);
    grant(&mut world, "dee", ana, Some(Role::Admin)).expect("Dee may");
    grant(&mut world, "dee", bo, None).expect("Dee may");
    let before = world.seen().operators.clone();
    world.restart().expect("it starts");
    assert_eq!(world.seen().operators, before);
    assert_eq!(role_of(&world, "ana"), Some(Role::Admin));
    assert!(known(&world, Surface::Cli, "@ana").is_some());
    assert_eq!(known(&world, Surface::Web, "bo"), None);
    assert_eq!(role_of(&world, "fay"), Some(Role::Trader));
}

#[test]
fn a_changed_entry_wins_and_leaves_what_was_linked() {
    let mut world = World::new();
    let ana = id_of(&world, "ana");
    link_ana(&mut world, Surface::Cli, "@ana");
    grant(&mut world, "dee", ana, Some(Role::Admin)).expect("Dee may");
    world.reconfigure(|setup| named(setup, "ana", Role::Viewer));
    assert_eq!(role_of(&world, "ana"), Some(Role::Viewer));
    let there = known(&world, Surface::Cli, "@ana").expect("still linked");
    assert_eq!(there.id, ana);
    // One that was taken off by chat comes back with a changed entry.
    grant(&mut world, "dee", ana, None).expect("Dee may");
    world.reconfigure(|setup| named(setup, "ana", Role::Trader));
    assert_eq!(role_of(&world, "ana"), Some(Role::Trader));
}

#[test]
fn who_is_named_no_more_is_gone_with_what_was_linked_and_who_was_invited_stays() {
    let mut world = World::new();
    link_ana(&mut world, Surface::Cli, "@ana");
    admit(&mut world, "fay", Role::Trader);
    world.reconfigure(|setup| setup.people.retain(|(name, _)| *name != "ana"));
    assert_eq!(known(&world, Surface::Web, "ana"), None);
    assert_eq!(known(&world, Surface::Cli, "@ana"), None);
    assert_eq!(role_of(&world, "fay"), Some(Role::Trader));
}

// R26
#[test]
fn a_configuration_without_an_admin_ends_what_chat_gave() {
    let mut world = World::new();
    let (ana, bo) = (id_of(&world, "ana"), id_of(&world, "bo"));
    admit(&mut world, "fay", Role::Admin);
    grant(&mut world, "dee", ana, Some(Role::Admin)).expect("Dee may");
    grant(&mut world, "dee", bo, Some(Role::Viewer)).expect("Dee may");
    world.reconfigure(|setup| setup.people.retain(|(name, _)| *name != "dee"));
    assert_eq!(known(&world, Surface::Web, "fay"), None);
    assert_eq!(role_of(&world, "ana"), Some(Role::Trader));
    // What chat took is not given back.
    assert_eq!(role_of(&world, "bo"), Some(Role::Viewer));

    world.reconfigure(|setup| setup.people.clear());
    assert!(world.seen().operators.is_empty());
    assert!(world.seen().configured.is_empty());
}

#[test]
fn the_configuration_takes_an_identity_from_whom_chat_gave_it_to() {
    let mut world = World::new();
    link_ana(&mut world, Surface::Cli, "fay");
    let code = invited(&mut world, "gil", Role::Viewer);
    enter(&mut world, Surface::Web, "fay", &code).expect("the code counts");
    world.reconfigure(|setup| setup.people.push(("fay", Role::Trader)));
    let fay = known(&world, Surface::Web, "fay").expect("she is known");
    assert_eq!((fay.name.as_str(), fay.role), ("fay", Role::Trader));
    assert_eq!(known(&world, Surface::Cli, "fay"), Some(fay));
    // Ana is known elsewhere; Gil nowhere any more.
    assert!(known(&world, Surface::Web, "ana").is_some());
    assert!(!world.seen().operators.values().any(|one| one.name == "gil"));
}

#[test]
fn a_place_that_is_given_to_two_people_stops_the_start() {
    let mut world = World::new();
    let before = world.seen();
    let twice = [("fay", Role::Trader), ("fay", Role::Viewer)];
    let started = world.restart_with(|setup| setup.people.extend(twice));
    let error = started.expect_err("two people cannot be one");
    assert!(matches!(error, StartError::Clash { .. }));
    assert_snapshot!(error.to_string(), @r#""fay" on the surface terminal belongs to both "fay" and "fay" in [[operators]]; two people cannot be one, so give it to one of them"#);
    assert_eq!(world.seen().operators, before.operators);
    let started = world.restart_with(|setup| setup.people.retain(|(name, _)| *name != "fay"));
    started.expect("it starts");
}
