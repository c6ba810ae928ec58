//! What was done because of the news, from the signals and tickets that it was done to.

use countersign_domain::{
    instrument::Symbol,
    news::{Action, Reason},
    signal::{Signal, SignalState, Veto},
    ticket::{LapseReason, Ticket, TicketState, WithdrawReason},
    view::{Deed, NewsDeed},
};

use crate::{desk::Desk, ports::StoreError};

/// Signals and tickets that are looked through at the most.
const ROWS: u32 = 200;

/// Deeds that are told at the most.
const MOST: usize = 20;

impl Desk {
    /// What was done because of the news on an underlying, or on all; newest first.
    pub(super) async fn news_deeds(
        &self,
        about: Option<Symbol>,
    ) -> Result<Vec<NewsDeed>, StoreError> {
        let on = |symbol: Symbol| about.is_none_or(|wanted| wanted == symbol);
        let signals = self.ports.store.signals(self.id, ROWS).await?;
        let signals = signals.iter().filter(|it| on(it.underlying));
        let mut all: Vec<NewsDeed> = signals.filter_map(vetoed).collect();
        let tickets = self.ports.store.tickets(self.id, ROWS).await?;
        let tickets = tickets.iter().filter(|it| on(it.underlying));
        all.extend(tickets.flat_map(|it| done_to(it)));
        all.sort_by_key(|it| std::cmp::Reverse(it.at));
        let mut told: Vec<NewsDeed> = Vec::new();
        for one in all {
            match told.iter_mut().find(|known| same(known, &one)) {
                Some(known) => known.times = known.times.saturating_add(1),
                None => told.push(one),
            }
        }
        told.truncate(MOST);
        Ok(told)
    }
}

/// True for the same deed for the same reasons.
fn same(one: &NewsDeed, other: &NewsDeed) -> bool {
    let names = |it: &NewsDeed| it.reasons.iter().map(Reason::name).collect::<Vec<_>>();
    one.underlying == other.underlying && one.deed == other.deed && names(one) == names(other)
}

fn vetoed(signal: &Signal) -> Option<NewsDeed> {
    let SignalState::Vetoed(why) = &signal.state else {
        return None;
    };
    let reasons = why.iter().find_map(|veto| match veto {
        Veto::News(reasons) => Some(reasons.clone()),
        _ => None,
    })?;
    Some(NewsDeed {
        at: signal.raised_at,
        times: 1,
        underlying: signal.underlying,
        deed: Deed::Vetoed(signal.strategy.clone()),
        reasons,
    })
}

fn done_to(ticket: &Ticket) -> Vec<NewsDeed> {
    let deed = |at, deed, reasons: &[Reason]| NewsDeed {
        at,
        times: 1,
        underlying: ticket.underlying,
        deed,
        reasons: reasons.to_vec(),
    };
    let mut deeds = Vec::new();
    if let Some(news) = &ticket.news {
        let what = match news.action {
            Action::Warn => Some(Deed::Warned(ticket.id)),
            Action::Shrink => Some(Deed::Shrunk(ticket.id)),
            Action::Pass | Action::Veto => None,
        };
        let acts = |it: &&Reason| it.action() > Action::Pass;
        let reasons: Vec<_> = news.reasons.iter().filter(acts).cloned().collect();
        // What came after the offer was decided when a source was heard.
        let heard = news.heard_at.unwrap_or(ticket.offered_at);
        deeds.extend(what.map(|it| deed(ticket.offered_at.max(heard), it, &reasons)));
    }
    match &ticket.state {
        TicketState::Withdrawn {
            reason: WithdrawReason::News(why),
            at,
        } => deeds.push(deed(*at, Deed::Withdrawn(ticket.id), why)),
        TicketState::Lapsed {
            reason: LapseReason::News(why),
            at,
            ..
        } => deeds.push(deed(*at, Deed::Unsent(ticket.id), why)),
        _ => {}
    }
    deeds
}
