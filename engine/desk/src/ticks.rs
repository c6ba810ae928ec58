//! The monitor's tick and what it counts.

use std::sync::Arc;

use countersign_domain::{
    calendar,
    exit::ExitReason,
    instrument::{Instrument, Symbol},
    money::{Price, Usd},
    order::OrderState,
    position::{Holding, Position, PositionState},
    quote::Quote,
    structure::{Leg, Side},
    trading::{BrakeCause, TradingState},
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    desk::Desk,
    limits,
    monitor::{
        marks::{Belief, Marked, Marks},
        rules::{self, Sight, Verdict},
        tick::{Due, Tick},
    },
    orders::exit::{ClosingMarket, Ingredients, closing},
    ports::{PositionSample, StoreError},
    seen::Seen,
    verbs::{
        confirm::MarketNow,
        trading::{Around, Brake},
    },
};

/// Time between an exit that the broker rejected and the next one.
const AFTER_REJECTION: SignedDuration = SignedDuration::from_secs(15);

/// What the monitor counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TickCounts {
    /// Ticks run.
    pub ticks: u64,
    /// Ticks skipped because one overran.
    pub skipped: u64,
    /// When the last one ran.
    pub last: Option<Timestamp>,
}

impl Desk {
    pub(crate) fn fee(&self) -> Usd {
        self.ports.broker.capabilities().fee_per_contract
    }

    /// The market of some legs, and what everything held makes.
    pub(crate) fn market_now(&self, seen: &Seen, legs: &[Leg]) -> MarketNow {
        let quote = |leg: &Leg| (leg.instrument, self.ports.market.snapshot(&leg.instrument));
        let quotes = legs.iter().map(quote).collect();
        MarketNow {
            quotes,
            underlying: legs
                .first()
                .and_then(|leg| self.underlying_now(seen, leg.instrument.underlying())),
            open_profit: self.cautious_profit(seen),
        }
    }

    /// What an underlying stands at, by a quote no older than an entry may rest on.
    fn underlying_now(&self, seen: &Seen, underlying: Symbol) -> Option<Price> {
        let quote = self
            .ports
            .market
            .snapshot(&Instrument::Equity(underlying))?;
        let oldest = SignedDuration::from_secs(seen.desk.limits.quote_age_s.into());
        let believed = quote.check(self.now(), oldest).is_ok();
        believed.then(|| quote.mid())
    }

    /// Open profit of everything held at the last believed marks; what has none stands at its cost.
    pub(crate) fn open_profit(&self, seen: &Seen) -> Usd {
        let memory = self.memory();
        seen.open_positions()
            .map(|position| believed_profit(position, &memory.marks))
            .sum()
    }

    /// What this process knows of the desk beside what is stored.
    pub(crate) fn around(&self, seen: &Seen) -> Around {
        let looks = self.memory().ticks.last.is_some() || seen.open_positions().next().is_none();
        Around {
            open: looks.then(|| self.open_profit(seen)),
            instance: self.holder.clone(),
        }
    }

    /// The same as an entry is held to it: what nobody bids for is worth nothing, although that is no
    /// mark to exit or to brake at.
    fn cautious_profit(&self, seen: &Seen) -> Usd {
        let memory = self.memory();
        let price = |held: &Holding| {
            if held.quantity > 0 && self.nobody_bids(&held.instrument) {
                return Price::ZERO;
            }
            memory.marks.price_or(&held.instrument, held.average)
        };
        let of = |position: &Arc<Position>| {
            let prices: Vec<_> = position.holdings.iter().map(price).collect();
            position.unrealised(&prices)
        };
        seen.open_positions().map(of).sum()
    }

    fn nobody_bids(&self, instrument: &Instrument) -> bool {
        let quote = self.ports.market.snapshot(instrument);
        quote.is_some_and(|quote| quote.bid.is_zero() && quote.ask.is_positive())
    }

    /// What an exit of a position would be made of now.
    pub(crate) fn ingredients(&self, position: &Position) -> Ingredients {
        let quotes = |leg: &Leg| self.ports.market.snapshot(&leg.instrument);
        let memory = self.memory();
        let apart = memory.compared.twice.clone();
        let held = apart.held_of(position);
        let market = closing_market(&held, &memory.marks, quotes, self.now());
        let marks = position
            .holdings
            .iter()
            .map(|held| memory.marks.get(&held.instrument));
        Ingredients {
            position: position.id,
            order: self.order_id(),
            market,
            marks: marks.collect(),
            open_profit: Some(believed_profit(position, &memory.marks)),
            walk: self.settings.exit_walk,
            apart,
        }
    }

