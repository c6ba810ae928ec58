//! The token is nowhere but on the wire.

use std::{fs, net::SocketAddr, time::Duration};

use countersign_fakes::discord::{DiscordFake, Request, Trouble};
use tempfile::TempDir;

use super::stage::{SOON, Stage, labels, pressed};
use crate::unsaid::{Failing, asked, broken, failed, holding, nobody, unsaid};

/// What every call meets, for longer than a test takes.
fn always(fake: &DiscordFake, trouble: &Trouble) {
    for operation in [
        "get_bot_gateway",
        "create_message",
        "get_my_oauth2_application",
    ] {
        let told = fake.trouble(operation, 1_000, trouble);
        told.expect("an operation");
    }
}

/// Another server: the stage's desk takes it for Discord.
struct Elsewhere {
    home: TempDir,
    fake: DiscordFake,
}

impl Elsewhere {
    async fn new(stage: &Stage) -> Self {
        let fake = DiscordFake::start().await.expect("a fake");
        let home = tempfile::tempdir().expect("a folder");
        fs::write(home.path().join("ca.pem"), fake.ca_pem()).expect("a file");
        let from = stage.home.path().join("config.toml");
        fs::copy(from, home.path().join("config.toml")).expect("the settings");
        Self { home, fake }
    }

    /// The demo that is to fail, at that address.
    fn failing(&self, stage: &Stage, how: &'static str, at: SocketAddr) -> Failing {
        let mut command = stage.command_in(self.home.path(), &["--speed", "1"]);
        let authority = self.home.path().join("ca.pem");
        let test = format!("{at},{}", authority.display());
        command.env("COUNTERSIGN_TEST_DISCORD", test);
        Failing { how, command }
    }
}

// R22
#[tokio::test(flavor = "multi_thread")]
async fn however_the_client_fails_the_token_is_said_nowhere() {
    let stage = Stage::new().await;
    let (mut places, mut all) = (Vec::new(), Vec::new());
    for (how, trouble) in [
        ("401", None),
        ("404", Some(Trouble::Status(404))),
        ("500", Some(Trouble::Status(500))),
        ("cut", Some(Trouble::Cut)),
        ("no answer", Some(Trouble::Silence(Duration::from_mins(2)))),
    ] {
        let place = Elsewhere::new(&stage).await;
        match trouble {
            Some(trouble) => always(&place.fake, &trouble),
            None => drop(place.fake.reset_token()),
        }
        all.push(place.failing(&stage, how, place.fake.addr()));
        places.push(place);
    }
    let place = Elsewhere::new(&stage).await;
    all.push(place.failing(&stage, "refused", nobody()));
    places.push(place);
    // Another one's certificate.
    let place = Elsewhere::new(&stage).await;
    all.push(place.failing(&stage, "no TLS", stage.fake.addr()));
    places.push(place);
    // The way there leads over a name that nobody has.
    let place = Elsewhere::new(&stage).await;
    let mut lost = place.failing(&stage, "no such name", place.fake.addr());
    lost.command.env("HTTPS_PROXY", "http://nobody.invalid:9");
    all.push(lost);
    places.push(place);

    for (how, ran) in failed(all).await {
        assert_eq!(ran.code, Some(0), "{how}: {ran:?}");
        assert!(ran.err.contains("Discord is not heard"), "{how}");
        unsaid(stage.token(), how, &ran);
    }
    for place in &places {
        let found = holding(place.home.path(), stage.token().as_bytes());
        assert_eq!(found, Vec::<String>::new());
    }
    unsaid(stage.token(), "a panic", &broken(stage.command(&[])));
    let tokens = [("COUNTERSIGN_DISCORD_TOKEN", stage.token())];
    for ran in asked(places[0].home.path(), &tokens) {
        assert_eq!(ran.code, Some(0), "{ran:?}");
        unsaid(stage.token(), "a command", &ran);
    }
}

/// Waits until so many answers to interactions were tried.
async fn answers(stage: &Stage, count: usize) {
    let tried = stage.fake.wait("answers", SOON, |fake| {
        let requests = fake.requests();
        let tried = |it: &&Request| it.operation == "create_interaction_response";
        (requests.iter().filter(tried).count() >= count).then_some(())
    });
    if let Err(error) = tried.await {
        panic!("{error}: {:?}", stage.fake.requests());
    }
}

// R22
#[tokio::test(flavor = "multi_thread")]
async fn the_token_of_an_interaction_is_said_nowhere_when_its_answer_fails() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.offer().await;
    let mut tokens = vec![stage.token().to_owned()];
    for trouble in [Trouble::Status(500), Trouble::Status(404), Trouble::Cut] {
        let told = stage
            .fake
            .trouble("create_interaction_response", 1, &trouble);
        told.expect("an operation");
        let press = pressed(&stage.bo, card.id, "Confirm");
        let payload = stage.fake.interaction_payload(press).expect("a press");
        tokens.push(payload["token"].as_str().expect("its token").to_owned());
        answers(&stage, tokens.len() - 1).await;
    }
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    stage
        .until(card.id, |it| {
            !labels(it).iter().any(|it| it.contains("Confirm"))
        })
        .await;
    let ran = stage.quit(program);
    assert!(ran.err.contains("somebody was not answered"));
    for token in &tokens {
        unsaid(token, "an answer", &ran);
        let found = holding(stage.home.path(), token.as_bytes());
        assert_eq!(found, Vec::<String>::new());
    }
}
