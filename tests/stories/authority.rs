//! Who may: one authoriser for every verb, every role and every surface.

use countersign_desk::{
    Desk,
    audit::AuditOf,
    desk::{DeskAsk, Edited, Idea, OverrideAnswer, OverrideAsk, PositionAsk, StandingBounds},
    news::PassAsk,
    press::{Press, Verb},
    work::Done,
};
use countersign_domain::{
    exit::ExitPlan,
    ids::{OperatorId, OrderId, OverrideId, PositionId, Revision, StandingId, TicketId},
    instrument::Symbol,
    limits::LimitCode,
    money::{Contracts, Percent},
    notices::{MannersChange, Notice, Volume},
    operator::{Actor, Role, Room, Surface},
    refusal::{Answer, Refusal},
    scanning::ScanChange,
    ticket::DeclineReason,
};
use countersign_tests::{
    Button::Confirm,
    Setup, World,
    market::{acme, cents, long_call},
    people::identity,
};
use insta::assert_snapshot;
use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::scene::{dollars, no_plan, refusals, refused};

/// Asks for something that is not there, or in a way that is refused, so that nothing changes and
/// only the right to ask tells the answers apart.
pub(crate) async fn ask(desk: &Desk, verb: Verb, press: Press) -> Answer<Done> {
    let ticket = TicketId::from_bits(7);
    let position = PositionId::from_bits(7);
    let no_reason = "";
    let past = Timestamp::UNIX_EPOCH;
    match verb {
        Verb::Confirm => desk.confirm(press, ticket, Revision::FIRST).await,
        Verb::Decline => {
            let reason = DeclineReason::Risk;
            desk.decline(press, ticket, Revision::FIRST, reason).await
        }
        Verb::Edit => {
            let edited = Edited::default();
            desk.edit(press, ticket, Revision::FIRST, edited).await
        }
        Verb::Snooze => desk.snooze(press, ticket, past).await,
        Verb::Propose => {
            let idea = Idea {
                structure: long_call(),
                contracts: Contracts(1),
                limit: cents(210),
            };
            let absurd = ExitPlan {
                stop_loss: Some(Percent(0)),
                ..no_plan()
            };
            desk.propose(press, idea, absurd).await
        }
        Verb::Cancel => desk.cancel(press, OrderId::from_bits(7)).await,
        Verb::Close => {
            let ask = PositionAsk::Close;
            desk.ask_position(press, position, ask).await
        }
        Verb::ExitPlan => {
            let ask = PositionAsk::ExitPlan(no_plan());
            desk.ask_position(press, position, ask).await
        }
        Verb::Hold => {
            let ask = PositionAsk::Hold(past);
            desk.ask_position(press, position, ask).await
        }
        Verb::Account => desk.account(press).await.map(|_| Done::Ok),
        Verb::Reduce => desk.ask_desk(press, DeskAsk::Reduce, no_reason).await,
        Verb::Halt => desk.ask_desk(press, DeskAsk::Halt, no_reason).await,
        Verb::Resume => desk.ask_desk(press, DeskAsk::Resume, no_reason).await,
        Verb::Flatten => desk.ask_desk(press, DeskAsk::Flatten, no_reason).await,
        Verb::Scan => desk.scan_now(press).await.map(|_| Done::Ok),
        Verb::Reconcile => desk.reconcile_now(press).await.map(|()| Done::Ok),
        Verb::SignStanding => desk.sign_standing(press, unsigned(past), false).await,
        Verb::RevokeStanding => desk.revoke_standing(press, StandingId::from_bits(7)).await,
        other => ask_of_the_desk(desk, other, press).await,
    }
}

