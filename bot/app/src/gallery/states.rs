//! States that do not come up in a short life: views that a desk made, changed in what they are about.

use countersign_cards::{Tone, refusal};
use countersign_chat::Reply;
use countersign_domain::{
    event::Alarm,
    ids::{OperatorId, OverrideId},
    limits::LimitCode,
    money::{Contracts, Usd},
    operator::{Actor, Room, Surface},
    order::{Order, OrderState},
    overrides::{Hand, OverrideState, Passed},
    refusal::Refusal,
    ticket::{Confirmation, DeclineReason, LapseReason, TicketState, WithdrawReason},
    trading::{BrakeCause, Stop, TradingEvent, TradingState},
    unheard::Unheard,
    view::{AlertEnd, AlertView, BoardView, Called, OverrideCard, TicketView, View},
};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use super::{
    Sample,
    life::{Life, Person, who},
    news,
};

/// A yes to what could lose more than is said yes to with a press alone.
pub(super) fn to_type(life: &mut Life, view: &TicketView) {
    let terms = &view.ticket.terms;
    let wrong = Contracts(terms.contracts.0.saturating_add(1));
    for (name, typed) in [
        ("confirm-to-type", None),
        ("confirm-typed-wrong", Some(wrong)),
    ] {
        let loss = terms.worst_loss;
        let why = Refusal::TypeToConfirm { loss, typed };
        let text = refusal(&why, life.now(), &life.locale);
        life.add("asks", name, Sample::Reply(Reply::told(Tone::Bad, text)));
    }
}

/// A ticket as it could end without a trade, or wait for a second person.
pub(super) fn undecided(life: &mut Life, offered: &TicketView, sent: &TicketView) {
    let at = life.now();
    let yes = yes(sent);
    let states = [
        ("second-person", TicketState::Offered { yes: yes.clone() }),
        (
            "declined",
            TicketState::Declined {
                by: OperatorId::from_bits(1),
                name: "Cem".to_owned(),
                reason: DeclineReason::Price,
                at,
            },
        ),
        ("expired", TicketState::Expired { at }),
        (
            "withdrawn",
            TicketState::Withdrawn {
                reason: WithdrawReason::Trading(TradingState::Halted),
                at,
            },
        ),
    ];
    for (name, state) in states {
        let mut view = offered.clone();
        view.ticket.state = state;
        put(life, name, view);
    }
    let mut late = offered.clone();
    late.header.now = late.ticket.expires_at + SignedDuration::from_secs(1);
    put(life, "out-of-time", late);
    for (name, reason) in [
        ("lapsed-too-late", LapseReason::TooLate),
        ("lapsed-never-arrived", LapseReason::NeverArrived),
    ] {
        let mut view = sent.clone();
        if let Some(order) = view.entry.as_ref().map(|entry| entry.id) {
            view.ticket.state = TicketState::Lapsed {
                yes: yes.clone(),
                order,
                reason,
                at,
            };
        }
        view.entry = None;
        put(life, name, view);
    }
    news::offers(life, offered);
    orders(life, sent);
}

/// An entry as it can stand before anything was filled.
fn orders(life: &mut Life, sent: &TicketView) {
    let states = [
        ("working", OrderState::Working),
        ("in-doubt", OrderState::InDoubt),
        ("cancelled", OrderState::Cancelled),
        ("rejected", OrderState::Rejected),
    ];
    for (name, state) in states {
        let view = entered(sent, |entry| {
            entry.state = state;
            if state == OrderState::Rejected {
                entry.said = Some("insufficient buying power: 40310000 needed".to_owned());
            }
        });
        put(life, name, view);
    }
    let mut passing = sent.clone();
    if let TicketState::Confirmed { yes, .. } = &mut passing.ticket.state
        && let Some(last) = yes.last_mut()
    {
        last.overrides.push(Passed {
            id: OverrideId::from_bits(9),
            code: LimitCode::OpenPositions,
            value: Decimal::from(6),
            bound: Decimal::from(5),
            granted_by: vec!["Ana".to_owned(), "Ben".to_owned()],
        });
    }
    put(life, "override-used", passing);
}

/// What was filled as a part of more.
pub(super) fn sent(life: &mut Life, filled: &TicketView) {
    let view = entered(filled, |entry| {
        entry.quantity = Contracts(entry.quantity.0 + 2);
        entry.state = OrderState::Working;
    });
    put(life, "partly-filled", view);
}

/// The same position with its profit turned round.
pub(super) fn turned(mut view: TicketView) -> TicketView {
    if let Some(held) = &mut view.position {
        let twice = held.position.realised().times(-2) + Usd::from_micros(42_000_000);
        if let Some(first) = held.position.holdings.first_mut() {
            first.realised += twice;
        }
    }
    view
}

/// A board on which every limit is reached.
pub(super) fn full(mut board: BoardView) -> BoardView {
    for limit in &mut board.limits {
        limit.used = limit.bound;
    }
    board
}

