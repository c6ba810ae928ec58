//! What happened to tickets.

use countersign_domain::{
    event::Fact,
    news::Action,
    ticket::{Confirmation, Ticket},
};

use crate::{
    endings::{lapsed, withdrawn},
    figures, instruments, news,
    pen::{Named, Pen},
    people::verbatim,
    say, words,
};

pub(super) fn sentence(pen: &Pen<'_>, fact: &Fact) -> String {
    let locale = pen.locale;
    match fact {
        Fact::TicketOffered(ticket) => offered(pen, ticket),
        Fact::TicketRevised {
            ticket,
            revision,
            after,
            ..
        } => say!(
            locale,
            "fact-ticket-revised",
            ticket = ticket.short(),
            revision = revision.0,
            contracts = instruments::contracts(pen, after.contracts),
            bound = instruments::bound(pen, after.limit),
            worst = figures::usd(after.worst_loss, locale)
        ),
        Fact::SaidYes {
            ticket,
            confirmation,
        } => say!(
            locale,
            "fact-said-yes",
            ticket = ticket.short(),
            revision = confirmation.revision.0
        ),
        Fact::TicketConfirmed {
            ticket,
            confirmation,
            ..
        } => confirmed(pen, &ticket.short(), confirmation),
        _ => ended(pen, fact),
    }
}

/// An offer, and what the news has against it: a card is not seen where only events are told.
fn offered(pen: &Pen<'_>, ticket: &Ticket) -> String {
    let offer = offer(pen, ticket);
    let Some(news) = &ticket.news else {
        return offer;
    };
    let reasons = || news::reasons(pen, &news.reasons);
    let more = match news.action {
        Action::Pass => return offer,
        Action::Warn | Action::Veto => {
            say!(pen.locale, "fact-offer-warned", reasons = reasons())
        }
        Action::Shrink => say!(pen.locale, "fact-offer-shrunk", reasons = reasons()),
    };
    format!("{offer} {more}")
}

fn offer(pen: &Pen<'_>, ticket: &Ticket) -> String {
    say!(
        pen.locale,
        "fact-ticket-offered",
        ticket = ticket.id.short(),
        name = instruments::structure(pen, &ticket.structure),
        contracts = instruments::contracts(pen, ticket.terms.contracts),
        bound = instruments::bound(pen, ticket.terms.limit),
        worst = figures::usd(ticket.terms.worst_loss, pen.locale),
        until = pen.time(ticket.expires_at)
    )
}

fn ended(pen: &Pen<'_>, fact: &Fact) -> String {
    let locale = pen.locale;
    match fact {
        Fact::TicketDeclined { ticket, reason } => {
            let reason = words::decline_reason(*reason, locale);
            say!(
                locale,
                "fact-ticket-declined",
                ticket = ticket.short(),
                reason = reason
            )
        }
        Fact::TicketExpired(ticket) => {
            say!(locale, "fact-ticket-expired", ticket = ticket.short())
        }
        Fact::TicketWithdrawn { ticket, reason } => {
            let reason = withdrawn(pen, reason);
            say!(
                locale,
                "fact-ticket-withdrawn",
                ticket = ticket.short(),
                reason = reason
            )
        }
        Fact::TicketLapsed { ticket, reason } => {
            let reason = lapsed(pen, reason);
            say!(
                locale,
                "fact-ticket-lapsed",
                ticket = ticket.short(),
                reason = reason
            )
        }
        Fact::TicketWarned { ticket, news } => say!(
            locale,
            "fact-ticket-warned",
            ticket = ticket.short(),
            reasons = news::reasons(pen, &news.reasons)
        ),
        Fact::TicketSnoozed { ticket, until } => {
            say!(
                locale,
                "fact-ticket-snoozed",
                ticket = ticket.short(),
                until = pen.time(*until)
            )
        }
        _ => String::new(),
    }
}

/// The line says who pressed; a standing approval is named here.
fn confirmed(pen: &Pen<'_>, ticket: &str, yes: &Confirmation) -> String {
    let revision = yes.revision.0;
    match yes.standing {
        Some(standing) => say!(
            pen.locale,
            "fact-ticket-confirmed-standing",
            ticket = ticket,
            revision = revision,
            standing = standing.short(),
            name = verbatim(&yes.name),
            quote = instruments::market(pen, &yes.quote)
        ),
        None => say!(
            pen.locale,
            "fact-ticket-confirmed",
            ticket = ticket,
            revision = revision,
            quote = instruments::market(pen, &yes.quote)
        ),
    }
}
