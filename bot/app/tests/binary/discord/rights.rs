//! Rights: who may not gets a private answer, a row in the log, and nothing else happens.

use countersign_domain::{event::Fact, ids::TicketId};
use countersign_fakes::discord::MessageSeen;

use super::stage::{SOON, Stage, data, labels, ticket};
use crate::kept;

// R28
#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_press_of_any_button_is_answered_privately_and_written_down() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.watchlist=AAPL"]);
    let card = stage.offer().await;
    let before = stage.fake.messages(stage.channel).len();
    let buttons = labels(&card);
    for label in &buttons {
        let press = stage.mallory.presses(card.id, label).expect("a button");
        // The platform takes no answer after 3 s.
        let answer = stage.answered(press).await;
        let callback = answer.callback.as_ref().expect("an answer");
        assert!(callback.kind == 4 && answer.is_ephemeral(), "{answer:?}");
        assert!(!answer.text().is_empty() && answer.refused.is_empty());
    }
    assert_eq!(kept::strangers(stage.home.path()).await, buttons.len());
    let now = stage.fake.message(card.id).expect("the card");
    assert_eq!(now.looks, card.looks);
    assert_eq!(stage.fake.messages(stage.channel).len(), before);
    assert_eq!(stage.orders().await, 0);
    stage.quit(program);
    stage.well_behaved();
}

// R31
#[tokio::test(flavor = "multi_thread")]
async fn a_press_acts_on_the_ticket_that_it_names_and_on_no_other() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let two = stage.fake.wait("two cards", SOON, |fake| {
        let open = |it: &MessageSeen| labels(it).iter().any(|it| it.contains("Confirm"));
        let cards = fake.messages(fake.channel()).into_iter().filter(open);
        <[MessageSeen; 2]>::try_from(cards.collect::<Vec<_>>()).ok()
    });
    // The later one first: the list in which they stood is another one after that.
    let mut two = two.await.expect("two cards");
    two.sort_by_key(|card| std::cmp::Reverse(ticket(card)));
    let mut named = Vec::new();
    for card in &two {
        named.push(ticket(card));
        let press = stage.ana.presses(card.id, "Confirm").expect("a button");
        stage.answered(press).await;
        assert_eq!(confirmed(&stage).await, named);
    }
    stage.quit(program);
    stage.well_behaved();
}

/// The tickets that somebody said yes to, in order.
async fn confirmed(stage: &Stage) -> Vec<TicketId> {
    let events = stage.events().await;
    let yes = |it: &Fact| match it {
        Fact::TicketConfirmed { ticket, .. } => Some(*ticket),
        _ => None,
    };
    events.iter().filter_map(|it| yes(&it.fact)).collect()
}

// R28 R31
#[tokio::test(flavor = "multi_thread")]
async fn what_was_forged_does_nothing() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.watchlist=AAPL"]);
    let card = stage.offer().await;
    let events = stage.events().await.len();
    let nobodys = TicketId::from_bits(0x1234_5678_9abc_def0_1234);
    let confirm = data(&card, "Confirm");
    let forged = [
        (format!("v1:confirm:{nobodys}:1"), "no such ticket"),
        (confirm.replace(":1", ":7"), "old"),
        (confirm.replace("v1", "v9"), "old"),
        ("v1:confirm:0:1".to_owned(), "could not be read"),
        ("'; drop table tickets; --".to_owned(), "could not be read"),
        ("\u{202e}😀".to_owned(), "could not be read"),
    ];
    for (payload, told) in forged {
        let press = stage.ana.forges_press(card.id, &payload);
        let answer = stage.answered(press.expect("a press")).await;
        assert!(answer.is_ephemeral(), "{answer:?}");
        assert!(
            answer.text().contains(told),
            "{payload:?}: {}",
            answer.text()
        );
    }
    let new = stage.events().await.split_off(events);
    let refused = |it: &Fact| matches!(it, Fact::Refused { .. });
    assert!(new.iter().all(|it| refused(&it.fact)), "{new:?}");
    let now = stage.fake.message(card.id).expect("the card");
    assert_eq!(now.looks, card.looks);
    stage.quit(program);
    stage.well_behaved();
}
