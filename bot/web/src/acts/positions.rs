//! What is pressed on a position and on a working entry.

use axum::{
    extract::{Path, State},
    response::Response,
};
use countersign_cards::Action;
use countersign_desk::desk::PositionAsk;
use countersign_domain::ids::{OrderId, PositionId};
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
pub(super) struct Planned {
    seal: String,
    target: String,
    stop: String,
    arm: String,
    give_back: String,
    time: String,
    days: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Held {
    seal: String,
    minutes: String,
}

fn position(id: &str) -> Result<PositionId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

/// Asks a position for something and tells what came of it.
async fn asked(
    pressed: Pressed,
    position: PositionId,
    ask: PositionAsk,
    action: Action,
) -> Result<Response, Fault> {
    let (desk, press) = (pressed.desk(), pressed.press());
    // It holds all that a unit may need: kept in one place, not in every caller.
    let verb = Box::pin(async move { desk.ask_position(press, position, ask).await });
    pressed.run(verb, &action, Next::Back("/")).await
}

/// Closes a position: the second press, which has to come soon after the first.
pub(super) async fn close(
    State(room): State<Room>,
    visitor: Visitor,
    Path(id): Path<String>,
    Posted(form): Posted<Plain>,
) -> Result<Response, Fault> {
    let position = position(&id)?;
    let pressed = Pressed::soon(room, visitor, &once("close", &id), &form.seal)?;
    asked(
        pressed,
        position,
        PositionAsk::Close,
        Action::Close(position),
    )
    .await
}

/// Changes a position's exit plan.
pub(super) async fn plan(
    State(room): State<Room>,
    visitor: Visitor,
    Path(id): Path<String>,
    Posted(form): Posted<Planned>,
) -> Result<Response, Fault> {
    let position = position(&id)?;
    let plan = Plan {
        target: &form.target,
        stop: &form.stop,
        arm: &form.arm,
        give_back: &form.give_back,
        time: &form.time,
        days: &form.days,
    };
    let ask = PositionAsk::ExitPlan(plan.read()?);
    let pressed = Pressed::new(room, visitor, &once("plan", &id), &form.seal)?;
    asked(pressed, position, ask, Action::ExitPlan(position)).await
}

/// Holds a position's automatic exits for some minutes.
pub(super) async fn hold(
    State(room): State<Room>,
    visitor: Visitor,
    Path(id): Path<String>,
    Posted(form): Posted<Held>,
) -> Result<Response, Fault> {
    let position = position(&id)?;
    let most = room.desk.settings().hold_minutes;
    let within = Fault::Within("console-fault-minutes", most);
    let minutes = fields::whole(&form.minutes, 1..=most, within)?;
    let ask = PositionAsk::Hold(room.desk.now() + SignedDuration::from_mins(minutes.into()));
    let pressed = Pressed::new(room, visitor, &once("hold", &id), &form.seal)?;
    asked(pressed, position, ask, Action::Hold(position)).await
}

/// Lets a position's automatic exits go on.
pub(super) async fn release(
    State(room): State<Room>,
    visitor: Visitor,
    Path(id): Path<String>,
    Posted(form): Posted<Plain>,
) -> Result<Response, Fault> {
    let position = position(&id)?;
    let ask = PositionAsk::Hold(room.desk.now());
    let pressed = Pressed::new(room, visitor, &once("release", &id), &form.seal)?;
    asked(pressed, position, ask, Action::Release(position)).await
}

/// Cancels what is unfilled of a working entry.
pub(super) async fn cancel(
    State(room): State<Room>,
    visitor: Visitor,
    Path(id): Path<String>,
    Posted(form): Posted<Plain>,
) -> Result<Response, Fault> {
    let order: OrderId = id.parse().map_err(|_| Fault::NotFound)?;
    let pressed = Pressed::new(room, visitor, &once("cancel", &id), &form.seal)?;
    let (desk, press) = (pressed.desk(), pressed.press());
    let verb = async move { desk.cancel(press, order).await };
    pressed
        .run(verb, &Action::Cancel(order), Next::Back("/"))
        .await
}
