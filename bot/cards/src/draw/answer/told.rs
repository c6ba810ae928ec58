//! Signals, tickets, orders and events, newest first.

use countersign_domain::{
    event::Event,
    ids::OperatorId,
    news::Judged,
    order::{Order, Purpose},
    signal::{Direction, Signal, SignalState, Veto},
    ticket::Ticket,
    view::{AuditView, Chain, Header},
};

use super::{begun, unless_any};
use crate::{
    button::Action,
    card::{Card, Style, Tone},
    draw::sheet::Sheet,
    event, evidence, figures, instruments,
    locale::Locale,
    pen::{Named, Pen},
    say, veto, words,
};

/// The signals and what became of them.
pub fn signals(header: &Header, signals: &[Signal], locale: &Locale) -> Card {
    let mut sheet = begun(header, locale.say("title-signals"), locale);
    let pen = sheet.pen;
    let row = |signal: &Signal| {
        let arrow = match signal.direction {
            Direction::Bullish => '↑',
            Direction::Bearish => '↓',
        };
        vec![
            signal.id.short(),
            format!("{} {arrow}", signal.underlying),
            outcome(&pen, signal),
        ]
    };
    let columns = [
        ("column-id", false),
        ("column-underlying", false),
        ("column-outcome", false),
    ];
    sheet.table("table-signals", &columns, signals.iter().map(row).collect());
    unless_any(&mut sheet, signals.len(), "console-history-no-signals");
    sheet.finish()
}

fn outcome(pen: &Pen<'_>, signal: &Signal) -> String {
    match &signal.state {
        SignalState::Raised => pen.say("outcome-raised"),
        SignalState::Lapsed => words::veto_code("lapsed", pen.locale),
        SignalState::Ticketed(ticket) => {
            say!(pen.locale, "outcome-ticketed", ticket = ticket.short())
        }
        SignalState::Vetoed(why) => why.first().map_or_else(String::new, |first| {
            words::veto_code(code(first), pen.locale)
        }),
    }
}

const fn code(veto: &Veto) -> &'static str {
    match veto {
        Veto::Calendar { .. } => "calendar",
        Veto::NoContract { .. } => "no_contract",
        Veto::Liquidity { .. } => "liquidity",
        Veto::DataQuality { .. } => "data_quality",
        Veto::Duplicate { .. } => "duplicate",
        Veto::Limit(_) => "limit",
        Veto::News(_) => "news",
        Veto::NotScanned => "not_scanned",
        Veto::Trading { .. } => "trading",
    }
}

/// One signal with its figures and why it was not traded, with the stories behind that.
pub fn signal(header: &Header, signal: &Signal, stories: &[Judged], locale: &Locale) -> Card {
    let title = say!(
        locale,
        "title-signal",
        id = signal.id.short(),
        symbol = signal.underlying.as_str()
    );
    let mut sheet = begun(header, title, locale);
    let pen = sheet.pen;
    sheet.lead(Tone::Neutral, evidence::story(&pen, signal));
    sheet.field("label-raised", pen.time(signal.raised_at));
    sheet.field("label-outcome", outcome(&pen, signal));
    if let SignalState::Vetoed(why) = &signal.state {
        for one in why {
            sheet.note(veto::with_stories(&pen, one, (signal.raised_at, stories)));
        }
    }
    if let SignalState::Ticketed(ticket) = signal.state {
        sheet.button("button-why", Action::Why(ticket), Style::Secondary);
    }
    sheet.finish()
}

/// The tickets and where they stand, with what the one who asks has put aside.
pub fn tickets(
    header: &Header,
    tickets: &[Ticket],
    asker: Option<OperatorId>,
    locale: &Locale,
) -> Card {
    let mut sheet = begun(header, locale.say("title-tickets"), locale);
    let pen = sheet.pen;
    let put_aside = |ticket: &Ticket| {
        let until = ticket.snoozed.get(&asker?).copied();
        let until = until.filter(|until| ticket.state.is_offered() && header.now < *until)?;
        Some(say!(locale, "console-snoozed", time = pen.time(until)))
    };
    let row = |ticket: &Ticket| {
        vec![
            ticket.id.short(),
            instruments::structure_in_row(&pen, &ticket.structure),
            put_aside(ticket).unwrap_or_else(|| words::ticket_state(ticket.state.name(), locale)),
            figures::usd(ticket.terms.worst_loss, locale),
        ]
    };
    let columns = [
        ("column-id", false),
        ("column-ticket", false),
        ("column-state", false),
        ("column-worst-loss", true),
    ];
    sheet.table("table-tickets", &columns, tickets.iter().map(row).collect());
    unless_any(&mut sheet, tickets.len(), "console-history-no-tickets");
    sheet.finish()
}

