//! The inbox: what caused units from outside, once each.

use countersign_desk::work::InboxKey;
use countersign_domain::ids::DeskId;
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    value::{micros, number},
};

/// Takes a key; false when it had been taken before.
pub(crate) async fn take(
    conn: &mut AnyConnection,
    desk: DeskId,
    key: &InboxKey,
    (seq, now): (u64, Timestamp),
) -> Result<bool, Fault> {
    let sql = "insert into inbox (desk_id, source, external_id, seq, at) \
               values ($1, $2, $3, $4, $5) on conflict do nothing";
    let done = sqlx::query(sql)
        .bind(desk.to_string())
        .bind(key.source.clone())
        .bind(key.id.clone())
        .bind(number(seq))
        .bind(micros(now))
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes up to `most` keys that were taken before a time.
pub(crate) async fn retain(
    conn: &mut AnyConnection,
    desk: DeskId,
    since: Timestamp,
    most: i64,
) -> Result<u64, Fault> {
    let sql = "delete from inbox where desk_id = $1 and (source, external_id) in (\
               select source, external_id from inbox where desk_id = $1 and at < $2 limit $3)";
    let done = sqlx::query(sql)
        .bind(desk.to_string())
        .bind(micros(since))
        .bind(most)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}
