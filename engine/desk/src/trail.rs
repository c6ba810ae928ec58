//! The trail of a ticket: every event that is about it, its orders or its position.

use countersign_domain::{
    event::{Alarm, Fact},
    ids::{OrderId, PositionId},
};
use jiff::Timestamp;

use crate::{
    Desk,
    ports::{StoreError, StoredEvent, Story},
};

/// Events read at once, and how often at the most: a page is no audit.
const BATCH: u32 = 500;
const BATCHES: usize = 40;

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
        before(desk, begin, newest).await?
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
        trail
            .events
            .extend(mine.filter(|event| concerns(&event.event.fact, story)));
        after = upto;
        batches = batches.saturating_add(1);
        trail.cut = batches >= BATCHES && after < newest;
    }
    trail.upto = Some(after);
    Ok(trail)
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
