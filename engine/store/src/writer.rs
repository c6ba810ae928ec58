//! Group commit on SQLite: one writer runs the waiting writes one after another, each of several
//! under a savepoint, makes them durable with one fsync, then answers all.

use std::{panic::AssertUnwindSafe, sync::Arc};

use countersign_desk::ports::StoreError;
use futures::FutureExt;
use sqlx::{AnyConnection, Connection};
use tokio::sync::mpsc;

use crate::{
    fault::{Fault, commit_error, said},
    job::{Held, Job, Keep, Tx},
    open::Address,
    unit::Ground,
};

/// Writes in one transaction at the most: bounds how long the first waits for the last.
const MOST: usize = 256;

/// What comes before the first thing that a write among several writes, and what undoes it. The
/// savepoints take turns with two names, so that none is ever taken for the one before it.
const TURNS: [(&str, &str); 2] = [
    ("release one; savepoint other", "rollback to other"),
    ("release other; savepoint one", "rollback to one"),
];

/// The one that writes.
pub(crate) struct Writer {
    /// Where to connect again after a failure.
    pub(crate) address: Address,
    /// The connection; `None` after a failure.
    pub(crate) conn: Option<AnyConnection>,
    /// Shared with the units.
    pub(crate) ground: Arc<Ground>,
}

impl Writer {
    /// Writes until nobody can ask any more.
    pub(crate) async fn run(mut self, mut queue: mpsc::Receiver<Box<dyn Job>>) {
        let mut batch = Vec::new();
        while queue.recv_many(&mut batch, MOST).await > 0 {
            self.commit(std::mem::take(&mut batch)).await;
        }
        if let Some(conn) = self.conn.take() {
            // Everything that was answered is durable already.
            let _ = conn.close().await;
        }
    }

    async fn commit(&mut self, mut batch: Vec<Box<dyn Job>>) {
        match self.transaction(&mut batch).await {
            Ok(outcomes) => {
                self.ground.goes_on();
                for (job, outcome) in batch.into_iter().zip(outcomes) {
                    job.settle(outcome);
                }
            }
            Err(failure) => {
                self.ground.cache.clear();
                self.recover().await;
                for job in batch {
                    job.settle(Err(failure.clone()));
                }
            }
        }
    }

    /// Runs all of them and commits. An error is one of the whole transaction.
    async fn transaction(
        &mut self,
        batch: &mut [Box<dyn Job>],
    ) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        let conn = match &mut self.conn {
            Some(conn) => conn,
            none => {
                let fresh = self.address.connect().await;
                none.insert(fresh.map_err(|error| StoreError::Failed(error.to_string()))?)
            }
        };
        let (held, outcomes) = match batch {
            [job] => singly(conn, job.as_mut()).await?,
            _ => together(conn, batch).await?,
        };
        step(conn, "commit")
            .await
            .map_err(|error| commit_error(&error))?;
        self.ground.cache.publish(held);
        Ok(outcomes)
    }

    /// After a failure: sees to it that the next write finds no open transaction. A full disk has
    /// rolled back by itself, so that there is nothing to roll back; a connection on which none can
    /// be begun and ended is let go.
    async fn recover(&mut self) {
        let Some(conn) = &mut self.conn else {
            return;
        };
        if step(conn, "rollback").await.is_ok() {
            return;
        }
        let clean = step(conn, "begin").await.is_ok() && step(conn, "rollback").await.is_ok();
        if !clean {
            // Dropping it rolls back as well.
            self.conn = None;
        }
    }
}

/// What a transaction made of the desks, and what each write is told.
type Batch = (Held, Vec<Result<(), StoreError>>);

/// Runs the only write of a transaction: no savepoint is needed. An error is one of the
/// transaction itself.
async fn singly(conn: &mut AnyConnection, job: &mut dyn Job) -> Result<Batch, StoreError> {
    let mut held = Held::alone(Some("begin immediate"));
    let tx = Tx {
        conn: &mut *conn,
        held: &mut held,
    };
    let outcome = caught(job, tx).await;
    if !matches!(outcome, Ok(Keep::Yes))
        && let Err(error) = step(conn, "rollback; begin").await
    {
        // Also when nothing was begun: then its reason is that of the transaction.
        return Err(outcome.map_or_else(StoreError::from, |_| failed(error)));
    }
    let outcome = outcome.map(|_| ()).map_err(StoreError::from);
    Ok((held, vec![outcome]))
}

/// Runs several writes, each that writes something under a savepoint. An error is one of the whole
/// transaction.
async fn together(
    conn: &mut AnyConnection,
    batch: &mut [Box<dyn Job>],
) -> Result<Batch, StoreError> {
    let mut held = Held::default();
    let mut outcomes = Vec::with_capacity(batch.len());
    let mut turn = 0;
    step(conn, "begin immediate; savepoint one")
        .await
        .map_err(failed)?;
    for job in batch {
        let (open, undo) = TURNS[turn];
        if !job.is_unit() {
            held.write_heads(conn).await?;
        }
        held.opening = Some(open);
        let tx = Tx {
            conn: &mut *conn,
            held: &mut held,
        };
        let outcome = caught(job.as_mut(), tx).await;
        let opened = held.opening.is_none();
        let mended = match (&outcome, opened) {
            (Ok(Keep::Yes), _) | (Ok(Keep::No), false) => Ok(()),
            (_, true) => step(conn, undo).await,
            // Nothing was written. But a failed read can undo a whole transaction: this fails
            // when it is gone.
            (Err(_), false) => step(conn, open).await,
        };
        if let Err(error) = mended {
            return Err(cause(outcome, error));
        }
        if opened || outcome.is_err() {
            turn = 1 - turn;
        }
        outcomes.push(outcome.map(|_| ()).map_err(StoreError::from));
    }
    held.write_heads(conn).await?;
    Ok((held, outcomes))
}

/// Why a transaction is gone. A full or failing disk undoes it before we can, savepoint included;
/// then the reason is what the write met.
fn cause(outcome: Result<Keep, Fault>, undoing: sqlx::Error) -> StoreError {
    match outcome {
        Err(Fault::Sql(met)) => failed(met),
        _ => failed(undoing),
    }
}

/// Runs a write; a panic in it is its own fault alone.
pub(crate) async fn caught(job: &mut dyn Job, tx: Tx<'_>) -> Result<Keep, Fault> {
    match AssertUnwindSafe(job.run(tx)).catch_unwind().await {
        Ok(outcome) => outcome,
        Err(payload) => Err(Fault::panicked(payload.as_ref())),
    }
}

async fn step(conn: &mut AnyConnection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(sql).execute(conn).await.map(|_| ())
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn failed(error: sqlx::Error) -> StoreError {
    StoreError::Failed(said(&error))
}
