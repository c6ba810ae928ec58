//! The picture of a ticket's payoff at expiry.

use countersign_cards::payoff::{Payoff, caption};
use countersign_domain::ticket::Ticket;
use maud::{Markup, html};

use crate::pages::ink::{Ink, unbroken};

/// The picture's own units; it is stretched to the card.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 100.0;
/// Room above the highest and below the lowest point.
const ROOM: f64 = 6.0;

/// The payoff as a picture and in words.
pub(crate) fn draw(ink: &Ink<'_>, ticket: &Ticket) -> Markup {
    let points = placed(&Payoff::of(ticket));
    let Some((line, zero)) = points else {
        return html! {};
    };
    let area = format!("0,{zero:.1} {line} {WIDTH:.1},{zero:.1}");
    let (above, below) = (format!("{zero:.1}"), format!("{:.1}", HEIGHT - zero));
    html! {
        figure.payoff {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                svg.tone-good x="0" y="0" width=(WIDTH) height=(above)
                    viewBox={ "0 0 " (WIDTH) " " (above) } preserveAspectRatio="none" { (shape(&area, &line)) }
                svg.tone-bad x="0" y=(above) width=(WIDTH) height=(below)
                    viewBox={ "0 " (above) " " (WIDTH) " " (below) } preserveAspectRatio="none" { (shape(&area, &line)) }
                line.zero x1="0" y1=(above) x2=(WIDTH) y2=(above) {}
            }
            figcaption { (unbroken(&caption(ticket, ink.locale))) }
        }
    }
}

fn shape(area: &str, line: &str) -> Markup {
    html! {
        polygon.area points=(area) {}
        polyline.edge points=(line) {}
    }
}

/// The points as SVG writes them, and how far down nothing is gained or lost; `None` of a payoff
/// that is no line.
fn placed(payoff: &Payoff) -> Option<(String, f64)> {
    let points: Vec<(f64, f64)> = payoff
        .points
        .iter()
        .map(|(at, profit)| (at.to_f64(), profit.to_f64()))
        .collect();
    let (left, right) = (points.first()?.0, points.last()?.0);
    let profits = || points.iter().map(|point| point.1);
    let (most, least) = (profits().fold(0.0, f64::max), profits().fold(0.0, f64::min));
    if right <= left || most <= least {
        return None;
    }
    let down = |profit: f64| ROOM + (most - profit) / (most - least) * (HEIGHT - 2.0 * ROOM);
    let along = |at: f64| (at - left) / (right - left) * WIDTH;
    let line: Vec<String> = points
        .iter()
        .map(|(at, profit)| format!("{:.1},{:.1}", along(*at), down(*profit)))
        .collect();
    Some((line.join(" "), down(0.0)))
}
