//! The store: how writes come to their transaction, and reads to their snapshot.

use std::{future::Future, pin::pin, sync::Arc, thread, time::Duration};

use countersign_desk::{
    ports::{Clock, Committed, StoreError},
    seen::Seen,
    work::Work,
};
use countersign_domain::ids::DeskId;
use futures::executor::block_on;
use sqlx::{AnyConnection, AnyPool, Connection as _, Row as _};
use tokio::sync::{mpsc, oneshot, watch};

use crate::{
    alone::{self, Borrowed, Queues},
    fault::said,
    job::{Body, Cache, Job, Plain},
    load, migrations,
    open::{Address, Kind, OpenError},
    readers::Readers,
    tables::desks,
    unit::{Ground, Unit},
    writer::Writer,
};

/// Writes that may wait for the writer before callers wait for a place.
const QUEUE: usize = 1_024;

/// The longest that an answer is waited for. What waits inside for a connection or a lock gives up
/// after 3 s and says why; this leaves it the time to, and still ends before the monitor's second
/// tick, so that exits which are due go out without a database that hangs.
pub(crate) const ANSWER: Duration = Duration::from_secs(5);

/// Everything of a desk, on SQLite or PostgreSQL.
///
/// Several processes, each with a store of its own, may share one database. Dropping a future of
/// it never tears a transaction: what was asked for is done whole or not at all.
pub struct SqlStore {
    ground: Arc<Ground>,
    way: Way,
}

/// How writes come to their transaction, and reads to a connection.
enum Way {
    /// To the one writer of SQLite, and to its readers.
    Queue(mpsc::Sender<Box<dyn Job>>, Readers),
    /// Each on its own; the units of a desk in turn.
    Alone(Queues, AnyPool),
}

impl SqlStore {
    /// Opens a database that [`crate::migrate`] made or brought up to date. `holder` is the name
    /// under which this process claims effects: another one for each start.
    ///
    /// On SQLite it starts the writer on a thread of its own: a runtime of many threads wakes
    /// more of them for each answer of the database than the answer is worth.
    ///
    /// # Errors
    ///
    /// [`OpenError`], each variant saying what to do; nothing was changed.
    pub async fn open(url: &str, clock: Arc<dyn Clock>, holder: String) -> Result<Self, OpenError> {
        let address = Address::parse(url)?.existing()?;
        let mut conn = address.connect().await?;
        migrations::check(&mut conn, &address).await?;
        usable(&mut conn, &address).await?;
        let ground = Arc::new(Ground {
            clock,
            holder,
            cache: Cache::default(),
            progress: watch::Sender::default(),
        });
        let way = match address.kind {
            Kind::Postgres => Way::Alone(Queues::default(), address.pool()),
            Kind::Sqlite => {
                let (queue, waiting) = mpsc::channel(QUEUE);
                let readers = Readers::of(address.clone());
                let writer = Writer {
                    address: address.clone(),
                    conn: Some(conn),
                    ground: ground.clone(),
                };
                let thread = thread::Builder::new().name("countersign-store".to_owned());
                thread
                    .spawn(move || block_on(writer.run(waiting)))
                    .map_err(|error| address.explain(&sqlx::Error::Io(error)))?;
                Way::Queue(queue, readers)
            }
        };
        Ok(Self { ground, way })
    }

