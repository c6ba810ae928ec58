//! Orders that wait for their next step: a price, a lookup, a second cancellation.

use std::sync::Arc;

use countersign_domain::{
    instrument::Instrument,
    order::{Order, OrderState, Purpose},
};

use crate::{
    desk::Desk,
    orders::{
        doubt::{self, LookedUp, Trace},
        walk::Step,
    },
    ports::{BrokerPosition, StoreError},
    seen::Seen,
};

impl Desk {
    /// Takes every step that is due. True when anything changed.
    pub(crate) async fn step_orders(&self) -> Result<bool, StoreError> {
        let seen = self.seen().await?;
        let now = self.now();
        let due: Vec<Arc<Order>> = seen
            .live_orders()
            .filter(|order| order.next_step_at.is_some_and(|at| at <= now))
            .cloned()
            .collect();
        let mut any = false;
        for order in due {
            any |= match order.state {
                OrderState::Replacing => {
                    let next = order.next.map_or(order.attempt, |next| next.number);
                    self.look_up(&seen, &order, next).await?
                }
                _ if doubt::is_open(&order) => self.look_up(&seen, &order, order.attempt).await?,
                OrderState::Working => self.walk(&seen, &order).await?,
                _ => false,
            };
        }
        Ok(any)
    }

    async fn walk(&self, seen: &Seen, order: &Order) -> Result<bool, StoreError> {
        let (walk, market) = match order.purpose {
            Purpose::Entry { .. } => (self.settings.entry_walk, None),
            Purpose::Exit { position, .. } => {
                let position = seen.positions.get(&position);
                let market = position.map(|position| self.ingredients(position).market);
                (self.settings.exit_walk, market)
            }
        };
        if !order.purpose.is_entry() && market.is_none() {
            return Ok(false);
        }
        let work = Step {
            desk: self.id,
            order: order.id,
            walk,
            market,
        };
        Ok(self.run(work).await?.answer == Ok(crate::work::Done::Ok))
    }

    /// Asks the broker what became of an attempt.
    pub(crate) async fn look_up(
        &self,
        seen: &Seen,
        order: &Order,
        attempt: u32,
    ) -> Result<bool, StoreError> {
        let answer = self
            .ports
            .broker
            .find(&order.client_order_id_of(attempt))
            .await;
        self.heard_from_broker(&answer);
        let Ok(found) = answer else {
            return Ok(false);
        };
        let mut current = None;
        if found.is_none() && attempt != order.attempt {
            match self.ports.broker.find(&order.client_order_id()).await {
                Ok(known) => current = known,
                Err(_) => return Ok(false),
            }
        }
        let capabilities = self.ports.broker.capabilities();
        let same = capabilities.refuses_duplicates && attempt == order.attempt;
        let trace = match found {
            Some(_) => Trace::Unread,
            None if same => Trace::None,
            None => self.trace(seen, order, attempt).await,
        };
        let work = LookedUp {
            desk: self.id,
            order: order.id,
            attempt,
            found,
            current,
            grace: capabilities.grace,
            trace,
        };
        self.run(work).await?;
        Ok(true)
    }

    /// What the broker's positions and open orders show of an attempt at an exit.
    async fn trace(&self, seen: &Seen, order: &Order, attempt: u32) -> Trace {
        let (Ok(held), Ok(open)) = (
            self.ports.broker.positions().await,
            self.ports.broker.open_orders().await,
        ) else {
            return Trace::Unread;
        };
        let name = order.client_order_id_of(attempt);
        let Some(position) = seen.positions.get(&order.position) else {
            return Trace::Unread;
        };
        let ours = |instrument: Instrument| -> i64 {
            let holdings = seen.open_positions().flat_map(|it| &it.holdings);
            holdings
                .filter(|held| held.instrument == instrument)
                .map(|held| held.quantity)
                .fold(0, i64::saturating_add)
        };
        let still_held = position.holdings.iter().all(|holding| {
            let at_broker = |one: &&BrokerPosition| one.instrument == holding.instrument;
            let quantity = held.iter().find(at_broker).map_or(0, |one| one.quantity);
            let more = quantity.saturating_sub(ours(holding.instrument));
            more == 0 || more.signum() == holding.quantity.signum()
        });
        if still_held && open.iter().all(|one| one.client_order_id != name) {
            Trace::None
        } else {
            Trace::Some
        }
    }
}
