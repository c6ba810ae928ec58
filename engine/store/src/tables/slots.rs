//! Slots of jobs: each claimed once, for ever.

use countersign_domain::ids::DeskId;
use jiff::Timestamp;
use sqlx::{AnyConnection, Row as _};

use crate::{
    fault::Fault,
    value::{instant, micros},
};

const TABLE: &str = "slots";

/// Claims a slot; false when it had been claimed before.
pub(crate) async fn claim(
    conn: &mut AnyConnection,
    (desk, job): (DeskId, &str),
    slot: Timestamp,
    (holder, now): (&str, Timestamp),
) -> Result<bool, Fault> {
    let sql = "insert into slots (desk_id, job, slot, holder, claimed_at) \
               values ($1, $2, $3, $4, $5) on conflict do nothing";
    let done = sqlx::query(sql)
        .bind(desk.to_string())
        .bind(job.to_owned())
        .bind(micros(slot))
        .bind(holder.to_owned())
        .bind(micros(now))
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The last slot of a job that was claimed.
pub(crate) async fn last(
    conn: &mut AnyConnection,
    desk: DeskId,
    job: &str,
) -> Result<Option<Timestamp>, Fault> {
    let sql = "select slot from slots where desk_id = $1 and job = $2 order by slot desc limit 1";
    let row = sqlx::query(sql)
        .bind(desk.to_string())
        .bind(job.to_owned())
        .fetch_optional(conn)
        .await?;
    row.map(|row| instant(TABLE, job, row.try_get(0)?))
        .transpose()
}
