//! Deciding in the channel: a press on a card makes one order, and the card tells the rest.

use countersign_domain::event::{Event, Fact};
use countersign_fakes::discord::Trouble;

use super::stage::{Stage, labels, pressed};

#[tokio::test(flavor = "multi_thread")]
async fn a_press_in_the_channel_makes_one_order_and_the_card_tells_its_life() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    let text = card.text();
    assert!(
        text.contains("PAPER") && text.contains("Worst loss"),
        "{text}"
    );
    assert!(text.contains(":R>"), "a countdown: {text}");
    let [picture] = &card.attachments[..] else {
        panic!("one picture: {:?}", card.attachments);
    };
    assert_eq!(picture.content_type, "image/png");
    assert!(picture.bytes.starts_with(b"\x89PNG"));
    let alt = picture.description.clone().unwrap_or_default();
    assert!(!alt.is_empty());

    // Somebody whom nobody knows gets a private answer, and nothing else changes.
    for person in [&stage.mallory, &stage.bo] {
        let press = pressed(person, card.id, "Confirm");
        let answer = stage.answered(press).await;
        assert!(
            answer.is_ephemeral() && !answer.text().is_empty(),
            "{answer:?}"
        );
    }
    let same = stage.fake.message(card.id).expect("the card");
    assert_eq!(labels(&same), labels(&card));

    let press = pressed(&stage.ana, card.id, "Confirm");
    let answer = stage.answered(press).await;
    assert!(answer.is_ephemeral(), "{answer:?}");
    let decided = stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    assert!(decided.text().contains("Ana"), "{}", decided.text());
    assert_eq!(decided.attachments, card.attachments, "the picture stays");
    stage.quit(program);
    stage.well_behaved();
}

// R8
#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_edited_by_a_form_and_the_card_shows_its_next_revision() {
    let stage = Stage::new().await;
    // Room for more than one contract.
    let program = stage.demo(&[
        "--set",
        "limits.worst_loss_per_ticket=3000",
        "--set",
        "limits.exposure_per_underlying=3000",
    ]);
    let card = stage.offer().await;
    assert!(card.text().contains("revision 1"), "{}", card.text());
    let press = pressed(&stage.ana, card.id, "Edit");
    let answer = stage.answered(press).await;
    let form = answer.form().expect("a form").clone();
    assert!(
        form["title"]
            .as_str()
            .is_some_and(|it| it.chars().count() <= 45)
    );
    let handed_in = stage
        .ana
        .submits(press, &[("contracts", "1")])
        .expect("a form");
    let answer = stage.answered(handed_in).await;
    assert!(answer.is_ephemeral(), "{answer:?}");
    let edited = stage
        .until(card.id, |it| it.text().contains("revision 2"))
        .await;
    let ([before], [after]) = (&card.attachments[..], &edited.attachments[..]) else {
        panic!("one picture each: {:?}", edited.attachments);
    };
    assert!(
        before.bytes != after.bytes,
        "the picture is of the revision"
    );
    assert_ne!(before.description, after.description);

    // The first card's confirmation is one of what is no longer there.
    let late = stage
        .ana
        .presses_late(card.id, &card.buttons()[0].custom_id);
    let answer = stage.answered(late.expect("a button that was there")).await;
    assert!(answer.is_ephemeral(), "{answer:?}");
    let now = stage.fake.message(card.id).expect("the card");
    assert!(
        labels(&now).iter().any(|it| it.contains("Confirm")),
        "{:?}",
        labels(&now)
    );
    stage.quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn why_somebody_declines_is_asked_below_and_the_question_turns_into_the_answer() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    let press = pressed(&stage.ana, card.id, "Reject");
    let asked = stage.answered(press).await;
    let question = asked.original.clone().expect("a question");
    assert_eq!(question.only_for, Some(stage.ana.id()));
    let reasons = labels(&question);
    assert!(reasons.len() >= 4, "{reasons:?}");
    let press = pressed(&stage.ana, question.id, &reasons[0]);
    stage.answered(press).await;
    let answered = stage.until(question.id, |it| labels(it).is_empty()).await;
    assert_ne!(answered.text(), question.text());
    stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    stage.quit(program);
    stage.well_behaved();
}

// R15
#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_is_told_twice_makes_one_order() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    stage.fake.double_interactions(1);
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    let refused = stage
        .fake
        .wait("second answer", super::stage::SOON, |fake| {
            fake.interaction(press).filter(|it| !it.refused.is_empty())
        });
    assert_eq!(refused.await.expect("both were answered").refused, [40060]);
    let ran = stage.quit(program);
    let orders = ran
        .out
        .lines()
        .filter(|line| line.contains("is written down"));
    assert_eq!(orders.count(), 1, "{}", ran.out);
    // It is known again, and no second yes that would have to be refused.
    let refused = |it: &&Event| matches!(it.fact, Fact::Refused { .. });
    assert_eq!(stage.events().await.iter().filter(refused).count(), 0);
    stage.well_behaved();
}

// R14
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_too_late_neither_stops_nor_repeats_the_decision() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.offer().await;
    let late = Trouble::unknown_interaction();
    let told = stage.fake.trouble("create_interaction_response", 1, &late);
    told.expect("an operation");
    pressed(&stage.ana, card.id, "Confirm");
    let decided = stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    assert!(decided.text().contains("Ana"), "{}", decided.text());
    let requests = stage.fake.requests();
    let answers = requests
        .iter()
        .filter(|it| it.operation == "create_interaction_response");
    assert_eq!(answers.count(), 1);
    stage.quit(program);
    stage.well_behaved();
}
