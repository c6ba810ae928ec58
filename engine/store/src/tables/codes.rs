//! Link codes, by their hash.

use std::{collections::BTreeMap, sync::Arc};

use countersign_desk::people::{CodeHash, LinkCode};
use countersign_domain::ids::DeskId;
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies},
    value::{Cell, Row},
};

const TABLE: &str = "link_codes";
const CODES: Sheet = Sheet {
    table: TABLE,
    columns: &["desk_id", "hash", "operator_id", "until", "is_used", "body"],
    tail: Tail::Replace(&["desk_id", "hash"]),
};

/// Writes codes; `None` removes one.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    codes: &BTreeMap<CodeHash, Option<Arc<LinkCode>>>,
) -> Result<(), Fault> {
    let mut rows = Vec::new();
    for (hash, code) in codes {
        let Some(code) = code else {
            script.words(
                "delete from link_codes where desk_id = $1 and hash = $2",
                vec![Cell::text(desk), Cell::text(hash)],
            );
            continue;
        };
        let row = Row {
            table: TABLE,
            id: hash,
        };
        rows.push(vec![
            Cell::text(desk),
            Cell::text(hash),
            Cell::text(code.operator),
            Cell::from(code.until),
            Cell::from(code.used),
            row.json(code)?,
        ]);
    }
    script.rows(&CODES, rows);
    Ok(())
}

/// Every code of a desk that is still known.
pub(crate) async fn all(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Arc<LinkCode>>, Fault> {
    let sql = "select hash, body from link_codes where desk_id = $1";
    bodies(conn, TABLE, sql, desk).await
}
