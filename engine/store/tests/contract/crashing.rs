//! A process that ends at any moment leaves whole units or nothing.

use std::{
    io::Read,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use countersign_desk::{
    ports::{AuditVerdict, Store},
    work::Done,
};
use countersign_store::SqlStore;
use tokio::sync::Semaphore;

use crate::{
    place::Place,
    samples::{drawing, expired, ticket},
    world::{Act, DESK, ManualClock, row},
};

/// A unit that writes a ticket, two events and three effects, under a key of its own.
fn unit(number: u128) -> Act {
    let act = Act::doing(move |draft| {
        draft.ticket(ticket(number));
        draft.perform(drawing(number + 1_000_000));
        draft.note(expired(number));
        draft.note(expired(number + 1_000_000));
    });
    act.caused_by(&format!("unit-{number}"))
}

/// Where the process that is killed finds its database, and the number of its first unit.
const DYING: &str = "COUNTERSIGN_TEST_DYING";

/// In the process that is killed: asks for many units and prints those that were told to be
/// committed, until it is killed.
async fn die_if_told_to() {
    let Ok(told) = std::env::var(DYING) else {
        return;
    };
    let (first, url) = told.split_once(' ').expect("a number and an address");
    let first: u128 = first.parse().expect("a number");
    let store = SqlStore::open(url, ManualClock::new(), "dying".to_owned()).await;
    let store = Arc::new(store.unwrap());
    let places = Arc::new(Semaphore::new(64));
    for number in first..first + UNITS {
        let place = places.clone().acquire_owned().await.unwrap();
        let store = store.clone();
        tokio::spawn(async move {
            if unit(number).try_on(&store).await.is_ok() {
                println!("{TOLD}{number}");
            }
            drop(place);
        });
    }
}

/// More units than a process asks for before it is killed.
const UNITS: u128 = 10_000;

/// What begins a line that names a unit.
const TOLD: &str = "told ";

/// Runs the test of that name as a process of its own and kills it; answers with the units that it
/// was told to be committed.
fn killed(test: &str, url: &str, first: u128, after: Duration) -> Vec<u128> {
    let mut dying = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", test])
        .env(DYING, format!("{first} {url}"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut output = dying.stdout.take().unwrap();
    let reading = std::thread::spawn(move || {
        let mut printed = String::new();
        output.read_to_string(&mut printed).map(|_| printed)
    });
    std::thread::sleep(after);
    dying.kill().unwrap();
    dying.wait().unwrap();
    // A server may still be at what it was asked for last.
    std::thread::sleep(Duration::from_millis(50));
    let printed = reading.join().unwrap().unwrap();
    // The last line may have been cut short.
    let whole = printed.rsplit_once('\n').map_or("", |(whole, _)| whole);
    whole
        .lines()
        .filter_map(|line| line.strip_prefix(TOLD)?.parse().ok())
        .collect()
}

async fn reopened_after_each_crash(test: &'static str, place: &Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    drop(store);
    let (mut survived, mut all) = (0, 0);
    for crash in 0..6_u64 {
        let first = u128::from(crash) * UNITS + 100_000;
        let after = Duration::from_millis(300 + crash * 70);
        let url = place.url.clone();
        let killing = tokio::task::spawn_blocking(move || killed(test, &url, first, after));
        let told = killing.await.unwrap();
        all += told.len();

        let store = place.store(&clock, "two").await;
        let seen = store.read(DESK).await.unwrap();
        let units = seen.seq;
        for number in &told {
            let id = ticket(*number).id;
            assert!(
                seen.tickets.contains_key(&id),
                "told {number}, and it is gone"
            );
        }
        assert!(units >= survived + u64::try_from(told.len()).unwrap());
        survived = units;
        let verdict = store.verify_audit(DESK).await.unwrap();
        assert!(
            matches!(verdict, AuditVerdict::Sound { rows, .. } if rows == 2 * units),
            "{verdict:?} after {units} units"
        );
        let rows = |table: &'static str| place.number_of(table);
        let whole = i64::try_from(units).unwrap();
        assert_eq!(rows("tickets").await, whole);
        assert_eq!(rows("inbox").await, whole);
        assert_eq!(rows("outbox").await, 3 * whole);
    }
    assert!(
        all > 0,
        "no process was ever told of a unit: nothing was tried"
    );
}

#[tokio::test]
async fn a_process_that_ends_leaves_whole_units_on_sqlite() {
    die_if_told_to().await;
    let test = "crashing::a_process_that_ends_leaves_whole_units_on_sqlite";
    reopened_after_each_crash(test, &Place::sqlite().await).await;
}

#[tokio::test]
#[cfg_attr(
    not(has_test_postgres),
    ignore = "needs a PostgreSQL: set COUNTERSIGN_TEST_POSTGRES to its address"
)]
async fn a_process_that_ends_leaves_whole_units_on_postgres() {
    die_if_told_to().await;
    let test = "crashing::a_process_that_ends_leaves_whole_units_on_postgres";
    reopened_after_each_crash(test, &Place::postgres().await).await;
}

async fn nobody_waits_for_the_answer(place: &Place) {
    let store = Arc::new(place.store(&ManualClock::new(), "one").await);
    store.establish(&row(DESK)).await.unwrap();

    for number in 0..50 {
        let act = Arc::new(unit(number));
        let mut asking = Box::pin(store.run(act));
        // Polled so often that it was asked for, then dropped wherever it stands.
        for _ in 0..number % 5 {
            let _ = futures::poll!(asking.as_mut());
            tokio::task::yield_now().await;
        }
        drop(asking);
    }

    // Whatever was asked for is done by the time a later one is: then each key tells of a whole unit.
    let last = unit(60).run_on(&store).await;
    assert_eq!(last.answer, Ok(Done::Ok));
    for number in 0..50 {
        unit(number).run_on(&store).await;
    }
    assert_eq!(store.read(DESK).await.unwrap().seq, 51);
    let verdict = store.verify_audit(DESK).await.unwrap();
    assert!(matches!(verdict, AuditVerdict::Sound { rows: 102, .. }));
}

#[tokio::test]
async fn a_caller_who_leaves_tears_nothing_on_sqlite() {
    nobody_waits_for_the_answer(&Place::sqlite().await).await;
}

#[tokio::test]
#[cfg_attr(
    not(has_test_postgres),
    ignore = "needs a PostgreSQL: set COUNTERSIGN_TEST_POSTGRES to its address"
)]
async fn a_caller_who_leaves_tears_nothing_on_postgres() {
    nobody_waits_for_the_answer(&Place::postgres().await).await;
}

