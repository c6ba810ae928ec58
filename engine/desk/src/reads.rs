//! Reading: what people ask to see beside the cards. Nothing here changes anything.

use std::collections::BTreeSet;

use countersign_domain::{
    calendar::market_date,
    event::Event,
    instrument::{Instrument, Symbol},
    order::Order,
    quote::Quote,
    view::{ChainRow, ChainView, Header, LookView, Looked, ProfitView, StrategyView, TrailView},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    desk::Desk,
    ports::{Chain, ChainQuote, StoreError},
    scan::{self, ScanLine},
    trail,
    work::Done,
};

/// Strikes of a chain on each side of the money.
const STRIKES: usize = 8;

/// Days that are looked through for closed trades at the most.
const DAYS: usize = 400;

/// Signals and events that are looked through at the most.
const ROWS: u32 = 200;

/// What the last scan came to on one underlying by one strategy.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    at: Timestamp,
    line: ScanLine,
}

impl Desk {
    /// What stands on every card, now.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn header_now(&self) -> Result<Header, StoreError> {
        Ok(self.header(&*self.seen().await?))
    }

    /// The newest visible quote of an underlying, raw.
    pub fn quote(&self, symbol: Symbol) -> Option<Quote> {
        self.ports.market.snapshot(&Instrument::Equity(symbol))
    }

    /// The options on an underlying around the money, of one expiry or the next one; `None` where
    /// the feed has none.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn chain(
        &self,
        symbol: Symbol,
        expiry: Option<Date>,
    ) -> Result<Option<ChainView>, StoreError> {
        let header = self.header_now().await?;
        let Ok(chain) = self.ports.market.chain(symbol).await else {
            return Ok(None);
        };
        let today = market_date(header.now);
        let listed = chain.quotes.iter().map(|it| it.contract.expiry);
        let wanted = |day: &Date| expiry.map_or(*day >= today, |it| it == *day);
        let Some(expiry) = listed.filter(wanted).min() else {
            return Ok(None);
        };
        Ok(Some(ChainView {
            header,
            underlying: symbol,
            spot: chain.spot,
            expiry,
            rows: around_the_money(&chain, expiry),
        }))
    }

    /// What was closed since a New York day, and what is open.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn profit_since(&self, from: Option<Date>) -> Result<ProfitView, StoreError> {
        let board = self.board().await?;
        let today = market_date(board.header.now);
        let mut day = self.first_day(from, today).await?;
        let mut trades = Vec::new();
        for _ in 0..DAYS {
            trades.extend(self.report(day).await?.trades);
            match day.tomorrow() {
                Ok(next) if next <= today => day = next,
                _ => break,
            }
        }
        let marked = board.positions.iter().all(|it| it.unrealised.is_some());
        Ok(ProfitView {
            header: board.header,
            from,
            trades,
            unrealised: marked.then_some(board.unrealised),
        })
    }

    /// The first day that something can have been closed on.
    async fn first_day(&self, from: Option<Date>, today: Date) -> Result<Date, StoreError> {
        let earliest = self.ports.store.events(self.id, 0, 1).await?;
        let begun = earliest
            .first()
            .map_or(today, |it| market_date(it.event.at));
        Ok(from.map_or(begun, |from| from.max(begun)).min(today))
    }

    /// The newest events, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn newest_events(&self) -> Result<Vec<Event>, StoreError> {
        let seq = self.seen().await?.seq;
        let after = seq.saturating_sub(u64::from(ROWS) / 2);
        let rows = self.ports.store.events(self.id, after, ROWS).await?;
        Ok(rows.into_iter().rev().map(|row| row.event).collect())
    }

    /// Orders that live, and those of open positions; newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn living_orders(&self) -> Result<Vec<Order>, StoreError> {
        let seen = self.seen().await?;
        let mut orders: Vec<Order> = seen.orders.values().map(|it| it.as_ref().clone()).collect();
        orders.sort_by_key(|order| std::cmp::Reverse((order.created_at, order.id)));
        Ok(orders)
    }

    /// What happened around a ticket; `None` where there is none of that id.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn trail_of(
        &self,
        ticket: countersign_domain::ids::TicketId,
    ) -> Result<Option<TrailView>, StoreError> {
        let seen = self.seen().await?;
        let story = self.story(ticket).await?;
        let Some(known) = &story.ticket else {
            return Ok(None);
        };
        let trail = trail::of(self, &story, seen.seq, None).await?;
        let (events, quiet) = trail.told();
        Ok(Some(TrailView {
            header: self.header(&seen),
            ticket: known.as_ref().clone(),
            signal: story.signal.clone(),
            events: events.into_iter().map(|row| row.event).collect(),
            quiet,
            cut: trail.cut,
        }))
    }

    /// The strategies, with what they raised today.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn strategies(&self) -> Result<Vec<StrategyView>, StoreError> {
        let today = market_date(self.now());
        let signals = self.ports.store.signals(self.id, ROWS).await?;
        let of_today = |name: &str| {
            let mine = signals.iter().filter(|it| it.strategy == name);
            let mine = mine.filter(|it| market_date(it.raised_at) == today);
            mine.map(|it| it.state.clone()).collect::<Vec<_>>()
        };
        let seen = self.seen().await?;
        let names = self.screening.names().into_iter();
        let view = |name: &str| {
            let states = of_today(name);
            let ticketed = states
                .iter()
                .filter(|it| matches!(it, countersign_domain::signal::SignalState::Ticketed(_)));
            StrategyView {
                name: name.to_owned(),
                off: seen.desk.scanning.off.get(name).cloned(),
                tickets: count(ticketed.count()),
                signals: count(states.len()),
            }
        };
        Ok(names.map(view).collect())
    }

    /// What the last scan came to on an underlying, and which strategies do not look; empty where
    /// nothing has looked at it since the start of this process.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn looks(&self, symbol: Symbol) -> Result<Vec<LookView>, StoreError> {
        let looks: Vec<Look> = {
            let memory = self.memory();
            let of = memory.looks.values();
            of.filter(|it| it.line.underlying == symbol)
                .cloned()
                .collect()
        };
        let seen = self.seen().await?;
        let off = &seen.desk.scanning.off;
        let switched = off.iter().map(|(strategy, said)| LookView {
            strategy: strategy.clone(),
            at: said.at,
            looked: Looked::Off(said.clone()),
        });
        let mut views: Vec<_> = switched.collect();
        for Look { at, line } in looks {
            if off.contains_key(line.strategy) {
                continue;
            }
            let looked = match line.looked {
                scan::Looked::Quiet(quiet) => Looked::Quiet {
                    reason: quiet.reason.code().to_owned(),
                    evidence: quiet.evidence,
                },
                scan::Looked::NoData(fault) => Looked::NoData(fault.to_string()),
                scan::Looked::Raised(done) => {
                    let Some(signal) = self.raised(symbol, line.strategy, done).await? else {
                        continue;
                    };
                    Looked::Raised(Box::new(signal))
                }
            };
            views.push(LookView {
                strategy: line.strategy.to_owned(),
                at,
                looked,
            });
        }
        Ok(views)
    }

    /// The signal that a scan raised.
    async fn raised(
        &self,
        symbol: Symbol,
        strategy: &str,
        done: Done,
    ) -> Result<Option<countersign_domain::signal::Signal>, StoreError> {
        let signals = self.ports.store.signals(self.id, ROWS).await?;
        let mut signals = signals.into_iter();
        Ok(signals.find(|it| match done {
            Done::Vetoed(id) => it.id == id,
            _ => it.underlying == symbol && it.strategy == strategy,
        }))
    }

    /// Remembers what a scan came to.
    pub(crate) fn looked(&self, line: &ScanLine) {
        let look = Look {
            at: self.now(),
            line: line.clone(),
        };
        let key = (line.underlying, line.strategy);
        self.memory().looks.insert(key, look);
    }
}

fn count(many: usize) -> u64 {
    u64::try_from(many).unwrap_or(u64::MAX)
}

/// The strikes nearest to the money, ascending.
fn around_the_money(chain: &Chain, expiry: Date) -> Vec<ChainRow> {
    let of_day: Vec<&ChainQuote> = chain
        .quotes
        .iter()
        .filter(|it| it.contract.expiry == expiry)
        .collect();
    let strikes: BTreeSet<_> = of_day.iter().map(|it| it.contract.strike).collect();
    let below = strikes
        .iter()
        .filter(|it| chain.spot.is_some_and(|spot| **it <= spot.mid()))
        .count();
    let first = below.saturating_sub(STRIKES);
    let shown = strikes
        .into_iter()
        .skip(first)
        .take(STRIKES.saturating_mul(2));
    let quote = |strike, right| {
        let mut of = of_day.iter();
        of.find(|it| it.contract.strike == strike && it.contract.right == right)
            .map(|it| it.quote)
    };
    shown
        .map(|strike| ChainRow {
            strike,
            call: quote(strike, countersign_domain::instrument::Right::Call),
            put: quote(strike, countersign_domain::instrument::Right::Put),
        })
        .collect()
}
