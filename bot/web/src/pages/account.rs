//! The account as the broker knows it, and what a person may have looked at now.

use axum::{
    extract::{Query, State},
    response::Response,
};
use countersign_cards::{figures, say};
use countersign_desk::press::Press;
use maud::{Markup, html};

use super::{
    desk::Asked,
    ink::Ink,
    parts::{buttons::once, head},
    shell::{Page, Place},
};
use crate::{access::visitor::Visitor, console::Room, fault::Fault, live::scene::Scene};

/// The page.
pub(super) async fn page(
    State(room): State<Room>,
    visitor: Visitor,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Fault> {
    // Who is on no list is turned away here: a question that the desk refuses is written down, and
    // reading a page writes nothing.
    let scene = Scene::shown(&room).await?;
    let press = Press {
        who: room.identity.clone(),
        key: None,
    };
    let account = room.desk.account(press).await;
    let account = account.map_err(|why| Fault::Refused(Box::new(why), scene.board.header.now))?;
    let ink = Ink::of(&room, scene.board.header.now);
    let name = &scene.board.header.account.0;
    let body = html! {
        section.sheet {
            h1 { (say!(ink.locale, "console-account-title", account = name.as_str())) }
            dl.fields {
                (fact(&ink, "console-cash", &figures::usd(account.cash, ink.locale)))
                (fact(&ink, "console-buying-power", &figures::usd(account.buying_power, ink.locale)))
                (fact(&ink, "console-held-open", &account.positions.len().to_string()))
            }
            (offer(&ink, "/scan", "scan", ["console-scan", "console-scan-how"]))
            (offer(&ink, "/reconcile", "reconcile", ["console-reconcile", "console-reconcile-how"]))
        }
    };
    let page = Page {
        place: Place::Elsewhere,
        title: ink.say("console-account"),
        head: Some(head::draw(&room, &scene)),
        body,
        said: asked
            .ok()
            .and_then(|Query(asked)| asked.said(&visitor.session)),
        stream: "",
    };
    Ok(room.page(&page, &visitor.session))
}

fn fact(ink: &Ink<'_>, label: &str, value: &str) -> Markup {
    html! { div.short { dt { (ink.say(label)) } dd { (value) } } }
}

fn offer(ink: &Ink<'_>, path: &str, act: &str, [label, how]: [&str; 2]) -> Markup {
    let inside = html! {
        button.secondary { (ink.say(label)) }
        small { (ink.say(how)) }
    };
    ink.form(path, &once(act, ""), &inside)
}
