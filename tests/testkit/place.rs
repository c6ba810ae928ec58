//! Databases of a test's own, gone with it.

use std::{
    path::PathBuf,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use countersign_store::{migrate, sqlite_url};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tempfile::TempDir;

/// The environment variable that names a PostgreSQL server, as an address with the right to make
/// databases.
pub const POSTGRES: &str = "COUNTERSIGN_TEST_POSTGRES";

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file in memory-backed storage where the system has any.
    Sqlite,
    /// The server that [`POSTGRES`] names.
    Postgres,
}

impl Database {
    /// SQLite, and PostgreSQL where a server is named.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Sqlite];
        if std::env::var_os(POSTGRES).is_some() {
            all.push(Self::Postgres);
        }
        all
    }
}

/// A migrated database with nothing in it. Worlds may share one: each has a desk of its own in it.
#[derive(Debug)]
pub struct Place {
    url: String,
    kind: Kind,
    desks: AtomicU32,
}

#[derive(Debug)]
enum Kind {
    Sqlite(TempDir),
    Postgres { admin: String, name: String },
}

static MADE: AtomicU32 = AtomicU32::new(0);
static EMPTY: OnceLock<Vec<u8>> = OnceLock::new();

impl Place {
    /// A new one.
    pub fn new(database: Database) -> Self {
        let (url, kind) = match database {
            Database::Sqlite => sqlite(),
            Database::Postgres => postgres(),
        };
        Self {
            url,
            kind,
            desks: AtomicU32::new(0),
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A number for a desk that is new to it.
    pub(crate) fn next_desk(&self) -> u32 {
        self.desks.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The file, on SQLite.
    pub fn file(&self) -> Option<PathBuf> {
        match &self.kind {
            Kind::Sqlite(folder) => Some(folder.path().join("desk.db")),
            Kind::Postgres { .. } => None,
        }
    }
}

/// A folder that needs no disk where the system has such.
fn folder() -> TempDir {
    let mut named = tempfile::Builder::new();
    named.prefix("countersign-");
    let in_memory = named.tempdir_in("/dev/shm");
    in_memory
        .or_else(|_| named.tempdir())
        .expect("a temporary folder")
}

fn sqlite() -> (String, Kind) {
    let folder = folder();
    let file = folder.path().join("desk.db");
    let empty = EMPTY.get_or_init(|| {
        let made = self::folder();
        let file = made.path().join("empty.db");
        apart(migrate(&sqlite_url(&file))).expect("migrations apply");
        std::fs::read(&file).expect("the migrated file is there")
    });
    std::fs::write(&file, empty).expect("the file can be written");
    (sqlite_url(&file), Kind::Sqlite(folder))
}

fn postgres() -> (String, Kind) {
    sqlx::any::install_default_drivers();
    let admin = std::env::var(POSTGRES).expect("the address of a PostgreSQL server");
    let made = MADE.fetch_add(1, Ordering::Relaxed);
    let name = format!("countersign_world_{}_{made}", std::process::id());
    let (server, _) = admin.rsplit_once('/').expect("an address with a database");
    let url = format!("{server}/{name}");
    apart(async {
        execute(
            &admin,
            format!("drop database if exists {name} with (force)"),
        )
        .await;
        execute(&admin, format!("create database {name}")).await;
        migrate(&url).await.expect("migrations apply");
    });
    (url, Kind::Postgres { admin, name })
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

/// Runs something on a runtime and a thread of its own.
fn apart<T: Send>(work: impl Future<Output = T> + Send) -> T {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(work)
    };
    std::thread::scope(|scope| scope.spawn(run).join().expect("the work is done"))
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
        apart(async move { execute(&admin, sql).await });
    }
}
