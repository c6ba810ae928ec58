//! A card as HTML: whatever it is about.

use countersign_cards::{Card, Column, Table};
use countersign_domain::ticket::Ticket;
use maud::{Markup, html};

use super::buttons;
use crate::pages::ink::{Ink, tone_class, unbroken};

/// Bytes of a fact that fits beside another one on a phone.
const SHORT: usize = 18;
/// Columns that fit on a phone.
const NARROW: usize = 3;

/// What a card is about, beside the card itself.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// Names its elements: an id.
    pub(crate) key: &'a str,
    /// The ticket that it shows, when it shows one.
    pub(crate) ticket: Option<&'a Ticket>,
    /// True on a page of its own.
    pub(crate) alone: bool,
}

/// The card in an `article`, with `drawing` between what matters most and the facts.
pub(crate) fn draw(ink: &Ink<'_>, card: &Card, of: Subject<'_>, drawing: &Markup) -> Markup {
    let key = of.key;
    let revision = of.ticket.map(|ticket| ticket.revision.0);
    let life = of.ticket.filter(|_| card.countdown.is_some()).map(|it| {
        it.expires_at
            .duration_since(it.offered_at)
            .as_millis()
            .to_string()
    });
    html! {
        article.card.{ "tone-" (tone_class(card.tone)) } id={ "card-" (key) }
            tabindex="-1" aria-labelledby={ "name-" (key) }
            data-revision=[revision] data-life=[life] {
            (top(ink, card, key))
            (drawing)
            (facts(card))
            @for table in &card.tables { (rows(table)) }
            @for note in &card.notes { p.note { (unbroken(note)) } }
            (buttons::row(ink, &card.buttons, of))
            p.foot { (card.banner) " · " (card.footer) }
        }
    }
}

fn top(ink: &Ink<'_>, card: &Card, key: &str) -> Markup {
    html! {
        div.top {
            h3 id={ "name-" (key) } { (card.title) }
            @if let Some(end) = card.countdown {
                span.countdown role="timer" aria-label=(ink.say("console-time-left"))
                    data-left=(ink.left(end)) { (ink.clock(end)) }
            }
        }
        div.leads {
            @for line in &card.lead {
                p.lead.{ "tone-" (tone_class(line.tone)) } { (unbroken(&line.text)) }
            }
        }
    }
}

/// Labelled facts; parts of equal rank stand below each other.
fn facts(card: &Card) -> Markup {
    html! {
        @if !card.fields.is_empty() {
            dl.fields {
                @for field in &card.fields {
                    div.short[is_short(&field.value)] {
                        dt { (field.label) }
                        @for line in field.value.split('\n') { dd { (unbroken(line)) } }
                    }
                }
            }
        }
    }
}

/// True for a fact that needs half a line at the most.
fn is_short(value: &str) -> bool {
    value.len() <= SHORT && !value.contains('\n')
}

/// A table; a wide one folds into labelled lines where there is no room for its columns.
pub(crate) fn rows(table: &Table) -> Markup {
    html! {
        table.wide[table.columns.len() > NARROW] {
            caption { (table.title) }
            (heads(&table.columns))
            tbody {
                @for row in &table.rows {
                    tr {
                        @for (cell, column) in row.iter().zip(&table.columns) {
                            td class=[column.figures.then_some("figures")] data-label=(column.label) {
                                (unbroken(cell))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The head of a table.
pub(crate) fn heads(columns: &[Column]) -> Markup {
    html! {
        thead {
            tr {
                @for column in columns {
                    th scope="col" class=[column.figures.then_some("figures")] { (column.label) }
                }
            }
        }
    }
}
