//! Drawing: one module for each kind of card.

pub(crate) mod alarm;
pub mod answer;
pub(crate) mod board;
mod digest;
mod held;
mod marks;
mod offer;
mod order;
mod overriding;
mod plan;
mod position;
mod report;
mod settled;
mod sheet;
mod stop;
mod ticket;

use countersign_domain::{
    ids::{Revision, TicketId},
    ticket::DeclineReason,
    view::{Header, PositionView, View},
};

pub use board::status;

use crate::{
    button::Action,
    card::{Button, Card, Line, Style, Tone},
    locale::Locale,
    say, words,
};

/// Draws a view. The same view gives the same card.
pub fn draw(view: &View, locale: &Locale) -> Card {
    let mut card = match view {
        View::Ticket(view) => ticket::draw(view, locale),
        View::Position(view) => held::draw(view, locale),
        View::Board(view) => board::draw(view, locale),
        View::Override(view) => overriding::draw(view, locale),
        View::Report(view) => report::draw(view, locale),
        View::Digest(view) => digest::draw(view, locale),
        View::Alarm {
            header,
            alarm,
            at,
            alert,
        } => alarm::draw(alarm, header, (*at, alert.as_deref()), locale),
    };
    if let Some(late) = view.header().late {
        let late = say!(locale, "note-late", minutes = late.as_mins());
        card.notes.insert(0, late);
    }
    card
}

/// Draws what is left of a view that a platform does not take as it is: what it is about, and nothing to
/// press.
pub fn plain(view: &View, locale: &Locale) -> Card {
    let card = draw(view, locale);
    let text = locale.say("card-plain");
    Card {
        mention: None,
        lead: vec![Line {
            text,
            tone: Tone::Attention,
        }],
        fields: Vec::new(),
        notes: Vec::new(),
        tables: Vec::new(),
        countdown: None,
        buttons: Vec::new(),
        ..card
    }
}

/// Draws a position by itself: a row of the board opened up.
pub fn position(view: &PositionView, header: &Header, locale: &Locale) -> Card {
    let mut sheet = sheet::Sheet::new(header, locale);
    position::draw(&mut sheet, view, None);
    sheet.finish()
}

/// The buttons that answer a press of Reject: one for each reason.
pub fn decline_reasons(ticket: TicketId, revision: Revision, locale: &Locale) -> Vec<Button> {
    let button = |reason| Button {
        label: words::decline_reason(reason, locale),
        action: Action::DeclineFor(ticket, revision, reason),
        style: Style::Secondary,
    };
    DeclineReason::ALL.map(button).to_vec()
}
