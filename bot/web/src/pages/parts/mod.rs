//! The parts of the desk page, each an element with an id that is sent anew when it changed.

mod alarms;
pub(crate) mod buttons;
pub(crate) mod card;
pub(crate) mod controls;
pub(crate) mod feed;
pub(crate) mod head;
mod limits;
mod orders;
pub(crate) mod payoff;
pub(crate) mod positions;
mod tickets;

use countersign_domain::ids::TicketId;
use maud::{Markup, html};

use super::ink::Ink;
use crate::{
    console::Room,
    live::{hub::Part, scene::Scene},
};

/// The id of a ticket's element.
pub(crate) fn ticket_id(ticket: TicketId) -> String {
    format!("ticket-{ticket}")
}

/// What is decided and held.
const MAIN: [(&str, Draw); 4] = [
    ("alarms", alarms::draw),
    ("tickets", tickets::draw),
    ("orders", orders::draw),
    ("positions", positions::draw),
];

/// What stands beside it.
const BESIDE: [(&str, Draw); 4] = [
    ("controls", controls::draw),
    ("limits", limits::draw),
    ("approvals", controls::approvals),
    ("feed", feed::draw),
];

type Draw = fn(&Ink<'_>, &Scene) -> Markup;

/// Every part as open pages get it.
pub(crate) fn of(room: &Room, scene: &Scene) -> Vec<Part> {
    let ink = Ink::of(room, scene.board.header.now);
    let mut parts = vec![
        Part {
            id: "head".to_owned(),
            html: head::draw(room, scene).into_string(),
        },
        trouble(room, false),
    ];
    parts.extend(MAIN.iter().chain(&BESIDE).map(|(id, draw)| Part {
        id: (*id).to_owned(),
        html: section(id, &draw(&ink, scene)).into_string(),
    }));
    parts
}

/// The body of the desk page.
pub(crate) fn body(room: &Room, scene: &Scene) -> Markup {
    let ink = Ink::of(room, scene.board.header.now);
    columns(room, false, |draw| draw(&ink, scene))
}

/// The body while the desk cannot be read: the parts come by themselves when it can.
pub(crate) fn unreadable(room: &Room) -> Markup {
    columns(room, true, |_| html! {})
}

fn columns(room: &Room, trouble_there: bool, draw: impl Fn(&Draw) -> Markup) -> Markup {
    html! {
        (maud::PreEscaped(trouble(room, trouble_there).html))
        div.desk {
            div.decided { @for (id, part) in &MAIN { (section(id, &draw(part))) } }
            div.beside { @for (id, part) in &BESIDE { (section(id, &draw(part))) } }
        }
    }
}

fn section(id: &str, part: &Markup) -> Markup {
    html! {
        section id=(id) aria-labelledby={ (id) "-title" } { (part) }
    }
}

/// The line that says that the desk cannot be read; empty while it can.
pub(crate) fn trouble(room: &Room, there: bool) -> Part {
    let text = room.locale().say("console-trouble");
    let html = html! {
        p #trouble role="alert" hidden[!there] { @if there { (text) } }
    };
    Part {
        id: "trouble".to_owned(),
        html: html.into_string(),
    }
}
