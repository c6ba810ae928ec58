//! The ports as the desk gets them: every call passes two boundaries at which the power can fail,
//! and promises are checked at the moment at which they could be broken.

mod broker;
mod chat;
mod outage;
mod store;

pub(crate) use broker::FaultyBroker;
pub(crate) use chat::FaultyChat;
pub(crate) use outage::Health;
pub use outage::Outage;
pub(crate) use store::FaultyStore;
