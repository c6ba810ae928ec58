//! Writes on PostgreSQL: each has its own transaction, and the desk's row lock puts the units of
//! one desk in order.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use countersign_desk::ports::StoreError;
use countersign_domain::ids::DeskId;
use sqlx::{Any, AnyConnection, AnyPool, Connection as _, pool::PoolConnection};

use crate::{
    fault::{commit_error, said},
    job::{Held, Job, Keep, Tx},
    store::ANSWER,
    unit::Ground,
    writer::caught,
};

/// One queue per desk in this process, so that the units of a busy desk wait here and not each on
/// a connection of its own.
#[derive(Debug, Default)]
pub(crate) struct Queues(Mutex<HashMap<DeskId, Arc<tokio::sync::Mutex<()>>>>);

impl Queues {
    /// The queue of a desk.
    pub(crate) fn of(&self, desk: DeskId) -> Arc<tokio::sync::Mutex<()>> {
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        map.entry(desk).or_default().clone()
    }
}

/// A connection of the pool. Dropped instead of given back, it is closed: nobody knows what it is in
/// the middle of, and a server that hangs would keep its place in the pool.
pub(crate) struct Borrowed(Option<PoolConnection<Any>>);

impl Borrowed {
    /// Waits for a connection that answers.
    ///
    /// # Errors
    ///
    /// [`StoreError::Failed`] when none did in time.
    pub(crate) async fn from(pool: &AnyPool) -> Result<Self, StoreError> {
        let conn = pool.acquire().await;
        conn.map(|conn| Self(Some(conn)))
            .map_err(|error| StoreError::Failed(said(&error)))
    }

    /// The connection.
    pub(crate) fn conn(&mut self) -> &mut AnyConnection {
        self.0.as_mut().expect("it is given back by value")
    }

    /// Gives it back, with nothing begun on it.
    pub(crate) fn give_back(mut self) {
        drop(self.0.take());
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        if let Some(conn) = self.0.take() {
            drop(conn.detach());
        }
    }
}

/// Says that the database neither works nor fails.
pub(crate) fn hangs() -> String {
    format!(
        "no answer within {} s; does the database hang?",
        ANSWER.as_secs()
    )
}

/// Runs one write in a transaction of its own and settles it. One that does not come to its end in
/// time makes room for the next: its connection is closed, and whether it was committed is unknown.
pub(crate) async fn run(pool: AnyPool, ground: Arc<Ground>, mut job: Box<dyn Job>) {
    let outcome = match Borrowed::from(&pool).await {
        Ok(mut lent) => {
            let work = transaction(lent.conn(), &ground, job.as_mut());
            match tokio::time::timeout(ANSWER, work).await {
                Ok(outcome) => {
                    lent.give_back();
                    ground.goes_on();
                    outcome
                }
                Err(_) => Err(StoreError::Unknown(hangs())),
            }
        }
        Err(failed) => Err(failed),
    };
    job.settle(outcome);
}

async fn transaction(
    conn: &mut AnyConnection,
    ground: &Ground,
    job: &mut dyn Job,
) -> Result<(), StoreError> {
    let failed = |error| StoreError::Failed(said(&error));
    let mut tx = conn.begin().await.map_err(failed)?;
    let mut held = Held::alone(None);
    let inside = Tx {
        conn: &mut tx,
        held: &mut held,
    };
    let outcome = caught(job, inside).await;
    match outcome {
        Ok(Keep::Yes) => {
            tx.commit().await.map_err(|error| commit_error(&error))?;
            ground.cache.publish(held);
            Ok(())
        }
        Ok(Keep::No) => {
            // Undone on the next use of the connection if this fails.
            let _ = tx.rollback().await;
            Ok(())
        }
        Err(fault) => {
            let _ = tx.rollback().await;
            Err(fault.into())
        }
    }
}
