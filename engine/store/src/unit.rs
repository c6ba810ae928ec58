//! A unit of work as a write: lock, load, decide, write.

use std::sync::Arc;

use countersign_desk::{
    draft::{Decision, Draft},
    ports::{Clock, Committed, StoreError},
    seen::Seen,
    work::{Done, InboxKey, Work},
};
use countersign_domain::ids::DeskId;
use futures::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::watch;

use crate::{
    fault::Fault,
    job::{Cache, Job, Keep, Reply, Tx, answered},
    load,
    script::Script,
    tables::{
        codes, configured, day_totals,
        desks::{self, Head},
        events, executions, exit_states, inbox, operators, orders, outbox, overrides, positions,
        signals, sources, standing, stories, taps, tickets, wrong_codes,
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

    async fn attempt(&mut self, mut tx: Tx<'_>) -> Result<Keep, Fault> {
        let desk = self.work.desk();
        let inbox = self.work.inbox();
        let asked = (inbox.as_ref(), self.ground.clock.now());
        let (mut head, taken) = begin(&mut tx, desk, asked).await?;
        if self.work.fence().is_some_and(|fence| fence != head.fence) {
            return Err(Fault::Fenced);
        }
        let before = head.seq.saturating_sub(1);
        let known = tx.held.get(desk, before);
        let known = known.or_else(|| self.ground.cache.get(desk, before));
        let base = match known {
            Some(seen) => seen,
            None => Arc::new(as_of(load::alive(tx.conn, desk).await?, before)),
        };
        // After the wait for the lock.
        let now = self.ground.clock.now();
        if !taken {
            self.answer = Some(unchanged(base, Ok(Done::Repeated)));
            return Ok(Keep::No);
        }
        let mut seen = as_of((*base).clone(), head.seq);
        let more = load::needs(tx.conn, &mut seen, &self.work.needs()).await?;
        let mut draft = Draft::new(seen, now);
        let answer = self.work.decide(&mut draft);
        let decision = draft.finish();
        if inbox.is_none() && writes_nothing(&decision) {
            let seen = Arc::new(as_of(decision.seen, before));
            self.answer = Some(unchanged(seen, answer));
            return Ok(Keep::No);
        }
        let mut script = Script::default();
        self.write(&mut script, (&mut head, now), &decision)?;
        if tx.held.is_alone() {
            desks::set_head(&mut script, desk, &head);
        }
        let claimed = outbox::claimed(&tx.run(script).await?, head.seq)?;
        let pruned = more || decision.changes.end_something();
        let after = Arc::new(decision.seen);
        let living = if pruned {
            Arc::new((*after).clone().pruned())
        } else {
            after.clone()
        };
        let seq = head.seq;
        tx.held.put(living, head);
        self.answer = Some(Committed {
            seq,
            answer,
            claimed,
            events: decision.events,
            seen: after,
        });
        Ok(Keep::Yes)
    }

    fn write(
        &self,
        script: &mut Script,
        (head, now): (&mut Head, Timestamp),
        decision: &Decision,
    ) -> Result<(), Fault> {
        let desk = self.work.desk();
        let changes = &decision.changes;
        if let Some(row) = &changes.desk {
            if row.id != desk {
                return Err(Fault::unstorable("desks", row.id, "it is another desk"));
            }
            desks::write(script, row)?;
        }
        if let Some(day) = &changes.day {
            day_totals::write(script, desk, day)?;
        }
        operators::write(script, desk, &changes.operators)?;
        signals::write(script, desk, &changes.signals)?;
        tickets::write(script, desk, &changes.tickets)?;
        orders::write(script, desk, &changes.orders)?;
        positions::write(script, desk, &changes.positions)?;
        executions::write(script, &decision.seen, &changes.executions)?;
        exit_states::write(script, desk, &changes.exit_states)?;
        standing::write(script, desk, &changes.standing)?;
        overrides::write(script, desk, &changes.overrides)?;
        configured::write(script, desk, &changes.configured)?;
        codes::write(script, desk, &changes.codes)?;
        wrong_codes::write(script, desk, &changes.wrong_codes)?;
        taps::write(script, desk, &changes.taps)?;
        stories::write(script, desk, &changes.stories)?;
        sources::write(script, desk, &changes.sources)?;
        events::append(script, desk, head, &decision.events)?;
        let holder = (desk, self.ground.holder.as_str());
        outbox::put(script, holder, (head, now), &decision.effects)
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

/// Takes the desk's next sequence number, and what caused the unit out of the inbox: false when it
/// had been taken before.
async fn begin(
    tx: &mut Tx<'_>,
    desk: DeskId,
    (inbox, now): (Option<&InboxKey>, Timestamp),
) -> Result<(Head, bool), Fault> {
    let known = tx.held.next(desk);
    if let (Some(head), None) = (&known, inbox) {
        return Ok((head.clone(), true));
    }
    let mut script = Script::default();
    if known.is_none() {
        desks::advance(&mut script, desk);
    }
    if let Some(key) = inbox {
        let seq = known.as_ref().map(|head| head.seq);
        inbox::take(&mut script, desk, key, (seq, now));
    }
    let mut rows = tx.run(script).await?.into_iter();
    let head = match known {
        Some(head) => head,
        None => desks::head(desk, rows.next())?,
    };
    Ok((head, inbox.is_none() || rows.next().is_some()))
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
