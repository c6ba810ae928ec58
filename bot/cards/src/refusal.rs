//! Refusals: why nothing was done, and what to do instead.

mod people;

use countersign_domain::{
    exit::{PlanFault, PlanPart},
    limits::Breach,
    operator::Role,
    order::OrderState,
    position::PositionState,
    refusal::{Invalid, Refusal},
    standing::StandingFault,
    ticket::TicketState,
    trading::TradingState,
};
use jiff::Timestamp;

use crate::{
    breach, endings::ending, figures, instruments, locale::Locale, news, notices, overrides,
    pen::Pen, say, scanning, words,
};

/// Why a verb did nothing and what to do, in one or two sentences; several limits make a line
/// each. Times on another New York day than `now` say which.
pub fn refusal(refusal: &Refusal, now: Timestamp, locale: &Locale) -> String {
    let pen = Pen { locale, now };
    match refusal {
        Refusal::NotPermitted { needs, has } => not_permitted(&pen, *needs, *has),
        Refusal::UnknownTicket => pen.say("refusal-unknown-ticket"),
        Refusal::UnknownPosition => pen.say("refusal-unknown-position"),
        Refusal::UnknownOrder => pen.say("refusal-unknown-order"),
        Refusal::UnknownSignal => pen.say("refusal-unknown-signal"),
        Refusal::UnknownStanding => pen.say("refusal-unknown-standing"),
        Refusal::UnknownOverride => pen.say("refusal-unknown-override"),
        Refusal::UnknownSubject => pen.say("refusal-unknown-subject"),
        Refusal::StaleCard { current } => {
            say!(locale, "refusal-stale-card", current = current.0)
        }
        Refusal::AlreadyDecided(state) => decided(&pen, state),
        Refusal::Expired { at } => say!(locale, "refusal-expired", time = pen.time(*at)),
        Refusal::Trading(state) => trading(&pen, *state),
        Refusal::Limits(breaches) => limits(&pen, breaches),
        Refusal::News(why) => {
            let reasons = news::reasons(&pen, why);
            say!(locale, "refusal-news", reasons = reasons)
        }
        Refusal::NoQuote { instrument, fault } => say!(
            locale,
            "refusal-no-quote",
            instrument = instruments::instrument(&pen, instrument),
            fault = words::quote_fault(*fault, locale)
        ),
        Refusal::Repriced { revision, breach } => say!(
            locale,
            "refusal-repriced",
            breach = breach::clause(&pen, breach),
            revision = revision.0
        ),
        Refusal::MarketClosed { opens: Some(at) } => {
            say!(locale, "refusal-market-closed", time = pen.time(*at))
        }
        Refusal::MarketClosed { opens: None } => pen.say("refusal-market-closed-for-good"),
        Refusal::TooLate { closes } => {
            say!(locale, "refusal-too-late", time = pen.time(*closes))
        }
        Refusal::Invalid(what) => pen.say(invalid(*what)),
        Refusal::ExitPlan(fault) => plan(&pen, *fault),
        Refusal::Standing(fault) => standing(&pen, *fault),
        Refusal::Override(fault) => overrides::fault(&pen, *fault),
        Refusal::OverrideDecided(state) => overrides::decided(&pen, state),
        Refusal::NotSecondPerson => pen.say("refusal-not-second-person"),
        Refusal::OrderState(state) => order_state(&pen, *state),
        Refusal::StopStands(stop) => {
            let stop = figures::percent(*stop, locale);
            say!(locale, "refusal-stop-stands", stop = stop)
        }
        Refusal::StalePosition => pen.say("refusal-stale-position"),
        Refusal::PositionState(state) => position_state(&pen, **state),
        Refusal::Adjusted(contract) => {
            let contract = instruments::contract(&pen, contract);
            say!(locale, "refusal-adjusted", contract = contract)
        }
        Refusal::Link(fault) => people::link(&pen, *fault),
        Refusal::People(fault) => pen.say(people::fault(*fault)),
        Refusal::SecondTap(fault) => people::tap(&pen, *fault),
        Refusal::TypeToConfirm { loss, typed } => people::to_type(&pen, *loss, *typed),
        Refusal::Notice(fault) => notices::fault(*fault, locale),
        Refusal::Scanning(fault) => scanning::fault(fault, locale),
        Refusal::PaperOnly => pen.say("refusal-paper-only"),
        Refusal::StoreUnavailable => pen.say("refusal-store-unavailable"),
        Refusal::BrokerUnavailable => pen.say("refusal-broker-unavailable"),
        Refusal::NotOurs => pen.say("refusal-not-ours"),
    }
}

