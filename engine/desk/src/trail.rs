//! The trail of a ticket: every event that is about it, its orders or its position, and what was heard of
//! its underlying until all of that was over.

use std::collections::BTreeSet;

use countersign_domain::{
    event::{Alarm, Fact},
    ids::{OrderId, PositionId},
    news::{Impact, Judged, Reason},
    position::PositionState,
    signal::Veto,
    ticket::{LapseReason, TicketState, WithdrawReason},
};
use jiff::Timestamp;

use crate::{
    Desk,
    ports::{StoreError, StoredEvent, Story},
};

/// Events read at once, and how often at the most: a page is no audit.
const BATCH: u32 = 500;
const BATCHES: usize = 40;

/// Units that are looked through for what was heard before, at the most.
const BEFORE: u64 = 10_000;

/// Stories that did nothing and are told all the same: the newest of those that could have.
const IDLE: usize = 8;

/// What happened to a ticket, oldest first.
#[derive(Clone, Default)]
pub struct Trail {
    /// The events.
    pub events: Vec<StoredEvent>,
    /// True when there may be more than was looked through.
    pub cut: bool,
    /// Up to where was looked.
    upto: Option<u64>,
}

/// The trail as of sequence number `newest`, from where `known` ended, or else from shortly before
/// the ticket was offered. The story has to be as new as that: what it does not know is not its own.
///
/// # Errors
///
/// [`StoreError`]; nothing was changed.
pub async fn of(
    desk: &Desk,
    story: &Story,
    newest: u64,
    known: Option<Trail>,
) -> Result<Trail, StoreError> {
    let Some(ticket) = &story.ticket else {
        return Ok(Trail::default());
    };
    let mut trail = known.unwrap_or_default();
    let mut after = if let Some(upto) = trail.upto {
        upto
    } else {
        let raised = story.signal.as_ref().map(|signal| signal.raised_at);
        let begin = raised.unwrap_or(ticket.offered_at).min(ticket.offered_at);
        let first = before(desk, begin, newest).await?;
        trail.events = heard_before(desk, story, (begin, first)).await?;
        first
    };
    let mut batches: usize = 0;
    while after < newest && !trail.cut {
        let events = desk.store().events(desk.id(), after, BATCH).await?;
        let full = events.len() >= usize::try_from(BATCH).unwrap_or(usize::MAX);
        // A full batch may end within a unit, which is then read again, whole.
        let upto = match events.last().map(|event| event.seq) {
            Some(last) if full && last > after.saturating_add(1) => last.saturating_sub(1),
            Some(last) if full => last,
            _ => newest,
        };
        let upto = upto.min(newest);
        let mine = events.into_iter().filter(|event| event.seq <= upto);
        let over = over(story);
        let heard = |it: &StoredEvent| {
            over.is_none_or(|over| it.event.at <= over) && is_heard(&it.event.fact, story)
        };
        trail
            .events
            .extend(mine.filter(|it| concerns(&it.event.fact, story) || heard(it)));
        after = upto;
        batches = batches.saturating_add(1);
        trail.cut = batches >= BATCHES && after < newest;
    }
    trail.upto = Some(after);
    Ok(trail)
}

/// What was heard of a ticket's underlying before its first event, as far back as news counts.
async fn heard_before(
    desk: &Desk,
    story: &Story,
    (begin, upto): (Timestamp, u64),
) -> Result<Vec<StoredEvent>, StoreError> {
    let rules = &desk.ports.news.rules;
    let mut heard = Vec::new();
    if !rules.reads {
        return Ok(heard);
    }
    let oldest = begin
        .checked_sub(rules.counts_for())
        .unwrap_or(Timestamp::MIN);
    let first = before(desk, oldest, upto).await?;
    let mut after = first.max(upto.saturating_sub(BEFORE));
    while after < upto {
        let events = desk.store().events(desk.id(), after, BATCH).await?;
        let Some(last) = events.last().map(|event| event.seq) else {
            break;
        };
        after = last;
        let mine = |it: &StoredEvent| {
            it.seq <= upto && it.event.at >= oldest && is_heard(&it.event.fact, story)
        };
        heard.extend(events.into_iter().filter(mine));
    }
    Ok(heard)
}

/// True for news about the underlying of the story's ticket, and for its vetoes that were let pass.
fn is_heard(fact: &Fact, story: &Story) -> bool {
    let on = story.ticket.as_ref().map(|ticket| ticket.underlying);
    match fact {
        Fact::StoryJudged(judged) => on.is_some_and(|on| judged.story.concerns(on)),
        Fact::NewsLetPass { underlying, .. } => on == Some(*underlying),
        _ => false,
    }
}

/// When the last of it was over; `None` while it is not.
fn over(story: &Story) -> Option<Timestamp> {
    match (&story.position, &story.ticket.as_ref()?.state) {
        (Some(position), _) => match position.state {
            PositionState::Closed { at, .. } => Some(at),
            _ => None,
        },
        (None, state) => match state {
            TicketState::Offered { .. } | TicketState::Confirmed { .. } => None,
            TicketState::Declined { at, .. }
            | TicketState::Expired { at }
            | TicketState::Withdrawn { at, .. }
            | TicketState::Lapsed { at, .. } => Some(*at),
        },
    }
}

