//! Many cards that wait: they are posted at nearly the platform's own pace, and never above it.

use std::{collections::BTreeSet, env, fs, time::Duration};

use countersign_domain::event::Fact;
use countersign_fakes::telegram::{Call, Message};

use super::{
    offline::LOCAL,
    stage::{Stage, quit},
};

/// Private chats that are shown every card; `tests/bench` takes more of them.
const CHATS: usize = 40;

/// Calls that the platform takes from one bot in a second.
const CAP: f64 = 30.0;

/// The longest that draining may take.
const PATIENCE: Duration = Duration::from_mins(10);

/// A desk that traded for two hours by itself while the platform was down, and its tickets.
async fn with_cards_waiting(chats: usize) -> (Stage, Vec<i64>, BTreeSet<String>) {
    let stage = Stage::new().await;
    let people = (0..chats).map(|it| stage.fake.person(&format!("Reader {it}")));
    let people: Vec<_> = people.collect();
    let chats: Vec<i64> = people.iter().map(|it| stage.fake.private(it)).collect();
    stage.configure_as(&chats, &[(&stage.ana, "Ana", "admin")]);
    let config = stage.home.path().join("config.toml");
    let mut text = fs::read_to_string(&config).expect("its settings");
    text.push_str(LOCAL);
    fs::write(&config, text).expect("the settings");
    stage.fake.down().await;
    let program = stage.demo(&["--auto-confirm", "--speed", "max", "--minutes", "120"]);
    let ran = program.end(PATIENCE);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let events = stage.events().await;
    let offered = events.iter().filter_map(|it| match &it.fact {
        Fact::TicketOffered(ticket) => Some(ticket.id.to_string()),
        _ => None,
    });
    let tickets: BTreeSet<String> = offered.collect();
    assert!(tickets.len() >= 3, "{tickets:?}");
    (stage, chats, tickets)
}

/// Whether a chat shows every ticket.
fn shows_all(stage: &Stage, chat: i64, tickets: &BTreeSet<String>) -> bool {
    let chat = stage.fake.chat(chat);
    let texts: Vec<&str> = chat.seen().map(Message::text).collect();
    let shown = |ticket: &String| texts.iter().any(|text| text.contains(ticket.as_str()));
    tickets.iter().all(shown)
}

/// How many messages and edits the platform took in a second, while there was always one more.
fn pace(calls: &[Call]) -> (usize, f64) {
    let counts = |it: &&Call| it.code == 200 && it.chat.is_some();
    let mut at: Vec<f64> = calls
        .iter()
        .filter(counts)
        .map(|it| it.at.as_secs_f64())
        .collect();
    at.sort_by(f64::total_cmp);
    let (first, last) = (at[0], at[at.len() - 1]);
    #[expect(clippy::cast_precision_loss, reason = "a count of calls")]
    let calls = (at.len() - 1) as f64;
    (at.len(), calls / (last - first))
}

// R16
#[tokio::test(flavor = "multi_thread")]
async fn cards_that_waited_are_posted_at_the_platforms_pace_and_none_is_refused() {
    let chats = env::var("COUNTERSIGN_DRAIN_CHATS").ok();
    let chats = chats.map_or(CHATS, |it| it.parse().expect("a number of chats"));
    let (stage, chats, tickets) = with_cards_waiting(chats).await;
    stage.fake.up().await.expect("its port is free");
    let program = stage.demo(&[]);
    let mut looks = tokio::time::interval(Duration::from_millis(500));
    let drained = async {
        while !chats.iter().all(|chat| shows_all(&stage, *chat, &tickets)) {
            looks.tick().await;
        }
    };
    let drained = tokio::time::timeout(PATIENCE, drained).await;
    drained.expect("every card is shown");
    let (calls, pace) = pace(&stage.fake.calls());
    println!(
        "figure | {} tickets in {} chats: messages and edits, a second, of the platform's cap | {calls}, {pace:.1}/s, {:.1} % |",
        tickets.len(),
        chats.len(),
        100.0 * pace / CAP,
    );
    quit(program);
    stage.well_behaved();
}
