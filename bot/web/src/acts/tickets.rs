//! What is pressed on a ticket.

use axum::{
    extract::{Path, State},
    response::Response,
};
use countersign_cards::Action;
use countersign_desk::desk::Edited;
use countersign_domain::{
    ids::{Revision, TicketId},
    ticket::DeclineReason,
};
use jiff::SignedDuration;
use serde::Deserialize;

use super::{
    fields,
    posted::Posted,
    press::{Next, Pressed},
};
use crate::{
    access::{seal::Bound, visitor::Visitor},
    console::Room,
    fault::Fault,
    pages::parts::buttons::reason_name,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Confirmed {
    seal: String,
    /// Where the ticket could lose much.
    contracts: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Declined {
    seal: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Changed {
    seal: String,
    contracts: String,
    limit: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Aside {
    seal: String,
    seconds: String,
}

/// Which ticket at which revision, as the path says it.
fn shown(id: &str, revision: &str) -> Result<(TicketId, Revision), Fault> {
    let number: u32 = revision.parse().map_err(|_| Fault::NotFound)?;
    if number == 0 || number.to_string() != revision {
        return Err(Fault::NotFound);
    }
    let id = id.parse().map_err(|_| Fault::NotFound)?;
    Ok((id, Revision(number)))
}

fn bound<'a>(act: &'a str, subject: &'a str, revision: Revision) -> Bound<'a> {
    Bound {
        act,
        subject,
        revision: revision.0,
    }
}

/// Says yes to exactly the revision that the form was drawn for.
pub(super) async fn confirm(
    State(room): State<Room>,
    visitor: Visitor,
    Path((id, revision)): Path<(String, String)>,
    Posted(form): Posted<Confirmed>,
) -> Result<Response, Fault> {
    let (ticket, revision) = shown(&id, &revision)?;
    let typed = form.contracts.as_deref().map(fields::contracts);
    let typed = typed.transpose()?;
    let desk = room.desk.clone();
    let pressed = Pressed::new(room, visitor, &bound("confirm", &id, revision), &form.seal)?;
    let press = pressed.press();
    let verb = async move { desk.confirm_typed(press, ticket, revision, typed).await };
    let action = Action::Confirm(ticket, revision);
    pressed.run(verb, &action, Next::Back("/")).await
}

/// Says no, with a reason from the short list.
pub(super) async fn decline(
    State(room): State<Room>,
    visitor: Visitor,
    Path((id, revision)): Path<(String, String)>,
    Posted(form): Posted<Declined>,
) -> Result<Response, Fault> {
    let (ticket, revision) = shown(&id, &revision)?;
    let named = |reason: &DeclineReason| reason_name(*reason) == form.reason;
    let reason = DeclineReason::ALL.into_iter().find(named);
    let reason = reason.ok_or(Fault::Field("console-fault-reason-list"))?;
    let desk = room.desk.clone();
    let pressed = Pressed::new(room, visitor, &bound("decline", &id, revision), &form.seal)?;
    let press = pressed.press();
    let verb = async move { desk.decline(press, ticket, revision, reason).await };
    let action = Action::DeclineFor(ticket, revision, reason);
    pressed.run(verb, &action, Next::Back("/")).await
}

/// Makes a new revision with other contracts or another limit.
pub(super) async fn edit(
    State(room): State<Room>,
    visitor: Visitor,
    Path((id, revision)): Path<(String, String)>,
    Posted(form): Posted<Changed>,
) -> Result<Response, Fault> {
    let (ticket, revision) = shown(&id, &revision)?;
    let seen = room.desk.seen().await.map_err(|_| Fault::Store)?;
    let limit = match seen.tickets.get(&ticket) {
        Some(ticket) => fields::limit(&form.limit, &ticket.structure)?,
        // It ended: the desk says how.
        None => fields::price(&form.limit)?,
    };
    let edited = Edited {
        contracts: Some(fields::contracts(&form.contracts)?),
        limit: Some(limit),
    };
    let desk = room.desk.clone();
    let pressed = Pressed::new(room, visitor, &bound("edit", &id, revision), &form.seal)?;
    let press = pressed.press();
    let verb = async move { desk.edit(press, ticket, revision, edited).await };
    let action = Action::Edit(ticket, revision);
    pressed.run(verb, &action, Next::Back("/")).await
}

/// Puts a ticket aside for who pressed.
pub(super) async fn snooze(
    State(room): State<Room>,
    visitor: Visitor,
    Path((id, revision)): Path<(String, String)>,
    Posted(form): Posted<Aside>,
) -> Result<Response, Fault> {
    let (ticket, revision) = shown(&id, &revision)?;
    let most = room.desk.settings().ticket_seconds;
    let seconds = fields::whole(&form.seconds, 0..=most.max(60), Fault::Form)?;
    // Until it expires: the desk takes the earlier of both.
    let seconds = if seconds == 0 { most } else { seconds };
    let until = room.desk.now() + SignedDuration::from_secs(i64::from(seconds));
    let desk = room.desk.clone();
    let pressed = Pressed::new(room, visitor, &bound("snooze", &id, revision), &form.seal)?;
    let press = pressed.press();
    let verb = async move { desk.snooze(press, ticket, until).await };
    pressed
        .run(verb, &Action::Snooze(ticket), Next::Back("/"))
        .await
}
