//! Many presses at once.

use std::time::Duration;

use countersign_domain::event::Fact;
use countersign_fakes::telegram::{Person, Press};

use super::stage::{Stage, data, is_bare, quit};

/// Presses in a second, and for how many seconds.
const RATE: u32 = 100;
const SECONDS: u32 = 10;

/// A stage on which ten more people may trade.
async fn with_traders() -> (Stage, Vec<Person>) {
    let stage = Stage::new().await;
    let names: Vec<String> = (0..10).map(|it| format!("Trader {it}")).collect();
    let traders: Vec<Person> = names.iter().map(|name| stage.fake.person(name)).collect();
    for trader in &traders {
        trader.joins(stage.group);
    }
    let people = traders
        .iter()
        .zip(&names)
        .map(|(it, name)| (it, name.as_str(), "trader"));
    let mut people: Vec<_> = people.collect();
    people.push((&stage.ana, "Ana", "admin"));
    stage.configure_as(&[stage.group], &people);
    (stage, traders)
}

/// How long the slowest of a hundred answers took, and the slowest of all.
fn latencies(stage: &Stage, presses: &[Press]) -> (Duration, Duration) {
    let all = stage.fake.presses();
    let known = |press: &Press| all.iter().find(|it| it.id == press.id);
    let took = presses.iter().filter_map(|press| known(press)?.latency());
    let mut took: Vec<Duration> = took.collect();
    assert_eq!(took.len(), presses.len(), "every press is answered");
    took.sort_unstable();
    (took[took.len() * 99 / 100], took[took.len() - 1])
}

// R1 R14
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_presses_on_one_ticket_make_one_order_and_999_polite_answers() {
    let (stage, traders) = with_traders().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    let confirm = data(&card, "Confirm");
    let press = |at: usize| traders[at % traders.len()].forges(stage.group, card.id, &confirm);
    let presses: Vec<Press> = (0..1_000).map(press).collect();
    let mut good = 0;
    for press in &presses {
        let answer = stage.answered(press).await;
        assert!(!answer.text.is_empty());
        if answer.alert {
            assert!(
                answer.text.contains("Confirmed by Trader"),
                "{}",
                answer.text
            );
        } else {
            good += 1;
        }
    }
    assert_eq!(good, 1);
    let events = stage.events().await;
    let yes = |it: &&Fact| matches!(it, Fact::TicketConfirmed { .. });
    assert_eq!(events.iter().map(|it| &it.fact).filter(yes).count(), 1);
    let (p99, slowest) = latencies(&stage, &presses);
    println!("1,000 presses at once: p99 {p99:?}, the slowest {slowest:?}");
    quit(program);
    stage.well_behaved();
}

// R14
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_presses_in_a_second_are_answered_in_time() {
    let (stage, traders) = with_traders().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    let (confirm, snooze) = (data(&card, "Confirm"), data(&card, "Snooze"));
    let mut beats = tokio::time::interval(Duration::from_secs(1) / RATE);
    let mut presses = Vec::new();
    for at in 0..RATE * SECONDS {
        beats.tick().await;
        let who = &traders[usize::try_from(at).expect("small") % traders.len()];
        // A yes in the middle, so that some presses decide and some come too late.
        let yes = at % 3 == 0 && at > RATE * SECONDS / 2;
        let payload = if yes { &confirm } else { &snooze };
        presses.push(who.forges(stage.group, card.id, payload));
    }
    for press in &presses {
        stage.answered(press).await;
    }
    let (p99, slowest) = latencies(&stage, &presses);
    println!("{RATE} presses/s for {SECONDS} s: p99 {p99:?}, the slowest {slowest:?}");
    // After its 15 s the platform would have refused an answer.
    let calls = stage.fake.calls();
    let mut answers = calls.iter().filter(|it| it.method == "answerCallbackQuery");
    assert!(answers.all(|it| it.code == 200));
    stage
        .until(card.id, |it| !it.text().contains("Ticket offered"))
        .await;
    let bare = stage
        .until(card.id, |it| is_bare(it) || !it.text().contains("offered"))
        .await;
    assert!(!bare.text().is_empty());
    quit(program);
    stage.well_behaved();
}
