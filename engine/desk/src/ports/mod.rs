//! What the desk needs from outside, in its own words.
//!
//! Errors are sorted by what the caller may do next: *refused* is final, *unreachable* never left
//! and may be repeated, *unanswered* may exist and has to be looked up first.

mod broker;
mod chat;
mod clock;
mod ids;
mod market;
mod news;
mod sentiment;
mod store;

pub use broker::{
    Account, Broker, BrokerError, BrokerExecution, BrokerOrder, BrokerPosition, BrokerStatus,
    Capabilities, Cursor, Found, OrderRequest, Report, Settled, Updates,
};
pub use chat::{CardKey, Chat, ChatError, MessageRef};
pub use clock::{Clock, Instants};
pub use ids::Ids;
pub use market::{Chain, ChainQuote, FeedError, FeedHealth, MarketData};
pub use news::{News, NewsBatch, NewsError};
pub use sentiment::Sentiment;
pub use store::{
    AuditVerdict, Committed, Lease, OutboxRow, PositionSample, Store, StoreError, StoredEvent,
    Story, TicketCount,
};
