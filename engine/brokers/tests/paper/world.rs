//! A paper account in a scripted market, and words to tell its stories in.

use std::{fs, path::PathBuf, sync::Arc};

use countersign_brokers::paper::{PaperBroker, PaperConfig, PaperError};
use countersign_desk::ports::{
    Account, Broker, BrokerError, BrokerOrder, BrokerPosition, Clock, Cursor, Found, OrderRequest,
    Report,
};
use countersign_domain::{
    ids::ClientOrderId,
    instrument::Instrument,
    money::Contracts,
    order::TimeInForce,
    quote::{Quote, Source},
    structure::{Leg, Side},
};
use futures::executor::block_on;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use crate::scripted::{Manual, Scripted};

/// A call on SPY that expires on a Friday, two days after the stories begin.
pub(crate) const CALL: &str = "SPY   240119C00475000";
/// The next strike.
pub(crate) const HIGHER_CALL: &str = "SPY   240119C00480000";

/// A New York civil time as an instant, `2024-01-17 10:00`.
pub(crate) fn ny(text: &str) -> Timestamp {
    let civil: jiff::civil::DateTime = text.replace(' ', "T").parse().expect("a civil time");
    let zone = jiff::tz::TimeZone::get("America/New_York").expect("the tz database");
    zone.to_timestamp(civil).expect("a time that exists")
}

/// Shares by symbol, options by their 21 characters.
pub(crate) fn instrument(text: &str) -> Instrument {
    if text.len() == 21 {
        Instrument::Option(text.parse().expect("an option symbol"))
    } else {
        Instrument::Equity(text.parse().expect("a symbol"))
    }
}

pub(crate) fn buy(text: &str) -> Leg {
    Leg {
        instrument: instrument(text),
        side: Side::Buy,
        ratio: 1,
    }
}

pub(crate) fn sell(text: &str) -> Leg {
    Leg {
        instrument: instrument(text),
        side: Side::Sell,
        ratio: 1,
    }
}

pub(crate) fn open(id: &str, legs: &[Leg], quantity: u32, limit: &str) -> OrderRequest {
    OrderRequest {
        client_order_id: ClientOrderId(id.to_owned()),
        legs: legs.to_vec(),
        opens: true,
        quantity: Contracts(quantity),
        limit: limit.parse().expect("a price"),
        tif: TimeInForce::Day,
    }
}

pub(crate) fn close(id: &str, legs: &[Leg], quantity: u32, limit: &str) -> OrderRequest {
    OrderRequest {
        opens: false,
        ..open(id, legs, quantity, limit)
    }
}

pub(crate) fn at_once(order: OrderRequest) -> OrderRequest {
    OrderRequest {
        tif: TimeInForce::Ioc,
        ..order
    }
}

pub(crate) fn id(text: &str) -> ClientOrderId {
    ClientOrderId(text.to_owned())
}

/// The account and what surrounds it. Its folder goes with it.
pub(crate) struct World {
    pub(crate) dir: TempDir,
    pub(crate) config: PaperConfig,
    pub(crate) market: Arc<Scripted>,
    pub(crate) clock: Arc<Manual>,
    broker: Option<Arc<PaperBroker>>,
    cursor: Cursor,
}

impl World {
    /// A new account without latency on a Wednesday at 10:00.
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(settings: impl FnOnce(&mut PaperConfig)) -> Self {
        let mut config = PaperConfig {
            latency_ms: 0,
            ..PaperConfig::default()
        };
        settings(&mut config);
        let mut world = Self {
            dir: TempDir::new().expect("a folder"),
            config,
            market: Arc::default(),
            clock: Arc::new(Manual::new(ny("2024-01-17 10:00"))),
            broker: None,
            cursor: Cursor::default(),
        };
        world.reopen();
        world
    }

    pub(crate) fn try_open(&self) -> Result<PaperBroker, PaperError> {
        let (market, clock) = (self.market.clone(), self.clock.clone());
        PaperBroker::open(self.dir.path(), self.config.clone(), market, clock)
    }

    /// Ends the broker, as a killed process would, and opens the account again.
    pub(crate) fn reopen(&mut self) {
        self.shut();
        self.broker = Some(Arc::new(self.try_open().expect("the account opens")));
    }

    pub(crate) fn shut(&mut self) {
        self.broker = None;
    }

