//! Tickets and positions on a made market: every option is priced at one volatility.

use std::collections::BTreeMap;

use countersign_domain::{
    calendar,
    execution::Execution,
    exit::{ExitPlan, ExitState},
    ids::{AccountId, DeskId, ExecutionId, OrderId, PositionId, Revision, SignalId, TicketId},
    instrument::{Instrument, OptionContract, Right},
    money::{Contracts, Price, Usd},
    position::{Holding, Position, PositionState},
    quote::{Mark, Quote, Source},
    signal::{Direction, Evidence, Signal, SignalState},
    structure::{Leg, Side, Structure},
    ticket::{SeenQuote, Terms, Ticket, TicketState},
    view::{Header, Mode, PositionView, TicketView},
};
use countersign_pricing as pricing;
use jiff::{SignedDuration, Timestamp, ToSpan, civil::date};

const DESK: DeskId = DeskId::from_bits(1);
const TICKET: TicketId = TicketId::from_bits(2);
const SIGNAL: SignalId = SignalId::from_bits(3);
const ENTRY: OrderId = OrderId::from_bits(4);
const POSITION: PositionId = PositionId::from_bits(5);

/// A trade to be drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trade<'a> {
    pub(crate) symbol: &'a str,
    pub(crate) spot: f64,
    pub(crate) vol: f64,
    pub(crate) days: i64,
    pub(crate) legs: &'a [(Side, Right, f64)],
    pub(crate) units: u32,
}

pub(crate) const BULL_CALL: Trade<'_> = Trade {
    symbol: "GOOG",
    spot: 751.58,
    vol: 0.22,
    days: 23,
    legs: &[
        (Side::Buy, Right::Call, 750.0),
        (Side::Sell, Right::Call, 770.0),
    ],
    units: 2,
};

pub(crate) const BEAR_CALL: Trade<'_> = Trade {
    symbol: "SPX",
    spot: 5984.2,
    vol: 0.14,
    days: 9,
    legs: &[
        (Side::Sell, Right::Call, 6050.0),
        (Side::Buy, Right::Call, 6075.0),
    ],
    units: 3,
};

pub(crate) const LONG_CALL: Trade<'_> = Trade {
    symbol: "NVDA",
    spot: 33.12,
    vol: 0.41,
    days: 51,
    legs: &[(Side::Buy, Right::Call, 35.0)],
    units: 10,
};

pub(crate) const LONG_PUT: Trade<'_> = Trade {
    symbol: "IWM",
    spot: 114.9,
    vol: 0.19,
    days: 30,
    legs: &[(Side::Buy, Right::Put, 113.0)],
    units: 1,
};

fn price(value: f64) -> Price {
    Price::from_f64(value).expect("a price")
}

/// Half past ten on Wednesday, December 23, 2015.
pub(crate) fn now() -> Timestamp {
    calendar::ny(date(2015, 12, 23), 10, 30).expect("a time of that day")
}

fn contract(trade: &Trade<'_>, right: Right, strike: f64) -> OptionContract {
    OptionContract {
        root: trade.symbol.parse().expect("a symbol"),
        expiry: date(2015, 12, 23) + trade.days.days(),
        right,
        strike: price(strike),
    }
}

/// What an option is worth, never below two cents.
pub(crate) fn worth(trade: &Trade<'_>, (right, strike): (Right, f64), spot: f64) -> f64 {
    let end = contract(trade, right, strike).last_trading();
    let left = end.map_or(SignedDuration::ZERO, |end| end.duration_since(now()));
    let terms = pricing::Terms {
        spot,
        strike,
        years: left.as_secs_f64() / (365.0 * 86_400.0),
        rate: 0.0,
        dividend_yield: 0.0,
        right: match right {
            Right::Call => pricing::Right::Call,
            Right::Put => pricing::Right::Put,
        },
    };
    pricing::price_one(&terms, trade.vol).max(0.02)
}

fn structure(trade: &Trade<'_>) -> Structure {
    let leg = |(side, right, strike): &(Side, Right, f64)| Leg {
        instrument: Instrument::Option(contract(trade, *right, *strike)),
        side: *side,
        ratio: 1,
    };
    Structure::new(trade.legs.iter().map(leg).collect()).expect("a structure")
}

fn header() -> Header {
    Header {
        desk: DESK,
        name: "Main desk".to_owned(),
        mode: Mode::Paper,
        account: AccountId("PA-1".to_owned()),
        now: now(),
        late: None,
    }
}

fn signal(trade: &Trade<'_>) -> Signal {
    let figure = |name: &str, value| Evidence {
        name: name.to_owned(),
        value,
    };
    Signal {
        id: SIGNAL,
        strategy: "trend".to_owned(),
        underlying: trade.symbol.parse().expect("a symbol"),
        direction: Direction::Bullish,
        strength: 0.7,
        evidence: vec![
            figure("underlying", trade.spot),
            figure("iv_at_the_money", trade.vol),
        ],
        raised_at: now(),
        good_until: now() + SignedDuration::from_mins(10),
        state: SignalState::Ticketed(TICKET),
    }
}

