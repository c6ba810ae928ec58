//! A confirmed ticket whose entry has filled nothing yet, and the lines that tell of any order.

use countersign_domain::{
    money::Contracts,
    order::{Order, OrderState, TimeInForce},
    ticket::Confirmation,
    view::TicketView,
};

use super::{offer, sheet::Sheet};
use crate::{
    button::Action,
    card::{Style, Tone},
    endings::said_yes,
    figures, instruments,
    pen::Pen,
    people::verbatim,
    say, words,
};

pub(super) fn draw(sheet: &mut Sheet<'_>, view: &TicketView, yes: &[Confirmation]) {
    let pen = sheet.pen;
    let ticket = &view.ticket;
    let name = instruments::structure(&pen, &ticket.structure);
    let (title, tone) = view
        .entry
        .as_ref()
        .map_or(("title-confirmed", Tone::Neutral), titled);
    sheet.title(tone, say!(pen.locale, title, name = name));
    let worst = figures::usd(ticket.terms.worst_loss, pen.locale);
    sheet.lead(
        Tone::Neutral,
        say!(pen.locale, "lead-worst-loss", worst = worst),
    );
    if let Some(entry) = &view.entry {
        sheet.lead(tone, saying(&pen, entry));
        if !awaits_executions(entry) {
            facts(sheet, entry, "label-order");
        }
    }
    sheet.field("label-confirmed-by", said_yes(&pen, yes));
    offer::terms(sheet, ticket);
    if let Some(entry) = &view.entry {
        said(sheet, entry);
        if may_cancel(entry) {
            sheet.button("button-cancel", Action::Cancel(entry.id), Style::Danger);
        }
    }
    sheet.button("button-why", Action::Why(ticket.id), Style::Secondary);
}

/// The title of an entry that has no executions. It never says "filled": that word waits for them.
const fn titled(entry: &Order) -> (&'static str, Tone) {
    match entry.state {
        OrderState::Submitted => ("title-order-submitted", Tone::Neutral),
        OrderState::InDoubt => ("title-order-in-doubt", Tone::Attention),
        OrderState::Working => ("title-order-working", Tone::Neutral),
        OrderState::Replacing => ("title-order-replacing", Tone::Neutral),
        OrderState::Cancelling => ("title-order-cancelling", Tone::Neutral),
        _ if awaits_executions(entry) => ("title-order-ended", Tone::Attention),
        OrderState::Filled | OrderState::Cancelled => ("title-order-cancelled", Tone::Neutral),
        OrderState::Denied => ("title-order-denied", Tone::Bad),
        OrderState::Rejected => ("title-order-rejected", Tone::Bad),
        OrderState::Lapsed => ("title-order-lapsed", Tone::Bad),
        OrderState::Unsent => ("title-order-unsent", Tone::Bad),
    }
}

/// True when the broker reports something filled and no execution is booked: nothing may be
/// called filled yet.
const fn awaits_executions(entry: &Order) -> bool {
    matches!(entry.state, OrderState::Filled)
        || (matches!(entry.state, OrderState::Cancelled) && !entry.filled.is_zero())
}

/// What an order's state means and what comes next: one or two sentences.
pub(super) fn saying(pen: &Pen<'_>, order: &Order) -> String {
    match order.state {
        OrderState::Submitted => pen.say("saying-submitted"),
        OrderState::InDoubt => say!(pen.locale, "saying-in-doubt", lookups = order.lookups),
        OrderState::Working => pen.say("saying-working"),
        OrderState::Replacing => match order.next {
            Some(next) => {
                let bound = instruments::bound(pen, next.limit);
                say!(pen.locale, "saying-replacing", bound = bound)
            }
            None => pen.say("saying-working"),
        },
        OrderState::Cancelling => pen.say("saying-cancelling"),
        OrderState::Filled => pen.say("saying-ended"),
        OrderState::Cancelled if order.filled.is_zero() => pen.say("saying-cancelled"),
        OrderState::Cancelled => pen.say("saying-ended"),
        OrderState::Denied => pen.say("saying-denied"),
        OrderState::Rejected => pen.say("saying-rejected"),
        OrderState::Lapsed => pen.say("saying-lapsed"),
        OrderState::Unsent => pen.say("saying-unsent"),
    }
}

/// Where an order stands since when, at which attempt and price, under which name.
pub(super) fn facts(sheet: &mut Sheet<'_>, order: &Order, label: &str) {
    let pen = sheet.pen;
    sheet.field(label, status(&pen, order));
    sheet.field("label-asks", asks(&pen, order));
    if order.filled > Contracts::ZERO || order.is_live() {
        sheet.field("label-filled", known(&pen, order));
    }
    sheet.field("label-broker-name", order.client_order_id().0);
}

/// `working at the broker since 10:32:08 EST, attempt 2`.
pub(super) fn status(pen: &Pen<'_>, order: &Order) -> String {
    let key = if order.is_live() {
        "order-status"
    } else {
        "order-status-ended"
    };
    say!(
        pen.locale,
        key,
        state = words::order_state(order.state, pen.locale),
        time = pen.time(order.changed_at),
        attempt = order.attempt
    )
}

/// `pay at most $1.27 per share, and may walk to $1.30; until the session ends`.
fn asks(pen: &Pen<'_>, order: &Order) -> String {
    let now = instruments::bound(pen, order.limit);
    let tif = pen.say(match order.tif {
        TimeInForce::Day => "tif-day",
        TimeInForce::Ioc => "tif-ioc",
    });
    if order.limit == order.bound {
        return say!(pen.locale, "order-asks", now = now, tif = tif);
    }
    let bound = figures::price(order.bound.abs(), pen.locale);
    say!(
        pen.locale,
        "order-asks-walking",
        now = now,
        bound = bound,
        tif = tif
    )
}

/// `1 of 2 contracts`.
pub(super) fn filled(pen: &Pen<'_>, filled: Contracts, quantity: Contracts) -> String {
    say!(
        pen.locale,
        "filled-of",
        filled = filled.0,
        quantity = quantity.0
    )
}

/// What an order has filled; in doubt there may be more.
fn known(pen: &Pen<'_>, order: &Order) -> String {
    let filled = filled(pen, order.filled, order.quantity);
    if order.state == OrderState::InDoubt {
        say!(pen.locale, "filled-known", filled = filled)
    } else {
        filled
    }
}

/// The broker's words, when it said no.
pub(super) fn said(sheet: &mut Sheet<'_>, order: &Order) {
    if let Some(words) = &order.said {
        let words = verbatim(words);
        sheet.note(say!(sheet.pen.locale, "note-broker-said", words = words));
    }
}

/// True while there is something at the broker that a person can still stop.
pub(super) const fn may_cancel(order: &Order) -> bool {
    matches!(order.state, OrderState::Working | OrderState::Replacing) && !order.cancel_wanted
}
