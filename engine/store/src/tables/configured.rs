//! Operators as the configuration last named them.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    ids::{DeskId, OperatorId},
    operator::Operator,
};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies},
    value::{Cell, Row},
};

const TABLE: &str = "configured_operators";
const CONFIGURED: Sheet = Sheet {
    table: TABLE,
    columns: &["desk_id", "id", "body"],
    tail: Tail::Replace(&["desk_id", "id"]),
};

/// Writes them; `None` removes one.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    configured: &BTreeMap<OperatorId, Option<Arc<Operator>>>,
) -> Result<(), Fault> {
    let mut rows = Vec::new();
    for (id, operator) in configured {
        let Some(operator) = operator else {
            script.words(
                "delete from configured_operators where desk_id = $1 and id = $2",
                vec![Cell::text(desk), Cell::text(id)],
            );
            continue;
        };
        let body = Row { table: TABLE, id }.json(operator)?;
        rows.push(vec![Cell::text(desk), Cell::text(id), body]);
    }
    script.rows(&CONFIGURED, rows);
    Ok(())
}

/// Every one of a desk.
pub(crate) async fn all(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Arc<Operator>>, Fault> {
    let sql = "select id, body from configured_operators where desk_id = $1";
    bodies(conn, TABLE, sql, desk).await
}
