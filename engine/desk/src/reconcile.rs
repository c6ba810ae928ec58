//! Reconciliation: what the broker holds against what we think, and what it did by itself.

use std::sync::Arc;

use countersign_domain::{
    event::{Alarm, Fact},
    execution::Execution,
    ids::{ClientOrderId, DeskId, ExecutionId, PositionId},
    instrument::{Instrument, OptionContract, Right, Settlement},
    money::{Price, Usd},
    operator::Actor,
    order::OrderState,
    position::{ClosedBy, Position},
    refusal::Answer,
    structure::Side,
    trading::{BrakeCause, TradingEvent, TradingState},
};

use crate::{
    compare::{Apart, Gap},
    desk::Desk,
    draft::Draft,
    orders::{Named, book, settle, withdraw},
    ports::{BrokerExecution, Settled, StoreError},
    seen::Seen,
    start::StartError,
    verbs::trading,
    work::{Done, Needs, Work},
};

/// How the ids begin of executions that nobody told us of.
const GUESS: &str = "outside:";

/// True for an execution that was booked because the broker holds something else, and not because
/// it said so.
pub(crate) fn is_guess(execution: &Execution) -> bool {
    execution.order.is_none() && execution.id.0.starts_with(GUESS)
}

impl Desk {
    /// Compares with the broker. What is apart counts when it was seen twice in a row, and a person
    /// is told of it once.
    ///
    /// # Errors
    ///
    /// [`StartError`]: a failed query is neither a gap nor a flat account.
    pub async fn reconcile(&self) -> Result<(), StartError> {
        self.pump_orders().await?;
        let seen = self.seen().await?;
        let answered = self.adopt_exits(&seen).await?;
        let (seen, apart) = self.compare().await?;
        let in_order = apart.is_in_order();
        let twice = self.memory().compared.renew(apart);
        if answered {
            self.mend(&seen, twice).await?;
        }
        let doubtful = seen
            .live_orders()
            .any(|order| order.state == OrderState::InDoubt);
        let waiting =
            seen.desk.trading == TradingState::Reducing && seen.desk.wanted == TradingState::Active;
        if waiting && answered && in_order && !doubtful {
            self.recovered().await?;
        }
        Ok(())
    }

    /// Asks the broker what it holds and what it may still execute. Answers with what we think,
    /// which is read afterwards, and with where both are apart.
    pub(crate) async fn compare(&self) -> Result<(Arc<Seen>, Apart), StartError> {
        let held = self.ports.broker.positions().await;
        self.heard_from_broker(&held);
        let open = self.ports.broker.open_orders().await;
        self.heard_from_broker(&open);
        let (held, open) = (held?, open?);
        let seen = self.seen().await?;
        let apart = Apart::of(&seen, &held, &open);
        Ok((seen, apart))
    }

    async fn mend(&self, seen: &Seen, apart: Apart) -> Result<(), StoreError> {
        let around = self.around(seen);
        let work = {
            let memory = self.memory();
            let said = memory.compared.said.clone();
            let price = |gap: &Gap| {
                let mark = memory.marks.get(&gap.instrument);
                mark.map(|mark| (gap.instrument, mark.price))
            };
            Mend {
                desk: self.id,
                prices: apart.gaps.iter().filter_map(price).collect(),
                apart: apart.clone(),
                said,
                around,
            }
        };
        if work.has_news() {
            self.run(work).await?;
        }
        for stray in &apart.strays {
            // Nothing here waits for the answer: while it stands, it is asked for again.
            let answer = self.ports.broker.cancel(stray).await;
            self.heard_from_broker(&answer);
        }
        self.memory().compared.said = apart;
        Ok(())
    }
}

/// What was seen twice in a row is real: positions that are gone at the broker are closed here,
/// exits that would oversell are cancelled, orders that nobody waits for are an alarm, every other
/// gap is an alarm and a brake.
#[derive(Clone, Debug, PartialEq)]
struct Mend {
    desk: DeskId,
    apart: Apart,
    /// What of it a person was told of before.
    said: Apart,
    /// The last believed price of each instrument, for what was closed outside.
    prices: Vec<(Instrument, Price)>,
    around: trading::Around,
}

