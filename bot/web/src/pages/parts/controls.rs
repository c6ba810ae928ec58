//! What a person asks of the whole desk, and the approvals that stand.

use countersign_cards::console::{meaning, standing};
use countersign_domain::{standing::Standing, trading::TradingState};
use maud::{Markup, html};

use crate::{live::scene::Scene, pages::ink::Ink};

pub(super) fn draw(ink: &Ink<'_>, scene: &Scene) -> Markup {
    let state = scene.board.trading;
    let asks = [
        (
            "resume",
            "console-resume",
            "primary",
            state != TradingState::Active,
        ),
        (
            "reduce",
            "console-reduce",
            "secondary",
            state != TradingState::Reducing,
        ),
        (
            "halt",
            "console-halt",
            "danger",
            state != TradingState::Halted,
        ),
        ("flatten", "console-flatten", "danger", true),
    ];
    html! {
        h2 #controls-title { (ink.say("console-controls")) }
        p.soft { (meaning(state, ink.locale)) }
        div.buttons {
            @for (ask, key, class, there) in asks {
                @if there {
                    a.button.(class) href={ "/desk/" (ask) } data-ask { (ink.say(key)) }
                }
            }
        }
    }
}

/// Approvals that are live.
pub(super) fn approvals(ink: &Ink<'_>, scene: &Scene) -> Markup {
    html! {
        h2 #approvals-title { (ink.say("console-approvals")) }
        (list(ink, &scene.board.standing))
        p { a href="/standing" { (ink.say("console-approvals-more")) } }
    }
}

/// Approvals, each with a way to revoke it.
pub(crate) fn list(ink: &Ink<'_>, all: &[Standing]) -> Markup {
    html! {
        @if all.is_empty() { p.soft { (ink.say("console-approvals-none")) } }
        ul.approvals {
            @for one in all {
                li {
                    span { (standing(one, ink.now, ink.locale)) }
                    " "
                    a href={ "/standing/" (one.id) "/revoke" } data-ask { (ink.say("console-revoke")) }
                }
            }
        }
    }
}
