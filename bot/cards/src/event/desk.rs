//! What happened to the desk itself.

use countersign_domain::{
    event::Fact,
    limits::Limits,
    standing::Standing,
    trading::{BrakeCause, TradingEvent, TradingState},
    view::Mode,
};

use crate::{
    draw::{alarm, board},
    figures, instruments, notices,
    pen::{Named, Pen},
    people::verbatim,
    refusal::refusal,
    say, scanning, words,
};

pub(super) fn sentence(pen: &Pen<'_>, fact: &Fact) -> String {
    let locale = pen.locale;
    match fact {
        Fact::DeskConfigured { limits, live, kept } => {
            let configured = configured(pen, limits, *live);
            if kept.is_empty() {
                return configured;
            }
            let kept: Vec<_> = kept
                .iter()
                .map(|code| words::limit(*code, locale))
                .collect();
            let kept = instruments::listed(pen, &kept);
            say!(
                locale,
                "fact-desk-configured-kept",
                configured = configured,
                limits = kept
            )
        }
        Fact::TradingChanged {
            from,
            to,
            event,
            reason,
        } => trading(pen, (*from, *to), *event, reason),
        Fact::StandingSigned(standing) => signed(pen, standing),
        Fact::StandingRevoked(id) => say!(locale, "fact-standing-revoked", standing = id.short()),
        Fact::Refused {
            verb, refusal: why, ..
        } => say!(
            locale,
            "fact-refused",
            verb = words::plain(verb),
            why = refusal(why, pen.now, locale)
        ),
        Fact::Alarm(alarm) => alarm::line(pen, alarm),
        Fact::Mismatch {
            instrument,
            ours,
            broker,
        } => say!(
            locale,
            "fact-mismatch",
            instrument = instruments::instrument(pen, instrument),
            ours = figures::count(*ours, locale),
            broker = figures::count(*broker, locale)
        ),
        Fact::RoomMoved { room, to } => {
            let surface = words::surface(room.surface, locale);
            let (from, to) = (room.chat.to_string(), to.to_string());
            say!(
                locale,
                "fact-room-moved",
                surface = surface,
                from = from,
                to = to
            )
        }
        Fact::MannersChanged { room, change } => notices::changed(pen, *room, change),
        Fact::ScanningChanged(change) => scanning::changed(change, locale),
        Fact::SlotsMissed { job, count } => {
            say!(
                locale,
                "note-missed",
                job = words::plain(job),
                count = *count
            )
        }
        _ => String::new(),
    }
}

fn configured(pen: &Pen<'_>, limits: &Limits, live: bool) -> String {
    let mode = if live { Mode::Live } else { Mode::Paper };
    say!(
        pen.locale,
        "fact-desk-configured",
        mode = words::mode(mode, pen.locale),
        worst = figures::usd(limits.worst_loss_per_ticket, pen.locale),
        daily = figures::usd(limits.daily_loss, pen.locale),
        positions = limits.open_positions,
        contracts = limits.contracts_per_order
    )
}

fn trading(
    pen: &Pen<'_>,
    (from, to): (TradingState, TradingState),
    event: TradingEvent,
    reason: &str,
) -> String {
    let locale = pen.locale;
    let cause = cause(pen, event);
    let reason = verbatim(reason);
    let key = match (from == to, reason.is_empty()) {
        (false, false) => "fact-trading-changed",
        (false, true) => "fact-trading-changed-bare",
        (true, false) => "fact-trading-stays",
        (true, true) => "fact-trading-stays-bare",
    };
    let to = words::trading(to, locale);
    if reason.is_empty() {
        say!(locale, key, to = to, cause = cause)
    } else {
        say!(locale, key, to = to, cause = cause, reason = reason)
    }
}

fn cause(pen: &Pen<'_>, event: TradingEvent) -> String {
    match event {
        TradingEvent::Started => pen.say("trading-event-started"),
        TradingEvent::Recovered(_) => pen.say("trading-event-recovered"),
        TradingEvent::Brake(BrakeCause::Mismatch) => pen.say("trading-event-brake-mismatch"),
        TradingEvent::Brake(BrakeCause::DailyLoss { lost, bound }) => say!(
            pen.locale,
            "trading-event-brake-loss",
            lost = figures::usd(lost, pen.locale),
            bound = figures::usd(bound, pen.locale)
        ),
        TradingEvent::Reduce | TradingEvent::Halt | TradingEvent::Resume => {
            pen.say("trading-event-asked")
        }
    }
}

fn signed(pen: &Pen<'_>, standing: &Standing) -> String {
    let (strategy, symbol) = board::covers(pen, standing);
    say!(
        pen.locale,
        "fact-standing-signed",
        standing = standing.id.short(),
        name = verbatim(&standing.name),
        strategy = strategy,
        symbol = symbol,
        count = standing.per_day,
        each = figures::usd(standing.worst_loss_per_ticket, pen.locale),
        daily = figures::usd(standing.worst_loss_per_day, pen.locale),
        until = pen.time(standing.until)
    )
}

/// That a veto of the news was set aside, or counts again.
pub(super) fn let_pass(pen: &Pen<'_>, fact: &Fact) -> String {
    let Fact::NewsLetPass {
        underlying,
        name,
        until,
        reason,
    } = fact
    else {
        return String::new();
    };
    let (symbol, name, reason) = (underlying.as_str(), verbatim(name), verbatim(reason));
    match until {
        Some(until) => say!(
            pen.locale,
            "fact-news-let-pass",
            symbol = symbol,
            name = name,
            reason = reason,
            until = pen.time(*until)
        ),
        None => say!(
            pen.locale,
            "fact-news-let-pass-ended",
            symbol = symbol,
            name = name,
            reason = reason
        ),
    }
}
