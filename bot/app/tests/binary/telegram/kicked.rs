//! A bot that is thrown out of its chat, and comes back.

use std::time::Duration;

use countersign_domain::event::{Alarm, Event, Fact};
use countersign_fakes::telegram::{Fault, Standing};

use super::stage::{SOON, Stage, is_bare, quit};

/// A chat that takes no cards is tried every minute.
const LONG: Duration = Duration::from_secs(150);

// R19
#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_was_thrown_out_is_told_once_elsewhere_and_shows_its_cards_when_it_is_back() {
    let mut stage = Stage::new().await;
    stage.fake = stage.fake.patient(LONG);
    let mut program = stage.demo(&["--set", "trade.ticket_seconds=5"]);
    let card = stage.card().await;
    stage.noted(&card).await;
    stage.fake.set_bot_standing(stage.group, Standing::Kicked);
    // It expires, and nobody there is told.
    program.expect(&["A chat takes no cards"], SOON);
    program.expect(&["Add the bot to the chat again"], SOON);
    let lost = |it: &&Event| matches!(it.fact, Fact::Alarm(Alarm::RoomLost { .. }));
    let told = stage.events().await;
    assert_eq!(told.iter().filter(lost).count(), 1);
    let standing = Standing::Administrator;
    stage.fake.set_bot_standing(stage.group, standing);
    stage.until(card.id, is_bare).await;
    // What comes later is shown as well.
    stage.message(&["A chat takes no cards"]).await;
    let told = stage.events().await;
    assert_eq!(told.iter().filter(lost).count(), 1, "it is told once");
    program.expect(&["Its cause was gone"], SOON);
    let ran = quit(program);
    let cards = ran
        .out
        .lines()
        .filter(|line| *line == "A chat takes no cards");
    // Once when it began, and once when it was over.
    assert_eq!(cards.count(), 2, "{}", ran.out);
    assert_eq!(ran.out.matches("Its cause was gone").count(), 1);
    stage.well_behaved();
}

// R19
#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_is_missing_in_any_words_is_an_alarm_and_no_lost_card() {
    let stage = Stage::new().await;
    let muted = Fault::Refused("have no rights to send a message");
    stage.fake.fail_next("sendMessage", 1_000, muted);
    let mut program = stage.demo(&[]);
    program.expect(&["A chat takes no cards"], SOON);
    program.expect(&["have no rights to send a message"], SOON);
    program.expect(&["let it write"], SOON);
    quit(program);
    stage.well_behaved();
}
