//! A market of a few contracts on one underlying, ACME, whose prices a test sets and which stay
//! fresh by themselves.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use countersign_domain::{
    instrument::{Instrument, Symbol},
    money::Price,
    quote::{Quote, Source},
    structure::{Leg, Side, Structure},
};
use countersign_feeds::{Feed, scripted::ScriptedMarket};
use jiff::Timestamp;

/// The call that single-leg tickets trade.
pub const CALL: &str = "ACME  260320C00100000";
/// The higher call of a spread.
pub const HIGH_CALL: &str = "ACME  260320C00105000";

/// A price of so many cents.
pub fn cents(cents: i64) -> Price {
    Price::from_micros(cents * 10_000)
}

/// The option of that name.
pub fn option(name: &str) -> Instrument {
    Instrument::Option(name.parse().expect("an option's name"))
}

/// The shares of the underlying.
pub fn shares() -> Instrument {
    Instrument::Equity(acme())
}

/// The underlying.
pub fn acme() -> Symbol {
    "ACME".parse().expect("a symbol")
}

/// One long call.
pub fn long_call() -> Structure {
    Structure::new(vec![leg(CALL, Side::Buy)]).expect("a long call")
}

/// A bull call spread.
pub fn call_spread() -> Structure {
    Structure::new(vec![leg(CALL, Side::Buy), leg(HIGH_CALL, Side::Sell)]).expect("a vertical")
}

fn leg(name: &str, side: Side) -> Leg {
    Leg {
        instrument: option(name),
        side,
        ratio: 1,
    }
}

/// Sides of a market in cents, with the size of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sides {
    bid: i64,
    ask: i64,
    size: u32,
}

/// The market of a world.
#[derive(Debug)]
pub struct Market {
    script: Arc<ScriptedMarket>,
    sides: Mutex<BTreeMap<Instrument, Sides>>,
    frozen: Mutex<bool>,
}

impl Market {
    /// The usual quotes at `now`.
    pub fn new(now: Timestamp) -> Self {
        let market = Self {
            script: Arc::new(ScriptedMarket::new(now)),
            sides: Mutex::new(BTreeMap::new()),
            frozen: Mutex::new(false),
        };
        market.quote(shares(), 9_999, 10_001);
        market.quote(option(CALL), 200, 210);
        market.quote(option(HIGH_CALL), 80, 90);
        market
    }

    fn sides(&self) -> MutexGuard<'_, BTreeMap<Instrument, Sides>> {
        self.sides.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The feed behind it.
    pub const fn feed(&self) -> &Arc<ScriptedMarket> {
        &self.script
    }

    /// Quotes an instrument from now on, in cents, for 100 contracts a side.
    pub fn quote(&self, instrument: Instrument, bid: i64, ask: i64) {
        self.quote_sizes(instrument, (bid, ask), 100);
    }

    /// Quotes an instrument from now on, in cents, for so many contracts a side.
    pub fn quote_sizes(&self, instrument: Instrument, (bid, ask): (i64, i64), size: u32) {
        self.sides().insert(instrument, Sides { bid, ask, size });
        self.publish();
    }

    /// Moves the bid and the ask of an option by so many cents; never below a cent.
    pub fn shift(&self, instrument: Instrument, by: i64) {
        let known = self.sides().get(&instrument).copied();
        if let Some(sides) = known {
            let bid = (sides.bid + by).max(1);
            self.quote_sizes(instrument, (bid, bid + sides.ask - sides.bid), sides.size);
        }
    }

    /// Bid and ask in cents.
    pub fn sides_of(&self, instrument: Instrument) -> Option<(i64, i64)> {
        self.sides().get(&instrument).map(|it| (it.bid, it.ask))
    }

    /// Shows no quote of an instrument from now on.
    pub fn withdraw(&self, instrument: Instrument) {
        self.sides().remove(&instrument);
        self.script.clear_quote(instrument);
    }

    /// Lets every quote age from now on, or come fresh again.
    pub fn freeze(&self, frozen: bool) {
        *self.frozen.lock().unwrap_or_else(PoisonError::into_inner) = frozen;
    }

    /// Goes on to `now`: what is quoted is quoted anew.
    pub fn advance(&self, now: Timestamp) {
        self.script.advance(now);
        self.publish();
    }

    fn publish(&self) {
        if *self.frozen.lock().unwrap_or_else(PoisonError::into_inner) {
            return;
        }
        let at = self.script.now();
        for (instrument, sides) in self.sides().iter() {
            let quote = Quote {
                bid: cents(sides.bid),
                ask: cents(sides.ask),
                bid_size: sides.size,
                ask_size: sides.size,
                at,
                source: Source::Scripted,
            };
            self.script.set_quote(*instrument, quote);
        }
    }
}