    /// Counts a tick that was skipped because the one before overran.
    pub fn tick_skipped(&self) {
        let mut memory = self.memory();
        memory.ticks.skipped = memory.ticks.skipped.saturating_add(1);
    }

    /// One tick: marks everything held, decides exits, and brakes when the day has lost too much.
    /// With the market closed nothing is decided; what falls due waits for the open.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when nothing could be read and nothing is remembered. When the store only
    /// cannot commit, exits that are due go out all the same and an alarm says so.
    pub async fn tick(&self) -> Result<(), StoreError> {
        let now = self.now();
        let seen = match self.seen().await {
            Ok(seen) => seen,
            Err(error) => self.memory().last.clone().ok_or(error)?,
        };
        self.watch(&seen);
        {
            let mut memory = self.memory();
            memory.ticks.ticks = memory.ticks.ticks.saturating_add(1);
            memory.ticks.last = Some(now);
        }
        if !calendar::is_open(now) {
            self.look_at_boards(&seen);
            self.look_at_figures(&seen);
            self.tell_digests(&seen).await?;
            return self.escalate(&seen).await;
        }
        let seen = self.adopt_unwritten(seen).await;
        let tick = self.look(&seen, now);
        if !tick.due.is_empty() || !tick.states.is_empty() {
            self.commit_tick(&seen, tick).await?;
        }
        self.look_at_boards(&seen);
        self.look_at_figures(&seen);
        self.raise_lasting(&seen).await?;
        self.brake(&seen).await?;
        self.tell_digests(&seen).await?;
        self.escalate(&seen).await
    }

    /// Looks at every position: pure but for the marks that it remembers.
    fn look(&self, seen: &Seen, now: Timestamp) -> Tick {
        // What people change while the desk runs gates entries alone: no exit is held by it.
        let limits = seen.desk.configured();
        let belief = Belief {
            oldest: SignedDuration::from_secs(i64::from(limits.quote_age_s)),
            wide_bps: limits.spread_bps,
        };
        let capabilities = self.ports.broker.capabilities();
        let mut tick = Tick {
            desk: self.id,
            fence: self.memory().lease.as_ref().map(|lease| lease.fence),
            states: Vec::new(),
            due: Vec::new(),
        };
        for position in seen.open_positions() {
            let marked: Vec<_> = position
                .holdings
                .iter()
                .map(|held| {
                    let quote = self.ports.market.snapshot(&held.instrument);
                    (held.instrument, belief.mark(quote.as_ref(), now))
                })
                .collect();
            self.remember(&marked);
            let profit = open_profit(position, &marked);
            self.note_marked(position.id, profit.is_some());
            let closing = matches!(position.state, PositionState::Closing { .. });
            if closing || self.is_unwritten(position.id) {
                continue;
            }
            let sight = Sight {
                now,
                open_profit: profit,
                wide: marked.iter().any(|(_, marked)| marked.wide),
                confirmations: self.settings.wide_confirmations,
                close_before_end: capabilities.close_before_end,
            };
            let known = seen
                .exit_states
                .get(&position.id)
                .copied()
                .unwrap_or_default();
            let verdict = rules::look(position, known, &sight);
            if worth_writing(position, known, &verdict) {
                tick.states.push((position.id, verdict.state));
            }
            let brake = seen.desk.flat_wanted.then_some(ExitReason::Brake);
            let person = position.close_wanted.then_some(ExitReason::Human);
            let exit = brake.or(person).or(verdict.exit);
            if let Some(reason) = exit.filter(|_| !just_rejected(seen, position, now)) {
                tick.due.push(self.due(position, reason));
            }
        }
        tick
    }

    fn due(&self, position: &Position, reason: ExitReason) -> Due {
        Due {
            reason,
            exit: self.ingredients(position),
        }
    }

    fn remember(&self, marked: &[(Instrument, Marked)]) {
        let mut memory = self.memory();
        for (instrument, marked) in marked {
            if let Ok(mark) = marked.mark {
                memory.marks.set(*instrument, mark);
            }
        }
    }

    async fn commit_tick(&self, seen: &Seen, tick: Tick) -> Result<(), StoreError> {
        match self.run(tick.clone()).await {
            Ok(_) => Ok(()),
            Err(StoreError::Fenced) => Err(StoreError::Fenced),
            Err(error) if tick.due.is_empty() => Err(error),
            Err(_) => {
                self.exit_without_store(seen, &tick).await;
                Ok(())
            }
        }
    }

