//! Writes that wait for their transaction, and what they hold while they run.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use countersign_desk::{ports::StoreError, seen::Seen};
use countersign_domain::ids::DeskId;
use futures::future::BoxFuture;
use sqlx::{AnyConnection, any::AnyRow};
use tokio::sync::oneshot;

use crate::{
    fault::Fault,
    script::Script,
    tables::desks::{self, Head},
};

/// What becomes of what a write wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// It is committed.
    Yes,
    /// There is nothing to commit: it is undone, and the write has its answer all the same.
    No,
}

/// A transaction as a write sees it.
pub(crate) struct Tx<'c> {
    /// The connection that it runs on.
    pub(crate) conn: &'c mut AnyConnection,
    /// What earlier writes of the same transaction made of the desks.
    pub(crate) held: &'c mut Held,
}

impl Tx<'_> {
    /// Runs a script, after what has to come before the first thing that this write writes.
    pub(crate) async fn run(&mut self, mut script: Script) -> Result<Vec<AnyRow>, Fault> {
        if let Some(opening) = self.held.opening.take() {
            script.begin_with(opening);
        }
        script.run(self.conn).await
    }
}

/// One write. It runs inside a transaction that somebody else begins and commits, and is told what
/// came of that.
pub(crate) trait Job: Send {
    /// True for a unit of work: it takes where its desk stands from those before it.
    fn is_unit(&self) -> bool;

    /// Writes. Run once at the most; keeps its answer until it is settled.
    fn run<'c>(&'c mut self, tx: Tx<'c>) -> BoxFuture<'c, Result<Keep, Fault>>;

    /// Gives the answer to who waits for it.
    fn settle(self: Box<Self>, committed: Result<(), StoreError>);
}

/// Desks as a transaction made them, not committed yet.
///
/// The transaction has the lock of a desk from its first unit on, so that the later ones need not
/// ask where the desk's sequence, its events and its outbox stand, nor write it down each time.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// What comes before the first thing that the next write writes, as long as it wrote nothing.
    pub(crate) opening: Option<&'static str>,
    /// True when no other write shares the transaction.
    alone: bool,
    seen: HashMap<DeskId, Arc<Seen>>,
    heads: BTreeMap<DeskId, Head>,
}

impl Held {
    /// For the only write of a transaction, that comes after this.
    pub(crate) fn alone(opening: Option<&'static str>) -> Self {
        Self {
            opening,
            alone: true,
            ..Self::default()
        }
    }

    /// True when no other write shares the transaction: then a unit writes down by itself how far
    /// its desk has come.
    pub(crate) const fn is_alone(&self) -> bool {
        self.alone
    }

    /// A desk as this transaction made it, when that is the one of `seq`.
    pub(crate) fn get(&self, desk: DeskId, seq: u64) -> Option<Arc<Seen>> {
        self.seen.get(&desk).filter(|seen| seen.seq == seq).cloned()
    }

    /// Where a desk's next unit starts, when one of this transaction came before it.
    pub(crate) fn next(&self, desk: DeskId) -> Option<Head> {
        self.heads.get(&desk).map(Head::next)
    }

    /// Notes what a unit made of its desk, and how far that has come unless it wrote it down.
    pub(crate) fn put(&mut self, seen: Arc<Seen>, head: Head) {
        if !self.alone {
            self.heads.insert(seen.desk.id, head);
        }
        self.seen.insert(seen.desk.id, seen);
    }

    /// Writes down how far the desks have come; what comes next has to ask again.
    pub(crate) async fn write_heads(&mut self, conn: &mut AnyConnection) -> Result<(), Fault> {
        let mut script = Script::default();
        for (desk, head) in std::mem::take(&mut self.heads) {
            desks::set_head(&mut script, desk, &head);
        }
        script.run(conn).await?;
        Ok(())
    }
}

/// Desks as last committed or loaded by this process.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<HashMap<DeskId, Arc<Seen>>>);

impl Cache {
    /// A desk, when the one in memory is the one of `seq`.
    pub(crate) fn get(&self, desk: DeskId, seq: u64) -> Option<Arc<Seen>> {
        let map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        map.get(&desk).filter(|seen| seen.seq == seq).cloned()
    }

    /// Keeps a desk, unless a newer one is there.
    pub(crate) fn put(&self, seen: Arc<Seen>) {
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let desk = seen.desk.id;
        if map.get(&desk).is_none_or(|known| known.seq < seen.seq) {
            map.insert(desk, seen);
        }
    }

    /// Keeps what a transaction committed.
    pub(crate) fn publish(&self, held: Held) {
        for seen in held.seen.into_values() {
            self.put(seen);
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        map.clear();
    }
}

/// Who waits for an answer.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

/// The body of a write that is no unit of work.
pub(crate) trait Body<T>:
    for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, Fault>> + Send
{
}

impl<T, F> Body<T> for F where
    F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, Fault>> + Send
{
}

/// A write that is no unit of work.
pub(crate) struct Plain<T, F> {
    body: Option<F>,
    desk: Option<DeskId>,
    answer: Option<T>,
    reply: Reply<T>,
}

impl<T: Send, F: Body<T>> Plain<T, F> {
    /// A write with this body, answering there; `desk` is the one that it is about.
    pub(crate) const fn new(body: F, desk: Option<DeskId>, reply: Reply<T>) -> Self {
        Self {
            body: Some(body),
            desk,
            answer: None,
            reply,
        }
    }
}

impl<T: Send, F: Body<T>> Job for Plain<T, F> {
    fn is_unit(&self) -> bool {
        false
    }

    fn run<'c>(&'c mut self, mut tx: Tx<'c>) -> BoxFuture<'c, Result<Keep, Fault>> {
        Box::pin(async move {
            tx.run(Script::default()).await?;
            if let Some(body) = self.body.take() {
                let answer = body(tx.conn).await;
                let named = |fault: Fault| match self.desk {
                    Some(desk) => fault.of_desk(desk),
                    None => fault,
                };
                self.answer = Some(answer.map_err(named)?);
            }
            Ok(Keep::Yes)
        })
    }

    fn settle(self: Box<Self>, committed: Result<(), StoreError>) {
        // Nobody may be waiting any more; what was committed stays committed.
        let _ = self.reply.send(answered(self.answer, committed));
    }
}

/// The answer of a write that was settled.
pub(crate) fn answered<T>(
    answer: Option<T>,
    committed: Result<(), StoreError>,
) -> Result<T, StoreError> {
    committed?;
    answer.ok_or_else(|| StoreError::Failed("the write did not run".to_owned()))
}
