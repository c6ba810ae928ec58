//! Pages that ask once more, or for what is still missing. Where scripts run they open over the page
//! that led to them.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use countersign_cards::{Card, console::standing, position as draw_position, say};
use countersign_domain::{exit::ExitPlan, ids::StandingId, money::Percent, view::PositionView};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    ink::{Ink, tone_class, unbroken},
    parts::{buttons::once, head},
    shell::{Page, Place},
};
use crate::{
    access::{seal::Bound, visitor::Visitor},
    acts::{desk::reason, press::SECOND_PRESS},
    console::Room,
    fault::Fault,
    live::scene::Scene,
};

/// One question.
pub(super) struct Ask<'a> {
    /// The key of its title.
    pub(super) title: &'static str,
    /// What stands between title and form.
    pub(super) told: Markup,
    /// The fields, if any.
    pub(super) fields: Markup,
    /// The class and the key of the button.
    pub(super) button: (&'static str, &'static str),
    /// Where the form goes.
    pub(super) path: &'a str,
    /// What it is bound to; a page that only leads on to the next question is bound to nothing.
    pub(super) bound: Option<Bound<'a>>,
    /// True when the press has to come soon.
    pub(super) soon: bool,
}

/// The page of a question.
pub(super) fn page(room: &Room, visitor: &Visitor, scene: &Scene, ask: &Ask<'_>) -> Response {
    let ink = Ink::of(room, scene.board.header.now);
    let end = room.desk.now() + SignedDuration::try_from(SECOND_PRESS).unwrap_or_default();
    let (class, key) = ask.button;
    let inside = html! {
        (ask.fields)
        div.buttons {
            button.(class) { (ink.say(key)) }
            a.button.secondary href="/" data-leave { (ink.say("console-ask-leave")) }
        }
    };
    let form = if let Some(bound) = &ask.bound {
        ink.form(ask.path, bound, &inside)
    } else {
        html! { form method="get" action=(ask.path) { (inside) } }
    };
    let body = html! {
        section.ask {
            div.top {
                h1 #ask-title { (ink.say(ask.title)) }
                @if ask.soon {
                    span.countdown role="timer" aria-label=(ink.say("console-ask-time"))
                        data-left=(ink.left(end)) { (ink.clock(end)) }
                }
            }
            (ask.told)
            p.fault role="alert" {}
            (form)
        }
    };
    let page = Page {
        place: Place::Elsewhere,
        title: ink.say(ask.title),
        head: Some(head::draw(room, scene)),
        body,
        said: None,
        stream: "",
    };
    room.page(&page, &visitor.session)
}

/// A position that is open.
fn held<'a>(scene: &'a Scene, id: &str) -> Result<&'a PositionView, Fault> {
    let wanted = id.parse().map_err(|_| Fault::NotFound)?;
    let found = scene.board.positions.iter();
    found
        .into_iter()
        .find(|view| view.position.id == wanted)
        .ok_or(Fault::NotFound)
}

/// Title and weightiest lines of a position.
fn sketch(ink: &Ink<'_>, scene: &Scene, view: &PositionView) -> Markup {
    let card: Card = draw_position(view, &scene.board.header, ink.locale);
    html! {
        p.about { (card.title) }
        @for line in &card.lead {
            p.lead.{ "tone-" (tone_class(line.tone)) } { (unbroken(&line.text)) }
        }
    }
}

/// Closing a position: asked once more.
pub(crate) async fn close(
    State(room): State<Room>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    let view = held(&scene, &id)?;
    let ask = Ask {
        title: "console-ask-close-title",
        told: html! {
            (sketch(&ink, &scene, view))
            p { (ink.say("console-ask-close-how")) }
        },
        fields: html! {},
        button: ("danger", "console-ask-close"),
        path: &format!("/positions/{id}/close"),
        bound: Some(once("close", &id)),
        soon: true,
    };
    Ok(page(&room, &visitor, &scene, &ask))
}

/// Holding a position's exits: for how long.
pub(crate) async fn hold(
    State(room): State<Room>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    let view = held(&scene, &id)?;
    let most = room.desk.settings().hold_minutes;
    let label = say!(ink.locale, "console-field-minutes", most = most);
    let ask = Ask {
        title: "console-ask-hold-title",
        told: html! {
            (sketch(&ink, &scene, view))
            p { (ink.say("console-ask-hold-how")) }
        },
        fields: field("minutes", &label, &most.min(15).to_string(), "numeric"),
        button: ("primary", "console-ask-hold"),
        path: &format!("/positions/{id}/hold"),
        bound: Some(once("hold", &id)),
        soon: false,
    };
    Ok(page(&room, &visitor, &scene, &ask))
}

