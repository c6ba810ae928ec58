//! A desk on Wednesday, December 23, 2015, with one GOOG spread in every stage of its life.

use countersign_cards::{Card, Locale, draw};
use countersign_domain::{
    calendar,
    execution::Execution,
    exit::{ExitPlan, ExitReason, ExitState, TrailingStop},
    ids::{
        AccountId, DeskId, ExecutionId, OperatorId, OrderId, PositionId, Revision, SignalId,
        StandingId, TicketId,
    },
    instrument::{Instrument, OptionContract, Symbol},
    money::{Contracts, Percent, Price, Usd},
    operator::Surface,
    order::{Order, OrderState, Purpose, TimeInForce},
    position::{Holding, Position, PositionState},
    quote::{Mark, Quote, Source},
    signal::{Direction, Evidence, Signal, SignalState},
    structure::{Leg, Side, Structure},
    ticket::{Confirmation, Omission, SeenQuote, Terms, Ticket, TicketState},
    view::{Distance, ExitDistance, Header, Mode, PositionGreeks, PositionView, TicketView, View},
};
use jiff::{Timestamp, civil::date};

/// 2015-12-23 15:30 UTC in the time of an id, and random bits that differ by kind.
const fn bits(kind: u128) -> u128 {
    (1_450_884_600_000 << 80) | (0x5a3c_91d7_2be4_08f6_0000 + kind * 0x01b7)
}

pub(crate) const DESK: DeskId = DeskId::from_bits(bits(1));
pub(crate) const ANA: OperatorId = OperatorId::from_bits(bits(2));
pub(crate) const BEN: OperatorId = OperatorId::from_bits(bits(3));
pub(crate) const TICKET: TicketId = TicketId::from_bits(bits(4));
pub(crate) const NEWER: TicketId = TicketId::from_bits(bits(5));
pub(crate) const SIGNAL: SignalId = SignalId::from_bits(bits(6));
pub(crate) const ENTRY: OrderId = OrderId::from_bits(bits(7));
pub(crate) const EXIT: OrderId = OrderId::from_bits(bits(8));
pub(crate) const POSITION: PositionId = PositionId::from_bits(bits(9));
pub(crate) const STANDING: StandingId = StandingId::from_bits(bits(10));

/// New York time on the day.
pub(crate) fn at(hour: i8, minute: i8, second: i64) -> Timestamp {
    let minute = calendar::ny(date(2015, 12, 23), hour, minute).expect("a time of that day");
    minute + jiff::SignedDuration::from_secs(second)
}

pub(crate) fn symbol() -> Symbol {
    "GOOG".parse().expect("a symbol")
}

pub(crate) fn usd(text: &str) -> Usd {
    text.parse().expect("an amount")
}

pub(crate) fn price(text: &str) -> Price {
    text.parse().expect("a price")
}

/// An option of the day after, such as `C00750000`.
pub(crate) fn contract(tail: &str) -> OptionContract {
    format!("GOOG  151224{tail}").parse().expect("a contract")
}

pub(crate) fn option(tail: &str) -> Instrument {
    Instrument::Option(contract(tail))
}

pub(crate) fn structure(legs: &[(Side, &str)]) -> Structure {
    let leg = |(side, tail): &(Side, &str)| Leg {
        instrument: option(tail),
        side: *side,
        ratio: 1,
    };
    Structure::new(legs.iter().map(leg).collect()).expect("a structure")
}

pub(crate) fn call_spread() -> Structure {
    structure(&[(Side::Buy, "C00750000"), (Side::Sell, "C00755000")])
}

pub(crate) fn header(now: Timestamp) -> Header {
    Header {
        desk: DESK,
        name: "Main desk".to_owned(),
        mode: Mode::Paper,
        account: AccountId("PA-1".to_owned()),
        now,
        late: None,
    }
}

pub(crate) fn quote(bid: &str, ask: &str, sizes: (u32, u32)) -> Quote {
    Quote {
        bid: price(bid),
        ask: price(ask),
        bid_size: sizes.0,
        ask_size: sizes.1,
        at: at(10, 31, 57),
        source: Source::Replay,
    }
}

pub(crate) fn seen() -> SeenQuote {
    let quotes = vec![
        quote("3.10", "3.30", (12, 8)),
        quote("1.85", "2.05", (40, 22)),
    ];
    SeenQuote::of(call_spread().legs(), quotes).expect("quotes of both legs")
}

