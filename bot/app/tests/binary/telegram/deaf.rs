//! Nobody can press a button for the bot: that nothing comes is noticed all the same.

use countersign_domain::event::Fact;
use countersign_fakes::telegram::Fault;

use super::stage::{SOON, Stage, data, quit};
use crate::kept;

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

// R15
#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_waits_is_done_once_though_the_bot_learns_its_name_late() {
    let stage = Stage::new().await;
    // Written while nothing runs; and at first the platform does not say what the bot is called.
    let asked = stage.ana.sends(stage.group, "/halt the news are odd");
    stage.fake.fail_next("getMe", 3, Fault::BadGateway);
    let program = stage.demo(&[]);
    let question = stage.answer_to(stage.group, asked).await;
    let answer = stage
        .told(&stage.ana, &question, &data(&question, "Yes"))
        .await;
    assert!(!answer.alert, "{}", answer.text);
    let changed = |it: &Fact| matches!(it, Fact::TradingChanged { .. });
    let before = kept::facts(stage.home.path(), changed).await;
    assert!(before >= 1, "it halts");
    stage.fake.until_taken().await;
    assert_eq!(kept::facts(stage.home.path(), changed).await, before);
    let named = stage.fake.calls();
    let named = named.iter().filter(|it| it.method == "getMe");
    assert_eq!(
        named.map(|it| it.code).collect::<Vec<_>>(),
        [502, 502, 502, 200]
    );
    quit(program);
    stage.well_behaved();
}

// R25
#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_does_not_learn_its_name_is_an_alarm_elsewhere() {
    let stage = Stage::new().await;
    stage.fake.fail_next("getMe", 1_000, Fault::BadGateway);
    let mut program = stage.demo(&SOON_DEAF);
    program.expect(&["Presses are not heard", "Telegram"], SOON);
    quit(program);
    stage.well_behaved();
}
