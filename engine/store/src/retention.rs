//! Retention: what may be deleted once it is old, a little at a time. Events never are.

use countersign_domain::ids::DeskId;
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    tables::{history, inbox, outbox, stories},
};

/// Rows that one write deletes at the most, so that no unit waits long behind it.
const STEP: i64 = 2_000;

/// What is kept for a while only.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kept {
    /// What positions were worth.
    History,
    /// Effects that were performed.
    Outbox,
    /// Keys of what came from outside.
    Inbox,
    /// Stories that count no longer.
    Stories,
}

impl Kept {
    /// All of it.
    pub(crate) const ALL: [Self; 4] = [Self::History, Self::Outbox, Self::Inbox, Self::Stories];
}

/// Deletes some rows from before a time; answers with how many.
pub(crate) async fn step(
    conn: &mut AnyConnection,
    desk: DeskId,
    since: Timestamp,
    kept: Kept,
) -> Result<u64, Fault> {
    match kept {
        Kept::History => history::retain(conn, desk, since, STEP).await,
        Kept::Outbox => outbox::retain(conn, desk, since, STEP).await,
        Kept::Inbox => inbox::retain(conn, desk, since, STEP).await,
        Kept::Stories => stories::retain(conn, desk, since, STEP).await,
    }
}
