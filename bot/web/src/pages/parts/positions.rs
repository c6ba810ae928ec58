//! What is held: what it came to, and how far each exit is.

use countersign_cards::{draw as draw_card, figures, position as draw_position, say};
use countersign_domain::{
    exit::ExitReason,
    money::Usd,
    view::{Distance, PositionView, View},
};
use maud::{Markup, html};

use super::card::{self, Subject};
use crate::{
    live::scene::Scene,
    pages::ink::{Ink, unbroken},
};

/// Units of the drawing from stop to target.
const WIDTH: f64 = 1_000.0;

pub(super) fn draw(ink: &Ink<'_>, scene: &Scene) -> Markup {
    let positions = &scene.board.positions;
    html! {
        h2 #positions-title { (ink.say("console-positions")) }
        @if positions.is_empty() {
            p.empty { (ink.say("console-positions-none")) }
        }
        @for position in positions { (one(ink, scene, position)) }
    }
}

/// A position, with its ticket's story where the ticket is at hand.
fn one(ink: &Ink<'_>, scene: &Scene, view: &PositionView) -> Markup {
    let position = &view.position;
    let ticket = scene.ticket(position.ticket);
    let card = match ticket.clone() {
        Some(mut of) => {
            let entry = scene.seen.orders.get(&position.entry);
            of.entry = entry.map(|order| order.as_ref().clone());
            of.position = Some(view.clone());
            draw_card(&View::Ticket(Box::new(of)), ink.locale)
        }
        None => draw_position(view, &scene.board.header, ink.locale),
    };
    let key = position.id.to_string();
    let of = Subject {
        key: &key,
        ticket: ticket.as_ref().map(|view| &view.ticket),
        alone: false,
    };
    card::draw(ink, &card, of, &rail(ink, view))
}

/// Where the profit stands between stop and target. The same figures stand in the table of exits,
/// so that nobody needs the picture.
pub(crate) fn rail(ink: &Ink<'_>, view: &PositionView) -> Markup {
    let left = |wanted: ExitReason| {
        view.distances.iter().find_map(|exit| match exit.left {
            Distance::Profit(dollars) if exit.reason == wanted => Some(dollars),
            _ => None,
        })
    };
    let profit = view.unrealised.map(|open| open + view.position.realised());
    let (Some(fall), Some(gain), Some(profit)) = (
        left(ExitReason::StopLoss),
        left(ExitReason::ProfitTarget),
        profit,
    ) else {
        return html! {};
    };
    let (stop, target) = (profit - fall, profit + gain);
    let place = |dollars: Usd| {
        let share = (dollars - stop).to_f64() / (target - stop).to_f64();
        if share.is_finite() {
            share.clamp(0.0, 1.0) * WIDTH
        } else {
            0.0
        }
    };
    let (zero, now) = (place(Usd::ZERO), place(profit));
    let tone = super::head::profit_class(profit);
    let (from, to) = (zero.min(now), zero.max(now));
    html! {
        div.rail.{ "tone-" (tone) } aria-hidden="true" {
            svg viewBox="0 0 1000 20" preserveAspectRatio="none" focusable="false" {
                rect.track x="0" y="8" width="1000" height="4" {}
                rect.run x=(figure(from)) y="8" width=(figure(to - from)) height="4" {}
                rect.zero x=(figure(zero - 1.0)) y="3" width="2" height="14" {}
                rect.now x=(figure(now - 3.0)) y="0" width="6" height="20" {}
            }
            div.ends {
                span { (unbroken(&say!(ink.locale, "console-rail-stop", at = figures::signed(stop, ink.locale)))) }
                span { (say!(ink.locale, "console-rail-target", at = figures::signed(target, ink.locale))) }
            }
        }
    }
}

fn figure(value: f64) -> String {
    format!("{value:.1}")
}
