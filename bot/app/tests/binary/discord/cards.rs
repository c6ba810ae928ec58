//! Cards: one message each, whatever happens on the way.

use countersign_fakes::discord::{MessageSeen, Request, Trouble};

use super::stage::{SOON, Stage, labels, pressed};

/// Waits until so many postings failed, as the desk saw it, and each of them was answered later.
async fn posted_again(stage: &Stage, failed: usize) {
    let again = stage.fake.wait("second postings", SOON, |fake| {
        let mut posts = fake.requests();
        posts.retain(|it| it.operation == "create_message");
        let (answered, lost): (Vec<_>, Vec<_>) = posts.iter().partition(|it| it.status == 200);
        let nonce = |it: &Request| it.body["nonce"].clone();
        let is_answered = |lost: &&Request| answered.iter().any(|it| nonce(it) == nonce(lost));
        (lost.len() == failed && lost.iter().all(is_answered)).then_some(())
    });
    again.await.expect("they are posted again");
}

// R24
#[tokio::test(flavor = "multi_thread")]
async fn a_card_whose_posting_was_never_answered_is_one_message() {
    let stage = Stage::new().await;
    let lost = stage
        .fake
        .trouble("create_message", 1, &Trouble::LoseAnswer);
    lost.expect("an operation");
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    posted_again(&stage, 1).await;
    let press = pressed(&stage.ana, card.id, "Confirm");
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

// R16
#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_somebody_deleted_is_shown_again_while_something_can_be_pressed() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    let press = pressed(&stage.ana, card.id, "Edit");
    stage.answered(press).await;
    stage.fake.delete_message(card.id);
    let handed_in = stage
        .ana
        .submits(press, &[("contracts", "1")])
        .expect("a form");
    stage.answered(handed_in).await;
    let again = stage.message(&["revision 2"]).await;
    assert_ne!(again.id, card.id);
    let press = pressed(&stage.ana, again.id, "Confirm");
    stage.answered(press).await;
    stage
        .until(again.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    stage.quit(program);
    stage.well_behaved();
}

// R16
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

// R16
#[tokio::test(flavor = "multi_thread")]
async fn told_to_wait_again_and_again_it_loses_nothing_and_the_alarm_goes_first() {
    let stage = Stage::new().await;
    let wait = Trouble::RateLimited {
        retry_after: std::time::Duration::from_secs(4),
        global: false,
    };
    let told = stage.fake.trouble("create_message", 3, &wait);
    told.expect("an operation");
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let posts = |fake: &countersign_fakes::discord::DiscordFake| {
        let mut requests = fake.requests();
        requests.retain(|it| it.operation == "create_message");
        requests
    };
    let first = stage.fake.wait("a post", SOON, |fake| {
        (!posts(fake).is_empty() && !fake.commands(None).is_empty()).then_some(())
    });
    first.await.expect("a post");
    stage.fake.ready(SOON).await.expect("a session");
    // While it waits something comes that cannot be read, of which an alarm tells.
    stage.fake.garble_interactions(1);
    let asked = stage.ana.slash(stage.channel, "status", &[]);
    asked.expect("a command");
    let alarm = stage.message(&["Presses are not heard"]).await;
    let card = stage.offer().await;
    assert!(alarm.id < card.id, "{} {}", alarm.text(), card.text());
    let posts = posts(&stage.fake);
    let refused: Vec<_> = posts.iter().filter(|it| it.status == 429).collect();
    assert_eq!(refused.len(), 3, "{posts:?}");
    // Nothing was called before the time was over.
    for pair in posts.windows(2).filter(|pair| pair[0].status == 429) {
        assert!(pair[1].at_us - pair[0].at_us >= 4_000_000, "{pair:?}");
    }
    stage.one_message_each();
    stage.quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_on_a_message_that_is_not_the_tickets_own_decides_nothing_and_takes_its_buttons() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let two = stage.fake.wait("two cards", SOON, |fake| {
        let open = |it: &MessageSeen| labels(it).iter().any(|it| it.contains("Confirm"));
        let cards = fake.messages(fake.channel()).into_iter().filter(open);
        <[MessageSeen; 2]>::try_from(cards.collect::<Vec<_>>()).ok()
    });
    let [one, other] = two.await.expect("two cards");
    let confirm = &one.buttons()[0].custom_id;
    let press = stage.ana.forges_press(other.id, confirm).expect("a press");
    let answer = stage.answered(press).await;
    assert!(answer.is_ephemeral(), "{answer:?}");
    stage.until(other.id, |it| labels(it).is_empty()).await;
    let now = stage.fake.message(one.id).expect("the card");
    assert_eq!(labels(&now), labels(&one));
    stage.quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_whose_posting_happened_and_was_answered_with_an_error_is_one_message() {
    let stage = Stage::new().await;
    let broken = stage
        .fake
        .trouble("create_message", 2, &Trouble::DoneBut(500));
    broken.expect("an operation");
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    posted_again(&stage, 2).await;
    stage.one_message_each();
    stage.quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_wait_everywhere_nothing_is_called_until_then_and_nothing_is_lost() {
    const WAIT: i64 = 6_000_000;
    let stage = Stage::new().await;
    let program = stage.demo(&["--speed", "5"]);
    let card = stage.offer().await;
    stage.fake.ready(SOON).await.expect("a session");
    let offered = stage.fake.wait("commands", SOON, |fake| {
        (!fake.commands(None).is_empty()).then_some(())
    });
    offered.await.expect("commands");
    let wait = Trouble::RateLimited {
        retry_after: std::time::Duration::from_secs(6),
        global: true,
    };
    let told = stage.fake.trouble("update_message", 1, &wait);
    told.expect("an operation");
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    let decided = stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    assert!(decided.text().contains("Ana"), "{}", decided.text());
    let requests = stage.fake.requests();
    let refused = requests.iter().find(|it| it.status == 429);
    let refused = refused.expect("a refusal").at_us;
    // What was on its way already may arrive.
    let meanwhile = (refused + 300_000)..(refused + WAIT);
    let called = requests.iter().filter(|it| {
        meanwhile.contains(&it.at_us) && it.operation != "create_interaction_response"
    });
    assert_eq!(called.collect::<Vec<_>>(), Vec::<&Request>::new());
    stage.one_message_each();
    stage.quit(program);
    stage.well_behaved();
}
