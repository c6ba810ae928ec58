//! Cards that are there twice, or no more.

use countersign_fakes::telegram::{Fault, Message};

use super::stage::{CONFIRM, Stage, data, is_bare, labels, quit};

async fn cards(stage: &Stage, count: usize) -> Vec<Message> {
    let cards = stage.fake.until(stage.group, |chat| {
        let cards = chat
            .seen()
            .filter(|it| it.text().contains("Ticket offered"));
        let cards: Vec<Message> = cards.cloned().collect();
        (cards.len() == count).then_some(cards)
    });
    cards.await
}

// R2 R13
#[tokio::test(flavor = "multi_thread")]
async fn killed_between_the_sending_and_the_note_a_second_copy_is_void_when_it_is_pressed() {
    let stage = Stage::new().await;
    stage.fake.fail_next("sendMessage", 1, Fault::LoseAnswer);
    let killed = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let first = cards(&stage, 1).await.swap_remove(0);
    drop(killed);
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let both = cards(&stage, 2).await;
    let second = both
        .iter()
        .find(|it| it.id != first.id)
        .expect("another one");
    stage.noted(second).await;
    assert_eq!(data(&first, "Confirm"), data(second, "Confirm"));

    let press = stage.ana.presses(stage.group, first.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(
        answer.alert && answer.text.contains("second copy"),
        "{}",
        answer.text
    );
    stage.until(first.id, is_bare).await;
    assert_eq!(stage.orders().await, 0);
    let press = stage.ana.presses(stage.group, second.id, CONFIRM);
    assert!(!stage.answered(&press).await.alert);
    assert_eq!(stage.orders().await, 1);
    quit(program);
    stage.well_behaved();
}

/// Messages of the bot in the group that have this.
async fn with(stage: &Stage, text: &str, count: usize) -> Vec<Message> {
    let found = stage.fake.until(stage.group, |chat| {
        let found = chat.seen().filter(|it| it.text().contains(text));
        let found: Vec<Message> = found.cloned().collect();
        (found.len() >= count).then_some(found)
    });
    found.await
}

// R13
#[tokio::test(flavor = "multi_thread")]
async fn a_second_copy_of_the_board_is_void_when_it_is_pressed() {
    let stage = Stage::new().await;
    // Whichever of the first ones it is: where the answer is lost, the card is posted again.
    stage.fake.fail_next("sendMessage", 3, Fault::LoseAnswer);
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let boards = with(&stage, "As of", 2).await;
    let newest = boards.last().expect("a board").id;
    stage
        .fake
        .until(stage.group, |chat| {
            chat.pinned.contains(&newest).then_some(())
        })
        .await;
    let press = stage.ana.presses(stage.group, boards[0].id, "✖ Halt");
    let answer = stage.answered(&press).await;
    assert!(
        answer.alert && answer.text.contains("second copy"),
        "{}",
        answer.text
    );
    stage.until(boards[0].id, is_bare).await;
    let press = stage.ana.presses(stage.group, newest, "✖ Halt");
    assert!(!stage.answered(&press).await.alert, "the other copy works");
    quit(program);
    stage.well_behaved();
}

// R13
#[tokio::test(flavor = "multi_thread")]
async fn a_second_copy_of_a_position_is_void_when_it_is_pressed_and_its_tickets_card_is_none() {
    let stage = Stage::new().await;
    let alone = ["limits.open_positions=1", "trade.watchlist=AAPL"];
    let program = stage.demo(&["--set", alone[0], "--set", alone[1], "--speed", "5"]);
    let ticket = stage.card().await;
    stage.noted(&ticket).await;
    with(&stage, "As of", 1).await;
    stage.fake.fail_next("sendMessage", 1, Fault::LoseAnswer);
    let press = stage.ana.presses(stage.group, ticket.id, CONFIRM);
    assert!(!stage.answered(&press).await.alert);
    let copies = with(&stage, "Executions", 2).await;
    assert!(copies.iter().all(|it| it.id != ticket.id));
    let newest = copies.last().expect("a card").id;

    let press = stage.ana.presses(stage.group, copies[0].id, "Tighten stop");
    let answer = stage.answered(&press).await;
    assert!(
        answer.alert && answer.text.contains("second copy"),
        "{}",
        answer.text
    );
    stage.until(copies[0].id, is_bare).await;
    let open = stage
        .until(ticket.id, |it| {
            labels(it).iter().any(|it| it.contains("Close"))
        })
        .await;
    for card in [open.id, newest] {
        let press = stage.ana.presses(stage.group, card, "✖ Close");
        let answer = stage.answered(&press).await;
        assert!(!answer.alert, "{}", answer.text);
    }
    quit(program);
    stage.well_behaved();
}

// R16
#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_somebody_deleted_is_shown_again_while_it_can_be_pressed() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    stage.noted(&card).await;
    stage.ana.deletes(stage.group, card.id);
    // Its next revision is to be drawn.
    let less = data(&card, "Confirm").replace("confirm", "edit-tighter");
    let answer = stage.told(&stage.ana, &card, &less).await;
    assert!(!answer.alert, "{}", answer.text);
    let again = stage.message(&["revision 2"]).await;
    assert_ne!(again.id, card.id);
    let press = stage.ana.presses(stage.group, again.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    let decided = stage
        .until(again.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    // Nothing is shown again once nothing can be pressed: that one is edited alone.
    assert!(decided.edits() > 0);
    quit(program);
    stage.well_behaved();
}

// R16
#[tokio::test(flavor = "multi_thread")]
async fn a_card_whose_answer_was_lost_is_there_twice_and_its_first_copy_is_void() {
    let stage = Stage::new().await;
    // The first try is not performed, the second one is.
    stage.fake.fail_next("sendMessage", 1, Fault::Internal);
    stage.fake.fail_next("sendMessage", 1, Fault::LoseAnswer);
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let twice = stage.fake.until(stage.group, |chat| {
        let offered = |it: &&Message| it.text().contains("Ticket offered");
        let mut cards = chat.seen().filter(offered);
        cards.find_map(|one| {
            let mut others = chat.seen().filter(offered).filter(|it| it.id > one.id);
            let other = others.find(|it| data(it, "Confirm") == data(one, "Confirm"));
            Some([one.clone(), other?.clone()])
        })
    });
    let both = twice.await;
    stage.noted(&both[1]).await;
    let press = stage.ana.presses(stage.group, both[0].id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(
        answer.alert && answer.text.contains("second copy"),
        "{}",
        answer.text
    );
    stage.until(both[0].id, is_bare).await;
    assert_eq!(stage.orders().await, 0);
    let press = stage.ana.presses(stage.group, both[1].id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    assert_eq!(stage.orders().await, 1);
    quit(program);
    stage.well_behaved();
}
