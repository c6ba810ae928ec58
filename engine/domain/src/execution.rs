//! Executions: what the broker did. The truth from which all totals derive.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{ExecutionId, OrderId, PositionId},
    instrument::Instrument,
    money::{Price, Usd},
    structure::Side,
};

/// One execution of one leg, kept once by the broker's own id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Execution {
    /// The broker's id of it.
    pub id: ExecutionId,
    /// The order that it belongs to; `None` for what the broker did by itself (expiry,
    /// assignment, exercise).
    pub order: Option<OrderId>,
    /// The position that it opens or closes.
    pub position: PositionId,
    /// What was traded.
    pub instrument: Instrument,
    /// Bought or sold.
    pub side: Side,
    /// How many instruments; never zero.
    pub quantity: u32,
    /// Dollars per share.
    pub price: Price,
    /// Fees, as a positive amount.
    pub fee: Usd,
    /// When, by the broker's clock.
    pub at: Timestamp,
    /// True once the broker took it back.
    pub bust: bool,
}

impl Execution {
    /// Instruments gained: negative when sold, zero when taken back.
    pub fn signed(&self) -> i64 {
        if self.bust {
            return 0;
        }
        i64::from(self.quantity).saturating_mul(self.side.sign())
    }

    /// Dollars that came in, fees not counted: negative for a buy, zero when taken back.
    pub fn cash(&self) -> Usd {
        let shares = self.signed().saturating_mul(self.instrument.multiplier());
        -self.price.dollars(shares)
    }

    /// The fee, zero when taken back.
    pub fn cost(&self) -> Usd {
        if self.bust { Usd::ZERO } else { self.fee }
    }
}
