//! The token is nowhere but on the wire.

use std::fs;

use countersign_fakes::telegram::{Call, Fault};

use super::stage::{CONFIRM, SOON, Stage, quit};
use crate::{
    program::Program,
    unsaid::{Failing, asked, broken, failed, holding, http, nobody, server, unsaid},
};

/// Addresses of the Bot API that fail, each in its way. Many of them say what they were asked, and what
/// Telegram is asked holds the token.
fn failing() -> [(&'static str, String); 11] {
    let plain = |answer: fn(&str) -> String| format!("http://{}", server(answer));
    [
        ("no such name", "https://nobody.invalid".to_owned()),
        ("refused", format!("http://{}", nobody())),
        (
            "no TLS",
            plain(|asked| http("200 OK", "text/plain", asked)).replace("http:", "https:"),
        ),
        ("401", plain(|asked| refused("401 Unauthorized", asked))),
        ("404", plain(|asked| refused("404 Not Found", asked))),
        ("400", plain(|asked| refused("400 Bad Request", asked))),
        (
            "500",
            plain(|asked| refused("500 Internal Server Error", asked)),
        ),
        (
            "500 of a front",
            plain(|asked| http("500 Internal Server Error", "text/html", asked)),
        ),
        (
            "a redirection",
            plain(|asked| {
                let to = asked.split(' ').nth(1).unwrap_or_default();
                format!("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9{to}\r\n\r\n")
            }),
        ),
        ("no HTTP", plain(|asked| format!("{asked}\r\n\r\n"))),
        ("no answer", plain(|_| String::new())),
    ]
}

fn refused(status: &str, asked: &str) -> String {
    let code: u16 = status[..3].parse().expect("a number");
    let said = format!("{status}: {asked}");
    let body = serde_json::json!({ "ok": false, "error_code": code, "description": said });
    http(status, "application/json", &body.to_string())
}

// R22
#[tokio::test(flavor = "multi_thread")]
async fn however_the_client_fails_the_token_is_said_nowhere() {
    let stage = Stage::new().await;
    let token = stage.fake.token();
    let (_, half) = token.split_once(':').expect("a number and a secret");
    let mut homes = Vec::new();
    let all = failing().map(|(how, api)| {
        let home = tempfile::tempdir().expect("a folder");
        let settings = fs::read_to_string(stage.home.path().join("config.toml"));
        let settings = settings.expect("settings");
        let settings = settings.replace(&stage.fake.address(), &api);
        fs::write(home.path().join("config.toml"), settings).expect("the settings");
        let command = stage.command_in(home.path(), &["--speed", "1"]);
        homes.push(home);
        Failing { how, command }
    });
    for (how, ran) in failed(all.into()).await {
        assert_eq!(ran.code, Some(0), "{how}: {ran:?}");
        assert!(ran.err.contains("Telegram is not heard"), "{how}");
        unsaid(half, how, &ran);
    }
    for home in &homes {
        assert_eq!(holding(home.path(), half.as_bytes()), Vec::<String>::new());
    }
    unsaid(half, "a panic", &broken(stage.command(&[])));
    let tokens = [("COUNTERSIGN_TELEGRAM_TOKEN", token.as_str())];
    for ran in asked(homes[0].path(), &tokens) {
        assert_eq!(ran.code, Some(0), "{ran:?}");
        unsaid(half, "a command", &ran);
    }
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
    let tried = |calls: &[Call]| {
        let tried = calls.iter().filter(|it| it.method == "answerCallbackQuery");
        tried.count() >= 3
    };
    stage.fake.until_calls(tried).await;
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
    unsaid(half, "faults", &ran);
    let shown = stage.fake.chat(stage.group);
    assert!(shown.seen().all(|it| !it.text().contains(half)));
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
