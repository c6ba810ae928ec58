//! Read models: what the cards and pages draw, made from stored state and the last believed marks.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use countersign_domain::{
    calendar,
    exit::{ExitReason, ExitState},
    ids::TicketId,
    limits::LimitCode,
    money::{Price, Usd},
    order::{Order, Purpose},
    overrides::Override,
    position::Position,
    signal::{SignalState, Veto},
    view::{
        BoardView, Distance, ExitDistance, Header, Health, LimitUse, PositionView, ReportView,
        TicketView, TradeLine,
    },
};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;

use crate::{
    desk::Desk,
    greeks, limits,
    ports::{StoreError, Story},
    seen::Seen,
    ticks::believed_profit,
};

/// Rows that a day's report looks at, at the most.
const REPORT_ROWS: u32 = 10_000;

impl Desk {
    /// What stands on every card.
    pub(crate) fn header(&self, seen: &Seen) -> Header {
        Header {
            desk: self.id,
            name: seen.desk.name.clone(),
            mode: seen.desk.mode,
            account: seen.desk.account.clone(),
            now: self.now(),
            late: None,
        }
    }

    /// A ticket and what became of it, settled or not.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn ticket_view(&self, ticket: TicketId) -> Result<Option<TicketView>, StoreError> {
        let story = self.ports.store.story(self.id, ticket).await?;
        let seen = self.seen().await?;
        let Some(ticket) = story.ticket.clone() else {
            return Ok(None);
        };
        let entry = story.orders.iter().find(|order| order.purpose.is_entry());
        let entry = entry.map(|order| order.as_ref().clone());
        let position = story.position.clone().map(|position| {
            let exit = last_exit(story.orders.iter());
            self.position_view(&position, exit, story.executions.clone(), story.exit_state)
        });
        Ok(Some(TicketView {
            header: self.header(&seen),
            ticket: ticket.as_ref().clone(),
            signal: story.signal,
            entry,
            position,
        }))
    }

    /// Everything that is kept of a ticket.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn story(&self, ticket: TicketId) -> Result<Story, StoreError> {
        self.ports.store.story(self.id, ticket).await
    }

    fn position_view(
        &self,
        position: &Position,
        exit: Option<Order>,
        executions: Vec<countersign_domain::execution::Execution>,
        exit_state: ExitState,
    ) -> PositionView {
        let (marks, believed) = {
            let memory = self.memory();
            let marks: Vec<_> = position
                .holdings
                .iter()
                .map(|held| memory.marks.get(&held.instrument))
                .collect();
            (marks, believed_profit(position, &memory.marks))
        };
        let unrealised = marks.iter().all(Option::is_some).then_some(believed);
        let spot = self.spot(position);
        let greeks = spot.and_then(|spot| {
            let spot = spot.to_f64();
            greeks::position(position, &marks, spot, self.settings.rate, self.now())
        });
        PositionView {
            position: position.clone(),
            exit,
            executions,
            marks,
            spot,
            unrealised,
            exit_state,
            distances: self.distances(position, exit_state, unrealised),
            greeks,
        }
    }

    fn spot(&self, position: &Position) -> Option<Price> {
        let underlying = countersign_domain::instrument::Instrument::Equity(position.underlying);
        let quote = self.ports.market.snapshot(&underlying)?;
        Some(quote.mid())
    }

    fn distances(
        &self,
        position: &Position,
        state: ExitState,
        unrealised: Option<Usd>,
    ) -> Vec<ExitDistance> {
        if position.state.is_closed() {
            return Vec::new();
        }
        let profit = unrealised.map(|open| open + position.realised());
        let mut distances = by_price(position, state, profit);
        let plan = &position.exit_plan;
        let mut add = |reason, left| distances.push(ExitDistance { reason, left });
        if let Some(stop) = plan.time_stop {
            add(ExitReason::TimeStop, Distance::At(stop));
        }
        let today = calendar::market_date(self.now());
        if let Some(bound) = plan.days_to_expiry {
            let left = position
                .structure
                .contracts()
                .map(|one| one.days_left(today))
                .min();
            let left = left.unwrap_or(0).saturating_sub(i64::from(bound)).max(0);
            add(ExitReason::DaysToExpiry, Distance::Days(left));
        }
        let before = self.ports.broker.capabilities().close_before_end;
        if let Some(end) = position.structure.last_trading() {
            add(ExitReason::Expiry, Distance::At(end - before));
        }
        distances
    }

    /// The desk at a glance.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn board(&self) -> Result<BoardView, StoreError> {
        let seen = self.seen().await?;
        let waiting = self.ports.store.waiting(self.id).await?;
        Ok(self.board_of(&seen, waiting))
    }

    /// The same of a state, with so many effects waiting.
    pub(crate) fn board_of(&self, seen: &Seen, waiting: u64) -> BoardView {
        let view = |position: &Arc<Position>| self.open_view(seen, position);
        let positions: Vec<_> = seen.open_positions().map(view).collect();
        let unrealised = self.open_profit(seen);
        let now = self.now();
        let today = seen.day.on(calendar::market_date(now));
        let live = |standing: &&Arc<countersign_domain::standing::Standing>| standing.is_live(now);
        let mut offered: Vec<_> = seen.offered().collect();
        offered.sort_by_key(|ticket| (ticket.offered_at, ticket.id));
        // Its lock is gone before anything below takes it again.
        let next_scan = self.memory().next_scan;
        BoardView {
            header: self.header(seen),
            trading: seen.desk.trading,
            offered: offered.iter().map(|ticket| ticket.id).collect(),
            positions,
            realised_today: today.realised - today.fees,
            unrealised,
            limits: self.limit_uses(seen, unrealised),
            standing: seen
                .standing
                .values()
                .filter(live)
                .map(|one| one.as_ref().clone())
                .collect(),
            overrides: open_overrides(seen),
            passed: today.passed,
            next_scan,
            health: self.health(waiting),
        }
    }

    pub(crate) fn open_view(&self, seen: &Seen, position: &Arc<Position>) -> PositionView {
        let of_position = seen
            .orders
            .values()
            .filter(|order| order.position == position.id);
        let exit = last_exit(of_position);
        let executions = seen.executions.get(&position.id).map(|all| all.to_vec());
        let state = seen
            .exit_states
            .get(&position.id)
            .copied()
            .unwrap_or_default();
        self.position_view(position, exit, executions.unwrap_or_default(), state)
    }

    /// Says when the next scan is due; the driver knows.
    pub fn set_next_scan(&self, at: Option<Timestamp>) {
        self.memory().next_scan = at;
    }

    fn health(&self, waiting: u64) -> Vec<Health> {
        let feed = self.ports.market.health();
        let memory = self.memory();
        let ticks = memory.ticks;
        let dropped = feed
            .dropped
            .iter()
            .map(|(_, count)| *count)
            .fold(0, u64::saturating_add);
        vec![
            Health::Monitor {
                ticks: ticks.ticks,
                skipped: ticks.skipped,
                last: ticks.last,
            },
            Health::Feed {
                kept: feed.kept,
                dropped,
                newest: feed.newest,
            },
            Health::Outbox { waiting },
            Health::Broker {
                reachable: memory.broker_down.is_none(),
            },
            Health::Store {
                committing: !memory.store_down,
            },
        ]
    }

    fn limit_uses(&self, seen: &Seen, unrealised: Usd) -> Vec<LimitUse> {
        let bounds = &seen.desk.limits;
        let now = self.now();
        let today = seen.day.on(calendar::market_date(now));
        let worst = seen
            .open_positions()
            .map(|position| limits::exposure(seen, position.underlying))
            .max();
        let lost = -limits::day_profit(seen, unrealised, now);
        let sent = Decimal::from(today.entries.len());
        [
            (
                LimitCode::OpenPositions,
                limits::in_flight(seen).into(),
                bounds.open_positions.into(),
            ),
            (
                LimitCode::ExposurePerUnderlying,
                worst.unwrap_or_default().decimal(),
                bounds.exposure_per_underlying.decimal(),
            ),
            (LimitCode::OrdersPerDay, sent, bounds.orders_per_day.into()),
            (
                LimitCode::DailyLoss,
                lost.max(Usd::ZERO).decimal(),
                bounds.daily_loss.decimal(),
            ),
        ]
        .into_iter()
        .map(|(code, used, bound)| LimitUse { code, used, bound })
        .collect()
    }

    /// The end of a New York day. What is open, and what it is worth, is told of today alone: of an
    /// earlier day nobody knows it any more.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn report(&self, date: Date) -> Result<ReportView, StoreError> {
        let seen = self.seen().await?;
        let closed = self.ports.store.closed_on(self.id, date).await?;
        let trades: Vec<_> = closed.iter().map(trade).collect();
        let is_today = date == calendar::market_date(self.now());
        let open = seen.open_positions().filter(|_| is_today);
        let open = open.map(|position| self.open_view(&seen, position));
        let open = open.collect();
        let unrealised = if is_today {
            self.open_profit(&seen)
        } else {
            Usd::ZERO
        };
        let day = self.ports.store.day_totals(self.id, date).await?;
        Ok(ReportView {
            header: self.header(&seen),
            date,
            trades,
            open,
            realised: day.realised,
            fees: day.fees,
            unrealised,
            tickets: self.ticket_counts(date).await?,
            vetoed: self.veto_counts(date).await?,
            missed: day.missed.into_iter().collect(),
        })
    }

    async fn ticket_counts(&self, date: Date) -> Result<Vec<(String, u64)>, StoreError> {
        let mut counts: BTreeMap<&'static str, u64> = BTreeMap::new();
        for ticket in self.ports.store.tickets(self.id, REPORT_ROWS).await? {
            if calendar::market_date(ticket.offered_at) == date {
                let count = counts.entry(ticket.state.name()).or_default();
                *count = count.saturating_add(1);
            }
        }
        Ok(counts
            .into_iter()
            .map(|(state, count)| (state.to_owned(), count))
            .collect())
    }

    async fn veto_counts(
        &self,
        date: Date,
    ) -> Result<Vec<(countersign_domain::instrument::Symbol, String, u64)>, StoreError> {
        let mut counts: BTreeMap<_, u64> = BTreeMap::new();
        for signal in self.ports.store.signals(self.id, REPORT_ROWS).await? {
            if calendar::market_date(signal.raised_at) != date {
                continue;
            }
            if let SignalState::Vetoed(why) = &signal.state {
                let codes: BTreeSet<_> = why.iter().map(veto_code).collect();
                for code in codes {
                    let count = counts.entry((signal.underlying, code)).or_default();
                    *count = count.saturating_add(1);
                }
            }
        }
        Ok(counts
            .into_iter()
            .map(|((on, code), count)| (on, code.to_owned(), count))
            .collect())
    }
}

