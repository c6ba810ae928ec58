//! Why a database is not opened: one clear sentence each, and never a password.

use std::path::Path;

use countersign_desk::ports::Store;
use countersign_store::{OpenError, SqlStore, migrate, sqlite_url};

use crate::{
    place::Place,
    samples::expired,
    world::{Act, DESK, ManualClock, row},
};

async fn refused(url: &str) -> OpenError {
    let opened = SqlStore::open(url, ManualClock::new(), "one".to_owned()).await;
    opened.err().expect("it is refused")
}

#[tokio::test]
async fn an_address_without_sense_is_refused_without_repeating_it() {
    for url in [
        "",
        "desk.db",
        "mysql://root:hunter2@localhost/desk",
        "postgres://desk:hunter2@localhost:notaport/desk",
        "sqlite:",
        "sqlite://",
        "sqlite::memory:",
        "sqlite://desk.db?mode=memory",
        "sqlite://desk.db?hunter2=1",
    ] {
        for error in [refused(url).await, migrate(url).await.unwrap_err()] {
            assert!(
                matches!(error, OpenError::Address { .. }),
                "{url}: {error:?}"
            );
            let told = error.to_string();
            assert!(told.contains("write sqlite:///"), "{told}");
            assert!(!told.contains("hunter2"), "{told}");
        }
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_not_made() {
    let place = Place::empty_sqlite();

    let error = refused(&place.url).await;

    assert!(matches!(error, OpenError::Missing { .. }), "{error:?}");
    assert!(error.to_string().contains("run `countersign migrate`"));
    assert_eq!(std::fs::read_dir(place.folder()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let place = Place::empty_sqlite();
    let url = sqlite_url(&place.folder().join("nowhere").join("desk.db"));

    let told = migrate(&url).await.unwrap_err().to_string();

    assert!(
        told.contains("nowhere/desk.db") && told.contains("does its folder exist"),
        "{told}"
    );
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone() {
    let place = Place::empty_sqlite();
    let path = place.folder().join("desk.db");
    let letter = "Dear desk, this is a letter and no database at all. ".repeat(40);
    std::fs::write(&path, &letter).unwrap();

    for error in [
        refused(&place.url).await,
        migrate(&place.url).await.unwrap_err(),
    ] {
        assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
        assert!(error.to_string().contains("no database at all"));
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), letter);
}

#[tokio::test]
async fn a_damaged_file_is_refused() {
    let place = Place::sqlite().await;
    let store = place.store(&ManualClock::new(), "one").await;
    store.establish(&row(DESK)).await.unwrap();
    for _ in 0..300 {
        Act::doing(|draft| (0..20).for_each(|number| draft.note(expired(number))))
            .run_on(&store)
            .await;
    }
    drop(store);
    place.tamper("pragma wal_checkpoint(truncate)").await;
    let path = place.folder().join("desk.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    let end = bytes.len() - 4_096;
    bytes[middle..end].fill(0xA5);
    std::fs::write(&path, bytes).unwrap();

    let error = refused(&place.url).await;

    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
    assert!(error.to_string().contains("restore a copy"));
}

#[tokio::test]
async fn a_database_that_may_only_be_read_is_refused() {
    let place = Place::sqlite().await;

    let error = refused(&format!("{}?mode=ro", place.url)).await;

    assert!(matches!(error, OpenError::ReadOnly { .. }), "{error:?}");
    assert!(error.to_string().contains("right to write"));
}

#[tokio::test]
async fn a_locked_database_is_told_so() {
    let place = Place::sqlite().await;
    let mut other = place.connection().await;
    for sql in ["pragma locking_mode = exclusive", "begin exclusive"] {
        sqlx::query(sql).execute(&mut other).await.unwrap();
    }

    let error = migrate(&place.url).await.unwrap_err();

    assert!(matches!(error, OpenError::Locked { .. }), "{error:?}");
    assert!(error.to_string().contains("stop it or try again"));
}

#[tokio::test]
async fn a_path_may_hold_what_an_address_gives_a_meaning_to() {
    let place = Place::empty_sqlite();
    let path = place.folder().join("a desk? #1 100% täglich.db");
    let url = sqlite_url(&path);

    migrate(&url).await.unwrap();
    let store = SqlStore::open(&url, ManualClock::new(), "one".to_owned()).await;

    store.unwrap().establish(&row(DESK)).await.unwrap();
    assert!(path.is_file());
    assert_eq!(
        sqlite_url(Path::new("/var/desk.db")),
        "sqlite:///var/desk.db"
    );
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_told_within_three_seconds() {
    // Bound and not listening: every connection is refused.
    let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = socket.local_addr().unwrap().port();
    drop(socket);

    let error = refused(&format!("postgres://desk:hunter2@127.0.0.1:{port}/desk")).await;

    assert!(matches!(error, OpenError::Unreachable { .. }), "{error:?}");
    let told = error.to_string();
    assert!(told.contains(&format!("127.0.0.1:{port}/desk")), "{told}");
    assert!(!told.contains("hunter2"), "{told}");
}

#[tokio::test]
#[cfg_attr(
    not(has_test_postgres),
    ignore = "needs a PostgreSQL: set COUNTERSIGN_TEST_POSTGRES to its address"
)]
async fn a_wrong_password_and_a_missing_database_are_told() {
    let place = Place::postgres().await;
    let (scheme, rest) = place.url.split_once("://").unwrap();
    let (login, server) = rest.rsplit_once('@').unwrap();
    let (user, password) = login.split_once(':').unwrap();
    let wrong = format!("{scheme}://{user}:hunter2@{server}");
    let missing = place.url.rsplit_once('/').unwrap().0.to_owned() + "/nowhere_at_all";

    for (url, words) in [(wrong, "; correct user or password"), (missing, "createdb")] {
        let error = refused(&url).await;
        assert!(matches!(error, OpenError::Unreachable { .. }), "{error:?}");
        let told = error.to_string();
        assert!(told.contains(words), "{told}");
        assert!(
            !told.contains("hunter2") && !told.contains(password),
            "{told}"
        );
    }
}
