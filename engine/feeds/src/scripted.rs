//! A small market whose prices a test sets.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use countersign_desk::ports::{Chain, ChainQuote, FeedError, FeedHealth, MarketData};
use countersign_domain::{
    calendar,
    instrument::{Instrument, Symbol},
    quote::{Bar, Quote},
};
use jiff::{SignedDuration, Timestamp};

use crate::Feed;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// A market that shows what was set, and no more.
///
/// What is set for a later time becomes visible when [`Feed::advance`] gets there. Quotes are shown
/// as they were set, however wrong: a test may want them so.
#[derive(Debug)]
pub struct ScriptedMarket {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    now: Timestamp,
    /// By instrument, then by when it becomes visible; `None` withdraws the quote before it.
    quotes: BTreeMap<Instrument, BTreeMap<Timestamp, Option<Quote>>>,
    bars: BTreeMap<Symbol, BTreeMap<Timestamp, Bar>>,
    watched: Vec<Instrument>,
    outage: Option<String>,
}

impl State {
    fn visible(&self, instrument: &Instrument) -> Option<Quote> {
        let quotes = self.quotes.get(instrument)?;
        quotes
            .range(..=self.now)
            .next_back()
            .and_then(|(_, quote)| *quote)
    }

    fn known(&self, underlying: Symbol) -> Result<(), FeedError> {
        if let Some(why) = &self.outage {
            return Err(FeedError::Unreachable(why.clone()));
        }
        let quoted = || {
            self.quotes
                .keys()
                .any(|each| each.underlying() == underlying)
        };
        if self.bars.contains_key(&underlying) || quoted() {
            Ok(())
        } else {
            Err(FeedError::Unknown(underlying))
        }
    }
}

impl ScriptedMarket {
    /// An empty market at `now`.
    pub fn new(now: Timestamp) -> Self {
        Self {
            state: Mutex::new(State {
                now,
                quotes: BTreeMap::new(),
                bars: BTreeMap::new(),
                watched: Vec::new(),
                outage: None,
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time of the last advance.
    pub fn now(&self) -> Timestamp {
        self.state().now
    }

    /// Shows `quote` from now on, whatever its own time says.
    pub fn set_quote(&self, instrument: Instrument, quote: Quote) {
        let now = self.now();
        self.script_quote(now, instrument, quote);
    }

    /// Shows `quote` from `visible` on.
    pub fn script_quote(&self, visible: Timestamp, instrument: Instrument, quote: Quote) {
        let mut state = self.state();
        state
            .quotes
            .entry(instrument)
            .or_default()
            .insert(visible, Some(quote));
    }

    /// Shows no quote from now on.
    pub fn clear_quote(&self, instrument: Instrument) {
        let mut state = self.state();
        let now = state.now;
        state
            .quotes
            .entry(instrument)
            .or_default()
            .insert(now, None);
    }

    /// Replaces the one-minute bars of `underlying`; each is visible when its minute has ended.
    pub fn set_bars(&self, underlying: Symbol, bars: Vec<Bar>) {
        let bars = bars.into_iter().map(|bar| (bar.start, bar)).collect();
        self.state().bars.insert(underlying, bars);
    }

    /// Adds a one-minute bar of `underlying`, visible when its minute has ended.
    pub fn push_bar(&self, underlying: Symbol, bar: Bar) {
        let mut state = self.state();
        state
            .bars
            .entry(underlying)
            .or_default()
            .insert(bar.start, bar);
    }

    /// Lets chains and bars fail with [`FeedError::Unreachable`] for that reason; quotes stay as
    /// they are and age. `None` heals it.
    pub fn set_outage(&self, why: Option<&str>) {
        self.state().outage = why.map(str::to_owned);
    }

    /// What the last [`MarketData::watch`] named.
    pub fn watched(&self) -> Vec<Instrument> {
        self.state().watched.clone()
    }
}

impl Feed for ScriptedMarket {
    fn advance(&self, now: Timestamp) {
        let mut state = self.state();
        state.now = now.max(state.now);
    }

    fn next_due(&self, after: Timestamp) -> Option<Timestamp> {
        let state = self.state();
        let quotes = state.quotes.values().flat_map(BTreeMap::keys).copied();
        let bars = state.bars.values().flat_map(BTreeMap::keys);
        let ends = bars.map(|start| *start + MINUTE);
        quotes.chain(ends).filter(|due| *due > after).min()
    }
}

#[async_trait]
impl MarketData for ScriptedMarket {
    fn watch(&self, instruments: &[Instrument]) {
        self.state().watched = instruments.to_vec();
    }

    fn snapshot(&self, instrument: &Instrument) -> Option<Quote> {
        self.state().visible(instrument)
    }

    async fn chain(&self, underlying: Symbol) -> Result<Chain, FeedError> {
        let state = self.state();
        state.known(underlying)?;
        let quotes = state.quotes.keys().filter_map(|instrument| {
            let contract = *instrument.option()?;
            let quote = state.visible(instrument)?;
            (contract.underlying() == underlying).then_some(ChainQuote { contract, quote })
        });
        Ok(Chain {
            underlying,
            spot: state.visible(&Instrument::Equity(underlying)),
            quotes: quotes.collect(),
            at: state.now,
        })
    }

    async fn bars(&self, underlying: Symbol) -> Result<Vec<Bar>, FeedError> {
        let state = self.state();
        state.known(underlying)?;
        let today = calendar::market_date(state.now);
        let bars = state.bars.get(&underlying).into_iter().flatten();
        let visible = bars
            .map(|(_, bar)| *bar)
            .filter(|bar| bar.start + MINUTE <= state.now)
            .filter(|bar| calendar::market_date(bar.start) == today);
        Ok(visible.collect())
    }

    /// The quotes set so far as kept, none dropped.
    fn health(&self) -> FeedHealth {
        let state = self.state();
        let visible = state
            .quotes
            .values()
            .flat_map(|quotes| quotes.range(..=state.now));
        let times = visible
            .filter(|(_, quote)| quote.is_some())
            .map(|(at, _)| *at);
        let (kept, newest) = times.fold((0, None), |(kept, newest), at| {
            (kept + 1, newest.max(Some(at)))
        });
        FeedHealth {
            kept,
            dropped: Vec::new(),
            newest,
        }
    }
}
