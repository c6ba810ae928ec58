//! Confirm: the yes that makes exactly one order.

use std::sync::Arc;

use countersign_domain::{
    calendar,
    event::Fact,
    ids::{DeskId, OperatorId, Revision, StandingId, TicketId},
    instrument::Instrument,
    money::{Contracts, Price, Usd},
    news::Action,
    operator::{Actor, Operator},
    quote::{Quote, QuoteFault},
    refusal::{Answer, Invalid, Refusal},
    structure::Leg,
    ticket::{Confirmation, SeenQuote, Terms, Ticket, TicketEvent, TicketState},
    trading::TradingState,
};
use jiff::{SignedDuration, Timestamp};

use super::{exits::check_plan, expire, moved, offered, revise, said_yes};
use crate::{
    draft::Draft,
    limits::{Candidate, EntryIds, clear, drift, quote_faults},
    news::{NewsRules, trade, vetoes, withdraw_ticket},
    overrides::{consume, raised},
    press::{Press, Verb, attempt},
    settings::Walk,
    work::{Done, InboxKey, Needs, Work},
};

/// The market at a press: a quote for each leg, what they are written on, and what everything held makes
/// at its marks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MarketNow {
    pub(crate) quotes: Vec<(Instrument, Option<Quote>)>,
    /// What the underlying stands at, when that is known as freshly as the legs must be.
    pub(crate) underlying: Option<Price>,
    pub(crate) open_profit: Usd,
}

impl MarketNow {
    /// The market of a ticket's legs, when every leg has two believable sides.
    ///
    /// # Errors
    ///
    /// [`Refusal::NoQuote`] names the first leg without. Age is not looked at here.
    pub(crate) fn of(&self, ticket: &Ticket) -> Answer<SeenQuote> {
        self.of_legs(ticket.structure.legs())
    }

    /// As [`MarketNow::of`], for legs.
    pub(crate) fn of_legs(&self, legs: &[Leg]) -> Answer<SeenQuote> {
        let mut quotes = Vec::new();
        for leg in legs {
            let known = self
                .quotes
                .iter()
                .find(|(instrument, _)| *instrument == leg.instrument);
            let missing = |fault| Refusal::NoQuote {
                instrument: leg.instrument,
                fault,
            };
            let quote = known
                .and_then(|(_, quote)| *quote)
                .ok_or(missing(QuoteFault::Missing))?;
            quote.check_sides().map_err(missing)?;
            quotes.push(quote);
        }
        let first = legs.first().ok_or(Refusal::Invalid(Invalid::Structure))?;
        let seen = SeenQuote::of(legs, quotes).ok_or(Refusal::NoQuote {
            instrument: first.instrument,
            fault: QuoteFault::Missing,
        })?;
        Ok(seen.with_underlying(self.underlying))
    }
}

/// Who says yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// A person, now.
    Press(Press),
    /// A person, beforehand.
    Standing(StandingId),
}

/// One yes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Confirm {
    pub(crate) desk: DeskId,
    pub(crate) by: By,
    pub(crate) ticket: TicketId,
    pub(crate) revision: Revision,
    pub(crate) market: MarketNow,
    pub(crate) ids: EntryIds,
    pub(crate) walk: Walk,
    pub(crate) second_person_above: Option<Usd>,
    pub(crate) typed_above: Option<Usd>,
    /// The contracts that were typed with the press, if any were.
    pub(crate) typed: Option<Contracts>,
    /// True when the monotonic clock says that the ticket's time has passed.
    pub(crate) overdue: bool,
    pub(crate) fee: Usd,
    pub(crate) rules: Arc<NewsRules>,
}

impl Work for Confirm {
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
        match &self.by {
            By::Press(press) => press.key.clone(),
            By::Standing(_) => None,
        }
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        match &self.by {
            By::Press(press) => {
                let subject = self.ticket.to_string();
                attempt(draft, press, Verb::Confirm, &subject, |draft, operator| {
                    let yes = Yes {
                        operator: operator.id,
                        name: operator.name.clone(),
                        press: Some(press),
                        standing: None,
                    };
                    self.say(draft, &yes)
                })
            }
            By::Standing(id) => self.by_standing(draft, *id),
        }
    }
}

