//! The outbox: work to do outside, once per key at a time.
//!
//! A claim lasts [`CLAIM`] unless given back. `attempts` grows with each claim, so that it also
//! names the newest one: a claim that ran out cannot give back somebody else's. It returns to zero
//! when a row is given back that its holder never began: the first claim is the fresh one.

use countersign_desk::{effect::Effect, ports::OutboxRow};
use countersign_domain::ids::DeskId;
use jiff::{SignedDuration, Timestamp};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

use super::desks::{self, Head};
use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail},
    value::{Cell, Row, count, instant, micros, number, parsed},
};

const TABLE: &str = "outbox";
/// How long a claim lasts.
const CLAIM: SignedDuration = SignedDuration::from_secs(30);
/// Bits of an id below the desk's number.
const ORDINAL_BITS: u32 = 40;

/// A new row is claimed by the unit that writes it. A row that waits under the same key is asked
/// for again: its version grows, and it is claimed unless somebody has it in hand just now.
const OUTBOX: Sheet = Sheet {
    table: TABLE,
    columns: &[
        "id",
        "desk_id",
        "dedupe_key",
        "priority",
        "version",
        "attempts",
        "claimed_by",
        "claimed_until",
        "claimed_seq",
        "not_before",
        "created_at",
        "body",
    ],
    tail: Tail::Words(
        " on conflict (desk_id, dedupe_key) where done_at is null do update set \
         version = outbox.version + 1, \
         attempts = outbox.attempts \
         + case when outbox.claimed_until > excluded.created_at then 0 else 1 end, \
         claimed_by = case when outbox.claimed_until > excluded.created_at \
         then outbox.claimed_by else excluded.claimed_by end, \
         claimed_seq = case when outbox.claimed_until > excluded.created_at \
         then outbox.claimed_seq else excluded.claimed_seq end, \
         not_before = case when outbox.claimed_until > excluded.created_at \
         then outbox.not_before else excluded.not_before end, \
         claimed_until = case when outbox.claimed_until > excluded.created_at \
         then outbox.claimed_until else excluded.claimed_until end \
         returning id, version, attempts, claimed_seq, body, created_at",
    ),
};

/// Puts a unit's effects into the outbox; what that returns is read by [`claimed`].
pub(crate) fn put(
    script: &mut Script,
    (desk, holder): (DeskId, &str),
    (head, now): (&mut Head, Timestamp),
    effects: &[Effect],
) -> Result<(), Fault> {
    let mut rows = Vec::with_capacity(effects.len());
    for effect in effects {
        let key = effect.dedupe_key();
        let row = Row {
            table: TABLE,
            id: &key,
        };
        rows.push(vec![
            Cell::from(id(head)),
            Cell::text(desk),
            Cell::text(&key),
            Cell::from(effect.priority()),
            Cell::from(1_i64),
            Cell::from(1_i64),
            Cell::from(holder),
            Cell::from(claimed_until(now)),
            Cell::from(number(head.seq)),
            Cell::from(0_i64),
            Cell::from(now),
            row.json(effect)?,
        ]);
        head.outbox = head.outbox.saturating_add(1);
    }
    script.rows(&OUTBOX, rows);
    Ok(())
}

/// Of the rows that [`put`] returned those that the unit claimed, most urgent first.
pub(crate) fn claimed(rows: &[AnyRow], unit: u64) -> Result<Vec<OutboxRow>, Fault> {
    let mut claimed = Vec::with_capacity(rows.len());
    for row in rows {
        let seq: i64 = row.try_get(3)?;
        if seq == number(unit) {
            claimed.push(read(row)?);
        }
    }
    claimed.sort_unstable_by_key(|row| (row.effect.priority(), row.id));
    Ok(claimed)
}

/// The next id: the desk's number above, the count below, so that ids grow and are unique over
/// all desks without a counter that all desks would wait for.
fn id(head: &Head) -> i64 {
    (head.number << ORDINAL_BITS) | number(head.outbox.saturating_add(1))
}

fn claimed_until(now: Timestamp) -> i64 {
    micros(now.saturating_add(CLAIM).unwrap_or(Timestamp::MAX))
}

/// Reads `id, version, attempts, _, body, created_at` of a row that was just claimed.
fn read(row: &AnyRow) -> Result<OutboxRow, Fault> {
    let id: i64 = row.try_get(0)?;
    let claims = count(TABLE, id, row.try_get(2)?)?;
    Ok(OutboxRow {
        id,
        version: row.try_get(1)?,
        effect: parsed(TABLE, id, row.try_get(4)?)?,
        attempts: u32::try_from(claims.saturating_sub(1)).unwrap_or(u32::MAX),
        fresh: claims == 1,
        asked_at: instant(TABLE, id, row.try_get(5)?)?,
    })
}

