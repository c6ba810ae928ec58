//! How much of each limit is used.

use countersign_cards::{console::limit_use, say, words};
use countersign_domain::view::LimitUse;
use maud::{Markup, html};

use crate::{live::scene::Scene, pages::ink::Ink};

pub(super) fn draw(ink: &Ink<'_>, scene: &Scene) -> Markup {
    html! {
        h2 #limits-title { (ink.say("console-limits")) }
        ul.limits {
            @for limit in &scene.board.limits { (one(ink, limit)) }
        }
    }
}

fn one(ink: &Ink<'_>, limit: &LimitUse) -> Markup {
    let (used, bound) = limit_use(limit, ink.locale);
    let percent = percent(limit);
    let tone = match percent {
        100.. => "bad",
        80.. => "attention",
        _ => "neutral",
    };
    html! {
        li class={ "tone-" (tone) } {
            div.words {
                span { (words::limit(limit.code, ink.locale)) }
                span.figures { (say!(ink.locale, "console-limit-of", used = used, bound = bound)) }
            }
            svg.bar viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"
                focusable="false" {
                rect.track x="0" y="0" width="100" height="4" {}
                rect.run x="0" y="0" width=(percent.min(100)) height="4" {}
            }
        }
    }
}

/// The share that is used, in percent; a limit of nothing is used up.
fn percent(limit: &LimitUse) -> u32 {
    let share = limit.used.checked_div(limit.bound);
    let percent = share.and_then(|share| share.checked_mul(100.into()));
    percent.map_or(100, |percent| {
        percent.trunc().to_string().parse().unwrap_or(100)
    })
}
