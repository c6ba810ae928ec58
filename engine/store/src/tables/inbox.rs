//! The inbox: what caused units from outside, once each.

use countersign_desk::work::InboxKey;
use countersign_domain::ids::DeskId;
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    value::{Cell, micros, number},
};

/// Takes a key for the unit of that sequence number, or of the one that the desk just took: returns
/// a row, and none when the key had been taken before.
pub(crate) fn take(
    script: &mut Script,
    desk: DeskId,
    key: &InboxKey,
    (seq, now): (Option<u64>, Timestamp),
) {
    let sql = "insert into inbox (desk_id, source, external_id, seq, at) \
               select $1, $2, $3, coalesce($4, seq), $5 from desks where id = $1 \
               on conflict do nothing returning seq";
    let cells = vec![
        Cell::text(desk),
        Cell::text(&key.source),
        Cell::text(&key.id),
        Cell::Number(seq.map(number)),
        Cell::from(now),
    ];
    script.words(sql, cells);
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
