//! Writes on PostgreSQL: each has its own transaction, and the desk's row lock puts the units of
//! one desk in order.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use countersign_desk::ports::StoreError;
use countersign_domain::ids::DeskId;
use sqlx::AnyPool;

use crate::{
    fault::{commit_error, said},
    job::{Held, Job, Keep, Tx},
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

/// Runs one write in a transaction of its own and settles it.
pub(crate) async fn run(pool: AnyPool, ground: Arc<Ground>, mut job: Box<dyn Job>) {
    let outcome = transaction(&pool, &ground, job.as_mut()).await;
    job.settle(outcome);
}

async fn transaction(pool: &AnyPool, ground: &Ground, job: &mut dyn Job) -> Result<(), StoreError> {
    let failed = |error| StoreError::Failed(said(&error));
    let mut tx = pool.begin().await.map_err(failed)?;
    let mut held = Held::default();
    let inside = Tx {
        conn: &mut tx,
        held: &mut held,
    };
    let mut outcome = caught(job, inside).await;
    if matches!(outcome, Ok(Keep::Yes))
        && let Err(fault) = held.write_heads(&mut tx).await
    {
        outcome = Err(fault);
    }
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
