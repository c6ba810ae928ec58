//! Updates that come twice, late, or in another order.

use countersign_domain::event::Fact;
use countersign_fakes::telegram::{Call, Fault};

use super::stage::{CONFIRM, Stage, data, quit};

async fn facts(stage: &Stage, wanted: impl Fn(&Fact) -> bool) -> usize {
    let events = stage.events().await;
    events.iter().filter(|it| wanted(&it.fact)).count()
}

fn is_refusal(fact: &Fact) -> bool {
    matches!(fact, Fact::Refused { .. })
}

fn is_yes(fact: &Fact) -> bool {
    matches!(fact, Fact::TicketConfirmed { .. })
}

// R15
#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_is_delivered_twice_and_again_later_has_one_effect() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.card().await;
    stage.fake.double_next_updates(1);
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    stage.answered(&press).await;
    stage.fake.repeat_confirmed_updates(1);
    let answers = |calls: &[Call]| {
        calls
            .iter()
            .filter(|it| it.method == "answerCallbackQuery")
            .count()
    };
    // The platform takes one answer to a press; more do no harm.
    stage.fake.until_calls(|calls| answers(calls) >= 2).await;
    assert_eq!(facts(&stage, is_yes).await, 1);
    // It is known again, and no second yes that would have to be refused.
    assert_eq!(facts(&stage, is_refusal).await, 0);
    assert_eq!(stage.orders().await, 1);
    quit(program);
    stage.well_behaved();
}

// R15
#[tokio::test(flavor = "multi_thread")]
async fn of_a_yes_and_a_no_that_change_places_the_first_to_arrive_counts() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.card().await;
    let declined = data(&card, "Confirm").replace("confirm", "decline-risk");
    stage.fake.reorder_next_updates(2);
    let yes = stage.ana.presses(stage.group, card.id, CONFIRM);
    let no = stage.ana.forges(stage.group, card.id, &declined);
    let (yes, no) = (stage.answered(&yes).await, stage.answered(&no).await);
    assert!(yes.alert != no.alert, "{yes:?} {no:?}");
    let was_no = |it: &Fact| matches!(it, Fact::TicketDeclined { .. });
    let decided = facts(&stage, is_yes).await + facts(&stage, was_no).await;
    assert_eq!(decided, 1);
    quit(program);
    stage.well_behaved();
}

// R5 R15
#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_was_refused_is_never_told_to_have_counted_when_it_comes_again() {
    let stage = Stage::new().await;
    let killed = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    stage.noted(&card).await;
    // Bo may not; the answer is lost with the process, and the press comes again.
    stage
        .fake
        .fail_next("answerCallbackQuery", 1, Fault::Silence);
    let press = stage.bo.presses(stage.group, card.id, CONFIRM);
    stage
        .fake
        .until_calls(|calls| calls.iter().any(|it| it.method == "answerCallbackQuery"))
        .await;
    drop(killed);
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    // Not to the listener that died.
    let began = |it: &&Call| it.method == "getMe";
    let both = |calls: &[Call]| calls.iter().filter(began).count() == 2;
    stage.fake.until_calls(both).await;
    stage.fake.repeat_confirmed_updates(1);
    let answer = stage.answered(&press).await;
    assert!(answer.text.contains("taken in before"), "{}", answer.text);
    assert_eq!(stage.orders().await, 0);
    quit(program);
    stage.well_behaved();
}

// R15
#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_nobody_can_read_is_answered_and_keeps_no_other_one_waiting() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.card().await;
    stage
        .fake
        .deliver(serde_json::json!({ "callback_query": { "id": "1", "from": 7 } }));
    stage
        .fake
        .deliver(serde_json::json!({ "message": ["no", "message"] }));
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    assert!(!stage.answered(&press).await.alert);
    let answers = |it: &&Call| it.method == "answerCallbackQuery";
    stage
        .fake
        .until_calls(|calls| calls.iter().filter(answers).count() == 2)
        .await;
    quit(program);
    // The fake says that these two are nothing the platform would send.
    let violations = stage.fake.violations();
    let own = violations
        .iter()
        .filter(|it| it.what.contains("the fake itself"));
    assert_eq!(own.count(), violations.len(), "{violations:?}");
}
