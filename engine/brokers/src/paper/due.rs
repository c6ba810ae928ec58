//! What has become due: fills, ends of sessions and settlements, as records. Changes nothing.

use std::collections::BTreeMap;

use countersign_desk::ports::{BrokerExecution, MarketData};
use countersign_domain::{
    instrument::{Instrument, OptionContract, Symbol},
    money::{Contracts, Price, Usd},
    order::TimeInForce,
    structure::Side,
};
use jiff::{SignedDuration, Timestamp};

use super::{
    PaperConfig,
    book::{Book, Held},
    fill::{Met, Sight},
    record::{Kept, Record, Used},
    settle::{Ending, endings},
};

/// A price that much later than the settlement is due is no longer that of the close.
const STILL_THE_CLOSE: SignedDuration = SignedDuration::from_hours(1);

/// What has become due by now, and what waits for a price.
#[derive(Default)]
pub(super) struct Due {
    /// In the order in which it happens.
    pub(super) did: Vec<Record>,
    /// Contracts that cannot be settled: their underlying has no believable price.
    pub(super) unpriced: Vec<OptionContract>,
    /// Contracts settled on a price from after their last session, with its time.
    pub(super) late: Vec<(OptionContract, Timestamp)>,
}

/// Goes through working orders, oldest first, and then through contracts that have ended.
pub(super) struct Turn<'a> {
    book: &'a Book,
    config: &'a PaperConfig,
    market: &'a dyn MarketData,
    now: Timestamp,
    used: BTreeMap<(Instrument, Side), Used>,
    executions: u64,
    due: Due,
}

impl<'a> Turn<'a> {
    /// Finds everything that is due.
    pub(super) fn take(
        book: &'a Book,
        config: &'a PaperConfig,
        market: &'a dyn MarketData,
        now: Timestamp,
    ) -> Due {
        let (used, due) = (BTreeMap::new(), Due::default());
        let mut turn = Self {
            book,
            config,
            market,
            now,
            used,
            executions: 0,
            due,
        };
        for order in book.working() {
            turn.order(order);
        }
        for (instrument, held) in book.positions() {
            if let Instrument::Option(contract) = instrument {
                turn.contract(contract, held);
            }
        }
        turn.due
    }

    fn order(&mut self, order: &Kept) {
        if self.now >= order.ends {
            return self.end(order, "the session has ended");
        }
        let once = order.request.tif == TimeInForce::Ioc;
        match self.meet(order) {
            Met::NoQuote if once && self.now >= order.live_from + self.config.ioc_wait() => {
                self.end(order, "immediate or cancel: there was no quote to trade on");
            }
            Met::NoQuote => {}
            Met::Nothing if once => self.end(order, "immediate or cancel: nothing was filled"),
            Met::Nothing => {}
            Met::Fill {
                units,
                prices,
                used,
            } => {
                self.fill(order, units, &prices, used);
                if once && units < order.remaining() {
                    self.end(order, "immediate or cancel: the rest was not filled");
                }
            }
        }
    }

    fn meet(&self, order: &Kept) -> Met {
        let used = |instrument: &Instrument, side: Side| {
            let here = self.used.get(&(*instrument, side));
            here.or_else(|| self.book.used(instrument, side)).copied()
        };
        let quote = |instrument: &Instrument| self.market.snapshot(instrument);
        let sight = Sight {
            now: self.now,
            config: self.config,
            quote: &quote,
            used: &used,
        };
        sight.meet(order)
    }

    fn end(&mut self, order: &Kept, why: &str) {
        let (order, why) = (order.request.client_order_id.clone(), why.to_owned());
        self.due.did.push(Record::Ended { order, why });
    }

    fn fill(&mut self, kept: &Kept, units: Contracts, prices: &[Price], used: Vec<Used>) {
        let order = kept.request.client_order_id.clone();
        let legs = kept.request.legs.iter().zip(prices);
        let executions: Vec<BrokerExecution> = legs
            .map(|(leg, price)| {
                let quantity = leg.ratio * units.0;
                BrokerExecution {
                    client_order_id: Some(order.clone()),
                    fee: self.fee(&leg.instrument, quantity),
                    ..self.execution(leg.instrument, leg.side, quantity, *price)
                }
            })
            .collect();
        for one in &used {
            self.used.insert((one.instrument, one.side), *one);
        }
        self.due.did.push(Record::Filled {
            order,
            units,
            executions,
            used,
        });
    }

    fn fee(&self, instrument: &Instrument, quantity: u32) -> Usd {
        match instrument {
            Instrument::Option(_) => self.config.fee_per_contract.times(i64::from(quantity)),
            Instrument::Equity(_) => Usd::ZERO,
        }
    }

    /// The next execution, without an order and free of charge.
    fn execution(
        &mut self,
        instrument: Instrument,
        side: Side,
        quantity: u32,
        price: Price,
    ) -> BrokerExecution {
        let id = self.book.execution_id(self.executions);
        self.executions += 1;
        BrokerExecution {
            id,
            client_order_id: None,
            settled: None,
            delivered_by: None,
            instrument,
            side,
            quantity,
            price,
            fee: Usd::ZERO,
            at: self.now,
            bust: false,
        }
    }

    fn contract(&mut self, contract: &OptionContract, held: &Held) {
        let Some(instant) = held.settles_at else {
            return;
        };
        if self.now < instant + self.config.settle_after() {
            return;
        }
        let Some((spot, seen_at)) = self.spot(contract.underlying()) else {
            return self.due.unpriced.push(*contract);
        };
        if seen_at > instant + self.config.settle_after() + STILL_THE_CLOSE {
            self.due.late.push((*contract, seen_at));
        }
        let endings = endings(contract, held.quantity, spot);
        let executions = endings
            .into_iter()
            .flat_map(|ending| self.booked(&ending))
            .collect();
        self.due.did.push(Record::Settled { executions });
    }

    /// The last visible price of an underlying, however old: halfway between bid and ask.
    fn spot(&self, underlying: Symbol) -> Option<(Price, Timestamp)> {
        let quote = self.market.snapshot(&Instrument::Equity(underlying))?;
        let believed = quote.check_sides().is_ok() && quote.at <= self.now;
        believed.then(|| (quote.mid(), quote.at))
    }

    /// An ending as executions: one as a rule, more when one cannot count so many.
    fn booked(&mut self, ending: &Ending) -> Vec<BrokerExecution> {
        let mut left = ending.quantity;
        let mut executions = Vec::new();
        while left > 0 {
            let quantity = u32::try_from(left).unwrap_or(u32::MAX);
            left -= i64::from(quantity);
            executions.push(BrokerExecution {
                settled: Some(ending.settled),
                delivered_by: ending.delivered_by,
                ..self.execution(ending.instrument, ending.side, quantity, ending.price)
            });
        }
        executions
    }
}
