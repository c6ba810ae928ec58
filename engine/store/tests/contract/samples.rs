//! Sample values of a trade: one call spread, from its signal to its end.

use std::collections::BTreeMap;

use countersign_desk::{effect::Effect, ports::CardKey, seen::DayTotals};
use countersign_domain::{
    event::Fact,
    execution::Execution,
    exit::{ExitPlan, ExitReason},
    ids::{
        ExecutionId, OperatorId, OrderId, OverrideId, PositionId, Revision, SignalId, StandingId,
        StoryId, TicketId,
    },
    instrument::Instrument,
    limits::LimitCode,
    money::{Contracts, Percent, Price, Usd},
    news::{Abstention, Category, Impact, Judged, Opinion, Reading, Scorer, Story, Topic},
    operator::{Identity, Operator, Role, Surface},
    order::{Order, OrderState, Purpose, TimeInForce},
    overrides::{Hand, Override, OverrideState, Term},
    position::{ClosedBy, Holding, Position, PositionState},
    quote::{Quote, Source},
    signal::{Direction, Evidence, Signal, SignalState},
    standing::Standing,
    structure::{Leg, Side, Structure},
    ticket::{Confirmation, Omission, SeenQuote, Terms, Ticket, TicketState},
};
use jiff::{Timestamp, civil::date};

use crate::world::{DESK, at, dollars};

/// A price of so many cents.
pub(crate) fn cents(cents: i64) -> Price {
    Price::from_micros(cents * 10_000)
}

fn leg(contract: &str, side: Side) -> Leg {
    Leg {
        instrument: Instrument::Option(contract.parse().expect("a contract")),
        side,
        ratio: 1,
    }
}

/// A bull call spread on ACME.
pub(crate) fn structure() -> Structure {
    Structure::new(vec![
        leg("ACME  260320C00100000", Side::Buy),
        leg("ACME  260320C00105000", Side::Sell),
    ])
    .expect("a vertical")
}

/// The story of that number, about ACME: read where its number is even.
pub(crate) fn story(number: u128) -> Judged {
    let by = Scorer {
        name: "embedded".to_owned(),
        version: "1".to_owned(),
        sha256: "ab".repeat(32),
    };
    let read = Reading::Read(Opinion {
        bearish: 0.75,
        neutral: 0.125,
        bullish: 0.125,
        topics: vec![(Topic::Legal, 0.9)],
        by,
        took_ms: 1.5,
    });
    Judged {
        story: Story {
            id: StoryId::from_bits(number),
            source: "wire".to_owned(),
            headline: format!("Story {number}"),
            publisher: "Wire".to_owned(),
            link: None,
            published_at: at(0),
            heard_at: at(30),
            underlyings: vec!["ACME".parse().expect("a symbol")],
            cluster: StoryId::from_bits(2),
        },
        reading: if number.is_multiple_of(2) {
            read
        } else {
            Reading::Abstained(Abstention::Late)
        },
        category: Category::Legal,
        impact: Impact::High,
        publishers: 2,
    }
}

/// The signal of that number.
pub(crate) fn signal(number: u128) -> Signal {
    Signal {
        id: SignalId::from_bits(number),
        strategy: "trend".to_owned(),
        underlying: "ACME".parse().expect("a symbol"),
        direction: Direction::Bullish,
        // A float whose shortest text needs all its digits to be read back.
        strength: 0.1 + 0.2,
        evidence: vec![Evidence {
            name: "ema_fast".to_owned(),
            value: 101.123_456_789_012_34,
        }],
        raised_at: at(0),
        good_until: at(300),
        state: SignalState::Raised,
    }
}

/// The market that cards show.
pub(crate) fn seen_quote() -> SeenQuote {
    let quote = |bid, ask| Quote {
        bid: cents(bid),
        ask: cents(ask),
        bid_size: 10,
        ask_size: 12,
        at: at(0),
        source: Source::Scripted,
    };
    SeenQuote {
        legs: vec![quote(300, 310), quote(100, 110)],
        natural: cents(210),
        mid: cents(200),
        at: at(0),
        source: Source::Scripted,
        underlying: Some(cents(10_103)),
    }
}

