//! A decision in the making: the desk as it would be, and everything to write down.

mod news;
mod people;

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    event::{Alarm, Event, Fact},
    execution::Execution,
    exit::ExitState,
    ids::{
        ExecutionId, OperatorId, OrderId, OverrideId, PositionId, SignalId, StandingId, StoryId,
        TapId, TicketId,
    },
    news::Judged,
    operator::{Actor, Identity, Operator},
    order::Order,
    overrides::Override,
    position::Position,
    signal::Signal,
    standing::Standing,
    ticket::Ticket,
};
use jiff::Timestamp;

use crate::{
    effect::Effect,
    news::NewsSource,
    people::{CodeHash, LinkCode, WrongCodes},
    ports::CardKey,
    seen::{DayTotals, DeskRow, Seen},
    twice::Tap,
};

/// The rows that a decision writes: the newest state of each, once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The desk's own row.
    pub desk: Option<DeskRow>,
    /// The day's totals.
    pub day: Option<DayTotals>,
    /// Operators; `None` removes one.
    pub operators: BTreeMap<OperatorId, Option<Arc<Operator>>>,
    /// Signals.
    pub signals: BTreeMap<SignalId, Arc<Signal>>,
    /// Tickets.
    pub tickets: BTreeMap<TicketId, Arc<Ticket>>,
    /// Orders.
    pub orders: BTreeMap<OrderId, Arc<Order>>,
    /// Positions.
    pub positions: BTreeMap<PositionId, Arc<Position>>,
    /// Executions, new or taken back.
    pub executions: BTreeMap<ExecutionId, Execution>,
    /// What the exit rules remember.
    pub exit_states: BTreeMap<PositionId, ExitState>,
    /// Standing approvals.
    pub standing: BTreeMap<StandingId, Arc<Standing>>,
    /// Overrides.
    pub overrides: BTreeMap<OverrideId, Arc<Override>>,
    /// Operators as the configuration names them; `None` forgets one.
    pub configured: BTreeMap<OperatorId, Option<Arc<Operator>>>,
    /// Link codes; `None` forgets one.
    pub codes: BTreeMap<CodeHash, Option<Arc<LinkCode>>>,
    /// Who entered codes that did not count; `None` forgets them.
    pub wrong_codes: BTreeMap<Identity, Option<Arc<WrongCodes>>>,
    /// Second presses that are waited for; `None` forgets one.
    pub taps: BTreeMap<TapId, Option<Arc<Tap>>>,
    /// Stories; `None` for one that counts no longer, and stays known.
    pub stories: BTreeMap<StoryId, Option<Arc<Judged>>>,
    /// Where sources of news stand.
    pub sources: BTreeMap<String, Arc<NewsSource>>,
}

/// A decision in the making. Reading it shows what was drafted so far.
#[derive(Clone, Debug)]
pub struct Draft {
    seen: Seen,
    now: Timestamp,
    actor: Actor,
    press: Option<String>,
    changes: Changes,
    events: Vec<Event>,
    effects: Vec<Effect>,
}

/// What is committed.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The desk after it, with everything that ended in it still there: see
    /// [`Changes::end_something`] and [`Seen::pruned`].
    pub seen: Seen,
    /// Rows to write.
    pub changes: Changes,
    /// Events to append, in order.
    pub events: Vec<Event>,
    /// Effects to put into the outbox, each once.
    pub effects: Vec<Effect>,
}

impl Changes {
    /// True when a board shows something of it.
    fn show_on_board(&self) -> bool {
        self.desk.is_some()
            || self.day.is_some()
            || !self.tickets.is_empty()
            || !self.orders.is_empty()
            || !self.positions.is_empty()
            || !self.standing.is_empty()
            || !self.overrides.is_empty()
    }

    /// True when something in it may have ended, so that memory should be pruned.
    pub fn end_something(&self) -> bool {
        self.orders.values().any(|order| !order.is_live())
            || self
                .positions
                .values()
                .any(|position| position.state.is_closed())
            || self.tickets.values().any(|ticket| ticket.is_settled())
            || self
                .standing
                .values()
                .any(|standing| standing.revoked_at.is_some())
            || self.overrides.values().any(|one| one.state.has_ended())
            || !self.signals.is_empty()
    }
}

impl Draft {
    /// A decision that starts from `seen`, whose `seq` is already the unit's own and which holds
    /// what the unit needs beside what is alive.
    pub fn new(seen: Seen, now: Timestamp) -> Self {
        Self {
            seen,
            now,
            actor: Actor::Desk,
            press: None,
            changes: Changes::default(),
            events: Vec::new(),
            effects: Vec::new(),
        }
    }

    /// What is committed: also the board is drawn where it shows what was changed.
    pub fn finish(mut self) -> Decision {
        let events = self.events.clone();
        if self.seen.desk.alerts.open().next().is_some() {
            self.end_alerts(&events);
        }
        let alarmed = |event: &Event| matches!(event.fact, Fact::Alarm(_));
        if self.changes.show_on_board() || self.events.iter().any(alarmed) {
            self.draw(CardKey::Board);
        }
        Decision {
            seen: self.seen,
            changes: self.changes,
            events: self.events,
            effects: self.effects,
        }
    }

