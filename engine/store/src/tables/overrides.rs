//! Overrides and asks to loosen a limit.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    ids::{DeskId, OverrideId},
    money::{MoneyError, Usd},
    overrides::Override,
};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies, bodies_of},
    value::{Cell, Row},
};

const TABLE: &str = "overrides";
const OVERRIDES: Sheet = Sheet {
    table: TABLE,
    columns: &[
        "desk_id",
        "id",
        "limit_code",
        "limit_value",
        "ceiling",
        "term",
        "asker_id",
        "uses",
        "state",
        "is_open",
        "asked_at",
        "ends_at",
        "body",
    ],
    tail: Tail::Replace(&["desk_id", "id"]),
};

/// Writes overrides.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    overrides: &BTreeMap<OverrideId, Arc<Override>>,
) -> Result<(), Fault> {
    let rows: Result<Vec<_>, _> = overrides.values().map(|one| row(desk, one)).collect();
    script.rows(&OVERRIDES, rows?);
    Ok(())
}

fn row(desk: DeskId, one: &Override) -> Result<Vec<Cell>, Fault> {
    let row = Row {
        table: TABLE,
        id: &one.id,
    };
    // What is counted has as many decimals at the most as money has.
    let millionths = |value: Result<Usd, MoneyError>| {
        row.usd(value.map_err(|why| Fault::unstorable(TABLE, one.id, why))?)
    };
    Ok(vec![
        Cell::text(desk),
        Cell::text(one.id),
        Cell::from(one.code.name()),
        millionths(one.value.try_into())?,
        millionths(one.ceiling.try_into())?,
        Cell::from(one.term.as_str()),
        Cell::text(one.asker),
        Cell::from(one.uses),
        Cell::from(one.state.name()),
        Cell::from(!one.state.has_ended()),
        Cell::from(one.asked_at),
        Cell::from(one.until),
        row.json(one)?,
    ])
}

/// Overrides that have not ended.
pub(crate) async fn open(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Arc<Override>>, Fault> {
    let sql = "select id, body from overrides where desk_id = $1 and is_open = 1";
    bodies(conn, TABLE, sql, desk).await
}

/// The override of that id.
pub(crate) async fn one(
    conn: &mut AnyConnection,
    desk: DeskId,
    id: OverrideId,
) -> Result<Option<Arc<Override>>, Fault> {
    let sql = "select id, body from overrides where desk_id = $1 and id = $2";
    let found = bodies_of(conn, TABLE, sql, (desk, id.to_string())).await?;
    Ok(found.into_iter().next())
}
