//! Reading on SQLite: a few connections that are lent and given back, and asked nothing in between.
//!
//! The library's own pool asks a connection whether it still lives each time it is given back, which
//! on SQLite is as long a way as the shortest read; the desk's newest state is read all the time.

use std::sync::{Mutex, PoisonError};

use countersign_desk::ports::StoreError;
use sqlx::AnyConnection;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::open::{Address, PATIENCE};

/// Readers at once.
const MOST: usize = 4;

/// Connections for reading, made when they are needed.
pub(crate) struct Readers {
    address: Address,
    places: Semaphore,
    idle: Mutex<Vec<AnyConnection>>,
}

impl Readers {
    /// Readers of a database; none is connected yet.
    pub(crate) const fn of(address: Address) -> Self {
        Self {
            address,
            places: Semaphore::const_new(MOST),
            idle: Mutex::new(Vec::new()),
        }
    }

    /// Lends a connection.
    ///
    /// # Errors
    ///
    /// [`StoreError::Failed`] when none came free in time or could be made.
    pub(crate) async fn lend(&self) -> Result<Lent<'_>, StoreError> {
        let failed = |why: &str| StoreError::Failed(why.to_owned());
        let place = tokio::time::timeout(PATIENCE, self.places.acquire()).await;
        let place = place.map_err(|_| failed("all readers were busy for 3 s"))?;
        let place = place.map_err(|_| failed("the store is closed"))?;
        let idle = self.idle().pop();
        let conn = if let Some(conn) = idle {
            conn
        } else {
            let fresh = self.address.connect_to_look().await;
            fresh.map_err(|error| failed(&error.to_string()))?
        };
        Ok(Lent {
            conn,
            readers: self,
            _place: place,
        })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<AnyConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection on loan. Dropped instead of given back, it is closed: nobody knows what it is in
/// the middle of.
pub(crate) struct Lent<'r> {
    /// The connection.
    pub(crate) conn: AnyConnection,
    readers: &'r Readers,
    /// Free for the next one when this is dropped.
    _place: SemaphorePermit<'r>,
}

impl Lent<'_> {
    /// Gives it back, with nothing begun on it.
    pub(crate) fn give_back(self) {
        self.readers.idle().push(self.conn);
    }
}
