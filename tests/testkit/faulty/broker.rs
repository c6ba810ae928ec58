//! The broker behind boundaries, and the promises that hold at the moment of sending.

use std::sync::Arc;

use async_trait::async_trait;
use countersign_desk::{
    ports::{
        Account, Broker, BrokerError, BrokerOrder, BrokerPosition, Capabilities, Cursor, Found,
        OrderRequest, Store, Updates,
    },
    seen::Seen,
};
use countersign_domain::{
    ids::{ClientOrderId, DeskId},
    order::{Order, Purpose},
    ticket::TicketState,
    trading::TradingState,
};

use super::outage::{Health, Outage};
use crate::{broker::FakeBroker, power::Power};

/// Every call passes a boundary before it and one after it.
pub(crate) struct FaultyBroker {
    pub(crate) inner: Arc<FakeBroker>,
    pub(crate) power: Arc<Power>,
    pub(crate) health: Arc<Health>,
    /// The store as it really is, for looking.
    pub(crate) store: Arc<dyn Store>,
    pub(crate) desk: DeskId,
}

impl FaultyBroker {
    async fn call<T>(&self, what: &str, work: impl Future<Output = T>) -> T {
        self.power.boundary(&format!("before {what}")).await;
        let done = work.await;
        self.power.boundary(&format!("after {what}")).await;
        done
    }

    /// What must be written down, in exactly this form, before anything leaves.
    async fn judge(&self, request: &OrderRequest, replaces: bool) {
        let name = &request.client_order_id;
        let outage = self.health.get();
        if !request.opens && matches!(outage, Outage::Full | Outage::Gone) {
            return;
        }
        let Ok(seen) = self.store.read(self.desk).await else {
            return;
        };
        let written = seen.orders.values().find(|order| {
            let next = order.next.map(|next| order.client_order_id_of(next.number));
            order.client_order_id() == *name || next.as_ref() == Some(name)
        });
        let Some(order) = written else {
            return self
                .inner
                .breach(format!("{name} leaves before it is written down"));
        };
        if request.opens {
            self.judge_entry(&seen, order, request, replaces);
        }
    }

    /// An entry needs a yes to exactly what it asks for.
    fn judge_entry(&self, seen: &Seen, order: &Order, request: &OrderRequest, replaces: bool) {
        let name = &request.client_order_id;
        let breach = |what: &str| self.inner.breach(format!("{name} leaves {what}"));
        let Purpose::Entry { ticket, revision } = order.purpose else {
            return breach("as an entry, and is none");
        };
        let Some(ticket) = seen.tickets.get(&ticket) else {
            return breach("without its ticket");
        };
        let TicketState::Confirmed { yes, order: of } = &ticket.state else {
            return breach("without a yes");
        };
        let same = yes.iter().all(|one| one.revision == revision) && !yes.is_empty();
        if *of != order.id || !same || ticket.revision != revision {
            breach("for another revision than the one that was confirmed");
        }
        if request.limit > ticket.terms.limit {
            breach("past the limit on its card");
        }
        if request.quantity > ticket.terms.contracts {
            breach("for more contracts than its card says");
        }
        if request.quantity > order.remaining() {
            breach("for more contracts than are missing");
        }
        let now = self.inner.truth().now;
        if !replaces && order.send_before.is_none_or(|end| now > end) {
            breach("after its yes has run out");
        }
        if !replaces && seen.desk.trading != TradingState::Active {
            breach("while the desk takes no entries");
        }
        let limits = &seen.desk.limits;
        let loss: countersign_domain::money::Usd = seen
            .tickets
            .values()
            .filter(|one| matches!(one.state, TicketState::Confirmed { .. }))
            .map(|one| one.terms.worst_loss)
            .sum();
        if !replaces && loss > limits.exposure_per_underlying {
            breach("past the exposure that is allowed");
        }
    }
}

#[async_trait]
impl Broker for FaultyBroker {
    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    async fn account(&self) -> Result<Account, BrokerError> {
        self.call("account", self.inner.account()).await
    }

    async fn submit(&self, order: &OrderRequest) -> Result<BrokerOrder, BrokerError> {
        let work = async {
            self.judge(order, false).await;
            self.inner.submit(order).await
        };
        self.call("submit", work).await
    }

    async fn cancel(&self, id: &ClientOrderId) -> Result<(), BrokerError> {
        self.call("cancel", self.inner.cancel(id)).await
    }

    async fn replace(
        &self,
        old: &ClientOrderId,
        new: &OrderRequest,
    ) -> Result<BrokerOrder, BrokerError> {
        let work = async {
            self.judge(new, true).await;
            self.inner.replace(old, new).await
        };
        self.call("replace", work).await
    }

    async fn find(&self, id: &ClientOrderId) -> Result<Option<Found>, BrokerError> {
        self.call("find", self.inner.find(id)).await
    }

    async fn open_orders(&self) -> Result<Vec<BrokerOrder>, BrokerError> {
        self.call("open orders", self.inner.open_orders()).await
    }

    async fn positions(&self) -> Result<Vec<BrokerPosition>, BrokerError> {
        self.call("positions", self.inner.positions()).await
    }

    async fn updates(&self, cursor: &Cursor) -> Result<Updates, BrokerError> {
        self.call("updates", self.inner.updates(cursor)).await
    }
}
