//! Offer: a screened signal or a trader's own idea becomes a ticket, or says why not.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    calendar,
    event::Fact,
    exit::ExitPlan,
    ids::{DeskId, OperatorId, Revision, TicketId},
    instrument::Symbol,
    limits::Breach,
    money::{Contracts, Price, Usd},
    news::{Action, Decision},
    operator::Actor,
    refusal::{Answer, Invalid, Refusal},
    signal::{Direction, Signal, SignalEvent, Veto},
    structure::{Structure, StructureKind},
    ticket::{Omission, SeenQuote, Terms, Ticket, TicketState},
    trading::TradingState,
};
use countersign_signals::exits::leaves_out;
use jiff::{SignedDuration, Timestamp};

use super::{confirm::MarketNow, edit::check_terms, exits::check_plan};
use crate::{
    draft::Draft,
    limits::{Candidate, clear},
    news::{NewsRules, Trade, fewer, vetoes},
    press::{Press, Verb, attempt},
    work::{Done, InboxKey, Work},
};

/// The strategy of what a person proposes.
pub(crate) const MANUAL: &str = "manual";

/// What a screening proposes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Proposed {
    pub(crate) structure: Structure,
    pub(crate) terms: Terms,
    pub(crate) exit_plan: ExitPlan,
    pub(crate) quote: SeenQuote,
    pub(crate) leaves_out: Vec<Omission>,
    /// What the news means for it; filled by the unit.
    pub(crate) news: Option<Decision>,
}

/// How long a ticket can be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Life {
    /// At the most.
    pub(crate) lasting: SignedDuration,
    /// How long before a contract's last trading time positions are closed: from then on nothing
    /// in it is opened either.
    pub(crate) close_before_end: SignedDuration,
    /// How long before a session's end no new ticket is offered: what is opened then has no time
    /// left to go either way.
    pub(crate) quiet: SignedDuration,
}

impl Life {
    /// The end of the session, when it is too near for a new ticket.
    fn too_near(&self, now: Timestamp) -> Option<Timestamp> {
        let close = calendar::session_at(now)?.close;
        (now >= close - self.quiet).then_some(close)
    }

    /// Until when a ticket on this structure can be confirmed, when it is offered now.
    fn end(&self, structure: &Structure, now: Timestamp) -> Timestamp {
        let longest = now + self.lasting;
        match structure.last_trading() {
            Some(last) => longest.min(last - self.close_before_end),
            None => longest,
        }
    }
}

/// A signal and what its screening came to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Screen {
    pub(crate) desk: DeskId,
    pub(crate) signal: Signal,
    pub(crate) result: Result<Proposed, Vec<Veto>>,
    pub(crate) ticket: TicketId,
    pub(crate) life: Life,
    pub(crate) open_profit: Usd,
    /// What is configured to be watched.
    pub(crate) watchlist: Vec<Symbol>,
    pub(crate) rules: Arc<NewsRules>,
    pub(crate) fee: Usd,
}

impl Work for Screen {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        draft.act_as(Actor::Strategy(self.signal.strategy.clone()));
        draft.note(Fact::SignalRaised(self.signal.clone()));
        if draft.now() > self.signal.good_until {
            draft.note(Fact::SignalLapsed(self.signal.id));
            self.settle(draft, SignalEvent::Lapsed);
            return Ok(Done::Nothing);
        }
        match self.screen(draft) {
            Ok(proposed) => Ok(self.offer(draft, &proposed)),
            Err(why) => {
                draft.note(Fact::SignalVetoed {
                    signal: self.signal.id,
                    why: why.clone(),
                });
                self.settle(draft, SignalEvent::Vetoed(why));
                Ok(Done::Vetoed(self.signal.id))
            }
        }
    }
}

impl Screen {
    fn settle(&self, draft: &mut Draft, event: SignalEvent) {
        let mut signal = self.signal.clone();
        if let Ok(state) = signal.state.clone().apply(event) {
            signal.state = state;
        }
        draft.signal(signal);
    }

