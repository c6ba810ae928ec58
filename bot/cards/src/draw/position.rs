//! A position: what is held, what it is worth, how far its exits are, and how it ended.

use countersign_domain::{
    money::Usd,
    order::{Order, OrderState},
    position::{Position, PositionState},
    ticket::{Confirmation, TicketState},
    view::{PositionGreeks, PositionView, TicketView},
};

use super::{marks, order, sheet::Sheet};
use crate::{
    button::Action,
    card::{Style, Tone},
    endings::said_yes,
    evidence::measured,
    figures, instruments,
    pen::{Named, Pen},
    people::verbatim,
    say, words,
};

/// Draws the position, with its ticket's story where the ticket is at hand.
pub(super) fn draw(sheet: &mut Sheet<'_>, view: &PositionView, ticket: Option<&TicketView>) {
    let pen = sheet.pen;
    let position = &view.position;
    let entry = ticket.and_then(|ticket| ticket.entry.as_ref());
    let (title, tone) = titled(view, entry);
    let name = instruments::structure(&pen, &position.structure);
    sheet.title(tone, say!(pen.locale, title, name = name));
    footer(sheet, position);
    if is_closed(position) {
        closed(sheet, view);
    } else {
        held(sheet, view, entry);
    }
    if let Some(ticket) = ticket {
        let yes = confirmations(ticket);
        if !yes.is_empty() {
            sheet.field("label-confirmed-by", said_yes(&pen, yes));
        }
    }
    buttons(sheet, view, entry);
}

/// Which position it is; while anything is held, also as of when the figures are.
pub(super) fn footer(sheet: &mut Sheet<'_>, position: &Position) {
    let pen = sheet.pen;
    let (id, ticket) = (position.id.to_string(), position.ticket.short());
    sheet.footer(if is_closed(position) {
        say!(
            pen.locale,
            "footer-position",
            position = id,
            ticket = ticket
        )
    } else {
        let time = pen.time(pen.now);
        say!(
            pen.locale,
            "footer-position-open",
            position = id,
            ticket = ticket,
            time = time
        )
    });
}

fn confirmations(view: &TicketView) -> &[Confirmation] {
    match &view.ticket.state {
        TicketState::Confirmed { yes, .. } | TicketState::Lapsed { yes, .. } => yes,
        TicketState::Offered { .. }
        | TicketState::Declined { .. }
        | TicketState::Expired { .. }
        | TicketState::Withdrawn { .. } => &[],
    }
}

/// "Closed" only when its state says so and its executions leave nothing held.
pub(super) fn is_closed(position: &Position) -> bool {
    position.state.is_closed() && position.is_flat()
}

pub(super) fn titled(view: &PositionView, entry: Option<&Order>) -> (&'static str, Tone) {
    let position = &view.position;
    match position.state {
        PositionState::Closed { .. } if position.is_flat() => {
            ("title-closed", toned(position.realised() - position.fees))
        }
        PositionState::Closed { .. } => ("title-unclear", Tone::Critical),
        PositionState::Broken => ("title-broken", Tone::Critical),
        PositionState::Closing { .. } => match &view.exit {
            Some(exit) if exit.state == OrderState::InDoubt => {
                ("title-exit-in-doubt", Tone::Attention)
            }
            _ => ("title-closing", Tone::Attention),
        },
        PositionState::Open => match entry {
            Some(entry) if entry.state == OrderState::InDoubt => {
                ("title-open-in-doubt", Tone::Attention)
            }
            Some(entry) if entry.state == OrderState::Cancelling => {
                ("title-open-cancelling", Tone::Neutral)
            }
            Some(entry) if entry.is_live() => ("title-open-entering", Tone::Neutral),
            _ => ("title-open", Tone::Neutral),
        },
    }
}

/// The tone of a gain or a loss.
pub(super) fn toned(profit: Usd) -> Tone {
    if profit.is_positive() {
        Tone::Good
    } else if profit.is_negative() {
        Tone::Bad
    } else {
        Tone::Neutral
    }
}

fn held(sheet: &mut Sheet<'_>, view: &PositionView, entry: Option<&Order>) {
    let pen = sheet.pen;
    let position = &view.position;
    at_stake(sheet, position);
    profit(sheet, view);
    if let Some(entry) = entry.filter(|entry| entry.state == OrderState::InDoubt) {
        sheet.lead(Tone::Attention, order::saying(&pen, entry));
    }
    units(sheet, position);
    entered(sheet, position, entry);
    exit(sheet, view);
    if let Some(greeks) = &view.greeks {
        sheet.field("label-greeks", greeks_line(&pen, greeks));
    }
    marks::legs(sheet, view);
    marks::exits(sheet, view);
    notes(sheet, view);
}

/// How much is held.
pub(super) fn units(sheet: &mut Sheet<'_>, position: &Position) {
    let units = match position.units() {
        Some(units) => instruments::contracts(&sheet.pen, units),
        None => sheet.pen.say("held-diverged"),
    };
    sheet.field("label-held", units);
}

/// The worst loss of what is held; with diverged legs there is no bound to tell.
pub(super) fn at_stake(sheet: &mut Sheet<'_>, position: &Position) {
    let (tone, key, worst) = match position.units() {
        Some(_) => (Tone::Neutral, "lead-at-stake", position.at_stake()),
        None => (
            Tone::Critical,
            "lead-at-stake-diverged",
            position.worst_loss_per_unit,
        ),
    };
    let worst = figures::usd(worst, sheet.pen.locale);
    sheet.lead(tone, say!(sheet.pen.locale, key, worst = worst));
}

