//! What a unit of work sees: everything of a desk that is alive.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    execution::Execution,
    exit::ExitState,
    ids::{
        AccountId, DeskId, OperatorId, OrderId, OverrideId, PositionId, SignalId, StandingId,
        StoryId, TapId, TicketId,
    },
    limits::{LimitCode, Limits},
    money::Usd,
    news::Judged,
    operator::{Identity, Operator, Room},
    order::Order,
    overrides::Override,
    position::Position,
    scanning::Scanning,
    signal::Signal,
    standing::Standing,
    ticket::{Ticket, TicketState},
    trading::TradingState,
    view::{Mode, OverrideUse},
};
use imbl::OrdMap;
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    alerts::Alerts,
    manners::AllManners,
    news::{LetPass, NewsSource},
    people::{CodeHash, LinkCode, WrongCodes},
    twice::Tap,
};

/// A desk's own row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskRow {
    /// Its id.
    pub id: DeskId,
    /// Its name.
    pub name: String,
    /// The broker's account; unique over all desks.
    pub account: AccountId,
    /// Paper or live.
    pub mode: Mode,
    /// Whether it trades.
    pub trading: TradingState,
    /// The state to which a clean recovery returns.
    pub wanted: TradingState,
    /// True from a flatten until somebody trades again: whatever is held then is closed, and
    /// closed again, until nothing is left.
    #[serde(default)]
    pub flat_wanted: bool,
    /// Starts in a row without a clean end.
    pub starts: u32,
    /// When the last of them was.
    pub started_at: Option<Timestamp>,
    /// Its ceilings: the configured ones, or what people made of them since.
    pub limits: Limits,
    /// Its ceilings as they were configured last; `None` before the first time.
    #[serde(default)]
    pub configured: Option<Limits>,
    /// Where its cards are shown.
    #[serde(alias = "surfaces")]
    pub rooms: Vec<Room>,
    /// Rooms that have another number on their platform than the one they were configured with.
    #[serde(default)]
    pub moved: BTreeMap<Room, i64>,
    /// How rooms and people are told things.
    #[serde(default)]
    pub manners: AllManners,
    /// What people changed of what is configured to be scanned.
    #[serde(default)]
    pub scanning: Scanning,
    /// Critical alarms that wait for somebody.
    #[serde(default)]
    pub alerts: Alerts,
    /// Vetoes of the news that admins let pass, until a while after their time.
    #[serde(default)]
    pub let_pass: Vec<LetPass>,
}

impl DeskRow {
    /// The ceilings as they were configured last.
    pub fn configured(&self) -> &Limits {
        self.configured.as_ref().unwrap_or(&self.limits)
    }

    /// What a looser ceiling is measured by: the one that holds or the configured one, whichever is
    /// lower, so that many small steps are one large one.
    pub fn ceiling(&self, code: LimitCode) -> Decimal {
        self.limits.get(code).min(self.configured().get(code))
    }
}

/// What a desk did on one New York day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTotals {
    /// The day; `None` before the first.
    pub date: Option<Date>,
    /// When each entry was written down to be sent, oldest first.
    pub entries: Vec<Timestamp>,
    /// Profit taken, before fees.
    pub realised: Usd,
    /// Fees paid.
    pub fees: Usd,
    /// Slots of jobs that nothing ran, by job.
    #[serde(default)]
    pub missed: BTreeMap<String, u64>,
    /// Entries that passed a limit with an override, oldest first.
    #[serde(default)]
    pub passed: Vec<OverrideUse>,
}

impl DayTotals {
    /// The totals of `date`: these, or empty ones when these are of another day.
    #[must_use]
    pub fn on(&self, date: Date) -> Self {
        if self.date == Some(date) {
            self.clone()
        } else {
            Self {
                date: Some(date),
                ..Self::default()
            }
        }
    }
}

/// Everything of a desk that is alive, as of one sequence number. Cheap to clone: the maps share
/// what did not change.
///
/// Alive are: offered tickets, and tickets with a live order or an open position; live orders and
/// every order of an open position; positions that are not closed, with their executions; every
/// operator, and every standing approval and override that has not ended; codes and second presses
/// that count, or did a while ago. What a unit names in
/// [`crate::work::Work::needs`] is here as well.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The desk's sequence number.
    pub seq: u64,
    /// Its row.
    pub desk: DeskRow,
    /// Who may act.
    pub operators: OrdMap<OperatorId, Arc<Operator>>,
    /// Signals that are not screened yet, and those behind living tickets.
    pub signals: OrdMap<SignalId, Arc<Signal>>,
    /// Living tickets.
    pub tickets: OrdMap<TicketId, Arc<Ticket>>,
    /// Living orders.
    pub orders: OrdMap<OrderId, Arc<Order>>,
    /// Living positions.
    pub positions: OrdMap<PositionId, Arc<Position>>,
    /// Executions of living positions, in the order in which they were taken in.
    pub executions: OrdMap<PositionId, Arc<Vec<Execution>>>,
    /// What the exit rules remember of living positions.
    pub exit_states: OrdMap<PositionId, ExitState>,
    /// Standing approvals that have not ended.
    pub standing: OrdMap<StandingId, Arc<Standing>>,
    /// Overrides that have not ended.
    pub overrides: OrdMap<OverrideId, Arc<Override>>,
    /// The newest day's totals.
    pub day: DayTotals,
    /// Operators as the configuration last named them, also those whom an admin took off since.
    pub configured: OrdMap<OperatorId, Arc<Operator>>,
    /// Link codes, until a while after their time.
    pub codes: OrdMap<CodeHash, Arc<LinkCode>>,
    /// Who entered codes that did not count, until a while after the last of them.
    pub wrong_codes: OrdMap<Identity, Arc<WrongCodes>>,
    /// Second presses that are waited for, until a while after their time.
    pub taps: OrdMap<TapId, Arc<Tap>>,
    /// Stories that still count.
    pub stories: OrdMap<StoryId, Arc<Judged>>,
    /// Where each source of news stands.
    pub sources: OrdMap<String, Arc<NewsSource>>,
}

