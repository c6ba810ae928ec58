//! What happened to orders, and what the broker executed.

use countersign_domain::{
    event::Fact,
    execution::Execution,
    order::{Order, OrderEvent, Purpose},
    structure::Side,
};

use crate::{
    figures, instruments,
    pen::{Named, Pen},
    people::verbatim,
    say, words,
};

pub(super) fn sentence(pen: &Pen<'_>, fact: &Fact) -> String {
    match fact {
        Fact::OrderSubmitted(order) => submitted(pen, order),
        Fact::OrderMoved { .. } => moved(pen, fact),
        Fact::Executed(execution) => executed(pen, execution),
        Fact::Busted(id) => say!(pen.locale, "fact-busted", execution = verbatim(&id.0)),
        _ => String::new(),
    }
}

fn submitted(pen: &Pen<'_>, order: &Order) -> String {
    let locale = pen.locale;
    let (id, units) = (
        order.id.short(),
        instruments::contracts(pen, order.quantity),
    );
    let bound = instruments::bound(pen, order.limit);
    match order.purpose {
        Purpose::Entry { ticket, .. } => say!(
            locale,
            "fact-order-entry",
            order = id,
            ticket = ticket.short(),
            units = units,
            bound = bound
        ),
        Purpose::Exit { position, reason } => say!(
            locale,
            "fact-order-exit",
            order = id,
            position = position.short(),
            reason = words::exit_reason(reason, locale),
            units = units,
            bound = bound
        ),
    }
}

fn moved(pen: &Pen<'_>, fact: &Fact) -> String {
    let Fact::OrderMoved {
        order,
        event,
        from,
        to,
        attempt,
        limit,
        said,
    } = fact
    else {
        return String::new();
    };
    let locale = pen.locale;
    let what = happened(pen, *event, &instruments::bound(pen, *limit));
    let (order, attempt) = (order.short(), *attempt);
    let sentence = if from == to {
        say!(
            locale,
            "fact-order-stays",
            order = order,
            attempt = attempt,
            what = what
        )
    } else {
        let state = words::order_state(*to, locale);
        say!(
            locale,
            "fact-order-moved",
            order = order,
            attempt = attempt,
            what = what,
            state = state
        )
    };
    match said {
        Some(words) => {
            let words = say!(locale, "note-broker-said", words = verbatim(words));
            say!(locale, "sentences", first = sentence, second = words)
        }
        None => sentence,
    }
}

/// What happened to an order: a clause.
fn happened(pen: &Pen<'_>, event: OrderEvent, bound: &str) -> String {
    let key = match event {
        OrderEvent::FilledTo(total) => {
            return say!(pen.locale, "order-event-filled-to", count = total.0);
        }
        OrderEvent::ReplaceSent => "order-event-replace-sent",
        OrderEvent::Replaced => {
            return say!(pen.locale, "order-event-replaced", bound = bound);
        }
        OrderEvent::Denied => "order-event-denied",
        OrderEvent::Lapsed => "order-event-lapsed",
        OrderEvent::AnswerLost => "order-event-answer-lost",
        OrderEvent::NeverArrived => "order-event-never-arrived",
        OrderEvent::SentAgain => "order-event-sent-again",
        OrderEvent::Accepted => "order-event-accepted",
        OrderEvent::Rejected => "order-event-rejected",
        OrderEvent::Gone => "order-event-gone",
        OrderEvent::CancelSent => "order-event-cancel-sent",
        OrderEvent::ReplaceRefused => "order-event-replace-refused",
    };
    pen.say(key)
}

fn executed(pen: &Pen<'_>, execution: &Execution) -> String {
    let key = match execution.side {
        Side::Buy => "fact-bought",
        Side::Sell => "fact-sold",
    };
    say!(
        pen.locale,
        key,
        count = execution.quantity,
        what = instruments::instrument(pen, &execution.instrument),
        price = figures::price(execution.price, pen.locale),
        fee = figures::usd(execution.fee, pen.locale),
        position = execution.position.short()
    )
}
