//! A veto of the news is let pass, or counts again.

use axum::{
    extract::{Path, State},
    response::Response,
};
use countersign_cards::chat::let_pass;
use countersign_desk::news::PassAsk;
use jiff::SignedDuration;
use serde::Deserialize;

use super::{
    desk::reason,
    fields,
    posted::Posted,
    press::{Next, Pressed},
};
use crate::{
    access::visitor::Visitor,
    console::Room,
    fault::Fault,
    pages::{
        news::{passes, standing},
        parts::buttons::once,
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Passed {
    seal: String,
    hours: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counted {
    seal: String,
    reason: String,
}

/// Lets a veto that stands pass for some hours.
pub(super) async fn pass(
    State(room): State<Room>,
    visitor: Visitor,
    Path((symbol, name)): Path<(String, String)>,
    Posted(form): Posted<Passed>,
) -> Result<Response, Fault> {
    let most = room.desk.settings().override_hours;
    let within = Fault::Within("console-fault-hours", most);
    let hours = fields::whole(&form.hours, 1..=most, within)?;
    reason(&form.reason)?;
    let view = standing(&room, &symbol, &name).await?;
    let bound = format!("{symbol} {name}");
    let pressed = Pressed::new(room, visitor, &once("pass-news", &bound), &form.seal)?;
    let until = pressed.desk().now() + SignedDuration::from_hours(hours.into());
    let ask = PassAsk {
        name,
        underlying: view.underlying,
        until: Some(until),
        reason: form.reason,
    };
    asked(pressed, ask).await
}

/// Lets a veto count again that was let pass.
pub(super) async fn count(
    State(room): State<Room>,
    visitor: Visitor,
    Path((symbol, name)): Path<(String, String)>,
    Posted(form): Posted<Counted>,
) -> Result<Response, Fault> {
    reason(&form.reason)?;
    let view = passes(&room, &symbol, &name).await?;
    let bound = format!("{symbol} {name}");
    let pressed = Pressed::new(room, visitor, &once("count-news", &bound), &form.seal)?;
    let ask = PassAsk {
        name,
        underlying: view.underlying,
        until: None,
        reason: form.reason,
    };
    asked(pressed, ask).await
}

async fn asked(pressed: Pressed, ask: PassAsk) -> Result<Response, Fault> {
    let (desk, press) = (pressed.desk(), pressed.press());
    let sentence = let_pass(ask.until, desk.now(), pressed.locale());
    let verb = async move { desk.let_news_pass(press, ask).await };
    pressed.run_saying(verb, sentence, Next::Go("/news")).await
}