pub(crate) fn plan() -> ExitPlan {
    ExitPlan {
        profit_target: Some(Percent(50)),
        stop_loss: Some(Percent(40)),
        trail: Some(TrailingStop {
            arm: Percent(30),
            give_back: Percent(15),
        }),
        time_stop: Some(at(15, 30, 0)),
        days_to_expiry: Some(0),
    }
}

pub(crate) fn signal() -> Signal {
    let figure = |(name, value): (&str, f64)| Evidence {
        name: name.to_owned(),
        value,
    };
    let evidence = [
        ("close", 751.62),
        ("ema_fast", 751.18),
        ("ema_slow", 750.24),
        ("atr", 0.87),
        ("gap", 1.08),
        ("slope", 0.61),
        ("rsi", 66.4),
        ("bars", 12.0),
        ("gaps", 0.0),
        ("days_left", 1.0),
        ("underlying", 751.583),
        ("parity_pairs", 9.0),
        ("iv_at_the_money", 0.1843),
        ("leg_1_delta", 0.614),
        ("leg_1_iv", 0.187),
        ("leg_2_delta", 0.405),
        ("leg_2_iv", 0.1815),
    ];
    Signal {
        id: SIGNAL,
        strategy: "trend".to_owned(),
        underlying: symbol(),
        direction: Direction::Bullish,
        strength: 0.774,
        evidence: evidence.map(figure).to_vec(),
        raised_at: at(10, 32, 0),
        good_until: at(10, 42, 0),
        state: SignalState::Ticketed(TICKET),
    }
}

pub(crate) fn ticket(state: TicketState) -> Ticket {
    Ticket {
        id: TICKET,
        desk: DESK,
        revision: Revision(1),
        signal: Some(SIGNAL),
        strategy: "trend".to_owned(),
        proposer: None,
        editor: None,
        underlying: symbol(),
        direction: Direction::Bullish,
        structure: call_spread(),
        terms: Terms::of(&call_spread(), Contracts(2), price("1.25"), usd("0.65")),
        exit_plan: plan(),
        quote: seen(),
        leaves_out: vec![
            Omission::EarlyAssignment,
            Omission::Pin,
            Omission::AfterHoursGap,
        ],
        news: None,
        offered_at: at(10, 32, 0),
        expires_at: at(10, 37, 0),
        snoozed: std::collections::BTreeMap::new(),
        supersedes: None,
        state,
    }
}

pub(crate) fn yes() -> Confirmation {
    Confirmation {
        operator: ANA,
        name: "Ana".to_owned(),
        surface: Some(Surface::Web),
        standing: None,
        revision: Revision(1),
        quote: seen(),
        overrides: Vec::new(),
        at: at(10, 32, 7),
    }
}

pub(crate) fn standing_yes() -> Confirmation {
    Confirmation {
        surface: None,
        standing: Some(STANDING),
        ..yes()
    }
}

pub(crate) fn offered() -> TicketState {
    TicketState::Offered { yes: Vec::new() }
}

pub(crate) fn confirmed() -> TicketState {
    TicketState::Confirmed {
        yes: vec![yes()],
        order: ENTRY,
    }
}

/// The entry order; its filled count is the caller's.
pub(crate) fn entry(state: OrderState) -> Order {
    Order {
        id: ENTRY,
        desk: DESK,
        purpose: Purpose::Entry {
            ticket: TICKET,
            revision: Revision(1),
        },
        position: POSITION,
        legs: call_spread().legs().to_vec(),
        quantity: Contracts(2),
        limit: price("1.20"),
        bound: price("1.25"),
        tif: TimeInForce::Day,
        attempt: 1,
        next: None,
        state,
        filled: Contracts(0),
        filled_before: Contracts(0),
        broker_id: None,
        send_before: Some(at(10, 32, 9)),
        cancel_wanted: false,
        steps: 0,
        next_step_at: None,
        lookups: 0,
        created_at: at(10, 32, 7),
        changed_at: at(10, 32, 8),
        said: None,
    }
}

pub(crate) fn exit(state: OrderState, reason: ExitReason) -> Order {
    Order {
        id: EXIT,
        purpose: Purpose::Exit {
            position: POSITION,
            reason,
        },
        legs: call_spread().closing_legs(),
        limit: price("-1.85"),
        bound: price("-1.70"),
        created_at: at(11, 14, 30),
        changed_at: at(11, 14, 31),
        send_before: None,
        ..entry(state)
    }
}

