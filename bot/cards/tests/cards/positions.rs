//! Positions from the first execution to the last.

use countersign_cards::{Action, Card, Locale, Tone};
use countersign_domain::{
    exit::ExitReason,
    money::Contracts,
    order::{Order, OrderState},
    position::{ClosedBy, Hold, PositionState},
    structure::Side,
    ticket::TicketState,
    view::{Distance, PositionView},
};
use insta::assert_snapshot;

use crate::desk::{
    ANA, ENTRY, EXIT, POSITION, at, bought, card, confirmed, distance, entry, execution, exit,
    header, position, sold, usd, view, yes,
};

const NOON: (i8, i8, i64) = (10, 45, 0);

fn drawn(held: PositionView, order: Order) -> Card {
    let mut view = view(confirmed(), at(NOON.0, NOON.1, NOON.2));
    view.entry = Some(order);
    view.position = Some(held);
    card(view)
}

fn filled(units: u32) -> Order {
    Order {
        filled: Contracts(units),
        ..entry(OrderState::Filled)
    }
}

fn closing(reason: ExitReason) -> PositionState {
    PositionState::Closing {
        reason,
        order: EXIT,
    }
}

fn closed(by: ClosedBy) -> PositionState {
    PositionState::Closed {
        by,
        at: at(11, 14, 33),
    }
}

