//! A gateway that is connected and hands over nothing: what the desk posts does not come back on it.

use super::stage::{SOON, Stage, labels, pressed};

/// A few seconds of silence are an alarm.
const SOON_DEAF: [&str; 2] = ["--set", "trade.alarms.deaf_s=6"];

// R25
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_hands_over_nothing_is_left_and_what_it_kept_is_heard() {
    let stage = Stage::new().await;
    let program = stage.demo(&SOON_DEAF);
    let card = stage.offer().await;
    stage.fake.ready(SOON).await.expect("a session");
    stage.fake.deafen_connections();
    pressed(&stage.ana, card.id, "Confirm");
    let resumed = stage.fake.wait("resume", SOON, |fake| {
        let (_, resumes, _) = fake.gateway_counts();
        (resumes > 0).then_some(())
    });
    resumed.await.expect("it begins another connection");
    stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    let (identifies, ..) = stage.fake.gateway_counts();
    assert_eq!(identifies, 1, "the session goes on");
    let ran = stage.quit(program);
    assert!(!ran.out.contains("Presses are not heard"), "{}", ran.out);
    stage.well_behaved();
}

// R25
#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_hands_over_nothing_on_any_connection_is_an_alarm_elsewhere() {
    let stage = Stage::new().await;
    let mut program = stage.demo(&SOON_DEAF);
    stage.offer().await;
    stage.fake.ready(SOON).await.expect("a session");
    stage.fake.keep_events(true);
    let parts = ["Presses are not heard", "Discord", "tells nothing"];
    program.expect(&parts, SOON);
    // What still goes out says so there as well.
    stage.message(&["Presses are not heard"]).await;
    let (_, resumes, _) = stage.fake.gateway_counts();
    assert!(resumes > 0, "another connection was tried before");
    stage.fake.keep_events(false);
    program.expect(&["The cause of the alarm", "Presses are not heard"], SOON);
    let card = stage.offer().await;
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    let ran = stage.quit(program);
    let told = ran.out.matches("Alarm: Presses are not heard").count();
    assert_eq!(told, 1, "{}", ran.out);
    stage.well_behaved();
}
