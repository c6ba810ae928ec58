//! A ticket that ended without a trade.

use countersign_domain::{
    ticket::{LapseReason, TicketState},
    view::TicketView,
};

use super::{offer, sheet::Sheet};
use crate::{
    card::Tone,
    endings::{ending, said_yes},
    figures, instruments, say,
};

pub(super) fn draw(sheet: &mut Sheet<'_>, view: &TicketView, title: &str, tone: Tone) {
    let pen = sheet.pen;
    let ticket = &view.ticket;
    let name = instruments::structure(&pen, &ticket.structure);
    sheet.title(tone, say!(pen.locale, title, name = name));
    let worst = figures::usd(ticket.terms.worst_loss, pen.locale);
    let key = match ticket.state {
        TicketState::Lapsed {
            reason: LapseReason::NeverArrived,
            ..
        } => "lead-worst-loss-unseen",
        _ => "lead-worst-loss-unused",
    };
    sheet.lead(Tone::Neutral, say!(pen.locale, key, worst = worst));
    sheet.lead(tone, ending(&pen, &ticket.state));
    offer::terms(sheet, ticket);
    if let TicketState::Lapsed { yes, reason, .. } = &ticket.state {
        sheet.field("label-confirmed-by", said_yes(&pen, yes));
        let late = matches!(reason, LapseReason::TooLate | LapseReason::Unreachable);
        let key = if late {
            "note-offered-again"
        } else {
            "note-propose-again"
        };
        sheet.note(pen.say(key));
    }
}
