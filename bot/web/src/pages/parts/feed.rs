//! What happened, newest first.

use countersign_cards::{console::time, event};
use countersign_desk::ports::StoredEvent;
use countersign_domain::event::Fact;
use maud::{Markup, html};

use crate::{
    console::Room,
    live::scene::Scene,
    pages::ink::{Ink, unbroken},
};

pub(super) fn draw(ink: &Ink<'_>, scene: &Scene) -> Markup {
    html! {
        h2 #feed-title { (ink.say("console-feed")) }
        @if scene.events.is_empty() {
            p.empty { (ink.say("console-feed-none")) }
        }
        ol.feed {
            @for event in scene.events.iter().rev() { (line(ink, event)) }
        }
    }
}

/// One event: when, what, who.
pub(crate) fn line(ink: &Ink<'_>, stored: &StoredEvent) -> Markup {
    let event = &stored.event;
    let (seq, index) = (stored.seq, stored.index);
    html! {
        li id={ "event-" (seq) "-" (index) } class=(class(&event.fact)) {
            time { (time(event.at, ink.now, ink.locale)) }
            " "
            span.what { (unbroken(&event::fact(&event.fact, event.at, ink.locale))) }
            " "
            small { (event::actor(&event.actor, ink.locale)) }
        }
    }
}

const fn class(fact: &Fact) -> &'static str {
    match fact {
        Fact::Alarm(_) | Fact::Mismatch { .. } => "tone-critical",
        Fact::Refused { .. } | Fact::TicketLapsed { .. } => "tone-bad",
        Fact::TicketOffered(_) | Fact::ExitDecided { .. } => "tone-attention",
        Fact::Executed(_) | Fact::PositionOpened { .. } | Fact::PositionClosed { .. } => {
            "tone-good"
        }
        _ => "tone-neutral",
    }
}

/// What has to be said to somebody who does not see the page, and whether it interrupts.
pub(crate) fn announcement(room: &Room, stored: &StoredEvent) -> Option<(String, bool)> {
    let event = &stored.event;
    let urgent = match &event.fact {
        Fact::Alarm(_) => true,
        Fact::TicketOffered(_)
        | Fact::TicketExpired(_)
        | Fact::Executed(_)
        | Fact::ExitDecided { .. }
        | Fact::PositionClosed { .. }
        | Fact::TradingChanged { .. } => false,
        _ => return None,
    };
    let text = event::fact(&event.fact, event.at, room.locale());
    Some((text, urgent))
}
