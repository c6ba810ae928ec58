//! Leases: who runs a desk's loops, until when, under which fence.

use countersign_desk::ports::Lease;
use countersign_domain::ids::DeskId;
use jiff::{SignedDuration, Timestamp};
use sqlx::{AnyConnection, Row as _};

use super::desks;
use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail},
    value::{Cell, instant, micros, number},
};

const TABLE: &str = "leases";
const LEASES: Sheet = Sheet {
    table: TABLE,
    columns: &["desk_id", "holder", "fence", "until"],
    tail: Tail::Replace(&["desk_id"]),
};

/// Takes or renews the lease. `None` while another holder's has not run out. A lease that changes
/// hands or had run out gets a new fence, so that units of the old one are refused.
pub(crate) async fn take(
    conn: &mut AnyConnection,
    (desk, holder): (DeskId, &str),
    now: Timestamp,
    lasting: SignedDuration,
) -> Result<Option<Lease>, Fault> {
    let mut fence = desks::lock(conn, desk).await?;
    let known = sqlx::query("select holder, until from leases where desk_id = $1")
        .bind(desk.to_string())
        .fetch_optional(&mut *conn)
        .await?;
    let mut ours = false;
    if let Some(known) = known {
        let held_by: &str = known.try_get(0)?;
        let until: i64 = known.try_get(1)?;
        let runs = until > micros(now);
        if runs && held_by != holder {
            return Ok(None);
        }
        ours = runs;
    }
    if !ours {
        fence = fence.saturating_add(1);
        desks::set_fence(conn, desk, fence).await?;
    }
    let until = micros(now.saturating_add(lasting).unwrap_or(Timestamp::MAX));
    let row = vec![
        Cell::text(desk),
        Cell::from(holder),
        Cell::from(number(fence)),
        Cell::from(until),
    ];
    let mut script = Script::default();
    script.rows(&LEASES, vec![row]);
    script.run(conn).await?;
    Ok(Some(Lease {
        desk,
        fence,
        until: instant(TABLE, desk, until)?,
    }))
}

/// True while a lease has not run out.
pub(crate) async fn runs(
    conn: &mut AnyConnection,
    desk: DeskId,
    now: Timestamp,
) -> Result<bool, Fault> {
    let known = sqlx::query("select until from leases where desk_id = $1")
        .bind(desk.to_string())
        .fetch_optional(conn)
        .await?;
    let until: Option<i64> = known.map(|row| row.try_get(0)).transpose()?;
    Ok(until.is_some_and(|until| until > micros(now)))
}

/// Gives a lease back, if this holder has it.
pub(crate) async fn release(
    conn: &mut AnyConnection,
    desk: DeskId,
    holder: &str,
) -> Result<(), Fault> {
    sqlx::query("delete from leases where desk_id = $1 and holder = $2")
        .bind(desk.to_string())
        .bind(holder.to_owned())
        .execute(conn)
        .await?;
    Ok(())
}
