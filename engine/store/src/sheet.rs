//! How rows of a table are written, and bodies read back.

use std::fmt::Write;

use countersign_domain::ids::DeskId;
use serde::de::DeserializeOwned;
use sqlx::{AnyConnection, Row as _, any::AnyRow};

use crate::{fault::Fault, value::parsed};

/// How rows of one table are written.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Which table.
    pub(crate) table: &'static str,
    /// Its columns, in the order of the cells.
    pub(crate) columns: &'static [&'static str],
    /// What follows the values.
    pub(crate) tail: Tail,
}

/// What to do about rows that are there already.
#[derive(Debug)]
pub(crate) enum Tail {
    /// The new row takes the place of the old one with this key.
    Replace(&'static [&'static str]),
    /// The old row stays.
    Keep,
    /// They must not be there.
    Refuse,
    /// In these words.
    Words(&'static str),
}

impl Sheet {
    /// Writes the statement that inserts so many rows; its values follow so many others.
    pub(crate) fn insert(&self, sql: &mut String, rows: usize, after: usize) {
        let columns = self.columns.join(", ");
        // Writing to a string does not fail.
        let _ = write!(sql, "insert into {} ({columns}) values ", self.table);
        let width = self.columns.len();
        for row in 0..rows {
            for column in 0..width {
                let open = if column > 0 {
                    ", "
                } else if row > 0 {
                    "), ("
                } else {
                    "("
                };
                let _ = write!(sql, "{open}${}", after + row * width + column + 1);
            }
        }
        sql.push(')');
        match self.tail {
            Tail::Replace(keys) => {
                let kept = self.columns.iter().filter(|name| !keys.contains(name));
                let set: Vec<_> = kept
                    .map(|name| format!("{name} = excluded.{name}"))
                    .collect();
                let (keys, set) = (keys.join(", "), set.join(", "));
                let _ = write!(sql, " on conflict ({keys}) do update set {set}");
            }
            Tail::Keep => sql.push_str(" on conflict do nothing"),
            Tail::Refuse => {}
            Tail::Words(words) => sql.push_str(words),
        }
    }
}

/// Values of `table` by a statement that takes the desk as `$1` and answers with id and body.
pub(crate) async fn bodies<T: DeserializeOwned>(
    conn: &mut AnyConnection,
    table: &'static str,
    sql: &'static str,
    desk: DeskId,
) -> Result<Vec<T>, Fault> {
    let query = sqlx::query(sql).bind(desk.to_string());
    values(table, &query.fetch_all(conn).await?)
}

/// The same by a statement that takes a second id as `$2`.
pub(crate) async fn bodies_of<T: DeserializeOwned>(
    conn: &mut AnyConnection,
    table: &'static str,
    sql: &'static str,
    key: (DeskId, String),
) -> Result<Vec<T>, Fault> {
    let query = sqlx::query(sql).bind(key.0.to_string()).bind(key.1);
    values(table, &query.fetch_all(conn).await?)
}

/// The same by a statement that takes a number as `$2`.
pub(crate) async fn bodies_to<T: DeserializeOwned>(
    conn: &mut AnyConnection,
    table: &'static str,
    sql: &'static str,
    key: (DeskId, i64),
) -> Result<Vec<T>, Fault> {
    let query = sqlx::query(sql).bind(key.0.to_string()).bind(key.1);
    values(table, &query.fetch_all(conn).await?)
}

fn values<T: DeserializeOwned>(table: &'static str, rows: &[AnyRow]) -> Result<Vec<T>, Fault> {
    rows.iter()
        .map(|row| {
            let id: &str = row.try_get(0)?;
            let body: &str = row.try_get(1)?;
            parsed(table, id, body)
        })
        .collect()
}
