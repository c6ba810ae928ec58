//! Edit: other contracts or another limit, as a new revision.

use countersign_domain::{
    ids::{DeskId, Revision, TicketId},
    increment::increment,
    money::{Contracts, Price, Usd},
    refusal::{Answer, Invalid, Refusal},
    structure::Structure,
    ticket::Terms,
};

use super::{confirm::MarketNow, exits::check_plan, expire, offered, revise};
use crate::{
    draft::Draft,
    limits::{Candidate, clear},
    press::{Press, Verb, attempt},
    work::{Done, InboxKey, Needs, Work},
};

/// What a person changed; what they left alone is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// Units to open.
    pub contracts: Option<Contracts>,
    /// Net limit per share, debit positive.
    pub limit: Option<Price>,
}

/// One edit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Edit {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) ticket: TicketId,
    pub(crate) revision: Revision,
    pub(crate) edited: Edited,
    pub(crate) market: MarketNow,
    pub(crate) fee: Usd,
}

impl Work for Edit {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn needs(&self) -> Needs {
        Needs {
            tickets: vec![self.ticket],
            ..Needs::default()
        }
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let subject = self.ticket.to_string();
        attempt(
            draft,
            &self.press,
            Verb::Edit,
            &subject,
            |draft, operator| {
                let now = draft.now();
                let ticket = offered(draft, self.ticket, self.revision)?;
                if now >= ticket.expires_at {
                    expire(draft, &ticket, now);
                    return Err(Refusal::Expired {
                        at: ticket.expires_at,
                    });
                }
                check_plan(&ticket.exit_plan, &ticket.structure, now)?;
                let quote = self.market.of(&ticket)?;
                let contracts = self.edited.contracts.unwrap_or(ticket.terms.contracts);
                let limit = self.edited.limit.unwrap_or(ticket.terms.limit);
                let terms = check_terms(&ticket.structure, contracts, limit, self.fee)?;
                let candidate = Candidate {
                    structure: &ticket.structure,
                    terms: &terms,
                    underlying: ticket.underlying,
                    quote: &quote,
                    open_profit: self.market.open_profit,
                    overrides: true,
                };
                clear(draft.seen(), &candidate, now).map_err(Refusal::Limits)?;
                let mut edited = ticket.as_ref().clone();
                edited.editor = Some(operator.id);
                let revision = revise(draft, &edited, terms, quote);
                Ok(Done::Ticket(ticket.id, revision))
            },
        )
    }
}

/// Exact terms of what a person typed, or what is wrong with it.
///
/// # Errors
///
/// [`Refusal::Invalid`] for a size of zero or beyond [`Contracts::MOST`], a limit between increments, and a limit outside what
/// the structure can be worth.
pub(crate) fn check_terms(
    structure: &Structure,
    contracts: Contracts,
    limit: Price,
    fee: Usd,
) -> Answer<Terms> {
    if contracts.is_zero() || contracts > Contracts::MOST {
        return Err(Refusal::Invalid(Invalid::Contracts));
    }
    let step = increment(structure.legs(), limit);
    let sign_fits = limit.is_negative() == structure.kind().is_credit();
    if limit.is_zero() || limit.up_to(step) != limit || !sign_fits || limit.abs() > MOST {
        return Err(Refusal::Invalid(Invalid::Limit));
    }
    let terms = Terms::of(structure, contracts, limit, fee);
    let gains = terms
        .max_gain
        .is_none_or(countersign_domain::money::Usd::is_positive);
    if terms.worst_loss.is_zero() || !gains {
        return Err(Refusal::Invalid(Invalid::Limit));
    }
    Ok(terms)
}

/// No option costs more per share.
const MOST: Price = Price::from_whole(100_000);
