//! What the journal holds: a head that sums up, then one line per change.

use countersign_desk::ports::{BrokerExecution, OrderRequest};
use countersign_domain::{
    ids::{AccountId, BrokerOrderId, ClientOrderId},
    instrument::Instrument,
    money::{Contracts, Usd},
    structure::Side,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The newest form of the journal that is known here.
pub(super) const VERSION: u32 = 2;

/// How an order of this account stands. `Gone` carries why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Standing {
    /// It may still execute.
    Working,
    /// Executed whole.
    Filled,
    /// Ended with something unfilled.
    Gone(String),
}

/// An order that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    /// As sent; after a replacement with the quantity that was left.
    pub(super) request: OrderRequest,
    /// Our name of it.
    pub(super) broker_id: BrokerOrderId,
    /// Counts accepted orders from 1: who came first is served first.
    pub(super) number: u64,
    /// When it reaches the market.
    pub(super) live_from: Timestamp,
    /// The close of its session.
    pub(super) ends: Timestamp,
    /// Units executed.
    pub(super) filled: Contracts,
    /// How it stands.
    pub(super) standing: Standing,
}

impl Kept {
    /// Units that nothing has executed.
    pub(super) fn remaining(&self) -> Contracts {
        self.request.quantity.less(self.filled)
    }
}

/// How much of one side of one quote was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Used {
    /// Of what.
    pub(super) instrument: Instrument,
    /// The side of our trades: buys take from the ask.
    pub(super) side: Side,
    /// When that quote became visible.
    pub(super) quote_at: Timestamp,
    /// Instruments taken from it so far.
    pub(super) quantity: u32,
}

/// One change of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Record {
    /// An order was accepted.
    Accepted(Kept),
    /// An order stands in the place of another, which is gone.
    Replaced {
        /// The one that is gone.
        old: ClientOrderId,
        /// The one that stands.
        new: Kept,
    },
    /// Units of an order were executed, on all its legs.
    Filled {
        /// Of which.
        order: ClientOrderId,
        /// Units.
        units: Contracts,
        /// One for each leg.
        executions: Vec<BrokerExecution>,
        /// What is now taken from each leg's quote.
        used: Vec<Used>,
    },
    /// An order ended with something unfilled.
    Ended {
        /// Which.
        order: ClientOrderId,
        /// Why.
        why: String,
    },
    /// A contract came to its end.
    Settled {
        /// The contract's own execution, then that of what was delivered.
        executions: Vec<BrokerExecution>,
    },
}

/// One line of the journal: what changed in one step, all of it or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    /// One more than that of the line before.
    pub(super) seq: u64,
    /// When.
    pub(super) at: Timestamp,
    /// What.
    pub(super) did: Vec<Record>,
}

/// Something said, with the line that said it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    /// Sequence number of the line.
    pub(super) seq: u64,
    /// What.
    pub(super) word: Word,
}

/// What can be said: enough to tell it again, in the same words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Word {
    /// How an order stood then.
    Stood(ClientOrderId, Standing),
    /// What was executed.
    Executed(BrokerExecution),
}

/// The first line: the account as it was when the journal was written anew. Cash and positions
/// are not in it: they follow from the executions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// [`VERSION`].
    pub(super) version: u32,
    /// Whose.
    pub(super) account: AccountId,
    /// When it was begun: it tells the names of this account's executions from those of one of the
    /// same name that was there before. Accounts of version 1 have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) born: Option<Timestamp>,
    /// Cash at the very start.
    pub(super) starting_cash: Usd,
    /// Sequence number of the last line that it sums up.
    pub(super) seq: u64,
    /// Every order, in the order of arrival.
    pub(super) orders: Vec<Kept>,
    /// Everything said, oldest first.
    pub(super) said: Vec<Said>,
    /// What was taken from the newest quotes.
    pub(super) used: Vec<Used>,
}
