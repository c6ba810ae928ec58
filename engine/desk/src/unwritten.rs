//! Exits that go out although nothing can be written, and how they are taken in afterwards.
//!
//! This is the one exception to commit-before-perform: entries fail closed, exits fail open. The
//! names of exits derive from the position, so that whoever can write again finds them.

use std::sync::Arc;

use countersign_domain::{
    calendar,
    exit::ExitReason,
    ids::PositionId,
    money::Contracts,
    order::{Order, OrderState, Purpose, TimeInForce, exit_order_id},
    position::Position,
    refusal::{Answer, Refusal},
};
use jiff::SignedDuration;

use crate::{
    desk::Desk,
    draft::Draft,
    monitor::tick::{Due, Tick},
    orders::{
        self, Named,
        doubt::{AdoptExit, EVERY},
        exit::closing,
    },
    ports::{BrokerError, Report, StoreError},
    press::{Press, Verb, permit},
    seen::Seen,
    work::{Done, Work},
};

impl Desk {
    /// True while an exit of a position is out of which nothing is written down.
    pub(crate) fn is_unwritten(&self, position: PositionId) -> bool {
        self.memory().uncommitted.contains_key(&position)
    }

    /// True when the broker speaks of an exit that went out unwritten: what it says would be lost.
    pub(crate) fn tells_of_unwritten(&self, reports: &[Report]) -> bool {
        let memory = self.memory();
        let is_unwritten = |position: PositionId, attempt: u32| {
            let known = memory.last.as_ref();
            let known = known.and_then(|seen| seen.positions.get(&position));
            memory.uncommitted.contains_key(&position)
                || known.is_some_and(|known| known.exit_attempts < attempt)
        };
        let names = reports.iter().filter_map(|report| match report {
            Report::Order(order) => Named::parse(&order.client_order_id),
            Report::Execution(one) => one.client_order_id.as_ref().and_then(Named::parse),
        });
        names.into_iter().any(|name| match name {
            Named::Exit(position, attempt) => is_unwritten(position, attempt),
            Named::Entry(..) => false,
        })
    }

    /// Sends the exits of a tick that could not be committed, and cancels the working entries of the
    /// same positions. Nobody can walk them while nothing can be written, so that each exit goes out
    /// at the price at which its walk would end. True when at least one exit may be at the broker.
    pub(crate) async fn exit_without_store(&self, seen: &Seen, tick: &Tick) -> bool {
        let mut draft = Draft::new(seen.clone(), self.now());
        if tick.decide(&mut draft).is_err() {
            return false;
        }
        let orders = draft.finish().changes.orders;
        let (entries, exits): (Vec<_>, Vec<_>) = orders
            .values()
            .filter(|order| !self.is_unwritten(order.position))
            .partition(|order| order.purpose.is_entry());
        let mut any = false;
        for order in exits {
            any |= self.submit_unwritten(order.as_ref().clone()).await;
        }
        for entry in entries {
            if let Err(error) = self.ports.broker.cancel(&entry.client_order_id()).await {
                tracing::error!(order.id = %entry.id, %error, "an entry could not be cancelled while the store is gone");
            }
        }
        any
    }

    /// Sends one exit. False when it is certain that the broker does not have it: it is tried again.
    async fn submit_unwritten(&self, mut order: Order) -> bool {
        order.limit = order.bound;
        order.steps = self.settings.exit_walk.steps;
        let request = orders::request(&order, order.attempt);
        let position = order.position;
        self.memory().uncommitted.insert(position, order);
        let Err(error) = self.ports.broker.submit(&request).await else {
            return true;
        };
        tracing::error!(position.id = %position, %error, "an exit could not be sent while the store is gone");
        let nowhere = matches!(error, BrokerError::Unreachable(_) | BrokerError::Refused(_));
        if nowhere {
            self.memory().uncommitted.remove(&position);
        }
        !nowhere
    }

