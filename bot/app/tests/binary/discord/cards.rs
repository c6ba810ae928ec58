//! Cards: one message each, whatever happens on the way.

use countersign_fakes::discord::Trouble;

use super::stage::{SOON, Stage, labels};

#[tokio::test(flavor = "multi_thread")]
async fn a_card_whose_posting_was_never_answered_is_one_message() {
    let stage = Stage::new().await;
    let lost = stage
        .fake
        .trouble("create_message", 1, &Trouble::LoseAnswer);
    lost.expect("an operation");
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    let posted = stage.fake.wait("second posting", SOON, |fake| {
        let requests = fake.requests();
        let posts = requests
            .iter()
            .filter(|it| it.operation == "create_message");
        (posts.count() > 1).then_some(())
    });
    posted.await.expect("it is posted again");
    let press = stage.press(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    stage.one_message_each();
    stage.quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_somebody_deleted_is_shown_again_while_something_can_be_pressed() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    let press = stage.press(&stage.ana, card.id, "Edit");
    stage.answered(press).await;
    stage.fake.delete_message(card.id);
    let handed_in = stage
        .ana
        .submits(press, &[("contracts", "1")])
        .expect("a form");
    stage.answered(handed_in).await;
    let again = stage.message(&["revision 2"]).await;
    assert_ne!(again.id, card.id);
    let press = stage.press(&stage.ana, again.id, "Confirm");
    stage.answered(press).await;
    stage
        .until(again.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    stage.quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_wait_it_waits_and_the_card_comes() {
    let stage = Stage::new().await;
    let wait = Trouble::RateLimited {
        retry_after: std::time::Duration::from_secs(4),
        global: false,
    };
    stage
        .fake
        .trouble("create_message", 1, &wait)
        .expect("an operation");
    let program = stage.demo(&[]);
    stage.offer().await;
    let requests = stage.fake.requests();
    let posts: Vec<_> = requests
        .iter()
        .filter(|it| it.operation == "create_message")
        .collect();
    let [refused, next, ..] = &posts[..] else {
        panic!("{posts:?}");
    };
    assert_eq!((refused.status, next.status), (429, 200));
    assert!(next.at_us - refused.at_us >= 4_000_000, "{posts:?}");
    stage.quit(program);
    stage.well_behaved();
}