impl Work for Mend {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn needs(&self) -> Needs {
        let mut needs = Needs::default();
        for stray in self.new_strays() {
            match stray {
                Named::Entry(order, _) => needs.orders.push(order),
                Named::Exit(position, _) => needs.positions.push(position),
            }
        }
        needs
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        draft.act_as(Actor::Broker);
        for stray in self.new_strays() {
            if let Some(order) = stray.order(draft.seen()) {
                draft.alarm(Alarm::LateOrder(order.id));
            } else {
                tracing::error!(?stray, "the broker works an order that is not known");
            }
        }
        for gap in self.news() {
            draft.note(Fact::Mismatch {
                instrument: gap.instrument,
                ours: gap.ours,
                broker: gap.broker,
            });
        }
        let open: Vec<_> = draft.seen().open_positions().cloned().collect();
        let mut mended = Vec::new();
        for position in open {
            if self.gone(&position) {
                self.close_outside(draft, &position);
                mended.extend(position.holdings.iter().map(|holding| holding.instrument));
            }
        }
        for order in &self.apart.oversold {
            if let Some(order) = draft.seen().orders.get(order).cloned() {
                withdraw(draft, &order);
            }
        }
        let rest: Vec<_> = self
            .news()
            .filter(|gap| !mended.contains(&gap.instrument))
            .collect();
        for gap in &rest {
            draft.alarm(Alarm::Mismatch(gap.instrument));
        }
        // Also while a start holds the desk back: what it returns to is no longer Active.
        if !rest.is_empty() && draft.seen().desk.wanted == TradingState::Active {
            let event = TradingEvent::Brake(BrakeCause::Mismatch);
            trading::stop(draft, event, ("", false), &self.around);
        }
        Ok(Done::Ok)
    }
}

impl Mend {
    /// Gaps that nobody was told of yet.
    fn news(&self) -> impl Iterator<Item = &Gap> {
        let told = |gap: &&Gap| self.said.gaps.contains(gap);
        self.apart.gaps.iter().filter(move |gap| !told(gap))
    }

    /// Orders that nobody waits for and nobody was told of yet.
    fn new_strays(&self) -> impl Iterator<Item = Named> {
        let told = |stray: &&ClientOrderId| self.said.strays.contains(stray);
        let new = self.apart.strays.iter().filter(move |stray| !told(stray));
        new.filter_map(Named::parse)
    }

    fn has_news(&self) -> bool {
        !self.apart.oversold.is_empty()
            || self.news().next().is_some()
            || self.new_strays().next().is_some()
    }

    /// True when the broker says of every leg that it holds none of it.
    fn gone(&self, position: &Position) -> bool {
        let mut held = position
            .holdings
            .iter()
            .filter(|holding| holding.quantity != 0);
        !position.is_flat()
            && held.all(|holding| {
                self.apart
                    .gaps
                    .iter()
                    .any(|gap| gap.instrument == holding.instrument && gap.broker == 0)
            })
    }

    fn close_outside(&self, draft: &mut Draft, position: &Position) {
        for holding in position
            .holdings
            .iter()
            .filter(|holding| holding.quantity != 0)
        {
            let known = self
                .prices
                .iter()
                .find(|(instrument, _)| *instrument == holding.instrument);
            let price = known.map_or(holding.average, |(_, price)| *price);
            let side = if holding.quantity > 0 {
                Side::Sell
            } else {
                Side::Buy
            };
            let attempt = position.exit_attempts;
            let guess = Execution {
                id: ExecutionId(format!(
                    "{GUESS}{}:{attempt}:{}",
                    position.id, holding.instrument
                )),
                order: None,
                position: position.id,
                instrument: holding.instrument,
                side,
                quantity: u32::try_from(holding.quantity.unsigned_abs()).unwrap_or(u32::MAX),
                price,
                fee: Usd::ZERO,
                at: draft.now(),
                bust: false,
            };
            draft.note(Fact::Executed(guess.clone()));
            draft.execution(guess);
        }
        book::rebook(draft, position.id);
        settle::position(draft, position.id, Some(ClosedBy::Outside));
    }
}

