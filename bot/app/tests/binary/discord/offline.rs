//! A platform that is not there when the desk starts, and comes later.

use std::time::Duration;

use countersign_domain::event::{Event, Fact};

use super::stage::{SOON, Stage, labels, pressed};

/// Who signs a standing approval on this machine.
const LOCAL: &str = "[[operators]]\nname = \"Local\"\nrole = \"admin\"\n\
    identities = [{ surface = \"cli\", user = \"local\" }]\n";

// R19
#[tokio::test(flavor = "multi_thread")]
async fn with_the_platform_down_the_desk_trades_and_exits_and_what_happened_is_shown_later() {
    let stage = Stage::new().await;
    stage.fake.go_down();
    stage.add(LOCAL);
    // One trade, which is over before anything can be shown.
    let once = ["--set", "limits.orders_per_day=1", "--minutes", "390"];
    let quick = ["--auto-confirm", "--speed", "600"];
    let mut program = stage.demo(&[&quick[..], &once].concat());
    program.expect(&["broker", "opened from ticket"], SOON);
    let closed = |it: &Event| matches!(it.fact, Fact::PositionClosed { .. });
    let mut looks = tokio::time::interval(Duration::from_millis(100));
    while !stage.events().await.iter().any(closed) {
        looks.tick().await;
    }
    assert_eq!(stage.fake.requests(), []);
    stage.fake.come_up().await.expect("its port is free");
    let closed = stage.message(&["Position closed", "revision"]).await;
    assert_eq!(labels(&closed), ["Why"], "nothing is left to decide");
    stage.one_message_each();
    stage.quit(program);
    stage.well_behaved();
}

// R19
#[tokio::test(flavor = "multi_thread")]
async fn what_expired_while_the_platform_was_down_cannot_be_pressed_and_what_did_not_can() {
    let stage = Stage::new().await;
    stage.fake.go_down();
    let mut program = stage.demo(&["--set", "trade.ticket_seconds=5"]);
    program.expect(&["[Confirm]"], SOON);
    program.expect(&["expired"], SOON);
    stage.fake.come_up().await.expect("its port is free");
    let expired = stage.message(&["Ticket expired"]).await;
    assert_eq!(labels(&expired), Vec::<String>::new());
    stage.quit(program);
    stage.well_behaved();
}

// R5 R19
#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_comes_late_but_in_time_can_be_pressed() {
    let stage = Stage::new().await;
    stage.fake.go_down();
    let mut program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    program.expect(&["[Confirm]"], SOON);
    stage.fake.come_up().await.expect("its port is free");
    let card = stage.offer().await;
    stage.fake.ready(SOON).await.expect("a session");
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    assert_eq!(stage.orders().await, 1);
    stage.quit(program);
    stage.well_behaved();
}

// R19
#[tokio::test(flavor = "multi_thread")]
async fn an_alarm_that_is_told_late_says_how_late() {
    let stage = Stage::new().await;
    stage.fake.go_down();
    // The third start without an end in between is an alarm.
    for _ in 0..2 {
        let mut killed = stage.demo(&["--set", "demo.speed=1"]);
        killed.expect(&["Trading is"], SOON);
        drop(killed);
    }
    let mut program = stage.demo(&[]);
    program.expect(&["Crashed several times in a row"], SOON);
    // A second is a minute here.
    countersign_chat::budget::wait(Duration::from_secs(3)).await;
    stage.fake.come_up().await.expect("its port is free");
    let late = stage.message(&["Crashed several times", "min late"]).await;
    assert!(late.text().contains("Told"), "{}", late.text());
    stage.quit(program);
    stage.well_behaved();
}
