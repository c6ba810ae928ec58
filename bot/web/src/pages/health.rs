//! How the parts of the desk are.

use axum::{extract::State, response::Response};
use countersign_cards::console::health;
use maud::{Markup, html};

use super::{
    ink::Ink,
    parts::head,
    shell::{Page, Place},
};
use crate::{
    access::visitor::Visitor,
    console::Room,
    fault::Fault,
    live::{hub::Part, scene::Scene},
};

/// The page.
pub(crate) async fn page(State(room): State<Room>, visitor: Visitor) -> Result<Response, Fault> {
    let scene = Scene::shown(&room).await?;
    let page = Page {
        place: Place::Health,
        title: room.locale().say("console-health"),
        head: Some(head::draw(&room, &scene)),
        body: html! { (maud::PreEscaped(part(&room, &scene).html)) },
        said: None,
        stream: "",
    };
    Ok(room.page(&page, &visitor.session))
}

/// The live part of the page.
pub(crate) fn part(room: &Room, scene: &Scene) -> Part {
    let ink = Ink::of(room, scene.board.header.now);
    Part {
        id: "health".to_owned(),
        html: draw(&ink, scene).into_string(),
    }
}

fn draw(ink: &Ink<'_>, scene: &Scene) -> Markup {
    html! {
        section #health.sheet aria-labelledby="health-title" {
            h1 #health-title { (ink.say("console-health")) }
            dl.parts {
                @for line in &scene.board.health {
                    @let (label, value) = health(line, ink.now, ink.locale);
                    div class={ "tone-" (if head::is_well(line, scene) { "good" } else { "critical" }) } {
                        dt { (label) }
                        dd { (value) }
                    }
                }
            }
        }
    }
}
