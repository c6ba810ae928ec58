//! The only code that can move money: broker adapters.
//!
//! Each adapter implements [`countersign_desk::ports::Broker`] for one account and lives in a
//! module of its own. [`paper`] simulates; others speak to a brokerage over its wire.
//!
//! # What every adapter must do
//!
//! The desk is built on these sentences; the suite in `tests/contract` holds them against any
//! `Arc<dyn Broker>`, and an adapter is finished when it passes:
//!
//! - **One name, one order.** A `client_order_id` opens one order at the most. Where the broker
//!   refuses a second one for ever, the adapter declares `refuses_duplicates`; where it does not,
//!   it does not, and must not imitate it with a memory of its own.
//! - **Errors say what the caller may do next.** *Refused* only in the broker's own words, when
//!   nothing exists there; *Unreachable* only when not a byte left; everything else, a timeout, a
//!   broken connection, an answer that cannot be read, is *Unanswered*.
//! - **`find` is the way out of doubt.** It tells an order under our name with all its executions,
//!   for as long as the broker knows it, terminal or not. A failed query is an error, never `None`.
//! - **Executions are told by leg, each under the broker's own id**, which is unique in the account
//!   for ever; a correction is a bust of the old id and a new execution. Fees are positive.
//! - **`updates` repeats rather than skips.** The same cursor tells the same reports again and what
//!   came after; an execution is told before the end of its order.
//! - **`replace` never leaves both alive**, and what the old order filled meanwhile is not traded
//!   again. Where the broker's own replace cannot promise that, the adapter refuses, and the desk
//!   cancels and sends anew.
//! - **Nothing is guessed.** An unknown word in a broker's answer is logged and the order stays as
//!   it was; a failed query is not a flat account.
//! - **Time, money and sizes arrive exact**: instants with their zone, decimals as text.

pub mod paper;
