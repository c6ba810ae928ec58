//! Exit plans and how far each exit is.

use countersign_domain::{
    exit::{ExitPlan, ExitReason},
    money::{Percent, Usd},
    ticket::Ticket,
    view::{Distance, ExitDistance},
};
use jiff::Timestamp;

use crate::{figures, pen::Pen, say};

/// The plan of a ticket, with the dollars that its percentages mean at the limit price.
pub(super) fn of_ticket(pen: &Pen<'_>, ticket: &Ticket) -> String {
    let premium = ticket.terms.value(&ticket.structure);
    lines(
        pen,
        &ticket.exit_plan,
        premium,
        ticket.structure.last_trading(),
    )
    .join("\n")
}

/// One line for each exit that is on; the last trading hour always is.
pub(super) fn lines(
    pen: &Pen<'_>,
    plan: &ExitPlan,
    premium: Usd,
    last_trading: Option<Timestamp>,
) -> Vec<String> {
    let locale = pen.locale;
    let dollars = |share: Percent| figures::usd(premium.percent(share.0), locale);
    let mut lines = Vec::new();
    if let Some(share) = plan.profit_target {
        let (percent, profit) = (figures::percent(share, locale), dollars(share));
        lines.push(say!(
            locale,
            "plan-target",
            percent = percent,
            profit = profit
        ));
    }
    if let Some(share) = plan.stop_loss {
        let (percent, loss) = (figures::percent(share, locale), dollars(share));
        lines.push(say!(locale, "plan-stop", percent = percent, loss = loss));
    }
    if let Some(trail) = plan.trail {
        lines.push(say!(
            locale,
            "plan-trail",
            arm = dollars(trail.arm),
            back = dollars(trail.give_back)
        ));
    }
    if let Some(at) = plan.time_stop {
        lines.push(say!(locale, "plan-time", time = pen.time(at)));
    }
    if let Some(days) = plan.days_to_expiry {
        lines.push(say!(locale, "plan-days", days = days));
    }
    lines.push(match last_trading {
        Some(end) => say!(locale, "plan-last-hour", time = pen.time(end)),
        None => pen.say("plan-last-hour-unknown"),
    });
    lines
}

/// What is left until one exit fires.
pub(super) fn distance(pen: &Pen<'_>, exit: &ExitDistance) -> String {
    let locale = pen.locale;
    match exit.left {
        Distance::Profit(left) if !left.is_positive() => pen.say("distance-now"),
        Distance::Profit(left) => {
            let key = if exit.reason == ExitReason::ProfitTarget {
                "distance-gain"
            } else {
                "distance-fall"
            };
            say!(locale, key, dollars = figures::usd(left, locale))
        }
        Distance::At(at) if at <= pen.now => pen.say("distance-now"),
        Distance::At(at) => say!(
            locale,
            "distance-at",
            time = pen.time(at),
            left = pen.span(at.duration_since(pen.now))
        ),
        Distance::Days(days) => say!(locale, "distance-days", days = days),
        Distance::ArmsAt { profit, percent } => say!(
            locale,
            "distance-arms",
            profit = figures::usd(profit, locale),
            percent = figures::percent(percent, locale)
        ),
    }
}