/// Every alarm, and one that came late.
pub(super) fn alarms(life: &mut Life, held: &TicketView) {
    let (Some(entry), Some(view)) = (&held.entry, &held.position) else {
        return;
    };
    let (order, position) = (entry.id, view.position.id);
    let said = "the market for this contract is closed".to_owned();
    let room = Room {
        surface: Surface::Telegram,
        chat: -100_123_456_789,
    };
    let mut alarms = vec![
        ("exit-stuck", Alarm::ExitStuck { position, steps: 4 }),
        ("late-order", Alarm::LateOrder(order)),
        ("never-arrived", Alarm::NeverArrived(order)),
        ("overfilled", Alarm::Overfilled(order)),
        ("legs-diverged", Alarm::LegsDiverged(position)),
        ("exit-rejected", Alarm::ExitRejected { position, said }),
        (
            "store-down",
            Alarm::StoreDown("database or disk is full".to_owned()),
        ),
        (
            "broker-down",
            Alarm::BrokerDown("connection refused".to_owned()),
        ),
        ("crash-loop", Alarm::CrashLoop { starts: 4 }),
        ("unmarked", Alarm::Unmarked(position)),
        (
            "room-lost",
            Alarm::RoomLost {
                room,
                said: "Forbidden: bot was kicked from the group chat".to_owned(),
                token: false,
            },
        ),
        (
            "token-lost",
            Alarm::RoomLost {
                room,
                said: "the token is not valid".to_owned(),
                token: true,
            },
        ),
        (
            "deaf",
            Alarm::Deaf {
                surface: Surface::Telegram,
                said: Unheard::Conflict,
            },
        ),
    ];
    alarms.extend(of_chats(room));
    alarms.push(("stopped", Alarm::Stopped(Box::new(braked()))));
    if let Some(holding) = view.position.holdings.first() {
        alarms.push(("mismatch", Alarm::Mismatch(holding.instrument)));
    }
    let now = life.now();
    for (name, alarm) in alarms {
        alarmed(life, held, (name, alarm), (now, None));
    }
    waiting(life, held);
    let late = Alarm::BrokerDown("connection refused".to_owned());
    let long_ago = now - SignedDuration::from_mins(12);
    alarmed(life, held, ("told-late", late), (long_ago, None));
}

/// What people have to know of chats, and is not critical.
fn of_chats(room: Room) -> [(&'static str, Alarm); 2] {
    let said = "Bad Request: message can't be edited".to_owned();
    let surface = Surface::Discord;
    [
        ("card-refused", Alarm::CardRefused { room, said }),
        ("forged", Alarm::Forged { surface, count: 20 }),
    ]
}

/// The day lost more than its limit.
fn braked() -> Stop {
    let (lost, bound) = (
        Usd::from_micros(1_012_400_000),
        Usd::from_micros(1_000_000_000),
    );
    Stop {
        from: TradingState::Active,
        to: TradingState::Reducing,
        event: TradingEvent::Brake(BrakeCause::DailyLoss { lost, bound }),
        flatten: false,
        reason: String::new(),
        by: Actor::Desk,
        taken: Usd::ZERO - lost,
        open: Some(Usd::ZERO),
        bound,
        positions: 1,
        cancelled: 2,
        withdrawn: 1,
        instance: "demo".to_owned(),
    }
}

/// An alarm that waits for somebody, that went on, and that somebody has in hand.
fn waiting(life: &mut Life, held: &TicketView) {
    let now = life.now();
    let begun = now - SignedDuration::from_mins(5);
    let alert = AlertView {
        desk: held.header.desk,
        number: 1,
        end: None,
        called: None,
    };
    let called = Called {
        at: now,
        name: Some("Ben".to_owned()),
        identities: vec![who(Person::Ben)],
    };
    let called = AlertView {
        called: Some(called),
        ..alert.clone()
    };
    let over = AlertView {
        end: Some((AlertEnd::Over, now)),
        ..alert.clone()
    };
    if let Some(view) = &held.position {
        let alarm = news::alarm(&view.position);
        let asks = Some(Box::new(alert.clone()));
        alarmed(life, held, ("news-on-held", alarm), (begun, asks));
    }
    for (name, alert) in [("waits", alert), ("went-on", called), ("over", over)] {
        let alarm = Alarm::BrokerDown("connection refused".to_owned());
        alarmed(life, held, (name, alarm), (begun, Some(Box::new(alert))));
    }
}

fn alarmed(
    life: &mut Life,
    held: &TicketView,
    (name, alarm): (&str, Alarm),
    (at, alert): (Timestamp, Option<Box<AlertView>>),
) {
    let mut header = held.header.clone();
    header.now = life.now();
    let view = View::Alarm {
        header,
        alarm,
        at,
        alert,
    };
    life.card("alarms", name, view);
}

/// An override as it can stand: asked for, granted by one of two, refused and used.
pub(super) fn overrides(life: &mut Life, one: &OverrideCard) {
    let at = life.now();
    let hand = |operator, name: &str| Hand {
        operator: OperatorId::from_bits(operator),
        name: name.to_owned(),
        at,
    };
    let (ana, ben) = (hand(1, "Ana"), hand(2, "Ben"));
    let asked = |grants| OverrideState::Asked { grants };
    let grants = vec![ana, ben.clone()];
    let used = OverrideState::Used {
        grants: grants.clone(),
        ticket: None,
        at,
    };
    for (name, missing, state) in [
        ("asked", 2, asked(Vec::new())),
        ("granted-by-one", 1, asked(vec![ben.clone()])),
        ("granted", 0, OverrideState::Granted { grants }),
        ("refused", 0, OverrideState::Refused(ben)),
        ("used", 0, used),
        ("lapsed", 0, OverrideState::Lapsed { at }),
    ] {
        let mut card = one.clone();
        (card.one.state, card.missing) = (state, missing);
        life.card("overrides", name, View::Override(Box::new(card)));
    }
}

pub(super) fn put(life: &mut Life, name: &str, view: TicketView) {
    life.card("tickets", name, View::Ticket(Box::new(view)));
}

fn yes(view: &TicketView) -> Vec<Confirmation> {
    match &view.ticket.state {
        TicketState::Confirmed { yes, .. } => yes.clone(),
        _ => Vec::new(),
    }
}

fn entered(view: &TicketView, change: impl Fn(&mut Order)) -> TicketView {
    let mut view = view.clone();
    if let Some(entry) = &mut view.entry {
        change(entry);
    }
    view
}
