//! The life of a trade on one card, and what the card shows while nothing is certain.

use countersign_cards::Action;
use countersign_domain::{
    event::{Event, Fact},
    ids::PositionId,
};
use countersign_fakes::discord::MessageSeen;

use super::stage::{Stage, data, labels, pressed};
use crate::kept;

/// One share, one position: the first card is the only one.
const ALONE: [&str; 4] = [
    "--set",
    "limits.open_positions=1",
    "--set",
    "trade.watchlist=AAPL",
];

/// What a message said, from its first look to its last.
fn told(message: &MessageSeen) -> Vec<String> {
    let look = |it: &serde_json::Value| it.to_string();
    let looks = message.looks.iter();
    looks
        .map(|it| it.embeds.iter().map(look).collect::<String>())
        .collect()
}

// R11 R24
#[tokio::test(flavor = "multi_thread")]
async fn a_card_tells_that_it_was_offered_filled_and_closed_in_that_order_and_once() {
    let stage = Stage::new().await;
    let program = stage.demo(&ALONE);
    let card = stage.offer().await;
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    let closed = stage
        .until(card.id, |it| it.text().contains("Position closed"))
        .await;
    assert_eq!(labels(&closed), ["Why"], "nothing is left to decide");
    let looks = told(&closed);
    let place = |part: &str| looks.iter().position(|it| it.contains(part));
    let offered = place("Ticket offered").expect("it was offered");
    let opened = place("Position open").expect("it was filled");
    let ended = place("Position closed").expect("it was closed");
    assert!(
        offered < opened && opened < ended,
        "{offered} {opened} {ended}"
    );
    assert!(
        looks[ended..]
            .iter()
            .all(|it| it.contains("Position closed"))
    );
    stage.one_message_each();
    stage.quit(program);
    stage.well_behaved();
}

/// The position that was opened.
async fn opened(stage: &Stage) -> PositionId {
    let events = stage.events().await;
    let opened = |it: &Event| match it.fact {
        Fact::PositionOpened { position, .. } => Some(position),
        _ => None,
    };
    events.iter().find_map(opened).expect("a position")
}

// R11
#[tokio::test(flavor = "multi_thread")]
async fn nothing_says_closed_before_the_broker_does() {
    let stage = Stage::new().await;
    // The exit walks for a while before it fills.
    let program = stage.demo(&[&ALONE[..], &["--speed", "10"]].concat());
    let card = stage.offer().await;
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    stage
        .until(card.id, |it| it.text().contains("Position open"))
        .await;
    let close = Action::Close(opened(&stage).await).encode();
    let press = stage.ana.forges_press(card.id, &close).expect("a press");
    let asked = stage.answered(press).await.original.expect("a question");
    let press = pressed(&stage.ana, asked.id, &labels(&asked)[0]);
    stage.answered(press).await;
    let is_closed = |it: &Fact| matches!(it, Fact::PositionClosed { .. });
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(20));
    let (mut leaving, mut closed) = (false, false);
    while !closed {
        looks.tick().await;
        // The card first: what it says has to be known by then.
        let text = stage.fake.message(card.id).expect("the card").text();
        closed = text.contains("Position closed");
        leaving |= text.contains("Exit on its way");
        if closed {
            assert_eq!(kept::facts(stage.home.path(), is_closed).await, 1, "{text}");
        }
    }
    assert!(leaving, "the exit took its time, and the card said so");
    stage.quit(program);
    stage.well_behaved();
}

/// Ana confirms what is no longer what her card shows: another card, and no order.
async fn shown_anew(stage: &Stage, more: &[&str], why: &str) {
    let program = stage.demo(&[&ALONE[..], more].concat());
    let card = stage.offer().await;
    let confirm = data(&card, "Confirm");
    // Two steps of the market at a real second's pace.
    countersign_chat::budget::wait(std::time::Duration::from_secs(8)).await;
    let press = pressed(&stage.ana, card.id, "Confirm");
    let answer = stage.answered(press).await;
    assert!(answer.text().contains(why), "{}", answer.text());
    assert!(answer.text().contains("Nothing was sent"), "{answer:?}");
    let next = stage
        .until(card.id, |it| it.text().contains("revision 2"))
        .await;
    assert_ne!(data(&next, "Confirm"), confirm);
    assert_eq!(stage.orders().await, 0);
    stage.quit(program);
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
