//! The paper account holds the contract that every broker holds.

use std::sync::Arc;

use countersign_desk::ports::Broker;
use countersign_domain::instrument::Instrument;

use crate::{
    contract::{Bench, holds_the_contract},
    world::{CALL, World, instrument},
};

impl Bench for World {
    fn broker(&self) -> Arc<dyn Broker> {
        self.broker()
    }

    fn contract(&self) -> Instrument {
        instrument(CALL)
    }

    fn quote(&mut self, bid: &str, ask: &str, size: u32) {
        self.pass(1_000);
        self.quote_of(CALL, bid, ask, size);
    }

    fn restart(&mut self) {
        self.reopen();
    }
}

holds_the_contract!(World::with(|config| config.latency_ms = 250));
