//! A trader's own ticket.

use axum::{extract::State, response::Response};
use countersign_cards::say;
use countersign_domain::{exit::ExitPlan, money::Percent};
use maud::{Markup, html};

use super::{
    ask::{field, plan_fields},
    ink::Ink,
    parts::{buttons::once, head},
    shell::{Page, Place},
};
use crate::{access::visitor::Visitor, console::Room, fault::Fault, live::scene::Scene};

/// What the form begins with: half the premium both ways, and out before the last day.
const BEGIN: ExitPlan = ExitPlan {
    profit_target: Some(Percent(50)),
    stop_loss: Some(Percent(50)),
    trail: None,
    time_stop: None,
    days_to_expiry: Some(1),
};

/// The form.
pub(crate) async fn page(State(room): State<Room>, visitor: Visitor) -> Result<Response, Fault> {
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    let inside = html! {
        (leg(&ink, 1, "buy", None))
        (leg(&ink, 2, "sell", Some("console-propose-leg-two-how")))
        div.grid {
            (field("contracts", &ink.say("console-field-contracts"), "1", "numeric"))
            div.field {
                label for="limit" { (ink.say("console-propose-limit")) }
                input #limit name="limit" inputmode="decimal" autocomplete="off" required
                    maxlength="16" aria-describedby="limit-how";
                small #limit-how { (ink.say("console-propose-limit-how")) }
            }
        }
        fieldset {
            legend { (ink.say("console-propose-exits")) }
            p.soft { (ink.say("console-ask-plan-how")) }
            (plan_fields(&ink, &BEGIN))
        }
        button.primary { (ink.say("console-propose-send")) }
    };
    let page = Page {
        place: Place::Propose,
        title: ink.say("console-propose"),
        head: Some(head::draw(&room, &scene)),
        body: html! {
            section.sheet {
                h1 { (ink.say("console-propose")) }
                p { (ink.say("console-propose-how")) }
                (ink.form("/propose", &once("propose", ""), &inside))
            }
        },
        said: None,
        stream: "",
    };
    Ok(room.page(&page, &visitor.session))
}

fn leg(ink: &Ink<'_>, number: u32, begins: &str, more: Option<&str>) -> Markup {
    let (symbol, side) = (format!("leg{number}"), format!("side{number}"));
    let how = format!("{symbol}-how");
    let sides = [
        ("buy", "console-propose-buy"),
        ("sell", "console-propose-sell"),
    ];
    html! {
        fieldset {
            legend { (say!(ink.locale, "console-propose-leg", number = number)) }
            div.grid {
                div.field {
                    label for=(symbol) { (ink.say("console-propose-symbol")) }
                    input id=(symbol) name=(symbol) autocomplete="off" autocapitalize="characters"
                        spellcheck="false" maxlength="30" aria-describedby=(how)
                        required[more.is_none()];
                    small id=(how) { (ink.say(more.unwrap_or("console-propose-symbol-how"))) }
                }
                div.field {
                    label for=(side) { (ink.say("console-propose-side")) }
                    select id=(side) name=(side) {
                        @for (value, key) in sides {
                            option value=(value) selected[value == begins] { (ink.say(key)) }
                        }
                    }
                }
            }
        }
    }
}