/// True when something is due and in nobody's hands.
pub(crate) async fn any_due(
    conn: &mut AnyConnection,
    desk: DeskId,
    now: Timestamp,
) -> Result<bool, Fault> {
    let due = sqlx::query(
        "select id from outbox where desk_id = $1 and done_at is null \
         and claimed_until <= $2 and not_before <= $2 limit 1",
    );
    let due = due.bind(desk.to_string()).bind(micros(now));
    Ok(due.fetch_optional(conn).await?.is_some())
}

/// Claims what is due and in nobody's hands, most urgent first, then oldest first.
pub(crate) async fn claim(
    conn: &mut AnyConnection,
    (desk, holder): (DeskId, &str),
    now: Timestamp,
    most: u32,
) -> Result<Vec<OutboxRow>, Fault> {
    // Under the desk's lock, so that no unit waits for these rows while we wait for its own.
    desks::lock(conn, desk).await?;
    let sql = "update outbox set claimed_by = $2, claimed_until = $3, claimed_seq = 0, \
               attempts = attempts + 1 \
               where id in (select id from outbox where desk_id = $1 and done_at is null \
               and claimed_until <= $4 and not_before <= $4 order by priority, id limit $5) \
               and done_at is null and claimed_until <= $4 \
               returning id, version, attempts, claimed_seq, body, created_at";
    let rows = sqlx::query(sql)
        .bind(desk.to_string())
        .bind(holder.to_owned())
        .bind(claimed_until(now))
        .bind(micros(now))
        .bind(i64::from(most))
        .fetch_all(conn)
        .await?;
    let claimed: Result<Vec<_>, _> = rows.iter().map(read).collect();
    let mut claimed = claimed?;
    claimed.sort_unstable_by_key(|row| (row.effect.priority(), row.id));
    Ok(claimed)
}

/// Frees the claims of all holders but this one.
pub(crate) async fn inherit(
    conn: &mut AnyConnection,
    desk: DeskId,
    holder: &str,
) -> Result<(), Fault> {
    desks::lock(conn, desk).await?;
    let sql = "update outbox set claimed_by = null, claimed_until = 0, claimed_seq = 0 \
               where desk_id = $1 and done_at is null and claimed_by <> $2";
    sqlx::query(sql)
        .bind(desk.to_string())
        .bind(holder.to_owned())
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes that a row was performed at its version; when it was asked for again meanwhile, it waits.
pub(crate) async fn finish(
    conn: &mut AnyConnection,
    row: &OutboxRow,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "update outbox set done_at = $3, claimed_by = null, claimed_until = 0, \
               claimed_seq = 0 where id = $1 and version = $2 and done_at is null";
    let done = sqlx::query(sql)
        .bind(row.id)
        .bind(row.version)
        .bind(micros(now))
        .execute(&mut *conn)
        .await?;
    if done.rows_affected() == 0 {
        give_back(conn, row, 0).await?;
    }
    Ok(())
}

/// Notes when to try a row again.
pub(crate) async fn postpone(
    conn: &mut AnyConnection,
    row: &OutboxRow,
    until: Timestamp,
) -> Result<(), Fault> {
    give_back(conn, row, micros(until)).await
}

/// Gives a claim back, if it is still the newest. A row that its holder never began is as new to
/// the next one.
async fn give_back(
    conn: &mut AnyConnection,
    row: &OutboxRow,
    not_before: i64,
) -> Result<(), Fault> {
    let sql = "update outbox set claimed_by = null, claimed_until = 0, claimed_seq = 0, \
               not_before = $3, attempts = $4 \
               where id = $1 and attempts = $2 and done_at is null";
    let claims = i64::from(row.attempts) + 1;
    sqlx::query(sql)
        .bind(row.id)
        .bind(claims)
        .bind(not_before)
        .bind(if row.fresh { 0 } else { claims })
        .execute(conn)
        .await?;
    Ok(())
}

/// Rows that wait, due or not, in somebody's hands or not.
pub(crate) async fn waiting(conn: &mut AnyConnection, desk: DeskId) -> Result<u64, Fault> {
    let sql = "select count(*) from outbox where desk_id = $1 and done_at is null";
    let row = sqlx::query(sql)
        .bind(desk.to_string())
        .fetch_one(conn)
        .await?;
    count(TABLE, desk, row.try_get(0)?)
}

/// Deletes up to `most` rows that were done before a time.
pub(crate) async fn retain(
    conn: &mut AnyConnection,
    desk: DeskId,
    since: Timestamp,
    most: i64,
) -> Result<u64, Fault> {
    let sql = "delete from outbox where id in (select id from outbox \
               where desk_id = $1 and done_at is not null and done_at < $2 limit $3)";
    let done = sqlx::query(sql)
        .bind(desk.to_string())
        .bind(micros(since))
        .bind(most)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}