/// A yes before it is checked.
struct Yes<'a> {
    operator: OperatorId,
    name: String,
    press: Option<&'a Press>,
    standing: Option<StandingId>,
}

impl Confirm {
    /// Confirms under a standing approval: it must live, its signer must still have the right, it
    /// must cover the ticket, and it never stands in for a second person or for typing.
    fn by_standing(&self, draft: &mut Draft, id: StandingId) -> Answer<Done> {
        let now = draft.now();
        let today = calendar::market_date(now);
        let standing = draft
            .seen()
            .standing
            .get(&id)
            .ok_or(Refusal::UnknownStanding)?
            .clone();
        let signer = draft.seen().operators.get(&standing.signer);
        let may = |signer: &&Arc<Operator>| signer.role >= Verb::SignStanding.needs();
        let signer = signer.filter(may).ok_or(Refusal::UnknownStanding)?.clone();
        let ticket = offered(draft, self.ticket, self.revision)?;
        let loss = ticket.terms.worst_loss;
        let alone = !self.needs_second(&ticket) && !self.needs_typing(&ticket);
        let covered = standing.is_live(now)
            && standing.covers(&ticket.strategy, ticket.underlying, loss, today);
        if !alone || !covered || draft.seen().desk.trading != TradingState::Active {
            return Err(Refusal::UnknownStanding);
        }
        draft.act_as(Actor::Desk);
        let yes = Yes {
            operator: signer.id,
            name: signer.name.clone(),
            press: None,
            standing: Some(id),
        };
        let done = self.say(draft, &yes)?;
        let mut used = standing.as_ref().clone();
        used.consume(loss, today);
        draft.standing(used);
        Ok(done)
    }

    fn say(&self, draft: &mut Draft, yes: &Yes<'_>) -> Answer<Done> {
        let now = draft.now();
        let ticket = offered(draft, self.ticket, self.revision)?;
        if self.overdue || now >= ticket.expires_at {
            expire(draft, &ticket, now);
            return Err(Refusal::Expired {
                at: ticket.expires_at,
            });
        }
        if draft.seen().desk.trading != TradingState::Active {
            return Err(Refusal::Trading(draft.seen().desk.trading));
        }
        if !calendar::is_open(now) {
            return Err(Refusal::MarketClosed {
                opens: calendar::next_open(now),
            });
        }
        self.check_news(draft, &ticket)?;
        self.check_typed(&ticket)?;
        check_plan(&ticket.exit_plan, &ticket.structure, now)?;
        let quote = self.market.of(&ticket)?;
        self.still_true(draft, &ticket, &quote, now)?;
        let confirmation = Confirmation {
            operator: yes.operator,
            name: yes.name.clone(),
            surface: yes.press.map(|press| press.who.surface),
            standing: yes.standing,
            revision: ticket.revision,
            quote,
            overrides: Vec::new(),
            at: now,
        };
        if self.needs_second(&ticket) {
            let first = said_yes(&ticket).next();
            let own = ticket.proposer == Some(yes.operator) || ticket.editor == Some(yes.operator);
            match first {
                _ if own => return Err(Refusal::NotSecondPerson),
                Some(one) if one == yes.operator => return Err(Refusal::NotSecondPerson),
                None => return Ok(say_first(draft, &ticket, confirmation)),
                Some(_) => {}
            }
        }
        self.submit(draft, &ticket, confirmation)
    }

    /// What the news forbids is taken back with the press that would have bought it.
    fn check_news(&self, draft: &mut Draft, ticket: &Ticket) -> Answer<()> {
        let news = self.rules.decide(draft.seen(), &trade(ticket), draft.now());
        let Some(news) = news.filter(|news| news.action == Action::Veto) else {
            return Ok(());
        };
        let why = vetoes(&news);
        withdraw_ticket(draft, ticket, why.clone());
        Err(Refusal::News(why))
    }

    /// Overrides are for people: what a standing approval confirms by itself keeps to the limits.
    const fn may_override(&self) -> bool {
        matches!(self.by, By::Press(_))
    }

    fn needs_typing(&self, ticket: &Ticket) -> bool {
        self.typed_above
            .is_some_and(|bound| ticket.terms.worst_loss > bound)
    }

