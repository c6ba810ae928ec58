//! Adapters of a process that only decides: no broker answers and no market is seen.

use async_trait::async_trait;
use countersign_desk::ports::{
    Account, Broker, BrokerError, BrokerOrder, BrokerPosition, Capabilities, Chain, Cursor,
    FeedError, FeedHealth, Found, MarketData, OrderRequest, Updates,
};
use countersign_domain::{
    ids::ClientOrderId,
    instrument::{Instrument, Symbol},
    money::Usd,
    quote::{Bar, Quote},
};
use jiff::SignedDuration;

/// A broker that this process does not speak to.
pub struct NoBroker {
    /// What tickets reckon with.
    pub fee_per_contract: Usd,
}

/// A market that this process does not watch.
pub struct NoMarket;

fn away<T>() -> Result<T, BrokerError> {
    Err(BrokerError::Unreachable(
        "this process only decides".to_owned(),
    ))
}

#[async_trait]
impl Broker for NoBroker {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            refuses_duplicates: false,
            fee_per_contract: self.fee_per_contract,
            grace: SignedDuration::from_secs(1),
            close_before_end: SignedDuration::from_mins(60),
        }
    }

    async fn account(&self) -> Result<Account, BrokerError> {
        away()
    }

    async fn submit(&self, _: &OrderRequest) -> Result<BrokerOrder, BrokerError> {
        away()
    }

    async fn cancel(&self, _: &ClientOrderId) -> Result<(), BrokerError> {
        away()
    }

    async fn replace(
        &self,
        _: &ClientOrderId,
        _: &OrderRequest,
    ) -> Result<BrokerOrder, BrokerError> {
        away()
    }

    async fn find(&self, _: &ClientOrderId) -> Result<Option<Found>, BrokerError> {
        away()
    }

    async fn open_orders(&self) -> Result<Vec<BrokerOrder>, BrokerError> {
        away()
    }

    async fn positions(&self) -> Result<Vec<BrokerPosition>, BrokerError> {
        away()
    }

    async fn updates(&self, _: &Cursor) -> Result<Updates, BrokerError> {
        away()
    }
}

#[async_trait]
impl MarketData for NoMarket {
    fn watch(&self, _: &[Instrument]) {}

    fn snapshot(&self, _: &Instrument) -> Option<Quote> {
        None
    }

    async fn chain(&self, underlying: Symbol) -> Result<Chain, FeedError> {
        Err(FeedError::Unknown(underlying))
    }

    async fn bars(&self, underlying: Symbol) -> Result<Vec<Bar>, FeedError> {
        Err(FeedError::Unknown(underlying))
    }

    fn health(&self) -> FeedHealth {
        FeedHealth::default()
    }
}