impl Seen {
    /// An empty desk.
    pub fn of(desk: DeskRow) -> Self {
        Self {
            seq: 0,
            desk,
            operators: OrdMap::new(),
            signals: OrdMap::new(),
            tickets: OrdMap::new(),
            orders: OrdMap::new(),
            positions: OrdMap::new(),
            executions: OrdMap::new(),
            exit_states: OrdMap::new(),
            standing: OrdMap::new(),
            overrides: OrdMap::new(),
            day: DayTotals::default(),
            configured: OrdMap::new(),
            codes: OrdMap::new(),
            wrong_codes: OrdMap::new(),
            taps: OrdMap::new(),
            stories: OrdMap::new(),
            sources: OrdMap::new(),
        }
    }

    /// The operator that a surface knows as `identity`, when on the allow-list.
    pub fn operator(&self, identity: &Identity) -> Option<&Arc<Operator>> {
        self.operators
            .values()
            .find(|operator| operator.identities.contains(identity))
    }

    /// Positions that are not closed.
    pub fn open_positions(&self) -> impl Iterator<Item = &Arc<Position>> {
        self.positions
            .values()
            .filter(|position| !position.state.is_closed())
    }

    /// Orders that the broker may still execute.
    pub fn live_orders(&self) -> impl Iterator<Item = &Arc<Order>> {
        self.orders.values().filter(|order| order.is_live())
    }

    /// Tickets that wait for a decision.
    pub fn offered(&self) -> impl Iterator<Item = &Arc<Ticket>> {
        self.tickets
            .values()
            .filter(|ticket| ticket.state.is_offered())
    }

    /// True while a ticket belongs here.
    pub fn ticket_lives(&self, ticket: &Ticket) -> bool {
        match &ticket.state {
            TicketState::Offered { .. } => true,
            TicketState::Confirmed { order, .. } => self
                .orders
                .get(order)
                .is_some_and(|order| self.order_lives(order)),
            _ => false,
        }
    }

    /// True while an order belongs here: live, or of a position that is not closed.
    pub fn order_lives(&self, order: &Order) -> bool {
        let held = self.positions.get(&order.position);
        order.is_live() || held.is_some_and(|position| !position.state.is_closed())
    }

    /// Drops everything that has ended. The store calls it after loading and after each commit
    /// that ended something or needed more than what is alive, so that memory holds what is alive
    /// and nothing else.
    #[must_use]
    pub fn pruned(mut self) -> Self {
        let orders = retained(&self.orders, |order| self.order_lives(order));
        self.orders = orders;
        let tickets = retained(&self.tickets, |ticket| self.ticket_lives(ticket));
        self.tickets = tickets;
        let behind: Vec<_> = self
            .tickets
            .values()
            .filter_map(|ticket| ticket.signal)
            .collect();
        self.signals = retained(&self.signals, |signal| {
            signal.state == countersign_domain::signal::SignalState::Raised
                || behind.contains(&signal.id)
        });
        self.positions = retained(&self.positions, |position| !position.state.is_closed());
        let open = &self.positions;
        let ended: Vec<_> = self
            .executions
            .keys()
            .filter(|id| !open.contains_key(*id))
            .copied()
            .collect();
        let forgotten: Vec<_> = self
            .exit_states
            .keys()
            .filter(|id| !open.contains_key(*id))
            .copied()
            .collect();
        for id in ended {
            self.executions.remove(&id);
        }
        for id in forgotten {
            self.exit_states.remove(&id);
        }
        self.standing = retained(&self.standing, |standing| standing.revoked_at.is_none());
        self.overrides = retained(&self.overrides, |one| !one.state.has_ended());
        self
    }
}

fn retained<K: Ord + Copy, V>(
    map: &OrdMap<K, Arc<V>>,
    keep: impl Fn(&V) -> bool,
) -> OrdMap<K, Arc<V>> {
    let mut kept = map.clone();
    let gone: Vec<K> = map
        .iter()
        .filter(|(_, value)| !keep(value))
        .map(|(key, _)| *key)
        .collect();
    for key in gone {
        kept.remove(&key);
    }
    kept
}
