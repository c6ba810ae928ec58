//! What is asked of the whole desk: its trading state, its standing approvals, a ticket of one's own.

use axum::{
    extract::{Path, State},
    response::Response,
};
use countersign_cards::{Action, Tone, say};
use countersign_desk::{
    desk::{DeskAsk, Idea, StandingBounds},
    scan::Looked,
};
use countersign_domain::ids::StandingId;
use jiff::SignedDuration;
use serde::Deserialize;

use super::{
    fields::{self, Plain, Plan},
    posted::Posted,
    press::{Next, Pressed},
};
use crate::{access::visitor::Visitor, console::Room, fault::Fault, pages::parts::buttons::once};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    seal: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signed {
    seal: String,
    strategy: String,
    underlying: String,
    per_day: String,
    loss_ticket: String,
    loss_day: String,
    hours: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Proposed {
    seal: String,
    leg1: String,
    side1: String,
    leg2: String,
    side2: String,
    contracts: String,
    limit: String,
    target: String,
    stop: String,
    arm: String,
    give_back: String,
    time: String,
    days: String,
}

/// Reduces, halts or resumes.
pub(super) async fn ask(
    State(room): State<Room>,
    visitor: Visitor,
    Path(word): Path<String>,
    Posted(form): Posted<Asked>,
) -> Result<Response, Fault> {
    let id = room.desk.id();
    let (ask, action) = match word.as_str() {
        "reduce" => (DeskAsk::Reduce, Action::Reduce(id)),
        "halt" => (DeskAsk::Halt, Action::Halt(id)),
        "resume" => (DeskAsk::Resume, Action::Resume(id)),
        _ => return Err(Fault::NotFound),
    };
    reason(&form.reason)?;
    let pressed = Pressed::new(room, visitor, &once(&word, ""), &form.seal)?;
    let (desk, press) = (pressed.desk(), pressed.press());
    let verb = async move { desk.ask_desk(press, ask, &form.reason).await };
    pressed.run(verb, &action, Next::Back("/")).await
}

/// Flattens: the second press, bound to the reason that the first one gave.
pub(super) async fn flatten(
    State(room): State<Room>,
    visitor: Visitor,
    Posted(form): Posted<Asked>,
) -> Result<Response, Fault> {
    reason(&form.reason)?;
    let sentence = room.locale().say("console-done-flatten");
    let bound = once("flatten-now", &form.reason);
    let pressed = Pressed::soon(room, visitor, &bound, &form.seal)?;
    let (desk, press) = (pressed.desk(), pressed.press());
    let verb = async move { desk.ask_desk(press, DeskAsk::Flatten, &form.reason).await };
    pressed.run_saying(verb, sentence, Next::Back("/")).await
}

/// A reason that the desk will take.
pub(crate) fn reason(text: &str) -> Result<(), Fault> {
    let letters = text.trim().chars().count();
    if (1..=200).contains(&letters) {
        Ok(())
    } else {
        Err(Fault::Field("invalid-reason"))
    }
}

/// Signs a standing approval.
pub(super) async fn sign(
    State(room): State<Room>,
    visitor: Visitor,
    Posted(form): Posted<Signed>,
) -> Result<Response, Fault> {
    let longest = room.desk.settings().standing_days.saturating_mul(24);
    let within = Fault::Within("console-fault-hours", longest);
    let hours = fields::whole(&form.hours, 1..=longest, within)?;
    let count = Fault::Field("console-fault-count");
    let bounds = StandingBounds {
        strategy: fields::maybe(&form.strategy, fields::strategy)?,
        underlying: fields::maybe(&form.underlying, fields::symbol)?,
        per_day: fields::whole(&form.per_day, 1..=1_000_000, count)?,
        worst_loss_per_ticket: fields::dollars(&form.loss_ticket)?,
        worst_loss_per_day: fields::dollars(&form.loss_day)?,
        until: room.desk.now() + SignedDuration::from_hours(hours.into()),
    };
    let sentence = room.locale().say("console-done-sign");
    let pressed = Pressed::new(room, visitor, &once("sign", ""), &form.seal)?;
    let (desk, press) = (pressed.desk(), pressed.press());
    let verb = async move { desk.sign_standing(press, bounds, false).await };
    pressed
        .run_saying(verb, sentence, Next::Go("/standing"))
        .await
}

/// Revokes a standing approval.
pub(super) async fn revoke(
    State(room): State<Room>,
    visitor: Visitor,
    Path(id): Path<String>,
    Posted(form): Posted<Plain>,
) -> Result<Response, Fault> {
    let standing: StandingId = id.parse().map_err(|_| Fault::NotFound)?;
    let pressed = Pressed::new(room, visitor, &once("revoke", &id), &form.seal)?;
    let (desk, press) = (pressed.desk(), pressed.press());
    let verb = async move { desk.revoke_standing(press, standing).await };
    pressed
        .run(verb, &Action::Revoke(standing), Next::Go("/standing"))
        .await
}

/// Has an alarm in hand.
pub(super) async fn acknowledge(
    State(room): State<Room>,
    visitor: Visitor,
    Path(number): Path<String>,
    Posted(form): Posted<Plain>,
) -> Result<Response, Fault> {
    let alarm: u32 = number.parse().map_err(|_| Fault::NotFound)?;
    let bound = once("acknowledge", &number);
    let pressed = Pressed::new(room, visitor, &bound, &form.seal)?;
    let (desk, press) = (pressed.desk(), pressed.press());
    let action = Action::Acknowledge(desk.id(), alarm);
    let verb = async move { desk.acknowledge(press, alarm).await };
    pressed.run(verb, &action, Next::Back("/")).await
}

/// Looks at the market now.
pub(super) async fn scan(
    State(room): State<Room>,
    visitor: Visitor,
    Posted(form): Posted<Plain>,
) -> Result<Response, Fault> {
    let pressed = Pressed::new(room.clone(), visitor, &once("scan", ""), &form.seal)?;
    let (desk, press) = (pressed.desk(), pressed.press());
    let verb = async move {
        let lines = desk.scan_now(press).await?;
        let raised = lines
            .iter()
            .filter(|line| matches!(line.looked, Looked::Raised(_)));
        let raised = raised.count();
        let looked = lines.len();
        let text = say!(
            room.locale(),
            "console-done-scan",
            looked = looked,
            raised = raised
        );
        Ok((Tone::Good, text))
    };
    pressed.run_telling(verb, Next::Back("/account")).await
}

/// Compares with the broker now.
pub(super) async fn reconcile(
    State(room): State<Room>,
    visitor: Visitor,
    Posted(form): Posted<Plain>,
) -> Result<Response, Fault> {
    let text = room.locale().say("console-done-reconcile");
    let pressed = Pressed::new(room, visitor, &once("reconcile", ""), &form.seal)?;
    let (desk, press) = (pressed.desk(), pressed.press());
    let verb = async move {
        desk.reconcile_now(press).await?;
        Ok((Tone::Good, text))
    };
    pressed.run_telling(verb, Next::Back("/account")).await
}

/// Offers a trader's own ticket.
pub(super) async fn propose(
    State(room): State<Room>,
    visitor: Visitor,
    Posted(form): Posted<Proposed>,
) -> Result<Response, Fault> {
    let structure = fields::structure((&form.leg1, &form.side1), (&form.leg2, &form.side2))?;
    let idea = Idea {
        limit: fields::limit(&form.limit, &structure)?,
        contracts: fields::contracts(&form.contracts)?,
        structure,
    };
    let plan = Plan {
        target: &form.target,
        stop: &form.stop,
        arm: &form.arm,
        give_back: &form.give_back,
        time: &form.time,
        days: &form.days,
    };
    let plan = plan.read()?;
    let sentence = room.locale().say("console-done-propose");
    let pressed = Pressed::new(room, visitor, &once("propose", ""), &form.seal)?;
    let (desk, press) = (pressed.desk(), pressed.press());
    let verb = async move { desk.propose(press, idea, plan).await };
    pressed.run_saying(verb, sentence, Next::Go("/")).await
}
