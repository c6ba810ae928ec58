//! The contract of the broker port: what any `Arc<dyn Broker>` does, told as stories.
//!
//! An adapter's tests bring a [`Bench`], its account and a market for it, and call
//! `holds_the_contract!`. Nothing here knows which broker it is.

use std::{collections::BTreeSet, sync::Arc};

use countersign_desk::ports::{
    Broker, BrokerError, BrokerExecution, BrokerStatus, Cursor, OrderRequest, Report,
};
use countersign_domain::{
    ids::ClientOrderId,
    instrument::Instrument,
    money::{Contracts, Usd},
    order::TimeInForce,
    structure::{Leg, Side},
};
use futures::executor::block_on;

/// An account at a broker that a test has for itself, flat, in an open market, with cash for a few
/// hundred contracts at a dollar.
pub(crate) trait Bench {
    /// The adapter. Asked for anew after each restart.
    fn broker(&self) -> Arc<dyn Broker>;

    /// A plain option contract that trades now.
    fn contract(&self) -> Instrument;

    /// Lets time pass, then shows a quote of [`Bench::contract`] that has so many on each side and
    /// that fills what was sent before, if its limit is at the far side or beyond.
    fn quote(&mut self, bid: &str, ask: &str, size: u32);

    /// Ends the adapter without warning and begins another one on the same account.
    fn restart(&mut self);
}

/// Makes a test of each story, for the bench that the expression makes.
macro_rules! holds_the_contract {
    ($bench:expr) => {
        $crate::contract::holds_the_contract! { $bench;
            one_name_opens_one_order_at_the_most
            a_name_that_was_never_sent_is_not_found
            an_order_is_found_with_all_that_was_executed_under_its_name
            executions_are_told_before_the_end_of_their_order
            a_cursor_repeats_rather_than_skips
            positions_are_what_the_executions_add_up_to
            a_replacement_and_what_it_replaces_are_never_both_alive
            an_order_that_was_filled_cannot_be_replaced
            a_cancelled_order_executes_nothing_more
            an_order_that_has_ended_cannot_be_cancelled
            a_refused_order_does_not_exist
            closing_more_than_held_is_refused
            a_restart_forgets_nothing
        }
    };
    ($bench:expr; $($story:ident)+) => {
        $(
            #[test]
            fn $story() {
                $crate::contract::$story(&mut $bench);
            }
        )+
    };
}
pub(crate) use holds_the_contract;

fn id(text: &str) -> ClientOrderId {
    ClientOrderId(text.to_owned())
}

fn order(bench: &dyn Bench, name: &str, quantity: u32, limit: &str) -> OrderRequest {
    let leg = Leg {
        instrument: bench.contract(),
        side: Side::Buy,
        ratio: 1,
    };
    OrderRequest {
        client_order_id: id(name),
        legs: vec![leg],
        opens: true,
        quantity: Contracts(quantity),
        limit: limit.parse().expect("a price"),
        tif: TimeInForce::Day,
    }
}

fn closing(bench: &dyn Bench, name: &str, quantity: u32, limit: &str) -> OrderRequest {
    let mut order = order(bench, name, quantity, limit);
    order.opens = false;
    order.legs[0].side = Side::Sell;
    order
}

fn submit(bench: &dyn Bench, order: &OrderRequest) {
    let told = block_on(bench.broker().submit(order)).expect("taken");
    assert_eq!(told.client_order_id, order.client_order_id);
}

fn reports(bench: &dyn Bench) -> Vec<Report> {
    let updates = block_on(bench.broker().updates(&Cursor::default()));
    updates.expect("an answer").reports
}

fn status(bench: &dyn Bench, name: &str) -> BrokerStatus {
    let found = block_on(bench.broker().find(&id(name))).expect("an answer");
    found.expect("known").order.status
}

fn executions(bench: &dyn Bench, name: &str) -> Vec<BrokerExecution> {
    let found = block_on(bench.broker().find(&id(name))).expect("an answer");
    found.expect("known").executions
}

fn bought(executions: &[BrokerExecution]) -> u32 {
    executions
        .iter()
        .filter(|it| !it.bust)
        .map(|it| it.quantity)
        .sum()
}

fn held(bench: &dyn Bench) -> i64 {
    let positions = block_on(bench.broker().positions()).expect("an answer");
    let contract = bench.contract();
    let held = positions.iter().find(|it| it.instrument == contract);
    held.map_or(0, |it| it.quantity)
}

fn live(bench: &dyn Bench) -> Vec<String> {
    let orders = block_on(bench.broker().open_orders()).expect("an answer");
    orders.into_iter().map(|it| it.client_order_id.0).collect()
}

fn is_refused<T: std::fmt::Debug>(answer: &Result<T, BrokerError>) {
    assert!(matches!(answer, Err(BrokerError::Refused(_))), "{answer:?}");
}

