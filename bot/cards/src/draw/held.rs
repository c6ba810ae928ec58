//! A position's own card: what it came to first, then how far its exits are, and what can be done.

use countersign_domain::{
    ids::Revision,
    order::OrderState,
    position::PositionState,
    view::{PositionCard, PositionView},
};

use super::{marks, order, plan, position, sheet::Sheet};
use crate::{
    button::{Action, HoldSpan},
    card::{Card, Style, Tone},
    instruments,
    locale::Locale,
    say,
};

pub(super) fn draw(card: &PositionCard, locale: &Locale) -> Card {
    let mut sheet = Sheet::new(&card.header, locale);
    let (pen, view) = (sheet.pen, &card.view);
    let held = &view.position;
    let (title, tone) = position::titled(view, card.entry.as_ref());
    let name = instruments::structure(&pen, &held.structure);
    sheet.title(tone, say!(locale, title, name = name));
    position::footer(&mut sheet, held);
    if position::is_closed(held) {
        position::closed(&mut sheet, view);
    } else {
        open(&mut sheet, card);
        buttons(&mut sheet, view);
    }
    sheet.finish()
}

fn open(sheet: &mut Sheet<'_>, card: &PositionCard) {
    let (pen, view) = (sheet.pen, &card.view);
    let (held, entry) = (&view.position, card.entry.as_ref());
    position::profit(sheet, view);
    position::at_stake(sheet, held);
    if let Some(entry) = entry.filter(|entry| entry.state == OrderState::InDoubt) {
        sheet.lead(Tone::Attention, order::saying(&pen, entry));
    }
    marks::exits(sheet, view);
    if let Some(greeks) = &view.greeks {
        sheet.field("label-greeks", position::greeks_line(&pen, greeks));
    }
    let end = held.structure.last_trading();
    let plan = plan::lines(&pen, &held.exit_plan, held.premium(), end);
    sheet.field("label-exit-plan", plan.join("\n"));
    position::units(sheet, held);
    position::entered(sheet, held, entry);
    position::exit(sheet, view);
    marks::legs(sheet, view);
    marks::executions(sheet, view);
    position::notes(sheet, view);
}

/// Closing asks once more; the stop is brought nearer on what the card shows.
fn buttons(sheet: &mut Sheet<'_>, view: &PositionView) {
    let (held, now) = (&view.position, sheet.pen.now);
    if !matches!(held.state, PositionState::Open | PositionState::Broken) {
        return;
    }
    let id = held.id;
    sheet.button("button-close", Action::Close(id), Style::Danger);
    let stop = Revision::of_stop(view.executions.len(), held.exit_plan.stop_loss);
    let tighten = Action::Tighten(id, stop);
    sheet.button("button-tighten", tighten, Style::Secondary);
    if held.hold.as_ref().is_some_and(|hold| now < hold.until) {
        sheet.button("button-release", Action::Release(id), Style::Secondary);
        return;
    }
    for (label, span) in [
        ("button-hold-quarter", HoldSpan::Quarter),
        ("button-hold-hour", HoldSpan::Hour),
    ] {
        sheet.button(label, Action::HoldFor(id, span), Style::Secondary);
    }
}
