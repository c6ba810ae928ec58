//! Executions, once each by the broker's id, in the order in which they were taken in.

use std::collections::BTreeMap;

use countersign_desk::seen::Seen;
use countersign_domain::{
    execution::Execution,
    ids::{DeskId, ExecutionId, PositionId},
    structure::Side,
};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies, bodies_of},
    value::{Cell, Row, number},
};

const TABLE: &str = "executions";
const EXECUTIONS: Sheet = Sheet {
    table: TABLE,
    columns: &[
        "desk_id",
        "id",
        "order_id",
        "position_id",
        "place",
        "instrument",
        "side",
        "quantity",
        "price",
        "fee",
        "at",
        "is_bust",
        "body",
    ],
    tail: Tail::Replace(&["desk_id", "id"]),
};

/// Writes executions; `after` knows their places among those of their position.
pub(crate) fn write(
    script: &mut Script,
    after: &Seen,
    executions: &BTreeMap<ExecutionId, Execution>,
) -> Result<(), Fault> {
    let rows: Result<Vec<_>, _> = executions
        .values()
        .map(|execution| row(after, execution))
        .collect();
    script.rows(&EXECUTIONS, rows?);
    Ok(())
}

fn row(after: &Seen, execution: &Execution) -> Result<Vec<Cell>, Fault> {
    let row = Row {
        table: TABLE,
        id: &execution.id,
    };
    let place = after
        .executions
        .get(&execution.position)
        .and_then(|all| all.iter().position(|one| one.id == execution.id))
        .unwrap_or_default();
    let side = match execution.side {
        Side::Buy => "buy",
        Side::Sell => "sell",
    };
    Ok(vec![
        Cell::text(after.desk.id),
        Cell::text(&execution.id),
        Cell::maybe_text(execution.order),
        Cell::text(execution.position),
        Cell::from(number(u64::try_from(place).unwrap_or(u64::MAX))),
        Cell::text(execution.instrument),
        Cell::from(side),
        Cell::from(execution.quantity),
        row.price(execution.price)?,
        row.usd(execution.fee)?,
        Cell::from(execution.at),
        Cell::from(execution.bust),
        row.json(execution)?,
    ])
}

/// Executions of open positions, in the order in which they were taken in.
pub(crate) async fn of_open(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Execution>, Fault> {
    let sql = "select e.id, e.body from positions p \
               join executions e on e.desk_id = p.desk_id and e.position_id = p.id \
               where p.desk_id = $1 and p.is_open = 1 order by e.position_id, e.place, e.id";
    bodies(conn, TABLE, sql, desk).await
}

/// Executions of one position, in the order in which they were taken in.
pub(crate) async fn of_position(
    conn: &mut AnyConnection,
    desk: DeskId,
    position: PositionId,
) -> Result<Vec<Execution>, Fault> {
    let sql = "select id, body from executions where desk_id = $1 and position_id = $2 \
               order by place, id";
    bodies_of(conn, TABLE, sql, (desk, position.to_string())).await
}
