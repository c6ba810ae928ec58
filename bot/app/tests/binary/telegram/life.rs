//! The life of a trade on one card, in order.

use super::stage::{CONFIRM, Stage, labels, quit};

// R11 R24
#[tokio::test(flavor = "multi_thread")]
async fn a_card_tells_that_it_was_offered_filled_and_closed_in_that_order() {
    let stage = Stage::new().await;
    let alone = ["limits.open_positions=1", "trade.watchlist=AAPL"];
    let program = stage.demo(&["--set", alone[0], "--set", alone[1]]);
    let card = stage.card().await;
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    assert!(!stage.answered(&press).await.alert);
    let closed = stage
        .until(card.id, |it| it.text().contains("Position closed"))
        .await;
    assert_eq!(labels(&closed), ["Why"], "nothing is left to decide");
    let place = |part: &str| {
        let mut versions = closed.versions.iter();
        versions.position(|it| it.content.text.contains(part))
    };
    let offered = place("Ticket offered").expect("it was offered");
    let opened = place("Position open").expect("it was filled");
    let ended = place("Position closed").expect("it was closed");
    assert!(
        offered < opened && opened < ended,
        "{offered} {opened} {ended}"
    );
    let after = &closed.versions[ended..];
    assert!(
        after
            .iter()
            .all(|it| it.content.text.contains("Position closed"))
    );
    quit(program);
    stage.well_behaved();
}
