//! Driving a desk: time goes on, the power fails, a new process takes over.

use std::{pin::pin, sync::Arc};

use countersign_desk::{
    Desk, Ports,
    ports::{Broker, Chat, MarketData, Store},
    start::StartError,
};
use futures::future::{Either, select};
use jiff::{SignedDuration, Timestamp};

use super::{World, secs};
use crate::faulty::{FaultyBroker, FaultyChat, FaultyStore, Outage};

/// Time between two looks of the monitor: the step in which time goes on.
pub(super) const TICK: SignedDuration = secs(3);
/// Time between two renewals of the lease.
const RENEW: SignedDuration = secs(12);
/// Time between two reconciliations.
const RECONCILE: SignedDuration = secs(15);
/// Starts that may fail in a row before somebody repairs broker and store.
const REPAIR: u32 = 10;
/// Starts that may fail in a row before a test gives up.
const PATIENCE: u32 = 40;

/// When what is due next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beats {
    tick: Option<Timestamp>,
    lease: Option<Timestamp>,
    reconcile: Option<Timestamp>,
}

/// What one step does.
#[derive(Clone, Copy, Debug)]
struct Beat {
    tick: bool,
    lease: bool,
    reconcile: bool,
}

/// True when it is time, and then notes when it is again.
fn due(at: &mut Option<Timestamp>, now: Timestamp, every: SignedDuration) -> bool {
    let is_due = at.is_none_or(|at| now >= at);
    if is_due {
        *at = Some(now + every);
    }
    is_due
}

impl World {
    /// Lets so much time pass, in steps of at most 3 seconds. In each the market is quoted anew,
    /// the broker does what is due, and the desk hears, performs and looks.
    pub fn advance(&mut self, time: SignedDuration) {
        let end = self.now() + time;
        while self.now() < end {
            let next = end.min(self.now() + TICK);
            self.around(next);
            self.beat();
        }
    }

    /// What is outside the desk goes on to `now`.
    pub(super) fn around(&self, now: Timestamp) {
        self.clock.set(now);
        self.market.advance(now);
        for chat in &self.chats {
            chat.advance(now);
        }
        self.broker.advance(now);
    }

    /// The desk does what is due now.
    pub(super) fn beat(&mut self) {
        let now = self.now();
        let beat = Beat {
            tick: due(&mut self.beats.tick, now, TICK),
            lease: due(&mut self.beats.lease, now, RENEW),
            reconcile: due(&mut self.beats.reconcile, now, RECONCILE),
        };
        let errors = self.act(async |desk| one(desk, beat).await);
        for error in errors {
            self.journal.note(now, "driver", &error);
        }
    }

    /// Has the desk do something; when the power fails meanwhile, a new process starts and does
    /// it again.
    pub fn act<T>(&mut self, work: impl AsyncFn(&Desk) -> T) -> T {
        loop {
            let desk = self.up();
            if let Some(done) = self.try_once(&desk, &work) {
                return done;
            }
            drop(desk);
            self.fell();
        }
    }

    /// Has the desk do something; `None` when the power failed meanwhile, and then nothing runs.
    pub fn act_once<T>(&mut self, work: impl AsyncFn(&Desk) -> T) -> Option<T> {
        let desk = self.up();
        let done = self.try_once(&desk, &work);
        drop(desk);
        if done.is_none() {
            self.fell();
        }
        done
    }

    fn try_once<T>(&self, desk: &Arc<Desk>, work: &impl AsyncFn(&Desk) -> T) -> Option<T> {
        self.power.begin();
        self.unless_it_fails(work(desk))
    }

