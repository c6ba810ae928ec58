//! Tickets: sized, priced proposals, and the yes that binds them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    exit::ExitPlan,
    ids::{DeskId, OperatorId, OrderId, Revision, SignalId, StandingId, TicketId},
    instrument::Symbol,
    money::{Contracts, Price, Usd},
    news::{Decision, Reason},
    operator::Surface,
    overrides::Passed,
    quote::{Quote, Source},
    signal::Direction,
    structure::{Leg, Side, Structure},
    trading::TradingState,
    transition::InvalidTransition,
};

/// The market as a card showed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenQuote {
    /// Quotes of the legs, in the structure's order.
    pub legs: Vec<Quote>,
    /// Net price at which all legs trade at once without waiting; debit positive.
    pub natural: Price,
    /// Net price halfway.
    pub mid: Price,
    /// The oldest leg's time.
    pub at: Timestamp,
    /// Where the quotes came from.
    pub source: Source,
    /// What the underlying stood at, per share; `None` when nobody knew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub underlying: Option<Price>,
}

impl SeenQuote {
    /// The market of `legs` from their quotes, in the same order; `None` when they do not match
    /// or there are none. The underlying is left open.
    pub fn of(legs: &[Leg], quotes: Vec<Quote>) -> Option<Self> {
        if legs.len() != quotes.len() {
            return None;
        }
        let (mut natural, mut mid) = (Price::ZERO, Price::ZERO);
        for (leg, quote) in legs.iter().zip(&quotes) {
            let crossing = match leg.side {
                Side::Buy => quote.ask,
                Side::Sell => quote.bid,
            };
            natural += crossing.times(leg.signed(1));
            mid += quote.mid().times(leg.signed(1));
        }
        let at = quotes.iter().map(|quote| quote.at).min()?;
        let source = quotes.first()?.source;
        Some(Self {
            legs: quotes,
            natural,
            mid,
            at,
            source,
            underlying: None,
        })
    }

    /// The same, seen with the underlying at a price.
    #[must_use]
    pub fn with_underlying(self, underlying: Option<Price>) -> Self {
        Self { underlying, ..self }
    }
}

/// Who said yes, to what, seeing what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Who, or whose standing approval.
    pub operator: OperatorId,
    /// Their name at that time.
    pub name: String,
    /// Where the press came from; `None` for a standing approval.
    pub surface: Option<Surface>,
    /// The standing approval, when it was one.
    pub standing: Option<StandingId>,
    /// The revision that the card showed.
    pub revision: Revision,
    /// The market at the press.
    pub quote: SeenQuote,
    /// The overrides that let its entry pass limits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Passed>,
    /// When.
    pub at: Timestamp,
}

impl Confirmation {
    /// True when it counts beside the yes of others: another person, the same revision.
    fn goes_with(&self, others: &[Self]) -> bool {
        others
            .iter()
            .all(|other| other.operator != self.operator && other.revision == self.revision)
    }
}

/// Why a person said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// Too much at stake.
    Risk,
    /// The price is not right.
    Price,
    /// The timing is not right.
    Timing,
    /// The idea does not convince.
    Idea,
    /// Something else.
    Other,
}

impl DeclineReason {
    /// The short list, in the order shown.
    pub const ALL: [Self; 5] = [
        Self::Risk,
        Self::Price,
        Self::Timing,
        Self::Idea,
        Self::Other,
    ];
}

/// Why the desk took a ticket back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawReason {
    /// The desk takes no entries in this state.
    Trading(TradingState),
    /// The news came to stand against it: the reasons that veto.
    News(Vec<Reason>),
}

/// Why an entry of a confirmed ticket was never sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LapseReason {
    /// It could not be sent within its two seconds.
    TooLate,
    /// The desk stopped taking entries between the yes and the sending.
    Trading(TradingState),
    /// The news came to stand against it between the yes and the sending: the reasons that veto.
    News(Vec<Reason>),
    /// A person cancelled it between the yes and the sending.
    Cancelled,
    /// The broker could not be reached.
    Unreachable,
    /// It was looked up and the broker never saw it.
    NeverArrived,
}