    /// A person closes positions while nothing can be written: whoever may, may then as well.
    ///
    /// # Errors
    ///
    /// [`Refusal::StoreUnavailable`] when nothing is remembered of these positions,
    /// [`Refusal::NotPermitted`], [`Refusal::MarketClosed`]; nothing was sent.
    pub(crate) async fn close_without_store(
        &self,
        press: &Press,
        verb: Verb,
        wanted: impl Fn(&Position) -> bool,
    ) -> Answer<Done> {
        let last = self.memory().last.clone();
        let seen = last.ok_or(Refusal::StoreUnavailable)?;
        permit(&seen, press, verb)?;
        let now = self.now();
        if !calendar::is_open(now) {
            let opens = calendar::next_open(now);
            return Err(Refusal::MarketClosed { opens });
        }
        let reason = match verb {
            Verb::Flatten => ExitReason::Brake,
            _ => ExitReason::Human,
        };
        let open = seen.open_positions().filter(|one| wanted(one));
        let due: Vec<Due> = open
            .map(|position| Due {
                reason,
                exit: self.ingredients(position),
            })
            .collect();
        if due.is_empty() {
            return Err(Refusal::StoreUnavailable);
        }
        let tick = Tick {
            desk: self.id,
            fence: None,
            states: Vec::new(),
            due,
        };
        let sent = self.exit_without_store(&seen, &tick).await;
        let mut asked = tick.due.iter().map(|due| due.exit.position);
        if sent || asked.any(|position| self.is_unwritten(position)) {
            Ok(Done::Ok)
        } else {
            Err(Refusal::StoreUnavailable)
        }
    }

    /// Takes in what went out unwritten as soon as something can be written again, before anything
    /// else is decided. Answers with the state after it.
    pub(crate) async fn adopt_unwritten(&self, seen: Arc<Seen>) -> Arc<Seen> {
        if self.memory().uncommitted.is_empty() || self.adopt_exits(&seen).await.is_err() {
            return seen;
        }
        self.seen().await.unwrap_or(seen)
    }

    /// Looks at the broker for exits that went out unwritten, by the names that they must have.
    /// True when the broker answered about every one.
    pub(crate) async fn adopt_exits(&self, seen: &Seen) -> Result<bool, StoreError> {
        let mut all_answered = true;
        for (position, attempt) in self.next_exits(seen) {
            let known = self.memory().uncommitted.get(&position).cloned();
            let name = exit_order_id(position, attempt);
            match self.ports.broker.find(&name).await {
                Err(_) => all_answered = false,
                Ok(None) => {
                    let waits = known.is_some_and(|order| self.may_still_show_up(&order));
                    if waits {
                        all_answered = false;
                    } else {
                        self.memory().uncommitted.remove(&position);
                    }
                }
                Ok(Some(found)) => {
                    let held = seen.positions.get(&position);
                    let made = held.map(|held| self.unknown_exit(held, attempt));
                    if let Some(order) = known.or(made) {
                        let desk = self.id;
                        self.run(AdoptExit { desk, order, found }).await?;
                    }
                    self.memory().uncommitted.remove(&position);
                }
            }
        }
        Ok(all_answered)
    }

    /// The next attempt at an exit of every open position, and those that went out unwritten of
    /// positions that were closed meanwhile.
    fn next_exits(&self, seen: &Seen) -> Vec<(PositionId, u32)> {
        let next =
            |position: &Arc<Position>| (position.id, position.exit_attempts.saturating_add(1));
        let mut exits: Vec<_> = seen.open_positions().map(next).collect();
        let memory = self.memory();
        let unwritten = memory.uncommitted.values();
        let closed = unwritten.filter(|order| !seen.positions.contains_key(&order.position));
        exits.extend(closed.map(|order| (order.position, order.attempt)));
        exits
    }

    /// True while the broker may not show yet what was sent to it.
    fn may_still_show_up(&self, order: &Order) -> bool {
        let grace = self.ports.broker.capabilities().grace;
        self.now().duration_since(order.created_at) < grace.max(EVERY)
    }

    /// An exit that this process did not send, as its position would have made it.
    fn unknown_exit(&self, position: &Position, attempt: u32) -> Order {
        let with = self.ingredients(position);
        let (legs, quantity) = closing(position).unwrap_or_default();
        let now = self.now();
        Order {
            id: with.order,
            desk: self.id,
            purpose: Purpose::Exit {
                position: position.id,
                reason: ExitReason::Brake,
            },
            position: position.id,
            limit: with.market.limit(&legs, with.walk.steps, with.walk),
            bound: with.market.limit(&legs, with.walk.steps, with.walk),
            legs,
            quantity,
            tif: TimeInForce::Day,
            attempt,
            next: None,
            state: OrderState::Submitted,
            filled: Contracts::ZERO,
            filled_before: Contracts::ZERO,
            broker_id: None,
            send_before: None,
            cancel_wanted: false,
            steps: with.walk.steps,
            next_step_at: Some(now + SignedDuration::from_secs(3)),
            lookups: 0,
            created_at: now,
            changed_at: now,
            said: None,
        }
    }
}
