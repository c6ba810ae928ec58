//! The account: what the broker says of the money, and what is held.

use countersign_domain::{money::Usd, operator::Surface};
use countersign_tests::{
    World,
    broker::{Call, Fault},
};
use insta::assert_snapshot;

use crate::scene::{holding, target};

#[test]
fn a_viewer_sees_the_account_and_the_positions() {
    let mut world = holding(target());
    let press = world.hand(Surface::Web, "cy");
    let account = world.act(async |desk| desk.account(press.clone()).await);
    let account = account.expect("a viewer may look");
    assert_eq!(account.cash, Usd::from_micros(100_000_000_000));
    assert_eq!(account.buying_power, account.cash);
    assert_eq!(account.positions.len(), 1);
    assert_eq!(account.header.account.0, format!("PAPER-{}", 1));
    // Believed at the mid of 2.05 against 2.10 paid: 3 x 100 x 0.05 lost, before fees.
    let profit = account.positions[0].unrealised;
    assert_eq!(profit, Some(Usd::from_micros(-15_000_000)));
}

#[test]
fn while_the_broker_does_not_answer_nothing_is_said_about_the_account() {
    let mut world = World::new();
    world.broker.next(Call::Account, Fault::Lost);
    let press = world.hand(Surface::Web, "cy");
    let account = world.act(async |desk| desk.account(press.clone()).await);
    let refusal = account.expect_err("the broker is silent");
    assert_snapshot!(world.in_words(&refusal), @"The broker does not answer, so nothing can be said about the account. Ask again in a moment.");
}