    /// The desk as it would be.
    pub const fn seen(&self) -> &Seen {
        &self.seen
    }

    /// The time of the decision.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Says who causes what is drafted from here on; at first it is the desk itself.
    pub fn act_as(&mut self, actor: Actor) {
        self.actor = actor;
    }

    /// Who causes what is drafted now.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Says which press causes what is drafted from here on, by the surface's own name of it.
    pub fn pressed(&mut self, press: Option<String>) {
        self.press = press;
    }

    /// Notes what happened.
    pub fn note(&mut self, fact: Fact) {
        self.events.push(Event {
            at: self.now,
            actor: self.actor.clone(),
            press: self.press.clone(),
            fact,
        });
    }

    /// Notes something that a person has to know now, and has it drawn everywhere.
    pub fn alarm(&mut self, alarm: Alarm) {
        let index = u32::try_from(self.events.len()).unwrap_or(u32::MAX);
        self.note(Fact::Alarm(alarm.clone()));
        self.alert(index, alarm);
        self.draw(CardKey::Alarm(self.seen.seq, index));
    }

    /// Has something done outside after the commit.
    pub fn perform(&mut self, effect: Effect) {
        if !self.effects.contains(&effect) {
            self.effects.push(effect);
        }
    }

    /// Has a card drawn in all of the desk's rooms that are to show it.
    pub fn draw(&mut self, card: CardKey) {
        let rooms = self.seen.desk.rooms.clone().into_iter();
        for room in rooms.filter(|room| card.belongs_in(*room)) {
            self.perform(Effect::Draw { card, room });
        }
    }

    /// Writes the desk's own row.
    pub fn desk(&mut self, desk: DeskRow) {
        self.seen.desk = desk.clone();
        self.changes.desk = Some(desk);
    }

    /// Writes the day's totals.
    pub fn day(&mut self, day: DayTotals) {
        self.seen.day = day.clone();
        self.changes.day = Some(day);
    }

    /// Writes an operator.
    pub fn operator(&mut self, operator: Operator) {
        let operator = Arc::new(operator);
        self.seen.operators.insert(operator.id, operator.clone());
        self.changes.operators.insert(operator.id, Some(operator));
    }

    /// Takes an operator off the allow-list, and forgets how they wanted to be told things.
    pub fn remove_operator(&mut self, id: OperatorId) {
        self.seen.operators.remove(&id);
        self.changes.operators.insert(id, None);
        if self.seen.desk.manners.people.contains_key(&id) {
            let mut desk = self.seen.desk.clone();
            desk.manners.people.remove(&id);
            self.desk(desk);
        }
    }

    /// Writes a signal.
    pub fn signal(&mut self, signal: Signal) {
        let signal = Arc::new(signal);
        self.seen.signals.insert(signal.id, signal.clone());
        self.changes.signals.insert(signal.id, signal);
    }

    /// Writes a ticket and has its card drawn.
    pub fn ticket(&mut self, ticket: Ticket) {
        let ticket = Arc::new(ticket);
        self.seen.tickets.insert(ticket.id, ticket.clone());
        self.draw(CardKey::Ticket(ticket.id));
        self.changes.tickets.insert(ticket.id, ticket);
    }

    /// Writes an order.
    pub fn order(&mut self, order: Order) {
        let order = Arc::new(order);
        self.seen.orders.insert(order.id, order.clone());
        self.changes.orders.insert(order.id, order);
    }

    /// Writes a position and has its card and its ticket's drawn.
    pub fn position(&mut self, position: Position) {
        let position = Arc::new(position);
        self.seen.positions.insert(position.id, position.clone());
        self.draw(CardKey::Ticket(position.ticket));
        self.draw(CardKey::Position(position.id));
        self.changes.positions.insert(position.id, position);
    }

    /// Writes an execution: a new one, or the same one taken back.
    pub fn execution(&mut self, execution: Execution) {
        let known = self.seen.executions.get(&execution.position);
        let mut all = known.map(|all| all.to_vec()).unwrap_or_default();
        match all.iter_mut().find(|one| one.id == execution.id) {
            Some(one) => *one = execution.clone(),
            None => all.push(execution.clone()),
        }
        self.seen
            .executions
            .insert(execution.position, Arc::new(all));
        self.changes
            .executions
            .insert(execution.id.clone(), execution);
    }

    /// Writes what the exit rules remember of a position.
    pub fn exit_state(&mut self, position: PositionId, state: ExitState) {
        self.seen.exit_states.insert(position, state);
        self.changes.exit_states.insert(position, state);
    }

    /// Writes a standing approval.
    pub fn standing(&mut self, standing: Standing) {
        let standing = Arc::new(standing);
        self.seen.standing.insert(standing.id, standing.clone());
        self.changes.standing.insert(standing.id, standing);
    }

    /// Writes an override and has its card drawn.
    pub fn put_override(&mut self, one: Override) {
        let one = Arc::new(one);
        self.draw(CardKey::Override(one.id));
        self.seen.overrides.insert(one.id, one.clone());
        self.changes.overrides.insert(one.id, one);
    }
}
