//! Where each source of news stands.

use std::{collections::BTreeMap, sync::Arc};

use countersign_desk::news::NewsSource;
use countersign_domain::ids::DeskId;
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies},
    value::{Cell, Row},
};

const TABLE: &str = "news_sources";
const SOURCES: Sheet = Sheet {
    table: TABLE,
    columns: &["desk_id", "name", "heard_at", "body"],
    tail: Tail::Replace(&["desk_id", "name"]),
};

/// Writes them.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    sources: &BTreeMap<String, Arc<NewsSource>>,
) -> Result<(), Fault> {
    let row = |source: &Arc<NewsSource>| {
        let row = Row {
            table: TABLE,
            id: &source.name,
        };
        Ok(vec![
            Cell::text(desk),
            Cell::text(&source.name),
            Cell::maybe_at(source.heard_at),
            row.json(source)?,
        ])
    };
    let rows: Result<Vec<_>, Fault> = sources.values().map(row).collect();
    script.rows(&SOURCES, rows?);
    Ok(())
}

/// Every one of a desk.
pub(crate) async fn all(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Arc<NewsSource>>, Fault> {
    let sql = "select name, body from news_sources where desk_id = $1";
    bodies(conn, TABLE, sql, desk).await
}
