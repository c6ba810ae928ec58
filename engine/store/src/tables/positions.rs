//! Positions.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    ids::{DeskId, PositionId, TicketId},
    position::{Position, PositionState},
};
use sqlx::AnyConnection;

use super::tickets::structure;
use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies, bodies_of},
    value::{Cell, Row, parsed},
};

const TABLE: &str = "positions";
const POSITIONS: Sheet = Sheet {
    table: TABLE,
    columns: &[
        "desk_id",
        "id",
        "ticket_id",
        "entry_id",
        "underlying",
        "structure",
        "entered",
        "entry_net",
        "realised",
        "fees",
        "worst_loss_per_unit",
        "state",
        "is_open",
        "opened_at",
        "closed_at",
        "body",
    ],
    tail: Tail::Replace(&["desk_id", "id"]),
};

/// Writes positions.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    positions: &BTreeMap<PositionId, Arc<Position>>,
) -> Result<(), Fault> {
    let rows: Result<Vec<_>, _> = positions.values().map(|one| row(desk, one)).collect();
    script.rows(&POSITIONS, rows?);
    Ok(())
}

fn row(desk: DeskId, position: &Position) -> Result<Vec<Cell>, Fault> {
    let row = Row {
        table: TABLE,
        id: &position.id,
    };
    let closed_at = match position.state {
        PositionState::Closed { at, .. } => Some(at),
        _ => None,
    };
    Ok(vec![
        Cell::text(desk),
        Cell::text(position.id),
        Cell::text(position.ticket),
        Cell::text(position.entry),
        Cell::text(position.underlying),
        Cell::from(structure(position.structure.kind())),
        Cell::from(position.entered.0),
        row.price(position.entry_net)?,
        row.usd(position.realised())?,
        row.usd(position.fees)?,
        row.usd(position.worst_loss_per_unit)?,
        Cell::from(position.state.name()),
        Cell::from(!position.state.is_closed()),
        Cell::from(position.opened_at),
        Cell::maybe_at(closed_at),
        row.json(position)?,
    ])
}

/// Positions that are not closed.
pub(crate) async fn open(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Arc<Position>>, Fault> {
    let sql = "select id, body from positions where desk_id = $1 and is_open = 1";
    bodies(conn, TABLE, sql, desk).await
}

/// The position of that id.
pub(crate) async fn one(
    conn: &mut AnyConnection,
    desk: DeskId,
    id: PositionId,
) -> Result<Option<Arc<Position>>, Fault> {
    let sql = "select id, body from positions where desk_id = $1 and id = $2";
    let found = bodies_of(conn, TABLE, sql, (desk, id.to_string())).await?;
    Ok(found.into_iter().next())
}

/// The position of a ticket.
pub(crate) async fn of_ticket(
    conn: &mut AnyConnection,
    desk: DeskId,
    ticket: TicketId,
) -> Result<Option<Arc<Position>>, Fault> {
    let sql = "select id, body from positions where desk_id = $1 and ticket_id = $2 \
               order by opened_at, id limit 1";
    let found = bodies_of(conn, TABLE, sql, (desk, ticket.to_string())).await?;
    Ok(found.into_iter().next())
}

/// Positions closed from one instant to before another, in microseconds, oldest first.
pub(crate) async fn closed(
    conn: &mut AnyConnection,
    desk: DeskId,
    from: i64,
    to: i64,
) -> Result<Vec<Arc<Position>>, Fault> {
    let sql = "select id, body from positions \
               where desk_id = $1 and closed_at >= $2 and closed_at < $3 order by closed_at, id";
    let rows: Vec<(String, String)> = sqlx::query_as(sql)
        .bind(desk.to_string())
        .bind(from)
        .bind(to)
        .fetch_all(conn)
        .await?;
    rows.iter()
        .map(|(id, body)| parsed(TABLE, id, body))
        .collect()
}
