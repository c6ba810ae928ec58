//! A broker that keeps its own truth outside the desk, survives every crash of it, and can be as
//! wrong, silent, late and repetitive as brokers are.

mod manner;
mod port;
mod truth;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use countersign_desk::ports::{BrokerExecution, BrokerStatus, MarketData as _};
use countersign_domain::{
    ids::{AccountId, ClientOrderId, ExecutionId},
    instrument::Instrument,
};
use countersign_feeds::scripted::ScriptedMarket;
use jiff::Timestamp;

pub use manner::{Call, Fault, Manner};
pub use truth::TrueOrder;
pub(crate) use truth::{FEE, Truth, root};

use crate::journal::Journal;

/// The broker of a world. It matches orders against the world's own market whenever time goes on.
#[derive(Debug)]
pub struct FakeBroker {
    account: AccountId,
    market: Arc<ScriptedMarket>,
    journal: Arc<Journal>,
    truth: Mutex<Truth>,
}

impl FakeBroker {
    pub(crate) fn new(
        account: AccountId,
        market: Arc<ScriptedMarket>,
        journal: Arc<Journal>,
        now: Timestamp,
    ) -> Self {
        Self {
            account,
            market,
            journal,
            truth: Mutex::new(Truth::new(now)),
        }
    }

    pub(crate) fn truth(&self) -> MutexGuard<'_, Truth> {
        self.truth.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes into the journal what happened.
    pub(crate) fn tell_journal(&self, truth: &mut Truth) {
        for news in std::mem::take(&mut truth.news) {
            self.journal.note(truth.now, "broker", &news);
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Truth) -> T) -> T {
        let mut truth = self.truth();
        let changed = change(&mut truth);
        self.tell_journal(&mut truth);
        changed
    }

    /// Lets everything happen that is due by `now`.
    pub(crate) fn advance(&self, now: Timestamp) {
        let market = self.market.clone();
        self.change(|truth| truth.advance(now, |instrument| market.snapshot(instrument)));
    }

    /// Changes how it behaves from now on.
    pub fn behave(&self, change: impl FnOnce(&mut Manner)) {
        change(&mut self.truth().manner);
    }

    /// Lets the next call of that kind go wrong; asked again, the one after it.
    pub fn next(&self, call: Call, fault: Fault) {
        self.truth()
            .faults
            .entry(call)
            .or_default()
            .push_back(fault);
    }

    /// Forgets every fault that has not happened yet, and is reachable and willing from now on.
    pub fn heal(&self) {
        let mut truth = self.truth();
        truth.faults.clear();
        truth.manner = Manner {
            refuses_duplicates: truth.manner.refuses_duplicates,
            grace: truth.manner.grace,
            mode: truth.manner.mode,
            ..Manner::default()
        };
    }

    /// Executes so many units of the newest working order at the far side of the quotes, whatever
    /// its limit.
    pub fn fill(&self, units: u32) {
        let market = self.market.clone();
        self.change(|truth| {
            let newest = truth.orders.iter().rev().find(|order| order.left() > 0);
            let Some(order) = newest else {
                return;
            };
            let (id, legs) = (
                order.request.client_order_id.clone(),
                order.request.legs.clone(),
            );
            let prices: Vec<_> = legs
                .iter()
                .filter_map(|leg| {
                    let quote = market.snapshot(&leg.instrument)?;
                    Some(match leg.side {
                        countersign_domain::structure::Side::Buy => quote.ask,
                        countersign_domain::structure::Side::Sell => quote.bid,
                    })
                })
                .collect();
            truth.fill(&id, units, &prices);
        });
    }

    /// Ends the newest working order: the broker cancels by itself, or rejects after all.
    pub fn end(&self, status: BrokerStatus) {
        self.change(|truth| {
            let newest = truth.orders.iter().rev().find(|order| order.left() > 0);
            if let Some(id) = newest.map(|order| order.request.client_order_id.clone()) {
                truth.end(&id, status);
            }
        });
    }

    /// Takes the newest execution back. Answers with its id.
    pub fn bust(&self) -> Option<ExecutionId> {
        self.change(|truth| {
            let newest = truth.executions.iter().rev().find(|one| !one.bust);
            let id = newest.map(|one| one.id.clone())?;
            truth.bust(&id);
            Some(id)
        })
    }

    /// Somebody trades by hand on the same account.
    pub fn trade_outside(&self, instrument: Instrument, quantity: i64) {
        self.change(|truth| {
            *truth.outside.entry(instrument).or_default() += quantity;
            truth
                .news
                .push(format!("somebody trades {quantity} {instrument} by hand"));
        });
    }

    /// Every order that ever arrived, in the order of arrival.
    pub fn orders(&self) -> Vec<TrueOrder> {
        self.truth().orders.clone()
    }

    /// The order of that name.
    pub fn order(&self, id: &ClientOrderId) -> Option<TrueOrder> {
        self.truth().order(id).cloned()
    }

    /// Orders that may still execute.
    pub fn working(&self) -> Vec<TrueOrder> {
        let truth = self.truth();
        let working = truth.orders.iter().filter(|order| order.left() > 0);
        working.cloned().collect()
    }

    /// Every execution; those that were taken back say so.
    pub fn executions(&self) -> Vec<BrokerExecution> {
        self.truth().executions.clone()
    }

    /// What the account holds.
    pub fn held(&self) -> BTreeMap<Instrument, i64> {
        self.truth().held()
    }

    /// Promises that the desk broke, in words.
    pub fn breaches(&self) -> Vec<String> {
        self.truth().breaches.clone()
    }

    pub(crate) fn breach(&self, what: String) {
        self.truth().breaches.push(what);
    }

    /// True when requests are on their way or reports are kept back.
    pub fn is_busy(&self) -> bool {
        let truth = self.truth();
        !truth.arriving.is_empty() || !truth.untold.is_empty()
    }
}
