//! The card of a ticket through its whole life.

use countersign_domain::{ticket::TicketState, view::TicketView};

use super::{offer, order, position, settled, sheet::Sheet};
use crate::{
    card::{Card, Tone},
    locale::Locale,
    say,
};

/// What was filled is drawn whatever the ticket says: executions are the truth.
pub(super) fn draw(view: &TicketView, locale: &Locale) -> Card {
    let mut sheet = Sheet::new(&view.header, locale);
    let settled = |sheet: &mut Sheet<'_>, title, tone| settled::draw(sheet, view, title, tone);
    match (&view.position, &view.ticket.state) {
        (Some(held), _) => position::draw(&mut sheet, held, Some(view)),
        (None, TicketState::Offered { yes }) => offer::draw(&mut sheet, view, yes),
        (None, TicketState::Confirmed { yes, .. }) => order::draw(&mut sheet, view, yes),
        (None, TicketState::Declined { .. }) => {
            settled(&mut sheet, "title-declined", Tone::Neutral);
        }
        (None, TicketState::Expired { .. }) => settled(&mut sheet, "title-expired", Tone::Neutral),
        (None, TicketState::Withdrawn { .. }) => {
            settled(&mut sheet, "title-withdrawn", Tone::Neutral);
        }
        (None, TicketState::Lapsed { .. }) => settled(&mut sheet, "title-lapsed", Tone::Bad),
    }
    footer(&mut sheet, view);
    sheet.finish()
}

/// Which ticket it is; while anything is held, also as of when the figures are.
fn footer(sheet: &mut Sheet<'_>, view: &TicketView) {
    let pen = sheet.pen;
    let (ticket, revision) = (view.ticket.id.to_string(), view.ticket.revision.0);
    let held = view.position.as_ref();
    sheet.footer(
        if held.is_some_and(|it| !position::is_closed(&it.position)) {
            let time = pen.time(pen.now);
            say!(
                pen.locale,
                "footer-ticket-open",
                ticket = ticket,
                revision = revision,
                time = time
            )
        } else {
            say!(
                pen.locale,
                "footer-ticket",
                ticket = ticket,
                revision = revision
            )
        },
    );
}
