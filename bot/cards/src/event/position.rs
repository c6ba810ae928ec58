//! What happened to positions.

use countersign_domain::{
    event::Fact,
    exit::{ExitPlan, TrailingStop},
    money::Usd,
    position::PositionState,
    quote::Mark,
};

use crate::{
    figures, instruments,
    pen::{Named, Pen},
    say, words,
};

/// A gain or a loss, or that it is not known.
fn or_unknown(pen: &Pen<'_>, amount: Option<Usd>) -> String {
    let unknown = || pen.say("figure-unknown");
    amount.map_or_else(unknown, |amount| figures::signed(amount, pen.locale))
}

pub(super) fn sentence(pen: &Pen<'_>, fact: &Fact) -> String {
    let locale = pen.locale;
    match fact {
        Fact::PositionOpened { position, ticket } => say!(
            locale,
            "fact-position-opened",
            position = position.short(),
            ticket = ticket.short()
        ),
        Fact::PositionMoved { position, to, .. } => {
            say!(
                locale,
                "fact-position-moved",
                position = position.short(),
                to = now(pen, *to)
            )
        }
        Fact::ExitDecided {
            position,
            reason,
            marks,
            open_profit,
            high_water,
        } => say!(
            locale,
            "fact-exit-decided",
            position = position.short(),
            reason = words::exit_reason(*reason, locale),
            profit = or_unknown(pen, *open_profit),
            best = figures::signed(*high_water, locale),
            marks = marked(pen, marks)
        ),
        Fact::PositionClosed {
            position,
            by,
            realised,
            fees,
        } => closed(
            pen,
            &position.short(),
            &words::closed_by(*by, locale),
            (*realised, *fees),
        ),
        Fact::ExitPlanChanged {
            position,
            before,
            after,
        } => say!(
            locale,
            "fact-exit-plan-changed",
            position = position.short(),
            before = plan(pen, before),
            after = plan(pen, after)
        ),
        Fact::ExitsHeld { position, until } => {
            let position = position.short();
            if *until > pen.now {
                say!(
                    locale,
                    "fact-exits-held",
                    position = position,
                    until = pen.time(*until)
                )
            } else {
                say!(locale, "fact-exits-released", position = position)
            }
        }
        _ => String::new(),
    }
}

/// The marks that an exit rests on, one for each holding.
fn marked(pen: &Pen<'_>, marks: &[Option<Mark>]) -> String {
    let one = |mark: &Option<Mark>| match mark {
        Some(mark) => figures::price(mark.price, pen.locale),
        None => pen.say("figure-unknown"),
    };
    let marks: Vec<String> = marks.iter().map(one).collect();
    if marks.is_empty() {
        return pen.say("figure-unknown");
    }
    instruments::listed(pen, &marks)
}

fn closed(pen: &Pen<'_>, position: &str, by: &str, (realised, fees): (Usd, Usd)) -> String {
    say!(
        pen.locale,
        "fact-position-closed",
        position = position,
        by = by,
        profit = figures::signed(realised - fees, pen.locale),
        fees = figures::usd(fees, pen.locale)
    )
}

/// A position's new state: a clause.
fn now(pen: &Pen<'_>, state: PositionState) -> String {
    let locale = pen.locale;
    match state {
        PositionState::Closing { reason, .. } => {
            say!(
                locale,
                "now-closing",
                reason = words::exit_reason(reason, locale)
            )
        }
        state => words::position_state(state, locale),
    }
}

/// A plan in percent of the premium: a clause.
fn plan(pen: &Pen<'_>, plan: &ExitPlan) -> String {
    let off = || pen.say("plan-off");
    let trail = |trail: TrailingStop| {
        let (arm, back) = (
            figures::percent(trail.arm, pen.locale),
            figures::percent(trail.give_back, pen.locale),
        );
        say!(pen.locale, "plan-trail-short", arm = arm, back = back)
    };
    say!(
        pen.locale,
        "plan-changed",
        target = plan
            .profit_target
            .map_or_else(off, |it| figures::percent(it, pen.locale)),
        stop = plan
            .stop_loss
            .map_or_else(off, |it| figures::percent(it, pen.locale)),
        trail = plan.trail.map_or_else(off, trail),
        time = plan.time_stop.map_or_else(off, |at| pen.time(at)),
        days = plan
            .days_to_expiry
            .map_or_else(off, |days| days.to_string())
    )
}
