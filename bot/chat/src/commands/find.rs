//! Finding what somebody means by an id or its end.

use countersign_cards::command::Fragment;
use countersign_domain::{
    ids::{OperatorId, OrderId, OverrideId, PositionId, SignalId, StandingId, TicketId},
    operator::Operator,
    people::PeopleFault,
    refusal::Refusal,
};

use crate::talk::Talk;

/// Tickets and signals that are looked through at the most.
const ROWS: u32 = 200;

/// The one of these whose id ends so. None, or several, is the refusal.
fn only<T: Copy + ToString>(
    ids: impl Iterator<Item = T>,
    wanted: &Fragment,
    unknown: Refusal,
) -> Result<T, Refusal> {
    let mut found = ids.filter(|id| wanted.matches(&id.to_string()));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(unknown),
    }
}

impl Talk {
    pub(crate) async fn position(&self, wanted: &Fragment) -> Result<PositionId, Refusal> {
        let seen = self.seen().await?;
        let ids = seen.positions.keys().copied();
        only(ids, wanted, Refusal::UnknownPosition)
    }

    pub(crate) async fn order(&self, wanted: &Fragment) -> Result<OrderId, Refusal> {
        let seen = self.seen().await?;
        only(seen.orders.keys().copied(), wanted, Refusal::UnknownOrder)
    }

    pub(crate) async fn ticket(&self, wanted: &Fragment) -> Result<TicketId, Refusal> {
        let store = self.desk.store();
        let tickets = store.tickets(self.desk.id(), ROWS).await;
        let tickets = tickets.map_err(|_| Refusal::StoreUnavailable)?;
        only(
            tickets.iter().map(|it| it.id),
            wanted,
            Refusal::UnknownTicket,
        )
    }

    pub(crate) async fn signal(&self, wanted: &Fragment) -> Result<SignalId, Refusal> {
        let store = self.desk.store();
        let signals = store.signals(self.desk.id(), ROWS).await;
        let signals = signals.map_err(|_| Refusal::StoreUnavailable)?;
        only(
            signals.iter().map(|it| it.id),
            wanted,
            Refusal::UnknownSignal,
        )
    }

    pub(crate) async fn standing(&self, wanted: &Fragment) -> Result<StandingId, Refusal> {
        let seen = self.seen().await?;
        only(
            seen.standing.keys().copied(),
            wanted,
            Refusal::UnknownStanding,
        )
    }

    pub(crate) async fn override_of(&self, wanted: &Fragment) -> Result<OverrideId, Refusal> {
        let seen = self.seen().await?;
        only(
            seen.overrides.keys().copied(),
            wanted,
            Refusal::UnknownOverride,
        )
    }

    /// An operator by name, by the end of their id, or by their number on a platform.
    pub(crate) async fn person(&self, wanted: &str) -> Result<OperatorId, Refusal> {
        let seen = self.seen().await?;
        let plain = wanted.trim().trim_start_matches('@').to_lowercase();
        let is = |it: &Operator| {
            let known = it.identities.iter().any(|one| one.user == plain);
            known || it.name.to_lowercase() == plain
        };
        let mut found = seen.operators.values().filter(|it| is(it));
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(one.id),
            _ => Err(Refusal::People(PeopleFault::UnknownOperator)),
        }
    }

    async fn seen(&self) -> Result<std::sync::Arc<countersign_desk::seen::Seen>, Refusal> {
        let seen = self.desk.seen().await;
        seen.map_err(|_| Refusal::StoreUnavailable)
    }
}
