//! The connection: cut, refused, forgotten; and a process that starts again.

use std::time::Duration;

use countersign_fakes::discord::permissions;

use super::stage::{SOON, Stage, labels, pressed};

#[tokio::test(flavor = "multi_thread")]
async fn after_a_cut_the_gateway_is_resumed_and_presses_are_heard() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    stage.fake.ready(SOON).await.expect("a session");
    stage.fake.cut_gateway();
    // Pressed while nobody listens: told again on the way back.
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    let resumed = stage.fake.wait("resume", SOON, |fake| {
        let (_, resumes, _) = fake.gateway_counts();
        (resumes > 0).then_some(())
    });
    resumed.await.expect("it resumes");
    let seen = stage.fake.interaction(press).expect("the press");
    assert!(
        seen.callback.is_some() || seen.refused == [10062],
        "{seen:?}"
    );
    stage.quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn after_its_session_was_called_invalid_it_begins_another_one() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    stage.fake.ready(SOON).await.expect("a session");
    stage.fake.invalidate_sessions(false);
    let begun = stage.fake.wait("second session", SOON, |fake| {
        let (identifies, ..) = fake.gateway_counts();
        (identifies > 1 && fake.connected() == 1).then_some(())
    });
    begun.await.expect("it identifies again");
    let press = pressed(&stage.ana, card.id, "Confirm");
    assert!(stage.answered(press).await.is_ephemeral());
    stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    stage.quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_none_any_more_is_said_on_the_terminal_and_the_desk_goes_on() {
    let stage = Stage::new().await;
    let mut program = stage.demo(&[]);
    stage.offer().await;
    stage.fake.ready(SOON).await.expect("a session");
    stage.fake.reset_token();
    program.expect(&["Discord", "the token is not valid"], SOON);
    program.press("c");
    program.expect(&["confirmed"], SOON);
    stage.quit(program);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_cannot_be_read_is_said_once_on_the_terminal() {
    let stage = Stage::new().await;
    let mut program = stage.demo(&[]);
    let card = stage.offer().await;
    stage.fake.ready(SOON).await.expect("a session");
    stage.fake.garble_interactions(2);
    pressed(&stage.ana, card.id, "Confirm");
    pressed(&stage.ana, card.id, "Confirm");
    program.expect(&["something that was heard could not be read"], SOON);
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    let ran = stage.quit(program);
    let told = ran
        .out
        .matches("something that was heard could not be read")
        .count();
    assert_eq!(told, 1, "{}", ran.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_was_taken_away_is_said_on_the_terminal_with_what_mends_it() {
    let stage = Stage::new().await;
    stage
        .fake
        .bot_loses(stage.channel, permissions::VIEW_CHANNEL);
    let mut program = stage.demo(&[]);
    program.expect(&["View Channel"], SOON);
    stage.quit(program);
    stage.well_behaved();
}

// R13
#[tokio::test(flavor = "multi_thread")]
async fn cards_of_a_process_that_died_are_pressed_in_the_next_one() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    drop(program);
    let program = stage.demo(&[]);
    stage
        .fake
        .wait("second session", SOON, |fake| {
            let (identifies, ..) = fake.gateway_counts();
            (identifies > 1 && fake.connected() == 1).then_some(())
        })
        .await
        .expect("it identifies again");
    let press = pressed(&stage.ana, card.id, "Confirm");
    assert!(stage.answered(press).await.is_ephemeral());
    let decided = stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    assert!(decided.text().contains("Ana"), "{}", decided.text());
    stage.one_message_each();
    stage.quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn with_no_connections_left_it_waits_until_there_are_and_says_so_once() {
    let stage = Stage::new().await;
    stage.fake.set_identify_budget(0);
    stage.fake.reset_identify_budget_in(Duration::from_secs(12));
    let mut program = stage.demo(&[]);
    program.expect(&["no connections are left"], SOON);
    let card = stage.offer().await;
    stage.fake.ready(SOON).await.expect("a session");
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    let requests = stage.fake.requests();
    let asked = requests
        .iter()
        .filter(|it| it.operation == "get_bot_gateway");
    // The library asks once more when it begins.
    assert!(asked.count() <= 4, "it does not ask again and again");
    let ran = stage.quit(program);
    let told = ran.out.matches("Alarm: Presses are not heard").count();
    assert_eq!(told, 1, "{}", ran.out);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_intents_are_said_once_with_what_mends_it_and_the_desk_goes_on() {
    let stage = Stage::new().await;
    let mut program = stage.demo(&[]);
    stage.offer().await;
    stage.fake.ready(SOON).await.expect("a session");
    stage.fake.close_gateway(4014);
    program.expect(&["intents", "developer portal"], SOON);
    program.press("c");
    program.expect(&["confirmed"], SOON);
    // After a while the gateway is tried again, and presses are heard.
    let again = stage.fake.wait("another session", SOON, |fake| {
        let (identifies, ..) = fake.gateway_counts();
        (identifies > 1 && fake.connected() == 1).then_some(())
    });
    again.await.expect("it is tried again");
    let card = stage.offer().await;
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    let ran = stage.quit(program);
    let told = ran.out.matches("Alarm: Presses are not heard").count();
    assert_eq!(told, 1, "{}", ran.out);
    stage.well_behaved();
}
