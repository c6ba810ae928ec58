//! A broker that notes when it is called.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use countersign_brokers::paper::PaperBroker;
use countersign_desk::ports::{
    Account, Broker, BrokerError, BrokerOrder, BrokerPosition, Capabilities, Cursor, Found,
    OrderRequest, Updates,
};
use countersign_domain::ids::ClientOrderId;

use crate::gauge::Reading;

/// The paper broker, and when an order last reached it.
pub(crate) struct Stopwatch {
    inner: PaperBroker,
    reached: Arc<Mutex<Option<Reading>>>,
}

impl Stopwatch {
    /// Over a paper account.
    pub(crate) fn over(inner: PaperBroker) -> Self {
        Self {
            inner,
            reached: Arc::default(),
        }
    }

    /// When an order last reached the broker; forgets it.
    pub(crate) fn take(&self) -> Option<Reading> {
        let mut reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        reached.take()
    }
}

#[async_trait]
impl Broker for Stopwatch {
    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    async fn account(&self) -> Result<Account, BrokerError> {
        self.inner.account().await
    }

    async fn submit(&self, order: &OrderRequest) -> Result<BrokerOrder, BrokerError> {
        let now = Reading::now();
        *self.reached.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        self.inner.submit(order).await
    }

    async fn cancel(&self, id: &ClientOrderId) -> Result<(), BrokerError> {
        self.inner.cancel(id).await
    }

    async fn replace(
        &self,
        old: &ClientOrderId,
        new: &OrderRequest,
    ) -> Result<BrokerOrder, BrokerError> {
        self.inner.replace(old, new).await
    }

    async fn find(&self, id: &ClientOrderId) -> Result<Option<Found>, BrokerError> {
        self.inner.find(id).await
    }

    async fn open_orders(&self) -> Result<Vec<BrokerOrder>, BrokerError> {
        self.inner.open_orders().await
    }

    async fn positions(&self) -> Result<Vec<BrokerPosition>, BrokerError> {
        self.inner.positions().await
    }

    async fn updates(&self, cursor: &Cursor) -> Result<Updates, BrokerError> {
        self.inner.updates(cursor).await
    }
}