/// The plan that closes the trade.
pub(crate) fn exit_plan() -> ExitPlan {
    ExitPlan {
        profit_target: Some(Percent(50)),
        stop_loss: Some(Percent(40)),
        trail: None,
        time_stop: None,
        days_to_expiry: Some(2),
    }
}

/// The offered ticket of that number, made of the signal of the same number.
pub(crate) fn ticket(number: u128) -> Ticket {
    let structure = structure();
    Ticket {
        id: TicketId::from_bits(number),
        desk: DESK,
        revision: Revision::FIRST,
        signal: Some(SignalId::from_bits(number)),
        strategy: "trend".to_owned(),
        proposer: None,
        editor: None,
        underlying: "ACME".parse().expect("a symbol"),
        direction: Direction::Bullish,
        terms: Terms::of(
            &structure,
            Contracts(2),
            cents(205),
            Usd::from_micros(650_000),
        ),
        structure,
        exit_plan: exit_plan(),
        quote: seen_quote(),
        leaves_out: vec![Omission::EarlyAssignment],
        news: None,
        offered_at: at(i64::try_from(number).expect("a small number")),
        expires_at: at(300),
        snoozed: BTreeMap::new(),
        supersedes: None,
        state: TicketState::Offered { yes: Vec::new() },
    }
}

/// The same ticket once its order was written down.
pub(crate) fn confirmed(number: u128) -> Ticket {
    Ticket {
        state: TicketState::Confirmed {
            yes: vec![Confirmation {
                operator: OperatorId::from_bits(7),
                name: "Ana".to_owned(),
                surface: Some(Surface::Web),
                standing: None,
                revision: Revision::FIRST,
                quote: seen_quote(),
                overrides: Vec::new(),
                at: at(1),
            }],
            order: OrderId::from_bits(number),
        },
        ..ticket(number)
    }
}

/// The entry order of the ticket of that number.
pub(crate) fn entry(number: u128, state: OrderState) -> Order {
    Order {
        id: OrderId::from_bits(number),
        desk: DESK,
        purpose: Purpose::Entry {
            ticket: TicketId::from_bits(number),
            revision: Revision::FIRST,
        },
        position: PositionId::from_bits(number),
        legs: structure().legs().to_vec(),
        quantity: Contracts(2),
        limit: cents(205),
        bound: cents(205),
        tif: TimeInForce::Day,
        attempt: 1,
        next: None,
        state,
        filled: Contracts::ZERO,
        filled_before: Contracts::ZERO,
        broker_id: None,
        send_before: Some(at(3)),
        cancel_wanted: false,
        steps: 0,
        next_step_at: None,
        lookups: 0,
        created_at: at(1),
        changed_at: at(1),
        said: None,
    }
}

/// The order that closes the position of that number; its own id is a thousand higher.
pub(crate) fn exit(number: u128, state: OrderState) -> Order {
    Order {
        id: OrderId::from_bits(number + 1_000),
        purpose: Purpose::Exit {
            position: PositionId::from_bits(number),
            reason: ExitReason::ProfitTarget,
        },
        legs: structure().closing_legs(),
        send_before: None,
        created_at: at(60),
        changed_at: at(60),
        ..entry(number, state)
    }
}

/// The position of the ticket of that number.
pub(crate) fn position(number: u128) -> Position {
    let structure = structure();
    let holdings = structure
        .legs()
        .iter()
        .map(|leg| Holding::of(leg.instrument))
        .collect();
    Position {
        id: PositionId::from_bits(number),
        desk: DESK,
        ticket: TicketId::from_bits(number),
        entry: OrderId::from_bits(number),
        underlying: "ACME".parse().expect("a symbol"),
        structure,
        holdings,
        fees: Usd::from_micros(2_600_000),
        entered: Contracts(2),
        entry_net: cents(204),
        exit_plan: exit_plan(),
        exit_attempts: 0,
        hold: None,
        close_wanted: false,
        worst_loss_per_unit: dollars(205),
        state: PositionState::Open,
        opened_at: at(2),
    }
}

