//! A unit of work as a write: lock, load, decide, write.

use std::sync::Arc;

use countersign_desk::{
    draft::{Decision, Draft},
    ports::{Clock, Committed, OutboxRow, StoreError},
    seen::Seen,
    work::{Done, Work},
};
use futures::future::BoxFuture;
use jiff::Timestamp;
use sqlx::AnyConnection;
use tokio::sync::watch;

use crate::{
    fault::Fault,
    job::{Cache, Job, Keep, Reply, Tx, answered},
    load,
    tables::{
        day_totals,
        desks::{self, Head},
        events, executions, exit_states, inbox, operators, orders, outbox, positions, signals,
        standing, tickets,
    },
};

/// What every unit of a store shares.
pub(crate) struct Ground {
    /// The only source of time.
    pub(crate) clock: Arc<dyn Clock>,
    /// The name under which this process claims effects.
    pub(crate) holder: String,
    /// Desks as last committed.
    pub(crate) cache: Cache,
    /// Changes with each transaction that came to its end.
    pub(crate) progress: watch::Sender<u64>,
}

impl Ground {
    /// Notes that a transaction came to its end: the database answers.
    pub(crate) fn goes_on(&self) {
        self.progress
            .send_modify(|ended| *ended = ended.wrapping_add(1));
    }
}

/// A unit of work that waits for its transaction.
pub(crate) struct Unit {
    ground: Arc<Ground>,
    work: Arc<dyn Work>,
    answer: Option<Committed>,
    reply: Reply<Committed>,
}

impl Unit {
    /// A unit that answers there.
    pub(crate) fn new(ground: Arc<Ground>, work: Arc<dyn Work>, reply: Reply<Committed>) -> Self {
        Self {
            ground,
            work,
            answer: None,
            reply,
        }
    }

    async fn attempt(&mut self, tx: Tx<'_>) -> Result<Keep, Fault> {
        let Tx { conn, held } = tx;
        let desk = self.work.desk();
        let mut head = match held.next(desk) {
            Some(head) => head,
            None => desks::advance(conn, desk).await?,
        };
        if self.work.fence().is_some_and(|fence| fence != head.fence) {
            return Err(Fault::Fenced);
        }
        let before = head.seq.saturating_sub(1);
        let known = held.get(desk, before);
        let known = known.or_else(|| self.ground.cache.get(desk, before));
        let base = match known {
            Some(seen) => seen,
            None => Arc::new(as_of(load::alive(conn, desk).await?, before)),
        };
        let now = self.ground.clock.now();
        let inbox = self.work.inbox();
        if let Some(key) = &inbox
            && !inbox::take(conn, desk, key, (head.seq, now)).await?
        {
            self.answer = Some(unchanged(base, Ok(Done::Repeated)));
            return Ok(Keep::No);
        }
        let mut seen = as_of((*base).clone(), head.seq);
        let more = load::needs(conn, &mut seen, &self.work.needs()).await?;
        let mut draft = Draft::new(seen, now);
        let answer = self.work.decide(&mut draft);
        let decision = draft.finish();
        if inbox.is_none() && writes_nothing(&decision) {
            let seen = Arc::new(as_of(decision.seen, before));
            self.answer = Some(unchanged(seen, answer));
            return Ok(Keep::No);
        }
        let claimed = self.write(conn, (&mut head, now), &decision).await?;
        let pruned = more || decision.changes.end_something();
        let after = Arc::new(decision.seen);
        let living = if pruned {
            Arc::new((*after).clone().pruned())
        } else {
            after.clone()
        };
        let seq = head.seq;
        held.put(living, head);
        self.answer = Some(Committed {
            seq,
            answer,
            claimed,
            events: decision.events,
            seen: after,
        });
        Ok(Keep::Yes)
    }

    async fn write(
        &self,
        conn: &mut AnyConnection,
        (head, now): (&mut Head, Timestamp),
        decision: &Decision,
    ) -> Result<Vec<OutboxRow>, Fault> {
        let desk = self.work.desk();
        let changes = &decision.changes;
        if let Some(row) = &changes.desk {
            if row.id != desk {
                return Err(Fault::unstorable("desks", row.id, "it is another desk"));
            }
            desks::write(conn, row).await?;
        }
        if let Some(day) = &changes.day {
            day_totals::write(conn, desk, day).await?;
        }
        operators::write(conn, desk, &changes.operators).await?;
        signals::write(conn, desk, &changes.signals).await?;
        tickets::write(conn, desk, &changes.tickets).await?;
        orders::write(conn, desk, &changes.orders).await?;
        positions::write(conn, desk, &changes.positions).await?;
        executions::write(conn, &decision.seen, &changes.executions).await?;
        exit_states::write(conn, desk, &changes.exit_states).await?;
        standing::write(conn, desk, &changes.standing).await?;
        events::append(conn, desk, head, &decision.events).await?;
        let holder = (desk, self.ground.holder.as_str());
        outbox::put(conn, holder, (head, now), &decision.effects).await
    }
}

impl Job for Unit {
    fn is_unit(&self) -> bool {
        true
    }

    fn run<'c>(&'c mut self, tx: Tx<'c>) -> BoxFuture<'c, Result<Keep, Fault>> {
        Box::pin(self.attempt(tx))
    }

    fn settle(self: Box<Self>, committed: Result<(), StoreError>) {
        // Nobody may be waiting any more; what was committed stays committed.
        let _ = self.reply.send(answered(self.answer, committed));
    }
}

fn as_of(mut seen: Seen, seq: u64) -> Seen {
    seen.seq = seq;
    seen
}

fn unchanged(seen: Arc<Seen>, answer: countersign_domain::refusal::Answer<Done>) -> Committed {
    Committed {
        seq: seen.seq,
        answer,
        claimed: Vec::new(),
        events: Vec::new(),
        seen,
    }
}

/// True when there is nothing to make durable: such a unit takes no sequence number.
fn writes_nothing(decision: &Decision) -> bool {
    decision.events.is_empty()
        && decision.effects.is_empty()
        && decision.changes == countersign_desk::draft::Changes::default()
}
