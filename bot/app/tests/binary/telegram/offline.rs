//! A platform that is not there when the desk starts, and comes later.

use super::stage::{SOON, Stage, data, is_bare, labels, quit};

// R19
#[tokio::test(flavor = "multi_thread")]
async fn with_the_platform_down_the_desk_trades_and_exits_and_what_happened_is_shown_later() {
    let stage = Stage::new().await;
    stage.fake.down().await;
    let mut program = stage.demo(&["--auto-confirm", "--speed", "600", "--minutes", "390"]);
    program.expect(&["broker", "opened from ticket"], SOON);
    program.expect(&["broker", "closed"], SOON);
    assert_eq!(stage.fake.calls(), Vec::new());
    stage.fake.up().await.expect("its port is free");
    let closed = stage.message(&["Position closed"]).await;
    assert!(is_bare(&closed), "{:?}", labels(&closed));
    quit(program);
    stage.well_behaved();
}

// R19
#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_late_says_so_and_what_expired_meanwhile_cannot_be_pressed() {
    let stage = Stage::new().await;
    stage.fake.down().await;
    // The third start without an end in between is an alarm.
    for _ in 0..2 {
        let mut killed = stage.demo(&["--set", "demo.speed=1"]);
        killed.expect(&["Worst loss"], SOON);
        drop(killed);
    }
    let mut program = stage.demo(&["--set", "trade.ticket_seconds=5"]);
    program.expect(&["expired"], SOON);
    stage.fake.up().await.expect("its port is free");
    let expired = stage.message(&["Ticket expired"]).await;
    assert!(is_bare(&expired), "{:?}", labels(&expired));
    quit(program);
    stage.well_behaved();
}

// R5 R19
#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_comes_late_but_in_time_can_be_pressed() {
    let stage = Stage::new().await;
    stage.fake.down().await;
    let mut program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    program.expect(&["[Confirm]"], SOON);
    stage.fake.up().await.expect("its port is free");
    let card = stage.card().await;
    let answer = stage.told(&stage.ana, &card, &data(&card, "Confirm")).await;
    assert!(!answer.alert, "{}", answer.text);
    quit(program);
    stage.well_behaved();
}
