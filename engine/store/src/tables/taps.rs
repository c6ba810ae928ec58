//! First presses of what is asked twice.

use std::{collections::BTreeMap, sync::Arc};

use countersign_desk::twice::Tap;
use countersign_domain::ids::{DeskId, TapId};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies},
    value::{Cell, Row},
};

const TABLE: &str = "second_taps";
const TAPS: Sheet = Sheet {
    table: TABLE,
    columns: &["desk_id", "id", "operator_id", "until", "is_used", "body"],
    tail: Tail::Replace(&["desk_id", "id"]),
};

/// Writes them; `None` removes one.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    taps: &BTreeMap<TapId, Option<Arc<Tap>>>,
) -> Result<(), Fault> {
    let mut rows = Vec::new();
    for (id, tap) in taps {
        let Some(tap) = tap else {
            script.words(
                "delete from second_taps where desk_id = $1 and id = $2",
                vec![Cell::text(desk), Cell::text(id)],
            );
            continue;
        };
        rows.push(vec![
            Cell::text(desk),
            Cell::text(id),
            Cell::text(tap.operator),
            Cell::from(tap.until),
            Cell::from(tap.used),
            Row { table: TABLE, id }.json(tap)?,
        ]);
    }
    script.rows(&TAPS, rows);
    Ok(())
}

/// Every one of a desk that is still known.
pub(crate) async fn all(conn: &mut AnyConnection, desk: DeskId) -> Result<Vec<Arc<Tap>>, Fault> {
    let sql = "select id, body from second_taps where desk_id = $1";
    bodies(conn, TABLE, sql, desk).await
}