    /// The day's losses brake by themselves: no new risk until a person resumes.
    async fn brake(&self, seen: &Seen) -> Result<(), StoreError> {
        let profit = limits::day_profit(seen, self.open_profit(seen), self.now());
        let bound = seen.desk.limits.daily_loss;
        if seen.desk.trading == TradingState::Active && -profit >= bound {
            let cause = BrakeCause::DailyLoss {
                lost: -profit,
                bound,
            };
            let work = Brake {
                desk: self.id,
                cause,
                around: self.around(seen),
            };
            self.run(work).await?;
        }
        Ok(())
    }

    /// Appends what every position is worth now to the history, in one batch.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the samples are lost, nothing rests on them.
    pub async fn sample(&self) -> Result<(), StoreError> {
        let seen = self.seen().await?;
        let now = self.now();
        let samples: Vec<_> = {
            let memory = self.memory();
            let sample = |position: &Arc<Position>| PositionSample {
                position: position.id,
                at: now,
                unrealised: believed_profit(position, &memory.marks),
                realised: position.realised(),
            };
            seen.open_positions().map(sample).collect()
        };
        if samples.is_empty() {
            return Ok(());
        }
        self.ports.store.record(self.id, &samples).await
    }
}

/// True for a while after the broker rejected an exit: asking again at once would only be rejected
/// again.
fn just_rejected(seen: &Seen, position: &Position, now: Timestamp) -> bool {
    seen.orders.values().any(|order| {
        order.position == position.id
            && order.state == OrderState::Rejected
            && now.duration_since(order.changed_at) < AFTER_REJECTION
    })
}

/// The high-water mark is written in the tick that relies on it: when a trailing stop follows it;
/// confirmations whenever they count.
fn worth_writing(
    position: &Position,
    known: countersign_domain::exit::ExitState,
    verdict: &Verdict,
) -> bool {
    let follows = position.exit_plan.trail.is_some();
    let moved = verdict.state.high_water != known.high_water && follows;
    moved || verdict.state.confirmations != known.confirmations
}

/// Open profit at believable marks; `None` when one is missing.
fn open_profit(position: &Position, marked: &[(Instrument, Marked)]) -> Option<Usd> {
    let price = |(held, (_, marked)): (&Holding, &(Instrument, Marked))| match marked.mark {
        Ok(mark) => Some(mark.price),
        Err(_) if held.quantity == 0 => Some(Price::ZERO),
        Err(_) => None,
    };
    let prices: Option<Vec<Price>> = position.holdings.iter().zip(marked).map(price).collect();
    prices.map(|prices| position.unrealised(&prices))
}

/// Open profit at the last believed marks; legs without one stand at their cost.
pub(crate) fn believed_profit(position: &Position, marks: &Marks) -> Usd {
    let price = |held: &Holding| marks.price_or(&held.instrument, held.average);
    let prices: Vec<_> = position.holdings.iter().map(price).collect();
    position.unrealised(&prices)
}

/// What closing a position costs: by the last believed marks, and by fresh quotes where every leg
/// has the side that closes it.
pub(crate) fn closing_market(
    position: &Position,
    marks: &Marks,
    quotes: impl Fn(&Leg) -> Option<Quote>,
    now: Timestamp,
) -> ClosingMarket {
    let (legs, _) = closing(position).unwrap_or_default();
    let cost = |leg: &Leg| {
        let held = position
            .holdings
            .iter()
            .find(|held| held.instrument == leg.instrument);
        held.map_or(Price::ZERO, |held| held.average)
    };
    let believed = legs
        .iter()
        .map(|leg| {
            marks
                .price_or(&leg.instrument, cost(leg))
                .times(leg.signed(1))
        })
        .sum();
    let natural: Option<Vec<Price>> = legs
        .iter()
        .map(|leg| far_side(quotes(leg)?, leg, now).map(|price| price.times(leg.signed(1))))
        .collect();
    let natural = natural.map(|prices| prices.into_iter().sum());
    ClosingMarket { believed, natural }
}

/// The side of a quote that a closing order trades against, when it is there and not stale: a
/// worthless leg may well have no bid, and is bought back at its ask all the same.
fn far_side(quote: Quote, leg: &Leg, now: Timestamp) -> Option<Price> {
    let oldest = SignedDuration::from_mins(5);
    let age = now.duration_since(quote.at);
    let fresh = age >= SignedDuration::ZERO && age <= oldest && quote.bid <= quote.ask;
    let price = match leg.side {
        Side::Buy => quote.ask,
        Side::Sell => quote.bid,
    };
    (fresh && price.is_positive()).then_some(price)
}
