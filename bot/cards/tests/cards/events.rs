//! Events: one line for each fact.

use countersign_cards::{Locale, event};
use countersign_domain::{
    event::{Alarm, Event, Fact},
    exit::{ExitPlan, ExitReason},
    ids::{ExecutionId, Revision},
    limits::{LimitCode, Limits},
    money::{Contracts, Percent},
    operator::{Actor, Identity, Operator, Role, Surface},
    order::{OrderEvent, OrderState},
    position::{ClosedBy, PositionState},
    refusal::Refusal,
    signal::Veto,
    standing::Standing,
    ticket::{DeclineReason, LapseReason, WithdrawReason},
    trading::{BrakeCause, TradingEvent, TradingState},
};
use insta::assert_snapshot;

use crate::{
    board::standing,
    desk::{
        ANA, BEN, ENTRY, EXIT, POSITION, SIGNAL, STANDING, TICKET, at, bought, entry, exit,
        offered, option, plan, position, price, seen, signal, sold, standing_yes, ticket, usd, yes,
    },
};

/// The sentences, one to a line.
fn say(facts: &[Fact]) -> String {
    let english = Locale::english();
    let sentence = |fact: &Fact| {
        let sentence = event::fact(fact, at(10, 45, 0), &english);
        assert!(!sentence.is_empty(), "no words for {fact:?}");
        sentence
    };
    facts.iter().map(sentence).collect::<Vec<_>>().join("\n")
}

fn limits() -> Limits {
    Limits {
        worst_loss_per_ticket: usd("500"),
        contracts_per_order: 10,
        value_per_order: usd("5000"),
        open_positions: 5,
        exposure_per_underlying: usd("1000"),
        orders_per_minute: 6,
        orders_per_day: 40,
        daily_loss: usd("1000"),
        quote_age_s: 10,
        spread_bps: 1000,
        drift_bps: 500,
    }
}