/// The orders and where they stand.
pub fn orders(header: &Header, orders: &[Order], locale: &Locale) -> Card {
    let mut sheet = begun(header, locale.say("title-orders"), locale);
    let row = |order: &Order| {
        let purpose = match order.purpose {
            Purpose::Entry { .. } => locale.say("purpose-entry"),
            Purpose::Exit { reason, .. } => words::exit_reason(reason, locale),
        };
        let first = order.legs.first();
        let symbol = first.map_or_else(String::new, |leg| leg.instrument.underlying().to_string());
        vec![
            order.id.short(),
            format!("{symbol} {purpose}"),
            words::order_state(order.state, locale),
            format!("{}/{}", order.filled, order.quantity),
        ]
    };
    let columns = [
        ("column-id", false),
        ("column-order", false),
        ("column-state", false),
        ("column-filled", true),
    ];
    sheet.table("table-orders", &columns, orders.iter().map(row).collect());
    unless_any(&mut sheet, orders.len(), "note-no-orders");
    sheet.finish()
}

/// What happened, newest first.
pub fn history(header: &Header, events: &[Event], locale: &Locale) -> Card {
    let mut sheet = begun(header, locale.say("title-history"), locale);
    let rows = events.iter().map(|event| told(&sheet.pen, event)).collect();
    happened(&mut sheet, rows);
    unless_any(&mut sheet, events.len(), "console-feed-none");
    sheet.finish()
}

/// What the audit log says, newest first, and whether its chain is whole.
pub fn audit(view: &AuditView, locale: &Locale) -> Card {
    let mut sheet = begun(&view.header, locale.say("title-audit"), locale);
    let pen = sheet.pen;
    if let Some(chain) = view.chain {
        let (tone, told) = whole(&pen, chain);
        sheet.lead(tone, told);
    }
    let rows = view.events.iter().map(|event| told(&pen, event)).collect();
    happened(&mut sheet, rows);
    unless_any(&mut sheet, view.events.len(), "console-feed-none");
    if view.cut {
        sheet.note(locale.say("note-audit-cut"));
    }
    sheet.finish()
}

fn whole(pen: &Pen<'_>, chain: Chain) -> (Tone, String) {
    match chain {
        Chain::Whole { rows } => {
            let rows = figures::grouped(&rows.to_string(), pen.locale);
            (Tone::Good, say!(pen.locale, "audit-whole", rows = rows))
        }
        Chain::Broken { seq, index } => {
            let row = format!("{seq}.{index}");
            (Tone::Critical, say!(pen.locale, "audit-broken", row = row))
        }
        Chain::Cut { rows } => {
            let rows = figures::grouped(&rows.to_string(), pen.locale);
            (Tone::Critical, say!(pen.locale, "audit-cut", rows = rows))
        }
    }
}

/// Events below their title, which names the time zone of their minutes.
pub(super) fn happened(sheet: &mut Sheet<'_>, rows: Vec<Vec<String>>) {
    let title = match sheet.pen.zone() {
        Some(zone) => say!(sheet.pen.locale, "table-events-there", zone = zone),
        None => sheet.pen.say("table-events"),
    };
    sheet.titled(title, &EVENTS, rows);
}

const EVENTS: [(&str, bool); 2] = [("column-time", false), ("column-event", false)];

pub(super) fn told(pen: &Pen<'_>, event: &Event) -> Vec<String> {
    let what = say!(
        pen.locale,
        "event-told",
        who = event::actor(&event.actor, pen.locale),
        what = event::fact(&event.fact, event.at, pen.locale)
    );
    vec![pen.minute(event.at), what]
}
