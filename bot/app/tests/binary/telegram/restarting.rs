//! A restart with many open cards, and presses that arrive meanwhile.

use std::{collections::BTreeMap, fs, time::Duration};

use countersign_domain::event::Fact;
use countersign_fakes::telegram::Message;

use super::stage::{Stage, data, labels, quit};
use crate::crowd::settings;

/// Cards that are open.
const CARDS: usize = 50;
/// Shares that all trade in a trend, so that the first look at the market offers that many.
const SYMBOLS: usize = 75;
/// A chat takes a card each second.
const LONG: Duration = Duration::from_secs(150);

/// A chat of one person, since a group would take 20 cards in a minute, and much to offer.
async fn with_one_person() -> Stage {
    let mut stage = Stage::new().await;
    stage.fake = stage.fake.patient(LONG);
    stage.group = stage.fake.private(&stage.ana);
    stage.configure(&[stage.group]);
    let config = stage.home.path().join("config.toml");
    let mut text = fs::read_to_string(&config).expect("its settings");
    text.push_str(&settings(SYMBOLS));
    fs::write(&config, text).expect("the settings");
    stage
}

// R13
#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_with_fifty_open_cards_every_press_is_answered_right() {
    let stage = with_one_person().await;
    let killed = stage.demo(&[]);
    let cards: Vec<Message> = stage
        .fake
        .until(stage.group, |chat| {
            let open = chat
                .seen()
                .filter(|it| it.text().contains("Ticket offered"));
            let open: Vec<Message> = open.cloned().collect();
            (open.len() >= CARDS).then_some(open)
        })
        .await;
    stage.noted(cards.last().expect("cards")).await;
    drop(killed);

    // Half of them are decided while nothing runs and while it comes up, each twice.
    let half = &cards[..CARDS / 2];
    let (early, later) = half.split_at(half.len() / 2);
    let pressed_twice = |card: &Message| {
        let confirm = data(card, "Confirm");
        let twice = [(); 2].map(|()| stage.ana.forges(stage.group, card.id, &confirm));
        (card.id, twice)
    };
    let mut presses: Vec<_> = early.iter().map(pressed_twice).collect();
    let program = stage.demo(&[]);
    presses.extend(later.iter().map(pressed_twice));
    let mut good = BTreeMap::new();
    for (card, twice) in &presses {
        for press in twice {
            let answer = stage.answered(press).await;
            if answer.alert {
                let known = ["Confirmed by Ana", "old", "limits", "expired"];
                let known = known.iter().any(|it| answer.text.contains(it));
                assert!(known, "{}", answer.text);
            } else {
                *good.entry(*card).or_insert(0) += 1;
            }
        }
    }
    assert!(good.values().all(|it| *it == 1), "{good:?}");
    let events = stage.events().await;
    let yes = |it: &&Fact| matches!(it, Fact::TicketConfirmed { .. });
    let yes = events.iter().map(|it| &it.fact).filter(yes).count();
    assert_eq!(yes, good.len());
    println!("{yes} of {} were confirmed", presses.len());

    // What was decided can be decided no more, and what can be pressed does something.
    for card in good.keys() {
        stage
            .until(*card, |it| {
                !labels(it).iter().any(|it| it.contains("Confirm"))
            })
            .await;
    }
    for card in &cards[CARDS / 2..CARDS] {
        let now = &stage.fake.chat(stage.group).messages[&card.id];
        assert!(!labels(now).is_empty(), "{}", now.text());
        let answer = stage.told(&stage.ana, now, &data(now, "Snooze")).await;
        assert!(!answer.alert, "{}", answer.text);
    }
    quit(program);
    stage.well_behaved();
}
