//! What the stories are made of: a clock that stands still, a desk, and units that do as told.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use countersign_desk::{
    draft::Draft,
    ports::{Clock, Committed, Instants, Store, StoreError},
    seen::DeskRow,
    work::{Done, InboxKey, Needs, Work},
};
use countersign_domain::{
    ids::{AccountId, DeskId},
    limits::Limits,
    money::Usd,
    operator::Surface,
    refusal::Answer,
    trading::TradingState,
    view::Mode,
};
use countersign_store::SqlStore;
use jiff::{SignedDuration, Timestamp};

/// 2026-03-02 14:30 UTC, a Monday morning in New York.
const START: i64 = 1_772_461_800_000_000;

/// A clock that moves when told.
#[derive(Debug)]
pub(crate) struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock at the start.
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(START)))
    }

    /// Moves on by so many seconds.
    pub(crate) fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn read(&self) -> Instants {
        let micros = self.0.load(Ordering::SeqCst);
        Instants {
            wall: Timestamp::from_microsecond(micros).expect("in range"),
            monotonic: SignedDuration::from_micros(micros - START),
        }
    }
}

/// So many seconds after the start.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_microsecond(START + seconds * 1_000_000).expect("in range")
}

/// The desk of that number.
pub(crate) fn desk(number: u128) -> DeskId {
    DeskId::from_bits(number)
}

/// The first desk.
pub(crate) const DESK: DeskId = DeskId::from_bits(1);

/// A desk's row, with an account of its own and two surfaces.
pub(crate) fn row(id: DeskId) -> DeskRow {
    DeskRow {
        id,
        name: format!("Desk {}", id.bits()),
        account: AccountId(format!("PAPER-{}", id.bits())),
        mode: Mode::Paper,
        trading: TradingState::Active,
        wanted: TradingState::Active,
        flat_wanted: false,
        starts: 0,
        started_at: None,
        limits: Limits {
            worst_loss_per_ticket: dollars(500),
            contracts_per_order: 10,
            value_per_order: dollars(5_000),
            open_positions: 5,
            exposure_per_underlying: dollars(1_000),
            orders_per_minute: 5,
            orders_per_day: 50,
            daily_loss: dollars(1_000),
            quote_age_s: 30,
            spread_bps: 1_000,
            drift_bps: 500,
        },
        rooms: vec![Surface::Terminal.into(), Surface::Web.into()],
        moved: std::collections::BTreeMap::new(),
        manners: countersign_desk::manners::AllManners::default(),
        scanning: countersign_domain::scanning::Scanning::default(),
        alerts: countersign_desk::alerts::Alerts::default(),
        let_pass: Vec::new(),
        configured: None,
    }
}

/// Whole dollars.
pub(crate) fn dollars(amount: i64) -> Usd {
    Usd::from_micros(amount * 1_000_000)
}

type Decide = dyn Fn(&mut Draft) -> Answer<Done> + Send + Sync;

/// A unit of work that does as told.
pub(crate) struct Act {
    desk: DeskId,
    needs: Needs,
    inbox: Option<InboxKey>,
    fence: Option<u64>,
    decide: Box<Decide>,
}

impl Act {
    /// A unit of the first desk.
    pub(crate) fn new(decide: impl Fn(&mut Draft) -> Answer<Done> + Send + Sync + 'static) -> Self {
        Self {
            desk: DESK,
            needs: Needs::default(),
            inbox: None,
            fence: None,
            decide: Box::new(decide),
        }
    }

    /// A unit that answers with [`Done::Ok`].
    pub(crate) fn doing(act: impl Fn(&mut Draft) + Send + Sync + 'static) -> Self {
        Self::new(move |draft| {
            act(draft);
            Ok(Done::Ok)
        })
    }

    /// The same on another desk.
    pub(crate) fn on(self, desk: DeskId) -> Self {
        Self { desk, ..self }
    }

    /// The same with something needed.
    pub(crate) fn needing(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    /// The same, caused by something outside.
    pub(crate) fn caused_by(self, id: &str) -> Self {
        let key = InboxKey {
            source: "test".to_owned(),
            id: id.to_owned(),
        };
        Self {
            inbox: Some(key),
            ..self
        }
    }

    /// The same, resting on a lease.
    pub(crate) fn under(self, fence: u64) -> Self {
        Self {
            fence: Some(fence),
            ..self
        }
    }

    /// Runs it.
    pub(crate) async fn try_on(self, store: &SqlStore) -> Result<Committed, StoreError> {
        store.run(Arc::new(self)).await
    }

    /// Runs it; it has to be committed.
    pub(crate) async fn run_on(self, store: &SqlStore) -> Committed {
        self.try_on(store).await.expect("the unit is committed")
    }
}

impl Work for Act {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn needs(&self) -> Needs {
        self.needs.clone()
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.inbox.clone()
    }

    fn fence(&self) -> Option<u64> {
        self.fence
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        (self.decide)(draft)
    }
}