    fn unless_it_fails<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        self.runtime.block_on(async {
            match select(pin!(work), pin!(self.power.failed())).await {
                Either::Left((done, _)) => Some(done),
                Either::Right(_) => None,
            }
        })
    }

    /// Kills the process here and now; the next thing that is asked of the desk starts a new one.
    pub fn crash(&mut self) {
        self.power.cut("between two steps");
        self.fell();
    }

    /// Ends the process as a person does, cleanly.
    pub fn stop(&mut self) {
        let stopped = self.act(async |desk| desk.stop().await);
        if let Err(error) = stopped {
            self.journal.note(self.now(), "driver", &error.to_string());
        }
        self.desk = None;
    }

    /// Everything that the process knew is gone.
    fn fell(&mut self) {
        self.desk = None;
        let place = self.power.failures().pop().unwrap_or_default();
        self.journal
            .note(self.now(), "power", &format!("fails {place}"));
        let end = self.now() + self.setup.downtime;
        // Months are not gone through in seconds.
        let step = TICK.max(self.setup.downtime / 1_000);
        while self.now() < end {
            let next = end.min(self.now() + step);
            self.around(next);
        }
        self.power.restore();
    }

    /// The running desk; starts one when none runs, and again until it stays up. While it cannot
    /// start, time goes on; in the end somebody repairs broker and store.
    pub(super) fn up(&mut self) -> Arc<Desk> {
        if let Some(desk) = &self.desk {
            return desk.clone();
        }
        for tries in 0..PATIENCE {
            if tries == REPAIR {
                self.broker.heal();
                self.store_is(Outage::None);
            }
            match self.start() {
                Some(Ok(desk)) => {
                    self.desk = Some(desk.clone());
                    return desk;
                }
                Some(Err(error)) => {
                    self.journal
                        .note(self.now(), "driver", &format!("cannot start: {error}"));
                    let next = self.now() + TICK;
                    self.around(next);
                }
                None => self.fell(),
            }
        }
        panic!("the desk does not start\n{}", self.story());
    }

    /// Starts a process once; `None` when the power fails meanwhile.
    pub(super) fn start(&mut self) -> Option<Result<Arc<Desk>, StartError>> {
        self.starts += 1;
        let holder = format!("process {}", self.starts);
        if self.starts > 1 {
            let before = format!("process {}", self.starts - 1);
            let released = self.store.release(self.id, &before);
            self.runtime
                .block_on(released)
                .expect("the lease is released");
        }
        let ports = self.ports(self.open_store(&holder));
        let config = self.config();
        self.power.begin();
        self.unless_it_fails(async {
            let desk = Desk::open(config, ports, &holder).await?;
            desk.recover().await?;
            Ok(desk)
        })
    }

    pub(super) fn ports(&self, store: Arc<dyn Store>) -> Ports {
        let broker: Arc<dyn Broker> = Arc::new(FaultyBroker {
            inner: self.broker.clone(),
            power: self.power.clone(),
            health: self.health.clone(),
            store: self.store.clone(),
            desk: self.id,
        });
        let store: Arc<dyn Store> = Arc::new(FaultyStore {
            inner: store,
            power: self.power.clone(),
            health: self.health.clone(),
            journal: self.journal.clone(),
            clock: self.clock.clone(),
        });
        let chats = self.chats.iter().map(|chat| -> Arc<dyn Chat> {
            Arc::new(FaultyChat {
                inner: chat.clone(),
                power: self.power.clone(),
                broker: self.broker.clone(),
            })
        });
        let market: Arc<dyn MarketData> = self.market.feed().clone();
        Ports {
            broker,
            market,
            chats: chats.collect(),
            store,
            clock: self.clock.clone(),
            ids: self.ids.clone(),
            news: self.news.clone(),
        }
    }

    /// Heals every fault and lets the desk come to rest: nothing waits, nothing is in doubt.
    pub fn settle(&mut self) {
        self.power.fail_at(&[]);
        self.broker.heal();
        for chat in &self.chats {
            chat.heal();
        }
        if self.health.get() != Outage::None {
            self.store_is(Outage::None);
        }
        self.market.freeze(false);
        self.advance(secs(30));
        for _ in 0..60 {
            if self.is_at_rest() {
                break;
            }
            self.advance(TICK);
        }
    }
}

/// One step of a driver. What fails is told and tried again with the next step.
async fn one(desk: &Desk, beat: Beat) -> Vec<String> {
    let mut errors = Vec::new();
    let mut note = |what: &str, error: Option<String>| {
        errors.extend(error.map(|error| format!("{what}: {error}")));
    };
    if beat.lease {
        note("lease", failure(desk.hold_lease().await));
    }
    note("pump", failure(desk.pump().await));
    if beat.tick {
        note("expire", failure(desk.expire_due().await));
        note("standing", failure(desk.confirm_standing().await));
        note("tick", failure(desk.tick().await));
        note("pump", failure(desk.pump().await));
    }
    if beat.reconcile {
        note("reconcile", failure(desk.reconcile().await));
    }
    errors
}

fn failure<T, E: std::fmt::Display>(result: Result<T, E>) -> Option<String> {
    result.err().map(|error| error.to_string())
}
