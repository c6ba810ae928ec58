//! Updates that are posted to the binary instead of being asked for.

use std::{fmt::Write as _, fs, net::TcpListener};

use countersign_domain::event::{Alarm, Event, Fact};
use countersign_fakes::telegram::{Fault, Person, Press, Seal};
use rustix::process::Signal;
use serde_json::{Value, json};

use super::stage::{CONFIRM, SOON, Stage, labels, quit};
use crate::program::{Program, Ran};

/// Where a proxy of one's own stands.
pub(super) const HOST: &str = "https://desk.example";
/// What it passes on.
pub(super) const HOOK: &str = "https://desk.example/telegram";
/// The note of it in the home folder.
const NOTE: &str = "telegram-webhook";
const LONG: [&str; 2] = ["--set", "trade.ticket_seconds=600"];

/// A port that is free now.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its number").port()
}

impl Stage {
    /// Has updates posted to a proxy that passes them on to the binary.
    pub(super) fn hook(&self) {
        let port = free_port();
        let config = self.home.path().join("config.toml");
        let mut text = fs::read_to_string(&config).expect("its settings");
        let _ = writeln!(text, "webhook = \"{HOOK}\"\nwebhook_port = {port}");
        fs::write(config, text).expect("the settings");
        self.fake.pass_on(HOST, &format!("http://127.0.0.1:{port}"));
    }

    /// How often it was written down that presses are not heard.
    async fn deaf(&self) -> usize {
        let deaf = |it: &&Event| matches!(it.fact, Fact::Alarm(Alarm::Deaf { .. }));
        self.events().await.iter().filter(deaf).count()
    }

    /// A press of somebody, as the platform would tell of it.
    fn update(&self, who: &Person, like: &Press, id: &str) -> Value {
        let mut update = self.fake.update_of(like);
        update["update_id"] = json!(1);
        update["callback_query"]["id"] = json!(id);
        update["callback_query"]["from"]["id"] = json!(who.id());
        update
    }

    fn said_no_secret(&self, secret: &str, ran: &Ran) {
        for output in [&ran.out, &ran.err] {
            let line = output.lines().find(|line| line.contains(secret));
            assert_eq!(line, None);
        }
        for entry in fs::read_dir(self.home.path()).expect("the folder") {
            let path = entry.expect("an entry").path();
            let bytes = fs::read(&path).unwrap_or_default();
            let has = bytes
                .windows(secret.len())
                .any(|it| it == secret.as_bytes());
            assert!(!has, "{}", path.display());
        }
    }
}

// R15 R28
#[tokio::test(flavor = "multi_thread")]
async fn a_posted_press_makes_one_order_and_what_does_not_carry_the_secret_makes_none() {
    let stage = Stage::new().await;
    stage.hook();
    let mut command = stage.command(&LONG);
    command.env("RUST_LOG", "trace");
    let program = Program::of(command);
    assert_eq!(stage.fake.until_posted_to().await, HOOK);
    let card = stage.card().await;
    let looked = stage.bo.presses(stage.group, card.id, CONFIRM);
    assert!(stage.answered(&looked).await.alert);

    let forged = stage.update(&stage.ana, &looked, "forged");
    for seal in [Seal::Missing, Seal::Forged, Seal::Missing, Seal::Forged] {
        assert_eq!(stage.fake.posts(forged.to_string(), seal).await, 401);
    }
    assert_eq!(stage.fake.posts("no update", Seal::Missing).await, 401);
    assert_eq!(
        stage.deaf().await,
        0,
        "whoever finds the address calls nobody"
    );
    // Many of them in a short time are told once.
    for _ in 0..40 {
        stage.fake.posts("no update", Seal::Missing).await;
    }
    let told = |it: &&Event| matches!(it.fact, Fact::Alarm(Alarm::Forged { .. }));
    assert_eq!(stage.events().await.iter().filter(told).count(), 1);
    assert_eq!(stage.orders().await, 0);
    // The same with the secret is a press.
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    assert_eq!(stage.orders().await, 1);
    let calls = stage.fake.calls();
    assert!(
        calls.iter().all(|it| it.method != "getUpdates"),
        "it is asked"
    );
    let secret = stage.fake.webhook_secret().expect("a secret");
    assert!(secret.len() >= 32, "{secret}");
    stage.said_no_secret(&secret, &quit(program));
    stage.well_behaved();
}

// R15
#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_is_posted_again_and_again_has_one_effect() {
    let stage = Stage::new().await;
    stage.hook();
    let program = stage.demo(&LONG);
    stage.fake.until_posted_to().await;
    let card = stage.card().await;
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    let again = stage.fake.update_of(&press).to_string();
    for _ in 0..3 {
        assert_eq!(stage.fake.posts(again.clone(), Seal::Proper).await, 200);
    }
    assert_eq!(stage.orders().await, 1);
    // It is known again, and no second yes that would have to be refused.
    let refused = |it: &&Event| matches!(it.fact, Fact::Refused { .. });
    assert_eq!(stage.events().await.iter().filter(refused).count(), 0);
    quit(program);
    stage.well_behaved();
}

