//! Roles that chat gives and takes: effective at once, everywhere.

use countersign_desk::{desk::StandingBounds, press::Verb, twice::Subject, work::Done};
use countersign_domain::{
    event::Fact,
    ids::{PositionId, TapId},
    operator::{Actor, Role, Surface},
    people::PeopleFault,
    refusal::Refusal,
    ticket::TicketState,
};
use countersign_tests::{
    Button::{Confirm, Sign},
    Setup, World,
    people::identity,
    secs,
};
use insta::assert_snapshot;

use super::{admit, grant, id_of, known, link_ana, role_of};
use crate::{
    authority::ask,
    scene::{dollars, refusals, refused},
};

// R27
#[test]
fn every_verb_asks_for_its_role_on_every_surface_whoever_gave_it() {
    let mut world = World::new();
    let fay = admit(&mut world, "fay", Role::Viewer);
    for surface in Surface::ALL {
        if surface != Surface::Web {
            let code = super::code_of(&mut world, Surface::Web, "fay");
            assert_eq!(
                super::enter(&mut world, surface, "fay", &code),
                Ok(Done::Ok)
            );
        }
    }
    let dee = id_of(&world, "dee");
    for role in [
        None,
        Some(Role::Viewer),
        Some(Role::Trader),
        Some(Role::Admin),
    ] {
        let who = if role.is_some() { "fay" } else { "eve" };
        for verb in Verb::ALL {
            for surface in Surface::ALL {
                if let Some(role) = role {
                    // By her newest role: what a verb changed is set right.
                    let _ = grant(&mut world, "dee", fay, Some(role));
                }
                let press = world.hand(surface, who);
                let answer = world.act(async |desk| ask(desk, verb, press.clone()).await);
                let open = !matches!(answer, Err(Refusal::NotPermitted { .. }));
                let may = role.is_some_and(|role| role >= verb.needs());
                assert_eq!(open, may, "{verb:?} as {role:?} on {surface}: {answer:?}");
                let told = match &answer {
                    Err(Refusal::NotPermitted { needs, has }) => Some((*needs, *has)),
                    _ => None,
                };
                assert_eq!(told, (!may).then_some((verb.needs(), role)), "{verb:?}");
            }
        }
    }
    assert_eq!(id_of(&world, "dee"), dee);
}

// R28
#[test]
fn a_stranger_who_asks_for_people_or_twice_leaves_a_trace_and_changes_nothing() {
    let mut world = World::new();
    let before = world.seen();
    let dee = id_of(&world, "dee");
    let answers = [Surface::Web, Surface::Terminal, Surface::Cli].map(|surface| {
        let press = world.hand(surface, "eve");
        let there = identity(Surface::Web, "dee");
        world.act(async |desk| {
            let press = || press.clone();
            let reason = "why not".to_owned();
            [
                desk.link_code(press()).await.map(|_| Done::Ok),
                desk.invite(press(), "eve", Role::Admin)
                    .await
                    .map(|_| Done::Ok),
                desk.ask_twice(press(), Subject::Flatten { reason })
                    .await
                    .map(|_| Done::Ok),
                desk.ask_close(press(), PositionId::from_bits(7))
                    .await
                    .map(|_| Done::Ok),
            ]
            .into_iter()
            .chain([desk.unlink(press(), there.clone()).await])
            .collect::<Vec<_>>()
        })
    });
    for answer in answers.iter().flatten() {
        assert!(
            matches!(answer, Err(Refusal::NotPermitted { has: None, .. })),
            "{answer:?}"
        );
    }
    assert!(grant(&mut world, "eve", dee, None).is_err());
    let press = world.hand(Surface::Web, "eve");
    let unknown = TapId::from_bits(7);
    let again = world.act(async |desk| desk.second_press(press.clone(), unknown).await);
    assert!(matches!(
        again,
        Err(Refusal::NotPermitted { has: None, .. })
    ));

    let noted = refusals(&world);
    assert_eq!(noted.len(), 17);
    let eve = |who: &Actor| matches!(who, Actor::Stranger(identity) if identity.user == "eve");
    assert!(noted.iter().all(|(who, ..)| eve(who)));
    let mut after = world.seen().as_ref().clone();
    assert_eq!(after.seq, before.seq + 17);
    after.seq = before.seq;
    assert_eq!(after, *before);
}

