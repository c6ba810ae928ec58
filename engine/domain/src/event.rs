//! Events: what happened on a desk, who caused it, and what they saw. The rows of the audit chain.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    execution::Execution,
    exit::{ExitPlan, ExitReason},
    ids::{
        ExecutionId, OperatorId, OrderId, OverrideId, PositionId, Revision, SignalId, StandingId,
        StoryId, TicketId,
    },
    instrument::{Instrument, Symbol},
    limits::{LimitCode, Limits},
    money::{Price, Usd},
    news::{Category, Decision, Judged},
    notices::MannersChange,
    operator::{Actor, Identity, Operator, Role, Room, Surface},
    order::{Order, OrderEvent, OrderState},
    overrides::{Override, Passed},
    position::{ClosedBy, PositionState},
    quote::Mark,
    refusal::Refusal,
    scanning::ScanChange,
    signal::{Signal, Veto},
    standing::Standing,
    ticket::{Confirmation, DeclineReason, LapseReason, SeenQuote, Terms, Ticket, WithdrawReason},
    trading::{Stop, TradingEvent, TradingState},
    unheard::Unheard,
    view::AlertEnd,
};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When, by the desk's clock.
    pub at: Timestamp,
    /// Who caused it.
    pub actor: Actor,
    /// The surface's own name of the press that caused it, such as its message and interaction;
    /// `None` where nobody pressed anything, or the press has no name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub press: Option<String>,
    /// What it was.
    pub fact: Fact,
}

