//! What the stories start from: short ways to say a price, a contract, an execution.

use countersign_domain::{
    calendar::ny,
    execution::Execution,
    exit::{ExitPlan, ExitReason},
    ids::{
        DeskId, ExecutionId, OperatorId, OrderId, OverrideId, PositionId, Revision, StandingId,
        TicketId,
    },
    instrument::{Instrument, OptionContract, Right, Symbol},
    money::{Contracts, Price, Usd},
    operator::Surface,
    order::{Attempt, Order, OrderState, Purpose, TimeInForce},
    position::{Holding, Position, PositionState},
    quote::{Quote, Source},
    structure::{Leg, Side, Structure},
    ticket::{Confirmation, SeenQuote},
};
use jiff::{Timestamp, civil::Date};

pub(crate) const DESK: DeskId = DeskId::from_bits(1);
pub(crate) const TICKET: TicketId = TicketId::from_bits(2);
pub(crate) const POSITION: PositionId = PositionId::from_bits(3);
pub(crate) const ENTRY: OrderId = OrderId::from_bits(4);
pub(crate) const EXIT: OrderId = OrderId::from_bits(5);
pub(crate) const ANA: OperatorId = OperatorId::from_bits(6);
pub(crate) const BEN: OperatorId = OperatorId::from_bits(7);
pub(crate) const STANDING: StandingId = StandingId::from_bits(8);
pub(crate) const OVERRIDE: OverrideId = OverrideId::from_bits(9);

pub(crate) fn price(text: &str) -> Price {
    text.parse().expect("a price")
}

pub(crate) fn usd(text: &str) -> Usd {
    text.parse().expect("an amount")
}

pub(crate) fn cents(cents: i64) -> Price {
    Price::from_ten_thousandths(cents * 100)
}

pub(crate) fn symbol(text: &str) -> Symbol {
    text.parse().expect("a symbol")
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// A time of day in New York.
pub(crate) fn new_york(date: &str, hour: i8, minute: i8) -> Timestamp {
    ny(day(date), hour, minute).expect("an instant in the calendar")
}

/// Ten o'clock on an ordinary Tuesday.
pub(crate) fn morning() -> Timestamp {
    new_york("2024-01-09", 10, 0)
}

pub(crate) fn contract(root: &str, expiry: &str, right: Right, strike: Price) -> OptionContract {
    OptionContract::new(symbol(root), day(expiry), right, strike).expect("a contract")
}

pub(crate) fn call(strike: Price) -> OptionContract {
    contract("SPY", "2024-02-16", Right::Call, strike)
}

pub(crate) fn put(strike: Price) -> OptionContract {
    contract("SPY", "2024-02-16", Right::Put, strike)
}

pub(crate) fn leg(side: Side, contract: OptionContract) -> Leg {
    Leg {
        instrument: Instrument::Option(contract),
        side,
        ratio: 1,
    }
}

pub(crate) fn long(contract: OptionContract) -> Structure {
    Structure::new(vec![leg(Side::Buy, contract)]).expect("a single long option")
}

pub(crate) fn vertical(bought: OptionContract, sold: OptionContract) -> Structure {
    Structure::new(vec![leg(Side::Buy, bought), leg(Side::Sell, sold)]).expect("a vertical")
}

/// An execution of the entry order, without a fee.
pub(crate) fn entry(side: Side, quantity: u32, what: OptionContract, price: Price) -> Execution {
    Execution {
        id: ExecutionId("x".to_owned()),
        order: Some(ENTRY),
        position: POSITION,
        instrument: Instrument::Option(what),
        side,
        quantity,
        price,
        fee: Usd::ZERO,
        at: morning(),
        bust: false,
    }
}

/// The same of an exit order.
pub(crate) fn exit(side: Side, quantity: u32, what: OptionContract, price: Price) -> Execution {
    Execution {
        order: Some(EXIT),
        ..entry(side, quantity, what, price)
    }
}

/// A position of `structure` before any execution.
pub(crate) fn position(structure: Structure) -> Position {
    let plan = ExitPlan {
        profit_target: None,
        stop_loss: None,
        trail: None,
        time_stop: None,
        days_to_expiry: None,
    };
    let legs = structure.legs().iter();
    Position {
        id: POSITION,
        desk: DESK,
        ticket: TICKET,
        entry: ENTRY,
        underlying: symbol("SPY"),
        holdings: legs.map(|leg| Holding::of(leg.instrument)).collect(),
        structure,
        fees: Usd::ZERO,
        entered: Contracts::ZERO,
        entry_net: Price::ZERO,
        exit_plan: plan,
        exit_attempts: 0,
        hold: None,
        close_wanted: false,
        worst_loss_per_unit: usd("125"),
        state: PositionState::Open,
        opened_at: morning(),
    }
}

/// A position of `structure` with these executions booked.
pub(crate) fn held(structure: Structure, executions: &[Execution]) -> Position {
    let mut position = position(structure);
    position.rebuild(executions);
    position
}

/// An entry order of three.
pub(crate) fn entry_order() -> Order {
    Order {
        id: ENTRY,
        desk: DESK,
        purpose: Purpose::Entry {
            ticket: TICKET,
            revision: Revision::FIRST,
        },
        position: POSITION,
        legs: vec![leg(Side::Buy, call(price("480")))],
        quantity: Contracts(3),
        limit: price("1.25"),
        bound: price("1.30"),
        tif: TimeInForce::Day,
        attempt: 1,
        next: None,
        state: OrderState::Submitted,
        filled: Contracts::ZERO,
        filled_before: Contracts::ZERO,
        broker_id: None,
        send_before: None,
        cancel_wanted: false,
        steps: 0,
        next_step_at: None,
        lookups: 0,
        created_at: morning(),
        changed_at: morning(),
        said: None,
    }
}

/// An exit order of three.
pub(crate) fn exit_order() -> Order {
    Order {
        id: EXIT,
        purpose: Purpose::Exit {
            position: POSITION,
            reason: ExitReason::StopLoss,
        },
        ..entry_order()
    }
}

pub(crate) fn second_attempt() -> Attempt {
    Attempt {
        number: 2,
        limit: price("1.30"),
    }
}

/// A yes of `operator` to `revision`.
pub(crate) fn yes(operator: OperatorId, revision: Revision) -> Confirmation {
    Confirmation {
        operator,
        name: "somebody".to_owned(),
        surface: Some(Surface::Web),
        standing: None,
        revision,
        quote: SeenQuote {
            legs: vec![quote("1.20", "1.30")],
            natural: price("1.30"),
            mid: price("1.25"),
            at: morning(),
            source: Source::Scripted,
            underlying: None,
        },
        overrides: Vec::new(),
        at: morning(),
    }
}

pub(crate) fn quote(bid: &str, ask: &str) -> Quote {
    Quote {
        bid: price(bid),
        ask: price(ask),
        bid_size: 10,
        ask_size: 10,
        at: morning(),
        source: Source::Scripted,
    }
}