pub(crate) fn one_name_opens_one_order_at_the_most(bench: &mut dyn Bench) {
    bench.quote("1.00", "1.20", 10);
    let first = order(bench, "c1", 1, "1.20");
    submit(bench, &first);
    let again = block_on(bench.broker().submit(&first));
    if bench.broker().capabilities().refuses_duplicates {
        is_refused(&again);
    }
    bench.quote("1.00", "1.20", 10);
    reports(bench);
    assert_eq!(bought(&executions(bench, "c1")), 1);
    assert_eq!(held(bench), 1);
    is_refused_or_known(bench, &first);
}

/// After its end the name still opens nothing.
fn is_refused_or_known(bench: &mut dyn Bench, first: &OrderRequest) {
    if bench.broker().capabilities().refuses_duplicates {
        is_refused(&block_on(bench.broker().submit(first)));
        bench.quote("1.00", "1.20", 10);
        reports(bench);
        assert_eq!(held(bench), 1);
    }
}

pub(crate) fn a_name_that_was_never_sent_is_not_found(bench: &mut dyn Bench) {
    let found = block_on(bench.broker().find(&id("never-sent")));
    assert_eq!(found.expect("an answer"), None);
}

pub(crate) fn an_order_is_found_with_all_that_was_executed_under_its_name(bench: &mut dyn Bench) {
    bench.quote("1.00", "1.20", 3);
    submit(bench, &order(bench, "c1", 5, "1.20"));
    bench.quote("1.00", "1.20", 3);
    reports(bench);
    assert_eq!(status(bench, "c1"), BrokerStatus::Working);
    let partly = executions(bench, "c1");
    assert!((1..5).contains(&bought(&partly)), "{partly:?}");
    bench.quote("1.00", "1.20", 10);
    reports(bench);
    assert_eq!(status(bench, "c1"), BrokerStatus::Filled);
    let all = executions(bench, "c1");
    assert_eq!(all[..partly.len()], partly[..]);
    assert_eq!(bought(&all), 5);
    let ids: BTreeSet<_> = all.iter().map(|it| &it.id).collect();
    assert_eq!(ids.len(), all.len(), "each under its own id");
    assert!(all.iter().all(|it| it.client_order_id == Some(id("c1"))));
    assert!(all.iter().all(|it| !it.fee.is_negative()));
}

pub(crate) fn executions_are_told_before_the_end_of_their_order(bench: &mut dyn Bench) {
    bench.quote("1.00", "1.20", 10);
    submit(bench, &order(bench, "c1", 2, "1.20"));
    bench.quote("1.00", "1.20", 10);
    let mut units = 0;
    for report in reports(bench) {
        match report {
            Report::Execution(execution) => units += execution.quantity,
            Report::Order(order) if order.status == BrokerStatus::Filled => assert_eq!(units, 2),
            Report::Order(order) => assert_eq!(order.status, BrokerStatus::Working),
        }
    }
    assert_eq!(status(bench, "c1"), BrokerStatus::Filled);
}

pub(crate) fn a_cursor_repeats_rather_than_skips(bench: &mut dyn Bench) {
    bench.quote("1.00", "1.20", 10);
    submit(bench, &order(bench, "c1", 1, "1.20"));
    let start = Cursor::default();
    let first = block_on(bench.broker().updates(&start)).expect("an answer");
    bench.quote("1.00", "1.20", 10);
    let second = block_on(bench.broker().updates(&start)).expect("an answer");
    assert_eq!(second.reports[..first.reports.len()], first.reports[..]);
    let rest = block_on(bench.broker().updates(&first.cursor)).expect("an answer");
    let missing = second.reports.iter().skip(first.reports.len());
    assert!(missing.clone().count() > 0);
    for report in missing {
        assert!(rest.reports.contains(report), "{report:?}");
    }
    let nothing = block_on(bench.broker().updates(&second.cursor)).expect("an answer");
    assert_eq!(nothing.cursor, second.cursor);
}

pub(crate) fn positions_are_what_the_executions_add_up_to(bench: &mut dyn Bench) {
    let before = block_on(bench.broker().account()).expect("an answer");
    bench.quote("1.00", "1.20", 10);
    submit(bench, &order(bench, "c1", 3, "1.20"));
    bench.quote("1.00", "1.20", 10);
    reports(bench);
    submit(bench, &closing(bench, "c2", 2, "-1.00"));
    bench.quote("1.00", "1.20", 10);
    reports(bench);
    assert_eq!(held(bench), 1);
    let spent: Usd = [executions(bench, "c1"), executions(bench, "c2")]
        .iter()
        .flatten()
        .map(|it| {
            it.price
                .dollars(100 * i64::from(it.quantity) * it.side.sign())
                + it.fee
        })
        .sum();
    let after = block_on(bench.broker().account()).expect("an answer");
    assert_eq!(after.cash, before.cash - spent);
    assert_eq!((after.id, after.mode), (before.id, before.mode));
}

