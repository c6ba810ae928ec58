//! Words for the values of the domain, without a sentence around them.

use countersign_domain::{
    exit::ExitReason,
    limits::LimitCode,
    operator::{Role, Surface},
    order::OrderState,
    position::{ClosedBy, Position, PositionState},
    quote::{QuoteFault, Source},
    structure::StructureKind,
    ticket::{DeclineReason, Omission},
    trading::TradingState,
    view::Mode,
};

use crate::{locale::Locale, people::verbatim};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident($of:ty) { $($value:pat => $key:literal,)* }) => {
        $(#[$doc])*
        pub fn $name(value: $of, locale: &Locale) -> String {
            locale.say(match value { $($value => $key,)* })
        }
    };
}

words! {
    /// Paper or live, in capitals.
    mode(Mode) {
        Mode::Paper => "mode-paper",
        Mode::Live => "mode-live",
    }
}

words! {
    /// Whether a desk may trade: `active`.
    trading(TradingState) {
        TradingState::Active => "trading-active",
        TradingState::Reducing => "trading-reducing",
        TradingState::Halted => "trading-halted",
    }
}

words! {
    /// Where an order stands: `working at the broker`.
    order_state(OrderState) {
        OrderState::Submitted => "order-submitted",
        OrderState::InDoubt => "order-in-doubt",
        OrderState::Working => "order-working",
        OrderState::Replacing => "order-replacing",
        OrderState::Cancelling => "order-cancelling",
        OrderState::Filled => "order-filled",
        OrderState::Cancelled => "order-cancelled",
        OrderState::Denied => "order-denied",
        OrderState::Rejected => "order-rejected",
        OrderState::Lapsed => "order-lapsed",
        OrderState::Unsent => "order-unsent",
    }
}

words! {
    /// Where a position stands: `open`.
    position_state(PositionState) {
        PositionState::Open => "position-open",
        PositionState::Closing { .. } => "position-closing",
        PositionState::Closed { .. } => "position-closed",
        PositionState::Broken => "position-broken",
    }
}

/// The same of a position that a person wants closed: `to be closed` until its exit is on its way.
pub(crate) fn position_stands(position: &Position, locale: &Locale) -> String {
    let rests = matches!(position.state, PositionState::Open | PositionState::Broken);
    if position.close_wanted && rests {
        return locale.say("position-close-wanted");
    }
    position_state(position.state, locale)
}

words! {
    /// Why a position is closed: `profit target`.
    exit_reason(ExitReason) {
        ExitReason::ProfitTarget => "exit-profit-target",
        ExitReason::StopLoss => "exit-stop-loss",
        ExitReason::TrailingStop => "exit-trailing-stop",
        ExitReason::TimeStop => "exit-time-stop",
        ExitReason::DaysToExpiry => "exit-days-to-expiry",
        ExitReason::Expiry => "exit-expiry",
        ExitReason::Assignment => "exit-assignment",
        ExitReason::Human => "exit-human",
        ExitReason::Brake => "exit-brake",
    }
}

words! {
    /// How a position came to its end: `profit target`, `expired`.
    closed_by(ClosedBy) {
        ClosedBy::Exit(ExitReason::ProfitTarget) => "exit-profit-target",
        ClosedBy::Exit(ExitReason::StopLoss) => "exit-stop-loss",
        ClosedBy::Exit(ExitReason::TrailingStop) => "exit-trailing-stop",
        ClosedBy::Exit(ExitReason::TimeStop) => "exit-time-stop",
        ClosedBy::Exit(ExitReason::DaysToExpiry) => "exit-days-to-expiry",
        ClosedBy::Exit(ExitReason::Expiry) => "exit-expiry",
        ClosedBy::Exit(ExitReason::Assignment) => "exit-assignment",
        ClosedBy::Exit(ExitReason::Human) => "exit-human",
        ClosedBy::Exit(ExitReason::Brake) => "exit-brake",
        ClosedBy::Expired => "closed-expired",
        ClosedBy::Assigned => "closed-assigned",
        ClosedBy::Exercised => "closed-exercised",
        ClosedBy::Outside => "closed-outside",
    }
}

words! {
    /// Why a person said no, as a button says it: `Too much at stake`.
    decline_reason(DeclineReason) {
        DeclineReason::Risk => "decline-risk",
        DeclineReason::Price => "decline-price",
        DeclineReason::Timing => "decline-timing",
        DeclineReason::Idea => "decline-idea",
        DeclineReason::Other => "decline-other",
    }
}

words! {
    /// What the worst loss leaves out.
    omission(Omission) {
        Omission::EarlyAssignment => "omission-early-assignment",
        Omission::Pin => "omission-pin",
        Omission::AfterHoursGap => "omission-after-hours-gap",
    }
}

