//! A seeded market: no file, no network, the same for the same seed.
//!
//! Each underlying jumps and diffuses (Merton, 1976) on a fixed grid of a few seconds, more at open
//! and close than at noon, with trends that last about an hour, and a gap from close to open. Its
//! options are priced by Black, Scholes and Merton on a smile with a term structure, never below
//! what exercise would bring; spreads widen away from the money, with time to expiry and when the
//! market is unsettled.
//!
//! What is visible depends on configuration, seed, first session and time, and on nothing else: not
//! on how often [`Feed::advance`] was called, nor on which quotes were asked for. Nothing is quoted
//! outside of sessions: the last quote of a session keeps its time, and ages.

mod config;
pub(crate) mod draw;
mod listing;
mod surface;
mod walk;

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use countersign_desk::ports::{Chain, ChainQuote, FeedError, FeedHealth, MarketData};
use countersign_domain::{
    calendar::{self, Session},
    instrument::{Instrument, OptionContract, Symbol},
    quote::{Bar, Quote},
};
use jiff::{SignedDuration, Timestamp};

pub use config::{SymbolConfig, SyntheticConfig, SyntheticError};

use crate::Feed;
use listing::Listing;
use surface::Market;
use walk::Walk;

/// Strikes beyond this many times the price, or below that part of it, are not quoted.
const FARTHEST_STRIKE: f64 = 4.0;

/// A synthetic market at the time of the last [`Feed::advance`].
#[derive(Debug)]
pub struct SyntheticMarket {
    config: SyntheticConfig,
    seed: u64,
    first: Session,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    now: Timestamp,
    /// The session of the walks: the newest that has begun, or the first.
    session: Session,
    /// One for each symbol, in the order of the configuration.
    walks: Vec<Walk>,
    /// Steps of sessions before, of all symbols.
    steps_before: u64,
}

impl SyntheticMarket {
    /// The market at `start`, its session played from the open up to then, so that a strategy has
    /// the day's bars at once. A day without a session starts with the next one.
    ///
    /// # Errors
    ///
    /// [`SyntheticError`]: correct the configuration, or the start.
    pub fn new(
        config: SyntheticConfig,
        seed: u64,
        start: Timestamp,
    ) -> Result<Self, SyntheticError> {
        config.check()?;
        let today = calendar::market_date(start);
        let first = calendar::session_on(today)
            .or_else(|| calendar::next_session(today))
            .ok_or(SyntheticError::NoSession)?;
        let walks = config.symbols.iter();
        let walks = walks.map(|symbol| Walk::new(symbol, first, config.step_s, seed, None));
        let state = Mutex::new(State {
            now: start,
            session: first,
            walks: walks.collect(),
            steps_before: 0,
        });
        let market = Self {
            config,
            seed,
            first,
            state,
        };
        market.advance(start);
        Ok(market)
    }

    /// Its configuration.
    pub const fn config(&self) -> &SyntheticConfig {
        &self.config
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn step(&self) -> SignedDuration {
        SignedDuration::from_secs(i64::from(self.config.step_s))
    }

    fn listing(&self) -> Listing {
        Listing {
            weeklies: self.config.weeklies,
            monthlies: self.config.monthlies,
            strikes: self.config.strikes,
        }
    }

    /// The market of an underlying at its last step; `None` before the first open.
    fn market(&self, walk: &Walk) -> Option<Market> {
        let (spot, at) = walk.spot()?;
        Some(Market {
            seed: self.seed,
            at,
            spot,
            vol: walk.config().vol,
            rate: self.config.rate,
            dividend_yield: walk.config().dividend_yield,
            unrest: walk.unrest(),
        })
    }

    fn share_quote(&self, walk: &Walk) -> Option<Quote> {
        let name = draw::name(walk.config().symbol);
        self.market(walk).map(|market| market.share_quote(name))
    }

    fn option_quote(&self, walk: &Walk, contract: &OptionContract) -> Option<Quote> {
        let market = self.market(walk)?;
        let ratio = contract.strike.to_f64() / market.spot;
        let near = (1.0 / FARTHEST_STRIKE..=FARTHEST_STRIKE).contains(&ratio);
        let exists = near && listing::exists(contract, walk.session().date);
        exists.then(|| market.option_quote(contract)).flatten()
    }
}

impl State {
    fn walk(&self, symbol: Symbol) -> Option<&Walk> {
        self.walks
            .iter()
            .find(|walk| walk.config().symbol == symbol)
    }

