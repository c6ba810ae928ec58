//! `countersign doctor` looks at the bot before anybody needs it.

use countersign_fakes::telegram::{Rights, Standing};
use serde_json::json;

use super::{
    posted::HOOK,
    stage::{SOON, Stage, quit},
};
use crate::program::{BINARY, Ran, command};

impl Stage {
    fn doctor(&self, token: &str) -> Ran {
        let home = self.home.path().display().to_string();
        let mut command = command(BINARY, self.home.path());
        let ran = command
            .env("COUNTERSIGN_TELEGRAM_TOKEN", token)
            .args(["doctor", "--home", &home])
            .output()
            .expect("the binary starts");
        Ran {
            code: ran.status.code(),
            out: String::from_utf8_lossy(&ran.stdout).into_owned(),
            err: String::from_utf8_lossy(&ran.stderr).into_owned(),
        }
    }
}

/// What the doctor says of Telegram, with its fix.
fn told(ran: &Ran) -> String {
    let lines = ran
        .out
        .lines()
        .skip_while(|line| !line.contains("telegram"));
    lines.take(2).collect::<Vec<_>>().join(" ")
}

// R60
#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_a_wrong_token_a_webhook_and_a_chat_that_the_bot_is_not_in() {
    let stage = Stage::new().await;
    let fresh = stage.doctor(&stage.fake.token());
    assert!(told(&fresh).contains("commands yet"), "{fresh:?}");
    assert!(told(&fresh).contains("note"), "{fresh:?}");
    let program = stage.demo(&[]);
    let everybody = json!({ "type": "default" });
    stage
        .fake
        .until_calls(|_| stage.fake.commands(&everybody, "").is_some())
        .await;
    quit(program);
    let good = stage.doctor(&stage.fake.token());
    assert!(told(&good).contains("ok"), "{good:?}");
    assert!(told(&good).contains(&stage.fake.bot_name()), "{good:?}");

    let other = "1234567:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let wrong = stage.doctor(other);
    assert!(told(&wrong).contains("BotFather"), "{wrong:?}");
    assert!(!format!("{wrong:?}").contains("AAAAAAAA"), "{wrong:?}");

    stage.fake.set_bot_standing(stage.group, Standing::Kicked);
    let gone = stage.doctor(&stage.fake.token());
    assert!(told(&gone).contains("add the bot to the chat"), "{gone:?}");

    stage.fake.down().await;
    let down = stage.doctor(&stage.fake.token());
    assert!(told(&down).contains("FAULT"), "{down:?}");
    assert!(
        !format!("{down:?}").contains(&stage.fake.token()),
        "{down:?}"
    );
}

// R60
#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_where_updates_are_posted_and_what_is_in_the_way() {
    let stage = Stage::new().await;
    stage.fake.set_webhook("https://other.example/hidden");
    let ran = stage.doctor(&stage.fake.token());
    assert!(told(&ran).contains("delete the bot's webhook"), "{ran:?}");
    assert!(told(&ran).contains("other.example"), "{ran:?}");
    assert!(!format!("{ran:?}").contains("hidden"), "{ran:?}");

    stage.hook();
    let ran = stage.doctor(&stage.fake.token());
    assert!(told(&ran).contains("stop what listens there"), "{ran:?}");
    stage.fake.set_webhook(HOOK);
    let ran = stage.doctor(&stage.fake.token());
    assert!(!told(&ran).contains("FAULT"), "{ran:?}");
    // Nobody is there.
    stage.ana.sends(stage.group, "/status");
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(100));
    let found = async {
        loop {
            looks.tick().await;
            let said = told(&stage.doctor(&stage.fake.token()));
            if said.contains("Connection refused") {
                return said;
            }
        }
    };
    let said = tokio::time::timeout(SOON, found).await.expect("it is told");
    assert!(said.contains("updates wait (1)"), "{said}");
    assert!(said.contains("telegram.webhook_port"), "{said}");
}

// R60
#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_what_the_bot_may_not_do_and_a_clock_that_is_wrong() {
    let stage = Stage::forum().await;
    let doctor = || told(&stage.doctor(&stage.fake.token()));
    let rights = |pin, send, topics| {
        let rights = Rights {
            pin,
            send,
            topics,
            ..Rights::ALL
        };
        stage.fake.set_rights(stage.group, rights);
    };
    rights(true, true, false);
    let said = doctor();
    assert!(
        said.contains("manage topics") && said.contains("note"),
        "{said}"
    );
    // Restricted is not mute.
    stage
        .fake
        .set_bot_standing(stage.group, Standing::Restricted);
    rights(false, true, true);
    let said = doctor();
    assert!(
        said.contains("may not pin") && said.contains("note"),
        "{said}"
    );
    rights(true, false, true);
    let said = doctor();
    assert!(
        said.contains("may not write") && said.contains("FAULT"),
        "{said}"
    );

    stage.fake.skew_dates(60);
    let said = doctor();
    assert!(said.contains("Telegram's clock"), "{said}");
    assert!(said.contains("FAULT") && said.contains("set-ntp"), "{said}");
}
