//! Reconciliation: what the broker holds against what we think, and what it did by itself.

use std::collections::BTreeMap;

use countersign_domain::{
    event::{Alarm, Fact},
    execution::Execution,
    ids::{DeskId, ExecutionId, OrderId, PositionId},
    instrument::{Instrument, OptionContract, Right, Settlement},
    money::{Price, Usd},
    operator::Actor,
    order::OrderState,
    position::{ClosedBy, Position},
    refusal::Answer,
    structure::{Leg, Side},
    trading::{BrakeCause, TradingEvent, TradingState},
};

use crate::{
    desk::Desk,
    draft::Draft,
    orders::{book, settle, withdraw},
    ports::{BrokerExecution, BrokerPosition, Settled, StoreError},
    seen::Seen,
    start::StartError,
    verbs::trading,
    work::{Done, Work},
};

/// How the ids begin of executions that nobody told us of.
const GUESS: &str = "outside:";

/// True for an execution that was booked because the broker holds something else, and not because
/// it said so.
pub(crate) fn is_guess(execution: &Execution) -> bool {
    execution.order.is_none() && execution.id.0.starts_with(GUESS)
}

/// Where we and the broker are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) instrument: Instrument,
    pub(crate) ours: i64,
    pub(crate) broker: i64,
}

/// Compares what the broker holds with what we think, instrument by instrument. Instruments with
/// a live order are left out: they are moving.
pub(crate) fn gaps(seen: &Seen, broker: &[BrokerPosition]) -> Vec<Gap> {
    let mut both: BTreeMap<Instrument, (i64, i64)> = BTreeMap::new();
    for position in seen.open_positions() {
        for holding in &position.holdings {
            let entry = both.entry(holding.instrument).or_default();
            entry.0 = entry.0.saturating_add(holding.quantity);
        }
    }
    for held in broker {
        both.entry(held.instrument).or_default().1 = held.quantity;
    }
    let moving = |instrument: &Instrument| {
        seen.live_orders()
            .any(|order| order.legs.iter().any(|leg| leg.instrument == *instrument))
    };
    both.into_iter()
        .filter(|(instrument, (ours, broker))| ours != broker && !moving(instrument))
        .map(|(instrument, (ours, broker))| Gap {
            instrument,
            ours,
            broker,
        })
        .collect()
}

/// Exits that would close more than the broker holds: somebody traded by hand, or the broker has
/// executed what it has not told yet.
fn overselling(seen: &Seen, broker: &[BrokerPosition]) -> Vec<OrderId> {
    let exits = || seen.live_orders().filter(|order| !order.purpose.is_entry());
    let closing = |instrument: Instrument| -> i64 {
        exits()
            .flat_map(|order| {
                let units = order.remaining().count();
                let legs = order.legs.iter();
                legs.filter(move |leg| leg.instrument == instrument)
                    .map(move |leg| leg.signed(units))
            })
            .fold(0, i64::saturating_add)
    };
    let too_much = |leg: &Leg| {
        let mut held = broker.iter();
        let held = held.find(|held| held.instrument == leg.instrument);
        let held = held.map_or(0, |held| held.quantity);
        let after = held.saturating_add(closing(leg.instrument));
        after != 0 && after.signum() != held.signum()
    };
    exits()
        .filter(|order| order.legs.iter().any(too_much))
        .map(|order| order.id)
        .collect()
}

/// What the last comparison with the broker saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub(crate) gaps: Vec<Gap>,
    /// Gaps that a person was told of.
    said: Vec<Gap>,
    overselling: Vec<OrderId>,
}

impl Comparison {
    /// Takes a newer one in its place. Answers with the gaps that both saw, and with the orders
    /// that oversell in both.
    fn renew(&mut self, gaps: Vec<Gap>, overselling: Vec<OrderId>) -> (Vec<Gap>, Vec<OrderId>) {
        let twice = gaps.iter().filter(|gap| self.gaps.contains(gap));
        let twice = twice.copied().collect();
        let orders = overselling.iter();
        let orders = orders.filter(|order| self.overselling.contains(order));
        let orders = orders.copied().collect();
        self.said.retain(|gap| gaps.contains(gap));
        self.gaps = gaps;
        self.overselling = overselling;
        (twice, orders)
    }
}

impl Desk {
    /// Compares with the broker. A gap counts when it was seen twice in a row, and a person is
    /// told of it once.
    ///
    /// # Errors
    ///
    /// [`StartError`]: a failed query is neither a gap nor a flat account.
    pub async fn reconcile(&self) -> Result<(), StartError> {
        self.pump_orders().await?;
        let seen = self.seen().await?;
        let answered = self.adopt_exits(&seen).await?;
        let held = self.ports.broker.positions().await;
        self.heard_from_broker(&held);
        let held = held?;
        let seen = self.seen().await?;
        let apart = gaps(&seen, &held);
        let in_order = apart.is_empty();
        let (twice, orders) = {
            let mut memory = self.memory();
            memory.compared.renew(apart, overselling(&seen, &held))
        };
        if answered {
            self.mend(twice, orders).await?;
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

    async fn mend(&self, gaps: Vec<Gap>, oversold: Vec<OrderId>) -> Result<(), StoreError> {
        let work = {
            let memory = self.memory();
            let said = memory.compared.said.clone();
            if oversold.is_empty() && gaps.iter().all(|gap| said.contains(gap)) {
                return Ok(());
            }
            let price = |gap: &Gap| {
                let mark = memory.marks.get(&gap.instrument);
                mark.map(|mark| (gap.instrument, mark.price))
            };
            Mend {
                desk: self.id,
                prices: gaps.iter().filter_map(price).collect(),
                gaps: gaps.clone(),
                said,
                oversold,
            }
        };
        self.run(work).await?;
        self.memory().compared.said = gaps;
        Ok(())
    }
}

/// Gaps that were seen twice in a row are real: positions that are gone at the broker are closed
/// here, exits that would oversell are cancelled, everything else is an alarm and a brake.
#[derive(Clone, Debug, PartialEq)]
struct Mend {
    desk: DeskId,
    gaps: Vec<Gap>,
    /// Those of them that a person was told of before.
    said: Vec<Gap>,
    /// The last believed price of each instrument, for what was closed outside.
    prices: Vec<(Instrument, Price)>,
    /// Exits that would close more than is held.
    oversold: Vec<OrderId>,
}

impl Work for Mend {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        draft.act_as(Actor::Broker);
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
        for order in &self.oversold {
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
            trading::change(draft, TradingEvent::Brake(BrakeCause::Mismatch), "");
        }
        Ok(Done::Ok)
    }
}

impl Mend {
    /// Gaps that nobody was told of yet.
    fn news(&self) -> impl Iterator<Item = &Gap> {
        self.gaps.iter().filter(|gap| !self.said.contains(gap))
    }

    /// True when the broker says of every leg that it holds none of it.
    fn gone(&self, position: &Position) -> bool {
        let mut held = position
            .holdings
            .iter()
            .filter(|holding| holding.quantity != 0);
        !position.is_flat()
            && held.all(|holding| {
                self.gaps
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
