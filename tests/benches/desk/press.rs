//! From a press to the call of the broker: one durable commit, beside a bare sync of as many bytes.

use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
    time::Duration,
};

use countersign_desk::{desk::Idea, work::Done};
use countersign_domain::{
    ids::{OrderId, Revision, TicketId},
    instrument::{Instrument, OptionContract, Right},
    money::{Contracts, Price},
    quote::Quote,
    structure::{Leg, Side, Structure},
};
use criterion::{Criterion, SamplingMode};
use jiff::{SignedDuration, civil::date};

use crate::{
    gauge::{Reading, Samples, figure},
    ground::{Ground, press, start},
    holdings::{exit_plan, fair},
};

/// Presses for the summary.
const PRESSES: usize = 300;
/// Bytes of a write-ahead log that is written over again from its beginning.
const LOG: u64 = 4 * 1024 * 1024;

/// Runs them.
pub(crate) fn benches(c: &mut Criterion) {
    let ground = Ground::new();
    let contract = OptionContract {
        root: "AAPL".parse().expect("a symbol"),
        expiry: date(2026, 4, 17),
        right: Right::Call,
        strike: Price::from_whole(100),
    };
    ground
        .market
        .set_quote(Instrument::Option(contract), fair(&contract));
    let trader = Trader { ground, contract };
    let mut group = c.benchmark_group("press");
    group.sample_size(20).sampling_mode(SamplingMode::Flat);
    group.measurement_time(Duration::from_secs(4));
    group.bench_function("to the call of the paper broker", |b| {
        b.iter_custom(|count| (0..count).map(|_| trader.press().0).sum());
    });
    group.finish();
    paired(&trader);
}

/// Presses and bare syncs by turns, so that both see the same disk.
fn paired(trader: &Trader) {
    let bytes = trader.bytes_of_a_press();
    let mut appended = Bare::new(&trader.ground, "append", bytes, u64::MAX);
    let mut rewritten = Bare::new(&trader.ground, "log", bytes, LOG);
    let (mut wall, mut cpu) = (Samples::default(), Samples::default());
    let (mut append, mut again) = (Samples::default(), Samples::default());
    for _ in 0..PRESSES {
        let (took, own) = trader.press();
        wall.add(took);
        cpu.add(own);
        append.add(appended.sync());
        again.add(rewritten.sync());
    }
    let (press, append_us, again_us) = (wall.median_us(), append.median_us(), again.median_us());
    figure("press to paper broker, wall", press, "us");
    figure(
        "press to paper broker, wall, 95 of 100",
        wall.at(95).as_secs_f64() * 1e6,
        "us",
    );
    figure(
        "press to paper broker, own processor time",
        cpu.median_us(),
        "us",
    );
    #[expect(clippy::cast_precision_loss, reason = "a few thousand bytes")]
    figure("bytes that a press makes durable", bytes as f64, "bytes");
    figure(
        "bare append and fdatasync of as many bytes",
        append_us,
        "us",
    );
    figure("the same over an old log", again_us, "us");
    figure("press over bare append", press / append_us, "times");
    figure("press over bare rewrite", press / again_us, "times");
}

/// A file that is written and synced, and nothing else.
struct Bare {
    file: File,
    block: Vec<u8>,
    written: u64,
    most: u64,
}

impl Bare {
    /// A file of `most` bytes that is written over again, or one that grows.
    fn new(ground: &Ground, name: &str, bytes: u64, most: u64) -> Self {
        let mut file = File::create_new(ground.dir().join(name)).expect("a file");
        if most < u64::MAX {
            let old = vec![1; usize::try_from(most).expect("a small file")];
            file.write_all(&old).expect("room");
            file.sync_all().expect("a disk");
        }
        Self {
            file,
            block: vec![7; usize::try_from(bytes).expect("few bytes")],
            written: 0,
            most,
        }
    }

    fn sync(&mut self) -> Duration {
        let size = self.block.len() as u64;
        if self.written + size > self.most {
            self.written = 0;
        }
        let before = Reading::now();
        let place = SeekFrom::Start(self.written);
        self.file.seek(place).expect("a place");
        self.file.write_all(&self.block).expect("room");
        self.file.sync_data().expect("a disk");
        self.written += size;
        Reading::now().wall_since(before)
    }
}

/// A person who confirms one ticket after another.
struct Trader {
    ground: Ground,
    contract: OptionContract,
}

impl Trader {
    /// One press: wall and own processor time until the broker is called. Before it a ticket is
    /// offered and drawn, after it the order is cancelled, so that each press finds the same desk.
    fn press(&self) -> (Duration, Duration) {
        let (ticket, revision) = self.offer();
        let Ground {
            runtime,
            desk,
            broker,
            ..
        } = &self.ground;
        let before = Reading::now();
        let done = runtime.block_on(async {
            let done = desk.confirm(press(), ticket, revision).await;
            desk.pump().await.expect("a pump");
            done
        });
        let reached = broker.take().expect("the order reached the broker");
        match done {
            Ok(Done::Order(order)) => self.clear(order),
            other => panic!("the ticket was not confirmed: {other:?}"),
        }
        (reached.wall_since(before), reached.cpu_since(before))
    }

    fn offer(&self) -> (TicketId, Revision) {
        let Ground { runtime, desk, .. } = &self.ground;
        let leg = Leg {
            instrument: Instrument::Option(self.contract),
            side: Side::Buy,
            ratio: 1,
        };
        let quote: Quote = fair(&self.contract);
        let idea = Idea {
            structure: Structure::new(vec![leg]).expect("a structure"),
            contracts: Contracts(1),
            limit: quote.ask.up_to(Price::from_ten_thousandths(500)),
        };
        let plan = exit_plan(start());
        runtime.block_on(async {
            let done = desk.propose(press(), idea, plan).await;
            desk.pump().await.expect("a pump");
            match done {
                Ok(Done::Ticket(ticket, revision)) => (ticket, revision),
                other => panic!("no ticket was offered: {other:?}"),
            }
        })
    }

    fn clear(&self, order: OrderId) {
        let Ground {
            runtime,
            desk,
            clock,
            ..
        } = &self.ground;
        runtime.block_on(async {
            desk.cancel(press(), order).await.expect("a cancellation");
            desk.pump().await.expect("a pump");
            let live = desk.seen().await.expect("a desk").live_orders().count();
            assert_eq!(live, 0, "the order is gone");
        });
        clock.advance(SignedDuration::from_millis(10));
    }

    /// What one press adds to the write-ahead log before the broker is called: told by a log that
    /// has just been begun anew.
    fn bytes_of_a_press(&self) -> u64 {
        let fresh = Trader {
            ground: Ground::new(),
            contract: self.contract,
        };
        let market = &fresh.ground.market;
        market.set_quote(Instrument::Option(self.contract), fair(&self.contract));
        let (ticket, revision) = fresh.offer();
        let log = fresh.ground.dir().join("desk.db-wal");
        let size = || std::fs::metadata(&log).expect("a log").len();
        let before = size();
        let Ground { runtime, desk, .. } = &fresh.ground;
        let done = runtime.block_on(desk.confirm(press(), ticket, revision));
        done.expect("a yes");
        let grown = size() - before;
        assert!(grown > 0, "a press is made durable in the log");
        grown
    }
}
