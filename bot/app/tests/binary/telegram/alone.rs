//! Two processes with one token: one of them listens.

use std::fs;

use tempfile::TempDir;

use super::stage::{CONFIRM, Stage, data, quit};
use crate::program::{BINARY, Program, command};

/// Another desk with the same token, in a home of its own, which shows its cards in another chat.
fn another(stage: &Stage, chat: i64) -> (TempDir, Program) {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("config.toml");
    let text = fs::read_to_string(stage.home.path().join("config.toml")).expect("settings");
    let text = text.replace(&format!("[{}]", stage.group), &format!("[{chat}]"));
    fs::write(file, text).expect("the settings");
    let folder = home.path().display().to_string();
    let mut command = command(BINARY, home.path());
    command
        .env("COUNTERSIGN_TELEGRAM_TOKEN", stage.fake.token())
        .args(["demo", "--home", &folder, "--set", "web.enabled=false"])
        .args([
            "--set",
            "desk.name=other",
            "--set",
            "trade.ticket_seconds=600",
        ]);
    (home, Program::of(command))
}

// R20
#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_with_one_token_the_second_says_so_once_and_waits_for_its_turn() {
    let stage = Stage::new().await;
    let first = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    // The first one has listened for a while.
    let begun = stage.fake.now();
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(100));
    while stage.fake.now() < begun + std::time::Duration::from_secs(6) {
        looks.tick().await;
    }
    let other = stage.fake.group("Other", &[&stage.ana]);
    let (_home, second) = another(&stage, other);
    let deaf = |chat: &countersign_fakes::telegram::Chat| {
        chat.seen()
            .filter(|it| it.text().contains("Presses are not heard"))
            .count()
    };
    stage
        .fake
        .until(other, |chat| (deaf(chat) == 1).then_some(()))
        .await;
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    assert_eq!(stage.orders().await, 1);

    let others = stage
        .fake
        .until(other, |chat| chat.with_text("Ticket offered").cloned())
        .await;
    quit(first);
    // Now the second one hears.
    let press = stage
        .ana
        .forges(other, others.id, &data(&others, "Confirm"));
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    assert_eq!(deaf(&stage.fake.chat(other)), 1, "it is said once");
    assert_eq!(deaf(&stage.fake.chat(stage.group)), 0);
    quit(second);
    stage.well_behaved();
}