/// The trade as a ticket that was just offered, at a limit a cent above the middle.
pub(crate) fn offered(trade: &Trade<'_>) -> TicketView {
    let structure = structure(trade);
    let cent = price(0.01);
    let quote = |(_, right, strike): &(Side, Right, f64)| {
        let middle = price(worth(trade, (*right, *strike), trade.spot));
        Quote {
            bid: middle - cent,
            ask: middle + cent,
            bid_size: 10,
            ask_size: 10,
            at: now(),
            source: Source::Synthetic,
        }
    };
    let quotes = trade.legs.iter().map(quote).collect();
    let quote = SeenQuote::of(structure.legs(), quotes).expect("quotes of the legs");
    let limit = quote.mid.up_to(cent) + cent;
    let fee = Usd::from_micros(650_000);
    let ticket = Ticket {
        id: TICKET,
        desk: DESK,
        revision: Revision::FIRST,
        signal: Some(SIGNAL),
        strategy: "trend".to_owned(),
        proposer: None,
        editor: None,
        underlying: structure.underlying(),
        direction: Direction::Bullish,
        terms: Terms::of(&structure, Contracts(trade.units), limit, fee),
        structure,
        exit_plan: plan(),
        quote,
        leaves_out: Vec::new(),
        news: None,
        offered_at: now(),
        expires_at: now() + SignedDuration::from_mins(5),
        snoozed: BTreeMap::new(),
        supersedes: None,
        state: TicketState::Offered { yes: Vec::new() },
    };
    TicketView {
        header: header(),
        ticket,
        signal: Some(signal(trade)),
        entry: None,
        position: None,
    }
}

fn plan() -> ExitPlan {
    ExitPlan {
        profit_target: None,
        stop_loss: None,
        trail: None,
        time_stop: None,
        days_to_expiry: None,
    }
}

/// The trade filled at its ticket's middle, marked with the underlying at `spot`.
pub(crate) fn held(trade: &Trade<'_>, spot: f64) -> TicketView {
    let mut view = offered(trade);
    let structure = view.ticket.structure.clone();
    let execution = |(leg, quote): (&Leg, &Quote)| Execution {
        id: ExecutionId(leg.instrument.to_string()),
        order: Some(ENTRY),
        position: POSITION,
        instrument: leg.instrument,
        side: leg.side,
        quantity: trade.units,
        price: quote.mid(),
        fee: Usd::from_micros(650_000).times(trade.units.into()),
        at: now(),
        bust: false,
    };
    let legs = structure.legs().iter().zip(&view.ticket.quote.legs);
    let executions: Vec<Execution> = legs.map(execution).collect();
    let holdings = structure.legs().iter();
    let mut position = Position {
        id: POSITION,
        desk: DESK,
        ticket: TICKET,
        entry: ENTRY,
        underlying: structure.underlying(),
        holdings: holdings.map(|leg| Holding::of(leg.instrument)).collect(),
        structure,
        fees: Usd::ZERO,
        entered: Contracts(0),
        entry_net: Price::ZERO,
        exit_plan: plan(),
        exit_attempts: 0,
        hold: None,
        close_wanted: false,
        worst_loss_per_unit: Usd::ZERO,
        state: PositionState::Open,
        opened_at: now(),
    };
    position.rebuild(&executions);
    let mark = |(_, right, strike): &(Side, Right, f64)| Mark {
        price: price(worth(trade, (*right, *strike), spot)),
        at: now(),
        source: Source::Synthetic,
    };
    let marks: Vec<Mark> = trade.legs.iter().map(mark).collect();
    let prices: Vec<Price> = marks.iter().map(|mark| mark.price).collect();
    view.position = Some(PositionView {
        unrealised: Some(position.unrealised(&prices)),
        position,
        exit: None,
        executions,
        marks: marks.into_iter().map(Some).collect(),
        spot: Some(price(spot)),
        exit_state: ExitState::default(),
        distances: Vec::new(),
        greeks: None,
    });
    view
}

/// A scene of every sort, by name.
pub(crate) fn gallery() -> Vec<(&'static str, TicketView)> {
    let unmeasured = {
        let mut view = offered(&BULL_CALL);
        view.signal = None;
        view
    };
    let bull_put = Trade {
        symbol: "BRK.B",
        legs: &[
            (Side::Sell, Right::Put, 130.0),
            (Side::Buy, Right::Put, 125.0),
        ],
        spot: 131.7,
        vol: 0.17,
        ..BULL_CALL
    };
    let cheap = Trade {
        symbol: "PENNYSTK",
        spot: 0.61,
        vol: 1.4,
        legs: &[
            (Side::Buy, Right::Call, 0.5),
            (Side::Sell, Right::Call, 1.0),
        ],
        units: 250,
        days: 23,
    };
    let dear = Trade {
        symbol: "NDX",
        spot: 9012.5,
        legs: &[
            (Side::Buy, Right::Put, 9000.0),
            (Side::Sell, Right::Put, 8500.0),
        ],
        units: 120,
        ..BULL_CALL
    };
    let far = Trade {
        legs: &[(Side::Buy, Right::Call, 900.0)],
        ..BULL_CALL
    };
    vec![
        ("bull_call", offered(&BULL_CALL)),
        ("bear_call", offered(&BEAR_CALL)),
        ("bull_put", offered(&bull_put)),
        ("bear_put", offered(&dear)),
        ("long_call", offered(&LONG_CALL)),
        ("long_put", offered(&LONG_PUT)),
        ("cheap", offered(&cheap)),
        ("far", offered(&far)),
        ("unmeasured", unmeasured),
        ("held_call_spread", held(&BULL_CALL, 760.4)),
        ("held_call", held(&LONG_CALL, 31.5)),
    ]
}