/// What the broker did by itself to end a contract: booked on the positions that held it.
pub(crate) fn settled(draft: &mut Draft, said: &BrokerExecution) {
    let known =
        |all: &std::sync::Arc<Vec<Execution>>| all.iter().any(|one| part_of(&one.id, &said.id));
    if said.bust || draft.seen().executions.values().any(known) {
        return;
    }
    let mut left = i64::from(said.quantity);
    let mut fee = said.fee;
    let open: Vec<_> = draft.seen().open_positions().cloned().collect();
    for position in open {
        let part = match said.delivered_by {
            Some(contract) => left.min(owed(draft.seen(), &position, &contract, said)),
            None => left.min(held(&position, said)),
        };
        if part > 0 {
            book_part(draft, said, position.id, (part, fee));
            left = left.saturating_sub(part);
            // Paid once, however many positions share the execution.
            fee = Usd::ZERO;
        }
    }
    if left > 0 {
        draft.note(Fact::Mismatch {
            instrument: said.instrument,
            ours: 0,
            broker: left,
        });
        draft.alarm(Alarm::Mismatch(said.instrument));
    }
}

/// How much of it a position holds that an execution could close.
fn held(position: &Position, said: &BrokerExecution) -> i64 {
    let mut holdings = position.holdings.iter();
    let held = holdings.find(|held| held.instrument == said.instrument);
    held.filter(|held| held.quantity.signum() == said.side.opposite().sign())
        .map_or(0, |held| held.quantity.abs())
}

/// Shares that a position is still to get, or to give, for a contract that was exercised or assigned:
/// closing a long call or a short put takes shares in, the others give them away.
fn owed(
    seen: &Seen,
    position: &Position,
    contract: &OptionContract,
    said: &BrokerExecution,
) -> i64 {
    let all = seen.executions.get(&position.id).cloned();
    let all = all.unwrap_or_default();
    let unordered = |wanted: &dyn Fn(&Execution) -> bool| -> i64 {
        let by_itself = |one: &&Execution| one.order.is_none() && !one.bust && !is_guess(one);
        let mine = all.iter().filter(by_itself).filter(|one| wanted(one));
        mine.map(Execution::signed).fold(0, i64::saturating_add)
    };
    let ended = unordered(&|one| one.instrument == Instrument::Option(*contract));
    let received =
        unordered(&|one| one.instrument == said.instrument && one.price == contract.strike);
    let per_contract = match contract.right {
        Right::Call => contract.multiplier().saturating_neg(),
        Right::Put => contract.multiplier(),
    };
    let due = ended.saturating_mul(per_contract).saturating_sub(received);
    due.saturating_mul(said.side.sign()).max(0)
}

fn part_of(id: &ExecutionId, whole: &ExecutionId) -> bool {
    id == whole
        || id
            .0
            .strip_prefix(&whole.0)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// Books a part of what the broker did by itself, with the fee that falls on it.
fn book_part(
    draft: &mut Draft,
    said: &BrokerExecution,
    position: PositionId,
    (quantity, fee): (i64, Usd),
) {
    let execution = Execution {
        id: ExecutionId(format!("{}/{position}", said.id)),
        order: None,
        position,
        instrument: said.instrument,
        side: said.side,
        quantity: u32::try_from(quantity).unwrap_or(u32::MAX),
        price: said.price,
        fee,
        at: said.at,
        bust: false,
    };
    draft.note(Fact::Executed(execution.clone()));
    draft.execution(execution);
    book::rebook(draft, position);
    // A contract that was exercised or assigned is followed by its shares: they belong to the same
    // position, which is not at its end before they came.
    if !awaits_shares(said) {
        let by = said.settled.map(|settled| match settled {
            Settled::Expired => ClosedBy::Expired,
            Settled::Assigned => ClosedBy::Assigned,
            Settled::Exercised => ClosedBy::Exercised,
        });
        settle::position(draft, position, by);
    }
}

/// True for the end of a contract that brings or takes shares, which are told apart.
fn awaits_shares(said: &BrokerExecution) -> bool {
    let delivers = matches!(said.settled, Some(Settled::Assigned | Settled::Exercised));
    let option = said.instrument.option();
    delivers && option.is_some_and(|one| one.terms().settlement == Settlement::Physical)
}