// R15
#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_answered_once_its_press_is_written_down() {
    let stage = Stage::new().await;
    stage.hook();
    let killed = stage.demo(&LONG);
    stage.fake.until_posted_to().await;
    let card = stage.card().await;
    let looked = stage.bo.presses(stage.group, card.id, CONFIRM);
    stage.answered(&looked).await;
    let press = stage.update(&stage.ana, &looked, "beside the others");
    assert_eq!(stage.fake.posts(press.to_string(), Seal::Proper).await, 200);
    // Nothing is waited for: what was answered is kept, whatever happens next.
    drop(killed);
    assert_eq!(stage.orders().await, 1);
}

// R15
#[tokio::test(flavor = "multi_thread")]
async fn killed_after_the_decision_and_before_the_answer_a_posted_press_has_one_effect() {
    let stage = Stage::new().await;
    stage.hook();
    let killed = stage.demo(&LONG);
    stage.fake.until_posted_to().await;
    let card = stage.card().await;
    stage.noted(&card).await;
    stage.fake.lose_post_answers(true);
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    let decided = async {
        let mut looks = tokio::time::interval(std::time::Duration::from_millis(20));
        while stage.orders().await == 0 {
            looks.tick().await;
        }
    };
    tokio::time::timeout(SOON, decided).await.expect("a press");
    drop(killed);
    assert_eq!(stage.fake.waiting_updates(), 1, "it was never answered");
    stage.fake.lose_post_answers(false);
    let program = stage.demo(&LONG);
    stage.fake.until_taken().await;
    stage.answered(&press).await;
    assert_eq!(stage.orders().await, 1);
    quit(program);
    stage.well_behaved();
}

// R15
#[tokio::test(flavor = "multi_thread")]
async fn killed_before_it_read_what_was_posted_a_press_is_heard_after_the_restart() {
    let stage = Stage::new().await;
    stage.hook();
    let stopped = stage.demo(&LONG);
    stage.fake.until_posted_to().await;
    let card = stage.card().await;
    stage.noted(&card).await;
    stopped.signal(Signal::STOP);
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    stage.fake.until_posting().await;
    drop(stopped);
    assert_eq!(stage.orders().await, 0);
    let program = stage.demo(&LONG);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    assert_eq!(stage.orders().await, 1);
    assert_eq!(stage.deaf().await, 0, "the old secret is no alarm");
    quit(program);
    stage.well_behaved();
}

// R18
#[tokio::test(flavor = "multi_thread")]
async fn what_is_posted_and_is_no_update_is_told_once_and_stops_nothing() {
    let stage = Stage::new().await;
    stage.hook();
    let program = stage.demo(&LONG);
    stage.fake.until_posted_to().await;
    let card = stage.card().await;
    let long = "x".repeat((1 << 20) + 1);
    let deep = "[".repeat(100_000);
    let highest = json!({"update_id": u32::MAX, "message": null}).to_string();
    for body in ["", "\u{0}", "null", "{}", &long, &deep, &highest] {
        let body = body.to_owned().into_bytes();
        assert_eq!(stage.fake.posts(body, Seal::Proper).await, 200);
    }
    stage
        .message(&["Presses are not heard", "could not be read"])
        .await;
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    assert_eq!(stage.deaf().await, 1, "it is told once");
    let ran = quit(program);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
}

// R20
#[tokio::test(flavor = "multi_thread")]
async fn who_is_to_ask_again_takes_back_its_own_webhook_and_nobody_elses() {
    let stage = Stage::new().await;
    let without = stage.home.path().join("config.toml");
    let settings = fs::read(&without).expect("its settings");
    stage.hook();
    let first = stage.demo(&LONG);
    stage.fake.until_posted_to().await;
    let card = stage.card().await;
    stage.noted(&card).await;
    // A desk that is down hears later what is pressed meanwhile.
    drop(first);
    let press = stage.ana.presses(stage.group, card.id, CONFIRM);
    fs::write(&without, &settings).expect("the settings");
    let asks = stage.demo(&LONG);
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    assert_eq!(stage.fake.webhook(), None);
    assert!(!stage.home.path().join(NOTE).exists());
    assert_eq!(stage.deaf().await, 0);
    quit(asks);

    stage.fake.set_webhook("https://other.example/");
    let aside = stage.demo(&LONG);
    stage.message(&["Presses are not heard"]).await;
    quit(aside);
    let webhook = stage.fake.webhook();
    assert_eq!(webhook.as_deref(), Some("https://other.example/"));
    assert_eq!(stage.orders().await, 1);
}

// R25
#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_cannot_be_taken_back_is_an_alarm_elsewhere_until_it_is() {
    let stage = Stage::new().await;
    let without = stage.home.path().join("config.toml");
    let settings = fs::read(&without).expect("its settings");
    stage.hook();
    let first = stage.demo(&LONG);
    stage.fake.until_posted_to().await;
    quit(first);
    fs::write(&without, &settings).expect("the settings");
    stage.fake.fail_next("getWebhookInfo", 6, Fault::Cut);
    let mut program = stage.demo(&["--set", "trade.alarms.deaf_s=3"]);
    program.expect(&["Presses are not heard", "Telegram"], SOON);
    program.expect(&["The cause of the alarm", "Presses are not heard"], SOON);
    assert_eq!(stage.fake.webhook(), None);
    quit(program);
}
