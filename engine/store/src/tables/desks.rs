//! The desks: their own row, their sequence, their fence and the head of their audit chain.

use countersign_desk::seen::DeskRow;
use countersign_domain::{ids::DeskId, view::Mode};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

use crate::{
    fault::Fault,
    script::Script,
    value::{Cell, count, json, number, parsed},
};

const TABLE: &str = "desks";

/// What a unit of work starts from and moves on.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// Its place among the desks, from 1; the upper bits of its outbox ids.
    pub(crate) number: i64,
    /// The unit's own sequence number.
    pub(crate) seq: u64,
    /// The fence of the newest lease.
    pub(crate) fence: u64,
    /// The last hash of the audit chain; the desk's id before the first event.
    pub(crate) audit: String,
    /// Events so far.
    pub(crate) events: u64,
    /// Outbox ids given so far.
    pub(crate) outbox: u64,
}

impl Head {
    /// Where the unit after this one starts.
    pub(crate) fn next(&self) -> Self {
        Self {
            seq: self.seq.saturating_add(1),
            ..self.clone()
        }
    }
}

/// Locks the desk and takes its next sequence number; returns the row that [`head`] reads.
pub(crate) fn advance(script: &mut Script, desk: DeskId) {
    let sql = "update desks set seq = seq + 1 where id = $1 \
               returning number, seq, fence, audit_head, event_count, outbox_count";
    script.words(sql, vec![Cell::text(desk)]);
}

/// Where a unit starts, from the row that [`advance`] returned.
pub(crate) fn head(desk: DeskId, row: Option<AnyRow>) -> Result<Head, Fault> {
    let row = row.ok_or(Fault::NoDesk(desk))?;
    Ok(Head {
        number: row.try_get(0)?,
        seq: count(TABLE, desk, row.try_get(1)?)?,
        fence: count(TABLE, desk, row.try_get(2)?)?,
        audit: row.try_get(3)?,
        events: count(TABLE, desk, row.try_get(4)?)?,
        outbox: count(TABLE, desk, row.try_get(5)?)?,
    })
}

/// Locks the desk without a new sequence number; answers with its fence.
pub(crate) async fn lock(conn: &mut AnyConnection, desk: DeskId) -> Result<u64, Fault> {
    let sql = "update desks set fence = fence where id = $1 returning fence";
    let row = sqlx::query(sql)
        .bind(desk.to_string())
        .fetch_optional(conn)
        .await?
        .ok_or(Fault::NoDesk(desk))?;
    count(TABLE, desk, row.try_get(0)?)
}

/// Writes the fence of a new lease.
pub(crate) async fn set_fence(
    conn: &mut AnyConnection,
    desk: DeskId,
    fence: u64,
) -> Result<(), Fault> {
    sqlx::query("update desks set fence = $2 where id = $1")
        .bind(desk.to_string())
        .bind(number(fence))
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes down how far sequence, events and outbox have come.
pub(crate) fn set_head(script: &mut Script, desk: DeskId, head: &Head) {
    let sql = "update desks set seq = $2, audit_head = $3, event_count = $4, outbox_count = $5 \
               where id = $1";
    let cells = vec![
        Cell::text(desk),
        Cell::from(number(head.seq)),
        Cell::text(&head.audit),
        Cell::from(number(head.events)),
        Cell::from(number(head.outbox)),
    ];
    script.words(sql, cells);
}

/// Writes a desk's own row over the one that is there.
pub(crate) fn write(script: &mut Script, row: &DeskRow) -> Result<(), Fault> {
    let sql = "update desks set name = $2, account = $3, mode = $4, trading = $5, body = $6 \
               where id = $1";
    let cells = vec![
        Cell::text(row.id),
        Cell::text(&row.name),
        Cell::text(&row.account),
        Cell::from(word(row.mode)),
        Cell::from(row.trading.as_str()),
        Cell::from(json(TABLE, row.id, row)?),
    ];
    script.words(sql, cells);
    Ok(())
}

/// Writes the row of a desk that is not there yet.
pub(crate) async fn establish(conn: &mut AnyConnection, row: &DeskRow) -> Result<(), Fault> {
    let sql = "insert into desks (id, number, seq, fence, audit_head, event_count, outbox_count, \
               name, account, mode, trading, body) \
               select $1, coalesce(max(number), 0) + 1, 0, 0, $1, 0, 0, $2, $3, $4, $5, $6 \
               from desks where true on conflict (id) do nothing";
    sqlx::query(sql)
        .bind(row.id.to_string())
        .bind(row.name.clone())
        .bind(row.account.to_string())
        .bind(word(row.mode))
        .bind(row.trading.as_str())
        .bind(json(TABLE, row.id, row)?)
        .execute(conn)
        .await?;
    Ok(())
}

/// A desk's sequence number.
pub(crate) async fn seq(conn: &mut AnyConnection, desk: DeskId) -> Result<u64, Fault> {
    let row = sqlx::query("select seq from desks where id = $1")
        .bind(desk.to_string())
        .fetch_optional(conn)
        .await?
        .ok_or(Fault::NoDesk(desk))?;
    count(TABLE, desk, row.try_get(0)?)
}

/// A desk's own row with its sequence number.
pub(crate) async fn load(conn: &mut AnyConnection, desk: DeskId) -> Result<(u64, DeskRow), Fault> {
    let row = sqlx::query("select seq, body from desks where id = $1")
        .bind(desk.to_string())
        .fetch_optional(conn)
        .await?
        .ok_or(Fault::NoDesk(desk))?;
    let seq = count(TABLE, desk, row.try_get(0)?)?;
    Ok((seq, parsed(TABLE, desk, row.try_get(1)?)?))
}

/// The committed head of a desk's audit chain, and how many events it has.
pub(crate) async fn audit_head(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<(String, u64), Fault> {
    let row = sqlx::query("select audit_head, event_count from desks where id = $1")
        .bind(desk.to_string())
        .fetch_optional(conn)
        .await?
        .ok_or(Fault::NoDesk(desk))?;
    Ok((row.try_get(0)?, count(TABLE, desk, row.try_get(1)?)?))
}

/// Every desk, oldest first.
pub(crate) async fn all(conn: &mut AnyConnection) -> Result<Vec<DeskId>, Fault> {
    let rows = sqlx::query("select id from desks order by number")
        .fetch_all(conn)
        .await?;
    rows.iter()
        .map(|row| {
            let id: &str = row.try_get(0)?;
            id.parse().map_err(|why| Fault::unreadable(TABLE, id, why))
        })
        .collect()
}

const fn word(mode: Mode) -> &'static str {
    match mode {
        Mode::Paper => "paper",
        Mode::Live => "live",
    }
}
