//! `countersign doctor` looks at the bot before anybody needs it.

use countersign_fakes::telegram::Standing;

use super::stage::Stage;
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