/// What happened, with the inputs that it rested on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "data")]
pub enum Fact {
    /// The desk was set up, or its settings changed.
    DeskConfigured {
        /// The limits that hold from now on.
        limits: Limits,
        /// Whether orders reach a live account.
        live: bool,
        /// Ceilings that people changed and that stay as they set them, since the configured ones
        /// are what they were.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        kept: Vec<LimitCode>,
    },
    /// An operator was added, changed or (role `None`) removed.
    OperatorSet {
        /// The operator as they are now.
        operator: Operator,
        /// True when they may no longer act at all.
        removed: bool,
    },
    /// An operator asked for a link code, to be known on another surface.
    LinkAsked {
        /// Until when it counts.
        until: Timestamp,
    },
    /// An admin asked for a link code for somebody new.
    OperatorInvited {
        /// Who they will be.
        operator: OperatorId,
        /// What people will call them.
        name: String,
        /// What they will be allowed to do.
        role: Role,
        /// Until when the code counts.
        until: Timestamp,
    },
    /// An operator is known in one more place, by a link code.
    OperatorLinked {
        /// Who.
        operator: OperatorId,
        /// Their name.
        name: String,
        /// Where.
        identity: Identity,
    },
    /// An operator is no longer known there.
    OperatorUnlinked {
        /// Who.
        operator: OperatorId,
        /// Their name.
        name: String,
        /// Where.
        identity: Identity,
    },
    /// The trading state changed, or start-up confirmed it.
    TradingChanged {
        /// Before.
        from: TradingState,
        /// After.
        to: TradingState,
        /// What asked.
        event: TradingEvent,
        /// Why, in the words of who asked.
        reason: String,
    },
    /// A strategy noticed something.
    SignalRaised(Signal),
    /// A signal is not traded.
    SignalVetoed {
        /// Which.
        signal: SignalId,
        /// Why.
        why: Vec<Veto>,
    },
    /// A signal's time passed before it was screened.
    SignalLapsed(SignalId),
    /// A story was heard, read and judged, or read at last.
    StoryJudged(Box<Judged>),
    /// What the news means for an offered ticket changed for the worse, and its card says so.
    TicketWarned {
        /// Which.
        ticket: TicketId,
        /// What it means now.
        news: Box<Decision>,
    },
    /// An admin let a veto of the news pass, or (`until` is `None`) took that back.
    NewsLetPass {
        /// For which underlying.
        underlying: Symbol,
        /// The name of the veto's reason.
        name: String,
        /// Until when.
        until: Option<Timestamp>,
        /// Why, in their words.
        reason: String,
    },
    /// A ticket was offered.
    TicketOffered(Box<Ticket>),
    /// A ticket was edited or re-priced.
    TicketRevised {
        /// Which.
        ticket: TicketId,
        /// The new revision.
        revision: Revision,
        /// Before.
        before: Terms,
        /// After.
        after: Terms,
        /// The market that it rests on now.
        quote: SeenQuote,
    },
    /// A press or command was refused.
    Refused {
        /// Which verb.
        verb: String,
        /// About what, as an id.
        subject: String,
        /// Why.
        refusal: Refusal,
    },
    /// One yes of several.
    SaidYes {
        /// On which ticket.
        ticket: TicketId,
        /// The yes.
        confirmation: Confirmation,
    },
    /// The last yes.
    TicketConfirmed {
        /// Which ticket.
        ticket: TicketId,
        /// The yes, with the market that was seen.
        confirmation: Confirmation,
        /// The entry order.
        order: OrderId,
        /// What all that is in flight could lose before this one.
        exposure: Usd,
        /// The limits that it was checked against.
        limits: Limits,
    },
    /// A person said no.
    TicketDeclined {
        /// To which ticket.
        ticket: TicketId,
        /// Why.
        reason: DeclineReason,
    },
    /// Nobody decided in time.
    TicketExpired(TicketId),
    /// The desk took it back.
    TicketWithdrawn {
        /// Which ticket.
        ticket: TicketId,
        /// Why.
        reason: WithdrawReason,
    },
    /// Its entry was never sent.
    TicketLapsed {
        /// Which ticket.
        ticket: TicketId,
        /// Why.
        reason: LapseReason,
    },
    /// A viewer put it aside.
    TicketSnoozed {
        /// Which ticket.
        ticket: TicketId,
        /// Until when.
        until: Timestamp,
    },
    /// An order was written down, to be sent.
    OrderSubmitted(Box<Order>),
    /// An order moved.
    OrderMoved {
        /// Which.
        order: OrderId,
        /// What happened.
        event: OrderEvent,
        /// Before.
        from: OrderState,
        /// After.
        to: OrderState,
        /// The attempt that it happened to.
        attempt: u32,
        /// The net limit of that attempt.
        limit: Price,
        /// The broker's words, if it had any.
        said: Option<String>,
    },
    /// The broker executed something.
    Executed(Execution),
    /// The broker took an execution back.
    Busted(ExecutionId),
    /// A position came into being with its first execution.
    PositionOpened {
        /// Which.
        position: PositionId,
        /// From which ticket.
        ticket: TicketId,
    },
    /// A position moved.
    PositionMoved {
        /// Which.
        position: PositionId,
        /// Before.
        from: PositionState,
        /// After.
        to: PositionState,
    },
    /// An exit was decided.
    ExitDecided {
        /// Of which position.
        position: PositionId,
        /// Why.
        reason: ExitReason,
        /// The marks that it rests on, one for each holding.
        marks: Vec<Option<Mark>>,
        /// Open profit at those marks.
        open_profit: Option<Usd>,
        /// The best open profit so far.
        high_water: Usd,
    },
    /// The last of a position was closed.
    PositionClosed {
        /// Which.
        position: PositionId,
        /// How.
        by: ClosedBy,
        /// Profit before fees.
        realised: Usd,
        /// Fees of both ways.
        fees: Usd,
    },
    /// A position's exit plan was changed.
    ExitPlanChanged {
        /// Of which position.
        position: PositionId,
        /// Before.
        before: ExitPlan,
        /// After.
        after: ExitPlan,
    },
    /// A person holds a position's automatic exits, or let go (`until` in the past).
    ExitsHeld {
        /// Of which position.
        position: PositionId,
        /// Until when.
        until: Timestamp,
    },
    /// A standing approval was signed.
    StandingSigned(Standing),
    /// A standing approval was revoked, by hand or because its signer lost the right.
    StandingRevoked(StandingId),
    /// Somebody asked for an override, or to loosen a limit.
    OverrideAsked(Box<Override>),
    /// Somebody granted one.
    OverrideGranted {
        /// The override with this grant in it.
        granted: Box<Override>,
        /// How many grants are still missing; with none it holds.
        missing: u32,
    },
    /// Somebody refused to grant one.
    OverrideRefused(OverrideId),
    /// Somebody took one back, or the desk did: its limit was tightened, or whoever asked for it or
    /// granted it lost the right.
    OverrideRevoked(OverrideId),
    /// Its time passed.
    OverrideLapsed(OverrideId),
    /// An entry passed a limit with it.
    OverrideUsed {
        /// The entry's ticket.
        ticket: TicketId,
        /// Which override, and what passed.
        passed: Passed,
    },
    /// A limit was changed by people.
    LimitChanged {
        /// Which.
        code: LimitCode,
        /// Before.
        #[serde(with = "crate::decimal")]
        before: rust_decimal::Decimal,
        /// After.
        #[serde(with = "crate::decimal")]
        after: rust_decimal::Decimal,
        /// The granted ask that changed it; `None` for one that tightened it.
        asked: Option<OverrideId>,
    },
    /// Something a person has to know now.
    Alarm(Alarm),
    /// Nobody answered an alarm: it went on.
    AlarmCalled {
        /// Which.
        alarm: Alarm,
        /// To whom; `None` for a room.
        name: Option<String>,
    },
    /// An alarm waits for nobody any more.
    AlarmEnded {
        /// Which.
        alarm: Alarm,
        /// How.
        end: AlertEnd,
    },
    /// A reconciliation found the broker and us apart, and what was done about it.
    Mismatch {
        /// On what.
        instrument: Instrument,
        /// What we thought we hold.
        ours: i64,
        /// What the broker says.
        broker: i64,
    },
    /// A room has another number on its platform now.
    RoomMoved {
        /// Which, by the number that it was configured with.
        room: Room,
        /// The number that it has now.
        to: i64,
    },
    /// How a room, or with `None` the person who asked, is told things was changed.
    MannersChanged {
        /// Which room.
        room: Option<Room>,
        /// What was changed.
        change: MannersChange,
    },
    /// What is scanned was changed by people.
    ScanningChanged(ScanChange),
    /// Asks of people who are not on the list were refused and not written down one by one.
    StrangersUnheard {
        /// How many, since that was said last.
        count: u64,
    },
    /// Jobs that were due while nothing ran.
    SlotsMissed {
        /// Which job.
        job: String,
        /// How many.
        count: u64,
    },
}

