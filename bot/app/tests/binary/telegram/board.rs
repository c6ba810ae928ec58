//! The board and the cards of positions in the chat.

use std::time::Duration;

use countersign_fakes::telegram::Message;

use super::stage::{Stage, labels, quit};

/// What stands on a position's own card and on no other.
pub(crate) const POSITION: [&str; 2] = ["Executions", "Position 0"];

/// Slow enough that a question counts for 6 seconds at the least.
/// With one ticket, so that none that waits holds the market's time.
const SPEED: [&str; 6] = [
    "--speed",
    "5",
    "--set",
    "limits.open_positions=1",
    "--set",
    "trade.watchlist=AAPL",
];

/// Everything in the group that is a board.
fn boards(stage: &Stage) -> Vec<Message> {
    let chat = stage.fake.chat(stage.group);
    let is_board = |it: &&Message| it.text().contains("As of") && it.from == stage.fake.bot();
    chat.seen().filter(is_board).cloned().collect()
}

/// Ana confirms the first ticket; the card of its position.
async fn position(stage: &Stage) -> Message {
    let ticket = stage.message(&["Ticket offered"]).await;
    let press = stage.ana.presses(stage.group, ticket.id, "✅ Confirm");
    let answer = stage.fake.until_answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    stage.message(&POSITION).await
}

/// Ana presses Close on it; the question that she is asked.
pub(crate) async fn question(stage: &Stage, card: &Message) -> Message {
    let before = stage.fake.chat(stage.group).last().map_or(0, |it| it.id);
    stage.ana.presses(stage.group, card.id, "✖ Close");
    let asked = |it: &&Message| it.id > before && it.reply_to == Some(card.id);
    stage
        .fake
        .until(stage.group, |chat| chat.seen().find(asked).cloned())
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_is_one_pinned_message_and_closing_is_asked_once_more() {
    let stage = Stage::new().await;
    let program = stage.demo(&SPEED);
    let board = stage.message(&["As of"]).await;
    assert!(board.silent, "the board rings nobody's bell");
    let pinned = |chat: &countersign_fakes::telegram::Chat| {
        chat.pinned.contains(&board.id).then(|| chat.clone())
    };
    let chat = stage.fake.until(stage.group, pinned).await;
    let is_pin = |it: &&Message| {
        it.service
            .as_ref()
            .is_some_and(|it| it.0 == "pinned_message")
    };
    let mut pins = chat.seen().filter(is_pin);
    assert!(pins.all(|it| it.silent), "nor does its pin");

    let card = position(&stage).await;
    let open = stage
        .until(board.id, |it| it.text().contains("1 open position"))
        .await;
    assert!(open.edits() > 0);

    // A question that was left alone for 30 seconds of the desk does nothing.
    let old = question(&stage, &card).await;
    // Real seconds: while another ticket waits the demo goes no faster.
    countersign_chat::budget::wait(Duration::from_secs(31)).await;
    let press = stage.ana.presses(stage.group, old.id, &labels(&old)[0]);
    let answer = stage.fake.until_answered(&press).await;
    assert!(answer.text.contains("had to come by"), "{}", answer.text);
    let newest = stage.until(card.id, |_| true).await;
    assert!(newest.text().contains("Position open"), "{}", newest.text());

    let asked = question(&stage, &card).await;
    let press = stage.ana.presses(stage.group, asked.id, &labels(&asked)[0]);
    let answer = stage.fake.until_answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    let closed = stage
        .until(card.id, |it| it.text().contains("Position closed"))
        .await;
    assert_eq!(labels(&closed), Vec::<String>::new());

    let boards = boards(&stage);
    assert_eq!(boards.len(), 1, "it is edited, and never posted again");
    let at: Vec<Duration> = boards[0].versions.iter().map(|it| it.at).collect();
    let apart = |pair: &[Duration]| pair[1].saturating_sub(pair[0]) >= Duration::from_millis(4_900);
    assert!(at.windows(2).all(apart), "{at:?}");
    quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_forum_a_position_has_a_topic_of_its_own_and_its_buttons_work_there() {
    let stage = Stage::forum().await;
    let program = stage.demo(&SPEED);
    let card = position(&stage).await;
    let topic = card.thread.expect("a topic");
    let name = stage.fake.chat(stage.group).topics[&topic].clone();
    let title = card.text().lines().nth(1).unwrap_or_default().to_owned();
    let symbol = name.split(' ').next().unwrap_or_default();
    assert!(title.contains(symbol), "{name}: {title}");

    let asked = question(&stage, &card).await;
    assert_eq!(asked.thread, Some(topic));
    let press = stage.ana.presses(stage.group, asked.id, &labels(&asked)[0]);
    let answer = stage.fake.until_answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    let closed = stage
        .until(card.id, |it| it.text().contains("Position closed"))
        .await;
    assert!(
        closed.deleted_by.is_none(),
        "a card is no answer to be taken away"
    );
    quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_may_be_pinned_or_made_both_are_shown_all_the_same() {
    let stage = Stage::forum().await;
    let rights = countersign_fakes::telegram::Rights {
        pin: false,
        topics: false,
        ..countersign_fakes::telegram::Rights::ALL
    };
    stage.fake.set_rights(stage.group, rights);
    let program = stage.demo(&[]);
    let board = stage.message(&["As of"]).await;
    let card = position(&stage).await;
    assert_eq!(card.thread, None);
    stage
        .until(board.id, |it| it.text().contains("1 open position"))
        .await;
    assert_eq!(stage.fake.chat(stage.group).pinned, Vec::<i64>::new());
    quit(program);
    stage.well_behaved();
}