/// The same of what is about no trade.
async fn ask_of_the_desk(desk: &Desk, verb: Verb, press: Press) -> Answer<Done> {
    match verb {
        Verb::Link => desk.link_code(press).await.map(|_| Done::Ok),
        Verb::Unlink => desk.unlink(press, identity(Surface::Web, "nobody")).await,
        Verb::Grant => desk.grant(press, OperatorId::from_bits(7), None).await,
        Verb::Invite => desk.invite(press, "", Role::Viewer).await.map(|_| Done::Ok),
        Verb::Settings => desk.set_manners(press, None, muted()).await,
        Verb::RoomSettings => {
            let room = Room::of(Surface::Discord);
            desk.set_manners(press, Some(room), muted()).await
        }
        Verb::Watchlist => {
            desk.set_scanning(press, ScanChange::Remove(unwatched()))
                .await
        }
        Verb::Strategies => {
            desk.set_scanning(press, ScanChange::Off("none".to_owned()))
                .await
        }
        Verb::Audit => {
            let audited = desk.audit(press, AuditOf::Newest, false).await;
            audited.map(|_| Done::Ok)
        }
        Verb::Export => desk.export(press, None, None).await.map(|_| Done::Ok),
        Verb::Acknowledge => desk.acknowledge(press, 7).await,
        Verb::PassNews => desk.let_news_pass(press, unreasoned_pass()).await,
        Verb::AskOverride => desk.ask_override(press, unreasoned()).await,
        Verb::GrantOverride => answer(desk, press, OverrideAnswer::Grant).await,
        Verb::RefuseOverride => answer(desk, press, OverrideAnswer::Refuse).await,
        Verb::RevokeOverride => answer(desk, press, OverrideAnswer::Revoke).await,
        Verb::Overrides => desk.overrides(press).await.map(|_| Done::Ok),
        Verb::SetLimit => {
            let code = LimitCode::OpenPositions;
            desk.set_limit(press, code, Decimal::ZERO).await
        }
        trade => panic!("{trade:?} is asked above"),
    }
}

/// A symbol that is on no watchlist.
fn unwatched() -> Symbol {
    "ZZZZ".parse().expect("a symbol")
}

async fn answer(desk: &Desk, press: Press, answer: OverrideAnswer) -> Answer<Done> {
    let id = OverrideId::from_bits(7);
    desk.answer_override(press, id, answer).await
}

/// What nobody may change so.
const fn muted() -> MannersChange {
    MannersChange::Volume(Notice::Alarm, Volume::Off)
}

/// Would be refused for want of a reason, by whoever may.
fn unreasoned_pass() -> PassAsk {
    PassAsk {
        name: "tone".to_owned(),
        underlying: acme(),
        until: None,
        reason: String::new(),
    }
}

fn unreasoned() -> OverrideAsk {
    OverrideAsk {
        code: LimitCode::OpenPositions,
        value: Decimal::from(21),
        until: None,
        reason: String::new(),
    }
}

fn unsigned(until: Timestamp) -> StandingBounds {
    StandingBounds {
        strategy: None,
        underlying: None,
        per_day: 1,
        worst_loss_per_ticket: dollars(100),
        worst_loss_per_day: dollars(100),
        until,
    }
}

/// Whether somebody may, as every surface says; they must all say the same.
fn may(world: &mut World, verb: Verb, who: &str) -> bool {
    let answers = Surface::ALL.map(|surface| {
        let press = world.hand(surface, who);
        let answer = world.act(async |desk| ask(desk, verb, press.clone()).await);
        !matches!(answer, Err(Refusal::NotPermitted { .. }))
    });
    let same = answers.iter().all(|answer| *answer == answers[0]);
    assert!(same, "{verb:?} by {who}: {answers:?}");
    answers[0]
}

