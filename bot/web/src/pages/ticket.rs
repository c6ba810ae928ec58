//! One ticket: its whole card, why there is one, who said yes, and what happened.

use axum::{
    extract::{Path, State},
    response::Response,
};
use countersign_cards::{
    console::{bound, market, quiet_news, short_order, time, why, yes},
    draw, event, words,
};
use countersign_desk::{
    ports::{StoredEvent, Story},
    trail::{self, Trail},
};
use countersign_domain::{
    event::Fact,
    ids::TicketId,
    order::Purpose,
    ticket::{Confirmation, TicketState},
    view::View,
};
use maud::{Markup, html};

use super::{
    ink::Ink,
    parts::{self, card::Subject, feed, head, positions::rail},
    shell::{Page, Place},
};
use crate::{
    access::visitor::Visitor,
    console::Room,
    fault::Fault,
    live::{hub::Part, scene::Scene},
};

/// The live part of the page: everything below its head.
pub(crate) async fn part(room: &Room, id: TicketId) -> Result<Part, Fault> {
    // The sequence first: what is read after it is as new at the least.
    let newest = room.desk.seen().await.map_err(|_| Fault::Store)?.seq;
    let view = room.desk.ticket_view(id).await;
    let view = view.map_err(|_| Fault::Store)?.ok_or(Fault::NotFound)?;
    let story = room.desk.story(id).await.map_err(|_| Fault::Store)?;
    let trail = trail::of(&room.desk, &story, newest, room.hub.trail(id)).await;
    let trail = trail.map_err(|_| Fault::Store)?;
    room.hub.keep_trail(id, &trail);
    let (events, quiet) = trail.told();
    let ink = Ink::of(room, view.header.now);
    let ticket = view.ticket.clone();
    let drawing = match &view.position {
        Some(position) => rail(&ink, position),
        None => parts::payoff::draw(&ink, &ticket),
    };
    let led = why(&ticket, view.signal.as_ref(), ink.now, ink.locale);
    let card = draw(&View::Ticket(Box::new(view)), ink.locale);
    let key = id.to_string();
    let of = Subject {
        key: &key,
        ticket: Some(&ticket),
        alone: true,
    };
    let html = html! {
        div #(parts::ticket_id(id)).story {
            (parts::card::draw(&ink, &card, of, &drawing))
            section.sheet {
                h2 { (ink.say("console-why")) }
                @for line in led.split('\n') { p { (line) } }
                (said_yes(&ink, &ticket.state))
                (states(&ink, &story, &trail))
                h2 { (ink.say("console-trail")) }
                @if trail.cut { p.soft { (ink.say("console-trail-cut")) } }
                ol.feed { @for event in &events { (feed::line(&ink, event)) } }
                @if let Some(quiet) = quiet_news(quiet, ink.locale) { p.soft { (quiet) } }
            }
        }
    };
    Ok(Part {
        id: parts::ticket_id(id),
        html: html.into_string(),
    })
}

/// Who said yes, to which revision, and the market that they saw.
fn said_yes(ink: &Ink<'_>, state: &TicketState) -> Markup {
    let all: &[Confirmation] = match state {
        TicketState::Offered { yes }
        | TicketState::Confirmed { yes, .. }
        | TicketState::Lapsed { yes, .. } => yes,
        _ => &[],
    };
    html! {
        @if !all.is_empty() {
            h2 { (ink.say("console-yes")) }
            dl.parts {
                @for one in all {
                    div {
                        dt { (yes(one, ink.now, ink.locale)) }
                        dd { (market(&one.quote, one.at, ink.locale)) }
                    }
                }
            }
        }
    }
}

/// Every state of every order, with its time.
fn states(ink: &Ink<'_>, story: &Story, trail: &Trail) -> Markup {
    let rows: Vec<Markup> = trail
        .events
        .iter()
        .filter_map(|event| state(ink, story, event))
        .collect();
    let heads = [
        "console-column-time",
        "console-column-order",
        "console-column-attempt",
        "console-column-state",
        "console-column-asked",
    ];
    html! {
        @if !rows.is_empty() {
            h2 { (ink.say("console-states")) }
            table.wide {
                thead { tr { @for key in heads { th scope="col" { (ink.say(key)) } } } }
                tbody { @for row in &rows { (row) } }
            }
        }
    }
}

/// One state that an order came to; an event that left it where it was is in the trail alone.
fn state(ink: &Ink<'_>, story: &Story, stored: &StoredEvent) -> Option<Markup> {
    let (id, state, attempt, limit) = match &stored.event.fact {
        Fact::OrderSubmitted(order) => (order.id, order.state, order.attempt, order.limit),
        Fact::OrderMoved {
            order,
            from,
            to,
            attempt,
            limit,
            ..
        } if from != to => (*order, *to, *attempt, *limit),
        _ => return None,
    };
    let order = story.orders.iter().find(|order| order.id == id);
    let kind = order.map_or("console-entry", |order| match order.purpose {
        Purpose::Entry { .. } => "console-entry",
        Purpose::Exit { .. } => "console-exit",
    });
    Some(html! {
        tr title=(event::actor(&stored.event.actor, ink.locale)) {
            td data-label=(ink.say("console-column-time")) {
                (time(stored.event.at, ink.now, ink.locale))
            }
            td data-label=(ink.say("console-column-order")) {
                (ink.say(kind)) " " (short_order(id))
            }
            td data-label=(ink.say("console-column-attempt")) { (attempt) }
            td data-label=(ink.say("console-column-state")) { (words::order_state(state, ink.locale)) }
            td data-label=(ink.say("console-column-asked")) { (bound(limit, ink.locale)) }
        }
    })
}

/// The page.
pub(super) async fn page(
    State(room): State<Room>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let ticket = id.parse().map_err(|_| Fault::NotFound)?;
    let part = part(&room, ticket).await?;
    let scene = Scene::shown(&room).await?;
    let stream = format!("?ticket={id}");
    let page = Page {
        place: Place::Elsewhere,
        title: room.locale().say("console-ticket"),
        head: Some(head::draw(&room, &scene)),
        body: html! { (maud::PreEscaped(part.html)) },
        said: None,
        stream: &stream,
    };
    Ok(room.page(&page, &visitor.session))
}