    fn screen(&self, draft: &Draft) -> Result<Proposed, Vec<Veto>> {
        let seen = draft.seen();
        if seen.desk.trading != TradingState::Active {
            return Err(vec![Veto::Trading {
                state: seen.desk.trading,
            }]);
        }
        let scanning = &seen.desk.scanning;
        let watched = scanning.watches(self.signal.underlying, &self.watchlist);
        if !watched || !scanning.is_on(&self.signal.strategy) {
            return Err(vec![Veto::NotScanned]);
        }
        let now = draft.now();
        if let Some(close) = self.life.too_near(now) {
            let minutes_left = close.duration_since(now).as_mins();
            return Err(vec![Veto::Calendar { minutes_left }]);
        }
        if let Some(twin) = self.twin(draft) {
            return Err(vec![Veto::Duplicate { ticket: Some(twin) }]);
        }
        let news = self.rules.decide(seen, &self.trade(), now);
        let against = news.as_ref().filter(|news| news.action == Action::Veto);
        if let Some(news) = against {
            return Err(vec![Veto::News(vetoes(news))]);
        }
        let proposed = self.with_news(self.result.clone()?, news);
        if self.life.end(&proposed.structure, now) <= now {
            return Err(vec![Veto::Calendar { minutes_left: 0 }]);
        }
        let candidate = Candidate {
            structure: &proposed.structure,
            terms: &proposed.terms,
            underlying: self.signal.underlying,
            quote: &proposed.quote,
            open_profit: self.open_profit,
            overrides: true,
        };
        let vetoes =
            |breaches: Vec<Breach>| breaches.into_iter().map(Veto::Limit).collect::<Vec<_>>();
        clear(seen, &candidate, draft.now()).map_err(vetoes)?;
        Ok(proposed)
    }

    /// The ticket or position on the same underlying and direction that stands already.
    fn twin(&self, draft: &Draft) -> Option<TicketId> {
        let seen = draft.seen();
        let same = |ticket: &&Arc<Ticket>| {
            ticket.underlying == self.signal.underlying && ticket.direction == self.signal.direction
        };
        seen.tickets.values().find(same).map(|ticket| ticket.id)
    }

    fn trade(&self) -> Trade<'_> {
        Trade {
            underlying: self.signal.underlying,
            direction: self.signal.direction,
            strategy: &self.signal.strategy,
        }
    }

    /// The proposal with what the news means for it: smaller, where they ask for that.
    fn with_news(&self, mut proposed: Proposed, news: Option<Decision>) -> Proposed {
        if let Some(news) = &news {
            let contracts = fewer(proposed.terms.contracts, news);
            let limit = proposed.terms.limit;
            proposed.terms = Terms::of(&proposed.structure, contracts, limit, self.fee);
        }
        proposed.news = news;
        proposed
    }

    fn offer(&self, draft: &mut Draft, proposed: &Proposed) -> Done {
        self.settle(draft, SignalEvent::Ticketed(self.ticket));
        let ticket = Draught {
            id: self.ticket,
            signal: Some(&self.signal),
            proposer: None,
            direction: self.signal.direction,
            life: self.life,
        }
        .ticket(draft, proposed);
        put_on_cards(draft, ticket)
    }
}

/// A trader's own idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idea {
    /// What would be traded.
    pub structure: Structure,
    /// Units.
    pub contracts: Contracts,
    /// Net limit per share, debit positive.
    pub limit: Price,
}

/// A trader proposes a ticket.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Propose {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) idea: Idea,
    pub(crate) exit_plan: ExitPlan,
    pub(crate) ticket: TicketId,
    pub(crate) life: Life,
    pub(crate) market: MarketNow,
    pub(crate) fee: Usd,
    pub(crate) rules: Arc<NewsRules>,
}