    pub(crate) fn broker(&self) -> Arc<PaperBroker> {
        self.broker.clone().expect("an open account")
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.dir
            .path()
            .join(format!("paper-{}.journal", self.config.account))
    }

    pub(crate) fn journal_bytes(&self) -> Vec<u8> {
        fs::read(self.journal()).expect("a journal")
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn at(&self, text: &str) {
        self.clock.set(ny(text));
    }

    pub(crate) fn pass(&self, milliseconds: i64) {
        self.clock
            .set(self.now() + SignedDuration::from_millis(milliseconds));
    }

    /// Shows a quote of ten on each side from now on.
    pub(crate) fn quote(&self, text: &str, bid: &str, ask: &str) {
        self.quote_of(text, bid, ask, 10);
    }

    pub(crate) fn quote_of(&self, text: &str, bid: &str, ask: &str, size: u32) {
        self.quote_at(text, (bid, ask), size, self.now());
    }

    pub(crate) fn quote_at(&self, text: &str, (bid, ask): (&str, &str), size: u32, at: Timestamp) {
        let quote = Quote {
            bid: bid.parse().expect("a price"),
            ask: ask.parse().expect("a price"),
            bid_size: size,
            ask_size: size,
            at,
            source: Source::Scripted,
        };
        self.market.set(instrument(text), quote);
    }

    pub(crate) fn submit(&self, order: &OrderRequest) -> Result<BrokerOrder, BrokerError> {
        block_on(self.broker().submit(order))
    }

    /// The broker's words of refusal.
    pub(crate) fn refusal(&self, order: &OrderRequest) -> String {
        match self.submit(order) {
            Err(BrokerError::Refused(words)) => words,
            other => panic!("refused was expected, and it was {other:?}"),
        }
    }

    pub(crate) fn cancel(&self, text: &str) -> Result<(), BrokerError> {
        block_on(self.broker().cancel(&id(text)))
    }

    pub(crate) fn replace(
        &self,
        old: &str,
        new: &OrderRequest,
    ) -> Result<BrokerOrder, BrokerError> {
        block_on(self.broker().replace(&id(old), new))
    }

    pub(crate) fn find(&self, text: &str) -> Option<Found> {
        block_on(self.broker().find(&id(text))).expect("an answer")
    }

    pub(crate) fn account(&self) -> Account {
        block_on(self.broker().account()).expect("an answer")
    }

    pub(crate) fn positions(&self) -> Vec<BrokerPosition> {
        block_on(self.broker().positions()).expect("an answer")
    }

    pub(crate) fn open_orders(&self) -> Vec<BrokerOrder> {
        block_on(self.broker().open_orders()).expect("an answer")
    }

    pub(crate) fn held(&self, text: &str) -> i64 {
        let instrument = instrument(text);
        let positions = self.positions();
        let held = positions.iter().find(|held| held.instrument == instrument);
        held.map_or(0, |held| held.quantity)
    }

    /// Everything said after a cursor.
    pub(crate) fn said_after(&self, cursor: &str) -> Vec<Report> {
        let updates = block_on(self.broker().updates(&Cursor(cursor.to_owned())));
        updates.expect("an answer").reports
    }

    /// What is new since the last time, one line each.
    pub(crate) fn news(&mut self) -> Vec<String> {
        let updates = block_on(self.broker().updates(&self.cursor)).expect("an answer");
        self.cursor = updates.cursor;
        updates.reports.iter().map(told).collect()
    }
}

/// A report in one line.
pub(crate) fn told(report: &Report) -> String {
    match report {
        Report::Order(order) => {
            let status = format!("{:?}", order.status).to_lowercase();
            let said = order
                .said
                .as_ref()
                .map(|said| format!(" ({said})"))
                .unwrap_or_default();
            format!("{} {status}{said}", order.client_order_id)
        }
        Report::Execution(execution) => {
            let who = match (&execution.client_order_id, execution.settled) {
                (Some(id), None) => id.to_string(),
                (None, Some(settled)) => format!("{settled:?}").to_lowercase(),
                odd => panic!("an execution of {odd:?}"),
            };
            let side = match execution.side {
                Side::Buy => "bought",
                Side::Sell => "sold",
            };
            let (quantity, instrument) = (execution.quantity, execution.instrument);
            let (price, fee) = (execution.price, execution.fee);
            format!("{who} {side} {quantity} {instrument} at {price}, fee {fee}")
        }
    }
}