/// Something that a person has to know now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alarm {
    /// An exit has walked all its steps and is not filled.
    ExitStuck {
        /// Of which position.
        position: PositionId,
        /// Steps walked.
        steps: u32,
    },
    /// An order that was given up turned up at the broker; it is being cancelled.
    LateOrder(OrderId),
    /// An order is in doubt and every lookup found nothing.
    NeverArrived(OrderId),
    /// The broker executed more than was ordered.
    Overfilled(OrderId),
    /// The legs of a position make up no whole units.
    LegsDiverged(PositionId),
    /// The broker said no to an exit.
    ExitRejected {
        /// Of which position.
        position: PositionId,
        /// In its words.
        said: String,
    },
    /// The broker holds something that we do not know, or lacks what we think we hold.
    Mismatch(Instrument),
    /// The store cannot commit; entries stop, exits go on.
    StoreDown(String),
    /// The broker cannot be reached.
    BrokerDown(String),
    /// The process crashed several times in a row; entries stay off until a person resumes.
    CrashLoop {
        /// Starts without a clean end, this one included.
        starts: u32,
    },
    /// A position has no believable mark.
    Unmarked(PositionId),
    /// News that matters much came about what a position is written on.
    News(Box<NewsOnHeld>),
    /// A room takes no cards any more: a person has to mend it there.
    RoomLost {
        /// Which.
        room: Room,
        /// In the platform's words.
        said: String,
        /// True where the bot's token is none, so that no room of the platform takes any.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        token: bool,
    },
    /// Nothing that is pressed on a surface is heard by this process.
    Deaf {
        /// Which.
        surface: Surface,
        /// Why.
        said: Unheard,
    },
    /// A room refused a card in every form: what it showed there before stays.
    CardRefused {
        /// Which.
        room: Room,
        /// In the platform's words.
        said: String,
    },
    /// Somebody who is not the platform posts to where it posts presses; all of it was refused.
    Forged {
        /// Which.
        surface: Surface,
        /// How often, until it was said.
        count: u32,
    },
    /// The desk was braked, halted, reduced or is being flattened.
    Stopped(Box<Stop>),
}

/// News that matters much about what a position is written on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsOnHeld {
    /// Which position.
    pub position: PositionId,
    /// On what.
    pub underlying: Symbol,
    /// The story.
    pub story: StoryId,
    /// What it is about.
    pub category: Category,
    /// Its headline.
    pub headline: String,
    /// Who published it.
    pub publisher: String,
    /// The stop that a button on its card may bring nearer.
    pub stop: Revision,
}