pub(super) fn profit(sheet: &mut Sheet<'_>, view: &PositionView) {
    let locale = sheet.pen.locale;
    let fees = figures::usd(view.position.fees, locale);
    match view.profit() {
        Some(profit) => {
            let amount = figures::signed(profit, locale);
            sheet.lead(
                toned(profit),
                say!(locale, "lead-profit", profit = amount, fees = fees),
            );
        }
        None => sheet.lead(Tone::Attention, sheet.pen.say("lead-profit-unknown")),
    }
}

/// What the entry filled, by its executions, and where the rest of it stands.
pub(super) fn entered(sheet: &mut Sheet<'_>, position: &Position, entry: Option<&Order>) {
    let pen = sheet.pen;
    let quantity = entry.map_or(position.entered, |entry| {
        entry.quantity.max(position.entered)
    });
    let entered = if position.entered.is_zero() {
        pen.say("entry-apart")
    } else {
        say!(
            pen.locale,
            "entry-filled",
            filled = order::filled(&pen, position.entered, quantity),
            paid = instruments::traded(&pen, position.entry_net),
            dollars = figures::usd(position.premium(), pen.locale)
        )
    };
    sheet.field("label-entry", entered);
    if let Some(entry) = entry.filter(|entry| entry.state != OrderState::Filled) {
        sheet.field("label-entry-order", order::status(&pen, entry));
    }
    sheet.field("label-opened", pen.time(position.opened_at));
}

/// The exit order on its way, or the last one that did not get through.
pub(super) fn exit(sheet: &mut Sheet<'_>, view: &PositionView) {
    let pen = sheet.pen;
    if let PositionState::Closing { reason, .. } = view.position.state {
        sheet.field("label-exit-reason", words::exit_reason(reason, pen.locale));
    }
    if let Some(exit) = &view.exit {
        order::facts(sheet, exit, "label-exit-order");
        if exit.state == OrderState::InDoubt {
            sheet.lead(Tone::Attention, order::saying(&pen, exit));
        }
        order::said(sheet, exit);
    }
}

pub(super) fn closed(sheet: &mut Sheet<'_>, view: &PositionView) {
    let pen = sheet.pen;
    let position = &view.position;
    profit(sheet, view);
    let PositionState::Closed { by, at } = position.state else {
        return;
    };
    sheet.lead(
        Tone::Neutral,
        say!(
            pen.locale,
            "lead-closed",
            by = words::closed_by(by, pen.locale),
            time = pen.time(at)
        ),
    );
    let worst = position.worst_loss_per_unit.times(position.entered.count());
    sheet.field("label-worst-loss", figures::usd(worst, pen.locale));
    entered(sheet, position, None);
    let length = pen.span(at.duration_since(position.opened_at));
    sheet.field("label-held-for", length);
    sheet.field(
        "label-before-fees",
        figures::signed(position.realised(), pen.locale),
    );
    sheet.field("label-fees", figures::usd(position.fees, pen.locale));
    marks::executions(sheet, view);
}

pub(super) fn notes(sheet: &mut Sheet<'_>, view: &PositionView) {
    let pen = sheet.pen;
    match view.position.state {
        PositionState::Broken => sheet.note(pen.say("note-broken")),
        PositionState::Closed { .. } => sheet.note(pen.say("note-unclear")),
        PositionState::Open | PositionState::Closing { .. } => {}
    }
    if let Some(hold) = view
        .position
        .hold
        .as_ref()
        .filter(|hold| pen.now < hold.until)
    {
        let (name, until) = (verbatim(&hold.name), pen.time(hold.until));
        sheet.note(say!(pen.locale, "note-held", name = name, until = until));
    }
    if view.marks.iter().any(Option::is_none) {
        sheet.note(pen.say("note-unmarked"));
    }
}

pub(super) fn greeks_line(pen: &Pen<'_>, greeks: &PositionGreeks) -> String {
    let dollars = |value: f64, key: &str| match figures::measured_usd(value, pen.locale) {
        Some(amount) => say!(pen.locale, key, value = amount),
        None => pen.say("figure-unknown"),
    };
    say!(
        pen.locale,
        "greeks",
        delta = dollars(greeks.delta, "greek-per-dollar"),
        gamma = measured(pen, greeks.gamma, 2),
        theta = dollars(greeks.theta, "greek-a-day"),
        vega = dollars(greeks.vega, "greek-a-point")
    )
}

fn buttons(sheet: &mut Sheet<'_>, view: &PositionView, entry: Option<&Order>) {
    let position = &view.position;
    let now = sheet.pen.now;
    if let Some(entry) = entry.filter(|entry| order::may_cancel(entry)) {
        sheet.button(
            "button-cancel-rest",
            Action::Cancel(entry.id),
            Style::Secondary,
        );
    }
    match position.state {
        PositionState::Open | PositionState::Broken => {
            sheet.button("button-close", Action::Close(position.id), Style::Danger);
            if position.hold.as_ref().is_some_and(|hold| now < hold.until) {
                sheet.button(
                    "button-release",
                    Action::Release(position.id),
                    Style::Secondary,
                );
            } else {
                sheet.button("button-hold", Action::Hold(position.id), Style::Secondary);
            }
            sheet.button(
                "button-exit-plan",
                Action::ExitPlan(position.id),
                Style::Secondary,
            );
        }
        PositionState::Closing { .. } | PositionState::Closed { .. } => {}
    }
    sheet.button("button-why", Action::Why(position.ticket), Style::Secondary);
}
