//! Rights: who may not gets a private answer, a row in the log, and nothing else happens.

use countersign_cards::Action;
use countersign_domain::{event::Fact, exit::ExitReason, ids::TicketId};
use countersign_fakes::telegram::Message;

use super::stage::{CONFIRM, Stage, data, labels, quit};

// R28
#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_press_of_any_button_is_answered_privately_and_written_down() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.card().await;
    let before = stage.fake.chat(stage.group).seen().count();
    let buttons = labels(&card);
    for label in &buttons {
        let press = stage.mallory.presses(stage.group, card.id, label);
        let answer = stage.answered(&press).await;
        assert!(
            answer.alert && !answer.text.is_empty(),
            "{label}: {answer:?}"
        );
    }
    assert_eq!(stage.strangers().await, buttons.len());
    let chat = stage.fake.chat(stage.group);
    assert_eq!(chat.seen().count(), before, "nobody else is told anything");
    assert_eq!(chat.messages[&card.id].versions, card.versions);
    assert_eq!(stage.orders().await, 0);
    quit(program);
    stage.well_behaved();
}

// R28
#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_takes_no_question_away_from_who_was_asked() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.card().await;
    let press = stage.ana.presses(stage.group, card.id, "✖ Reject");
    stage.answered(&press).await;
    let why = stage
        .fake
        .until(stage.group, |chat| {
            let mut seen = chat.seen();
            seen.find(|it| it.reply_to == Some(card.id)).cloned()
        })
        .await;
    let reason = labels(&why).swap_remove(0);
    let press = stage.mallory.presses(stage.group, why.id, &reason);
    assert!(stage.answered(&press).await.alert);
    let press = stage.ana.presses(stage.group, why.id, &reason);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    stage
        .until(card.id, |it| it.text().contains("Ticket declined"))
        .await;
    quit(program);
    stage.well_behaved();
}

