//! What a person has to know now.

use countersign_cards::draw as draw_card;
use countersign_domain::view::View;
use jiff::SignedDuration;
use maud::{Markup, html};

use super::card::{self, Subject};
use crate::{live::scene::Scene, pages::ink::Ink};

/// How long an alarm stays in sight; it is in the events for ever.
const IN_SIGHT: SignedDuration = SignedDuration::from_mins(60);

pub(super) fn draw(ink: &Ink<'_>, scene: &Scene) -> Markup {
    let raised = |view: &View| match view {
        View::Alarm { at, .. } => Some(*at),
        _ => None,
    };
    let alarms = scene
        .alarms
        .iter()
        .filter(|(_, view)| raised(view).is_some_and(|at| ink.now.duration_since(at) < IN_SIGHT));
    let cards: Vec<Markup> = alarms
        .map(|(key, view)| {
            let key = key.to_string().replace(':', "-");
            let of = Subject {
                key: &key,
                ticket: None,
                alone: false,
            };
            card::draw(ink, &draw_card(view, ink.locale), of, &html! {})
        })
        .collect();
    html! {
        @if !cards.is_empty() {
            h2 #alarms-title { (ink.say("console-alarms")) }
            @for card in &cards { (card) }
        }
    }
}
