//! Running one slot: by one process alone, and what passed before it is told.

use countersign_desk::ports::{AuditVerdict, PositionSample};
use countersign_domain::{ids::PositionId, money::Usd};
use countersign_jobs::{
    job::{self, Ran},
    timetable::{Due, Job, Slot},
};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};

use crate::world::{World, events, missed, missed_today};

fn due(job: Job, at: &str, missed: u64) -> Due {
    let at: Timestamp = at.parse().expect("a time");
    Due {
        slot: Slot { at, job },
        missed,
    }
}

#[tokio::test]
async fn two_processes_run_a_slot_and_one_of_them_scans() {
    let world = World::new().await;
    let (one, two) = (world.process("one").await, world.process("two").await);
    world.clock.set("2024-06-03T13:35:00Z");
    let slot = due(Job::Scan, "2024-06-03T13:35:00Z", 0);

    let rans = join_all((0..8).map(|number| {
        let desk = if number % 2 == 0 { &one } else { &two };
        job::run(desk, &slot)
    }))
    .await;

    let taken = rans.iter().filter(|ran| **ran == Ok(Ran::Taken)).count();
    assert_eq!((taken, world.scans()), (7, 1));
    assert_eq!(missed(&one).await, []);
}

#[tokio::test]
async fn every_job_runs_on_a_desk_with_nothing_to_do() {
    let world = World::new().await;
    let desk = world.process("one").await;
    world.clock.set("2024-06-03T13:35:00Z");

    for job in Job::ALL {
        let slot = due(job, "2024-06-03T13:35:00Z", 0);
        let ran = job::run(&desk, &slot).await.expect("it runs");
        let scanned = matches!(ran, Ran::Scanned(ref lines) if lines.len() == 1);
        assert!(ran == Ran::Done || (job == Job::Scan && scanned), "{ran:?}");
        // A desk without a source of news has no slots of it to take.
        let again = if job == Job::News {
            Ran::Done
        } else {
            Ran::Taken
        };
        assert_eq!(job::run(&desk, &slot).await, Ok(again), "{job:?}");
    }
}

#[tokio::test]
async fn slots_that_nothing_ran_are_told_with_the_next_one() {
    let world = World::new().await;
    let desk = world.process("one").await;
    world.clock.set("2024-06-03T14:10:00Z");

    let slot = due(Job::Scan, "2024-06-03T14:10:00Z", 7);
    job::run(&desk, &slot).await.expect("it runs");

    let wanted = [("scan".to_owned(), 7)];
    assert_eq!(missed(&desk).await, wanted);
    assert_eq!(missed_today(&desk).await, wanted);
    assert_eq!(world.scans(), 1, "and none of them is caught up");
}

#[tokio::test]
async fn slots_that_another_process_ran_were_not_missed() {
    let world = World::new().await;
    let (slept, awake) = (world.process("one").await, world.process("two").await);
    world.clock.set("2024-06-03T14:00:00Z");
    let slot = due(Job::Scan, "2024-06-03T14:00:00Z", 0);
    job::run(&awake, &slot).await.expect("it runs");
    world.clock.set("2024-06-03T14:15:00Z");

    let slot = due(Job::Scan, "2024-06-03T14:15:00Z", 8);
    job::run(&slept, &slot).await.expect("it runs");

    assert_eq!(missed(&slept).await, [("scan".to_owned(), 2)]);
}

#[tokio::test]
async fn a_scan_that_comes_too_late_is_told_and_not_run() {
    let world = World::new().await;
    let desk = world.process("one").await;
    world.clock.set("2024-06-03T20:30:00Z");

    let scan = due(Job::Scan, "2024-06-03T19:55:00Z", 3);
    let report = due(Job::Report, "2024-06-03T20:05:00Z", 0);

    assert_eq!(job::run(&desk, &scan).await, Ok(Ran::Late));
    assert_eq!(
        job::run(&desk, &report).await,
        Ok(Ran::Done),
        "late is fine"
    );
    assert_eq!(missed(&desk).await, [("scan".to_owned(), 4)]);
    assert_eq!(world.scans(), 0);
}

#[tokio::test]
async fn retention_deletes_what_is_old_and_never_touches_events() {
    let world = World::new().await;
    let desk = world.process("one").await;
    desk.missed("scan", 1).await.expect("an event");
    let sample = |at: &str| PositionSample {
        position: PositionId::from_bits(1),
        at: at.parse().expect("a time"),
        unrealised: Usd::ZERO,
        realised: Usd::ZERO,
    };
    let (old, new) = (
        sample("2024-06-03T13:00:00Z"),
        sample("2024-09-01T13:00:00Z"),
    );
    desk.store()
        .record(desk.id(), &[old, new])
        .await
        .expect("samples");
    let before = events(&desk).await;
    world.clock.set("2024-09-02T00:00:00Z");

    let slot = due(Job::Retention, "2024-09-02T00:00:00Z", 0);
    assert_eq!(job::run(&desk, &slot).await, Ok(Ran::Done));

    let forget = |since: Timestamp| desk.store().retain(desk.id(), since);
    let kept = slot.slot.at - SignedDuration::from_hours(90 * 24);
    assert_eq!(forget(kept).await, Ok(0), "what is older is gone");
    assert_eq!(forget(slot.slot.at).await, Ok(1), "what is newer is not");
    assert_eq!(events(&desk).await, before);
    let audit = desk.store().verify_audit(desk.id()).await;
    assert!(matches!(audit, Ok(AuditVerdict::Sound { .. })), "{audit:?}");
}
