//! What a desk did on each New York day.

use countersign_desk::seen::DayTotals;
use countersign_domain::ids::DeskId;
use jiff::civil::Date;
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies, bodies_of},
    value::{Cell, Row, number},
};

const TABLE: &str = "day_totals";
const DAY_TOTALS: Sheet = Sheet {
    table: TABLE,
    columns: &["desk_id", "day", "entries", "realised", "fees", "body"],
    tail: Tail::Replace(&["desk_id", "day"]),
};

/// Writes the totals of a day.
pub(crate) fn write(script: &mut Script, desk: DeskId, totals: &DayTotals) -> Result<(), Fault> {
    // Before the first day there is nothing to tell.
    let Some(date) = totals.date else {
        return Ok(());
    };
    let row = Row {
        table: TABLE,
        id: &date,
    };
    let entries = u64::try_from(totals.entries.len()).unwrap_or(u64::MAX);
    let cells = vec![
        Cell::text(desk),
        Cell::text(date),
        Cell::from(number(entries)),
        row.usd(totals.realised)?,
        row.usd(totals.fees)?,
        row.json(totals)?,
    ];
    script.rows(&DAY_TOTALS, vec![cells]);
    Ok(())
}

/// The totals of the newest day; empty before the first.
pub(crate) async fn newest(conn: &mut AnyConnection, desk: DeskId) -> Result<DayTotals, Fault> {
    let sql = "select day, body from day_totals where desk_id = $1 order by day desc limit 1";
    let found: Vec<DayTotals> = bodies(conn, TABLE, sql, desk).await?;
    Ok(found.into_iter().next().unwrap_or_default())
}

/// The totals of that day; empty when there are none.
pub(crate) async fn of(
    conn: &mut AnyConnection,
    desk: DeskId,
    date: Date,
) -> Result<DayTotals, Fault> {
    let sql = "select day, body from day_totals where desk_id = $1 and day = $2";
    let found: Vec<DayTotals> = bodies_of(conn, TABLE, sql, (desk, date.to_string())).await?;
    Ok(found.into_iter().next().unwrap_or_default().on(date))
}
