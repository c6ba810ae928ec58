//! Standing approvals.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    ids::{DeskId, StandingId},
    standing::Standing,
};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies},
    value::{Cell, Row},
};

const TABLE: &str = "standing";
const STANDING: Sheet = Sheet {
    table: TABLE,
    columns: &[
        "desk_id",
        "id",
        "signer_id",
        "strategy",
        "underlying",
        "per_day",
        "worst_loss_per_ticket",
        "worst_loss_per_day",
        "good_until",
        "signed_at",
        "revoked_at",
        "body",
    ],
    tail: Tail::Replace(&["desk_id", "id"]),
};

/// Writes standing approvals.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    standing: &BTreeMap<StandingId, Arc<Standing>>,
) -> Result<(), Fault> {
    let rows: Result<Vec<_>, _> = standing.values().map(|one| row(desk, one)).collect();
    script.rows(&STANDING, rows?);
    Ok(())
}

fn row(desk: DeskId, standing: &Standing) -> Result<Vec<Cell>, Fault> {
    let row = Row {
        table: TABLE,
        id: &standing.id,
    };
    Ok(vec![
        Cell::text(desk),
        Cell::text(standing.id),
        Cell::text(standing.signer),
        Cell::maybe_text(standing.strategy.as_ref()),
        Cell::maybe_text(standing.underlying),
        Cell::from(standing.per_day),
        row.usd(standing.worst_loss_per_ticket)?,
        row.usd(standing.worst_loss_per_day)?,
        Cell::from(standing.until),
        Cell::from(standing.signed_at),
        Cell::maybe_at(standing.revoked_at),
        row.json(standing)?,
    ])
}

/// Standing approvals that were not revoked.
pub(crate) async fn alive(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Arc<Standing>>, Fault> {
    let sql = "select id, body from standing where desk_id = $1 and revoked_at is null";
    bodies(conn, TABLE, sql, desk).await
}