    /// The only source of time.
    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        self.ground.clock.clone()
    }

    /// The name under which this process claims.
    pub(crate) fn holder(&self) -> String {
        self.ground.holder.clone()
    }

    /// Has a write done; a unit of a desk in its turn.
    pub(crate) async fn submit(
        &self,
        job: Box<dyn Job>,
        unit_of: Option<DeskId>,
    ) -> Result<(), StoreError> {
        match &self.way {
            Way::Queue(queue, _) => {
                let sent = queue.send(job).await;
                sent.map_err(|_| StoreError::Failed("the store is closed".to_owned()))
            }
            Way::Alone(queues, pool) => {
                let (pool, ground) = (pool.clone(), self.ground.clone());
                let queue = unit_of.map(|desk| queues.of(desk));
                tokio::spawn(async move {
                    let _turn = match &queue {
                        Some(queue) => Some(queue.lock().await),
                        None => None,
                    };
                    alone::run(pool, ground, job).await;
                });
                Ok(())
            }
        }
    }

    /// Runs a unit of work.
    pub(crate) async fn unit(&self, work: Arc<dyn Work>) -> Result<Committed, StoreError> {
        let (reply, answer) = oneshot::channel();
        let desk = work.desk();
        let unit = Unit::new(self.ground.clone(), work, reply);
        let asked = async {
            self.submit(Box::new(unit), Some(desk)).await?;
            answer.await.unwrap_or_else(|_| Err(closed()))
        };
        self.in_turn(asked).await
    }

    /// Runs a write that is no unit of work; names the desk that it is about, when it knows.
    pub(crate) async fn write<T, F>(&self, desk: Option<DeskId>, body: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: Body<T> + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Plain::new(body, desk, reply);
        let asked = async {
            self.submit(Box::new(job), None).await?;
            answer.await.unwrap_or_else(|_| Err(closed()))
        };
        self.in_turn(asked).await
    }

    /// The answer of a write. Those before it in the queue take their time; what it waits for at the
    /// most is [`ANSWER`] in which no write at all came to its end.
    async fn in_turn<T>(
        &self,
        asked: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let mut progress = self.ground.progress.subscribe();
        let mut asked = pin!(asked);
        loop {
            tokio::select! {
                biased;
                answer = &mut asked => return answer,
                moved = tokio::time::timeout(ANSWER, progress.changed()) => {
                    if moved.is_err() {
                        return Err(StoreError::Unknown(alone::hangs()));
                    }
                }
            }
        }
    }

    /// Reads in one snapshot.
    pub(crate) async fn look<T, F>(&self, body: F) -> Result<T, StoreError>
    where
        T: Send,
        F: Body<T>,
    {
        in_time(self.look_at_length(body), StoreError::Failed).await
    }

    /// The same for what takes its time: a whole history.
    pub(crate) async fn look_at_length<T, F>(&self, body: F) -> Result<T, StoreError>
    where
        T: Send,
        F: Body<T>,
    {
        match &self.way {
            Way::Queue(_, readers) => {
                let mut lent = readers.lend().await?;
                let answer = snapshot(&mut lent.conn, "begin", body).await?;
                lent.give_back();
                Ok(answer)
            }
            Way::Alone(_, pool) => {
                let mut lent = Borrowed::from(pool).await?;
                let begin = "begin isolation level repeatable read read only";
                let answer = snapshot(lent.conn(), begin, body).await;
                lent.give_back();
                answer
            }
        }
    }

    /// Reads with one statement, which is a snapshot by itself.
    pub(crate) async fn glance<T, F>(&self, body: F) -> Result<T, StoreError>
    where
        T: Send,
        F: Body<T>,
    {
        let reading = async {
            match &self.way {
                Way::Queue(_, readers) => {
                    let mut lent = readers.lend().await?;
                    let answer = body(&mut lent.conn).await?;
                    lent.give_back();
                    Ok(answer)
                }
                Way::Alone(_, pool) => {
                    let mut lent = Borrowed::from(pool).await?;
                    let answer = body(lent.conn()).await;
                    lent.give_back();
                    Ok(answer?)
                }
            }
        };
        in_time(reading, StoreError::Failed).await
    }

    /// The newest committed state of a desk: from memory while its sequence number stands.
    pub(crate) async fn newest(&self, desk: DeskId) -> Result<Arc<Seen>, StoreError> {
        let seq = self.glance(move |conn| Box::pin(desks::seq(conn, desk)));
        let seq = seq.await?;
        if let Some(seen) = self.ground.cache.get(desk, seq) {
            return Ok(seen);
        }
        let seen = self.look(move |conn| Box::pin(load::alive(conn, desk)));
        let seen = Arc::new(seen.await?);
        self.ground.cache.put(seen.clone());
        Ok(seen)
    }
}

/// Reads in a transaction that is undone.
async fn snapshot<T, F: Body<T>>(
    conn: &mut AnyConnection,
    begin: &'static str,
    body: F,
) -> Result<T, StoreError> {
    let failed = |error| StoreError::Failed(said(&error));
    let mut tx = conn.begin_with(begin).await.map_err(failed)?;
    let answer = body(&mut tx).await?;
    tx.rollback().await.map_err(failed)?;
    Ok(answer)
}

/// What is answered within [`ANSWER`]; else what its lack means.
async fn in_time<T>(
    asked: impl Future<Output = Result<T, StoreError>>,
    late: fn(String) -> StoreError,
) -> Result<T, StoreError> {
    let answer = tokio::time::timeout(ANSWER, asked).await;
    answer.unwrap_or_else(|_| Err(late(alone::hangs())))
}

fn closed() -> StoreError {
    StoreError::Unknown("the store was closed before it answered".to_owned())
}

/// Refuses a damaged SQLite file, and one that cannot be written.
async fn usable(conn: &mut AnyConnection, address: &Address) -> Result<(), OpenError> {
    if address.kind == Kind::Postgres {
        return Ok(());
    }
    let explain = |error| address.explain(&error);
    let row = sqlx::query("pragma quick_check(1)")
        .fetch_one(&mut *conn)
        .await
        .map_err(explain)?;
    let verdict: String = row.try_get(0).map_err(explain)?;
    if verdict != "ok" {
        return Err(OpenError::Damaged {
            place: address.place.clone(),
            why: verdict,
        });
    }
    // Touches no row, but takes the lock for writing.
    sqlx::query("update desks set seq = seq where id = ''")
        .execute(conn)
        .await
        .map_err(explain)?;
    Ok(())
}
