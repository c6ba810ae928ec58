//! The life of a trade on one card, in order.

use std::time::Duration;

use countersign_domain::event::Fact;

use super::{
    board::{POSITION, question},
    stage::{CONFIRM, Stage, data, labels, quit},
};
use crate::kept;

/// One share, one position: the first card is the only one.
const ALONE: [&str; 4] = [
    "--set",
    "limits.open_positions=1",
    "--set",
    "trade.watchlist=AAPL",
];

// R11 R24
#[tokio::test(flavor = "multi_thread")]
async fn a_card_tells_that_it_was_offered_filled_and_closed_in_that_order() {
    let stage = Stage::new().await;
    let program = stage.demo(&ALONE);
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

// R11
#[tokio::test(flavor = "multi_thread")]
async fn nothing_says_closed_before_the_broker_does() {
    let stage = Stage::new().await;
    // The exit walks for a while before it fills.
    let program = stage.demo(&[&ALONE[..], &["--speed", "10"]].concat());
    let card = stage.card().await;
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    assert!(!stage.answered(&press).await.alert);
    let open = stage.message(&POSITION).await;
    let asked = question(&stage, &open).await;
    let press = stage.ana.presses(stage.group, asked.id, &labels(&asked)[0]);
    assert!(!stage.answered(&press).await.alert);
    let is_closed = |it: &Fact| matches!(it, Fact::PositionClosed { .. });
    let mut looks = tokio::time::interval(Duration::from_millis(20));
    let (mut leaving, mut closed) = (false, false);
    while !closed {
        looks.tick().await;
        // The card first: what it says has to be known by then.
        let chat = stage.fake.chat(stage.group);
        let text = chat.messages[&card.id].text();
        closed = text.contains("Position closed");
        leaving |= text.contains("Exit on its way");
        if closed {
            assert_eq!(kept::facts(stage.home.path(), is_closed).await, 1, "{text}");
        }
    }
    assert!(leaving, "the exit took its time, and the card said so");
    quit(program);
    stage.well_behaved();
}

// R30
#[tokio::test(flavor = "multi_thread")]
async fn a_stop_is_brought_nearer_once_for_the_card_that_showed_it() {
    let stage = Stage::new().await;
    let program = stage.demo(&[&ALONE[..], &["--speed", "5"]].concat());
    let card = stage.card().await;
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    assert!(!stage.answered(&press).await.alert);
    let open = stage.message(&POSITION).await;
    let shown = data(&open, "Tighten stop");
    let nearer = stage.told(&stage.ana, &open, &shown).await;
    assert!(!nearer.alert, "{}", nearer.text);
    let again = stage.told(&stage.ana, &open, &shown).await;
    assert!(
        again.text.contains("nothing was done again"),
        "{}",
        again.text
    );
    let changed = |it: &Fact| matches!(it, Fact::ExitPlanChanged { .. });
    assert_eq!(kept::facts(stage.home.path(), changed).await, 1);
    // The card shows another stop, which may be brought nearer once more.
    let newest = stage
        .until(open.id, |it| data(it, "Tighten stop") != shown)
        .await;
    let newest = data(&newest, "Tighten stop");
    let further = stage.told(&stage.ana, &open, &newest).await;
    assert!(!further.alert, "{}", further.text);
    assert_eq!(kept::facts(stage.home.path(), changed).await, 2);
    quit(program);
    stage.well_behaved();
}

/// Ana confirms what is no longer what her card shows: another card, and no order.
async fn shown_anew(stage: &Stage, more: &[&str], why: &str) {
    let program = stage.demo(&[&ALONE[..], more].concat());
    let card = stage.card().await;
    let confirm = data(&card, "Confirm");
    // Two steps of the market at a real second's pace.
    countersign_chat::budget::wait(Duration::from_secs(8)).await;
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(
        answer.alert && answer.text.contains(why) && answer.text.contains("Nothing was sent"),
        "{}",
        answer.text
    );
    let next = stage
        .until(card.id, |it| it.text().contains("revision 2"))
        .await;
    assert_ne!(data(&next, "Confirm"), confirm);
    assert_eq!(stage.orders().await, 0);
    quit(program);
    stage.well_behaved();
}

// R7
#[tokio::test(flavor = "multi_thread")]
async fn a_press_after_the_price_moved_too_far_makes_a_new_card_and_no_order() {
    let stage = Stage::new().await;
    // A market that goes on rising.
    let rising = ["--seed", "3", "--set", "limits.drift_bps=1"];
    shown_anew(&stage, &rising, "moved").await;
}

// R7
#[tokio::test(flavor = "multi_thread")]
async fn a_press_on_a_quote_that_is_too_old_makes_a_new_card_and_no_order() {
    let stage = Stage::new().await;
    let old = ["limits.quote_age_s=1", "synthetic.step_s=60"];
    shown_anew(&stage, &["--set", old[0], "--set", old[1]], "old").await;
}
