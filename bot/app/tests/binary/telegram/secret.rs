//! The token is nowhere but on the wire.

use std::{fs, path::Path};

use countersign_fakes::telegram::Fault;

use super::stage::{CONFIRM, SOON, Stage, quit};
use crate::program::Program;

/// Files below a folder that hold these bytes.
fn holding(folder: &Path, secret: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(holding(&path, secret));
        } else if let Ok(bytes) = fs::read(&path)
            && bytes.windows(secret.len()).any(|it| it == secret)
        {
            found.push(path.display().to_string());
        }
    }
    found
}

// R22
#[tokio::test(flavor = "multi_thread")]
async fn the_token_is_in_no_output_no_error_and_no_file_whatever_fails() {
    let stage = Stage::new().await;
    for fault in [Fault::TooMany(1), Fault::Cut, Fault::LoseAnswer] {
        stage.fake.fail_next("sendMessage", 1, fault);
        stage.fake.fail_next("editMessageText", 1, fault);
        stage.fake.fail_next("answerCallbackQuery", 1, fault);
    }
    for fault in [Fault::Conflict, Fault::Cut] {
        stage.fake.fail_next("getUpdates", 1, fault);
    }
    stage
        .fake
        .fail_next("editMessageText", 1, Fault::BadGateway);
    let mut command = stage.command(&["--set", "trade.ticket_seconds=600"]);
    command
        .env("RUST_LOG", "trace")
        .env("RUST_BACKTRACE", "full");
    let program = Program::of(command);
    let card = stage.card().await;
    for _ in 0..3 {
        stage.bo.presses(stage.group, card.id, CONFIRM);
    }
    // These meet the faults; what comes after them is answered.
    stage
        .fake
        .until_calls(|calls| {
            let answers = calls.iter().filter(|it| it.method == "answerCallbackQuery");
            answers.count() >= 3
        })
        .await;
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    stage.answered(&press).await;
    stage.fake.down().await;
    stage.fake.up().await.expect("its port is free");
    stage.until(card.id, |it| it.text().contains("Ana")).await;
    let ran = quit(program);

    // The whole of it, and the half that is secret.
    let token = stage.fake.token();
    let (_, half) = token.split_once(':').expect("a number and a secret");
    assert!(ran.err.contains("TRACE"), "everything is said");
    for output in [&ran.out, &ran.err] {
        let line = output.lines().find(|line| line.contains(half));
        assert_eq!(line, None);
    }
    let found = holding(stage.home.path(), half.as_bytes());
    assert_eq!(found, Vec::<String>::new());
    stage.well_behaved();
}

// R22
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_none_is_said_once_without_itself() {
    let stage = Stage::new().await;
    let wrong = "7000000009:AAWrongSecretOfNobody_0123456789abc";
    let mut command = stage.command(&[]);
    command
        .env("COUNTERSIGN_TELEGRAM_TOKEN", wrong)
        .env("RUST_LOG", "trace");
    let mut program = Program::of(command);
    program.expect(&["Presses are not heard"], SOON);
    let ran = quit(program);
    for output in [&ran.out, &ran.err] {
        assert!(!output.contains("AAWrongSecretOfNobody"), "{output}");
    }
    let cards = ran
        .out
        .lines()
        .filter(|line| *line == "Presses are not heard");
    assert_eq!(cards.count(), 1, "{}", ran.out);
    let refused = stage
        .fake
        .calls()
        .into_iter()
        .filter(|it| it.code == 401)
        .count();
    assert!((1..=30).contains(&refused), "{refused} calls");
}
