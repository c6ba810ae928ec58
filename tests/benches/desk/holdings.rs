//! Positions by the thousand, each on contracts that are quoted at a fair price.

use countersign_desk::greeks;
use countersign_domain::{
    exit::{ExitPlan, TrailingStop},
    ids::{DeskId, OrderId, PositionId, TicketId},
    instrument::{Instrument, OptionContract, Right, Symbol},
    money::{Contracts, Percent, Price, Usd},
    position::{Holding, Position, PositionState},
    quote::{Quote, Source},
    structure::{Leg, Side, Structure},
};
use countersign_pricing::price_one;
use jiff::{SignedDuration, Timestamp, civil::date};

use crate::ground::{DESK, start};

/// Positions of a large book.
pub(crate) const POSITIONS: u32 = 10_000;

/// Dollars per share of every underlying.
pub(crate) const SPOT: u32 = 100;

/// Risk-free rate, a fraction per year.
pub(crate) const RATE: f64 = 0.04;

/// A position, and the quotes of its legs.
pub(crate) struct Held {
    /// The position.
    pub(crate) position: Position,
    /// One quote for each of its holdings.
    pub(crate) quotes: Vec<Option<Quote>>,
}

/// The large book: single calls and bull call spreads by turns, on ten underlyings and five
/// expiries, opened at the fair price.
pub(crate) fn book() -> Vec<Held> {
    (0..POSITIONS).map(held).collect()
}

/// Legs of a book.
pub(crate) fn legs(book: &[Held]) -> u64 {
    let counts = book.iter().map(|held| held.position.holdings.len() as u64);
    counts.sum()
}

fn held(number: u32) -> Held {
    let contract = contract(number / 2);
    let mut legs = vec![leg(contract, Side::Buy)];
    if number % 2 == 1 {
        let strike = contract.strike + Price::from_whole(5);
        legs.push(leg(OptionContract { strike, ..contract }, Side::Sell));
    }
    let quotes: Vec<_> = legs
        .iter()
        .map(|leg| leg.instrument.option().map(fair))
        .collect();
    Held {
        position: position(number, legs, &quotes),
        quotes,
    }
}

fn contract(number: u32) -> OptionContract {
    let roots = [
        "AAPL", "AMD", "AMZN", "GOOG", "IWM", "META", "MSFT", "NVDA", "QQQ", "SPY",
    ];
    let expiries = [
        date(2026, 3, 20),
        date(2026, 4, 17),
        date(2026, 5, 15),
        date(2026, 6, 18),
        date(2026, 9, 18),
    ];
    let root: Symbol = roots[number as usize % 10].parse().expect("a symbol");
    OptionContract {
        root,
        expiry: expiries[number as usize / 10 % 5],
        right: Right::Call,
        strike: Price::from_ten_thousandths(i64::from(850_000 + number / 50 % 100 * 2_500)),
    }
}

/// A quote of ten cents around the fair price at a volatility of a quarter.
pub(crate) fn fair(contract: &OptionContract) -> Quote {
    let terms = greeks::terms(contract, f64::from(SPOT), RATE, start()).expect("a contract");
    let cents = Price::from_f64(price_one(&terms, 0.25)).expect("a price");
    let mid = cents.up_to(Price::from_ten_thousandths(100));
    let half = Price::from_ten_thousandths(500);
    Quote {
        bid: mid,
        ask: mid + half + half,
        bid_size: 50,
        ask_size: 50,
        at: start() - SignedDuration::from_secs(1),
        source: Source::Scripted,
    }
}

fn leg(contract: OptionContract, side: Side) -> Leg {
    Leg {
        instrument: Instrument::Option(contract),
        side,
        ratio: 1,
    }
}

fn position(number: u32, legs: Vec<Leg>, quotes: &[Option<Quote>]) -> Position {
    let units = 2;
    let paid = quotes.iter().flatten().map(Quote::mid);
    let holding = |(leg, price): (&Leg, Price)| {
        let quantity = leg.signed(units);
        Holding {
            quantity,
            cost: price.dollars(quantity * 100),
            average: price,
            ..Holding::of(leg.instrument)
        }
    };
    let holdings: Vec<Holding> = legs.iter().zip(paid).map(holding).collect();
    let net = legs.iter().zip(&holdings);
    let entry_net = net
        .map(|(leg, held)| held.average.times(leg.signed(1)))
        .sum();
    Position {
        id: PositionId::from_bits(u128::from(number) + 1),
        desk: DeskId::from_bits(DESK.bits()),
        ticket: TicketId::from_bits(u128::from(number) + 1),
        entry: OrderId::from_bits(u128::from(number) + 1),
        underlying: legs[0].instrument.underlying(),
        structure: Structure::new(legs).expect("a structure"),
        holdings,
        fees: Usd::from_micros(1_300_000),
        entered: Contracts(2),
        entry_net,
        exit_plan: exit_plan(start()),
        exit_attempts: 0,
        hold: None,
        close_wanted: false,
        worst_loss_per_unit: Usd::from_micros(500_000_000),
        state: PositionState::Open,
        opened_at: start(),
    }
}

/// Every rule is on, and none is near.
pub(crate) fn exit_plan(now: Timestamp) -> ExitPlan {
    ExitPlan {
        profit_target: Some(Percent(400)),
        stop_loss: Some(Percent(95)),
        trail: Some(TrailingStop {
            arm: Percent(300),
            give_back: Percent(50),
        }),
        time_stop: Some(now + SignedDuration::from_hours(24 * 14)),
        days_to_expiry: Some(1),
    }
}
