//! A restart with many open cards, and presses that arrive meanwhile.

use countersign_domain::event::Fact;
use countersign_fakes::discord::MessageSeen;

use super::stage::{SOON, Stage, data, labels};
use crate::{crowd::settings, kept};

/// Cards that are open; a channel takes one each second.
const CARDS: usize = 12;
/// Shares, of which most are offered at the first look.
const SYMBOLS: usize = 18;

// R13
#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_with_many_open_cards_every_press_is_answered_right() {
    let stage = Stage::new().await;
    stage.add(&settings(SYMBOLS));
    let killed = stage.demo(&[]);
    let open = |it: &MessageSeen| labels(it).iter().any(|it| it.contains("Confirm"));
    let cards = stage.fake.wait("cards", SOON, |fake| {
        let cards = fake.messages(fake.channel()).into_iter().filter(&open);
        let cards: Vec<MessageSeen> = cards.collect();
        (cards.len() >= CARDS).then_some(cards)
    });
    let cards = cards.await.expect("many cards");
    stage.noted(cards.last().expect("cards")).await;
    drop(killed);

    let program = stage.demo(&[]);
    stage.listens_again().await;
    let (decided, left) = cards.split_at(CARDS / 2);
    let mut good = 0;
    for card in decided {
        // Twice: the second one comes too late.
        let confirm = data(card, "Confirm");
        for _ in 0..2 {
            let press = stage.ana.presses_late(card.id, &confirm);
            let answer = stage.answered(press.expect("it was there")).await;
            let text = answer.text();
            let known = ["Your yes", "Confirmed by Ana", "old", "limits", "expired"];
            assert!(known.iter().any(|it| text.contains(it)), "{text}");
        }
        let now = stage.until(card.id, |it| it.looks.len() > 1).await;
        good += usize::from(!open(&now));
    }
    let yes = |it: &Fact| matches!(it, Fact::TicketConfirmed { .. });
    assert_eq!(kept::facts(stage.home.path(), yes).await, good);
    assert!(good > 0);
    for card in &left[..CARDS / 4] {
        let now = stage.fake.message(card.id).expect("the card");
        let press = stage.ana.presses(now.id, "Snooze").expect("a button");
        assert!(stage.answered(press).await.is_ephemeral());
    }
    stage.one_message_each();
    stage.quit(program);
    stage.well_behaved();
}
