//! Many cards that wait: they are posted at nearly the platform's own pace, and never above it.

use std::{fs, time::Duration};

use countersign_fakes::telegram::Message;

use super::stage::{Stage, quit};
use crate::backlog::{Backlog, PATIENCE, QUIET, pace, shows_all};

/// Private chats that are shown every card, and cards that wait at least.
const SMALL: (usize, usize) = (40, 240);

/// Underlyings where figures are wanted: about a hundred tickets in an hour, and most become positions.
const SYMBOLS: usize = 72;

/// Calls that the platform takes from one bot in a second.
const CAP: f64 = 30.0;

// R16
#[tokio::test(flavor = "multi_thread")]
async fn cards_that_waited_are_posted_at_the_platforms_pace_and_none_is_refused() {
    let backlog = Backlog::of(SMALL, SYMBOLS);
    let stage = Stage::new().await;
    let people = (0..backlog.rooms).map(|it| stage.fake.person(&format!("Reader {it}")));
    let people: Vec<_> = people.collect();
    let chats: Vec<i64> = people.iter().map(|it| stage.fake.private(it)).collect();
    stage.configure_as(&chats, &[(&stage.ana, "Ana", "admin")]);
    let config = stage.home.path().join("config.toml");
    let text = fs::read_to_string(&config).expect("its settings");
    fs::write(&config, text + &backlog.settings()).expect("the settings");
    stage.fake.down().await;
    let ran = stage.demo(&backlog.gathering()).end(PATIENCE);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let wanted = Backlog::gathered(&stage.events().await);
    assert!(backlog.suffices(wanted.len()), "{} cards", wanted.len());

    stage.fake.up().await.expect("its port is free");
    let program = stage.demo(&QUIET);
    let mut looks = tokio::time::interval(Duration::from_secs(1));
    let shows = |chat: &i64| {
        let chat = stage.fake.chat(*chat);
        shows_all(chat.seen().map(Message::text), &wanted)
    };
    let drained = async {
        while !chats.iter().all(shows) {
            looks.tick().await;
        }
    };
    let drained = tokio::time::timeout(PATIENCE, drained).await;
    drained.expect("every card is shown");
    let calls = stage.fake.calls();
    let counted = calls
        .iter()
        .filter(|it| it.code == 200 && it.chat.is_some());
    let cards = wanted.len() * chats.len();
    let what = format!("Telegram: {cards} cards in {} chats", chats.len());
    pace(&what, counted.map(|it| it.at).collect(), CAP);
    quit(program);
    stage.well_behaved();
}