// R29
#[test]
fn a_trader_whose_role_was_taken_cannot_use_an_old_card() {
    let mut world = World::new();
    world.offer();
    let ana = id_of(&world, "ana");
    grant(&mut world, "dee", ana, Some(Role::Viewer)).expect("Dee may");
    let answer = world.press("ana", Confirm);
    assert_snapshot!(refused(&world, answer), @"This needs the role trader, and yours is viewer. Ask somebody who has it.");
    grant(&mut world, "dee", ana, None).expect("Dee may");
    let answer = world.press("ana", Confirm);
    assert_snapshot!(refused(&world, answer), @"You are not on this desk's list of operators. Ask an admin to add you as trader.");
    assert!(world.stands().state.is_offered());
    assert!(world.broker.orders().is_empty());

    // And whose role was raised can use one that is open.
    let cy = id_of(&world, "cy");
    assert!(world.press("cy", Confirm).is_err());
    grant(&mut world, "dee", cy, Some(Role::Trader)).expect("Dee may");
    assert!(matches!(world.press("cy", Confirm), Ok(Done::Order(_))));
}

// R29
#[test]
fn a_yes_of_somebody_who_lost_the_right_counts_no_more() {
    let mut setup = Setup::default();
    setup.settings.second_person_above = Some(dollars(500));
    let mut world = World::with(setup);
    let ticket = world.offer();
    assert_eq!(world.press("ana", Confirm), Ok(Done::SaidYes(ticket)));
    let revision = world.stands().revision;
    let ana = id_of(&world, "ana");
    grant(&mut world, "dee", ana, None).expect("Dee may");
    assert_eq!(
        world.stands().state,
        TicketState::Offered { yes: Vec::new() }
    );
    assert_eq!(world.stands().revision, revision.next());
    assert_eq!(world.press("dee", Confirm), Ok(Done::SaidYes(ticket)));
    assert!(world.broker.orders().is_empty());
}

#[test]
fn a_standing_approval_dies_when_chat_takes_its_signers_role() {
    let mut world = World::new();
    let fay = admit(&mut world, "fay", Role::Admin);
    let bounds = StandingBounds {
        strategy: None,
        underlying: None,
        per_day: 5,
        worst_loss_per_ticket: dollars(1_000),
        worst_loss_per_day: dollars(5_000),
        until: world.now() + secs(3_600),
    };
    world.press("fay", Sign(bounds)).expect("an admin may");
    grant(&mut world, "dee", fay, Some(Role::Trader)).expect("Dee may");
    assert!(world.seen().standing.is_empty());
    world.offer();
    world.advance(secs(3));
    assert!(world.stands().state.is_offered());
}

#[test]
fn nobody_raises_themselves_and_the_last_configured_admin_stays() {
    let mut world = World::new();
    let (bo, dee) = (id_of(&world, "bo"), id_of(&world, "dee"));
    let raised = grant(&mut world, "bo", bo, Some(Role::Admin));
    assert_snapshot!(refused(&world, raised), @"This needs the role admin, and yours is trader. Ask somebody who has it.");
    let last = Err(Refusal::People(PeopleFault::LastAdmin));
    assert_eq!(grant(&mut world, "dee", dee, Some(Role::Trader)), last);
    let done = grant(&mut world, "dee", dee, None);
    assert_snapshot!(refused(&world, done), @"Of the admins that the configuration names, this is the last who is one, so chat cannot change that. Name another one in the configuration first.");
    // An admin who came by chat cannot lock out who runs the desk either.
    let fay = admit(&mut world, "fay", Role::Admin);
    assert_eq!(grant(&mut world, "fay", dee, None), last);
    assert_eq!(
        grant(&mut world, "dee", fay, Some(Role::Admin)),
        Ok(Done::Nothing)
    );
    assert_eq!(grant(&mut world, "fay", fay, None), Ok(Done::Ok));
    assert_eq!(known(&world, Surface::Web, "fay"), None);
    let gone = grant(&mut world, "dee", fay, Some(Role::Admin));
    assert_eq!(gone, Err(Refusal::People(PeopleFault::UnknownOperator)));
    assert_eq!(role_of(&world, "dee"), Some(Role::Admin));
    let told = |fact: &Fact| matches!(fact, Fact::OperatorSet { operator, removed: true } if operator.id == fay);
    assert!(world.events().iter().any(|row| told(&row.event.fact)));
}

// R33
#[test]
fn two_accounts_of_one_person_are_one_person() {
    let mut setup = Setup::default();
    setup.settings.second_person_above = Some(dollars(500));
    let mut world = World::with(setup);
    link_ana(&mut world, Surface::Cli, "@ana");
    link_ana(&mut world, Surface::Cli, "@ana-too");
    let ticket = world.offer();
    let first = world.press_on(Surface::Cli, "@ana", Confirm);
    assert_eq!(first, Ok(Done::SaidYes(ticket)));
    for (surface, account) in [(Surface::Cli, "@ana-too"), (Surface::Web, "ana")] {
        let again = world.press_on(surface, account, Confirm);
        assert_eq!(again, Err(Refusal::NotSecondPerson), "{account}");
    }
    assert!(world.broker.orders().is_empty());
    assert!(matches!(world.press("dee", Confirm), Ok(Done::Order(_))));
}