/// One limit that would be passed: what it would be, the limit, and what would pass.
pub fn limit_breach(breach: &Breach, now: Timestamp, locale: &Locale) -> String {
    breach::sentence(&Pen { locale, now }, breach)
}

fn not_permitted(pen: &Pen<'_>, needs: Role, has: Option<Role>) -> String {
    let locale = pen.locale;
    let needs = words::role(needs, locale);
    match has {
        Some(has) => {
            let has = words::role(has, locale);
            say!(locale, "refusal-role", needs = needs, has = has)
        }
        None => say!(locale, "refusal-stranger", needs = needs),
    }
}

/// Who decided, when, and that this press changed nothing.
fn decided(pen: &Pen<'_>, state: &TicketState) -> String {
    let ending = ending(pen, state);
    say!(pen.locale, "refusal-decided", ending = ending)
}

fn trading(pen: &Pen<'_>, state: TradingState) -> String {
    pen.say(match state {
        TradingState::Active => "refusal-trading-active",
        TradingState::Reducing => "refusal-trading-reducing",
        TradingState::Halted => "refusal-trading-halted",
    })
}

fn limits(pen: &Pen<'_>, breaches: &[Breach]) -> String {
    if breaches.is_empty() {
        return pen.say("refusal-limits");
    }
    let sentences = breaches.iter().map(|breach| breach::sentence(pen, breach));
    sentences.collect::<Vec<_>>().join("\n")
}

fn order_state(pen: &Pen<'_>, state: OrderState) -> String {
    let key = if state == OrderState::InDoubt {
        "refusal-order-in-doubt"
    } else if state.is_live() {
        "refusal-order-live"
    } else {
        "refusal-order-ended"
    };
    say!(
        pen.locale,
        key,
        state = words::order_state(state, pen.locale)
    )
}

fn position_state(pen: &Pen<'_>, state: PositionState) -> String {
    let locale = pen.locale;
    match state {
        PositionState::Open => pen.say("refusal-position-open"),
        PositionState::Closing { reason, .. } => {
            let reason = words::exit_reason(reason, locale);
            say!(locale, "refusal-position-closing", reason = reason)
        }
        PositionState::Closed { by, at } => say!(
            locale,
            "refusal-position-closed",
            by = words::closed_by(by, locale),
            time = pen.time(at)
        ),
        PositionState::Broken => pen.say("refusal-position-broken"),
    }
}

/// What is wrong with an exit plan, and what would pass.
fn plan(pen: &Pen<'_>, fault: PlanFault) -> String {
    let locale = pen.locale;
    match fault {
        PlanFault::Percent { part, given, most } => {
            let key = match part {
                PlanPart::ProfitTarget => "plan-fault-target",
                PlanPart::StopLoss => "plan-fault-stop",
                PlanPart::TrailArm => "plan-fault-arm",
                PlanPart::TrailGiveBack => "plan-fault-give-back",
            };
            let (given, most) = (
                figures::percent(given, locale),
                figures::percent(most, locale),
            );
            say!(locale, key, given = given, most = most)
        }
        PlanFault::Time {
            given,
            after,
            before: None,
        } => say!(
            locale,
            "plan-fault-time",
            given = pen.time(given),
            after = pen.time(after)
        ),
        PlanFault::Time {
            given,
            after,
            before: Some(before),
        } => say!(
            locale,
            "plan-fault-time-between",
            given = pen.time(given),
            after = pen.time(after),
            before = pen.time(before)
        ),
    }
}

/// What is wrong with the bounds of a standing approval, and what would pass.
fn standing(pen: &Pen<'_>, fault: StandingFault) -> String {
    let locale = pen.locale;
    match fault {
        StandingFault::PerDay => pen.say("standing-fault-per-day"),
        StandingFault::LossPerTicket { given, most } => say!(
            locale,
            "standing-fault-ticket",
            given = figures::usd(given, locale),
            most = figures::usd(most, locale)
        ),
        StandingFault::LossPerDay { given, least } => say!(
            locale,
            "standing-fault-day",
            given = figures::usd(given, locale),
            least = figures::usd(least, locale)
        ),
        StandingFault::Underlying(symbol) => say!(
            locale,
            "standing-fault-underlying",
            symbol = symbol.as_str().to_owned()
        ),
    }
}

const fn invalid(what: Invalid) -> &'static str {
    match what {
        Invalid::Contracts => "invalid-contracts",
        Invalid::Limit => "invalid-limit",
        Invalid::Structure => "invalid-structure",
        Invalid::Time => "invalid-time",
        Invalid::Strategy => "invalid-strategy",
        Invalid::Reason => "invalid-reason",
        Invalid::Contract => "invalid-contract",
    }
}
