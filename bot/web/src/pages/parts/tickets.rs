//! Tickets that wait for a decision.

use countersign_cards::{console::time, draw as draw_card, say};
use countersign_domain::view::{TicketView, View};
use maud::{Markup, html};

use super::{
    card::{self, Subject},
    payoff,
};
use crate::{live::scene::Scene, pages::ink::Ink};

pub(super) fn draw(ink: &Ink<'_>, scene: &Scene) -> Markup {
    let offered = scene.board.offered.iter();
    let views: Vec<_> = offered.filter_map(|id| scene.ticket(*id)).collect();
    html! {
        h2 #tickets-title { (ink.say("console-tickets")) }
        @if views.is_empty() {
            p.empty { (ink.say("console-tickets-none")) }
        }
        @for view in views { (one(ink, scene, view)) }
    }
}

/// A ticket; folded while who looks has put it aside.
fn one(ink: &Ink<'_>, scene: &Scene, view: TicketView) -> Markup {
    let ticket = view.ticket.clone();
    let key = ticket.id.to_string();
    let card = draw_card(&View::Ticket(Box::new(view)), ink.locale);
    let of = Subject {
        key: &key,
        ticket: Some(&ticket),
        alone: false,
    };
    let drawn = card::draw(ink, &card, of, &payoff::draw(ink, &ticket));
    let operator = scene.operator.as_ref();
    let until = operator.and_then(|operator| ticket.snoozed.get(&operator.id));
    match until.filter(|until| ink.now < **until) {
        None => drawn,
        Some(until) => html! {
            details.aside id={ "aside-" (key) } {
                summary {
                    span { (card.title) }
                    small {
                        (say!(ink.locale, "console-snoozed", time = time(*until, ink.now, ink.locale)))
                    }
                }
                (drawn)
            }
        },
    }
}
