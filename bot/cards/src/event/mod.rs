//! Events: one line each, for the live feed and for "why".

mod desk;
mod order;
mod people;
mod position;
mod signal;
mod ticket;

use countersign_domain::{
    event::{Event, Fact},
    operator::Actor,
};
use jiff::Timestamp;

use crate::{draw::alarm, locale::Locale, news, overrides, pen::Pen, people::verbatim, say, words};

/// One line of the feed: when, who, what.
pub fn line(event: &Event, locale: &Locale) -> String {
    let pen = Pen {
        locale,
        now: event.at,
    };
    say!(
        locale,
        "event-line",
        time = pen.time(event.at),
        who = actor(&event.actor, locale),
        what = fact(&event.fact, event.at, locale)
    )
}

/// Who did something: `Ana (web console)`, `the desk`.
pub fn actor(actor: &Actor, locale: &Locale) -> String {
    match actor {
        Actor::Operator { name, surface, .. } => say!(
            locale,
            "actor-operator",
            name = verbatim(name),
            surface = words::surface(*surface, locale)
        ),
        Actor::Stranger(identity) => say!(
            locale,
            "actor-stranger",
            user = verbatim(&identity.user),
            surface = words::surface(identity.surface, locale)
        ),
        Actor::Desk => locale.say("actor-desk"),
        Actor::Strategy(name) => say!(locale, "actor-strategy", name = verbatim(name)),
        Actor::Broker => locale.say("actor-broker"),
    }
}

/// What happened, in one sentence without who and when. Times on another New York day than `at`
/// say which.
pub fn fact(fact: &Fact, at: Timestamp, locale: &Locale) -> String {
    let pen = &Pen { locale, now: at };
    match fact {
        Fact::DeskConfigured { .. }
        | Fact::TradingChanged { .. }
        | Fact::StandingSigned(_)
        | Fact::StandingRevoked(_)
        | Fact::Refused { .. }
        | Fact::Alarm(_)
        | Fact::Mismatch { .. }
        | Fact::RoomMoved { .. }
        | Fact::MannersChanged { .. }
        | Fact::ScanningChanged(_)
        | Fact::SlotsMissed { .. } => desk::sentence(pen, fact),
        Fact::AlarmCalled { alarm, name } => alarm::called_line(pen, alarm, name.as_deref()),
        Fact::StrangersUnheard { count } => {
            say!(pen.locale, "fact-strangers-unheard", count = *count)
        }
        Fact::AlarmEnded { alarm, end } => alarm::ended_line(pen, alarm, end),
        Fact::OverrideAsked(_)
        | Fact::OverrideGranted { .. }
        | Fact::OverrideRefused(_)
        | Fact::OverrideRevoked(_)
        | Fact::OverrideLapsed(_)
        | Fact::OverrideUsed { .. }
        | Fact::LimitChanged { .. } => overrides::sentence(pen, fact),
        Fact::OperatorSet { .. }
        | Fact::LinkAsked { .. }
        | Fact::OperatorInvited { .. }
        | Fact::OperatorLinked { .. }
        | Fact::OperatorUnlinked { .. } => people::sentence(pen, fact),
        Fact::SignalRaised(_) | Fact::SignalVetoed { .. } | Fact::SignalLapsed(_) => {
            signal::sentence(pen, fact)
        }
        Fact::StoryJudged(judged) => {
            let story = news::headline(pen, judged);
            say!(pen.locale, "fact-story-judged", story = story)
        }
        Fact::NewsLetPass { .. } => desk::let_pass(pen, fact),
        Fact::TicketOffered(_)
        | Fact::TicketWarned { .. }
        | Fact::TicketRevised { .. }
        | Fact::SaidYes { .. }
        | Fact::TicketConfirmed { .. }
        | Fact::TicketDeclined { .. }
        | Fact::TicketExpired(_)
        | Fact::TicketWithdrawn { .. }
        | Fact::TicketLapsed { .. }
        | Fact::TicketSnoozed { .. } => ticket::sentence(pen, fact),
        Fact::OrderSubmitted(_) | Fact::OrderMoved { .. } | Fact::Executed(_) | Fact::Busted(_) => {
            order::sentence(pen, fact)
        }
        Fact::PositionOpened { .. }
        | Fact::PositionMoved { .. }
        | Fact::ExitDecided { .. }
        | Fact::PositionClosed { .. }
        | Fact::ExitPlanChanged { .. }
        | Fact::ExitsHeld { .. } => position::sentence(pen, fact),
    }
}