/// One execution of one leg, numbered for its id.
pub(crate) fn execution(
    number: u32,
    order: OrderId,
    (side, quantity, tail): (Side, u32, &str),
    (paid, time): (&str, Timestamp),
) -> Execution {
    Execution {
        id: ExecutionId(format!("ex-{number}")),
        order: Some(order),
        position: POSITION,
        instrument: option(tail),
        side,
        quantity,
        price: price(paid),
        fee: usd("0.65").times(i64::from(quantity)),
        at: time,
        bust: false,
    }
}

/// The entry's executions for `units`.
pub(crate) fn bought(units: u32) -> Vec<Execution> {
    let time = at(10, 32, 9);
    vec![
        execution(1, ENTRY, (Side::Buy, units, "C00750000"), ("3.20", time)),
        execution(2, ENTRY, (Side::Sell, units, "C00755000"), ("1.98", time)),
    ]
}

/// Those of the exit for `units`.
pub(crate) fn sold(units: u32) -> Vec<Execution> {
    let time = at(11, 14, 33);
    vec![
        execution(3, EXIT, (Side::Sell, units, "C00750000"), ("4.40", time)),
        execution(4, EXIT, (Side::Buy, units, "C00755000"), ("2.54", time)),
    ]
}

pub(crate) fn held(executions: &[Execution], state: PositionState) -> Position {
    let structure = call_spread();
    let holdings = structure
        .legs()
        .iter()
        .map(|leg| Holding::of(leg.instrument));
    let mut position = Position {
        id: POSITION,
        desk: DESK,
        ticket: TICKET,
        entry: ENTRY,
        underlying: symbol(),
        holdings: holdings.collect(),
        structure,
        fees: Usd::ZERO,
        entered: Contracts(0),
        entry_net: Price::ZERO,
        exit_plan: plan(),
        exit_attempts: 0,
        hold: None,
        close_wanted: false,
        worst_loss_per_unit: usd("127.60"),
        state,
        opened_at: at(10, 32, 9),
    };
    position.rebuild(executions);
    position
}

/// A position of these executions, marked at 3.60 and 2.14.
pub(crate) fn position(executions: Vec<Execution>, state: PositionState) -> PositionView {
    let position = held(&executions, state);
    let mark = |text: &str| Mark {
        price: price(text),
        at: at(10, 44, 57),
        source: Source::Replay,
    };
    let marks = [mark("3.60"), mark("2.14")];
    let prices = marks.map(|mark| mark.price);
    PositionView {
        unrealised: Some(position.unrealised(&prices)),
        position,
        exit: None,
        executions,
        marks: marks.map(Some).to_vec(),
        spot: Some(price("752.40")),
        exit_state: ExitState::default(),
        distances: vec![
            distance(ExitReason::ProfitTarget, Distance::Profit(usd("74"))),
            distance(ExitReason::StopLoss, Distance::Profit(usd("145.60"))),
            distance(
                ExitReason::TrailingStop,
                Distance::ArmsAt {
                    profit: usd("73.20"),
                    percent: Percent(30),
                },
            ),
            distance(ExitReason::TimeStop, Distance::At(at(15, 30, 0))),
            distance(ExitReason::DaysToExpiry, Distance::Days(1)),
        ],
        greeks: Some(PositionGreeks {
            delta: 42.315,
            gamma: 3.077,
            theta: -61.204,
            vega: 4.98,
        }),
    }
}

pub(crate) fn distance(reason: ExitReason, left: Distance) -> ExitDistance {
    ExitDistance { reason, left }
}

pub(crate) fn view(state: TicketState, now: Timestamp) -> TicketView {
    TicketView {
        header: header(now),
        ticket: ticket(state),
        signal: Some(signal()),
        entry: None,
        position: None,
    }
}

pub(crate) fn card(view: TicketView) -> Card {
    drawn(&View::Ticket(Box::new(view)))
}

/// A card as it is drawn, held to what every card must be.
pub(crate) fn drawn(view: &View) -> Card {
    let english = Locale::english();
    let card = draw(view, &english);
    assert_eq!(card, draw(view, &english), "the same view, another card");
    let text = card.text();
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(
        widest <= Some(80),
        "a line of {widest:?} characters:\n{text}"
    );
    assert!(
        card.banner.starts_with("PAPER · account PA-1"),
        "{}",
        card.banner
    );
    assert!(!text.contains('!'), "no exclamation marks:\n{text}");
    for button in &card.buttons {
        assert!(button.action.encode().len() <= 64, "{button:?}");
    }
    card
}
