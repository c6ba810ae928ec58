//! The paper account: a broker of its own, with its own memory, that trades nobody's money.
//!
//! # Memory
//!
//! `paper-<account>.journal` in the account's folder is one line of JSON per change, on the disk
//! before any answer that tells of it ([`Durability`]), and the account is what its lines add up
//! to: a process that is killed at any instruction finds it again exactly as it was told. A lock
//! file keeps a second process out, and a mark beside the journal tells the account from others of
//! its name ([`PaperBroker::marked`]). File access is blocking and done inline: one short append.
//!
//! # When things happen
//!
//! Nothing runs by itself. [`updates`](countersign_desk::ports::Broker::updates), and each call
//! that changes something, first lets happen what has become due by the clock, in this order:
//! working orders in the order of their arrival, then contracts that have ended. The same account,
//! quotes and time give the same answer. Lookups change nothing and tell what was told last.
//!
//! # How an order is filled
//!
//! An order reaches the market `latency_ms` after it was submitted. From then on it executes
//! against the newest visible quote of each leg, as long as that quote
//!
//! - became visible at or after the moment at which the order reached the market: a quote that the
//!   decision to trade was made on never fills it;
//! - can be believed: two sides, not crossed, at most `max_quote_age_ms` old, not of the future;
//! - is not older than one that has filled something on that side already.
//!
//! *Price.* Each leg executes at the mid, moved against us by `cross_share` of the half-spread, in
//! whole cents rounded against us, never outside the quote. The order executes when the net of its
//! legs at these prices is at or below its limit, and then at that net: a limit beyond it is
//! bettered, one short of it waits. With `cross_share` 1 every leg pays the far side of its quote.
//!
//! *Size.* Of each side of each quote at most `participation_percent` of the visible size, rounded
//! down, is ever taken, by all orders together. Legs execute together in whole units, one execution
//! for each leg; what is left waits for the next quote.
//!
//! *Time in force.* A DAY order ends at the close of its session. An IOC order is looked at once,
//! at the first quotes that may fill it; what they leave is gone. Without any, it is gone
//! `ioc_wait_ms` after it reached the market (recorded minute quotes need a minute here).
//!
//! # What is refused
//!
//! At the door, in words: names used before (for ever), a closed market, ended contracts, prices
//! off the increment, closing more than is held and not yet on its way out, and for openings
//! adjusted contracts, unknown instruments, the other side of what is held, structures without a
//! known worst loss, and what passes the buying power: cash, less what positions could cost at
//! expiry (150 % of their price for short shares), less what working opening orders could lose.
//!
//! # The end of a contract
//!
//! `settle_after_minutes` after its last trading time (after the open that settles it, for index
//! contracts that settle at the open), a contract ends on its underlying's last visible price:
//! from a cent in the money on, longs are exercised and shorts assigned for shares at the strike,
//! or paid in cash; everything else expires worthless. Without a price it waits, and says so.
//!
//! # What it leaves out
//!
//! Early assignment, dividends, interest, margin calls, fees other than per contract, hidden
//! liquidity, queue position, and our own orders' effect on the market. A leg without a bid does
//! not trade at all, not even within a spread. Quotes come from the desk's own feed: the account
//! sees what the desk watches.

mod admission;
mod book;
mod broker;
mod config;
mod due;
mod error;
mod fill;
mod journal;
mod margin;
mod mark;
mod record;
mod settle;

pub use broker::{PaperBroker, is_in_use};
pub use config::{ConfigError, Durability, PaperConfig};
pub use error::PaperError;
