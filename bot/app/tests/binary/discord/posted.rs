//! Interactions that are posted to the binary instead of being told on the gateway.

use std::{net::TcpListener, time::Duration};

use countersign_domain::event::{Alarm, Event, Fact};
use countersign_fakes::discord::Sealing;

use super::stage::{Stage, labels, pressed};

/// A port that is free now.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its number").port()
}

// R15 R28
#[tokio::test(flavor = "multi_thread")]
async fn a_posted_press_makes_one_order_and_what_the_platform_did_not_sign_makes_none() {
    let stage = Stage::new().await;
    let (port, key) = (free_port(), stage.fake.public_key());
    stage.configure(&format!(
        "interactions_port = {port}\npublic_key = \"{key}\"\n"
    ));
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    let url = format!("http://127.0.0.1:{port}/");
    assert!(stage.fake.accepts_endpoint(&url).await);
    stage.fake.post_interactions_to(Some(&url));

    let press = pressed(&stage.bo, card.id, "Confirm");
    assert!(stage.answered(press).await.is_ephemeral());
    for sealing in [
        Sealing::Unsigned,
        Sealing::Forged,
        Sealing::Stale(Duration::from_mins(10)),
        Sealing::Altered,
        Sealing::Garbled,
    ] {
        let told = stage.fake.post_again(press, &url, sealing).await;
        assert_eq!(told.status, 401, "{sealing:?}");
    }

    // Many of them in a short time are told once.
    for _ in 0..40 {
        stage.fake.post_again(press, &url, Sealing::Forged).await;
    }
    stage.message(&["Forged posts", "20 posts"]).await;
    let forged = |it: &&Event| matches!(it.fact, Fact::Alarm(Alarm::Forged { .. }));
    assert_eq!(stage.events().await.iter().filter(forged).count(), 1);

    let press = pressed(&stage.ana, card.id, "Edit");
    assert!(stage.answered(press).await.form().is_some());
    let press = pressed(&stage.ana, card.id, "Confirm");
    assert!(stage.answered(press).await.is_ephemeral());
    let told = stage.fake.post_again(press, &url, Sealing::Proper).await;
    assert_eq!(told.status, 200, "told twice, it has one effect");
    stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    assert_eq!(stage.fake.connected(), 0, "nobody listens on the gateway");
    let ran = stage.quit(program);
    let orders = ran
        .out
        .lines()
        .filter(|line| line.contains("is written down"));
    assert_eq!(orders.count(), 1, "{}", ran.out);
    stage.well_behaved();
}
