//! A stop: the desk takes less risk from now on, or none. How it stands, and how it trades again.

use countersign_domain::trading::{BrakeCause, Stop, TradingEvent};

use super::sheet::Sheet;
use crate::{event, figures, pen::Pen, people::verbatim, say, words};

/// What it is: by whom, and how far.
pub(super) const fn title(stop: &Stop) -> &'static str {
    match stop.event {
        _ if stop.flatten => "stop-flatten-title",
        TradingEvent::Brake(_) => "stop-brake-title",
        TradingEvent::Reduce => "stop-reduce-title",
        _ => "stop-halt-title",
    }
}

/// Why, in one sentence.
pub(super) fn why(pen: &Pen<'_>, stop: &Stop) -> String {
    let locale = pen.locale;
    match stop.event {
        TradingEvent::Brake(BrakeCause::DailyLoss { lost, bound }) => say!(
            locale,
            "stop-why-loss",
            lost = figures::usd(lost, locale),
            bound = figures::usd(bound, locale)
        ),
        TradingEvent::Brake(BrakeCause::Mismatch) => pen.say("stop-why-mismatch"),
        _ => say!(
            locale,
            "stop-why-asked",
            who = event::actor(&stop.by, locale),
            reason = verbatim(&stop.reason)
        ),
    }
}

/// The numbers, what it means, and how it ends.
pub(super) fn draw(sheet: &mut Sheet<'_>, stop: &Stop) {
    let pen = sheet.pen;
    let locale = pen.locale;
    let (from, to) = (
        words::trading(stop.from, locale),
        words::trading(stop.to, locale),
    );
    sheet.field(
        "label-trading",
        say!(locale, "stop-trading", from = from, to = to),
    );
    sheet.field("label-stop-today", today(&pen, stop));
    sheet.field("label-stop-bound", figures::usd(stop.bound, locale));
    let positions = if stop.flatten {
        "stop-positions-closing"
    } else {
        "stop-positions"
    };
    sheet.field(
        "label-stop-positions",
        say!(locale, positions, count = stop.positions),
    );
    sheet.field(
        "label-stop-cancelled",
        say!(
            locale,
            "stop-cancelled",
            orders = stop.cancelled,
            tickets = stop.withdrawn
        ),
    );
    sheet.field("label-stop-instance", verbatim(&stop.instance));
    sheet.field("label-stop-reset", pen.say("stop-reset"));
    sheet.field("label-stop-then", pen.say(then(stop)));
}

/// What the day came to so far.
fn today(pen: &Pen<'_>, stop: &Stop) -> String {
    let taken = figures::signed(stop.taken, pen.locale);
    match stop.open {
        Some(open) => say!(
            pen.locale,
            "stop-today",
            all = figures::signed(stop.taken + open, pen.locale),
            taken = taken,
            open = figures::signed(open, pen.locale)
        ),
        None => say!(pen.locale, "stop-today-taken", taken = taken),
    }
}

/// What a reset does.
const fn then(stop: &Stop) -> &'static str {
    match stop.event {
        _ if stop.flatten => "stop-then-flatten",
        TradingEvent::Brake(BrakeCause::DailyLoss { .. }) => "stop-then-loss",
        TradingEvent::Brake(BrakeCause::Mismatch) => "stop-then-mismatch",
        _ => "stop-then",
    }
}
