//! The worker: the whole timetable, by real time's heartbeat and a clock that jumps.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use countersign_desk::Desk;
use countersign_domain::event::Fact;
use countersign_jobs::{
    timetable::Job,
    worker::{WorkError, work},
};
use jiff::Timestamp;
use tokio::{sync::oneshot, task::JoinHandle};

use crate::world::{World, events, missed, missed_today, pass, until};

/// A worker that runs until it is told to stop.
struct Working {
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), WorkError>>,
}

impl Working {
    /// A worker that has looked at the clock once.
    async fn begin(desk: &Arc<Desk>) -> Self {
        let (stop, stopped) = oneshot::channel();
        let shutdown = async {
            let _ = stopped.await;
        };
        let task = tokio::spawn(work(vec![desk.clone()], shutdown));
        until(async || desk.board().await.expect("a board").next_scan.is_some()).await;
        Self { stop, task }
    }

    async fn end(self) {
        self.stop.send(()).expect("the worker still runs");
        let ended = tokio::time::timeout(Duration::from_secs(20), self.task).await;
        let ended = ended.expect("it ends in time").expect("without a panic");
        ended.expect("it ends well");
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// Waits until a job's newest claimed slot is at that time.
async fn until_claimed(desk: &Desk, job: Job, slot: &str) {
    let slot = Some(at(slot));
    until(async || desk.store().last_slot(desk.id(), job.name()).await == Ok(slot)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_on_one_database_scan_once_a_slot_while_the_clock_jumps() {
    let world = World::new().await;
    let (one, two) = (world.process("one").await, world.process("two").await);
    let workers = [Working::begin(&one).await, Working::begin(&two).await];
    assert_eq!(world.scans(), 0, "nothing is due yet");

    for (number, now) in (1..).zip([
        "2024-06-03T13:35:00Z",
        "2024-06-03T13:40:02Z",
        "2024-06-03T13:45:00Z",
    ]) {
        world.clock.set(now);
        until(async || world.scans() == number).await;
        pass(Duration::from_millis(1_200)).await;
        assert_eq!(world.scans(), number, "once, by one of the two");
    }
    for worker in workers {
        worker.end().await;
    }
    let missed_scans = missed(&one).await.into_iter().filter(|row| row.0 == "scan");
    assert_eq!(missed_scans.count(), 0);
}

#[tokio::test]
async fn a_clock_that_jumps_an_hour_is_told_and_not_caught_up() {
    let world = World::new().await;
    let desk = world.process("one").await;
    let worker = Working::begin(&desk).await;
    world.clock.set("2024-06-03T13:35:00Z");
    until(async || world.scans() == 1).await;

    world.clock.set("2024-06-03T14:35:01Z");
    until(async || world.scans() == 2).await;
    until_claimed(&desk, Job::Sample, "2024-06-03T14:35:00Z").await;
    until(async || missed_today(&desk).await.len() == 4).await;
    pass(Duration::from_millis(1_200)).await;
    worker.end().await;

    assert_eq!(world.scans(), 2, "the newest slot alone");
    let wanted = [
        ("expire", 59),
        ("reconcile", 59),
        ("sample", 59),
        ("scan", 11),
    ];
    let wanted = wanted.map(|(job, count)| (job.to_owned(), count));
    assert_eq!(missed_today(&desk).await, wanted);
    let facts = events(&desk).await.into_iter().map(|row| row.event.fact);
    let said = facts.filter(|fact| matches!(fact, Fact::SlotsMissed { .. }));
    assert_eq!(said.count(), 4, "each is an event of its own");
}

#[tokio::test]
async fn a_clock_that_is_set_back_runs_no_slot_again() {
    let world = World::new().await;
    let desk = world.process("one").await;
    let worker = Working::begin(&desk).await;
    world.clock.set("2024-06-03T13:35:00Z");
    until(async || world.scans() == 1).await;

    world.clock.set("2024-06-03T13:34:00Z");
    pass(Duration::from_millis(1_200)).await;
    world.clock.set("2024-06-03T13:35:30Z");
    pass(Duration::from_millis(1_200)).await;
    assert_eq!(world.scans(), 1);
    world.clock.set("2024-06-03T13:40:00Z");
    until(async || world.scans() == 2).await;
    worker.end().await;
}

#[tokio::test]
async fn a_clock_that_was_wrongly_ahead_and_is_put_right_runs_the_slots_between() {
    let world = World::new().await;
    let desk = world.process("one").await;
    let worker = Working::begin(&desk).await;
    world.clock.set("2024-06-03T14:35:00Z");
    until(async || world.scans() == 1).await;

    world.clock.set("2024-06-03T13:41:00Z");
    pass(Duration::from_millis(1_200)).await;
    assert_eq!(world.scans(), 1);
    world.clock.set("2024-06-03T13:45:00Z");
    until(async || world.scans() == 2).await;
    world.clock.set("2024-06-03T14:35:00Z");
    pass(Duration::from_millis(1_200)).await;
    worker.end().await;

    assert_eq!(world.scans(), 2, "14:35 was run already");
}

#[tokio::test]
async fn a_panic_in_one_job_stops_neither_the_others_nor_its_next_slot() {
    let world = World::new().await;
    let desk = world.process("one").await;
    let worker = Working::begin(&desk).await;
    world.market.panics.store(true, Ordering::SeqCst);

    world.clock.set("2024-06-03T13:35:00Z");
    until_claimed(&desk, Job::Scan, "2024-06-03T13:35:00Z").await;
    for job in [Job::Expire, Job::Reconcile, Job::Sample] {
        until_claimed(&desk, job, "2024-06-03T13:35:00Z").await;
    }
    until(async || world.scans() == 1).await;
    pass(Duration::from_millis(1_200)).await;
    assert_eq!(world.scans(), 1, "a panic is not tried again");

    world.clock.set("2024-06-03T13:40:00Z");
    until(async || world.scans() == 2).await;
    let told = [("scan".to_owned(), 1)];
    until(async || missed(&desk).await.iter().any(|row| *row == told[0])).await;
    worker.end().await;
}

#[tokio::test]
async fn a_broker_that_does_not_answer_at_first_is_asked_again_under_the_same_slot() {
    let world = World::new().await;
    let desk = world.process("one").await;
    let worker = Working::begin(&desk).await;
    world.broker.silent.store(2, Ordering::SeqCst);

    world.clock.set("2024-06-03T13:35:00Z");
    until(async || world.broker.asked.load(Ordering::SeqCst) == 3).await;
    world.clock.set("2024-06-03T13:36:00Z");
    until(async || world.broker.asked.load(Ordering::SeqCst) == 4).await;
    worker.end().await;

    assert_eq!(missed(&desk).await, []);
}

#[tokio::test]
async fn a_job_that_fails_to_its_last_attempt_is_told_with_its_next_slot() {
    let world = World::new().await;
    let desk = world.process("one").await;
    let worker = Working::begin(&desk).await;
    world.broker.silent.store(3, Ordering::SeqCst);

    world.clock.set("2024-06-03T13:35:00Z");
    until(async || world.broker.asked.load(Ordering::SeqCst) == 3).await;
    pass(Duration::from_millis(2_500)).await;
    let asked = world.broker.asked.load(Ordering::SeqCst);
    assert_eq!(asked, 3, "three attempts are all");
    world.clock.set("2024-06-03T13:36:00Z");
    until(async || world.broker.asked.load(Ordering::SeqCst) == 4).await;
    worker.end().await;

    assert_eq!(missed(&desk).await, [("reconcile".to_owned(), 1)]);
}

#[tokio::test]
async fn a_job_that_is_not_done_is_not_begun_again_and_a_stop_waits_for_it() {
    let world = World::new().await;
    let desk = world.process("one").await;
    let worker = Working::begin(&desk).await;
    world.market.stands_still.store(true, Ordering::SeqCst);
    world.clock.set("2024-06-03T13:35:00Z");
    until(async || world.scans() == 1).await;

    world.clock.set("2024-06-03T13:45:00Z");
    until_claimed(&desk, Job::Expire, "2024-06-03T13:45:00Z").await;
    assert_eq!(world.scans(), 1, "one at a time");
    let market = world.market.clone();
    let freed = tokio::spawn(async move {
        pass(Duration::from_millis(700)).await;
        market.stands_still.store(false, Ordering::SeqCst);
    });
    assert!(!freed.is_finished());
    worker.end().await;
    assert!(freed.is_finished(), "the stop waited for the scan");
    freed.await.expect("freed");
}

#[tokio::test]
async fn a_process_that_starts_again_tells_what_passed_while_it_was_gone() {
    let world = World::new().await;
    let desk = world.process("one").await;
    let worker = Working::begin(&desk).await;
    world.clock.set("2024-06-03T20:00:00Z");
    until_claimed(&desk, Job::Expire, "2024-06-03T20:00:00Z").await;
    worker.end().await;

    world.clock.set("2024-06-04T13:36:00Z");
    let desk = world.process("one again").await;
    let worker = Working::begin(&desk).await;
    until_claimed(&desk, Job::Scan, "2024-06-04T13:35:00Z").await;
    until_claimed(&desk, Job::Retention, "2024-06-04T00:00:00Z").await;
    until_claimed(&desk, Job::Report, "2024-06-03T20:05:00Z").await;
    worker.end().await;

    let expire = 17 * 60 + 36 - 1;
    let missed = missed_today(&desk).await;
    assert!(
        missed.contains(&("expire".to_owned(), expire)),
        "{missed:?}"
    );
    assert!(!missed.iter().any(|row| row.0 == "report"), "{missed:?}");
}
