//! The board and the cards of positions in the channel.

use std::time::Duration;

use countersign_fakes::discord::{MessageSeen, permissions};

use serde_json::json;

use super::stage::{SOON, Stage, data, labels, pressed};

/// What stands on a position's own card and on no other.
const POSITION: [&str; 2] = ["Executions", "Position 0"];

/// Slow enough that a question counts for 6 seconds at the least; with one ticket, so that none that
/// waits holds the market's time.
const SPEED: [&str; 6] = [
    "--speed",
    "5",
    "--set",
    "limits.open_positions=1",
    "--set",
    "trade.watchlist=AAPL",
];

impl Stage {
    /// Everything in the channel that is a board.
    fn boards(&self) -> Vec<MessageSeen> {
        let is_board = |it: &MessageSeen| it.text().contains("As of");
        let messages = self.fake.messages(self.channel).into_iter();
        messages.filter(is_board).collect()
    }

    /// Ana confirms the first ticket; the card of its position, and where it is.
    async fn position(&self) -> MessageSeen {
        let ticket = self.offer().await;
        let press = pressed(&self.ana, ticket.id, "Confirm");
        self.answered(press).await;
        let is_position = |it: &MessageSeen| POSITION.iter().all(|part| it.text().contains(part));
        let found = self.fake.wait("card of a position", SOON, |fake| {
            let threads = fake.threads(self.channel).into_iter();
            let places = threads.chain([self.channel]);
            let mut messages = places.flat_map(|place| fake.messages(place));
            messages.find(is_position)
        });
        found.await.expect("a position")
    }

    /// Ana closes it, and says so once more when she is asked.
    async fn closes(&self, card: &MessageSeen) -> MessageSeen {
        let press = pressed(&self.ana, card.id, "Close");
        let asked = self.answered(press).await;
        let question = asked.original.clone().expect("a question");
        assert_eq!(question.channel, card.channel);
        let press = pressed(&self.ana, question.id, &labels(&question)[0]);
        self.answered(press).await;
        self.until(card.id, |it| it.text().contains("Position closed"))
            .await
    }

    fn is_archived(&self, thread: u64) -> bool {
        let thread = self.fake.channel_json(thread).expect("a thread");
        thread["thread_metadata"]["archived"] == true
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_is_one_pinned_message_that_is_posted_anew_when_it_is_an_hour_old() {
    let stage = Stage::new().await;
    let program = stage.demo(&SPEED);
    let board = stage.message(&["As of"]).await;
    assert!(board.silent, "the board rings nobody's bell");
    stage.until(board.id, |it| it.pinned).await;
    stage.position().await;
    let open = stage
        .until(board.id, |it| it.text().contains("1 open position"))
        .await;
    let at: Vec<i64> = open.looks.iter().map(|it| it.at_us).collect();
    assert!(at.len() > 1, "{at:?}");
    assert!(
        at.windows(2).all(|pair| pair[1] - pair[0] >= 4_900_000),
        "{at:?}"
    );
    assert_eq!(stage.boards().len(), 1, "it is edited");

    stage.fake.advance(Duration::from_mins(61));
    let new = stage.fake.wait("a new board", SOON, |fake| {
        let pins = fake.pins(fake.channel());
        match &pins[..] {
            [new] if new.id != board.id => Some(new.clone()),
            _ => None,
        }
    });
    let new = new.await.expect("it is posted anew");
    assert!(new.silent && new.text().contains("As of"), "{new:?}");
    let [only] = &stage.boards()[..] else {
        panic!("one board: {:?}", stage.boards());
    };
    assert_eq!(only.id, new.id);
    stage.quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_has_a_thread_of_its_own_that_is_put_away_when_it_is_closed() {
    let stage = Stage::new().await;
    let program = stage.demo(&SPEED);
    let card = stage.position().await;
    let thread = stage.fake.channel_json(card.channel).expect("a thread");
    assert_eq!(thread["parent_id"], stage.channel.to_string());
    let name = thread["name"].as_str().unwrap_or_default();
    let symbol = name.split(' ').next().unwrap_or_default();
    assert!(!symbol.is_empty() && card.text().contains(symbol), "{name}");

    // Nobody wrote there for a week: it is opened again for what is new.
    stage.fake.archive_thread(card.channel, false);
    let closed = stage.closes(&card).await;
    assert_eq!(labels(&closed), Vec::<String>::new());
    let away = stage.fake.wait("the thread put away", SOON, |_| {
        stage.is_archived(card.channel).then_some(())
    });
    away.await.expect("it is put away");
    stage.quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_may_be_pinned_or_opened_both_are_shown_all_the_same_and_it_is_said_once() {
    let stage = Stage::new().await;
    let rights = permissions::PIN_MESSAGES | permissions::CREATE_PUBLIC_THREADS;
    stage.fake.bot_loses(stage.channel, rights);
    let program = stage.demo(&SPEED);
    let board = stage.message(&["As of"]).await;
    let card = stage.position().await;
    assert_eq!(card.channel, stage.channel);
    stage
        .until(board.id, |it| it.text().contains("1 open position"))
        .await;
    stage.closes(&card).await;
    assert!(stage.fake.pins(stage.channel).is_empty());
    let requests = stage.fake.requests();
    let refused = requests.iter().filter(|it| it.status == 403).count();
    assert_eq!(refused, 2, "each is tried once");
    let ran = stage.quit(program);
    for said in ["the board may not be pinned", "positions have no threads"] {
        assert_eq!(ran.err.matches(said).count(), 1, "{said}");
    }
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_somebody_deleted_is_followed_by_another_one() {
    let stage = Stage::new().await;
    let program = stage.demo(&SPEED);
    let card = stage.position().await;
    stage.fake.delete_channel(card.channel);
    let typed = [("position", json!(""))];
    let typing = stage
        .ana
        .autocompletes(stage.channel, "hold", &typed, "position");
    let answer = stage.answered(typing.expect("an argument")).await;
    let position = answer.choices()[0].1.clone();
    let given = [("position", position), ("for", json!("30m"))];
    let held = stage.ana.slash(stage.channel, "hold", &given);
    stage.answered(held.expect("a command")).await;
    let again = stage.fake.wait("another thread", SOON, |fake| {
        let threads = fake.threads(stage.channel).into_iter();
        let mut messages = threads.flat_map(|thread| fake.messages(thread));
        messages.next()
    });
    let again = again.await.expect("it is shown again");
    assert_ne!(again.channel, card.channel);
    stage.closes(&again).await;
    stage.quit(program);
    stage.well_behaved();
}

// What the platform lets through stands for a message that a crash left.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_copy_of_a_position_or_of_the_board_is_void_when_it_is_pressed() {
    let stage = Stage::new().await;
    let program = stage.demo(&SPEED);
    let board = stage.message(&["As of"]).await;
    let card = stage.position().await;
    let (halt, close) = (data(&board, "Halt"), data(&card, "Close"));
    for (payload, copy) in [(halt, card.id), (close, board.id)] {
        let press = stage.ana.forges_press(copy, &payload).expect("a press");
        let answer = stage.answered(press).await;
        assert!(answer.text().contains("second copy"), "{answer:?}");
        let void = stage.fake.wait("a message without buttons", SOON, |fake| {
            let looks = fake.message(copy)?.looks;
            looks
                .iter()
                .any(|it| it.components.is_empty())
                .then_some(())
        });
        void.await.expect("it loses its buttons");
    }
    stage.quit(program);
    stage.well_behaved();
}
