//! Up to where each desk's broker reports were taken in.

use countersign_desk::ports::Cursor;
use countersign_domain::ids::DeskId;
use sqlx::{AnyConnection, Row as _};

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail},
    value::Cell,
};

const CURSORS: Sheet = Sheet {
    table: "cursors",
    columns: &["desk_id", "cursor_text"],
    tail: Tail::Replace(&["desk_id"]),
};

/// Writes a desk's cursor.
pub(crate) async fn write(
    conn: &mut AnyConnection,
    desk: DeskId,
    cursor: &Cursor,
) -> Result<(), Fault> {
    let row = vec![Cell::text(desk), Cell::text(&cursor.0)];
    let mut script = Script::default();
    script.rows(&CURSORS, vec![row]);
    script.run(conn).await?;
    Ok(())
}

/// A desk's cursor; empty at the very start.
pub(crate) async fn read(conn: &mut AnyConnection, desk: DeskId) -> Result<Cursor, Fault> {
    let row = sqlx::query("select cursor_text from cursors where desk_id = $1")
        .bind(desk.to_string())
        .fetch_optional(conn)
        .await?;
    Ok(match row {
        Some(row) => Cursor(row.try_get(0)?),
        None => Cursor::default(),
    })
}
