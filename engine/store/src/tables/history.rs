//! What positions were worth over time. Nothing rests on it.

use countersign_desk::ports::PositionSample;
use countersign_domain::ids::DeskId;
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail},
    value::{Cell, Row, micros},
};

const TABLE: &str = "history";
const HISTORY: Sheet = Sheet {
    table: TABLE,
    columns: &["desk_id", "position_id", "at", "unrealised", "realised"],
    tail: Tail::Keep,
};

/// Appends samples.
pub(crate) async fn append(
    conn: &mut AnyConnection,
    desk: DeskId,
    samples: &[PositionSample],
) -> Result<(), Fault> {
    let rows: Result<Vec<_>, _> = samples.iter().map(|sample| row(desk, sample)).collect();
    let mut script = Script::default();
    script.rows(&HISTORY, rows?);
    script.run(conn).await?;
    Ok(())
}

fn row(desk: DeskId, sample: &PositionSample) -> Result<Vec<Cell>, Fault> {
    let row = Row {
        table: TABLE,
        id: &sample.position,
    };
    Ok(vec![
        Cell::text(desk),
        Cell::text(sample.position),
        Cell::from(sample.at),
        row.usd(sample.unrealised)?,
        row.usd(sample.realised)?,
    ])
}

/// Deletes up to `most` samples from before a time.
pub(crate) async fn retain(
    conn: &mut AnyConnection,
    desk: DeskId,
    since: Timestamp,
    most: i64,
) -> Result<u64, Fault> {
    let sql = "delete from history where desk_id = $1 and (at, position_id) in (\
               select at, position_id from history where desk_id = $1 and at < $2 limit $3)";
    let done = sqlx::query(sql)
        .bind(desk.to_string())
        .bind(micros(since))
        .bind(most)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}
