//! Migrations: applied once, in one go, and never onto something unknown.

use countersign_store::{OpenError, SqlStore, known, migrate};
use futures::future::join_all;

use crate::{on_both, place::Place, world::ManualClock};

on_both!(
    migrating_twice_changes_nothing,
    a_newer_database_is_refused,
    a_half_applied_migration_is_never_run_on,
    a_changed_migration_is_refused,
    an_older_database_has_to_be_migrated_first,
);

async fn opened(place: &Place) -> Result<(), OpenError> {
    let opened = SqlStore::open(&place.url, ManualClock::new(), "one".to_owned()).await;
    opened.map(|_| ())
}

async fn refused(place: &Place) -> (OpenError, String) {
    let opening = opened(place).await.unwrap_err();
    let migrating = migrate(&place.url).await.unwrap_err();
    assert_eq!(opening, migrating, "neither opened nor migrated");
    let told = opening.to_string();
    let login = place.url.rsplit_once('@').map(|(login, _)| login);
    if let Some((_, password)) = login.and_then(|login| login.rsplit_once(':')) {
        assert!(!told.contains(password), "{told}");
    }
    (opening, told)
}

async fn migrating_twice_changes_nothing(place: Place) {
    migrate(&place.url).await.unwrap();
    opened(&place).await.unwrap();
    assert_eq!(place.number_of("_sqlx_migrations").await, known());
}

async fn a_newer_database_is_refused(place: Place) {
    let sql = "insert into _sqlx_migrations \
               (version, description, installed_on, success, checksum, execution_time) \
               select 77, 'later', installed_on, success, checksum, 0 \
               from _sqlx_migrations where version = 1";
    place.tamper(sql).await;

    let (error, told) = refused(&place).await;

    assert!(
        matches!(
            error,
            OpenError::Newer {
                found: 77,
                known: newest,
                ..
            } if newest == known()
        ),
        "{error:?}"
    );
    assert!(
        told.contains("is of version 77") && told.contains("use the newer program"),
        "{told}"
    );
}

async fn a_half_applied_migration_is_never_run_on(place: Place) {
    place
        .tamper("update _sqlx_migrations set success = false where version = 2")
        .await;

    let (error, told) = refused(&place).await;

    assert!(
        matches!(error, OpenError::HalfApplied { version: 2, .. }),
        "{error:?}"
    );
    assert!(told.contains("restore a copy"), "{told}");
}

async fn a_changed_migration_is_refused(place: Place) {
    let sql = "update _sqlx_migrations set checksum = \
               (select checksum from _sqlx_migrations where version = 2) where version = 1";
    place.tamper(sql).await;

    let (error, _) = refused(&place).await;

    assert!(
        matches!(error, OpenError::Foreign { version: 1, .. }),
        "{error:?}"
    );
}

async fn an_older_database_has_to_be_migrated_first(place: Place) {
    place.tamper("drop table _sqlx_migrations").await;

    let error = opened(&place).await.unwrap_err();

    assert!(
        matches!(
            error,
            OpenError::Older {
                found: 0,
                known: newest,
                ..
            } if newest == known()
        ),
        "{error:?}"
    );
    assert!(error.to_string().contains("run `countersign migrate`"));
    let migrating = migrate(&place.url).await.unwrap_err();
    assert!(
        migrating.to_string().contains("already exists"),
        "{migrating}"
    );
    assert_eq!(place.number_of("desks").await, 0, "nothing was touched");
}

async fn many_migrate_at_once(place: &Place) {
    let asked = (0..6).map(|_| migrate(&place.url));
    for done in join_all(asked).await {
        done.unwrap();
    }
    opened(place).await.unwrap();
}

#[tokio::test]
async fn many_processes_may_migrate_at_once_on_sqlite() {
    many_migrate_at_once(&Place::empty_sqlite()).await;
}

#[tokio::test]
#[cfg_attr(
    not(has_test_postgres),
    ignore = "needs a PostgreSQL: set COUNTERSIGN_TEST_POSTGRES to its address"
)]
async fn many_processes_may_migrate_at_once_on_postgres() {
    many_migrate_at_once(&Place::empty_postgres().await).await;
}
