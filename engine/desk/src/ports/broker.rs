//! The brokerage account.

use async_trait::async_trait;
use countersign_domain::{
    ids::{AccountId, BrokerOrderId, ClientOrderId, ExecutionId},
    instrument::{Instrument, OptionContract},
    money::{Contracts, Price, Usd},
    order::TimeInForce,
    structure::{Leg, Side},
    view::Mode,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// One attempt at an order, as sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRequest {
    /// Our name of it; the same attempt always has the same one.
    pub client_order_id: ClientOrderId,
    /// What it trades; sides as sent. Several legs are one order with one net limit.
    pub legs: Vec<Leg>,
    /// True when it opens, false when it closes what is held.
    pub opens: bool,
    /// Units wanted.
    pub quantity: Contracts,
    /// Fills at a net price per share of at most this (debit positive, credit negative).
    pub limit: Price,
    /// How long it stays.
    pub tif: TimeInForce,
}

/// How an order stands at the broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BrokerStatus {
    /// It may still execute.
    Working,
    /// Executed whole.
    Filled,
    /// Ended with something unfilled: cancelled, expired, or replaced by the next attempt.
    Gone,
    /// Refused after it was received.
    Rejected,
}

/// An order as the broker tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokerOrder {
    /// Our name.
    pub client_order_id: ClientOrderId,
    /// Its name.
    pub broker_id: BrokerOrderId,
    /// How it stands.
    pub status: BrokerStatus,
    /// Its words, when it said no.
    pub said: Option<String>,
}

/// What the broker did by itself to end a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// Expired worthless, or settled in cash.
    Expired,
    /// A short was assigned.
    Assigned,
    /// A long was exercised.
    Exercised,
}

/// One execution of one leg as the broker tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokerExecution {
    /// Unique in the account, for ever.
    pub id: ExecutionId,
    /// Our name of the attempt; `None` for what the broker did by itself.
    pub client_order_id: Option<ClientOrderId>,
    /// What ended the contract, when no order did.
    pub settled: Option<Settled>,
    /// The contract whose exercise or assignment brought or took these shares.
    #[serde(default)]
    pub delivered_by: Option<OptionContract>,
    /// What was traded.
    pub instrument: Instrument,
    /// Bought or sold.
    pub side: Side,
    /// How many instruments.
    pub quantity: u32,
    /// Dollars per share.
    pub price: Price,
    /// Fees, positive.
    pub fee: Usd,
    /// When, by the broker's clock.
    pub at: Timestamp,
    /// True when it takes back the execution with this id.
    pub bust: bool,
}

/// Something that the broker says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// How an order stands.
    Order(BrokerOrder),
    /// An execution, or its bust.
    Execution(BrokerExecution),
}

/// An order that a lookup found, with all its executions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// How it stands.
    pub order: BrokerOrder,
    /// Everything executed under that name, oldest first.
    pub executions: Vec<BrokerExecution>,
}

/// What the account holds of one instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokerPosition {
    /// What.
    pub instrument: Instrument,
    /// How many; negative is short; never zero.
    pub quantity: i64,
}

/// The account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its name at the broker.
    pub id: AccountId,
    /// Paper or live, in the broker's own word.
    pub mode: Mode,
    /// Settled and unsettled cash, dollars.
    pub cash: Usd,
    /// Dollars that new orders may still bind.
    pub buying_power: Usd,
}

/// What a broker can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// The broker refuses a second order of the same client id, for ever: an exit may be sent
    /// again under its old name.
    pub refuses_duplicates: bool,
    /// Fees per contract and way, dollars: what a ticket reckons with.
    pub fee_per_contract: Usd,
    /// How long an order may take to show up in lookups.
    pub grace: SignedDuration,
    /// How long before a contract's last trading time positions are closed at the latest.
    pub close_before_end: SignedDuration,
}

/// Up to where the broker's reports were taken in; empty at the very start. The broker's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// What the broker said since a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Updates {
    /// Oldest first. Repeats are harmless.
    pub reports: Vec<Report>,
    /// Where to go on, once these are taken in.
    pub cursor: Cursor,
}

/// Why a broker call failed, sorted by what the caller may do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrokerError {
    /// The broker said no, in its own words: final, nothing exists there.
    #[error("broker refused: {0}")]
    Refused(String),
    /// The request never left: safe to repeat.
    #[error("broker unreachable: {0}")]
    Unreachable(String),
    /// It was sent and no answer came: look it up before anything else.
    #[error("broker did not answer: {0}")]
    Unanswered(String),
}

/// A brokerage account that can take orders.
#[async_trait]
pub trait Broker: Send + Sync {
    /// What it can do. Fixed for the life of the adapter.
    fn capabilities(&self) -> Capabilities;

    /// What tells this very account from every other one, its namesakes included, where no other
    /// process can have it open while this one has: a lease that a dead process left may then be
    /// taken over at once, by who has the account that it was left with.
    fn exclusive(&self) -> Option<&str> {
        None
    }

    /// Reads the account.
    ///
    /// # Errors
    ///
    /// Never [`BrokerError::Refused`]: repeat later.
    async fn account(&self) -> Result<Account, BrokerError>;

    /// Sends one order.
    ///
    /// # Errors
    ///
    /// - [`BrokerError::Refused`]: final; the order does not exist at the broker.
    /// - [`BrokerError::Unreachable`]: it never left; safe to send again.
    /// - [`BrokerError::Unanswered`]: it may exist; call [`Broker::find`] before anything else.
    async fn submit(&self, order: &OrderRequest) -> Result<BrokerOrder, BrokerError>;

    /// Asks for the end of an order. That it ended is told by [`Broker::updates`].
    ///
    /// # Errors
    ///
    /// - [`BrokerError::Refused`]: it cannot be cancelled, mostly because it already ended.
    /// - others: ask again; asking twice is harmless.
    async fn cancel(&self, id: &ClientOrderId) -> Result<(), BrokerError>;

    /// Puts the next attempt in the place of a working one, at once: never are both live, and
    /// the new one never trades more than its quantity less what the old one filled meanwhile.
    ///
    /// # Errors
    ///
    /// - [`BrokerError::Refused`]: the old one stays as it is, or has ended.
    /// - [`BrokerError::Unreachable`]: nothing changed.
    /// - [`BrokerError::Unanswered`]: either may live; look both up.
    async fn replace(
        &self,
        old: &ClientOrderId,
        new: &OrderRequest,
    ) -> Result<BrokerOrder, BrokerError>;

    /// Looks an attempt up by our name: the way out of doubt. `None` means that the broker does
    /// not know it (yet).
    ///
    /// # Errors
    ///
    /// Never [`BrokerError::Refused`]: a lookup changes nothing; repeat later.
    async fn find(&self, id: &ClientOrderId) -> Result<Option<Found>, BrokerError>;

    /// Every order that may still execute.
    ///
    /// # Errors
    ///
    /// As [`Broker::find`]. A failed query is not an empty account.
    async fn open_orders(&self) -> Result<Vec<BrokerOrder>, BrokerError>;

    /// Everything held.
    ///
    /// # Errors
    ///
    /// As [`Broker::find`]. A failed query is not a flat account.
    async fn positions(&self) -> Result<Vec<BrokerPosition>, BrokerError>;

    /// What was said after `cursor`, oldest first; does not wait.
    ///
    /// # Errors
    ///
    /// As [`Broker::find`]; ask again from the same cursor.
    async fn updates(&self, cursor: &Cursor) -> Result<Updates, BrokerError>;
}