#[tokio::test]
#[cfg_attr(
    not(has_test_postgres),
    ignore = "needs a PostgreSQL: set COUNTERSIGN_TEST_POSTGRES to its address"
)]
async fn connections_that_the_server_cut_are_replaced() {
    let place = Place::postgres().await;
    let store = place.store(&ManualClock::new(), "one").await;
    store.establish(&row(DESK)).await.unwrap();
    unit(1).run_on(&store).await;

    let sql = "select pg_terminate_backend(pid) from pg_stat_activity \
               where datname = current_database() and pid <> pg_backend_pid()";
    let mut conn = place.connection().await;
    sqlx::query(sql).fetch_all(&mut conn).await.unwrap();

    let after = unit(2).run_on(&store).await;
    assert_eq!(after.seq, 2);
    assert_eq!(store.read(DESK).await.unwrap().seq, 2);
}

#[tokio::test]
async fn another_process_that_keeps_the_file_locked_fails_units_and_then_lets_them_go_on() {
    let place = Place::sqlite().await;
    let store = place.store(&ManualClock::new(), "one").await;
    store.establish(&row(DESK)).await.unwrap();
    let mut other = place.connection().await;
    sqlx::query("begin immediate")
        .execute(&mut other)
        .await
        .unwrap();

    let told = unit(1).try_on(&store).await.unwrap_err().to_string();

    assert!(
        told.contains("another process holds the database"),
        "{told}"
    );
    let read = store.read(DESK).await.unwrap();
    assert_eq!(read.seq, 0, "reading goes on");
    sqlx::query("rollback").execute(&mut other).await.unwrap();
    assert_eq!(unit(1).run_on(&store).await.seq, 1);
}
