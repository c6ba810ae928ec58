//! Replacing and cancelling, and the fills that come in between.

use countersign_desk::ports::{BrokerError, BrokerStatus};

use crate::world::{CALL, World, buy, close, open, sell};

fn waiting(quantity: u32) -> World {
    let mut world = World::new();
    world.quote_of(CALL, "1.00", "1.20", 3);
    world
        .submit(&open("e1-1", &[buy(CALL)], quantity, "1.05"))
        .expect("taken");
    assert_eq!(world.news(), ["e1-1 working"]);
    world.pass(1_000);
    world
}

#[test]
fn a_replacement_stands_in_the_old_orders_place_at_once() {
    let mut world = waiting(2);
    world
        .replace("e1-1", &open("e1-2", &[buy(CALL)], 2, "1.10"))
        .expect("replaced");
    let open_orders = world.open_orders();
    assert_eq!(open_orders.len(), 1, "never both");
    assert_eq!(open_orders[0].client_order_id.0, "e1-2");
    assert_eq!(
        world.news(),
        ["e1-1 gone (replaced by e1-2)", "e1-2 working"]
    );
    world.quote(CALL, "1.00", "1.12");
    assert_eq!(
        world.news(),
        [
            "e1-2 bought 2 SPY   240119C00475000 at 1.09, fee 1.30",
            "e1-2 filled"
        ]
    );
}

#[test]
fn a_replacement_that_comes_after_the_fill_is_refused_and_the_fill_is_told() {
    // R34
    let mut world = waiting(2);
    world.quote(CALL, "0.90", "1.00");
    let error = world.replace("e1-1", &open("e1-2", &[buy(CALL)], 2, "1.10"));
    assert_eq!(
        error,
        Err(BrokerError::Refused("already filled".to_owned()))
    );
    assert_eq!(world.find("e1-2"), None);
    assert_eq!(
        world.news(),
        [
            "e1-1 bought 2 SPY   240119C00475000 at 0.98, fee 1.30",
            "e1-1 filled"
        ]
    );
}

#[test]
fn what_the_old_order_filled_meanwhile_is_not_traded_again() {
    // R36
    let mut world = waiting(5);
    world.quote_of(CALL, "0.90", "1.00", 3);
    // The desk does not know of the three yet and asks for all five.
    world
        .replace("e1-1", &open("e1-2", &[buy(CALL)], 5, "1.20"))
        .expect("replaced");
    assert_eq!(
        world.news(),
        [
            "e1-1 bought 3 SPY   240119C00475000 at 0.98, fee 1.95",
            "e1-1 gone (replaced by e1-2)",
            "e1-2 working",
        ]
    );
    world.pass(1_000);
    world.quote(CALL, "1.00", "1.20");
    assert_eq!(
        world.news(),
        [
            "e1-2 bought 2 SPY   240119C00475000 at 1.15, fee 1.30",
            "e1-2 filled"
        ]
    );
    assert_eq!(world.held(CALL), 5);
}

#[test]
fn a_replacement_may_ask_for_less() {
    let mut world = waiting(5);
    world
        .replace("e1-1", &open("e1-2", &[buy(CALL)], 1, "1.20"))
        .expect("replaced");
    world.quote(CALL, "1.00", "1.20");
    world.news();
    assert_eq!(world.held(CALL), 1);
}

#[test]
fn a_refused_replacement_leaves_the_old_order_as_it_is() {
    let world = waiting(2);
    let refusal = |new| match world.replace("e1-1", &new) {
        Err(BrokerError::Refused(words)) => words,
        other => panic!("refused was expected, and it was {other:?}"),
    };
    assert_eq!(
        refusal(open("e1-1", &[buy(CALL)], 2, "1.10")),
        "duplicate client order id e1-1"
    );
    assert_eq!(
        refusal(open("e1-2", &[buy(CALL)], 2, "1.101")),
        "limit 1.101 is no multiple of the increment 0.01"
    );
    assert_eq!(
        refusal(close("e1-2", &[buy(CALL)], 2, "1.10")),
        "a replacement trades the same legs for the same purpose"
    );
    assert_eq!(
        refusal(open("e1-2", &[sell(CALL)], 2, "-1.10")),
        "a replacement trades the same legs for the same purpose"
    );
    let found = world.find("e1-1").expect("known");
    assert_eq!(found.order.status, BrokerStatus::Working);
    assert_eq!(world.find("e1-2"), None);
}

#[test]
fn a_replacement_may_use_what_the_old_order_bound() {
    let mut world = World::with(|config| config.starting_cash = "500".parse().expect("dollars"));
    world.quote(CALL, "3.00", "3.20");
    world
        .submit(&open("e1", &[buy(CALL)], 2, "2.00"))
        .expect("taken");
    world
        .replace("e1", &open("e2", &[buy(CALL)], 2, "2.40"))
        .expect("replaced");
    world.news();

    let mut world = waiting(2);
    world.quote(CALL, "0.90", "1.00");
    world.news();
    world
        .submit(&close("x1", &[sell(CALL)], 2, "-9.00"))
        .expect("taken");
    world
        .replace("x1", &close("x2", &[sell(CALL)], 2, "-8.00"))
        .expect("replaced");
    assert_eq!(world.open_orders().len(), 1);
}

#[test]
fn a_cancelled_order_is_gone_and_fills_nothing_more() {
    let mut world = waiting(2);
    world.cancel("e1-1").expect("cancelled");
    world.quote(CALL, "0.10", "0.20");
    assert_eq!(world.news(), ["e1-1 gone (cancelled)"]);
    assert_eq!(world.held(CALL), 0);
}

#[test]
fn a_cancellation_that_comes_after_the_fill_is_refused() {
    let mut world = waiting(2);
    world.quote(CALL, "0.90", "1.00");
    let error = world.cancel("e1-1").expect_err("refused");
    assert_eq!(error.to_string(), "broker refused: already filled");
    assert_eq!(world.news().len(), 2);
}

#[test]
fn a_cancellation_keeps_what_was_filled_before_it() {
    let mut world = waiting(5);
    world.quote_of(CALL, "0.90", "1.00", 3);
    world.cancel("e1-1").expect("cancelled");
    assert_eq!(
        world.news(),
        [
            "e1-1 bought 3 SPY   240119C00475000 at 0.98, fee 1.95",
            "e1-1 gone (cancelled)",
        ]
    );
    assert_eq!(world.held(CALL), 3);
}
