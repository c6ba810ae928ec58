//! Read models: everything that a card or a page draws, as typed values. Surfaces see only these.

mod news;

use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    event::{Alarm, Event},
    execution::Execution,
    exit::{ExitReason, ExitState},
    ids::{AccountId, DeskId, TicketId},
    instrument::Symbol,
    limits::LimitCode,
    money::{Percent, Price, Usd},
    notices::Notice,
    operator::{Actor, Identity},
    order::Order,
    overrides::{Override, Passed},
    position::Position,
    quote::{Mark, Quote},
    refusal::Refusal,
    scanning::Said,
    signal::{Evidence, Signal},
    standing::Standing,
    ticket::Ticket,
    trading::TradingState,
};

pub use news::{
    AgainstView, BudgetView, Deed, ModelEngine, NewsDeed, NewsSourceView, NewsView, PassView,
    ReaderView, StoryView, WhyNotView,
};

/// Whether orders reach real money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A simulated account.
    Paper,
    /// Real money.
    Live,
}

/// Whose card it is: stands on every one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The desk.
    pub desk: DeskId,
    /// Its name.
    pub name: String,
    /// Paper or live.
    pub mode: Mode,
    /// The broker's account.
    pub account: AccountId,
    /// The desk's time when the view was made.
    pub now: Timestamp,
    /// How much later it was first shown there than it came about, where that was much.
    #[serde(default)]
    pub late: Option<SignedDuration>,
}

/// What is drawn: one card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// A ticket through its whole life: offer, order, position, exit, profit.
    Ticket(Box<TicketView>),
    /// A position by itself, from its first execution to its last.
    Position(Box<PositionCard>),
    /// The desk at a glance.
    Board(Box<BoardView>),
    /// The end of a day.
    Report(Box<ReportView>),
    /// An override, or a looser limit, from when it is asked for until it is over.
    Override(Box<OverrideCard>),
    /// What quiet hours took the sound from.
    Digest(Box<DigestView>),
    /// Something that a person has to know now.
    Alarm {
        /// Whose.
        header: Header,
        /// What.
        alarm: Alarm,
        /// When it was raised.
        at: Timestamp,
        /// Whether somebody answered; `None` for one that waits for nobody.
        alert: Option<Box<AlertView>>,
    },
}

impl View {
    /// What stands on every card.
    pub const fn header(&self) -> &Header {
        match self {
            Self::Ticket(view) => &view.header,
            Self::Position(view) => &view.header,
            Self::Board(view) => &view.header,
            Self::Report(view) => &view.header,
            Self::Override(view) => &view.header,
            Self::Digest(view) => &view.header,
            Self::Alarm { header, .. } => header,
        }
    }

    /// The same, to be changed.
    pub const fn header_mut(&mut self) -> &mut Header {
        match self {
            Self::Ticket(view) => &mut view.header,
            Self::Position(view) => &mut view.header,
            Self::Board(view) => &mut view.header,
            Self::Report(view) => &mut view.header,
            Self::Override(view) => &mut view.header,
            Self::Digest(view) => &mut view.header,
            Self::Alarm { header, .. } => header,
        }
    }
}

/// What quiet hours held back in a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DigestView {
    /// Whose.
    pub header: Header,
    /// From when on.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// How many of each notice; none that there was none of.
    pub counts: Vec<(Notice, u64)>,
    /// The newest of them, oldest first.
    pub newest: Vec<Event>,
}

/// How an alarm that waits for somebody stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertView {
    /// Whose.
    pub desk: DeskId,
    /// Its number there.
    pub number: u32,
    /// How it ended, and when.
    pub end: Option<(AlertEnd, Timestamp)>,
    /// To whom it went on with this card.
    pub called: Option<Called>,
}

/// How an alarm came to wait for nobody any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertEnd {
    /// Somebody said that they have it in hand.
    Seen(Actor),
    /// Somebody did what it asks for.
    Answered(Actor),
    /// Its cause is gone.
    Over,
    /// Too many wait: newer ones took its place.
    Crowded,
}

/// That an alarm went on, since nobody had answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// When.
    pub at: Timestamp,
    /// Who is asked; `None` for everybody in the room.
    pub name: Option<String>,
    /// Where they are known.
    pub identities: Vec<Identity>,
}

/// A ticket and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TicketView {
    /// Whose.
    pub header: Header,
    /// The ticket.
    pub ticket: Ticket,
    /// The signal behind it.
    pub signal: Option<Signal>,
    /// The entry order, once confirmed.
    pub entry: Option<Order>,
    /// The position, once something was filled.
    pub position: Option<PositionView>,
}

