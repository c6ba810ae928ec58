//! What is held on its card: its figures follow the market, and say as of when they are.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use countersign_fakes::telegram::Message;

use super::stage::{CONFIRM, Stage, quit};

/// A minute of the market is a second only on a machine with time to spare.
const LONG: Duration = Duration::from_secs(150);

/// One share, one position that is held for a while, and minutes that are seconds.
const FAST: [&str; 14] = [
    "--speed",
    "60",
    "--set",
    "limits.open_positions=1",
    "--set",
    "trade.watchlist=AAPL",
    "--set",
    "signals.screen.exits.debit.profit_target=900",
    "--set",
    "signals.screen.exits.debit.stop_loss=95",
    "--set",
    "signals.screen.exits.debit.trail_arm=0",
    "--set",
    "signals.screen.exits.debit.trail_give_back=0",
];

/// The times as of which a message told figures of an open position, each with its line of profit.
fn told(message: &Message) -> BTreeMap<String, String> {
    let texts = message.versions.iter().map(|it| &it.content.text);
    let open = texts.filter(|text| text.contains("Position open"));
    let figures = |text: &String| {
        let profit = text.lines().find(|it| it.starts_with("P&L"))?;
        let (_, time) = text.split_once("as of ")?;
        Some((time.to_owned(), profit.to_owned()))
    };
    open.filter_map(figures).collect()
}

// R11
#[tokio::test(flavor = "multi_thread")]
async fn the_card_of_a_ticket_that_is_held_follows_the_market() {
    let mut stage = Stage::new().await;
    stage.fake = stage.fake.patient(LONG);
    let program = stage.demo(&FAST);
    let card = stage.card().await;
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    assert!(!stage.answered(&press).await.alert);
    // More than a fill alone makes.
    let seen = stage
        .until(card.id, |it| {
            told(it).len() >= 3 || it.text().contains("Position closed")
        })
        .await;
    let told = told(&seen);
    let different: BTreeSet<_> = told.values().collect();
    assert!(told.len() >= 3 && different.len() >= 2, "{told:?}");
    quit(program);
    stage.well_behaved();
}