impl Work for Propose {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        attempt(draft, &self.press, Verb::Propose, "", |draft, operator| {
            if draft.seen().desk.trading != TradingState::Active {
                return Err(Refusal::Trading(draft.seen().desk.trading));
            }
            if let Some(closes) = self.life.too_near(draft.now()) {
                return Err(Refusal::TooLate { closes });
            }
            check_plan(&self.exit_plan, &self.idea.structure, draft.now())?;
            self.offer(draft, operator.id)
        })
    }
}

impl Propose {
    fn offer(&self, draft: &mut Draft, proposer: OperatorId) -> Answer<Done> {
        let structure = &self.idea.structure;
        if let Some(adjusted) = structure
            .contracts()
            .find(|contract| contract.is_adjusted())
        {
            return Err(Refusal::Adjusted(*adjusted));
        }
        if self.life.end(structure, draft.now()) <= draft.now() {
            return Err(Refusal::Invalid(Invalid::Contract));
        }
        let underlying = structure.underlying();
        let quote = self.market.of_legs(structure.legs())?;
        let terms = check_terms(structure, self.idea.contracts, self.idea.limit, self.fee)?;
        let candidate = Candidate {
            structure,
            terms: &terms,
            underlying,
            quote: &quote,
            open_profit: self.market.open_profit,
            overrides: true,
        };
        clear(draft.seen(), &candidate, draft.now()).map_err(Refusal::Limits)?;
        let trade = Trade {
            underlying,
            direction: leaning(structure.kind()),
            strategy: MANUAL,
        };
        let wanted = Proposed {
            structure: structure.clone(),
            terms,
            exit_plan: self.exit_plan,
            quote,
            leaves_out: leaves_out(structure),
            news: self.rules.decide(draft.seen(), &trade, draft.now()),
        };
        let ticket = Draught {
            id: self.ticket,
            signal: None,
            proposer: Some(proposer),
            direction: leaning(structure.kind()),
            life: self.life,
        }
        .ticket(draft, &wanted);
        Ok(put_on_cards(draft, ticket))
    }
}

/// Which way a structure leans.
pub(crate) const fn leaning(kind: StructureKind) -> Direction {
    match kind {
        StructureKind::LongCall | StructureKind::BullCallSpread | StructureKind::BullPutSpread => {
            Direction::Bullish
        }
        StructureKind::LongPut | StructureKind::BearPutSpread | StructureKind::BearCallSpread => {
            Direction::Bearish
        }
    }
}

/// A ticket before it has terms.
struct Draught<'a> {
    id: TicketId,
    signal: Option<&'a Signal>,
    proposer: Option<OperatorId>,
    direction: Direction,
    life: Life,
}

impl Draught<'_> {
    fn ticket(&self, draft: &Draft, proposed: &Proposed) -> Ticket {
        let now = draft.now();
        let strategy = self
            .signal
            .map_or(MANUAL, |signal| signal.strategy.as_str());
        let expires_at = self.life.end(&proposed.structure, now);
        Ticket {
            id: self.id,
            desk: draft.seen().desk.id,
            revision: Revision::FIRST,
            signal: self.signal.map(|signal| signal.id),
            strategy: strategy.to_owned(),
            proposer: self.proposer,
            editor: None,
            underlying: proposed.structure.underlying(),
            direction: self.direction,
            structure: proposed.structure.clone(),
            terms: proposed.terms.clone(),
            exit_plan: proposed.exit_plan,
            quote: proposed.quote.clone(),
            leaves_out: proposed.leaves_out.clone(),
            news: proposed.news.clone().map(Box::new),
            offered_at: now,
            expires_at,
            snoozed: BTreeMap::new(),
            supersedes: None,
            state: TicketState::Offered { yes: Vec::new() },
        }
    }
}

fn put_on_cards(draft: &mut Draft, ticket: Ticket) -> Done {
    let done = Done::Ticket(ticket.id, ticket.revision);
    draft.note(Fact::TicketOffered(Box::new(ticket.clone())));
    draft.ticket(ticket);
    done
}
