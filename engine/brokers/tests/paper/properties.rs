//! Whatever the market and the desk do, no fill leaves what was visible.

use std::collections::BTreeMap;

use countersign_brokers::paper::Durability;
use countersign_desk::ports::{BrokerError, BrokerExecution, MarketData, OrderRequest, Report};
use countersign_domain::{
    ids::ClientOrderId,
    instrument::Instrument,
    money::{Price, Usd},
    structure::{Leg, Side},
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::world::{CALL, HIGHER_CALL, World, at_once, buy, close, id, instrument, open, sell};

const INSTRUMENTS: [&str; 2] = [CALL, HIGHER_CALL];

/// One thing that happens.
#[derive(Clone, Debug)]
enum Step {
    /// A quote of an instrument: bid and spread in cents, size, and its age in milliseconds.
    Quote(usize, i64, i64, u32, i64),
    /// An order: legs, units, cents beyond the mid, IOC, opening.
    Submit(usize, u32, i64, bool, bool),
    /// The next attempt at an order, with units and cents beyond the mid.
    Replace(usize, u32, i64),
    Cancel(usize),
    Pass(i64),
    Reopen,
}

/// Mostly quotes that fill; among them crossed ones, empty ones, stale ones and ones of the future.
fn quote() -> impl Strategy<Value = Step> {
    let age = prop_oneof![4 => Just(0_i64), 1 => -300..2_500_i64];
    let spread = prop_oneof![9 => 0..30_i64, 1 => -5..60_i64];
    (0..2_usize, 0..150_i64, spread, 0..10_u32, age)
        .prop_map(|(which, bid, spread, size, age)| Step::Quote(which, bid, spread, size, age))
}

/// Openings buy, closings sell what they bought, as a rule.
fn submission() -> impl Strategy<Value = Step> {
    let usual = prop_oneof![
        Just((0, true)),
        Just((2, true)),
        Just((1, false)),
        Just((3, false))
    ];
    let kind = prop_oneof![9 => usual, 1 => (0..4_usize, any::<bool>())];
    (kind, 1..6_u32, -20..40_i64, any::<bool>()).prop_map(|((legs, opens), units, beyond, once)| {
        Step::Submit(legs, units, beyond, once, opens)
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        16 => quote(),
        6 => submission(),
        2 => (0..20_usize, 1..6_u32, -20..40_i64)
            .prop_map(|(which, units, beyond)| Step::Replace(which, units, beyond)),
        1 => (0..20_usize).prop_map(Step::Cancel),
        6 => (1..1_000_i64).prop_map(Step::Pass),
        1 => Just(Step::Reopen),
    ]
}

fn legs(which: usize) -> Vec<Leg> {
    match which {
        0 => vec![buy(CALL)],
        1 => vec![sell(CALL)],
        2 => vec![buy(CALL), sell(HIGHER_CALL)],
        _ => vec![sell(CALL), buy(HIGHER_CALL)],
    }
}

fn cents(amount: i64) -> String {
    Price::from_ten_thousandths(amount * 100).to_string()
}

/// A world with everything that was accepted and executed in it so far.
struct Watched {
    world: World,
    start: Usd,
    accepted: BTreeMap<ClientOrderId, (OrderRequest, Timestamp)>,
    names: usize,
    executions: Vec<BrokerExecution>,
    taken: BTreeMap<(Instrument, Side, Timestamp), u32>,
}

impl Watched {
    fn new(participation: u32, cross: i64) -> Self {
        let world = World::with(|config| {
            config.durability = Durability::Buffered;
            config.latency_ms = 250;
            config.max_quote_age_ms = 2_000;
            config.participation_percent = participation;
            config.cross_share = rust_decimal::Decimal::new(cross, 2);
            config.compact_above_bytes = 2_000;
        });
        for text in INSTRUMENTS {
            world.quote(text, "1.00", "1.20");
        }
        let start = world.account().cash;
        Self {
            world,
            start,
            accepted: BTreeMap::new(),
            names: 0,
            executions: Vec::new(),
            taken: BTreeMap::new(),
        }
    }

    /// The net mid of these legs, moved so many cents, in whole cents.
    fn limit(&self, legs: &[Leg], beyond: i64) -> String {
        let mids = legs.iter().filter_map(|leg| {
            let quote = self.world.market.snapshot(&leg.instrument)?;
            Some(quote.mid().times(leg.side.sign()))
        });
        let cent = Price::from_ten_thousandths(100);
        (mids.sum::<Price>() + cent.times(beyond))
            .up_to(cent)
            .to_string()
    }

    fn name(&self, which: usize) -> String {
        format!("o{}", which % self.names.max(1))
    }

    fn sent(&mut self, order: OrderRequest, answer: Result<impl Sized, BrokerError>) {
        self.names += 1;
        match answer {
            Ok(_) => {
                let there = self.world.now() + SignedDuration::from_millis(250);
                let known = self
                    .accepted
                    .insert(order.client_order_id.clone(), (order, there));
                assert!(known.is_none(), "one name, one order");
            }
            Err(BrokerError::Refused(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }

    fn happen(&mut self, step: &Step) {
        match *step {
            Step::Quote(which, bid, spread, size, age) => {
                let at = self.world.now() - SignedDuration::from_millis(age);
                let text = INSTRUMENTS[which];
                self.world
                    .quote_at(text, (&cents(bid), &cents(bid + spread)), size, at);
            }
            Step::Submit(which, units, beyond, once, opens) => {
                let name = format!("o{}", self.names);
                let make = if opens { open } else { close };
                let legs = legs(which);
                let order = make(&name, &legs, units, &self.limit(&legs, beyond));
                let order = if once { at_once(order) } else { order };
                let answer = self.world.submit(&order);
                self.sent(order, answer);
            }
            Step::Replace(which, units, beyond) => {
                let old = self.name(which);
                let Some((before, _)) = self.accepted.get(&id(&old)) else {
                    return;
                };
                let new = OrderRequest {
                    client_order_id: id(&format!("o{}", self.names)),
                    ..open("", &before.legs, units, &self.limit(&before.legs, beyond))
                };
                let new = OrderRequest {
                    opens: before.opens,
                    ..new
                };
                let answer = self.world.replace(&old, &new);
                self.sent(new, answer);
            }
            Step::Cancel(which) => {
                let _ = self.world.cancel(&self.name(which));
            }
            Step::Pass(milliseconds) => self.world.pass(milliseconds),
            Step::Reopen => self.world.reopen(),
        }
    }

    /// Looks at everything that was executed by the last step.
    fn look(&mut self) {
        let executions: Vec<BrokerExecution> = self
            .world
            .said_after("")
            .into_iter()
            .filter_map(|report| match report {
                Report::Execution(execution) => Some(execution),
                Report::Order(_) => None,
            })
            .collect();
        let known = self.executions.len();
        assert_eq!(
            executions[..known],
            self.executions[..],
            "what was said stays said"
        );
        let mut new = &executions[known..];
        while let Some(first) = new.first() {
            let name = first.client_order_id.clone().expect("an order's");
            let (order, there) = self.accepted[&name].clone();
            let (fill, rest) = new.split_at(order.legs.len());
            self.check_fill(&order, there, fill);
            new = rest;
        }
        self.executions = executions;
        self.check_account();
    }

    fn check_fill(&mut self, order: &OrderRequest, there: Timestamp, fill: &[BrokerExecution]) {
        let mut net = Price::ZERO;
        for (leg, execution) in order.legs.iter().zip(fill) {
            assert_eq!(
                (leg.instrument, leg.side),
                (execution.instrument, execution.side)
            );
            assert_eq!(execution.quantity, fill[0].quantity, "whole units");
            assert_eq!(execution.at, self.world.now());
            let quote = self
                .world
                .market
                .snapshot(&leg.instrument)
                .expect("a quote");
            let oldest = SignedDuration::from_millis(2_000);
            assert_eq!(quote.check(self.world.now(), oldest), Ok(()));
            assert!(
                quote.at >= there,
                "visible before the order was in the market"
            );
            assert!(quote.bid <= execution.price && execution.price <= quote.ask);
            let size = match leg.side {
                Side::Buy => quote.ask_size,
                Side::Sell => quote.bid_size,
            };
            let taken = self
                .taken
                .entry((leg.instrument, leg.side, quote.at))
                .or_default();
            *taken += execution.quantity;
            assert!(*taken * 100 <= size * self.world.config.participation_percent);
            net += execution.price.times(leg.side.sign());
        }
        assert!(net <= order.limit, "{net} is past {}", order.limit);
    }

    /// Cash, positions and quantities are what the executions add up to.
    fn check_account(&self) {
        let mut cash = self.start;
        let mut positions: BTreeMap<Instrument, i64> = BTreeMap::new();
        let mut traded: BTreeMap<&ClientOrderId, u32> = BTreeMap::new();
        for execution in &self.executions {
            let change = i64::from(execution.quantity) * execution.side.sign();
            cash = cash - execution.price.dollars(change * 100) - execution.fee;
            let name = execution.client_order_id.as_ref().expect("an order's");
            let before = positions.entry(execution.instrument).or_default();
            let (order, _) = &self.accepted[name];
            if !order.opens {
                assert!(
                    (*before + change) * before.signum() >= 0,
                    "a closing order went through"
                );
                assert!((*before + change).abs() < before.abs());
            }
            *before += change;
            if execution.instrument == instrument(CALL) {
                *traded.entry(name).or_default() += execution.quantity;
            }
        }
        for (name, quantity) in traded {
            assert!(
                quantity <= self.accepted[name].0.quantity.0,
                "{name} is overfilled"
            );
        }
        positions.retain(|_, quantity| *quantity != 0);
        let told = self.world.positions();
        let told: BTreeMap<_, _> = told.iter().map(|it| (it.instrument, it.quantity)).collect();
        assert_eq!(told, positions);
        assert_eq!(self.world.account().cash, cash);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// R56
    #[test]
    fn every_fill_is_inside_a_fresh_quote_its_size_and_the_limit(
        steps in prop::collection::vec(step(), 1..120),
        participation in prop_oneof![Just(100_u32), 1..=100_u32],
        cross in 0..=100_i64,
    ) {
        let mut watched = Watched::new(participation, cross);
        for step in &steps {
            watched.happen(step);
            watched.look();
        }
    }
}