    /// Where a ticket could lose much, whoever says yes has read its contracts off the card.
    fn check_typed(&self, ticket: &Ticket) -> Answer<()> {
        if !self.needs_typing(ticket) || self.typed == Some(ticket.terms.contracts) {
            return Ok(());
        }
        Err(Refusal::TypeToConfirm {
            loss: ticket.terms.worst_loss,
            typed: self.typed,
        })
    }

    fn needs_second(&self, ticket: &Ticket) -> bool {
        self.second_person_above
            .is_some_and(|bound| ticket.terms.worst_loss > bound)
    }

    /// The card must still be true: a quote that is too old, or a market that moved beyond the
    /// tolerance, makes a new revision to press.
    fn still_true(
        &self,
        draft: &mut Draft,
        ticket: &Ticket,
        quote: &SeenQuote,
        now: Timestamp,
    ) -> Answer<()> {
        let limits = if self.may_override() {
            raised(draft.seen(), now)
        } else {
            draft.seen().desk.limits.clone()
        };
        let age = now.duration_since(quote.at);
        if age < SignedDuration::ZERO {
            let instrument = ticket.structure.legs().first().map(|leg| leg.instrument);
            return match instrument {
                Some(instrument) => Err(Refusal::NoQuote {
                    instrument,
                    fault: QuoteFault::Future,
                }),
                None => Err(Refusal::UnknownTicket),
            };
        }
        let fault = quote_faults(&limits, quote, now).into_iter().next();
        let Some(breach) = fault.or_else(|| drift(&limits, &ticket.quote, quote)) else {
            return Ok(());
        };
        let limit = repriced(ticket, quote);
        let terms = Terms::of(&ticket.structure, ticket.terms.contracts, limit, self.fee);
        let revision = revise(draft, ticket, terms, quote.clone());
        Err(Refusal::Repriced { revision, breach })
    }

    fn submit(&self, draft: &mut Draft, ticket: &Ticket, mut yes: Confirmation) -> Answer<Done> {
        let now = draft.now();
        let candidate = Candidate {
            structure: &ticket.structure,
            terms: &ticket.terms,
            underlying: ticket.underlying,
            quote: &yes.quote,
            open_profit: self.market.open_profit,
            overrides: self.may_override(),
        };
        let cleared = clear(draft.seen(), &candidate, now).map_err(Refusal::Limits)?;
        let exposure = cleared.exposure();
        yes.overrides = cleared.passed().to_vec();
        let confirmed = moved(ticket, TicketEvent::Confirmed(yes.clone(), self.ids.order));
        if !matches!(confirmed.state, TicketState::Confirmed { .. }) {
            // A yes that does not go with the one before it: nobody confirms alone what two began.
            return Err(Refusal::NotSecondPerson);
        }
        consume(draft, ticket.id, &yes.overrides);
        let mut priced = ticket.clone();
        priced.quote = yes.quote.clone();
        let (order, effect) = cleared.entry(&priced, self.ids, self.walk, now);
        draft.ticket(confirmed);
        draft.note(Fact::TicketConfirmed {
            ticket: ticket.id,
            confirmation: yes,
            order: order.id,
            exposure,
            limits: draft.seen().desk.limits.clone(),
        });
        draft.note(Fact::OrderSubmitted(Box::new(order.clone())));
        let mut day = draft.seen().day.on(calendar::market_date(now));
        day.entries.push(now);
        draft.day(day);
        let done = Done::Order(order.id);
        draft.order(order);
        draft.perform(effect);
        Ok(done)
    }
}

fn say_first(draft: &mut Draft, ticket: &Ticket, confirmation: Confirmation) -> Done {
    draft.ticket(moved(ticket, TicketEvent::SaidYes(confirmation.clone())));
    draft.note(Fact::SaidYes {
        ticket: ticket.id,
        confirmation,
    });
    Done::SaidYes(ticket.id)
}

/// The limit that keeps its distance from the mid when the market moves, in whole increments and
/// never past the natural price.
fn repriced(ticket: &Ticket, quote: &SeenQuote) -> Price {
    let room = ticket.terms.limit - ticket.quote.mid;
    let wanted = quote.mid + room;
    let legs = ticket.structure.legs();
    let step = countersign_domain::increment::increment(legs, wanted);
    wanted.up_to(step).min(quote.natural.up_to(step))
}