/// A position's exit plan, to be changed.
pub(crate) async fn plan(
    State(room): State<Room>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    let view = held(&scene, &id)?;
    let ask = Ask {
        title: "console-ask-plan-title",
        told: html! {
            (sketch(&ink, &scene, view))
            p { (ink.say("console-ask-plan-how")) }
        },
        fields: plan_fields(&ink, &view.position.exit_plan),
        button: ("primary", "console-ask-plan"),
        path: &format!("/positions/{id}/plan"),
        bound: Some(once("plan", &id)),
        soon: false,
    };
    Ok(page(&room, &visitor, &scene, &ask))
}

/// The fields of an exit plan.
pub(super) fn plan_fields(ink: &Ink<'_>, plan: &ExitPlan) -> Markup {
    let percent = |share: Option<Percent>| share.map_or_else(String::new, |it| it.0.to_string());
    let days = plan
        .days_to_expiry
        .map_or_else(String::new, |days| days.to_string());
    html! {
        div.grid {
            (field("target", &ink.say("console-field-target"), &percent(plan.profit_target), "numeric"))
            (field("stop", &ink.say("console-field-stop"), &percent(plan.stop_loss), "numeric"))
            (field("arm", &ink.say("console-field-arm"), &percent(plan.trail.map(|it| it.arm)), "numeric"))
            (field("give_back", &ink.say("console-field-give-back"), &percent(plan.trail.map(|it| it.give_back)), "numeric"))
            div.field {
                label for="time" { (ink.say("console-field-time")) }
                input #time name="time" type="datetime-local"
                    value=(plan.time_stop.map_or_else(String::new, in_new_york));
            }
            (field("days", &ink.say("console-field-days"), &days, "numeric"))
        }
    }
}

fn in_new_york(at: Timestamp) -> String {
    let zone = TimeZone::get("America/New_York").unwrap_or(TimeZone::UTC);
    at.to_zoned(zone).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// One labelled field.
pub(super) fn field(name: &str, label: &str, value: &str, mode: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            input id=(name) name=(name) value=(value) inputmode=(mode) autocomplete="off"
                maxlength="40";
        }
    }
}

/// What is asked of the whole desk: why.
pub(crate) async fn desk(
    State(room): State<Room>,
    visitor: Visitor,
    Path(word): Path<String>,
) -> Result<Response, Fault> {
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    let (title, how, button) = match word.as_str() {
        "reduce" => (
            "console-ask-reduce-title",
            "console-ask-reduce-how",
            "console-reduce",
        ),
        "halt" => (
            "console-ask-halt-title",
            "console-ask-halt-how",
            "console-halt",
        ),
        "resume" => (
            "console-ask-resume-title",
            "console-ask-resume-how",
            "console-resume",
        ),
        "flatten" => (
            "console-ask-flatten-title",
            "console-ask-flatten-how",
            "console-go-on",
        ),
        _ => return Err(Fault::NotFound),
    };
    let flatten = word == "flatten";
    let path = if flatten {
        "/desk/flatten/now".to_owned()
    } else {
        format!("/desk/{word}")
    };
    let ask = Ask {
        title,
        told: html! { p { (ink.say(how)) } },
        fields: html! {
            div.field {
                label for="reason" { (ink.say("console-field-reason")) }
                input #reason name="reason" required maxlength="200" autocomplete="off" autofocus;
            }
        },
        button: ("primary", button),
        path: &path,
        bound: (!flatten).then(|| once(&word, "")),
        soon: false,
    };
    Ok(page(&room, &visitor, &scene, &ask))
}

/// The reason of a flatten, from the page before.
#[derive(Deserialize)]
pub(crate) struct Why {
    reason: String,
}

/// Flattening: asked once more.
pub(crate) async fn flatten(
    State(room): State<Room>,
    visitor: Visitor,
    why: Result<Query<Why>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Fault> {
    let Query(why) = why.map_err(|_| Fault::Form)?;
    reason(&why.reason)?;
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    let count = scene.board.positions.len();
    let ask = Ask {
        title: "console-ask-flatten-now-title",
        told: html! { p { (say!(ink.locale, "console-ask-flatten-count", count = count)) } },
        fields: html! { input type="hidden" name="reason" value=(why.reason); },
        button: ("danger", "console-ask-flatten-now"),
        path: "/desk/flatten/now",
        bound: Some(once("flatten-now", &why.reason)),
        soon: true,
    };
    Ok(page(&room, &visitor, &scene, &ask))
}

/// Revoking a standing approval: asked once more.
pub(crate) async fn revoke(
    State(room): State<Room>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    let wanted: StandingId = id.parse().map_err(|_| Fault::NotFound)?;
    let found = scene.board.standing.iter().find(|one| one.id == wanted);
    let found = found.ok_or(Fault::NotFound)?;
    let ask = Ask {
        title: "console-ask-revoke-title",
        told: html! { p { (standing(found, ink.now, ink.locale)) } },
        fields: html! {},
        button: ("danger", "console-revoke"),
        path: &format!("/standing/{id}/revoke"),
        bound: Some(once("revoke", &id)),
        soon: false,
    };
    Ok(page(&room, &visitor, &scene, &ask))
}
