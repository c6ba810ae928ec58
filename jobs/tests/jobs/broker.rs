//! A broker that does not answer when asked for positions, as often as a story wants it.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use async_trait::async_trait;
use countersign_desk::ports::{
    Account, Broker, BrokerError, BrokerOrder, BrokerPosition, Capabilities, Cursor, Found,
    OrderRequest, Updates,
};
use countersign_domain::ids::ClientOrderId;

/// Any broker, with faults.
pub(crate) struct SilentBroker {
    pub(crate) broker: Arc<dyn Broker>,
    /// So many questions for positions stay without an answer.
    pub(crate) silent: AtomicU64,
    /// Questions for positions so far.
    pub(crate) asked: AtomicU64,
}

#[async_trait]
impl Broker for SilentBroker {
    fn capabilities(&self) -> Capabilities {
        self.broker.capabilities()
    }

    async fn account(&self) -> Result<Account, BrokerError> {
        self.broker.account().await
    }

    async fn submit(&self, order: &OrderRequest) -> Result<BrokerOrder, BrokerError> {
        self.broker.submit(order).await
    }

    async fn cancel(&self, id: &ClientOrderId) -> Result<(), BrokerError> {
        self.broker.cancel(id).await
    }

    async fn replace(
        &self,
        old: &ClientOrderId,
        new: &OrderRequest,
    ) -> Result<BrokerOrder, BrokerError> {
        self.broker.replace(old, new).await
    }

    async fn find(&self, id: &ClientOrderId) -> Result<Option<Found>, BrokerError> {
        self.broker.find(id).await
    }

    async fn open_orders(&self) -> Result<Vec<BrokerOrder>, BrokerError> {
        self.broker.open_orders().await
    }

    async fn positions(&self) -> Result<Vec<BrokerPosition>, BrokerError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let silent = self
            .silent
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            });
        match silent {
            Ok(_) => Err(BrokerError::Unreachable("no line".to_owned())),
            Err(_) => self.broker.positions().await,
        }
    }

    async fn updates(&self, cursor: &Cursor) -> Result<Updates, BrokerError> {
        self.broker.updates(cursor).await
    }
}
