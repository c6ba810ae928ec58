//! Who entered codes that did not count, and when.

use std::{collections::BTreeMap, sync::Arc};

use countersign_desk::people::WrongCodes;
use countersign_domain::{ids::DeskId, operator::Identity};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies},
    value::{Cell, Row},
};

const TABLE: &str = "wrong_codes";
const WRONG: Sheet = Sheet {
    table: TABLE,
    columns: &["desk_id", "surface", "user_id", "body"],
    tail: Tail::Replace(&["desk_id", "surface", "user_id"]),
};

/// Writes them; `None` removes somebody's.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    wrong: &BTreeMap<Identity, Option<Arc<WrongCodes>>>,
) -> Result<(), Fault> {
    let mut rows = Vec::new();
    for (who, wrong) in wrong {
        let mut cells = vec![
            Cell::text(desk),
            Cell::text(who.surface),
            Cell::text(&who.user),
        ];
        let Some(wrong) = wrong else {
            script.words(
                "delete from wrong_codes where desk_id = $1 and surface = $2 and user_id = $3",
                cells,
            );
            continue;
        };
        let id = &who.user;
        cells.push(Row { table: TABLE, id }.json(wrong)?);
        rows.push(cells);
    }
    script.rows(&WRONG, rows);
    Ok(())
}

/// Everybody's on a desk.
pub(crate) async fn all(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Arc<WrongCodes>>, Fault> {
    let sql = "select user_id, body from wrong_codes where desk_id = $1";
    bodies(conn, TABLE, sql, desk).await
}