/// The same position, closed.
pub(crate) fn closed(number: u128, when: Timestamp) -> Position {
    Position {
        state: PositionState::Closed {
            by: ClosedBy::Exit(ExitReason::ProfitTarget),
            at: when,
        },
        ..position(number)
    }
}

/// One execution of the position of that number.
pub(crate) fn execution(number: u128, name: &str) -> Execution {
    Execution {
        id: ExecutionId(name.to_owned()),
        order: Some(OrderId::from_bits(number)),
        position: PositionId::from_bits(number),
        instrument: structure().legs()[0].instrument,
        side: Side::Buy,
        quantity: 1,
        price: cents(305),
        fee: Usd::from_micros(650_000),
        at: at(2),
        bust: false,
    }
}

/// An operator who is known on the web.
pub(crate) fn operator(number: u128, user: &str) -> Operator {
    Operator {
        id: OperatorId::from_bits(number),
        name: format!("Operator {number}"),
        role: Role::Trader,
        identities: vec![Identity {
            surface: Surface::Web,
            user: user.to_owned(),
        }],
    }
}

/// A standing approval.
pub(crate) fn standing(number: u128) -> Standing {
    Standing {
        id: StandingId::from_bits(number),
        signer: OperatorId::from_bits(7),
        name: "Ana".to_owned(),
        strategy: Some("trend".to_owned()),
        underlying: None,
        per_day: 3,
        worst_loss_per_ticket: dollars(300),
        worst_loss_per_day: dollars(600),
        until: at(3_600),
        signed_at: at(0),
        revoked_at: None,
        used_on: None,
        used_count: 0,
        used_loss: Usd::ZERO,
    }
}

/// An override that one person granted.
pub(crate) fn granted(number: u128) -> Override {
    Override {
        id: OverrideId::from_bits(number),
        code: LimitCode::WorstLossPerTicket,
        value: dollars(450).decimal(),
        ceiling: dollars(300).decimal(),
        term: Term::Once,
        until: at(3_600),
        reason: "earnings".to_owned(),
        asker: OperatorId::from_bits(7),
        name: "Ana".to_owned(),
        asked_at: at(0),
        uses: 0,
        state: OverrideState::Granted {
            grants: vec![Hand {
                operator: OperatorId::from_bits(8),
                name: "Ben".to_owned(),
                at: at(1),
            }],
        },
    }
}

/// The same one once its time had passed.
pub(crate) fn lapsed_override(number: u128) -> Override {
    Override {
        state: OverrideState::Lapsed { at: at(3_600) },
        ..granted(number)
    }
}

/// A day's totals.
pub(crate) fn day(of_march: i8) -> DayTotals {
    DayTotals {
        date: Some(date(2026, 3, of_march)),
        entries: vec![at(1), at(2)],
        realised: dollars(12),
        fees: Usd::from_micros(5_200_000),
        missed: BTreeMap::new(),
        passed: Vec::new(),
    }
}

/// A fact about the ticket of that number.
pub(crate) fn expired(number: u128) -> Fact {
    Fact::TicketExpired(TicketId::from_bits(number))
}

/// Drawing the card of the ticket of that number on the web.
pub(crate) fn drawing(number: u128) -> Effect {
    Effect::Draw {
        card: CardKey::Ticket(TicketId::from_bits(number)),
        room: Surface::Web.into(),
    }
}

/// Sending the order of that number.
pub(crate) fn sending(number: u128) -> Effect {
    Effect::Submit {
        order: OrderId::from_bits(number),
        attempt: 1,
    }
}
