//! Entries on their way that have filled nothing yet.

use std::sync::Arc;

use countersign_cards::{
    Action, Button, Style,
    console::{bound, legs, short_order},
    draw as draw_card, say, words,
};
use countersign_domain::{
    order::{Order, OrderState, Purpose},
    view::View,
};
use maud::{Markup, html};

use super::{
    buttons,
    card::{self, Subject},
};
use crate::{live::scene::Scene, pages::ink::Ink};

pub(super) fn draw(ink: &Ink<'_>, scene: &Scene) -> Markup {
    let held = |order: &&Arc<Order>| scene.seen.positions.contains_key(&order.position);
    let entries = scene.seen.live_orders();
    let entries = entries.filter(|order| order.purpose.is_entry() && !held(order));
    let cards: Vec<Markup> = entries.map(|order| one(ink, scene, order)).collect();
    html! {
        @if !cards.is_empty() {
            h2 #orders-title { (ink.say("console-orders")) }
            @for card in &cards { (card) }
        }
    }
}

fn one(ink: &Ink<'_>, scene: &Scene, order: &Order) -> Markup {
    let Purpose::Entry { ticket, .. } = order.purpose else {
        return html! {};
    };
    let Some(mut view) = scene.ticket(ticket) else {
        return stray(ink, order);
    };
    let ticket = view.ticket.clone();
    view.entry = Some(order.clone());
    let card = draw_card(&View::Ticket(Box::new(view)), ink.locale);
    let key = ticket.id.to_string();
    let of = Subject {
        key: &key,
        ticket: Some(&ticket),
        alone: false,
    };
    card::draw(ink, &card, of, &html! {})
}

/// An order that lives though its ticket does not: given up, and at the broker after all.
fn stray(ink: &Ink<'_>, order: &Order) -> Markup {
    let id = order.id.to_string();
    let cancel = matches!(order.state, OrderState::Working | OrderState::Replacing);
    let cancel = cancel.then(|| Button {
        label: ink.say("button-cancel"),
        action: Action::Cancel(order.id),
        style: Style::Danger,
    });
    let of = Subject {
        key: &id,
        ticket: None,
        alone: false,
    };
    html! {
        article.card.tone-critical id={ "card-" (id) } tabindex="-1" aria-labelledby={ "name-" (id) } {
            h3 id={ "name-" (id) } {
                (say!(ink.locale, "console-order-late", order = short_order(order.id)))
            }
            p { (legs(order, ink.now, ink.locale)) }
            p { (words::order_state(order.state, ink.locale)) ", " (bound(order.limit, ink.locale)) }
            (buttons::row(ink, cancel.as_slice(), of))
        }
    }
}
