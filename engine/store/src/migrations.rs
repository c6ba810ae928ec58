//! The schema: which migrations there are, which were applied, and applying the rest.

use std::borrow::Cow;

use sqlx::{
    AnyConnection, Connection, Row as _, SqlSafeStr,
    migrate::{Migrate, MigrateError, Migration, MigrationType},
};

use crate::open::{Address, Kind, OpenError};

const TABLE: &str = "_sqlx_migrations";

/// One migration.
struct Step {
    version: i64,
    name: &'static str,
    sql: &'static str,
    /// True for what SQLite only notes as applied.
    postgres_only: bool,
}

/// Every migration, oldest first. Never change one that was released: add another.
const STEPS: [Step; 8] = [
    Step {
        version: 1,
        name: "desk",
        sql: include_str!("../../../migrations/0001_desk.sql"),
        postgres_only: false,
    },
    Step {
        version: 2,
        name: "typed views",
        sql: include_str!("../../../migrations/0002_typed_views.postgres.sql"),
        postgres_only: true,
    },
    Step {
        version: 3,
        name: "rooms",
        sql: include_str!("../../../migrations/0003_rooms.sql"),
        postgres_only: false,
    },
    Step {
        version: 4,
        name: "overrides",
        sql: include_str!("../../../migrations/0004_overrides.sql"),
        postgres_only: false,
    },
    Step {
        version: 5,
        name: "typed overrides",
        sql: include_str!("../../../migrations/0005_typed_overrides.postgres.sql"),
        postgres_only: true,
    },
    Step {
        version: 6,
        name: "people",
        sql: include_str!("../../../migrations/0006_people.sql"),
        postgres_only: false,
    },
    Step {
        version: 7,
        name: "news",
        sql: include_str!("../../../migrations/0007_news.sql"),
        postgres_only: false,
    },
    Step {
        version: 8,
        name: "typed news",
        sql: include_str!("../../../migrations/0008_typed_news.postgres.sql"),
        postgres_only: true,
    },
];

impl Step {
    fn migration(&self) -> Migration {
        Migration::new(
            self.version,
            Cow::Borrowed(self.name),
            MigrationType::Simple,
            self.sql.into_sql_str(),
            false,
        )
    }
}

/// The version to which this program brings a database.
pub fn known() -> i64 {
    STEPS.iter().map(|step| step.version).max().unwrap_or(0)
}

/// Brings a database up to this program's version; makes the file on SQLite. All of it happens in
/// one transaction, so it is never applied by half, also when several processes start at once.
///
/// # Errors
///
/// [`OpenError`], each variant saying what to do; nothing was changed.
pub async fn migrate(url: &str) -> Result<(), OpenError> {
    let address = Address::parse(url)?.created();
    let mut conn = address.connect().await?;
    let begin = match address.kind {
        Kind::Sqlite => "begin immediate",
        Kind::Postgres => {
            let locked = conn.lock().await;
            locked.map_err(|error| failed(&address, error))?;
            "begin"
        }
    };
    let mut tx = conn
        .begin_with(begin)
        .await
        .map_err(|error| address.explain(&error))?;
    let applied = applied(&mut tx, &address).await?;
    apply(&mut tx, &address, &applied)
        .await
        .map_err(|error| failed(&address, error))?;
    tx.commit().await.map_err(|error| address.explain(&error))?;
    // Closing gives the lock back as well.
    let _ = conn.close().await;
    Ok(())
}

/// The version of a database: 0 for an empty one, and for a file that is not there. Changes nothing.
///
/// # Errors
///
/// [`OpenError`], each variant saying what to do; a newer, half-migrated or foreign one among them.
pub async fn version(url: &str) -> Result<i64, OpenError> {
    let address = match Address::parse(url)?.existing() {
        Err(OpenError::Missing { .. }) => return Ok(0),
        found => found?,
    };
    let mut conn = address.connect_to_look().await?;
    let applied = applied(&mut conn, &address).await?;
    // Nothing was written that closing could lose.
    let _ = conn.close().await;
    Ok(applied.into_iter().max().unwrap_or(0))
}

async fn apply(
    conn: &mut AnyConnection,
    address: &Address,
    applied: &[i64],
) -> Result<(), MigrateError> {
    conn.ensure_migrations_table(TABLE).await?;
    for step in STEPS.iter().filter(|step| !applied.contains(&step.version)) {
        let migration = step.migration();
        if step.postgres_only && address.kind != Kind::Postgres {
            conn.skip(TABLE, &migration).await?;
        } else {
            conn.apply(TABLE, &migration).await?;
        }
    }
    Ok(())
}

/// Refuses a database whose schema is not exactly this program's.
pub(crate) async fn check(conn: &mut AnyConnection, address: &Address) -> Result<(), OpenError> {
    let applied = applied(conn, address).await?;
    let found = applied.iter().copied().max().unwrap_or(0);
    if applied.len() < STEPS.len() {
        return Err(OpenError::Older {
            place: address.place.clone(),
            found,
            known: known(),
        });
    }
    Ok(())
}

/// The versions that were applied; refuses what this program did not make or does not know.
async fn applied(conn: &mut AnyConnection, address: &Address) -> Result<Vec<i64>, OpenError> {
    let place = || address.place.clone();
    let exists = exists(conn, address.kind).await;
    if !exists.map_err(|error| address.explain(&error))? {
        return Ok(Vec::new());
    }
    let wrong = |error| failed(address, error);
    if let Some(version) = conn.dirty_version(TABLE).await.map_err(wrong)? {
        return Err(OpenError::HalfApplied {
            place: place(),
            version,
        });
    }
    let applied = conn.list_applied_migrations(TABLE).await.map_err(wrong)?;
    if let Some(newest) = applied.iter().map(|one| one.version).max()
        && newest > known()
    {
        return Err(OpenError::Newer {
            place: place(),
            found: newest,
            known: known(),
        });
    }
    for one in &applied {
        let step = STEPS.iter().find(|step| step.version == one.version);
        if step.is_none_or(|step| step.migration().checksum != one.checksum) {
            return Err(OpenError::Foreign {
                place: place(),
                version: one.version,
            });
        }
    }
    Ok(applied.iter().map(|one| one.version).collect())
}

async fn exists(conn: &mut AnyConnection, kind: Kind) -> Result<bool, sqlx::Error> {
    let sql = match kind {
        Kind::Sqlite => {
            "select count(*) from sqlite_master where type = 'table' and name = '_sqlx_migrations'"
        }
        Kind::Postgres => {
            "select count(*) from pg_tables \
             where schemaname = current_schema() and tablename = '_sqlx_migrations'"
        }
    };
    let count: i64 = sqlx::query(sql).fetch_one(conn).await?.try_get(0)?;
    Ok(count > 0)
}

fn failed(address: &Address, error: MigrateError) -> OpenError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            address.explain(&error)
        }
        other => OpenError::Failed {
            place: address.place.clone(),
            why: other.to_string(),
        },
    }
}
