//! Confirmed tickets whose entry has no executions.

use countersign_cards::{Action, Card};
use countersign_domain::{
    money::Contracts,
    order::{Attempt, Order, OrderState},
};
use insta::assert_snapshot;

use crate::desk::{ENTRY, at, card, confirmed, entry, price, view};

fn drawn(order: Order) -> Card {
    let mut view = view(confirmed(), at(10, 32, 20));
    view.entry = Some(order);
    card(view)
}

/// Title, what is said first, and what can be pressed.
fn gist(order: Order) -> String {
    let card = drawn(order);
    let buttons: Vec<&str> = card
        .buttons
        .iter()
        .map(|button| button.label.as_str())
        .collect();
    let mut lines = vec![card.title.clone()];
    lines.extend(card.lead.iter().skip(1).map(|line| line.text.clone()));
    lines.extend(card.notes.clone());
    lines.push(format!("[{}]", buttons.join("] [")));
    lines.join("\n")
}

#[test]
fn a_working_order_tells_its_price_its_attempt_and_who_confirmed_it() {
    let order = Order {
        attempt: 2,
        steps: 1,
        ..entry(OrderState::Working)
    };
    let card = drawn(order);
    assert_eq!(card.buttons[0].action, Action::Cancel(ENTRY));
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Order working: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss $255.20, fees of both ways included.
    The order is at the broker.

    Order         working at the broker since 10:32:08 EST, attempt 2
    Asks          pay at most $1.20 per share, may walk to $1.25, good until the
                  session ends
    Filled        0 of 2 contracts
    Order name    e01A77QC460B8Y93NSBWG4FC301-2
    Confirmed by  Ana (web console), 10:32:07 EST, revision 1
    Trade         Buy 2 GOOG Dec 24, 2015 750 call
                  Sell 2 GOOG Dec 24, 2015 755 call
    Limit         pay at most $1.25 per share ($125.00 per contract, $250.00 in all)
    Contracts     2
    Most to gain  +$744.80
    Breakeven     GOOG at $751.25 at expiry, before fees
    Fees          $5.20 for both ways

    [Cancel order] [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1
    ");
}

#[test]
fn every_state_without_executions_says_what_is_known_and_what_comes_next() {
    assert_snapshot!(gist(entry(OrderState::Submitted)), @r"
    Order on its way: GOOG bull call spread 750/755, Dec 24, 2015
    The order is written down and on its way. The broker has not answered yet.
    [Why]
    ");
    let replacing = Order {
        next: Some(Attempt {
            number: 2,
            limit: price("1.23"),
        }),
        ..entry(OrderState::Replacing)
    };
    assert_snapshot!(gist(replacing), @r"
    Order changing its price: GOOG bull call spread 750/755, Dec 24, 2015
    The broker is asked to change the price: pay at most $1.23 per share.
    [Cancel order] [Why]
    ");
    assert_snapshot!(gist(entry(OrderState::Cancelling)), @r"
    Order being cancelled: GOOG bull call spread 750/755, Dec 24, 2015
    Its cancellation is asked for. Until the broker says that it is gone, it can still be filled.
    [Why]
    ");
    assert_snapshot!(gist(entry(OrderState::Cancelled)), @r"
    Order cancelled, nothing filled: GOOG bull call spread 750/755, Dec 24, 2015
    The order is cancelled. Nothing was bought or sold.
    [Why]
    ");
    assert_snapshot!(gist(entry(OrderState::Denied)), @r"
    Order denied by the desk: GOOG bull call spread 750/755, Dec 24, 2015
    The desk's last check said no, so the order was never sent. Nothing was bought or sold.
    [Why]
    ");
    assert_snapshot!(gist(entry(OrderState::Lapsed)), @r"
    Order never sent: GOOG bull call spread 750/755, Dec 24, 2015
    Its time had passed before it could be sent. It was never sent and never will be.
    [Why]
    ");
    assert_snapshot!(gist(entry(OrderState::Unsent)), @r"
    Order never arrived: GOOG bull call spread 750/755, Dec 24, 2015
    Its answer was lost, and no lookup found it at the broker. It will not be sent again. Should it turn up after all, the desk cancels it and raises an alarm.
    [Why]
    ");
    let rejected = Order {
        said: Some("insufficient options buying power".to_owned()),
        ..entry(OrderState::Rejected)
    };
    assert_snapshot!(gist(rejected), @r"
    Order rejected by the broker: GOOG bull call spread 750/755, Dec 24, 2015
    The broker said no. Nothing was bought or sold.
    The broker said: “insufficient options buying power”
    [Why]
    ");
}

// R34
#[test]
fn an_order_in_doubt_is_shown_as_unknown_neither_rejected_nor_filled() {
    let order = Order {
        lookups: 2,
        ..entry(OrderState::InDoubt)
    };
    let card = drawn(order);
    let text = card.text().to_lowercase();
    assert!(text.contains("unknown"));
    assert!(
        !text.contains("reject") && !text.contains("cancelled"),
        "{text}"
    );
    assert!(
        card.buttons
            .iter()
            .all(|button| !matches!(button.action, Action::Cancel(_)))
    );
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Order in doubt: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss $255.20, fees of both ways included.
    It is unknown what became of the order: it was sent and the answer was lost. The
    desk has asked the broker 2 times and goes on asking. Do not send it again by
    hand.

    Order         in doubt since 10:32:08 EST, attempt 1
    Asks          pay at most $1.20 per share, may walk to $1.25, good until the
                  session ends
    Filled        0 of 2 contracts that the desk knows of
    Order name    e01A77QC460B8Y93NSBWG4FC301-1
    Confirmed by  Ana (web console), 10:32:07 EST, revision 1
    Trade         Buy 2 GOOG Dec 24, 2015 750 call
                  Sell 2 GOOG Dec 24, 2015 755 call
    Limit         pay at most $1.25 per share ($125.00 per contract, $250.00 in all)
    Contracts     2
    Most to gain  +$744.80
    Breakeven     GOOG at $751.25 at expiry, before fees
    Fees          $5.20 for both ways

    [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1
    ");
    assert_snapshot!(gist(entry(OrderState::InDoubt)), @r"
    Order in doubt: GOOG bull call spread 750/755, Dec 24, 2015
    It is unknown what became of the order: it was sent and the answer was lost. The desk is asking the broker. Do not send it again by hand.
    [Why]
    ");
    let once = Order {
        lookups: 1,
        ..entry(OrderState::InDoubt)
    };
    assert_snapshot!(gist(once), @r"
    Order in doubt: GOOG bull call spread 750/755, Dec 24, 2015
    It is unknown what became of the order: it was sent and the answer was lost. The desk has asked the broker once and goes on asking. Do not send it again by hand.
    [Why]
    ");
}

// R11
#[test]
fn an_order_that_ended_without_booked_executions_is_not_called_filled() {
    for state in [OrderState::Filled, OrderState::Cancelled] {
        let order = Order {
            filled: Contracts(2),
            ..entry(state)
        };
        let text = drawn(order).text().to_lowercase();
        assert!(!text.contains("filled"), "{text}");
    }
    assert_snapshot!(gist(entry(OrderState::Filled)), @r"
    Order ended, executions awaited: GOOG bull call spread 750/755, Dec 24, 2015
    The order has ended at the broker. Its executions are not booked yet, so what was traded is not known here.
    [Why]
    ");
}

#[test]
fn a_cancellation_that_is_asked_for_cannot_be_asked_for_again() {
    let order = Order {
        cancel_wanted: true,
        ..entry(OrderState::Working)
    };
    assert_snapshot!(gist(order), @r"
    Order working: GOOG bull call spread 750/755, Dec 24, 2015
    The order is at the broker.
    [Why]
    ");
}
