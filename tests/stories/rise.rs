//! A morning on which ACME rose all the time, with a whole chain of options, as seen at noon.

use countersign_domain::{
    calendar,
    instrument::{Instrument, OptionContract, Right},
    money::Price,
    quote::Bar,
};
use countersign_pricing as pricing;
use countersign_tests::{
    Setup, World,
    market::{acme, cents, shares},
};
use jiff::{SignedDuration, civil::date};

use crate::scene::monday;

/// Where ACME stands at noon, in cents.
const SPOT: i64 = 10_300;

/// The world at noon: whoever scans now notices the rise.
pub(crate) fn at_noon(setup: Setup) -> World {
    let mut world = World::with(setup);
    world.market.feed().set_bars(acme(), bars());
    world.jump(monday(12, 0));
    world.market.quote(shares(), SPOT - 1, SPOT + 1);
    for strike in (80..=126).step_by(2).chain([105]) {
        for right in [Right::Call, Right::Put] {
            let contract = OptionContract {
                root: "ACME".parse().expect("a root"),
                expiry: date(2026, 3, 20),
                right,
                strike: cents(strike * 100),
            };
            let (bid, ask) = sides(&world, &contract);
            world.market.quote(Instrument::Option(contract), bid, ask);
        }
    }
    world
}

/// Two cents more every minute since the open, with a small wave.
fn bars() -> Vec<Bar> {
    let open = calendar::session_on(date(2026, 3, 2))
        .expect("a session")
        .open;
    let bar = |minute: i64| {
        let close = 10_000 + 2 * minute + 6 * (minute / 5 % 2);
        Bar {
            start: open + SignedDuration::from_mins(minute),
            open: cents(close),
            high: cents(close + 5),
            low: cents(close - 5),
            close: cents(close),
            volume: 100,
        }
    };
    (0..180).map(bar).collect()
}

/// Bid and ask in cents around what the formula says at 30 % volatility, in whole increments.
fn sides(world: &World, contract: &OptionContract) -> (i64, i64) {
    let end = contract.last_trading().expect("a listed day");
    let terms = pricing::Terms {
        spot: 103.0,
        strike: contract.strike.to_f64(),
        years: end.duration_since(world.now()).as_secs_f64() / (365.0 * 86_400.0),
        rate: 0.02,
        dividend_yield: 0.0,
        right: match contract.right {
            Right::Call => pricing::Right::Call,
            Right::Put => pricing::Right::Put,
        },
    };
    let fair = Price::from_f64(pricing::price_one(&terms, 0.3)).expect("a price");
    let fair = fair.micros().expect("in range") / 10_000;
    let step = if fair < 300 { 1 } else { 5 };
    let bid = (fair - 2).max(1) / step * step;
    (bid.max(1), bid.max(1) + 5)
}
