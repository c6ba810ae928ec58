//! A restart with many open cards, and presses that arrive meanwhile.

use std::fs;

use countersign_domain::{event::Fact, ids::TicketId};
use countersign_fakes::discord::MessageSeen;

use super::stage::{SOON, Stage, data, labels, ticket};
use crate::{crowd::settings, kept};

/// Cards that are open. A channel takes one each second, so that there are some channels.
const CARDS: usize = 50;
const CHANNELS: usize = 5;
const TICKETS: usize = CARDS / CHANNELS;
/// Shares, of which most are offered at the first look.
const SYMBOLS: usize = 18;

/// Every channel of the desk.
fn channels(stage: &Stage) -> Vec<u64> {
    let more = (1..CHANNELS).map(|number| stage.fake.add_channel(&format!("desk-{number}")));
    let channels: Vec<u64> = [stage.channel].into_iter().chain(more).collect();
    let config = stage.home.path().join("config.toml");
    let text = fs::read_to_string(&config).expect("the settings");
    let (one, all) = (format!("[{}]", stage.channel), format!("{channels:?}"));
    assert!(text.contains(&one), "{text}");
    fs::write(&config, text.replace(&one, &all)).expect("the settings");
    stage.add(&settings(SYMBOLS));
    channels
}

fn is_open(card: &MessageSeen) -> bool {
    labels(card).iter().any(|it| it.contains("Confirm"))
}

/// The open cards of the first tickets, one in each channel.
async fn open(stage: &Stage, channels: &[u64]) -> Vec<Vec<MessageSeen>> {
    let cards = stage.fake.wait("cards", SOON, |fake| {
        let of = |channel: &u64| -> Vec<(TicketId, MessageSeen)> {
            let cards = fake.messages(*channel).into_iter().filter(is_open);
            cards.map(|it| (ticket(&it), it)).collect()
        };
        let all: Vec<_> = channels.iter().map(of).collect();
        let everywhere = |ticket: &TicketId| -> Option<Vec<MessageSeen>> {
            let card = |cards: &Vec<(TicketId, MessageSeen)>| {
                let found = cards.iter().find(|(known, _)| known == ticket);
                found.map(|(_, card)| card.clone())
            };
            all.iter().map(card).collect()
        };
        let tickets = all[0].iter().map(|(ticket, _)| ticket);
        let cards: Vec<_> = tickets.filter_map(everywhere).take(TICKETS).collect();
        (cards.len() == TICKETS).then_some(cards)
    });
    cards.await.expect("many cards")
}

// R13
#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_with_fifty_open_cards_every_press_is_answered_right() {
    let stage = Stage::new().await;
    let channels = channels(&stage);
    let killed = stage.demo(&[]);
    let cards = open(&stage, &channels).await;
    assert_eq!(cards.iter().flatten().count(), CARDS);
    for card in cards.last().expect("cards") {
        stage.noted_in(card.channel, card).await;
    }
    drop(killed);

    let program = stage.demo(&[]);
    stage.listens_again().await;
    let (decided, left) = cards.split_at(TICKETS / 2);
    let mut good = 0;
    for (at, of_ticket) in decided.iter().enumerate() {
        // Everywhere, of which the first one counts and the others come too late.
        let confirm = data(&of_ticket[0], "Confirm");
        for place in 0..CHANNELS {
            let card = &of_ticket[(at + place) % CHANNELS];
            let press = stage.ana.presses_late(card.id, &confirm);
            let answer = stage.answered(press.expect("it was there")).await;
            let text = answer.text();
            let known = ["Your yes", "Confirmed by Ana", "old", "limits", "expired"];
            assert!(known.iter().any(|it| text.contains(it)), "{text}");
        }
        let first = of_ticket[at % CHANNELS].id;
        let now = stage.until(first, |it| it.looks.len() > 1).await;
        good += usize::from(!is_open(&now));
    }
    let yes = |it: &Fact| matches!(it, Fact::TicketConfirmed { .. });
    assert_eq!(kept::facts(stage.home.path(), yes).await, good);
    assert!(good > 0);
    for card in left.iter().flatten() {
        let press = stage.ana.presses_late(card.id, "Snooze").expect("a button");
        assert!(stage.answered(press).await.is_ephemeral());
    }
    stage.one_message_each();
    stage.quit(program);
    stage.well_behaved();
}
