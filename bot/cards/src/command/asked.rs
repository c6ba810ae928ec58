//! What was asked for, as typed values.

use countersign_domain::{
    instrument::Symbol, limits::LimitCode, money::Usd, operator::Role, trading::TradingState,
};
use jiff::{
    SignedDuration,
    civil::{Date, Time},
};
use rust_decimal::Decimal;

use super::{exits::PlanChange, fragment::Fragment, idea::Proposal, names::Command, words::worded};
use crate::locale::Language;

/// A command that was understood. What its ids stand for is looked up by who carries it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// What there is to ask for, or how one command is used.
    Help(Option<Command>),
    /// How the desk stands.
    Status,
    /// Put the board up here.
    Board,
    /// What is held.
    Positions,
    /// One position.
    Position(Fragment),
    /// Profit and loss.
    Profit(Period),
    /// The account.
    Account,
    /// Greeks of one position, or of everything.
    Greeks(Option<Fragment>),
    /// The tickets.
    Tickets,
    /// One ticket.
    Ticket(Fragment),
    /// What led to a ticket and what became of it.
    Why(Fragment),
    /// The signals.
    Signals,
    /// One signal.
    Signal(Fragment),
    /// Why nothing is offered on this underlying.
    WhyNot(Symbol),
    /// The news on an underlying, or all of it.
    News(Option<Symbol>),
    /// Let a veto of the news pass for so long; `None` lets it count again.
    LetPass(LettingPass),
    /// The orders.
    Orders,
    /// What happened.
    History,
    /// The price of an underlying.
    Quote(Symbol),
    /// Its options, of one expiry or the next.
    Chain(Symbol, Option<Date>),
    /// The report of a day, or of the last one.
    Report(Option<Date>),
    /// Close something.
    Close(Closing),
    /// Cancel what is unfilled of an order.
    Cancel(Fragment),
    /// Hold a position's automatic exits for so long; `None` lets them go on.
    Hold(Fragment, Option<SignedDuration>),
    /// Change a position's exit plan.
    ExitPlan(Fragment, PlanChange),
    /// Propose a ticket.
    Propose(Box<Proposal>),
    /// Look at the market now.
    Scan,
    /// What is watched, or a change of it.
    Watchlist(Watching),
    /// The strategies, or a change of one.
    Strategies(Switching),
    /// The limits, or a change of one; `None` shows them.
    Limits(Option<LimitChange>),
    /// Something about an override.
    Override(Overriding),
    /// The overrides.
    Overrides,
    /// The standing approvals, or a change of them.
    Approve(Approving),
    /// Another trading state, with a reason.
    Trading(TradingState, Option<String>),
    /// Halt and close everything, with a reason.
    Panic(Option<String>),
    /// The audit log.
    Audit(Audited),
    /// A file of what was executed and decided on some days.
    Export(Format, Days),
    /// How somebody is told things, or a change of it.
    Settings(Setting),
    /// A code for another surface, or the one that it gave.
    Link(Option<String>),
    /// Who is asking.
    WhoAmI,
    /// Who may do what, or a change of it.
    Perms(Granting),
    /// Whether a press comes back.
    Ping,
    /// Which version runs.
    Version,
}

worded! {
    /// A stretch of time until now, in New York days.
    Period {
        /// Today.
        Day = "day",
        /// This week.
        Week = "week",
        /// This month.
        Month = "month",
        /// Everything.
        All = "all",
    }
}

/// What the audit log is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audited {
    /// Whatever happened last.
    Newest,
    /// Today.
    Today,
    /// A ticket, an order or a position by its id or the end of it, or a person.
    About(String),
}

/// Some New York days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// Those of a stretch of time until now.
    Of(Period),
    /// From one to another, both included.
    Between(Date, Date),
}

worded! {
    /// How a file is written.
    Format {
        /// Comma-separated rows.
        Csv = "csv",
        /// JSON.
        Json = "json",
    }
}

worded! {
    /// How loudly something is told.
    Volume {
        /// With a sound.
        Loud = "loud",
        /// Without.
        Silent = "silent",
        /// Not at all.
        Off = "off",
    }
}

worded! {
    /// Whose settings.
    Scope {
        /// Those of who asks.
        Me = "me",
        /// Those of the chat.
        Chat = "chat",
    }
}

/// What to close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closing {
    /// One position.
    One(Fragment),
    /// Every position that is in profit.
    Profitable,
    /// Every position that expires in the next session.
    Expiring,
    /// Every position.
    All,
}

/// The watchlist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watching {
    /// Show it.
    Show,
    /// Watch this too.
    Add(Symbol),
    /// Watch this no more.
    Remove(Symbol),
}

/// The strategies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Switching {
    /// Show them.
    Show,
    /// Let this one raise signals.
    On(String),
    /// Let it raise none.
    Off(String),
}

/// Which veto of the news is let pass, for how long and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LettingPass {
    /// For which underlying.
    pub symbol: Symbol,
    /// The name of the veto's reason.
    pub veto: String,
    /// For how long; `None` lets it count again.
    pub lasting: Option<SignedDuration>,
    /// Why.
    pub reason: Option<String>,
}

/// A limit and what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitChange {
    /// Which.
    pub code: LimitCode,
    /// The new ceiling, in the limit's unit.
    pub value: Decimal,
}

/// How long an override is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasting {
    /// For one use.
    Once,
    /// For so long from now.
    For(SignedDuration),
    /// Until this time of today, in New York.
    Until(Time),
}

/// Overrides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overriding {
    /// Ask for one.
    Ask {
        /// Which limit, and how far.
        change: LimitChange,
        /// How long.
        lasting: Lasting,
        /// Why.
        reason: String,
    },
    /// Grant one that was asked for.
    Grant(Fragment),
    /// Refuse it.
    Refuse(Fragment),
    /// End one that was granted.
    Revoke(Fragment),
}

/// The bounds of a standing approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Tickets per New York day at most.
    pub per_day: u32,
    /// Worst loss per ticket at most.
    pub loss_per_ticket: Usd,
    /// Worst loss per New York day at most.
    pub loss_per_day: Usd,
    /// For how long from now.
    pub lasting: SignedDuration,
    /// This underlying alone.
    pub underlying: Option<Symbol>,
    /// This strategy alone.
    pub strategy: Option<String>,
}

/// Standing approvals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approving {
    /// Show them.
    Show,
    /// Sign one.
    Sign(Bounds),
    /// Revoke one.
    Revoke(Fragment),
}

/// How somebody is told things. A scope that was not named is the surface's to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Show it.
    Show,
    /// How loudly one kind of notification is told.
    Notify {
        /// Which kind.
        notice: String,
        /// How loudly.
        volume: Volume,
        /// For whom.
        scope: Option<Scope>,
    },
    /// When nothing makes a sound; `None` for never.
    Quiet {
        /// From when until when.
        hours: Option<(Time, Time)>,
        /// In which time zone, when another than before.
        zone: Option<String>,
        /// For whom.
        scope: Option<Scope>,
    },
    /// In which language.
    Language {
        /// Which.
        language: Language,
        /// For whom.
        scope: Option<Scope>,
    },
}

/// Who may do what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Granting {
    /// Show it.
    Show,
    /// Give somebody a role.
    Grant {
        /// Whom, as the surface or the desk calls them.
        person: String,
        /// Which.
        role: Role,
    },
    /// Take somebody's role away.
    Revoke {
        /// Whose.
        person: String,
    },
}
