//! Events: the rows of the audit chain. Appended, never changed, never deleted.

use countersign_desk::ports::StoredEvent;
use countersign_domain::{event::Event, ids::DeskId};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

use super::desks::Head;
use crate::{
    audit::{Link, link},
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail},
    value::{Cell, count, json, number, parsed},
};

const TABLE: &str = "events";
const EVENTS: Sheet = Sheet {
    table: TABLE,
    columns: &[
        "desk_id", "seq", "idx", "at", "actor", "kind", "subject", "body", "hash",
    ],
    tail: Tail::Refuse,
};

/// One row as it stands in the table.
#[derive(Clone, Debug)]
pub(crate) struct EventRow {
    /// The unit's sequence number.
    pub(crate) seq: u64,
    /// Its place in the unit, from 0.
    pub(crate) index: u32,
    /// Unix microseconds.
    pub(crate) at: i64,
    /// Who caused it.
    pub(crate) actor: String,
    /// Which kind of fact.
    pub(crate) kind: String,
    /// What it is about.
    pub(crate) subject: String,
    /// The event as JSON.
    pub(crate) body: String,
    /// The hash that was written.
    pub(crate) hash: String,
}

/// Appends a unit's events and moves the head on.
pub(crate) fn append(
    script: &mut Script,
    desk: DeskId,
    head: &mut Head,
    events: &[Event],
) -> Result<(), Fault> {
    let mut rows = Vec::with_capacity(events.len());
    for (index, event) in (0_u32..).zip(events) {
        let name = format!("{desk} {}.{index}", head.seq);
        let body = json(TABLE, &name, event)?;
        let columns = Link::of(event).map_err(|why| Fault::unstorable(TABLE, &name, why))?;
        head.audit = link(&head.audit, head.seq, index, &body);
        head.events += 1;
        rows.push(vec![
            Cell::text(desk),
            Cell::from(number(head.seq)),
            Cell::from(index),
            Cell::from(columns.at),
            Cell::from(columns.actor),
            Cell::from(columns.kind),
            Cell::from(columns.subject),
            Cell::from(body),
            Cell::text(&head.audit),
        ]);
    }
    script.rows(&EVENTS, rows);
    Ok(())
}

/// Up to `most` rows after a place in the chain, in order.
pub(crate) async fn rows_after(
    conn: &mut AnyConnection,
    desk: DeskId,
    after: (i64, i64),
    most: i64,
) -> Result<Vec<EventRow>, Fault> {
    let sql = "select seq, idx, at, actor, kind, subject, body, hash from events \
               where desk_id = $1 and (seq, idx) > ($2, $3) order by seq, idx limit $4";
    let rows = sqlx::query(sql)
        .bind(desk.to_string())
        .bind(after.0)
        .bind(after.1)
        .bind(most)
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| read(desk, row)).collect()
}

/// Events after a sequence number, oldest first: up to `most`, and the rest of the last unit, so
/// that reading on from there leaves nothing out.
pub(crate) async fn after(
    conn: &mut AnyConnection,
    desk: DeskId,
    seq: u64,
    most: u32,
) -> Result<Vec<StoredEvent>, Fault> {
    let sql = "select seq, idx, at, actor, kind, subject, body, hash from events \
               where desk_id = $1 and seq > $2 and seq <= (select max(seq) from (\
               select seq from events where desk_id = $1 and seq > $2 \
               order by seq, idx limit $3) as wanted) order by seq, idx";
    let rows = sqlx::query(sql)
        .bind(desk.to_string())
        .bind(number(seq))
        .bind(i64::from(most))
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| read(desk, row)?.stored()).collect()
}

fn read(desk: DeskId, row: &AnyRow) -> Result<EventRow, Fault> {
    let index: i64 = row.try_get(1)?;
    Ok(EventRow {
        seq: count(TABLE, desk, row.try_get(0)?)?,
        index: u32::try_from(index).map_err(|why| Fault::unreadable(TABLE, desk, why))?,
        at: row.try_get(2)?,
        actor: row.try_get(3)?,
        kind: row.try_get(4)?,
        subject: row.try_get(5)?,
        body: row.try_get(6)?,
        hash: row.try_get(7)?,
    })
}

impl EventRow {
    /// The event that it holds.
    pub(crate) fn stored(self) -> Result<StoredEvent, Fault> {
        let name = format!("{}.{}", self.seq, self.index);
        Ok(StoredEvent {
            seq: self.seq,
            index: self.index,
            event: parsed(TABLE, name, &self.body)?,
            hash: self.hash,
        })
    }
}
