//! People across surfaces: one person in several places, and who may do what, as chat changes it.

mod configured;
mod linking;
mod roles;
mod twice;
mod typed;

use std::sync::Arc;

use countersign_desk::work::Done;
use countersign_domain::{
    ids::OperatorId,
    operator::{Operator, Role, Surface},
    refusal::Answer,
};
use countersign_tests::{World, people::identity};

/// A code for that person, asked for on that surface.
fn code_of(world: &mut World, surface: Surface, who: &str) -> String {
    let press = world.hand(surface, who);
    let given = world.act(async |desk| desk.link_code(press.clone()).await);
    given
        .expect("they are known there")
        .code
        .as_str()
        .to_owned()
}

/// Dee invites somebody.
fn invited(world: &mut World, name: &str, role: Role) -> String {
    let press = world.hand(Surface::Web, "dee");
    let given = world.act(async |desk| desk.invite(press.clone(), name, role).await);
    given.expect("Dee may").code.as_str().to_owned()
}

/// Somebody enters a code there.
fn enter(world: &mut World, surface: Surface, who: &str, code: &str) -> Answer<Done> {
    let press = world.hand(surface, who);
    world.act(async |desk| {
        let (who, key) = (press.who.clone(), press.key.clone());
        desk.link(who, key, code).await
    })
}

/// Ana is known as that account there as well.
fn link_ana(world: &mut World, surface: Surface, account: &str) {
    let code = code_of(world, Surface::Web, "ana");
    assert_eq!(enter(world, surface, account, &code), Ok(Done::Ok));
}

/// Somebody new is an operator, known as their name on the web console.
fn admit(world: &mut World, name: &str, role: Role) -> OperatorId {
    let code = invited(world, name, role);
    assert_eq!(enter(world, Surface::Web, name, &code), Ok(Done::Ok));
    known(world, Surface::Web, name).expect("they are known").id
}

/// Who is known as that there.
fn known(world: &World, surface: Surface, who: &str) -> Option<Arc<Operator>> {
    world.seen().operator(&identity(surface, who)).cloned()
}

/// Somebody gives another one a role, or takes it.
fn grant(world: &mut World, by: &str, whom: OperatorId, role: Option<Role>) -> Answer<Done> {
    let press = world.hand(Surface::Web, by);
    let done = world.act(async |desk| desk.grant(press.clone(), whom, role).await);
    world.pump();
    done
}

fn id_of(world: &World, who: &str) -> OperatorId {
    known(world, Surface::Web, who).expect("an operator").id
}

fn role_of(world: &World, who: &str) -> Option<Role> {
    known(world, Surface::Web, who).map(|operator| operator.role)
}