words! {
    /// A limit's name: `Worst loss per ticket`.
    limit(LimitCode) {
        LimitCode::WorstLossPerTicket => "limit-worst-loss-per-ticket",
        LimitCode::ContractsPerOrder => "limit-contracts-per-order",
        LimitCode::ValuePerOrder => "limit-value-per-order",
        LimitCode::OpenPositions => "limit-open-positions",
        LimitCode::ExposurePerUnderlying => "limit-exposure-per-underlying",
        LimitCode::OrdersPerMinute => "limit-orders-per-minute",
        LimitCode::OrdersPerDay => "limit-orders-per-day",
        LimitCode::DailyLoss => "limit-daily-loss",
        LimitCode::QuoteAge => "limit-quote-age",
        LimitCode::Spread => "limit-spread",
        LimitCode::Drift => "limit-drift",
    }
}

words! {
    /// A role: `trader`.
    role(Role) {
        Role::Viewer => "role-viewer",
        Role::Trader => "role-trader",
        Role::Admin => "role-admin",
    }
}

words! {
    /// A surface: `web console`.
    surface(Surface) {
        Surface::Terminal => "surface-terminal",
        Surface::Web => "surface-web",
        Surface::Cli => "surface-cli",
        Surface::Telegram => "surface-telegram",
        Surface::Discord => "surface-discord",
    }
}

words! {
    /// Where a price came from: `synthetic market`.
    source(Source) {
        Source::Synthetic => "source-synthetic",
        Source::Replay => "source-replay",
        Source::Scripted => "source-scripted",
        Source::Live => "source-live",
    }
}

words! {
    /// Why a quote cannot be believed: `the quote is stale`.
    quote_fault(QuoteFault) {
        QuoteFault::Missing => "quote-missing",
        QuoteFault::Stale => "quote-stale",
        QuoteFault::Future => "quote-future",
        QuoteFault::Negative => "quote-negative",
        QuoteFault::NoBid => "quote-no-bid",
        QuoteFault::NoAsk => "quote-no-ask",
        QuoteFault::Crossed => "quote-crossed",
        QuoteFault::Wide => "quote-wide",
    }
}

words! {
    /// A structure's name: `bull call spread`.
    structure_kind(StructureKind) {
        StructureKind::LongCall => "structure-long-call",
        StructureKind::LongPut => "structure-long-put",
        StructureKind::BullCallSpread => "structure-bull-call-spread",
        StructureKind::BearPutSpread => "structure-bear-put-spread",
        StructureKind::BullPutSpread => "structure-bull-put-spread",
        StructureKind::BearCallSpread => "structure-bear-call-spread",
    }
}

/// A stored word for a ticket's state (`TicketState::name`), as people read it.
pub fn ticket_state(name: &str, locale: &Locale) -> String {
    let key = match name {
        "offered" => "ticket-offered",
        "confirmed" => "ticket-confirmed",
        "declined" => "ticket-declined",
        "expired" => "ticket-expired",
        "withdrawn" => "ticket-withdrawn",
        "lapsed" => "ticket-lapsed",
        other => return plain(other),
    };
    locale.say(key)
}

/// A stored code of a veto, as people read it.
pub fn veto_code(code: &str, locale: &Locale) -> String {
    let key = match code {
        "calendar" => "veto-code-calendar",
        "no_contract" => "veto-code-no-contract",
        "liquidity" => "veto-code-liquidity",
        "data_quality" => "veto-code-data-quality",
        "duplicate" => "veto-code-duplicate",
        "limit" => "veto-code-limit",
        "trading" => "veto-code-trading",
        "not_scanned" => "veto-code-not-scanned",
        "news" => "veto-code-news",
        "lapsed" => "veto-code-lapsed",
        other => return plain(other),
    };
    locale.say(key)
}

/// Why a strategy noticed nothing, by the code of its reason.
pub fn quiet(code: &str, locale: &Locale) -> String {
    let key = match code {
        "closed" => "quiet-closed",
        "too_late" => "quiet-too-late",
        "too_early" => "quiet-too-early",
        "gaps" => "quiet-gaps",
        "stale" => "quiet-stale",
        "still" => "quiet-still",
        "no_trend" => "quiet-no-trend",
        "against_slope" => "quiet-against-slope",
        "not_confirmed" => "quiet-not-confirmed",
        "weak" => "quiet-weak",
        other => return plain(other),
    };
    locale.say(key)
}

/// A name from a file or a program, with spaces for its underscores.
pub(crate) fn plain(name: &str) -> String {
    verbatim(&name.replace('_', " "))
}
