//! Many rows of one table, written with few statements; and bodies read back.

use std::fmt::Write;

use countersign_domain::ids::DeskId;
use serde::de::DeserializeOwned;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Row as _, any::AnyRow, query::Query};

use crate::{
    fault::Fault,
    value::{Cell, parsed},
};

/// Rows per statement: few sizes, so that few statements are prepared. A handful of rows, which is
/// what most units write, takes one. None is large: for each value that is bound, the names of all
/// those before it are walked through, so that a statement of 100 rows costs more than three of 32.
const SIZES: [usize; 6] = [32, 8, 4, 3, 2, 1];

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
    /// Writes the rows; answers with how many were written.
    pub(crate) async fn write(
        &self,
        conn: &mut AnyConnection,
        rows: Vec<Vec<Cell>>,
    ) -> Result<u64, Fault> {
        let mut written = 0;
        for (size, cells) in in_sizes(rows) {
            let sql = AssertSqlSafe(self.sql(size));
            let done = bound(sqlx::query(sql), cells).execute(&mut *conn).await?;
            written += done.rows_affected();
        }
        Ok(written)
    }

    /// Writes the rows and answers with what the words return.
    pub(crate) async fn write_returning(
        &self,
        conn: &mut AnyConnection,
        rows: Vec<Vec<Cell>>,
    ) -> Result<Vec<AnyRow>, Fault> {
        let mut returned = Vec::new();
        for (size, cells) in in_sizes(rows) {
            let sql = AssertSqlSafe(self.sql(size));
            returned.extend(bound(sqlx::query(sql), cells).fetch_all(&mut *conn).await?);
        }
        Ok(returned)
    }

    fn sql(&self, rows: usize) -> String {
        let mut sql = format!(
            "insert into {} ({}) values ",
            self.table,
            self.columns.join(", ")
        );
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
                // Writing to a string does not fail.
                let _ = write!(sql, "{open}${}", row * width + column + 1);
            }
        }
        sql.push(')');
        match self.tail {
            Tail::Replace(keys) => {
                let kept = self.columns.iter().filter(|name| !keys.contains(name));
                let set: Vec<_> = kept
                    .map(|name| format!("{name} = excluded.{name}"))
                    .collect();
                let _ = write!(
                    sql,
                    " on conflict ({}) do update set {}",
                    keys.join(", "),
                    set.join(", ")
                );
            }
            Tail::Keep => sql.push_str(" on conflict do nothing"),
            Tail::Refuse => {}
            Tail::Words(words) => sql.push_str(words),
        }
        sql
    }
}

/// The rows in groups of [`SIZES`], each flattened into its cells.
fn in_sizes(rows: Vec<Vec<Cell>>) -> Vec<(usize, Vec<Cell>)> {
    let mut left = rows.len();
    let mut rows = rows.into_iter();
    let mut groups = Vec::new();
    for size in SIZES {
        while left >= size {
            groups.push((size, rows.by_ref().take(size).flatten().collect()));
            left -= size;
        }
    }
    groups
}

type AnyQuery<'q> = Query<'q, Any, sqlx::any::AnyArguments>;

fn bound(mut query: AnyQuery<'_>, cells: Vec<Cell>) -> AnyQuery<'_> {
    for cell in cells {
        query = match cell {
            Cell::Text(text) => query.bind(text),
            Cell::Number(number) => query.bind(number),
        };
    }
    query
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
