//! Signals.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    ids::{DeskId, SignalId},
    signal::{Direction, Signal, SignalState},
};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies, bodies_of, bodies_to},
    value::{Cell, Row},
};

const TABLE: &str = "signals";
const SIGNALS: Sheet = Sheet {
    table: TABLE,
    columns: &[
        "desk_id",
        "id",
        "strategy",
        "underlying",
        "direction",
        "state",
        "raised_at",
        "good_until",
        "body",
    ],
    tail: Tail::Replace(&["desk_id", "id"]),
};

/// Writes signals.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    signals: &BTreeMap<SignalId, Arc<Signal>>,
) -> Result<(), Fault> {
    let rows: Result<Vec<_>, _> = signals.values().map(|signal| row(desk, signal)).collect();
    script.rows(&SIGNALS, rows?);
    Ok(())
}

fn row(desk: DeskId, signal: &Signal) -> Result<Vec<Cell>, Fault> {
    let row = Row {
        table: TABLE,
        id: &signal.id,
    };
    let figures = signal.evidence.iter().map(|one| one.value);
    if !figures.chain([signal.strength]).all(f64::is_finite) {
        // JSON has no word for them, so the row could not be read back.
        return Err(Fault::unstorable(TABLE, signal.id, "a figure is no number"));
    }
    Ok(vec![
        Cell::text(desk),
        Cell::text(signal.id),
        Cell::text(&signal.strategy),
        Cell::text(signal.underlying),
        Cell::from(direction(signal.direction)),
        Cell::from(word(&signal.state)),
        Cell::from(signal.raised_at),
        Cell::from(signal.good_until),
        row.json(signal)?,
    ])
}

/// Signals that are not screened yet, and those behind living tickets.
pub(crate) async fn alive(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Arc<Signal>>, Fault> {
    let sql = "select id, body from signals where desk_id = $1 and state = 'raised' \
               union all \
               select s.id, s.body from living_tickets t \
               join signals s on s.desk_id = t.desk_id and s.id = t.signal_id \
               where t.desk_id = $1 and s.state <> 'raised'";
    bodies(conn, TABLE, sql, desk).await
}

/// The signal of that id.
pub(crate) async fn one(
    conn: &mut AnyConnection,
    desk: DeskId,
    id: SignalId,
) -> Result<Option<Arc<Signal>>, Fault> {
    let sql = "select id, body from signals where desk_id = $1 and id = $2";
    let found = bodies_of(conn, TABLE, sql, (desk, id.to_string())).await?;
    Ok(found.into_iter().next())
}

/// The newest signals, newest first.
pub(crate) async fn newest(
    conn: &mut AnyConnection,
    desk: DeskId,
    most: u32,
) -> Result<Vec<Signal>, Fault> {
    let sql = "select id, body from signals where desk_id = $1 \
               order by raised_at desc, id desc limit $2";
    bodies_to(conn, TABLE, sql, (desk, i64::from(most))).await
}

/// The word for a direction in stored rows.
pub(crate) const fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Bullish => "bullish",
        Direction::Bearish => "bearish",
    }
}

const fn word(state: &SignalState) -> &'static str {
    match state {
        SignalState::Raised => "raised",
        SignalState::Vetoed(_) => "vetoed",
        SignalState::Ticketed(_) => "ticketed",
        SignalState::Lapsed => "lapsed",
    }
}