// R27: a table of every verb by every role, the same on every surface
#[test]
fn every_verb_is_open_to_its_role_and_those_above_on_every_surface() {
    let mut world = World::new();
    let mut table = String::from("                 stranger viewer trader admin\n");
    for verb in Verb::ALL {
        let allowed = ["eve", "cy", "ana", "dee"].map(|who| may(&mut world, verb, who));
        let cells = allowed.map(|yes| if yes { "yes" } else { "-" });
        let [stranger, viewer, trader, admin] = cells;
        let name = verb.name();
        let row = format!("{name:<16} {stranger:<8} {viewer:<6} {trader:<6} {admin}");
        table.push_str(row.trim_end());
        table.push('\n');
    }
    assert_snapshot!(table, @r"
                     stranger viewer trader admin
    confirm          -        -      yes    yes
    decline          -        -      yes    yes
    edit             -        -      yes    yes
    snooze           -        yes    yes    yes
    propose          -        -      yes    yes
    cancel           -        -      yes    yes
    close            -        -      yes    yes
    exit-plan        -        -      yes    yes
    hold             -        -      yes    yes
    account          -        yes    yes    yes
    reduce           -        -      yes    yes
    halt             -        -      yes    yes
    resume           -        -      -      yes
    flatten          -        -      yes    yes
    scan             -        -      yes    yes
    reconcile        -        -      yes    yes
    sign-standing    -        -      -      yes
    revoke-standing  -        -      yes    yes
    ask-override     -        -      yes    yes
    grant-override   -        -      -      yes
    refuse-override  -        -      -      yes
    revoke-override  -        -      -      yes
    overrides        -        yes    yes    yes
    set-limit        -        -      -      yes
    link             -        yes    yes    yes
    unlink           -        yes    yes    yes
    grant            -        -      -      yes
    invite           -        -      -      yes
    settings         -        yes    yes    yes
    room-settings    -        -      -      yes
    watchlist        -        -      -      yes
    strategies       -        -      -      yes
    export           -        -      yes    yes
    audit            -        -      -      yes
    acknowledge      -        -      yes    yes
    pass-news        -        -      -      yes
    ");
}

// R26
#[test]
fn with_an_empty_allow_list_nobody_may_do_anything() {
    let nobody = |world: &mut World| {
        for verb in Verb::ALL {
            for who in ["eve", "cy", "ana", "dee"] {
                assert!(!may(world, verb, who), "{verb:?} by {who}");
            }
        }
    };
    let mut world = World::with(Setup {
        people: Vec::new(),
        ..Setup::default()
    });
    nobody(&mut world);
    // Nor when it was emptied later.
    let mut world = World::new();
    world.reconfigure(|setup| setup.people.clear());
    nobody(&mut world);
}

// R28
#[test]
fn a_stranger_gets_an_answer_and_leaves_a_trace_and_changes_nothing_else() {
    let mut world = World::new();
    world.offer();
    let before = world.seen();
    let drawn = world.chat(Surface::Web).drawn().len();

    let answer = world.press("eve", Confirm);
    assert_snapshot!(refused(&world, answer), @"You are not on this desk's list of operators. Ask an admin to add you as trader.");
    let answer = world.press("cy", Confirm);
    assert_snapshot!(refused(&world, answer), @"This needs the role trader, and yours is viewer. Ask somebody who has it.");

    let mut after = world.seen().as_ref().clone();
    assert_eq!(after.seq, before.seq + 2);
    after.seq = before.seq;
    assert_eq!(after, *before);
    assert_eq!(world.chat(Surface::Web).drawn().len(), drawn);
    assert!(world.broker.orders().is_empty());

    let noted = refusals(&world);
    let stranger = Actor::Stranger(identity(Surface::Web, "eve"));
    assert_eq!(noted[0].0, stranger);
    assert!(matches!(&noted[1].0, Actor::Operator { name, .. } if name == "cy"));
    let why: Vec<_> = noted.iter().map(|(_, verb, why)| (verb, why)).collect();
    let needs = Role::Trader;
    let none = Refusal::NotPermitted { needs, has: None };
    let viewer = Refusal::NotPermitted {
        needs,
        has: Some(Role::Viewer),
    };
    assert_eq!(
        why,
        [
            (&"confirm".to_owned(), &none),
            (&"confirm".to_owned(), &viewer)
        ]
    );
}

// R29
#[test]
fn who_was_taken_off_the_list_cannot_use_an_old_card() {
    let mut world = World::new();
    world.offer();
    world.reconfigure(|setup| setup.people.retain(|(name, _)| *name != "ana"));
    let answer = world.press("ana", Confirm);
    assert_snapshot!(refused(&world, answer), @"You are not on this desk's list of operators. Ask an admin to add you as trader.");
    assert!(world.stands().state.is_offered());

    world.reconfigure(|setup| setup.people.push(("ana", Role::Trader)));
    assert!(world.press("ana", Confirm).is_ok());
}
