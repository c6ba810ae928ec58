//! Tickets.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    ids::{DeskId, OrderId, TicketId},
    structure::StructureKind,
    ticket::{Ticket, TicketState},
};
use sqlx::AnyConnection;

use super::signals;
use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies, bodies_of, bodies_to},
    value::{Cell, Row},
};

const TABLE: &str = "tickets";
const TICKETS: Sheet = Sheet {
    table: TABLE,
    columns: &[
        "desk_id",
        "id",
        "revision",
        "signal_id",
        "order_id",
        "strategy",
        "underlying",
        "direction",
        "structure",
        "contracts",
        "limit_price",
        "worst_loss",
        "max_gain",
        "state",
        "offered_at",
        "expires_at",
        "body",
    ],
    tail: Tail::Replace(&["desk_id", "id"]),
};

/// Writes tickets.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    tickets: &BTreeMap<TicketId, Arc<Ticket>>,
) -> Result<(), Fault> {
    let rows: Result<Vec<_>, _> = tickets.values().map(|ticket| row(desk, ticket)).collect();
    script.rows(&TICKETS, rows?);
    Ok(())
}

fn row(desk: DeskId, ticket: &Ticket) -> Result<Vec<Cell>, Fault> {
    let row = Row {
        table: TABLE,
        id: &ticket.id,
    };
    Ok(vec![
        Cell::text(desk),
        Cell::text(ticket.id),
        Cell::from(ticket.revision.0),
        Cell::maybe_text(ticket.signal),
        Cell::maybe_text(order(&ticket.state)),
        Cell::text(&ticket.strategy),
        Cell::text(ticket.underlying),
        Cell::from(signals::direction(ticket.direction)),
        Cell::from(structure(ticket.structure.kind())),
        Cell::from(ticket.terms.contracts.0),
        row.price(ticket.terms.limit)?,
        row.usd(ticket.terms.worst_loss)?,
        row.maybe_usd(ticket.terms.max_gain)?,
        Cell::from(ticket.state.name()),
        Cell::from(ticket.offered_at),
        Cell::from(ticket.expires_at),
        row.json(ticket)?,
    ])
}

/// Offered tickets, and those whose entry order is alive.
pub(crate) async fn alive(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Arc<Ticket>>, Fault> {
    let sql = "select id, body from living_tickets where desk_id = $1";
    bodies(conn, TABLE, sql, desk).await
}

/// The ticket of that id.
pub(crate) async fn one(
    conn: &mut AnyConnection,
    desk: DeskId,
    id: TicketId,
) -> Result<Option<Arc<Ticket>>, Fault> {
    let sql = "select id, body from tickets where desk_id = $1 and id = $2";
    let found = bodies_of(conn, TABLE, sql, (desk, id.to_string())).await?;
    Ok(found.into_iter().next())
}

/// The newest tickets, newest first.
pub(crate) async fn newest(
    conn: &mut AnyConnection,
    desk: DeskId,
    most: u32,
) -> Result<Vec<Arc<Ticket>>, Fault> {
    let sql = "select id, body from tickets where desk_id = $1 \
               order by offered_at desc, id desc limit $2";
    bodies_to(conn, TABLE, sql, (desk, i64::from(most))).await
}

const fn order(state: &TicketState) -> Option<OrderId> {
    match state {
        TicketState::Confirmed { order, .. } | TicketState::Lapsed { order, .. } => Some(*order),
        _ => None,
    }
}

/// The word for a kind of structure in stored rows.
pub(crate) const fn structure(kind: StructureKind) -> &'static str {
    match kind {
        StructureKind::LongCall => "long_call",
        StructureKind::LongPut => "long_put",
        StructureKind::BullCallSpread => "bull_call_spread",
        StructureKind::BearPutSpread => "bear_put_spread",
        StructureKind::BullPutSpread => "bull_put_spread",
        StructureKind::BearCallSpread => "bear_call_spread",
    }
}