/// Where a ticket stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// On the cards, waiting.
    Offered {
        /// The yes so far: one less than needed at most.
        yes: Vec<Confirmation>,
    },
    /// Somebody with the right said yes; the order is in its own state machine.
    Confirmed {
        /// Every yes that counted.
        yes: Vec<Confirmation>,
        /// The one entry order.
        order: OrderId,
    },
    /// A person said no.
    Declined {
        /// Who.
        by: OperatorId,
        /// Their name at that time.
        name: String,
        /// Why.
        reason: DeclineReason,
        /// When.
        at: Timestamp,
    },
    /// Nobody decided in time.
    Expired {
        /// When it was noticed.
        at: Timestamp,
    },
    /// The desk took it back.
    Withdrawn {
        /// Why.
        reason: WithdrawReason,
        /// When.
        at: Timestamp,
    },
    /// Confirmed, and its entry was never sent.
    Lapsed {
        /// Every yes that counted.
        yes: Vec<Confirmation>,
        /// The order that was not sent.
        order: OrderId,
        /// Why.
        reason: LapseReason,
        /// When.
        at: Timestamp,
    },
}

/// What happens to a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketEvent {
    /// Edited or re-priced: the yes so far no longer counts.
    Revised,
    /// One of several needed yes.
    SaidYes(Confirmation),
    /// The last needed yes, and the order that it makes.
    Confirmed(Confirmation, OrderId),
    /// A person said no.
    Declined {
        /// Who.
        by: OperatorId,
        /// Their name.
        name: String,
        /// Why.
        reason: DeclineReason,
        /// When.
        at: Timestamp,
    },
    /// Its time passed.
    Expired(Timestamp),
    /// The desk took it back.
    Withdrawn(WithdrawReason, Timestamp),
    /// Its entry was never sent.
    Lapsed(LapseReason, Timestamp),
}

impl TicketState {
    /// Applies one event. The whole state machine is this one table.
    ///
    /// # Errors
    ///
    /// [`InvalidTransition`] when the pair is not in the table: the first decision stands. Also
    /// when the same person says yes twice, or a yes is to another revision than the one before.
    pub fn apply(self, event: TicketEvent) -> Result<Self, InvalidTransition> {
        use TicketEvent as E;
        use TicketState as S;
        match (self, event) {
            (S::Offered { .. }, E::Revised) => Ok(S::Offered { yes: Vec::new() }),
            (S::Offered { mut yes }, E::SaidYes(one)) if one.goes_with(&yes) => {
                yes.push(one);
                Ok(S::Offered { yes })
            }
            (S::Offered { mut yes }, E::Confirmed(one, order)) if one.goes_with(&yes) => {
                yes.push(one);
                Ok(S::Confirmed { yes, order })
            }
            (
                S::Offered { .. },
                E::Declined {
                    by,
                    name,
                    reason,
                    at,
                },
            ) => Ok(S::Declined {
                by,
                name,
                reason,
                at,
            }),
            (S::Offered { .. }, E::Expired(at)) => Ok(S::Expired { at }),
            (S::Offered { .. }, E::Withdrawn(reason, at)) => Ok(S::Withdrawn { reason, at }),
            (S::Confirmed { yes, order }, E::Lapsed(reason, at)) => Ok(S::Lapsed {
                yes,
                order,
                reason,
                at,
            }),
            (state, event) => Err(InvalidTransition::of(&state, &event)),
        }
    }

    /// True while a decision is awaited.
    pub const fn is_offered(&self) -> bool {
        matches!(self, Self::Offered { .. })
    }

    /// The word for it in stored rows.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Offered { .. } => "offered",
            Self::Confirmed { .. } => "confirmed",
            Self::Declined { .. } => "declined",
            Self::Expired { .. } => "expired",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Lapsed { .. } => "lapsed",
        }
    }
}