/// A position with what it is worth now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PositionView {
    /// The position.
    pub position: Position,
    /// The exit order that is or was last on its way.
    pub exit: Option<Order>,
    /// Every execution, oldest first.
    pub executions: Vec<Execution>,
    /// The believed mark of each holding.
    pub marks: Vec<Option<Mark>>,
    /// The price of the underlying now; `None` where nobody quotes it.
    #[serde(default)]
    pub spot: Option<Price>,
    /// Open profit at the marks, before fees; `None` without marks.
    pub unrealised: Option<Usd>,
    /// What the exit rules remember.
    pub exit_state: ExitState,
    /// How far each armed exit is.
    pub distances: Vec<ExitDistance>,
    /// Greeks of the whole position; `None` without marks.
    pub greeks: Option<PositionGreeks>,
}

impl PositionView {
    /// Profit taken and open together, after fees; `None` without marks.
    pub fn profit(&self) -> Option<Usd> {
        let open = if self.position.is_flat() {
            Some(Usd::ZERO)
        } else {
            self.unrealised
        };
        open.map(|open| self.position.realised() + open - self.position.fees)
    }
}

/// A position by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PositionCard {
    /// Whose.
    pub header: Header,
    /// The position; its ticket is named there.
    pub view: PositionView,
    /// Its entry order.
    pub entry: Option<Order>,
}

/// How far an exit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExitDistance {
    /// Which exit.
    pub reason: ExitReason,
    /// What is left until it fires.
    pub left: Distance,
}

/// What is left until an exit fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Distance {
    /// Dollars of open profit away; zero when it fires now.
    Profit(Usd),
    /// Fires at this time.
    At(Timestamp),
    /// Calendar days away.
    Days(i64),
    /// Follows only above this open profit.
    ArmsAt {
        /// The profit in dollars.
        profit: Usd,
        /// The same as a share of the premium.
        percent: Percent,
    },
}

/// Greeks of a whole position.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PositionGreeks {
    /// Dollars per dollar that the underlying rises.
    pub delta: f64,
    /// Change of delta per dollar that the underlying rises.
    pub gamma: f64,
    /// Dollars per calendar day.
    pub theta: f64,
    /// Dollars per volatility point.
    pub vega: f64,
}

/// The account as somebody asks for it: what the broker says of the money, and what is held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountView {
    /// Whose.
    pub header: Header,
    /// Settled and unsettled cash, dollars.
    pub cash: Usd,
    /// Dollars that new orders may still bind.
    pub buying_power: Usd,
    /// Positions that are not closed.
    pub positions: Vec<PositionView>,
    /// Standing approvals that are live.
    pub standing: Vec<Standing>,
}

/// How much of a limit is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitUse {
    /// Which.
    pub code: LimitCode,
    /// Used, in the limit's unit.
    #[serde(with = "crate::decimal")]
    pub used: rust_decimal::Decimal,
    /// The ceiling, in the limit's unit.
    #[serde(with = "crate::decimal")]
    pub bound: rust_decimal::Decimal,
}

/// One line of health.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// The monitor's ticks.
    Monitor {
        /// Ticks run.
        ticks: u64,
        /// Ticks skipped because one overran.
        skipped: u64,
        /// When the last one ran.
        last: Option<Timestamp>,
    },
    /// The feed: rows kept, dropped, and the newest quote.
    Feed {
        /// Rows that were used.
        kept: u64,
        /// Rows dropped, all reasons together.
        dropped: u64,
        /// When the newest quote became visible.
        newest: Option<Timestamp>,
    },
    /// Effects that wait to be performed.
    Outbox {
        /// How many.
        waiting: u64,
    },
    /// The broker's connection.
    Broker {
        /// True while it answers.
        reachable: bool,
    },
    /// The store.
    Store {
        /// True while it commits.
        committing: bool,
    },
}

/// An override, or a looser limit, by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideCard {
    /// Whose.
    pub header: Header,
    /// What was asked for, and where it stands.
    pub one: Override,
    /// People who still have to grant it, beside who asked; zero once it is decided.
    pub missing: u32,
}

/// That an entry passed a limit with an override.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideUse {
    /// Whose entry.
    pub ticket: TicketId,
    /// Which limit, and with which override.
    pub passed: Passed,
    /// When.
    pub at: Timestamp,
}

/// The desk at a glance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoardView {
    /// Whose.
    pub header: Header,
    /// Whether it trades.
    pub trading: TradingState,
    /// Offered tickets, oldest first.
    pub offered: Vec<TicketId>,
    /// Positions that are not closed, oldest first.
    pub positions: Vec<PositionView>,
    /// Profit taken today, after fees.
    pub realised_today: Usd,
    /// Open profit of all positions, before fees; marks that are missing count as zero.
    pub unrealised: Usd,
    /// How much of each limit is used.
    pub limits: Vec<LimitUse>,
    /// Live standing approvals.
    pub standing: Vec<Standing>,
    /// Overrides and changes of limits that are asked for, and overrides that hold.
    pub overrides: Vec<Override>,
    /// What passed a limit with an override today, oldest first; also where that one is over.
    #[serde(default)]
    pub passed: Vec<OverrideUse>,
    /// When the next scan is due.
    pub next_scan: Option<Timestamp>,
    /// How the parts are.
    pub health: Vec<Health>,
}

