//! The account on a disk that fails.

use std::{fs::File, io, sync::Arc};

use countersign_domain::{
    instrument::Instrument,
    money::Contracts,
    order::TimeInForce,
    quote::{Quote, Source},
    structure::{Leg, Side},
};
use futures::executor::block_on;
use tempfile::TempDir;

use super::*;
use crate::paper::journal::Medium;
use scripted::{Manual, Scripted};

#[path = "../../tests/paper/scripted.rs"]
mod scripted;

/// What the disk does next.
#[derive(Clone, Copy, Default)]
struct Fault {
    /// Only so many bytes of the next line fit.
    fits: Option<usize>,
    /// Bytes are taken, and never said to be safe.
    unsafe_bytes: bool,
    /// What was written cannot be cut off.
    stuck: bool,
}

struct Failing {
    file: File,
    fault: Arc<Mutex<Fault>>,
}

impl Failing {
    fn now(&self) -> Fault {
        *self.fault.lock().expect("a lock")
    }
}

fn full<T>() -> io::Result<T> {
    Err(io::Error::new(io::ErrorKind::StorageFull, "no space left"))
}

impl Medium for Failing {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.now().fits {
            None => self.file.append(bytes),
            Some(fits) => {
                self.file.append(&bytes[..fits])?;
                full()
            }
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        if self.now().unsafe_bytes {
            full()
        } else {
            self.file.sync()
        }
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        if self.now().stuck {
            full()
        } else {
            self.file.cut(length)
        }
    }
}

struct Stage {
    dir: TempDir,
    market: Arc<Scripted>,
    clock: Arc<Manual>,
    fault: Arc<Mutex<Fault>>,
}

impl Stage {
    fn new() -> Self {
        let now: Timestamp = "2024-01-17T15:00:00Z".parse().expect("a time");
        let market = Arc::new(Scripted::default());
        market.set(contract(), quote("1.00", "1.20", now));
        Self {
            dir: TempDir::new().expect("a folder"),
            market,
            clock: Arc::new(Manual::new(now)),
            fault: Arc::default(),
        }
    }

    /// The account on the failing disk.
    fn open(&self) -> PaperBroker {
        let config = PaperConfig {
            latency_ms: 0,
            ..PaperConfig::default()
        };
        let (market, clock) = (self.market.clone(), self.clock.clone());
        let broker = PaperBroker::open(self.dir.path(), config, market, clock).expect("opens");
        let path = self.dir.path().join("paper-paper.journal");
        let file = File::options().append(true).open(path).expect("a journal");
        let good = file.metadata().expect("a length").len();
        let fault = self.fault.clone();
        let failing = Box::new(Failing { file, fault });
        broker.ledger().journal = Journal::new(failing, good, broker.config.durability);
        broker
    }

    fn fail(&self, fault: Fault) {
        *self.fault.lock().expect("a lock") = fault;
    }
}

fn quote(bid: &str, ask: &str, at: Timestamp) -> Quote {
    Quote {
        bid: bid.parse().expect("a price"),
        ask: ask.parse().expect("a price"),
        bid_size: 10,
        ask_size: 10,
        at,
        source: Source::Scripted,
    }
}

fn contract() -> Instrument {
    Instrument::Option("SPY   240119C00475000".parse().expect("a contract"))
}

fn order(name: &str) -> OrderRequest {
    let leg = Leg {
        instrument: contract(),
        side: Side::Buy,
        ratio: 1,
    };
    OrderRequest {
        client_order_id: ClientOrderId(name.to_owned()),
        legs: vec![leg],
        opens: true,
        quantity: Contracts(1),
        limit: "1.20".parse().expect("a price"),
        tif: TimeInForce::Day,
    }
}

fn updates(broker: &PaperBroker) -> Result<Updates, BrokerError> {
    block_on(broker.updates(&Cursor::default()))
}

#[test]
fn an_order_that_a_full_disk_cannot_keep_never_arrived() {
    let stage = Stage::new();
    let broker = stage.open();
    for fits in [0, 1, 100] {
        let fits = Some(fits);
        stage.fail(Fault {
            fits,
            ..Fault::default()
        });
        let answer = block_on(broker.submit(&order("e1")));
        assert_eq!(
            answer,
            Err(BrokerError::Unreachable("no space left".to_owned()))
        );
        assert_eq!(
            block_on(broker.find(&order("e1").client_order_id)),
            Ok(None)
        );
        assert_eq!(block_on(broker.open_orders()), Ok(Vec::new()));
    }
    stage.fail(Fault::default());
    block_on(broker.submit(&order("e1"))).expect("taken once there is room");
    drop(broker);
    assert_eq!(
        block_on(stage.open().open_orders()).map(|it| it.len()),
        Ok(1)
    );
}

#[test]
fn a_fill_that_cannot_be_kept_is_not_told_and_happens_later() {
    let stage = Stage::new();
    let broker = stage.open();
    block_on(broker.submit(&order("e1"))).expect("taken");
    stage.fail(Fault {
        fits: Some(50),
        ..Fault::default()
    });
    assert!(matches!(updates(&broker), Err(BrokerError::Unreachable(_))));
    assert_eq!(block_on(broker.positions()), Ok(Vec::new()));
    stage.fail(Fault::default());
    assert_eq!(updates(&broker).map(|it| it.reports.len()), Ok(3));
}

#[test]
fn a_settlement_that_cannot_be_kept_happens_later() {
    let stage = Stage::new();
    let broker = stage.open();
    block_on(broker.submit(&order("e1"))).expect("taken");
    updates(&broker).expect("filled");
    let after: Timestamp = "2024-01-19T21:05:00Z".parse().expect("a time");
    stage.clock.set(after);
    stage.market.forget(&contract());
    let underlying = Instrument::Equity("SPY".parse().expect("a symbol"));
    stage
        .market
        .set(underlying, quote("470.00", "470.02", after));
    stage.fail(Fault {
        fits: Some(50),
        ..Fault::default()
    });
    assert!(updates(&broker).is_err());
    assert_eq!(block_on(broker.positions()).map(|it| it.len()), Ok(1));
    stage.fail(Fault::default());
    updates(&broker).expect("settled");
    assert_eq!(block_on(broker.positions()), Ok(Vec::new()));
}

#[test]
fn a_disk_that_neither_keeps_nor_forgets_ends_all_answers_until_it_is_read_again() {
    // R4
    let stage = Stage::new();
    let broker = stage.open();
    stage.fail(Fault {
        unsafe_bytes: true,
        stuck: true,
        ..Fault::default()
    });
    let answer = block_on(broker.submit(&order("e1")));
    assert!(
        matches!(answer, Err(BrokerError::Unanswered(_))),
        "it may exist: {answer:?}"
    );
    stage.fail(Fault::default());
    let name = order("e1").client_order_id;
    let unreachable = |error: BrokerError| matches!(error, BrokerError::Unreachable(_));
    assert!(unreachable(
        block_on(broker.find(&name)).expect_err("no answer")
    ));
    assert!(unreachable(
        block_on(broker.submit(&order("e2"))).expect_err("no answer")
    ));
    assert!(unreachable(
        block_on(broker.cancel(&name)).expect_err("no answer")
    ));
    assert!(unreachable(
        block_on(broker.account()).expect_err("no answer")
    ));
    assert!(unreachable(updates(&broker).expect_err("no answer")));
    drop(broker);

    let found = block_on(stage.open().find(&name)).expect("an answer");
    assert!(found.is_some(), "this time its bytes had arrived");
}