/// A risk that the worst loss leaves out and the card therefore names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Omission {
    /// A short American leg can be assigned early.
    EarlyAssignment,
    /// A short leg near its strike at expiry may or may not be assigned.
    Pin,
    /// Shares from an assignment can gap after hours.
    AfterHoursGap,
}

/// What a ticket proposes: the part that an edit may change and a yes binds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Units to open.
    pub contracts: Contracts,
    /// The worst net price per share that the entry may pay (debit positive, credit negative).
    pub limit: Price,
    /// Fees of opening and closing, dollars.
    pub fees: Usd,
    /// The most that can be lost at the limit price, fees of both ways included.
    pub worst_loss: Usd,
    /// The most that can be gained at the limit price after fees, or `None` without a bound.
    pub max_gain: Option<Usd>,
    /// Prices of the underlying at which nothing is gained or lost before fees, ascending.
    pub breakevens: Vec<Price>,
}

impl Terms {
    /// The exact terms of opening `contracts` units of `structure` at `limit`, with `fee` dollars
    /// per contract and way.
    ///
    /// The worst loss is never below the fees, also at a price at which the structure could not
    /// lose: such a price is doubted, not believed.
    pub fn of(structure: &Structure, contracts: Contracts, limit: Price, fee: Usd) -> Self {
        let risk = structure.risk(limit);
        let units = contracts.count();
        let traded = structure.contracts_per_unit().saturating_mul(units);
        let fees = fee.times(traded.saturating_mul(2));
        Self {
            contracts,
            limit,
            fees,
            worst_loss: risk.worst_loss.times(units) + fees,
            max_gain: risk.max_gain.map(|gain| gain.times(units) - fees),
            breakevens: risk.breakevens,
        }
    }

    /// Dollars that change hands at the limit, without sign and fees.
    pub fn value(&self, structure: &Structure) -> Usd {
        let shares = structure
            .multiplier()
            .saturating_mul(self.contracts.count());
        self.limit.abs().dollars(shares)
    }
}

/// A sized, priced proposal with its exit plan and worst loss.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    /// Its id, through all revisions.
    pub id: TicketId,
    /// Whose it is.
    pub desk: DeskId,
    /// Which drawing.
    pub revision: Revision,
    /// The signal behind it; `None` for a trader's own.
    pub signal: Option<SignalId>,
    /// The strategy behind it, or `manual`.
    pub strategy: String,
    /// Who proposed it, when a person did.
    pub proposer: Option<OperatorId>,
    /// Who edited it last, when a person did.
    pub editor: Option<OperatorId>,
    /// What moves it.
    pub underlying: Symbol,
    /// Which way it leans.
    pub direction: Direction,
    /// What would be traded.
    pub structure: Structure,
    /// How much, at which price, with what at stake.
    pub terms: Terms,
    /// How it would be closed.
    pub exit_plan: ExitPlan,
    /// The market that it was priced on.
    pub quote: SeenQuote,
    /// What the worst loss leaves out.
    pub leaves_out: Vec<Omission>,
    /// What the news meant for it when it was offered, or when that changed for the worse; `None` on a
    /// desk that reads no news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<Box<Decision>>,
    /// When it was first offered.
    pub offered_at: Timestamp,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
    /// Who does not want to see it until when; never extends the expiry.
    pub snoozed: BTreeMap<OperatorId, Timestamp>,
    /// The ticket that it replaced.
    pub supersedes: Option<TicketId>,
    /// Where it stands.
    pub state: TicketState,
}

impl Ticket {
    /// Time left to decide; negative when it has passed.
    pub fn time_left(&self, now: Timestamp) -> SignedDuration {
        self.expires_at.duration_since(now)
    }

    /// True when nobody can decide it any more.
    pub fn is_settled(&self) -> bool {
        !self.state.is_offered()
    }
}
