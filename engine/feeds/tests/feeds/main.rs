//! The feeds against recorded days, hand-made files and the laws of a market.

mod big_day;
mod files;
mod fixture;
mod look_ahead;
mod news;
mod recorded;
mod rows;
mod scripted;
mod synthetic;
mod synthetic_options;

use countersign_desk::ports::{Chain, MarketData};
use countersign_domain::{
    calendar,
    instrument::{OptionContract, Symbol},
    quote::Bar,
};
use futures::executor::block_on;
use jiff::{Timestamp, civil::Date};

/// The symbol of that name.
fn symbol(name: &str) -> Symbol {
    name.parse().unwrap()
}

/// The contract of those 21 characters.
fn contract(osi: &str) -> OptionContract {
    osi.parse().unwrap()
}

/// The instant of a time in New York.
fn ny(date: Date, hour: i8, minute: i8) -> Timestamp {
    calendar::ny(date, hour, minute).unwrap()
}

/// The chain, which must be there.
fn chain(market: &dyn MarketData, underlying: Symbol) -> Chain {
    block_on(market.chain(underlying)).unwrap()
}

/// The bars, which must be there.
fn bars(market: &dyn MarketData, underlying: Symbol) -> Vec<Bar> {
    block_on(market.bars(underlying)).unwrap()
}