#[test]
fn an_open_position_shows_worst_loss_profit_marks_and_the_way_to_each_exit() {
    let card = drawn(position(bought(2), PositionState::Open), filled(2));
    assert!(card.lead[0].text.starts_with("Worst loss $255.20"));
    assert_eq!(card.lead[1].tone, Tone::Good);
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Position open: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss $255.20 on what is held.
    P&L +$45.40, after $2.60 of fees.

    Held          2 contracts
    Entry         filled 2 of 2 contracts, paid $1.22 per share ($244.00)
    Opened        10:32:09 EST
    Greeks        delta $42.31 per $1, gamma 3.08, theta −$61.20 a day, vega $4.98 a
                  point
    Confirmed by  Ana (web console), 10:32:07 EST, revision 1

    Legs
      Held  Contract                    Average   Mark  Age  Open P&L
        +2  GOOG Dec 24, 2015 750 call    $3.20  $3.60  3 s   +$80.00
        −2  GOOG Dec 24, 2015 755 call    $1.98  $2.14  3 s   −$32.00

    Exits
      Exit            What is left
      profit target   $74.00 more profit
      stop loss       a fall of $145.60
      trailing stop   off until $73.20 in profit (30% of the premium)
      time stop       15:30:00 EST, in 4 h 45 min
      days to expiry  1 day

    [Close] [Hold exits] [Change exits] [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1, as of 10:45:00 EST
    ");
}

#[test]
fn a_position_by_itself_can_be_closed_held_and_asked_about() {
    let held = position(bought(2), PositionState::Open);
    let now = at(NOON.0, NOON.1, NOON.2);
    let card = countersign_cards::position(&held, &header(now), &Locale::english());
    let actions: Vec<Action> = card.buttons.iter().map(|button| button.action).collect();
    assert_eq!(
        actions,
        [
            Action::Close(POSITION),
            Action::Hold(POSITION),
            Action::ExitPlan(POSITION),
            Action::Why(crate::desk::TICKET),
        ]
    );
    assert_snapshot!(card.footer, @"Position 01A77QC460B8Y93NSBWG4FC3VF, ticket …4FC1PW, as of 10:45:00 EST");
}

// R38
#[test]
fn a_partly_filled_entry_says_how_much_is_held_and_what_works_on() {
    let order = Order {
        filled: Contracts(1),
        ..entry(OrderState::Working)
    };
    let card = drawn(position(bought(1), PositionState::Open), order);
    assert_eq!(card.buttons[0].action, Action::Cancel(ENTRY));
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Position open, entry still working: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss $127.60 on what is held.
    P&L +$22.70, after $1.30 of fees.

    Held          1 contract
    Entry         filled 1 of 2 contracts, paid $1.22 per share ($122.00)
    Entry order   working at the broker since 10:32:08 EST, attempt 1
    Opened        10:32:09 EST
    Greeks        delta $42.31 per $1, gamma 3.08, theta −$61.20 a day, vega $4.98 a
                  point
    Confirmed by  Ana (web console), 10:32:07 EST, revision 1

    Legs
      Held  Contract                    Average   Mark  Age  Open P&L
        +1  GOOG Dec 24, 2015 750 call    $3.20  $3.60  3 s   +$40.00
        −1  GOOG Dec 24, 2015 755 call    $1.98  $2.14  3 s   −$16.00

    Exits
      Exit            What is left
      profit target   $74.00 more profit
      stop loss       a fall of $145.60
      trailing stop   off until $73.20 in profit (30% of the premium)
      time stop       15:30:00 EST, in 4 h 45 min
      days to expiry  1 day

    [Cancel the rest] [Close] [Hold exits] [Change exits] [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1, as of 10:45:00 EST
    ");
}

#[test]
fn the_rest_of_an_entry_in_doubt_is_shown_as_unknown() {
    let order = Order {
        filled: Contracts(1),
        lookups: 3,
        ..entry(OrderState::InDoubt)
    };
    let card = drawn(position(bought(1), PositionState::Open), order);
    assert_snapshot!(card.title, @"Position open, rest of the entry in doubt: GOOG bull call spread 750/755, Dec 24, 2015");
    assert_snapshot!(card.lead[2].text, @"It is unknown what became of the order: it was sent and the answer was lost. The desk has asked the broker 3 times and goes on asking. Do not send it again by hand.");
}

// R49
#[test]
fn a_position_without_marks_says_so_and_invents_no_profit() {
    let mut held = position(bought(2), PositionState::Open);
    held.marks = vec![None, None];
    held.unrealised = None;
    held.greeks = None;
    held.distances = vec![distance(ExitReason::TimeStop, Distance::At(at(15, 30, 0)))];
    assert_snapshot!(drawn(held, filled(2)).text(), @r"
    PAPER · account PA-1 · Main desk
    Position open: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss $255.20 on what is held.
    P&L unknown: not every leg has a mark.

    Held          2 contracts
    Entry         filled 2 of 2 contracts, paid $1.22 per share ($244.00)
    Opened        10:32:09 EST
    Confirmed by  Ana (web console), 10:32:07 EST, revision 1

    Legs
      Held  Contract                    Average     Mark  Age  Open P&L
        +2  GOOG Dec 24, 2015 750 call    $3.20  no mark
        −2  GOOG Dec 24, 2015 755 call    $1.98  no mark

    Exits
      Exit       What is left
      time stop  15:30:00 EST, in 4 h 45 min

    No price exit fires without marks. Exits by time, expiry, brake or a person go
    on.

    [Close] [Hold exits] [Change exits] [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1, as of 10:45:00 EST
    ");
}

#[test]
fn figures_that_are_none_are_called_unknown() {
    let mut held = position(bought(2), PositionState::Open);
    if let Some(greeks) = &mut held.greeks {
        greeks.gamma = f64::NAN;
        greeks.vega = f64::INFINITY;
        greeks.theta = -0.001;
    }
    let card = drawn(held, filled(2));
    let greeks = card.fields.iter().find(|field| field.label == "Greeks");
    assert_snapshot!(greeks.expect("greeks").value, @"delta $42.31 per $1, gamma unknown, theta $0.00 a day, vega unknown");
}

#[test]
fn held_exits_name_who_holds_them_and_until_when() {
    let mut held = position(bought(2), PositionState::Open);
    held.position.hold = Some(Hold {
        by: ANA,
        name: "Ana".to_owned(),
        until: at(11, 30, 0),
    });
    let card = drawn(held.clone(), filled(2));
    assert_snapshot!(card.notes.join("\n"), @"Ana holds the automatic exits until 11:30:00 EST. Until then only a person closes this position.");
    assert!(
        card.buttons
            .iter()
            .any(|button| button.action == Action::Release(POSITION))
    );

    // A hold that has run out is none.
    held.position.hold.as_mut().expect("a hold").until = at(10, 45, 0);
    let card = drawn(held, filled(2));
    assert!(card.notes.is_empty());
    assert!(
        card.buttons
            .iter()
            .any(|button| button.action == Action::Hold(POSITION))
    );
}

#[test]
fn distances_to_exits_are_told_in_the_unit_of_each() {
    let mut held = position(bought(2), PositionState::Open);
    held.distances = vec![
        distance(ExitReason::ProfitTarget, Distance::Profit(usd("0"))),
        distance(ExitReason::TrailingStop, Distance::Profit(usd("18.30"))),
        distance(ExitReason::TimeStop, Distance::At(at(10, 45, 0))),
        distance(
            ExitReason::Expiry,
            Distance::At(at(12, 0, 0) + jiff::SignedDuration::from_hours(24)),
        ),
        distance(ExitReason::DaysToExpiry, Distance::Days(12)),
    ];
    let card = drawn(held, filled(2));
    let exits = &card.tables[1].rows;
    let lines: Vec<String> = exits.iter().map(|row| row.join(": ")).collect();
    assert_snapshot!(lines.join("\n"), @r"
    profit target: due now
    trailing stop: a fall of $18.30
    time stop: due now
    last trading hour: 12:00:00 EST, Dec 24, in 1 d 1 h
    days to expiry: 12 days
    ");
}

#[test]
fn an_exit_on_its_way_is_not_called_closed() {
    let mut held = position(bought(2), closing(ExitReason::ProfitTarget));
    held.exit = Some(Order {
        attempt: 2,
        ..exit(OrderState::Working, ExitReason::ProfitTarget)
    });
    let card = drawn(held, filled(2));
    assert!(!card.text().to_lowercase().contains("closed"));
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Exit on its way: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss $255.20 on what is held.
    P&L +$45.40, after $2.60 of fees.

    Held          2 contracts
    Entry         filled 2 of 2 contracts, paid $1.22 per share ($244.00)
    Opened        10:32:09 EST
    Exit          profit target
    Exit order    working at the broker since 11:14:31 EST, attempt 2
    Asks          receive at least $1.85 per share, may walk to $1.70, good until
                  the session ends
    Filled        0 of 2 contracts
    Order name    x01A77QC460B8Y93NSBWG4FC3VF-2
    Greeks        delta $42.31 per $1, gamma 3.08, theta −$61.20 a day, vega $4.98 a
                  point
    Confirmed by  Ana (web console), 10:32:07 EST, revision 1

    Legs
      Held  Contract                    Average   Mark  Age  Open P&L
        +2  GOOG Dec 24, 2015 750 call    $3.20  $3.60  3 s   +$80.00
        −2  GOOG Dec 24, 2015 755 call    $1.98  $2.14  3 s   −$32.00

    Exits
      Exit            What is left
      profit target   $74.00 more profit
      stop loss       a fall of $145.60
      trailing stop   off until $73.20 in profit (30% of the premium)
      time stop       15:30:00 EST, in 4 h 45 min
      days to expiry  1 day

    [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1, as of 10:45:00 EST
    ");
}

#[test]
fn an_exit_in_doubt_is_shown_as_unknown() {
    let mut held = position(bought(2), closing(ExitReason::StopLoss));
    held.exit = Some(exit(OrderState::InDoubt, ExitReason::StopLoss));
    let card = drawn(held, filled(2));
    assert_snapshot!(card.title, @"Exit in doubt: GOOG bull call spread 750/755, Dec 24, 2015");
    assert_snapshot!(card.lead[2].text, @"It is unknown what became of the order: it was sent and the answer was lost. The desk is asking the broker. Do not send it again by hand.");
}

#[test]
fn an_exit_that_the_broker_rejected_quotes_its_words() {
    let mut held = position(bought(2), PositionState::Open);
    held.exit = Some(Order {
        said: Some("market is closed".to_owned()),
        ..exit(OrderState::Rejected, ExitReason::Human)
    });
    let card = drawn(held, filled(2));
    assert_snapshot!(card.notes.join("\n"), @"The broker said: “market is closed”");
}

#[test]
fn a_closed_position_tells_its_result_its_reason_and_its_executions() {
    let executions = [bought(2), sold(2)].concat();
    let held = position(executions, closed(ClosedBy::Exit(ExitReason::ProfitTarget)));
    let card = drawn(held, filled(2));
    assert_eq!(card.tone, Tone::Good);
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Position closed: GOOG bull call spread 750/755, Dec 24, 2015

    P&L +$122.80, after $5.20 of fees.
    Closed at 11:14:33 EST: profit target.

    Worst loss    $255.20
    Entry         filled 2 of 2 contracts, paid $1.22 per share ($244.00)
    Opened        10:32:09 EST
    Held for      42 min 24 s
    Before fees   +$128.00
    Fees          $5.20
    Confirmed by  Ana (web console), 10:32:07 EST, revision 1

    Executions
      Time          Executed                             Price    Fee
      10:32:09 EST  bought 2 GOOG Dec 24, 2015 750 call  $3.20  $1.30
      10:32:09 EST  sold 2 GOOG Dec 24, 2015 755 call    $1.98  $1.30
      11:14:33 EST  sold 2 GOOG Dec 24, 2015 750 call    $4.40  $1.30
      11:14:33 EST  bought 2 GOOG Dec 24, 2015 755 call  $2.54  $1.30

    [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1
    ");
}

#[test]
fn a_loss_is_told_as_calmly_as_a_gain() {
    let time = at(11, 14, 33);
    let mut executions = bought(2);
    executions.push(execution(
        3,
        EXIT,
        (Side::Sell, 2, "C00750000"),
        ("2.60", time),
    ));
    executions.push(execution(
        4,
        EXIT,
        (Side::Buy, 2, "C00755000"),
        ("1.90", time),
    ));
    let held = position(executions, closed(ClosedBy::Exit(ExitReason::StopLoss)));
    let card = drawn(held, filled(2));
    assert_eq!(card.tone, Tone::Bad);
    let lead: Vec<&str> = card.lead.iter().map(|line| line.text.as_str()).collect();
    assert_snapshot!(lead.join("\n"), @r"
    P&L −$109.20, after $5.20 of fees.
    Closed at 11:14:33 EST: stop loss.
    ");
}

#[test]
fn every_way_to_end_has_words() {
    let ways = [
        ClosedBy::Exit(ExitReason::TrailingStop),
        ClosedBy::Exit(ExitReason::TimeStop),
        ClosedBy::Exit(ExitReason::DaysToExpiry),
        ClosedBy::Exit(ExitReason::Expiry),
        ClosedBy::Exit(ExitReason::Assignment),
        ClosedBy::Exit(ExitReason::Human),
        ClosedBy::Exit(ExitReason::Brake),
        ClosedBy::Expired,
        ClosedBy::Assigned,
        ClosedBy::Exercised,
        ClosedBy::Outside,
    ];
    let line = |by| {
        let held = position([bought(2), sold(2)].concat(), closed(by));
        drawn(held, filled(2)).lead[1].text.clone()
    };
    assert_snapshot!(ways.map(line).join("\n"), @r"
    Closed at 11:14:33 EST: trailing stop.
    Closed at 11:14:33 EST: time stop.
    Closed at 11:14:33 EST: days to expiry.
    Closed at 11:14:33 EST: last trading hour.
    Closed at 11:14:33 EST: assignment.
    Closed at 11:14:33 EST: asked for by a person.
    Closed at 11:14:33 EST: automatic brake.
    Closed at 11:14:33 EST: expired.
    Closed at 11:14:33 EST: assigned.
    Closed at 11:14:33 EST: exercised.
    Closed at 11:14:33 EST: closed at the broker, not by the desk.
    ");
}

// R11
#[test]
fn a_position_is_called_closed_only_when_its_executions_leave_nothing_held() {
    let held = position([bought(2), sold(1)].concat(), closed(ClosedBy::Outside));
    let card = drawn(held, filled(2));
    assert_eq!(card.tone, Tone::Critical);
    assert_snapshot!(card.title, @"Position unclear: GOOG bull call spread 750/755, Dec 24, 2015");
    assert_snapshot!(card.notes.join("\n"), @"The position is marked closed, yet its executions leave something held. Compare it with the broker's account.");
}

// R50
#[test]
fn diverged_legs_ask_for_a_person_and_show_what_is_held() {
    let time = at(10, 32, 9);
    let executions = vec![execution(
        1,
        ENTRY,
        (Side::Buy, 2, "C00750000"),
        ("3.20", time),
    )];
    let card = drawn(position(executions, PositionState::Broken), filled(2));
    assert_eq!(card.tone, Tone::Critical);
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Position broken, legs diverged: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss has no known bound: the legs have come apart. It was confirmed at
    $127.60 per contract.
    P&L +$78.70, after $1.30 of fees.

    Held          the legs make up no whole contracts
    Entry         filled no whole contract
    Opened        10:32:09 EST
    Greeks        delta $42.31 per $1, gamma 3.08, theta −$61.20 a day, vega $4.98 a
                  point
    Confirmed by  Ana (web console), 10:32:07 EST, revision 1

    Legs
      Held  Contract                    Average   Mark  Age  Open P&L
        +2  GOOG Dec 24, 2015 750 call    $3.20  $3.60  3 s   +$80.00

    Exits
      Exit            What is left
      profit target   $74.00 more profit
      stop loss       a fall of $145.60
      trailing stop   off until $73.20 in profit (30% of the premium)
      time stop       15:30:00 EST, in 4 h 45 min
      days to expiry  1 day

    A person has to look: compare the legs with the broker's account, then press
    Close or mend it at the broker.

    [Close] [Hold exits] [Change exits] [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1, as of 10:45:00 EST
    ");
}

#[test]
fn a_busted_execution_stays_on_the_card_as_taken_back() {
    let mut executions = [bought(2), sold(2)].concat();
    let mut bust = execution(
        5,
        EXIT,
        (Side::Buy, 1, "C00755000"),
        ("2.54", at(11, 15, 0)),
    );
    bust.bust = true;
    executions.push(bust);
    let held = position(executions, closed(ClosedBy::Exit(ExitReason::Human)));
    let card = drawn(held, filled(2));
    let last = card.tables[0].rows.last().expect("executions");
    assert_snapshot!(last.join(" | "), @"11:15:00 EST | taken back by the broker: 1 GOOG Dec 24, 2015 755 call | $2.54 | $0.00");
}

#[test]
fn a_long_story_shows_its_newest_executions_and_counts_the_rest() {
    let mut executions = Vec::new();
    for _ in 0..4 {
        executions.extend(bought(1));
        executions.extend(sold(1));
    }
    let held = position(executions, closed(ClosedBy::Exit(ExitReason::TimeStop)));
    let card = drawn(held, filled(2));
    assert_eq!(card.tables[0].rows.len(), 12);
    assert_snapshot!(card.notes.join("\n"), @"4 older executions are not shown.");
}

// R34, R11
#[test]
fn a_late_fill_of_a_ticket_that_never_sent_its_order_is_drawn_as_what_it_is() {
    let mut view = view(
        TicketState::Lapsed {
            yes: vec![yes()],
            order: ENTRY,
            reason: countersign_domain::ticket::LapseReason::NeverArrived,
            at: at(10, 33, 0),
        },
        at(10, 45, 0),
    );
    view.entry = Some(Order {
        filled: Contracts(1),
        ..entry(OrderState::Cancelling)
    });
    view.position = Some(position(bought(1), PositionState::Open));
    let card = card(view);
    assert_snapshot!(card.title, @"Position open, rest of the entry being cancelled: GOOG bull call spread 750/755, Dec 24, 2015");
    let by = card
        .fields
        .iter()
        .find(|field| field.label == "Confirmed by");
    assert_snapshot!(by.expect("who confirmed it").value, @"Ana (web console), 10:32:07 EST, revision 1");
}