/// Overrides and changes of limits that have not ended, oldest first.
pub(crate) fn open_overrides(seen: &Seen) -> Vec<Override> {
    let open = seen.overrides.values();
    let open = open.filter(|one| !one.state.has_ended());
    open.map(|one| one.as_ref().clone()).collect()
}

/// The word of a veto in counts.
pub const fn veto_code(veto: &Veto) -> &'static str {
    match veto {
        Veto::Calendar { .. } => "calendar",
        Veto::NoContract { .. } => "no_contract",
        Veto::Liquidity { .. } => "liquidity",
        Veto::DataQuality { .. } => "data_quality",
        Veto::Duplicate { .. } => "duplicate",
        Veto::Limit(_) => "limit",
        Veto::News(_) => "news",
        Veto::NotScanned => "not_scanned",
        Veto::Trading { .. } => "trading",
    }
}

fn trade(position: &Arc<Position>) -> TradeLine {
    TradeLine {
        position: position.as_ref().clone(),
        profit: position.realised() - position.fees,
    }
}

/// The exit order that is or was last on its way.
fn last_exit<'a>(orders: impl Iterator<Item = &'a Arc<Order>>) -> Option<Order> {
    orders
        .filter(|order| matches!(order.purpose, Purpose::Exit { .. }))
        .max_by_key(|order| order.attempt)
        .map(|order| order.as_ref().clone())
}

fn by_price(position: &Position, state: ExitState, profit: Option<Usd>) -> Vec<ExitDistance> {
    let (plan, premium) = (&position.exit_plan, position.premium());
    let mut found = Vec::new();
    let Some(profit) = profit else {
        return found;
    };
    let away = |reason, dollars: Usd| ExitDistance {
        reason,
        left: Distance::Profit(dollars.max(Usd::ZERO)),
    };
    if let Some(target) = plan.profit_target {
        found.push(away(
            ExitReason::ProfitTarget,
            premium.percent(target.0) - profit,
        ));
    }
    if let Some(stop) = plan.stop_loss {
        found.push(away(ExitReason::StopLoss, profit + premium.percent(stop.0)));
    }
    if let Some(trail) = plan.trail {
        let arm = premium.percent(trail.arm.0);
        found.push(if state.high_water >= arm {
            let floor = state.high_water - premium.percent(trail.give_back.0);
            away(ExitReason::TrailingStop, profit - floor)
        } else {
            let left = Distance::ArmsAt {
                profit: arm,
                percent: trail.arm,
            };
            ExitDistance {
                reason: ExitReason::TrailingStop,
                left,
            }
        });
    }
    found
}
