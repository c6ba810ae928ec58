//! A database of its own for each test, gone with it.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use countersign_store::{SqlStore, migrate, sqlite_url};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};

use crate::world::ManualClock;

/// A database.
pub(crate) struct Place {
    /// Its address.
    pub(crate) url: String,
    kind: Kind,
}

enum Kind {
    Sqlite(tempfile::TempDir),
    Postgres { admin: String, name: String },
}

static MADE: AtomicU32 = AtomicU32::new(0);

impl Place {
    /// True where one writer commits in groups.
    pub(crate) const fn groups(&self) -> bool {
        matches!(self.kind, Kind::Sqlite(_))
    }

    /// A file in a folder of its own, with nothing in it yet.
    pub(crate) fn empty_sqlite() -> Self {
        sqlx::any::install_default_drivers();
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            url: sqlite_url(&folder.path().join("desk.db")),
            kind: Kind::Sqlite(folder),
        }
    }

    /// A file in a folder of its own.
    pub(crate) async fn sqlite() -> Self {
        let place = Self::empty_sqlite();
        migrate(&place.url).await.expect("migrations apply");
        place
    }

    /// A database of its own on the server, with nothing in it yet.
    pub(crate) async fn empty_postgres() -> Self {
        sqlx::any::install_default_drivers();
        let admin = std::env::var("COUNTERSIGN_TEST_POSTGRES")
            .expect("COUNTERSIGN_TEST_POSTGRES is the address of a PostgreSQL server");
        let made = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("countersign_test_{}_{made}", std::process::id());
        let (server, _) = admin.rsplit_once('/').expect("an address with a database");
        let url = format!("{server}/{name}");
        execute(
            &admin,
            format!("drop database if exists {name} with (force)"),
        )
        .await;
        execute(&admin, format!("create database {name}")).await;
        Self {
            url,
            kind: Kind::Postgres { admin, name },
        }
    }

    /// A database of its own on the server.
    pub(crate) async fn postgres() -> Self {
        let place = Self::empty_postgres().await;
        migrate(&place.url).await.expect("migrations apply");
        place
    }

    /// A store on it, as a process named `holder` has one.
    pub(crate) async fn store(&self, clock: &Arc<ManualClock>, holder: &str) -> SqlStore {
        SqlStore::open(&self.url, clock.clone(), holder.to_owned())
            .await
            .expect("the store opens")
    }

    /// A connection past the store, for looking and tampering.
    pub(crate) async fn connection(&self) -> AnyConnection {
        AnyConnection::connect(&self.url)
            .await
            .expect("the database answers")
    }

    /// Runs a statement past the store; answers with how many rows it touched.
    pub(crate) async fn tamper(&self, sql: &str) -> u64 {
        let mut conn = self.connection().await;
        let done = sqlx::query(AssertSqlSafe(sql.to_owned()))
            .execute(&mut conn)
            .await
            .expect("the statement runs");
        conn.close().await.expect("the connection closes");
        done.rows_affected()
    }

    /// The one number that a query answers with.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let mut conn = self.connection().await;
        let number = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
            .fetch_one(&mut conn)
            .await
            .expect("the query answers");
        conn.close().await.expect("the connection closes");
        number
    }

    /// How many rows a table has.
    pub(crate) async fn number_of(&self, table: &str) -> i64 {
        self.number(&format!("select count(*) from {table}")).await
    }

    /// The folder of the file, on SQLite.
    pub(crate) fn folder(&self) -> &std::path::Path {
        match &self.kind {
            Kind::Sqlite(folder) => folder.path(),
            Kind::Postgres { .. } => panic!("only SQLite has a folder"),
        }
    }
}

async fn execute(url: &str, sql: String) {
    let mut conn = AnyConnection::connect(url)
        .await
        .expect("the server answers");
    sqlx::query(AssertSqlSafe(sql))
        .execute(&mut conn)
        .await
        .expect("the statement runs");
    conn.close().await.expect("the connection closes");
}

impl Drop for Place {
    fn drop(&mut self) {
        let Kind::Postgres { admin, name } = &self.kind else {
            return;
        };
        let (admin, sql) = (
            admin.clone(),
            format!("drop database if exists {name} with (force)"),
        );
        // The test's own runtime may be ending, also by a panic: use another.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(execute(&admin, sql));
        });
        let dropped = dropping.join();
        assert!(
            dropped.is_ok() || std::thread::panicking(),
            "the database {name} is left over"
        );
    }
}