    fn steps(&self) -> u64 {
        let today: u64 = self.walks.iter().map(|walk| u64::from(walk.steps())).sum();
        self.steps_before + today
    }
}

impl Feed for SyntheticMarket {
    fn advance(&self, now: Timestamp) {
        let mut state = self.state();
        state.now = now.max(state.now);
        loop {
            let now = state.now;
            state.walks.iter_mut().for_each(|walk| walk.run(now));
            let next = calendar::next_session(state.session.date);
            let Some(next) = next.filter(|next| next.open <= now) else {
                break;
            };
            state.steps_before = state.steps();
            state.session = next;
            for walk in &mut state.walks {
                let close = walk.spot().map(|(spot, _)| spot);
                *walk = Walk::new(walk.config(), next, self.config.step_s, self.seed, close);
            }
        }
    }

    /// The next price: a step later in a session, else the next open.
    fn next_due(&self, after: Timestamp) -> Option<Timestamp> {
        let after_open = after.max(self.first.open - self.step());
        let next_open = calendar::next_open(after_open);
        let Some(session) = calendar::session_at(after_open) else {
            return next_open;
        };
        let steps = after_open.duration_since(session.open).as_secs() / self.step().as_secs();
        let seconds = (steps + 1) * self.step().as_secs();
        let next = session.open + SignedDuration::from_secs(seconds);
        if next < session.close {
            Some(next)
        } else {
            // The last minute's bar is complete at the close.
            Some(session.close)
        }
    }
}

#[async_trait]
impl MarketData for SyntheticMarket {
    /// Does nothing: a quote is made when it is asked for.
    fn watch(&self, _instruments: &[Instrument]) {}

    fn snapshot(&self, instrument: &Instrument) -> Option<Quote> {
        let state = self.state();
        match instrument {
            Instrument::Equity(symbol) => self.share_quote(state.walk(*symbol)?),
            Instrument::Option(contract) => self.option_quote(state.walk(contract.root)?, contract),
        }
    }

    async fn chain(&self, underlying: Symbol) -> Result<Chain, FeedError> {
        let state = self.state();
        let walk = state.walk(underlying);
        let walk = walk.ok_or(FeedError::Unknown(underlying))?;
        let today = walk.session().date;
        let listed = self.listing().contracts(underlying, today, walk.open());
        let quotes = listed.into_iter().filter_map(|contract| {
            let quote = self.option_quote(walk, &contract)?;
            Some(ChainQuote { contract, quote })
        });
        Ok(Chain {
            underlying,
            spot: self.share_quote(walk),
            quotes: quotes.collect(),
            at: state.now,
        })
    }

    async fn bars(&self, underlying: Symbol) -> Result<Vec<Bar>, FeedError> {
        let state = self.state();
        let walk = state.walk(underlying);
        let walk = walk.ok_or(FeedError::Unknown(underlying))?;
        if walk.session().date != calendar::market_date(state.now) {
            return Ok(Vec::new());
        }
        let ended = state.now - SignedDuration::from_mins(1);
        let visible = walk.bars().partition_point(|bar| bar.start <= ended);
        Ok(walk.bars().iter().take(visible).copied().collect())
    }

    /// Prices made so far as kept, none dropped.
    fn health(&self) -> FeedHealth {
        let state = self.state();
        let newest = state.walks.iter().filter_map(|walk| Some(walk.spot()?.1));
        FeedHealth {
            kept: state.steps(),
            dropped: Vec::new(),
            newest: newest.max(),
        }
    }
}
