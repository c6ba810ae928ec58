//! Standing approvals: those that live, and a form to sign one.

use axum::{
    extract::{Query, State},
    response::Response,
};
use countersign_cards::say;
use maud::html;

use super::{
    ask::field,
    desk::Asked,
    ink::Ink,
    parts::{buttons::once, controls, head},
    shell::{Page, Place},
};
use crate::{access::visitor::Visitor, console::Room, fault::Fault, live::scene::Scene};

/// The page.
pub(crate) async fn page(
    State(room): State<Room>,
    visitor: Visitor,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Fault> {
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    let most = room.desk.settings().standing_days.saturating_mul(24);
    let inside = html! {
        div.grid {
            (field("strategy", &ink.say("console-field-strategy"), "", "text"))
            (field("underlying", &ink.say("console-field-underlying"), "", "text"))
            (field("per_day", &ink.say("console-field-per-day"), "1", "numeric"))
            (field("loss_ticket", &ink.say("console-field-loss-ticket"), "", "decimal"))
            (field("loss_day", &ink.say("console-field-loss-day"), "", "decimal"))
            (field("hours", &say!(ink.locale, "console-field-hours", most = most), "8", "numeric"))
        }
        button.primary { (ink.say("console-standing-send")) }
    };
    let page = Page {
        place: Place::Standing,
        title: ink.say("console-approvals"),
        head: Some(head::draw(&room, &scene)),
        body: html! {
            section.sheet {
                h1 { (ink.say("console-approvals")) }
                p { (ink.say("console-standing-how")) }
                (controls::list(&ink, &scene.board.standing))
                h2 { (ink.say("console-standing-sign")) }
                (ink.form("/standing/sign", &once("sign", ""), &inside))
            }
        },
        said: asked
            .ok()
            .and_then(|Query(asked)| asked.said(&visitor.session)),
        stream: "",
    };
    Ok(room.page(&page, &visitor.session))
}