// R29
#[tokio::test(flavor = "multi_thread")]
async fn who_lost_the_right_decides_nothing_on_a_card_from_before() {
    let stage = Stage::new().await;
    let killed = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    stage.noted(&card).await;
    drop(killed);
    let (ana, bo) = (&stage.ana, &stage.bo);
    stage.configure_as(
        &[stage.group],
        &[(ana, "Ana", "viewer"), (bo, "Bo", "trader")],
    );
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let press = ana.presses(stage.group, card.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(
        answer.alert && answer.text.contains("trader"),
        "{}",
        answer.text
    );
    assert_eq!(stage.orders().await, 0);
    let press = bo.presses(stage.group, card.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    assert_eq!(stage.orders().await, 1);
    quit(program);
    stage.well_behaved();
}

// R31
#[tokio::test(flavor = "multi_thread")]
async fn a_press_acts_on_what_it_names_whatever_was_decided_before() {
    let stage = Stage::new().await;
    let quick = ["trade.ticket_seconds=600", "trade.entry_walk.every_s=1"];
    // Slow enough that a question counts for 6 seconds at the least.
    let program = stage.demo(&["--speed", "5", "--set", quick[0], "--set", quick[1]]);
    let two = confirmed(&stage).await;

    // Their positions stand in a list as well; the last of it is closed, and not the first.
    let opened = |it: &Fact| match it {
        Fact::PositionOpened { position, .. } => Some(*position),
        _ => None,
    };
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(50));
    let mut open = Vec::new();
    while open.len() < 2 {
        looks.tick().await;
        open = told(&stage, opened).await;
    }
    let last = *open.iter().max().expect("a position");
    let before = stage.fake.chat(stage.group).last().map_or(0, |it| it.id);
    let press = stage
        .ana
        .forges(stage.group, two[1].id, &Action::Close(last).encode());
    stage.answered(&press).await;
    let question = stage
        .fake
        .until(stage.group, |chat| {
            let asked = chat
                .seen()
                .find(|it| it.id > before && it.reply_to == Some(two[1].id));
            asked.cloned()
        })
        .await;
    let press = stage
        .ana
        .presses(stage.group, question.id, &labels(&question)[0]);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    let by_a_person = told(&stage, |it| match it {
        Fact::ExitDecided {
            position,
            reason: ExitReason::Human,
            ..
        } => Some(*position),
        _ => None,
    });
    assert_eq!(by_a_person.await, [last]);
    quit(program);
    stage.well_behaved();
}

/// Confirms the first two tickets, each by its own card; the cards.
async fn confirmed(stage: &Stage) -> [Message; 2] {
    let mut two = stage
        .fake
        .until(stage.group, |chat| {
            let open = chat
                .seen()
                .filter(|it| it.text().contains("Ticket offered"));
            let open: Vec<_> = open.take(2).cloned().collect();
            <[_; 2]>::try_from(open).ok()
        })
        .await;
    // The later one first: the list in which they stood is another one after that.
    two.sort_by_key(|card| std::cmp::Reverse(ticket(card)));
    let mut named = Vec::new();
    for card in &two {
        named.push(ticket(card));
        let press = stage.ana.presses(stage.group, card.id, CONFIRM);
        assert!(!stage.answered(&press).await.alert);
        let confirmed = told(stage, |it| match it {
            Fact::TicketConfirmed { ticket, .. } => Some(*ticket),
            _ => None,
        });
        assert_eq!(confirmed.await, named);
    }
    two
}

/// The ticket of a card that can be confirmed.
fn ticket(card: &Message) -> TicketId {
    let confirm = Action::decode(&data(card, "Confirm")).expect("a button of ours");
    confirm.ticket().expect("a ticket")
}

/// What the desk wrote down of that kind, in order.
async fn told<T>(stage: &Stage, wanted: impl Fn(&Fact) -> Option<T>) -> Vec<T> {
    let events = stage.events().await;
    events.iter().filter_map(|it| wanted(&it.fact)).collect()
}

// R28 R31
#[tokio::test(flavor = "multi_thread")]
async fn what_was_forged_does_nothing() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    let card = stage.card().await;
    let (ana, group) = (&stage.ana, stage.group);
    let events = stage.events().await.len();

    let nobodys = TicketId::from_bits(0x1234_5678_9abc_def0_1234);
    let elsewhere = countersign_domain::ids::DeskId::from_bits(0x1234_5678_9abc_def0_1234);
    let confirm = data(&card, "Confirm");
    let forged = [
        (format!("v1:confirm:{nobodys}:1"), "no such ticket"),
        (confirm.replace(":1", ":7"), "old"),
        (confirm.replace("v1", "v9"), "old"),
        (format!("v1:halt:{elsewhere}:0"), "Another process"),
        (format!("v1:leave:{elsewhere}:0"), "Another process"),
        ("v1:confirm:0:1".to_owned(), "could not be read"),
        ("'; drop table tickets; --".to_owned(), "could not be read"),
        ("\u{202e}\u{0}😀".to_owned(), "could not be read"),
        ("v1:".repeat(200), "could not be read"),
        (String::new(), "could not be read"),
    ];
    for (payload, told) in forged {
        let answer = stage.told(ana, &card, &payload).await;
        assert!(
            answer.alert && answer.text.contains(told),
            "{payload:?}: {}",
            answer.text
        );
    }

    // A chat that is none of the desk's, although the bot is there.
    let other = stage.fake.group("Elsewhere", &[ana]);
    let there = ana.sends(other, "hello");
    let press = ana.forges(other, there, &confirm);
    let answer = stage.answered(&press).await;
    assert!(
        answer.alert && answer.text.contains("no desk here"),
        "{}",
        answer.text
    );

    // The words of a form in a message of somebody else.
    let desk = stage.desk().await;
    let form = ana.sends(group, &format!("Halt\n\nv1:halt:{desk}:0 reason"));
    ana.replies_to(group, form, "because");
    let again = stage.told(ana, &card, "v1:").await;
    assert!(again.alert);

    let new: Vec<Fact> = stage
        .events()
        .await
        .drain(events..)
        .map(|it| it.fact)
        .collect();
    let refused = |it: &Fact| matches!(it, Fact::Refused { .. });
    assert!(new.iter().all(refused), "{new:?}");
    assert_eq!(stage.orders().await, 0);
    let now = &stage.fake.chat(group).messages[&card.id];
    assert_eq!(now.versions, card.versions);
    quit(program);
    stage.well_behaved();
}

// R28
#[tokio::test(flavor = "multi_thread")]
async fn what_an_older_card_carried_takes_no_buttons_from_a_newer_one() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let older = stage.card().await;
    stage.noted(&older).await;
    let confirm = data(&older, "Confirm");
    let declined = confirm.replace("confirm", "decline-risk");
    assert!(!stage.told(&stage.ana, &older, &declined).await.alert);
    let newer = stage
        .fake
        .until(stage.group, |chat| {
            let card = chat.with_text("Ticket offered")?;
            (card.id > older.id).then(|| card.clone())
        })
        .await;
    let forged = stage.told(&stage.mallory, &newer, &confirm).await;
    assert!(
        forged.alert && !forged.text.contains("copy"),
        "{}",
        forged.text
    );
    let press = stage.ana.presses(stage.group, newer.id, CONFIRM);
    assert!(!stage.answered(&press).await.alert);
    let touched = stage.fake.calls();
    let touched = touched
        .iter()
        .filter(|it| it.method == "editMessageReplyMarkup");
    assert_eq!(touched.count(), 0);
    quit(program);
    stage.well_behaved();
}
