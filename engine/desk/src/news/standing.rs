//! What the news does to what stands: tickets on offer, and entries that are not filled. Exits and
//! what is held are never touched.

use std::sync::Arc;

use countersign_domain::{
    event::Fact,
    money::{Contracts, Usd},
    news::{Action, Reason},
    order::{Order, Purpose},
    ticket::{Terms, Ticket, TicketEvent, WithdrawReason},
};
use jiff::Timestamp;
use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive, ToPrimitive},
};

use super::{NewsRules, Trade, fewer, vetoes};
use crate::{
    draft::Draft,
    orders::withdraw,
    seen::Seen,
    verbs::{moved, revise},
};

/// Looks at everything that an entry could still come of, by the news as it stands now.
pub(super) fn look(draft: &mut Draft, rules: &NewsRules, fee: Usd) {
    let offered: Vec<_> = draft.seen().offered().cloned().collect();
    for ticket in offered {
        look_at(draft, rules, &ticket, fee);
    }
    let entries = draft.seen().live_orders();
    let entries = entries.filter(|order| order.purpose.is_entry() && !order.cancel_wanted);
    let entries: Vec<_> = entries.cloned().collect();
    for order in entries {
        if forbidden(draft.seen(), rules, &order, draft.now()).is_some() {
            withdraw(draft, &order);
        }
    }
}

fn look_at(draft: &mut Draft, rules: &NewsRules, ticket: &Arc<Ticket>, fee: Usd) {
    let Some(now) = rules.decide(draft.seen(), &trade(ticket), draft.now()) else {
        return;
    };
    if now.action == Action::Veto {
        withdraw_ticket(draft, ticket, vetoes(&now));
        return;
    }
    let before = ticket
        .news
        .as_ref()
        .map_or(Action::Pass, |news| news.action);
    if now.action <= before {
        return;
    }
    let contracts = fewer(ticket.terms.contracts, &now);
    let mut warned = ticket.as_ref().clone();
    warned.news = Some(Box::new(now.clone()));
    draft.note(Fact::TicketWarned {
        ticket: ticket.id,
        news: Box::new(now),
    });
    if contracts == ticket.terms.contracts {
        draft.ticket(warned);
    } else {
        let terms = Terms::of(&ticket.structure, contracts, ticket.terms.limit, fee);
        revise(draft, &warned, terms, ticket.quote.clone());
    }
}

/// Takes an offered ticket back because of the news.
pub(crate) fn withdraw_ticket(draft: &mut Draft, ticket: &Ticket, why: Vec<Reason>) {
    let reason = WithdrawReason::News(why);
    let now = draft.now();
    draft.ticket(moved(ticket, TicketEvent::Withdrawn(reason.clone(), now)));
    draft.note(Fact::TicketWithdrawn {
        ticket: ticket.id,
        reason,
    });
}

/// Why the news came to stand against an entry after its yes, when it did.
pub(crate) fn forbidden(
    seen: &Seen,
    rules: &NewsRules,
    order: &Order,
    now: Timestamp,
) -> Option<Vec<Reason>> {
    let Purpose::Entry { ticket, .. } = order.purpose else {
        return None;
    };
    let ticket = seen.tickets.get(&ticket)?;
    let decided = rules.decide(seen, &trade(ticket), now)?;
    (decided.action == Action::Veto).then(|| vetoes(&decided))
}

/// A ticket as the news looks at it.
pub(crate) fn trade(ticket: &Ticket) -> Trade<'_> {
    Trade {
        underlying: ticket.underlying,
        direction: ticket.direction,
        strategy: &ticket.strategy,
    }
}

/// A share of so many contracts: at least one, and never more than there are.
pub(crate) fn shrunk(contracts: Contracts, share: f64) -> Contracts {
    let share = Decimal::from_f64(share).unwrap_or(Decimal::ZERO);
    let wanted = Decimal::from(contracts.0).checked_mul(share);
    let wanted = wanted.and_then(|it| it.floor().to_u32()).unwrap_or(1);
    Contracts(wanted.max(1)).min(contracts)
}