/// One closed trade in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TradeLine {
    /// The position as it ended.
    pub position: Position,
    /// Profit after fees.
    pub profit: Usd,
}

/// The end of a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportView {
    /// Whose.
    pub header: Header,
    /// The New York day.
    pub date: Date,
    /// Trades closed on that day.
    pub trades: Vec<TradeLine>,
    /// Positions still open.
    pub open: Vec<PositionView>,
    /// Profit taken, before fees.
    pub realised: Usd,
    /// Fees paid.
    pub fees: Usd,
    /// Open profit, before fees.
    pub unrealised: Usd,
    /// Tickets of that day by the word of their state.
    pub tickets: Vec<(String, u64)>,
    /// Signals of that day that were not traded, by underlying, with the reason's code.
    pub vetoed: Vec<(Symbol, String, u64)>,
    /// Jobs whose slot was missed, with how many.
    pub missed: Vec<(String, u64)>,
}

/// What a press or command came to, for the person who made it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused.
    Refused(Refusal),
}

/// What a period came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfitView {
    /// Whose.
    pub header: Header,
    /// The first New York day of it; `None` from the beginning on.
    pub from: Option<Date>,
    /// Trades closed since then, oldest first.
    pub trades: Vec<TradeLine>,
    /// Open profit of what is held, before fees; `None` without marks.
    pub unrealised: Option<Usd>,
}

/// One strike of a chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChainRow {
    /// The strike per share.
    pub strike: Price,
    /// The call's quote, if there is one.
    pub call: Option<Quote>,
    /// The put's quote, if there is one.
    pub put: Option<Quote>,
}

/// The options of one expiry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChainView {
    /// Whose.
    pub header: Header,
    /// On what.
    pub underlying: Symbol,
    /// Its quote, if there is one.
    pub spot: Option<Quote>,
    /// The expiry.
    pub expiry: Date,
    /// The strikes, ascending.
    pub rows: Vec<ChainRow>,
}

/// What a look at one underlying by one strategy came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Looked {
    /// Nothing was noticed; the strategy's reason and its figures.
    Quiet {
        /// The reason's code.
        reason: String,
        /// The figures behind it.
        evidence: Vec<Evidence>,
    },
    /// The feed had no answer, in its words.
    NoData(String),
    /// A signal was raised; what became of it.
    Raised(Box<Signal>),
    /// It does not look: somebody switched the strategy off.
    Off(Said),
}

/// A symbol that is watched, or was until somebody said otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchedView {
    /// Which.
    pub symbol: Symbol,
    /// True when it is configured.
    pub configured: bool,
    /// True when it is scanned.
    pub watched: bool,
    /// Who made it other than configured.
    pub said: Option<Said>,
}

/// One look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LookView {
    /// By which strategy.
    pub strategy: String,
    /// When.
    pub at: Timestamp,
    /// What it came to.
    pub looked: Looked,
}

/// A strategy and whether it may raise signals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrategyView {
    /// Its name.
    pub name: String,
    /// Who switched it off; `None` while it may.
    pub off: Option<Said>,
    /// Signals that it raised today.
    pub signals: u64,
    /// Tickets that came of them.
    pub tickets: u64,
}

/// What the audit log says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditView {
    /// Whose.
    pub header: Header,
    /// What happened, newest first.
    pub events: Vec<Event>,
    /// True when there may be older events than these.
    pub cut: bool,
    /// Whether the chain is whole, where that was checked.
    pub chain: Option<Chain>,
}

/// Whether each row of the audit log follows from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chain {
    /// All of them do.
    Whole {
        /// How many.
        rows: u64,
    },
    /// This one does not: it was edited, removed or put in another order.
    Broken {
        /// Sequence number of its unit.
        seq: u64,
        /// Its place in that unit.
        index: u32,
    },
    /// They end before the head that was committed.
    Cut {
        /// How many are left.
        rows: u64,
    },
}

/// What happened around a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrailView {
    /// Whose.
    pub header: Header,
    /// The ticket.
    pub ticket: Ticket,
    /// The signal behind it.
    pub signal: Option<Signal>,
    /// What happened to it, its orders and its position, and what was heard of its underlying, oldest
    /// first.
    pub events: Vec<Event>,
    /// Stories of low impact that were heard as well and did nothing to it.
    pub quiet: u32,
    /// True when older events are in the audit log alone.
    pub cut: bool,
}