#[test]
fn a_line_of_the_feed_says_when_who_and_what() {
    let english = Locale::english();
    let line = |actor| {
        event::line(
            &Event {
                at: at(10, 33, 12),
                actor,
                press: None,
                fact: Fact::TicketDeclined {
                    ticket: TICKET,
                    reason: DeclineReason::Price,
                },
            },
            &english,
        )
    };
    let actors = [
        Actor::Operator {
            id: ANA,
            name: "Ana".to_owned(),
            surface: Surface::Terminal,
        },
        Actor::Stranger(Identity {
            surface: Surface::Cli,
            user: "mallory\u{202e}".to_owned(),
        }),
        Actor::Desk,
        Actor::Strategy("trend".to_owned()),
        Actor::Broker,
    ];
    assert_snapshot!(actors.map(line).join("\n"), @r"
    10:33:12 EST · Ana (terminal) · Ticket …4FC1PW declined: “The price is not right”.
    10:33:12 EST · somebody not on the list (mallory, command line) · Ticket …4FC1PW declined: “The price is not right”.
    10:33:12 EST · desk · Ticket …4FC1PW declined: “The price is not right”.
    10:33:12 EST · strategy trend · Ticket …4FC1PW declined: “The price is not right”.
    10:33:12 EST · broker · Ticket …4FC1PW declined: “The price is not right”.
    ");
}

#[test]
fn facts_about_the_desk() {
    let ben = Operator {
        id: BEN,
        name: "Ben".to_owned(),
        role: Role::Trader,
        identities: Vec::new(),
    };
    let changed = |to, event, reason: &str| Fact::TradingChanged {
        from: TradingState::Active,
        to,
        event,
        reason: reason.to_owned(),
    };
    assert_snapshot!(say(&[
        Fact::DeskConfigured { limits: limits(), live: false, kept: Vec::new() },
        Fact::DeskConfigured {
            limits: limits(),
            live: false,
            kept: vec![LimitCode::OpenPositions, LimitCode::Spread],
        },
        Fact::OperatorSet { operator: ben.clone(), removed: false },
        Fact::OperatorSet { operator: ben, removed: true },
        changed(TradingState::Halted, TradingEvent::Halt, "news on GOOG"),
        changed(
            TradingState::Reducing,
            TradingEvent::Brake(BrakeCause::DailyLoss {
                lost: usd("1020.5"),
                bound: usd("1000"),
            }),
            "",
        ),
        changed(
            TradingState::Reducing,
            TradingEvent::Brake(BrakeCause::Mismatch),
            "",
        ),
        changed(TradingState::Reducing, TradingEvent::Started, ""),
        changed(TradingState::Active, TradingEvent::Recovered(TradingState::Active), ""),
        changed(TradingState::Active, TradingEvent::Resume, "all clear"),
        Fact::StandingSigned(standing()),
        Fact::StandingRevoked(STANDING),
        Fact::Refused {
            verb: "confirm".to_owned(),
            subject: TICKET.to_string(),
            refusal: Refusal::Expired { at: at(10, 37, 0) },
        },
        Fact::Alarm(Alarm::Unmarked(POSITION)),
        Fact::Mismatch { instrument: option("C00750000"), ours: 2, broker: -1 },
        Fact::SlotsMissed { job: "scan".to_owned(), count: 1 },
        Fact::StrangersUnheard { count: 189 },
    ]), @r"
    Settings in force: PAPER, worst loss $500.00 per ticket, loss $1,000.00 per day, 5 open positions, 10 contracts per order.
    Settings in force: PAPER, worst loss $500.00 per ticket, loss $1,000.00 per day, 5 open positions, 10 contracts per order. Kept as people set them: Open positions and Spread of a leg.
    Ben is trader now.
    Ben may no longer act.
    Trading is halted now: a person asked, “news on GOOG”.
    Trading is reducing now: an automatic brake, the day lost $1,020.50 of at most $1,000.00.
    Trading is reducing now: an automatic brake, the broker holds something else.
    Trading is reducing now: the process started.
    Trading stays active: recovery found everything in order.
    Trading stays active: a person asked, “all clear”.
    Standing approval …4FC496 signed by Ana: trend, every underlying, 5 tickets a day, worst loss $300.00 per ticket and $1,000.00 per day, until 16:00:00 EST.
    Standing approval …4FC496 revoked.
    Refused (confirm): This ticket expired at 10:37:00 EST. Nothing was sent. Propose it again if you still want it.
    Alarm: Position without a mark. Position …4FC3VF has no believable mark, so its price exits cannot fire.
    Desk and broker disagree on GOOG Dec 24, 2015 750 call: the desk holds +2, the broker says −1.
    The job scan missed 1 slot while nothing ran. Missed slots are not caught up.
    People who are not on the list of operators ask too often: 189 more asks were refused and only counted.
    ");
}

#[test]
fn one_of_something_is_told_as_one() {
    assert_snapshot!(say(&[
        Fact::DeskConfigured {
            limits: Limits {
                open_positions: 1,
                contracts_per_order: 1,
                ..limits()
            },
            live: false,
            kept: Vec::new(),
        },
        Fact::StandingSigned(Standing {
            strategy: None,
            underlying: None,
            per_day: 1,
            ..standing()
        }),
    ]), @r"
    Settings in force: PAPER, worst loss $500.00 per ticket, loss $1,000.00 per day, 1 open position, 1 contract per order.
    Standing approval …4FC496 signed by Ana: every strategy, every underlying, 1 ticket a day, worst loss $300.00 per ticket and $1,000.00 per day, until 16:00:00 EST.
    ");
}

#[test]
fn facts_about_signals_and_tickets() {
    let after = ticket(offered()).terms;
    assert_snapshot!(say(&[
        Fact::SignalRaised(signal()),
        Fact::SignalVetoed {
            signal: SIGNAL,
            why: vec![Veto::Calendar { minutes_left: 25 }, Veto::Duplicate { ticket: None }],
        },
        Fact::SignalLapsed(SIGNAL),
        Fact::TicketOffered(Box::new(ticket(offered()))),
        Fact::TicketRevised {
            ticket: TICKET,
            revision: Revision(2),
            before: after.clone(),
            after,
            quote: seen(),
        },
        Fact::SaidYes { ticket: TICKET, confirmation: yes() },
        Fact::TicketConfirmed {
            ticket: TICKET,
            confirmation: standing_yes(),
            order: ENTRY,
            exposure: usd("0"),
            limits: limits(),
        },
        Fact::TicketConfirmed {
            ticket: TICKET,
            confirmation: yes(),
            order: ENTRY,
            exposure: usd("0"),
            limits: limits(),
        },
        Fact::TicketDeclined { ticket: TICKET, reason: DeclineReason::Risk },
        Fact::TicketExpired(TICKET),
        Fact::TicketWithdrawn { ticket: TICKET, reason: WithdrawReason::Trading(TradingState::Halted) },
        Fact::TicketLapsed { ticket: TICKET, reason: LapseReason::TooLate },
        Fact::TicketSnoozed { ticket: TICKET, until: at(10, 50, 0) },
    ]), @r"
    Signal …4FC2JA: trend expects GOOG to rise, strength 0.77 of 1: last price $751.62; fast average $751.18; slow average $750.24; average range of a bar $0.87; fast less slow average 1.08 ranges; slow average moved 0.61 ranges; momentum 66 of 100; bars seen 12; bars missing 0; 1 day to expiry; underlying $751.58 in the option formula; parity pairs 9; implied volatility at the money 18.4%; leg 1 delta 0.61; leg 1 implied volatility 18.7%; leg 2 delta 0.41; leg 2 implied volatility 18.1%; implied volatility rank unknown, no history.
    Signal …4FC2JA vetoed. The session ends in 25 min, too soon for a new position. A position on the same idea is open already.
    Signal …4FC2JA was not screened in time.
    Ticket …4FC1PW offered: GOOG bull call spread 750/755, Dec 24, 2015, 2 contracts, pay at most $1.25 per share, worst loss $255.20, until 10:37:00 EST.
    Ticket …4FC1PW is at revision 2: 2 contracts, pay at most $1.25 per share, worst loss $255.20.
    Ticket …4FC1PW has a yes to revision 1. One more is needed.
    Ticket …4FC1PW confirmed at revision 1 by standing approval …4FC496 of Ana, seeing: pay $1.45 at once, pay $1.25 halfway; 13 min 3 s old (10:31:57 EST), recorded day.
    Ticket …4FC1PW confirmed at revision 1, seeing: pay $1.45 at once, pay $1.25 halfway; 13 min 3 s old (10:31:57 EST), recorded day.
    Ticket …4FC1PW declined: “Too much at stake”.
    Ticket …4FC1PW expired. Nobody decided in time.
    Ticket …4FC1PW withdrawn: the desk is halted and takes no entries.
    Ticket …4FC1PW was confirmed and its order never sent: it could not be sent within 2 s of the yes.
    Ticket …4FC1PW put aside until 10:50:00 EST, for this viewer alone.
    ");
}

#[test]
fn facts_about_orders_and_executions() {
    let moved = |event, from, to| Fact::OrderMoved {
        order: ENTRY,
        event,
        from,
        to,
        attempt: 2,
        limit: price("1.23"),
        said: None,
    };
    assert_snapshot!(say(&[
        Fact::OrderSubmitted(Box::new(entry(OrderState::Submitted))),
        Fact::OrderSubmitted(Box::new(exit(OrderState::Submitted, ExitReason::StopLoss))),
        Fact::Executed(bought(2)[0].clone()),
        Fact::Executed(sold(2)[0].clone()),
        Fact::Busted(ExecutionId("ex-4".to_owned())),
        Fact::OrderMoved {
            order: ENTRY,
            event: OrderEvent::Rejected,
            from: OrderState::Submitted,
            to: OrderState::Rejected,
            attempt: 1,
            limit: price("1.20"),
            said: Some("buying power".to_owned()),
        },
        moved(OrderEvent::FilledTo(Contracts(1)), OrderState::Working, OrderState::Working),
        moved(OrderEvent::FilledTo(Contracts(2)), OrderState::Working, OrderState::Filled),
        moved(OrderEvent::Replaced, OrderState::Replacing, OrderState::Working),
    ]), @r"
    Order …4FC301 for ticket …4FC1PW is written down: 2 contracts, pay at most $1.20 per share.
    Exit order …4FC3DR for position …4FC3VF is written down (stop loss): 2 contracts, receive at least $1.85 per share.
    Bought 2 GOOG Dec 24, 2015 750 call at $3.20, fee $1.30, position …4FC3VF.
    Sold 2 GOOG Dec 24, 2015 750 call at $4.40, fee $1.30, position …4FC3VF.
    The broker took execution ex-4 back.
    Order …4FC301, attempt 1: the broker said no; now rejected by the broker. The broker said: “buying power”
    Order …4FC301, attempt 2: 1 contract filled so far.
    Order …4FC301, attempt 2: 2 contracts filled so far; now filled.
    Order …4FC301, attempt 2: the new price stands, pay at most $1.23 per share; now working at the broker.
    ");
    let others = [
        OrderEvent::Denied,
        OrderEvent::Lapsed,
        OrderEvent::AnswerLost,
        OrderEvent::NeverArrived,
        OrderEvent::SentAgain,
        OrderEvent::Accepted,
        OrderEvent::Gone,
        OrderEvent::CancelSent,
        OrderEvent::ReplaceSent,
        OrderEvent::ReplaceRefused,
    ];
    assert_snapshot!(say(&others.map(|event| moved(event, OrderState::Working, OrderState::Working))), @r"
    Order …4FC301, attempt 2: the desk's last check said no.
    Order …4FC301, attempt 2: its time passed before it was sent.
    Order …4FC301, attempt 2: it was sent and no answer came.
    Order …4FC301, attempt 2: every lookup found nothing.
    Order …4FC301, attempt 2: it is sent again under the same name.
    Order …4FC301, attempt 2: the broker has it.
    Order …4FC301, attempt 2: it ended at the broker.
    Order …4FC301, attempt 2: its cancellation is asked for.
    Order …4FC301, attempt 2: another price is asked for.
    Order …4FC301, attempt 2: the broker would not change its price.
    ");
}

#[test]
fn facts_about_positions() {
    let bare = ExitPlan {
        profit_target: Some(Percent(80)),
        stop_loss: None,
        trail: None,
        time_stop: None,
        days_to_expiry: None,
    };
    assert_snapshot!(say(&[
        Fact::PositionOpened { position: POSITION, ticket: TICKET },
        Fact::PositionMoved {
            position: POSITION,
            from: PositionState::Open,
            to: PositionState::Closing { reason: ExitReason::StopLoss, order: EXIT },
        },
        Fact::PositionMoved {
            position: POSITION,
            from: PositionState::Open,
            to: PositionState::Broken,
        },
        Fact::ExitDecided {
            position: POSITION,
            reason: ExitReason::TrailingStop,
            marks: position(bought(2), PositionState::Open).marks,
            open_profit: Some(usd("36")),
            high_water: usd("80"),
        },
        Fact::ExitDecided {
            position: POSITION,
            reason: ExitReason::Expiry,
            marks: vec![None, None],
            open_profit: None,
            high_water: usd("0"),
        },
        Fact::PositionClosed {
            position: POSITION,
            by: ClosedBy::Exit(ExitReason::ProfitTarget),
            realised: usd("128"),
            fees: usd("5.20"),
        },
        Fact::ExitPlanChanged { position: POSITION, before: plan(), after: bare },
        Fact::ExitsHeld { position: POSITION, until: at(11, 30, 0) },
        Fact::ExitsHeld { position: POSITION, until: at(10, 45, 0) },
    ]), @r"
    Position …4FC3VF opened from ticket …4FC1PW.
    Position …4FC3VF is closing (stop loss) now.
    Position …4FC3VF is broken now.
    Exit of position …4FC3VF decided (trailing stop): open profit +$36.00, best so far +$80.00, on marks $3.60 and $2.14.
    Exit of position …4FC3VF decided (last trading hour): open profit unknown, best so far $0.00, on marks unknown and unknown.
    Position …4FC3VF closed (profit target): P&L +$122.80, after $5.20 of fees.
    Exit plan of position …4FC3VF changed from target 50%, stop 40%, trail 15% back from 30%, time 15:30:00 EST, days 0 to target 80%, stop off, trail off, time off, days off.
    Automatic exits of position …4FC3VF are held until 11:30:00 EST.
    Automatic exits of position …4FC3VF go on.
    ");
}
