//! The loops, in real time of another day: a market that is open, from three seconds before a scan.

use std::sync::{Mutex, PoisonError};

use countersign_desk::{
    ports::{Instants, Store as _},
    settings::Walk,
};
use countersign_domain::view::Health;
use countersign_feeds::synthetic::SyntheticMarket;
use countersign_store::SqlStore;
use jiff::Timestamp;

use super::*;
use crate::{command::demo::approve, compose::store_url};

/// When the desk is opened: well before the scan, for a machine that is busy.
const OPENED: &str = "2026-03-17T14:49:37Z";

/// Three seconds before the first scan of that day that has enough bars.
const START: &str = "2026-03-17T14:49:57Z";

/// A clock that goes as the machine's does, on another day; it can jump ahead.
struct OtherDay {
    machine: SystemClock,
    start: Timestamp,
    ahead: Mutex<SignedDuration>,
}

impl OtherDay {
    /// Goes on from a time that is still ahead.
    fn skip_to(&self, time: Timestamp) {
        let left = time.duration_since(self.now());
        self.jump(left.max(SignedDuration::ZERO));
    }

    fn jump(&self, by: SignedDuration) {
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

impl Clock for OtherDay {
    fn read(&self) -> Instants {
        let ahead = *self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let monotonic = self.machine.read().monotonic + ahead;
        Instants {
            wall: self.start + monotonic,
            monotonic,
        }
    }
}

/// A desk that is up, and nothing drives it yet.
struct Day {
    config: Config,
    clock: Arc<OtherDay>,
    session: Session,
    hands: Hands,
    home: tempfile::TempDir,
}

impl Day {
    async fn begin() -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut config = Config::built_in().expect("defaults");
        config.web.enabled = false;
        // Entries start at the card's limit, where they fill at once.
        config.trade.entry_walk = Walk {
            every_s: 15,
            steps: 0,
        };
        let clock = Arc::new(OtherDay {
            machine: SystemClock::start(),
            start: OPENED.parse().expect("a time"),
            ahead: Mutex::new(SignedDuration::ZERO),
        });
        let seed = config.demo.seed;
        let market = SyntheticMarket::new(config.synthetic.clone(), seed, clock.now());
        let market = Arc::new(market.expect("a market"));
        let with = Materials {
            clock: clock.clone(),
            ids: Arc::new(SystemIds::new(clock.clone() as Arc<dyn Clock>)),
            market: market.clone(),
            holder: "run".to_owned(),
            told: 0,
            keys: true,
        };
        let session = Session::open(&config, home.path(), with).await;
        let session = session.expect("the desk comes up");
        clock.skip_to(START.parse().expect("a time"));
        let hands = Hands {
            desk: session.desk.clone(),
            terminal: session.terminal.clone(),
            market,
        };
        Self {
            config,
            clock,
            session,
            hands,
            home,
        }
    }
}

async fn ticks(desk: &Desk) -> u64 {
    let board = desk.board().await.expect("a board");
    let ticks = board.health.iter().find_map(|health| match health {
        Health::Monitor { ticks, .. } => Some(*ticks),
        _ => None,
    });
    ticks.expect("the monitor's health")
}

#[tokio::test]
async fn a_running_desk_scans_confirms_fills_and_marks_by_itself_and_ends_when_told() {
    let day = Day::begin().await;
    let desk = day.session.desk.clone();
    let evening = day.clock.now() + SignedDuration::from_hours(5);
    approve(&desk, &day.config, evening).await.expect("signed");
    let (phase, told) = watch::channel(Phase::Running);

    let story = async {
        let mut looks = Beats::every(LOOK);
        while desk.seen().await.expect("a store").open_positions().count() == 0 {
            looks.next().await;
        }
        let before = ticks(&desk).await;
        while ticks(&desk).await < before + 2 {
            looks.next().await;
        }
        phase.send_replace(Phase::Draining);
        in_flight(&desk).await;
        phase.send_replace(Phase::Ended);
    };
    let both = async { tokio::join!(loops::run(&day.hands, told), story) };
    let (ended, ()) = tokio::time::timeout(Duration::from_mins(3), both)
        .await
        .expect("a position is opened and marked within minutes");

    ended.expect("the loops end well");
    day.session.close().await.expect("a clean end");
    assert_eq!(desk.seen().await.expect("a store").desk.starts, 0);
}

#[tokio::test]
async fn a_desk_that_another_process_took_over_stops_with_a_sentence() {
    let day = Day::begin().await;
    day.clock.jump(SignedDuration::from_mins(1));
    let url = store_url(&day.config, day.home.path());
    let other = SqlStore::open(&url, day.clock.clone(), "other".to_owned()).await;
    let lease = SignedDuration::from_secs(30);
    let taken = other
        .expect("a second store")
        .lease(day.config.desk_id(), "other", lease)
        .await;
    assert!(taken.expect("an answer").is_some(), "ours had run out");

    let (_phase, told) = watch::channel(Phase::Running);
    let ended = tokio::time::timeout(Duration::from_mins(1), loops::run(&day.hands, told)).await;

    let sentence = ended.expect("it stops").expect_err("with an error");
    let sentence = sentence.to_string();
    assert!(
        sentence.contains("another process has taken this desk over"),
        "{sentence}"
    );
}