impl Trail {
    /// The trail as people read it, without stories that did nothing to it and could not have or are too
    /// many; and how many of those there are.
    pub fn told(&self) -> (Vec<StoredEvent>, u32) {
        let facts = self.events.iter().map(|it| &it.event.fact);
        let named: BTreeSet<String> = facts.flat_map(named).collect();
        let idle = |it: &StoredEvent| match &it.event.fact {
            Fact::StoryJudged(judged) => !named.contains(&name_of(judged)),
            _ => false,
        };
        let mut room = IDLE;
        let mut quiet: u32 = 0;
        let mut kept = Vec::new();
        for event in self.events.iter().rev() {
            if idle(event) {
                let low =
                    matches!(&event.event.fact, Fact::StoryJudged(it) if it.impact == Impact::Low);
                if low || room == 0 {
                    quiet = quiet.saturating_add(1);
                    continue;
                }
                room = room.saturating_sub(1);
            }
            kept.push(event.clone());
        }
        kept.reverse();
        (kept, quiet)
    }
}

/// What the reason would be called that a story makes.
fn name_of(judged: &Judged) -> String {
    format!("story:{}", judged.story.cluster)
}

/// The names of the news that something was done because of.
fn named(fact: &Fact) -> Vec<String> {
    let names = |reasons: &[Reason]| reasons.iter().map(Reason::name).collect();
    match fact {
        Fact::SignalVetoed { why, .. } => {
            let news = why.iter().filter_map(|veto| match veto {
                Veto::News(reasons) => Some(reasons),
                _ => None,
            });
            news.flatten().map(Reason::name).collect()
        }
        Fact::TicketOffered(ticket) => {
            let news = ticket.news.as_ref();
            news.map_or_else(Vec::new, |news| names(&news.reasons))
        }
        Fact::TicketWarned { news, .. } => names(&news.reasons),
        Fact::TicketWithdrawn {
            reason: WithdrawReason::News(why),
            ..
        }
        | Fact::TicketLapsed {
            reason: LapseReason::News(why),
            ..
        } => names(why),
        Fact::NewsLetPass { name, .. } => vec![name.clone()],
        Fact::Alarm(Alarm::News(news)) => vec![format!("story:{}", news.story)],
        _ => Vec::new(),
    }
}

/// The highest sequence number whose events are all older than `at`: time grows with it.
pub(crate) async fn before(desk: &Desk, at: Timestamp, newest: u64) -> Result<u64, StoreError> {
    let (mut low, mut high): (u64, u64) = (0, newest);
    while low < high {
        let middle = low.midpoint(high);
        let next = desk.store().events(desk.id(), middle, 1).await?;
        match next.first() {
            Some(event) if event.event.at < at => low = middle.saturating_add(1),
            _ => high = middle,
        }
    }
    // The unit at `low` may itself be the first that counts.
    Ok(low.saturating_sub(1))
}

/// True for a fact about the story's ticket, signal, orders or position.
fn concerns(fact: &Fact, story: &Story) -> bool {
    let ticket = story.ticket.as_ref().map(|ticket| ticket.id);
    let signal = story.signal.as_ref().map(|signal| signal.id);
    let order = |id: &OrderId| story.orders.iter().any(|order| order.id == *id);
    let position = |id: &PositionId| story.position.as_ref().is_some_and(|it| it.id == *id);
    match fact {
        Fact::SignalRaised(of) => signal == Some(of.id),
        Fact::SignalVetoed { signal: of, .. } | Fact::SignalLapsed(of) => signal == Some(*of),
        Fact::TicketOffered(of) => ticket == Some(of.id),
        Fact::TicketRevised { ticket: of, .. }
        | Fact::SaidYes { ticket: of, .. }
        | Fact::TicketConfirmed { ticket: of, .. }
        | Fact::TicketDeclined { ticket: of, .. }
        | Fact::TicketExpired(of)
        | Fact::TicketWithdrawn { ticket: of, .. }
        | Fact::TicketWarned { ticket: of, .. }
        | Fact::TicketLapsed { ticket: of, .. }
        | Fact::TicketSnoozed { ticket: of, .. } => ticket == Some(*of),
        Fact::OrderSubmitted(of) => order(&of.id),
        Fact::OrderMoved { order: of, .. } => order(of),
        Fact::Executed(of) => of.order.is_some_and(|id| order(&id)) || position(&of.position),
        Fact::PositionOpened { position: of, .. }
        | Fact::PositionMoved { position: of, .. }
        | Fact::ExitDecided { position: of, .. }
        | Fact::PositionClosed { position: of, .. }
        | Fact::ExitPlanChanged { position: of, .. }
        | Fact::ExitsHeld { position: of, .. } => position(of),
        Fact::Refused { subject, .. } => {
            let is = |id: Option<String>| id.is_some_and(|id| id == *subject);
            is(ticket.map(|id| id.to_string()))
                || is(story.position.as_ref().map(|it| it.id.to_string()))
                || story.orders.iter().any(|it| it.id.to_string() == *subject)
        }
        Fact::Alarm(alarm) => match alarm {
            Alarm::ExitStuck { position: of, .. } | Alarm::ExitRejected { position: of, .. } => {
                position(of)
            }
            Alarm::News(news) => position(&news.position),
            Alarm::LegsDiverged(of) | Alarm::Unmarked(of) => position(of),
            Alarm::LateOrder(of) | Alarm::NeverArrived(of) | Alarm::Overfilled(of) => order(of),
            _ => false,
        },
        _ => false,
    }
}
