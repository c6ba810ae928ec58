//! What the exit rules remember of each position.

use std::collections::BTreeMap;

use countersign_domain::{
    exit::ExitState,
    ids::{DeskId, PositionId},
};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies_of},
    value::{Cell, Row, parsed},
};

const TABLE: &str = "exit_states";
const EXIT_STATES: Sheet = Sheet {
    table: TABLE,
    columns: &[
        "desk_id",
        "position_id",
        "high_water",
        "confirmations",
        "body",
    ],
    tail: Tail::Replace(&["desk_id", "position_id"]),
};

/// Writes what the exit rules remember.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    states: &BTreeMap<PositionId, ExitState>,
) -> Result<(), Fault> {
    let rows: Result<Vec<_>, _> = states.iter().map(|one| row(desk, one)).collect();
    script.rows(&EXIT_STATES, rows?);
    Ok(())
}

fn row(desk: DeskId, (id, state): (&PositionId, &ExitState)) -> Result<Vec<Cell>, Fault> {
    let row = Row { table: TABLE, id };
    Ok(vec![
        Cell::text(desk),
        Cell::text(id),
        row.usd(state.high_water)?,
        Cell::from(state.confirmations),
        row.json(state)?,
    ])
}

/// What the exit rules remember of open positions.
pub(crate) async fn of_open(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<(PositionId, ExitState)>, Fault> {
    let sql = "select x.position_id, x.body from positions p \
               join exit_states x on x.desk_id = p.desk_id and x.position_id = p.id \
               where p.desk_id = $1 and p.is_open = 1";
    let rows: Vec<(String, String)> = sqlx::query_as(sql)
        .bind(desk.to_string())
        .fetch_all(conn)
        .await?;
    rows.iter()
        .map(|(id, body)| {
            let position = id.parse().map_err(|why| Fault::unreadable(TABLE, id, why));
            Ok((position?, parsed(TABLE, id, body)?))
        })
        .collect()
}

/// What the exit rules remember of one position.
pub(crate) async fn of_position(
    conn: &mut AnyConnection,
    desk: DeskId,
    position: PositionId,
) -> Result<Option<ExitState>, Fault> {
    let sql = "select position_id, body from exit_states where desk_id = $1 and position_id = $2";
    let found = bodies_of(conn, TABLE, sql, (desk, position.to_string())).await?;
    Ok(found.into_iter().next())
}
