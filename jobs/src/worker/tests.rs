//! The heartbeat's trap: a tick that is polled after its time ends the stream with an error.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use apalis_cron::timezone::Utc;

use super::*;

/// Every second, but the first tick is already over when it is asked for.
#[derive(Clone)]
struct LateAtFirst {
    seconds: cron::Schedule,
    asked: Arc<AtomicU64>,
}

impl Schedule<Utc> for LateAtFirst {
    fn next_tick(&mut self, zone: &Utc) -> Option<Tick<Utc>> {
        match self.asked.fetch_add(1, Ordering::SeqCst) {
            0 => Some(Tick::new(0)),
            _ => self.seconds.next_tick(zone),
        }
    }
}

#[tokio::test]
async fn a_heartbeat_that_ended_with_a_late_tick_is_begun_anew() {
    let asked = Arc::new(AtomicU64::new(0));
    let schedule = LateAtFirst {
        seconds: EVERY_SECOND.parse().expect("a schedule"),
        asked: asked.clone(),
    };
    let queue = Queue::new();
    let lookout = Lookout::new(Vec::new(), queue.clone()).await;
    let shutdown = async {
        let mut looks = tokio::time::interval(Duration::from_millis(20));
        while asked.load(Ordering::SeqCst) < 4 {
            looks.tick().await;
        }
    };
    let driven = drive(schedule, lookout.expect("no store"), queue, shutdown);
    let ended = tokio::time::timeout(Duration::from_secs(20), driven).await;
    ended.expect("it ticks again").expect("and ends well");
}
