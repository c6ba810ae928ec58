//! Orders.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    ids::{DeskId, OrderId, PositionId, TicketId},
    order::{Order, Purpose, TimeInForce},
};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies, bodies_of},
    value::{Cell, Row},
};

const TABLE: &str = "orders";
const ORDERS: Sheet = Sheet {
    table: TABLE,
    columns: &[
        "desk_id",
        "id",
        "purpose",
        "ticket_id",
        "position_id",
        "client_order_id",
        "broker_id",
        "attempt",
        "quantity",
        "filled",
        "limit_price",
        "bound_price",
        "tif",
        "state",
        "is_live",
        "created_at",
        "changed_at",
        "body",
    ],
    tail: Tail::Replace(&["desk_id", "id"]),
};

/// Writes orders.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    orders: &BTreeMap<OrderId, Arc<Order>>,
) -> Result<(), Fault> {
    let rows: Result<Vec<_>, _> = orders.values().map(|order| row(desk, order)).collect();
    script.rows(&ORDERS, rows?);
    Ok(())
}

fn row(desk: DeskId, order: &Order) -> Result<Vec<Cell>, Fault> {
    let row = Row {
        table: TABLE,
        id: &order.id,
    };
    let (purpose, ticket) = match order.purpose {
        Purpose::Entry { ticket, .. } => ("entry", Some(ticket)),
        Purpose::Exit { .. } => ("exit", None),
    };
    let tif = match order.tif {
        TimeInForce::Day => "day",
        TimeInForce::Ioc => "ioc",
    };
    Ok(vec![
        Cell::text(desk),
        Cell::text(order.id),
        Cell::from(purpose),
        Cell::maybe_text(ticket),
        Cell::text(order.position),
        Cell::text(order.client_order_id()),
        Cell::maybe_text(order.broker_id.as_ref()),
        Cell::from(order.attempt),
        Cell::from(order.quantity.0),
        Cell::from(order.filled.0),
        row.price(order.limit)?,
        row.price(order.bound)?,
        Cell::from(tif),
        Cell::from(order.state.name()),
        Cell::from(order.is_live()),
        Cell::from(order.created_at),
        Cell::from(order.changed_at),
        row.json(order)?,
    ])
}

/// Live orders, and every order of an open position.
pub(crate) async fn alive(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Arc<Order>>, Fault> {
    let sql = "select id, body from living_orders where desk_id = $1";
    bodies(conn, TABLE, sql, desk).await
}

/// The order of that id.
pub(crate) async fn one(
    conn: &mut AnyConnection,
    desk: DeskId,
    id: OrderId,
) -> Result<Option<Arc<Order>>, Fault> {
    let sql = "select id, body from orders where desk_id = $1 and id = $2";
    let found = bodies_of(conn, TABLE, sql, (desk, id.to_string())).await?;
    Ok(found.into_iter().next())
}

/// The orders of a position, oldest first.
pub(crate) async fn of_position(
    conn: &mut AnyConnection,
    desk: DeskId,
    position: PositionId,
) -> Result<Vec<Arc<Order>>, Fault> {
    let sql = "select id, body from orders where desk_id = $1 and position_id = $2 \
               order by created_at, id";
    bodies_of(conn, TABLE, sql, (desk, position.to_string())).await
}

/// The entry orders of a ticket, oldest first.
pub(crate) async fn of_ticket(
    conn: &mut AnyConnection,
    desk: DeskId,
    ticket: TicketId,
) -> Result<Vec<Arc<Order>>, Fault> {
    let sql = "select id, body from orders where desk_id = $1 and ticket_id = $2 \
               order by created_at, id";
    bodies_of(conn, TABLE, sql, (desk, ticket.to_string())).await
}
