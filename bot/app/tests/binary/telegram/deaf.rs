//! Nobody can press a button for the bot: that nothing comes is noticed all the same.

use countersign_fakes::telegram::Fault;

use super::stage::{SOON, Stage, quit};

/// A few seconds of silence are an alarm.
const SOON_DEAF: [&str; 2] = ["--set", "trade.alarms.deaf_s=3"];

// R25
#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_takes_every_call_and_hands_over_nothing_is_an_alarm_elsewhere() {
    let stage = Stage::new().await;
    let mut program = stage.demo(&SOON_DEAF);
    stage.card().await;
    stage.fake.keep_updates(true);
    let asked = stage.ana.sends(stage.group, "/ping");
    let parts = ["Presses are not heard", "Telegram", "updates wait"];
    program.expect(&parts, SOON);
    stage.fake.keep_updates(false);
    stage.answer_to(stage.group, asked).await;
    program.expect(&["The cause of the alarm", "Presses are not heard"], SOON);
    quit(program);
    stage.well_behaved();
}

// R25
#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_answers_no_call_for_updates_is_an_alarm_elsewhere() {
    let stage = Stage::new().await;
    let mut program = stage.demo(&SOON_DEAF);
    stage.card().await;
    stage.fake.fail_next("getUpdates", 1_000, Fault::BadGateway);
    program.expect(&["Presses are not heard", "Telegram"], SOON);
    // What still goes out says so there as well, once.
    stage.message(&["Presses are not heard"]).await;
    let told = program.said();
    assert_eq!(
        told.matches("Alarm: Presses are not heard").count(),
        1,
        "{told}"
    );
    quit(program);
    stage.well_behaved();
}