pub(crate) fn a_replacement_and_what_it_replaces_are_never_both_alive(bench: &mut dyn Bench) {
    bench.quote("1.00", "1.20", 10);
    submit(bench, &order(bench, "c1", 2, "0.50"));
    let next = order(bench, "c2", 2, "1.20");
    block_on(bench.broker().replace(&id("c1"), &next)).expect("replaced");
    assert_eq!(live(bench), ["c2"]);
    assert_eq!(status(bench, "c1"), BrokerStatus::Gone);
    bench.quote("1.00", "1.20", 10);
    reports(bench);
    assert_eq!(executions(bench, "c1"), []);
    assert_eq!(bought(&executions(bench, "c2")), 2);
    assert_eq!(held(bench), 2);
}

pub(crate) fn an_order_that_was_filled_cannot_be_replaced(bench: &mut dyn Bench) {
    bench.quote("1.00", "1.20", 10);
    submit(bench, &order(bench, "c1", 2, "1.20"));
    bench.quote("1.00", "1.20", 10);
    let next = order(bench, "c2", 2, "1.20");
    is_refused(&block_on(bench.broker().replace(&id("c1"), &next)));
    bench.quote("1.00", "1.20", 10);
    reports(bench);
    assert_eq!(status(bench, "c1"), BrokerStatus::Filled);
    assert_eq!(held(bench), 2);
}

pub(crate) fn a_cancelled_order_executes_nothing_more(bench: &mut dyn Bench) {
    bench.quote("1.00", "1.20", 10);
    submit(bench, &order(bench, "c1", 2, "0.50"));
    block_on(bench.broker().cancel(&id("c1"))).expect("asked for");
    reports(bench);
    assert_eq!(status(bench, "c1"), BrokerStatus::Gone);
    bench.quote("0.10", "0.20", 10);
    reports(bench);
    assert_eq!((held(bench), live(bench)), (0, Vec::new()));
}

pub(crate) fn an_order_that_has_ended_cannot_be_cancelled(bench: &mut dyn Bench) {
    bench.quote("1.00", "1.20", 10);
    submit(bench, &order(bench, "c1", 1, "1.20"));
    bench.quote("1.00", "1.20", 10);
    reports(bench);
    is_refused(&block_on(bench.broker().cancel(&id("c1"))));
    is_refused(&block_on(bench.broker().cancel(&id("never-sent"))));
}

pub(crate) fn a_refused_order_does_not_exist(bench: &mut dyn Bench) {
    bench.quote("1.00", "1.20", 10);
    is_refused(&block_on(
        bench.broker().submit(&order(bench, "c1", 0, "1.20")),
    ));
    is_refused(&block_on(
        bench.broker().submit(&order(bench, "c2", 1, "1.2051")),
    ));
    for name in ["c1", "c2"] {
        assert_eq!(
            block_on(bench.broker().find(&id(name))).expect("an answer"),
            None
        );
    }
    assert_eq!(live(bench), [""; 0]);
}

pub(crate) fn closing_more_than_held_is_refused(bench: &mut dyn Bench) {
    // R51
    bench.quote("1.00", "1.20", 10);
    is_refused(&block_on(
        bench.broker().submit(&closing(bench, "c1", 1, "-1.00")),
    ));
    submit(bench, &order(bench, "c2", 1, "1.20"));
    bench.quote("1.00", "1.20", 10);
    reports(bench);
    is_refused(&block_on(
        bench.broker().submit(&closing(bench, "c3", 2, "-1.00")),
    ));
    submit(bench, &closing(bench, "c4", 1, "-1.00"));
    bench.quote("1.00", "1.20", 10);
    reports(bench);
    assert_eq!(held(bench), 0);
}

pub(crate) fn a_restart_forgets_nothing(bench: &mut dyn Bench) {
    bench.quote("1.00", "1.20", 3);
    submit(bench, &order(bench, "c1", 5, "1.20"));
    submit(bench, &order(bench, "c2", 1, "0.50"));
    bench.quote("1.00", "1.20", 3);
    let before = (
        reports(bench),
        live(bench),
        held(bench),
        executions(bench, "c1"),
    );
    bench.restart();
    let after = (
        reports(bench),
        live(bench),
        held(bench),
        executions(bench, "c1"),
    );
    assert_eq!(after, before);
    bench.quote("1.00", "1.20", 10);
    reports(bench);
    assert_eq!(status(bench, "c1"), BrokerStatus::Filled);
    assert_eq!(held(bench), 5);
}
