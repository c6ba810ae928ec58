//! Nothing is entered just before what is known to come.

use countersign_domain::{
    calendar::ny,
    news::{Action, Category, Reason, Scheduled},
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};

use super::{
    decide::{Deciding, hours},
    policy::BlackoutParams,
};

/// What stands against the trade of what is scheduled.
pub(super) fn reasons(input: &Deciding<'_>) -> Vec<Reason> {
    let concerns = |what: &&Scheduled| what.underlying.is_none_or(|it| it == input.underlying);
    let scheduled = input.scheduled.iter().filter(concerns);
    let mut reasons: Vec<Reason> = Vec::new();
    for what in scheduled {
        let action = action(input, what);
        let reason = Reason::Scheduled {
            what: what.clone(),
            action,
        };
        if action > Action::Pass && !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

fn action(input: &Deciding<'_>, what: &Scheduled) -> Action {
    let params = &input.params.policy.blackout;
    let Some(begins) = what.at.or_else(|| midnight(what.on)) else {
        return Action::Pass;
    };
    let ends = ends(params, what).unwrap_or(begins);
    let (veto, warn) = if what.category == Category::Macro {
        let before = |many: u32| later(begins, -hours(many));
        (
            before(params.economy_hours),
            before(params.economy_warn_hours),
        )
    } else {
        let before = |many: u32| {
            let day = what.on.checked_sub(i64::from(many).days()).ok();
            day.and_then(midnight).unwrap_or(begins)
        };
        (
            before(params.company_days),
            before(params.company_warn_days),
        )
    };
    if input.now >= ends {
        Action::Pass
    } else if input.now >= veto {
        Action::Veto
    } else if input.now >= warn {
        Action::Warn
    } else {
        Action::Pass
    }
}

/// When nothing stands against a trade any more of what is scheduled.
pub(super) fn ends(params: &BlackoutParams, what: &Scheduled) -> Option<Timestamp> {
    let after = SignedDuration::from_mins(i64::from(params.after_minutes));
    match what.at {
        Some(at) => Some(later(at, after)),
        None => what.on.tomorrow().ok().and_then(midnight),
    }
}

/// The beginning of a New York day.
fn midnight(day: Date) -> Option<Timestamp> {
    ny(day, 0, 0).ok()
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    let end = if by.is_negative() {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    at.checked_add(by).unwrap_or(end)
}
